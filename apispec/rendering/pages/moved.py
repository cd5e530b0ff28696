"""Where things are that the previous site had at addresses that the new one has not: what was renamed, what is gone.

Two things are told from the documents of both: an operation of the same method and path has another operationId, a
component of the same schema has another name. Whatever else is gone leads to the nearest page that is left.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from apispec.model import Api, HttpCall
from apispec.rendering.pages.addresses import addresses, identity
from apispec.rendering.pages.layout import Layout
from apispec.rendering.pages.leads import lead
from apispec.rendering.pages.text import slug
from apispec.words import N_, _

REDIRECTS = "redirects.json"
"""What was moved so far, for hosts and scripts, and for the next build."""
NETLIFY = "_redirects"
"""The same for Netlify, Cloudflare Pages and others that read such a file."""

_WORDS = frozenset({"title", "description", "example", "examples"})
_REASONS = {
    "renamed": (N_("This has another name:"), N_("This has another name since version {version}:")),
    "removed": (N_("This is gone:"), N_("This is gone since version {version}:")),
}
_METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"})


@dataclass(frozen=True, slots=True)
class Move:
    """What became of an address."""

    old: str
    """A folder of the site: `reference/old-name/`."""
    new: str
    """Likewise; empty for the site's root."""
    reason: str
    """`renamed`, `removed` or `moved`."""
    since: str
    """The API's version from which on it is so."""


@dataclass(frozen=True, slots=True)
class Previous:
    """What is known of the previous site."""

    pages: frozenset[str] = frozenset()
    """The folders that had a page: `reference/list/`."""
    document: Mapping[str, Any] = field(default_factory=dict)
    """Its OpenAPI document."""
    moves: tuple[Move, ...] = ()
    """What had been moved before."""


def moved(api: Api, layout: Layout, previous: Previous, known: Iterable[str]) -> list[Move]:
    """What became of each address that is lost.

    Args:
        api: The API as it is now.
        layout: Where everything is now.
        previous: The site as it was.
        known: The paths of all files of the new site.
    """
    there = {posixpath.dirname(path) + "/" for path in known if posixpath.basename(path) in ("index.html", "index.md")}
    told = {old: (new, reason) for old, new, reason in _told(api, layout, previous.document)}
    earlier = {move.old: move for move in previous.moves}
    found = []
    for old in sorted((previous.pages | set(told) | set(earlier)) - there - {"/", ""}):
        if old in told:
            new, reason = told[old]
            found.append(Move(old, new, reason, api.version))
        elif old in earlier:
            before = earlier[old]
            new, reason = told.get(before.new, (before.new, before.reason))
            target = new if not new or new in there else _near(old, layout, there)
            found.append(Move(old, target, reason, before.since))
        else:
            found.append(Move(old, _near(old, layout, there), "moved", api.version))
    return found


def move_files(moves: Iterable[Move], api: Api, *, offline: bool, base: str) -> dict[str, str]:
    """The small pages, and the lists for hosts, by path; nothing where nothing has moved.

    Args:
        moves: What became of what.
        api: The API.
        offline: Whether links name files.
        base: The path under which the site is published, with a slash at its end: `/docs/`.
    """
    listed = list(moves)
    if not listed:
        return {}
    files = {}
    for move in listed:
        path = f"{move.old}index.html"
        href = posixpath.relpath(move.new or ".", move.old) + ("/index.html" if offline else "/")
        always, since = _REASONS.get(move.reason, (N_("This has moved:"), ""))
        words = _(since, version=escape(move.since)) if since and move.since else _(always)
        link = _("what is closest to it") if move.reason == "removed" else _("go there")
        files[path] = lead(path, href, api.title, words=words, link=link)
    rows = [{"from": m.old, "to": m.new, "reason": m.reason, "since": m.since} for m in listed]
    files[REDIRECTS] = json.dumps(rows, indent=1, ensure_ascii=False) + "\n"
    files[NETLIFY] = "".join(f"{base}{m.old} {base}{m.new} 301\n" for m in listed)
    return files


def _told(api: Api, layout: Layout, document: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """What the two documents say: old address, new one, and why."""
    now = {(e.call.method, _shape(e.call.path)): e for e in api.public_endpoints if isinstance(e.call, HttpCall)}
    groups = {e.name: group.path for group in layout.groups for e in group.endpoints}
    by_tag = {group.tag.name: group.path for group in layout.groups}
    operations = list(_operations(document))
    known = {name: (method, path, tags) for name, method, path, tags in operations}
    for name, old in addresses("operation", known).items():
        method, path, tags = known[name]
        endpoint = now.get((method, _shape(path)))
        if endpoint is not None:
            yield f"{old}/", _folder(layout.address("operation", endpoint.name)), "renamed"
        else:
            near = next((by_tag[tag] for tag in tags if tag in by_tag), "reference/index.md" if groups else "index.md")
            yield f"{old}/", _folder(near), "removed"
    yield from _tags(api, layout, operations)
    yield from _webhooks(api, layout, document)
    components = document.get("components")
    before = components.get("schemas") if isinstance(components, dict) else None
    if isinstance(before, dict):
        yield from _components(api, layout, {str(name): schema for name, schema in before.items()})


def _tags(
    api: Api, layout: Layout, operations: Iterable[tuple[str, str, str, list[str]]]
) -> Iterator[tuple[str, str, str]]:
    """A tag that no operation has any more was renamed where one tag alone has all that is left of what it had."""
    by_call = {
        (e.call.method, _shape(e.call.path)): e.name for e in api.public_endpoints if isinstance(e.call, HttpCall)
    }
    by_id = {identity(e): e.name for e in api.public_endpoints}
    groups = {e.name: group.tag.name for group in layout.groups for e in group.endpoints}
    held: dict[str, list[str]] = {}
    for name, method, path, tags in operations:
        if tags:
            now = by_call.get((method, _shape(path))) or by_id.get(name, "")
            held.setdefault(tags[0], []).append(groups.get(now, ""))
    for tag, old in addresses("tag", held).items():
        if tag in groups.values():
            continue
        left = {found for found in held[tag] if found}
        if len(left) == 1:
            yield f"{old}/", _folder(layout.address("tag", left.pop())), "renamed"
        else:
            yield f"{old}/", _folder("reference/index.md" if groups else "index.md"), "removed"


def _webhooks(api: Api, layout: Layout, document: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """A webhook with the operations of one that is gone is that one by another name."""
    before = document.get("webhooks")
    now = {webhook.name for webhook in api.webhooks}
    if not isinstance(before, dict):
        return
    current = (api.document or {}).get("webhooks")
    new = {name: _sent(item) for name, item in current.items() if name in now} if isinstance(current, dict) else {}
    for name, old in addresses("webhook", map(str, before)).items():
        if name in now:
            continue
        same = [other for other, said in new.items() if said == _sent(before[name]) and other not in before]
        if len(same) == 1:
            yield f"{old}/", _folder(layout.address("webhook", same[0])), "renamed"
        else:
            yield f"{old}/", "webhooks/" if now else "", "removed"


def _sent(item: Any) -> str:
    """What a webhook sends, less what it is called."""
    if isinstance(item, dict):
        item = {
            method: {key: value for key, value in operation.items() if key != "operationId"}
            if isinstance(operation, dict)
            else operation
            for method, operation in item.items()
        }
    return _said(item)


def _components(api: Api, layout: Layout, before: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    new = {name: schema for name, schema in api.schemas.items() if name not in before}
    shapes: dict[str, list[str]] = {}
    for name, schema in new.items():
        shapes.setdefault(_said(schema), []).append(name)
    for name, old in addresses("component", before).items():
        if name in api.schemas:
            continue
        same = shapes.get(_said(before[name]), [])
        if len(same) == 1:
            yield f"{old}/", _folder(layout.address("component", same[0])), "renamed"
        else:
            yield f"{old}/", "schemas/" if api.schemas else "", "removed"


def _operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, str, list[str]]]:
    """Identity, method, path and tags of each operation."""
    paths = document.get("paths")
    for path, item in paths.items() if isinstance(paths, dict) else ():
        for method, operation in item.items() if isinstance(item, dict) else ():
            if method.lower() in _METHODS and isinstance(operation, dict):
                tags = operation.get("tags")
                name = operation.get("operationId") or f"{method.upper()} {path}"
                yield str(name), method.upper(), str(path), [str(tag) for tag in tags] if isinstance(tags, list) else []


def _near(old: str, layout: Layout, there: set[str]) -> str:
    """The page closest to one that is gone: its tag in the layouts of earlier versions, or what it was below."""
    name = old.rstrip("/").rsplit("/", 1)[-1]
    if old.startswith("reference/"):
        plain = re.sub(r"-\d+-of-\d+$", "", name)
        for group in layout.groups:
            if slug(group.title) in (name, plain) and (folder := _folder(group.path)) in there:
                return folder
    folder = old
    while folder.count("/") > 1:
        folder = folder.rstrip("/").rsplit("/", 1)[0] + "/"
        if folder in there:
            return folder
    return ""


def _shape(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "{}", path)


def _folder(path: str) -> str:
    folder = posixpath.dirname(path)
    return f"{folder}/" if folder else ""


def _said(schema: Any) -> str:
    """A schema less its title and words, as text."""
    if isinstance(schema, dict):
        schema = {
            key: value for key, value in schema.items() if key not in ("title", "description", "example", "examples")
        }
    return json.dumps(schema, sort_keys=True, ensure_ascii=False)
