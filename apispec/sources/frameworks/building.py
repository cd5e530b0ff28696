"""An OpenAPI document made of routes: path, methods, and the function that answers.

The types of path variables are what the framework's own converters say; results and bodies are described by the
environment's pydantic (2 and newer) where it has one, else only what JSON has itself.
"""

from __future__ import annotations

import functools
import inspect
import re
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

from .asked import Asked, Field, asked

DOCSTRING = "x-apispec-docstring"
PLACE = "x-apispec-place"
NOTES = "x-apispec-notes"
"""Of a document: what to tell its reader, as rule, message and hint."""
NEEDED = "x-apispec-needed"
"""Security schemes without which an operation answers nothing."""
METHODS = ("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE")
_NATIVE: dict[Any, dict[str, Any]] = {
    str: {"type": "string"}, int: {"type": "integer"}, float: {"type": "number"}, bool: {"type": "boolean"},
    dict: {"type": "object"}, list: {"type": "array"}, None: {"type": "null"}, type(None): {"type": "null"},
}  # fmt: skip
_STRING = {"type": "string"}
_USUAL = frozenset({
    "main", "__main__", "app", "application", "server", "service", "wsgi", "asgi", "run", "serve", "views", "routes",
    "factory", "api", "web", "handler", "index", "urls", "settings",
})  # fmt: skip


@dataclass
class Route:
    """One path of an app, and what answers there."""

    path: str
    """With variables as OpenAPI has them: `/users/{id}`."""
    methods: Iterable[str]
    function: Any
    variables: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    """Schemas of the path's variables, by name; text where one is missing."""
    name: str = ""
    """Of the operation; the function's own by default."""
    tags: tuple[str, ...] = ()
    text: str = "text/html"
    """The media type of a result that is a text."""
    rest: str = ""
    """What further parameters of the function are: `arguments` (query and body by their hints), else not the API's."""


def document(title: str, routes: Iterable[Route], *, version: str = "") -> dict[str, Any]:
    """An OpenAPI 3.1 document.

    Args:
        title: Of the API.
        routes: In the order in which they are shown.
        version: Of the API.
    """
    paths: dict[str, Any] = {}
    components: dict[str, Any] = {}
    taken: set[str] = set()
    for route in routes:
        methods = _answered(route.methods)
        for method in methods:
            function = route.function(method) if getattr(route.function, "by_method", False) else route.function
            found = asked(function, [method] if function is not route.function else methods)
            made = _operation(route, function, found, method, components)
            name = route.name or getattr(inspect.unwrap(function), "__name__", "") or "endpoint"
            if not route.name and isinstance(route.function, ByMethod):
                name = getattr(route.function.owner, "__name__", name)
            name = re.sub(r"\W+", "_", name).strip("_") or "endpoint"
            several = len(methods) > 1 or isinstance(route.function, ByMethod)
            made = {"operationId": _free(f"{method.lower()}_{name}" if several else name, taken), **made}
            paths.setdefault(route.path, {}).setdefault(method.lower(), made)
    out: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version},
        "paths": paths,
    }
    if components:
        out["components"] = {"schemas": components}
    return out


def left_out(made: dict[str, Any], routes: Iterable[Route], hint: str) -> None:
    """Note what an app answers and its own document does not tell of.

    Args:
        made: The document.
        routes: Those of the app; what shows the document is none of them.
        hint: What brings them in.
    """
    bases = [re.sub(r"^\w+://[^/]*", "", str(one.get("url", ""))).rstrip("/") for one in made.get("servers") or ()]
    bases = [*bases, str(made.get("basePath", "")).rstrip("/"), ""]
    told = {_shape(base + path) for base in bases for path in made.get("paths") or ()}
    missing = [f"{_answered(r.methods)[:1][0]} {r.path}" for r in routes if _shape(r.path) not in told]
    if missing:
        shown = ", ".join(missing[:5]) + (f" and {len(missing) - 5} more" if len(missing) > 5 else "")
        message = f"the app also answers what its own document does not have: {shown}"
        made.setdefault(NOTES, []).append(["undocumented-routes", message, hint])


def _shape(path: str) -> str:
    return re.sub(r"\{[^{}]*\}", "{}", path).rstrip("/")


class ByMethod:
    """The functions of a class, by the HTTP method that they answer.

    Args:
        owner: The class, or an object of it.
        before: What the names of its functions begin with.
    """

    by_method = True

    def __init__(self, owner: Any, before: str = "") -> None:
        self.owner = owner
        self.before = before

    def __call__(self, method: str) -> Any:
        """The function for a method; the owner where it has none of that name."""
        return getattr(self.owner, self.before + method.lower(), self.owner)

    def methods(self) -> list[str]:
        """The methods for which there is one."""
        return [m for m in METHODS if callable(getattr(self.owner, self.before + m.lower(), None))]


def _answered(methods: Iterable[str]) -> list[str]:
    """Methods that OpenAPI knows, in its order, without those that frameworks answer by themselves beside others."""
    known = [m for m in METHODS if m in {str(given).upper() for given in methods}]
    return [m for m in known if m not in ("HEAD", "OPTIONS")] or known[:1]


def _free(name: str, taken: set[str]) -> str:
    chosen, number = name, 2
    while chosen in taken:
        chosen, number = f"{name}_{number}", number + 1
    taken.add(chosen)
    return chosen


def _operation(route: Route, function: Any, found: Asked, method: str, components: dict[str, Any]) -> dict[str, Any]:
    hints = hints_of(function)
    names = re.findall(r"\{(\w+)\}", route.path)
    parameters = [
        {"name": n, "in": "path", "required": True, "schema": dict(_variable(n, route, hints, components))}
        for n in dict.fromkeys(names)
    ]
    out: dict[str, Any] = {}
    if route.tags:
        out["tags"] = list(route.tags)
    if route.rest == "arguments":
        more, body = _arguments(function, hints, set(names), components)
        parameters += more
        if body:
            out["requestBody"] = body
    else:
        body = _body(function, found, method, components)
        if body:
            out["requestBody"] = body
    parameters += _asked_parameters(found, method, {p["name"] for p in parameters})
    if parameters:
        out["parameters"] = parameters
    out["responses"] = _responses(hints.get("return", Ellipsis), found, method, route.text, components)
    text = _doc(function)
    if text and text.strip():
        out[DOCSTRING] = text
    place = place_of(function)
    if place:
        out[PLACE] = place
    return out


def _doc(function: Any) -> str | None:
    """Its docstring; of a partial function the inner one's, never that of the class of such an object."""
    while isinstance(function, functools.partial):
        function = function.func
    if not isinstance(function, type) and not inspect.isroutine(function):
        return inspect.getdoc(type(function)) if type(function).__module__ != "builtins" else None
    return function.__doc__ if isinstance(function, type) else inspect.getdoc(function)


def _asked_parameters(found: Asked, method: str, known: set[str]) -> list[dict[str, Any]]:
    """Query, headers and cookies that the source asks for."""
    return [
        {"name": name, "in": place, "required": one.required, "schema": one.schema or dict(_STRING)}
        for place in ("query", "header", "cookie")
        for name, one in found.at(place, method).items()
        if name not in known
    ]


def _body(function: Any, found: Asked, method: str, components: dict[str, Any]) -> dict[str, Any]:
    """The body that the source asks for; empty where it asks for none."""
    content: dict[str, Any] = {}
    needed = False
    if found.reads("json", method):
        fields = found.at("json", method)
        schema = _object(fields)
        for name in [n for n, methods in found.models.items() if method in methods]:
            given = getattr(inspect.unwrap(function), "__globals__", {}).get(name)
            schema = (schema_of(given, components, "validation") if isinstance(given, type) else {}) or schema
        needed = True  # what reads JSON fails without, as a rule, and an empty object does no harm
        content["application/json"] = {"schema": schema}
    files, fields = found.at("file", method), found.at("form", method)
    if files and found.reads("file", method):
        binary = {n: replace(f, schema={"type": "string", "format": "binary"}) for n, f in files.items()}
        content["multipart/form-data"] = {"schema": _object({**fields, **binary}, text=True)}
    elif found.reads("form", method) and (fields or not content):
        content["application/x-www-form-urlencoded"] = {"schema": _object(fields, text=True)}
    if not content:
        return {}
    needed = needed or any(one.required for one in (*files.values(), *fields.values()))
    return {"required": True, "content": content} if needed else {"content": content}


def _object(fields: Mapping[str, Field], *, text: bool = False) -> dict[str, Any]:
    """An object of what is asked for by name."""
    made: dict[str, Any] = {"type": "object"}
    if fields:
        made["properties"] = {n: f.schema or (dict(_STRING) if text else {}) for n, f in fields.items()}
    required = [n for n, f in fields.items() if f.required]
    return {**made, "required": required} if required else made


def _plain(media: str) -> dict[str, Any]:
    """The schema of an answer of which only the media type is known."""
    return dict(_STRING) if media in ("text/plain", "text/html") else {}


def _responses(
    hint: Any, found: Asked, method: str, text: str, components: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    """What a hint says of the answer, at the statuses that the source names."""
    known = found.answers.of(method)
    hinted = _answer(hint, text, components)
    good = sorted(status for status in known if status == 0 or 200 <= status < 300)
    if not good and not any(300 <= status < 400 for status in known):
        good = [0]
    out = {}
    for status in sorted({*good, *known}):
        code = status or 200
        made: dict[str, Any] = {"description": HTTPStatus(code).phrase if code in list(HTTPStatus) else str(code)}
        media = known[status].media if status in known else {}
        if status in good and "content" in hinted and code != 204:
            made["content"] = hinted["content"]
        elif media:
            made["content"] = {name: {"schema": shape or _plain(name)} for name, shape in media.items()}
        out[str(code)] = made
    return out


def _variable(name: str, route: Route, hints: Mapping[str, Any], components: dict[str, Any]) -> dict[str, Any]:
    said = route.variables.get(name)
    if said is not None and said != _STRING:
        return said
    hinted = schema_of(hints[name], components, "validation") if name in hints else {}
    return hinted if hinted.get("type") in ("integer", "number", "boolean", "string") else said or _STRING


def _arguments(
    function: Any, hints: Mapping[str, Any], known: set[str], components: dict[str, Any]
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Parameters of a function that are no path variables: scalars in the query, one object as the body."""
    parameters: list[dict[str, Any]] = []
    body: dict[str, Any] = {}
    try:
        own = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):
        return parameters, body
    for parameter in own:
        hint = hints.get(parameter.name, Ellipsis)
        if parameter.name in known or hint is Ellipsis or _is_frameworks(hint):
            continue
        schema = schema_of(hint, components, "validation")
        if not schema:
            continue
        if schema.get("type") == "object" or "$ref" in schema:
            body = {"required": True, "content": {"application/json": {"schema": schema}}}
            continue
        entry = {"name": parameter.name, "in": "query", "required": parameter.default is parameter.empty}
        if parameter.default is not parameter.empty and isinstance(parameter.default, (str, int, float, bool)):
            schema = {**schema, "default": parameter.default}
        parameters.append({**entry, "schema": schema})
    return parameters, body


def _is_frameworks(hint: Any) -> bool:
    """Whether a hint is a class of a framework, such as a request."""
    return isinstance(hint, type) and hint.__module__ != "builtins" and hint.__name__.endswith(("Request", "Response"))


def _answer(hint: Any, text: str, components: dict[str, Any]) -> dict[str, Any]:
    """The successful response of a function by what it says it returns."""
    described = {"description": "OK"}
    if typing.get_origin(hint) in (
        typing.Union,
        getattr(types, "UnionType", typing.Union),
    ):  # of answers, some with a status
        plain = [
            one for one in typing.get_args(hint) if typing.get_origin(one) is not tuple and not _is_frameworks(one)
        ]
        hint = typing.Union[tuple(plain)] if plain else Ellipsis
    if typing.get_origin(hint) is tuple:  # body and status, maybe headers
        hint = (*typing.get_args(hint), Ellipsis)[0]
    if hint is Ellipsis or hint in (None, type(None)) or _is_frameworks(hint):
        return described
    if hint is str:
        return {**described, "content": {text: {"schema": {"type": "string"}}}}
    schema = schema_of(hint, components, "serialization")
    return {**described, "content": {"application/json": {"schema": schema}}} if schema else described


def hints_of(function: Any) -> dict[str, Any]:
    """A function's hints, each that can be resolved."""
    inner = inspect.unwrap(function) if callable(function) else function
    inner = getattr(inner, "__func__", inner)
    try:
        return typing.get_type_hints(inner, include_extras=True)
    except Exception:  # one that can't be resolved hides no other
        names = getattr(inner, "__annotations__", None) or {}
        scope = getattr(inner, "__globals__", {})
        found = {}
        for name, hint in names.items():
            try:
                found[name] = eval(hint, scope) if isinstance(hint, str) else hint
            except Exception:
                continue
        return found


def schema_of(hint: Any, components: dict[str, Any], mode: Any) -> dict[str, Any]:
    """A hint as JSON Schema, its classes among the components; empty where nothing is known of it."""
    try:
        if hint in _NATIVE:
            return dict(_NATIVE[hint])
    except TypeError:  # what can't be hashed
        pass
    try:
        from pydantic import TypeAdapter

        made = TypeAdapter(hint).json_schema(ref_template="#/components/schemas/{model}", mode=mode)
    except Exception:  # none here, an old one, or a hint that is no type of data
        return {}
    components.update(made.pop("$defs", {}))
    if made.get("type") == "object" and isinstance(hint, type) and "properties" in made:
        components[hint.__name__] = made
        return {"$ref": f"#/components/schemas/{hint.__name__}"}
    return dict(made)


def place_of(function: Any) -> list[Any]:
    """File and line of a function; empty where it has none."""
    inner = inspect.unwrap(function) if callable(function) else function
    inner = getattr(inner, "__func__", inner)
    code = getattr(inner, "__code__", None)
    if code is not None:
        return [code.co_filename, code.co_firstlineno]
    try:
        return [inspect.getsourcefile(inner) or "", inspect.getsourcelines(inner)[1]]
    except (TypeError, OSError):
        return []


def title_of(name: str) -> str:
    """A title made of a module's or a package's name; modules that are called by what they do are their package."""
    *parents, last = name.split(".")
    while parents and last in _USUAL:
        last = parents.pop()
    words = re.sub(r"[\W_]+", " ", last).strip()
    return words[:1].upper() + words[1:] if words and words != "main" else "API"
