"""OpenAPI Overlays: actions in order, over documents, apps and functions, for every command that reads a target."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from apispec.cli import run
from apispec.documents import from_data, overlaid
from apispec.errors import DocumentError

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1"},
    "tags": [{"name": "a"}],
    "paths": {
        "/a": {"get": {"operationId": "one", "summary": "One", "tags": ["a"], "responses": {"200": {"description": "."}}}},
        "/b": {
            "get": {"operationId": "two", "summary": "Two", "deprecated": True, "responses": {"200": {"description": "."}}},
            "post": {"operationId": "three", "summary": "Three", "responses": {"200": {"description": "."}}},
        },
    },
}  # fmt: skip


def changed(*actions: dict[str, Any], version: str = "1.0.0") -> tuple[Any, list[str]]:
    whole = {"overlay": version, "info": {"title": "O", "version": "1"}, "actions": list(actions)}
    Path("overlay.json").write_text(json.dumps(whole), encoding="utf-8")
    before = json.dumps(DOCUMENT)
    found = overlaid(from_data(DOCUMENT), ["overlay.json"])
    assert json.dumps(DOCUMENT) == before, "the document itself stays as it is"
    return found.data, [f.rule for f in found.findings]


def test_actions_apply_in_order() -> None:
    data, findings = changed(
        {"target": "$.info", "update": {"title": "New", "contact": {"name": "Us"}}},
        {"target": "$.info.contact", "update": {"email": "us@example.com"}},
        {"target": "$.paths.*[?@.deprecated == true]", "remove": True},
        {"target": "$.paths['/b'].get", "update": {"summary": "gone already"}},
        {"target": "$.paths.*.*", "update": {"tags": ["all"]}},
        {"target": "$.tags", "update": {"name": "all"}},
    )
    assert data["info"] == {"title": "New", "version": "1", "contact": {"name": "Us", "email": "us@example.com"}}
    assert list(data["paths"]["/b"]) == ["post"]
    assert data["paths"]["/a"]["get"]["tags"] == ["a", "all"] and data["paths"]["/b"]["post"]["tags"] == ["all"]
    assert [tag["name"] for tag in data["tags"]] == ["a", "all"]
    assert findings == ["overlay-without-match"]


def test_several_entries_of_an_array_are_removed() -> None:
    data, _ = changed({"target": "$.tags", "update": {"name": "b"}}, {"target": "$.tags[*]", "remove": True})
    assert data["tags"] == []
    data, _ = changed({"target": "$..summary", "remove": True}, {"target": "$.paths..*", "remove": True})
    assert data["paths"] == {}


def test_what_is_copied() -> None:
    data, findings = changed(
        {"target": "$.paths", "update": {"/c": {}}},
        {"target": "$.paths['/c']", "copy": "$.paths['/a']"},
        version="1.1.0",
    )
    assert data["paths"]["/c"] == DOCUMENT["paths"]["/a"] and findings == []
    data, findings = changed({"target": "$.info", "copy": "$.paths.*"}, version="1.1.0")
    assert data == DOCUMENT and findings == ["overlay-without-match"]


def test_an_object_is_updated_with_an_object() -> None:
    data, findings = changed({"target": "$.info", "update": "text"})
    assert data == DOCUMENT and findings == ["overlay-unlike-target"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{}", "no OpenAPI Overlay"),
        ('{"overlay": "2.0.0", "actions": []}', "Overlay 2.0.0 is not known"),
        ('{"overlay": "1.0.0"}', "an Overlay has a list of actions"),
        ('{"overlay": "1.0.0", "actions": [{"update": {}}]}', "an action has a target"),
        ('{"overlay": "1.0.0", "actions": [{"target": "$.a["}]}', "does nothing"),
        (
            '{"overlay": "1.0.0", "actions": [\n{"target": "$.a[", "remove": true}]}',
            "overlay.json:2:2#/actions/0/target: '$.a[' is no JSONPath",
        ),
        ('{"overlay": "1.0.0", "actions": [{"target": "a", "remove": true}]}', "'a' is no JSONPath"),
        ('{"overlay": "1.0.0", "actions": [{"target": "$", "remove": true}]}', "cannot remove the whole"),
        ('{"overlay": "1.0.0", "actions": [{"target": "$.a", "remove": 1}]}', "remove is true or false"),
        ('{"overlay": "1.0.0", "actions": [{"target": "$.a", "updat": {}}]}', "an action has no key 'updat'"),
    ],
)
def test_what_is_no_overlay_is_an_error(text: str, said: str) -> None:
    Path("overlay.json").write_text(text, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        overlaid(from_data(DOCUMENT), ["overlay.json"])
    assert said in str(caught.value)


def prepared() -> None:
    Path("shop.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")
    Path("o.yaml").write_text(
        "overlay: 1.0.0\ninfo: {title: O, version: '1'}\nactions:\n"
        "- target: $.paths.*[?@.deprecated == true]\n  remove: true\n"
        "- target: $.paths['/a'].get\n  update: {summary: Said anew, x-mcp: {name: first}}\n"
        "- target: $.nothing\n  remove: true\n",
        encoding="utf-8",
    )


def test_every_command_takes_overlays(capsys: pytest.CaptureFixture[str]) -> None:
    prepared()
    assert run(["tools", "shop.json", "--overlay", "o.yaml"]) == 0
    said = capsys.readouterr()
    assert [tool["name"] for tool in json.loads(said.out)["tools"]] == ["first", "three"]
    assert "o.yaml:8:3" in said.err and "$.nothing of an overlay's action matches nothing" in said.err
    Path("apispec.toml").write_text('overlays = "o.yaml"\n', encoding="utf-8")
    assert run(["spec", "shop.json"]) == 0
    written = json.loads(capsys.readouterr().out)
    assert list(written["paths"]["/b"]) == ["post"] and written["paths"]["/a"]["get"]["summary"] == "Said anew"
    assert run(["validate", "shop.json", "--format", "json"]) == 0
    assert "overlay-without-match" in capsys.readouterr().out
    assert run(["diff", "shop.json", "shop.json"]) == 0
    assert run(["inspect", "shop.json"]) == 0
    assert "two" not in capsys.readouterr().out
    assert run(["pages", "shop.json", "--out", "pages"]) == 0
    assert "Said anew" in (Path("pages") / "index.md").read_text(encoding="utf-8")


def test_functions_and_apps_take_them_too(capsys: pytest.CaptureFixture[str]) -> None:
    Path("plain.py").write_text(
        'def one(x: int) -> int:\n    """One."""\n    return x\n\ndef two() -> int:\n    """Two."""\n    return 2\n',
        encoding="utf-8",
    )
    body = "$.paths['/one'].post.requestBody.content['application/json'].schema.properties.x"
    Path("o.yaml").write_text(
        "overlay: 1.0.0\ninfo: {title: O, version: '1'}\nactions:\n"
        "- target: $.paths['/one'].post\n  update: {summary: Said anew}\n"
        f"- target: {body}\n  update: {{description: A number}}\n"
        "- target: $.paths['/two']\n  remove: true\n",
        encoding="utf-8",
    )
    assert run(["tools", "plain.py", "--overlay", "o.yaml"]) == 0
    said = capsys.readouterr()
    (tool,) = json.loads(said.out)["tools"]
    assert tool["description"] == "Said anew"
    assert tool["inputSchema"]["properties"]["x"] == {"type": "integer", "description": "A number"}
    assert said.err == ""
    Path("o.yaml").write_text(
        f"overlay: 1.0.0\ninfo: {{title: O, version: '1'}}\nactions:\n- target: {body}\n  update: {{maximum: 3}}\n",
        encoding="utf-8",
    )
    assert run(["spec", "plain.py", "--overlay", "o.yaml"]) == 0
    assert "changes texts alone" in capsys.readouterr().err
    Path("app.py").write_text(
        'from fastapi import FastAPI\napp = FastAPI()\n@app.get("/a")\ndef one(x: int):\n    "One."\n', encoding="utf-8"
    )
    Path("o.yaml").write_text(
        "overlay: 1.0.0\ninfo: {title: O, version: '1'}\nactions:\n"
        "- target: $.paths['/a'].get.parameters[0]\n  update: {description: A number}\n", encoding="utf-8",
    )  # fmt: skip
    assert run(["tools", "app.py", "--overlay", "o.yaml"]) == 0
    (tool,) = json.loads(capsys.readouterr().out)["tools"]
    assert tool["inputSchema"]["properties"]["x"]["description"] == "A number"
