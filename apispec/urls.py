"""URLs that strangers write: documents, and whoever sends a header."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit


def split_url(url: str) -> SplitResult:
    """A URL's parts, all of them empty where it is no URL at all (`http://[x`), which `urlsplit` raises at."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")
