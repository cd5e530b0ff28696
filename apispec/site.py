"""Pages as a site: mkdocs-material, driven from here with a configuration made as data, in a folder of its own.

The only module that knows MkDocs. It takes any Markdown pages and gives `{path: bytes}`; what the pages say is decided
in `rendering.pages`, and only `output` writes where the user looks. The same pages give the same bytes: no dates, no
temporary paths. No page asks another place for anything: no fonts, no scripts, no counters.
"""

from __future__ import annotations

import contextlib
import gzip
import importlib
import logging
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

from apispec import output
from apispec.errors import BuildError, ConfigError
from apispec.templating import templates_dir

Content = str | bytes
NavItem = tuple[str, "str | list[NavItem]"]
"""A title and a page's path, or the items below it."""

COLOURS = (
    "red", "pink", "purple", "deep purple", "indigo", "blue", "light blue", "cyan", "teal", "green", "light green",
    "lime", "yellow", "amber", "orange", "deep orange", "brown", "grey", "blue grey", "black", "white",
)  # fmt: skip
"""Material for MkDocs' names; everything else must be a hex value."""

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_FEATURES = (
    "content.code.copy",
    "content.tabs.link",
    "navigation.footer",
    "navigation.path",
    "navigation.prune",
    "navigation.sections",
    "navigation.top",
    "navigation.tracking",
    "search.highlight",
    "search.suggest",
    "toc.follow",
    "toc.integrate",
)
_EXTENSIONS: dict[str, dict[str, Any]] = {
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "footnotes": {},
    "md_in_html": {},
    "tables": {},
    "toc": {"permalink": "#", "permalink_title": "Link to this place", "toc_depth": 3},
    "pymdownx.details": {},
    "pymdownx.highlight": {"pygments_lang_class": True},
    "pymdownx.inlinehilite": {},
    "pymdownx.superfences": {},
    "pymdownx.tabbed": {"alternate_style": True},
}
_SEPARATOR = r"[\s\-_,:!=\[\]()\"`/.#]+|(?!\b)(?=[A-Z][a-z])"
"""Where search splits words: names in snake_case, camelCase and dotted ones are found by their parts."""


@dataclass(frozen=True, kw_only=True)
class SiteOptions:
    """What a user may choose about the site."""

    name: str = "API"
    nav: Sequence[NavItem] = ()
    """Pages in reading order (`rendering.pages.navigation`)."""
    url: str = ""
    """Where the site will be published; needed for the sitemap, canonical addresses and instant navigation."""
    description: str = ""
    offline: bool = False
    """Works from `file://`, search included."""
    logo: Path | None = None
    """An image for the header."""
    favicon: Path | None = None
    primary: str = ""
    """A colour's name of Material for MkDocs, or a hex value."""
    accent: str = ""
    footer: str = ""
    """Plain text at the bottom of every page."""
    before: Sequence[Path] = ()
    """The user's own Markdown pages (or folders of them), before the others in the navigation, after the first."""
    after: Sequence[Path] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    """More entries of the navigation: text → URL."""
    template_dirs: Sequence[str | Path] = ()
    """Folders whose `theme/` comes before ours: parts of mkdocs-material's page templates."""


def build(pages: Mapping[str, Content], out: Path, options: SiteOptions, extra: Mapping[str, Content] = {}) -> None:
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
    extra: Mapping[str, Content] = {},
) -> dict[str, Content]:
    """The built site, by path.

    Args:
        pages: Markdown pages and assets by path.
        options: The user's choices.
        extra: Files laid beside the built pages as they are.

    Raises:
        BuildError: The pages can't be built.
        ConfigError: A choice is wrong.
    """
    with tempfile.TemporaryDirectory(prefix="apispec-") as folder:
        work = Path(folder).resolve()
        docs = work / "docs"
        blocks: list[str] = []
        for path, content in pages.items():
            target = docs / path
            target.parent.mkdir(parents=True, exist_ok=True)
            text = _with_blocks_apart(content, blocks) if isinstance(content, str) else content
            target.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
        config = _configuration(work, options, pages)
        _run_mkdocs(config, work)
        built = _collect(work / "site", blocks)
    clash = sorted(path for path in extra if path in built)
    if clash:
        raise BuildError("a file is generated twice", where=clash[0])
    return {**built, **extra}


def preload() -> None:
    """Import what `build` needs; worth doing in a thread while something else is waited for."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "true")  # a notice on stdout that is not for our users
    with contextlib.suppress(ImportError):
        for module in ("mkdocs.commands.build", "material.plugins.search.plugin", "pymdownx.superfences"):
            importlib.import_module(module)


def _configuration(work: Path, options: SiteOptions, pages: Mapping[str, Content]) -> dict[str, Any]:
    """MkDocs' configuration, as data. Titles are escaped here, since the theme prints them as they are."""
    docs = work / "docs"
    before, after = (
        [item for path in paths for item in _own_pages(Path(path), docs)] for paths in (options.before, options.after)
    )
    nav = list(options.nav)
    nav = [*nav[:1], *before, *nav[1:], *after, *options.links.items()]
    features = [*_FEATURES, *(["navigation.instant"] if options.url and not options.offline else [])]
    primary, accent = options.primary or "", options.accent or "indigo"
    styles = [path for path in pages if path.endswith(".css")]
    colours = _colours(primary, accent)
    if colours:
        (docs / "assets" / "colours.css").write_text(colours, encoding="utf-8")
        styles.append("assets/colours.css")
    theme: dict[str, Any] = {
        "name": "material",
        "custom_dir": str(_theme(work / "theme", options.template_dirs)),
        "font": False,
        "language": "en",
        "features": features,
        "palette": _palette(primary, accent),
        "icon": {"logo": "material/code-braces"},
    }
    for key, path in (("logo", options.logo), ("favicon", options.favicon)):
        if path is not None:
            theme[key] = _copied(path, docs / "assets", key)
    if options.favicon is None and "assets/favicon.svg" in pages:
        theme["favicon"] = "assets/favicon.svg"
    plugins: dict[str, Any] = {"material/search": {"separator": _SEPARATOR}, "material/typeset": {}}
    extra: dict[str, Any] = {}
    if options.offline:
        plugins["material/offline"] = {}
        extra["polyfills"] = ["assets/iframe-worker.js"]
        script = templates_dir() / "assets" / "iframe-worker.js"
        (docs / "assets" / "iframe-worker.js").write_bytes(script.read_bytes())
    return {
        "site_name": escape(options.name),
        "site_url": options.url,
        "site_description": escape(options.description) or None,
        "copyright": escape(options.footer) or None,
        "docs_dir": str(docs),
        "site_dir": str(work / "site"),
        "theme": theme,
        "plugins": plugins,
        "markdown_extensions": [{name: settings} for name, settings in _EXTENSIONS.items()],
        "nav": _nav(nav),
        "extra_css": styles,
        "extra_javascript": [
            {"path": path, "defer": True} for path in pages if path.endswith(".js") and "iframe-worker" not in path
        ],
        "extra": extra,
        "use_directory_urls": not options.offline,
        "strict": True,
        "validation": {"nav": {"not_found": "warn", "omitted_files": "ignore", "absolute_links": "ignore"}},
    }


def _nav(items: Sequence[NavItem]) -> list[dict[str, Any]]:
    return [{escape(title): target if isinstance(target, str) else _nav(target)} for title, target in items]


def _own_pages(path: Path, docs: Path) -> list[NavItem]:
    """Copy a page, or a folder of pages and pictures, among ours; its pages as entries of the navigation.

    Raises:
        ConfigError: There is no such page, or one of ours has its place.
    """
    if not path.exists():
        raise ConfigError("no such page", where=str(path), hint="check pages-before and pages-after")
    target = docs / path.name
    if target.exists():
        raise ConfigError("a page of apispec's has this name", where=str(path), hint="rename yours")
    if path.is_dir():
        shutil.copytree(path, target)
        found = sorted(target.rglob("*.md"))
        return [(path.name.replace("-", " ").replace("_", " ").capitalize(), [_entry(page, docs) for page in found])]
    shutil.copyfile(path, target)
    return [_entry(target, docs)]


def _entry(page: Path, docs: Path) -> NavItem:
    """The page's first heading, or its name, as its title."""
    text = page.read_text(encoding="utf-8-sig")
    heading = re.search(r"^# +(.+?)(?: *#+)?(?: *\{[^}]*\})?$", text, re.MULTILINE)
    title = heading.group(1) if heading else page.stem.replace("-", " ").replace("_", " ").capitalize()
    return title, page.relative_to(docs).as_posix()


def _copied(path: Path, folder: Path, name: str) -> str:
    """Copy an image among the assets.

    Raises:
        ConfigError: There is no such file.
    """
    if not path.is_file():
        raise ConfigError("no such file", where=str(path), hint=f"check {name}")
    target = folder / f"{name}{path.suffix.lower()}"
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, target)
    return f"assets/{target.name}"


def _theme(folder: Path, template_dirs: Sequence[str | Path]) -> Path:
    """Our changes of the theme, with the user's on top."""
    for place in (templates_dir(), *map(Path, reversed(list(template_dirs)))):
        if (place / "theme").is_dir():
            shutil.copytree(place / "theme", folder, dirs_exist_ok=True)
    return folder


def _palette(primary: str, accent: str) -> list[dict[str, Any]]:
    """Follow the system, or light, or dark; the reader's choice is kept."""

    def scheme(media: str, scheme_name: str, neutral: str, icon: str, then: str) -> dict[str, Any]:
        return {
            "media": media,
            "scheme": scheme_name,
            "primary": _colour_name(primary, "primary") or neutral,
            "accent": _colour_name(accent, "accent"),
            "toggle": {"icon": f"material/{icon}", "name": then},
        }

    return [
        scheme("(prefers-color-scheme)", "default", "white", "brightness-auto", "Switch to light mode"),
        scheme("(prefers-color-scheme: light)", "default", "white", "weather-sunny", "Switch to dark mode"),
        scheme("(prefers-color-scheme: dark)", "slate", "black", "weather-night", "Switch to the system's mode"),
    ]


def _colour_name(colour: str, key: str) -> str:
    """What Material is told: a name of its own, or `custom`.

    Raises:
        ConfigError: It is neither a name nor a hex value.
    """
    if not colour or colour in COLOURS:
        return colour
    if _HEX.fullmatch(colour):
        return "custom"
    raise ConfigError(f"no such colour: {colour}", where=key, hint=f"#rrggbb, or one of {', '.join(COLOURS)}")


def _colours(primary: str, accent: str) -> str:
    """The stylesheet that hex values need."""
    rules = ""
    if _HEX.fullmatch(primary):
        red, green, blue = (int(primary[i : i + 2], 16) for i in (1, 3, 5))
        text = "#000000de" if 299 * red + 587 * green + 114 * blue > 160_000 else "#ffffff"
        rules += (
            f'[data-md-color-primary="custom"]{{--md-primary-fg-color:{primary};--md-primary-fg-color--light:{primary};'
            f"--md-primary-fg-color--dark:{primary};--md-primary-bg-color:{text};--md-primary-bg-color--light:{text}}}\n"
        )
    if _HEX.fullmatch(accent):
        rules += (
            f'[data-md-color-accent="custom"]{{--md-accent-fg-color:{accent};'
            f"--md-accent-fg-color--transparent:{accent}1a}}\n"
        )
    return rules


def _run_mkdocs(data: dict[str, Any], work: Path) -> None:
    """Build with MkDocs; whatever it warns of ends the build.

    Raises:
        BuildError: With what MkDocs said.
    """
    preload()
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.exceptions import Abort, MkDocsException

    with _messages() as said:
        try:
            config = MkDocsConfig(config_file_path=str(work / "mkdocs.yml"))
            config.load_dict(data)
            errors, warnings = config.validate()
            said.extend(f"{key}: {problem}" for key, problem in [*errors, *warnings])
            if errors:
                raise Abort("the configuration is not valid")
            config.plugins.on_startup(command="build", dirty=False)
            try:
                mkdocs_build(config)
            finally:
                config.plugins.on_shutdown()
        except (MkDocsException, Abort, SystemExit) as error:
            text = "\n".join(said).replace(str(work / "docs") + os.sep, "")
            raise BuildError(f"MkDocs could not build the pages: {error}", details=text) from error


@contextlib.contextmanager
def _messages() -> Iterator[list[str]]:
    """Collect what MkDocs and its plugins warn of, instead of printing it."""
    said: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    logger = logging.getLogger("mkdocs")
    handler = Collector(logging.WARNING)
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    try:
        yield said
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate


_BLOCK = re.compile(r"^<!-- block -->\n(.*?)\n<!-- /block -->$", re.DOTALL | re.MULTILINE)
_PLACE = re.compile(r'<div class="api-block-(\d+)">.*?</div>', re.DOTALL)
_UNSEARCHED = re.compile(r"<aside.*?</aside>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def _with_blocks_apart(page: str, blocks: list[str]) -> str:
    """The page with its large HTML blocks put aside; what search should find stays in their places.

    Markdown would hand the blocks on unchanged, but three HTML parsers read them on the way, which takes longer than
    all the rest of the build.
    """

    def place(match: re.Match[str]) -> str:
        blocks.append(match.group(1))
        words = " ".join(_TAG.sub(" ", _UNSEARCHED.sub("", match.group(1))).split())
        return f'<div class="api-block-{len(blocks) - 1}"><p>{words}</p></div>'

    return _BLOCK.sub(place, page)


def _collect(site: Path, blocks: list[str]) -> dict[str, Content]:
    """The built files, with their blocks back in place.

    The compressed sitemap is compressed again, without the time that MkDocs puts into it.
    """
    files: dict[str, Content] = {}
    for path in sorted(site.rglob("*")):
        if not path.is_file():
            continue
        name = path.relative_to(site).as_posix()
        if blocks and name.endswith(".html"):
            html = path.read_text(encoding="utf-8")
            files[name] = _PLACE.sub(lambda match: blocks[int(match.group(1))], html)
        else:
            files[name] = path.read_bytes()
    if "sitemap.xml" in files:
        files["sitemap.xml.gz"] = gzip.compress((site / "sitemap.xml").read_bytes(), mtime=0)
    return files
