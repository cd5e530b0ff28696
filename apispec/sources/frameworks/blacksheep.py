"""BlackSheep: the routes of an app, its handlers' parameters by their hints and bindings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .building import Route, document, title_of

_VARIABLE = re.compile(r":(?P<colon>\w+)|[{<](?:(?P<kind>\w+):)?(?P<name>\w+)[}>]")
_TYPES: dict[str, dict[str, Any]] = {
    "int": {"type": "integer"}, "float": {"type": "number"}, "uuid": {"type": "string", "format": "uuid"},
}  # fmt: skip


def describe(app: Any) -> dict[str, Any]:
    """A document made of its routes."""
    routes = list(_routes(app))
    module = next((getattr(r.function, "__module__", "") for r in routes), "")
    return document(title_of(module), routes)


def _routes(app: Any) -> Iterator[Route]:
    for verb, route in _registered(app):
        pattern = route.pattern
        written = getattr(route, "mustache_pattern", "") or pattern
        written = written.decode() if isinstance(written, bytes) else str(written)
        yield Route(
            path="/" + _VARIABLE.sub(lambda m: "{" + (m["colon"] or m["name"]) + "}", written).strip("/"),
            methods=(verb,),
            function=getattr(route.handler, "root_fn", route.handler),
            variables={
                (m["colon"] or m["name"]): dict(_TYPES.get(m["kind"] or "", {"type": "string"}))
                for m in _VARIABLE.finditer(written)
            },
            text="text/plain",
            rest="arguments",
        )


def _registered(app: Any) -> Iterator[tuple[str, Any]]:
    """Method and route of each: decorators keep them apart until the app starts, those of modules in one router."""
    from blacksheep.server import routing

    for router in (app.router, routing.router):
        for known in (router, *(getattr(router, "_sub_routers", None) or ())):
            yield from getattr(known, "_registered_routes", ())
            for method, routes in known.routes.items():
                for route in routes:
                    yield method.decode() if isinstance(method, bytes) else str(method), route
        if router is routing.router:
            return
