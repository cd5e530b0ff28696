"""Everything that a build generates, from an Api and the configuration; shared by `build`, `pages` and `serve`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from apispec.cli.options import words
from apispec.cli.writing import document_text
from apispec.clients import uvx_options
from apispec.config import Config
from apispec.confinement import IMAGES
from apispec.findings import Finding, Location, Severity
from apispec.model import Api
from apispec.rendering import proof
from apispec.schemas import BUDGET
from apispec.tools import needed, server_name
from apispec.words import ENGLISH, N_, _, speaking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from apispec.rendering import Entry, Mark, Move, NavItem
    from apispec.site import SiteOptions
    from apispec.tools import Tool

SKILL = "SKILL.md"
YAML = "openapi.yaml"

LARGE = 3_000
"""From so many endpoints on, the document is there once, as JSON, and without samples of code, which the pages have."""

DOWNLOADS = (
    ("openapi.json", N_("OpenAPI document, JSON")),
    (YAML, N_("OpenAPI document, YAML")),
    ("mcp.json", N_("MCP tool listing")),
    ("llms.txt", N_("index for language models")),
    ("SKILL.md", N_("agent skill")),
)
"""The files beside the pages, with a few words each."""


CHANGELOG = "changelog.md"
"""The page of `--changelog-from`."""


@dataclass(frozen=True)
class Generated:
    """Text by path."""

    pages: dict[str, str | bytes]
    """Markdown pages and assets."""
    files: dict[str, str | bytes]
    """What lies beside the pages: documents, listings, the Markdown copies."""
    navigation: list[NavItem]
    branches: dict[str, tuple[Entry, ...]] = field(default_factory=dict)
    """Pages that are many and alike, by the path of the page that they are below."""
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    """Where what is described is: page and anchor by kind (`operation`, `schema`, `tag`) and name."""
    moves: tuple[Move, ...] = ()
    """What became of the addresses of the previous site that the new one has not."""
    findings: list[Finding] = field(default_factory=list)
    """What could not be said in one of the outputs."""


def generate(
    api: Api,
    target: str,
    config: Config,
    stage: Callable[[str], None] = lambda name: None,
    *,
    markdown_copies: bool = True,
    skill: bool = True,
    marks: Mapping[str, tuple[Mark, ...]] | None = None,
) -> Generated:
    """Make all texts; touches no disk.

    Args:
        api: What is described.
        target: What `apispec mcp` is to be given.
        config: The user's choices.
        stage: Told the name of each stage as it begins.
        markdown_copies: Whether each page lies beside itself as plain Markdown, and links to that.
        skill: Whether `SKILL.md` is made, which other builders of sites take for a page.
        marks: In which versions endpoints came, changed and went, by their names.

    Raises:
        ApispecError: A template or a choice is wrong, or the document is not valid.
    """
    with speaking(config.language or ENGLISH, config.templates):
        return _generate(api, target, config, stage, markdown_copies=markdown_copies, skill=skill, marks=marks)


def _generate(
    api: Api,
    target: str,
    config: Config,
    stage: Callable[[str], None],
    *,
    markdown_copies: bool,
    skill: bool,
    marks: Mapping[str, tuple[Mark, ...]] | None,
) -> Generated:
    findings: list[Finding] = []
    stage("document")
    large = len(api.public_endpoints) >= LARGE
    samples = config.code_samples and not large
    document = document_text(api, replace(config, code_samples=samples), findings, thorough=config.strict)
    stage("pages")
    from apispec.rendering import llms, openapi, tools
    from apispec.rendering import pages as rendering
    from apispec.tools import tools as make_tools

    left_out = [*(["mcp.json"] if config.hide_mcp else []), *([] if skill else [SKILL]), *([YAML] if large else [])]
    downloads = tuple(d for d in DOWNLOADS if d[0] not in left_out)
    options = rendering.PagesOptions(
        layout=config.layout,  # type: ignore[arg-type] # the configuration has checked the choice
        languages=config.languages,
        mcp=not config.hide_mcp,
        try_it=config.try_it,
        language=config.language or ENGLISH,
        search=config.search == "instant",
        more_pages=bool(config.pages_before or config.pages_after),
        mcp_url=config.mcp_url or None,
        target=target,
        start_options=tuple(_start_options(api, config)),
        start_needs=tuple(uvx_options(target, api.source)),
        bundle=f"{server_name(api.title)}.mcpb" if _is_bundled(api, config) else "",
        python=config.python,
        downloads=downloads,
        directory_urls=not config.offline,
        markdown_copies=markdown_copies,
        proof=proof.load(config.proof) if config.proof else None,
        marks=marks or {},
        template_dirs=config.templates,
    )
    offered = () if config.hide_mcp else make_tools(api, findings)
    made = rendering.Pages(api, options, offered)
    pages = made.render()
    if cut := made.cut():
        findings.append(_cut(cut, made.source(cut[0])))
    files: dict[str, str | bytes] = {
        "openapi.json": document,
        **({} if large else {YAML: openapi.render_yaml(document)}),
        **(made.copies() if markdown_copies else {}),
    }
    if not config.hide_mcp:
        files["mcp.json"] = tools.render(api, made=offered)
    if not config.hide_mcp:
        files |= _installable(api, offered, config)
    listed = [(name, words) for name, words in llms.FILES if name in files]
    files["llms.txt"] = llms.render(api, site_url=config.site_url, files=listed, template_dirs=config.templates)
    if skill:
        files[SKILL] = llms.skill(api, template_dirs=config.templates)
        files[f"skills/{server_name(api.title)}/{SKILL}"] = files[SKILL]
    files.update(made.leads())
    moves: tuple[Move, ...] = ()
    if config.previous:
        from apispec.cli.previous import previous_site

        before = previous_site(config.previous, allow_remote=config.allow_remote)
        moves = tuple(rendering.moved(api, made.layout, before, [*pages, *files]))
        base = f"/{urlsplit(config.site_url).path.strip('/')}/".replace("//", "/")
        files.update(rendering.move_files(moves, api, offline=config.offline, base=base))
    navigation = rendering.items(rendering.trunk(made.entries))
    branches = rendering.branches(made.entries)
    if config.changelog_from:
        stage("changelog")
        from apispec.cli.diff import changelog_from

        pages[CHANGELOG] = changelog_from(config.changelog_from, json.loads(document), target, config)
        navigation.append((_("Changelog"), CHANGELOG))
    return Generated(pages, files, navigation, branches, made.places(), moves, findings)


def _cut(pages: list[str], place: Location) -> Finding:
    more = f" and of {len(pages) - 1} more pages" if len(pages) > 1 else ""
    return Finding(
        "budget-spent",
        Severity.WARNING,
        f"The examples of the page {pages[0]}{more} take more than {BUDGET.page:,} steps: some are small or missing.",
        place,
        "schemas that all lead to each other have examples without end; give some of their own",
        f"page {pages[0]}",
    )


def _installable(api: Api, offered: Sequence[Tool], config: Config) -> dict[str, str | bytes]:
    """A bundle of a document's tools, and the registry's entry of a server that is reached at an address."""
    from apispec.rendering import bundle

    found: dict[str, str | bytes] = {}
    if _is_bundled(api, config):
        found[f"{server_name(api.title)}.mcpb"] = bundle.bundle(api, offered, config)
    if config.mcp_url.startswith("https://") and config.site_url:
        found["server.json"] = bundle.registry_entry(api, config.site_url, config.mcp_url)
    return found


def _is_bundled(api: Api, config: Config) -> bool:
    """Whether the site has a bundle: of a document that says where its API is. Somebody's code is not published."""
    from apispec.cli.live import says_where

    return api.source == "openapi" and not config.hide_mcp and (bool(config.servers) or says_where(api))


def _start_options(api: Api, config: Config) -> list[str]:
    """What `apispec mcp` is given besides the target, so that it serves what is described here."""
    from apispec.cli.live import says_where
    from apispec.requests import base_url

    found = words("api", "tools", less=() if api.source == "openapi" else ("servers",))
    if api.source == "openapi" and not (config.servers or config.credentials) and needed(api) and says_where(api):
        found += ["--server", base_url(api)]  # whoever installs it sees where the credentials go
    return found[1:] if found[:1] == ["--no-config"] else found


def _own_logo(api: Api, config: Config) -> Path | None:
    """The logo of a document (`x-logo`), where that is an image of its folder."""
    info = (api.document or {}).get("info")
    given = info.get("x-logo") if isinstance(info, dict) else None
    url = given.get("url") if isinstance(given, dict) else None
    if not isinstance(url, str) or ":" in url or Path(url).suffix.lower() not in IMAGES:
        return None
    folder = Path(config.target).parent.resolve()
    found = (folder / url.lstrip("/")).resolve()
    inside = found.is_relative_to(folder) and not any(part.startswith(".") for part in found.relative_to(folder).parts)
    return found if inside and found.is_file() else None


def site_options(api: Api, generated: Generated, config: Config) -> SiteOptions:
    """The configuration as `apispec.site` takes it."""
    from apispec.site import SiteOptions

    return SiteOptions(
        name=config.site_name or api.title,
        nav=generated.navigation,
        branches=generated.branches,
        url=config.site_url,
        description=api.summary,
        offline=config.offline,
        logo=Path(config.logo) if config.logo else _own_logo(api, config),
        favicon=Path(config.favicon) if config.favicon else None,
        language=config.language or ENGLISH,
        primary=config.primary,
        accent=config.accent,
        footer=config.footer,
        before=[Path(p) for p in config.pages_before],
        after=[Path(p) for p in config.pages_after],
        links={text: str(url) for text, url in config.links.items()},
        search=config.search,  # type: ignore[arg-type] # the configuration has checked the choice
        builder=config.builder,  # type: ignore[arg-type] # the configuration has checked the choice
        template_dirs=config.templates,
    )
