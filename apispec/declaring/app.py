"""`App`: which functions are endpoints and how they are declared, and `Error`: an endpoint's own answer.

Nothing is described, validated or served here: `describe` and calling the App as an ASGI application import the parts
that do, when they are used. Importing this module imports no library.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from apispec.declaring import options as endpoint_options
from apispec.errors import EndpointError
from apispec.wiring import provided

if TYPE_CHECKING:
    from apispec.model import Introspection

__all__ = ["App", "Error", "Registered"]

F = TypeVar("F", bound=Callable[..., Any])

VisibilityName = Literal["public", "undocumented", "private"]

METHODS = ("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH")
"""The HTTP methods that an endpoint may be given."""

_NOT_IN_NAMES = frozenset("/?#{}\\")


class Error(Exception):
    """An endpoint's own answer to a call it can't fulfil: raised, it becomes an `application/problem+json` answer.

    A subclass may set `status` and `title` once, so that `raise NotFound("no such pet")` is enough; a docstring
    `Raises:` section that names the class documents that status.

    Args:
        status: The HTTP status, 400 to 599.
        title: What kind of problem it is, the same each time (RFC 9457 `title`).
        detail: What went wrong this time.
    """

    status: int = 400
    title: str = ""

    def __init__(self, status: int | str | None = None, title: str | None = None, detail: str = "") -> None:
        if isinstance(status, str):  # NotFound("no such pet")
            if title is not None:
                raise TypeError("Error(status, title, detail): the status is a number")
            detail = status
        elif status is not None:
            if not 400 <= status <= 599:
                raise ValueError(f"an Error has a status from 400 to 599, not {status}")
            self.status = status
        if title is not None:
            self.title = title
        self.detail = detail
        super().__init__(detail or self.title or str(self.status))


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


class App:
    """The functions that make up an API, and what is said about the whole of it.

    Everything is optional; configuration and command-line options win over what is left out here. The App is an ASGI
    application (extra `serve`).

    Args:
        title: The API's name.
        version: The API's own version.
        summary: One line.
        description: Markdown; the module's docstring where it is left out.
        servers: URLs, or mappings with `url`, `description`, `variables` (OpenAPI Server Objects).
        tags: Names, or mappings with `name`, `description` (OpenAPI Tag Objects), in the order in which they are shown.
        contact: A mapping with `name`, `url`, `email`.
        license: A name, or a mapping with `name` and `identifier` or `url`.
        terms_of_service: A URL.
        security_schemes: OpenAPI Security Scheme Objects by name.
        security: Names of schemes that every endpoint needs, or OpenAPI Security Requirement Objects.
        external_docs: A mapping with `url` and `description`.
    """

    def __init__(
        self,
        title: str | None = None,
        *,
        version: str | None = None,
        summary: str | None = None,
        description: str | None = None,
        servers: str | Sequence[str | Mapping[str, Any]] = (),
        tags: str | Sequence[str | Mapping[str, Any]] = (),
        contact: Mapping[str, str] | None = None,
        license: str | Mapping[str, str] | None = None,  # noqa: A002 - OpenAPI's word
        terms_of_service: str | None = None,
        security_schemes: Mapping[str, Mapping[str, Any]] | None = None,
        security: str | Sequence[str | Mapping[str, Sequence[str]]] = (),
        external_docs: Mapping[str, str] | None = None,
    ) -> None:
        self.title = title
        self.version = version
        self.summary = summary
        self.description = description
        self.servers = _several(servers)
        self.tags = _several(tags)
        self.contact = contact
        self.license = license
        self.terms_of_service = terms_of_service
        self.security_schemes = dict(security_schemes or {})
        self.security = _several(security)
        self.external_docs = external_docs
        self.module: str = sys._getframe(1).f_globals.get("__name__", "")
        """The module that made the App: its docstring and `__version__` describe the API."""
        self._functions: dict[str, Registered] = {}
        self._declared: dict[str, tuple[str, int]] = {}
        self._server: Any = None

    @property
    def functions(self) -> Mapping[str, Registered]:
        """Every declared endpoint by name, in order; private ones too."""
        return MappingProxyType(self._functions)

    @overload
    def endpoint(self, function: F, /) -> F: ...

    @overload
    def endpoint(
        self,
        /,
        *,
        name: str | Literal[False] | None = None,
        api_name: str | Literal[False] | None = None,
        visibility: VisibilityName | None = None,
        show_api: bool | None = None,
        summary: str | None = None,
        description: str | None = None,
        tags: str | Sequence[str] = (),
        deprecated: bool | str | None = None,
        method: str | None = None,
        path: str | None = None,
        examples: Sequence[Any] = (),
        stream: bool | None = None,
        annotations: Mapping[str, Any] | None = None,
        raises: Mapping[type[BaseException], int] | None = None,
        responses: Mapping[int | str, Any] | None = None,
    ) -> Callable[[F], F]: ...

    def endpoint(self, function: Callable[..., Any] | None = None, /, **options: Any) -> Any:  # noqa: D417
        """Make the decorated function an endpoint; the function itself stays as it is.

        Args:
            function: The function, where the decorator is used without arguments.
            name: The endpoint's name; the function's where it is left out. False = private.
            api_name: The same, as Gradio calls it.
            visibility: `public`, `undocumented` (callable, in no output) or `private` (nowhere and not callable).
            show_api: False = undocumented, as Gradio calls it.
            summary: One line instead of the docstring's first.
            description: Markdown instead of the docstring's.
            tags: One tag or several.
            deprecated: True, or a text that says what to use instead.
            method: The HTTP method instead of POST. With GET, HEAD and DELETE the parameters go into the query.
            path: A path template instead of `/NAME`; its variables are parameters.
            examples: Arguments of calls that teach: mappings, or sequences in signature order.
            stream: Whether the answer is streamed, where the function doesn't say so by being a generator.
            annotations: MCP tool annotations (`readOnlyHint`, …).
            raises: Exceptions that are answers: class → HTTP status.
            responses: Documented answers: status → description, or a mapping with `description` and `model` (a type).

        Raises:
            EndpointError: The name is taken, or the endpoint can't exist as declared.
        """
        if function is not None:
            self._register(function, options)
            return function

        def decorate(decorated: F) -> F:
            self._register(decorated, options)
            return decorated

        return decorate

    def add(self, function: F, /, name: str | Literal[False] | None = None, **options: Any) -> F:
        """Make any callable an endpoint: a function from elsewhere, a method, a partial, an object with `__call__`.

        Args:
            function: What is called.
            name: The endpoint's name; the callable's own where it has one.
            options: As for `endpoint`.

        Returns:
            The callable, unchanged, so that `@app.add` above a function leaves it in its module.

        Raises:
            EndpointError: The name is taken, or the endpoint can't exist as declared.
        """
        self._register(function, {"name": name, **options})
        return function

    def describe(self) -> Introspection:
        """The API's model and what could not be described."""
        found: Introspection = provided("describe")(self)
        return found

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one ASGI connection (extra `serve`).

        Raises:
            MissingExtraError: The server's libraries are not installed.
        """
        if self._server is None:
            self._server = provided("serve")(self)
        await self._server(scope, receive, send)

    def _register(self, function: Any, options: dict[str, Any]) -> None:
        declared = _caller()
        registered = declare(function, options, declared)
        name = registered.name
        earlier = self._functions.get(name)
        if earlier is not None:
            here, there = (registered.file, registered.line), (earlier.file, earlier.line)
            if here == there:  # one function, declared twice
                here, there = declared, self._declared[name]
            raise EndpointError(
                f"two endpoints are named {name!r}; the other one is at {_place(*there)}",
                where=_place(*here),
                hint="give one of them another name: @app.endpoint(name=...)",
            )
        self._functions[name] = registered
        self._declared[name] = declared


def _several(given: Any) -> tuple[Any, ...]:
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
        return EndpointError(message, where=_place(file, line), hint=hint)

    wrong = endpoint_options.problem(options)
    if wrong is not None:
        raise problem(*wrong)
    if isinstance(function, (staticmethod, classmethod)) or not callable(function):
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
        tags=_several(tags),
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
    code = getattr(function, "__code__", None)
    around = getattr(function, "__qualname__", "").rpartition(".<locals>.")[0].rpartition(".")[2]
    if code is None or not around:
        return {}
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_name == around and frame.f_code.co_filename == code.co_filename:
            return dict(frame.f_locals)
        frame = frame.f_back
    return {}


def own_name(function: Any) -> str | None:
    """The name that a callable has by itself: its own, that of what a partial wraps, or that of its class.

    None for a lambda.
    """
    while hasattr(function, "func") and not hasattr(function, "__name__"):  # functools.partial
        function = function.func
    name = getattr(function, "__name__", None)
    if not isinstance(name, str):
        name = type(function).__name__
    return None if name == "<lambda>" else name


def position(function: Any) -> tuple[str, int]:
    """Where a callable is defined: its file as Python knows it and its line, ("", 0) where there is no source."""
    for _ in range(20):  # wrappers, partials and methods around the function; a bound, since they may be circular
        code = getattr(function, "__code__", None)
        if code is not None and not hasattr(function, "__wrapped__"):
            return code.co_filename, code.co_firstlineno
        inner = getattr(function, "__wrapped__", None)
        if inner is None:
            inner = getattr(function, "func", None)
        if inner is None:
            inner = getattr(type(function), "__call__", None)  # noqa: B004 - the method itself is wanted
        if inner is None or inner is function:
            break
        function = inner
    return "", 0


def _short(file: str) -> str:
    """A file as a person may read it: relative to the current folder where it is inside, else its name."""
    path = Path(file)
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.name


def _place(file: str, line: int) -> str:
    return f"{_short(file)}:{line}" if file else ""


_PACKAGE = f"{Path(__file__).parent}{os.sep}"


def _caller() -> tuple[str, int]:
    """The file and line that called this package; ("", 0) where no source did."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.startswith((_PACKAGE, "<")):
        frame = frame.f_back
    return ("", 0) if frame is None else (frame.f_code.co_filename, frame.f_lineno)
