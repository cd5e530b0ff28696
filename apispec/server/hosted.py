"""Documentation and tools beside an app that answers its requests itself. Functions are served by `application`.

The app keeps its paths; ours are the site and the document below one path, and `/mcp`. Where the calls go elsewhere (an
OpenAPI document) there is no app, and ours is all there is.
"""

from __future__ import annotations

import contextlib
import logging
import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from apispec.errors import ApispecError
from apispec.hosting import Lifespan
from apispec.model import Api
from apispec.rendering import PREFIX
from apispec.runtime import Problem
from apispec.server.answers import refused
from apispec.server.app_guard import AppOriginGuard
from apispec.server.docs import SiteRoute, document_route
from apispec.server.guard import BodyLimit, HostGuard, TokenGuard, cors
from apispec.server.mcp import McpRoute
from apispec.server.options import ServerOptions
from apispec.server.paths import route_path

if TYPE_CHECKING:
    from apispec.mcp_server import ToolServer


log = logging.getLogger("apispec")


class Hosted:
    """An app with what is ours, as one ASGI application.

    Args:
        api: What is documented.
        app: Answers what is not ours, and gets its lifespan; None where calls go elsewhere.
        tools: Makes the tools of `/mcp`; None where there are none.
        options: Guards and places.
    """

    def __init__(
        self, api: Api, app: Lifespan | None, tools: Callable[[], ToolServer] | None, options: ServerOptions
    ) -> None:
        self.api = api
        self.app = app
        self.docs_at = options.docs_at
        self.only_mcp = options.only_mcp
        self.failure: ApispecError | None = None
        """Why the app did not start."""
        self._mcp = McpRoute(tools, options.cors, options.limits.body) if tools is not None else None
        self._docs: list[BaseRoute] = []
        self._own: Route | None = None
        if not options.only_mcp:
            self._docs.append(document_route("/openapi.json", lambda root: api, samples=True))
            if api.source == "gradio":  # in place of Gradio's, which states no results
                self._own = document_route(f"{PREFIX}/openapi.json", lambda root: api, samples=True)
        if options.docs is not None:
            self._docs.append(SiteRoute(options.docs, (), options.turn))
        guarded: ASGIApp = BodyLimit(self._answer, options.limits.body, options.limits.upload)
        if options.token:
            guarded = TokenGuard(guarded, options.token, self._is_open)
        guarded = AppOriginGuard(guarded, options.cors, self._is_docs, None if options.only_mcp else app)
        if options.cors:
            guarded = cors(guarded, options.cors)
        self.guarded: ASGIApp = HostGuard(guarded, options.allowed_hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        else:
            await self.guarded(scope, receive, send)

    def _is_open(self, scope: Scope) -> bool:
        """Whether a request needs no token: one for the documentation, or for an app that asks for its own."""
        if self._mcp is not None and self._mcp.matches(scope)[0] is Match.FULL:
            return False
        return self._is_docs(scope) or (self.app is not None and wants_authorization(self.api))

    def _is_docs(self, scope: Scope) -> bool:
        """Whether a request is for the documentation."""
        if self._mcp is not None and self._mcp.matches(scope)[0] is Match.FULL:
            return False
        is_read = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        return is_read and self._docs_scope(scope) is not None

    def _docs_scope(self, scope: Scope) -> Scope | None:
        """The scope as the documentation sees it; None where the path is not below it."""
        path = route_path(scope)
        if path != self.docs_at and not path.startswith(self.docs_at + "/"):
            return None
        return {**scope, "root_path": scope.get("root_path", "") + self.docs_at}

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            answering = self._ours(scope)
            if answering is not None:
                await answering(scope, receive, send)
            elif self.app is not None and not self.only_mcp:
                await self.app(scope, receive, send)
            else:
                raise Problem(404, "There is no such page; the API is called at its own address.")
        except Problem as problem:
            await refused(problem, scope.get("method", ""))(scope, receive, send)
        except ClientDisconnect:
            log.info("a client left before its request was complete: %s %r", scope["method"], scope["path"][:200])
            await Response(status_code=499)(scope, receive, send)
        except HTTPException as error:
            await refused(Problem(error.status_code, error.detail), scope.get("method", ""))(scope, receive, send)

    def _ours(self, scope: Scope) -> ASGIApp | None:
        """What of ours answers a request."""
        if scope["type"] != "http":
            return None
        if self._mcp is not None and self._mcp.matches(scope)[0] is Match.FULL:
            return self._mcp.handle
        if self._own is not None and self._own.matches(scope)[0] is Match.FULL:
            return self._own.handle
        inner = self._docs_scope(scope)
        if inner is None or not self._docs:
            return None
        if self.docs_at and route_path(scope) == self.docs_at:
            return RedirectResponse(scope.get("root_path", "") + self.docs_at + "/")
        for route in self._docs:
            match, more = route.matches(inner)
            if match is Match.FULL:
                return _within({**inner, **more}, route)
        return None

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        try:
            if self.app is not None:
                await self.app.start()
        except ApispecError as error:
            self.failure = error
            await send({"type": "lifespan.startup.failed", "message": ""})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        with contextlib.suppress(Exception):
            if self._mcp is not None:
                await self._mcp.close()
        try:
            if self.app is not None:
                await self.app.stop()
        except Exception:
            await send({"type": "lifespan.shutdown.failed", "message": traceback.format_exc()})
            return
        await send({"type": "lifespan.shutdown.complete"})


def wants_authorization(api: Api) -> bool:
    """Whether an app asks for the header Authorization itself, so that no token of ours can be in it."""
    return any(
        scheme.get("type") in ("http", "oauth2", "openIdConnect") or scheme.get("name") == "Authorization"
        for scheme in api.security_schemes.values()
    )


def _within(inner: Scope, route: BaseRoute) -> ASGIApp:
    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        await route.handle(inner, receive, send)

    return answer
