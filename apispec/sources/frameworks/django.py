"""Django: the documents of drf-spectacular, Ninja and REST framework, else the URL patterns of a project."""

from __future__ import annotations

import gc
import re
import sys
from collections.abc import Iterator
from typing import Any

from .building import ByMethod, Route, document, left_out, place_of, title_of
from .joining import joined

_TYPES: dict[str, dict[str, Any]] = {
    "IntConverter": {"type": "integer", "minimum": 0}, "UUIDConverter": {"type": "string", "format": "uuid"},
    "SlugConverter": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"},
}  # fmt: skip
_PATH = re.compile(r"<(?:[^<>:]+:)?(?P<name>\w+)>")
_GROUP = re.compile(r"\(\?P<(?P<name>\w+)>(?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\)")


def describe(app: Any, module: str) -> dict[str, Any]:
    """The best document that the project's libraries give, for its root URL configuration.

    Args:
        app: Django's WSGI or ASGI handler; the settings decide, not the handler.
        module: The target's.
    """
    from django.conf import settings
    from django.urls import get_resolver

    patterns = list(_patterns(get_resolver().url_patterns, "", ()))
    root = str(settings.ROOT_URLCONF).partition(".")[0]
    if root == "__main__" or str(settings.ROOT_URLCONF) == module:
        root = module
    found = _rest(patterns, root) or _ninja()
    if found is None:
        found = document(title_of(root), _routes(patterns))
    else:
        plain = (p for p in patterns if "site-packages" not in str((place_of(_inner(p[1])) or [""])[0]))
        left_out(found, _routes(list(plain)), "plain views are described where a project has nothing else")
    info = found.setdefault("info", {})
    info["title"] = info.get("title") or title_of(root)
    return found


def _rest(patterns: list[Any], root: str) -> dict[str, Any] | None:
    """What drf-spectacular or REST framework itself says, where the project uses the latter."""
    if not any(hasattr(getattr(view, "cls", None), "schema") for _, view, _, _ in patterns):
        return None
    if "drf_spectacular" in sys.modules:
        from drf_spectacular.generators import SchemaGenerator

        made = SchemaGenerator().get_schema(request=None, public=True)
        return dict(made) if made.get("paths") else None  # its parameters are typed by itself
    try:
        from rest_framework.schemas.openapi import AutoSchema
        from rest_framework.schemas.openapi import SchemaGenerator as Own
        from rest_framework.views import APIView
    except ImportError:
        return None
    before = APIView.__dict__.get("schema")
    APIView.schema = AutoSchema()  # REST framework's default is one for CoreAPI
    try:
        made = Own(title=title_of(root)).get_schema(request=None, public=True)
    except Exception:  # it needs further packages (uritemplate, inflection), or stumbles over a view
        return None
    finally:
        APIView.schema = before
    return _typed(_plain(made), patterns) if made and made.get("paths") else None


def _inner(view: Any) -> Any:
    """What a view was made of: its class, its function."""
    return getattr(view, "cls", None) or getattr(view, "view_class", None) or getattr(view, "func", view)


def _typed(made: dict[str, Any], patterns: list[Any]) -> dict[str, Any]:
    """A document of REST framework, variables of paths typed as their converters, or the models' keys, are."""
    for path, view, variables, _ in patterns:
        written = "/" + path.lstrip("/")
        item = made["paths"].get(written) or made["paths"].get(written.replace("{pk}", "{id}")) or {}
        key = _key(getattr(view, "cls", None))
        for operation in item.values() if isinstance(item, dict) else ():
            for parameter in operation.get("parameters", ()) if isinstance(operation, dict) else ():
                known = variables.get(parameter.get("name")) or (key if parameter.get("name") in ("id", "pk") else None)
                if parameter.get("in") == "path" and known and parameter.get("schema") == {"type": "string"}:
                    parameter["schema"] = dict(known)
    return made


def _key(owner: Any) -> dict[str, Any] | None:
    """The schema of the primary key of a view's model."""
    try:
        field = owner.queryset.model._meta.pk
        kind = field.get_internal_type()
    except Exception:
        return None
    if kind.endswith(("AutoField", "IntegerField")):
        return {"type": "integer"}
    return {"type": "string", "format": "uuid"} if kind == "UUIDField" else None


def _ninja() -> dict[str, Any] | None:
    """The document of the NinjaAPIs of a project that have operations, and are below one of its paths."""
    if "ninja.main" not in sys.modules:
        return None
    from ninja import NinjaAPI

    documents = []
    for api in [value for value in gc.get_objects() if isinstance(value, NinjaAPI)]:
        try:
            made = dict(api.get_openapi_schema())
        except Exception:  # one that no URL leads to
            continue
        if made.get("paths"):
            documents.append(("", made))
    documents.sort(key=lambda one: -len(one[1]["paths"]))
    return joined(documents[0][1], documents[1:]) if documents else None


def _plain(value: Any) -> Any:
    """A document with plain values: lazily translated texts are texts."""
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


def _patterns(patterns: Any, before: str, spaces: tuple[str, ...]) -> Iterator[tuple[str, Any, dict[str, Any], Any]]:
    for pattern in patterns:
        own, converters = _path(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            space = getattr(pattern, "namespace", None) or ""
            if space in ("admin", "djdt") or getattr(pattern, "app_name", "") == "admin":
                continue
            inner = _patterns(pattern.url_patterns, before + own, (*spaces, space) if space else spaces)
            for path, view, known, name in inner:
                yield path, view, {**converters, **known}, name
        else:
            yield before + own, pattern.callback, converters, "_".join([*spaces, pattern.name or ""]).strip("_")


def _path(pattern: Any) -> tuple[str, dict[str, Any]]:
    """A part of a path as OpenAPI writes it, and the schemas of its variables."""
    converters = {
        name: dict(_TYPES.get(type(converter).__name__, {"type": "string"}))
        for name, converter in getattr(pattern, "converters", {}).items()
    }
    text = str(pattern)
    if type(pattern).__name__ == "RegexPattern":
        text = _GROUP.sub(r"{\g<name>}", text)
        text = re.sub(r"\\([./-])", r"\1", text).strip("^").removesuffix("$").removesuffix("\\Z").replace("/?", "/")
        return text, {}
    return _PATH.sub(r"{\g<name>}", text), converters


def _routes(patterns: list[Any]) -> Iterator[Route]:
    for path, view, variables, name in patterns:
        if re.search(r"[()?*+\\|^$]", path):  # an expression that no template can say
            continue
        owner = getattr(view, "view_class", None) or getattr(view, "cls", None)
        actions = getattr(view, "actions", None)
        function: Any = view
        methods: Any = _methods(view)
        if isinstance(actions, dict) and owner is not None:
            function, methods = _Actions(owner, actions), [m.upper() for m in actions]
        elif owner is not None:
            function, methods = ByMethod(owner), [m for m in ByMethod(owner).methods() if m != "OPTIONS"]
        yield Route("/" + path.lstrip("/"), methods, function, variables, name or getattr(view, "__name__", ""))


class _Actions(ByMethod):
    """The actions of a view set."""

    def __init__(self, owner: Any, actions: dict[str, str]) -> None:
        super().__init__(owner)
        self.actions = actions

    def __call__(self, method: str) -> Any:
        return getattr(self.owner, self.actions.get(method.lower(), ""), self.owner)


def _methods(view: Any) -> list[str]:
    """The methods that a function view lets through (`require_http_methods`), else GET."""
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            found = cell.cell_contents if cell.cell_contents is not None else None
            if isinstance(found, (list, tuple)) and found and all(isinstance(m, str) and m.isupper() for m in found):
                return list(found)
        view = getattr(view, "__wrapped__", None)
    return ["GET"]
