"""Example values fit their schemas, are found where there is one, read well, and come fast and always the same."""

from __future__ import annotations

import contextlib
import copy
import gc
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apispec.examples import NoExampleError, example, is_valid
from apispec.examples.validity import forget
from tests.core.schema_strategy import COMPONENT_SETS, JSON, SCHEMAS, accepting

PATIENT = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
)


def ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def fits(schema: Any, value: Any, schemas: dict[str, Any]) -> bool:
    whole = {**schema, "components": {"schemas": schemas}} if isinstance(schema, dict) else schema
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True).is_valid(value)


@settings(PATIENT, max_examples=200)
@given(SCHEMAS, COMPONENT_SETS, st.booleans())
def test_examples_fit(schema: Any, schemas: dict[str, Any], full: bool) -> None:
    try:
        value = example(schema, schemas, full=full)
    except NoExampleError:
        return
    assert fits(schema, value, schemas)


@settings(PATIENT, max_examples=300)
@given(JSON.flatmap(accepting), st.booleans())
def test_where_a_value_fits_an_example_is_found(schema: Any, full: bool) -> None:
    assert fits(schema, example(schema, {}, full=full), {})


@settings(PATIENT, max_examples=100)
@given(SCHEMAS, COMPONENT_SETS)
def test_the_order_of_calls_does_not_show(schema: Any, schemas: dict[str, Any]) -> None:
    def outcome(schemas: dict[str, Any]) -> Any:
        try:
            return example(schema, schemas)
        except NoExampleError:
            return NoExampleError

    alone = outcome(copy.deepcopy(schemas))
    for name in schemas:
        for full in (True, False):
            with contextlib.suppress(NoExampleError):
                example(ref(name), schemas, full=full)
    assert outcome(schemas) == alone


@pytest.mark.parametrize(
    ("schemas", "first"),
    [
        (  # more values than one example may have
            {
                "wide": {"properties": {f"field{n}": {"type": "integer"} for n in range(300)}},
                "all": {
                    "properties": {f"own{n}": {"type": "integer"} for n in range(1100)}
                    | {"last": {"$ref": "#/components/schemas/wide"}}
                },
            },
            "wide",
        ),
        (  # more components inside each other than are filled in
            {
                f"deep{n}": {"properties": {"id": {}, "inner": {"$ref": f"#/components/schemas/deep{n + 1}"}}}
                for n in range(10)
            }
            | {"deep10": {"properties": {"id": {}}}, "all": {"$ref": "#/components/schemas/deep0"}},
            "deep5",
        ),
        (  # components that need each other
            {
                "left": {"properties": {"id": {}, "right": {"$ref": "#/components/schemas/right"}}},
                "right": {"properties": {"id": {}, "end": {"$ref": "#/components/schemas/end"}}},
                "end": {"properties": {"id": {}, "left": {"type": "array", "items": {"properties": {"id": {}}}}}},
                "all": {
                    "allOf": [
                        {"$ref": "#/components/schemas/end"},
                        {"properties": {"more": {"$ref": "#/components/schemas/left"}}},
                    ]
                },
            },
            "left",
        ),
    ],
)
def test_what_was_asked_before_does_not_show(schemas: dict[str, Any], first: str) -> None:
    alone = example(ref("all"), copy.deepcopy(schemas))
    example(ref(first), schemas)
    assert example(ref("all"), schemas) == alone


PET = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "born": {"type": "string", "format": "date"},
    },
}
TREE = {
    "type": "object",
    "required": ["value"],
    "properties": {
        "value": {"type": "integer"},
        "children": {"type": "array", "items": ref("Tree")},
        "parent": {"anyOf": [ref("Tree"), {"type": "null"}]},
    },
}
SCHEMAS_BY_NAME = {
    "Pet": PET,
    "Tree": TREE,
    "Kind": {"type": "string", "enum": ["cat", "dog"]},
    "Cat": {"type": "object", "required": ["kind", "lives"], "properties": {"kind": {"type": "string"}, "lives": {"type": "integer"}}},
    "Dog": {"type": "object", "required": ["kind", "barks"], "properties": {"kind": {"type": "string"}, "barks": {"type": "boolean"}}},
    "Both": {"allOf": [ref("Pet"), {"type": "object", "required": ["weight"], "properties": {"weight": {"type": "number", "exclusiveMinimum": 0}}}]},
    "Endless": {"type": "object", "required": ["next"], "properties": {"next": ref("Endless")}},
    "List": {"type": "object", "required": ["items"], "properties": {"items": {"type": "array", "items": ref("List")}}},
    "Self": ref("Self"),
    "Circle": {"oneOf": [ref("Arc")]},
    "Arc": {"allOf": [ref("Circle"), {"required": ["x"]}]},
    "a/b~c": {"const": "escaped"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("schema", "name", "value"),
    [
        # Given values come first, unless they do not fit.
        ({"type": "integer", "examples": [7, 8]}, "", 7),
        ({"type": "integer", "examples": ["no", 8], "default": 3}, "", 8),
        ({"type": "integer", "example": 9}, "", 9),
        ({"type": "integer", "default": 3}, "", 3),
        ({"type": "integer", "default": "three"}, "", 1),
        ({"const": {"a": None}}, "", {"a": None}),
        ({"enum": [None, "b"]}, "", "b"),
        ({"enum": [None]}, "", None),
        ({"type": ["string", "null"], "default": None}, "city", "Paris"),
        # Types.
        ({"type": "integer"}, "", 1), ({"type": "number"}, "", 1.5), ({"type": "boolean"}, "", True), ({"type": "null"}, "", None),
        ({"type": ["null", "integer"]}, "", 1), ({}, "thing", "thing"), (True, "", "text"), ({"type": "array"}, "", []), ({"type": "object"}, "", {}),
        ({"minimum": 3}, "", 3), ({"minLength": 2}, "x", "xx"), ({"required": ["a"]}, "", {"a": "a"}), ({"items": {"type": "null"}}, "", [None]),
        # Texts tell what they are.
        ({"type": "string"}, "first_name", "Ada"), ({"type": "string"}, "favourite-colour", "#3366cc"), ({"type": "string"}, "", "text"),
        ({"type": "string", "format": "date-time"}, "", "2026-01-15T09:30:00Z"), ({"type": "string", "format": "uuid"}, "", "3fa85f64-5717-4562-b3fc-2c963f66afa6"),
        ({"type": "string", "format": "email"}, "x", "ada@example.com"), ({"type": "string", "format": "ipv4"}, "", "192.0.2.1"), ({"type": "string", "format": "made-up"}, "name", "Ada"),
        ({"type": "string", "minLength": 8}, "name", "nameeeee"), ({"type": "string", "maxLength": 2}, "name", "na"), ({"type": "string", "maxLength": 0}, "", ""),
        ({"type": "string", "contentEncoding": "base64"}, "", "SGVsbG8="), ({"type": "string", "contentMediaType": "application/json"}, "", "{}"),
        # Patterns.
        ({"type": "string", "pattern": "^[A-Z]{2}$"}, "", "AA"), ({"type": "string", "pattern": r"^\d{3}-\d{4}$"}, "", "111-1111"), ({"type": "string", "pattern": "^(asc|desc)$"}, "", "asc"),
        ({"type": "string", "pattern": r"^\p{L}+$"}, "", "text"), ({"type": "string", "pattern": "^[a-z-]+$"}, "slug", "example"), ({"type": "string", "pattern": r"^#[0-9a-fA-F]{6}$"}, "", "#aaaaaa"), ({"type": "string", "pattern": "^x+$", "minLength": 3}, "", "xxx"),
        ({"type": "string", "pattern": r"^(?<year>\d{4})$"}, "", "1111"), ({"type": "string", "pattern": "^[^a-z]+$"}, "", "A"), ({"type": "string", "pattern": "b"}, "", "b"),
        # Numbers within bounds, the plainest first.
        ({"type": "integer", "minimum": 18, "maximum": 99}, "", 18), ({"type": "integer", "exclusiveMinimum": 1}, "", 2), ({"type": "integer", "maximum": -5}, "", -5), ({"type": "number", "maximum": 0}, "", 0),
        ({"type": "integer", "multipleOf": 5, "minimum": 7}, "", 10), ({"type": "number", "multipleOf": 0.01}, "", 0.01), ({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}, "", 0.5),
        ({"type": "integer", "minimum": 2**63}, "", 2**63), ({"type": "number", "minimum": 0, "maximum": 0}, "", 0), ({"type": "number", "minimum": 1e300}, "", 1e300),
        # Arrays and objects.
        ({"type": "array", "items": {"type": "integer"}}, "", [1]), ({"type": "array", "items": {"type": "string"}}, "tags", ["tag"]), ({"type": "array", "items": {"type": "integer"}, "minItems": 3, "uniqueItems": True}, "", [1, 2, 3]),
        ({"type": "array", "items": {"enum": ["a", "b", "c"]}, "minItems": 2, "uniqueItems": True}, "", ["a", "b"]), ({"type": "array", "items": {"type": "boolean"}, "minItems": 2, "uniqueItems": True}, "", [True, False]),
        ({"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": False}, "", ["text", 1]), ({"type": "array", "maxItems": 0, "items": {"type": "integer"}}, "", []),
        ({"type": "array", "contains": {"const": 5}, "minContains": 2}, "", [5, 5]), ({"type": "array", "prefixItems": [{"enum": [True, 2]}], "items": False, "contains": {"type": "integer"}}, "", [2]),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "", {"key": 1}), ({"type": "object", "additionalProperties": {"type": "integer"}, "propertyNames": {"enum": ["a", "b"]}, "minProperties": 2}, "", {"a": 1, "b": 1}),
        ({"type": "object", "patternProperties": {"^x-": {"type": "boolean"}}, "additionalProperties": False}, "", {"x-": True}), ({"type": "object", "minProperties": 2}, "", {"key": "text", "key2": "text"}),
        ({"type": "object", "properties": {"a": {"type": "integer"}, "b": {"type": "integer"}}, "dependentRequired": {"a": ["c"]}}, "", {"a": 1, "b": 1, "c": "c"}),
        ({"type": "object", "properties": {"a": {}, "b": {}, "c": {}}, "maxProperties": 2}, "", {"a": "a", "b": "b"}), ({"type": "object", "properties": {"old": {"deprecated": True}, "secret": {"writeOnly": True}, "new": {}}}, "", {"new": "new"}),
        (ref("Pet"), "", {"name": "Ada", "tags": ["tag"], "born": "2026-01-15"}), ({"$ref": "#/components/schemas/Kind", "description": "d"}, "", "cat"), ({"$ref": "#/components/schemas/Kind", "default": "dog"}, "", "dog"), ({"$ref": "#/components/schemas/a~1b~0c"}, "", "escaped"),
        ({"type": "array", "items": {"type": "array", "items": {"type": "integer"}}, "minItems": 2, "uniqueItems": True}, "", [[1], [2]]), ({"type": "array", "items": ref("Pet"), "minItems": 2, "uniqueItems": True}, "", [{"name": "Ada", "tags": ["tag"], "born": "2026-01-15"}, {"name": "Ada2", "tags": ["tag"], "born": "2026-01-15"}]),
        ({"type": "array", "items": {"anyOf": [{"enum": ["a"]}, {"type": "boolean"}, {"type": "null"}]}, "minItems": 3, "uniqueItems": True}, "", ["a", True, None]), ({"type": "array", "items": ref("Kind"), "minItems": 2, "uniqueItems": True}, "", ["cat", "dog"]),
        # Several branches.
        ({"anyOf": [{"type": "null"}, {"type": "integer"}]}, "", 1), ({"anyOf": [{"type": "string"}, {"type": "integer"}], "default": 5}, "", 5), ({"oneOf": [{"type": "integer"}, {"type": "number", "minimum": 5}]}, "", 1),
        ({"oneOf": [{"type": "number"}, {"type": "integer"}]}, "", 1.5), ({"anyOf": [False, {"const": 1}]}, "", 1), ({"type": "object", "properties": {"a": {"type": "integer"}}, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}, "", {"a": 1}),
        ({"oneOf": [ref("Cat"), ref("Dog")], "discriminator": {"propertyName": "kind", "mapping": {"meow": "#/components/schemas/Cat"}}}, "", {"kind": "meow", "lives": 1}),
        ({"oneOf": [ref("Dog"), ref("Cat")], "discriminator": {"propertyName": "kind"}}, "", {"kind": "Dog", "barks": True}),
        (ref("Both"), "", {"name": "Ada", "tags": ["tag"], "born": "2026-01-15", "weight": 1.5}), ({"allOf": [{"minimum": 3}, {"type": "integer", "maximum": 4}]}, "", 3), ({"allOf": [{"multipleOf": 4}, {"multipleOf": 6}], "type": "integer", "minimum": 1}, "", 12),
        ({"allOf": [{"properties": {"a": {"type": "integer"}}, "additionalProperties": False}, {"properties": {"a": {"minimum": 5}, "b": {}}}]}, "", {"a": 5}), ({"allOf": [{"oneOf": [{"const": 1}, {"const": 2}]}, {"oneOf": [{"const": 2}, {"const": 3}]}]}, "", 2),
        ({"type": "integer", "not": {"const": 1}}, "", 0), ({"not": {"type": "string"}}, "", 1.5), ({"type": "integer", "if": {"minimum": 0}, "then": {"minimum": 100}}, "", 100),
        # Recursion ends where it can.
        (ref("Tree"), "", {"value": 1, "children": [], "parent": None}), (ref("List"), "", {"items": []}),
    ],
    ids=lambda part: str(part)[:50],
)  # fmt: skip
def test_readable(schema: Any, name: str, value: Any) -> None:
    made = example(schema, SCHEMAS_BY_NAME, name=name)
    assert made == value
    assert type(made) is type(value)
    assert fits(schema, made, SCHEMAS_BY_NAME)


def test_only_what_is_required() -> None:
    assert example(ref("Pet"), SCHEMAS_BY_NAME, full=False) == {"name": "Ada"}
    assert example(ref("Tree"), SCHEMAS_BY_NAME, full=False) == {"value": 1}
    assert example({"type": "object", "properties": {"a": {}, "b": {}}, "minProperties": 1}, {}, full=False) == {
        "a": "a"
    }


@pytest.mark.parametrize(
    ("schema", "message"),
    [
        (False, "accepts nothing"), ({"not": {}}, "no value"), ({"type": "integer", "minimum": 2, "maximum": 1}, "no value"), ({"enum": []}, "no value"), (ref("Nowhere"), "no component Nowhere"),
        (ref("Endless"), "needs itself"), (ref("Self"), "needs itself"), (ref("Circle"), "needs itself"),
        ({"type": "array", "items": False, "minItems": 1}, "no value|accepts nothing"), ({"type": "array", "items": {}, "minItems": 10**9}, "too large"), ({"type": "no such type"}, "no value"),
        ({"type": "string", "pattern": "("}, "no value"), ({"type": "object", "required": ["a"], "properties": {"a": False}}, "nothing"), ({"type": "string", "minLength": 10**7}, "no value"),
    ],
    ids=lambda part: str(part)[:50],
)  # fmt: skip
def test_no_example(schema: Any, message: str) -> None:
    with pytest.raises(NoExampleError, match=message):
        example(schema, SCHEMAS_BY_NAME)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "object", "required": True, "properties": []}, {"properties": {"a": None}}, {"type": 5}, {"enum": {}}, {"items": [1]}, {"minItems": "1", "type": "array"}, {"anyOf": [None]}, {"allOf": {}}, {"allOf": [[]]},
        {"type": "string", "minLength": "x", "pattern": 5}, {"multipleOf": 0, "type": "number"}, {"$ref": 5}, {"$ref": "other.json#/x"}, {"examples": {}, "type": "integer"}, {"required": [1], "type": "object"}, {"discriminator": "x", "oneOf": [{}]},
        {"patternProperties": {"(": {}}}, {"if": 1, "type": "integer"}, {"dependentRequired": {"a": 1}}, {"minimum": True, "type": "integer"}, {"propertyNames": 1, "type": "object"}, {"const": float("nan")}, {"default": "\ud800", "type": "string"},
        {"prefixItems": {}, "type": "array"}, {"additionalProperties": 5, "properties": {"x": 5}}, {"required": [[]]}, {"minimum": "1"}, {"multipleOf": "2"}, {"contains": 3, "type": "array"}, {"format": [], "type": "string"}, {"minItems": -1, "type": "array"}, {"multipleOf": -2, "type": "integer"}, {"minimum": 10**400, "type": "integer"},
    ],
    ids=str,
)  # fmt: skip
def test_a_wrong_schema_gives_an_example_or_none_but_no_crash(schema: Any) -> None:
    right = {
        "properties": {"a": {}}, "required": ["a"], "enum": [1], "minItems": 1, "minimum": 1, "multipleOf": 3, "prefixItems": [{}], "patternProperties": {"a": {}}, "items": {},
        "additionalProperties": False, "allOf": [{}],
    }  # fmt: skip
    within = [{"allOf": [schema, {key: value}]} for key, value in right.items()]
    for whole in (
        schema,
        {"type": "object", "properties": {"inner": schema}},
        {"anyOf": [schema], "title": "x", "minimum": 1},
        *within,
    ):
        with contextlib.suppress(NoExampleError):
            example(whole, {"S": schema})
        assert is_valid(whole, 1, {}) in (True, False)


def test_examples_are_the_callers_to_change() -> None:
    given = {"type": "object", "examples": [{"a": [1]}]}
    for schema in (ref("Pet"), given):
        first = example(schema, SCHEMAS_BY_NAME)
        before = copy.deepcopy(first)
        next(v for v in first.values() if isinstance(v, list)).append("changed")
        assert example(schema, SCHEMAS_BY_NAME) == before
    twice = example({"type": "array", "items": ref("Pet"), "minItems": 2}, SCHEMAS_BY_NAME)
    assert twice[0] is not twice[1]
    assert twice[0]["tags"] is not twice[1]["tags"]


def test_components_of_one_name_are_not_mixed_up() -> None:
    for value in ("one", "two", "three", "four", "five", "six"):
        assert example(ref("X"), {"X": {"const": value}}) == value


def test_the_name_of_a_component_text_does_not_depend_on_who_asks_first() -> None:
    schemas = {"Text": {"type": "string"}, "A": {"properties": {"city": ref("Text"), "email": ref("Text")}}}
    assert example(ref("A"), schemas) == {"city": "Paris", "email": "ada@example.com"}
    forget()
    assert example(ref("Text"), schemas, name="country") == "France"
    assert example(ref("A"), schemas) == {"city": "Paris", "email": "ada@example.com"}


def test_the_same_in_every_process() -> None:
    code = (
        "import json; from tests.core.test_example_values import *\n"
        "print(json.dumps([example({'anyOf': [{'allOf': [ref(n), {}]}, {}]}, SCHEMAS_BY_NAME) for n in SCHEMAS_BY_NAME]))"
    )
    root = Path(__file__).parents[2]
    outputs = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root, env={"PYTHONHASHSEED": seed}).stdout for seed in ("1", "2")
    }  # fmt: skip
    assert len(outputs) == 1


PLAIN = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["string", "boolean", "integer", "null"]),
        "title": st.text() | st.integers(),
        "description": st.text(),
        "examples": st.lists(JSON, max_size=2) | st.none(),
        "default": JSON,
    },
)


@given(PLAIN, st.text() | st.booleans() | JSON)
def test_plain_values_are_judged_as_a_validator_would(schema: dict[str, Any], value: Any) -> None:
    try:
        right = fits(schema, value, {})
    except ValueError:  # the schema is none, or the text holds a lone surrogate
        right = False
    assert is_valid(schema, value, {}) == right


def test_valid_means_valid_formats_too() -> None:
    assert is_valid({"type": "string", "format": "date"}, "2026-01-15", {})
    assert not is_valid({"type": "string", "format": "date"}, "2026-13-15", {})
    assert not is_valid(ref("Nowhere"), 1, {})
    assert not is_valid({"type": "string"}, "\ud800", {})
    assert is_valid(ref("Pet"), {"name": "x"}, SCHEMAS_BY_NAME)
    assert not is_valid(ref("Pet"), {}, SCHEMAS_BY_NAME)


def test_nothing_is_fetched(tmp_path: Path) -> None:
    """A stranger's reference must not make us read files or ask servers."""
    path = tmp_path / "any.json"
    path.write_text("{}", encoding="utf-8")
    assert not is_valid({"$ref": path.as_uri()}, 1, {})
    with pytest.raises(NoExampleError):
        example({"type": "integer", "minimum": 0, "allOf": [{"$ref": path.as_uri()}]}, {})


def deep(levels: int) -> Any:
    schema: Any = {"type": "integer"}
    for _ in range(levels):
        schema = {"type": "object", "required": ["a"], "properties": {"a": schema}}
    return schema


def doubling(levels: int, required: bool) -> dict[str, Any]:
    keys = {"required": ["l", "r"]} if required else {}
    schemas: dict[str, Any] = {
        f"N{i}": {"type": "object", **keys, "properties": {"l": ref(f"N{i + 1}"), "r": ref(f"N{i + 1}")}}
        for i in range(levels)
    }
    return {**schemas, f"N{levels}": {"type": "integer"}}


def woven(size: int) -> dict[str, Any]:
    """Components that all refer to each other."""
    return {
        f"W{i}": {"type": "object", "properties": {f"p{j}": ref(f"W{j}") for j in range(size)}} for i in range(size)
    }


LARGE = {
    "1,000 properties": (
        {
            "type": "object",
            "properties": {f"p{i}": {"type": "string", "format": "date", "minLength": 2} for i in range(1000)},
        },
        {},
    ),
    "1,000 branches": (
        {
            "oneOf": [
                {"type": "object", "required": [f"k{i}"], "properties": {f"k{i}": {"const": i}}} for i in range(1000)
            ]
        },
        {},
    ),
    "1,000 allOf": (
        {"allOf": [{"type": "object", "properties": {f"p{i}": {"type": "integer"}}} for i in range(1000)]},
        {},
    ),
    "60 levels": (deep(60), {}),
    "doubling, optional": (ref("N0"), doubling(40, required=False)),
    "woven": (ref("W0"), woven(30)),
    "woven arrays": ({"type": "array", "items": {"anyOf": [ref(f"W{i}") for i in range(30)]}}, woven(30)),
    "long chain": (
        ref("N0"),
        {**{f"N{i}": {"type": "object", "properties": {"next": ref(f"N{i + 1}")}} for i in range(3000)}, "N3000": {}},
    ),
    "10,000 enum values": ({"enum": list(range(10_000))}, {}),
    "many items": ({"type": "array", "items": {"type": "integer"}, "minItems": 5000}, {}),
}


@pytest.mark.parametrize("name", LARGE)
def test_large_schemas_are_fast(name: str) -> None:
    schema, schemas = LARGE[name]
    begin = time.thread_time()
    value = example(schema, schemas)
    assert time.thread_time() - begin < 10
    assert fits(schema, value, schemas)


@pytest.mark.parametrize(
    ("schema", "schemas"),
    [(ref("N0"), doubling(40, required=True)), (deep(250), {}), ({"allOf": [deep(300)]}, {})],
    ids=["doubling", "deep", "deeper"],
)
def test_schemas_without_a_small_example_fail_fast(schema: Any, schemas: dict[str, Any]) -> None:
    begin = time.thread_time()
    with pytest.raises(NoExampleError):
        example(schema, schemas)
    assert time.thread_time() - begin < 10


def test_many_components_cost_what_they_are() -> None:
    """Twice as many components take about twice as long, not four times."""

    def cost(size: int) -> float:
        schemas = {
            f"C{i}": {
                "type": "object",
                "properties": {
                    "id": {"type": "integer", "minimum": 1},
                    "next": ref(f"C{min(i + 1, size - 1)}"),
                    "other": ref(f"C{min(i + 7, size - 1)}"),
                },
            }
            for i in range(size)
        }
        gc.disable()  # what other tests left behind is not to be counted
        begin = time.thread_time()
        for name in reversed(list(schemas)[:-1]):
            example(ref(name), schemas, full=False)
        spent = time.thread_time() - begin
        gc.enable()
        return spent

    cost(100)
    assert min(cost(2000) for _ in range(3)) < 8 * max(cost(500), 0.01)


@pytest.mark.parametrize(("items", "expected"), [({"const": 1}, [1]), ({"const": 2}, [])])
def test_what_is_said_of_all_items_holds_for_the_first_ones(items: Any, expected: Any) -> None:
    array = {"type": "array"}
    schema = {"allOf": [{**array, "items": items}, {**array, "prefixItems": [{"enum": [0, 1]}]}]}
    assert example(schema, {}) == expected


def an_object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "integer", "not": {"enum": [0, 1]}},
        {"type": "integer", "not": {"enum": list(range(-3, 9))}},
        {"type": "number", "not": {"type": "integer"}},
        {"type": "integer", "not": {"minimum": -20}},
        {"type": "integer", "minimum": 1, "maximum": 9, "allOf": [{"not": {"multipleOf": 2}}, {"not": {"multipleOf": 3}}, {"not": {"const": 1}}]},
        {"type": "string", "not": {"pattern": "^[a-z]"}},
        {"type": "string", "not": {"maxLength": 6}},
        {"type": "string", "pattern": "^(?=.*[A-Z])(?=.*\\d).{8,}$"},
        {"type": "string", "allOf": [{"pattern": "a"}, {"pattern": "b"}, {"pattern": "[0-9]"}]},
        {"type": "string", "pattern": "^(a|b)$", "not": {"const": "a"}},
        {"type": "array", "items": {"type": "string"}, "not": {"maxItems": 1}},
        {"type": "array", "items": {"type": "string"}, "not": {"items": {"enum": ["n"]}}},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_refused_for_other_reasons_is_searched_for(schema: Any) -> None:
    value = example(schema, {}, name="n")
    assert is_valid(schema, value, {})
    assert value != ""
    assert example(an_object(n=schema), {}) == {"n": value}


@pytest.mark.parametrize(
    "impossible",
    [
        {"type": "integer", "minimum": 5, "maximum": 3},
        {"allOf": [{"type": "integer"}, {"type": "string"}]},
        {"type": "integer", "enum": ["a"]},
    ],
)
def test_a_value_that_cannot_be_made_costs_itself_alone(impossible: Any) -> None:
    for inner in (impossible, an_object(deep=impossible)):
        made = example(an_object(n=inner, s={"type": "string"}), {}, guess=True)
        assert isinstance(made, dict) and made["s"] == "s" and made["n"] is not None
    with pytest.raises(NoExampleError):
        example(an_object(n=impossible), {})


def test_an_object_that_needs_itself_is_cut_where_it_must_be_sent() -> None:
    node = an_object(child={"$ref": "#/components/schemas/Node"}, x={"type": "integer"})
    assert example({"$ref": "#/components/schemas/Node"}, {"Node": node}, guess=True) == {"child": {}, "x": 1}


def test_what_its_author_gave_an_example_of_is_shown_before_what_merely_comes_first() -> None:
    color = {"type": "string", "examples": ["red"]}
    schema = {
        "type": "object",
        "properties": {"a": {"type": "string"}, "b": {"type": "string"}, "color": color},
        "required": ["a"],
    }
    assert example(schema, {}, full=False) == {"a": "a", "color": "red"}
    for told in ({"$ref": "#/components/schemas/C"}, {"anyOf": [color, {"type": "null"}]}, {"allOf": [color]}):
        wrapped = {"type": "object", "properties": {"a": {"type": "string"}, "color": told}}
        assert example(wrapped, {"C": color}, full=False) == {"color": "red"}


def test_what_is_inside_of_a_derived_object_may_derive_from_the_same_base() -> None:
    def derived(**properties: Any) -> dict[str, Any]:
        return {"allOf": [{"$ref": "#/components/schemas/Base"}, {"type": "object", "properties": properties}]}

    schemas = {
        "Base": {"type": "object", "properties": {"id": {"type": "integer"}}, "required": ["id"]},
        "Site": derived(
            drive={"$ref": "#/components/schemas/Drive"},
            drives={"type": "array", "items": {"$ref": "#/components/schemas/Drive"}},
        ),
        "Drive": derived(size={"type": "integer"}, site={"$ref": "#/components/schemas/Site"}),
        "Loop": {"allOf": [{"$ref": "#/components/schemas/Loop"}]},
        "Inside": {
            "type": "object",
            "properties": {"a": {"allOf": [{"$ref": "#/components/schemas/Inside"}, {"minProperties": 0}]}},
        },
        "Outside": {"allOf": [{"$ref": "#/components/schemas/Inside"}, {"type": "object"}]},
    }
    drive = {"id": 1, "size": 1}
    assert example({"$ref": "#/components/schemas/Site"}, schemas) == {"id": 1, "drive": drive, "drives": [drive]}
    with pytest.raises(NoExampleError):
        example({"$ref": "#/components/schemas/Loop"}, schemas)
    for name in ("Inside", "Outside"):
        assert is_valid(schemas[name], example({"$ref": f"#/components/schemas/{name}"}, schemas), schemas)
