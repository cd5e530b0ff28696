"""Flask and Quart: their own documents (APIFlask, flask-smorest, Flask-RESTX, APIFairy, flasgger), or their URL map."""

from __future__ import annotations

import asyncio
import inspect
import json
import re
from collections.abc import Iterator
from typing import Any

from .building import ByMethod, Route, document, left_out, place_of, title_of

_VARIABLE = re.compile(r"<(?:[^<>:]*(?:\([^<>]*\))?:)?(?P<name>\w+)>")
_DOCUMENT = re.compile(r"/(?:swagger|openapi|apispec)[\w.-]*(?:\.json)?$", re.IGNORECASE)
_OWN_EXTENSIONS = ("static", "restx_doc.", "flasgger.", "openapi.", "apifairy.", "api-docs.", "openapi_")
_QUIET = frozenset({"doc", "specs", "swagger"})


def describe(app: Any, module: str) -> dict[str, Any]:
    """Its own document, else one made of its rules."""
    made = _own(app)
    if made is None:
        return document(title_of(app.import_name), _routes(app))
    hidden = {"GET " + rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith(_OWN_EXTENSIONS)}
    others = [route for route in _routes(app) if f"GET {route.path}" not in hidden and not _shows(route)]
    left_out(made, others, "the extension that makes the document describes only what is registered with it")
    return made


def _shows(route: Route) -> bool:
    """Whether a route shows a document: it is a function of a library."""
    function = getattr(route.function, "owner", route.function)
    return any(name in _file_of(function) for name in ("site-packages", "dist-packages")) or route.name in _QUIET


def _file_of(function: Any) -> str:
    return str((place_of(function) or [""])[0])


def _own(app: Any) -> dict[str, Any] | None:
    if any(cls.__module__ == "apiflask.app" for cls in type(app).__mro__):
        with app.app_context():
            made = app.spec
        return made if isinstance(made, dict) else _parsed(made)
    smorest = getattr(app, "extensions", {}).get("flask-smorest")
    for known in smorest.get("apis", {}).values() if isinstance(smorest, dict) else ():
        with app.app_context():
            return dict(known["ext_obj"].spec.to_dict())
    paths = [rule.rule for rule in app.url_map.iter_rules() if not rule.arguments and "GET" in (rule.methods or ())]
    for path in sorted(filter(_DOCUMENT.search, paths), key=len):
        made = _parsed(_get(app, path))
        if made:
            return made
    return None


def _get(app: Any, path: str) -> str:
    """The answer to one request, inside of this process; empty where it is none."""
    answer = app.test_client().get(path)
    if inspect.isawaitable(answer):
        return asyncio.run(_awaited(answer))
    return answer.get_data(as_text=True) if answer.status_code == 200 else ""


async def _awaited(answer: Any) -> str:
    response = await answer
    return str(await response.get_data(as_text=True)) if response.status_code == 200 else ""


def _parsed(text: Any) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) and ({"openapi", "swagger"} & set(found)) else None


def _routes(app: Any) -> Iterator[Route]:
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: list(app.view_functions).index(rule.endpoint)
                   if rule.endpoint in app.view_functions else -1)  # fmt: skip
    for rule in rules:
        view = app.view_functions.get(rule.endpoint)
        if view is None or rule.endpoint.rpartition(".")[2] == "static" or getattr(rule, "websocket", False):
            continue
        owner = getattr(view, "view_class", None)
        blueprint, _, name = rule.endpoint.rpartition(".")
        yield Route(
            path=_VARIABLE.sub(r"{\g<name>}", rule.rule),
            methods=rule.methods or ("GET",),
            function=ByMethod(owner) if (owner is not None and hasattr(owner, "get")) or _has_methods(owner) else view,
            variables={n: _converted(c) for n, c in rule._converters.items()},
            name=f"{blueprint}_{name}" if blueprint else name,
            tags=(blueprint,) if blueprint else (),
        )


def _has_methods(owner: Any) -> bool:
    return owner is not None and bool(ByMethod(owner).methods())


def _converted(converter: Any) -> dict[str, Any]:
    """The schema of what a converter of werkzeug takes."""
    kind = next((c.__name__ for c in type(converter).__mro__ if c.__module__.startswith("werkzeug.")), "")
    if kind in ("IntegerConverter", "FloatConverter", "NumberConverter"):
        schema: dict[str, Any] = {"type": "number" if kind == "FloatConverter" else "integer"}
        for ours, theirs in (("minimum", "min"), ("maximum", "max")):
            if getattr(converter, theirs, None) is not None:
                schema[ours] = getattr(converter, theirs)
        if "minimum" not in schema and not getattr(converter, "signed", False):
            schema["minimum"] = 0
        return schema
    if kind == "UUIDConverter":
        return {"type": "string", "format": "uuid"}
    if kind == "AnyConverter":
        return {"type": "string", "enum": sorted(re.findall(r"[^|()?:]+", converter.regex.replace("\\", "")))}
    return {"type": "string"}
