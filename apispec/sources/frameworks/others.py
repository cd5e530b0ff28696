"""Frameworks that make a document of their own: FastAPI, Litestar, Django Ninja, Robyn, Connexion, Lambda Powertools.

And Chalice, whose routes are few words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from .building import NEEDED, PLACE, Route, document, place_of, title_of


def fastapi(app: Any) -> dict[str, Any]:
    """FastAPI's own document, operations with their places."""
    made = dict(app.openapi())
    paths = json.loads(json.dumps(made.get("paths", {})))
    for route in _flat(app.routes):
        item = paths.get(getattr(route, "path_format", None), {})
        place = place_of(getattr(route, "endpoint", None))
        for method in getattr(route, "methods", None) or ():
            if method.lower() in item and place:
                item[method.lower()].update({PLACE: place, NEEDED: sorted(set(_schemes(route)))})
    return {**made, "paths": paths}


def _schemes(route: Any) -> Iterator[str]:
    """The names of the security schemes among a route's dependencies that fail by themselves."""
    for inner in getattr(getattr(route, "dependant", route), "dependencies", ()):
        scheme = getattr(inner, "call", None)
        name = getattr(scheme, "scheme_name", None)
        if isinstance(name, str) and getattr(scheme, "auto_error", False) is True and hasattr(scheme, "model"):
            yield name
        yield from _schemes(inner)


def _flat(routes: Any) -> Iterator[Any]:
    for route in routes:
        included = getattr(route, "effective_route_contexts", None)
        if not callable(included):
            yield route
            continue
        for context in included():
            yield getattr(context, "starlette_route", None) or context


def litestar(app: Any) -> dict[str, Any]:
    """Litestar's own document."""
    return dict(app.openapi_schema.to_schema())


def ninja(api: Any) -> dict[str, Any]:
    """Ninja's own document; without a project its paths are as the API itself has them."""
    try:
        return dict(api.get_openapi_schema())
    except Exception:
        return dict(api.get_openapi_schema(path_prefix=""))


def robyn(app: Any) -> dict[str, Any]:
    """Robyn's routes; its own document lacks what hints say."""
    return document(title_of(re.split(r"[\\/]", str(app.file_path))[-1].removesuffix(".py")), _robyn(app))


def _robyn(app: Any) -> Iterator[Route]:
    for route in app.router.get_routes() if hasattr(app.router, "get_routes") else app.router.routes:
        handler = route.function.handler
        verb = str(route.route_type).rpartition(".")[2]
        path = "/".join("{" + p[1:] + "}" if p.startswith(":") else p for p in route.route.split("/"))
        if getattr(handler, "__module__", "").partition(".")[0] == "robyn":  # its own pages
            continue
        yield Route(path, (verb,), handler, text="text/plain")


def connexion(app: Any) -> dict[str, Any]:
    """The specification that a Connexion app was given; of several APIs the first with paths, below its base path."""
    apps = [app, getattr(app, "middleware", None)]
    found = [api for one in apps for api in getattr(one, "apis", None) or ()]
    for api in found:
        given = getattr(api, "specification", None)
        specification = given if hasattr(given, "raw") or isinstance(given, dict) else _specification(given, api)
        raw = getattr(specification, "raw", specification)
        if isinstance(raw, dict) and raw.get("paths"):
            return dict(raw)
    raise ValueError("this Connexion app has no specification yet: give apispec the file that add_api is given")


def _specification(given: Any, api: Any) -> Any:
    from connexion.spec import Specification

    return Specification.load(given, arguments=getattr(api, "arguments", None))


def powertools(app: Any) -> dict[str, Any]:
    """The document of a Lambda Powertools resolver."""
    made = app.get_openapi_json_schema(title="API")
    return dict(json.loads(made))


def chalice(app: Any) -> dict[str, Any]:
    """Chalice's routes, by path and method."""
    return document(title_of(app.app_name), _chalice(app))


def _chalice(app: Any) -> Iterator[Route]:
    for path, methods in app.routes.items():
        for method, entry in methods.items():
            yield Route(path, (method,), entry.view_function, name=entry.view_name, text="application/json")


def bottle(app: Any) -> dict[str, Any]:
    """Bottle's routes."""
    variable = re.compile(r"<(?P<name>\w+)(?::(?P<kind>\w+)[^<>]*)?>")
    types = {"int": {"type": "integer"}, "float": {"type": "number"}}
    routes = [
        Route(
            path=variable.sub(r"{\g<name>}", route.rule),
            methods=(route.method,),
            function=route.callback,
            variables={
                m["name"]: dict(types.get(m["kind"] or "", {"type": "string"})) for m in variable.finditer(route.rule)
            },
            name=route.name or "",
        )
        for route in app.routes
    ]
    module = next((getattr(r.function, "__module__", "") for r in routes), "")
    return document(title_of(module), routes)
