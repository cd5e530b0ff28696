"""How much of a value a document and a snippet have room for."""

from __future__ import annotations

import json

from apispec.model import Json

LONGEST = 4096
"""Characters of a default or an example as JSON: beyond that a reader learns nothing, and no shell takes the line."""


def is_short(value: Json) -> bool:
    """Whether a value may stand in documents and snippets."""
    return len(json.dumps(value, ensure_ascii=False)) <= LONGEST


def too_long(value: Json) -> str:
    """What stands in the place of one that may not: `a value of 5,012,344 characters`."""
    return f"a value of {len(json.dumps(value, ensure_ascii=False)):,} characters"


def excerpt(value: Json) -> Json:
    """The beginning of a value that is too long: of its lists of rows, messages or records the first few.

    Texts are left whole, and so are lists of plain values, which may be names of columns. None where that does not do.
    """
    for kept in (3, 1):
        shorter = _cut(value, kept)
        if is_short(shorter):
            return shorter
    return None


def _cut(value: Json, kept: int) -> Json:
    if isinstance(value, dict):
        return {name: _cut(inner, kept) for name, inner in value.items()}
    if isinstance(value, list):
        nested = any(isinstance(inner, (dict, list)) for inner in value)
        return [_cut(inner, kept) for inner in (value[:kept] if nested else value)]
    return value
