"""The MCP server with the official client: in memory, over HTTP and over stdio, in both eras of the protocol."""

from __future__ import annotations

import asyncio
import base64
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.stdio import stdio_client

from apispec import App, Error, File, Session
from apispec.introspection import describe
from apispec.mcp_server import server
from apispec.rendering.tools import listing
from tests.server import nasty as nasty_module
from tests.serving import Served, served

MODES = ("legacy", "auto", "2026-07-28")

app = App(title="Tools", version="2.1")


@app.endpoint(annotations={"readOnlyHint": True, "title": "Add up"})
def add(a: int, b: int = 2) -> int:
    """Add two numbers."""
    return a + b


@app.endpoint
async def words(text: str) -> AsyncIterator[str]:
    """Split a text."""
    for word in text.split():
        yield word


@app.endpoint
def steps(n: int) -> Iterator[dict[str, int]]:
    """Count."""
    for i in range(n):
        yield {"step": i}


@app.endpoint
def point(x: float) -> dict[str, float]:
    """Give a mapping."""
    return {"x": x}


@app.endpoint
def nothing() -> None:
    """Give nothing."""


@app.endpoint
def made(kind: str) -> File:
    """Make a file."""
    names = {"image": "a.png", "audio": "a.wav", "text": "ä b.txt", "other": "a.bin"}
    return File.from_bytes("dätä".encode(), name=names[kind])


@app.endpoint
def size(file: File, more: list[File] = []) -> list[int]:
    """Measure files."""
    return [file.size, *(f.size for f in more)]


@app.endpoint
def fails(own: bool) -> int:
    """Fail."""
    if own:
        raise Error(404, "Not here", "no such thing")
    raise ValueError("the secret reason")


@app.endpoint
def wrong() -> int:
    """Break its own hint."""
    return "text"  # type: ignore[return-value]


@app.endpoint(visibility="undocumented")
def hidden() -> int:
    return 1


@app.endpoint(visibility="private")
def private() -> int:
    return 1


@pytest.fixture(scope="module")
def over_http() -> Iterator[Served]:
    with served(app) as running:
        yield running


@asynccontextmanager
async def connected(transport: str, mode: str, over_http: Served) -> AsyncIterator[Client]:
    target: Any = server(app) if transport == "memory" else f"{over_http.url}/mcp"
    async with Client(target, mode=mode) as client:
        yield client


def run(work: Any) -> Any:
    return asyncio.run(asyncio.wait_for(work, 30))


def test_the_one_client_of_a_process_has_one_session() -> None:
    def visits(session: Session) -> int:
        session["n"] = session.get("n", 0) + 1
        return int(session["n"])

    counting = App()
    counting.add(visits)

    async def session() -> None:
        async with Client(server(counting)) as client:
            results = [await client.call_tool("visits", {}) for _ in range(3)]
            assert [result.structured_content for result in results] == [{"result": n} for n in (1, 2, 3)]
        async with Client(server(counting)) as client:
            assert (await client.call_tool("visits", {})).structured_content == {"result": 1}

    run(session())


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("transport", ["memory", "http"])
def test_everything_a_client_does(transport: str, mode: str, over_http: Served) -> None:
    async def session() -> None:
        async with connected(transport, mode, over_http) as client:
            listed = await client.list_tools()
            shown = [t.model_dump(by_alias=True, exclude_none=True, mode="json") for t in listed.tools]
            assert shown == listing(describe(app).api)["tools"]
            assert "hidden" not in {t.name for t in listed.tools}
            assert listed.tools[0].annotations is not None and listed.tools[0].annotations.read_only_hint is True

            result = await client.call_tool("add", {"a": 1})
            assert result.structured_content == {"result": 3}
            assert [json.loads(block.text) for block in result.content] == [{"result": 3}]
            assert (await client.call_tool("point", {"x": 1.5})).structured_content == {"x": 1.5}
            assert (await client.call_tool("nothing", {})).structured_content == {"result": None}
            assert (await client.call_tool("nothing")).structured_content == {"result": None}

            progress: list[tuple[float, str | None]] = []

            async def told(value: float, total: float | None, message: str | None) -> None:
                progress.append((value, message))

            result = await client.call_tool("words", {"text": "to be or"}, progress_callback=told)
            assert result.structured_content == {"result": ["to", "be", "or"]}
            assert progress == [(1, "to"), (2, "be"), (3, "or")]
            result = await client.call_tool("steps", {"n": 2}, progress_callback=told)
            assert result.structured_content == {"result": [{"step": 0}, {"step": 1}]}

            for arguments, words in (
                ({"a": "1"}, "a: must be integer"),
                ({}, "a: is required"),
                ({"a": 1, "c": 2}, "c: is not a known name"),
            ):
                result = await client.call_tool("add", arguments)
                assert result.is_error and words in result.content[0].text
            result = await client.call_tool("fails", {"own": True})
            assert result.is_error and result.content[0].text == "no such thing"
            result = await client.call_tool("fails", {"own": False})
            assert result.is_error and ("secret" in result.content[0].text) is (transport == "memory")
            wrong = await client.call_tool("wrong", {})
            assert wrong.is_error and "The function ran, so do not call it again" in wrong.content[0].text

            for name in ("no_such", "hidden", "private"):
                with pytest.raises(MCPError) as error:
                    await client.call_tool(name, {})
                assert error.value.code == -32602

    run(session())


def test_content_blocks(over_http: Served) -> None:
    async def session() -> None:
        async with connected("memory", "auto", over_http) as client:
            data = base64.b64encode("dätä".encode()).decode()
            block = (await client.call_tool("made", {"kind": "image"})).content[0]
            assert (block.type, block.mime_type, block.data) == ("image", "image/png", data)
            block = (await client.call_tool("made", {"kind": "audio"})).content[0]
            assert block.type == "audio" and block.data == data
            resource = (await client.call_tool("made", {"kind": "text"})).content[0].resource
            assert (resource.text, resource.mime_type) == ("dätä", "text/plain")
            assert str(resource.uri) == "file:///%C3%A4%20b.txt"
            assert (await client.call_tool("made", {"kind": "other"})).content[0].resource.blob == data

            uri = f"data:text/plain;base64,{data}"
            result = await client.call_tool("size", {"file": uri, "more": ["data:,a%20b", uri]})
            assert result.structured_content == {"result": [6, 3, 6]}
            for url, words in (
                ("data:;base64,???", "base64"),
                ("data:nothing", "comma"),
                ("file:///etc/passwd", "http(s) URL"),
                ("/etc/passwd", "http(s) URL"),
                (over_http.url, "only public addresses"),
                ("http://localhost:1/x", "only public addresses"),
                ("http://[::1]/x", "only public addresses"),
                ("http://169.254.169.254/latest", "only public addresses"),
                ("http://no-such-host.invalid/", "no such host"),
            ):
                result = await client.call_tool("size", {"file": url})
                assert result.is_error and words in result.content[0].text, url

    run(session())


def test_nasty_values_come_back_unchanged() -> None:
    async def session() -> None:
        async with Client(server(nasty_module)) as client:
            for value in (
                nasty_module.TRICKY,
                "",
                "\x00\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
            ):
                result = await client.call_tool("text", {"text": value})
                assert result.structured_content == {"result": value}
            value = {"deep": [1, 1.5, None, True, {"": []}]}
            assert (await client.call_tool("echo", {"value": value})).structured_content == {"result": value}

    run(session())


def test_pages_of_other_origins_are_refused(over_http: Served) -> None:
    import requests

    def ask(**headers: str) -> int:
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        accept = {"Accept": "application/json, text/event-stream"}
        return requests.post(f"{over_http.url}/mcp", json=body, headers={**accept, **headers}, timeout=10).status_code

    assert ask(Origin="https://evil.example") == 403
    assert ask(Origin="null") == 403
    assert ask(Origin=over_http.url) != 403
    assert ask() != 403
    assert requests.get(f"{over_http.url}/mcp", timeout=5).status_code == 405
    assert requests.put(f"{over_http.url}/mcp", timeout=5).status_code == 405


NOISY = '''
"""Prints wherever it can."""
import atexit, os, subprocess, sys
print("import print")
sys.stdout.write("import write\\n")
sys.__stdout__.write("import dunder\\n")
os.write(1, b"import descriptor\\n")
subprocess.run(["echo", "import child"])
atexit.register(lambda: print("exit print"))
atexit.register(lambda: os.write(1, b"exit descriptor\\n"))

def noisy(n: int) -> int:
    """Print and read."""
    print("call print", flush=True)
    sys.__stdout__.write("call dunder\\n"); sys.__stdout__.flush()
    os.write(1, b"call descriptor\\n")
    os.system("echo call child")
    assert sys.stdin.read() == ""
    assert subprocess.run(["cat"], capture_output=True).stdout == b""
    return n
'''


@pytest.mark.parametrize("mode", ["legacy", "2026-07-28"])
def test_stdio_is_out_of_reach_of_prints(mode: str, tmp_path: Path) -> None:
    (tmp_path / "noisy.py").write_text(NOISY, encoding="utf-8")
    parameters = StdioServerParameters(
        command=sys.executable, args=["-m", "apispec", "mcp", "noisy.py"], cwd=tmp_path, encoding_error_handler="strict"
    )

    async def session() -> None:
        with open(tmp_path / "errors", "w", encoding="utf-8") as errors:  # noqa: PTH123
            async with Client(stdio_client(parameters, errlog=errors), mode=mode) as client:
                for i in range(3):
                    assert (await client.call_tool("noisy", {"n": i})).structured_content == {"result": i}

    run(session())
    assert "call child" in (tmp_path / "errors").read_text(encoding="utf-8")


def test_every_line_on_stdout_is_the_protocols(tmp_path: Path) -> None:
    (tmp_path / "noisy.py").write_text(NOISY, encoding="utf-8")
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    messages = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "noisy", "arguments": {"n": 5}}},
    ]
    process = subprocess.Popen(
        [sys.executable, "-m", "apispec", "mcp", "noisy.py"],
        cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None and process.stdout is not None
    lines = []
    for message in messages:
        process.stdin.write(json.dumps(message).encode() + b"\n")
        process.stdin.flush()
        if "id" in message:
            lines.append(json.loads(process.stdout.readline()))
    rest, _ = process.communicate(timeout=20)
    assert rest == b"" and process.returncode == 0
    assert [line["id"] for line in lines] == [1, 2]
    assert lines[1]["result"]["structuredContent"] == {"result": 5}


def test_an_app_that_cannot_be_imported_is_said_on_stderr(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("import no_such_module_here\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "apispec", "mcp", "broken.py"], cwd=tmp_path, capture_output=True, text=True, timeout=30
    )
    assert done.returncode == 2 and done.stdout == ""
    assert "broken.py:1" in done.stderr and "Traceback" not in done.stderr
