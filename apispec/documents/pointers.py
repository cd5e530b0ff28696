"""JSON Pointers (RFC 6901): written, taken apart, followed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote


class Missing:
    """What `find` gives where a pointer leads nowhere (None is a JSON value)."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "MISSING"


MISSING = Missing()


def escape(token: str) -> str:
    """One reference token as it stands in a pointer: `a/b` gives `a~1b`."""
    return token.replace("~", "~0").replace("/", "~1") if "/" in token or "~" in token else token


def unescape(token: str) -> str:
    """Inverse of `escape`."""
    return token.replace("~1", "/").replace("~0", "~") if "~" in token else token


def join(tokens: Iterable[str | int]) -> str:
    """Tokens as a pointer: `["paths", "/a", 0]` gives `/paths/~1a/0`; nothing gives `""`, the whole document."""
    return "".join("/" + escape(str(token)) for token in tokens)


def split(pointer: str) -> list[str]:
    """The tokens of a pointer, also of one written as a URI fragment (`#/a%20b`)."""
    if pointer.startswith("#"):
        pointer = unquote(pointer[1:])
    tokens = pointer.split("/")[1:]
    return [unescape(token) for token in tokens] if "~" in pointer else tokens


def step(value: Any, token: str) -> Any:
    """The member or item of a value, `MISSING` where there is none."""
    if isinstance(value, dict):
        return value.get(token, MISSING)
    if isinstance(value, list) and token.isascii() and token.isdigit() and len(token) < 10 and int(token) < len(value):
        return value[int(token)]
    return MISSING


def find(data: Any, pointer: str) -> Any:
    """What a pointer leads to, `MISSING` where it leads nowhere."""
    for token in split(pointer):
        data = step(data, token)
        if data is MISSING:
            break
    return data
