"""The documentation of a running server: the built site and the OpenAPI documents. Needs no token."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from starlette.datastructures import URLPath
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Match, NoMatchFound, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from apispec.model import Api, Server
from apispec.rendering import PREFIX, over_gradio
from apispec.runtime import Problem
from apispec.server import live_pages
from apispec.server.paths import route_path
from apispec.server.turns import Turn

_WAITING = """<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="1">
<title>Documentation</title><p>The documentation is being built; this page reloads by itself.
The API is ready: <a href="openapi.json">openapi.json</a>.</p></html>
"""


def document_routes(api: Api) -> list[Route]:
    """`/openapi.json` for protocol http, `/gradio_api/openapi.json` for protocol gradio."""
    return [
        document_route("/openapi.json", lambda root: _below(api, root)),
        document_route(PREFIX + "/openapi.json", lambda root: over_gradio(_below(api, root))),
    ]


def _below(api: Api, root: str) -> Api:
    """An Api that names no server, mounted under another application: its paths are below that place."""
    return replace(api, servers=(Server(url=root),)) if root and not api.servers else api


def document_route(path: str, source: Callable[[str], Api], *, samples: bool = False) -> Route:
    """An Api's document, rendered when it is first asked for.

    Args:
        path: Where it is served.
        source: Makes the Api for the path under which the application is mounted; empty where it is not.
        samples: Whether operations have code samples.
    """

    @lru_cache(maxsize=8)
    def text(root: str) -> str:
        from apispec.rendering import openapi

        api = source(root)
        if not samples:
            return openapi.render(api)
        from apispec.snippets import snippets

        return openapi.render(api, samples=lambda endpoint: openapi.code_samples(snippets(api, endpoint)))

    def answer(request: Request) -> Response:
        return Response(text(request.scope.get("root_path", "")), media_type="application/json")

    return Route(path, answer, methods=["GET"])


class SiteRoute(BaseRoute):
    """The built site: answers every GET that nothing before it answers.

    Args:
        folder: Where the site is or will be.
        others: The routes before it; one of them may know the path under another method.
        turn: Where the site is built again when files change: says which there is.
    """

    def __init__(self, folder: Path, others: Sequence[BaseRoute], turn: Turn | None = None) -> None:
        self.folder = folder
        self.others = others
        self.turn = turn
        self._files: StaticFiles | None = None

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Full for every GET and HEAD."""
        is_read = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        return (Match.FULL if is_read else Match.NONE), {}

    def url_path_for(self, name: str, /, **path_params: Any) -> URLPath:
        """Pages are not looked up by name.

        Raises:
            NoMatchFound: Always.
        """
        raise NoMatchFound(name, path_params)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with a file of the site."""
        is_built = (self.folder / "index.html").is_file()
        if is_built and self._files is None:
            self._files = StaticFiles(directory=self.folder, html=True, follow_symlink=False)
        if self.turn is not None and (added := live_pages.extra(scope, self.turn)):
            await added(scope, receive, send)
            return
        if self._files is not None and (file := self._page(self._files, scope)):
            answer: ASGIApp = self._files
            if self.turn is not None and file.suffix == ".html":
                answer = live_pages.page(scope, file, self.turn)
            await answer(scope, receive, send)
            return
        if not is_built and route_path(scope) == "/":
            await HTMLResponse(_WAITING, 503, {"Retry-After": "1"})(scope, receive, send)
            return
        for route in self.others:
            match, child_scope = route.matches(scope)
            if match is Match.PARTIAL:
                scope.update(child_scope)
                await route.handle(scope, receive, send)
                return
        if self._files is not None:
            with suppress(HTTPException, ValueError):
                await self._files(scope, receive, send)  # the site's own page for what is not there
                return
        raise Problem(404, "There is no such page or endpoint.")

    @staticmethod
    def _page(files: StaticFiles, scope: Scope) -> Path | None:
        """The file that is meant."""
        path = Path(files.get_path(scope))
        with suppress(ValueError, OSError):  # names that no file can have
            for name in (path, path / "index.html"):
                found = Path(files.lookup_path(str(name))[0])
                if found.is_file():
                    return found
        return None
