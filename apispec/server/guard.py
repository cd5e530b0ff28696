"""What stands before every route: Host check, token, CORS and the size of bodies, as plain ASGI middleware.

Which routes exist is not known here; `is_open` says which requests need no token.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Collection
from typing import Any

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from apispec.runtime import Problem
from apispec.server.answers import problem_response
from apispec.urls import split_url

LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def host_name(value: str) -> str:
    """The name in a Host header, without port and brackets, in lower case."""
    value = value.strip().lower()
    if value.startswith("["):
        return value[1:].partition("]")[0]
    return value.partition(":")[0]


class HostGuard:
    """Refuses requests that reach a server on this computer under a foreign name (DNS rebinding).

    Args:
        app: What is behind.
        allowed: Further names that are fine.
    """

    def __init__(self, app: ASGIApp, allowed: Collection[str] = ()) -> None:
        self.app = app
        self.allowed = LOCAL_NAMES | {name.lower() for name in allowed}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 421 or pass on."""
        if scope["type"] in ("http", "websocket") and _is_local(scope):
            name = host_name(Headers(scope=scope).get("host", ""))
            if name not in self.allowed:
                problem = Problem(421, "This server answers only under its own name: localhost or 127.0.0.1.")
                await refuse(problem, scope, receive, send)
                return
        await self.app(scope, receive, send)


def _is_local(scope: Scope) -> bool:
    server = scope.get("server")
    return server is not None and str(server[0]) in LOCAL_NAMES


class TokenGuard:
    """Asks for `Authorization: Bearer TOKEN` on every route but the open ones; compares in constant time.

    Args:
        app: What is behind.
        token: The secret.
        is_open: Whether a request needs no token (the documentation).
    """

    def __init__(self, app: ASGIApp, token: str, is_open: Callable[[Scope], bool]) -> None:
        self.app = app
        self.token = token.encode()
        self.is_open = is_open

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 401 or pass on."""
        if scope["type"] in ("http", "websocket") and not self.is_open(scope):
            scheme, _, given = Headers(scope=scope).get("authorization", "").partition(" ")
            same = hmac.compare_digest(given.strip().encode("latin-1"), self.token)
            if scheme.lower() != "bearer" or not same:
                problem = Problem(
                    401, "Send the header `Authorization: Bearer TOKEN`.", headers={"WWW-Authenticate": "Bearer"}
                )
                await refuse(problem, scope, receive, send)
                return
        await self.app(scope, receive, send)


class OriginGuard:
    """Refuses what other sites' pages make a browser send (CSRF): functions run for pages of this server, for those of
    `--cors`, and for clients that are no browsers.

    A browser tells the page's origin with everything but plain GETs, and with those, since 2023, whether the page was
    of the same origin. Clients that are no browsers send neither.

    Args:
        app: What is behind.
        origins: Origins besides the server's own whose pages may call; `*` = any.
        is_open: Whether a request is for the documentation, which any page may link to and frame.
    """

    def __init__(self, app: ASGIApp, origins: Collection[str], is_open: Callable[[Scope], bool]) -> None:
        self.app = app
        self.origins = frozenset(origins)
        self.is_open = is_open

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 403 or pass on."""
        if scope["type"] in ("http", "websocket") and not self._may_call(scope):
            problem = Problem(403, "Pages of another origin may not call. --cors ORIGIN lets those of one.")
            await refuse(problem, scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _may_call(self, scope: Scope) -> bool:
        if "*" in self.origins or scope.get("method") == "OPTIONS":
            return True
        headers = Headers(scope=scope)
        origins = headers.getlist("origin")
        if origins:
            own = headers.get("host", "").strip().lower()
            return all(o in self.origins or split_url(o).netloc.lower() == own for o in origins) or self.is_open(scope)
        site = headers.get("sec-fetch-site", "none").strip().lower()
        return site in ("none", "same-origin") or self.is_open(scope)


async def refuse(problem: Problem, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request with the problem; close a WebSocket before it opens, which its client sees as 403."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": ""})
    else:
        await problem_response(problem)(scope, receive, send)


class BodyLimit:
    """Refuses bodies that are too large with 413, by their announced length or while they arrive.

    Args:
        app: What is behind.
        body: Most bytes of a body without files.
        upload: Most bytes of a multipart body.
    """

    def __init__(self, app: ASGIApp, body: int, upload: int) -> None:
        self.app = app
        self.body = body
        self.upload = upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 413 or pass on."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        multipart = headers.get("content-type", "").lower().startswith("multipart/")
        limit = self.upload if multipart else self.body
        announced = headers.get("content-length", "")
        if announced.isdigit() and int(announced) > limit:
            await problem_response(too_large(limit))(scope, receive, send)
            return
        if announced.isdigit():  # the server holds the client to the length that it announced
            await self.app(scope, receive, send)
            return
        received = 0
        answered = False

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise too_large(limit)
            return message

        async def answer(message: Message) -> None:
            """What an app makes of the exception is its own affair; the client is told of the limit."""
            nonlocal answered
            if received <= limit:
                await send(message)
            elif not answered:
                answered = True
                await problem_response(too_large(limit))(scope, receive, send)

        await self.app(scope, counted, answer)


def too_large(limit: int) -> Problem:
    """The body has more bytes than may be sent: 413."""
    return Problem(413, f"The body may have at most {limit} bytes.", headers={"Connection": "close"})


def cors(app: ASGIApp, origins: Collection[str], pattern: str | None = None) -> Any:
    """Let pages of these origins (`*` = any), and of those that the pattern is of as a whole, call from browsers."""
    from starlette.middleware.cors import CORSMiddleware

    return CORSMiddleware(
        app, allow_origins=list(origins), allow_origin_regex=pattern, allow_methods=["*"], allow_headers=["*"],
        expose_headers=["*"], max_age=600,
    )  # fmt: skip


def is_link(scope: Scope) -> bool:
    """Whether a browser opens an address as a page of its own: a link was followed, or a login is over."""
    headers = Headers(scope=scope)
    return (
        scope["method"] in ("GET", "HEAD")
        and "origin" not in headers
        and headers.get("sec-fetch-mode", "").strip().lower() == "navigate"
        and headers.get("sec-fetch-dest", "").strip().lower() == "document"
    )
