"""HTML blocks of pages, put aside while the pages are built.

MkDocs would hand them on unchanged, but three HTML parsers read them on the way, which takes longer than all the rest
of the build. Zensical would also rewrite their links.
"""

from __future__ import annotations

import re

_BLOCK = re.compile(r"^<!-- block -->\n(.*?)\n<!-- /block -->$", re.DOTALL | re.MULTILINE)
_PLACE = re.compile(r'<div class="api-block-(\d+)">.*?</div>', re.DOTALL)
_UNSEARCHED = re.compile(r"<(\w+)[^>]* data-search-exclude[ >].*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def put_aside(page: str, blocks: list[str]) -> str:
    """The page with its blocks appended to `blocks`; what search should find stays in their places.

    A block stands between the lines `<!-- block -->` and `<!-- /block -->`. What is marked
    `data-search-exclude` in it (an element with none of its own kind inside) is not searched.
    """

    def place(match: re.Match[str]) -> str:
        blocks.append(match.group(1))
        words = " ".join(_TAG.sub(" ", _UNSEARCHED.sub("", match.group(1))).split())
        return f'<div class="api-block-{len(blocks) - 1}"><p>{words}</p></div>'

    return _BLOCK.sub(place, page)


def put_back(html: str, blocks: list[str]) -> str:
    """The built page with its blocks as they were."""
    return _PLACE.sub(lambda match: blocks[int(match.group(1))], html)
