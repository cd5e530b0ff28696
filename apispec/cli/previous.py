"""The previous site, and lists of addresses: what a build must not lose."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Mapping, Sequence
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from apispec.errors import ConfigError

if TYPE_CHECKING:
    from apispec.rendering import Previous

_LOC = re.compile(r"<loc>\s*([^<]+?)\s*</loc>")


def previous_site(place: str, *, allow_remote: bool) -> Previous:
    """The previous site, or what a document of it tells.

    Args:
        place: The site's folder, or its OpenAPI document.
        allow_remote: Whether a URL may be fetched.

    Raises:
        ApispecError: It cannot be read.
    """
    from apispec.documents import load
    from apispec.rendering import Move, Previous

    folder = Path(place)
    if not folder.is_dir():
        return Previous(document=_mapping(load(place, allow_remote=allow_remote).required()))
    if not (folder / "index.html").is_file() and not (folder / "openapi.json").is_file():
        hint = "give the folder of a site that was built, or its openapi.json; leave previous out for the first build"
        raise ConfigError("this is no site: it has neither index.html nor openapi.json", where=place, hint=hint)
    pages = frozenset(
        f"{path.parent.relative_to(folder).as_posix()}/" for path in folder.rglob("index.html") if path.parent != folder
    )
    document = folder / "openapi.json"
    moves = folder / "redirects.json"
    ours = ("reference", "schemas", "tags", "webhooks", "mcp")
    return Previous(
        pages=frozenset(page for page in pages if page.split("/")[0] in ours),
        document=_mapping(load(str(document)).required()) if document.is_file() else {},
        moves=tuple(
            Move(*(str(row.get(key, "")) for key in ("from", "to", "reason", "since")))
            for row in _rows(moves)
            if isinstance(row, dict)
        ),
    )


def _rows(path: Path) -> list[Any]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"this cannot be read: {error}", where=str(path), hint="it is made by apispec build"
        ) from error
    return rows if isinstance(rows, list) else []


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def addresses_in(place: str) -> list[str]:
    """The addresses that a file or URL lists: a sitemap's, or one a line; `#` begins a comment.

    Raises:
        ApispecError: It cannot be read.
    """
    from apispec.documents import LIMITS, content

    if not Path(place).exists() and "://" not in place:
        raise ConfigError("no such file", where=place, hint="give a sitemap, or a file with an address a line")
    data = content(place, allow_remote=True, limits=LIMITS)
    text = data.decode("utf-8-sig", "replace")
    found = [unescape(url) for url in _LOC.findall(text)]
    if found or text.lstrip().startswith("<"):
        return found
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def lost(addresses: Sequence[str], files: Mapping[str, str | bytes], site_url: str) -> list[str]:
    """Those addresses, in order, that the site would not have: no such page, or no such place on it.

    Args:
        addresses: URLs, or paths below the site's root.
        files: The site's files by path.
        site_url: Where it is published; empty where that is not known.
    """
    whole = [urlsplit(one).path for one in addresses if "://" in one]
    base = urlsplit(site_url).path.strip("/") if site_url else _common(whole)
    places: dict[str, set[str]] = {}
    missing = []
    for address in addresses:
        url = urlsplit(address)
        path = unquote(url.path).lstrip("/")
        if base and (path == base or path.startswith(f"{base}/")):
            path = path[len(base) :].lstrip("/")
        found = next(
            (name for name in (path, posixpath.join(path, "index.html"), f"{path}.html") if name in files), None
        )
        if found is None:
            missing.append(address)
        elif url.fragment and found.endswith(".html"):
            if found not in places:
                places[found] = _ids(files[found])
            if unquote(url.fragment) not in places[found] and "data-to=" not in _text(files[found]):
                missing.append(address)
    return missing


def _ids(page: str | bytes) -> set[str]:
    return {unescape(name) for name in re.findall(r'\sid="([^"]+)"', _text(page))}


def _text(page: str | bytes) -> str:
    return page if isinstance(page, str) else page.decode("utf-8", "replace")


def _common(paths: Sequence[str]) -> str:
    """The folder in which all of a sitemap's addresses are: where the site is published."""
    if not paths:
        return ""
    folders = [path if path.endswith("/") else posixpath.dirname(path) for path in paths]
    return posixpath.commonpath([folder or "/" for folder in folders]).strip("/")
