"""How answers are written: JSON, problems, files for download, and event streams. No protocol's contents."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Coroutine, Mapping
from typing import Any, TypeVar

from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

from apispec.model import Json
from apispec.runtime import MEDIA_TYPE, Problem

T = TypeVar("T")

EVENT_STREAM = "text/event-stream"


def encode(value: Json) -> bytes:
    """Compact JSON in UTF-8.

    Raises:
        ValueError: NaN or an infinity.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError:  # a lone surrogate, which only an escape can write
        return json.dumps(value, allow_nan=False, separators=(",", ":")).encode()


def json_response(value: Json, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON answer."""
    return Response(encode(value), status, headers, media_type="application/json")


def problem_response(problem: Problem) -> Response:
    """The answer that says what is wrong."""
    return Response(encode(problem.to_json()), problem.status, problem.headers, media_type=MEDIA_TYPE)


def refused(problem: Problem, method: str) -> Response:
    """The answer that refuses a request; to OPTIONS it says which methods would not be refused (RFC 9110)."""
    allowed = (problem.headers or {}).get("Allow", "")
    if method == "OPTIONS" and problem.status == 405 and allowed:
        return Response(status_code=204, headers={"Allow": f"{allowed}, OPTIONS"})
    return problem_response(problem)


def download(path: str, name: str, media_type: str) -> Response:
    """A file's bytes under its own name, never shown by a browser as a page of this server."""
    return FileResponse(
        path,
        filename=name,
        media_type=media_type or "application/octet-stream",
        headers={"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"},
    )


def event(data: Json, name: str = "") -> bytes:
    """One server-sent event."""
    head = b"event: " + name.encode() + b"\n" if name else b""
    return head + b"data: " + encode(data) + b"\n\n"


class EventStream:
    """An answer of server-sent events that notices at once when the client goes away.

    Args:
        events: The encoded events; closed when the client is gone.
        heartbeat: An encoded event for silent times.
        interval: Seconds of silence before a heartbeat.
    """

    def __init__(self, events: AsyncIterator[bytes], heartbeat: bytes, interval: float) -> None:
        self.events = events
        self.heartbeat = heartbeat
        self.interval = interval

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Write the stream."""
        headers = [
            (b"content-type", b"text/event-stream; charset=utf-8"),
            (b"cache-control", b"no-cache"),
            (b"x-accel-buffering", b"no"),
        ]
        gone = asyncio.ensure_future(disconnected(receive))
        step: asyncio.Future[bytes] | None = None
        try:
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            while True:
                step = step or asyncio.ensure_future(anext(self.events))
                waiting: set[asyncio.Future[Any]] = {step, gone}
                done, _ = await asyncio.wait(waiting, timeout=self.interval, return_when=asyncio.FIRST_COMPLETED)
                if gone in done:
                    return
                body = self.heartbeat
                if step in done:
                    try:
                        body, step = step.result(), None
                    except StopAsyncIteration:
                        break
                await send({"type": "http.response.body", "body": body, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except OSError:  # the connection broke while writing
            return
        finally:
            gone.cancel()
            if step is not None:
                step.cancel()
                with contextlib.suppress(BaseException):
                    await step
            close = getattr(self.events, "aclose", None)
            if close is not None:
                await close()


async def while_there(work: Coroutine[Any, Any, T], receive: Receive) -> T:
    """What work gives, which is given up when its caller goes away.

    Raises:
        Problem: 499, the caller is gone.
    """
    gone = asyncio.ensure_future(disconnected(receive))
    working = asyncio.ensure_future(work)
    try:
        await asyncio.wait({gone, working}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        raise Problem(499, "The client went away.")
    finally:
        gone.cancel()
        if not working.done():
            working.cancel()
            with contextlib.suppress(BaseException):
                await working


async def disconnected(receive: Receive) -> None:
    """Return when the client is gone; what else arrives is left aside."""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
