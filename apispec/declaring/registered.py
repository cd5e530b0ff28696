"""One endpoint as it was declared: a callable and its options, checked.

What the options mean is told by `App.endpoint`; which values each may have is in `options`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import field
from types import CodeType, FrameType
from typing import Any, Literal

from apispec.declaring import asking
from apispec.declaring import options as endpoint_options
from apispec.declaring.places import own_name, place, position
from apispec.errors import EndpointError
from apispec.records import dataclass

VisibilityName = Literal["public", "undocumented", "private"]

METHODS = ("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH")
"""The HTTP methods that an endpoint may be given."""

_NOT_IN_NAMES = frozenset("/?#{}\\")


@dataclass(frozen=True, kw_only=True)
class Registered:
    """One endpoint as it was declared."""

    name: str
    function: Callable[..., Any]
    visibility: VisibilityName = "public"
    summary: str | None = None
    """None = from the docstring, as for `description`."""
    description: str | None = None
    tags: tuple[str, ...] = ()
    deprecated: bool | str | None = None
    """A text says what to use instead; None = from `warnings.deprecated` or the docstring."""
    method: str | None = None
    """Upper case; None = POST."""
    path: str | None = None
    """A path template such as `/items/{item_id}`; None = `/NAME`."""
    examples: tuple[Any, ...] = ()
    """Each a mapping of arguments, a sequence of positional arguments, or an `apispec.model.Example`."""
    stream: bool | None = None
    """None = what the function is: generators stream."""
    annotations: Mapping[str, Any] = field(default_factory=dict)
    """MCP tool annotations: title, readOnlyHint, destructiveHint, idempotentHint, openWorldHint."""
    raises: Mapping[type[BaseException], int] = field(default_factory=dict)
    """Exceptions that are answers: class → HTTP status."""
    responses: Mapping[str, Any] = field(default_factory=dict)
    """Documented answers besides the result: status → description, or a mapping with `description` and `model`."""
    names: Mapping[str, Any] = field(default_factory=dict)
    """Names around a function that was defined inside another one; its hints may use them."""
    file: str = ""
    line: int = 0
    """Where its function is defined or, failing that (C has no source), where it was declared; empty and 0 where nobody
    knows. The file may be absolute."""


def several(given: Any) -> tuple[Any, ...]:
    """One or several, as they come."""
    return (given,) if isinstance(given, (str, Mapping)) else tuple(given)


def declare(function: Any, options: Mapping[str, Any], declared: tuple[str, int] = ("", 0)) -> Registered:
    """The declaration of one endpoint from a callable and the options of `App.endpoint`.

    Args:
        function: What is called.
        options: By name.
        declared: File and line of the declaration: the place of a function that has no source.

    Raises:
        EndpointError: It is not callable, has no name, or an option makes no sense.
    """
    file, line = position(function)
    if not file:
        file, line = declared

    def problem(message: str, hint: str = "") -> EndpointError:
        return EndpointError(message, where=place(file, line), hint=hint)

    wrong = endpoint_options.problem(options)
    if wrong is not None:
        raise problem(*wrong)
    if asking.is_a(function, staticmethod, classmethod) or not callable(function):
        raise problem(
            f"an endpoint is something that can be called, not a {type(function).__name__}",
            "put @app.endpoint nearest to the function, or add the bound method with app.add",
        )
    name = options.get("name")
    if name is None:
        name = options.get("api_name")
    visibility: VisibilityName = "private" if name is False or options.get("api_name") is False else "public"
    if visibility == "public" and options.get("show_api") is False:
        visibility = "undocumented"
    visibility = options.get("visibility") or visibility
    if visibility not in ("public", "undocumented", "private"):
        raise problem(f"visibility is public, undocumented or private, not {visibility!r}")
    if not isinstance(name, str):
        name = own_name(function)
        if name is None:
            raise problem("this endpoint has no name of its own", "give it one: app.add(function, name=...)")
    name = name.removeprefix("/")  # Gradio's api_name has one
    if not name or name in (".", "..") or not name.isprintable() or _NOT_IN_NAMES & set(name) or name != name.strip():
        raise problem(f"{name!r} can't be an endpoint's name: it is a part of the URL", "use letters, digits, _ and -")
    method = options.get("method")
    if method is not None:
        method = str(method).upper()
        if method not in METHODS:
            raise problem(f"{method!r} is no HTTP method that an endpoint can have", "one of " + ", ".join(METHODS))
    path = options.get("path")
    if path is not None and (not path.startswith("/") or not path.isprintable() or set(path) & set("?# ")):
        raise problem(f"{path!r} is not a path template", "write it like /items/{item_id}")
    tags = options.get("tags") or ()
    return Registered(
        name=name,
        function=function,
        visibility=visibility,
        summary=options.get("summary"),
        description=options.get("description"),
        tags=several(tags),
        deprecated=options.get("deprecated"),
        method=method,
        path=path,
        examples=tuple(options.get("examples") or ()),
        stream=options.get("stream"),
        annotations=dict(options.get("annotations") or {}),
        raises=dict(options.get("raises") or {}),
        responses={str(status): what for status, what in (options.get("responses") or {}).items()},
        names=_names_around(function),
        file=file,
        line=line,
    )


def _names_around(function: Any) -> Mapping[str, Any]:
    """The local names where a nested function is being declared: hints that are text can't reach them later."""
    code = asking.attribute(function, "__code__")
    around = str(asking.attribute(function, "__qualname__", "")).rpartition(".<locals>.")[0].rpartition(".")[2]
    if not isinstance(code, CodeType) or not around:
        return {}
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_name == around and frame.f_code.co_filename == code.co_filename:
            return dict(frame.f_locals)
        frame = frame.f_back
    return {}
