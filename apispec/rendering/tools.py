"""`mcp.json`: the result of MCP's `tools/list` as a file. What a tool is made of is decided in `apispec.tools`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apispec.findings import Finding
from apispec.literals import json_text
from apispec.model import Api
from apispec.tools import Tool, to_listing, tools

MANY = 300
"""More tools than this are written one a line: indented, they would be three times as long."""


def listing(api: Api, *, findings: list[Finding] | None = None) -> dict[str, Any]:
    """The literal result of `tools/list`, with the server's name and version in `_meta`.

    Args:
        api: Its public endpoints that can be called are listed, in order.
        findings: What clients may stumble over is appended here.
    """
    return to_listing(tools(api, findings), api)


def render(api: Api, *, findings: list[Finding] | None = None, made: Sequence[Tool] | None = None) -> str:
    """The listing as JSON text, ending in a line break.

    Args:
        api: As for `listing`.
        findings: As for `listing`.
        made: The tools, where they are made already.
    """
    found = listing(api, findings=findings) if made is None else to_listing(made, api)
    if len(found["tools"]) <= MANY:
        return json_text(found, indent=2) + "\n"
    row = {"tools": "\0"}
    around = json_text({**found, **row}, indent=2) + "\n"
    rows = ",\n".join("    " + json_text(tool, close=True) for tool in found["tools"])
    return around.replace(json_text("\0"), f"[\n{rows}\n  ]")
