"""What a configuration file may reach: its own project, and of a stranger's repository only words.

A configuration file comes with the repository, so with every pull request. What somebody types is theirs: options of
the command line are not confined.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from apispec.errors import ConfigError

UNTRUSTED = frozenset(
    {
        *("target", "title", "api_version", "summary", "description", "servers", "tags", "contact", "license"),
        *(
            "terms_of_service",
            "external_docs",
            "security_schemes",
            "security",
            "protocol",
            "leave_out_uncallable",
            "hide_internal",
        ),
        *("static", "untrusted", "strict", "fail_on", "openapi_version", "code_samples", "languages", "layout"),
        *(
            "site_url",
            "site_name",
            "offline",
            "try_it",
            "hide_mcp",
            "mcp_url",
            "primary",
            "accent",
            "footer",
            "links",
            "language",
        ),
        *(
            "rules",
            "preset",
            "may_break",
            "deprecation_days",
            "deprecation_days_beta",
            "builder",
            "tools_include",
            "tools_exclude",
            "tools_read_only",
            "tools_dynamic",
        ),
        *("tools_dynamic_above", "tools_pin", "tools_operations", "tools_answer_limit", "tools_strict_output"),
    }
)
"""Keys that say what is shown and judged, and reach no file, no template, no program and no network. The others are
left out of an untrusted repository's configuration; so is each new key, until it is named here."""

PUBLISHED = frozenset({"logo", "favicon", "pages_before", "pages_after"})
"""Keys whose files become part of the site."""

IMAGES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".ico")
"""What a logo or icon may be."""

_SCHEME = re.compile(r"\s*([^/?#]*?):", re.DOTALL)
_REPOSITORY = (".git", ".hg", ".svn", ".jj")


def project_of(folder: Path) -> Path:
    """The top of the repository that a folder is in; the folder itself where it is in none."""
    folder = folder.resolve()
    for place in (folder, *folder.parents):
        if any((place / name).exists() for name in _REPOSITORY):
            return place
    return folder


def leads_out(path: Path) -> bool:
    """Whether what lies in a project by its name is elsewhere, or hidden, by links: what a stranger's repository holds
    would then read or write files of whoever runs apispec.
    """
    try:
        named = Path(os.path.abspath(path))  # noqa: PTH100 - links are not followed
        real = named.resolve()
    except (OSError, RuntimeError, ValueError):  # a circle of links, a NUL, a name that is too long
        return False
    here = Path.cwd()
    top = project_of(here)
    if not named.is_relative_to(top):
        top = next(
            (place for place in named.parents if any((place / name).exists() for name in _REPOSITORY)), named.parent
        )
    return real != named and not is_open_in(real, top.resolve())


def is_open_in(real: Path, project: Path) -> bool:
    """Whether a file, links followed, is in a project and not hidden there."""
    if not real.is_relative_to(project):
        return False
    return not any(part.startswith(".") and part != ".." for part in real.relative_to(project).parts)


def confine(name: str, written: str, path: Path, config_file: Path, where: str) -> None:
    """Hold a path that a configuration file names inside its project, links followed.

    Args:
        name: The key's field.
        written: The path as the file writes it.
        path: The same from the current folder.
        config_file: The configuration file.
        where: The key's place, for the error.

    Raises:
        ConfigError: It leads out of the project, or would publish a hidden file.
    """
    project = project_of(config_file.parent)
    try:
        real = path.resolve()
        inside = real.is_relative_to(project)
    except (OSError, RuntimeError, ValueError):  # a circle of links, a NUL
        inside, real = False, path
    if not inside:
        raise ConfigError(
            f"{written!r} is outside of the project",
            where=where,
            hint="a configuration file reaches its own project alone; give it as an option on the command line",
        )
    if name in PUBLISHED and any(part.startswith(".") for part in real.relative_to(project).parts):
        raise ConfigError(f"{written!r} is hidden, so it is not published", where=where, hint="give it another name")


def check_links(links: dict[str, Any], where: str) -> None:
    """Hold the schemes of links to those that only lead somewhere.

    Raises:
        ConfigError: One is another.
    """
    for text, url in links.items():
        if not is_safe_url(str(url)):
            raise ConfigError(
                f"{text!r} is no link: {str(url)[:80]!r}", where=where, hint="links are http, https or mailto, or paths"
            )


def is_safe_url(url: str) -> bool:
    """Whether a URL is relative, http, https or mailto, whatever white space a browser would overlook in it."""
    plain = re.sub(r"[\x00-\x20\x7f-\xa0]", "", url)
    scheme = _SCHEME.match(plain)
    return scheme is None or scheme[1].lower() in ("http", "https", "mailto")
