"""Verdicts on pairs of documents, by the definition of breaking, risky and safe; one line each."""

from __future__ import annotations

from typing import Any

import pytest

from apispec.changes import compare
from apispec.rules.examples import document


def query(schema: str, more: str = "") -> str:
    return f"get: {{parameters: [{{name: p, in: query{more}, schema: {schema}}}]}}"


def sent(schema: str, media_type: str = "application/json") -> str:
    return f"post: {{requestBody: {{content: {{{media_type}: {{schema: {schema}}}}}}}}}"


def answered(schema: str, media_type: str = "application/json") -> str:
    return f"get: {{responses: {{'200': {{description: A, content: {{{media_type}: {{schema: {schema}}}}}}}}}}}"


PAIRS = [
    # text parameters
    ("int->string query",query("{type: integer}"),query("{type: string}"), "safe"),
    ("int->array of ints, form explode",query("{type: integer}"),query("{type: array, items: {type: integer}}"), "safe"),
    ("string->array of strings",query("{type: string}"),query("{type: array, items: {type: string}}"), "safe"),
    ("string->array of ints",query("{type: string}"),query("{type: array, items: {type: integer}}"), "breaking"),
    ("string->array minItems 2",query("{type: string}"),query("{type: array, minItems: 2, items: {type: string}}"), "breaking"),
    ("string->array, spaceDelimited",query("{type: string}"),query("{type: array, items: {type: string}}",', style: spaceDelimited, explode: false'), "breaking"),
    ("array->string",query("{type: array, items: {type: string}}"),query("{type: string}"), "breaking"),
    ("deepObject int->string prop",query("{type: object, properties: {a: {type: integer}}}",', style: deepObject, explode: true'),query("{type: object, properties: {a: {type: string}}}",', style: deepObject, explode: true'), "safe"),
    ("array items int->string",query("{type: array, items: {type: integer}}"),query("{type: array, items: {type: string}}"), "safe"),
    ("path string->int","/a/{p}: {get: {parameters: [{name: p, in: path, required: true, schema: {type: string}}]}}","/a/{p}: {get: {parameters: [{name: p, in: path, required: true, schema: {type: integer}}]}}", "breaking"),
    # compositions
    ("req oneOf->anyOf",sent("{oneOf: [{type: object, required: [a]}, {type: object, required: [b]}]}"),sent("{anyOf: [{type: object, required: [a]}, {type: object, required: [b]}]}"), "safe"),
    ("req anyOf->oneOf overlap",sent("{anyOf: [{type: object, required: [a]}, {type: object, required: [b]}]}"),sent("{oneOf: [{type: object, required: [a]}, {type: object, required: [b]}]}"), "breaking"),
    ("req anyOf->oneOf disjoint",sent("{anyOf: [{type: string}, {type: integer}]}"),sent("{oneOf: [{type: string}, {type: integer}]}"), "none"),
    ("req allOf flatten",sent("{allOf: [{type: object, required: [a], properties: {a: {type: string}}}, {properties: {b: {type: integer}}}]}"),sent("{type: object, required: [a], properties: {a: {type: string}, b: {type: integer}}}"), "none"),
    ("res oneOf gets variant",answered("{oneOf: [{type: string}, {type: integer}]}"),answered("{oneOf: [{type: string}, {type: integer}, {type: boolean}]}"), "breaking"),
    ("req oneOf loses variant",sent("{oneOf: [{type: string}, {type: integer}]}"),sent("{oneOf: [{type: string}]}"), "breaking"),
    ("req not added",sent("{type: string}"),sent("{type: string, not: {enum: [a]}}"), "breaking"),
    ("req not removed",sent("{type: string, not: {enum: [a]}}"),sent("{type: string}"), "safe"),
    ("res type list order",answered("{type: [string, 'null']}"),answered("{type: ['null', string]}"), "none"),
    ("res anyOf null <-> type list",answered("{anyOf: [{type: string}, {type: 'null'}]}"),answered("{type: [string, 'null']}"), "none"),
    ("req nullable lost",sent("{type: [string, 'null']}"),sent("{type: string}"), "breaking"),
    ("req if/then added",sent("{type: object, properties: {a: {type: string}, b: {type: string}}}"),sent("{type: object, properties: {a: {type: string}, b: {type: string}}, if: {required: [a]}, then: {required: [b]}}"), "breaking"),
    # enum const bounds
    ("req enum -> const in",sent("{enum: [a, b]}"),sent("{const: a}"), "breaking"),
    ("req const->enum",sent("{const: a}"),sent("{enum: [a, b]}"), "safe"),
    ("res bounds->enum",answered("{type: integer, minimum: 1, maximum: 3}"),answered("{type: integer, enum: [1,2,3]}"), "none"),
    ("req exclusive int bound same",sent("{type: integer, minimum: 1}"),sent("{type: integer, exclusiveMinimum: 0}"), "none"),
    ("req number exclusive bound",sent("{type: number, minimum: 1}"),sent("{type: number, exclusiveMinimum: 0}"), "safe"),
    ("req multipleOf 2->4",sent("{type: integer, multipleOf: 2}"),sent("{type: integer, multipleOf: 4}"), "breaking"),
    ("req multipleOf 4->2",sent("{type: integer, multipleOf: 4}"),sent("{type: integer, multipleOf: 2}"), "safe"),
    ("req pattern equal wider",sent("{type: string, pattern: '^[a-c]$'}"),sent("{type: string, pattern: '^[a-z]$'}"), "safe"),
    ("req pattern narrowed",sent("{type: string, pattern: '^[a-z]+$'}"),sent("{type: string, pattern: '^[a-z]{1,3}$'}"), "breaking"),
    ("res integer->number",answered("{type: integer}"),answered("{type: number}"), "breaking"),
    ("res number->integer",answered("{type: number}"),answered("{type: integer}"), "safe"),
    ("req uniqueItems",sent("{type: array, items: {type: string}}"),sent("{type: array, uniqueItems: true, items: {type: string}}"), "breaking"),
    ("req maxProperties",sent("{type: object}"),sent("{type: object, maxProperties: 2}"), "breaking"),
    ("req prefixItems narrowed",sent("{type: array, prefixItems: [{type: string}]}"),sent("{type: array, prefixItems: [{type: integer}]}"), "breaking"),
    ("part header dropped", "post: {requestBody: {content: {multipart/form-data: {schema: {type: object}, encoding: {f: {headers: {X: {required: true}}}}}}}}", "post: {requestBody: {content: {multipart/form-data: {schema: {type: object}}}}}", "safe"),
    ("encoding style spelled out", "post: {requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object}, encoding: {f: {style: form}}}}}}", "post: {requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object}, encoding: {f: {explode: true, allowReserved: false}}}}}}", "none"),
    ("webhook takes any success, then one", "webhooks: {w: {post: {responses: {2XX: {description: A}}}}}", "webhooks: {w: {post: {responses: {'200': {description: A}}}}}", "breaking"),
    ("webhook takes one success, then any", "webhooks: {w: {post: {responses: {'200': {description: A}}}}}", "webhooks: {w: {post: {responses: {2XX: {description: A}}}}}", "safe"),
    # objects
    ("req additional map str->int",sent("{type: object, additionalProperties: {type: string}}"),sent("{type: object, additionalProperties: {type: integer}}"), "breaking"),
    ("res required prop optional",answered("{type: object, required: [a], properties: {a: {type: string}}}"),answered("{type: object, properties: {a: {type: string}}}"), "breaking"),
    ("res new optional prop",answered("{type: object, properties: {a: {type: string}}}"),answered("{type: object, properties: {a: {type: string}, b: {type: string}}}"), "safe"),
    ("req dependentRequired",sent("{type: object, properties: {a: {type: string}, b: {type: string}}}"),sent("{type: object, properties: {a: {type: string}, b: {type: string}}, dependentRequired: {a: [b]}}"), "breaking"),
    ("req patternProperties added",sent("{type: object}"),sent("{type: object, patternProperties: {'^x-': {type: string}}}"), "breaking"),
    ("req recursion deep change","post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/T'}}}}}\ncomponents: {schemas: {T: {type: object, properties: {v: {type: string}, kids: {type: array, items: {$ref: '#/components/schemas/T'}}}}}}","post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/T'}}}}}\ncomponents: {schemas: {T: {type: object, properties: {v: {type: integer}, kids: {type: array, items: {$ref: '#/components/schemas/T'}}}}}}", "breaking"),
    # defaults formats
    ("param default changed",query("{type: integer, default: 1}"),query("{type: integer, default: 2}"), "breaking"),
    ("res format date->date-time",answered("{type: string, format: date}"),answered("{type: string, format: date-time}"), "risky"),
    # media types, encodings
    ("req media type wildcard",sent("{type: object}",'application/json'),sent("{type: object}","'application/*'"), "safe"),
    ("res media type case",answered("{type: object}",'application/json'),answered("{type: object}","Application/JSON"), "none"),
    ("res media type added",answered("{type: object}"),"get: {responses: {'200': {description: A, content: {application/json: {schema: {type: object}}, text/csv: {schema: {type: string}}}}}}", "safe"),
    ("multipart contentType","post: {requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {f: {type: string}}}, encoding: {f: {contentType: 'image/png, image/jpeg'}}}}}}","post: {requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {f: {type: string}}}, encoding: {f: {contentType: 'image/png'}}}}}}", "breaking"),
    ("multipart header required","post: {requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {f: {type: string}}}}}}}","post: {requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {f: {type: string}}}, encoding: {f: {headers: {X: {required: true, schema: {type: string}}}}}}}}}", "breaking"),
    # headers
    ("res header type widened","get: {responses: {'200': {description: A, headers: {X: {schema: {type: integer}}}}}}","get: {responses: {'200': {description: A, headers: {X: {schema: {type: string}}}}}}", "breaking"),
    ("res header case","get: {responses: {'200': {description: A, headers: {X-A: {schema: {type: integer}}}}}}","get: {responses: {'200': {description: A, headers: {x-a: {schema: {type: integer}}}}}}", "none"),
    ("req header param case","get: {parameters: [{name: X-A, in: header, schema: {type: string}}]}","get: {parameters: [{name: x-a, in: header, schema: {type: string}}]}", "none"),
    ("cookie became required","get: {parameters: [{name: c, in: cookie, schema: {type: string}}]}","get: {parameters: [{name: c, in: cookie, required: true, schema: {type: string}}]}", "breaking"),
    # security
    ("security alternative removed","get: {security: [{a: []}, {b: []}]}\ncomponents: {securitySchemes: {a: {type: http, scheme: basic}, b: {type: http, scheme: bearer}}}","get: {security: [{a: []}]}\ncomponents: {securitySchemes: {a: {type: http, scheme: basic}, b: {type: http, scheme: bearer}}}", "breaking"),
    ("security alternative added","get: {security: [{a: []}]}\ncomponents: {securitySchemes: {a: {type: http, scheme: basic}, b: {type: http, scheme: bearer}}}","get: {security: [{a: []}, {b: []}]}\ncomponents: {securitySchemes: {a: {type: http, scheme: basic}, b: {type: http, scheme: bearer}}}", "safe"),
    ("security renamed scheme","get: {security: [{a: []}]}\ncomponents: {securitySchemes: {a: {type: http, scheme: basic}}}","get: {security: [{z: []}]}\ncomponents: {securitySchemes: {z: {type: http, scheme: basic}}}", "none"),
    ("apikey moved","get: {security: [{a: []}]}\ncomponents: {securitySchemes: {a: {type: apiKey, in: header, name: K}}}","get: {security: [{a: []}]}\ncomponents: {securitySchemes: {a: {type: apiKey, in: query, name: K}}}", "breaking"),
    ("global security moved to op","security: [{a: []}]\nget: {}\ncomponents: {securitySchemes: {a: {type: http, scheme: basic}}}","get: {security: [{a: []}]}\ncomponents: {securitySchemes: {a: {type: http, scheme: basic}}}", "none"),
    ("scope more","get: {security: [{a: [r]}]}\ncomponents: {securitySchemes: {a: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://a', scopes: {r: r, w: w}}}}}}","get: {security: [{a: [r, w]}]}\ncomponents: {securitySchemes: {a: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://a', scopes: {r: r, w: w}}}}}}", "breaking"),
    # servers
    # callbacks, webhooks
    ("callback payload gets required prop","post: {callbacks: {c: {'{$request.body#/u}': {post: {requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}, responses: {'200': {description: A}}}}}}}","post: {callbacks: {c: {'{$request.body#/u}': {post: {requestBody: {content: {application/json: {schema: {type: object, required: [a], properties: {a: {type: string}}}}}}, responses: {'200': {description: A}}}}}}}", "safe"),
    ("webhook payload enum widened","webhooks: {w: {post: {requestBody: {content: {application/json: {schema: {enum: [a]}}}}}}}","webhooks: {w: {post: {requestBody: {content: {application/json: {schema: {enum: [a, b]}}}}}}}", "breaking"),
    ("webhook expects another answer","webhooks: {w: {post: {responses: {'200': {description: A}}}}}","webhooks: {w: {post: {responses: {'204': {description: A}}}}}", "breaking"),
    ("webhook takes more answers","webhooks: {w: {post: {responses: {'200': {description: A}}}}}","webhooks: {w: {post: {responses: {'200': {description: A}, '204': {description: B}}}}}", "safe"),
    # statuses
    ("200->201","post: {responses: {'200': {description: A}}}","post: {responses: {'201': {description: A}}}", "breaking"),
    # paths
    ("path param renamed","/a/{x}: {get: {parameters: [{name: x, in: path, required: true, schema: {type: string}}]}}","/a/{y}: {get: {parameters: [{name: y, in: path, required: true, schema: {type: string}}]}}", "risky"),
    ("param moved to path item","/a: {get: {parameters: [{name: q, in: query, schema: {type: string}}]}}","/a: {parameters: [{name: q, in: query, schema: {type: string}}], get: {}}", "none"),
    ("path item $ref","/a: {get: {}}","/a: {$ref: '#/components/pathItems/A'}\ncomponents: {pathItems: {A: {get: {responses: {'200': {description: OK}}}}}}", "none"),
    ("query param to header","get: {parameters: [{name: q, in: query, required: true, schema: {type: string}}]}","get: {parameters: [{name: q, in: header, required: true, schema: {type: string}}]}", "breaking"),
]  # fmt: skip
"""What changes, before, after, and the gravest level; none where nothing changes."""


@pytest.mark.parametrize(("before", "after", "verdict"), [pytest.param(*pair[1:], id=pair[0]) for pair in PAIRS])
def test_the_gravest_change_is_as_the_definition_says(before: str, after: str, verdict: str) -> None:
    levels = [change.level.value for change in compare(document(before), document(after))]
    assert (levels or ["none"])[0] == verdict


MIRRORED = [
    ("a length that a list makes idle", "post: {requestBody: {content: {application/json: {schema: {type: string, minLength: 1, pattern: ^a}}}}}", "post: {requestBody: {content: {application/json: {schema: {type: string, pattern: ^a, enum: [a]}}}}}", "breaking", "safe"),
    ("a kind by allOf gets a required property", "get: {responses: {'200': {description: A, content: {application/json: {schema: {$ref: '#/components/schemas/P'}}}}}}\ncomponents: {schemas: {P: {type: object, discriminator: {propertyName: k}}, A: {allOf: [{$ref: '#/components/schemas/P'}, {properties: {x: {}}}]}}}", "get: {responses: {'200': {description: A, content: {application/json: {schema: {$ref: '#/components/schemas/P'}}}}}}\ncomponents: {schemas: {P: {type: object, discriminator: {propertyName: k}}, A: {allOf: [{$ref: '#/components/schemas/P'}, {required: [x], properties: {x: {}}}]}}}", "safe", "breaking"),
    ('header bool->enum of texts', 'get: {parameters: [{name: X-P, in: header, schema: {type: boolean}}]}', "get: {parameters: [{name: X-P, in: header, schema: {type: string, enum: ['true','false']}}]}", 'safe', 'safe'),
    ('pattern anchored same', "get: {parameters: [{name: p, in: query, schema: {type: string, pattern: '^[0-9]+$'}}]}", "get: {parameters: [{name: p, in: query, schema: {type: string, pattern: '^\\d+$'}}]}", 'none', 'none'),
    ('no null in a query', 'openapi: 3.0.3\nget: {parameters: [{name: p, in: query, schema: {type: string, nullable: true}}]}', 'openapi: 3.0.3\nget: {parameters: [{name: p, in: query, schema: {type: string}}]}', 'risky', 'safe'),
    ('Accept as a parameter', 'get: {}', 'get: {parameters: [{name: Accept, in: header, required: true, schema: {type: string}}]}', 'none', 'none'),
    ('multipart file format binary -> contentMediaType', 'openapi: 3.0.3\npost: {requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {f: {type: string, format: binary}}}}}}}', 'post: {requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {f: {type: string, contentMediaType: application/octet-stream}}}}}}}', 'none', 'none'),
    ('form int -> string', 'post: {requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {f: {type: integer}}}}}}}', 'post: {requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object, properties: {f: {type: string}}}}}}}', 'safe', 'breaking'),
    ('minProperties implied by required', 'post: {requestBody: {content: {application/json: {schema: {type: object, required: [a]}}}}}', 'post: {requestBody: {content: {application/json: {schema: {type: object, required: [a], minProperties: 1}}}}}', 'none', 'none'),
    ('minContains 0', 'post: {requestBody: {content: {application/json: {schema: {type: array}}}}}', 'post: {requestBody: {content: {application/json: {schema: {type: array, contains: {type: integer}, minContains: 0}}}}}', 'none', 'none'),
    ('one more flow of OAuth 2', "get: {security: [{a: []}]}\ncomponents: {securitySchemes: {a: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://a/t', scopes: {}}}}}}", "get: {security: [{a: []}]}\ncomponents: {securitySchemes: {a: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://a/t', scopes: {}}, implicit: {authorizationUrl: 'https://a/a', scopes: {}}}}}}", 'safe', 'breaking'),
    ('server host case', "servers: [{url: 'https://A.example/v1'}]\nget: {}", "servers: [{url: 'https://a.example/v1'}]\nget: {}", 'none', 'none'),
    ('2.0 basic -> 3.0 http basic', "swagger: '2.0'\nsecurityDefinitions: {k: {type: basic}}\nsecurity: [{k: []}]\n/a: {get: {responses: {'200': {description: A}}}}", "openapi: 3.0.3\ncomponents: {securitySchemes: {k: {type: http, scheme: basic}}}\nsecurity: [{k: []}]\n/a: {get: {responses: {'200': {description: A}}}}", 'none', 'none'),
    ('if/then/else equals', 'post: {requestBody: {content: {application/json: {schema: {if: {properties: {a: {const: 1}}}, then: {required: [b]}}}}}}', 'post: {requestBody: {content: {application/json: {schema: {if: {properties: {a: {const: 1}}}, then: {required: [b]}, else: true}}}}}', 'none', 'none'),
    ('number multipleOf 1 = integer', 'post: {requestBody: {content: {application/json: {schema: {type: number, multipleOf: 1}}}}}', 'post: {requestBody: {content: {application/json: {schema: {type: integer}}}}}', 'none', 'none'),
    ('multipleOf 0.1 -> 0.01', 'post: {requestBody: {content: {application/json: {schema: {type: number, multipleOf: 0.1}}}}}', 'post: {requestBody: {content: {application/json: {schema: {type: number, multipleOf: 0.01}}}}}', 'safe', 'breaking'),
    ('names of one more pattern', "post: {requestBody: {content: {application/json: {schema: {type: object, patternProperties: {'^x-': {type: string}}, additionalProperties: false}}}}}", "post: {requestBody: {content: {application/json: {schema: {type: object, patternProperties: {'^x-': {type: string}, '^y-': {type: string}}, additionalProperties: false}}}}}", 'safe', 'breaking'),
    ('one more kind by allOf', "get: {responses: {'200': {description: A, content: {application/json: {schema: {$ref: '#/components/schemas/P'}}}}}}\ncomponents: {schemas: {P: {type: object, required: [k], properties: {k: {type: string}}, discriminator: {propertyName: k}}, A: {allOf: [{$ref: '#/components/schemas/P'}, {required: [x]}]}}}", "get: {responses: {'200': {description: A, content: {application/json: {schema: {$ref: '#/components/schemas/P'}}}}}}\ncomponents: {schemas: {P: {type: object, required: [k], properties: {k: {type: string}}, discriminator: {propertyName: k}}, A: {allOf: [{$ref: '#/components/schemas/P'}, {required: [x]}]}, B: {allOf: [{$ref: '#/components/schemas/P'}, {required: [y]}]}}}", 'breaking', 'safe'),
    ('maxProperties implied', 'post: {requestBody: {content: {application/json: {schema: {type: object, properties: {a: {}}, additionalProperties: false}}}}}', 'post: {requestBody: {content: {application/json: {schema: {type: object, properties: {a: {}}, additionalProperties: false, maxProperties: 1}}}}}', 'none', 'none'),
    ('length pinned by pattern', "post: {requestBody: {content: {application/json: {schema: {type: string, pattern: '^[a-z]{3}$'}}}}}", "post: {requestBody: {content: {application/json: {schema: {type: string, pattern: '^[a-z]{3}$', minLength: 3, maxLength: 3}}}}}", 'none', 'none'),
    ("a uuid's length written out", 'post: {requestBody: {content: {application/json: {schema: {type: string, format: uuid}}}}}', 'post: {requestBody: {content: {application/json: {schema: {type: string, format: uuid, maxLength: 36}}}}}', 'none', 'none'),
    ("a date's length written out", "get: {responses: {'200': {description: A, content: {application/json: {schema: {type: string, format: date, maxLength: 10}}}}}}", "get: {responses: {'200': {description: A, content: {application/json: {schema: {type: string, format: date}}}}}}", 'none', 'none'),
    ('int32 range spelled', 'post: {requestBody: {content: {application/json: {schema: {type: integer, format: int32}}}}}', 'post: {requestBody: {content: {application/json: {schema: {type: integer, format: int32, minimum: -2147483648, maximum: 2147483647}}}}}', 'none', 'none'),
    ('apikey header name case', 'get: {security: [{a: []}]}\ncomponents: {securitySchemes: {a: {type: apiKey, in: header, name: X-Key}}}', 'get: {security: [{a: []}]}\ncomponents: {securitySchemes: {a: {type: apiKey, in: header, name: x-key}}}', 'none', 'none'),
    ('response 2XX covers 201 added', 'get: {responses: {2XX: {description: A}}}', "get: {responses: {2XX: {description: A}, '201': {description: B}}}", 'safe', 'safe'),
    ('base path moved', "servers: [{url: 'https://a.example/v1'}]\n/pets: {get: {}}", "servers: [{url: 'https://a.example'}]\n/v1/pets: {get: {}}", 'none', 'none'),
    ('base path moved, relative server', 'servers: [{url: /v1}]\n/pets: {get: {}}', '/v1/pets: {get: {}}', 'none', 'none'),
    ('base path moved in 2.0', "swagger: '2.0'\nhost: a.example\nbasePath: /v1\nschemes: [https]\n/pets: {get: {responses: {'200': {description: A}}}}", "swagger: '2.0'\nhost: a.example\nschemes: [https]\n/v1/pets: {get: {responses: {'200': {description: A}}}}", 'none', 'none'),
    ('2.0 oauth2 accessCode to 3.0', "swagger: '2.0'\nsecurityDefinitions: {o: {type: oauth2, flow: accessCode, authorizationUrl: 'https://a', tokenUrl: 'https://t', scopes: {r: r}}}\nsecurity: [{o: [r]}]\n/a: {get: {responses: {'200': {description: A}}}}", "openapi: 3.0.3\ncomponents: {securitySchemes: {o: {type: oauth2, flows: {authorizationCode: {authorizationUrl: 'https://a', tokenUrl: 'https://t', scopes: {r: r}}}}}}\nsecurity: [{o: [r]}]\n/a: {get: {responses: {'200': {description: A}}}}", 'none', 'none'),
    ('link param changed', "get: {responses: {'200': {description: A, links: {n: {operationId: x, parameters: {a: $response.body#/id}}}}}}", "get: {responses: {'200': {description: A, links: {n: {operationId: y, parameters: {a: $response.body#/id}}}}}}", 'risky', 'risky'),
    ('encoding 3.2 itemEncoding', 'openapi: 3.2.0\npost: {requestBody: {content: {multipart/mixed: {itemSchema: {type: object}, itemEncoding: {contentType: application/json}}}}}', 'openapi: 3.2.0\npost: {requestBody: {content: {multipart/mixed: {itemSchema: {type: object}, itemEncoding: {contentType: application/xml}}}}}', 'breaking', 'breaking'),
    ('res header explode style', "get: {responses: {'200': {description: A, headers: {X-A: {schema: {type: object, properties: {a: {type: string}}}}}}}}", "get: {responses: {'200': {description: A, headers: {X-A: {explode: true, schema: {type: object, properties: {a: {type: string}}}}}}}}", 'breaking', 'breaking'),
    ('res header content vs schema', "get: {responses: {'200': {description: A, headers: {X-A: {schema: {type: object, properties: {a: {type: string}}}}}}}}", "get: {responses: {'200': {description: A, headers: {X-A: {content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}}}}}", 'breaking', 'breaking'),
    ('a header is deprecated', "get: {responses: {'200': {description: A, headers: {X-A: {schema: {type: string}}}}}}", "get: {responses: {'200': {description: A, headers: {X-A: {deprecated: true, schema: {type: string}}}}}}", 'safe', 'safe'),
    ('webhook param style', "webhooks: {w: {post: {parameters: [{name: q, in: query, schema: {type: array, items: {type: string}}}], responses: {'200': {description: A}}}}}", "webhooks: {w: {post: {parameters: [{name: q, in: query, explode: false, schema: {type: array, items: {type: string}}}], responses: {'200': {description: A}}}}}", 'breaking', 'breaking'),
]  # fmt: skip
"""What changes, before, after, the gravest level, and that of the way back."""


def whole(part: str) -> dict[str, Any]:
    """A document of 3.1, or of 2.0 where the part says so."""
    made = document(part)
    loose = made.get("components", {}).get("schemas", {}).get("Example", {})
    for key in ("basePath", "securityDefinitions"):
        if key in loose:
            made[key] = loose.pop(key)
    if "swagger" in made:
        del made["openapi"]
    return made


@pytest.mark.parametrize(
    ("before", "after", "there", "back"), [pytest.param(*pair[1:], id=pair[0]) for pair in MIRRORED]
)
def test_the_way_there_and_the_way_back(before: str, after: str, there: str, back: str) -> None:
    for old, new, verdict in ((before, after, there), (after, before, back)):
        levels = [change.level.value for change in compare(whole(old), whole(new))]
        assert (levels or ["none"])[0] == verdict
