"""Calls that are taken back, and clients that go, over HTTP in the era of `initialize`."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from apispec import App
from tests.serving import Served, served

HEADERS = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-06-18"}
app = App(title="Slow")
ended: list[str] = []


@app.endpoint
async def sleep(name: str) -> str:
    """Sleep for long."""
    try:
        ended.append(f"{name} began")
        await asyncio.sleep(30)
    except asyncio.CancelledError:
        ended.append(f"{name} cancelled")
        raise
    return "slept"


@app.endpoint
def count(name: str) -> Iterator[int]:
    """Count for long."""
    try:
        for number in range(600):
            ended.append(f"{name} began")
            yield number
            time.sleep(0.05)
    except GeneratorExit:
        ended.append(f"{name} cancelled")
        raise


@pytest.fixture(scope="module")
def slow() -> Iterator[Served]:
    with served(app) as running:
        yield running


def post(url: str, session: str = "", **message: Any) -> requests.Response:
    headers = {**HEADERS, **({"Mcp-Session-Id": session} if session else {})}
    return requests.post(f"{url}/mcp", json={"jsonrpc": "2.0", **message}, headers=headers, timeout=60)


def opened(url: str) -> str:
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    answer = post(url, id=1, method="initialize", params=hello)
    post(url, answer.headers["Mcp-Session-Id"], method="notifications/initialized")
    return answer.headers["Mcp-Session-Id"]


def until(text: str, seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while text not in ended and time.monotonic() < end:
        time.sleep(0.02)
    return text in ended


@pytest.mark.parametrize("id_", [7, "seven"])
@pytest.mark.parametrize("tool", ["sleep", "count"])
def test_a_call_ends_when_its_own_client_takes_it_back(slow: Served, tool: str, id_: Any) -> None:
    name = f"{tool} {id_}"
    mine, another = opened(slow.url), opened(slow.url)
    answers: list[requests.Response] = []
    call = {"name": tool, "arguments": {"name": name}}
    thread = threading.Thread(
        target=lambda: answers.append(post(slow.url, mine, id=id_, method="tools/call", params=call))
    )
    thread.start()
    assert until(f"{name} began")
    for session in ("", another, mine):
        assert f"{name} cancelled" not in ended
        params = {"requestId": id_}
        assert post(slow.url, session, method="notifications/cancelled", params=params).status_code == 202
    assert until(f"{name} cancelled")
    thread.join(20)
    told = json.loads(next(line[5:] for line in answers[0].text.splitlines() if line.startswith("data:")))
    assert told["id"] == id_ and told["error"]["code"] == -32800


@pytest.mark.parametrize("tool", ["sleep", "count"])
def test_a_call_ends_without_a_word_when_its_client_goes(
    slow: Served, tool: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    name = f"{tool} left"
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": tool, "arguments": {"name": name}}}
    headers = {**HEADERS, "Mcp-Session-Id": opened(slow.url)}
    with requests.post(f"{slow.url}/mcp", json=body, headers=headers, timeout=60, stream=True):
        assert until(f"{name} began")
    assert until(f"{name} cancelled")
    assert "Traceback" not in capfd.readouterr().err + caplog.text


def test_only_the_answer_to_initialize_opens_a_session(slow: Served) -> None:
    assert "Mcp-Session-Id" not in post(slow.url, id=1, method="tools/list").headers
    assert "Mcp-Session-Id" not in post(slow.url, "given", id=1, method="tools/list").headers


@pytest.mark.skipif(sys.platform == "win32", reason="needs a terminal of POSIX")
def test_ctrl_c_at_a_terminal_ends_at_once(tmp_path: Path) -> None:
    import pty

    (tmp_path / "naps.py").write_text("import time\ndef nap() -> None:\n    time.sleep(30)\n", encoding="utf-8")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "apispec", "mcp", "naps.py"], cwd=tmp_path, stdin=theirs, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    for message in (
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "nap"}},
    ):
        os.write(ours, json.dumps(message).encode() + b"\n")
    assert process.stdout is not None and json.loads(process.stdout.readline())["id"] == 1
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    begun = time.monotonic()
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 130 and time.monotonic() - begun < 8
    assert b"Traceback" not in errors
    os.close(ours)
    os.close(theirs)
