"""The user's own pages, for our search: what they are called, where they are, and what they say."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import unescape

OWN_PAGES = "assets/search/pages.js"
"""The script that holds them; `rendering/pages/search.py` says of what kind it is."""

LONGEST = 6_000
"""Characters of a page that are searched."""

_ARTICLE = re.compile(r"<article\b[^>]*>(.*)</article>", re.DOTALL)
_HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
_UNSEEN = re.compile(r'<a class="headerlink".*?</a>|<script\b.*?</script>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def own_pages(built: Mapping[str, str]) -> str:
    """The script.

    Args:
        built: The pages' HTML by path.
    """
    found = []
    for path, html in sorted(built.items()):
        article = _ARTICLE.search(html)
        text = _UNSEEN.sub("", article.group(1)) if article else ""
        heading = _HEADING.search(text)
        title = _words(heading.group(1)) if heading else path
        found.append([title, path.removesuffix("index.html") or path, _words(text)[:LONGEST]])
    return f'apispec.found("pages",{json.dumps(found, separators=(",", ":"))});\n'


def _words(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", html)).split())
