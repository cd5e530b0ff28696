"""Which pages may call an app of another library that `apispec serve` hosts: as for functions, and as the app says.

An app may have a CORS policy of its own; it is asked as a browser asks, by a preflight request. What browsers do
without any page's script, following a link, is let through: an app has pages, and logins lead back to them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from apispec.server.guard import OriginGuard, is_link

_PATIENCE_S = 10.0
"""Seconds for the app's answer to a preflight."""


class AppOriginGuard(OriginGuard):
    """`OriginGuard` before an app with routes, pages and a policy of its own.

    Args:
        app: What is behind.
        origins: Origins besides the server's own whose pages may call; `*` = any.
        is_open: Whether a request is for the documentation.
        asked: The app whose policy counts; None where there is none.
    """

    def __init__(
        self, app: ASGIApp, origins: Collection[str], is_open: Callable[[Scope], bool], asked: ASGIApp | None
    ) -> None:
        super().__init__(app, origins, is_open)
        self.asked = asked

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 or pass on."""
        http = scope["type"] == "http"
        if (
            self.asked is not None
            and http
            and not self._may_call(scope)
            and (is_link(scope) or await self._is_allowed(scope))
        ):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)

    async def _is_allowed(self, scope: Scope) -> bool:
        """Whether the app's own policy lets pages of the request's origin call."""
        given = Headers(scope=scope)
        origins = given.getlist("origin")
        if len(origins) != 1:
            return False
        origin = origins[0].encode("latin-1")
        headers = [(b"host", given.get("host", "").encode("latin-1")), (b"origin", origin)]
        headers.append((b"access-control-request-method", scope["method"].encode("latin-1")))
        preflight = {**scope, "method": "OPTIONS", "headers": headers, "state": dict(scope.get("state") or {})}
        found: list[bytes] = []

        async def receive() -> Message:
            if found:
                await asyncio.Event().wait()
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < 300:
                found.extend(v for n, v in message.get("headers", ()) if n.lower() == b"access-control-allow-origin")

        assert self.asked is not None
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await self.asked(preflight, receive, send)
        except Exception:  # whatever the app makes of it: it has not said yes
            return False
        return len(found) == 1 and found[0] in (b"*", origin)
