"""Which object is the app of a web framework, and its document.

A class is known by its module's name, so that no framework is imported that the app did not import.
"""

from __future__ import annotations

import asyncio
import importlib
import inspect
import types
from collections.abc import Sequence
from typing import Any

KINDS = {
    "fastapi.applications.FastAPI": ("fastapi", "others:fastapi"),
    "apiflask.app.APIFlask": ("apiflask", "flask:describe"),
    "litestar.app.Litestar": ("litestar", "others:litestar"),
    "ninja.main.NinjaAPI": ("ninja", "others:ninja"),
    "connexion.apps.abstract.AbstractApp": ("connexion", "others:connexion"),
    "quart.app.Quart": ("quart", "flask:describe"),
    "flask.app.Flask": ("flask", "flask:describe"),
    "sanic.app.Sanic": ("sanic", "sanic:describe"),
    "aiohttp.web_app.Application": ("aiohttp", "aiohttp:describe"),
    "blacksheep.server.application.Application": ("blacksheep", "blacksheep:describe"),
    "robyn.Robyn": ("robyn", "others:robyn"),
    "falcon.app.App": ("falcon", "falcon:describe"),
    "django.core.handlers.base.BaseHandler": ("django", "django:describe"),
    "aws_lambda_powertools.event_handler.api_gateway.ApiGatewayResolver": ("powertools", "others:powertools"),
    "chalice.app.Chalice": ("chalice", "others:chalice"),
    "bottle.Bottle": ("bottle", "others:bottle"),
    "starlette.applications.Starlette": ("starlette", "starlette:describe"),
}
"""Class → the library's name, and the function that reads its instances."""

FACTORIES = ("create_app", "make_app", "get_app", "build_app", "create_application", "get_application")
"""Functions that make an app, as Flask and others look for them."""

USUAL = ("app", "application", "api", "main", "server")


class NoAppError(Exception):
    """There is no app, or none that can be told.

    Args:
        message: What there is.
        hint: What to do.
        certain: Whether it is an app's module nevertheless, so nothing else should be made of it.
    """

    def __init__(self, message: str, *, hint: str = "", certain: bool = False) -> None:
        super().__init__(message)
        self.hint = hint
        self.certain = certain


def kind_of(value: Any) -> str:
    """The known class that a value is an instance of; empty where it is none."""
    if isinstance(value, type):
        return ""
    try:
        names = [f"{cls.__module__}.{cls.__qualname__}" for cls in type(value).__mro__]
    except Exception:
        return ""
    return next((name for name in names if name in KINDS), "")


def awaited(value: Any) -> Any:
    """What a factory gives, also one that is a coroutine."""
    return asyncio.run(_whole(value)) if inspect.isawaitable(value) else value


async def _whole(value: Any) -> Any:
    return await value


def made_by_factory(source: types.ModuleType, known: Sequence[str] = ()) -> Any:
    """The app that a module's factory makes, where it has a usual name, or is the only one, and needs no arguments.

    Args:
        source: The module.
        known: Functions that are seen to make an app in its source.

    Raises:
        NoAppError: There is none.
    """
    missing = None
    for name in dict.fromkeys((*FACTORIES, *(known if len(known) == 1 else ()))):
        factory = getattr(source, name, None)
        if inspect.isfunction(factory):
            needed = [p for p in inspect.signature(factory).parameters.values()
                      if p.default is p.empty and p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]  # fmt: skip
            if needed:
                missing = missing or NoAppError(
                    f"{name} needs arguments: {', '.join(p.name for p in needed)}",
                    hint=f"call it in a module of its own, app = {name}(...), and give that module",
                    certain=True,
                )
                continue
            app = awaited(factory())
            if kind_of(app):
                return app
    if missing is not None:
        raise missing
    raise NoAppError("no app in it")


def find(source: Any, served: list[Any]) -> Any:
    """The app that a source is or, for a module, holds or would have served; None where it holds none.

    Raises:
        NoAppError: It is something else, or nothing tells which of several is meant.
    """
    if not isinstance(source, types.ModuleType):
        if kind_of(source):
            return source
        raise NoAppError(f"it is a {type(source).__name__}, not an app that is known")
    named = {n: v for n, v in vars(source).items() if not n.startswith("__") and kind_of(v)}
    mains = [value for value in served if kind_of(value)]
    if mains:
        return mains[0]
    if not named:
        return None
    ranks = list(KINDS)
    best = min(ranks.index(kind_of(v)) for v in named.values())
    chosen = {n: v for n, v in named.items() if ranks.index(kind_of(v)) == best}
    inside = {id(inner) for value in chosen.values() for inner in parts(value)}
    chosen = {n: v for n, v in chosen.items() if id(v) not in inside} or chosen
    if len({id(v) for v in chosen.values()}) == 1:
        return next(iter(chosen.values()))
    usual = [n for n in USUAL if n in chosen]
    if not usual:
        raise NoAppError(
            f"it holds several apps: {', '.join(chosen)}", hint="name one of them: module:attribute", certain=True
        )
    return chosen[usual[0]]


def others(source: Any, app: Any) -> list[str]:
    """The names of a module's further apps of the same kind."""
    if not isinstance(source, types.ModuleType):
        return []
    kind = kind_of(app)
    named = {n: v for n, v in vars(source).items() if not n.startswith("__") and v is not app and kind_of(v) == kind}
    inside = {id(inner) for value in (app, *named.values()) for inner in parts(value)}
    return [n for n, v in named.items() if id(v) not in inside]


def parts(app: Any) -> list[Any]:
    """The apps that are mounted in one."""
    try:
        found = [getattr(route, "app", None) for route in getattr(app, "routes", None) or ()]
    except Exception:
        return []
    found += getattr(app, "_subapps", None) or ()
    return [one for one in found if one is not None and one is not app]


def describe(app: Any, module: str) -> tuple[str, dict[str, Any]]:
    """The library's name and the document of an app.

    Args:
        app: An instance of one of `KINDS`.
        module: That holds it, for a title where it has none of its own.
    """
    library, reader = KINDS[kind_of(app)]
    part, _, name = reader.partition(":")
    return library, getattr(importlib.import_module(f"{__package__}.{part}"), name)(app, module)
