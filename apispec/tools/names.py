"""Names that every MCP client and the model APIs behind them accept."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection

MAX_NAME = 64
"""OpenAI's and Anthropic's limit for tool names, Gemini's for parameter names."""
PREFERRED_NAME = 45
"""Clients put the server's name before a tool's and cut or drop what exceeds 60 to 64 characters."""

_TOOL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,63}\Z")
_PROPERTY = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}\Z")


def is_tool_name(name: str) -> bool:
    """Whether clients take it as the name of a tool."""
    return bool(_TOOL.match(name))


def is_property_name(name: str) -> bool:
    """Whether clients take it as the name of a tool's parameter."""
    return bool(_PROPERTY.match(name))


def tool_name(name: str, taken: Collection[str] = ()) -> str:
    """The name itself where it will do, else the nearest one that does and is free."""
    return _nearest(name, taken, r"[^A-Za-z0-9_-]+", "tool")


def property_name(name: str, taken: Collection[str] = ()) -> str:
    """The name itself where it will do, else the nearest one that does and is free."""
    return _nearest(name, taken, r"[^A-Za-z0-9_]+", "argument")


def _nearest(name: str, taken: Collection[str], forbidden: str, otherwise: str) -> str:
    plain = re.sub(forbidden, "_", name)
    if plain != name:
        plain = plain.strip("_") or otherwise
    if not re.match(r"[A-Za-z_]", plain):
        plain = "_" + plain
    if len(plain) > MAX_NAME:
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6]
        plain = f"{plain[: MAX_NAME - 7]}_{digest}"
    unique, number = plain, 2
    while unique in taken:
        suffix = f"_{number}"
        unique, number = plain[: MAX_NAME - len(suffix)] + suffix, number + 1
    return unique


def server_name(title: str) -> str:
    """A short name for the server of an API: `My API (v2)` → `my-api-v2`; `api` where nothing is left."""
    words = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    return words[:32].rstrip("-") or "api"
