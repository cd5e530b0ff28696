"""Sanic: the routes of an app and its blueprints; the document of sanic-ext stands below `/docs` and is not needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .building import ByMethod, Route, document, title_of

_VARIABLE = re.compile(r"<(?P<name>\w+)(?::(?P<kind>[^<>]+))?>")
_TYPES: dict[str, dict[str, Any]] = {
    "int": {"type": "integer"}, "float": {"type": "number"}, "number": {"type": "number"},
    "uuid": {"type": "string", "format": "uuid"}, "ymd": {"type": "string", "format": "date"},
}  # fmt: skip


def describe(app: Any) -> dict[str, Any]:
    """A document made of its routes."""
    return document(title_of(app.name), _routes(app))


def _routes(app: Any) -> Iterator[Route]:
    router = app.router
    if not router.finalized:
        router.finalize()
    for route in router.routes:
        if getattr(route.extra, "websocket", False) or "static" in str(route.name).rpartition(".")[2]:
            continue
        path = "/" + route.path.lstrip("/")
        owner = getattr(route.handler, "view_class", None)
        name = str(route.name).removeprefix(f"{app.name}.")
        blueprint = name.rpartition(".")[0]
        yield Route(
            path=_VARIABLE.sub(r"{\g<name>}", path),
            methods=route.methods,
            function=ByMethod(owner) if owner is not None else route.handler,
            variables={m["name"]: dict(_TYPES.get(m["kind"] or "", {"type": "string"}))
                       for m in _VARIABLE.finditer(path)},
            name=name.replace(".", "_"),
            tags=(blueprint,) if blueprint else (),
            text="text/plain",
        )  # fmt: skip
