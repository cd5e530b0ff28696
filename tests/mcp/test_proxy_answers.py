"""What becomes of an app's answers in its tools: redirects, files, streams, too much, too slow."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from mcp import Client
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from apispec.mcp_server import proxy
from apispec.mcp_server.proxy import ProxyServer
from apispec.model import Api, Endpoint, HttpCall, Result
from apispec.runtime.limits import Limits

PNG = b"\x89PNG\r\n"
EVENTS = b'event: a\ndata: {"n": 1}\n\n: comment\n\ndata: 2\n\n'


async def slow(request: Request) -> Response:
    await asyncio.sleep(30)
    return Response()


ANSWERS: dict[str, Any] = {
    "here": lambda request: RedirectResponse("/number"),
    "away": lambda request: RedirectResponse("http://other.example/number"),
    "circle": lambda request: RedirectResponse("/circle"),
    "number": lambda request: JSONResponse(3),
    "picture": lambda request: Response(PNG, media_type="image/png"),
    "text": lambda request: PlainTextResponse("a text"),
    "nothing": lambda request: Response(status_code=204),
    "lines": lambda request: Response(b'{"n": 1}\n2\n', media_type="application/x-ndjson"),
    "events": lambda request: Response(EVENTS, media_type="text/event-stream"),
    "not_a_number": lambda request: Response(b"NaN", media_type="application/json"),
    "large": lambda request: Response(b"x" * 2000, media_type="text/plain"),
    "empty_error": lambda request: Response(status_code=500),
    "slow": slow,
}
RESULTS = {"lines": Result(schema={}, streaming=True, media_type="application/x-ndjson"),
           "events": Result(schema={}, streaming=True, media_type="text/event-stream")}  # fmt: skip
JSON_RESULTS = {"here", "number", "not_a_number", "away", "circle", "slow"}


def answer(name: str, **limits: Any) -> Any:
    """What the tool of that name gives."""
    endpoints = tuple(
        Endpoint(
            name=key,
            summary="x",
            call=HttpCall(method="GET", path=f"/{key}"),
            result=RESULTS.get(key)
            or (Result(schema={"type": "integer"}) if key in JSON_RESULTS else Result(media_type="*/*", is_file=True)),
        )
        for key in ANSWERS
    )
    app = Starlette(routes=[Route(f"/{key}", function) for key, function in ANSWERS.items()])
    server = ProxyServer(Api(title="X", endpoints=endpoints), app=app, limits=Limits(**limits))

    async def session() -> Any:
        async with Client(server.server) as client:
            return await client.call_tool(name, {})

    return asyncio.run(asyncio.wait_for(session(), 60))


def test_redirects_are_followed_at_home_only() -> None:
    assert answer("here").structured_content == {"result": 3}
    away = answer("away")
    assert away.is_error and "redirects to other.example, which is not followed" in away.content[0].text
    circle = answer("circle")
    assert circle.is_error and "redirects too often" in circle.content[0].text


def test_files_texts_and_streams_are_what_they_are() -> None:
    picture = answer("picture").content[0]
    assert (picture.type, picture.mime_type) == ("image", "image/png")
    assert answer("text").content[0].text == "a text"
    assert answer("nothing").content[0].text == "204, no content"
    assert answer("lines").structured_content == {"result": [{"n": 1}, 2]}
    assert answer("events").structured_content == {"result": [{"n": 1}, 2]}


@pytest.mark.parametrize(
    ("name", "limits", "words"),
    [
        ("empty_error", {}, "500 without a body"),
        ("slow", {"timeout": 0.2}, "did not answer in 0.2 seconds"),
        ("large", {}, "The answer has more than 1000 bytes."),
    ],
)
def test_what_is_wrong_is_said(name: str, limits: dict[str, Any], words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proxy, "LARGEST", 1000)
    found = answer(name, **limits)
    assert found.is_error and words in found.content[0].text
