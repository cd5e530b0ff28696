"""Which OpenAPI version a document says it is."""

from __future__ import annotations

import re
from typing import Any, Literal, get_args

Version = Literal["2.0", "3.0", "3.1", "3.2"]
VERSIONS: tuple[Version, ...] = get_args(Version)


def version_of(document: Any) -> Version | None:
    """The version by `openapi` or `swagger`, patch level left out; None where it says none that is known."""
    if not isinstance(document, dict):
        return None
    if document.get("swagger") == "2.0":
        return "2.0"
    text = document.get("openapi")
    match = re.fullmatch(r"(3\.[012])\.\d+(-.+)?", text) if isinstance(text, str) else None
    return next((version for version in VERSIONS if match and version == match[1]), None)
