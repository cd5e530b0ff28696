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
