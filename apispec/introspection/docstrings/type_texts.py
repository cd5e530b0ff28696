"""Types as docstrings write them: telling them from prose, and taking several apart."""

from __future__ import annotations

import ast
import re

_NO_TYPE = r"(?!(?:each|every|which|where|with|when|if|that|all|one|sorted|keyed|ordered|otherwise|else|in|the)\b)"
"""Words that begin what is said about a type."""
_ONE = rf"{_NO_TYPE}[\w.\[\]`'\"-]+"
_PROSE = frozenset(
    {"note", "notes", "warning", "caution", "important", "nothing", "hint", "tip", "see", "example", "e.g"}
)
_WORDS = re.compile(
    rf"""
    (?:(?:optional\ |an?\ )?
       (?:list|dict|dictionary|tuple|set|sequence|iterable|iterator|array|mapping|collection|generator|pair|instance)s?
       (?:\ (?:of|containing)\ [\w.`\[\]]+(?:(?:,\ |\ or\ |\ and\ |\ of\ ){_NO_TYPE}[\w.`\[\]]+){{0,3}})?)
    | {_ONE}(?:(?:,?\ or\ |,\ |\ \|\ |/){_ONE}){{0,6}}
    | (?:array|file|path|bytes)[-_ ]like(?:\ object)?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ROLE = re.compile(r":[\w:.+-]+:`~?([^`]*)`")


def looks_like_type(text: str) -> bool:
    """Whether a text before a colon, or alone on a line, is a type rather than prose."""
    text = text.strip().strip("`")
    if not text or text.endswith((".", "!", "?", ",")) or text.lower() in _PROSE:
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
