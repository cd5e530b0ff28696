"""JSON as text, percent encoding, and what both need to know of characters."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

from pydantic_core import PydanticSerializationError, to_json

from apispec.model import Json

MAX_SAFE_INTEGER = 2**53 - 1
"""The largest integer that JavaScript numbers hold exactly (ECMA-262, Number.MAX_SAFE_INTEGER)."""

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def json_text(value: Json, indent: int | None = None, *, close: bool = False) -> str:
    """JSON as RFC 8259 has it (no NaN), readable: text stays text, unprintable characters are escaped.

    Args:
        value: Anything.
        indent: Spaces before what is inside of something; None = one line.
        close: Without the spaces of a single line.

    Raises:
        ValueError: The value holds NaN or an infinity.
    """
    separators = (",", ":") if close else None
    text = (
        json.dumps(value, ensure_ascii=False, allow_nan=False, separators=separators)
        if indent is None
        else _indented(value, indent)
    )
    if text.replace("\n", "").isprintable():
        return text
    # Outside strings JSON has printable characters and our own line breaks only, so what is left is inside strings.
    return text.translate({ord(c): utf16_escape(c) for c in set(text) if not c.isprintable() and c != "\n"})


def _indented(value: Json, indent: int) -> str:
    """Indented JSON. The standard library indents in Python, which costs seconds for large documents."""
    try:
        text = to_json(value, indent=indent).decode()
    except PydanticSerializationError:  # lone surrogates, which only a Python string can hold
        return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    if "NaN" in text or "Infinity" in text:  # in a text, or as a number, which is refused here
        json.dumps(value, allow_nan=False)
    return text


def utf16_escape(char: str, prefix: str = "\\u") -> str:
    """A character by its UTF-16 code units."""
    code = ord(char)
    if code < 0x10000:
        return f"{prefix}{code:04x}"
    code -= 0x10000
    return f"{prefix}{0xD800 + (code >> 10):04x}{prefix}{0xDC00 + (code & 0x3FF):04x}"


def well_formed(text: str) -> str:
    """The text with U+FFFD for every lone surrogate, which UTF-8 cannot hold (`String.toWellFormed` in JavaScript)."""
    return text if text.isascii() else _LONE_SURROGATE.sub("\ufffd", text)


def percent_encode(text: str, safe: str = "") -> str:
    """Percent-encode all but unreserved characters (RFC 3986, 2.3) and `safe`; lone surrogates become U+FFFD."""
    return quote(well_formed(text), safe)


def exact_in_javascript(value: Json) -> bool:
    """Whether `JSON.stringify` of the value's JavaScript literal is the same JSON value again."""
    if isinstance(value, bool) or value is None:
        return True
    if isinstance(value, int):
        return abs(value) <= MAX_SAFE_INTEGER
    if isinstance(value, float):
        return value != 0 or repr(value) != "-0.0"
    if isinstance(value, list):
        return all(exact_in_javascript(v) for v in value)
    if isinstance(value, dict):
        return all(exact_in_javascript(v) for v in value.values())
    return True
