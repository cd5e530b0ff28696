"""A small server of another kind than ours: says what it got, streams lines, and lets pages in or not."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Elsewhere:
    """A running server."""

    url: str = ""
    gate: threading.Event = field(default_factory=threading.Event)
    """Opened by the test: a stream waits for it after its first line."""
    seen: list[str] = field(default_factory=list)
    """Method and path of each request."""


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_state: Elsewhere
    cors = True

    def log_message(self, *args: object) -> None:
        pass

    def _head(self, status: int, media_type: str, length: int | None) -> None:
        self.send_response(status)
        if self.cors:
            self.send_header("Access-Control-Allow-Origin", "*")
            self.send_header("Access-Control-Allow-Headers", "*, Authorization")
            self.send_header("Access-Control-Allow-Methods", "*")
        self.send_header("Content-Type", media_type)
        if length is None:
            self.send_header("Connection", "close")
            self.close_connection = True
        else:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def _json(self, value: object, status: int = 200) -> None:
        body = json.dumps(value).encode()
        self._head(status, "application/json", len(body))
        self.wfile.write(body)

    def do_OPTIONS(self) -> None:
        self._head(204, "text/plain", 0)

    def do_POST(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.path.partition("?")[0]
        self.server_state.seen.append(f"{self.command} {self.path}")
        if path == "/lines":
            self._head(200, "application/x-ndjson", None)
            for n in range(3):
                self.wfile.write(f'{{"n": {n}}}\n'.encode())
                self.wfile.flush()
                if n == 0:
                    self.server_state.gate.wait(30)
        elif path == "/breaks-off":
            self._head(200, "application/json", 1000)
            self.wfile.write(b'{"a": ')
            self.close_connection = True
        elif path == "/crashes":
            self.cors = False  # as frameworks answer what no handler caught
            self._json("Internal Server Error", 500)
            del self.cors  # the connection may be used again
        elif path == "/fastapi":
            detail = [{"loc": ["body", "point", "x"], "msg": "Input should be a number", "type": "float_type"}]
            self._json({"detail": detail}, 422)
        else:
            headers = {name.lower(): value for name, value in self.headers.items()}
            self._json({"method": self.command, "path": self.path, "headers": headers, "body": body.decode()})


@contextmanager
def elsewhere(*, cors: bool = True) -> Iterator[Elsewhere]:
    """The server, with or without leave for pages of other origins."""
    state = Elsewhere()
    handler = type("Handler", (_Handler,), {"server_state": state, "cors": cors})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        state.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield state
        finally:
            state.gate.set()
            server.shutdown()
            thread.join()
