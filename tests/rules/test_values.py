"""Examples and defaults against their schemas, in every place and spelling."""

from __future__ import annotations

import time
from typing import Any

import pytest

from apispec.rules import Index, rules, run
from apispec.rules.examples import document

PET = {
    "type": "object",
    "properties": {"name": {"type": "string", "minLength": 2}, "id": {"type": "integer"}},
    "required": ["name"],
}


def found(rule: str, whole: dict[str, Any]) -> list[tuple[str, str]]:
    return [(pointer, message) for _, pointer, message, _ in run(Index(whole), [rules()[rule]])]


def with_schemas(version: str, **schemas: Any) -> dict[str, Any]:
    return document("paths: {}") | {"openapi": version, "components": {"schemas": schemas}}


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_examples_are_judged_through_references(version: str) -> None:
    good, bad = {"name": "Mia"}, {"name": "M"}
    whole = with_schemas(
        version,
        Pet=PET,
        Home={"properties": {"pet": {"allOf": [{"$ref": "#/components/schemas/Pet"}], "example": bad}}},
    )
    assert [place for place, _ in found("example-mismatch", whole)] == [
        "/components/schemas/Home/properties/pet/example/name"
    ]
    whole["components"]["schemas"]["Home"]["properties"]["pet"]["example"] = good
    assert found("example-mismatch", whole) == []


def test_null_fits_where_it_is_allowed() -> None:
    for schema, fits in (
        ({"type": "string", "nullable": True, "minLength": 1, "default": None}, True),
        ({"type": "string", "enum": ["a"], "nullable": True, "example": None}, True),
        ({"allOf": [{"$ref": "#/components/schemas/Pet"}], "nullable": True, "example": None}, True),
        ({"type": "string", "minLength": 1, "example": None}, False),
        (
            {
                "type": "object",
                "properties": {"a": {"allOf": [{"type": "string", "nullable": True}], "nullable": True}},
                "example": {"a": None},
            },
            True,
        ),
    ):
        whole = with_schemas("3.0.3", Pet=PET, It=schema)
        assert (found("example-mismatch", whole) + found("default-mismatch", whole) == []) is fits, schema


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_what_travels_one_way_need_not_be_in_an_example(version: str) -> None:
    schema = {
        "type": "object",
        "properties": {"id": {"type": "integer", "readOnly": True}, "secret": {"type": "string", "writeOnly": True}},
        "required": ["id", "secret"],
        "example": {"id": 1},
    }
    assert found("example-mismatch", with_schemas(version, It=schema)) == []
    only = {**schema, "required": ["id"], "example": {}}
    assert found("example-mismatch", with_schemas(version, It=only)) == []
    assert schema["required"] == ["id", "secret"], "the document must stay as it is"


def test_examples_stand_in_many_places() -> None:
    whole = document(
        """
get:
  parameters:
    - {name: a, in: query, schema: {type: integer, minimum: 1}, examples: {one: {value: 0}, two: {$ref: "#/components/examples/Zero"}}}
  responses:
    "200":
      description: OK
      headers: {X-A: {schema: {type: integer}, example: x}}
      content:
        application/json: {schema: {type: array, items: {type: integer}}, example: [1, x]}
        text/plain: {schema: {type: integer}, example: x}
components: {examples: {Zero: {value: 0}}}
"""
    )
    get = "/paths/~1example/get"
    assert sorted(place for place, _ in found("media-example-mismatch", whole)) == [
        f"{get}/parameters/0/examples/one/value",
        f"{get}/parameters/0/examples/two/$ref",
        f"{get}/responses/200/content/application~1json/example/1",
        f"{get}/responses/200/headers/X-A/example",
    ]


def test_a_list_of_examples_is_judged_one_by_one() -> None:
    whole = with_schemas("3.1.0", It={"type": "integer", "examples": [1, "x", 2, None]})
    assert [place for place, _ in found("example-mismatch", whole)] == [
        f"/components/schemas/It/examples/{n}" for n in (1, 3)
    ]


def test_alternatives_are_named_in_short() -> None:
    whole = with_schemas(
        "3.1.0", It={"anyOf": [{"type": "integer", "minimum": 1}, {"type": "object"}], "example": "x" * 500}
    )
    [(_, message)] = found("example-mismatch", whole)
    assert "fits none of the alternatives" in message
    assert len(message) < 200


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#/components/schemas/None", "example": 1},
        {"type": "string", "pattern": "(", "example": "a", "minLength": 1},
        {"type": "strin", "minLength": 1, "example": 1},
        {"type": "string", "minLength": "x", "example": "a"},
        {"type": "integer", "maximum": 1e400, "example": 10**400},
    ],
)
def test_schemas_that_are_wrong_in_themselves_judge_nothing(schema: Any) -> None:
    assert found("example-mismatch", with_schemas("3.1.0", It=schema)) == []


@pytest.mark.parametrize(
    ("kind", "value", "fits"),
    [
        ("string", "a", True), ("string", 1, False), ("integer", 1, True), ("integer", 1.0, True), ("integer", 1.5, False),
        ("integer", True, False), ("number", 1, True), ("number", True, False), ("boolean", False, True), ("boolean", 0, False),
        ("object", {}, True), ("object", [], False), ("array", [], True), ("array", {}, False), ("null", None, True),
    ],
)  # fmt: skip
def test_types(kind: str, value: Any, fits: bool) -> None:
    assert (found("example-mismatch", with_schemas("3.1.0", It={"type": kind, "example": value})) == []) is fits
    assert (found("enum-value-of-other-type", with_schemas("3.1.0", It={"type": kind, "enum": [value]})) == []) is fits


def test_patterns_cannot_stop_the_run() -> None:
    started = time.thread_time()
    for pattern in (r"^(a+)+\1b$", r"^(a|a)*(?=b)$", "^(a{1,500}){1,500}$"):
        schema = {"type": "string", "pattern": pattern, "example": "a" * 200 + "c"}
        assert len(found("example-mismatch", with_schemas("3.1.0", It=schema))) <= 1
    assert time.thread_time() - started < 10
