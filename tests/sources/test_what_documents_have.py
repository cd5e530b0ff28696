"""Pages show what documents have beside plain operations, as text; what cannot be read is said."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from apispec.cli import run
from apispec.errors import DocumentError
from apispec.examples import arguments, result
from apispec.rendering import pages
from apispec.rendering.pages import PagesOptions
from apispec.rendering.pages.data import page_data
from apispec.requests.call import request
from apispec.snippets import snippets
from apispec.sources import read_document

ANSWER = {"200": {"description": "Taken."}}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.2.0",
    "info": {"title": "Orders", "version": "1"},
    "servers": [{"url": "https://{region}.example.com", "variables": {"region": {"default": "eu", "enum": ["eu", "us"], "description": "<b>Where"}}}],
    "paths": {
        "/orders": {
            "post": {
                "operationId": "order",
                "parameters": [{"name": "all", "in": "querystring", "content": {"application/x-www-form-urlencoded": {}}}],
                "security": [{"oauth": ["read", "write"]}],
                "responses": {"200": {"description": "Ordered.", "links": {"again": {"operationId": "order", "description": "<b>Once more"}}}},
                "callbacks": {"shipped": {"{$request.body#/url}": {"post": {"summary": "It <b>left", "responses": ANSWER}}}},
            }
        }
    },
    "webhooks": {"<b>refund": {"post": {"summary": "Money is back", "responses": ANSWER}}},
    "components": {
        "securitySchemes": {
            "oauth": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://a.example/token", "scopes": {"read": "<b>Look", "write": "Change"}}}}
        }
    },
}  # fmt: skip


def read(folder: Path, document: dict[str, Any]) -> Any:
    file = folder / "openapi.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return read_document(str(file))


def test_what_the_api_sends_has_examples_and_is_in_copies(tmp_path: Path) -> None:
    sent = {"content": {"application/json": {"schema": {"type": "object", "properties": {"cents": {"const": 250}}}}}}
    document = json.loads(json.dumps(DOCUMENT))
    document["webhooks"]["<b>refund"]["post"]["requestBody"] = sent
    (shipped,) = document["paths"]["/orders"]["post"]["callbacks"]["shipped"].values()
    shipped["post"]["requestBody"] = sent
    api = read(tmp_path, document).api
    made, copies = pages.render(api), pages.copies(api)
    for page in ("reference/index.md", "webhooks/index.md"):
        assert re.search(r"Example.*250", re.sub("<[^>]+>", "", str(made[page])), re.DOTALL)
        assert '```json\n{\n  "cents": 250\n}\n```' in copies[page]
        assert "- 200: Taken." in copies[page]
    assert "`POST`\n\nMoney is back" in copies["webhooks/index.md"]
    assert "Callback `shipped`:\n\n`POST {$request.body#/url}`\n\nIt <b>left" in copies["reference/index.md"]
    assert "  - then again: <b>Once more" in copies["reference/index.md"]


def test_pages_show_all_of_it_as_text(tmp_path: Path) -> None:
    found = read(tmp_path, DOCUMENT)
    made = {path: str(text) for path, text in pages.render(found.api).items() if path.endswith(".md")}
    reference, overview, webhooks = made["reference/index.md"], made["index.md"], made["webhooks/index.md"]
    assert "oauth (read, write)" in reference
    assert '<p class="api-limits">Then <a href="#order">again</a>: &lt;b&gt;Once more</p>' in reference
    assert 'data-callback="' in reference
    assert "It &lt;b&gt;left" in reference
    assert "region: eu or us (&lt;b&gt;Where)" in overview
    assert "<code>read</code> &lt;b&gt;Look" in overview
    assert "Money is back" in webhooks
    assert 'data-webhook="&lt;b&gt;refund"' in webhooks
    assert not [path for path, text in made.items() if "<b>" in text]


def test_a_parameter_may_be_the_whole_query(tmp_path: Path) -> None:
    api = read(tmp_path, DOCUMENT).api
    url = request(api.endpoints[0], {"all": {"a": "b c", "d": [1, 2]}}, api).open_url
    assert url == "https://eu.example.com/orders?a=b%20c&d=1&d=2"


def test_swagger_1_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"Swagger 1\.2 cannot be read"):
        read(tmp_path, {"swagger": "1.2"})


PET = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {"id": {"type": "integer", "xml": {"attribute": True}}, "name": {"type": "string", "example": "Rex & <Co>"}},
    "xml": {"name": "pet"},
}  # fmt: skip
PET_TEXT = '<?xml version="1.0" encoding="UTF-8"?>\n<pet id="1">\n  <name>Rex &amp; &lt;Co&gt;</name>\n</pet>'


def in_xml(body: Any, answer: Any) -> dict[str, Any]:
    operation = {
        "operationId": "add",
        "requestBody": {"content": {"application/xml": body}},
        "responses": {"200": {"description": "", "content": {"text/xml": answer}}},
    }
    components = {"schemas": {"Pet": PET}}
    info = {"title": "x", "version": "1"}
    return {"openapi": "3.1.0", "info": info, "paths": {"/pets": {"post": operation}}, "components": components}


@pytest.mark.parametrize(
    ("body", "sent"),
    [
        ({"schema": {"$ref": "#/components/schemas/Pet"}}, PET_TEXT),
        ({"schema": {"$ref": "#/components/schemas/Pet"}, "example": {"id": 1, "name": "Rex & <Co>"}}, PET_TEXT),
        ({"schema": {"$ref": "#/components/schemas/Pet"}, "example": "<pet/>"}, "<pet/>"),
        ({"schema": {"type": "string"}}, "<example/>"),
        ({"schema": {"type": "string", "example": "<a/>"}}, "<a/>"),
        ({"schema": {"type": "string", "enum": ["on"], "xml": {"name": "light"}}}, PET_TEXT.partition("\n")[0] + "\n<light>on</light>"),
        ({}, "<example/>"),
    ],
)  # fmt: skip
def test_a_body_in_xml_is_xml(body: Any, sent: str, tmp_path: Path) -> None:
    api = read(tmp_path, in_xml(body, {})).api
    assert arguments(api.endpoints[0], api) == {"body": sent}
    assert sent in snippets(api, api.endpoints[0], languages=["curl"])[0].text


def test_an_answer_in_xml_is_xml(tmp_path: Path) -> None:
    api = read(tmp_path, in_xml({}, {"schema": {"$ref": "#/components/schemas/Pet"}})).api
    shown = Markup(pages.render(api)["reference/index.md"]).striptags()
    assert " ".join(PET_TEXT.partition("\n")[2].split()) in shown


def test_what_is_typed_for_xml_is_a_text(tmp_path: Path) -> None:
    api = read(tmp_path, in_xml({"schema": {"$ref": "#/components/schemas/Pet"}}, {})).api
    data = json.loads(page_data(api, PagesOptions(), "", {"add": arguments(api.endpoints[0], api)}))
    assert data["endpoints"]["add"]["body"] == {
        "argument": "body",
        "mediaType": "application/xml",
        "schema": {"type": "string"},
    }
    assert data["endpoints"]["add"]["arguments"] == {"body": PET_TEXT}
    assert "schemas" not in data


def test_a_part_in_xml_is_xml(tmp_path: Path) -> None:
    document = in_xml({}, {})
    pet = {"$ref": "#/components/schemas/Pet"}
    form = {
        "schema": {"type": "object", "properties": {"one": pet, "all": {"type": "array", "items": pet}, "meta": pet}},
        "encoding": {"one": {"contentType": "text/xml"}, "all": {"contentType": "application/xml"}},
    }
    document["paths"]["/pets"]["post"]["requestBody"] = {"content": {"multipart/form-data": form}}
    api = read(tmp_path, document).api
    given = arguments(api.endpoints[0], api)
    meta = {"id": 1, "name": "Rex & <Co>"}
    assert given == {"body": {"one": PET_TEXT, "all": [PET_TEXT], "meta": meta}}
    whole = request(api.endpoints[0], {"body": {"one": meta, "all": [meta], "meta": meta}}, api)
    assert whole == request(api.endpoints[0], given, api)
    assert [(p.name, p.file.media_type) for p in whole.files] == [("one", "text/xml"), ("all", "application/xml"), ("meta", "application/json")]  # fmt: skip
    data = json.loads(page_data(api, PagesOptions(), "", {"add": given}))
    properties = data["endpoints"]["add"]["body"]["schema"]["properties"]
    assert properties == {"one": {"type": "string"}, "all": {"type": "array", "items": {"type": "string"}}, "meta": pet}


def test_a_text_in_an_answer_is_shown_as_it_was_given(tmp_path: Path) -> None:
    document = in_xml({}, {})
    document["paths"]["/pets"]["post"]["responses"] = {
        "200": {"description": "", "content": {"text/csv": {"example": "a,b\n1,2"}}},
        "400": {"description": "", "content": {"text/plain": {"examples": {"one": {"value": "no <b>"}}}}},
    }
    made = str(pages.render(read(tmp_path, document).api)["reference/index.md"])
    assert "a,b\n1,2" in made
    assert "no &lt;b&gt;" in made


def test_what_is_assumed_for_relative_servers_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = in_xml({}, {})
    document["servers"] = [{"url": "/v1", "description": "Here"}, {"url": "https://live.example/v1"}]
    document["paths"]["/pets"]["post"]["servers"] = [{"url": "/files"}]
    found = read(tmp_path, document)
    made = str(pages.render(found.api)["index.md"])
    assert "<code>http://127.0.0.1:8000/v1</code>" in made
    assert "Here; /v1, on a host that the document leaves open: http://127.0.0.1:8000 is assumed" in made
    data = json.loads(page_data(found.api, PagesOptions(), "", {"add": arguments(found.api.endpoints[0], found.api)}))
    assert data["servers"] == ["http://127.0.0.1:8000/v1", "https://live.example/v1"]
    assert (data["endpoints"]["add"]["base"], data["endpoints"]["add"]["under"]) == ("http://127.0.0.1:8000/files", "/files")  # fmt: skip
    assert run(["inspect", str(tmp_path / "openapi.json"), "--verbose"]) == 0
    assert "The server /v1 is relative; snippets assume http://127.0.0.1:8000/v1." in capsys.readouterr().err
    assert run(["inspect", str(tmp_path / "openapi.json"), "--verbose", "--server", "https://h.example"]) == 0
    assert "assumed" not in capsys.readouterr().err


ITEM = {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}


@pytest.mark.parametrize(
    ("media_type", "content", "sent"),
    [
        ("application/x-ndjson", {"schema": ITEM}, '{"n": 1}\n'),
        ("application/jsonl", {"itemSchema": ITEM}, '{"n": 1}\n'),
        ("application/jsonl", {"itemSchema": ITEM, "example": [{"n": 2}, {"n": 3}]}, '{"n": 2}\n{"n": 3}\n'),
        ("application/x-ndjson", {"schema": ITEM, "example": '{"n":2}\n{}'}, '{"n":2}\n{}'),
        ("application/json-seq", {"itemSchema": ITEM}, '\x1e{"n": 1}\n'),
        ("application/jsonl", {}, '{"hello": "world"}\n'),
        ("application/yaml", {"schema": ITEM}, '"n": 1\n'),
        ("application/vnd.oai.openapi+yaml", {"schema": ITEM, "example": "n:  7"}, "n:  7"),
        ("application/vnd.thing", {"schema": ITEM}, {"n": 1}),
        ("application/graphql", {"schema": ITEM, "example": "{ me }"}, "{ me }"),
        ("text/plain", {"schema": {"type": "string", "example": "hi"}}, "hi"),
    ],
)
def test_bodies_of_other_media_types(media_type: str, content: Any, sent: Any, tmp_path: Path) -> None:
    document = {**in_xml({}, {}), "openapi": "3.2.0"}
    document["paths"]["/pets"]["post"]["requestBody"] = {"required": True, "content": {media_type: content}}
    api = read(tmp_path, document).api
    assert arguments(api.endpoints[0], api) == {"body": sent}
    made = request(api.endpoints[0], {"body": sent}, api)
    assert made.media_type == media_type
    assert made.content == (sent if isinstance(sent, str) else '{"n": 1}')


def test_a_form_holds_no_null(tmp_path: Path) -> None:
    document = in_xml({}, {})
    form = {"schema": ITEM, "example": {"n": 1, "m": None}}
    document["paths"]["/pets"]["post"]["requestBody"] = {"content": {"application/x-www-form-urlencoded": form}}
    api = read(tmp_path, document).api
    assert request(api.endpoints[0], arguments(api.endpoints[0], api), api).form == (("n", "1"),)


def test_parts_of_a_document_in_files_of_their_own(tmp_path: Path) -> None:
    """References where OpenAPI knows none (`info`, `paths`, an operation) are followed, and what is written is valid."""
    files = {
        "info.yaml": "{title: Parts, version: '2'}",
        "paths.yaml": "/a: {get: {$ref: get.yaml}}\n/b: {$ref: item.yaml}",
        "get.yaml": "{operationId: one, parameters: {$ref: parameters.yaml}, responses: {$ref: responses.yaml}}",
        "item.yaml": "post: {$ref: post.yaml}",
        "post.yaml": "{operationId: two, responses: {'204': {description: Done.}}}",
        "parameters.yaml": "- {name: n, in: query, schema: {$ref: 'schemas.yaml#/Thing/properties/n'}}",
        "responses.yaml": "'200': {description: '', content: {application/json: {schema: {$ref: thing.yaml}}}}",
        "schemas.yaml": "Thing: {$ref: thing.yaml}\nLoop: {$ref: '#/Loop'}",
        "thing.yaml": "{type: object, properties: {n: {type: integer}, again: {$ref: thing.yaml}, alias: {$ref: '#/properties/again'}}}",
    }  # fmt: skip
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    parts = {
        "info": {"$ref": "info.yaml"},
        "paths": {"$ref": "paths.yaml"},
        "components": {"schemas": {"$ref": "schemas.yaml"}},
    }
    found = read(tmp_path, {"openapi": "3.1.0", **parts})
    api = found.api
    assert (api.title, [e.name for e in api.endpoints]) == ("Parts", ["one", "two"])
    one = api.endpoints[0]
    assert one.result is not None and one.result.schema == {"$ref": "#/components/schemas/Thing"}
    again = {"$ref": "#/components/schemas/Thing"}
    assert api.schemas["Thing"] == {
        "type": "object",
        "properties": {"n": {"type": "integer"}, "again": again, "alias": again},
    }
    assert set(api.schemas) == {"Thing", "Loop"}
    assert any(f.location.pointer.startswith("/info") for f in found.findings)
    assert api.document is not None
    assert api.document["info"]["title"] == "Parts"
    assert api.document["paths"]["/a"]["get"]["operationId"] == "one"
    assert isinstance(api.document["paths"]["/a"]["get"]["parameters"], list)


def test_anchors_are_schemas(tmp_path: Path) -> None:
    document = in_xml({"schema": {"$ref": "#pet"}}, {"schema": {"$ref": "#gone"}})
    node = {"$dynamicAnchor": "node", "properties": {"next": {"$dynamicRef": "#node"}}}
    document["components"] = {"schemas": {"Pet": {"$anchor": "pet", **PET}, "Node": node}}
    found = read(tmp_path, document)
    body = found.api.endpoints[0].request_body
    assert body is not None and body.content[0].schema == {"$ref": "#/components/schemas/Pet"}
    assert found.api.schemas["Node"] == {"properties": {"next": {"$ref": "#/components/schemas/Node"}}}
    assert set(found.api.schemas) == {"Pet", "Node"}
    assert any("#gone" in f.message for f in found.findings)


SIDES = {
    "type": "object",
    "required": ["id", "secret", "name", "part"],
    "properties": {
        "id": {"type": "integer", "readOnly": True},
        "secret": {"$ref": "#/components/schemas/Secret"},
        "name": {"type": "string"},
        "part": {"allOf": [{"type": "object", "required": ["made"], "properties": {"made": {"type": "string", "readOnly": True}}}]},
    },
    "additionalProperties": False,
}  # fmt: skip


def test_requests_hold_nothing_that_is_read_only_and_answers_nothing_that_is_write_only(tmp_path: Path) -> None:
    document = in_xml({}, {})
    both = {"schema": {"$ref": "#/components/schemas/Sides"}}
    operation = document["paths"]["/pets"]["post"]
    operation["requestBody"] = {"content": {"application/json": both}}
    operation["responses"] = {"200": {"description": "", "content": {"application/json": both}}}
    secret = {"type": "string", "writeOnly": True}
    document["components"] = {"schemas": {"Sides": SIDES, "Secret": secret}}
    api = read(tmp_path, document).api
    (endpoint,) = api.endpoints
    assert arguments(endpoint, api) == {"body": {"secret": "secret", "name": "Ada", "part": {}}}
    assert result(endpoint, api) == {"id": 1, "name": "Ada", "part": {"made": "made"}}
    given = {"id": 7, "name": "Bo", "part": {"made": "x"}}
    operation["responses"]["200"]["content"]["application/json"] = {**both, "example": given}
    api = read(tmp_path, document).api
    assert result(api.endpoints[0], api) == given


def test_tags_are_called_by_their_titles_below_those_that_they_are_part_of(tmp_path: Path) -> None:
    document = {**in_xml({}, {}), "openapi": "3.2.0"}
    operation = document["paths"]["/pets"]["post"]
    document["paths"]["/pets"]["get"] = {"operationId": "see", "tags": ["beta", "cats"], "responses": ANSWER}
    document["paths"]["/pets"]["put"] = {"operationId": "old", "tags": ["beta"], "responses": ANSWER}
    operation["tags"] = ["animals"]
    document["tags"] = [
        {"name": "cats", "x-displayName": "All <b>cats", "parent": "animals"},
        {"name": "animals", "summary": "Animals", "parent": "cats"},
        {"name": "beta", "kind": "badge"},
    ]
    api = read(tmp_path, document).api
    assert [api.group_of(endpoint) for endpoint in api.endpoints] == ["animals", "cats", "beta"]
    assert [api.tag_title(tag.name) for tag in api.tags] == ["Animals › All <b>cats", "All <b>cats › Animals", "beta"]
    made = [line for line in str(pages.render(api)["reference/index.md"]).split("\n") if line.startswith("## ")]
    assert [line.partition(" {#")[0] for line in made] == [
        "## Animals › All &#60;b&#62;cats", "## All &#60;b&#62;cats › Animals", "## beta",
    ]  # fmt: skip


def test_examples_are_shown_by_their_names(tmp_path: Path) -> None:
    document = in_xml({}, {})
    given = {
        "one": {"summary": "The <b>first", "value": {"a": 1}},
        "two": {"value": {"a": "<two>"}},
        "three": {"value": []},
    }
    operation = document["paths"]["/pets"]["post"]
    operation["requestBody"] = {"content": {"application/json": {"examples": given}}}
    operation["responses"] = {
        "200": {"description": "", "content": {"application/json": {"examples": given}}},
        "400": {"description": "", "content": {"text/plain": {"examples": {k: {"value": f"<{k}>"} for k in ("four", "five")}}}},
    }  # fmt: skip
    api = read(tmp_path, document).api
    made = str(pages.render(api)["reference/index.md"])
    shown = re.findall(r'<label for="add:\w+:examples-\d">(.*?)</label>|<summary>Example: (.*?)</summary>', made)
    first = "The &lt;b&gt;first"
    assert [tab or fold for tab, fold in shown] == [first, "two", "three", first, "two", "three", "five"]
    assert "&lt;two&gt;" in made and "&lt;five&gt;" in made


def test_other_kinds_of_multipart_are_said(tmp_path: Path) -> None:
    def operation(kind: str) -> dict[str, Any]:
        return {"post": {"requestBody": {"content": {kind: {"schema": {"type": "object"}}}}, "responses": ANSWER}}

    paths = {
        "/a": operation("multipart/related"),
        "/b": operation("multipart/form-data"),
        "/c": operation("text/plain"),
    }
    found = read(tmp_path, {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": paths})
    said = [f for f in found.findings if f.rule == "multipart-as-form-data"]
    assert [f.location.pointer for f in said] == ["/paths/~1a/post/requestBody"]
    assert "send multipart/related as multipart/form-data" in said[0].message
