"""JSON values as YAML that every reader reads alike: YAML 1.1 and 1.2, and our own `documents`.

Plain words only where both versions take them for text (`no`, `1e3`, `0o7`, `12:30`, dates and `=` are quoted), no
anchors, keys in the order given, one line per text unless the text has line breaks of its own.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from apispec.model import Json

_PLAIN = re.compile(r"[A-Za-z$/][A-Za-z0-9 ._/$(){}+-]*\Z")
"""Texts that may stand without quotes, if no word below and without trailing space: nothing in it is an indicator."""
_WORDS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"}
"""Words that YAML 1.1 or 1.2 take for something else, lower case."""

_BASE: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _Dumper(_BASE):  # type: ignore[misc]
    """Quotes whatever is not plain in both versions."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: Any, value: str) -> Any:
    if _PLAIN.match(value) and value.lower() not in _WORDS and not value.endswith(" "):
        style = None
    elif "\n" in value and _fit_for_block(value):
        style = "|"
    else:
        style = '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _fit_for_block(value: str) -> bool:
    """Whether a literal block holds the text unchanged: printable, no odd spaces at line ends or at its start."""
    lines = value.split("\n")
    return (
        all((line.isprintable() and not line.endswith(" ") and "\t" not in line) for line in lines)
        and not value.startswith((" ", "\n"))
        and not value.endswith("\n\n")
    )


def _number(dumper: Any, value: float) -> Any:
    text = repr(value)
    if "e" in text and "." not in text:  # YAML 1.1 takes 1e3 for text: it wants a point
        text = text.replace("e", ".0e")
    return dumper.represent_scalar("tag:yaml.org,2002:float", text)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(float, _number)


def dump(value: Json) -> str:
    """The value as a YAML document, ending in a line break."""
    text: str = yaml.dump(
        value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=False, width=10**9
    )
    return text
