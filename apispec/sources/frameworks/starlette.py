"""Starlette apps (and those of its kind) without a schema of their own: their routes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .building import ByMethod, Route, document, title_of

_TYPES: dict[str, dict[str, Any]] = {
    "IntegerConvertor": {"type": "integer", "minimum": 0}, "FloatConvertor": {"type": "number", "minimum": 0},
    "UUIDConvertor": {"type": "string", "format": "uuid"},
}  # fmt: skip


def describe(app: Any, module: str) -> dict[str, Any]:
    """A document made of its routes."""
    return document(title_of(module), _routes(app.routes, ""))


def _routes(routes: Any, before: str) -> Iterator[Route]:
    for route in routes:
        if type(route).__name__ == "Host":  # answers for another host alone
            continue
        endpoint, methods = getattr(route, "endpoint", None), getattr(route, "methods", None)
        if getattr(route, "routes", None) is not None and endpoint is None:
            yield from _routes(route.routes, before + str(getattr(route, "path", "")))
            continue
        if endpoint is None or not hasattr(route, "path_format") or not getattr(route, "include_in_schema", True):
            continue
        if type(route).__name__ == "WebSocketRoute":
            continue
        is_class = isinstance(endpoint, type)
        yield Route(
            path=before + route.path_format,
            methods=methods or (ByMethod(endpoint).methods() if is_class else ("GET",)),
            function=ByMethod(endpoint) if is_class else endpoint,
            variables={n: dict(_TYPES.get(type(c).__name__, {"type": "string"}))
                       for n, c in route.param_convertors.items()},
            name=route.name or "",
            text="text/plain",
        )  # fmt: skip
