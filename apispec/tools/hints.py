"""MCP's tool annotations: what HTTP says about a method (RFC 9110, 9.2), and what somebody says instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apispec.model import Api, Endpoint, HttpCall
from apispec.tools.told import HINTS

_SAFE = ("GET", "HEAD", "OPTIONS", "TRACE", "QUERY")
_IDEMPOTENT = ("PUT", "DELETE")


def hints(endpoint: Endpoint, api: Api, said: Mapping[str, Any]) -> dict[str, Any]:
    """The annotations of an endpoint's tool, in MCP's order.

    Args:
        endpoint: Its method speaks for it; that of a plain function only where it is not POST, which is no choice.
        api: Whose it is; what is no function of ours is somebody's world.
        said: By the configuration or `x-mcp`; wins over what the endpoint declares, which wins over the method.
    """
    found: dict[str, Any] = {}
    call = endpoint.call
    if isinstance(call, HttpCall):
        method = call.method.upper()
        if method in _SAFE:
            found["readOnlyHint"] = True
        if method == "DELETE":
            found["destructiveHint"] = True
        if method in _IDEMPOTENT:
            found["idempotentHint"] = True
        if api.source != "functions":
            found["openWorldHint"] = True
    found |= {key: endpoint.annotations[key] for key in HINTS if key in endpoint.annotations}
    found |= said
    return {key: found[key] for key in HINTS if key in found}


def is_read_only(annotations: Mapping[str, Any]) -> bool:
    """Whether a tool says that it changes nothing."""
    return annotations.get("readOnlyHint") is True
