"""Types as docstrings write them: telling them from prose, and taking several apart."""

from __future__ import annotations

import ast
import re

_ONE = r"[\w.\[\]`'\"-]+"
_WORDS = re.compile(
    rf"""
    (?:(?:optional\ |an?\ )?
       (?:list|dict|dictionary|tuple|set|sequence|iterable|iterator|array|mapping|collection|generator|pair|instance)s?
       (?:\ (?:of|containing)\ [\w.`\[\]]+(?:(?:,\ |\ or\ |\ and\ |\ of\ )[\w.`\[\]]+){{0,3}})?)
    | {_ONE}(?:(?:,?\ or\ |,\ |\ \|\ |/){_ONE}){{0,6}}
    | (?:array|file|path|bytes)[-_ ]like(?:\ object)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ROLE = re.compile(r":[\w:.+-]+:`~?([^`]*)`")


def looks_like_type(text: str) -> bool:
    """Whether a text before a colon, or alone on a line, is a type rather than prose."""
    text = text.strip().strip("`")
    if not text or text.endswith((".", "!", "?", ",")):
        return False
    if _WORDS.fullmatch(text):
        return True
    try:
        ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return False
    return " " not in text or "[" in text or "|" in text


def exception_names(text: str) -> list[str]:
    """`ValueError, KeyError` or `ValueError or KeyError` → each name."""
    text = _ROLE.sub(r"\1", text).replace("`", "")
    return [name.lstrip("~") for name in re.split(r"\s*(?:,|\||/|\bor\b|\band\b)\s*", text.strip()) if name]
