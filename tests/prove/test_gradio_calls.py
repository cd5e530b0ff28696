"""What reached a Gradio app is compared with what was meant, value by value and file by file."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from apispec.hosting.hearing import Heard
from apispec.literals import LocalFile
from apispec.model import Api, Default, Endpoint, GradioCall, Parameter
from apispec.prove.cases import Case
from apispec.prove.gradio import check_calls, heard
from apispec.requests import FilePart

ENDPOINT = Endpoint(
    name="join",
    call=GradioCall(prefix="/gradio_api", api_name="join", silent_inputs=(1,)),
    parameters=(
        Parameter(name="text", schema={"type": "string"}, required=True),
        Parameter(name="file", location="file", schema={"type": "string", "format": "binary"}, required=True),
        Parameter(name="times", schema={"type": "number"}, default=Default(value=2)),
    ),
)
DATA = b"Hello, world!"
FILE = {"$file": {"size": len(DATA), "sha256": hashlib.sha256(DATA).hexdigest()}}
CASE = Case(
    Api(title="Joins", version="1", endpoints=(ENDPOINT,), source="gradio"),
    ENDPOINT,
    "gradio",
    "curl",
    {"text": "it's", "file": FilePart("file", LocalFile("sample.txt", DATA.decode(), "text/plain"))},
)


def called(*data: Any, name: str = "join", client: str = "curl/8.0") -> dict[str, Any]:
    return {"name": name, "client": client, "data": list(data)}


@pytest.mark.parametrize(
    ("calls", "problem"),
    [
        ([called("it's", None, FILE, 2)], ""),
        ([called("it's", None, FILE, 2.0)], ""),
        ([called("its", None, FILE, 2)], 'argument text arrived as "its" instead of "it\'s"'),
        ([called("it's", None, FILE, 3)], "argument times arrived as 3 instead of 2"),
        ([called("it's", None, {"$file": "elsewhere"}, 2)], "argument file arrived as"),
        ([called("it's", None, FILE)], "argument times did not arrive"),
        ([called("it's", None, FILE, 2, 5)], "4 arguments arrived"),
        ([called("it's", None, FILE, 2, name="other")], "no call arrived"),
        ([called("it's", None, FILE, 2, client="node")], "no call arrived"),
        ([called("it's", None, FILE, 2), called("its", None, FILE, 2)], "argument text arrived"),
        ([{**called(), "data": {"text": "it's"}}], "the arguments arrived as"),
    ],
)
def test_calls_are_compared(calls: list[dict[str, Any]], problem: str) -> None:
    found = check_calls(CASE, calls)
    assert found == problem if not problem else found.startswith(problem)


@pytest.mark.parametrize(
    ("path", "body", "data"),
    [
        ("/gradio_api/call/join", {"data": ["a", 1]}, ["a", 1]),
        ("/gradio_api/run/join", {"data": ["a", 1]}, ["a", 1]),
        ("/gradio_api/call/v2/join", {"text": "a"}, {"text": "a"}),
        ("/gradio_api/queue/join", {"data": ["a", 1], "fn_index": 3, "session_hash": "s"}, ["a", 1]),
    ],
)
def test_calls_are_written_down_whichever_way_they_come(path: str, body: Any, data: Any, tmp_path: Path) -> None:
    sample = tmp_path / "sample.txt"
    sample.write_bytes(DATA)
    file = {"path": str(sample), "meta": {"_type": "gradio.FileData"}}
    sent = {**body, "data": [*body["data"], file]} if "data" in body else {**body, "file": file}
    passed: list[bytes] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        passed.append((await receive())["body"])

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": json.dumps(sent).encode(), "more_body": False}

    blocks = SimpleNamespace(fns={3: SimpleNamespace(api_name="join")})
    scope = {"type": "http", "method": "POST", "path": path, "headers": [(b"User-Agent", b"curl/8.0")]}
    asyncio.run(Heard(app, blocks, str(tmp_path / "calls"))(scope, receive, None))
    assert json.loads(passed[0]) == sent
    (line,) = heard(tmp_path / "calls")
    assert line == {
        "name": "join",
        "client": "curl/8.0",
        "data": [*data, FILE] if isinstance(data, list) else {**data, "file": FILE},
    }


def test_what_is_no_call_is_passed_on(tmp_path: Path) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        return None

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": base64.b64decode("/w=="), "more_body": False}

    wrapped = Heard(app, SimpleNamespace(fns={}), str(tmp_path / "calls"))
    for path in ("/gradio_api/call/join", "/gradio_api/queue/join", "/gradio_api/upload", "/login"):
        asyncio.run(wrapped({"type": "http", "method": "POST", "path": path, "headers": []}, receive, None))
    assert heard(tmp_path / "calls") == []
