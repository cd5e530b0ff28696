"""Calls that a client takes back over HTTP in the era of `initialize`, where the word comes in a request of its own.

Newer clients close the stream instead, and over stdio the SDK knows which call is meant. Here every request stands
alone, so that the clients of one address are told apart by what they were given with `initialize`: an `Mcp-Session-Id`
that nothing is kept under but calls that are running.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import anyio
import mcp_types as types
from mcp import MCPError
from mcp.server import Server, ServerRequestContext
from starlette.types import Message, Receive, Scope, Send

CANCELLED = -32800
"""The code that the SDK, too, gives to a request that was taken back."""
_HEADER = "mcp-session-id"
_LONGEST = 65_536
"""Bytes of a request that is looked at; `initialize` has a few hundred."""


class Cancelling:
    """The calls of one server that run now."""

    def __init__(self) -> None:
        self._running: dict[tuple[str, str], anyio.CancelScope] = {}

    def listen(self, server: Server[Any]) -> None:
        """Have a server tell of what is taken back."""
        server.add_notification_handler("notifications/cancelled", types.CancelledNotificationParams, self._cancel)

    @contextmanager
    def watched(self, context: ServerRequestContext[Any]) -> Iterator[None]:
        """Let the call inside end when its client takes it back.

        Raises:
            MCPError: It was.
        """
        session = _session(context)
        if not session:
            yield
            return
        key = (session, str(context.request_id))
        with anyio.CancelScope() as scope:
            self._running[key] = scope
            try:
                yield
            finally:
                if self._running.get(key) is scope:
                    del self._running[key]
        if scope.cancelled_caught:
            raise MCPError(CANCELLED, "Request cancelled")

    async def _cancel(self, context: ServerRequestContext[Any], params: types.CancelledNotificationParams) -> None:
        session = _session(context)
        scope = self._running.get((session, str(params.request_id))) if session else None
        if scope is not None:
            scope.cancel()


def _session(context: ServerRequestContext[Any]) -> str:
    return str(getattr(context.request, "headers", {}).get(_HEADER, ""))


def with_session(scope: Scope, receive: Receive, send: Send) -> tuple[Receive, Send]:
    """A request's channels, such that the answer to `initialize` has an `Mcp-Session-Id`."""
    if scope["method"] != "POST" or any(name == _HEADER.encode() for name, _ in scope["headers"]):
        return receive, send
    body = bytearray()

    async def read() -> Message:
        message = await receive()
        if len(body) <= _LONGEST:
            body.extend(message.get("body", b""))
        return message

    async def write(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200 and _opens(body):
            given = (_HEADER.encode(), uuid.uuid4().hex.encode())
            message = {**message, "headers": [*message.get("headers", ()), given]}
        await send(message)

    return read, write


def _opens(body: bytearray) -> bool:
    """Whether a request is `initialize`."""
    try:
        return len(body) <= _LONGEST and json.loads(body)["method"] == "initialize"
    except (ValueError, TypeError, KeyError, RecursionError):
        return False
