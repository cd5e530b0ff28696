"""The OpenAPI document: what each part of the model becomes, in each version, valid every time."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
import yaml
from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator, OpenAPIV32SpecValidator
from rendered_apis import ADD, COUNT, HIDDEN, ITEM, PAINT, UPLOAD, WHOLE

from apispec.errors import DocumentError, TemplateError
from apispec.model import (
    Api,
    Default,
    Endpoint,
    Example,
    GradioCall,
    HttpCall,
    MediaType,
    Parameter,
    RequestBody,
    Response,
    Result,
    Server,
)
from apispec.rendering import openapi
from apispec.rendering.openapi_shared import INVALID_ARGUMENTS, PROBLEM
from apispec.runtime.problems import InvalidField, invalid

VALIDATORS = {"3.0": OpenAPIV30SpecValidator, "3.1": OpenAPIV31SpecValidator, "3.2": OpenAPIV32SpecValidator}
SAMPLES = {"add": [{"lang": "Python", "label": "Python", "source": "print('</script> {{ x }}')\n"}]}


def api(*endpoints: Endpoint, **more: Any) -> Api:
    return Api(title="T", endpoints=endpoints, **more)


def operation(endpoint: Endpoint, **more: Any) -> dict[str, Any]:
    """The only operation of a document with one endpoint."""
    paths = openapi.document(api(endpoint, **more))["paths"]
    return next(iter(next(iter(paths.values())).values()))


@pytest.mark.parametrize("version", VALIDATORS)
def test_the_whole_document(version: Any, golden: Any) -> None:
    findings: list[Any] = []
    text = openapi.render(WHOLE, version=version, samples=SAMPLES, findings=findings)
    golden(f"openapi/whole-{version}.json", text)
    assert [str(e) for e in VALIDATORS[version](json.loads(text)).iter_errors()] == []
    assert {f.rule for f in findings} == ({"not-in-version"} if version == "3.0" else set())


def test_yaml_holds_the_same(golden: Any) -> None:
    text = openapi.render(WHOLE, samples=SAMPLES)
    as_yaml = openapi.render_yaml(text)
    golden("openapi/whole-3.1.yaml", as_yaml)
    assert yaml.safe_load(as_yaml) == json.loads(text)


def test_a_function() -> None:
    assert operation(ADD, source="other") == {
        "operationId": "add",
        "summary": "Add two numbers",
        "description": "Says `{{ 1 }}` and </script>.",
        "tags": ["math"],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "properties": {
                            "a": {"type": "integer", "description": "The first one."},
                            "b": {"anyOf": [{"type": "number"}, {"type": "null"}], "default": None, "examples": [2.5]},
                            "limit": {"type": "number", "x-python-default": "inf"},
                        },
                        "required": ["a"],
                        "additionalProperties": False,
                    },
                    "examples": {"small": {"summary": "Two small ones", "value": {"a": 1, "b": 2}}},
                }
            },
        },
        "responses": {
            "200": {"description": "The sum.", "content": {"application/json": {"schema": {"type": "number"}}}},
            "404": {"description": "No such number"},
        },
        "x-mcp-annotations": {"readOnlyHint": True, "title": "Adder"},
    }


def test_functions_answer_with_problems() -> None:
    document = openapi.document(api(ADD))
    responses = document["paths"]["/add"]["post"]["responses"]
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    assert responses["404"] == {"description": "No such number", "content": problem}
    assert responses["422"] == {"$ref": "#/components/responses/InvalidArguments"}
    assert responses["default"] == {"$ref": "#/components/responses/Problem"}
    assert document["components"] == {
        "schemas": {"Problem": PROBLEM, "InvalidArguments": INVALID_ARGUMENTS},
        "responses": {
            "InvalidArguments": {
                "description": "The arguments do not fit.",
                "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/InvalidArguments"}}},
            },
            "Problem": {"description": "Any other error.", "content": problem},
        },
    }


def test_the_problem_that_is_answered_is_the_one_described() -> None:
    import jsonschema

    answer = invalid([InvalidField("/a", "is missing", "nothing")]).to_json()
    jsonschema.Draft202012Validator(INVALID_ARGUMENTS).validate(answer)
    assert set(answer) <= set(INVALID_ARGUMENTS["properties"])
    assert set(answer["errors"][0]) == set(INVALID_ARGUMENTS["properties"]["errors"]["items"]["properties"])


def test_a_component_called_problem_stays_what_it_is() -> None:
    document = openapi.document(api(ADD, schemas={"Problem": {"type": "string"}}))
    assert document["components"]["schemas"]["Problem"] == {"type": "string"}
    assert document["components"]["schemas"]["ApispecProblem"] == PROBLEM


def test_files_and_fields() -> None:
    content = operation(UPLOAD)["requestBody"]["content"]["multipart/form-data"]
    assert content["schema"]["properties"] == {
        "table": {"type": "string", "format": "binary", "description": "A table."},
        "pictures": {"type": "array", "items": {"type": "string", "format": "binary"}},
        "columns": {
            "type": "string",
            "contentMediaType": "application/json",
            "contentSchema": {"type": "array", "items": {"type": "integer"}, "default": [1]},
        },
        "title": {"type": "string"},
    }
    assert content["encoding"] == {"table": {"contentType": "text/csv"}}
    assert operation(UPLOAD)["responses"]["200"]["content"] == {
        "image/png": {"schema": {"type": "string", "format": "binary"}}
    }


def test_parameters_outside_the_body() -> None:
    described = operation(COUNT)
    assert described["parameters"] == [
        {"name": "to", "in": "path", "required": True, "schema": {"type": "integer"}},
        {
            "name": "by", "in": "query", "schema": {"type": "integer", "minimum": 1, "default": 1},
            "examples": {"three": {"value": 3}},
        },
        {
            "name": "X-Trace", "in": "header", "deprecated": True, "explode": True,
            "schema": {"type": "array", "items": {"type": "string"}},
        },
    ]  # fmt: skip
    assert "requestBody" not in described
    assert described["security"] == []
    assert described["deprecated"] is True
    assert described["x-deprecation"] == "Use add."
    assert described["x-apispec-source"] == "static"
    assert described["x-overloads"] == ["(to: int) -> int", "(to: str) -> str"]


def test_a_stream_is_described_event_by_event() -> None:
    for version, key in (("3.1", "schema"), ("3.2", "itemSchema")):
        document = openapi.document(api(COUNT), version=version)  # type: ignore[arg-type]
        content = document["paths"]["/count/{to}"]["get"]["responses"]["200"]["content"]
        event = content["text/event-stream"][key]
        data = {v["properties"]["event"]["const"]: v["properties"]["data"]["contentSchema"] for v in event["anyOf"]}
        assert data == {
            "generating": {"type": "integer"},
            "complete": {"type": "null"},
            "heartbeat": {"type": "null"},
            "error": {"$ref": "#/components/schemas/Problem"},
        }
        assert content["application/json"]["schema"]["items"] == {"type": "integer"}


def test_gradio_calls() -> None:
    document = openapi.document(api(PAINT, schemas={"Item": ITEM}, source="gradio"))
    assert {p: list(i) for p, i in document["paths"].items()} == {
        "/gradio_api/call/paint": ["post"],
        "/gradio_api/call/v2/paint": ["post"],
        "/gradio_api/call/paint/{event_id}": ["get"],
        "/gradio_api/upload": ["post"],
        "/gradio_api/file={path}": ["get"],
    }
    posted = document["paths"]["/gradio_api/call/paint"]["post"]
    body = posted["requestBody"]["content"]["application/json"]
    assert body["schema"]["properties"]["data"] == {
        "type": "array",
        "description": "The arguments, in order.",
        "prefixItems": [
            {"$ref": "#/components/schemas/FileData", "title": "picture"},
            {"$ref": "#/components/schemas/Item", "title": "item"},
            {"type": "string", "enum": ["red", "blue"], "default": "red", "title": "colour"},
        ],
        "items": False,
        "minItems": 3,
        "maxItems": 3,
    }
    assert body["examples"]["blue"]["value"]["data"][2] == "blue"
    assert posted["x-apispec-state"] is True
    named = document["paths"]["/gradio_api/call/v2/paint"]["post"]["requestBody"]["content"]["application/json"][
        "schema"
    ]
    assert list(named["properties"]) == ["picture", "item", "colour"]
    assert named["required"] == ["picture", "item"]
    events = document["paths"]["/gradio_api/call/paint/{event_id}"]["get"]["responses"]["200"]["content"]
    outputs = events["text/event-stream"]["schema"]["anyOf"][1]["properties"]["data"]["contentSchema"]
    assert outputs["prefixItems"] == [
        {"type": "string", "title": "Picture"},
        {"type": "number", "title": "Score", "description": "From 0 to 1."},
    ]
    ids = [o["operationId"] for i in document["paths"].values() for o in i.values()]
    assert ids == ["paint", "paint_named", "paint_events", "upload", "download"]


def test_gradio_names_are_part_of_a_url() -> None:
    paths = openapi.document(api(Endpoint(name="a b", call=GradioCall(prefix="", api_name="a b?"))))["paths"]
    assert list(paths) == ["/call/a%20b%3F", "/call/a%20b%3F/{event_id}"]
    call = GradioCall(prefix="", api_name="a/b")
    assert openapi.document(api(Endpoint(name="a/b", call=call)))["paths"] == {}, "no path leads to it"


def test_hidden_endpoints_leave_nothing() -> None:
    document = openapi.document(WHOLE)
    assert "Secret" not in json.dumps(document)
    assert HIDDEN.name not in json.dumps(document)


def test_only_components_that_are_seen_are_kept() -> None:
    refs = {n: {"$ref": f"#/components/schemas/{n}"} for n in "ABCDEFG"}
    endpoint = Endpoint(
        name="f",
        parameters=(Parameter(name="a", location="query", schema=refs["A"]),),
        request_body=RequestBody(content=(MediaType(schema=refs["B"]),)),
        result=Result(schema=refs["C"], headers={"X": {"schema": refs["D"]}}, other_content=(
            MediaType(type="application/jsonl", item_schema=refs["E"]),)),
        responses=(Response(status="404", content=(MediaType(schema=refs["F"]),)),),
    )  # fmt: skip
    schemas: dict[str, Any] = {n: {"type": "string"} for n in "ABCDEFGH"}
    schemas["A"] = {"items": refs["G"]}
    hidden = replace(HIDDEN, result=Result(schema={"$ref": "#/components/schemas/H"}))
    document = openapi.document(api(endpoint, hidden, schemas=schemas, source="other"))
    assert list(document["components"]["schemas"]) == list("ABCDEFG")


def test_defaults_that_do_not_fit_are_text() -> None:
    endpoint = Endpoint(
        name="f",
        parameters=(
            Parameter(name="a", schema={"type": "integer"}, required=False, default=Default()),
            Parameter(name="b", location="query", schema={"type": "string", "maxLength": 1}, required=False,
                      default=Default(value="ab")),
            Parameter(name="c", schema={"$ref": "#/components/schemas/Item"}, required=False,
                      default=Default(value={"price": 1})),
            Parameter(name="d", schema={"enum": [1, 2]}, required=False, default=Default(value=True)),
            Parameter(name="e", schema={"type": "string", "format": "date"}, required=False,
                      default=Default(value="2024-02-30")),
        ),
        call=HttpCall(path="/f"),
    )  # fmt: skip
    findings: list[Any] = []
    text = openapi.render(api(endpoint, schemas={"Item": ITEM}), findings=findings)
    described = json.loads(text)["paths"]["/f"]["post"]
    properties = described["requestBody"]["content"]["application/json"]["schema"]["properties"]
    assert properties["a"] == {"type": "integer", "x-python-default": "None"}
    assert described["parameters"][0]["schema"] == {"type": "string", "maxLength": 1, "x-python-default": "'ab'"}
    assert properties["c"]["default"] == {"price": 1}
    assert properties["d"] == {"enum": [1, 2], "x-python-default": "True"}
    assert properties["e"]["x-python-default"] == "'2024-02-30'"
    assert [f.message.split(" does")[0] for f in findings] == [f"The default of {n}" for n in "abde"]


def test_paths_that_clash_and_names_without_parameters() -> None:
    findings: list[Any] = []
    first = Endpoint(name="a", call=HttpCall(method="GET", path="/x/{id}"), result=Result())
    document = openapi.document(api(first, replace(first, name="b"), replace(first, name="c", call=HttpCall(path="y"))),
                                findings=findings)  # fmt: skip
    assert document["paths"]["/x/{id}"]["get"]["operationId"] == "a"
    assert document["paths"]["/x/{id}"]["get"]["parameters"][0]["name"] == "id"
    assert "/y" in document["paths"]
    assert [f.rule for f in findings] == [
        "undeclared-path-parameter",
        "undeclared-path-parameter",
        "duplicate-operation",
    ]
    assert findings[2].subject == "endpoint b"


def test_methods_that_only_some_versions_know() -> None:
    query = Endpoint(name="q", call=HttpCall(method="QUERY", path="/q"), result=Result())
    copy = Endpoint(name="c", call=HttpCall(method="COPY", path="/q"), result=Result())
    document = json.loads(openapi.render(api(query, copy), version="3.2"))
    assert document["paths"]["/q"]["query"]["operationId"] == "q"
    assert document["paths"]["/q"]["additionalOperations"]["COPY"]["operationId"] == "c"
    findings: list[Any] = []
    assert openapi.document(api(query, copy), findings=findings)["paths"] == {}
    assert [f.rule for f in findings] == ["method-not-in-version"] * 2


def test_operation_ids_are_unique() -> None:
    endpoints = (Endpoint(name="upload", call=HttpCall(path="/upload")), PAINT, Endpoint(name="paint_events"))
    document = openapi.document(api(*endpoints, schemas={"Item": ITEM}))
    ids = [o["operationId"] for i in document["paths"].values() for o in i.values()]
    assert len(ids) == len(set(ids)) == 7


def test_component_names_that_openapi_forbids() -> None:
    schemas = {
        "Page[Item]": {"type": "array", "items": {"$ref": "#/components/schemas/Page[Item]"}},
        "Page_Item": {"oneOf": [{"$ref": "#/components/schemas/Page[Item]"}],
                      "discriminator": {"propertyName": "k", "mapping": {"a": "#/components/schemas/Page[Item]"}}},
    }  # fmt: skip
    endpoint = Endpoint(name="f", result=Result(schema={"$ref": "#/components/schemas/Page[Item]"}))
    document = openapi.document(api(endpoint, schemas=schemas, source="other"))
    assert document["components"]["schemas"] == {
        "Page_Item_2": {"type": "array", "items": {"$ref": "#/components/schemas/Page_Item_2"}},
        "Page_Item": {"oneOf": [{"$ref": "#/components/schemas/Page_Item_2"}],
                      "discriminator": {"propertyName": "k", "mapping": {"a": "#/components/schemas/Page_Item_2"}}},
    }  # fmt: skip


def test_security_that_a_version_does_not_know() -> None:
    flows = {"deviceAuthorization": {"deviceAuthorizationUrl": "https://a", "tokenUrl": "https://b", "scopes": {}},
             "password": {"tokenUrl": "https://b", "scopes": {}}}  # fmt: skip
    schemes = {"m": {"type": "mutualTLS"}, "o": {"type": "oauth2", "flows": flows}}
    whole = api(ADD, security_schemes=schemes, security=({"m": []}, {"o": []}))
    for version, names, kept in (("3.0", ["o"], ["password"]), ("3.1", ["m", "o"], ["password"]),
                                 ("3.2", ["m", "o"], ["deviceAuthorization", "password"])):  # fmt: skip
        findings: list[Any] = []
        document = json.loads(openapi.render(whole, version=version, findings=findings))  # type: ignore[arg-type]
        assert list(document["components"]["securitySchemes"]) == names
        assert list(document["components"]["securitySchemes"]["o"]["flows"]) == kept
        assert document["security"] == [{n: []} for n in names]
        assert sum(f.severity == "warning" for f in findings) == {"3.0": 2, "3.1": 1, "3.2": 0}[version]


def test_samples_from_a_function_come_after_those_of_the_source() -> None:
    endpoint = replace(ADD, code_samples=({"lang": "Ruby", "source": "p 1"},))
    document = openapi.document(api(endpoint), samples=lambda e: [{"lang": "Python", "source": e.name}])
    assert document["paths"]["/add"]["post"]["x-codeSamples"] == [
        {"lang": "Ruby", "source": "p 1"},
        {"lang": "Python", "source": "add"},
    ]


def test_snippets_as_samples() -> None:
    from apispec.snippets import snippets

    whole = api(ADD)
    samples = openapi.code_samples(snippets(whole, ADD))
    assert [(s["lang"], s["label"]) for s in samples] == [
        ("Python", "Python"), ("JavaScript", "JavaScript"), ("Shell", "cURL"),
    ]  # fmt: skip
    assert all("/add" in s["source"] for s in samples)


GIVEN = {
    "openapi": "3.0.3",
    "x-mine": {"b": 1, "a": [None]},
    "info": {"title": "T", "version": "1"},
    "paths": {
        "/a": {
            "summary": "s",
            "get": {
                "operationId": "a",
                "x-codeSamples": [{"lang": "Go", "source": "g"}],
                "responses": {"200": {"description": ""}},
            },
        },
        "/b": {"post": {"responses": {"200": {"description": ""}}}},
    },
    "tags": [{"name": "t"}],
}


def test_a_document_is_kept() -> None:
    endpoints = (
        Endpoint(name="a", call=HttpCall(method="GET", path="/a")),
        Endpoint(name="b", call=HttpCall(path="/b")),
    )
    whole = api(*endpoints, document=GIVEN, source="openapi")
    assert json.loads(openapi.render(whole)) == GIVEN
    findings: list[Any] = []
    text = openapi.render(whole, version="3.1", samples={"a": [{"lang": "Python", "source": "p"}]}, findings=findings)
    expected = json.loads(json.dumps(GIVEN))
    expected["paths"]["/a"]["get"]["x-codeSamples"].append({"lang": "Python", "source": "p"})
    assert json.loads(text) == expected
    assert [f.rule for f in findings] == ["version-kept"]


def test_templates_can_be_replaced(tmp_path: Any) -> None:
    folder = tmp_path / "openapi"
    folder.mkdir()
    template = folder / "openapi.json.jinja"
    template.write_text(
        '{% extends "apispec/openapi/openapi.json.jinja" %}{% block info %}, "info": {"title": "Mine", "version": "9"}{% endblock %}',
        encoding="utf-8",
    )
    assert json.loads(openapi.render(api(ADD), template_dirs=[tmp_path]))["info"] == {"title": "Mine", "version": "9"}


@pytest.mark.parametrize(
    ("block", "error"),
    [("{{ nothing }}", TemplateError), ("no JSON", TemplateError), (', "info": {}', DocumentError)],
)
def test_templates_that_go_wrong(tmp_path: Any, block: str, error: type[Exception]) -> None:
    folder = tmp_path / "openapi"
    folder.mkdir()
    text = '{% extends "apispec/openapi/openapi.json.jinja" %}{% block info %}' + block + "{% endblock %}"
    (folder / "openapi.json.jinja").write_text(text, encoding="utf-8")
    with pytest.raises(error):
        openapi.render(api(ADD), template_dirs=[tmp_path])


def test_odd_text_stays_what_it_is() -> None:
    odd = "{{ 7 * 7 }} {% raw %} '\"\\ </script> \u202e \u2028 \x00 \x1b é 😀"
    endpoint = replace(ADD, summary=odd, tags=(odd,), responses=(Response(status="404", description=odd),))
    text = openapi.render(api(endpoint, description=odd))
    document = json.loads(text)
    assert document["info"]["description"] == odd
    assert document["paths"]["/add"]["post"]["summary"] == odd
    assert yaml.safe_load(openapi.render_yaml(text)) == document


def test_same_api_same_bytes() -> None:
    assert openapi.render(WHOLE, samples=SAMPLES) == openapi.render(WHOLE, samples=SAMPLES)


BODY = Endpoint(
    name="replace",
    request_body=RequestBody(
        required=True,
        description="The new one",
        content=(
            MediaType(schema={"$ref": "#/components/schemas/Item"}, examples=(Example(value={"price": 1}),)),
            MediaType(
                type="multipart/form-data", schema={"type": "object"}, encoding={"a": {"contentType": "image/png"}}
            ),
            MediaType(type="text/plain"),
        ),
    ),
    result=Result(
        schema={"type": "integer"},
        examples=(Example(value=1, name="one", description="Only one"),),
        headers={"X-Rate": {"schema": {"type": "integer"}}},
        links={"next": {"operationId": "replace"}},
        other_content=(MediaType(type="application/jsonl", item_schema={"type": "integer"}),),
    ),
    responses=(
        Response(
            status="4XX", headers={"X": {"schema": {"type": "string"}}}, links={"again": {"operationId": "replace"}}
        ),
    ),
    callbacks={"moved": (Endpoint(name="moved", call=HttpCall(path="{$request.body#/url}"), result=Result()),)},
    external_docs={"url": "https://example.com"},
    servers=(Server(url="https://old.example.com"),),
    extensions={"x-mine": 1, "other": 2},
    callable=False,
    call=HttpCall(method="PUT", path="/items", operation_id="replaceItem"),
)


def test_what_only_documents_have() -> None:
    whole = api(
        BODY, schemas={"Item": ITEM}, source="openapi", webhooks=(Endpoint(name="born", call=HttpCall(path="")),)
    )
    document = json.loads(
        openapi.render(whole, version="3.2", samples=lambda e: [{"lang": "Python", "source": e.name}])
    )
    described = document["paths"]["/items"]["put"]
    assert described["operationId"] == "replaceItem"
    assert described["requestBody"] == {
        "description": "The new one",
        "required": True,
        "content": {
            "application/json": {
                "schema": {"$ref": "#/components/schemas/Item"}, "examples": {"example1": {"value": {"price": 1}}},
            },
            "multipart/form-data": {"schema": {"type": "object"}, "encoding": {"a": {"contentType": "image/png"}}},
            "text/plain": {},
        },
    }  # fmt: skip
    assert described["responses"] == {
        "200": {
            "description": "OK",
            "headers": {"X-Rate": {"schema": {"type": "integer"}}},
            "content": {
                "application/json": {
                    "schema": {"type": "integer"}, "examples": {"one": {"description": "Only one", "value": 1}},
                },
                "application/jsonl": {"itemSchema": {"type": "integer"}},
            },
            "links": {"next": {"operationId": "replace"}},
        },
        "4XX": {
            "description": "Error",
            "headers": {"X": {"schema": {"type": "string"}}},
            "links": {"again": {"operationId": "replace"}},
        },
    }  # fmt: skip
    assert described["servers"] == [{"url": "https://old.example.com"}]
    assert described["x-mine"] == 1
    assert "other" not in described
    assert described["x-apispec-callable"] is False
    moved = described["callbacks"]["moved"]["{$request.body#/url}"]["post"]
    assert "x-codeSamples" not in moved
    assert document["webhooks"]["born"]["post"]["responses"] == {"200": {"description": "OK"}}
    findings: list[Any] = []
    assert "webhooks" not in json.loads(openapi.render(whole, version="3.0", findings=findings))
    assert "OpenAPI 3.0 has no webhooks; they are left out." in [f.message for f in findings]


def test_odd_schemas_of_parameters() -> None:
    endpoint = Endpoint(
        name="f",
        parameters=(
            Parameter(name="a", schema=True, required=False, default=Default(value=1), deprecated=True),
            Parameter(name="b", schema=False, description="Never"),
            Parameter(name="c", location="query", schema=True, default=Default(value=1), required=False, style="form",
                      allow_reserved=True, type_source="docstring"),
            Parameter(name="d", location="query", schema={"type": "object"}, media_type="application/json",
                      description="D", examples=(Example(value={}), Example(value={}, name="example1"))),
            Parameter(name="e", schema={"type": "integer", "default": 1}, default=Default(value=2), required=False,
                      type_source="default"),
        ),
        call=HttpCall(path="/f"),
    )  # fmt: skip
    described = operation(endpoint, source="other")
    assert described["requestBody"]["content"]["application/json"]["schema"]["properties"] == {
        "a": {"default": 1, "deprecated": True},
        "b": {"not": {}, "description": "Never"},
        "e": {"type": "integer", "default": 2, "x-type-source": "default"},
    }
    assert described["parameters"] == [
        {"name": "c", "in": "query", "style": "form", "allowReserved": True,
         "schema": {"default": 1, "x-type-source": "docstring"}},
        {"name": "d", "in": "query", "description": "D", "required": True,
         "content": {"application/json": {"schema": {"type": "object"},
                                          "examples": {"example1": {"value": {}}, "example1_": {"value": {}}}}}},
    ]  # fmt: skip


def test_other_streams_and_empty_answers() -> None:
    stream = Endpoint(
        name="s", result=Result(schema={"type": "integer"}, streaming=True, media_type="application/jsonl")
    )
    assert operation(stream)["responses"]["200"]["content"] == {"application/jsonl": {"schema": {"type": "integer"}}}
    nothing = Endpoint(name="n", result=Result(status="204", media_type="", description="Gone"))
    assert operation(nothing, source="other")["responses"] == {"204": {"description": "Gone"}}
    unknown = Endpoint(name="u", result=Result(status="299"))
    assert operation(unknown, source="other")["responses"]["299"]["description"] == "Success"
    assert operation(Endpoint(name="x"), source="other")["responses"] == {"200": {"description": "OK"}}


def test_forms_in_the_url_encoding() -> None:
    endpoint = Endpoint(
        name="f",
        parameters=(
            Parameter(name="a", location="form", schema=True, required=False),
            Parameter(name="b", location="form", schema={"type": "array", "items": {"type": "string"}}, multiple=True),
            Parameter(name="c", location="form", schema={"$ref": "#/components/schemas/Item"}, required=False),
        ),
        call=HttpCall(path="/f", media_type="application/x-www-form-urlencoded"),
    )
    document = json.loads(openapi.render(api(endpoint, schemas={"Item": ITEM})))
    content = document["paths"]["/f"]["post"]["requestBody"]["content"]["application/x-www-form-urlencoded"]
    assert content["schema"]["properties"] == {
        "a": True,
        "b": {"type": "array", "items": {"type": "string"}},
        "c": {
            "type": "string", "contentMediaType": "application/json",
            "contentSchema": {"$ref": "#/components/schemas/Item"},
        },
    }  # fmt: skip


def test_gradio_without_description() -> None:
    endpoint = replace(
        PAINT, result=None, security=(), servers=(Server(url="https://x.example"),), examples=(),
        parameters=(Parameter(name="files", location="file", multiple=True), Parameter(name="any", schema=True)),
        call=GradioCall(api_name="paint", prefix=""),
    )  # fmt: skip
    document = json.loads(openapi.render(api(endpoint, source="gradio")))
    data = document["paths"]["/call/paint"]["post"]["requestBody"]["content"]["application/json"]["schema"][
        "properties"
    ]["data"]
    assert data["prefixItems"] == [
        {"type": "array", "items": {"$ref": "#/components/schemas/FileData"}, "title": "files"},
        {"title": "any"},
    ]
    assert document["paths"]["/call/paint"]["post"]["security"] == []
    assert document["paths"]["/call/paint/{event_id}"]["get"]["servers"] == [{"url": "https://x.example"}]
    none = Endpoint(name="n", call=GradioCall(api_name="n"), result=Result(schema={"type": "string"}))
    assert list(openapi.document(api(none))["paths"]) == ["/gradio_api/call/n", "/gradio_api/call/n/{event_id}"]


def test_kept_documents_with_references_and_new_methods() -> None:
    given = {
        "openapi": "3.2.0",
        "info": {"title": "T", "version": "1"},
        "paths": {
            "/a": {"additionalOperations": {"COPY": {"responses": {"200": {"description": ""}}}}},
            "/b": {"$ref": "#/components/pathItems/b"},
        },
        "components": {"pathItems": {"b": {"get": {"responses": {"200": {"description": ""}}}}}},
    }
    endpoints = (
        Endpoint(name="a", call=HttpCall(method="COPY", path="/a")),
        Endpoint(name="b", call=HttpCall(method="GET", path="/b")),
        Endpoint(name="c", call=HttpCall(method="GET", path="/c")),
        PAINT,
    )
    whole = api(*endpoints, document=given, source="openapi")
    document = json.loads(openapi.render(whole, samples=lambda e: [{"lang": "x", "source": e.name}]))
    samples = [{"lang": "x", "source": "a"}]
    assert document["paths"]["/a"]["additionalOperations"]["COPY"]["x-codeSamples"] == samples
    assert document["paths"]["/b"] == {"$ref": "#/components/pathItems/b"}
    assert list(document["paths"]) == ["/a", "/b"]


def test_a_kept_document_that_is_wrong_is_kept_and_judged_by_whoever_read_it() -> None:
    findings: list[Any] = []
    given = {"openapi": "3.1.0", "info": {}, "": 1, "definitions": {"a": 1}}
    assert json.loads(openapi.render(api(document=given, source="openapi"), findings=findings)) == given
    assert findings == []
