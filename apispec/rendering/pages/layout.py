"""Which page holds what, and how pages link to each other. No text is made here."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from apispec.model import Api, Endpoint, HttpCall, Tag
from apispec.rendering.pages.fields import PlainViews
from apispec.rendering.pages.options import PagesOptions
from apispec.rendering.pages.text import apart
from apispec.schemas import Schemas, walk

SINGLE = 30
"""Up to so many endpoints stand on one page, unless the user says otherwise."""

LARGEST = 60
"""So many endpoints (or components) are a page at most; more become further pages, so that none gets slow."""

HEAVIEST = 2_500
"""So many schemas inside each other a page of components holds at most, unless one component alone has more."""

OVERVIEW = "index.md"
MCP = "mcp/index.md"
WEBHOOKS = "webhooks/index.md"

T = TypeVar("T")

_RESERVED = ("connect", "tools")
"""Anchors of the MCP page's own headings."""


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Endpoints under one tag, or a part of them."""

    tag: Tag
    """Its name is empty for the endpoints without one."""
    title: str
    anchor: str
    endpoints: tuple[Endpoint, ...]


@dataclass(frozen=True, slots=True)
class EndpointsPage:
    """One page of endpoints."""

    path: str
    """`reference/index.md`, `reference/pets/index.md`."""
    title: str
    groups: tuple[Group, ...]
    single: bool
    """Whether the page is about one tag, so that its title says it."""


@dataclass(frozen=True, slots=True)
class SchemasPage:
    """One page of components."""

    path: str
    title: str
    names: tuple[str, ...]


class Layout:
    """Every page of an Api, and where each thing is."""

    def __init__(self, api: Api, options: PagesOptions) -> None:
        self.directory_urls = options.directory_urls
        endpoints = api.public_endpoints
        tagged = _by_tag(api)
        names = [e.name for e in endpoints]
        untitled = "Other endpoints" if len(tagged) > 1 else "Endpoints"
        anchors = apart([*_RESERVED, *names, *(f"tag-{tag.name}" if tag.name else untitled for tag, _ in tagged)])
        self.anchors = dict(zip(names, anchors[len(_RESERVED) :], strict=False))
        groups = [
            Group(tag, api.tag_title(tag.name) or untitled, anchor, found)
            for (tag, found), anchor in zip(tagged, anchors[len(_RESERVED) + len(names) :], strict=True)
        ]
        many = options.layout == "tags" or (options.layout == "auto" and len(endpoints) > SINGLE)
        self.endpoint_pages = _pages_by_tag(groups) if many else _one_page(groups)
        self.schema_pages = _schema_pages(api.schemas)
        self._endpoints = {
            e.name: page.path for page in self.endpoint_pages for group in page.groups for e in group.endpoints
        }
        self._schemas = {name: page.path for page in self.schema_pages for name in page.names}
        self.schema_anchors = dict(zip(api.schemas, apart(api.schemas), strict=True))
        self.plain_fields: PlainViews = {}
        """What looks the same on every page is made once: `fields.Fields` keeps it here."""
        self._routes: dict[tuple[str, str], str] = {}
        """From one page to another, without an anchor: few pages, many links."""

    def href(self, source: str, target: str, anchor: str = "") -> str:
        """From one page to another, or to a place on it.

        Args:
            source: Path of the page that has the link.
            target: Path of a page (`….md`) or of a file.
            anchor: An id on that page; may be empty.
        """
        fragment = f"#{anchor}" if anchor else ""
        if source == target:
            return fragment or "#"
        if (source, target) not in self._routes:
            self._routes[source, target] = self._route(source, target)
        return self._routes[source, target] + fragment

    def _route(self, source: str, target: str) -> str:
        start = posixpath.dirname(source) or "."
        if not target.endswith("index.md"):
            return posixpath.relpath(target, start)
        folder = posixpath.relpath(posixpath.dirname(target) or ".", start)
        return f"{folder}/{'' if self.directory_urls else 'index.html'}"

    def endpoint(self, source: str, name: str) -> str:
        """From a page to an endpoint's section."""
        return self.href(source, self._endpoints[name], self.anchors[name])

    def schema(self, source: str, name: str) -> str | None:
        """From a page to a component; None for a reference to nothing."""
        path = self._schemas.get(name)
        return None if path is None else self.href(source, path, self.schema_anchors[name])

    def group(self, source: str, group: Group) -> str:
        """From a page to a group: its heading, or the page it has for itself."""
        page = next(p for p in self.endpoint_pages if group in p.groups)
        return self.href(source, page.path, "" if page.single else group.anchor)


def _by_tag(api: Api) -> list[tuple[Tag, tuple[Endpoint, ...]]]:
    """Endpoints by their first tag, in the order of the tags; those without come last, under a tag without a name.

    Many endpoints of which none has a tag are grouped by their paths.
    """
    if len(api.public_endpoints) > SINGLE and not any(endpoint.tags for endpoint in api.public_endpoints):
        by_path = _by_path(api.public_endpoints)
        if len(api.public_endpoints) >= 2 * len(by_path) > 2:
            return [(Tag(name=name), tuple(found)) for name, found in by_path.items()]
    described = {tag.name: tag for tag in api.tags}
    by_tag: dict[str, list[Endpoint]] = {name: [] for name in api.tag_names}
    for endpoint in api.public_endpoints:
        by_tag.setdefault(api.group_of(endpoint), []).append(endpoint)
    return [(described.get(name, Tag(name=name)), tuple(found)) for name, found in by_tag.items() if found]


def _by_path(endpoints: Sequence[Endpoint]) -> dict[str, list[Endpoint]]:
    """Endpoints by the segment in which their paths differ first: `accounts` of `/v1/accounts/{id}`."""
    paths = [e.call.path.strip("/").split("/") if isinstance(e.call, HttpCall) else [""] for e in endpoints]
    shared = len(posixpath.commonprefix(paths))
    found: dict[str, list[Endpoint]] = {}
    for endpoint, path in zip(endpoints, paths, strict=True):
        found.setdefault(path[min(shared, len(path) - 1)] or "/", []).append(endpoint)
    return found


def _one_page(groups: list[Group]) -> tuple[EndpointsPage, ...]:
    untagged = len(groups) == 1 and not groups[0].tag.name
    return (EndpointsPage("reference/index.md", "Reference", tuple(groups), untagged),) if groups else ()


def _pages_by_tag(groups: list[Group]) -> tuple[EndpointsPage, ...]:
    parts = [
        Group(group.tag, group.title + words, group.anchor, part)
        for group in groups
        for part, words in _parts(group.endpoints)
    ]
    if len(groups) > LARGEST and sum(len(group.endpoints) for group in groups) < 3 * len(groups):
        return _pages_of_small_tags(parts)
    folders = apart(part.title for part in parts)
    return tuple(
        EndpointsPage(f"reference/{folder}/index.md", part.title, (part,), True)
        for part, folder in zip(parts, folders, strict=True)
    )


def _pages_of_small_tags(groups: list[Group]) -> tuple[EndpointsPage, ...]:
    """Several tags on a page, where most have one or two endpoints: the navigation, which each page repeats, would take
    more time than all the pages.
    """
    packs: list[list[Group]] = []
    for group in groups:
        if packs and sum(len(other.endpoints) for other in (*packs[-1], group)) <= SINGLE:
            packs[-1].append(group)
        else:
            packs.append([group])
    titles = [f"{pack[0].title} – {pack[-1].title}" if len(pack) > 1 else pack[0].title for pack in packs]
    return tuple(
        EndpointsPage(f"reference/{folder}/index.md", title, tuple(pack), False)
        for pack, title, folder in zip(packs, titles, apart(titles), strict=True)
    )


def _schema_pages(schemas: Schemas) -> tuple[SchemasPage, ...]:
    names = sorted(schemas, key=lambda name: (name.lower(), name))
    parts = [light for part, _ in _parts(names) for light in _by_weight(part, schemas)]
    if len(parts) == 1:
        return (SchemasPage("schemas/index.md", "Schemas", parts[0]),)
    return tuple(
        SchemasPage(f"schemas/{number}/index.md", f"{part[0]} – {part[-1]}", part)
        for number, part in enumerate(parts, 1)
    )


def _by_weight(names: tuple[str, ...], schemas: Schemas) -> Iterator[tuple[str, ...]]:
    """The components in parts of at most `HEAVIEST`."""
    part: list[str] = []
    total = 0
    for name in names:
        weight = sum(1 for _ in walk(schemas[name]))
        if part and total + weight > HEAVIEST:
            yield tuple(part)
            part, total = [], 0
        part.append(name)
        total += weight
    if part:
        yield tuple(part)


def _parts(items: Sequence[T]) -> Iterator[tuple[tuple[T, ...], str]]:
    """The items in even parts of at most `LARGEST`, each with words that tell it from the others."""
    count = -(-len(items) // LARGEST)
    for number in range(count):
        part = items[number * len(items) // count : (number + 1) * len(items) // count]
        yield tuple(part), f" ({number + 1} of {count})" if count > 1 else ""
