"""Flaws below the surface: in nested values, across allOf, in every place where an address stands."""

from __future__ import annotations

from typing import Any

import pytest

from apispec.rules import Index, rules, run
from apispec.rules.examples import document


def found(rule: str, whole: dict[str, Any]) -> list[str]:
    return [pointer for _, pointer, _, _ in run(Index(whole), [rules()[rule]])]


def with_schemas(version: str = "3.0.3", **schemas: Any) -> dict[str, Any]:
    return document("paths: {}") | {"openapi": version, "components": {"schemas": schemas}}


PET = {"type": "object", "properties": {"name": {"type": "string"}}}
BASE = {"$ref": "#/components/schemas/Pet"}


@pytest.mark.parametrize(
    ("schema", "places"),
    [
        ({"allOf": [BASE, {"required": ["nam"], "properties": {"x": {}}}]}, ["allOf/1/required/0"]),
        ({"allOf": [BASE], "required": ["nam"]}, ["required/0"]),
        ({"allOf": [BASE, {"required": ["nam"]}]}, ["allOf/1/required/0"]),
        ({"allOf": [{"allOf": [BASE, {"required": ["nam"]}]}]}, ["allOf/0/allOf/1/required/0"]),
        ({"allOf": [BASE, {"required": ["name"]}]}, []),
        ({"allOf": [BASE, {"required": ["x"]}, {"properties": {"x": {}}}]}, []),
        ({"allOf": [{"allOf": [{"required": ["name"]}]}, BASE]}, []),
        ({"allOf": [BASE, {"oneOf": [{"properties": {"x": {}}}]}], "required": ["x"]}, []),
        ({"allOf": [BASE, {"$ref": "#/components/schemas/Missing"}], "required": ["x"]}, []),
        ({"allOf": [BASE, {"$ref": "#/components/schemas/It"}], "required": ["nam"]}, []),
        ({"required": ["x"]}, []),
        ({"anyOf": [{"allOf": [BASE, {"required": ["x"]}]}]}, []),
    ],
)
def test_required_across_all_of(schema: dict[str, Any], places: list[str]) -> None:
    whole = with_schemas(Pet=PET, It=schema)
    assert found("required-property-undefined", whole) == [f"/components/schemas/It/{place}" for place in places]


def test_required_beside_a_reference_from_3_1_on() -> None:
    schema = {**BASE, "required": ["nam"]}
    assert found("required-property-undefined", with_schemas("3.1.0", Pet=PET, It=schema)) != []
    assert found("required-property-undefined", with_schemas("3.0.3", Pet=PET, It=schema)) == []


FORMATTED = {
    "type": "object",
    "properties": {
        "day": {"type": "string", "format": "date"},
        "who": {"type": "array", "items": {"properties": {"mail": {"type": "string", "format": "email"}}}},
        "when": {"oneOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]},
        "free": {"type": "string", "format": "hostname"},
    },
}


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_formats_of_nested_values(version: str) -> None:
    good = {"day": "2024-02-29", "who": [{"mail": "a@b.c"}], "when": "2020-01-01", "free": "-?-"}
    bad = {"day": "2023-02-29", "who": [{"mail": "a@b.c"}, {"mail": "b"}], "when": "2020-01-01"}
    whole = with_schemas(version, A={**FORMATTED, "default": bad}, B={**FORMATTED, "example": good})
    assert found("format-mismatch", whole) == [
        "/components/schemas/A/default/day", "/components/schemas/A/default/who/1/mail",
    ]  # fmt: skip
    assert found("default-mismatch", whole) == found("example-mismatch", whole) == [], "alternatives differ in format"
    media = {"schema": {"$ref": "#/components/schemas/B"}, "examples": {"e": {"value": bad}}}
    whole["paths"] = {"/a": {"post": {"requestBody": {"content": {"application/json": media}}, "responses": {}}}}
    place = "/paths/~1a/post/requestBody/content/application~1json/examples/e/value"
    assert found("format-mismatch", whole)[2:] == [f"{place}/day", f"{place}/who/1/mail"]


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("date-time", "2020-01-01T10:00:00.5+01:00", "2020-13-01T00:00:00Z"), ("time", "10:00:00Z", "25:00:00Z"),
        ("ipv4", "127.0.0.1", "999.1.1.1"), ("ipv6", "::1", ":::1"), ("uri", "urn:a:b", "no uri"), ("date", "2020-01-31", "2020-1-31"),
        ("uuid", "123e4567-e89b-12d3-a456-426614174000", "123e4567"), ("int32", "whatever", None), ("color", "?", None),
    ],
)  # fmt: skip
def test_formats(name: str, good: str, bad: str | None) -> None:
    for schema in ({"type": "string", "format": name}, {"type": "string", "format": name, "minLength": 1}):
        assert found("format-mismatch", with_schemas(A={**schema, "example": good})) == []
        assert bad is None or found("format-mismatch", with_schemas(A={**schema, "example": bad})) != []


def test_formats_in_alternatives() -> None:
    def kind(name: str) -> dict[str, Any]:
        return {
            "required": ["kind"],
            "properties": {"kind": {"enum": [name]}, "when": {"type": "string", "format": "date"}},
        }

    for word in ("oneOf", "anyOf"):
        schema = {word: [kind("a"), kind("b")], "example": {"kind": "b", "when": "bad"}}
        assert found("format-mismatch", with_schemas(A=schema)) == ["/components/schemas/A/example/when"]
        assert found("example-mismatch", with_schemas(A=schema)) == []


def test_all_flaws_of_an_example_each_at_its_place() -> None:
    schema = {**PET, "additionalProperties": False, "example": {"name": 1, "b": 1, "c": {}}}
    whole = with_schemas(A=schema)
    places = [f"/components/schemas/A/example/{key}" for key in ("b", "c", "name")]
    assert sorted(found("example-mismatch", whole)) == places


def test_examples_of_2_0_are_judged() -> None:
    answer = {"description": "OK", "schema": PET, "examples": {"application/json": {"name": 1}, "text/csv": "a"}}
    whole = {
        "swagger": "2.0",
        "info": {"title": "A", "version": "1"},
        "paths": {"/a": {"get": {"responses": {"200": answer}}}},
    }
    assert found("media-example-mismatch", whole) == ["/paths/~1a/get/responses/200/examples/application~1json/name"]


@pytest.mark.parametrize(
    ("mark", "rule"),
    [("readOnly", "read-only-in-request-example"), ("writeOnly", "write-only-in-response-example")],
)
def test_what_travels_one_way_only(mark: str, rule: str) -> None:
    line = {"type": "object", "properties": {"id": {"type": "integer", mark: True}, "n": {"type": "integer"}}}
    order = {
        "allOf": [{"properties": {"lines": {"type": "array", "items": {"$ref": "#/components/schemas/Line"}}}}, line],
        "properties": {"either": {"oneOf": [line, {}]}, "only": {"anyOf": [line]}},
    }
    example = {"id": 1, "lines": [{"n": 1}, {"id": 1}], "either": {"id": 1}, "only": {"id": 1}}
    content = {"application/json": {"schema": order, "example": example}}
    operation: dict[str, Any] = {"requestBody": {"content": content}, "responses": {}}
    at = "/paths/~1a/post/requestBody/content/application~1json/example"
    if mark == "writeOnly":
        operation = {"responses": {"200": {"description": "OK", "content": content}}}
        at = "/paths/~1a/post/responses/200/content/application~1json/example"
    whole = with_schemas(Line=line) | {"paths": {"/a": {"post": operation}}}
    assert sorted(found(rule, whole)) == [f"{at}/{place}" for place in ("id", "lines/1/id", "only/id")]
    other = {"readOnly": "write-only-in-response-example", "writeOnly": "read-only-in-request-example"}[mark]
    assert found(other, whole) == []


def test_addresses_wherever_they_stand() -> None:
    bad = {"url": "x y"}
    whole = {
        "openapi": "3.0.3",
        "info": {"title": "A", "version": "1", "contact": {"email": "a@b@c", **bad}, "license": {"name": "L", **bad}},
        "externalDocs": bad,
        "tags": [{"name": "t", "externalDocs": bad}],
        "servers": [bad, {"url": "https://{a b}.example.com/{c}"}, {"url": "/v1"}],
        "paths": {"/a": {"get": {"externalDocs": bad, "responses": {}}}},
        "components": {
            "schemas": {"S": {"externalDocs": bad}},
            "securitySchemes": {
                "o": {"type": "oauth2", "flows": {"password": {"tokenUrl": "x y", "refreshUrl": "/ok", "scopes": {}}}},
                "i": {"type": "openIdConnect", "openIdConnectUrl": "x y"},
            },
        },
    }
    assert sorted(found("invalid-address", whole)) == [
        "/components/schemas/S/externalDocs/url", "/components/securitySchemes/i/openIdConnectUrl",
        "/components/securitySchemes/o/flows/password/tokenUrl", "/externalDocs/url", "/info/contact/email", "/info/contact/url",
        "/info/license/url", "/paths/~1a/get/externalDocs/url", "/servers/0/url", "/tags/0/externalDocs/url",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("inner", "endless"),
    [
        ({"oneOf": [BASE]}, True), ({"anyOf": [{"allOf": [BASE]}]}, True), ({"type": "array", "minItems": 1, "items": BASE}, True),
        ({"type": "array", "items": BASE}, False), ({"oneOf": [BASE, {"type": "string"}]}, False),
        ({"nullable": True, "allOf": [BASE]}, False), ({"type": "array", "minItems": 2, "items": {"type": "string"}}, False),
    ],
)  # fmt: skip
def test_values_without_end(inner: dict[str, Any], endless: bool) -> None:
    whole = with_schemas(Pet={"type": "object", "required": ["mother"], "properties": {"mother": inner}})
    assert found("endless-value", whole) == (["/components/schemas/Pet"] if endless else [])


def test_null_that_the_enumeration_refuses() -> None:
    rule, place = "nullable-enum-without-null", ["/components/schemas/A/enum"]
    assert found(rule, with_schemas(A={"type": "string", "nullable": True, "enum": ["a"]})) == place
    assert found(rule, with_schemas("3.1.0", A={"type": ["string", "null"], "enum": ["a"]})) == place
    assert found(rule, with_schemas("3.1.0", A={"type": ["string", "null"], "enum": ["a", None]})) == []
    assert found(rule, with_schemas("3.1.0", A={"type": "string", "enum": ["a"]})) == []


def test_media_types_of_components_are_judged() -> None:
    media = {"schema": PET, "example": {"name": 1}}
    content = {
        "application/json": {"$ref": "#/components/mediaTypes/M"},
        "text/csv": {"$ref": "#/components/mediaTypes/N"},
    }
    whole = document("paths: {}") | {"openapi": "3.2.0", "components": {"mediaTypes": {"M": media, "N": media}}}
    whole["paths"] = {"/a": {"get": {"responses": {"200": {"description": "OK", "content": content}}}}}
    assert found("media-example-mismatch", whole) == ["/components/mediaTypes/M/example/name"]
