"""Tools: what clients are shown, that every client can take it, and the way back to the endpoint."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from mcp_types import methods
from mcp_types.version import KNOWN_PROTOCOL_VERSIONS
from rendered_apis import ADD, COUNT, ITEM, PAINT, UPLOAD, WHOLE
from schema_strategies import LINKED_SCHEMAS, VALUES

from apispec.model import Api, Default, Endpoint, HttpCall, MediaType, Parameter, RequestBody, Result
from apispec.rendering import tools as rendering
from apispec.tools import SERVER_INFO_KEY, Tool, tools
from apispec.tools.names import property_name, server_name, tool_name
from apispec.tools.schemas import MAX_NODES, for_tool, limit_of


def only(endpoint: Endpoint, findings: list[Any] | None = None, **more: Any) -> Tool:
    """The tool of the only endpoint of an Api."""
    (tool,) = tools(Api(title="T", endpoints=(endpoint,), **more), findings)
    return tool


def convert(schema: Any, schemas: Any = {}, side: Any = "input") -> tuple[Any, list[str]]:
    notes: list[str] = []
    return for_tool(schema, schemas, side, notes.append, limit=limit_of(side))[0], notes


def test_the_whole_listing(golden: Any) -> None:
    findings: list[Any] = []
    golden("tools/whole.json", rendering.render(WHOLE, findings=findings))
    assert sorted(f.rule for f in findings) == [
        "argument-renamed",
        "tool-schema-simplified",
        "tool-schema-simplified",
        "tool-without-description",
    ]


@pytest.mark.parametrize("version", KNOWN_PROTOCOL_VERSIONS)
def test_it_is_a_result_of_tools_list_in_every_revision(version: str) -> None:
    methods.validate_server_result("tools/list", version, rendering.listing(WHOLE))


def test_server_info() -> None:
    assert rendering.listing(WHOLE)["_meta"] == {SERVER_INFO_KEY: {"name": "shop", "title": "Shop", "version": "1.2.0"}}


def test_a_function() -> None:
    assert only(ADD).to_json() == {
        "name": "add",
        "title": "Adder",
        "description": "Add two numbers\n\nSays `{{ 1 }}` and </script>.",
        "inputSchema": {
            "type": "object",
            "properties": {
                "a": {"type": "integer", "description": "The first one."},
                "b": {"anyOf": [{"type": "number"}, {"type": "null"}], "default": None, "examples": [2.5]},
                "limit": {"type": "number", "description": "Default: inf."},
            },
            "required": ["a"],
            "additionalProperties": False,
        },
        "outputSchema": {
            "type": "object",
            "properties": {"result": {"type": "number", "description": "The sum."}},
            "required": ["result"],
        },
        "annotations": {"title": "Adder", "readOnlyHint": True},
    }


def test_no_parameters() -> None:
    schema = only(Endpoint(name="f", summary="F")).input_schema
    assert schema == {"type": "object", "properties": {}, "additionalProperties": False}


def test_files_are_urls() -> None:
    findings: list[Any] = []
    tool = only(UPLOAD, findings)
    assert tool.input_schema["properties"]["table"]["format"] == "uri"
    assert {name: a.file for name, a in tool.arguments.items()} == {
        "table": "one", "pictures": "many", "columns": "", "title": "",
    }  # fmt: skip
    assert tool.output_schema is None
    assert tool.description == (
        "upload_items: table (file), pictures (file), columns (array of integer), title (string) → file."
    )
    assert [f.rule for f in findings] == ["tool-without-description"]
    painted = only(PAINT, schemas={"Item": ITEM, "FileData": {"properties": {"path": {}, "meta": {}}}})
    assert painted.arguments["picture"].file == "one"
    listed = replace(PAINT, parameters=(Parameter(
        name="files", schema={"type": "array", "items": {"$ref": "#/components/schemas/FileData"}}),))  # fmt: skip
    schemas = {"FileData": {"properties": {"path": {}, "meta": {}}}}
    assert only(listed, schemas=schemas).arguments["files"].file == "many"


def test_streams_answer_all_their_values() -> None:
    output = only(COUNT).output_schema
    assert output and output["properties"]["result"] == {"type": "array", "items": {"type": "integer"}}
    assert only(COUNT).description == "Count\n\nDeprecated. Use add."


def test_objects_are_not_wrapped() -> None:
    by_name = Endpoint(name="f", summary="F", result=Result(schema={"$ref": "#/components/schemas/Item"}))
    tool = only(by_name, schemas={"Item": ITEM})
    assert tool.output_schema and tool.output_schema["type"] == "object"
    assert tool.to_structured({"price": 1}) == {"price": 1}
    maybe = replace(by_name, result=Result(schema={"anyOf": [{"$ref": "#/components/schemas/Item"}, {"type": "null"}]}))
    tool = only(maybe, schemas={"Item": ITEM})
    assert tool.wraps_result
    assert tool.to_structured(None) == {"result": None}


def test_results_that_are_not_json_have_no_schema() -> None:
    assert only(Endpoint(name="f", summary="F", result=Result(media_type="text/html"))).output_schema is None
    assert only(Endpoint(name="f", summary="F")).output_schema is None


def test_hidden_and_uncallable_endpoints_are_no_tools() -> None:
    names = [
        t.name for t in tools(replace(WHOLE, endpoints=(*WHOLE.endpoints, replace(ADD, name="x", callable=False))))
    ]
    assert names == ["add", "upload_items", "count", "paint"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("add", "add"), ("add-two", "add-two"), ("a.b/c", "a_b_c"), ("2fast", "_2fast"), ("größe", "grosse"), ("…", "tool"),
        ("a" * 64, "a" * 64), ("a" * 65, "a" * 57 + "_635361"),
    ],
)  # fmt: skip
def test_tool_names(name: str, expected: str) -> None:
    assert tool_name(name) == expected


def test_names_stay_unique() -> None:
    assert tool_name("a.b", {"a_b"}) == "a_b_2"
    assert property_name("a-b", {"a_b", "a_b_2"}) == "a_b_3"
    assert len(tool_name("a" * 64, {"a" * 64})) == 64
    findings: list[Any] = []
    api = Api(title="T", endpoints=tuple(Endpoint(name=n, summary="S") for n in ("a.b", "a_b", "c" * 50)))
    assert [t.name for t in tools(api, findings)] == ["a_b", "a_b_2", "c" * 50]
    assert [f.rule for f in findings] == ["tool-renamed", "tool-renamed", "long-tool-name"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("My API (v2)", "my-api-v2"),
        ("Größe", "grosse"),
        ("GitHub's official OpenAPI spec + more", "githubs-official-openapi-spec"),
        ("…", "api"),
        ("x" * 40, "x" * 32),
    ],
)
def test_server_names(title: str, name: str) -> None:
    assert server_name(title) == name


def test_many_tools_are_noted() -> None:
    findings: list[Any] = []
    tools(Api(title="T", endpoints=tuple(Endpoint(name=f"f{i}", summary="S") for i in range(41))), findings)
    assert [f.rule for f in findings] == ["many-tools"]


BODY = Endpoint(
    name="put",
    summary="Put",
    parameters=(
        Parameter(name="id", location="path", schema={"type": "integer"}),
        Parameter(name="X-Id", location="header", schema={"type": "string"}, required=False),
        Parameter(name="id", location="query", schema={"type": "integer"}, required=False),
    ),
    request_body=RequestBody(
        required=True,
        content=(
            MediaType(
                schema={
                    "type": "object",
                    "properties": {
                        "id": {"type": "string"},
                        "name": {"type": "string"},
                        "made": {"type": "string", "readOnly": True},
                    },
                    "required": ["name", "made"],
                }
            ),
        ),
    ),
    call=HttpCall(method="PUT", path="/items/{id}"),
)


def test_parameters_and_body_are_merged_without_collisions() -> None:
    findings: list[Any] = []
    tool = only(BODY, findings)
    assert list(tool.input_schema["properties"]) == ["id", "X_Id", "query_id", "body_id", "name"]
    assert tool.input_schema["required"] == ["id", "name"]
    assert tool.to_endpoint({"id": 1, "X_Id": "x", "query_id": 2, "body_id": "b", "name": "n"}) == {
        "id": 1, "query.id": 2, "X-Id": "x", "body": {"id": "b", "name": "n"},
    }  # fmt: skip
    assert [f.rule for f in findings] == ["argument-renamed"] * 3


def test_a_body_that_is_no_plain_object_is_one_argument() -> None:
    body = RequestBody(content=(MediaType(schema={"type": "array", "items": {}}),), description="Items.")
    tool = only(replace(BODY, request_body=body))
    assert tool.input_schema["properties"]["body"] == {
        "type": "array", "items": {"description": "Any JSON value."}, "description": "Items.",
    }  # fmt: skip
    assert tool.to_endpoint({"id": 1, "body": [1]}) == {"id": 1, "body": [1]}


def test_a_body_too_large_for_one_schema_is_said_property_by_property() -> None:
    many = {f"p{i}": {"type": "string"} for i in range(MAX_NODES["input"])}
    schema = {"type": "object", "properties": {**many, "made": {"readOnly": True}}, "required": ["p1", "made"]}
    tool = only(replace(BODY, request_body=RequestBody(content=(MediaType(schema=schema),), required=True)))
    assert len(tool.input_schema["properties"]) == 3 + len(many)
    assert tool.input_schema["required"] == ["id", "p1"]


def test_unknown_arguments_are_passed_on() -> None:
    assert only(ADD).to_endpoint({"zzz": 1}) == {"zzz": 1}


SCHEMA_CASES: dict[str, tuple[Any, Any]] = {
    "anything": (True, {"description": "Any JSON value."}),
    "empty": ({}, {"description": "Any JSON value."}),
    "several types": (
        {"type": ["string", "array", "null"], "maxLength": 3, "description": "d"},
        {"anyOf": [{"type": "string", "maxLength": 3},
                   {"type": "array", "items": {"description": "Any JSON value."}}, {"type": "null"}], "description": "d"},
    ),
    "const": ({"const": "a"}, {"type": "string", "enum": ["a"]}),
    "const and enum": ({"const": "a", "enum": ["b"]}, {"type": "string", "enum": ["a"], "allOf": [{"enum": ["b"]}]}),
    "enum": ({"enum": ["a", "b"]}, {"type": "string", "enum": ["a", "b"]}),
    "mixed enum": ({"enum": ["a", 1]}, {"enum": ["a", 1]}),
    "formats": ({"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "binary"}]},
                {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string"}]}),
    "noise": (
        {"type": "object", "title": "M", "$id": "x", "x-a": 1, "discriminator": {},
         "properties": {"unit_price": {"title": "Unit Price", "type": "integer"}, "b": {"title": "Better", "type": "null"}}},
        {"type": "object", "title": "M",
         "properties": {"unit_price": {"type": "integer"}, "b": {"title": "Better", "type": "null"}}},
    ),
    "reference": ({"$ref": "#/components/schemas/A", "description": "mine"}, {"type": "string", "description": "mine\n\ntheirs"}),
    "reference that is narrowed": (
        {"$ref": "#/components/schemas/A", "type": "string", "maxLength": 2},
        {"type": "string", "maxLength": 2, "allOf": [{"type": "string", "description": "theirs"}]},
    ),
    "open object": ({"type": "object", "additionalProperties": {}},
                    {"type": "object", "additionalProperties": {"description": "Any JSON value."}}),
    "no required": ({"type": "object", "required": []}, {"type": "object"}),
}  # fmt: skip


@pytest.mark.parametrize("case", SCHEMA_CASES)
def test_schemas(case: str) -> None:
    schema, expected = SCHEMA_CASES[case]
    components = {"A": {"type": "string", "title": "A", "description": "theirs"}}
    assert convert(schema, components) == (expected, [])


def test_recursion_is_cut_and_noted() -> None:
    node = {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Node"}}}
    converted, notes = convert({"$ref": "#/components/schemas/Node"}, {"Node": node})
    assert converted["properties"]["next"] == {
        "type": "object", "description": "Node again, left open here.", "additionalProperties": True,
    }  # fmt: skip
    assert notes == ["Node contains itself and is cut where it comes again"]


def test_schemas_that_would_explode_are_cut() -> None:
    schemas = {
        f"S{i}": {"type": "object", "properties": {n: {"$ref": f"#/components/schemas/S{i + 1}"} for n in "abcd"}}
        for i in range(30)
    }
    converted, notes = convert({"$ref": "#/components/schemas/S0"}, schemas)
    assert json.dumps(converted).count('"type"') <= MAX_NODES["input"]
    assert notes == ["the schema is large and cut where it nests deeply"]
    wide = {"type": "object", "properties": {f"p{i}": {"type": "string"} for i in range(MAX_NODES["input"])}}
    converted, notes = convert(wide)
    assert converted == {"type": "object", "description": "Any JSON value.", "additionalProperties": True}
    assert notes == ["the schema is too large and left open"]


def test_sides() -> None:
    schema = {
        "type": "object",
        "properties": {"r": {"readOnly": True}, "w": {"writeOnly": True}},
        "required": ["r", "w"],
    }
    assert list(convert(schema, side="input")[0]["properties"]) == ["w"]
    assert list(convert(schema, side="output")[0]["properties"]) == ["r"]
    assert convert(schema, side="output")[0]["required"] == ["r"]


def test_dangling_references_and_odd_names_are_noted() -> None:
    converted, notes = convert({"properties": {"a b": {"$ref": "#/components/schemas/Nope"}}})
    assert converted == {"properties": {"a b": {"description": "Any JSON value."}}}
    assert [n.split(" ")[0] for n in notes] == ["the", "some"]


COMPONENTS = st.fixed_dictionaries({"X": LINKED_SCHEMAS, "Y": LINKED_SCHEMAS})


def _rules(schema: Any, place: str = "") -> None:
    """What every schema of a tool keeps to, wherever it is."""
    assert isinstance(schema, dict), place
    assert schema, place
    assert not {"$ref", "$defs", "$schema", "prefixItems", "const"} & set(schema), place
    assert "type" not in schema or isinstance(schema["type"], str), place
    if schema.get("type") == "array":
        assert isinstance(schema["items"], dict), place
    for key in ("properties", "patternProperties", "dependentSchemas"):
        for name, inner in schema.get(key, {}).items():
            _rules(inner, f"{place}/{key}/{name}")
    for key in ("anyOf", "oneOf", "allOf"):
        for number, inner in enumerate(schema.get(key, ())):
            _rules(inner, f"{place}/{key}/{number}")
    for key in ("items", "not", "if", "then", "else", "contains", "propertyNames"):
        if key in schema:
            _rules(schema[key], f"{place}/{key}")


@settings(max_examples=100, deadline=None)
@given(LINKED_SCHEMAS, COMPONENTS, st.lists(VALUES, min_size=1, max_size=5))
def test_what_fits_the_endpoint_fits_the_tool(schema: Any, schemas: Any, values: list[Any]) -> None:
    converted, notes = convert(schema, schemas)
    _rules(converted)
    whole = {"allOf": [schema], "components": {"schemas": schemas}}
    before, after = Draft202012Validator(whole), Draft202012Validator(converted)
    after.check_schema(converted)
    for value in values:
        try:
            fits = before.is_valid(value)
        except BaseException as error:
            if isinstance(error, RecursionError) or type(error).__name__ == "PanicException":  # of rpds, for the same
                return
            raise
        if fits:
            assert after.is_valid(value)
        elif not notes:
            assert not after.is_valid(value)


@settings(max_examples=30, deadline=None)
@given(st.lists(LINKED_SCHEMAS, max_size=3), LINKED_SCHEMAS, COMPONENTS)
def test_every_listing_is_valid_in_both_eras(inputs: list[Any], output: Any, schemas: Any) -> None:
    parameters = tuple(
        Parameter(name=f"p-{i}", schema=s, required=False, default=Default()) for i, s in enumerate(inputs)
    )
    endpoint = Endpoint(name="f", summary="F", parameters=parameters, result=Result(schema=output))
    listing = rendering.listing(Api(title="T", endpoints=(endpoint,), schemas=schemas))
    for version in ("2025-11-25", "2026-07-28"):
        methods.validate_server_result("tools/list", version, listing)
    tool = listing["tools"][0]
    assert tool["outputSchema"]["type"] == "object"
    assert not {"anyOf", "oneOf", "allOf", "not", "$ref"} & set(tool["inputSchema"])
    _rules(tool["inputSchema"])
    _rules(tool["outputSchema"])
