"""What must hold for every comparison: nothing changed, nothing found; order is nothing; reverse means mirror."""

from __future__ import annotations

import copy
import json
import random
from datetime import date
from typing import Any

import jsonschema_rs
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from apispec.changes import Level, compare, kinds
from apispec.changes.keywords import At
from apispec.changes.schemas import Comparison
from apispec.changes.shapes import Shapes

TODAY = date(2026, 1, 1)
NAMES = st.sampled_from(["a", "b", "c"])


def numbers() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"type": st.sampled_from(["integer", "number"])},
        optional={
            "minimum": st.integers(-3, 3),
            "maximum": st.integers(-3, 3),
            "exclusiveMinimum": st.integers(-3, 3),
            "exclusiveMaximum": st.integers(-3, 3),
            "multipleOf": st.sampled_from([1, 2, 3]),
        },
    )


def texts() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"type": st.just("string")},
        optional={
            "minLength": st.integers(0, 3),
            "maxLength": st.integers(0, 3),
            "pattern": st.sampled_from(["^a", "b$"]),
            "enum": st.lists(st.sampled_from(["a", "ab", "b", ""]), min_size=1, max_size=3, unique=True),
        },
    )


def compound(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    arrays = st.fixed_dictionaries(
        {"type": st.just("array"), "items": inner},
        optional={"minItems": st.integers(0, 2), "maxItems": st.integers(0, 3), "uniqueItems": st.booleans()},
    )
    objects = st.fixed_dictionaries(
        {"type": st.just("object")},
        optional={
            "properties": st.dictionaries(NAMES, inner, max_size=3),
            "required": st.lists(NAMES, max_size=2, unique=True),
            "additionalProperties": st.booleans(),
        },
    )
    listed = st.lists(inner, min_size=1, max_size=3)
    return arrays | objects | st.fixed_dictionaries({"anyOf": listed}) | st.fixed_dictionaries({"allOf": listed})


BASIC = (
    numbers()
    | texts()
    | st.fixed_dictionaries(
        {"type": st.lists(st.sampled_from(["string", "integer", "null", "boolean"]), min_size=1, unique=True)}
    )
    | st.just({"$ref": "#/components/schemas/Shared"})
    | st.just({})
)
SCHEMAS = st.recursive(BASIC, compound, max_leaves=5)
SIMPLE = compound(texts() | numbers())
PAIRS = (
    st.tuples(SCHEMAS, SCHEMAS)
    | st.tuples(texts(), texts())
    | st.tuples(numbers(), numbers())
    | st.tuples(SIMPLE, SIMPLE)
)
"""Two schemas, most often of one family: then they differ in little."""


def document(schema: Any, shared: Any = None) -> dict[str, Any]:
    body = {"content": {"application/json": {"schema": schema}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1.0.0"},
        "paths": {
            "/a/{id}": {
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                "post": {
                    "operationId": "a",
                    "parameters": [
                        {"name": "q", "in": "query", "schema": schema},
                        {"name": "r", "in": "query", "schema": {}},
                    ],
                    "requestBody": body,
                    "responses": {"200": {"description": "OK", **copy.deepcopy(body)}, "404": {"description": "No"}},
                },
            },
            "/b": {"get": {"responses": {"200": {"description": "OK"}}}},
        },
        "components": {"schemas": {"Shared": shared or {"type": "string"}, "Other": {"type": "integer"}}},
    }


def shuffled(value: Any, order: random.Random) -> Any:
    """The same document in another order: keys, and lists whose order means nothing."""
    if isinstance(value, dict):
        items = [
            (
                key,
                sorted_randomly(inner, order)
                if key in ("required", "enum", "type", "parameters")
                else shuffled(inner, order),
            )
            for key, inner in value.items()
        ]
        order.shuffle(items)
        return dict(items)
    return [shuffled(inner, order) for inner in value] if isinstance(value, list) else value


def sorted_randomly(value: Any, order: random.Random) -> Any:
    inner = shuffled(value, order)
    return order.sample(inner, len(inner)) if isinstance(inner, list) else inner


@settings(max_examples=120, deadline=None)
@given(SCHEMAS, SCHEMAS, st.randoms(use_true_random=False))
def test_nothing_and_order_are_no_change(schema: Any, shared: Any, order: random.Random) -> None:
    assume(shared != {"$ref": "#/components/schemas/Shared"})
    whole = document(schema, shared)
    assert compare(whole, copy.deepcopy(whole), today=TODAY) == []
    assert compare(whole, shuffled(whole, order), today=TODAY) == []


@settings(max_examples=200, deadline=None)
@given(PAIRS)
def test_the_reverse_of_a_change_is_its_mirror(pair: Any) -> None:
    one, two = pair
    there = compare(document(one), document(two), today=TODAY)
    back = compare(document(two), document(one), today=TODAY)
    assert sorted({kinds()[change.kind].mirror for change in there}) == sorted({change.kind for change in back})


@settings(max_examples=200, deadline=None)
@given(PAIRS)
def test_what_breaks_requests_widens_them_when_undone(pair: Any) -> None:
    one, two = pair
    for change in compare(document(one), document(two), today=TODAY):
        kind = kinds()[change.kind]
        if kind.level is Level.BREAKING and kind.mirror != kind.id:
            assert kinds()[kind.mirror].level is not Level.BREAKING
            assert "narrowed" not in kind.id or "widened" in kind.mirror


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-4, 4) | st.sampled_from(["", "a", "ab", "b", "aab", 1.5, -0.5]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=4,
)


@example(({"type": "object", "properties": {"a": {}}}, {"type": "object", "required": ["a"]}), [{}, {}, {}, {}, {}])
@settings(max_examples=300, deadline=None)
@given(PAIRS, st.lists(VALUES, min_size=5, max_size=10))
def test_no_difference_means_that_every_value_fits(pair: Any, values: list[Any]) -> None:
    """The one question, asked of a validator: where nothing has narrowed, what fitted still fits."""
    one, two = pair
    before, after = document(one), document(two)
    comparison = Comparison(Shapes(before), Shapes(after))
    found = comparison.differences(At(one, "/one"), At(two, "/two"), "request")
    if any(difference.effect == "narrowed" for difference in found):
        return
    old, new = (
        jsonschema_rs.validator_for({"components": whole["components"], "allOf": [schema]})
        for whole, schema in ((before, one), (after, two))
    )
    for value in values:
        if old.is_valid(value):
            assert new.is_valid(value), (one, two, value)


def test_spellings_of_the_same_thing_are_no_change() -> None:
    pairs: list[tuple[Any, Any]] = [
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
        ({"type": "string", "nullable": True}, {"anyOf": [{"type": "string"}, {"type": "null"}]}),
        ({"type": "integer", "minimum": 0, "exclusiveMinimum": True}, {"type": "integer", "exclusiveMinimum": 0}),
        ({"type": "integer", "exclusiveMinimum": 0}, {"type": "integer", "minimum": 1}),
        ({"type": "string", "enum": ["a"]}, {"const": "a"}),
        ({"oneOf": [{"type": "string"}, {"type": "integer"}]}, {"type": ["string", "integer"]}),
        ({"anyOf": [{"const": "a"}, {"const": "b"}]}, {"type": "string", "enum": ["b", "a"]}),
        (
            {"allOf": [{"$ref": "#/components/schemas/Other"}], "nullable": False},
            {"$ref": "#/components/schemas/Other"},
        ),
        ({"$ref": "#/components/schemas/Other"}, {"type": "integer", "description": "inlined"}),
        ({"type": "array"}, {"type": "array", "items": {}}),
        ({"type": "object"}, {"type": "object", "additionalProperties": True}),
        ({"type": "object", "additionalProperties": {}}, {"type": "object"}),
        ({"type": "string", "minLength": 0}, {"type": "string"}),
        (True, {}),
    ]
    for one, two in pairs:
        assert compare(document(one), document(two), today=TODAY) == [], (one, two)
        assert compare(document(two), document(one), today=TODAY) == [], (two, one)


def test_renamed_components_and_moved_versions_are_no_change() -> None:
    before = document({"$ref": "#/components/schemas/Shared"})
    after = json.loads(json.dumps(before).replace("Shared", "Renamed").replace("3.1.0", "3.0.3"))
    assert compare(before, after, today=TODAY) == []


def test_descriptions_and_examples_are_no_change() -> None:
    before = document({"type": "string"})
    after = document({"type": "string", "description": "New", "examples": ["x"], "title": "T"})
    after["paths"]["/b"]["get"] |= {"summary": "New", "tags": ["x"]}
    after["info"]["description"] = "New"
    assert compare(before, after, today=TODAY) == []


def test_a_component_that_many_use_is_one_change() -> None:
    before = document(
        {"$ref": "#/components/schemas/Shared"}, {"type": "object", "properties": {"x": {"type": "string"}}}
    )
    after = document({"$ref": "#/components/schemas/Shared"}, {"type": "object"})
    before["paths"]["/b"]["get"]["responses"]["200"]["content"] = {
        "application/json": {"schema": {"$ref": "#/components/schemas/Shared"}}
    }
    after["paths"]["/b"]["get"]["responses"]["200"]["content"] = {
        "application/json": {"schema": {"$ref": "#/components/schemas/Shared"}}
    }
    [change] = [change for change in compare(before, after, today=TODAY) if change.kind == "response-property-widened"]
    assert change.subjects == ("POST /a/{id}", "GET /b")
    assert (change.old, change.new) == ("/components/schemas/Shared/properties/x", "/components/schemas/Shared")


def test_a_schema_that_contains_itself_ends() -> None:
    tree = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Shared"}, "n": {"type": "integer"}}}
    other = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Shared"}, "n": {"type": "string"}}}
    found = compare(
        document({"$ref": "#/components/schemas/Shared"}, tree),
        document({"$ref": "#/components/schemas/Shared"}, other),
    )
    assert {change.kind for change in found} == {
        "request-type-narrowed", "request-type-widened", "response-type-narrowed", "response-type-widened",
    }  # fmt: skip
    loop = {"allOf": [{"$ref": "#/components/schemas/Shared"}]}
    assert compare(document({}, loop), document({}, loop)) == []
    assert isinstance(compare(document({"$ref": "#/components/schemas/Shared"}, loop), document({}, tree)), list)
