"""Several OpenAPI documents of one app as one: of apps that are mounted, of several APIs of a project."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def joined(first: dict[str, Any], others: Iterable[tuple[str, dict[str, Any]]]) -> dict[str, Any]:
    """A document with the operations of others.

    Components of the same name and another content are renamed, and so are operations; tags are gathered.

    Args:
        first: Whose title, version and servers are kept.
        others: Where their paths begin, and the documents.
    """
    made: dict[str, Any] = json.loads(json.dumps(first, default=str))
    taken = {operation.get("operationId") for operation in _operations(made)}
    for prefix, given in others:
        other = _renamed(json.loads(json.dumps(given, default=str)), made.get("components") or {})
        tags = made.get("tags") or []
        tags += [tag for tag in other.get("tags") or () if tag.get("name") not in {t.get("name") for t in tags}]
        if tags:
            made["tags"] = tags
        for operation in _operations(other):
            if "security" in other:
                operation.setdefault("security", other["security"])
            name, number = operation.get("operationId"), 2
            while name and operation["operationId"] in taken:
                operation["operationId"], number = f"{name}_{number}", number + 1
            taken.add(operation.get("operationId"))
        for path, item in (other.get("paths") or {}).items():
            target = made.setdefault("paths", {}).setdefault(prefix.rstrip("/") + path, {})
            target.update({key: value for key, value in item.items() if key not in target})
        for kind, known in (other.get("components") or {}).items():
            target = made.setdefault("components", {}).setdefault(kind, {})
            target.update({name: value for name, value in known.items() if name not in target})
    return made


def rooted(app: Any, document: dict[str, Any]) -> dict[str, Any]:
    """A FastAPI app's document with the server that FastAPI adds when it answers it: its `root_path`."""
    root = str(getattr(app, "root_path", "") or "").rstrip("/")
    if not root or not getattr(app, "root_path_in_servers", True) or document.get("servers"):
        return dict(document)
    return {**document, "servers": [{"url": root}]}


def mounted(app: Any, before: str = "", known: tuple[int, ...] = ()) -> Iterator[tuple[str, Any]]:
    """The FastAPI apps that are mounted in one, each with the path where it is; an app inside of itself once."""
    for route in getattr(app, "routes", None) or ():
        inner, path = getattr(route, "app", None), getattr(route, "path", "")
        if type(route).__name__ != "Mount" or id(inner) in (id(app), *known) or "{" in path:
            continue
        names = [f"{cls.__module__}.{cls.__qualname__}" for cls in type(inner).__mro__]
        if "fastapi.applications.FastAPI" in names and not names[0].startswith("gradio."):  # which is an app of its own
            yield before + path, inner
            yield from mounted(inner, before + path, (*known, id(app)))


def _operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    items = [item for item in (document.get("paths") or {}).values() if isinstance(item, dict)]
    return [item[method] for item in items for method in _METHODS if isinstance(item.get(method), dict)]


def _renamed(document: dict[str, Any], known: dict[str, Any]) -> dict[str, Any]:
    """A document whose components clash with none that are known."""
    names: dict[str, str] = {}
    schemes: dict[str, str] = {}
    for kind, components in (document.get("components") or {}).items():
        for name, value in list(components.items()):
            if name not in (known.get(kind) or {}) or known[kind][name] == value:
                continue
            fresh, number = f"{name}_2", 3
            while fresh in known[kind] or fresh in components:
                fresh, number = f"{name}_{number}", number + 1
            components[fresh] = components.pop(name)
            names[f"#/components/{kind}/{name}"] = f"#/components/{kind}/{fresh}"
            if kind == "securitySchemes":
                schemes[name] = fresh
    made: dict[str, Any] = _pointed(document, names) if names else document
    for holder in (made, *_operations(made)) if schemes else ():
        if "security" in holder:
            holder["security"] = [{schemes.get(n, n): s for n, s in one.items()} for one in holder["security"]]
    return made


def _pointed(value: Any, names: dict[str, str]) -> Any:
    """A value whose references lead to the new names, those of discriminators, too."""
    if isinstance(value, dict):
        return {key: _pointed(inner, names) for key, inner in value.items()}
    if isinstance(value, list):
        return [_pointed(inner, names) for inner in value]
    return names.get(value, value) if isinstance(value, str) else value
