"""The application of an API whose calls go elsewhere: MCP tools that send requests. Functions are `application`'s."""

from __future__ import annotations

import contextlib

from starlette.routing import Match
from starlette.types import ASGIApp, Receive, Scope, Send

from apispec.runtime.problems import Problem
from apispec.server.answers import problem_response
from apispec.server.guard import HostGuard, TokenGuard
from apispec.server.mcp import McpRoute
from apispec.server.options import ServerOptions


class Proxied:
    """`/mcp` as an ASGI application.

    Args:
        route: The tools.
        options: Guards.
    """

    def __init__(self, route: McpRoute, options: ServerOptions) -> None:
        self.route = route
        app: ASGIApp = self._answer
        if options.token:
            app = TokenGuard(app, options.token, lambda scope: False)
        self.app: ASGIApp = HostGuard(app, options.allowed_hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await self.app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            if self.route.matches(scope)[0] is not Match.FULL:
                raise Problem(404, "The tools are at /mcp.")
            await self.route.handle(scope, receive, send)
        except Problem as problem:
            await problem_response(problem)(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        with contextlib.suppress(Exception):
            await self.route.close()
        await send({"type": "lifespan.shutdown.complete"})
