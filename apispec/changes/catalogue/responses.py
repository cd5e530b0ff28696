"""Kinds of changes of responses: statuses, headers, media types, links."""

from __future__ import annotations

from apispec.changes.kind import Level, pair, symmetric

BREAKING, RISKY, SAFE = Level.BREAKING, Level.RISKY, Level.SAFE

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
symmetric(
    "response-link-changed",
    RISKY,
    "A link of a response leads elsewhere.",
    "Who follows it calls another operation, or hands over something else; who does not, notices nothing.",
    'get: {responses: {"200": {description: OK, links: {next: {operationId: listPets}}}}}',
    'get: {responses: {"200": {description: OK, links: {next: {operationId: getPet}}}}}',
)
symmetric(
    "response-header-style-changed",
    BREAKING,
    "A response header is written in another way.",
    "Callers that take it apart find something else.",
    'get: {responses: {"200": {description: OK, headers: {X-A: {schema: {type: object}}}}}}',
    'get: {responses: {"200": {description: OK, headers: {X-A: {explode: true, schema: {type: object}}}}}}',
)
pair(
    (
        "response-header-deprecated",
        SAFE,
        "A response header is deprecated.",
        "It still comes.",
    ),
    ("response-header-undeprecated", SAFE, "A response header is not deprecated any more.", "It came before, too."),
    'get: {responses: {"200": {description: OK, headers: {X-A: {schema: {type: string}}}}}}',
    'get: {responses: {"200": {description: OK, headers: {X-A: {deprecated: true, schema: {type: string}}}}}}',
)
