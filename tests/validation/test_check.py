"""The check of generated documents: the official schemas and openapi-spec-validator, held equal."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from apispec.validation import check, version_of

GOOD: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Pets", "version": "1"},
    "paths": {
        "/pets/{id}": {
            "get": {
                "operationId": "get_pet",
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                "responses": {
                    "200": {
                        "description": "A pet",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}},
                    }
                },
            }
        }
    },
    "components": {
        "schemas": {"Pet": {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}}
    },
}


def changed(version: str, pointer: str, value: Any) -> dict[str, Any]:
    document = copy.deepcopy(GOOD)
    document["openapi"] = version
    *parents, last = pointer.split("/")[1:]
    target: Any = document
    for token in parents:
        target = target[int(token) if isinstance(target, list) else token.replace("~1", "/")]
    if value is KeyError:
        del target[last]
    else:
        target[last] = value
    return document


GET = "/paths/~1pets~1{id}/get"
WRONG = [
    ("/info/version", KeyError, "/info", "`version` is missing."),
    ("/info/titel", "x", "/info/titel", "`titel` is not known here."),
    ("/info", [], "/info", "This must be an object, it is an array."),
    (f"{GET}/parameters/0/in", "qery", f"{GET}/parameters/0/in", '"qery" is not allowed here.'),
    (f"{GET}/parameters/0/required", KeyError, f"{GET}/parameters/0", "`required` is missing."),
    (f"{GET}/parameters/0/schema", KeyError, f"{GET}/parameters/0", "One of `schema` or `content` is missing."),
    (f"{GET}/parameters/0/schema/type", "strng", f"{GET}/parameters/0/schema/type", '"strng" is not allowed here.'),
    (
        "/components/schemas/Pet/required",
        "name",
        "/components/schemas/Pet/required",
        "This must be an array, it is a string.",
    ),
    (
        "/components/schemas/Pet/properties/name/type",
        "txt",
        "/components/schemas/Pet/properties/name/type",
        'is "txt".',
    ),
]


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.2.0"])
def test_a_valid_document_has_no_findings_either_way(version: str) -> None:
    document = changed(version, "/openapi", version)
    assert check(document, thorough=True) == []
    assert check(document, thorough=False) == []


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.2.0"])
@pytest.mark.parametrize(("pointer", "value", "place", "message"), WRONG)
def test_what_is_wrong_is_said_with_its_place(version: str, pointer: str, value: Any, place: str, message: str) -> None:
    findings = check(changed(version, pointer, value), thorough=False)
    assert place in {f.location.pointer for f in findings}
    [text] = [f.message for f in findings if f.location.pointer == place][:1]
    assert message in text or "must be one of" in text


def test_close_names_are_suggested() -> None:
    [finding] = check(changed("3.0.3", "/info/titel", "x"), thorough=False)
    assert finding.hint == "Did you mean `title`?"


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.2.0"])
def test_both_ways_agree(version: str) -> None:
    for pointer, value, _, _ in WRONG:
        document = changed(version, pointer, value)
        assert bool(check(document, thorough=True)) == bool(check(document, thorough=False)) is True


def test_patterns_are_ecma_expressions() -> None:
    for pattern, good in [(r"^\p{L}+$", True), ("^a{2}$", True), ("(", False), ("[z-a]", False)]:
        document = changed("3.1.0", "/components/schemas/Pet/properties/name/pattern", pattern)
        assert (check(document, thorough=True) == []) is good, pattern


@pytest.mark.parametrize(
    ("document", "version"),
    [
        ({"openapi": "3.1.1"}, "3.1"),
        ({"swagger": "2.0"}, "2.0"),
        ({"openapi": 3.1}, None),
        ({"openapi": "4.0.0"}, None),
        ([], None),
        (None, None),
    ],
)
def test_versions(document: Any, version: str | None) -> None:
    assert version_of(document) == version
    if version is None and isinstance(document, dict):
        assert [f.rule for f in check(document)] == ["invalid-document"]
