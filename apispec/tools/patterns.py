"""Which patterns a client in JavaScript can read: one that it cannot makes it lose every tool of a server."""

from __future__ import annotations

import re
from functools import lru_cache

_MODIFIERS = re.compile(r"\(\?[a-z]*(-[a-z]*)?:(?<!\(\?:)")
"""`(?i:x)`, which ECMA-262 has since 2025, and clients on older engines do not."""


@lru_cache(maxsize=4096)
def is_javascript_pattern(pattern: str) -> bool:
    """Whether a text is a regular expression of ECMA-262 in `u` mode, which JSON Schema validators use."""
    import regress

    if _MODIFIERS.search(re.sub(r"\\.", "", pattern)):
        return False
    try:
        regress.Regex(pattern, "u")
    except (regress.RegressError, ValueError):
        return False
    return True
