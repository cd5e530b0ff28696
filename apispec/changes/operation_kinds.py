"""Kinds of changes of operations and of the API as a whole."""

from __future__ import annotations

from apispec.changes.kind import Level, alone, pair, symmetric

BREAKING, RISKY, SAFE = Level.BREAKING, Level.RISKY, Level.SAFE

_GET = "/pets: {get: {operationId: list_pets}}"
_NONE = "/dogs: {get: {operationId: list_dogs}}"

pair(
    ("path-removed", BREAKING, "A path is gone.", "Every call of it fails."),
    ("path-added", SAFE, "There is a new path.", "Nobody calls it yet."),
    _GET + "\n" + _NONE,
    _NONE,
)
pair(
    ("operation-removed", BREAKING, "An operation is gone.", "Every call of it fails."),
    ("operation-added", SAFE, "There is a new operation.", "Nobody calls it yet."),
    "/pets: {get: {}, post: {}}",
    "/pets: {get: {}}",
)
alone(
    "deprecated-operation-removed",
    RISKY,
    "A deprecated operation is gone.",
    "Callers were told. A sunset date that has passed makes the removal safe, one that has not makes it breaking.",
    "/pets: {get: {}, post: {deprecated: true}}",
    "/pets: {get: {}}",
    "What comes back is a new operation (`operation-added`).",
)
alone(
    "sunset-operation-removed",
    SAFE,
    "An operation is gone after its sunset date.",
    "Callers were told the day (`x-sunset`), and it has passed.",
    '/pets: {get: {}, post: {deprecated: true, x-sunset: "2020-01-01"}}',
    "/pets: {get: {}}",
    "What comes back is a new operation (`operation-added`).",
)
symmetric(
    "operation-id-changed",
    RISKY,
    "An operation has another operationId.",
    "HTTP callers do not notice. MCP tools and functions of generated clients are named by it.",
    "get: {operationId: list_pets}",
    "get: {operationId: find_pets}",
)
pair(
    (
        "operation-id-removed",
        RISKY,
        "An operationId is gone.",
        "HTTP callers do not notice. MCP tools and functions of generated clients that had its name get another one.",
    ),
    ("operation-id-added", SAFE, "An operation has got an operationId.", "It gives a name to what had none."),
    "get: {operationId: list_pets}",
    "get: {}",
)
pair(
    ("operation-deprecated", SAFE, "An operation is deprecated.", "It still works; callers should move on."),
    ("operation-undeprecated", SAFE, "An operation is not deprecated any more.", "Nothing changes for callers."),
    "get: {}",
    "get: {deprecated: true}",
)
pair(
    (
        "sunset-earlier",
        RISKY,
        "A sunset date is nearer.",
        "Callers have less time to move on than they were told.",
    ),
    ("sunset-later", SAFE, "A sunset date is later.", "Callers have more time."),
    'get: {deprecated: true, x-sunset: "2030-06-01"}',
    'get: {deprecated: true, x-sunset: "2030-01-01"}',
)
pair(
    ("sunset-announced", SAFE, "A sunset date is set.", "It still works until then; callers know how long they have."),
    ("sunset-withdrawn", SAFE, "A sunset date is taken back.", "Callers have more time."),
    "get: {deprecated: true}",
    'get: {deprecated: true, x-sunset: "2030-01-01"}',
)
pair(
    (
        "parameter-removed",
        RISKY,
        "An optional parameter is gone.",
        "Calls still work, but what callers send there is ignored, or refused by strict servers.",
    ),
    ("parameter-added", SAFE, "There is a new optional parameter.", "Callers that leave it out go on as before."),
    "get: {parameters: [{name: q, in: query, schema: {type: string}}]}",
    "get: {parameters: []}",
)
pair(
    ("required-parameter-added", BREAKING, "There is a new required parameter.", "Calls without it are refused."),
    (
        "required-parameter-removed",
        RISKY,
        "A required parameter is gone.",
        "What callers send there is ignored, or refused by strict servers.",
    ),
    "get: {parameters: []}",
    "get: {parameters: [{name: q, in: query, required: true, schema: {type: string}}]}",
)
pair(
    (
        "parameter-became-required",
        BREAKING,
        "A parameter that was optional is required.",
        "Calls without it are refused.",
    ),
    ("parameter-became-optional", SAFE, "A parameter that was required is optional.", "Callers may go on sending it."),
    "get: {parameters: [{name: q, in: query, schema: {type: string}}]}",
    "get: {parameters: [{name: q, in: query, required: true, schema: {type: string}}]}",
)
symmetric(
    "path-parameter-renamed",
    RISKY,
    "A path parameter has another name.",
    "The URL is the same. Arguments of generated functions and inputs of MCP tools have the parameter's name.",
    "/pets/{id}: {get: {parameters: [{name: id, in: path, required: true, schema: {type: string}}]}}",
    "/pets/{pet}: {get: {parameters: [{name: pet, in: path, required: true, schema: {type: string}}]}}",
)
symmetric(
    "parameter-style-changed",
    BREAKING,
    "A parameter is written in another way.",
    "Lists and objects are sent in a form that the server does not read any more.",
    "get: {parameters: [{name: q, in: query, style: form, schema: {type: array, items: {type: string}}}]}",
    "get: {parameters: [{name: q, in: query, style: pipeDelimited, schema: {type: array, items: {type: string}}}]}",
)
pair(
    (
        "parameter-empty-refused",
        BREAKING,
        "A parameter may not be sent without a value any more.",
        "Calls that send its name alone (`?q=`) are refused.",
    ),
    ("parameter-empty-allowed", SAFE, "A parameter may be sent without a value.", "Callers may go on as before."),
    "get: {parameters: [{name: q, in: query, allowEmptyValue: true, schema: {type: string}}]}",
    "get: {parameters: [{name: q, in: query, schema: {type: string}}]}",
)
symmetric(
    "parameter-reserved-changed",
    RISKY,
    "Reserved characters in a parameter are written in another way.",
    "Clients percent-encode them or do not (`allowReserved`); most servers read both.",
    "get: {parameters: [{name: q, in: query, allowReserved: true, schema: {type: string}}]}",
    "get: {parameters: [{name: q, in: query, schema: {type: string}}]}",
)
pair(
    ("parameter-deprecated", SAFE, "A parameter is deprecated.", "It still works; callers should move on."),
    ("parameter-undeprecated", SAFE, "A parameter is not deprecated any more.", "Nothing changes for callers."),
    "get: {parameters: [{name: q, in: query, schema: {type: string}}]}",
    "get: {parameters: [{name: q, in: query, deprecated: true, schema: {type: string}}]}",
)
pair(
    ("required-body-added", BREAKING, "An operation needs a request body now.", "Calls without one are refused."),
    ("required-body-removed", RISKY, "An operation takes no request body any more.", "What callers send is ignored."),
    "post: {}",
    "post: {requestBody: {required: true, content: {application/json: {schema: {type: string}}}}}",
)
pair(
    ("body-added", SAFE, "An operation takes a request body now.", "It may be left out."),
    ("body-removed", RISKY, "An operation takes no request body any more.", "What callers send is ignored."),
    "post: {}",
    "post: {requestBody: {content: {application/json: {schema: {type: string}}}}}",
)
pair(
    (
        "body-became-required",
        BREAKING,
        "A request body that was optional is required.",
        "Calls without one are refused.",
    ),
    ("body-became-optional", SAFE, "A request body that was required is optional.", "Callers may go on sending it."),
    "post: {requestBody: {content: {application/json: {schema: {type: string}}}}}",
    "post: {requestBody: {required: true, content: {application/json: {schema: {type: string}}}}}",
)
pair(
    (
        "request-media-type-removed",
        BREAKING,
        "A request body may not be of a media type any more.",
        "Callers that send it are refused (415).",
    ),
    ("request-media-type-added", SAFE, "A request body may be of one more media type.", "Callers may go on as before."),
    "post: {requestBody: {content: {application/json: {}, application/xml: {}}}}",
    "post: {requestBody: {content: {application/json: {}}}}",
)
pair(
    (
        "request-media-range-narrowed",
        BREAKING,
        "A request body may be of fewer media types.",
        "Callers that send another one are refused (415).",
    ),
    ("request-media-range-widened", SAFE, "A request body may be of more media types.", "Callers may go on as before."),
    'post: {requestBody: {content: {"image/*": {}}}}',
    "post: {requestBody: {content: {image/png: {}}}}",
)
pair(
    (
        "response-media-range-widened",
        RISKY,
        "A response may be of more media types.",
        "Callers that do not ask for one may get one that they cannot read.",
    ),
    (
        "response-media-range-narrowed",
        SAFE,
        "A response is of fewer media types.",
        "Whatever callers read now they could read before.",
    ),
    'get: {responses: {"200": {description: OK, content: {image/png: {}}}}}',
    'get: {responses: {"200": {description: OK, content: {"image/*": {}}}}}',
)
_FORM = "post: {requestBody: {content: {multipart/form-data: {schema: {type: object, properties: {f: {type: string}}}"
pair(
    (
        "encoding-narrowed",
        BREAKING,
        "A field of a form may be of fewer media types.",
        "Callers that send another one are refused.",
    ),
    ("encoding-widened", SAFE, "A field of a form may be of more media types.", "Callers may go on as before."),
    _FORM + ', encoding: {f: {contentType: "image/png, image/jpeg"}}}}}}',
    _FORM + ", encoding: {f: {contentType: image/png}}}}}}",
)
symmetric(
    "encoding-style-changed",
    BREAKING,
    "A field of a form is written in another way.",
    "Lists and objects are sent in a form that the server does not read any more.",
    _FORM + ", encoding: {f: {style: form, explode: true}}}}}}",
    _FORM + ", encoding: {f: {style: form, explode: false}}}}}}",
)
pair(
    (
        "response-media-type-removed",
        BREAKING,
        "A response comes not in a media type any more.",
        "Callers that ask for it, or read it, get something else.",
    ),
    (
        "response-media-type-added",
        SAFE,
        "A response comes in one more media type.",
        "Callers get it only if they ask for it.",
    ),
    'get: {responses: {"200": {description: OK, content: {application/json: {}, text/csv: {}}}}}',
    'get: {responses: {"200": {description: OK, content: {application/json: {}}}}}',
)
pair(
    (
        "success-status-removed",
        BREAKING,
        "A successful status is not answered any more.",
        "Callers that wait for exactly this status take the answer for a failure.",
    ),
    (
        "success-status-added",
        RISKY,
        "There is a new successful status.",
        "Callers that know only the others may not read its answer.",
    ),
    'get: {responses: {"200": {description: OK}, "202": {description: Later}}}',
    'get: {responses: {"200": {description: OK}}}',
)
pair(
    (
        "success-status-range-widened",
        RISKY,
        "A range of successful statuses may be answered where it was one.",
        "Callers that know only that one may not read the others.",
    ),
    (
        "success-status-range-narrowed",
        SAFE,
        "Certain successful statuses are answered where it was a range.",
        "Callers that know the range know them.",
    ),
    'get: {responses: {"200": {description: OK}}}',
    "get: {responses: {2XX: {description: OK}}}",
)
pair(
    (
        "error-status-removed",
        SAFE,
        "An error status is not answered any more.",
        "What callers do about it is never needed.",
    ),
    ("error-status-added", SAFE, "There is a new error status.", "Callers must expect errors anyway."),
    'get: {responses: {"200": {description: OK}, "404": {description: No}}}',
    'get: {responses: {"200": {description: OK}}}',
)
pair(
    (
        "response-header-removed",
        RISKY,
        "An optional response header is gone.",
        "Callers that read it when it is there miss it.",
    ),
    ("response-header-added", SAFE, "There is a new response header.", "Callers do not look at it yet."),
    'get: {responses: {"200": {description: OK, headers: {X-Total: {schema: {type: integer}}}}}}',
    'get: {responses: {"200": {description: OK}}}',
)
pair(
    ("required-response-header-removed", BREAKING, "A required response header is gone.", "Callers rely on it."),
    (
        "required-response-header-added",
        SAFE,
        "There is a new required response header.",
        "Callers do not look at it yet.",
    ),
    'get: {responses: {"200": {description: OK, headers: {X-Total: {required: true, schema: {type: integer}}}}}}',
    'get: {responses: {"200": {description: OK}}}',
)
pair(
    (
        "response-header-became-optional",
        BREAKING,
        "A response header that was always there may be missing.",
        "Callers rely on it.",
    ),
    ("response-header-became-required", SAFE, "A response header is always there now.", "Callers can rely on it."),
    'get: {responses: {"200": {description: OK, headers: {X-Total: {required: true, schema: {type: integer}}}}}}',
    'get: {responses: {"200": {description: OK, headers: {X-Total: {schema: {type: integer}}}}}}',
)
pair(
    (
        "response-link-removed",
        RISKY,
        "A link of a response is gone.",
        "What it led to may still work; who follows links by name finds it no more.",
    ),
    ("response-link-added", SAFE, "A response has a new link.", "Callers do not follow it yet."),
    'get: {responses: {"200": {description: OK, links: {next: {operationId: list_pets}}}}}',
    'get: {responses: {"200": {description: OK}}}',
)
_KEY = "components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}, id: {type: http, scheme: bearer}}}"
pair(
    (
        "security-tightened",
        BREAKING,
        "A way to authenticate is not enough any more.",
        "Callers that authenticate in that way (or not at all) are refused.",
    ),
    (
        "security-loosened",
        SAFE,
        "Less authentication is needed, or there is one more way.",
        "Callers may go on as before.",
    ),
    "get: {}\n" + _KEY,
    "get: {security: [{key: []}]}\n" + _KEY,
)
symmetric(
    "security-scheme-changed",
    BREAKING,
    "A security scheme works in another way.",
    "Callers send their credentials in a form or place that is not read any more.",
    "get: {security: [{key: []}]}\ncomponents: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}",
    "get: {security: [{key: []}]}\ncomponents: {securitySchemes: {key: {type: apiKey, in: header, name: X-Token}}}",
)
pair(
    (
        "server-removed",
        RISKY,
        "A server is gone.",
        "Callers that use its address may fail; whether it is switched off, the document does not say.",
    ),
    ("server-added", SAFE, "There is a new server.", "Callers may go on using the others."),
    'get: {}\nservers: [{url: "https://a.example.com"}, {url: "https://b.example.com"}]',
    'get: {}\nservers: [{url: "https://a.example.com"}]',
)
pair(
    (
        "server-values-narrowed",
        RISKY,
        "A variable in a server's address has fewer values.",
        "Callers that use one of them may fail.",
    ),
    (
        "server-values-widened",
        SAFE,
        "A variable in a server's address has more values.",
        "Callers may go on as before.",
    ),
    'get: {}\nservers: [{url: "https://{r}.example.com", variables: {r: {default: eu, enum: [eu, us]}}}]',
    'get: {}\nservers: [{url: "https://{r}.example.com", variables: {r: {default: eu, enum: [eu]}}}]',
)
symmetric(
    "server-default-changed",
    RISKY,
    "A variable in a server's address has another default.",
    "Callers that leave it out call another server.",
    'get: {}\nservers: [{url: "https://{r}.example.com", variables: {r: {default: eu}}}]',
    'get: {}\nservers: [{url: "https://{r}.example.com", variables: {r: {default: us}}}]',
)
pair(
    ("callback-removed", BREAKING, "A callback is gone.", "Callers that wait for it wait in vain."),
    ("callback-added", SAFE, "There is a new callback.", "Callers that do not ask for it go on as before."),
    'post: {callbacks: {done: {"{$request.body#/url}": {post: {responses: {"200": {description: OK}}}}}}}',
    "post: {}",
)
pair(
    ("webhook-removed", BREAKING, "A webhook is gone.", "Subscribers wait for it in vain."),
    ("webhook-added", SAFE, "There is a new webhook.", "Nobody has subscribed to it yet."),
    'webhooks: {new_pet: {post: {responses: {"200": {description: OK}}}}}',
    "webhooks: {}",
)
