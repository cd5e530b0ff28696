"""`apispec serve` as a process: what it prints, how it stops, how it starts again."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from apispec.cli import run
from tests.serving import until

APP = '''
"""Calc."""
import time
from apispec import App

app = App(title="Calc")

@app.endpoint
def add(a: int, b: int) -> int:
    """Add."""
    return a + b

@app.endpoint
def sleeps(seconds: float) -> float:
    """Sleep."""
    time.sleep(seconds)
    return seconds
'''


class Process:
    """A running command and what it says."""

    def __init__(self, command: str, *args: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "apispec", command, *args], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, env={**os.environ, "THE_TOKEN": "secret"},
        )  # fmt: skip
        self.said = ""
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.said += line

    def url(self) -> str:
        assert until(lambda: re.search(r"http://\S+?:\d+", self.said), 60), self.said
        found = re.search(r"http://\S+?:\d+", self.said)
        assert found is not None
        return found.group()


@contextmanager
def serving(*args: str, command: str = "serve") -> Iterator[Process]:
    process = Process(command, *args)
    try:
        yield process
    finally:
        process.process.terminate()
        try:
            process.process.wait(15)
        finally:
            process.process.kill()
            process.process.wait()
            for stream in (process.process.stdout, process.process.stderr):
                assert stream is not None
                stream.close()


def add(url: str, **options: object) -> requests.Response:
    return requests.post(f"{url}/add", json={"a": 1, "b": 2}, timeout=10, **options)  # type: ignore[arg-type]


@pytest.mark.slow
def test_site_documents_and_calls_on_one_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "own"))  # others make sites, too
    Path("calc.py").write_text(APP, encoding="utf-8")
    with serving("calc.py", "--port", "0") as process:
        url = process.url()
        assert add(url).json() == 3
        assert requests.get(f"{url}/openapi.json", timeout=60).json()["info"]["title"] == "Calc"
        assert until(lambda: requests.get(url, timeout=60).status_code == 200, 60)
        page = requests.get(url, timeout=60).text
        assert "Calc" in page
        assert requests.get(f"{url}/mcp.json", timeout=60).json()["tools"][0]["name"] == "add"
        assert list((tmp_path / "own").glob("apispec-site-*"))
    assert process.process.returncode == 0, process.said
    assert not list((tmp_path / "own").glob("apispec-site-*"))


def test_options_and_a_token() -> None:
    Path("calc.py").write_text(APP, encoding="utf-8")
    with serving("calc.py", "--port", "0", "--no-docs", "--token-env", "THE_TOKEN", "--longest-call", "0.3") as process:
        url = process.url()
        assert add(url).status_code == 401
        headers = {"Authorization": "Bearer secret"}
        assert add(url, headers=headers).json() == 3
        slow = requests.post(f"{url}/sleeps", json={"seconds": 2}, headers=headers, timeout=60)
        assert slow.status_code == 504
        assert requests.get(f"{url}/", timeout=60).status_code in (401, 404)
        assert "secret" not in process.said


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_calls_that_run_are_finished_when_it_is_stopped(number: signal.Signals) -> None:
    Path("calc.py").write_text(APP, encoding="utf-8")
    with serving("calc.py", "--port", "0", "--no-docs", "--grace", "2") as process:
        url = process.url()
        answers: list[requests.Response] = []

        def call(seconds: float) -> None:
            answers.append(requests.post(f"{url}/sleeps", json={"seconds": seconds}, timeout=60))

        threads = [threading.Thread(target=call, args=(seconds,)) for seconds in (0.7, 30.0)]
        for thread in threads:
            thread.start()
        time.sleep(0.3)
        process.process.send_signal(number)
        started = time.monotonic()
        for thread in threads:
            thread.join()
        assert process.process.wait(10) == 0, process.said
        assert time.monotonic() - started < 20, "the call of 30 s was waited for"
    assert sorted(a.status_code for a in answers) == [200, 503]


def test_reload() -> None:
    source = Path("calc.py")
    source.write_text(APP, encoding="utf-8")
    with serving("calc.py", "--port", "0", "--no-docs", "--reload") as process:
        url = process.url()
        assert add(url).json() == 3
        source.write_text(APP.replace("a + b", "a - b"), encoding="utf-8")
        assert until(lambda: add(url).json() == -1, 15)
        source.write_text("broken(", encoding="utf-8")
        assert until(lambda: "calc.py:1" in process.said, 15), process.said
        source.write_text(APP, encoding="utf-8")
        assert until(lambda: process.said.count("Calc:") >= 3, 15)
        assert add(url).json() == 3
    assert process.process.returncode == 0


DOCUMENT = """
openapi: 3.1.0
info: {title: Before, version: "1"}
servers: [{url: "http://127.0.0.1:9"}]
paths: {/a: {get: {responses: {"200": {description: OK}}}}}
"""


def test_documents_and_other_apps_are_reloaded_too() -> None:
    fastapi = "from fastapi import FastAPI\napp = FastAPI(title='Before')\n@app.get('/x')\ndef x() -> int: return 1\n"
    for name, text, place in (("api.yaml", DOCUMENT, ""), ("web.py", fastapi, "/api-docs")):
        Path(name).write_text(text, encoding="utf-8")
        with serving(name, "--port", "0", "--no-docs", "--no-mcp", "--reload") as process:
            url = process.url() + place + "/openapi.json"
            assert requests.get(url, timeout=60).json()["info"]["title"] == "Before"
            Path(name).write_text(text.replace("Before", "After"), encoding="utf-8")
            assert until(lambda url=url: requests.get(url, timeout=60).json()["info"]["title"] == "After", 60)
        assert process.process.returncode == 0


def test_mistakes_are_said(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    Path("calc.py").write_text(APP, encoding="utf-8")
    monkeypatch.delenv("NOT_SET", raising=False)
    for args, words in (
        (["serve"], "what should be served"),
        (["serve", "no.py"], "no file"),
        (["serve", "calc.py", "--token-env", "NOT_SET"], "NOT_SET"),
        (["serve", "https://api.example.com/openapi.json", "--reload", "--port", "0"], "--reload watches files"),
        (["serve", "calc.py:add"], "only an app or a module"),
        (["serve", "calc.py:nothing"], "nothing"),
    ):
        assert run(args) == 2
        assert words in capsys.readouterr().err
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert run(["serve", "calc.py", "--no-docs", "--port", str(taken.getsockname()[1])]) == 2
        assert "cannot listen" in capsys.readouterr().err


def test_mcp_over_http_serves_only_tools_and_asks_for_the_token() -> None:
    Path("calc.py").write_text(APP, encoding="utf-8")
    options = ["--http", "--port", "0", "--token-env", "THE_TOKEN"]
    with serving("calc.py", *options, command="mcp") as process:
        url = process.url()
        assert f"Calc: MCP at {url}/mcp" in process.said
        ask = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        headers = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-06-18"}
        assert requests.post(f"{url}/mcp", json=ask, headers=headers, timeout=60).status_code == 401
        headers["Authorization"] = "Bearer secret"
        listed = requests.post(f"{url}/mcp", json=ask, headers=headers, timeout=60)
        assert listed.status_code == 200 and '"name":"add"' in listed.text.replace('": "', '":"')
        assert add(url, headers=headers).status_code == 404
    assert process.process.returncode == 0, process.said
