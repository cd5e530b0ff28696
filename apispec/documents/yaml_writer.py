"""JSON values as YAML that every reader reads alike: YAML 1.1 and 1.2, and our own `documents`.

Plain words only where both versions take them for text (`no`, `1e3`, `0o7`, `12:30`, dates and `=` are quoted), no
anchors, keys in the order given, one line per text unless the text has line breaks of its own. Written here and not by
PyYAML, which takes ten times as long: a large document was a quarter of a whole build.
"""

from __future__ import annotations

import json
import math
import re
from functools import lru_cache

from apispec.model import Json

_PLAIN = re.compile(r"[A-Za-z$/][A-Za-z0-9 ._/$(){}+-]*\Z")
"""Texts that may stand without quotes, if no word below and without trailing space: nothing in it is an indicator."""
_WORDS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"}
"""Words that YAML 1.1 or 1.2 take for something else, lower case."""
_LONGEST_KEY = 1000
"""A key is followed by its colon within 1,024 characters, or has a `?` before it."""


def dump(value: Json) -> str:
    """The value as a YAML document, ending in a line break."""
    out: list[str] = []
    if _is_block(value):
        _block(value, "", out)
    else:
        out.append(_scalar(value, "  ") + "\n")
    return "".join(out)


def _block(value: Json, pad: str, out: list[str]) -> None:
    """The entries of an object or array that is not empty; the first begins where the text ends."""
    before = ""
    if isinstance(value, dict):
        for key, inner in value.items():
            name = _text(str(key))
            out.append(f"{before}{name}:" if len(name) <= _LONGEST_KEY else f"{before}? {name}\n{pad}:")
            if _is_block(inner):
                below = pad if isinstance(inner, list) else pad + "  "
                out.append("\n" + below)
                _block(inner, below, out)
            else:
                out.append(f" {_scalar(inner, pad + '  ')}\n")
            before = pad
        return
    for inner in value:
        out.append(before + "- ")
        if _is_block(inner):
            _block(inner, pad + "  ", out)
        else:
            out.append(_scalar(inner, pad + "  ") + "\n")
        before = pad


def _is_block(value: Json) -> bool:
    return isinstance(value, (dict, list)) and bool(value)


def _scalar(value: Json, pad: str) -> str:
    """A text, number, word or empty container; `pad` is the indentation of further lines."""
    if isinstance(value, str):
        if "\n" in value and _fit_for_block(value):
            end = "" if value.endswith("\n") else "-"
            lines = value.removesuffix("\n").split("\n")
            return f"|{end}\n" + "\n".join(pad + line if line else "" for line in lines)
        return _text(value)
    if value is None or isinstance(value, bool):
        return "null" if value is None else "true" if value else "false"
    if isinstance(value, float):
        return _number(value)
    return str(value) if isinstance(value, int) else "{}" if isinstance(value, dict) else "[]"


@lru_cache(maxsize=4096)
def _text(value: str) -> str:
    """A text on one line."""
    if _PLAIN.match(value) and value.lower() not in _WORDS and not value.endswith(" "):
        return value
    quoted = json.dumps(value, ensure_ascii=False)
    return quoted if quoted.isprintable() else "".join(c if c.isprintable() else _escape(c) for c in quoted)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"


def _fit_for_block(value: str) -> bool:
    """Whether a literal block holds the text unchanged: printable, no odd spaces at line ends or at its start. Lines
    that a CI's runner would take for commands, where the document is printed, are quoted, too.
    """
    lines = value.split("\n")
    return (
        all((line.isprintable() and not line.endswith(" ")) for line in lines)
        and not any(line.lstrip().startswith("::") for line in lines)
        and "##[" not in value
        and not value.startswith((" ", "\n"))
        and not value.endswith("\n\n")
    )


def _number(value: float) -> str:
    if not math.isfinite(value):
        return ".nan" if math.isnan(value) else ".inf" if value > 0 else "-.inf"
    text = repr(value)
    # YAML 1.1 takes 1e3 for text: it wants a point.
    return text.replace("e", ".0e") if "e" in text and "." not in text else text
