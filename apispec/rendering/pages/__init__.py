"""The pages of the site as Markdown: overview, endpoints, MCP, schemas, one stylesheet and one script.

`Pages` gives them as `{path: text}`, their order, and each again as plain Markdown for language models. Python decides
(`overview`, `endpoints`, `mcp`, `schemas` make the frozen views of `context`, `layout` knows what is where), templates
arrange (`templates/pages/`, `templates/copies/`). A page is HTML blocks between Markdown headings: the headings give
search, outline and anchors, the blocks keep untrusted text out of reach of Markdown and its extensions. Nothing is
written here, and nothing is read but templates.
"""

from __future__ import annotations

from apispec.model import Api
from apispec.rendering.pages.filling import preload
from apispec.rendering.pages.moved import Move, Previous, move_files, moved
from apispec.rendering.pages.navigation import Entry, NavItem, branches, items, trunk
from apispec.rendering.pages.options import Mark, PagesOptions
from apispec.rendering.pages.render import Pages
from apispec.rendering.pages.since import fields_of, marked

__all__ = [
    "Entry",
    "Mark",
    "Move",
    "NavItem",
    "Pages",
    "PagesOptions",
    "Previous",
    "branches",
    "copies",
    "fields_of",
    "items",
    "marked",
    "move_files",
    "moved",
    "navigation",
    "preload",
    "render",
    "trunk",
]


def render(api: Api, options: PagesOptions | None = None) -> dict[str, str | bytes]:
    """Every page and asset, by path; see `Pages.render`."""
    return Pages(api, options).render()


def copies(api: Api, options: PagesOptions | None = None) -> dict[str, str | bytes]:
    """Each page as plain Markdown, by path; see `Pages.copies`."""
    return Pages(api, options).copies()


def navigation(api: Api, options: PagesOptions | None = None) -> list[NavItem]:
    """The pages in reading order, with titles."""
    return Pages(api, options).navigation()
