"""What pages tell their script: `apispec.rendering.pages.data`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from apispec import examples as example
from apispec.model import (
    Api,
    Default,
    Endpoint,
    GradioCall,
    HttpCall,
    MediaType,
    Parameter,
    RequestBody,
    Result,
    ResultField,
    Server,
)
from apispec.rendering.pages import Pages, PagesOptions
from apispec.rendering.pages.data import page_data, pruned
from tests.pages.samples import kitty, nasty

BLOCK = re.compile(r"^<div id=\"api-data\" hidden data-json='([^']*)'></div>$", re.MULTILINE)


def told(text: str | bytes) -> dict[str, Any]:
    """The data in a page."""
    [found] = BLOCK.findall(str(text))
    data: dict[str, Any] = json.loads(found)
    return data


def endpoint(made: Endpoint, **more: Any) -> dict[str, Any]:
    """What is told about an endpoint."""
    api = Api(title="T", endpoints=(made,), **more)
    data: dict[str, Any] = json.loads(page_data(api, PagesOptions(), "", {made.name: example.arguments(made, api)}))
    return data


def test_golden_data(golden: Callable[[str, str], None]) -> None:
    data = told(Pages(kitty()).render()["reference/index.md"])
    shown = {key: value for key, value in data.items() if key != "parts"}  # those are templates' texts
    golden("pages/data.json", json.dumps(shown, indent=2, ensure_ascii=False) + "\n")


def test_pages_with_snippets_or_the_address_of_tools_have_data_and_others_have_none() -> None:
    pages = Pages(kitty()).render()
    assert set(told(pages["index.md"])["endpoints"]) == {"add_expense"}
    assert len(told(pages["reference/index.md"])["endpoints"]) == 6
    assert told(pages["mcp/index.md"])["mcp"] == "http://127.0.0.1:8000/mcp"
    assert not BLOCK.search(str(pages["schemas/index.md"]))
    fixed = Pages(kitty(), PagesOptions(mcp_url="https://tools.example/mcp")).render()
    assert not BLOCK.search(str(fixed["mcp/index.md"]))


def test_pages_that_are_not_to_be_tried_have_none() -> None:
    pages = Pages(kitty(), PagesOptions(try_it=False)).render()
    assert not any(BLOCK.search(str(text)) for text in pages.values())


def test_the_site_s_root_is_where_the_overview_is() -> None:
    pages = Pages(kitty()).render()
    assert "root" not in told(pages["index.md"]) or told(pages["index.md"])["root"] == ""
    assert told(pages["reference/index.md"])["root"] == "../"


def test_nasty_text_stays_inside_its_string() -> None:
    for path, text in Pages(nasty()).render().items():
        for block in BLOCK.findall(str(text)):
            assert not re.search(r"[<>&'`~\u2028\u2029]|\{[{%#:]", block), path
            assert json.loads(block)
    name = "</script><!-- {{ 7 }} \ud800 \u2028 --8<--"
    made = Endpoint(name=name, parameters=(Parameter(name=name, schema={"const": name}),))
    text = page_data(Api(title="T", endpoints=(made,)), PagesOptions(), "", {name: {name: name}})
    assert not re.search(r"[<`\u2028\ud800]|\{\{", text)
    said = json.loads(text)["endpoints"][name]
    assert said["arguments"] == {name: name} and said["parameters"][0]["schema"] == {"const": name}


def test_schemas_are_those_that_inputs_reach_less_what_people_read() -> None:
    schemas: dict[str, Any] = {
        "In": {"type": "object", "title": "In", "description": "words", "properties": {"inner": {"$ref": "#/components/schemas/Inner"}}},
        "Inner": {"type": "array", "items": {"type": "string", "examples": ["x"], "minLength": 1}, "x-more": 1},
        "Out": {"type": "object"},
    }  # fmt: skip
    made = Endpoint(
        name="e",
        parameters=(Parameter(name="a", schema={"$ref": "#/components/schemas/In"}),),
        result=Result(schema={"$ref": "#/components/schemas/Out"}),
    )
    assert endpoint(made, schemas=schemas)["schemas"] == {
        "In": {"type": "object", "properties": {"inner": {"$ref": "#/components/schemas/Inner"}}},
        "Inner": {"type": "array", "items": {"type": "string", "minLength": 1, "example": "x"}},
    }
    assert pruned(True) is True
    assert pruned({"properties": {"description": {"title": "T"}}}) == {"properties": {"description": {}}}
    branches = {"anyOf": [{"title": "a"}, False], "additionalProperties": {"title": "b"}}
    assert pruned(branches) == {"anyOf": [{"title": "a"}, False], "additionalProperties": {}}
    assert pruned({"example": {"large": 1}, "items": {"example": "x" * 81}}) == {"items": {}}


def test_what_a_request_needs() -> None:
    made = Endpoint(
        name="e",
        call=HttpCall(method="PUT", path="/e/{id}"),
        servers=(Server(url="https://own.example/v1/"),),
        parameters=(
            Parameter(name="id", location="path", style="label", explode=False),
            Parameter(name="id", location="query", required=False, default=Default(value=None), allow_reserved=True),
            Parameter(
                name="n", location="header", required=False, default=Default(text="inf"), media_type="text/plain"
            ),
        ),
        request_body=RequestBody(content=(MediaType(type="text/csv"),), required=True),
        result=Result(media_type="image/png", is_file=True, other_content=(MediaType(type="image/jpeg"),)),
        security=({"login": [], "key": []},),
    )
    schemes = {"login": {"type": "http", "scheme": "basic"}, "key": {"type": "apiKey", "in": "header", "name": "X-K"}}
    page = endpoint(made, security_schemes=schemes)
    said = page["endpoints"]["e"]
    assert {key: said[key] for key in ("method", "path", "base", "accept", "result", "download")} == {
        "method": "PUT", "path": "/e/{id}", "base": "https://own.example/v1", "accept": "image/png", "result": "file",
        "download": "result.png",
    }  # fmt: skip
    assert said["ways"] == [{"login": [], "key": []}]
    assert {name: scheme["secrets"] for name, scheme in page["schemes"].items()} == {
        "key": {"headers": {"X-K": {"": ["env", ["KEY"]]}}},
        "login": {"basic": {"": ["basic", "LOGIN_USER", "LOGIN_PASSWORD"]}},
    }
    assert said["body"] == {"argument": "body", "mediaType": "text/csv", "required": True}
    assert said["parameters"] == [
        {"name": "id", "argument": "id", "in": "path", "required": True, "style": "label", "explode": False},
        {"name": "id", "argument": "query.id", "in": "query", "reserved": True, "default": None},
        {"name": "n", "argument": "n", "in": "header", "mediaType": "text/plain"},
    ]


def test_what_a_gradio_call_needs() -> None:
    call = GradioCall(api_name="do", state=True, revision="v2", silent_inputs=(1,), silent_outputs=(0,), login=True)
    fields = (ResultField(name="first"), ResultField(name="second"))
    said = endpoint(Endpoint(name="do", call=call, result=Result(fields=fields, streaming=True)))["endpoints"]["do"]
    assert said == {
        "protocol": "gradio", "shapes": 0, "prefix": "/gradio_api", "apiName": "do", "revision": "v2", "state": True,
        "login": True, "silentInputs": [1], "silentOutputs": [0], "outputs": ["first", "second"], "result": "stream",
    }  # fmt: skip


@pytest.mark.parametrize("count", [1, 40])
def test_endpoints_of_one_shape_share_their_snippets(count: int) -> None:
    endpoints = tuple(Endpoint(name=f"e{n}", parameters=(Parameter(name="x"),)) for n in range(count))
    api = Api(title="T", endpoints=endpoints)
    data = json.loads(page_data(api, PagesOptions(), "", {e.name: {"x": 1} for e in endpoints}))
    assert len(data["shapes"]) == 1 and len(data["parts"]) == 4  # inexact numbers change JavaScript only
    assert set(data["shapes"][0]) == {"json", "json inexact"}


def test_only_the_languages_that_are_shown() -> None:
    made = Endpoint(name="e")
    options = PagesOptions(languages=("curl", "python"))
    data = json.loads(page_data(Api(title="T", endpoints=(made,)), options, "", {"e": {}}))
    assert [language["id"] for language in data["languages"]["http"]] == ["curl", "python"]


def test_the_forms_of_a_page_are_given_the_components_nearest_to_what_is_sent() -> None:
    chain: dict[str, Any] = {
        f"C{n}": {"type": "object", "properties": {"text": {"enum": ["x" * 100] * 20}, "next": {"$ref": f"#/components/schemas/C{n + 1}"}}}
        for n in range(40)
    }  # fmt: skip
    body = RequestBody(content=(MediaType(type="application/json", schema={"$ref": "#/components/schemas/C0"}),))
    made = Endpoint(name="send", call=HttpCall(method="POST", path="/"), request_body=body)
    api = Api(title="A", endpoints=(made,), schemas=chain)
    data = json.loads(page_data(api, PagesOptions(), "", {"send": {}}))
    assert list(data["schemas"]) == [f"C{n}" for n in range(len(data["schemas"]))]
    assert 8 < len(data["schemas"]) < 16


def test_kinds_that_a_discriminator_tells_apart_come_with_what_they_are_kinds_of() -> None:
    pet = {"type": "object", "properties": {"kind": {"type": "string"}}, "discriminator": {"propertyName": "kind"}}
    cat = {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"properties": {"mice": {"type": "integer"}}}]}
    body = RequestBody(content=(MediaType(type="application/json", schema={"$ref": "#/components/schemas/Pet"}),))
    made = Endpoint(name="send", call=HttpCall(method="POST", path="/"), request_body=body)
    api = Api(title="A", endpoints=(made,), schemas={"Pet": pet, "Cat": cat})
    data = json.loads(page_data(api, PagesOptions(), "", {"send": {}}))
    assert data["schemas"]["Pet"]["kinds"] == [{"$ref": "#/components/schemas/Cat"}]
    assert "kinds" not in data["schemas"]["Cat"]
