"""Protocol `http`: one request per call, as the OpenAPI document says.

JSON, form or files in; bare JSON, a download, or a stream of server-sent events out. Other routes are in `gradio`.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import aclosing
from typing import Any
from urllib.parse import quote, unquote

from starlette.datastructures import URLPath
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, NoMatchFound
from starlette.types import ASGIApp, Receive, Scope, Send

from apispec.declaring import File
from apispec.model import Endpoint, HttpCall, Json
from apispec.runtime import Files, Function, Problem, Runtime, gathered
from apispec.server.answers import EventStream, download, event, json_response, refused, while_there
from apispec.server.arguments import read
from apispec.server.paths import quoted, raw_route_path, route_path

SESSION_HEADER = "x-session-hash"
"""Selects the state of a call that has none in its query (`session_hash`)."""

_VARIABLE = re.compile(r"\{([^{}]+)\}")
_HEARTBEAT = event(None, "heartbeat")


class HttpEndpoints(BaseRoute):
    """The routes of all http endpoints as one: looked up in a table, not tried one by one.

    Args:
        functions: The callable endpoints.
        runtime: Where they run.
        files: Where uploads are kept during a call.
        file_prefix: Path before a kept file's name, for files inside JSON results.
    """

    def __init__(self, functions: Iterable[Function], runtime: Runtime, files: Files, file_prefix: str) -> None:
        self.runtime = runtime
        self.files = files
        self.file_prefix = file_prefix
        self._fixed: dict[str, dict[str, ASGIApp]] = {}
        self._templates: dict[str, tuple[re.Pattern[str], dict[str, ASGIApp]]] = {}
        for function in functions:
            call = function.endpoint.call
            if isinstance(call, HttpCall):
                methods = self._methods(call.path if call.path.startswith("/") else "/" + call.path)
                methods.setdefault(call.method, self._app(function))

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Full where path and method are an endpoint's, partial where only the path is."""
        if scope["type"] != "http":
            return Match.NONE, {}
        methods, values = self._find(scope)
        if methods is None:
            return Match.NONE, {}
        method = "GET" if scope["method"] == "HEAD" and "HEAD" not in methods else scope["method"]
        app = methods.get(method)
        if app is None:
            return Match.PARTIAL, {"endpoint": self._not_allowed(methods, scope["method"]), "path_params": values}
        return Match.FULL, {"endpoint": app, "path_params": values}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a call."""
        await scope["endpoint"](scope, receive, send)

    def url_path_for(self, name: str, /, **path_params: Any) -> URLPath:
        """Endpoints are not looked up by name.

        Raises:
            NoMatchFound: Always.
        """
        raise NoMatchFound(name, path_params)

    def _methods(self, path: str) -> dict[str, ASGIApp]:
        if not _VARIABLE.search(path):
            return self._fixed.setdefault(unquote(path), {})
        if path not in self._templates:
            parts = _VARIABLE.split(path)  # text, name, text, name, …
            pattern = "".join("([^/]+)" if i % 2 else re.escape(quoted(part)) for i, part in enumerate(parts))
            self._templates[path] = re.compile(pattern), {}
        return self._templates[path][1]

    def _find(self, scope: Scope) -> tuple[dict[str, ASGIApp] | None, dict[str, str]]:
        methods = self._fixed.get(route_path(scope))
        if methods is not None or not self._templates:
            return methods, {}
        raw = raw_route_path(scope)
        for template, (pattern, methods) in self._templates.items():
            match = pattern.fullmatch(raw)
            if match:
                return methods, dict(zip(_VARIABLE.findall(template), map(unquote, match.groups()), strict=True))
        return None, {}

    def _app(self, function: Function) -> ASGIApp:
        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            request = Request(scope, receive, send)
            uploads: list[File] = []
            try:
                response = await self._answer(function, request, uploads)
                await response(scope, receive, send)
            finally:
                for file in uploads:
                    self.files.discard(file)

        return app

    async def _answer(self, function: Function, request: Request, uploads: list[File]) -> ASGIApp:
        values = await read(
            request, function.endpoint, request.path_params, function.schemas, self.files, self.runtime.limits
        )
        for value in values.values():
            uploads += [v for v in (value if isinstance(value, list) else [value]) if isinstance(v, File)]
        session = request.query_params.get("session_hash") or request.headers.get(SESSION_HEADER, "")
        context = {"session": session, "request": request, "write_file": self._writer(request)}
        if function.streaming:
            return await self._stream(function, values, request, context)
        result = await self.runtime.call(function, values, **context)
        return result_response(function.endpoint, result)

    async def _stream(
        self, function: Function, values: Mapping[str, Any], request: Request, context: Mapping[str, Any]
    ) -> ASGIApp:
        items = self.runtime.stream(function, values, **context)
        if wants_json(request):
            return json_response(await while_there(_collect(items, self.runtime.limits.answer), request.receive))
        first = asyncio.ensure_future(_first(items))
        try:  # what goes wrong before the first value has a status of its own
            await while_there(asyncio.wait({first}, timeout=self.runtime.limits.heartbeat), request.receive)
        except (asyncio.CancelledError, Problem):
            first.cancel()
            raise
        if first.done() and first.exception() is not None:
            await items.aclose()
            first.result()
        return EventStream(_events(items, first), _HEARTBEAT, self.runtime.limits.heartbeat)

    def _writer(self, request: Request) -> Any:
        def write(file: File) -> Json:
            base = str(request.base_url).rstrip("/")
            return f"{base}{self.file_prefix}{quote(self.files.copy(file).path)}"

        return write

    def _not_allowed(self, methods: Mapping[str, ASGIApp], method: str) -> ASGIApp:
        allowed = ", ".join(sorted(methods))
        return refused(Problem(405, f"This endpoint is called with {allowed}.", headers={"Allow": allowed}), method)


def result_response(endpoint: Endpoint, result: Json | File) -> Response:
    """The answer that carries a result."""
    documented = endpoint.result
    status = int(documented.status) if documented is not None and documented.status.isdigit() else 200
    media_type = documented.media_type if documented is not None else "application/json"
    if isinstance(result, File):
        return file_response(result, result.content_type if "*" in media_type or not media_type else media_type, status)
    if status == 204 or not media_type:
        return Response(status_code=status)
    return json_response(result, status)


def file_response(file: File, media_type: str, status: int = 200) -> Response:
    """A file as a download, never shown by a browser as a page of this server."""
    if file.path is not None:
        response = download(str(file.path), file.name, media_type)
        response.status_code = status
        return response
    headers = {
        "Content-Disposition": "attachment; filename*=UTF-8''" + quote(file.name, safe=""),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox",
    }
    return Response(file.read(), status, headers, media_type=media_type)


def wants_json(request: Request) -> bool:
    """Whether the Accept header asks for one JSON answer instead of a stream."""
    accept = request.headers.get("accept", "").lower()
    return "application/json" in accept and "text/event-stream" not in accept


async def _first(items: AsyncIterator[Json]) -> tuple[Json, ...]:
    async for item in items:
        return (item,)
    return ()


async def _events(items: Any, first: asyncio.Future[tuple[Json, ...]]) -> AsyncIterator[bytes]:
    try:
        async with aclosing(items):
            for item in await first:
                yield event(item, "generating")
            async for item in items:
                yield event(item, "generating")
        yield event(None, "complete")
    except Problem as problem:
        yield event(problem.to_json(), "error")
    finally:
        first.cancel()


async def _collect(items: Any, most: int) -> list[Json]:
    async with aclosing(items):
        return await gathered(items, most)
