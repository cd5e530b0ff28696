"""Hypothesis strategies for JSON Schemas 2020-12 and for values that fit them now and then."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 6) | st.sampled_from(["", "a", "ab", "b"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
    max_leaves=5,
)
TYPES = st.sampled_from(["null", "boolean", "integer", "number", "string", "array", "object"])
LEAVES = st.fixed_dictionaries(
    {},
    optional={
        "type": TYPES | st.lists(TYPES, min_size=1, max_size=3, unique=True),
        "const": VALUES,
        "enum": st.lists(VALUES, max_size=3),
        "minimum": st.integers(-2, 2),
        "exclusiveMinimum": st.integers(-2, 2),
        "maximum": st.integers(2, 5),
        "exclusiveMaximum": st.integers(2, 5),
        "maxLength": st.integers(0, 2),
        "minItems": st.integers(0, 2),
        "maxItems": st.integers(0, 3),
        "required": st.lists(st.sampled_from("ab"), unique=True),
        "dependentRequired": st.dictionaries(
            st.sampled_from("ab"), st.lists(st.sampled_from("ab"), unique=True), max_size=1
        ),
        "title": st.just("t"),
    },
)


def _grow(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    branches = st.lists(inner, min_size=1, max_size=2)
    more = st.fixed_dictionaries(
        {},
        optional={
            "type": st.sampled_from(["array", "object"]),
            "anyOf": branches | inner.map(lambda s: [s, {"type": "null"}]),
            "oneOf": branches,
            "allOf": branches,
            "not": inner,
            "items": inner,
            "prefixItems": branches,
            "contains": inner,
            "properties": st.dictionaries(st.sampled_from("ab"), inner, max_size=2),
            "additionalProperties": inner,
            "patternProperties": st.dictionaries(st.sampled_from(["^a", "b"]), inner, max_size=2),
            "propertyNames": inner,
            "if": inner,
            "then": inner,
            "else": inner,
            "dependentSchemas": st.dictionaries(st.sampled_from("ab"), inner, max_size=1),
        },
    )
    return more | st.tuples(LEAVES, more).map(lambda pair: {**pair[0], **pair[1]})


SCHEMAS = st.recursive(LEAVES | st.booleans(), _grow, max_leaves=6)

REFERENCES = st.sampled_from("XY").map(lambda name: {"$ref": f"#/components/schemas/{name}"})
LINKED_SCHEMAS = st.recursive(LEAVES | st.booleans() | REFERENCES, _grow, max_leaves=6)
"""Schemas that refer to components X and Y."""
