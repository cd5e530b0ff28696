"""What a user may choose about the pages. How they are built into a site is in `apispec.site`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from apispec.rendering.proof import Proof
from apispec.snippets import Language


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What happened to an endpoint in one version."""

    kind: Literal["new", "changed", "removed"]
    words: str
    told: str = ""
    """What the details are called."""
    page: str = ""
    """The page that tells more, `….md`."""
    details: tuple[str, ...] = ()
    """What changed, a sentence each."""


@dataclass(frozen=True, kw_only=True)
class PagesOptions:
    """Choices for `render`; the defaults are what `apispec build` does."""

    layout: Literal["auto", "single", "tags", "operations"] = "auto"
    """One page for all endpoints, one per tag, one per endpoint and component, or what suits their number."""
    languages: tuple[str, ...] = ()
    """Ids of snippet languages, in order; empty = all but those of the menu."""
    base_url: str | None = None
    """Where the API is served; None = its first server."""
    mcp: bool = True
    """Whether there is an MCP page."""
    mcp_url: str | None = None
    """Where the MCP server is reached; None = the base URL + `/mcp`."""
    target: str = ""
    """What `apispec mcp` is to be given, for clients that start the server: `app.py`."""
    start_options: tuple[str, ...] = ()
    """What `apispec mcp` is given besides; paths in it are absolute."""
    start_needs: tuple[str, ...] = ()
    """What uvx is given, so that the target can be imported; likewise."""
    bundle: str = ""
    """The bundle beside the pages, where there is one."""
    python: str = ""
    """The interpreter of the target's own environment, where it was read by another one."""
    downloads: tuple[tuple[str, str], ...] = ()
    """Files beside the pages (path, a few words), which the caller adds."""
    directory_urls: bool = True
    """Whether links end in `/`; False = in `/index.html`, for sites read from `file://`."""
    markdown_copies: bool = True
    """Whether pages have Markdown copies (see `Pages.copies`), which the caller adds, and link to them."""
    proof: Proof | None = None
    """Which snippets were run and passed; each is marked whose text is still the same."""
    try_it: bool = True
    """Whether the pages can be tried: forms, base URL and recorder, which the script adds."""
    marks: Mapping[str, tuple[Mark, ...]] = field(default_factory=dict)
    """In which versions endpoints came, changed and went, by their names."""
    language: str = "en"
    """Of our own words (`apispec.words`)."""
    search: bool = True
    """Whether there is our search: an index, and what asks it."""
    more_pages: bool = False
    """Whether the site has pages of the user's own, which it adds to the search."""
    template_dirs: tuple[str, ...] = field(default=())
    """Folders whose templates come before ours."""

    def chosen(self, offered: tuple[Language, ...]) -> tuple[Language, ...]:
        """The languages to show of those that a protocol has; all but those of the menu where none is chosen."""
        by_id = {language.id: language for language in offered}
        chosen = tuple(by_id[name] for name in self.languages if name in by_id)
        return chosen or tuple(language for language in offered if not language.menu)
