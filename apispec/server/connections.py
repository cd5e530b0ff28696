"""Connections that are in no hurry: a request's head must come in time and be short, its body must go on coming, and
its answer must go on being read.

uvicorn waits for ever for a head that comes byte by byte, for the rest of a body, and for a client that does not read.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import h11
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from apispec.runtime import Limits

_LEAST = 1024
"""Bytes of a body that must come in each time of `Limits.stall`."""

_READING = 10
"""So many times of `Limits.stall` a client may take to read what is written ahead of it (64 KiB)."""

_ANSWER = b"HTTP/1.1 %s\r\nContent-Type: text/plain\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def quiet_upgrades() -> None:
    """Say nothing of clients that offer HTTP/2 (`Upgrade: h2c`), as those of Java and Kotlin do with every request:
    uvicorn would warn of each, and recommend libraries for WebSockets.
    """
    logging.getLogger("uvicorn.error").addFilter(_no_upgrade)


def _no_upgrade(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith(("Unsupported upgrade request", "No supported WebSocket library"))


def protocol(limits: Limits) -> type[asyncio.Protocol]:
    """The protocol class of uvicorn for HTTP/1.1, whichever is installed, with these limits."""
    base: Any = AutoHTTPProtocol

    class Connection(base):  # type: ignore[misc]
        """One connection."""

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._timer: asyncio.TimerHandle | None = None
            self._reading: asyncio.TimerHandle | None = None
            self._request: Any = None
            self._arriving = False
            """Whether a request's body is not complete, as httptools says it; h11 knows itself."""
            self._head = 0
            self._body = 0
            self._start(limits.head, self._head_is_late)

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop()
            self.resume_writing()
            super().connection_lost(exc)

        def on_headers_complete(self) -> None:
            self._arriving = True
            super().on_headers_complete()

        def on_message_complete(self) -> None:
            self._arriving = False
            super().on_message_complete()

        def data_received(self, data: bytes) -> None:
            was_body = self._is_body()
            super().data_received(data)
            is_new, self._request = self.cycle is not self._request, self.cycle
            if is_new or was_body != self._is_body():
                self._head = self._body = 0
                self._stop()
            elif was_body:
                self._body += len(data)
            else:
                self._head += len(data)
            if self._is_body():
                if self._timer is None:
                    self._start(limits.stall, self._look_at_body)
            elif self.cycle is None or self.cycle.response_complete:
                if self._head > limits.head_bytes:
                    self._end(b"431 Request Header Fields Too Large")
                elif self._timer is None:
                    self._start(limits.head, self._head_is_late)

        def pause_writing(self) -> None:
            super().pause_writing()
            if self._reading is None:
                self._reading = self.loop.call_later(_READING * limits.stall, self.transport.abort)

        def resume_writing(self) -> None:
            if self._reading is not None:
                self._reading.cancel()
                self._reading = None
            super().resume_writing()

        def _is_body(self) -> bool:
            connection = getattr(self, "conn", None)
            if isinstance(connection, h11.Connection):
                return connection.their_state is h11.SEND_BODY
            return self._arriving

        def _head_is_late(self) -> None:
            self._timer = None
            waits = self.cycle is None or self.cycle.response_complete
            if waits and not self._is_body() and self.transport.get_protocol() is self:
                self._end(b"408 Request Timeout" if self._head else b"")

        def _look_at_body(self) -> None:
            self._timer = None
            if not self._is_body() or self.transport.get_protocol() is not self:
                return
            if self._body < _LEAST and not self.flow.read_paused:
                self.transport.abort()
                return
            self._body = 0
            self._start(limits.stall, self._look_at_body)

        def _start(self, seconds: float, then: Any) -> None:
            self._timer = self.loop.call_later(seconds, then)

        def _stop(self) -> None:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

        def _end(self, status: bytes) -> None:
            self._stop()
            if not self.transport.is_closing():
                if status:
                    self.transport.write(_ANSWER % status)
                self.transport.close()

    return Connection
