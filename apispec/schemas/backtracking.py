"""Patterns that are matched by trying, and the texts that are too long for them.

What looks ahead or behind, or refers back to a group, is matched by no automaton: the time it takes grows with the
square of a text's length at best. Neither pattern nor text need be honest, so long texts are not judged by such ones.
"""

from __future__ import annotations

import re
from typing import Any

from apispec.schemas.budget import BUDGET

_TRIES = re.compile(r"\(\?<?[=!]|\\[1-9]|\\k<")


def tries(pattern: object) -> bool:
    """Whether a pattern (ECMA-262) has look-around or refers back to a group."""
    return isinstance(pattern, str) and _TRIES.search(pattern) is not None


def has_trying_pattern(schema: Any) -> bool:
    """Whether a pattern anywhere in a schema, or in a document of schemas, is such a one; data counts, too."""
    waiting = [schema]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            if tries(part.get("pattern")) or any(map(tries, _names(part))):
                return True
            waiting += [inner for inner in part.values() if isinstance(inner, (dict, list))]
        else:
            waiting += [inner for inner in part if isinstance(inner, (dict, list))] if isinstance(part, list) else []
    return False


def _names(schema: dict[str, Any]) -> Any:
    patterns = schema.get("patternProperties")
    return patterns if isinstance(patterns, dict) else ()


def is_long(value: Any) -> bool:
    """Whether a text or a name in a value is longer than a pattern that is matched by trying is asked about."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            if len(part) > BUDGET.tried_text:
                return True
        elif isinstance(part, dict):
            waiting += part
            waiting += part.values()
        elif isinstance(part, (list, tuple)):
            waiting += part
    return False
