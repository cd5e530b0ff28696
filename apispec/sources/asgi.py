"""Web apps that describe themselves: their own OpenAPI document, taken from the app object, no server needed.

FastAPI, Litestar, Django Ninja, APIFlask; and Starlette apps that have a route which answers their schema. The document
is kept as it is; how it becomes an Api is the work of `apispec.sources.openapi`.
"""

from __future__ import annotations

import asyncio
import json
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from apispec.declaring import position
from apispec.documents import load, split
from apispec.errors import ApispecError, TargetError
from apispec.findings import Finding, Location, Severity
from apispec.model import HttpCall, Introspection
from apispec.sources import fastapi_security
from apispec.sources.frameworks.joining import joined, mounted, rooted

if TYPE_CHECKING:
    from apispec.introspection import Context

_SCHEMA_ROUTE = re.compile(r"(?:schema|openapi|swagger)[^/]*$", re.IGNORECASE)
"""The last segment of a route that answers a document: `/schema`, `/openapi.json`, `/api/openapi.yaml`."""


def describe(app: Any, context: Context) -> Introspection:
    """The Api that an app's own document describes.

    Args:
        app: An instance of one of the classes that `apispec.wiring.APP_READERS` names.
        context: Where it was found.

    Raises:
        TargetError: It makes no document, or fails to.
        DocumentError: What it makes is no OpenAPI document.
    """
    name, document_of = _document_of(app)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about the user's own declarations, which are not ours to judge here
            made = document_of(app)
        text = json.dumps(made, ensure_ascii=False, allow_nan=False)
    except ApispecError:
        raise
    except Exception as error:
        first = str(error).strip().partition("\n")[0]
        raise TargetError(
            f"the {name} app fails to make its own OpenAPI document: {type(error).__name__}: {first}",
            hint="its /openapi.json fails in the same way; mend that first",
        ) from error
    if not made:
        from apispec.sources import web

        return web.describe(app, context)
    from apispec.sources.openapi import read

    file = getattr(context.module, "__file__", None)
    found = read(load(context.shorten(file) if file else name, text=text))
    places = _places(app, context.shorten)
    endpoints = tuple(
        # A line of a document that nobody has written says nothing: the app's file does.
        replace(e, location=places.get((e.call.method, e.call.path), Location(e.location.file)))
        if isinstance(e.call, HttpCall)
        else e
        for e in found.api.endpoints
    )
    if name == "fastapi":
        needed = fastapi_security.needed(routes(app))
        for before, inner in mounted(app):
            own = fastapi_security.needed(routes(inner))
            needed.update({(method, before + path): names for (method, path), names in own.items()})
        endpoints = tuple(fastapi_security.together(e, needed) for e in endpoints)
    api = replace(found.api, source=name, endpoints=endpoints)
    findings = [_in_source(finding, places) for finding in found.findings]
    return replace(found, api=api, findings=(*findings, *_mounted_gradio(app, context, alone=not endpoints)))


def _in_source(finding: Finding, places: Mapping[tuple[str, str], Location]) -> Finding:
    """A finding in a document that nobody has written, at the function that it is about, or at the app."""
    at = finding.location
    path, method = [*split(at.pointer), "", "", ""][1:3]
    function = places.get((method.upper(), path), at)
    return replace(finding, location=Location(function.file, function.line if function is not at else 0, 0, at.pointer))


def _mounted_gradio(app: Any, context: Context, *, alone: bool) -> Iterator[Finding]:
    """A finding for each Gradio app that is mounted, which no document tells of; alone, it was probably meant."""
    for route in routes(app):
        blocks = getattr(getattr(route, "app", None), "blocks", None)
        if not any(cls.__module__.startswith("gradio.") for cls in type(blocks).__mro__):
            continue
        path, file = getattr(route, "path", ""), getattr(context.module, "__file__", None)
        names = [name for name, value in vars(context.module).items() if value is blocks] if context.module else []
        told = f"{context.shorten(file)}:{names[0]}" if file and names else "its module:attribute"
        yield Finding(
            rule="mounted-app",
            severity=Severity.WARNING if alone else Severity.INFO,
            message=f"the Gradio app at {path} is not described here",
            location=Location(context.shorten(file)) if file else Location(),
            hint=f"describe it on its own: {told} --server URL{path}",
            subject=f"path {path}",
        )


def _places(app: Any, shorten: Callable[[str], str]) -> dict[tuple[str, str], Location]:
    """Where the functions behind Starlette's routes are defined, by method and path."""
    found = {}
    apps = [("", app), *(mounted(app) if _document_of(app)[0] == "fastapi" else ())]
    for before, route in ((before, route) for before, one in apps for route in routes(one)):
        function = getattr(route, "endpoint", None)
        path, methods = getattr(route, "path_format", None), getattr(route, "methods", None)
        if callable(function) and isinstance(path, str) and methods:
            file, line = position(function)
            if file:
                found.update({(method, before + path): Location(shorten(file), line) for method in methods})
    for method, path, function in _handlers(app):
        file, line = position(function)
        if file:
            found.setdefault((method, path), Location(shorten(file), line))
    return found


def _handlers(app: Any) -> Iterator[tuple[str, str, Any]]:
    """Method, path and function of what Litestar, Django Ninja and Flask route to; nothing where it is otherwise."""
    for route in getattr(app, "routes", None) or ():
        for handler in getattr(route, "route_handlers", None) or ():
            function = getattr(getattr(handler, "fn", None), "value", getattr(handler, "fn", None))
            for method in getattr(handler, "http_methods", None) or ():
                yield str(getattr(method, "value", method)), str(getattr(route, "path_format", "")), function
    for prefix, router in getattr(app, "_routers", None) or ():
        for path, view in getattr(router, "path_operations", {}).items():
            for operation in getattr(view, "operations", ()):
                whole = re.sub(r"\{(?:\w+:)?(\w+)\}", r"{\1}", f"{_root(app)}/{prefix}/{path}")
                for method in getattr(operation, "methods", ()):
                    yield method, re.sub(r"/{2,}", "/", whole), getattr(operation, "view_func", None)
    views, rules = getattr(app, "view_functions", None), getattr(app, "url_map", None)
    if isinstance(views, Mapping) and rules is not None:
        for rule in rules.iter_rules():
            path = re.sub(r"<(?:[^<>:]*:)?([^<>]+)>", r"{\1}", rule.rule)
            for method in rule.methods or ():
                yield method, path, views.get(rule.endpoint)


def _root(app: Any) -> str:
    """Where a Django Ninja API is mounted; empty where no settings say so."""
    try:
        return str(app.root_path)
    except Exception:
        return ""


def routes(app: Any) -> Iterator[Any]:
    """Starlette's routes of an app, those of FastAPI's included routers as they are below their prefixes."""
    for route in getattr(app, "routes", ()):
        included = getattr(route, "effective_route_contexts", None)
        if not callable(included):
            yield route
            continue
        for context in included():
            yield getattr(context, "starlette_route", None) or context


def _document_of(app: Any) -> tuple[str, Callable[[Any], Any]]:
    """The name of an app's library and the function that takes its document."""
    for cls in type(app).__mro__:
        found = _LIBRARIES.get(f"{cls.__module__}.{cls.__qualname__}")
        if found is not None:
            return found
    raise TargetError(f"a {type(app).__qualname__} describes itself in no known way")


def _fastapi(app: Any) -> Any:
    inner = [(before, one.openapi()) for before, one in mounted(app)]
    made = rooted(app, app.openapi())
    return joined(made, inner) if inner else made


def _litestar(app: Any) -> Any:
    return app.openapi_schema.to_schema()


def _ninja(api: Any) -> Any:
    """Django's settings decide where the API is mounted; without them its paths are as the API itself has them."""
    try:
        return api.get_openapi_schema()
    except Exception:
        return api.get_openapi_schema(path_prefix="")


def _apiflask(app: Any) -> Any:
    with app.app_context():
        made = app.spec
    return made if isinstance(made, Mapping) else _parsed(str(made))


def _starlette(app: Any) -> Any:
    """The answer of the first route that looks like one for the schema and gives an OpenAPI document."""
    for path in [str(getattr(route, "path", "")) for route in app.routes]:
        if not _SCHEMA_ROUTE.search(path):
            continue
        status, body = asyncio.run(_get(app, path))
        made = _parsed(body.decode("utf-8", "replace")) if status == 200 else None
        if isinstance(made, dict) and ("openapi" in made or "swagger" in made):
            return made
    return {}


_LIBRARIES: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "fastapi.applications.FastAPI": ("fastapi", _fastapi),
    "litestar.app.Litestar": ("litestar", _litestar),
    "ninja.main.NinjaAPI": ("ninja", _ninja),
    "apiflask.app.APIFlask": ("apiflask", _apiflask),
    "starlette.applications.Starlette": ("starlette", _starlette),
}


def _parsed(text: str) -> Any:
    """JSON or YAML."""
    document = load("schema.yaml" if not text.lstrip().startswith("{") else "schema.json", text=text)
    return document.data if document.readable else None


async def _get(app: Any, path: str) -> tuple[int, bytes]:
    """One GET request, inside this process (ASGI 3)."""
    status, body = 0, bytearray()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Mapping[str, Any]) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
        elif message["type"] == "http.response.body":
            body.extend(message.get("body", b""))

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "client": None,
        "headers": [(b"host", b"localhost"), (b"accept", b"application/json")], "server": ("localhost", 80),
    }  # fmt: skip
    await app(scope, receive, send)
    return status, bytes(body)
