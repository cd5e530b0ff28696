"""An Api's tools as an MCP server (extra `mcp`): over stdio, over streamable HTTP, and in memory for tests.

`tools` makes the SDK's server from the same `Tool`s that `mcp.json` lists; `http` puts it behind an address; `stdio`
keeps the protocol's streams clean; `install` writes clients' configuration. `apispec.runtime` runs the functions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from apispec.exports import exports

if TYPE_CHECKING:
    from apispec.mcp_server.entry import missing as missing
    from apispec.mcp_server.entry import require as require
    from apispec.mcp_server.entry import server as server
    from apispec.mcp_server.gradio import GradioServer as GradioServer
    from apispec.mcp_server.http import HttpTools as HttpTools
    from apispec.mcp_server.proxy import ProxyServer as ProxyServer
    from apispec.mcp_server.stdio import serve as serve
    from apispec.mcp_server.stdio import take_wire as take_wire
    from apispec.mcp_server.tools import FunctionServer as FunctionServer
    from apispec.mcp_server.tools import ToolServer as ToolServer
else:
    __all__, __getattr__ = exports(
        __name__,
        entry="missing require server",
        gradio="GradioServer",
        http="HttpTools",
        install="",
        proxy="ProxyServer proxy",
        stdio="serve take_wire",
        tools="FunctionServer ToolServer",
    )
