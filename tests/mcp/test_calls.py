"""Calls at a real server: a success stays one, secrets stay at home, headers and files come through."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable
from typing import Any

import pytest
from mcp import Client
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from apispec import App, File
from apispec.mcp_server import server
from apispec.mcp_server.proxy import ProxyServer
from apispec.mcp_server.redaction import is_telling
from apispec.model import Api, Endpoint, HttpCall, Parameter, Result, Tooling

PERSON = {
    "type": "object",
    "properties": {"name": {"type": "string"}, "age": {"type": "integer"}},
    "required": ["name", "age"],
    "additionalProperties": False,
}


async def echo(request: Request) -> Response:
    return JSONResponse({"headers": dict(request.headers), "query": dict(request.query_params)})


def api(answer: Callable[[Request], Any] = echo, **more: Any) -> tuple[Api, Starlette]:
    method = more.pop("method", "POST")
    endpoint = Endpoint(
        name="call", summary="S", call=HttpCall(method=method, path="/call"),
        parameters=more.pop("parameters", ()), result=Result(schema=more.pop("schema", {})), security=more.pop("needs", None),
    )  # fmt: skip
    made = Api(title="X", endpoints=(endpoint,), source="openapi", **more)
    return made, Starlette(routes=[Route("/call", answer, methods=["GET", "POST", "HEAD"])])


def call(made: tuple[Api, Any], arguments: dict[str, Any] | None = None) -> Any:
    async def session() -> Any:
        async with Client(ProxyServer(made[0], app=made[1]).server) as client:
            await client.list_tools()  # the client judges structured content by what was listed
            return await client.call_tool("call", arguments or {})

    return asyncio.run(asyncio.wait_for(session(), 60))


@pytest.mark.parametrize(
    "value", [{"name": None, "age": 1}, {"name": "a"}, {"name": "a", "age": 1, "x": 2}, [1], None, "a"]
)
def test_an_answer_that_does_not_fit_is_no_error(value: Any) -> None:
    found = call(api(lambda request: JSONResponse(value), schema=PERSON))
    assert not found.is_error
    assert found.structured_content == (value if isinstance(value, dict) else {"result": value})
    assert "The call succeeded (200). Its answer is not as documented" in found.content[-1].text
    strict = call(api(lambda request: JSONResponse(value), schema=PERSON, tooling=Tooling(strict_output=True)))
    assert strict.is_error and "not as documented" in strict.content[0].text


def test_an_answer_that_fits_is_alone() -> None:
    found = call(api(lambda request: JSONResponse({"name": "a", "age": 1}), schema=PERSON))
    assert found.structured_content == {"name": "a", "age": 1} and len(found.content) == 1


BASIC = {"basic": {"type": "http", "scheme": "basic"}}


def test_user_names_and_plain_secrets_stay_in_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("API_BASIC_USER", "AC123456")
    monkeypatch.setenv("API_BASIC_PASSWORD", "s3cret-T0ken/x")
    pair = base64.b64encode(b"AC123456:s3cret-T0ken/x").decode()
    body = {"sid": "AC123456", "said": "s3cret-T0ken/x", "url": "?p=s3cret-T0ken%2Fx", "sent": f"Basic {pair}", "n": 1}
    made = api(lambda request: JSONResponse(body), security_schemes=BASIC, needs=({"basic": []},))
    assert call(made).structured_content["result"] == {
        "sid": "AC123456", "said": "[API_BASIC_PASSWORD]", "url": "?p=[API_BASIC_PASSWORD]", "sent": "Basic [credentials]", "n": 1,
    }  # fmt: skip
    for plain in ("a", "1", "true", "test", "password", "Password1", "12345678", "2026-01-31"):
        monkeypatch.setenv("API_BASIC_PASSWORD", plain)
        body = {"a": "a test: password Password1 true", "b": [1, 12345678, True], "password": "2026-01-31 12345678"}
        made = api(lambda request, body=body: JSONResponse(body), security_schemes=BASIC, needs=({"basic": []},))
        assert call(made).structured_content["result"] == body, plain
    assert all(map(is_telling, ("ghp_16C7e42F292c6912E7", "sk-abcdefgh1", "abcdefghijklmnopq", "AC123456")))


KEYS = {
    "first": {"type": "apiKey", "in": "header", "name": "X-First"},
    "second": {"type": "apiKey", "in": "query", "name": "second"},
    "token": {"type": "http", "scheme": "bearer"},
}


def sent(made: tuple[Api, Any]) -> Any:
    found = call(made)
    assert not found.is_error, found.content[0].text
    return found.structured_content["result"]


def test_the_first_alternative_whose_credentials_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FIRST", "SECOND", "TOKEN"):
        monkeypatch.delenv(name, raising=False)
    needs = ({"first": [], "token": []}, {"second": []})
    refused = call(api(security_schemes=KEYS, needs=needs))
    assert refused.is_error and all(name in refused.content[0].text for name in ("FIRST", "TOKEN", "SECOND"))
    monkeypatch.setenv("API_SECOND", "two")
    assert sent(api(security_schemes=KEYS, needs=needs))["query"] == {"second": "two"}
    monkeypatch.setenv("API_FIRST", "one")
    assert sent(api(security_schemes=KEYS, needs=needs))["query"] == {"second": "two"}
    monkeypatch.setenv("API_TOKEN", "three")
    found = sent(api(security_schemes=KEYS, needs=needs))
    assert found["query"] == {} and found["headers"]["x-first"] == "one"
    assert found["headers"]["authorization"] == "Bearer three"


def test_none_may_be_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("API_SECOND", raising=False)
    assert sent(api(security_schemes=KEYS, needs=({}, {"second": []})))["query"] == {}
    monkeypatch.setenv("API_SECOND", "two")
    assert sent(api(security_schemes=KEYS, needs=({}, {"second": []})))["query"] == {"second": "two"}


def test_headers_of_the_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TENANT_KEY", "k3y-of-tenant")
    headers = (("X-Tenant", "acme"), ("X-Key", "Key ${TENANT_KEY}"))
    found = sent(api(tooling=Tooling(headers=headers)))["headers"]
    assert (found["x-tenant"], found["x-key"]) == ("acme", "Key [TENANT_KEY]")
    monkeypatch.delenv("TENANT_KEY")
    refused = call(api(tooling=Tooling(headers=headers)))
    assert refused.is_error and "TENANT_KEY" in refused.content[0].text
    monkeypatch.delenv("API_TOKEN", raising=False)
    own = api(security_schemes=KEYS, needs=({"token": []},), tooling=Tooling(headers=(("Authorization", "Own abc"),)))
    assert sent(own)["headers"]["authorization"] == "Own abc"


def test_a_client_of_oauth2_fetches_its_token_and_a_new_one_where_it_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from tests.serving import served

    tokens: list[Any] = []

    async def token(request: Request) -> Response:
        form = await request.form()
        tokens.append((request.headers["authorization"], dict(form)))
        return JSONResponse({"access_token": f"token-number-{len(tokens)}", "expires_in": 3600, "token_type": "bearer"})

    async def answer(request: Request) -> Response:
        given = request.headers.get("authorization", "")
        return JSONResponse({"ok": given.endswith("-2")}, 200 if given.endswith("-2") else 401)

    monkeypatch.delenv("LOGIN", raising=False)
    monkeypatch.setenv("API_LOGIN_CLIENT_ID", "me")
    monkeypatch.setenv("API_LOGIN_CLIENT_SECRET", "mine and only mine")
    tokens_of = Starlette(routes=[Route("/token", token, methods=["POST"])])
    with served(App(), wrap=lambda application: tokens_of) as running:
        url = running.url
        flow = {"clientCredentials": {"tokenUrl": f"{url}/token", "scopes": {"read": ""}}}
        made = api(answer, security_schemes={"login": {"type": "oauth2", "flows": flow}}, needs=({"login": ["read"]},))
        assert call(made).structured_content == {"result": {"ok": True}}
    basic = "Basic " + base64.b64encode(b"me:mine%20and%20only%20mine").decode()
    assert tokens == [(basic, {"grant_type": "client_credentials", "scope": "read"})] * 2


def test_telling_headers_stay() -> None:
    headers = {
        "Location": "/jobs/7",
        "Link": '</x?page=2>; rel="next"',
        "Retry-After": "3",
        "X-RateLimit-Remaining": "9",
        "X-Other": "x",
    }
    found = call(api(lambda request: JSONResponse({}, 201, headers=headers)))
    told = found.content[-1].text.lower()
    assert (
        all(f"{name}: {value}".lower() in told for name, value in list(headers.items())[:4]) and "x-other" not in told
    )
    busy = call(api(lambda request: JSONResponse({}, 429, headers=headers)))
    assert busy.is_error and "retry-after: 3" in busy.content[-1].text.lower()
    head = call(api(lambda request: Response(headers={"ETag": '"a"', "Content-Length": "7"}), method="HEAD"))
    assert "etag" in head.content[-1].text and "content-length: 7" in head.content[-1].text


def test_texts_are_in_the_charset_that_they_say() -> None:
    for kind, data in (
        ("text/plain; charset=iso-8859-1", "größe".encode("latin-1")), ("text/plain", "größe".encode()),
        ('text/plain; charset="shift_jis"', "größe".encode()), ("text/plain; charset=nonsense", "größe".encode()),
        ("text/plain; charset=hex", "größe".encode()), ("text/csv; charset=utf-16", "größe".encode("utf-16")),
    ):  # fmt: skip
        found = call(api(lambda request, kind=kind, data=data: Response(data, headers={"content-type": kind})))
        assert ("größe" in found.content[0].text) is ("shift" not in kind), kind


def test_large_answers_are_cut_and_not_told_twice() -> None:
    items = [{"id": i, "text": "x" * 90} for i in range(1000)]
    found = call(api(lambda request: JSONResponse(items), schema={"type": "array"}))
    shown = found.structured_content["result"]
    assert 200 < len(shown) < 400 and shown == items[: len(shown)]
    assert f"The first {len(shown)} of 1000 items" in found.content[-2].text + found.content[-1].text
    assert len(found.content[0].text) < 3000 and "in the structured content" in found.content[-1].text
    whole = call(api(lambda request: JSONResponse(items), tooling=Tooling(answer_limit=0), schema={"type": "array"}))
    assert len(whole.structured_content["result"]) == 1000
    small = call(api(lambda request: JSONResponse(items[:10]), schema={"type": "array"}))
    assert len(small.content) == 1 and len(small.structured_content["result"]) == 10


def test_a_hidden_variable_that_is_not_set_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VERSION_OF_API", raising=False)
    parameters = (Parameter(name="v", location="query", schema={"type": "string"}),)
    tooling = Tooling(parameters={"v": {"env": "VERSION_OF_API"}})
    refused = call(api(parameters=parameters, tooling=tooling))
    assert refused.is_error and "VERSION_OF_API" in refused.content[0].text
    monkeypatch.setenv("VERSION_OF_API", "7")
    assert sent(api(parameters=parameters, tooling=tooling))["query"] == {"v": "7"}


PIXEL = b"\x89PNG\r\n\x1a\n"
app = App(title="Files")


@app.endpoint
def mixed() -> list[str | File]:
    """Give a text, an image and a text file."""
    return ["Look:", File.from_bytes(PIXEL, name="a.png"), File.from_bytes(b"words", name="b.txt")]


@app.endpoint
def several() -> dict[str, File]:
    """Give two files of one name."""
    return {"one": File.from_bytes(b"1", name="x.bin"), "two": File.from_bytes(b"2", name="x.bin")}


@app.endpoint
def broken() -> int:
    """Fail."""
    raise KeyError("no such thing")


def of_functions(name: str, target: Any = None) -> Any:
    async def session() -> Any:
        async with Client(target or server(app)) as client:
            await client.list_tools()
            return await client.call_tool(name, {})

    return asyncio.run(asyncio.wait_for(session(), 60))


def test_calls_of_functions_have_an_end_too() -> None:
    import dataclasses

    from apispec.introspection import describe

    slow = App()

    @slow.endpoint
    async def nap() -> int:
        """Sleep."""
        await asyncio.sleep(30)
        return 1

    @slow.endpoint
    def late() -> int:
        """Fail by a timeout of its own."""
        raise TimeoutError("mine")

    described = dataclasses.replace(describe(slow).api, tooling=Tooling(timeout=0.2))
    found = of_functions("nap", server(slow, described))
    assert found.is_error and found.content[0].text == "The function did not end in 0.2 seconds."
    assert of_functions("late", server(slow, described)).content[0].text == "The function failed: TimeoutError: mine"


def test_files_are_blocks_of_their_own() -> None:
    found = of_functions("mixed")
    assert [block.type for block in found.content] == ["text", "image", "resource"]
    assert found.content[0].text == "Look:" and found.content[2].resource.text == "words"
    assert found.structured_content == {"result": ["Look:", "file:///a.png", "file:///b.txt"]}
    two = of_functions("several")
    assert [block.type for block in two.content] == ["text", "resource", "resource"]
    assert "base64" not in two.content[0].text and len(set(two.structured_content.values())) == 2


def test_a_failure_is_told_on_ones_own_machine_alone() -> None:
    from tests.serving import served

    told = of_functions("broken").content[0].text
    assert told == "The function failed: KeyError: 'no such thing'"
    with served(app) as running:
        text = of_functions("broken", f"{running.url}/mcp").content[0].text
    assert "KeyError" not in text and "the server's log says more under" in text
