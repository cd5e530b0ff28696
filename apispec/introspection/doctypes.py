"""Types as docstrings write them, where it is sure what they mean."""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from types import GenericAlias
from typing import Any, Literal, Union

_WORDS: dict[str, Any] = {
    **dict.fromkeys(("str", "string", "strings", "text", "unicode", "basestring"), str),
    **dict.fromkeys(("int", "integer", "ints", "integers", "long"), int),
    **dict.fromkeys(("float", "floats", "double", "number", "numbers", "numeric", "real"), float),
    **dict.fromkeys(("bool", "boolean", "bools", "booleans"), bool),
    **dict.fromkeys(("bytes", "bytestring", "bytearray"), bytes),
    **dict.fromkeys(("none", "nonetype", "null"), type(None)),
    **dict.fromkeys(("list", "sequence", "lists"), list),
    **dict.fromkeys(("dict", "dictionary", "mapping", "dicts", "dictionaries"), dict),
    **dict.fromkeys(("tuple", "tuples"), tuple[Any, ...]),
    "set": set,
    "frozenset": frozenset,
}
_OPTIONAL = re.compile(
    r",?\s*\(?\b(?:optional|required|keyword[- ]only)\b(?!\[)\)?|,?\s*default(?:s to|\s*[:=]|\s+is)?\s.*$", re.I
)
_MARKUP = re.compile(r"`{1,2}|:(?:py:)?(?:class|obj|data|mod|term):|[~!]")
_OF = re.compile(r"(list|sequence|iterable|tuple|set|frozenset|lists|tuples|sequences)s?\s+of\s+(.+)", re.I)
_DICT_OF = re.compile(r"(?:dict|dictionary|mapping)\s+of\s+(\w+)\s+(?:to|->|:)\s+(\w+)", re.I)
_CHOICES = re.compile(r"(?:one of\s*)?[{\[(](.+)[}\])]", re.I | re.S)
_BRACKETS = re.compile(r"(?:typing\.)?(\w+)\[(.+)\]")
_CONTAINERS: dict[str, Any] = {
    "list": list, "sequence": list, "iterable": list, "set": set, "frozenset": frozenset, "tuple": tuple,
}  # fmt: skip
_LONGEST = 200


@lru_cache(maxsize=4096)
def docstring_hint(text: str) -> Any:
    """The hint that a docstring's type stands for, None where that is not sure.

    Args:
        text: Such as `int or None`, `list of str`, `{'a', 'b'}, optional`.
    """
    if not text or len(text) > _LONGEST:
        return None
    text = _OPTIONAL.sub("", _MARKUP.sub("", text)).strip().rstrip(".,;")
    return _read(text)


def _read(text: str) -> Any:
    text = text.strip()
    word = _WORDS.get(text.lower().removeprefix("a ").removeprefix("an "))
    if word is not None:
        return word
    choices = _CHOICES.fullmatch(text)
    if choices:
        return _literals(choices[1]) or _tuple_of(text)
    parts = _alternatives(text)
    if len(parts) > 1:
        return _all(parts)
    of = _OF.fullmatch(text)
    if of:
        return _container(of[1].lower().removesuffix("s"), _read(of[2]))
    dict_of = _DICT_OF.fullmatch(text)
    if dict_of:
        key, value = _read(dict_of[1]), _read(dict_of[2])
        return None if key is None or value is None else GenericAlias(dict, (key, value))
    brackets = _BRACKETS.fullmatch(text)
    return _subscripted(brackets[1].lower(), brackets[2]) if brackets else None


def is_type(text: str) -> bool:
    """Whether a text by itself is a type for sure: one line, without a sentence's end."""
    return 0 < len(text) <= 80 and "\n" not in text and text[-1] != "." and docstring_hint(text) is not None


def _tuple_of(text: str) -> Any:
    """`(int, str)`."""
    parts = _alternatives(text[1:-1]) if text[0] == "(" and "," in text else []
    hints = [_read(part) for part in parts]
    return GenericAlias(tuple, tuple(hints)) if len(hints) > 1 and None not in hints else None


def _literals(text: str) -> Any:
    try:
        values = ast.literal_eval(f"[{text}]")
    except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError):
        return None
    if values and all(isinstance(v, (str, int, bool, type(None))) for v in values):
        return Literal[tuple(values)]
    return None


def _alternatives(text: str) -> list[str]:
    """The parts of `a or b`, `a | b`, `a, b or c`, but not what is inside brackets."""
    parts, depth, start, i = [], 0, 0, 0
    while i < len(text):
        char = text[i]
        depth += (char in "[({") - (char in "])}")
        if depth == 0:
            separator = next((s for s in (" or ", "|", ",", "/") if text.startswith(s, i)), "")
            if separator:
                parts.append(text[start:i])
                i += len(separator)
                start = i
                continue
        i += 1
    parts.append(text[start:])
    return [part for part in map(str.strip, parts) if part]


def _all(parts: list[str]) -> Any:
    hints = [_read(part) for part in parts]
    return None if any(hint is None for hint in hints) else Union[tuple(hints)]


def _container(name: str, item: Any) -> Any:
    kind = _CONTAINERS.get(name)
    if kind is None or item is None:
        return None
    return GenericAlias(tuple, (item, ...)) if kind is tuple else kind[item]


def _subscripted(name: str, inner: str) -> Any:
    if name == "optional":
        item = _read(inner)
        return None if item is None else Union[item, None]
    parts = _alternatives(inner)
    if name == "union":
        return _all(parts)
    if name == "literal":
        return _literals(inner)
    hints = [_read(part) for part in parts if part != "..."]
    if any(hint is None for hint in hints):
        return None
    if name in ("dict", "mapping") and len(hints) == 2:
        return GenericAlias(dict, tuple(hints))
    if name == "tuple":
        return GenericAlias(tuple, (hints[0], ...) if parts[-1] == "..." else tuple(hints))
    return _container(name, hints[0]) if len(hints) == 1 else None


def default_hint(default: Any) -> Any:
    """The hint that a default stands for, None where it says nothing: null, or nothing of JSON's."""
    kind = type(default)
    if kind in (bool, int, float, str):
        return kind
    if kind in (list, tuple, set, frozenset):
        return list
    return dict if kind is dict else None
