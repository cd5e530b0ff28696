"""Which endpoints become tools, what they are called and what is said of them, whatever they were read from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from apispec.cli import run
from apispec.findings import Finding
from apispec.model import Api
from apispec.tools import Tool, UnsetVariableError, tools
from apispec.tools.names import without_address

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1"},
    "x-mcp": {"parameters": {"trace": {"hidden": True}}},
    "paths": {
        "/items": {
            "get": {"operationId": "list_items", "tags": ["items"], "summary": "List"},
            "post": {
                "operationId": "add_item", "tags": ["items"], "summary": "Add",
                "requestBody": {"content": {"application/json": {"schema": {
                    "type": "object", "properties": {"name": {"type": "string"}, "kind": {"type": "string"}},
                    "required": ["name", "kind"],
                }}}, "required": True},
            },
        },
        "/items/{item_id}": {
            "x-internal": True,
            "parameters": [
                {"name": "item_id", "in": "path", "required": True, "schema": {"type": "integer"}},
                {"name": "api_version", "in": "query", "required": True, "schema": {"type": "string"}},
                {"name": "trace", "in": "query", "schema": {"type": "string"}},
            ],
            "get": {"operationId": "read_item_items__item_id__get", "tags": ["items"], "summary": "Read"},
            "delete": {"operationId": "drop_item", "tags": ["admin"], "deprecated": True, "summary": "Drop"},
            "put": {"operationId": "put_item", "tags": ["admin"], "summary": "Put", "x-level": "gold",
                    "x-mcp": {"name": "replace", "title": "Replace it", "idempotent": False}},
        },
        "/admin/reset": {"post": {"operationId": "reset", "tags": ["admin"], "summary": "Reset", "x-mcp": False}},
    },
}  # fmt: skip
for _item in DOCUMENT["paths"].values():
    for _operation in _item.values():
        if isinstance(_operation, dict):
            _operation.setdefault("responses", {"200": {"description": "."}})

ALL = ["list_items", "add_item", "read_item", "drop_item", "replace"]


@pytest.fixture(autouse=True)
def shop() -> None:
    Path("shop.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")


def listed(capsys: pytest.CaptureFixture[str], *options: str, target: str = "shop.json") -> list[dict[str, Any]]:
    assert run(["tools", target, *options]) == 0
    found: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["tools"]
    return found


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ([], ALL),
        (["--tools-include", "tag:ITEMS"], ["list_items", "add_item", "read_item"]),
        (["--tools-include", "list_*", "--tools-include", "drop_item"], ["list_items", "drop_item"]),
        (["--tools-include", "/items/*"], ["read_item", "drop_item", "replace"]),
        (["--tools-include", "/items/**"], ALL),
        (["--tools-include", "/items/{id}"], ["read_item", "drop_item", "replace"]),
        (["--tools-include", "GET /items/{item_id}"], ["read_item"]),
        (["--tools-include", "method:get"], ["list_items", "read_item"]),
        (["--tools-exclude", "x-internal"], ["list_items", "add_item"]),
        (["--tools-exclude", "deprecated"], ["list_items", "add_item", "read_item", "replace"]),
        (["--tools-include", "x-level=gold"], ["replace"]),
        (["--read-only"], ["list_items", "read_item"]),
        (["--tools-include", '{tag = "items", method = "GET"}'], ["list_items", "read_item"]),
        (["--tools-include", "tag:items", "--tools-exclude", "add_item"], ["list_items", "read_item"]),
        (["--tools-include", "read_item", "--tools-include", "replace"], ["read_item", "replace"]),
        (["--tools-exclude", "read_*", "--tools-exclude", "repl?ce"], ["list_items", "add_item", "drop_item"]),
        (["--tools-operations", '{drop_item = {name = "bin"}}', "--tools-include", "bin"], ["bin"]),
        (["--tools-include", "{read-only = false, tag = 'admin'}"], ["drop_item", "replace"]),
    ],
)
def test_what_is_chosen(options: list[str], names: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert [tool["name"] for tool in listed(capsys, *options)] == names


def test_the_same_in_a_table_of_the_configuration(capsys: pytest.CaptureFixture[str]) -> None:
    Path("apispec.toml").write_text('[tools]\ninclude = ["tag:items"]\nread-only = true\n', encoding="utf-8")
    assert [tool["name"] for tool in listed(capsys)] == ["list_items", "read_item"]
    Path("apispec.toml").unlink()
    Path("pyproject.toml").write_text('[tool.apispec.tools]\nexclude = "method:*"\n', encoding="utf-8")
    assert run(["tools", "shop.json"]) == 0
    assert "No operation is meant by 'method:*'" in capsys.readouterr().err
    Path("pyproject.toml").write_text('[tool.apispec.tools]\nincldue = ["x"]\n', encoding="utf-8")
    assert run(["tools", "shop.json"]) == 2
    assert "pyproject.toml:2: tools.incldue: there is no such key" in (said := capsys.readouterr().err)
    assert "did you mean tools.include?" in said


def test_functions_and_apps_are_chosen_alike(capsys: pytest.CaptureFixture[str]) -> None:
    Path("plain.py").write_text(
        'import apispec\napp = apispec.App()\n@app.endpoint(tags="a")\ndef one(x: int, key: str = "") -> int:\n    "One."\n    return x\n'
        '@app.endpoint(method="GET")\ndef two() -> int:\n    "Two."\n    return 2\n', encoding="utf-8",
    )  # fmt: skip
    assert [t["name"] for t in listed(capsys, "--tools-include", "tag:a", target="plain.py")] == ["one"]
    assert [t["name"] for t in listed(capsys, "--read-only", target="plain.py")] == ["two"]
    told = listed(capsys, "--tools-parameters", '{key = {value = "k"}}', target="plain.py")
    assert list(told[0]["inputSchema"]["properties"]) == ["x"]
    Path("api.py").write_text(
        'from fastapi import FastAPI\napp = FastAPI()\n@app.get("/a/{x}", tags=["a"])\ndef one(x: int):\n    "One."\n'
        '@app.delete("/b", tags=["b"])\ndef two():\n    "Two."\n', encoding="utf-8",
    )  # fmt: skip
    assert [t["name"] for t in listed(capsys, target="api.py")] == ["one", "two"]
    for selector in ("/b", "two", "two_b_delete", "tag:b"):
        assert [t["name"] for t in listed(capsys, "--tools-exclude", selector, target="api.py")] == ["one"]


def test_what_is_said_of_tools(capsys: pytest.CaptureFixture[str]) -> None:
    Path("apispec.toml").write_text(
        """
        [tools.operations.drop_item]
        name = "remove"
        description = "Remove an item for good."
        read-only = false
        parameters.item_id = { name = "id", description = "Its number." }
        [tools.operations."POST /items"]
        title = "Add an item"
        parameters.kind.value = "toy"
        [tools.operations.reset]
        enabled = true
        [tools.parameters.api_version]
        env = "SHOP_VERSION"
        """,
        encoding="utf-8",
    )
    found = {tool["name"]: tool for tool in listed(capsys)}
    assert list(found) == ["list_items", "add_item", "read_item", "remove", "replace", "reset"]
    remove = found["remove"]
    assert remove["description"] == "Remove an item for good.\n\nDeprecated."
    assert remove["inputSchema"]["properties"] == {"id": {"type": "integer", "description": "Its number."}}
    assert remove["annotations"] == {
        "readOnlyHint": False, "destructiveHint": True, "idempotentHint": True, "openWorldHint": True,
    }  # fmt: skip
    assert found["add_item"]["title"] == "Add an item"
    assert found["add_item"]["inputSchema"]["required"] == ["name"]
    assert found["replace"]["annotations"] == {
        "title": "Replace it", "idempotentHint": False, "openWorldHint": True,
    }  # fmt: skip


def test_hidden_parameters_are_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    from apispec.config import Config
    from apispec.introspection import overlay
    from apispec.sources import read_document

    config = Config(
        tools_parameters={"api_version": {"env": "SHOP_VERSION"}, "kind": {"value": {"a": 1}}, "trace": {"value": "t"}}
    )
    api = overlay(read_document("shop.json").api, config)
    by = {tool.name: tool for tool in tools(api)}
    assert by["add_item"].to_endpoint({"name": "n"}) == {"body": {"name": "n", "kind": {"a": 1}}}
    with pytest.raises(UnsetVariableError, match="SHOP_VERSION"):
        by["read_item"].to_endpoint({"item_id": 1})
    monkeypatch.setenv("SHOP_VERSION", "2026")
    assert by["read_item"].to_endpoint({"item_id": 1}) == {"item_id": 1, "api_version": "2026", "trace": "t"}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("operations.nobody.name = 'x'", "There is no operation 'nobody'"),
        ("operations.drop_item.parameters.nothing.name = 'x'", "no parameter 'nothing'"),
        ("operations.drop_item.parameters.item_id.hidden = true", "'item_id' is required, so it cannot be hidden"),
        ("include = 'tag:itms'", "No operation is meant by 'tag:itms'"),
        ("exclude = '/**'", "leaves no tool at all"),
    ],
)
def test_what_means_nothing_here_is_a_warning(table: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("apispec.toml").write_text(f"[tools]\n{table}\n", encoding="utf-8")
    assert run(["tools", "shop.json"]) == 0
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "table",
    [
        "operations.drop_item = 1", "operations.drop_item.nam = 'x'", "operations.drop_item.name = 1",
        "operations.drop_item.read-only = 'yes'", "parameters.x.env = 1", "parameters.x = {env = 'A', value = 1}",
        "parameters.x.hiden = true", "include = ['']", "include = [{colour = 'red'}]", "pin = [{deprecated = 'x'}]",
        "headers = ['no colon']", "headers = {a = \"b\\nc\"}", "include = 3", "dynamic = 'yes'",
    ],
)  # fmt: skip
def test_what_means_nothing_at_all_is_an_error(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("apispec.toml").write_text(f"[tools]\n{table}\n", encoding="utf-8")
    assert run(["tools", "shop.json"]) == 2
    assert capsys.readouterr().err.startswith("apispec: ")


def test_a_document_names_no_variables(capsys: pytest.CaptureFixture[str]) -> None:
    text = json.dumps(DOCUMENT).replace('{"hidden": true}', '{"env": "AWS_SECRET_ACCESS_KEY"}')
    Path("shop.json").write_text(text, encoding="utf-8")
    assert run(["tools", "shop.json"]) == 0
    assert "only the configuration may name an environment variable" in capsys.readouterr().err


def named(*endpoints: tuple[str, str, str]) -> list[str]:
    from apispec.model import Endpoint, HttpCall

    made = (Endpoint(name=n, summary="S", call=HttpCall(method=m, path=p)) for n, m, p in endpoints)
    return [tool.name for tool in tools(Api(title="x", endpoints=tuple(made)))]


def test_names_that_a_framework_made_are_cut() -> None:
    assert without_address("read_item_items__item_id__get", "GET", "/items/{item_id}") == "read_item"
    assert without_address("root__get", "GET", "/") == "root"
    assert without_address("items_get", "GET", "/items") == "items_get"
    twice = [("read_a_get", "GET", "/a"), ("read_b_get", "GET", "/b"), ("other_c_get", "GET", "/c")]
    assert named(*twice) == ["read_a_get", "read_b_get", "other"]


def test_names_in_other_scripts_are_those_of_method_and_path() -> None:
    assert named(("获取用户", "GET", "/users/{id}"), ("créer", "POST", "/a"), ("получить", "GET", "/users")) == [
        "get_users_id", "creer", "get_users",
    ]  # fmt: skip
    one, two = named(("获取", "GET", "/获取"), ("删除", "DELETE", "/用户/删除"))
    assert one.startswith("get_") and two.startswith("delete_") and one != two
    assert named(("获取", "GET", "/获取")) == [one]


def test_many_tools_name_the_ways_out() -> None:
    from apispec.model import Endpoint

    findings: list[Finding] = []
    made: tuple[Tool, ...] = tools(
        Api(title="x", endpoints=tuple(Endpoint(name=f"f{i}", summary="S") for i in range(41))), findings
    )
    (many,) = [f for f in findings if f.rule == "many-tools"]
    assert len(made) == 41 and many.severity.value == "warning"
    assert all(way in many.hint for way in ("--tools-include", "--read-only", "--dynamic"))
