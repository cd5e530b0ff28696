"""The form of documents: what each version allows and refuses, beyond the examples of the rules."""

from __future__ import annotations

from typing import Any

import pytest

from apispec.documents import load
from apispec.validation import official

BASE = "info: {title: T, version: '1'}\n"
ALL = ("3.0", "3.1", "3.2")
NEW = ("3.1", "3.2")
SCHEMA = "paths: {{}}\ncomponents: {{schemas: {{S: {}}}}}"
GET = "paths: {{/a: {{get: {{responses: {{'200': {{description: D}}}}, {}}}}}}}"

GOOD: list[tuple[tuple[str, ...], str]] = [
    (ALL, "paths: {}"),
    (NEW, "components: {}"),
    (NEW, "webhooks: {}"),
    (ALL, "paths: {}\nx-anything: [1]"),
    (NEW, SCHEMA.format("true")),
    (NEW, SCHEMA.format("{type: [string, 'null'], unknownKeyword: 1}")),
    (NEW, SCHEMA.format("{$defs: {a: {type: string}}, $ref: '#/components/schemas/S/$defs/a', description: D}")),
    (
        ALL,
        SCHEMA.format(
            "{type: object, discriminator: {propertyName: p, mapping: {a: b}}, xml: {name: n, attribute: true}}"
        ),
    ),
    (
        NEW,
        "jsonSchemaDialect: 'http://json-schema.org/draft-07/schema#'\n" + SCHEMA.format("{items: [{type: string}]}"),
    ),
    (("3.2",), SCHEMA.format("{xml: {nodeType: attribute}, discriminator: {propertyName: p, defaultMapping: S}}")),
    (
        ("3.2",),
        "paths: {/a: {query: {responses: {'200': {}}}, additionalOperations: {COPY: {responses: {'200': {}}}}}}",
    ),
    (("3.2",), "tags: [{name: a, summary: A, parent: b, kind: nav}]\npaths: {}"),
    (("3.2",), GET.format("parameters: [{name: q, in: querystring, content: {application/json: {}}}]")),
]
BAD: list[tuple[tuple[str, ...], str, str]] = [
    (("3.0",), "x-nothing: 1", ""),
    (NEW, "x-nothing: 1", ""),
    (ALL, "paths: []", "/paths"),
    (ALL, "paths: {a: {}}", "/paths/a"),
    (ALL, "paths: {}\nunknown: 1", "/unknown"),
    (ALL, "paths: {}\nservers: [{}]", "/servers/0"),
    (ALL, "paths: {}\nservers: [{url: '{a}', variables: {a: {}}}]", "/servers/0/variables/a"),
    (NEW, "paths: {}\nservers: [{url: '{a}', variables: {a: {default: x, enum: []}}}]", "/servers/0/variables/a/enum"),
    (ALL, "paths: {}\ntags: [a]", "/tags/0"),
    (ALL, "paths: {}\nsecurity: {}", "/security"),
    (NEW, "paths: {}\ncomponents: {schemas: {'a b': {}}}", "/components/schemas/a b"),
    (ALL, "paths: {}\ncomponents: {securitySchemes: {s: {type: apiKey, in: header}}}", "/components/securitySchemes/s"),
    (ALL, "paths: {}\ncomponents: {securitySchemes: {s: {type: magic}}}", "/components/securitySchemes/s/type"),
    (ALL, SCHEMA.format("1"), "/components/schemas/S"),
    (ALL, SCHEMA.format("{type: strin}"), "/components/schemas/S/type"),
    (ALL, SCHEMA.format("{required: [a, a]}"), "/components/schemas/S/required"),
    (ALL, SCHEMA.format("{minLength: -1}"), "/components/schemas/S/minLength"),
    (ALL, SCHEMA.format("{properties: []}"), "/components/schemas/S/properties"),
    (ALL, SCHEMA.format("{items: {properties: {a: {type: 1}}}}"), "/components/schemas/S/items/properties/a/type"),
    (ALL, SCHEMA.format("{discriminator: {mapping: {}}}"), "/components/schemas/S/discriminator"),
    (NEW, SCHEMA.format("{discriminator: {propertyName: p, other: 1}}"), "/components/schemas/S/discriminator/other"),
    (NEW, SCHEMA.format("{externalDocs: {url: u, other: 1}}"), "/components/schemas/S/externalDocs/other"),
    (NEW, SCHEMA.format("{xml: []}"), "/components/schemas/S/xml"),
    (("3.2",), SCHEMA.format("{xml: {nodeType: text, attribute: true}}"), "/components/schemas/S/xml/attribute"),
    (("3.0",), SCHEMA.format("true"), "/components/schemas/S"),
    (("3.0",), SCHEMA.format("{type: [string]}"), "/components/schemas/S/type"),
    (
        ALL,
        GET.format("parameters: [{name: q, in: query, schema: {}, content: {a/b: {}}}]"),
        "/paths/~1a/get/parameters/0",
    ),
    (ALL, GET.format("parameters: [{name: q, in: body, schema: {}}]"), "/paths/~1a/get/parameters/0/in"),
    (NEW, GET.format("parameters: [{name: q, in: path, schema: {}}]"), "/paths/~1a/get/parameters/0"),
    (ALL, GET.format("requestBody: {}"), "/paths/~1a/get/requestBody"),
    (("3.1",), "paths: {/a: {query: {responses: {'200': {description: D}}}}}", "/paths/~1a/query"),
    (("3.2",), "paths: {/a: {additionalOperations: {GET: {}}}}", "/paths/~1a/additionalOperations/GET"),
    (("3.2",), GET.format("parameters: [{name: q, in: querystring, schema: {}}]"), "/paths/~1a/get/parameters/0"),
]


def judged(version: Any, text: str) -> list[tuple[str, str, str]]:
    return list(official.check(load("x.yaml", text=f"openapi: {version}.0\n{BASE}{text}").required(), version))


@pytest.mark.parametrize(("version", "text"), [(version, text) for versions, text in GOOD for version in versions])
def test_what_a_version_allows(version: str, text: str) -> None:
    assert judged(version, text) == []


@pytest.mark.parametrize(
    ("version", "text", "place"), [(v, text, place) for versions, text, place in BAD for v in versions]
)
def test_what_a_version_refuses_and_where(version: str, text: str, place: str) -> None:
    problems = judged(version, text)
    assert place in [pointer for pointer, _, _ in problems]
    assert all(message.endswith(".") and "Failed validating" not in message for _, message, _ in problems)


def test_a_reference_in_place_of_a_text_is_named() -> None:
    problems = judged("3.1", GET.format("description: {$ref: docs/a.md}"))
    assert [(place, "no reference here" in hint) for place, _, hint in problems] == [
        ("/paths/~1a/get/description", True)
    ]


SCHEME = "paths: {{}}\ncomponents: {{securitySchemes: {{a: {}}}}}"
ALONE: list[tuple[tuple[str, ...], str, str, str]] = [
    (NEW, SCHEME.format("{type: apiKey, in: header}"), "/components/securitySchemes/a", "`name` is missing."),
    (
        NEW,
        SCHEME.format("{type: apiKey, in: body, name: a}"),
        "/components/securitySchemes/a/in",
        "This must be one of",
    ),
    (
        NEW,
        SCHEME.format("{type: oauth2, flows: {password: {scopes: {}}}}"),
        "/components/securitySchemes/a/flows/password",
        "`tokenUrl` is missing.",
    ),
    (NEW, "paths: {/a: {get: {responses: {'2000': {description: D}}}}}", "/paths/~1a/get/responses/2000", "`2000` is"),
    (NEW, "paths: {/a: {get: {responses: {}}}}", "/paths/~1a/get/responses", "This must not be empty."),
    (NEW, GET.format("parameters: [{name: q, schema: {}}]"), "/paths/~1a/get/parameters/0", "`in` is missing."),
    (("3.0",), SCHEMA.format("{type: [string]}"), "/components/schemas/S/type", "This must be a string"),
    (NEW, "components: {schemas: {'a b': {}}}", "/components/schemas/a b", '"a b" is not a valid name'),
    (
        NEW,
        "components: {examples: {a: {value: 1, externalValue: b}}}",
        "/components/examples/a",
        "`value` and `externalValue` exclude each other.",
    ),
    (
        NEW,
        GET.format("parameters: [{name: q, in: query, schema: {}, content: {a/b: {}}}]"),
        "/paths/~1a/get/parameters/0",
        "`schema` and `content` exclude each other.",
    ),
    (
        ("3.2",),
        GET.format("parameters: [{name: q, in: query, schema: {}}, {name: f, in: querystring, content: {a/b: {}}}]"),
        "/paths/~1a/get/parameters",
        "Parameters with `in: query` and `in: querystring` exclude each other.",
    ),
]
"""Versions, text, the one place where something is wrong, and how that is said."""


@pytest.mark.parametrize(
    ("version", "text", "place", "words"), [(v, text, *rest) for versions, text, *rest in ALONE for v in versions]
)
def test_what_only_follows_from_an_error_is_not_told(version: str, text: str, place: str, words: str) -> None:
    problems = judged(version, text)
    assert [pointer for pointer, _, _ in problems] == [place]
    assert problems[0][1].startswith(words)
