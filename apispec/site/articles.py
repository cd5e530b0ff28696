"""Pages' Markdown as HTML, as MkDocs would have it, for pages that MkDocs does not see."""

from __future__ import annotations

from typing import Any

from apispec.site.blocks import Blocks
from apispec.site.configuration import EXTENSIONS


class Articles:
    """Makes HTML of pages, one after another."""

    def __init__(self) -> None:
        from markdown import Markdown

        self._markdown = Markdown(
            extensions=["toc", "tables", "fenced_code", *EXTENSIONS],
            extension_configs={name: settings for name, settings in EXTENSIONS.items() if settings},
        )

    def html(self, text: str) -> str:
        """A page without its front matter."""
        blocks = Blocks()
        made: Any = self._markdown.reset().convert(blocks.put_aside(text))
        return blocks.put_back(str(made))
