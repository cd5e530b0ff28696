"""HTML blocks of pages, put aside while the pages are built.

MkDocs would hand them on unchanged, but three HTML parsers read them on the way, which takes longer than all the rest
of the build. Zensical would also rewrite their links. A placeholder stands for each: as an element in the page, and as
its text in the search index.
"""

from __future__ import annotations

import json
import re
from html import escape, unescape

_BLOCK = re.compile(r"^<!-- block -->\n(.*?)\n<!-- /block -->$", re.DOTALL | re.MULTILINE)
_PLACE = re.compile(r'<div class="api-placeholder">\s*<p>api-placeholder-(\d{1,9})</p>\s*</div>')
_WORDS = re.compile(r"<p>api-placeholder-(\d{1,9})</p>")
_UNSEARCHED = re.compile(r"<(\w+)[^>]* data-search-exclude[ >].*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


class Blocks:
    """The blocks of all pages of one site."""

    def __init__(self) -> None:
        self._blocks: list[str] = []

    def put_aside(self, page: str) -> str:
        """The page with placeholders. A block stands between the lines `<!-- block -->` and `<!-- /block -->`."""

        def place(match: re.Match[str]) -> str:
            self._blocks.append(match.group(1))
            return f'<div class="api-placeholder"><p>api-placeholder-{len(self._blocks) - 1}</p></div>'

        return _BLOCK.sub(place, page)

    def put_back(self, html: str) -> str:
        """The built page with its blocks as they were."""
        return _PLACE.sub(lambda match: self._blocks[int(match.group(1))], html)

    def tell(self, index: str) -> str:
        """The search index, JSON with texts in HTML, with what can be found in the blocks.

        What is marked `data-search-exclude` (an element with none of its own kind inside) is not searched.
        """

        def words(match: re.Match[str]) -> str:
            number = int(match.group(1))
            if number >= len(self._blocks):
                return match.group()
            found = escape(_words(self._blocks[number]), quote=False)
            return json.dumps(f"<p>{found}</p>")[1:-1] if found else ""

        return _WORDS.sub(words, index)


def words_of(page: str) -> str:
    """What can be found in the blocks of a page, as plain text."""
    return " ".join(_words(match.group(1)) for match in _BLOCK.finditer(page))


def _words(block: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", _UNSEARCHED.sub("", block))).split())
