"""Examples say things in the order in which the document does, and show what is inside."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apispec.examples import example

SCHEMAS: dict[str, Any] = {
    "Base": {"type": "object", "properties": {"id": {"type": "string"}, "kind": {"type": "string"}}},
    "Middle": {
        "properties": {"name": {"type": "string"}, "kind": {"type": "string", "example": "middle"}},
        "allOf": [{"$ref": "#/components/schemas/Base"}],
    },
    "Named": {
        "allOf": [
            {"$ref": "#/components/schemas/Middle"},
            {
                "type": "object",
                "properties": {"a": {"type": "integer"}, "owner": {"$ref": "#/components/schemas/Base"}},
            },
        ]
    },
    "Beside": {"$ref": "#/components/schemas/Base", "properties": {"own": {"type": "integer"}}},
}


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("Base", ["id", "kind"]),
        ("Middle", ["id", "name", "kind"]),
        ("Named", ["id", "name", "kind", "a", "owner"]),
        ("Beside", ["id", "kind", "own"]),
    ],
)
def test_parents_come_first(name: str, keys: list[str]) -> None:
    found = example({"$ref": f"#/components/schemas/{name}"}, SCHEMAS)
    assert list(found) == keys, json.dumps(found)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"default": 7, "example": 9, "type": "integer"}, 9),
        ({"default": [], "type": "array", "items": {"type": "integer"}}, [1]),
        ({"default": {}, "type": "object", "properties": {"x": {"type": "integer"}}}, {"x": 1}),
        ({"default": [], "examples": [[]], "type": "array", "items": {"type": "integer"}}, []),
        ({"default": [], "type": "array"}, []),
        ({"default": [], "maxItems": 0, "type": "array", "items": {"type": "integer"}}, []),
        ({"default": None, "anyOf": [{"$ref": "#/components/schemas/Base"}, {"type": "null"}]}, {"id": "id", "kind": "kind"}),
        ({"allOf": [{"$ref": "#/components/schemas/Base"}, {"type": "object", "nullable": True}]}, {"id": "id", "kind": "kind"}),
    ],
)  # fmt: skip
def test_what_is_inside_is_shown(schema: Any, expected: Any) -> None:
    found = example({"type": "object", "properties": {"it": schema}}, SCHEMAS)["it"]
    assert found == expected or (isinstance(expected, dict) and list(found) == list(expected)), found
