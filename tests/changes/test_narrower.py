"""*Narrower* is decided, with a value that proves it: what was read wrong, and what is certain now."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apispec.changes import Change, compare
from apispec.changes.keywords import At
from apispec.changes.shapes import Shapes
from apispec.changes.witness import Search
from apispec.documents import MISSING

TODAY = date(2026, 1, 1)
TEXT = {"type": "string"}


def document(schema: Any, place: str, version: str = "3.1.0") -> dict[str, Any]:
    content = {"content": {"application/json": {"schema": schema}}}
    operation: dict[str, Any] = {"responses": {"200": {"description": "OK"}}}
    if place == "request":
        operation["requestBody"] = {"required": True, **content}
    elif place == "response":
        operation["responses"]["200"] |= content
    else:
        operation["parameters"] = [{"name": "q", "in": place, "required": True, "schema": schema}]
    return {"openapi": version, "info": {"title": "T", "version": "1"}, "paths": {"/a/{q}": {"post": operation}}}


def changes(before: Any, after: Any, place: str, version: str = "3.1.0") -> list[Change]:
    return compare(document(before, place, version), document(after, place, version), today=TODAY)


def an_object(*required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, **({"required": list(required)} if required else {})}


A, B = an_object(a=TEXT), an_object(b=TEXT)
BREAKING: list[tuple[str, Any, Any]] = [
    ("request", {"type": "array", "maxItems": 1}, {"enum": [[]]}),
    ("response", {"type": "string", "maxLength": 0}, {"enum": ["", "a"]}),
    ("request", an_object("foo", "bar", foo=TEXT, bar=TEXT), {**an_object(foo=TEXT, bar=TEXT), "oneOf": [{"required": ["foo"]}, {"required": ["bar"]}]}),
    ("request", {"anyOf": [A, B]}, {"oneOf": [A, B]}),
    ("request", A, {"oneOf": [A, B]}),
    ("request", {"anyOf": [{"type": "integer"}, {"type": "number"}]}, {"oneOf": [{"type": "integer"}, {"type": "number"}]}),
    ("request", TEXT, {"type": "string", "pattern": "^a"}),
    ("request", {"type": "array", "items": {}}, {"type": "array", "items": {}, "contains": TEXT}),
    ("request", {"type": "string"}, {"type": "string", "not": {"enum": ["x"]}}),
    ("response", {"const": "a"}, {"const": "b"}),
    ("response", {"enum": ["a", "b"]}, {"enum": ["c", "d"]}),
    ("response", {"oneOf": [an_object("k", k={"const": "a"})]}, {"oneOf": [an_object("k", k={"const": k}) for k in "ab"]}),
    ("response", {"type": "array", "items": {}, "contains": TEXT, "maxContains": 5}, {"type": "array", "items": {}, "contains": TEXT, "maxContains": 6}),
    ("query", {"type": "integer"}, {"type": "string", "enum": ["a"]}),
    ("query", {"type": "string"}, {"type": "integer"}),
    ("query", {"type": "integer", "default": 1}, {"type": "integer", "default": 2}),
]  # fmt: skip
EMPTY: list[tuple[Any, Any]] = [
    ({"type": "array", "maxItems": 0}, {"enum": [[]]}),
    ({"type": "array", "maxItems": 0, "items": {"type": "string"}}, {"type": "array", "enum": [[]]}),
    ({"type": "string", "maxLength": 0}, {"enum": [""]}),
    ({"type": "object", "maxProperties": 0}, {"enum": [{}]}),
    ({"type": "object", "additionalProperties": False}, {"enum": [{}]}),
    ({"type": "object", "additionalProperties": False}, {"type": "object", "maxProperties": 0}),
]
"""Spellings of one empty value."""
QUIET: list[tuple[str, Any, Any]] = [
    *[(place, *pair) for place in ("request", "response") for one, two in EMPTY for pair in ((one, two), (two, one))],
    ("query", {"type": "integer"}, TEXT),
    ("path", {"type": "integer", "format": "int64"}, TEXT),
    ("path", {"type": "number"}, {"type": "string", "minLength": 1}),
    ("query", {"type": "array", "items": {"type": "integer"}}, {"type": "array", "items": TEXT}),
    *[("request", TEXT, {"type": "string", "pattern": p}) for p in ("", ".*", "^.*$", "^", "^.*")],
    ("request", {"type": "string", "pattern": "^[a-z]+$"}, {"type": "string", "pattern": "^[a-z0-9]+$"}),
    ("request", {"type": "array", "items": {}, "contains": TEXT, "maxContains": 5}, {"type": "array", "items": {}, "contains": TEXT, "maxContains": 6}),
    ("request", {"type": "integer", "minimum": 1, "maximum": 3}, {"type": "integer", "enum": [1, 2, 3]}),
    ("response", {"type": "integer", "enum": [3, 2, 1]}, {"type": "integer", "minimum": 1, "maximum": 3}),
    *[(place, {"type": "string", "enum": []}, {"type": "string", "enum": ["a"]}) for place in ("request", "response")],
    *[(place, *pair) for place in ("request", "response") for pair in ((A, {"properties": {"a": TEXT}}), ({"properties": {"a": TEXT}}, A))],
    ("request", {"oneOf": [A]}, A),
    ("request", {"oneOf": [{"type": "string"}, {"type": "integer"}]}, {"anyOf": [{"type": "string"}, {"type": "integer"}]}),
]  # fmt: skip


@pytest.mark.parametrize(("place", "before", "after"), BREAKING)
@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_what_breaks_is_called_so(place: str, before: Any, after: Any, version: str) -> None:
    if version == "3.0.3" and any(word in json.dumps([before, after]) for word in ("const", "contains")):
        pytest.skip("keywords of 3.1")
    found = changes(before, after, place, version)
    assert found[0].level.value == "breaking"
    if "default" not in before:
        assert found[0].witness


@pytest.mark.parametrize(("place", "before", "after"), QUIET)
@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_what_breaks_nobody_is_not(place: str, before: Any, after: Any, version: str) -> None:
    if version == "3.0.3" and "contains" in json.dumps([before, after]):
        pytest.skip("keywords of 3.1")
    assert {change.level.value for change in changes(before, after, place, version)} <= {"safe"}


def test_what_cannot_be_decided_is_risky() -> None:
    found = changes(A, {**A, "unevaluatedItems": False}, "request")
    assert {change.level.value for change in found} <= {"risky", "safe"}


NAMES = st.sampled_from(["a", "b", "c"])
SCALARS = st.one_of(
    st.fixed_dictionaries(
        {"type": st.sampled_from(["integer", "number"])},
        optional={"minimum": st.integers(-3, 3), "exclusiveMaximum": st.integers(-3, 3), "multipleOf": st.sampled_from([2, 3])},
    ),
    st.fixed_dictionaries(
        {"type": st.just("string")},
        optional={"maxLength": st.integers(0, 3), "pattern": st.sampled_from(["^a", "b$"]), "enum": st.just(["a", "b"])},
    ),
    st.just({"type": "null"}),
    st.fixed_dictionaries({"const": st.sampled_from([1, "a", None, [], {"a": 1}])}),
)  # fmt: skip


def _compound(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, min_size=1, max_size=3)
    return st.one_of(
        st.fixed_dictionaries(
            {"type": st.just("object")},
            optional={
                "properties": st.dictionaries(NAMES, inner, max_size=3),
                "required": st.lists(NAMES, max_size=2, unique=True),
                "additionalProperties": st.booleans(),
            },
        ),
        st.fixed_dictionaries({"type": st.just("array"), "items": inner}, optional={"maxItems": st.integers(0, 2)}),
        st.fixed_dictionaries({"anyOf": several}),
        st.fixed_dictionaries({"oneOf": several}),
        st.fixed_dictionaries({"allOf": several}),
        st.fixed_dictionaries({"not": inner}),
    )


SCHEMAS = st.recursive(SCALARS, _compound, max_leaves=6)


@given(SCHEMAS, SCHEMAS)
@settings(max_examples=150, deadline=None)
def test_a_witness_fits_one_side_and_not_the_other(one: Any, other: Any) -> None:
    sides = [Shapes({"openapi": "3.1.0", "components": {"schemas": {"S": schema}}}) for schema in (one, other)]
    pointer = "/components/schemas/S"
    value = Search(*sides, "request").witness(At(one, pointer), At(other, pointer))
    if value is not MISSING:
        assert jsonschema_rs.Draft202012Validator(one).is_valid(value)
        assert not jsonschema_rs.Draft202012Validator(other).is_valid(value)
    assert Search(sides[0], sides[0], "request").witness(At(one, pointer), At(one, pointer)) is MISSING
