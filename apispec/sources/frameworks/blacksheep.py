"""BlackSheep: the document of its OpenAPI handler, or the routes of an app, parameters by their hints and bindings."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from typing import Any

from .building import PLACE, Route, document, place_of, title_of

_VARIABLE = re.compile(r":(?P<colon>\w+)|[{<](?:(?P<kind>\w+):)?(?P<name>\w+)[}>]")
_TYPES: dict[str, dict[str, Any]] = {
    "int": {"type": "integer"}, "float": {"type": "number"}, "uuid": {"type": "string", "format": "uuid"},
}  # fmt: skip


def describe(app: Any, module: str) -> dict[str, Any]:
    """Its own document; where that fails, one made of its routes."""
    try:
        made = _own(app, title_of(module))
    except Exception:  # whatever starting an app needs
        made = None
    if made is not None:
        return made
    return document(title_of(module), _routes(app))


def _own(app: Any, title: str) -> dict[str, Any] | None:
    """What an OpenAPI handler says, the app's own or else one of ours; nothing of the app's is started."""
    from blacksheep.server.openapi.v3 import OpenAPIHandler
    from openapidocs.v3 import Info

    owners = [getattr(handler, "__self__", None) for handler in app.after_start._handlers]
    docs = next((owner for owner in owners if isinstance(owner, OpenAPIHandler)), None)
    docs = docs or OpenAPIHandler(info=Info(title=title, version=""))
    app.on_start._handlers.clear()
    app.after_start._handlers.clear()

    async def start() -> None:
        await app.start()
        await docs.build_docs(app)

    asyncio.run(start())
    made = json.loads(docs._json_docs)
    functions = {}
    for method, route in _registered(app):
        written = getattr(route, "mustache_pattern", "") or route.pattern
        written = written.decode() if isinstance(written, bytes) else str(written)
        path = "/" + _VARIABLE.sub(lambda m: "{" + (m["colon"] or m["name"]) + "}", written).strip("/")
        functions[method.lower(), path] = getattr(route.handler, "root_fn", route.handler)
    for path, item in made.get("paths", {}).items():
        for method, operation in item.items():
            place = place_of(functions.get((method, path))) if (method, path) in functions else []
            if place and isinstance(operation, dict):
                operation[PLACE] = place
    return made if made.get("paths") else None


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
