"""The whole server as one Starlette application, made of its parts in the order in which they are asked."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from apispec.mcp_server import missing
from apispec.model import Api
from apispec.rendering import PREFIX
from apispec.runtime import Files, Function, Problem, Runtime
from apispec.server.answers import problem_response, refused
from apispec.server.docs import SiteRoute, document_routes
from apispec.server.gradio import GradioProtocol
from apispec.server.guard import BodyLimit, HostGuard, OriginGuard, TokenGuard, cors
from apispec.server.http import HttpEndpoints
from apispec.server.mcp import McpRoute
from apispec.server.options import ServerOptions

if TYPE_CHECKING:
    from apispec.mcp_server import ToolServer

log = logging.getLogger("apispec")


class Application:
    """A server as an ASGI application.

    Args:
        api: What is documented.
        functions: What may be called: every endpoint of the Api that is not private.
        options: Limits and guards.
    """

    def __init__(self, api: Api, functions: Sequence[Function], options: ServerOptions) -> None:
        limits = options.limits
        self.api = api
        self.options = options
        self.runtime = Runtime(limits, options.observer)
        self.files = Files(limits.stored_files, limits.stored_bytes, limits.file_age)
        self.endpoints = HttpEndpoints(functions, self.runtime, self.files, f"{PREFIX}/file=")
        gradio = GradioProtocol(api, functions, self.runtime, self.files)
        self._mcp = _mcp(api, functions, self.runtime, options) if options.mcp else None
        routes: list[BaseRoute] = [
            self.endpoints,
            *([self._mcp] if self._mcp is not None else []),
            *gradio.routes(PREFIX),
            *document_routes(api),
            *gradio.routes(""),
        ]
        if options.only_mcp:
            routes = [self._mcp] if self._mcp is not None else []
        if options.docs is not None:
            routes.append(SiteRoute(options.docs, tuple(routes), options.turn))
        self.starlette = Starlette(
            routes=routes,
            exception_handlers={
                Problem: _answer_problem,
                HTTPException: _answer_http,
                ClientDisconnect: _answer_nobody,
                Exception: _answer_failure,
            },
            lifespan=self._lifespan,
        )
        self.starlette.router.redirect_slashes = False
        app: ASGIApp = BodyLimit(self.starlette, limits.body, limits.upload)
        if options.token:
            app = TokenGuard(app, options.token, self._is_open)
        app = OriginGuard(app, options.cors, self._is_open)
        if options.cors:
            app = cors(app, options.cors)
        self.app: ASGIApp = HostGuard(app, options.allowed_hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        await self.app(scope, receive, send)

    def _is_open(self, scope: Scope) -> bool:
        """Whether a request is for the documentation: no route but the documents' and the site's would answer it."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return False
        for route in self.starlette.router.routes:
            match, _ = route.matches(scope)
            if match is Match.FULL:
                return isinstance(route, SiteRoute) or getattr(route, "path", "").endswith("/openapi.json")
        return False

    @contextlib.asynccontextmanager
    async def _lifespan(self, app: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            if self._mcp is not None:
                await self._mcp.close()
            self.close()

    def close(self) -> None:
        """Remove kept files and let threads end."""
        self.runtime.close()
        self.files.close()


def _mcp(api: Api, functions: Sequence[Function], runtime: Runtime, options: ServerOptions) -> McpRoute | None:
    """The route `/mcp`, None where the extra is not installed."""
    if missing():
        return None

    def make() -> ToolServer:
        from apispec.mcp_server import FunctionServer

        return FunctionServer(api, functions, runtime)

    return McpRoute(make, options.cors, options.limits.body)


async def _answer_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return refused(error, request.method)


async def _answer_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    details: Mapping[int, str] = {404: "There is no such endpoint.", 405: "This is called with another method."}
    problem = Problem(error.status_code, details.get(error.status_code, error.detail), headers=error.headers)
    return refused(problem, request.method)


async def _answer_nobody(request: Request, error: Exception) -> Response:
    """The client left in the middle of its request: a line in the log, and an answer that nobody reads."""
    log.info("a client left before its request was complete: %s %r", request.method, request.url.path[:200])
    return Response(status_code=499)


async def _answer_failure(request: Request, error: Exception) -> Response:
    return problem_response(Problem(500, "The server failed; its log says more."))
