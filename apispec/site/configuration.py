"""MkDocs' configuration, made as data of the user's choices, and the files that the choices bring along."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from apispec.errors import ConfigError
from apispec.site import colours
from apispec.site.bringing import bring_folder, bring_image, bring_page
from apispec.site.leaves import Branch
from apispec.site.options import NavItem, SiteOptions
from apispec.templating import templates_dir
from apispec.words import _

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
"""Languages of the theme that are written from right to left."""

_FEATURES = (
    "content.code.copy",
    "content.tabs.link",
    "navigation.footer",
    "navigation.indexes",
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
PERMALINK = "#"
EXTENSIONS: dict[str, dict[str, Any]] = {
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "footnotes": {},
    "md_in_html": {},
    "tables": {},
    "toc": {"permalink": PERMALINK, "toc_depth": 3},
    "pymdownx.details": {},
    "pymdownx.highlight": {"pygments_lang_class": True},
    "pymdownx.inlinehilite": {},
    "pymdownx.superfences": {},
    "pymdownx.tabbed": {"alternate_style": True},
}


def extensions() -> dict[str, dict[str, Any]]:
    """Markdown's extensions with their settings, in the language that is spoken."""
    return {**EXTENSIONS, "toc": {**EXTENSIONS["toc"], "permalink_title": permalink_title()}}


def permalink_title() -> str:
    """What a heading's link to itself is called."""
    return _("Link to this place")


_SCRIPTS = ("assets/apispec.js", "assets/portal.js", "assets/versions.js")
"""Those of ours that every page loads."""
_SEPARATOR = r"""[\s\-_,:!=\[\]()"`/.#]+|(?!\b)(?=[A-Z][a-z])"""
"""Where search splits words: names in snake_case, camelCase and dotted ones are found by their parts."""


def configuration(
    work: Path, options: SiteOptions, pages: Iterable[str], branches: Sequence[Branch] = ()
) -> dict[str, Any]:
    """MkDocs' configuration, as data. Titles are escaped here, since the theme prints them as they are.

    Args:
        work: Where `docs` is, which gets the user's own files, and where the site is to be built.
        options: The user's choices.
        pages: Paths of the pages and assets in `docs`.
        branches: The pages that are made later, of specimens.

    Raises:
        ConfigError: A choice is wrong.
    """
    docs = work / "docs"
    (docs / "assets").mkdir(exist_ok=True)
    before, after = (
        [item for path in paths for item in _own_pages(Path(path), docs)] for paths in (options.before, options.after)
    )
    nav = _grown(options.nav, {branch.parent: branch for branch in branches})
    nav = [*nav[:1], *before, *nav[1:], *after, *options.links.items()]
    features = [
        *_FEATURES,
        *(["navigation.instant"] if options.url and not (options.offline or options.framed) else []),
    ]
    features += ["navigation.tabs"] if options.tabs else []
    styles = [path for path in pages if path == "assets/apispec.css"]
    primary, accent = options.primary or "", options.accent or ""
    own = colours.stylesheet(primary, accent)
    if own:
        (docs / "assets" / "colours.css").write_text(own, encoding="utf-8")
        styles.append("assets/colours.css")
    theme: dict[str, Any] = {
        "name": "material",
        "custom_dir": str(_theme(work / "theme", options.template_dirs)),
        "font": False,
        "language": options.language,
        "features": features,
        "palette": _palette(primary, accent),
        "icon": {"logo": "material/code-braces"},
    }
    for key, path in (("logo", options.logo), ("favicon", options.favicon)):
        if path is not None:
            theme[key] = _copied(path, docs / "assets", key)
    if options.favicon is None and "assets/favicon.svg" in pages:
        theme["favicon"] = "assets/favicon.svg"
    searched = {"material/search": {"separator": _SEPARATOR}} if options.search == "theme" else {}
    plugins: dict[str, Any] = {**searched, "material/typeset": {}}
    extra: dict[str, Any] = {"words": _words(options.language)}
    if options.offline:
        plugins["material/offline"] = {}
        extra["polyfills"] = [_script("iframe-worker.js", docs)]
    if not options.url:
        _script("lost.js", docs)
    return {
        "site_name": escape(options.name),
        "site_url": options.url,
        "site_description": escape(options.description) or None,
        "copyright": escape(options.footer) or None,
        "docs_dir": str(docs),
        "site_dir": str(work / "site"),
        "theme": theme,
        "plugins": plugins,
        "markdown_extensions": [{name: settings} for name, settings in extensions().items()],
        "nav": _nav(nav),
        "extra_css": styles,
        "extra_javascript": [{"path": path, "defer": True} for path in pages if path in _SCRIPTS],
        "extra": extra,
        "use_directory_urls": not options.offline,
        "strict": True,
        "validation": {"nav": {"not_found": "warn", "omitted_files": "ignore", "absolute_links": "ignore"}},
    }


def _words(language: str) -> dict[str, str]:
    """What the theme's templates of ours say (`templates/theme/`)."""
    return {
        "nothing": _("There is nothing here"),
        "renamed": _("The page may have been renamed."),
        "start": _("Start from the overview"),
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
    }


def _grown(items: Sequence[NavItem], branches: Mapping[str, Branch]) -> list[NavItem]:
    """The navigation with the specimens below the pages that they belong to."""
    found: list[NavItem] = []
    for title, target in items:
        if not isinstance(target, str):
            inner = [*target]
            own = inner[0][1] if inner and inner[0][0] == title else None
            below = branches[own].entries() if isinstance(own, str) and own in branches else []
            first = inner[:1] if below else []
            rest = {k: v for k, v in branches.items() if k != own} if below else branches
            found.append((title, [*first, *below, *_grown(inner[len(first) :], rest)]))
        elif target in branches:
            found.append((title, [(title, target), *branches[target].entries()]))
        else:
            found.append((title, target))
    return found


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
        bring_folder(path, target)
        found = sorted(target.rglob("*.md"))
        return [(path.name.replace("-", " ").replace("_", " ").capitalize(), [_entry(page, docs) for page in found])]
    bring_page(path, target)
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
        ConfigError: There is no such image.
    """
    target = folder / f"{name}{path.suffix.lower()}"
    bring_image(path, target, name)
    return f"assets/{target.name}"


def _script(name: str, docs: Path) -> str:
    """Put a script of ours among the assets that only some pages load; its path."""
    (docs / "assets" / name).write_bytes((templates_dir() / "assets" / name).read_bytes())
    return f"assets/{name}"


def _theme(folder: Path, template_dirs: Sequence[str | Path]) -> Path:
    """Our changes of the theme, with the user's on top."""
    for place in (templates_dir(), *map(Path, reversed(list(template_dirs)))):
        if (place / "theme").is_dir():
            bring_folder(place / "theme", folder)
    return folder


def _palette(primary: str, accent: str) -> list[dict[str, Any]]:
    """Follow the system, or light, or dark; the reader's choice is kept."""

    def scheme(media: str, scheme_name: str, neutral: str, icon: str, then: str) -> dict[str, Any]:
        return {
            "media": media,
            "scheme": scheme_name,
            "primary": _theme_name(primary) or neutral,
            "accent": _theme_name(accent) or "indigo",
            "toggle": {"icon": f"material/{icon}", "name": then},
        }

    return [
        scheme("(prefers-color-scheme)", "default", "white", "brightness-auto", _("Switch to light mode")),
        scheme("(prefers-color-scheme: light)", "default", "white", "weather-sunny", _("Switch to dark mode")),
        scheme("(prefers-color-scheme: dark)", "slate", "black", "weather-night", _("Switch to the system's mode")),
    ]


def _theme_name(colour: str) -> str:
    """What Material is told: a name of its own, or `custom`."""
    return "custom" if colour.startswith("#") else colour.lower()
