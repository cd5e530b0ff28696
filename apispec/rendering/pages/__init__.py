"""The pages of the site as Markdown: overview, endpoints, MCP, schemas, one stylesheet and one script.

`render` gives `{path: text}`; `navigation` their order and titles; `copies` each page again as plain Markdown for
language models. Python decides (`endpoints`, `fields`, `layout` make the frozen views of `context`), templates arrange
(`templates/pages/`). What stands in a page is HTML blocks between Markdown headings: headings give search, outline and
anchors, blocks keep untrusted text out of reach of Markdown. No file is read or written but templates.
"""

from __future__ import annotations

from apispec.rendering.pages.options import PagesOptions
from apispec.rendering.pages.render import NavItem, navigation, render

__all__ = ["NavItem", "PagesOptions", "navigation", "render"]
