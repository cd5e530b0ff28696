"""Serving functions over HTTP (extra `serve`): `asgi` makes the application, `apispec.cli.serve` runs it.

The parts: `http` and `gradio` are the two protocols, `docs` the site and the documents, `mcp` the route of the tools,
`guard` what stands before them, `application` puts them together. What runs the functions is `apispec.runtime`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apispec.errors import MissingExtraError

if TYPE_CHECKING:
    from apispec.model import Api
    from apispec.server.application import Application
    from apispec.server.options import ServerOptions

__all__ = ["asgi"]


def asgi(source: Any, api: Api | None = None, options: ServerOptions | None = None) -> Application:
    """The ASGI application that serves an `App`, or a module of functions.

    Args:
        source: The App or module; its private endpoints are not served.
        api: Its model, where it is known already.
        options: Limits and guards.

    Raises:
        MissingExtraError: The extra `serve` is not installed.
    """
    try:
        from apispec.server.application import Application
    except ImportError as error:
        raise MissingExtraError(
            f"serving needs {error.name}", hint='install it with: pip install "apispec-docs[serve]"'
        ) from error
    from apispec.runtime import functions
    from apispec.server.options import ServerOptions

    if api is None:
        from apispec.introspection import describe

        api = describe(source).api
    return Application(api, functions(source, api), options or ServerOptions())
