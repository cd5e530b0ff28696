"""Many tools behind three: found by plain words, described, called; answers cut, and read on without a second call."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from mcp import Client
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from apispec import App
from apispec.mcp_server import server
from apispec.mcp_server.kept import KeptAnswers
from apispec.mcp_server.proxy import ProxyServer
from apispec.model import Api, Endpoint, HttpCall, Parameter, Result, Tooling
from apispec.tools import cut, page, selected, tools
from apispec.tools.search import Index, stem

THINGS = ("pet", "order", "customer", "invoice", "warehouse")
ACTS = {"list": ("GET", "/{0}s"), "get": ("GET", "/{0}s/{{id}}"), "create": ("POST", "/{0}s"),
        "update": ("PATCH", "/{0}s/{{id}}"), "delete": ("DELETE", "/{0}s/{{id}}")}  # fmt: skip


def shop(count: int = 13, **tooling: Any) -> Api:
    endpoints = []
    for version in range(count):
        for thing in THINGS:
            for act, (method, path) in ACTS.items():
                name = f"{act}_{thing}" + (f"_v{version}" if version else "")
                place = path.format(thing) + (f"/v{version}" if version else "")
                summary = f"{act.capitalize()} {'a' if act != 'list' else 'all'} {thing}{'s' if act == 'list' else ''}"
                parameters = (
                    (Parameter(name="id", location="path", schema={"type": "integer"}),) if "{id}" in path else ()
                )
                endpoints.append(
                    Endpoint(name=name, summary=summary, tags=(thing,), parameters=parameters,
                             call=HttpCall(method=method, path=place), result=Result(schema={}))
                )  # fmt: skip
    return Api(title="Shop", endpoints=tuple(endpoints), source="openapi", tooling=Tooling(**tooling))


def talk(target: Any, work: Callable[[Client], Any]) -> Any:
    async def session() -> Any:
        async with Client(target) as client:
            return await work(client)

    return asyncio.run(asyncio.wait_for(session(), 60))


def listed(api: Api, app: Any = None) -> list[str]:
    async def work(client: Client) -> list[str]:
        return [tool.name for tool in (await client.list_tools()).tools]

    found: list[str] = talk(ProxyServer(api, "http://127.0.0.1:9", app).server, work)
    return found


THREE = ["search_tools", "describe_tool", "call_tool"]


def test_above_a_number_of_tools_three_are_listed() -> None:
    assert listed(shop()) == THREE
    assert len(listed(shop(2))) == 50
    assert listed(shop(2, dynamic=True)) == THREE
    assert listed(shop(2, dynamic_above=49)) == THREE
    assert len(listed(shop(dynamic=False))) == 325
    assert listed(shop(pin=("create_pet", "{tag}"))) == [*THREE, "create_pet"]
    clash = shop(1, dynamic=True)
    clash = replace(clash, endpoints=(replace(clash.endpoints[0], name="call_tool"), *clash.endpoints[1:]))
    assert listed(clash) == ["search_tools", "describe_tool", "call_tool_2"]


def test_functions_too() -> None:
    app = App(title="Many")
    for number in range(61):
        app.endpoint(name=f"f{number}")(lambda x=1: x)

    async def work(client: Client) -> Any:
        assert [tool.name for tool in (await client.list_tools()).tools] == THREE
        return await client.call_tool("call_tool", {"name": "f3", "arguments": {"x": 5}})

    assert talk(server(app), work).content[0].text == "5"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("remove an invoice", "delete_invoice"), ("new customer", "create_customer"), ("which pets are there", "list_pet"),
        ("change an order", "update_order"), ("show warehouse", "get_warehouse"), ("deletePet", "delete_pet"),
        ("list_order", "list_order"),
    ],
)  # fmt: skip
def test_plain_words_find(query: str, name: str) -> None:
    assert Index(tools(shop(1))).search(query)[0].tool.name == name


@pytest.mark.parametrize("query", ["", "   ", "???", "the of a", "zzzz", "\x00", "a" * 5000, "💥", "获取 用户"])
def test_any_query_is_answered(query: str) -> None:
    assert len(Index(tools(shop(1))).search(query)) <= 5
    assert Index(()).search("pet") == []


@pytest.mark.parametrize(
    "some", [("issue", "issues"), ("starred", "stars", "star"), ("repositories", "repository"), ("running", "runs", "run"),
             ("creating", "create", "created"), ("status", "status"), ("box", "boxes"), ("class", "classes")]
)  # fmt: skip
def test_words_in_one_form(some: tuple[str, ...]) -> None:
    assert len(set(map(stem, some))) == 1


def test_search_and_describe() -> None:
    async def work(client: Client) -> list[str]:
        async def text(called: str, **arguments: Any) -> str:
            found = await client.call_tool(called, arguments)
            return ("ERROR " if found.is_error else "") + found.content[0].text  # type: ignore[union-attr]

        return [
            await text("search_tools", query="delete a pet", limit=2),
            await text("search_tools", query="", tag="order"),
            await text("search_tools", query=" "),
            await text("describe_tool", name="get_pet"),
            await text("describe_tool", name="get_pat"),
            await text("search_tools"),
            await text("call_tool"),
        ]

    found, tagged, groups, described, unknown, nothing, empty = talk(
        ProxyServer(shop(), "http://127.0.0.1:9").server, work
    )
    assert found.startswith("- delete_pet: Delete a pet [DELETE /pets/{id}]\n  id*: integer\n")
    assert "list_order" in tagged and "pet" not in tagged and "more; ask for them by limit" in tagged
    assert "There are 325 tools, by tag: pet (65)" in groups
    assert json.loads(described)["inputSchema"]["required"] == ["id"]
    assert unknown.startswith("ERROR There is no tool get_pat; near are get_pet")
    assert nothing.startswith("ERROR") and "query" in nothing
    assert empty.startswith("ERROR Give the name of a tool")


CALLS: list[str] = []


async def many(request: Request) -> Response:
    CALLS.append(request.method)
    return JSONResponse([{"id": i, "name": f"n{i}", "owner": {"login": "o", "more": "x" * 500}} for i in range(300)])


def answers() -> Any:
    return ProxyServer(shop(dynamic=True), app=Starlette(routes=[Route("/pets", many, methods=["GET", "POST"])])).server


def test_answers_are_chosen_and_read_on() -> None:
    CALLS.clear()

    async def work(client: Client) -> None:
        first = await client.call_tool("call_tool", {"name": "create_pet"})
        assert first.structured_content is None
        words = "".join(block.text for block in first.content[1:])  # type: ignore[union-attr]
        shown = json.loads(first.content[0].text)  # type: ignore[union-attr]
        assert f"The first {len(shown)} of 300 items" in words and len(first.content[0].text) <= 41_000  # type: ignore[union-attr]
        id_ = words.partition("answer: '")[2].partition("'")[0]
        rest = await client.call_tool("call_tool", {"answer": id_, "offset": 298, "fields": ["name", "owner.login"]})
        assert json.loads(rest.content[0].text) == [{"name": f"n{i}", "owner": {"login": "o"}} for i in (298, 299)]  # type: ignore[union-attr]
        assert CALLS == ["POST"], "reading on calls nothing"
        few = await client.call_tool("call_tool", {"name": "list_pet", "fields": ["id", "nam"], "limit": 2})
        assert json.loads(few.content[0].text) == [{"id": 0}, {"id": 1}]  # type: ignore[union-attr]
        told = " ".join(block.text for block in few.content[1:])  # type: ignore[union-attr]
        assert "There is no field nam; there are id, name, owner." in told and "Items 1 to 2 of 300" in told
        gone = await client.call_tool("call_tool", {"answer": "nothing"})
        assert gone.is_error and "kept no more" in gone.content[0].text  # type: ignore[union-attr]
        wrong = await client.call_tool("call_tool", {"name": "get_pet", "arguments": {"id": "x"}})
        assert wrong.is_error and "id" in wrong.content[0].text  # type: ignore[union-attr]

    talk(answers(), work)


def test_kept_answers_end() -> None:
    now = [0.0]
    kept = KeptAnswers(lambda: now[0])
    ids = [kept.keep(i) for i in range(101)]
    with pytest.raises(KeyError):
        kept.get(ids[0])
    assert kept.get(ids[1]) == 1
    now[0] = 10_000.0
    with pytest.raises(KeyError):
        kept.get(ids[1])


@pytest.mark.parametrize(
    "value",
    [
        "x" * 10_000, ["x" * 50] * 500, {"items": list(range(5000)), "total": 5000}, {f"k{i}": "y" * 40 for i in range(900)},
        [["z" * 9000]], {"a": {"b": {"c": ["w" * 30] * 900}}}, [{"id": 1, "text": "t" * 9000}], 12345, None, [],
    ],
)  # fmt: skip
def test_whatever_is_cut_is_short_and_says_so(value: Any) -> None:
    found = cut(value, 2000)
    size = len(json.dumps(found.value))
    assert size <= 2600, size
    assert bool(found.notes) == (found.value != value)
    assert cut(value, 0).value == value


def test_pages_and_fields() -> None:
    whole = {"total": 3, "items": [{"a": 1, "b": {"c": 2, "d": 3}}, {"a": 4}, {"a": 5}]}
    assert page(whole, 1, 1).value == {"total": 3, "items": [{"a": 4}]}
    assert page(whole, 9, None).notes == ["There are 3 items of items."]
    assert page("text", 1, None).notes and page(whole, 0, None).notes == []
    assert selected(whole, ["items.b.c"]).value == {"items": [{"b": {"c": 2}}, {}, {}]}
    assert selected(whole, ["$.items[0].a", "total"]).value == {"total": 3, "items": [{"a": 1}, {"a": 4}, {"a": 5}]}
    assert selected(whole, []).value == whole
