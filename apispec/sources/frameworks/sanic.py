"""Sanic: the document of sanic-ext where that says more, else the routes of an app and its blueprints."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from typing import Any

from .building import ByMethod, Route, document, title_of

_VARIABLE = re.compile(r"<(?P<name>\w+)(?::(?P<kind>[^<>]+))?>")
_TYPES: dict[str, dict[str, Any]] = {
    "int": {"type": "integer"}, "float": {"type": "number"}, "number": {"type": "number"},
    "uuid": {"type": "string", "format": "uuid"}, "ymd": {"type": "string", "format": "date"},
}  # fmt: skip


def describe(app: Any, module: str) -> dict[str, Any]:
    """A document made of its routes, and of what sanic-ext has been told of them."""
    made = document(title_of(app.name), _routes(app))
    if "sanic_ext" in sys.modules:
        _extended(made, app)
    return made


def _extended(made: dict[str, Any], app: Any) -> None:
    """Put in what decorators of sanic-ext (`openapi.…`, `validate`) say, which is kept for each function."""
    from sanic_ext.extensions.openapi.builders import OperationStore

    store = OperationStore()
    for route in app.router.routes:
        item = made["paths"].get(_path(route), {})
        for method, operation in item.items():
            handler = getattr(getattr(route.handler, "view_class", None), method, route.handler)
            told = store.get(handler) if hasattr(store, "get") else None
            if told is None or "responses" not in operation:
                continue
            if told._exclude:
                item[method] = None
                continue
            said = {k: v for k, v in _serialized(told).items() if v not in (None, "", [], {})}
            said.pop("operationId", None)
            known = {(p["name"], p["in"]): p for p in operation.get("parameters", ())}
            given = {
                (p["name"], p["in"]): {**known.get((p["name"], p["in"]), {}), **p} for p in said.pop("parameters", ())
            }
            if known or given:
                operation["parameters"] = list({**known, **given}.values())
            answers = {s: a for s, a in said.pop("responses", {}).items() if s != "default"}
            if answers:
                operation["responses"] = answers
            operation.update(said)
        made["paths"][_path(route)] = {m: o for m, o in item.items() if o is not None}
    made["paths"] = {path: item for path, item in made["paths"].items() if item}


def _serialized(told: Any) -> dict[str, Any]:
    """What one function was told, as JSON."""
    try:
        return dict(json.loads(json.dumps(told.build().serialize(), default=str)))
    except Exception:  # a type that sanic-ext can't describe
        return {}


def _path(route: Any) -> str:
    return _VARIABLE.sub(r"{\g<name>}", "/" + route.path.lstrip("/"))


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
            path=_path(route),
            methods=route.methods,
            function=ByMethod(owner) if owner is not None else route.handler,
            variables={m["name"]: dict(_TYPES.get(m["kind"] or "", {"type": "string"}))
                       for m in _VARIABLE.finditer(path)},
            name=name.replace(".", "_"),
            tags=(blueprint,) if blueprint else (),
            text="text/plain",
        )  # fmt: skip
