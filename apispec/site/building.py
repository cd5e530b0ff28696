"""Pages as a site: mkdocs-material, driven from here with a configuration made as data, in a folder of its own.

Takes any Markdown pages and gives `{path: content}`; what the pages say is decided in `rendering.pages`, and only
`output` writes where the user looks. The same pages give the same bytes: no dates, no temporary paths. No page asks
another place for anything: no fonts, no scripts, no counters.
"""

from __future__ import annotations

import gzip
import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from apispec import machine, output
from apispec.errors import BuildError
from apispec.site.articles import Articles
from apispec.site.blocks import Blocks
from apispec.site.configuration import configuration
from apispec.site.keeping import unless_made
from apispec.site.leaves import FOLDER, Branch, indexed, sitemap
from apispec.site.mkdocs_build import preload, run_mkdocs
from apispec.site.options import NavItem, SiteOptions
from apispec.site.own_pages import OWN_PAGES, own_pages
from apispec.site.zensical_build import run_zensical
from apispec.words import speaking

__all__ = ["NavItem", "SiteOptions", "build", "preload", "render"]

Content = str | bytes
NO_FILES: Mapping[str, Content] = {}


def build(
    pages: Mapping[str, Content], out: Path, options: SiteOptions, extra: Mapping[str, Content] = NO_FILES
) -> None:
    """Build the site and put it in the place of the previous one, whole or not at all.

    Args:
        pages: Markdown pages and assets by path.
        out: The site's folder.
        options: The user's choices.
        extra: Files laid beside the built pages as they are.

    Raises:
        BuildError: The pages can't be built.
        ConfigError: A choice is wrong.
        OutputError: The folder can't be written, or isn't ours.
    """
    output.write(render(pages, options, extra), out)


def render(
    pages: Mapping[str, Content],
    options: SiteOptions,
    extra: Mapping[str, Content] = NO_FILES,
    *,
    given_up: bool = False,
) -> dict[str, Content]:
    """The built site, by path.

    Args:
        pages: Markdown pages and assets by path.
        options: The user's choices.
        extra: Files laid beside the built pages as they are.
        given_up: Whether nobody needs `pages` any more: large ones are taken out once they are built, so that they are
            not in memory twice.

    Raises:
        BuildError: The pages can't be built.
        ConfigError: A choice is wrong.
    """
    with speaking(options.language, options.template_dirs):
        return _render(pages, options, extra, given_up=given_up)


def _render(
    pages: Mapping[str, Content], options: SiteOptions, extra: Mapping[str, Content], *, given_up: bool
) -> dict[str, Content]:
    branches = [
        Branch(number, parent, leaves, directory_urls=not options.offline)
        for number, (parent, leaves) in enumerate(options.branches.items())
    ]
    alike = {leaf.path for branch in branches for leaf in branch.leaves}
    whole = {path: content for path, content in pages.items() if path not in alike}
    for branch in branches:
        whole.update(branch.specimens())
    with tempfile.TemporaryDirectory(prefix="apispec-") as folder:
        work = Path(folder).resolve()
        docs = work / "docs"
        blocks = Blocks()
        for path, content in whole.items():
            target = docs / path
            target.parent.mkdir(parents=True, exist_ok=True)
            text = blocks.put_aside(content) if isinstance(content, str) else content
            target.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
        data = configuration(work, options, whole, branches)
        own = [Path(d) / "theme" for d in options.template_dirs if (Path(d) / "theme").is_dir()]

        def run() -> dict[str, bytes]:
            if options.builder == "zensical":
                run_zensical(data, work, own)
            else:
                run_mkdocs(data, work, own_theme=bool(own))
            return _files(work / "site")

        made = unless_made(work, data, run) if machine.can_begin() else run()
        theirs = options.search == "theme" or options.builder == "zensical"  # whose script starts its worker anyway
        built = _collect(made, blocks, theirs=theirs)
    names = frozenset(pages)
    _fill(built, branches, pages, options, given_up=given_up)
    if options.search == "instant" and (options.before or options.after):
        built[OWN_PAGES] = own_pages({path: str(text) for path, text in built.items() if _own(path, names)})
    clash = sorted(path for path in extra if path in built)
    if clash:
        raise BuildError("a file is generated twice", where=clash[0])
    return {**built, **extra}


def _own(path: str, pages: frozenset[str]) -> bool:
    """Whether a built file is a page that the user wrote."""
    return path.endswith(".html") and path != "404.html" and path.removesuffix(".html") + ".md" not in pages


def _fill(
    built: dict[str, Content],
    branches: Sequence[Branch],
    pages: Mapping[str, Content],
    options: SiteOptions,
    *,
    given_up: bool = False,
) -> None:
    """Put the pages that are alike into the built site, in the place of the specimens."""
    if not branches:
        return
    html = {path: content for path, content in built.items() if path.endswith(".html") and isinstance(content, str)}
    for branch in branches:
        branch.take(html)
    for branch in branches:
        branch.show_others(branches)
    for path in [path for path in built if path.startswith(f"{FOLDER}-")]:
        del built[path]
    for path in html:
        for branch in branches:
            html[path] = branch.show(html[path], path)
        built[path] = html[path]
    for branch in branches if options.framed else ():
        built.update(branch.frame())
    markdown = Articles()
    texts = {path: text for path, text in pages.items() if isinstance(text, str)}
    indexes = [path for path in built if path.endswith("search_index.json")]
    for branch in branches:
        for path, html_text in branch.fill(texts, markdown.html):
            built[path] = html_text.encode("utf-8")  # one sign beyond Latin-1 makes a text twice as large
            if given_up and not indexes and isinstance(pages, dict):
                source = path.removesuffix(".html") + ".md"
                del texts[source], pages[source]
    for path in indexes:
        built[path] = indexed(built[path], branches, texts)
    if "sitemap.xml" in built:
        text = built["sitemap.xml"]
        whole = sitemap(text if isinstance(text, str) else text.decode(), branches)
        built["sitemap.xml"] = whole
        built["sitemap.xml.gz"] = gzip.compress(whole.encode(), mtime=0)


_SEARCH = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
_MAP = re.compile(rb"\n?(?://# sourceMappingURL=[^\n]*|/\*# sourceMappingURL=[^*]*\*/)\s*\Z")
"""Where browsers look for the theme's sources, which no reader wants."""


def _files(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}


def _text(content: bytes) -> str:
    return content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def _collect(made: Mapping[str, bytes], blocks: Blocks, *, theirs: bool) -> dict[str, Content]:
    """The built files, with their blocks back in place; no source maps, and nothing of the theme's search where
    the site has none of it (`theirs`).

    The compressed sitemap is compressed again, without the time that MkDocs puts into it.
    """
    files: dict[str, Content] = {}
    for name, content in made.items():
        if name.endswith(".html"):
            files[name] = blocks.put_back(_text(content))
        elif name.startswith("search") and name.endswith((".json", ".js")):
            files[name] = blocks.tell(_text(content))
        elif name.endswith(".map") or (not theirs and name.startswith(_SEARCH)):
            continue
        elif name.startswith(("assets/javascripts/", "assets/stylesheets/")):
            files[name] = _MAP.sub(b"\n", content)
        else:
            files[name] = content
    if "sitemap.xml" in files:
        files["sitemap.xml.gz"] = gzip.compress(made["sitemap.xml"], mtime=0)
    return files
