"""An Api's tools as an MCP server (extra `mcp`): over stdio, over streamable HTTP, and in memory for tests.

`tools` makes the SDK's server from the same `Tool`s that `mcp.json` lists; `http` puts it behind an address; `stdio`
keeps the protocol's streams clean; `install` writes clients' configuration. `apispec.runtime` runs the functions.
"""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any

from apispec.errors import MissingExtraError

if TYPE_CHECKING:
    from mcp.server import Server

    from apispec.model import Api

__all__ = ["require", "server"]


def server(source: Any, api: Api | None = None) -> Server[Any]:
    """The MCP server of an `App` or a module of functions, for one client: all calls see one `apispec.Session`.

    It is run over stdio; `mcp.Client(server)` calls it in memory.

    Args:
        source: The App or module; only its public endpoints are tools.
        api: Its model, where it is known already.

    Raises:
        MissingExtraError: The extra `mcp` is not installed.
    """
    require()
    from apispec.mcp_server.tools import FunctionServer
    from apispec.runtime import functions

    if api is None:
        from apispec.introspection import describe

        api = describe(source).api
    return FunctionServer(api, functions(source, api), session="client").server


def require() -> None:
    """Make sure that the extra is there.

    Raises:
        MissingExtraError: It isn't.
    """
    if importlib.util.find_spec("mcp") is None:
        raise MissingExtraError("the MCP server needs the library mcp", hint='pip install "apispec-docs[mcp]"')
