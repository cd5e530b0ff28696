"""Apps of other libraries in a target: which object is one, and which adapter reads it.

A class is known by the name of its module, so that no library is imported that the target did not import. How an app
becomes an Api is told by `apispec.wiring`; what can be told of an app that was not imported, by `written`.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from apispec.declaring import asking
from apispec.errors import EndpointError
from apispec.findings import Finding, Location, Severity
from apispec.introspection import servers
from apispec.introspection.options import Options
from apispec.model import Introspection
from apispec.wiring import APP_READERS, app_reader

_USUAL_NAMES = ("app", "demo", "api", "application", "main", "iface", "interface")


@dataclass(frozen=True, kw_only=True)
class Context:
    """What an adapter knows besides the app."""

    module: types.ModuleType | None
    """That holds the app, where it was found in one."""
    options: Options
    shorten: Callable[[str], str]
    """Makes a file as Python knows it into one as the user may read it."""
    launch: dict[str, Any]
    """With which arguments its server would have been started; empty where that was not seen."""


def kind_of(value: Any) -> str:
    """The known class that a value is an instance of; empty where it is none."""
    if asking.is_a(value, type):
        return ""
    lineage = type(value).__mro__
    names = (f"{cls.__module__}.{cls.__qualname__}" for cls in lineage)
    return next((name for name in names if name in APP_READERS), "")


def find(source: Any) -> Any | None:
    """The app that a source is or, for a module, holds or would have served; None where there is none.

    Raises:
        EndpointError: A module holds several, and nothing tells which one is meant.
    """
    if not isinstance(source, types.ModuleType):
        return source if kind_of(source) else None
    named = [(name, value) for name, value in vars(source).items() if not name.startswith("__") and kind_of(value)]
    served = [value for value in servers.caught if kind_of(value)]
    if not named and not served:
        return None
    kinds = list(APP_READERS)
    best = min(kinds.index(kind_of(value)) for value in (*served, *(value for _, value in named)))
    named = [(name, value) for name, value in named if kinds.index(kind_of(value)) == best]
    candidates = _outermost(value for _, value in named)
    mains = [value for value in served if kinds.index(kind_of(value)) == best]
    if mains:
        return mains[0]
    if len(candidates) == 1:
        return candidates[0]
    by_name = {name: value for name, value in named if any(value is c for c in candidates)}
    filled = {name: value for name, value in by_name.items() if not _is_empty(value)}
    if len({id(value) for value in filled.values()}) == 1:
        return next(iter(filled.values()))
    usual = [name for name in _USUAL_NAMES if name in (filled or by_name)]
    if not usual:
        raise EndpointError(
            f"{source.__name__} holds several apps: {', '.join(by_name)}", hint="name one of them: module:attribute"
        )
    return by_name[usual[0]]


def others(module: types.ModuleType, app: Any) -> list[str]:
    """The names of a module's apps of the same kind that are neither the given one nor a part of another."""
    kind = kind_of(app)
    named = {name: v for name, v in vars(module).items() if not name.startswith("__") and kind_of(v) == kind}
    apart = [value for value in _outermost([app, *named.values()]) if value is not app]
    return [name for name, value in named.items() if any(value is one for one in apart)]


def describe(
    app: Any, module: types.ModuleType | None, options: Options, shorten: Callable[[str], str]
) -> Introspection:
    """Read an app with its adapter.

    Raises:
        ApispecError: It cannot be read.
    """
    context = Context(module=module, options=options, shorten=shorten, launch=launch_arguments(app))
    found: Introspection = app_reader(kind_of(app)).describe(app, context)
    return found


def other_apps(module: types.ModuleType, app: Any, shorten: Callable[[str], str]) -> tuple[Finding, ...]:
    """What to know where a module holds several apps, of which one is described."""
    names = others(module, app)
    if not names:
        return ()
    place = Location(file=shorten(getattr(module, "__file__", None) or ""))
    message = f"the module holds other apps as well, which are left out: {', '.join(names)}"
    hint = f"describe one on its own: {place.file}:{names[0]}"
    guessed = not any(served is app for served in servers.caught)
    severity = Severity.WARNING if guessed else Severity.INFO
    return (Finding("other-apps", severity, message, place, hint, f"module {module.__name__}"),)


def launch_arguments(app: Any) -> dict[str, Any]:
    """The named arguments with which an app's server would have been started; empty where that was not seen."""
    return next((w for a, w in zip(servers.caught, servers.caught_with, strict=True) if a is app), {})


def _is_empty(app: Any) -> bool:
    """Whether an app of FastAPI has no route of its own; others are taken to have some."""
    router = asking.attribute(app, "router")
    routes = asking.attribute(router, "routes") if kind_of(app).startswith("fastapi.") else None
    return isinstance(routes, list) and not any(type(route).__name__ not in ("Route", "Mount") for route in routes)


def _outermost(values: Iterable[Any]) -> list[Any]:
    """Distinct apps without those that are a part of another one: a tab's interface, what was rendered into a page."""
    distinct = list({id(value): value for value in values}.values())
    parts = [_parts(value) for value in distinct]
    return [value for value, own in zip(distinct, parts, strict=True) if not own or not any(own < p for p in parts)]


def _parts(value: Any) -> set[Any]:
    """What an app is made of, by id: of Gradio what was rendered into another, of others what is mounted."""
    blocks = asking.attribute(value, "blocks")
    if isinstance(blocks, dict):
        return set(blocks)
    routes = asking.attribute(value, "routes") if kind_of(value).startswith(("fastapi.", "starlette.")) else None
    found = {id(value)} if routes else set()
    for route in routes if isinstance(routes, list) else ():
        inner = asking.attribute(route, "app")
        if type(route).__name__ == "Mount" and inner is not value and kind_of(inner):
            found |= {id(inner), *_parts(inner)}
    return found
