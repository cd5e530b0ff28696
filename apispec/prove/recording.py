"""Writing down the requests that reach an app, taken apart, with the answers. `requests` compares them."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from pathlib import Path
from typing import Any

from starlette.formparsers import MultiPartException
from starlette.requests import Request

from apispec.requests import FORM_TYPE

PREFIX = re.compile(r"/(proof-\d+|mcp)(?=/|$)")
"""Begins the path of every recorded request and tells whose it is."""
LONGEST = 4 * 1024 * 1024
"""Bytes of an answer that are kept."""


class Recorded:
    """An app whose requests are written down as lines of JSON; their paths lose what tells them apart.

    A line has `proof`, `call` (its number), `method`, `path` and `query` (as sent), `headers`, `body` (base64) or
    `parts` (`[name, text]` or `[name, {"sha256": …}]`), `status`, `type` (of the answer), `told` (its headers) and
    `answer` (base64).

    Args:
        app: An ASGI application.
        path: The file.
    """

    def __init__(self, app: Any, path: Path) -> None:
        self.app = app
        self._file = path.open("a", encoding="utf-8")
        self._lock = threading.Lock()
        self._number = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass on, and write down what passed by."""
        match = PREFIX.match(scope["path"]) if scope["type"] == "http" else None
        if match is None:
            await self.app(scope, receive, send)
            return
        raw = scope.get("raw_path") or scope["path"].encode()
        scope = {
            **scope,
            "path": scope["path"][match.end() :] or "/",
            "raw_path": raw[match.end() :] or b"/",
            "proof": match[1],
        }
        body, answer = bytearray(), bytearray()
        head: dict[str, Any] = {}

        async def heard() -> Any:
            message = await receive()
            body.extend(message.get("body", b""))
            return message

        async def told(message: Any) -> None:
            if message["type"] == "http.response.start":
                told_headers = list(message.get("headers", ()))
                head.update(status=message["status"], type=_header(told_headers, b"content-type"))
                head["told"] = {n.decode("latin-1").lower(): v.decode("latin-1") for n, v in told_headers}
            elif message["type"] == "http.response.body" and len(answer) < LONGEST:
                answer.extend(message.get("body", b""))
            await send(message)

        try:
            await self.app(scope, heard, told)
        finally:
            await self._write(match[1], scope, bytes(body), {"answer": base64.b64encode(answer).decode(), **head})

    def close(self) -> None:
        """Write no more."""
        self._file.close()

    async def _write(self, proof: str, scope: Any, body: bytes, answer: dict[str, Any]) -> None:
        kind = _header(scope["headers"], b"content-type")
        entry: dict[str, Any] = {
            "proof": proof,
            "method": scope["method"],
            "path": scope["raw_path"].decode("latin-1"),
            "query": scope.get("query_string", b"").decode("latin-1"),
            "headers": {n.decode("latin-1").lower(): v.decode("utf-8", "replace") for n, v in scope["headers"]},
            **answer,
        }
        if kind.startswith((FORM_TYPE, "multipart/form-data")):
            entry["parts"] = await _parts(scope, body)
        else:
            entry["body"] = base64.b64encode(body).decode()
        with self._lock:
            self._number += 1
            self._file.write(json.dumps({"call": self._number, **entry}) + "\n")
            self._file.flush()


async def _parts(scope: Any, body: bytes) -> list[Any]:
    """The fields of a form; of files what identifies them."""

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    found = []
    try:
        async with Request({**scope, "state": {}}, receive).form() as form:
            for name, value in form.multi_items():
                found.append([name, value if isinstance(value, str) else digest(await value.read())])
    except MultiPartException:
        return []
    return found


def digest(data: bytes) -> dict[str, str]:
    """What identifies a file's bytes."""
    return {"sha256": hashlib.sha256(data).hexdigest()}


def _header(headers: Any, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in headers if key.lower() == name), "")
