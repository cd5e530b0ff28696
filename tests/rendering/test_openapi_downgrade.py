"""Schemas of 3.1 said in 3.0: hand-written cases, and the promise that nothing valid becomes invalid."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from openapi_schema_validator import OAS30Validator
from schema_strategies import SCHEMAS, VALUES

from apispec.rendering.openapi_downgrade_schema import NULL, Converter

CASES: dict[str, tuple[Any, Any]] = {
    "everything": (True, {}),
    "nothing": (False, {"not": {}}),
    "plain": ({"type": "string", "maxLength": 3}, {"type": "string", "maxLength": 3}),
    "null": ({"type": "null", "title": "t"}, {"title": "t", **NULL}),
    "nullable type": ({"type": ["string", "null"]}, {"type": "string", "nullable": True}),
    "several types": (
        {"type": ["string", "array"]},
        {"anyOf": [{"type": "string"}, {"type": "array", "items": {}}]},
    ),
    "optional": ({"anyOf": [{"type": "integer"}, {"type": "null"}], "default": None},
                 {"type": "integer", "nullable": True, "default": None}),
    "optional reference": (
        {"anyOf": [{"$ref": "#/components/schemas/A"}, {"type": "null"}]},
        {"anyOf": [{"$ref": "#/components/schemas/A"}, NULL]},
    ),
    "optional enum": (
        {"anyOf": [{"type": "string", "enum": ["a"]}, {"type": "null"}]},
        {"anyOf": [{"type": "string", "enum": ["a"]}, NULL]},
    ),
    "nullable enum": ({"type": ["string", "null"], "enum": ["a", None]},
                      {"type": "string", "nullable": True, "enum": ["a", None]}),
    "nullable enum without null": ({"type": ["string", "null"], "enum": ["a"]}, {"type": "string", "enum": ["a"]}),
    "const": ({"const": 3}, {"enum": [3]}),
    "const null": ({"const": None}, NULL),
    "empty enum": ({"enum": []}, {"not": {}}),
    "examples": ({"type": "string", "examples": ["a", "b"]}, {"type": "string", "example": "a"}),
    "array": ({"type": "array"}, {"type": "array", "items": {}}),
    "exclusive bounds": ({"exclusiveMinimum": 1, "maximum": 4}, {"minimum": 1, "exclusiveMinimum": True, "maximum": 4}),
    "both lower bounds": ({"exclusiveMinimum": 1, "minimum": 2}, {"minimum": 2}),
    "both upper bounds": ({"maximum": 5, "exclusiveMaximum": 5}, {"maximum": 5, "exclusiveMaximum": True}),
    "reference with siblings": (
        {"$ref": "#/components/schemas/A", "description": "d"},
        {"description": "d", "allOf": [{"$ref": "#/components/schemas/A"}]},
    ),
    "tuple of one type": (
        {"type": "array", "prefixItems": [{"type": "string"}] * 2, "items": False, "minItems": 2},
        {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2},
    ),
    "if": (
        {"if": {"type": "string"}, "then": {"minLength": 1}, "else": {"minimum": 1}},
        {"allOf": [{"anyOf": [{"not": {"type": "string"}}, {"minLength": 1}]},
                   {"anyOf": [{"type": "string"}, {"minimum": 1}]}]},
    ),
    "dependent required": (
        {"type": "object", "dependentRequired": {"a": ["b"]}},
        {"type": "object",
         "anyOf": [{"not": {"type": "object", "required": ["a"]}}, {"required": ["b"]}]},
    ),
    "no required": ({"type": "object", "required": []}, {"type": "object"}),
    "base64": ({"type": "string", "contentEncoding": "base64"}, {"type": "string", "format": "byte"}),
    "bytes": ({"type": "string", "contentMediaType": "application/octet-stream"}, {"type": "string", "format": "binary"}),
    "embedded JSON": (
        {"type": "string", "contentMediaType": "application/json", "contentSchema": {"type": ["integer", "null"]}},
        {"type": "string", "x-contentMediaType": "application/json",
         "x-contentSchema": {"type": "integer", "nullable": True}},
    ),
    "extension": ({"x-python-type": "Foo"}, {"x-python-type": "Foo"}),
    "unknown keyword": ({"frob": 1}, {"x-frob": 1}),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_exact(case: str) -> None:
    schema, expected = CASES[case]
    findings: list[Any] = []
    assert Converter({}, findings).convert(schema) == expected
    assert findings == []


LOOSENED: dict[str, tuple[Any, Any, str]] = {
    "tuple": (
        {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": False},
        {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}, "maxItems": 2},
        "prefixItems",
    ),
    "open tuple": (
        {"prefixItems": [{"type": "string"}]},
        {"items": {"anyOf": [{"type": "string"}, {}]}},
        "prefixItems",
    ),
    "patterns": (
        {"type": "object", "patternProperties": {"^a": {"type": "string"}}, "additionalProperties": False},
        {"type": "object", "additionalProperties": {"type": "string"}},
        "patternProperties",
    ),
    "property names": ({"propertyNames": {"maxLength": 2}}, {}, "propertyNames"),
    "contains": ({"type": "array", "contains": {"const": 1}}, {"type": "array", "items": {}}, "contains"),
    "not with a tuple": ({"not": {"prefixItems": [{"type": "string"}]}}, {}, "not"),
    "oneOf with a tuple": (
        {"oneOf": [{"type": "string"}, {"propertyNames": {"maxLength": 2}}]},
        {"anyOf": [{"type": "string"}, {}]},
        "oneOf",
    ),
    "if with a tuple": ({"if": {"contains": {}}, "then": {"maxItems": 3}}, {}, "if"),
    "not of a loosened component": ({"not": {"$ref": "#/components/schemas/User"}}, {}, "not"),
}

COMPONENTS = {"Tuple": {"prefixItems": [{"type": "string"}]}, "User": {"items": {"$ref": "#/components/schemas/Tuple"}}}


@pytest.mark.parametrize("case", LOOSENED)
def test_loosened(case: str) -> None:
    schema, expected, keyword = LOOSENED[case]
    findings: list[Any] = []
    assert Converter(COMPONENTS, findings).convert(schema, ("components", "schemas", "a/b")) == expected
    assert findings[0].rule == "not-in-version"
    assert f"`{keyword}`" in findings[0].message
    assert findings[0].location.pointer.startswith("/components/schemas/a~1b")


@settings(max_examples=120, deadline=None)
@given(SCHEMAS, st.lists(VALUES, min_size=1, max_size=6))
def test_nothing_valid_becomes_invalid(schema: Any, values: list[Any]) -> None:
    findings: list[Any] = []
    converted = Converter({}, findings).convert(schema)
    OAS30Validator.check_schema(converted)
    before, after = Draft202012Validator(schema), OAS30Validator(converted)
    for value in values:
        if before.is_valid(value):
            assert after.is_valid(value)
        elif not findings:
            assert not after.is_valid(value)
