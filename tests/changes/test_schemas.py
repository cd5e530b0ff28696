"""What one edit of a schema does to callers, in requests and responses, and what undoing it does."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest

from apispec.changes import Level, compare

TODAY = date(2026, 1, 1)


def ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def object_with(name: str) -> dict[str, Any]:
    return {"type": "object", "properties": {name: {"type": "string"}}, "required": [name]}


A, B, C = object_with("a"), object_with("b"), object_with("c")

CASES: list[tuple[str, Any, Any, str]] = [
    ("int->number", {"type": "integer"}, {"type": "number"}, "s b b s"),
    ("A->oneOf[A,B]", ref("A"), {"oneOf": [ref("A"), ref("B")]}, "r b b s"),
    ("A->anyOf[A,B]", ref("A"), {"anyOf": [ref("A"), ref("B")]}, "s b b s"),
    (
        "str->oneOf[str,int min]",
        {"type": "string"},
        {"oneOf": [{"type": "string"}, {"type": "integer", "minimum": 0}]},
        "s b b s",
    ),
    ("oneOf A,B -> anyOf A,B", {"oneOf": [ref("A"), ref("B")]}, {"anyOf": [ref("A"), ref("B")]}, "s b b s"),
    (
        "nested anyOf",
        {"anyOf": [ref("A"), {"anyOf": [ref("B"), ref("C")]}]},
        {"anyOf": [ref("A"), ref("B"), ref("C")]},
        "n n n n",
    ),
    ("single oneOf", {"oneOf": [ref("A")]}, ref("A"), "n n n n"),
    ("single allOf", {"allOf": [ref("A")]}, ref("A"), "n n n n"),
    ("inline", ref("A"), A, "n n n n"),
    (
        "allOf flatten",
        {"allOf": [ref("A"), ref("B")]},
        {"type": "object", "properties": {**A["properties"], **B["properties"]}, "required": ["a", "b"]},
        "n n n n",
    ),
    (
        "closed removed prop",
        {"type": "object", "properties": {"a": {}, "b": {}}, "additionalProperties": False},
        {"type": "object", "properties": {"a": {}}, "additionalProperties": False},
        "b r s r",
    ),
    (
        "map to prop",
        {"type": "object", "additionalProperties": {"type": "string"}},
        {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": {"type": "string"}},
        "n n n n",
    ),
    (
        "map prop type",
        {"type": "object", "properties": {"a": {"type": "integer"}}, "additionalProperties": {"type": "string"}},
        {"type": "object", "additionalProperties": {"type": "string"}},
        "b b b b",
    ),
    ("nullable anyOf", {"anyOf": [ref("A"), {"type": "null"}]}, {"oneOf": [{"type": "null"}, ref("A")]}, "n n n n"),
    (
        "nullable enum null",
        {"enum": ["a", "b", None]},
        {"type": ["string", "null"], "enum": ["a", "b", None]},
        "n n n n",
    ),
    ("bool enum", {"type": "boolean"}, {"type": "boolean", "enum": [True, False]}, "n n n n"),
    ("bool enum2", {"type": "boolean"}, {"enum": [False, True]}, "n n n n"),
    ("enum add", {"type": "string", "enum": ["a"]}, {"type": "string", "enum": ["a", "b"]}, "s b b s"),
    (
        "ext enum add",
        {"type": "string", "x-extensible-enum": ["a"]},
        {"type": "string", "x-extensible-enum": ["a", "b"]},
        "s s b s",
    ),
    (
        "ext enum flag",
        {"type": "string", "enum": ["a"], "x-extensible-enum": True},
        {"type": "string", "enum": ["a", "b"], "x-extensible-enum": True},
        "s s b s",
    ),
    ("enum->ext", {"type": "string", "enum": ["a"]}, {"type": "string", "x-extensible-enum": ["a"]}, "s b b s"),
    ("pattern added", {"type": "string"}, {"type": "string", "pattern": "^a"}, "b s s b"),
    ("pattern changed", {"type": "string", "pattern": "^b"}, {"type": "string", "pattern": "^a"}, "b b b b"),
    ("format added", {"type": "string"}, {"type": "string", "format": "uuid"}, "r s s r"),
    ("format changed", {"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}, "r r r r"),
    ("int32->int64", {"type": "integer", "format": "int32"}, {"type": "integer", "format": "int64"}, "s r r s"),
    ("min raised", {"type": "integer", "minimum": 1}, {"type": "integer", "minimum": 2}, "b s s b"),
    ("exclusive eq", {"type": "integer", "minimum": 1}, {"type": "integer", "exclusiveMinimum": 0}, "n n n n"),
    ("frac min int", {"type": "integer", "minimum": 0.5}, {"type": "integer", "minimum": 1}, "n n n n"),
    ("maxLength lower", {"type": "string", "maxLength": 10}, {"type": "string", "maxLength": 5}, "b s s b"),
    ("minItems 0", {"type": "array", "items": {}, "minItems": 0}, {"type": "array"}, "n n n n"),
    ("multipleOf refine", {"type": "integer", "multipleOf": 10}, {"type": "integer", "multipleOf": 5}, "s b b s"),
    ("multipleOf 1", {"type": "integer", "multipleOf": 1}, {"type": "integer"}, "n n n n"),
    (
        "req prop optional->required",
        {"type": "object", "properties": {"a": {}}},
        {"type": "object", "properties": {"a": {}}, "required": ["a"]},
        "b s s b",
    ),
    (
        "readOnly req prop added",
        {"type": "object", "properties": {"a": {}}},
        {"type": "object", "properties": {"a": {}, "id": {"type": "string", "readOnly": True}}, "required": ["id"]},
        "n s n b",
    ),
    (
        "writeOnly req prop added",
        {"type": "object", "properties": {"a": {}}},
        {"type": "object", "properties": {"a": {}, "id": {"type": "string", "writeOnly": True}}, "required": ["id"]},
        "b n r n",
    ),
    (
        "becomes readOnly req",
        {"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"]},
        {"type": "object", "properties": {"id": {"type": "string", "readOnly": True}}, "required": ["id"]},
        "r n b n",
    ),
    (
        "becomes writeOnly req",
        {"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"]},
        {"type": "object", "properties": {"id": {"type": "string", "writeOnly": True}}, "required": ["id"]},
        "n b n s",
    ),
    (
        "default changed",
        {"type": "object", "properties": {"a": {"default": 1}}},
        {"type": "object", "properties": {"a": {"default": 2}}},
        "b s b s",
    ),
    ("additional closed", {"type": "object"}, {"type": "object", "additionalProperties": False}, "b s s r"),
    (
        "additional {}",
        {"type": "object", "additionalProperties": {}},
        {"type": "object", "additionalProperties": True},
        "n n n n",
    ),
    (
        "unevaluated false allOf",
        {"allOf": [ref("A")], "unevaluatedProperties": False},
        {**A, "additionalProperties": False},
        "n n n n",
    ),
    (
        "patternProperties change",
        {"type": "object", "patternProperties": {"^x": {"type": "integer"}}},
        {"type": "object", "patternProperties": {"^x": {"type": "number"}}},
        "s b b s",
    ),
    ("not changed", {"type": "string", "not": {"const": "a"}}, {"type": "string", "not": {"const": "b"}}, "b b b b"),
    ("const ->enum", {"const": "a"}, {"enum": ["a"]}, "n n n n"),
    (
        "oneOf const",
        {"oneOf": [{"const": "a", "title": "A"}, {"const": "b", "title": "B"}]},
        {"type": "string", "enum": ["a", "b"]},
        "n n n n",
    ),
    (
        "type list vs anyOf",
        {"type": ["string", "integer"]},
        {"anyOf": [{"type": "string"}, {"type": "integer"}]},
        "n n n n",
    ),
    (
        "type list w/ constraint vs anyOf",
        {"type": ["string", "integer"], "maxLength": 3},
        {"anyOf": [{"type": "string", "maxLength": 3}, {"type": "integer"}]},
        "n n n n",
    ),
    ("anyOf dup", {"anyOf": [ref("A"), ref("A")]}, ref("A"), "n n n n"),
    (
        "contentEncoding/byte",
        {"type": "string", "format": "byte"},
        {"type": "string", "contentEncoding": "base64"},
        "n n n n",
    ),
    (
        "binary",
        {"type": "string", "format": "binary"},
        {"type": "string", "contentMediaType": "application/octet-stream"},
        "n n n n",
    ),
    (
        "prop type str->int",
        {"type": "object", "properties": {"a": {"type": "string"}}},
        {"type": "object", "properties": {"a": {"type": "integer"}}},
        "b b b b",
    ),
    ("str-> any", {"type": "string"}, {}, "s b b s"),
    (
        "desc/example",
        {"type": "string", "description": "x", "example": "a"},
        {"type": "string", "title": "t", "examples": ["b"], "externalDocs": {"url": "https://e.com"}},
        "n n n n",
    ),
    (
        "tuple items added",
        {"type": "array", "prefixItems": [{"type": "string"}], "items": False},
        {"type": "array", "prefixItems": [{"type": "string"}, {"type": "string"}], "items": False},
        "s b b s",
    ),
    ("variant removed", {"oneOf": [ref("A"), ref("B"), ref("C")]}, {"oneOf": [ref("A"), ref("B")]}, "b s s b"),
    (
        "variant prop widened",
        {"oneOf": [ref("A"), ref("B")]},
        {
            "oneOf": [
                ref("A"),
                {"type": "object", "properties": {"b": {"type": ["string", "integer"]}}, "required": ["b"]},
            ]
        },
        "s b b s",
    ),
    (
        "disc mapping value",
        {
            "oneOf": [ref("A"), ref("B")],
            "discriminator": {
                "propertyName": "k",
                "mapping": {"a": "#/components/schemas/A", "b": "#/components/schemas/B"},
            },
        },
        {
            "oneOf": [ref("A"), ref("B")],
            "discriminator": {
                "propertyName": "k",
                "mapping": {"a": "#/components/schemas/A", "bb": "#/components/schemas/B"},
            },
        },
        "b b b b",
    ),
    (
        "disc mapping swap",
        {
            "oneOf": [ref("A"), ref("B")],
            "discriminator": {
                "propertyName": "k",
                "mapping": {"a": "#/components/schemas/A", "b": "#/components/schemas/B"},
            },
        },
        {
            "oneOf": [ref("A"), ref("B")],
            "discriminator": {
                "propertyName": "k",
                "mapping": {"a": "#/components/schemas/B", "b": "#/components/schemas/A"},
            },
        },
        "b b b b",
    ),
    (
        "disc mapping short",
        {
            "oneOf": [ref("A"), ref("B")],
            "discriminator": {
                "propertyName": "k",
                "mapping": {"a": "#/components/schemas/A", "b": "#/components/schemas/B"},
            },
        },
        {"oneOf": [ref("A"), ref("B")], "discriminator": {"propertyName": "k", "mapping": {"a": "A", "b": "B"}}},
        "n n n n",
    ),
    (
        "disc implicit = explicit",
        {"oneOf": [ref("A"), ref("B")], "discriminator": {"propertyName": "k"}},
        {
            "oneOf": [ref("A"), ref("B")],
            "discriminator": {
                "propertyName": "k",
                "mapping": {"A": "#/components/schemas/A", "B": "#/components/schemas/B"},
            },
        },
        "n n n n",
    ),
    (
        "disc added",
        {"oneOf": [ref("A"), ref("B")]},
        {"oneOf": [ref("A"), ref("B")], "discriminator": {"propertyName": "k"}},
        "r r r r",
    ),
    ("enum num", {"enum": [1, 2]}, {"enum": [1.0, 2.0]}, "n n n n"),
    ("uniq", {"type": "array", "items": {}}, {"type": "array", "items": {}, "uniqueItems": True}, "b s s b"),
    (
        "nested opt object new req",
        {"type": "object", "properties": {"o": {"type": "object"}}},
        {"type": "object", "properties": {"o": {"type": "object", "properties": {"x": {}}, "required": ["x"]}}},
        "b s r b",
    ),
    (
        "anyOf null over list",
        {"type": ["array", "null"], "items": {"type": "string"}},
        {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "null"}]},
        "n n n n",
    ),
    (
        "anyOf w/ default desc",
        {"type": ["string", "null"], "default": None, "title": "X"},
        {"anyOf": [{"type": "string"}, {"type": "null"}], "default": None, "title": "X"},
        "n n n n",
    ),
    (
        "enum nullable anyOf",
        {"anyOf": [{"enum": ["a", "b"]}, {"type": "null"}]},
        {"type": ["string", "null"], "enum": ["a", "b", None]},
        "n n n n",
    ),
    (
        "required undefd",
        {"type": "object", "properties": {"a": {}}, "required": ["a", "z"]},
        {"type": "object", "properties": {"a": {}}, "required": ["a"]},
        "s b b s",
    ),
    (
        "if/then",
        {"type": "object", "if": {"required": ["a"]}, "then": {"required": ["b"]}},
        {"type": "object"},
        "s b b s",
    ),
    (
        "dep required",
        {"type": "object", "dependentRequired": {"a": ["b", "c"]}},
        {"type": "object", "dependentRequired": {"a": ["c", "b"]}},
        "n n n n",
    ),
    (
        "allOf oneOf distribute",
        {"allOf": [ref("C"), {"oneOf": [ref("A"), ref("B")]}]},
        {"oneOf": [{"allOf": [ref("C"), ref("A")]}, {"allOf": [ref("C"), ref("B")]}]},
        "n n n n",
    ),
    (
        "base extracted",
        {
            "oneOf": [
                {
                    "type": "object",
                    "properties": {"k": {"const": "a"}, "c": {"type": "string"}},
                    "required": ["k", "c"],
                },
                {
                    "type": "object",
                    "properties": {"k": {"const": "b"}, "c": {"type": "string"}},
                    "required": ["k", "c"],
                },
            ]
        },
        {
            "type": "object",
            "properties": {"c": {"type": "string"}},
            "required": ["c"],
            "oneOf": [
                {"properties": {"k": {"const": "a"}}, "required": ["k"]},
                {"properties": {"k": {"const": "b"}}, "required": ["k"]},
            ],
        },
        "n n n n",
    ),
    (
        "deprecated prop",
        {"type": "object", "properties": {"a": {}}},
        {"type": "object", "properties": {"a": {"deprecated": True}}},
        "s s s s",
    ),
    ("ref in not changes name", {"type": "object", "not": ref("A")}, {"type": "object", "not": A}, "n n n n"),
]


def document(schema: Any, way: str) -> dict[str, Any]:
    content = {"content": {"application/json": {"schema": schema}}}
    answer = {"200": {"description": "OK", **(content if way == "response" else {})}}
    operation = {"operationId": "a", "responses": answer, **({"requestBody": content} if way == "request" else {})}
    return {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1.0.0"},
        "paths": {"/a": {"post": operation}},
        "components": {"schemas": {"A": A, "B": B, "C": C}},
    }


def worst(before: Any, after: Any, way: str) -> str:
    """First letter of the worst level of the changes; n for none."""
    changes = compare(document(before, way), document(copy.deepcopy(after), way), today=TODAY)
    return changes[0].level.value[0] if changes else "n"


@pytest.mark.parametrize(("before", "after", "levels"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_level_of_an_edit_in_each_direction(before: Any, after: Any, levels: str) -> None:
    found = [
        worst(before, after, "request"),
        worst(before, after, "response"),
        worst(after, before, "request"),
        worst(after, before, "response"),
    ]
    assert " ".join(found) == levels
    assert {level.value[0] for level in Level} | {"n"} >= set(found)


def components(schemas: dict[str, Any], last: Any) -> dict[str, Any]:
    """A document that answers with S0, and the last of its schemas."""
    whole = document(ref("S0"), "response")
    whole["components"]["schemas"] = {**schemas, f"S{len(schemas)}": last}
    return whole


def dense(position: int) -> Any:
    """A schema that refers to all others."""
    return {"type": "object", "properties": {f"p{n}": ref(f"S{n}") for n in range(31)}, "not": ref(f"S{position + 1}")}


def doubled(position: int) -> Any:
    """A choice between the next choice and the next choice."""
    following = ref(f"S{position + 1}")
    return {"anyOf": [following, following, {"type": "object", "properties": {f"x{position}": {}}}]}


@pytest.mark.parametrize("make", [dense, doubled])
def test_schemas_with_ways_without_end_between_them_are_compared(make: Any) -> None:
    schemas = {f"S{n}": make(n) for n in range(30)}
    before, after = components(schemas, {"type": "string"}), components(schemas, {"type": "integer"})
    found = {change.kind for change in compare(before, after, today=TODAY)}
    assert {"response-type-narrowed", "response-type-widened"} <= found


@pytest.mark.parametrize("wrap", [lambda inner: {"properties": {"n": inner}}, lambda inner: {"allOf": [inner, {}]}])
def test_schemas_that_have_no_end_are_no_error(wrap: Any) -> None:
    schemas = {f"S{n}": wrap(ref(f"S{n + 1}")) for n in range(2_000)}
    before, after = components(schemas, {"type": "string"}), components(schemas, {"type": "integer"})
    assert compare(before, after, today=TODAY) == []


def test_choices_joined_with_choices_are_equal_or_not() -> None:
    def choice(letter: str) -> Any:
        return {"anyOf": [{"type": "object", "required": [f"{letter}{n}"]} for n in range(10)]}

    many = {"allOf": [choice(letter) for letter in "abcd"]}
    assert worst(many, many | {"description": "D"}, "request") == "n"
    assert worst(many, {"allOf": [choice(letter) for letter in "abce"]}, "request") == "b"
