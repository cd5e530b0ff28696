"""Names that every MCP client and the model APIs behind them accept."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection

MAX_NAME = 64
"""OpenAI's and Anthropic's limit for tool names, Gemini's for parameter names."""
PREFERRED_NAME = 45
"""Clients put the server's name before a tool's and cut or drop what exceeds 60 to 64 characters."""
_LONGEST_SERVER = 32

_TOOL = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,63}\Z")
_PROPERTY = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}\Z")


_LATIN = str.maketrans({"ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
                        "đ": "d", "Đ": "D", "ð": "d", "þ": "th", "Þ": "Th", "ı": "i"})  # fmt: skip
"""Latin letters that are no others with a mark."""


def is_tool_name(name: str) -> bool:
    """Whether clients take it as the name of a tool."""
    return bool(_TOOL.match(name))


def is_property_name(name: str) -> bool:
    """Whether clients take it as the name of a tool's parameter."""
    return bool(_PROPERTY.match(name))


def tool_name(name: str, taken: Collection[str] = (), otherwise: str = "tool") -> str:
    """The name itself where it will do, else the nearest one that does and is free.

    Args:
        name: As the endpoint has it, or somebody wants it.
        taken: Names of other tools.
        otherwise: What it is called where its letters are those of another script than Latin.
    """
    return _nearest(name, taken, r"[^A-Za-z0-9_-]+", otherwise)


def property_name(name: str, taken: Collection[str] = ()) -> str:
    """The name itself where it will do, else the nearest one that does and is free."""
    return _nearest(name, taken, r"[^A-Za-z0-9_]+", "argument")


def operation_name(method: str, path: str) -> str:
    """A name for an operation that has none: `GET /pets/{petId}` → `get_pets_petId`."""
    words = re.sub(r"[^A-Za-z0-9]+", "_", path).strip("_")
    return f"{method.lower()}_{words}" if words else method.lower()


def without_address(name: str, method: str, path: str) -> str:
    """A name less the path and method at its end, as FastAPI makes operationIds: `read_item_items__item_id__get`."""
    ascii_only, word = (re.sub(kept, "_", path) for kept in (r"[^A-Za-z0-9_]", r"\W"))
    for ending in (f"{ascii_only}_{method.lower()}", f"{word}_{method.lower()}"):
        if path and name.endswith(ending) and len(name) > len(ending):
            return name[: -len(ending)]
    return name


def _nearest(name: str, taken: Collection[str], forbidden: str, otherwise: str) -> str:
    folded = "".join(c for c in unicodedata.normalize("NFKD", name.translate(_LATIN)) if not unicodedata.combining(c))
    plain = re.sub(forbidden, "_", folded)
    if plain != name:
        plain = plain.strip("_") or otherwise
    if any(c.isalpha() and not c.isascii() for c in folded):  # what is left of it would say something else
        plain = otherwise if otherwise != "tool" else f"tool_{_digest(name)}"
    if not re.match(r"[A-Za-z_]", plain):
        plain = "_" + plain
    if len(plain) > MAX_NAME:
        plain = f"{plain[: MAX_NAME - 7]}_{_digest(name)}"
    unique, number = plain, 2
    while unique in taken:
        suffix = f"_{number}"
        unique, number = plain[: MAX_NAME - len(suffix)] + suffix, number + 1
    return unique


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def server_name(title: str) -> str:
    """A short name for the server of an API: `My API (v2)` → `my-api-v2`; `api` where nothing is left.

    At most 32 characters, whole words where that can be.
    """
    plain = (
        unicodedata.normalize("NFKD", re.sub("['\u2019]", "", title).translate(_LATIN))
        .encode("ascii", "ignore")
        .decode()
    )
    words = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    whole = words[: _LONGEST_SERVER + 1].rpartition("-")[0] if len(words) > _LONGEST_SERVER else ""
    return (whole or words[:_LONGEST_SERVER]) or "api"
