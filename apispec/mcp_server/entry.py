"""An Api's tools as an MCP server (extra `mcp`): over stdio, over streamable HTTP, and in memory for tests.

`tools` makes the SDK's server from the same `Tool`s that `mcp.json` lists; `http` puts it behind an address; `stdio`
keeps the protocol's streams clean; `install` writes clients' configuration. `apispec.runtime` runs the functions.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
from typing import TYPE_CHECKING, Any

from apispec.errors import MissingExtraError

if TYPE_CHECKING:
    from mcp.server import Server

    from apispec.model import Api

__all__ = ["missing", "require", "server"]


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
        MissingExtraError: It isn't, or an older one is, which other libraries need.
    """
    hint = missing()
    if hint and importlib.util.find_spec("mcp") is None:
        raise MissingExtraError("the MCP server needs the library mcp", hint=hint)
    if hint:
        raise MissingExtraError(
            f"the MCP server needs mcp 2, and here is mcp {importlib.metadata.version('mcp')}, which gradio[mcp] and "
            "others need: installing one breaks the other",
            hint=hint,
        )


def missing() -> str:
    """How to get what the MCP server needs; empty where it is there."""
    if importlib.util.find_spec("mcp") is None:
        return 'pip install "apispec-docs[mcp]"'
    if importlib.util.find_spec("mcp_types") is None:  # new with mcp 2
        return 'keep apispec apart: pipx install "apispec-docs[serve,mcp]", and --python names the app\'s interpreter'
    return ""
