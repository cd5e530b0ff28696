"""The result of `tools/list`, as it is written to `mcp.json` and as the MCP server answers it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from apispec.model import Api
from apispec.tools.dynamic import Catalogue
from apispec.tools.names import server_name
from apispec.tools.tool import Tool

SERVER_INFO_KEY = "io.modelcontextprotocol/serverInfo"
"""Key in `_meta` of a result (MCP 2026-07-28)."""
TTL_MS = 300_000
"""How long clients may keep the listing: five minutes."""
CACHE_SCOPE = "public"
"""The listing is the same for everyone."""


def server_info(api: Api) -> dict[str, str]:
    """MCP's `Implementation` for the server of this Api."""
    return {"name": server_name(api.title), "title": api.title, "version": api.version}


def to_listing(tools: Iterable[Tool], api: Api) -> dict[str, Any]:
    """The result of `tools/list` that has every tool, valid in every revision: older ones ignore what 2026-07-28 added.

    Where the configuration says that tools are offered dynamically, it is what the server lists instead.
    """
    every = tuple(tools)
    if api.tooling.dynamic:
        return listing_of(Catalogue(api, every).entries(), api)
    return listing_of([tool.to_json() for tool in every], api)


def listing_of(entries: list[dict[str, Any]], api: Api) -> dict[str, Any]:
    """The result of `tools/list` with these entries."""
    return {
        "resultType": "complete",
        "ttlMs": TTL_MS,
        "cacheScope": CACHE_SCOPE,
        "tools": entries,
        "_meta": {SERVER_INFO_KEY: server_info(api)},
    }
