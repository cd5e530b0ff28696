"""The pages in reading order: what the navigation shows, before anyone decides how it looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from apispec.model import Api
from apispec.rendering.pages.endpoints import method_of, title_of
from apispec.rendering.pages.layout import MCP, OVERVIEW, REFERENCE, SCHEMAS, WEBHOOKS, Group, Layout
from apispec.rendering.pages.text import one_line
from apispec.words import _

NavItem = tuple[str, "str | list[NavItem]"]
"""A title and a page's path, or the items below it."""


MANY_GROUPS = 100
"""More tags than this are no tree that stands on every page, but one row: each tag, and its operations after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the navigation."""

    title: str
    path: str = ""
    """Of its page, `….md`; empty for a heading."""
    method: str = ""
    """Of an operation; upper case."""
    deprecated: bool = False
    leaf: bool = False
    """One of many alike: an operation, a component or a webhook on a page of its own."""
    children: tuple[Entry, ...] = ()

    def walk(self) -> Iterator[Entry]:
        """This entry and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


def entries(api: Api, layout: Layout, *, tools: bool) -> tuple[Entry, ...]:
    """The whole navigation.

    Args:
        api: The Api.
        layout: Where everything is.
        tools: Whether there is an MCP page.
    """
    found = [Entry(title=_("Overview"), path=OVERVIEW)]
    if layout.kind == "single":
        found += [Entry(title=page.title, path=page.path) for page in layout.endpoint_pages]
    elif layout.groups:
        groups = _groups(api, layout)
        if len(layout.groups) > MANY_GROUPS and layout.kind == "operations":
            groups = tuple(replace(one, leaf=True, children=()) for group in groups for one in group.walk() if one.path)
        found.append(Entry(title=_("Reference"), path=REFERENCE, children=groups))
    if api.webhooks:
        names = [(webhook.name, layout.webhook_page(webhook.name)) for webhook in api.webhooks]
        found.append(
            Entry(title=_("Webhooks"), path=WEBHOOKS, children=_leaves(names) if layout.webhooks_apart else ())
        )
    if tools:
        found.append(Entry(title="MCP", path=MCP))
    if api.schemas:
        names = [(name, layout.schema_page(name)) for name in in_order(api.schemas)]
        found.append(Entry(title=_("Schemas"), path=SCHEMAS, children=_leaves(names) if layout.schemas_apart else ()))
    return tuple(found)


def in_order(names: Any) -> list[str]:
    """Names as people look for them."""
    return sorted(names, key=lambda name: (name.lower(), name))


def items(found: tuple[Entry, ...]) -> list[NavItem]:
    """The entries as MkDocs' `nav` has them, an entry's own page as the first of those below it."""
    return [
        (one.title, [(one.title, one.path), *items(one.children)] if one.path else items(one.children))
        if one.children
        else (one.title, one.path)
        for one in found
    ]


def trunk(found: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The entries without the many alike."""
    return tuple(replace(one, children=trunk(one.children)) for one in found if not one.leaf)


def branches(found: tuple[Entry, ...]) -> dict[str, tuple[Entry, ...]]:
    """The many alike, by the path of the page that they are below."""
    return {
        one.path: leaves
        for top in found
        for one in top.walk()
        if (leaves := tuple(child for child in one.children if child.leaf))
    }


def _leaves(names: list[tuple[str, str]]) -> tuple[Entry, ...]:
    return tuple(Entry(title=name, path=path, leaf=True) for name, path in names)


def _groups(api: Api, layout: Layout) -> tuple[Entry, ...]:
    """The tags, as levels where the document says which belong together: `x-tagGroups`, or `parent` of a tag."""
    made = {group.tag.name: _group(api, layout, group) for group in layout.groups}
    outer = (api.document or {}).get("x-tagGroups")
    if isinstance(outer, list) and outer:
        return _by_groups(made, outer)
    return _by_parents(api, made)


def _by_groups(made: dict[str, Entry], outer: list[Any]) -> tuple[Entry, ...]:
    left = dict(made)
    found = []
    for one in outer:
        if not isinstance(one, dict) or not isinstance(one.get("tags"), list):
            continue
        below = tuple(left.pop(tag) for tag in map(str, one["tags"]) if tag in left)
        if below:
            found.append(Entry(title=" ".join(str(one.get("name", "")).split()) or below[0].title, children=below))
    return (*found, *left.values())


def _by_parents(api: Api, made: dict[str, Entry]) -> tuple[Entry, ...]:
    tags = {tag.name: tag for tag in api.tags}
    below: dict[str, list[str]] = {}
    for name in [*tags, *(name for name in made if name not in tags)]:
        parent = tags[name].parent if name in tags else ""
        below.setdefault(parent if parent in tags and not _circular(name, tags) else "", []).append(name)

    def entry(name: str) -> Entry | None:
        inner = tuple(filter(None, map(entry, below.get(name, ()) if name else ())))
        own = made.get(name)
        title = (tags[name].title or name) if name in tags else ""
        if own is None:
            return Entry(title=title, children=inner) if inner else None
        return Entry(title=title or own.title, path=own.path, children=(*own.children, *inner))

    order = {name: number for number, name in enumerate(made)}
    top = [found for name in below.get("", ()) if (found := entry(name)) is not None]
    return tuple(sorted(top, key=lambda one: _first(one, made, order)))


def _first(entry: Entry, made: dict[str, Entry], order: dict[str, int]) -> int:
    """Where an entry stood among the groups."""
    paths = {one.path for one in entry.walk()}
    return min((order[name] for name, group in made.items() if group.path in paths), default=len(order))


def _circular(name: str, tags: dict[str, Any]) -> bool:
    seen: set[str] = set()
    while name in tags:
        if name in seen:
            return True
        seen.add(name)
        name = tags[name].parent
    return False


def _group(api: Api, layout: Layout, group: Group) -> Entry:
    below = tuple(
        Entry(
            title=one_line(title_of(endpoint, api)),
            path=layout.endpoint_page(endpoint.name),
            method=method_of(endpoint),
            deprecated=endpoint.deprecated,
            leaf=True,
        )
        for endpoint in group.endpoints
    )
    return Entry(title=group.title, path=group.path, children=below if layout.kind == "operations" else ())
