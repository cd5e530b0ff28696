"""Questions about schemas."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from apispec.schemas.questions import (
    children,
    closure,
    is_nullable,
    readable_type,
    ref,
    ref_name,
    referenced,
    resolve,
    types,
    variants,
    walk,
    without_null,
)
from tests.core.schema_strategy import COMPONENT_SETS, SCHEMAS

SCHEMAS_BY_NAME: dict[str, Any] = {
    "Item": {"type": "object", "properties": {"next": ref("Item"), "kind": ref("Kind")}},
    "Kind": {"enum": ["a", "b"], "title": "Kind"},
    "Alias": ref("Kind"),
    "Maybe": {"anyOf": [ref("Item"), {"type": "null"}]},
    "Self": ref("Self"),
    "True": True,
}


@pytest.mark.parametrize("name", ["Item", "a/b", "a~b", "~1", "ü b", ""])
def test_references_name_what_they_refer_to(name: str) -> None:
    assert ref_name(ref(name)) == name


def test_what_is_no_reference_to_a_component() -> None:
    assert ref("a/b~") == {"$ref": "#/components/schemas/a~1b~0"}
    for schema in (True, {}, {"$ref": 5}, {"$ref": "other.json"}, {"$ref": "#/$defs/X"}):
        assert ref_name(schema) is None


def test_resolve_follows_references_and_siblings_win() -> None:
    assert resolve(ref("Alias"), SCHEMAS_BY_NAME) == {"enum": ["a", "b"], "title": "Kind"}
    assert resolve({**ref("Alias"), "title": "Mine"}, SCHEMAS_BY_NAME) == {"enum": ["a", "b"], "title": "Mine"}
    assert resolve({**ref("True"), "title": "Mine"}, SCHEMAS_BY_NAME) is True
    assert resolve(ref("Nowhere"), SCHEMAS_BY_NAME) == resolve(ref("Self"), SCHEMAS_BY_NAME) == {}
    same = {"type": "string"}
    assert resolve(same, SCHEMAS_BY_NAME) is same


def test_walk_meets_every_schema_but_follows_nothing() -> None:
    schema = {
        "properties": {"a": {"title": "1"}}, "patternProperties": {"x": {"title": "2"}}, "allOf": [{"title": "3"}], "items": {"title": "4"}, "prefixItems": [{"title": "5"}], "not": {"title": "6"}, "$defs": {"d": {"title": "7"}},
        "additionalProperties": {"title": "8"}, "if": {"title": "9"}, "default": {"title": "no"}, "enum": [{"title": "no"}], "examples": [{"title": "no"}], "const": {"title": "no"}, "anyOf": {"title": "no"}, "contentSchema": ref("Item"),
    }  # fmt: skip
    assert sorted(s["title"] for s in walk(schema) if isinstance(s, dict) and "title" in s) == list("123456789")
    assert list(walk(True)) == [True]
    assert list(children({"properties": [], "allOf": {}, "items": 5})) == []
    deep: Any = {}
    for _ in range(20_000):
        deep = {"items": deep}
    assert sum(1 for _ in walk(deep)) == 20_001


def test_what_a_schema_reaches() -> None:
    schema = {"allOf": [ref("Alias"), {"items": ref("Maybe")}, ref("Alias"), ref("Nowhere")]}
    assert sorted(referenced(schema)) == ["Alias", "Maybe", "Nowhere"]
    assert closure(schema, SCHEMAS_BY_NAME).keys() == {"Alias", "Kind", "Maybe", "Item"}
    assert closure(ref("Self"), SCHEMAS_BY_NAME).keys() == {"Self"}


def test_types_and_variants() -> None:
    assert types({"type": "string"}) == ("string",)
    assert types({"type": ["string", 5, "null"]}) == ("string", "null")
    assert types({"type": 5}) == types({}) == types(True) == ()
    assert variants({"oneOf": [{}, True]}) == ({}, True)
    assert variants({"anyOf": []}) == variants({}) == variants(False) == ()


@pytest.mark.parametrize(
    ("schema", "nullable"),
    [
        ({"type": "null"}, True), ({"type": ["string", "null"]}, True), ({"const": None}, True), ({"enum": [1, None]}, True), ({"anyOf": [{"type": "string"}, {"type": "null"}]}, True), (ref("Maybe"), True), (True, True),
        ({"type": "string"}, False), ({"enum": [1]}, False), (ref("Item"), False), (False, False), ({"const": 0}, False),
    ],
    ids=str,
)  # fmt: skip
def test_nullable(schema: Any, nullable: bool) -> None:
    assert is_nullable(schema, SCHEMAS_BY_NAME) is nullable


@pytest.mark.parametrize(
    ("schema", "rest"),
    [
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, {"type": "string"}),
        ({"anyOf": [ref("Item"), {"type": "null"}], "title": "T"}, {**ref("Item"), "title": "T"}),
        ({"oneOf": [{"type": "string"}, {"type": "integer"}, {"type": "null"}]}, {"oneOf": [{"type": "string"}, {"type": "integer"}]}),
        ({"type": ["string", "null"], "minLength": 1}, {"type": "string", "minLength": 1}),
        ({"type": ["string", "integer", "null"]}, {"type": ["string", "integer"]}),
        ({"type": "null"}, {"type": "null"}),
        ({"anyOf": [{"type": "string"}]}, {"anyOf": [{"type": "string"}]}),
        ({"anyOf": [True, {"type": "null"}]}, True),
        (True, True),
    ],
    ids=str,
)  # fmt: skip
def test_without_null(schema: Any, rest: Any) -> None:
    assert without_null(schema) == rest


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        (True, "any"), ({}, "any"), (False, "nothing"), ({"type": "string"}, "string"), ({"type": "string", "format": "date"}, "string (date)"), ({"type": "string", "contentMediaType": "image/png"}, "string (image/png)"),
        (ref("Item"), "Item"), ({**ref("Item"), "description": "d"}, "Item"), ({"const": "é"}, '"é"'), ({"const": None}, "null"), ({"enum": ["a", 1, None, True]}, '"a" | 1 | null | true'),
        ({"enum": list(range(10))}, "0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | …"), ({"type": ["integer", "null"]}, "integer | null"), ({"anyOf": [ref("Item"), {"type": "null"}]}, "Item | null"),
        ({"oneOf": [{"type": "string"}, {"type": "string", "minLength": 1}]}, "string"), ({"allOf": [ref("Item"), {"title": "x"}]}, "Item"), ({"allOf": [ref("Item"), ref("Kind")]}, "Item & Kind"), ({"allOf": [ref("Item"), {"type": ["integer", "null"]}]}, "Item & (integer | null)"),
        ({"type": "array"}, "array"), ({"type": "array", "items": ref("Item")}, "array of Item"), ({"type": "array", "items": {"type": ["integer", "null"]}}, "array of (integer | null)"), ({"items": {"type": "string"}}, "array of string"),
        ({"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}]}, "[integer, string]"), ({"type": "object"}, "object"), ({"properties": {"a": {}}}, "object"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "map of integer"), ({"type": "object", "additionalProperties": {}}, "object"), ({"type": "object", "additionalProperties": {"title": "x"}}, "map"),
        ({"type": "object", "additionalProperties": {"anyOf": [{"type": "integer"}, {"type": "null"}]}}, "map of (integer | null)"), ({"x-python-type": "complex"}, "complex"), ({"title": "x"}, "any"), ({"allOf": [{"title": "x"}]}, "any"),
    ],
    ids=str,
)  # fmt: skip
def test_readable_types(schema: Any, text: str) -> None:
    assert readable_type(schema, SCHEMAS_BY_NAME) == text


def test_readable_types_of_deep_schemas_end() -> None:
    for key, wrap in (
        ("items", lambda s: {"type": "array", "items": s}),
        ("anyOf", lambda s: {"anyOf": [s]}),
        ("allOf", lambda s: {"allOf": [s]}),
        ("map", lambda s: {"type": "object", "additionalProperties": s}),
    ):
        schema: Any = {"type": "integer"}
        for _ in range(5000):
            schema = wrap(schema)
        assert len(readable_type(schema, {})) < 60, key


@given(SCHEMAS, COMPONENT_SETS)
def test_every_schema_has_a_readable_type(schema: Any, schemas: dict[str, Any]) -> None:
    text = readable_type(schema, schemas)
    assert text
    assert "\n" not in text
    is_nullable(schema, schemas)
    without_null(schema)
