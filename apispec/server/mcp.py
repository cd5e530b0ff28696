"""The route `/mcp`: who may call, and what is a page. `apispec.mcp_server` answers, imported when first called."""

from __future__ import annotations

import asyncio
import importlib
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from starlette.datastructures import Headers, URLPath
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import Receive, Scope, Send

from apispec.runtime import Problem
from apispec.server.paths import route_path
from apispec.urls import split_url

if TYPE_CHECKING:
    from apispec.mcp_server import HttpTools, ToolServer

PATH = "/mcp"


class McpRoute(BaseRoute):
    """`/mcp`. Started with the first request: importing the SDK takes a second, and a mounted application is not told
    when it starts.

    Args:
        make: Makes the tools, in a thread, when the first request comes: it imports the SDK.
        origins: Origins besides the server's own whose pages may call; `*` = any.
        most: Bytes of a request.
    """

    def __init__(self, make: Callable[[], ToolServer], origins: Iterable[str], most: int) -> None:
        self.origins = frozenset(origins)
        self._make = make
        self._most = most
        self._tools: HttpTools | None = None
        self._lock = asyncio.Lock()

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Full for everything that a client sends; a browser that wants to read gets the page of that name."""
        if scope["type"] != "http" or route_path(scope) != PATH:
            return Match.NONE, {}
        accept = Headers(scope=scope).get("accept", "")
        is_page = scope["method"] in ("GET", "HEAD") and "text/event-stream" not in accept
        return (Match.PARTIAL if is_page else Match.FULL), {}

    def url_path_for(self, name: str, /, **path_params: Any) -> URLPath:
        """Not looked up by name.

        Raises:
            NoMatchFound: Always.
        """
        raise NoMatchFound(name, path_params)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers = Headers(scope=scope)
        if scope["method"] not in ("GET", "POST", "DELETE") or (
            scope["method"] == "GET" and "text/event-stream" not in headers.get("accept", "")
        ):
            raise Problem(405, "MCP clients POST here.", headers={"Allow": "GET, POST, DELETE"})
        self._check_origin(headers)
        tools = await self._start()
        await tools(scope, receive, send)

    async def close(self) -> None:
        """Stop."""
        if self._tools is not None:
            await self._tools.close()
            self._tools = None

    def _check_origin(self, headers: Headers) -> None:
        """Refuse pages of other origins, as the specification demands.

        Raises:
            Problem: 403.
        """
        origin = headers.get("origin")
        if origin is None or "*" in self.origins or origin in self.origins:
            return
        if split_url(origin).netloc != headers.get("host", ""):
            raise Problem(403, "Pages of another origin may not call.")

    async def _start(self) -> HttpTools:
        async with self._lock:
            if self._tools is None:
                http = await asyncio.to_thread(importlib.import_module, "apispec.mcp_server.http")
                tools: HttpTools = http.HttpTools(await asyncio.to_thread(self._make), self._most)
                await tools.start()
                self._tools = tools
            return self._tools
