"""A site of several APIs: its first page, and what language models and MCP clients are told of all of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from apispec.literals import json_text
from apispec.model import Api
from apispec.rendering.pages.context import PageContext
from apispec.rendering.pages.descriptions import inline, markdown
from apispec.rendering.pages.filling import page_text
from apispec.rendering.pages.text import heading, one_line
from apispec.rendering.pages.views import LinkView
from apispec.templating import templates_dir
from apispec.words import N_, _

_FILES = (("openapi.json", "OpenAPI"), ("mcp.json", N_("MCP tools")), ("llms.txt", "llms.txt"))


@dataclass(frozen=True, kw_only=True)
class Card:
    """One API of a portal."""

    name: str
    at: str
    """Its folder, ending in a slash."""
    group: str
    api: Api
    files: Mapping[str, str | bytes]
    """What lies beside its pages, by path in its folder."""


@dataclass(frozen=True, kw_only=True)
class CardView:
    """A card as the template prints it."""

    name: str
    href: str
    version: str
    summary: Markup
    count: int
    files: tuple[LinkView, ...]


@dataclass(frozen=True, kw_only=True)
class PortalContext(PageContext):
    """The first page of a site of several APIs."""

    words: Markup
    groups: tuple[tuple[str, tuple[CardView, ...]], ...]
    """Headings, `""` for none, and the cards below each."""


def landing(
    cards: Sequence[Card], title: str, description: str, *, directory_urls: bool, template_dirs: tuple[str, ...] = ()
) -> str:
    """The first page, as Markdown.

    Raises:
        TemplateError: A template of the user's is wrong.
    """
    groups = dict.fromkeys(card.group for card in cards)
    about = one_line(description.partition("\n\n")[0]) or _(
        "The APIs of {site}: {names}.", site=title, names=", ".join(c.name for c in cards)
    )
    context = PortalContext(
        title=title,
        heading=heading(title),
        description=about if len(about) <= 160 else about[:159].rsplit(" ", 1)[0] + "…",
        api_title=title,
        version="",
        root="",
        markdown_href="",
        words=markdown(description),
        groups=tuple(
            (group, tuple(_card(card, directory_urls) for card in cards if card.group == group)) for group in groups
        ),
    )
    return page_text("portal", context, template_dirs)


def _card(card: Card, directory_urls: bool) -> CardView:
    summary = card.api.summary or card.api.description.strip().partition("\n\n")[0]
    return CardView(
        name=card.name,
        href=card.at if directory_urls else f"{card.at}index.html",
        version=card.api.version,
        summary=inline(one_line(summary)),
        count=len(card.api.public_endpoints),
        files=tuple(LinkView(text=_(words), href=card.at + name) for name, words in _FILES if name in card.files),
    )


def index_of_all(cards: Sequence[Card], title: str, description: str, site_url: str = "") -> str:
    """`llms.txt` of the portal: each API with its own index (llmstxt.org)."""
    root = site_url.rstrip("/") + "/" if site_url else ""
    lines = [f"# {_plain(title)}", ""]
    if description.strip():
        lines += [f"> {_plain(one_line(description.strip().partition(chr(10) * 2)[0]))}", ""]
    for group in dict.fromkeys(card.group for card in cards):
        lines += [f"## {_plain(group) or 'APIs'}", ""]
        for card in (card for card in cards if card.group == group):
            words = _plain(one_line(card.api.summary or card.api.description.strip().partition("\n\n")[0]))
            lines.append(f"- [{_plain(card.name)}]({root}{card.at}llms.txt){': ' if words else ''}{words}")
        lines.append("")
    if any("mcp.json" in card.files for card in cards):
        lines += ["## Files", "", f"- [mcp.json]({root}mcp.json): the tools of all APIs", ""]
    return "\n".join(lines)


def _plain(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*[]<>" else c for c in text)


def tools_of_all(cards: Sequence[Card]) -> str | None:
    """`mcp.json` of the portal: the tools of all APIs, each name after that of its API; None where there are none."""
    tools: list[dict[str, Any]] = []
    servers: list[dict[str, Any]] = []
    for card in cards:
        if "mcp.json" not in card.files:
            continue
        listing = json.loads(card.files["mcp.json"])
        servers.append({"name": card.name, "listing": f"{card.at}mcp.json", **listing.get("_meta", {})})
        mark = card.at.rstrip("/").replace("/", "_").replace(".", "_")
        tools += [{**tool, "name": f"{mark}_{tool['name']}"} for tool in listing["tools"]]
    return json_text({"tools": tools, "_meta": {"servers": servers}}, indent=2) + "\n" if servers else None


def search_filter(cards: Sequence[Card]) -> str:
    """The script that lets readers search one API alone."""
    text = (templates_dir() / "assets" / "portal.js").read_text(encoding="utf-8")
    return text.replace("[/* APIs */]", json.dumps([[card.name, card.at] for card in cards]), 1)
