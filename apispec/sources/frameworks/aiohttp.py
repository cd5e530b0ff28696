"""aiohttp: the routes of an app and of the apps inside of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .building import METHODS, ByMethod, Route, document, title_of


def describe(app: Any, module: str) -> dict[str, Any]:
    """A document made of its routes."""
    return document(title_of(module), _routes(app))


def _routes(app: Any) -> Iterator[Route]:
    for route in app.router.routes():
        resource = route.resource
        if resource is None or type(resource).__name__ == "StaticResource":
            continue
        handler = route.handler
        owner = handler if isinstance(handler, type) else None
        every = ByMethod(owner).methods() if owner else ["GET"]
        methods = every if route.method == "*" else [route.method]
        if "WebSocketResponse" in getattr(getattr(handler, "__code__", None), "co_names", ()):
            continue
        if route.method == "HEAD" or not set(methods) & set(METHODS):
            continue
        patterns = dict(re.findall(r"\{(\w+):([^{}]+)\}", str(resource.get_info().get("formatter", ""))))
        found = resource.get_info().get("pattern")
        numeric = re.findall(r"\(\?P<(\w+)>\\d\+\)", found.pattern) if found is not None else []
        yield Route(
            path=resource.canonical,
            methods=methods,
            function=ByMethod(owner) if owner else handler,
            variables={**{n: {"type": "string"} for n in patterns}, **{n: {"type": "integer"} for n in numeric}},
            name=resource.name or "",
            text="text/plain",
        )
