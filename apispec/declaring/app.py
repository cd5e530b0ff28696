"""`App`: which functions are endpoints and how they are declared.

Nothing is described, validated or served here: `apispec.wiring` knows who does, when it is asked for. Importing this
module imports no library.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from apispec.declaring.places import caller, place
from apispec.declaring.registered import Registered, VisibilityName, declare, several
from apispec.errors import EndpointError
from apispec.wiring import provided

if TYPE_CHECKING:
    from apispec.model import Introspection

__all__ = ["App"]

F = TypeVar("F", bound=Callable[..., Any])


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
        self.servers = several(servers)
        self.tags = several(tags)
        self.contact = contact
        self.license = license
        self.terms_of_service = terms_of_service
        self.security_schemes = dict(security_schemes or {})
        self.security = several(security)
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
        declared = caller()
        registered = declare(function, options, declared)
        name = registered.name
        earlier = self._functions.get(name)
        if earlier is not None:
            here, there = (registered.file, registered.line), (earlier.file, earlier.line)
            if here == there:  # one function, declared twice
                here, there = declared, self._declared[name]
            raise EndpointError(
                f"two endpoints are named {name!r}; the other one is at {place(*there)}",
                where=place(*here),
                hint="give one of them another name: @app.endpoint(name=...)",
            )
        self._functions[name] = registered
        self._declared[name] = declared
