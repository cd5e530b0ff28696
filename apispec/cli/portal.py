"""Several APIs as one site: each in a folder of its own, with a first page, one navigation and one search over all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from apispec.cli.generating import Generated, generate, site_options
from apispec.cli.made import Begin, Content, Site
from apispec.cli.reading import counted, read
from apispec.cli.several import Member, members
from apispec.config import Config
from apispec.findings import Finding
from apispec.model import Api
from apispec.words import _

if TYPE_CHECKING:
    from apispec.rendering import Entry, NavItem

_ASSETS = "assets/"
_LANGUAGES = "assets/languages/"
"""What the menu of languages loads, which knows the shapes of one API."""
_INDEXES = "assets/search/"
"""What search knows of one API."""
_LEADS = "assets/moved.js"
"""The script of pages that only lead on, which each API has beside its own."""


def portal(config: Config, begin: Begin, ready: Callable[[], None]) -> Site:
    """The site of all APIs of the configuration; arguments and errors as for `sites.render`."""
    from apispec import site

    found: list[tuple[Member, Api, Generated]] = []
    findings: list[Finding] = []
    listed = members(config)
    for number, member in enumerate(listed):
        begin(f"{member.at}: read")
        introspection = read(member.target, member.config)
        if not number:
            ready()
        own = replace(
            member.config,
            search=config.search,
            site_url=f"{config.site_url.rstrip('/')}/{member.at}/" if config.site_url else "",
        )
        made = generate(introspection.api, member.target, own, begin)
        found.append((member, introspection.api, made))
        findings += [*introspection.findings, *made.findings]
    # Not before: the pages are imported by a thread until then.
    from apispec.rendering import portal as rendering
    from apispec.rendering import search_of_all

    begin("portal")
    title = config.site_name or config.title or "APIs"
    cards = [
        rendering.Card(name=member.name or api.title, at=f"{member.at}/", group=member.group, api=api, files=made.files)
        for member, api, made in found
    ]
    urls = not config.offline
    pages: dict[str, Content] = {}
    files: dict[str, Content] = {}
    branches: dict[str, tuple[Entry, ...]] = {}
    navigation: list[NavItem] = [
        (_("All APIs"), "index.md"),
    ]
    for (member, _api, made), card in zip(found, cards, strict=True):
        pages.update(shared_assets(made.pages))
        pages.update(
            below(member.at, {path: text for path, text in made.pages.items() if not path.startswith(_ASSETS)})
        )
        files.update(below(member.at, made.files))
        own_assets = {path: text for path, text in made.pages.items() if path == _LEADS or path.startswith(_LANGUAGES)}
        files.update(below(member.at, own_assets))
        for parent, leaves in made.branches.items():
            branches[f"{member.at}/{parent}"] = tuple(replace(one, path=f"{member.at}/{one.path}") for one in leaves)
        navigation.append((card.name, [_moved(item, member.at) for item in made.navigation]))
    words = config.description or config.summary
    pages["index.md"] = rendering.landing(cards, title, words, directory_urls=urls, template_dirs=config.templates)
    if config.search == "instant":
        parts = [(card.name, card.at, made.pages) for card, (_member, _api, made) in zip(cards, found, strict=True)]
        pages.update(search_of_all(parts, more=bool(config.pages_before or config.pages_after)))
    elif config.search == "theme":
        pages["assets/portal.js"] = rendering.search_filter(cards)
    files["llms.txt"] = rendering.index_of_all(cards, title, words, config.site_url)
    tools = rendering.tools_of_all(cards)
    if tools is not None:
        files["mcp.json"] = tools
    begin("site")
    whole = Generated(pages, files, navigation, branches)
    options = replace(site_options(found[0][1], whole, config), name=title, description=config.summary, tabs=True)
    count = counted(sum(len(api.public_endpoints) for _, api, _ in found), "endpoint")
    return Site(site.render(pages, options, files), findings, title, f"{counted(len(found), 'API')}, {count}")


def shared_assets(pages: Mapping[str, Content]) -> dict[str, Content]:
    """The scripts and styles, which all APIs of a site have in common; without what search knows of one."""
    return {p: content for p, content in pages.items() if p.startswith(_ASSETS) and not p.startswith(_INDEXES)}


def below(folder: str, files: Mapping[str, Content]) -> dict[str, Content]:
    """The same files in a folder."""
    return {f"{folder}/{path}": content for path, content in files.items()}


def _moved(item: NavItem, folder: str) -> NavItem:
    title, target = item
    return title, f"{folder}/{target}" if isinstance(target, str) else [_moved(inner, folder) for inner in target]
