"""Docs and tools beside an app: guards, WebSockets, lifespans, places; and requests that are passed on."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import requests
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from apispec.errors import TargetError
from apispec.hosting.forwarding import Forwarded
from apispec.hosting.inside import Rooted, application
from apispec.hosting.lifespan import Lifespan
from apispec.hosting.processes import serving
from apispec.model import Api
from apispec.runtime.limits import Limits
from apispec.server.hosted import Hosted
from apispec.server.options import ServerOptions
from tests.serving import until

BEARER = {"Authorization": "Bearer secret"}


async def echo(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text(await socket.receive_text())
    await socket.close()


async def swallow(request: Request) -> PlainTextResponse:
    """As frameworks do: whatever goes wrong with the body is an answer of theirs."""
    try:
        return PlainTextResponse(str(len(await request.body())))
    except Exception:
        return PlainTextResponse("bad body", 400)


def where(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"{request.scope.get('root_path')} {request.url.path} {request.headers.get('host')}")


gone = threading.Event()


async def endless(request: Request) -> StreamingResponse:
    async def pieces() -> Any:
        try:
            while True:
                yield b"x"
                await asyncio.sleep(0.01)
        finally:
            gone.set()

    return StreamingResponse(pieces())


def app(**more: Any) -> Starlette:
    routes = [
        WebSocketRoute("/echo", echo),
        Route("/swallow", swallow, methods=["POST"]),
        Route("/where", where),
        Route("/endless", endless),
        Route("/away", lambda request: RedirectResponse("/where")),
    ]
    return Starlette(routes=routes, **more)


def hosted(inner: Any, **options: Any) -> Hosted:
    return Hosted(Api(title="T"), Lifespan(inner), None, ServerOptions(docs_at="/api-docs", **options))


def test_websockets_reach_the_app_and_are_guarded() -> None:
    with TestClient(hosted(app()), base_url="http://localhost") as client, client.websocket_connect("/echo") as socket:
        socket.send_text("hello")
        assert socket.receive_text() == "hello"
    with TestClient(hosted(app(), token="secret"), base_url="http://localhost") as client:
        with pytest.raises(WebSocketDisconnect) as closed, client.websocket_connect("/echo"):
            pass
        assert closed.value.code == 1008
        with client.websocket_connect("/echo", headers=BEARER) as socket:
            socket.send_text("hello")
            assert socket.receive_text() == "hello"


def test_only_docs_need_no_token_and_a_long_body_is_refused_whatever_the_app_makes_of_it() -> None:
    limits = Limits(body=10)
    with TestClient(hosted(app(), token="secret", limits=limits), base_url="http://localhost") as client:
        assert client.get("/api-docs/openapi.json").json()["info"]["title"] == "T"
        assert client.get("/api-docs", follow_redirects=False).headers["location"] == "/api-docs/"
        assert client.post("/api-docs/openapi.json").status_code == 401
        assert client.get("/where").status_code == 401
        assert client.post("/swallow", content=b"12345", headers=BEARER).text == "5"
        chunked = client.post("/swallow", content=iter([b"12345", b"678901"]), headers=BEARER)
        assert (chunked.status_code, chunked.headers["content-type"]) == (413, "application/problem+json")


FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://testserver.evil.example"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
    {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
]
LINK = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


@pytest.mark.parametrize("headers", FOREIGN, ids=lambda h: "-".join(h.values()))
def test_pages_of_other_origins_do_not_reach_the_app(headers: dict[str, str]) -> None:
    reached: list[str] = []

    async def noting(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "lifespan" and scope["method"] != "OPTIONS":
            reached.append(scope["path"])
        await app()(scope, receive, send)

    with TestClient(hosted(noting), "http://127.0.0.1") as client:
        for kind in ("text/plain", "multipart/form-data; boundary=b", "application/json", "application/x-unknown"):
            posted = client.post("/swallow", content=b"x", headers={**headers, "Content-Type": kind})
            assert posted.status_code == 403
        assert client.get("/where", headers=headers).status_code == 403
        assert client.post("/where", headers={**LINK, **headers}).status_code == 403
        assert not reached
        assert client.get("/api-docs/openapi.json", headers=headers).status_code == 200
    if "Origin" in headers:
        with (
            TestClient(hosted(app()), "http://127.0.0.1") as client,
            pytest.raises(WebSocketDisconnect),
            client.websocket_connect("ws://127.0.0.1/echo", headers=headers),
        ):
            pass


def test_links_lead_to_pages_of_an_app_and_its_own_pages_call() -> None:
    with TestClient(hosted(app()), "http://127.0.0.1") as client:
        assert client.get("/where", headers=LINK).status_code == 200
        for headers in ({}, {"Origin": "http://127.0.0.1"}, {"Sec-Fetch-Site": "same-origin"}):
            assert client.post("/swallow", content=b"x", headers=headers).text == "1"
        own = {"Origin": "http://127.0.0.1"}
        with client.websocket_connect("ws://127.0.0.1/echo", headers=own) as socket:
            socket.send_text("hello")
            assert socket.receive_text() == "hello"


def test_the_origins_that_an_app_itself_lets_in_call_it() -> None:
    from starlette.middleware import Middleware
    from starlette.middleware.cors import CORSMiddleware

    policy = Middleware(CORSMiddleware, allow_origins=["https://a.example"], allow_methods=["POST"])
    with TestClient(hosted(app(middleware=[policy])), "http://127.0.0.1") as client:
        for origin, status in (("https://a.example", 200), ("https://b.example", 403)):
            assert client.post("/swallow", content=b"x", headers={"Origin": origin}).status_code == status
        assert client.put("/swallow", headers={"Origin": "https://a.example"}).status_code == 403, "POST alone"
    anybody = Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["*"])
    with TestClient(hosted(app(middleware=[anybody])), "http://127.0.0.1") as client:
        assert client.post("/swallow", content=b"x", headers={"Origin": "https://b.example"}).status_code == 200
        hidden = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
        assert client.get("/where", headers=hidden).status_code == 403, "no policy speaks of what tells no origin"
    with TestClient(hosted(app(), cors=("https://a.example",)), "http://127.0.0.1") as client:
        assert client.post("/swallow", content=b"x", headers={"Origin": "https://a.example"}).status_code == 200
    with TestClient(hosted(app(), cors=("*",)), "http://127.0.0.1") as client:
        assert client.post("/swallow", content=b"x", headers={"Origin": "https://b.example"}).status_code == 200


def test_an_app_that_does_not_start_says_why() -> None:
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def broken(app: Any) -> Any:
        raise RuntimeError("no database")
        yield

    application = hosted(app(lifespan=broken))
    messages: list[Any] = []

    async def start() -> None:
        incoming: asyncio.Queue[Any] = asyncio.Queue()
        incoming.put_nowait({"type": "lifespan.startup"})

        async def send(message: Any) -> None:
            messages.append(message)

        await application({"type": "lifespan"}, incoming.get, send)

    asyncio.run(start())
    assert messages == [{"type": "lifespan.startup.failed", "message": ""}]
    assert isinstance(application.failure, TargetError) and "no database" in application.failure.details


def test_an_app_without_a_lifespan_is_served() -> None:
    async def bare(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            raise ValueError("only http")
        await PlainTextResponse("bare")(scope, receive, send)

    with TestClient(hosted(bare), base_url="http://localhost") as client:
        assert client.get("/x").text == "bare"


def test_an_app_below_a_path_is_there_with_and_without_it() -> None:
    with TestClient(hosted(Rooted(app(), "/api/v1")), base_url="http://localhost") as client:
        assert client.get("/where").text == client.get("/api/v1/where").text == "/api/v1 /api/v1/where localhost"
        assert client.get("/api/v10/where").status_code == 404


def test_what_cannot_be_run_in_this_process_is_said() -> None:
    from apispec.introspection import apps

    class Blocks:
        pass

    Blocks.__module__, Blocks.__qualname__ = "gradio.blocks", "Blocks"
    assert apps.kind_of(Blocks()) == "gradio.blocks.Blocks"
    with pytest.raises(TargetError, match="a Blocks can't be run in this process"):
        application(Blocks())


@contextmanager
def running(inner: Any) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(inner, port=0, log_level="critical"))
    thread = threading.Thread(target=server.run)
    thread.start()
    assert until(lambda: server.started, 20)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = server.force_exit = True
        thread.join(20)


def test_requests_are_passed_on_and_streams_end_with_their_reader() -> None:
    with running(app()) as behind, running(hosted(Forwarded(behind))) as url:
        host = url.removeprefix("http://")
        assert requests.get(f"{url}/where", timeout=60).text == f" /where {host}"
        assert requests.post(f"{url}/swallow", data=iter([b"123", b"45"]), timeout=60).text == "5"
        away = requests.get(f"{url}/away", timeout=10, allow_redirects=False)
        assert (away.status_code, away.headers["location"]) == (307, "/where")
        with requests.get(f"{url}/endless", stream=True, timeout=60) as stream:
            assert next(stream.iter_content(1)) == b"x"
        assert gone.wait(20)


def test_an_app_that_is_gone_is_a_502_and_websockets_are_refused() -> None:
    with TestClient(hosted(Forwarded("http://127.0.0.1:9")), base_url="http://localhost") as client:
        answer = client.get("/x")
        assert answer.status_code == 502 and "does not answer: ConnectError" in answer.text
        with pytest.raises(WebSocketDisconnect) as closed, client.websocket_connect("/echo"):
            pass
        assert closed.value.code == 1011


def test_an_app_that_never_starts() -> None:
    sleeps = [sys.executable, "-c", "import time; time.sleep(600)"]
    with pytest.raises(TargetError, match=r"the app did not start within 0\.5 s"), serving(sleeps, "app.py", 0.5):
        pass
    with pytest.raises(TargetError, match="the app could not be served"), serving([sys.executable, "-c", ""], "app.py"):
        pass
