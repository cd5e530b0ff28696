"""What one edit of an operation, or of the whole API, does to callers, and what undoing it does."""

from __future__ import annotations

import itertools
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from apispec.changes import compare

TODAY = date(2026, 1, 1)


def spec(item: str, components: str = "", top: str = "", version: str = "3.1.0", path: str = "/a/{id}") -> Any:
    """A document with one path item, all parts given as YAML."""
    whole = {"openapi": version, "info": {"title": "T", "version": "1.0.0"}, "paths": {path: yaml.safe_load(item)}}
    return whole | (yaml.safe_load(top) or {}) | {"components": yaml.safe_load(components) or {}}


def get(rest: str) -> str:
    return "{get: {operationId: x, " + rest + "}}"


def parameter(listed: str) -> str:
    return get("parameters: [" + listed + "], responses: {'200': {description: OK}}")


def answers(responses: str) -> str:
    return get("responses: {" + responses + "}")


def body(content: str) -> str:
    return "{post: {operationId: x, requestBody: {content: {" + content + "}}, responses: {'200': {description: OK}}}}"


SEC = "securitySchemes: {key: {type: apiKey, in: header, name: K}, b: {type: http, scheme: bearer}, o: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://e.com/t', scopes: {r: R, w: W}}}}}"
W = "webhooks: {n: {post: {requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: string}}, required: [a]}}}}, responses: {'200': {description: OK}}}}}"

CASES: list[tuple[str, Any, Any, str, str]] = [
    (
        "200->2XX",
        spec(answers("'200': {description: OK, content: {application/json: {schema: {type: string}}}}")),
        spec(answers("2XX: {description: OK, content: {application/json: {schema: {type: string}}}}")),
        "r",
        "s",
    ),
    (
        "404->4XX",
        spec(answers("'404': {description: No, content: {application/json: {schema: {type: string}}}}")),
        spec(answers("4XX: {description: No, content: {application/json: {schema: {type: string}}}}")),
        "s",
        "s",
    ),
    (
        "404->default",
        spec(
            answers(
                "'200': {description: OK}, '404': {description: No, content: {application/json: {schema: {type: string}}}}"
            )
        ),
        spec(
            answers(
                "'200': {description: OK}, default: {description: No, content: {application/json: {schema: {type: integer}}}}"
            )
        ),
        "b",
        "b",
    ),
    (
        "media */*",
        spec(body("'*/*': {schema: {type: object}}")),
        spec(body("application/json: {schema: {type: object}}")),
        "b",
        "s",
    ),
    (
        "media application/*",
        spec(body("'application/*': {schema: {type: object}}")),
        spec(body("application/json: {schema: {type: object}}")),
        "b",
        "s",
    ),
    (
        "media resp */*",
        spec(answers("'200': {description: OK, content: {application/json: {schema: {type: object}}}}")),
        spec(answers("'200': {description: OK, content: {'*/*': {schema: {type: object}}}}")),
        "r",
        "s",
    ),
    (
        "media case/params",
        spec(
            answers("'200': {description: OK, content: {'application/json; charset=utf-8': {schema: {type: object}}}}")
        ),
        spec(answers("'200': {description: OK, content: {Application/JSON: {schema: {type: object}}}}")),
        "n",
        "n",
    ),
    (
        "encoding",
        spec(
            body(
                "multipart/form-data: {schema: {type: object, properties: {f: {type: string}}}, encoding: {f: {contentType: image/png}}}"
            )
        ),
        spec(
            body(
                "multipart/form-data: {schema: {type: object, properties: {f: {type: string}}}, encoding: {f: {contentType: image/jpeg}}}"
            )
        ),
        "b",
        "b",
    ),
    (
        "param content",
        spec(parameter("{name: f, in: query, schema: {type: object}}")),
        spec(parameter("{name: f, in: query, content: {application/json: {schema: {type: object}}}}")),
        "b",
        "b",
    ),
    (
        "param content scalar",
        spec(parameter("{name: f, in: query, schema: {type: string}}")),
        spec(parameter("{name: f, in: query, content: {application/json: {schema: {type: string}}}}")),
        "b",
        "b",
    ),
    (
        "allowEmpty",
        spec(parameter("{name: f, in: query, allowEmptyValue: true, schema: {type: string}}")),
        spec(parameter("{name: f, in: query, schema: {type: string}}")),
        "b",
        "s",
    ),
    (
        "allowReserved",
        spec(parameter("{name: f, in: query, allowReserved: true, schema: {type: string}}")),
        spec(parameter("{name: f, in: query, schema: {type: string}}")),
        "r",
        "r",
    ),
    (
        "explode default",
        spec(parameter("{name: f, in: query, schema: {type: array, items: {type: string}}}")),
        spec(
            parameter("{name: f, in: query, style: form, explode: true, schema: {type: array, items: {type: string}}}")
        ),
        "n",
        "n",
    ),
    (
        "explode change",
        spec(parameter("{name: f, in: query, schema: {type: array, items: {type: string}}}")),
        spec(parameter("{name: f, in: query, explode: false, schema: {type: array, items: {type: string}}}")),
        "b",
        "b",
    ),
    (
        "path style scalar",
        spec(parameter("{name: id, in: path, required: true, style: simple, schema: {type: string}}")),
        spec(parameter("{name: id, in: path, required: true, style: matrix, schema: {type: string}}")),
        "b",
        "b",
    ),
    (
        "explode scalar",
        spec(parameter("{name: q, in: query, schema: {type: string}}")),
        spec(parameter("{name: q, in: query, explode: false, schema: {type: string}}")),
        "n",
        "n",
    ),
    (
        "param query->header",
        spec(parameter("{name: q, in: query, schema: {type: string}}")),
        spec(parameter("{name: q, in: header, schema: {type: string}}")),
        "r",
        "r",
    ),
    (
        "param query->header required",
        spec(parameter("{name: q, in: query, required: true, schema: {type: string}}")),
        spec(parameter("{name: q, in: header, required: true, schema: {type: string}}")),
        "b",
        "b",
    ),
    (
        "header case",
        spec(parameter("{name: X-A, in: header, schema: {type: string}}")),
        spec(parameter("{name: x-a, in: header, schema: {type: string}}")),
        "n",
        "n",
    ),
    (
        "param type int->number",
        spec(parameter("{name: q, in: query, schema: {type: integer}}")),
        spec(parameter("{name: q, in: query, schema: {type: number}}")),
        "s",
        "b",
    ),
    (
        "param int->string",
        spec(parameter("{name: q, in: query, schema: {type: integer}}")),
        spec(parameter("{name: q, in: query, schema: {type: string}}")),
        "s",
        "b",
    ),
    (
        "param optional w default->required",
        spec(parameter("{name: q, in: query, schema: {type: integer, default: 1}}")),
        spec(parameter("{name: q, in: query, required: true, schema: {type: integer, default: 1}}")),
        "b",
        "s",
    ),
    (
        "path item params",
        spec(
            "{parameters: [{name: q, in: query, schema: {type: string}}], get: {operationId: x, responses: {'200': {description: OK}}}}"
        ),
        spec(parameter("{name: q, in: query, schema: {type: string}}")),
        "n",
        "n",
    ),
    (
        "rename path param",
        spec(parameter("{name: id, in: path, required: true, schema: {type: string}}")),
        spec(parameter("{name: pet, in: path, required: true, schema: {type: string}}"), path="/a/{pet}"),
        "r",
        "r",
    ),
    (
        "sec global=op",
        spec(get("security: [{key: []}], responses: {'200': {description: OK}}"), SEC),
        spec(get("responses: {'200': {description: OK}}"), SEC, "security: [{key: []}]"),
        "n",
        "n",
    ),
    (
        "sec optional",
        spec(get("security: [{}, {key: []}], responses: {'200': {description: OK}}"), SEC),
        spec(get("security: [{key: []}], responses: {'200': {description: OK}}"), SEC),
        "b",
        "s",
    ),
    (
        "sec alternative reorder",
        spec(get("security: [{b: []}, {key: []}], responses: {'200': {description: OK}}"), SEC),
        spec(get("security: [{key: []}, {b: []}], responses: {'200': {description: OK}}"), SEC),
        "n",
        "n",
    ),
    (
        "sec alt removed",
        spec(get("security: [{b: []}, {key: []}], responses: {'200': {description: OK}}"), SEC),
        spec(get("security: [{key: []}], responses: {'200': {description: OK}}"), SEC),
        "b",
        "s",
    ),
    (
        "sec and",
        spec(get("security: [{key: []}], responses: {'200': {description: OK}}"), SEC),
        spec(get("security: [{key: [], b: []}], responses: {'200': {description: OK}}"), SEC),
        "b",
        "s",
    ),
    (
        "sec scope",
        spec(get("security: [{o: [r]}], responses: {'200': {description: OK}}"), SEC),
        spec(get("security: [{o: [r, w]}], responses: {'200': {description: OK}}"), SEC),
        "b",
        "s",
    ),
    (
        "sec none",
        spec(get("responses: {'200': {description: OK}}"), SEC),
        spec(get("security: [{b: []}], responses: {'200': {description: OK}}"), SEC),
        "b",
        "s",
    ),
    (
        "sec scheme case",
        spec(get("security: [{b: []}], responses: {'200': {description: OK}}"), SEC),
        spec(get("security: [{b: []}], responses: {'200': {description: OK}}"), SEC.replace("bearer", "Bearer")),
        "n",
        "n",
    ),
    (
        "sec bearerFormat",
        spec(get("security: [{b: []}], responses: {'200': {description: OK}}"), SEC),
        spec(
            get("security: [{b: []}], responses: {'200': {description: OK}}"),
            SEC.replace("scheme: bearer", "scheme: bearer, bearerFormat: JWT"),
        ),
        "n",
        "n",
    ),
    (
        "sec unused scheme removed",
        spec(get("security: [{b: []}], responses: {'200': {description: OK}}"), SEC),
        spec(
            get("security: [{b: []}], responses: {'200': {description: OK}}"),
            "securitySchemes: {b: {type: http, scheme: bearer}}",
        ),
        "n",
        "n",
    ),
    (
        "sec unused scheme changed",
        spec(get("security: [{b: []}], responses: {'200': {description: OK}}"), SEC),
        spec(get("security: [{b: []}], responses: {'200': {description: OK}}"), SEC.replace("name: K", "name: Z")),
        "n",
        "n",
    ),
    (
        "oauth scope declared",
        spec(get("security: [{o: [r]}], responses: {'200': {description: OK}}"), SEC),
        spec(get("security: [{o: [r]}], responses: {'200': {description: OK}}"), SEC.replace("w: W", "w: W, x: X")),
        "n",
        "n",
    ),
    (
        "server vars enum",
        spec(
            answers("'200': {description: OK}"),
            top="servers: [{url: 'https://{r}.e.com', variables: {r: {default: eu, enum: [eu, us]}}}]",
        ),
        spec(
            answers("'200': {description: OK}"),
            top="servers: [{url: 'https://{r}.e.com', variables: {r: {default: eu, enum: [eu]}}}]",
        ),
        "r",
        "s",
    ),
    (
        "server vars default",
        spec(
            answers("'200': {description: OK}"),
            top="servers: [{url: 'https://{r}.e.com', variables: {r: {default: eu}}}]",
        ),
        spec(
            answers("'200': {description: OK}"),
            top="servers: [{url: 'https://{r}.e.com', variables: {r: {default: us}}}]",
        ),
        "r",
        "r",
    ),
    (
        "servers reorder",
        spec(answers("'200': {description: OK}"), top="servers: [{url: 'https://a.com'},{url: 'https://b.com'}]"),
        spec(
            answers("'200': {description: OK}"),
            top="servers: [{url: 'https://b.com'},{url: 'https://a.com', description: x}]",
        ),
        "n",
        "n",
    ),
    (
        "servers all gone",
        spec(answers("'200': {description: OK}"), top="servers: [{url: 'https://a.com'}]"),
        spec(answers("'200': {description: OK}")),
        "r",
        "s",
    ),
    (
        "servers none=/",
        spec(answers("'200': {description: OK}"), top="servers: [{url: /}]"),
        spec(answers("'200': {description: OK}")),
        "n",
        "n",
    ),
    (
        "op servers",
        spec(get("servers: [{url: 'https://a.com'}], responses: {'200': {description: OK}}")),
        spec(get("servers: [{url: 'https://b.com'}], responses: {'200': {description: OK}}")),
        "r",
        "r",
    ),
    (
        "header removed",
        spec(answers("'200': {description: OK, headers: {X: {schema: {type: string}}}}")),
        spec(answers("'200': {description: OK}")),
        "r",
        "s",
    ),
    (
        "header type",
        spec(answers("'200': {description: OK, headers: {X: {schema: {type: integer}}}}")),
        spec(answers("'200': {description: OK, headers: {X: {schema: {type: string}}}}")),
        "b",
        "b",
    ),
    (
        "header case",
        spec(answers("'200': {description: OK, headers: {X-a: {schema: {type: integer}}}}")),
        spec(answers("'200': {description: OK, headers: {x-A: {schema: {type: integer}}}}")),
        "n",
        "n",
    ),
    (
        "resp ref inline",
        spec(
            answers("'200': {$ref: '#/components/responses/Ok'}"),
            "responses: {Ok: {description: OK, content: {application/json: {schema: {type: string}}}}}",
        ),
        spec(answers("'200': {description: OK, content: {application/json: {schema: {type: string}}}}")),
        "n",
        "n",
    ),
    (
        "content removed",
        spec(answers("'200': {description: OK, content: {application/json: {schema: {type: string}}}}")),
        spec(answers("'200': {description: OK}")),
        "b",
        "s",
    ),
    ("200->201", spec(answers("'200': {description: OK}")), spec(answers("'201': {description: OK}")), "b", "b"),
    (
        "status 202 added",
        spec(answers("'200': {description: OK}")),
        spec(answers("'200': {description: OK}, '202': {description: OK}")),
        "r",
        "b",
    ),
    (
        "304",
        spec(answers("'200': {description: OK}")),
        spec(answers("'200': {description: OK}, '304': {description: x}")),
        "r",
        "b",
    ),
    (
        "deprecate",
        spec(get("responses: {'200': {description: OK}}")),
        spec(get("deprecated: true, responses: {'200': {description: OK}}")),
        "s",
        "s",
    ),
    (
        "deprecate+sunset",
        spec(get("responses: {'200': {description: OK}}")),
        spec(get("deprecated: true, x-sunset: '2027-01-01', responses: {'200': {description: OK}}")),
        "s",
        "s",
    ),
    (
        "sunset set",
        spec(get("deprecated: true, responses: {'200': {description: OK}}")),
        spec(get("deprecated: true, x-sunset: '2027-01-01', responses: {'200': {description: OK}}")),
        "s",
        "s",
    ),
    (
        "sunset earlier",
        spec(get("deprecated: true, x-sunset: '2028-01-01', responses: {'200': {description: OK}}")),
        spec(get("deprecated: true, x-sunset: '2027-01-01', responses: {'200': {description: OK}}")),
        "r",
        "s",
    ),
    (
        "sunset only date typed",
        spec(get("deprecated: true, x-sunset: 2028-01-01, responses: {'200': {description: OK}}")),
        spec(get("deprecated: true, x-sunset: '2028-01-01', responses: {'200': {description: OK}}")),
        "n",
        "n",
    ),
    (
        "tags, summary",
        spec(get("tags: [a], summary: s, responses: {'200': {description: OK}}")),
        spec(get("tags: [b], description: s, responses: {'200': {description: changed, links: {}}}")),
        "n",
        "n",
    ),
    (
        "callback removed",
        spec(
            get(
                "callbacks: {c: {'{$request.body#/u}': {post: {responses: {'200': {description: OK}}}}}}, responses: {'200': {description: OK}}"
            )
        ),
        spec(answers("'200': {description: OK}")),
        "b",
        "s",
    ),
    (
        "callback renamed key",
        spec(
            get(
                "callbacks: {c: {'{$request.body#/u}': {post: {responses: {'200': {description: OK}}}}}}, responses: {'200': {description: OK}}"
            )
        ),
        spec(
            get(
                "callbacks: {d: {'{$request.body#/u}': {post: {responses: {'200': {description: OK}}}}}}, responses: {'200': {description: OK}}"
            )
        ),
        "n",
        "n",
    ),
    (
        "callback ref",
        spec(
            get("callbacks: {c: {$ref: '#/components/callbacks/C'}}, responses: {'200': {description: OK}}"),
            "callbacks: {C: {'{$request.body#/u}': {post: {responses: {'200': {description: OK}}}}}}",
        ),
        spec(
            get(
                "callbacks: {c: {'{$request.body#/u}': {post: {responses: {'200': {description: OK}}}}}}, responses: {'200': {description: OK}}"
            )
        ),
        "n",
        "n",
    ),
    (
        "body optional added",
        spec("{post: {responses: {'200': {description: OK}}}}"),
        spec(body("application/json: {schema: {type: object}}").replace("operationId: x, ", "")),
        "s",
        "r",
    ),
    (
        "opid added",
        spec("{get: {responses: {'200': {description: OK}}}}"),
        spec(answers("'200': {description: OK}")),
        "s",
        "r",
    ),
    (
        "sse itemSchema",
        spec(
            answers(
                "'200': {description: OK, content: {text/event-stream: {itemSchema: {type: object, properties: {a: {type: string}}, required: [a]}}}}"
            ),
            version="3.2.0",
        ),
        spec(
            answers(
                "'200': {description: OK, content: {text/event-stream: {itemSchema: {type: object, properties: {a: {type: integer}}, required: [a]}}}}"
            ),
            version="3.2.0",
        ),
        "b",
        "b",
    ),
    (
        "itemSchema vs schema",
        spec(
            answers("'200': {description: OK, content: {application/jsonl: {itemSchema: {type: object}}}}"),
            version="3.2.0",
        ),
        spec(
            answers("'200': {description: OK, content: {application/jsonl: {schema: {type: object}}}}"), version="3.2.0"
        ),
        "n",
        "n",
    ),
    (
        "links removed",
        spec(answers("'200': {description: OK, links: {n: {operationId: x}}}")),
        spec(answers("'200': {description: OK}")),
        "r",
        "s",
    ),
    (
        "octet schema",
        spec(
            answers(
                "'200': {description: OK, content: {application/octet-stream: {schema: {type: string, format: binary}}}}"
            ),
            version="3.0.3",
        ),
        spec(answers("'200': {description: OK, content: {application/octet-stream: {}}}")),
        "n",
        "n",
    ),
    (
        "nullable allOf ref",
        spec(
            answers(
                "'200': {description: OK, content: {application/json: {schema: {nullable: true, allOf: [{$ref: '#/components/schemas/A'}]}}}}"
            ),
            "schemas: {A: {type: object, properties: {a: {type: string}}}}",
            version="3.0.3",
        ),
        spec(
            answers(
                "'200': {description: OK, content: {application/json: {schema: {anyOf: [{$ref: '#/components/schemas/A'}, {type: 'null'}]}}}}"
            ),
            "schemas: {A: {type: object, properties: {a: {type: string}}}}",
        ),
        "n",
        "n",
    ),
    (
        "nullable oneOf ref",
        spec(
            answers(
                "'200': {description: OK, content: {application/json: {schema: {nullable: true, oneOf: [{$ref: '#/components/schemas/A'}, {type: integer}]}}}}"
            ),
            "schemas: {A: {type: object, properties: {a: {type: string}}}}",
            version="3.0.3",
        ),
        spec(
            answers(
                "'200': {description: OK, content: {application/json: {schema: {oneOf: [{$ref: '#/components/schemas/A'}, {type: integer}, {type: 'null'}]}}}}"
            ),
            "schemas: {A: {type: object, properties: {a: {type: string}}}}",
        ),
        "n",
        "n",
    ),
    (
        "ref+default 3.1",
        spec(
            parameter("{name: q, in: query, schema: {$ref: '#/components/schemas/E', default: a}}"),
            "schemas: {E: {type: string, enum: [a, b]}}",
        ),
        spec(
            parameter("{name: q, in: query, schema: {$ref: '#/components/schemas/E', default: b}}"),
            "schemas: {E: {type: string, enum: [a, b]}}",
        ),
        "b",
        "b",
    ),
    (
        "ref+default 3.1 vs allOf",
        spec(
            parameter("{name: q, in: query, schema: {$ref: '#/components/schemas/E', default: a}}"),
            "schemas: {E: {type: string, enum: [a, b]}}",
        ),
        spec(
            parameter("{name: q, in: query, schema: {allOf: [{$ref: '#/components/schemas/E'}], default: a}}"),
            "schemas: {E: {type: string, enum: [a, b]}}",
        ),
        "n",
        "n",
    ),
    (
        "ref+readOnly 3.1",
        spec(
            body(
                "application/json: {schema: {type: object, properties: {q: {$ref: '#/components/schemas/E', readOnly: true}}, required: [q]}}"
            ),
            "schemas: {E: {type: string, enum: [a, b]}}",
        ),
        spec(
            body(
                "application/json: {schema: {type: object, properties: {q: {$ref: '#/components/schemas/E'}}, required: [q]}}"
            ),
            "schemas: {E: {type: string, enum: [a, b]}}",
        ),
        "b",
        "r",
    ),
    (
        "component renamed",
        spec(
            answers(
                "'200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}"
            ),
            "schemas: {A: {type: object, properties: {n: {$ref: '#/components/schemas/A'}}}}",
        ),
        spec(
            answers(
                "'200': {description: OK, content: {application/json: {schema: {$ref: '#/components/schemas/B'}}}}"
            ),
            "schemas: {B: {type: object, properties: {n: {$ref: '#/components/schemas/B'}}}}",
        ),
        "n",
        "n",
    ),
    (
        "method HEAD removed",
        spec("{get: {responses: {'200': {description: OK}}}, head: {responses: {'200': {description: OK}}}}"),
        spec("{get: {responses: {'200': {description: OK}}}}"),
        "b",
        "s",
    ),
    (
        "default only resp",
        spec(answers("default: {description: OK, content: {application/json: {schema: {type: string}}}}")),
        spec(
            answers(
                "'200': {description: OK, content: {application/json: {schema: {type: string}}}}, default: {description: OK, content: {application/json: {schema: {type: string}}}}"
            )
        ),
        "s",
        "r",
    ),
    (
        "path /a/ vs new",
        spec(answers("'200': {description: OK}"), path="/a"),
        spec(answers("'200': {description: OK}"), path="/b"),
        "b",
        "b",
    ),
    (
        "path params swapped order",
        spec(
            parameter(
                "{name: a, in: path, required: true, schema: {type: string}},{name: b, in: path, required: true, schema: {type: integer}}"
            ),
            path="/x/{a}/{b}",
        ),
        spec(
            parameter(
                "{name: b, in: path, required: true, schema: {type: integer}},{name: a, in: path, required: true, schema: {type: string}}"
            ),
            path="/x/{a}/{b}",
        ),
        "n",
        "n",
    ),
    (
        "path params swapped place",
        spec(
            parameter(
                "{name: a, in: path, required: true, schema: {type: string}},{name: b, in: path, required: true, schema: {type: integer}}"
            ),
            path="/x/{a}/{b}",
        ),
        spec(
            parameter(
                "{name: b, in: path, required: true, schema: {type: integer}},{name: a, in: path, required: true, schema: {type: string}}"
            ),
            path="/x/{b}/{a}",
        ),
        "b",
        "b",
    ),
]

CASES += [
    (
        "webhook gains prop",
        spec(answers("'200': {description: OK}"), top=W),
        spec(answers("'200': {description: OK}"), top=W.replace("properties: {", "properties: {b: {type: string}, ")),
        "s",
        "r",
    ),
    (
        "webhook prop gone",
        spec(answers("'200': {description: OK}"), top=W),
        spec(
            answers("'200': {description: OK}"),
            top=W.replace("required: [a]", "x-y: 1").replace("a: {type: string}", ""),
        ),
        "b",
        "s",
    ),
    (
        "webhook removed",
        spec(answers("'200': {description: OK}"), top=W),
        spec(answers("'200': {description: OK}")),
        "b",
        "s",
    ),
]


def worst(before: Any, after: Any) -> str:
    """First letter of the worst level of the changes; n for none."""
    changes = compare(before, after, today=TODAY)
    return changes[0].level.value[0] if changes else "n"


@pytest.mark.parametrize(
    ("before", "after", "there", "back"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_the_level_of_an_edit_in_each_direction(before: Any, after: Any, there: str, back: str) -> None:
    assert (worst(before, after), worst(after, before)) == (there, back)


def test_an_api_written_in_each_version_of_openapi_is_the_same() -> None:
    """The golden documents hold one API each, with tuples, bytes, maps, streams and references to itself."""
    folder = Path(__file__).parents[1] / "golden" / "openapi"
    documents = [json.loads((folder / f"whole-{version}.json").read_text("utf-8")) for version in ("3.0", "3.1", "3.2")]
    for before, after in itertools.permutations(documents, 2):
        assert compare(before, after, today=TODAY) == [], (before["openapi"], after["openapi"])
