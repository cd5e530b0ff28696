"""Kinds of changes of parameters."""

from __future__ import annotations

from apispec.changes.kind import Level, pair, symmetric

BREAKING, RISKY, SAFE = Level.BREAKING, Level.RISKY, Level.SAFE

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
