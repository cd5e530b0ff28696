"""A server that remembers what arrives, taken apart, so that it can be compared with what was meant."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl, unquote

from python_multipart import parse_form

EVENTS = b'event: heartbeat\ndata: null\n\nevent: generating\ndata: {"n": 1}\n\nevent: generating\ndata: "\\u00e9"\n\n'
ANSWERS: dict[str, tuple[int, str, bytes]] = {
    "ok": (200, "application/json", b'{"answer": 42}'),
    "missing": (404, "application/problem+json", b'{"title": "not here"}'),
    "stream": (200, "text/event-stream", EVENTS + b"event: complete\ndata: null\n\n"),
    "stream-error": (200, "text/event-stream", EVENTS + b'event: error\ndata: {"title": "broken"}\n\n'),
    "lines": (200, "application/x-ndjson", b'{"n": 1}\n{"n": 2}\n'),
    "file": (200, "image/png", bytes(range(256))),
    "text": (200, "text/plain; charset=utf-8", "gr\u00fc\u00df dich".encode()),
    "nothing": (204, "", b""),
}


CHALLENGE = ("echo of (all)", "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v")
"""Realm and nonce of `/challenge/`, which asks for HTTP digest authentication."""


@dataclass
class Arrival:
    """One request, taken apart."""

    method: str
    path: str
    """As sent, without what tells the cases apart."""
    query: list[tuple[str, str]]
    headers: dict[str, str]
    """By lower-case name; values read as UTF-8."""
    body: Any = None
    """A JSON value, the pairs of a form, the parts of a multipart body, or bytes."""
    raw_query: str = ""
    raw_body: bytes = b""
    cookies: list[tuple[str, str]] = field(default_factory=list)


class Echo(ThreadingHTTPServer):
    """`/ANSWER/KEY/...` is answered with `ANSWERS[ANSWER]` and remembered as `arrivals[KEY]`."""

    daemon_threads = True

    def __init__(self, login: tuple[str, str] = ("", "")) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.arrivals: dict[str, Arrival] = {}
        self.login = login
        """User name and password that `/challenge/` takes, then answering as `/ok/` does."""

    def base(self, answer: str, key: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/{answer}/{key}"


@contextmanager
def running(login: tuple[str, str] = ("", "")) -> Iterator[Echo]:
    server = Echo(login)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Echo

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def parse_request(self) -> bool:
        fine = super().parse_request()
        if fine:
            setattr(self, f"do_{self.command}", self._answer)  # whatever the method
        return fine

    def _answer(self) -> None:
        _, answer, key, path = self.path.split("/", 3)
        path, _, query = path.partition("?")
        headers = {k.lower(): v.encode("latin-1").decode("utf-8", "replace") for k, v in self.headers.items()}
        cookie = headers.get("cookie", "")
        data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.arrivals[key] = Arrival(
            self.command,
            "/" + path,
            parse_qsl(query, keep_blank_values=True, strict_parsing="=" in query),
            headers,
            self._body(data),
            query,
            data,
            [(n, v) for n, _, v in (c.partition("=") for c in cookie.split("; ") if c)],
        )
        refused = answer == "challenge" and not self._is_proven(headers.get("authorization", ""))
        status, media_type, content = (401, "", b"") if refused else ANSWERS["ok" if answer == "challenge" else answer]
        self.send_response(status)
        if refused:
            realm, nonce = CHALLENGE
            self.send_header(
                "WWW-Authenticate", f'Digest realm="{realm}", qop="auth", algorithm=MD5, nonce="{nonce}", opaque="o"'
            )
        if media_type:
            self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _is_proven(self, given: str) -> bool:
        """Whether a header answers the challenge (RFC 7616, 3.4.1)."""
        said = {name: quoted or word for name, quoted, word in re.findall(r'(\w+)=(?:"([^"]*)"|([^\s,"]+))', given)}
        user, password = self.server.login
        told = (said.get("username"), said.get("realm"), said.get("nonce"), said.get("uri"), said.get("opaque"))
        if told != (user, *CHALLENGE, self.path, "o"):
            return False
        secret, what = _md5(user, CHALLENGE[0], password), _md5(self.command, self.path)
        counted = (CHALLENGE[1], said.get("nc", ""), said.get("cnonce", ""), "auth")
        return said.get("response") == _md5(secret, *counted, what)

    def _body(self, data: bytes) -> Any:
        if not data:
            return None
        media_type = self.headers.get("Content-Type", "").partition(";")[0]
        if media_type == "application/json" or media_type.endswith("+json"):
            return json.loads(data)
        if media_type == "application/x-www-form-urlencoded":
            return parse_qsl(data.decode(), keep_blank_values=True, strict_parsing=bool(data))
        if media_type == "multipart/form-data":
            return _parts(self.headers["Content-Type"], data)
        return data


def _md5(*texts: str) -> str:
    return hashlib.md5(":".join(texts).encode(), usedforsecurity=False).hexdigest()


def _parts(content_type: str, data: bytes) -> list[tuple[str, str | None, str, bytes]]:
    """Name, file name, media type and bytes of each part."""
    types: dict[int, str] = {}
    boundary = content_type.partition("boundary=")[2].strip('"').encode()
    for i, part in enumerate(data.split(b"--" + boundary)[1:-1]):
        head = part.partition(b"\r\n\r\n")[0].lower()
        types[i] = next(
            (h.partition(b":")[2].strip().decode() for h in head.split(b"\r\n") if h.startswith(b"content-type:")), ""
        )
    parts: list[tuple[str, str | None, str, bytes]] = []

    def on_field(found: Any) -> None:
        parts.append((found.field_name.decode(), None, types[len(parts)], found.value or b""))

    def on_file(found: Any) -> None:
        found.file_object.seek(0)
        name = found.file_name.decode()
        parts.append((found.field_name.decode(), name, types[len(parts)], found.file_object.read()))
        found.file_object.close()

    headers = {"Content-Type": content_type.encode(), "Content-Length": str(len(data)).encode()}
    parse_form(headers, BytesIO(data), on_field, on_file)
    return parts


def decoded(path: str) -> str:
    return unquote(path, errors="strict")
