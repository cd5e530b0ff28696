"""An ASGI application that passes requests on to another address: an app that runs in a process of its own."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

import httpx2

HOP_BY_HOP = frozenset(
    {b"connection", b"keep-alive", b"proxy-connection", b"te", b"trailer", b"transfer-encoding", b"upgrade"}
)
"""Headers that end at this connection (RFC 9110, section 7.6.1)."""

for _name in ("httpx2", "httpcore2"):  # they log addresses and headers, and so credentials
    logging.getLogger(_name).setLevel(logging.WARNING)


class Forwarded:
    """The app at an address. Bodies stream both ways; the Host header stays, so that the app knows its public address.

    Args:
        url: Scheme, host and port.
        own_host: Whether the app is told the host of `url` instead, as it must be where it is somebody else's.
    """

    def __init__(self, url: str, *, own_host: bool = False) -> None:
        self.url = httpx2.URL(url)
        self._kept_back = HOP_BY_HOP | {b"host"} if own_host else HOP_BY_HOP

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one connection."""
        if scope["type"] == "lifespan":
            raise RuntimeError("the app has its lifespan in its own process")
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1011, "reason": "WebSockets are not passed on."})
            return
        await self._answer(scope, receive, send)

    async def _answer(self, scope: Any, receive: Any, send: Any) -> None:
        raw = scope.get("raw_path") or scope["path"].encode()
        query = scope.get("query_string", b"")
        url = self.url.copy_with(raw_path=raw.partition(b"?")[0] + (b"?" + query if query else b""))
        headers = [(name, value) for name, value in scope["headers"] if name.lower() not in self._kept_back]
        names = {name.lower() for name, _ in scope["headers"]}
        body = _Body(receive)
        content = body.pieces() if names & {b"content-length", b"transfer-encoding"} else None
        async with httpx2.AsyncClient(timeout=None, trust_env=False, follow_redirects=False) as client:
            request = client.build_request(scope["method"], url, headers=headers, content=content)
            try:
                answer = await client.send(request, stream=True)
            except httpx2.HTTPError as error:
                text = f"The app does not answer: {type(error).__name__}.".encode()
                await send(
                    {"type": "http.response.start", "status": 502, "headers": [(b"content-type", b"text/plain")]}
                )
                await send({"type": "http.response.body", "body": text})
                return
            try:
                kept = [(n.lower(), v) for n, v in answer.headers.raw if n.lower() not in HOP_BY_HOP]
                await send({"type": "http.response.start", "status": answer.status_code, "headers": kept})
                await self._pass_on(answer, body, send)
            finally:
                await answer.aclose()

    async def _pass_on(self, answer: httpx2.Response, body: _Body, send: Any) -> None:
        """The answer's bytes as they come, until the client goes away."""

        async def pieces() -> None:
            async for piece in answer.aiter_raw():
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})

        sending, gone = asyncio.create_task(pieces()), asyncio.create_task(body.disconnected())
        try:
            await asyncio.wait({sending, gone}, return_when=asyncio.FIRST_COMPLETED)
            if sending.done():
                sending.result()
        finally:
            for task in (sending, gone):
                task.cancel()
            await asyncio.gather(sending, gone, return_exceptions=True)


class _Body:
    """The body of a request, and what comes after it."""

    def __init__(self, receive: Any) -> None:
        self.receive = receive
        self.complete = False

    async def pieces(self) -> AsyncIterator[bytes]:
        while not self.complete:
            message = await self.receive()
            if message["type"] == "http.disconnect":
                raise httpx2.ReadError("the client went away")
            self.complete = not message.get("more_body", False)
            yield message.get("body", b"")

    async def disconnected(self) -> None:
        while (await self.receive())["type"] != "http.disconnect":
            pass
