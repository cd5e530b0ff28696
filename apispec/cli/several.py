"""Several APIs on one site (`[[apis]]`), or several versions of one (`[[versions]]`): what the tables say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from apispec import config as configuration
from apispec.config import Config
from apispec.errors import ConfigError

_OF_ONE = ("api", "reading", "document", "tools")
"""The groups of keys that a table of `[[apis]]` or `[[versions]]` may have for itself."""
_MORE = ("layout", "hide_mcp", "mcp_url", "proof", "changelog_from")
_ITS_OWN: dict[str, Any] = {"title": "", "api_version": "", "summary": "", "description": "", "changelog_from": ""}
"""What the site's own keys say is about the site."""
_RESERVED = frozenset({"assets", "search", "javascripts", "stylesheets", "latest"})
_SEGMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, kw_only=True)
class Member:
    """One API of a site of several."""

    name: str
    """As readers see it; empty = the API's title."""
    target: str
    at: str
    """Its folder on the site, `shop/` without the slash."""
    group: str = ""
    """The heading that its card stands under."""
    config: Config
    """The site's configuration with the API's own keys."""


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One version of an API."""

    name: str
    """Its folder on the site."""
    target: str
    revision: str = ""
    """The git revision whose files are read; empty = those of now."""
    config: Config


def members(config: Config) -> tuple[Member, ...]:
    """The APIs of `[[apis]]`.

    Raises:
        ConfigError: A table is wrong.
    """
    found = [_member(table, f"apis[{number}]", config) for number, table in enumerate(config.apis)]
    _apart([one.at for one in found], "apis", "at")
    for one in found:
        below = next((other for other in found if other.at.startswith(f"{one.at}/")), None)
        if below:
            raise ConfigError(
                f"{below.at} is inside of {one.at}", where="apis", hint="give each API a folder of its own"
            )
    return tuple(found)


def editions(config: Config) -> tuple[Edition, ...]:
    """The versions of `versions`, oldest first: tables, and patterns of git tags in the order of their versions.

    Raises:
        ConfigError: A table is wrong, or a pattern matches no tag.
    """
    found: list[Edition] = []
    for number, entry in enumerate(config.versions):
        where = f"versions[{number}]"
        found += _tagged(entry, where, config) if isinstance(entry, str) else [_edition(entry, where, config)]
    _apart([one.name for one in found], "versions", "name")
    return tuple(found)


def _member(table: Any, where: str, config: Config) -> Member:
    own, rest = _split(table, ("name", "target", "at", "group"), where)
    if not own.get("target"):
        raise ConfigError("an API needs a target", where=where, hint='target = "shop.py"')
    at = own.get("at", "").strip("/") or _slug(own.get("name", "") or _stem(own["target"]))
    _folder(at, where)
    return Member(
        name=own.get("name", ""),
        target=own["target"],
        at=at,
        group=own.get("group", ""),
        config=_with(replace(config, **_ITS_OWN), rest, where, apis=(), target=own["target"]),
    )


def _edition(table: Any, where: str, config: Config) -> Edition:
    own, rest = _split(table, ("name", "target", "revision"), where)
    name = own.get("name") or own.get("revision", "")
    if not name:
        raise ConfigError("a version needs a name", where=where, hint='name = "v1"')
    _folder(name, where)
    target = own.get("target") or config.target
    if not target:
        raise ConfigError("a version needs a target", where=where, hint='target = "v1/openapi.json", or target for all')
    revision = own.get("revision", "")
    return Edition(
        name=name, target=target, revision=revision, config=_with(config, rest, where, versions=(), target=target)
    )


def _tagged(pattern: str, where: str, config: Config) -> list[Edition]:
    from apispec.changes import tags

    if not config.target:
        raise ConfigError("versions of what?", where=where, hint="give a target: apispec build app.py --versions 'v*'")
    names = tags(pattern)
    if not names:
        hint = "git tag --list shows them; a shallow clone has none (fetch-depth: 0, or git fetch --tags)"
        raise ConfigError(f"no git tag matches {pattern!r}", where=where, hint=hint)
    for name in names:
        _folder(name.replace("/", "-"), where)
    return [
        Edition(name=name.replace("/", "-"), target=config.target, revision=name, config=replace(config, versions=()))
        for name in names
    ]


def _split(table: Any, own: Sequence[str], where: str) -> tuple[dict[str, str], dict[str, Any]]:
    """The keys of the table itself, which are texts, and those of the configuration."""
    if not isinstance(table, Mapping):
        raise ConfigError(f"this must be a table, not {table!r}", where=where, hint=f"keys: {', '.join(own)}")
    for key in own:
        if key in table and not isinstance(table[key], str):
            raise ConfigError(f"this must be a text, not {table[key]!r}", where=f"{where}.{key}")
    return {k: v for k, v in table.items() if k in own}, {k: v for k, v in table.items() if k not in own}


def _with(config: Config, values: Mapping[str, Any], where: str, **more: Any) -> Config:
    """The site's configuration with the keys of one API on top."""
    allowed = {
        configuration.toml_name(key.name): key.name
        for key in configuration.all_keys()
        if key.metadata["group"] in _OF_ONE or key.name in _MORE
    }
    changes: dict[str, Any] = {}
    for written, value in values.items():
        place = f"{where}.{written}"
        if written not in allowed:
            import difflib

            close = difflib.get_close_matches(written.replace("_", "-"), allowed, 1, 0.6)
            hint = f"did you mean {close[0]}?" if close else "a key of the API, its reading or its document"
            raise ConfigError("there is no such key here", where=place, hint=hint)
        changes[allowed[written]] = configuration.convert(allowed[written], value, place)
    return replace(config, **changes, **more)


def _apart(names: Sequence[str], where: str, key: str) -> None:
    seen: dict[str, str] = {}
    for name in names:
        if name.lower() in seen:
            raise ConfigError(f"two have the same {key}: {name}", where=where, hint=f"give each its own {key}")
        seen[name.lower()] = name


def _folder(name: str, where: str) -> None:
    segments = name.split("/")
    if not all(_SEGMENT.fullmatch(segment) and segment not in (".", "..") for segment in segments):
        raise ConfigError(f"{name!r} can be no folder of the site", where=where, hint="letters, digits, ., _ and -")
    if segments[0].lower() in _RESERVED:
        raise ConfigError(f"{segments[0]!r} is a folder of the site's own", where=where, hint="choose another name")


def _slug(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-").lower() or "api"


def _stem(target: str) -> str:
    """`services/shop.py:app` → `shop`."""
    file = target.partition(":")[0] if not re.match(r"https?:", target) else target
    return re.sub(r"\.(py|json|ya?ml)$", "", file.rstrip("/").rpartition("/")[2].rpartition("\\")[2])
