"""Frameworks that make a document of their own: FastAPI, Litestar, Django Ninja, Robyn, Connexion, Lambda Powertools.

And Chalice, whose routes are few words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from .building import NEEDED, NOTES, PLACE, Route, document, place_of, title_of
from .joining import joined, mounted, rooted


def fastapi(app: Any, module: str) -> dict[str, Any]:
    """FastAPI's own document, operations with their places; and those of the apps of its kind that are mounted."""
    return joined(_fastapi(app), ((before, _fastapi(inner)) for before, inner in mounted(app)))


def _fastapi(app: Any) -> dict[str, Any]:
    made = rooted(app, app.openapi())
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


def litestar(app: Any, module: str) -> dict[str, Any]:
    """Litestar's own document; made as Litestar would where the app is told to have none (`openapi_config=None`)."""
    if app.openapi_config is not None:
        return dict(app.openapi_schema.to_schema())
    from litestar._openapi.plugin import OpenAPIPlugin
    from litestar.openapi import OpenAPIConfig

    plugin = OpenAPIPlugin(app)
    plugin._openapi_config = OpenAPIConfig(title=title_of(module), version="")
    for route in app.routes:
        plugin.receive_route(route)
    return dict(plugin.provide_openapi().to_schema())


def ninja(api: Any, module: str) -> dict[str, Any]:
    """Ninja's own document; without a project its paths are as the API itself has them."""
    try:
        return dict(api.get_openapi_schema())
    except Exception:
        return dict(api.get_openapi_schema(path_prefix=""))


def robyn(app: Any, module: str) -> dict[str, Any]:
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


def connexion(app: Any, module: str) -> dict[str, Any]:
    """The specifications that a Connexion app was given, each below its base path."""
    apps = [app, getattr(app, "middleware", None)]
    found = [api for one in apps for api in getattr(one, "apis", None) or ()]
    documents: list[tuple[str, dict[str, Any]]] = []
    for api in {id(api): api for api in found}.values():
        base, raw = _specification(api)
        if isinstance(raw, dict) and raw.get("paths"):
            documents.append((base, raw))
    if not documents:
        raise ValueError("this Connexion app has no specification yet: give apispec the file that add_api is given")
    newer = [one for one in documents if "openapi" in one[1]]
    left = [base for base, made in documents if "openapi" not in made] if newer else [b for b, _ in documents[1:]]
    (base, only), *others = newer or documents[:1]
    if not others:
        only = only if not base or base == "/" else _based(only, base)
        if left:
            message = f"the app has further specifications, which are left out: {', '.join(left)}"
            only[NOTES] = [["other-apps", message, "give apispec the files that add_api is given"]]
        return only
    first = {key: value for key, value in only.items() if key not in ("servers", "basePath", "paths")}
    return joined({**first, "paths": {}}, newer or documents)


def _specification(api: Any) -> tuple[str, dict[str, Any]]:
    """Where an API begins, and its document as it was written."""
    given = getattr(api, "specification", None)
    if not hasattr(given, "raw"):
        from connexion.spec import Specification

        arguments = {
            **(getattr(api, "arguments", None) or {}),
            **(getattr(api, "kwargs", None) or {}).get("arguments", {}),
        }
        given = Specification.load(given, arguments=arguments)
    base = getattr(api, "base_path", None)
    whole: Any = given
    return str(whole.base_path if base is None else base).rstrip("/"), dict(
        whole.raw if not _leads_out(whole.raw) else whole.spec
    )


def _leads_out(value: Any) -> bool:
    """Whether something refers to other files: then Connexion's own copy, which has all in it, is taken."""
    if isinstance(value, dict):
        reference = value.get("$ref")
        return (isinstance(reference, str) and not reference.startswith("#")) or any(map(_leads_out, value.values()))
    return isinstance(value, list) and any(map(_leads_out, value))


def _based(document: dict[str, Any], base: str) -> dict[str, Any]:
    """A document whose server is below a base path, which an app may have been given in place of the written one."""
    if "swagger" in document:
        return {**document, "basePath": base}
    known = document.get("servers") or []
    fits = any(str(one.get("url", "")).rstrip("/").endswith(base) for one in known)
    return document if fits else {**document, "servers": [{"url": base}]}


def powertools(app: Any, module: str) -> dict[str, Any]:
    """The document of a Lambda Powertools resolver."""
    made = app.get_openapi_json_schema(title="API")
    return dict(json.loads(made))


def chalice(app: Any, module: str) -> dict[str, Any]:
    """Chalice's routes, by path and method."""
    return document(title_of(app.app_name), _chalice(app))


def _chalice(app: Any) -> Iterator[Route]:
    for path, methods in app.routes.items():
        for method, entry in methods.items():
            yield Route(path, (method,), entry.view_function, name=entry.view_name, text="application/json")


def bottle(app: Any, module: str) -> dict[str, Any]:
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
    return document(title_of(module), routes)
