"""What nobody waits for ends, what waits is bounded in bytes, and connections that are in no hurry are closed."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import requests

from apispec import App, File, Session
from apispec.runtime import Limits
from apispec.runtime.sessions import Sessions
from apispec.runtime.weighing import weight
from apispec.server.options import ServerOptions
from tests.serving import Served, served, until

app = App(title="Bounds")
RUNNING: set[str] = set()


@app.endpoint
def endless() -> Iterator[int]:
    RUNNING.add("endless")
    try:
        while True:
            time.sleep(0.005)
            yield 1
    finally:
        RUNNING.discard("endless")


@app.endpoint
async def endless_async() -> AsyncIterator[int]:
    RUNNING.add("endless_async")
    try:
        while True:
            await asyncio.sleep(0.005)
            yield 1
    finally:
        RUNNING.discard("endless_async")


@app.endpoint
async def silent() -> AsyncIterator[int]:
    RUNNING.add("silent")
    try:
        await asyncio.sleep(60)
        yield 1
    finally:
        RUNNING.discard("silent")


@app.endpoint
def large(kib: int, value: str = "") -> str:
    return "x" * 1024 * kib


@app.endpoint
def pieces(kib: int, count: int) -> Iterator[str]:
    for _ in range(count):
        yield "x" * 1024 * kib


@app.endpoint
def remembers(state: Session, kib: int = 0) -> int:
    state["kept"] = [*state.get("kept", []), bytearray(1024 * kib)]
    return len(state["kept"])


@app.endpoint
def size(files: list[File]) -> int:
    return sum(file.size for file in files)


LIMITS = Limits(
    queue_bytes=200_000, answer=100_000, session_bytes=300_000, head=0.6, head_bytes=20_000, stall=0.6, result_age=30
)


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    with served(app, ServerOptions(limits=LIMITS)) as running:
        yield running


def post(server: Served, path: str, json: Any, **options: Any) -> requests.Response:
    return requests.post(f"{server.url}/{path}", json=json, timeout=15, **options)


def address(server: Served) -> tuple[str, int]:
    host, port = server.url.removeprefix("http://").split(":")
    return host, int(port)


MCP = {
    "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "NAME", "arguments": {}},
}  # fmt: skip


@pytest.mark.parametrize("name", ["endless", "endless_async", "silent"])
@pytest.mark.parametrize("way", ["gradio_api/run/NAME", "api/NAME", "NAME", "events", "mcp"])
def test_a_stream_ends_with_its_caller(server: Served, way: str, name: str) -> None:
    import json

    headers = {"Content-Type": "application/json", "Accept": "application/json", "Host": "localhost"}
    body: Any = {"data": []} if "/" in way else {}
    if way == "events":
        headers["Accept"] = "text/event-stream"
    if way == "mcp":
        headers |= {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-06-18"}
        body = {**MCP, "params": {"name": name, "arguments": {}}}
    data = json.dumps(body).encode()
    path = name if way == "events" else way.replace("NAME", name)
    head = "".join(f"{k}: {v}\r\n" for k, v in {**headers, "Content-Length": str(len(data))}.items())
    with socket.create_connection(address(server)) as connection:
        connection.sendall(f"POST /{path} HTTP/1.1\r\n{head}\r\n".encode() + data)
        assert until(lambda: name in RUNNING), connection.recv(1000)
    assert until(lambda: name not in RUNNING)
    assert until(lambda: server.application.runtime.streams == 0)


def test_the_values_of_a_stream_as_one_answer_are_bounded(server: Served) -> None:
    as_json = {"Accept": "application/json"}
    assert len(post(server, "pieces", {"kib": 1, "count": 50}, headers=as_json).json()) == 50
    answer = post(server, "pieces", {"kib": 1, "count": 10_000}, headers=as_json)
    assert answer.status_code == 406 and "events" in answer.json()["detail"]
    assert post(server, "pieces", {"kib": 1, "count": 200}).text.count("generating") == 200
    call = {**MCP, "params": {"name": "pieces", "arguments": {"kib": 1, "count": 10_000}}}
    accept = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-06-18"}
    assert "more than 100000 bytes" in post(server, "mcp", call, headers=accept).text


def queue_of(server: Served) -> Any:
    routes = server.application.starlette.routes
    return next(r for r in routes if getattr(r, "path", "") == "/queue/join").endpoint.__self__.queue


def fetched(server: Served, name: str, event_id: str) -> str:
    return requests.get(f"{server.url}/call/{name}/{event_id}", timeout=15).text


def test_the_queue_is_bounded_in_bytes(server: Served) -> None:
    queue = queue_of(server)

    def start(*data: Any, name: str = "large") -> str:
        return str(post(server, f"call/{name}", {"data": list(data)}).json()["event_id"])

    ids = [start(60) for _ in range(5)]
    assert until(lambda: all(call.task.done() for call in queue._calls.values()))
    assert queue.scale.bytes <= LIMITS.queue_bytes
    said = [fetched(server, "large", id_) for id_ in ids]
    ends = [("error" in text, len(text) > 60_000) for text in said]
    assert sorted(ends) == [(False, True)] * 3 + [(True, False)] * 2  # which of them, the threads decide
    assert "fetch them sooner" in said[ends.index((True, False))]
    assert queue.scale.bytes == 0
    assert len(fetched(server, "large", start(1000))) > 1_000_000, "what comes alone may be larger"

    stream = start(60, 10, name="pieces")
    assert until(lambda: queue.scale.bytes > 150_000)
    time.sleep(0.1)
    assert queue.scale.bytes <= LIMITS.queue_bytes, "the stream waits for its reader"
    assert fetched(server, "pieces", stream).count("event: generating") == 10
    assert until(lambda: queue.scale.bytes == 0)


def test_arguments_that_wait_count_too() -> None:
    with served(app, ServerOptions(limits=Limits(threads=1, queue_bytes=100_000))) as server:
        held = threading.Event()
        server.application.runtime.pool.running = 1  # the one thread is taken
        for expected in (200, 200, 503):
            answer = post(server, "call/large", {"data": [1, "x" * 40_000]})
            assert answer.status_code == expected
        assert "100000 bytes" in answer.json()["detail"]
        join = {"fn_index": 3, "data": [1, "x" * 40_000], "session_hash": "one"}
        assert post(server, "queue/join", join).status_code == 503
        held.set()


def test_sessions_are_bounded_in_bytes(server: Served) -> None:
    def call(session: str, kib: int) -> int:
        return int(post(server, f"remembers?session_hash={session}", {"kib": kib}).json())

    sessions = server.application.runtime.sessions
    assert [call("a", 100), call("a", 100), call("b", 50)] == [1, 2, 1]
    assert call("c", 100) == 1
    assert sessions.bytes <= LIMITS.session_bytes
    assert call("b", 0) == 2
    assert call("a", 0) == 1, "it was the one unused longest"
    assert call("huge", 1000) == 1
    assert call("huge", 0) == 1, "none may be larger than all together"
    assert sessions.bytes <= LIMITS.session_bytes


def test_what_an_object_weighs() -> None:
    class Own:
        def __init__(self) -> None:
            self.data = b"x" * 10_000

    class Array:
        nbytes = 10**6

    class Broken:
        def __sizeof__(self) -> int:
            raise RuntimeError

        @property
        def nbytes(self) -> int:
            raise RuntimeError

    endless: list[Any] = []
    endless.append(endless)
    assert weight({"a": ["x" * 1000] * 3}) in range(1000, 3000), "what is held twice counts once"
    assert weight([str(i).zfill(1000) for i in range(50_000)]) > 40_000_000
    assert weight({i: bytes(100 + i) for i in range(5000)}) > 1_000_000
    assert weight(Own()) > 10_000 and weight([Array()]) > 10**6
    assert weight(Broken()) < 1000 and weight(endless) < 1000
    deep: list[Any] = []
    for _ in range(10_000):
        deep = [deep]
    assert weight(deep) > 0
    sessions = Sessions(most_bytes=10_000)
    sessions.get("a")["x"] = "x" * 20_000
    sessions.weigh("a")
    sessions.weigh("unknown")
    assert len(sessions) == 0 and sessions.bytes == 0


def test_slow_heads_time_out(server: Served) -> None:
    begun = time.monotonic()
    with socket.create_connection(address(server)) as slow, socket.create_connection(address(server)) as mute:
        slow.sendall(b"GET / HTTP/1.1\r\n")
        said = b""
        slow.settimeout(0.1)
        while time.monotonic() - begun < 10:
            try:
                slow.sendall(b"X-A: b\r\n")
                piece = slow.recv(1000)
            except TimeoutError:
                continue
            except OSError:
                break
            if not piece:
                break
            said += piece
        assert said.startswith(b"HTTP/1.1 408")
        mute.settimeout(5)
        assert mute.recv(10) == b""
    assert time.monotonic() - begun < 5


def test_heads_have_a_length(server: Served) -> None:
    with socket.create_connection(address(server)) as connection:
        connection.settimeout(5)
        with pytest.raises(OSError):
            connection.sendall(b"GET / HTTP/1.1\r\n")
            for _ in range(1000):
                connection.sendall(b"X-A: " + b"x" * 1000 + b"\r\n")
                time.sleep(0.0005)
        assert post(server, "large", {"kib": 1}).status_code == 200


def test_bodies_that_stop_coming_are_given_up(server: Served, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    with socket.create_connection(address(server)) as connection:
        connection.settimeout(5)
        connection.sendall(b"POST /large HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{")
        with pytest.raises(OSError):
            for _ in range(50):
                time.sleep(0.1)
                connection.sendall(b" ")
    said = [record for record in caplog.records if "left before" in record.getMessage()]
    assert until(lambda: bool(said)) and len(said) == 1


def test_ordinary_requests_are_not_hurried(server: Served) -> None:
    with requests.Session() as session:
        for pause in (0, 0.3, 0.3, 0.8):
            time.sleep(pause)
            assert len(session.post(f"{server.url}/large", json={"kib": 300}, timeout=5).json()) == 300 * 1024

        def slowly() -> Iterator[bytes]:
            yield b'{"kib": 1, "value": "'
            for _ in range(5):
                time.sleep(0.25)
                yield b"x" * 2000
            yield b'"}'

        headers = {"Content-Type": "application/json"}
        assert session.post(f"{server.url}/large", data=slowly(), headers=headers, timeout=5).status_code == 200
        files = {"files": ("a", b"x" * 3_000_000)}
        assert session.post(f"{server.url}/size", files=files, timeout=5).json() == 3_000_000
        refused = session.post(f"{server.url}/nothing", data=b"x" * 100_000, timeout=5)
        assert refused.status_code == 404, "a body that nobody reads is no head"
        assert session.post(f"{server.url}/large", json={"kib": 1}, timeout=5).status_code == 200


@pytest.mark.parametrize("path", ["size", "upload", "gradio_api/upload", "large"])
def test_aborted_uploads_are_one_line_in_the_log(server: Served, path: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    kind = "application/json" if path == "large" else "multipart/form-data; boundary=b"
    with socket.create_connection(address(server)) as connection:
        connection.sendall(
            f"POST /{path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\nContent-Length: 1000000\r\n\r\n"
            "--b\r\nContent-Disposition: form-data; name=files; filename=a\r\n\r\n".encode()
            + b"x" * 50_000
        )
    assert until(lambda: any("left before" in record.getMessage() for record in caplog.records))
    assert [(record.levelname, record.exc_info) for record in caplog.records if "httpx" not in record.name] == [
        ("INFO", None)
    ]
    assert until(lambda: len(server.application.files) == 0)
