"""Pages' Markdown as HTML, as MkDocs would have it, for pages that MkDocs does not see."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from apispec.site.blocks import Blocks
from apispec.site.configuration import EXTENSIONS, PERMALINK, extensions, permalink_title

_HEADING = re.compile(
    r"""\s*\#[ ]((?:<span[ ]class="[a-z -]+">[A-Z]+</span>[ ])?(?:[^\W_]|[ ,.()/-]|&\#\d+;)+)[ ]
    \{\#([^\s{}"&<>]+)[ ]\.([a-z-]+)\}\n""",
    re.VERBOSE,
)
"""A heading in which Markdown has nothing to do but to set its attributes."""
_SIGN = re.compile(r"\S")
_BEGIN, _END = "<!-- block -->\n", "\n<!-- /block -->\n"
_DATA = '<div id="api-data" hidden data-json=\''


class Articles:
    """Makes HTML of pages, one after another."""

    def __init__(self) -> None:
        from markdown import Markdown

        self._markdown = Markdown(
            extensions=["toc", "tables", "fenced_code", *EXTENSIONS],
            extension_configs={name: settings for name, settings in extensions().items() if settings},
        )

    def html(self, text: str) -> str:
        """A page without its front matter."""
        plain = _plain(text)
        if plain is not None:
            return plain
        blocks = Blocks()
        made: Any = self._markdown.reset().convert(blocks.put_aside(text))
        return blocks.put_back(str(made))


def _plain(text: str) -> str | None:
    """The HTML of a page that is a plain heading and blocks of HTML, as most are; None where it is more."""
    heading = _HEADING.match(text)
    if heading is None:
        return None
    words, anchor, name = heading.groups()
    link = f'<a class="headerlink" href="#{anchor}" title="{escape(permalink_title())}">{PERMALINK}</a>'
    out = [f'<h1 class="{name}" id="{anchor}">{words}{link}</h1>']
    at = heading.end()
    while (found := _SIGN.search(text, at)) is not None:
        at = found.start()
        if text.startswith(_BEGIN, at) and (end := text.find(_END, at)) > 0:
            out.append(text[at + len(_BEGIN) : end])
            at = end + len(_END)
        elif text.startswith(_DATA, at):
            out.append(text[at:].rstrip())
            return "\n".join(out) if "\n" not in out[-1] else None
        else:
            return None
    return "\n".join(out)
