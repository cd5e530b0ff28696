"""What a user may choose about the site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from apispec.site import frames

if TYPE_CHECKING:
    from apispec.rendering import Entry

NavItem = tuple[str, "str | list[NavItem]"]
"""A title and a page's path, or the items below it."""


@dataclass(frozen=True, kw_only=True)
class SiteOptions:
    """What a user may choose about the site."""

    name: str = "API"
    nav: Sequence[NavItem] = ()
    """Pages in reading order (`rendering.pages.navigation`)."""
    branches: Mapping[str, Sequence[Entry]] = field(default_factory=dict)
    """Pages that are many and alike, by the path of the page in `nav` that they are below."""
    url: str = ""
    """Where the site will be published; needed for the sitemap, canonical addresses and instant navigation."""
    description: str = ""
    offline: bool = False
    """Works from `file://`, search included."""
    logo: Path | None = None
    """An image for the header."""
    favicon: Path | None = None
    language: str = "en"
    """Of the theme's words, and of ours."""
    primary: str = ""
    """A colour's name of Material for MkDocs, or a hex value."""
    accent: str = ""
    tabs: bool = False
    """Whether the first level of the navigation stands in the header."""
    builder: Literal["mkdocs", "zensical"] = "mkdocs"
    search: Literal["instant", "theme", "none"] = "theme"
    """Ours, which the pages bring along; the theme's; or none."""
    footer: str = ""
    """Plain text at the bottom of every page."""
    before: Sequence[Path] = ()
    """The user's own Markdown pages (or folders of them), before the others in the navigation, after the first."""
    after: Sequence[Path] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    """More entries of the navigation: text → URL."""
    template_dirs: Sequence[str | Path] = ()
    """Folders whose `theme/` comes before ours: parts of mkdocs-material's page templates."""

    @property
    def framed(self) -> bool:
        """Whether the pages that are alike are so many that they get their frames from scripts."""
        return self.builder == "mkdocs" and sum(map(len, self.branches.values())) >= frames.FRAMED
