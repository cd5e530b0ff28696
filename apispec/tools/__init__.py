"""Endpoints as MCP tools: names, schemas, and the way back from a tool's arguments to the endpoint's.

The listing (`apispec.rendering.tools`) and the MCP server show and call the same `Tool`s, so what is published is what
is answered. Nothing here knows the MCP SDK.
"""

from apispec.tools.arguments import tool_arguments
from apispec.tools.listing import CACHE_SCOPE, SERVER_INFO_KEY, TTL_MS, server_info, to_listing
from apispec.tools.tool import MISSING, Tool, as_sent, sent_media, tools

__all__ = [
    "CACHE_SCOPE", "MISSING", "SERVER_INFO_KEY", "TTL_MS", "Tool", "as_sent", "sent_media", "server_info",
    "to_listing", "tool_arguments", "tools",
]  # fmt: skip
