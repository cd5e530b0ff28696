"""Kinds of changes of paths, operations, callbacks and webhooks."""

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
    (
        "stability-lowered",
        BREAKING,
        "An operation is less stable than it was.",
        "`x-stability-level` of the operation, its path or the API is draft, alpha, beta or stable, as where none is "
        "given. What was promised to stay is not any more: at draft and alpha every change is let through.",
    ),
    ("stability-raised", SAFE, "An operation is more stable than it was.", "Callers are promised more."),
    "get: {x-stability-level: stable}",
    "get: {x-stability-level: beta}",
)
pair(
    ("sunset-announced", SAFE, "A sunset date is set.", "It still works until then; callers know how long they have."),
    ("sunset-withdrawn", SAFE, "A sunset date is taken back.", "Callers have more time."),
    "get: {deprecated: true}",
    'get: {deprecated: true, x-sunset: "2030-01-01"}',
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
