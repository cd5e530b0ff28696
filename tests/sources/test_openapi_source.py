"""OpenAPI documents of every version read into the model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from apispec.documents import from_data, load
from apispec.errors import ApispecError, DocumentError
from apispec.findings import Severity
from apispec.model import (
    Api,
    Contact,
    Default,
    Endpoint,
    Example,
    HttpCall,
    License,
    MediaType,
    Parameter,
    RequestBody,
    Response,
    Result,
    Server,
    ServerVariable,
    Tag,
    dump_json,
    load_json,
)
from apispec.rendering import openapi as rendering
from apispec.sources import OpenApiSource, find_source, read_document, sources
from apispec.sources.openapi import read
from apispec.sources.openapi_upgrade import keywords_to_2020
from apispec.sources.swagger import to_30
from apispec.tools import operation_name

DOCUMENTS = Path(__file__).parent / "documents"
ANIMAL = {"$ref": "#/components/schemas/Animal"}


@pytest.fixture(scope="module")
def everything() -> Any:
    return read_document(str(DOCUMENTS / "everything.yaml"))


@pytest.fixture(scope="module")
def zoo(everything: Any) -> Api:
    api: Api = everything.api
    return api


def endpoint(api: Api, name: str) -> Endpoint:
    found = api.endpoint(name)
    assert found is not None
    return found


def small(paths: Any, version: str = "3.1.0", **more: Any) -> Any:
    """What is read from a document with these paths."""
    data = {"openapi": version, "info": {"title": "T", "version": "1"}, "paths": paths, **more}
    return read(load("t.json", text=json.dumps(data)))


def test_about_the_api(zoo: Api) -> None:
    assert (zoo.title, zoo.summary, zoo.version, zoo.description) == (
        "Zoo",
        "Keeps animals",
        "2.1.0",
        "About **animals**.",
    )
    assert zoo.contact == Contact(name="Keeper", email="keeper@zoo.example")
    assert zoo.license == License(name="MIT", identifier="MIT")
    assert zoo.terms_of_service == "https://zoo.example/terms"
    assert zoo.external_docs == {"url": "https://zoo.example/docs", "description": "More"}
    assert zoo.servers == (
        Server(
            url="https://{region}.zoo.example/{base}",
            description="Live",
            variables={
                "region": ServerVariable(default="eu", enum=("eu", "us"), description="Where"),
                "base": ServerVariable(default="v2"),
            },
        ),
    )
    assert zoo.tags == (
        Tag(name="animals", description="All of them", external_docs={"url": "https://zoo.example/animals"}),
    )
    assert zoo.security == ({"key": []}, {"oauth": ["read", "write"]})
    assert zoo.security_schemes["key"] == {"type": "apiKey", "in": "header", "name": "X-Key"}
    assert [e.name for e in zoo.endpoints] == [
        "getAnimal", "put_animals_id", "addPicture", "get_events", "getAnimal_2", "get_schemas",
    ]  # fmt: skip


def test_parameters_of_every_place_and_style(zoo: Api) -> None:
    found = endpoint(zoo, "getAnimal").parameters
    assert found == (
        Parameter(name="id", location="path", schema={"type": "integer"}, examples=(Example(value=7),)),
        Parameter(name="lang", location="query", schema={"type": "string"}, required=False, default=Default(value="en"),
                  description="Language"),
        Parameter(name="ids", location="query", schema={"type": "array", "items": {"type": "integer"}}, required=False,
                  style="pipeDelimited", explode=False),
        Parameter(name="filter", location="query", schema={"type": "object"}, required=False, style="deepObject",
                  explode=True, allow_reserved=True),
        Parameter(name="json", location="query", schema={"type": "object"}, required=False,
                  default=Default(value={"a": 1}), media_type="application/json"),
        Parameter(name="X-Trace", location="header", schema={"type": "string"}, required=False),
        Parameter(name="session", location="cookie", schema={"type": "string"}, required=False, deprecated=True),
        Parameter(name="limit", location="query", schema={"type": ["integer", "null"], "minimum": 1}, required=True,
                  examples=(Example(value=3, name="few", summary="Few"),)),
    )  # fmt: skip


def test_an_operation(zoo: Api) -> None:
    found = endpoint(zoo, "getAnimal")
    assert found.call == HttpCall(method="GET", path="/animals/{id}")
    assert found.summary == "An animal"
    assert found.tags == ("animals",)
    assert found.deprecated
    assert found.deprecation == "Use another zoo."
    assert found.security == ()
    assert found.servers == (Server(url="https://old.zoo.example"),)
    assert found.external_docs == {"url": "https://zoo.example/get"}
    assert found.code_samples == ({"lang": "Ruby", "source": "puts 1"},)
    assert found.extensions == {"x-internal": {"a": 1}}
    assert found.location.pointer == "/paths/~1animals~1{id}/get"
    assert found.result == Result(
        schema=ANIMAL,
        description="The animal\n\nExample of application/json, far: <https://zoo.example/cat.json>",
        headers={"X-Rate": {"description": "Left", "schema": {"type": "integer"}}},
        links={"owner": {"operationId": "getOwner", "parameters": {"id": "$response.body#/owner"}}},
        examples=(Example(value={"kind": "cat"}, name="cat", summary="A cat"),),
        other_content=(MediaType(type="application/xml", schema=ANIMAL),),
    )
    problem = MediaType(
        type="application/problem+json", schema={"type": "object", "properties": {"detail": {"type": "string"}}}
    )
    assert found.responses == (Response(status="4XX", description="Wrong", content=(problem,)),)


def test_a_body_with_several_media_types(zoo: Api) -> None:
    found = endpoint(zoo, "put_animals_id")
    assert found.request_body == RequestBody(
        required=True,
        description="The new one",
        content=(
            MediaType(schema=ANIMAL, examples=(Example(value={"kind": "cat"}),)),
            MediaType(type="application/x-www-form-urlencoded", schema=ANIMAL),
        ),
    )
    assert found.result == Result(status="200", description="Never", media_type="")
    assert [r.status for r in found.responses] == ["204", "default"]
    assert found.call == HttpCall(method="PUT", path="/animals/{id}")


def test_closed_forms_are_parameters(zoo: Api) -> None:
    found = endpoint(zoo, "addPicture")
    file = {"type": "string", "format": "binary"}
    assert found.request_body is None
    assert found.parameters == (
        Parameter(name="file", location="file", schema=file, media_type="image/png"),
        Parameter(name="more", location="file", schema=file, multiple=True, required=False),
        Parameter(name="tags", location="form", schema={"type": "array"}, required=False, default=Default(value=["a"])),
        Parameter(name="names", location="form", schema={"type": "array", "items": {"type": "string"}}, required=False,
                  multiple=True),
    )  # fmt: skip
    assert found.call == HttpCall(path="/pictures", media_type="multipart/form-data")
    assert found.result == Result(status="201", media_type="image/png", is_file=True)


def test_streams(zoo: Api) -> None:
    result = endpoint(zoo, "get_events").result
    assert result is not None
    assert result.streaming
    assert result.media_type == "text/event-stream"
    assert result.schema == {"type": "object", "properties": {"data": {"type": "string"}}}


def test_callbacks_and_webhooks(zoo: Api) -> None:
    (moved,) = endpoint(zoo, "put_animals_id").callbacks["moved"]
    assert moved.name == "moved"
    assert moved.call == HttpCall(path="{$request.body#/url}", operation_id="onMoved")
    (born,) = zoo.webhooks
    assert born.name == "born"
    assert born.request_body is not None
    assert born.request_body.content[0].schema == ANIMAL


def test_schemas_that_stand_anywhere_become_components(zoo: Api) -> None:
    result = endpoint(zoo, "get_schemas").result
    assert result is not None
    assert result.schema == {
        "anyOf": [
            {"$ref": "#/components/schemas/events_get"},
            {"$ref": "#/components/schemas/Problem"},
            {},
        ]
    }
    assert list(zoo.schemas) == ["Animal", "Cat", "Dog", "events_get", "Problem"]
    assert zoo.schemas["Dog"] is True
    assert zoo.schemas["Animal"]["discriminator"] == {  # type: ignore[index]
        "propertyName": "kind", "mapping": {"cat": "#/components/schemas/Cat", "dog": "Dog"},
    }  # fmt: skip


def test_what_was_odd_is_said(everything: Any) -> None:
    assert [(f.rule, f.location.pointer) for f in everything.findings] == [
        ("invalid-document", "/paths/~1odd/get"),
        (
            "dangling-reference",
            "/paths/~1schemas/get/responses/200/content/application~1json/schema/anyOf/2/$ref",
        ),
        ("duplicate-operation-id", "/paths/~1odd/post/operationId"),
        ("link-to-unknown-operation", "/paths/~1animals~1{id}/get/responses/200/links/owner/operationId"),
    ]
    errors = [f.rule for f in everything.findings if f.severity is not Severity.WARNING]
    assert errors == ["dangling-reference"], "what is not there cannot be published; the rest was read all the same"
    assert all(f.location.line for f in everything.findings)
    assert all(f.location.file.endswith("everything.yaml") for f in everything.findings)
    assert everything.findings[0].location.line == 101


def test_the_document_is_kept_and_the_model_can_travel(zoo: Api) -> None:
    assert json.loads(rendering.render(zoo, validate=False)) == zoo.document
    assert load_json(Api, dump_json(zoo)) == zoo


def test_swagger() -> None:
    read_ = read_document(str(DOCUMENTS / "swagger.yaml"))
    api = read_.api
    assert [s.url for s in api.servers] == ["https://old.example/v1", "http://old.example/v1"]
    assert [(f.rule, f.location.pointer) for f in read_.findings] == [
        ("invalid-document", "/definitions/Thing/properties/default/type"),
        ("invalid-document", "/securityDefinitions/odd/type"),
        ("not-in-version", "/paths/~1things~1{id}/get"),
    ]
    listed = endpoint(api, "listThings")
    assert [(p.name, p.location, p.style, p.explode) for p in listed.parameters] == [
        ("id", "path", "", None),
        ("limit", "query", "", None),
        ("ids", "query", "form", True),
        ("csv", "query", "form", False),
        ("tsv", "query", "spaceDelimited", False),
        ("X-A", "header", "", None),
    ]
    assert listed.parameters[1].schema == {"type": "integer", "exclusiveMaximum": 9}
    assert listed.parameters[1].examples == (Example(value=3),)
    assert listed.result is not None
    assert listed.result.schema == {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}
    assert listed.result.examples == (Example(value=[{"name": "a"}]),)
    assert listed.result.headers == {"X-Left": {"description": "Left", "schema": {"type": "integer"}}}
    assert [m.type for m in listed.result.other_content] == ["text/csv"]
    assert listed.responses == (Response(status="410", description="Gone"),)
    posted = endpoint(api, "post_things_id").request_body
    assert posted == RequestBody(
        required=True, description="It", content=(MediaType(schema={"$ref": "#/components/schemas/Thing"}),)
    )
    put = endpoint(api, "put_things_id").request_body
    assert put is not None
    assert put.content[0].type == "multipart/form-data"
    assert put.content[0].schema == {
        "type": "object",
        "properties": {
            "name": {"type": "string", "description": "Name"},
            "tags": {"type": "array", "items": {"type": "string"}},
            "picture": {"type": "string", "format": "binary"},
        },
        "required": ["name"],
    }
    assert put.content[0].encoding == {"tags": {"style": "form", "explode": True}}
    file = endpoint(api, "get_file").result
    assert file is not None
    assert (file.media_type, file.is_file) == ("application/pdf", True)
    assert api.schemas["Thing"] == {
        "type": "object",
        "discriminator": {"propertyName": "kind"},
        "properties": {
            "name": {"type": ["string", "null"], "examples": ["a"]},
            "type": {"type": "string"},
            "default": {"type": "string", "format": "binary"},
        },
        "required": ["name"],
    }
    assert api.security_schemes == {
        "basic": {"type": "http", "scheme": "basic"},
        "key": {"type": "apiKey", "name": "k", "in": "query"},
        "oauth": {
            "type": "oauth2",
            "flows": {
                "authorizationCode": {
                    "scopes": {"r": "read"}, "authorizationUrl": "https://a.example", "tokenUrl": "https://t.example",
                }
            },
        },
    }  # fmt: skip
    assert api.document is not None
    assert api.document["x-mine"] == 1
    rendering.render(api)  # validates


SWAGGER = {"swagger": "2.0", "info": {"title": "T", "version": "1"}}


@pytest.mark.parametrize(
    ("more", "urls"),
    [
        ({}, []), ({"basePath": "/"}, []), ({"basePath": "/v1"}, ["/v1"]), ({"host": "a.example"}, ["https://a.example"]),
        ({"host": "a.example", "basePath": "/v1/", "schemes": ["ws"]}, ["ws://a.example/v1"]), ({"basePath": 7}, []),
    ],
)  # fmt: skip
def test_where_swagger_documents_are_served(more: Any, urls: list[str]) -> None:
    api = read(from_data({**SWAGGER, **more, "paths": {}})).api
    assert [s.url for s in api.servers] == urls
    assert api.schemas == {}


def test_what_looks_like_a_reference_in_data_of_swagger_stays() -> None:
    said = {"$ref": "#/definitions/Pet"}
    response = {"description": "A", "schema": dict(said), "examples": {"application/json": dict(said)}}
    pet = {"type": "object", "example": {"next": dict(said)}, "properties": {"mother": dict(said)}}
    document = {
        **SWAGGER,
        "paths": {"/pets": {"get": {"produces": ["application/json"], "responses": {"200": response}}}},
        "definitions": {"Pet": pet},
    }
    made = to_30(from_data(document), [])
    media = made["paths"]["/pets"]["get"]["responses"]["200"]["content"]["application/json"]
    assert media == {"schema": {"$ref": "#/components/schemas/Pet"}, "example": said}
    schema = made["components"]["schemas"]["Pet"]
    assert schema["example"] == {"next": said} and schema["properties"]["mother"] == media["schema"]


def test_odd_parts_of_swagger() -> None:
    operation = {
        "consumes": "text/plain",
        "parameters": [
            {"name": "a", "in": "query", "type": "array", "items": {"type": "array", "items": {"type": "string"}},
             "collectionFormat": "pipes", "allowEmptyValue": True, "x-note": 1},
            {"name": "n", "in": "formData", "type": "string"},
        ],
        "responses": {"200": {"description": "x", "examples": {"text/html": "<p>"}, "x-note": 1}, "x-what": 1,
                      "404": {"$ref": "other.yaml#/responses/Gone"}},
        "x-mine": 2,
    }  # fmt: skip
    found = read(from_data({**SWAGGER, "paths": {"/a": {"post": operation, "x-a": 1}, "/b": {"post": {
        "parameters": [{"name": "b", "in": "body", "schema": {"type": "object", "properties": {
            "default": {"$ref": "#/definitions/D"}}}}], "responses": {}}}}, "definitions": {"D": {"type": "integer"}}}))  # fmt: skip
    first, second = found.api.endpoints
    assert first.parameters[0].style == "pipeDelimited"
    assert first.request_body is not None
    assert first.request_body.content[0].type == "application/x-www-form-urlencoded"
    assert not first.request_body.required
    assert first.result is not None
    assert first.result.media_type == "text/html"
    assert first.result.examples == (Example(value="<p>"),)
    assert first.responses == (Response(status="404"),)
    assert first.extensions == {"x-mine": 2}
    assert second.request_body is not None
    assert second.request_body.content[0].schema == {
        "type": "object", "properties": {"default": {"$ref": "#/components/schemas/D"}},
    }  # fmt: skip


def test_several_files() -> None:
    api = read_document(str(DOCUMENTS / "shop" / "openapi.yaml")).api
    listed = endpoint(api, "listItems")
    assert listed.parameters == (
        Parameter(name="page", location="query", schema={"type": ["integer", "null"]}, required=False),
    )
    assert listed.result is not None
    assert listed.result.schema == {"type": "array", "items": {"$ref": "#/components/schemas/Item"}}
    assert api.schemas == {
        "Local": {"type": "string"},
        "Item": {
            "type": "object",
            "properties": {
                "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Item"}},
                "local": {"$ref": "#/components/schemas/Local"},
            },
        },
    }


def test_several_files_are_published_as_one_without_paths_of_this_machine() -> None:
    api = read_document(str(DOCUMENTS / "shop" / "openapi.yaml")).api
    findings: list[Any] = []
    text = rendering.render(api, findings=findings)
    assert findings == []
    assert str(DOCUMENTS) not in text
    document = json.loads(text)
    assert "x-apispec-files" not in document
    assert {*document["components"]} == {"schemas", "parameters"}
    again = read(from_data(document)).api
    assert again.schemas == api.schemas
    assert [e.parameters for e in again.endpoints] == [e.parameters for e in api.endpoints]


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
        ({"type": "string", "nullable": False}, {"type": "string"}),
        ({"nullable": True}, {}),
        ({"nullable": True, "allOf": [1], "title": "t"}, {"title": "t", "anyOf": [{"allOf": [1]}, {"type": "null"}]}),
        (
            {"type": "object", "nullable": True, "oneOf": [1]},
            {"anyOf": [{"type": "object", "oneOf": [1]}, {"type": "null"}]},
        ),
        ({"minimum": 1, "exclusiveMinimum": True}, {"exclusiveMinimum": 1}),
        ({"maximum": 1, "exclusiveMaximum": False}, {"maximum": 1}),
        ({"exclusiveMinimum": True}, {}),
        ({"example": 1}, {"examples": [1]}),
        ({"type": "string", "format": "byte"}, {"type": "string", "contentEncoding": "base64"}),
        ({"$ref": "#/a", "description": "kept", "minimum": 1}, {"$ref": "#/a", "description": "kept"}),
        ({"$ref": "#/a", "nullable": True}, {"anyOf": [{"$ref": "#/a"}, {"type": "null"}]}),
        ({"discriminator": "kind"}, {"discriminator": {"propertyName": "kind"}}),
    ],
)
def test_schemas_of_3_0(schema: Any, expected: Any) -> None:
    assert keywords_to_2020(schema) == expected


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ("no schema", {}), (False, False), ({"type": "any"}, {}), ({"type": ["string", "any"]}, {"type": "string"}),
        ({"type": {"a": 1}}, {}), ({"required": True}, {}), ({"required": ["a", "a", 1]}, {"required": ["a"]}),
        ({"enum": "a"}, {}), ({"properties": []}, {}), ({"items": [1]}, {}), ({"anyOf": {}}, {}), ({"minimum": "1"}, {}),
        ({"maxLength": True}, {}), ({"title": 1}, {}), ({"examples": {}}, {}), ({"discriminator": 1}, {}),
        ({"$ref": 1}, {}), ({"$id": "a", "$defs": {}}, {}), ({"x-a": 1, "custom": 2}, {"x-a": 1, "custom": 2}),
        ({"$ref": "other.yaml"}, {}), ({"discriminator": {"mapping": {"a": "#/nope"}}},
                                       {"discriminator": {"mapping": {"a": "#/nope"}}}),
    ],
)  # fmt: skip
def test_schemas_that_are_wrong_say_nothing(schema: Any, expected: Any) -> None:
    assert small({}, components={"schemas": {"A": schema}}).api.schemas == {"A": expected}


def test_patterns_that_cannot_be_used_do_not_spoil_their_schema() -> None:
    schema = {"pattern": "[\\w-.]+", "items": {"pattern": "[\\w-.]+"}, "patternProperties": {"(": {}, "^a": {}}}
    found = small({}, components={"schemas": {"A": schema, "B": {"pattern": "^\\p{L}+$"}}})
    assert found.api.schemas == {
        "A": {"x-pattern": "[\\w-.]+", "items": {"x-pattern": "[\\w-.]+"}, "patternProperties": {"^a": {}}},
        "B": {"pattern": "^\\p{L}+$"},
    }
    assert [(f.rule, f.location.pointer) for f in found.findings] == [
        ("unusable-pattern", "/components/schemas/A/pattern"),
        ("unusable-pattern", "/components/schemas/A/patternProperties/("),
    ]


def test_references_that_go_round() -> None:
    parameters = {"A": {"$ref": "#/components/parameters/B"}, "B": {"$ref": "#/components/parameters/A"}}
    paths = {"/a": {"get": {"parameters": [{"$ref": "#/components/parameters/A"}], "responses": {}}}}
    found = small(paths, components={"parameters": parameters, "schemas": {"A": {"$ref": "#/components/schemas/A"}}})
    assert found.api.endpoints[0].parameters == ()
    assert found.api.schemas == {"A": {"$ref": "#/components/schemas/A"}}
    assert found.api.endpoints[0].result is None


def test_names_with_other_characters() -> None:
    schemas = {"a/b c": {"type": "string"}, "List": {"items": {"$ref": "#/components/schemas/a~1b%20c"}}}
    assert small({}, components={"schemas": schemas}).api.schemas == {
        "a/b c": {"type": "string"},
        "List": {"items": {"$ref": "#/components/schemas/a~1b c"}},
    }


def test_newer_methods_and_item_schemas() -> None:
    stream = {"200": {"description": "", "content": {"application/jsonl": {"itemSchema": {"type": "integer"}}}}}
    item = {"query": {"responses": stream}, "additionalOperations": {"COPY": {"responses": {}}}}
    found = small({"/a": item}, "3.2.0").api
    assert [(e.name, e.call.method) for e in found.endpoints] == [("query_a", "QUERY"), ("copy_a", "COPY")]  # type: ignore[union-attr]
    assert found.endpoints[0].result == Result(
        schema={"type": "integer"}, streaming=True, media_type="application/jsonl"
    )


def test_bodies_that_stay_bodies() -> None:
    closed = {"type": "object", "properties": {"a": {"type": "string"}}, "additionalProperties": False}
    bodies: dict[str, Any] = {
        "described": {"description": "d", "content": {"application/json": {"schema": closed}}},
        "required": {"required": True, "content": {"application/json": {"schema": closed}}},
        "open": {"content": {"application/json": {"schema": {"type": "object", "properties": {"a": {}}}}}},
        "named": {"content": {"application/json": {"schema": {**closed, "title": "Named"}}}},
        "text": {"content": {"text/plain": {"schema": closed}}},
        "nothing": {"content": {}},
        "taken": {"content": {"application/json": {"schema": closed}}},
        "parameters": {"content": {"application/json": {"schema": closed}}},
    }
    a = [{"name": "a", "in": "query", "schema": True}]
    paths = {f"/{name}": {"post": {"operationId": name, "requestBody": body, "responses": {},
                                   "parameters": a if name == "taken" else []}} for name, body in bodies.items()}  # fmt: skip
    api = small(paths).api
    with_body = [e.name for e in api.endpoints if e.request_body is not None]
    assert with_body == ["described", "required", "open", "named", "text", "taken"]
    assert endpoint(api, "parameters").parameters == (Parameter(name="a", schema={"type": "string"}, required=False),)


def test_forms_with_other_fields() -> None:
    schema = {"type": "object", "additionalProperties": False, "properties": {
        "any": True, "image": {"type": "string", "contentMediaType": "image/png"},
        "text": {"type": "string", "contentEncoding": "base64", "contentMediaType": "image/png"},
    }}  # fmt: skip
    content = {"multipart/form-data": {"schema": schema}}
    api = small({"/a": {"post": {"requestBody": {"content": content}, "responses": {}}}}).api
    assert [(p.name, p.location) for p in api.endpoints[0].parameters] == [
        ("any", "form"), ("image", "file"), ("text", "form"),
    ]  # fmt: skip


def test_parameters_that_say_where_their_type_came_from() -> None:
    schema = {"type": "string", "x-type-source": "docstring", "x-python-default": "object()"}
    parameters = [{"name": "a", "in": "query", "schema": schema}, {"name": 7, "in": "query"}, {"in": "query"}, 7]
    found = small({"/a": {"get": {"parameters": parameters, "responses": {}}}}).api.endpoints[0].parameters
    assert found[0] == Parameter(name="a", location="query", schema={"type": "string"}, required=False,
                                 default=Default(text="object()"), type_source="docstring")  # fmt: skip
    assert [p.name for p in found] == ["a", "7"]


def test_a_default_response_is_the_result_where_there_is_no_other() -> None:
    responses = {"default": {"description": "x", "content": {"application/json": {}}}, "404": {"description": "no"}}
    found = small({"/a": {"get": {"responses": responses}}}).api.endpoints[0]
    assert found.result == Result(status="default", description="x")
    assert [r.status for r in found.responses] == ["404"]


def test_one_bad_operation_hides_no_other() -> None:
    good = {"responses": {"200": {"description": ""}}}
    bad = {
        **good,
        "operationId": "x",
        "responses": {"200": {"content": {"application/json": {"examples": {"a": {"value": {1: 2}}}}}}},
    }
    paths = {
        "/a": {"get": good, "post": {**bad, "parameters": 7, "tags": {}, "security": {}}},
        "/b": {"get": good},
        "x-a": 1,
        7: {},
    }
    assert [e.name for e in small(paths).api.endpoints] == ["get_a", "x", "get_b"]


@pytest.mark.parametrize(
    ("method", "path", "name"), [("GET", "/", "get"), ("POST", "/a-b/{c}", "post_a_b_c"), ("GET", "/é", "get")]
)
def test_names_for_operations(method: str, path: str, name: str) -> None:
    assert operation_name(method, path) == name


@pytest.mark.parametrize("content", ["{}", "[]", '{"a": 1}', "{", ""])
def test_what_is_no_document(content: str, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DocumentError):
        read_document(str(path))


def test_which_source_a_target_is_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apispec.sources.registry.entry_points", lambda group: [])
    for target in ("a.json", "x/b.YAML", "c.yml", "https://x.example/api"):
        source = find_source(target)
        assert source is not None
        assert source.name == "openapi"
    (tmp_path / "d.json").mkdir()
    for target in ("app.py", "package.module:app", str(tmp_path / "d.json")):
        assert find_source(target) is None
    with pytest.raises(DocumentError, match="remote"):
        read_document("https://x.example/api.json")


class _Theirs:
    name = "theirs"

    def matches(self, target: str) -> bool:
        return target.endswith(".raml")

    def read(self, target: str, options: Any) -> Any:
        raise NotImplementedError


def test_sources_of_other_packages_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    class Entry:
        def __init__(self, name: str, value: Any) -> None:
            self.name, self.value, self._object = name, "their.module:thing", value

        def load(self) -> Any:
            if isinstance(self._object, Exception):
                raise self._object
            return self._object

    monkeypatch.setattr(
        "apispec.sources.registry.entry_points", lambda group: [Entry("b", _Theirs()), Entry("a", _Theirs)]
    )
    assert [s.name for s in sources()] == ["theirs", "theirs", "openapi"]
    assert isinstance(find_source("x.raml"), _Theirs)
    assert isinstance(find_source("x.json"), OpenApiSource)
    monkeypatch.setattr("apispec.sources.registry.entry_points", lambda group: [Entry("a", ImportError("broken"))])
    with pytest.raises(ApispecError, match="broken"):
        list(sources())
