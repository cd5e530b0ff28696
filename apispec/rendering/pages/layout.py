"""Which page holds what, and how pages link to each other. No text is made here.

Where a thing is described depends on what it is called alone (`addresses`). The layout decides whether its page stands
there, or a small one that leads to its place on the page that it shares with others (`Layout.leads`).
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from apispec.model import Api, Endpoint, HttpCall, Tag
from apispec.rendering.pages.addresses import Kind, addresses, identity, places_of
from apispec.rendering.pages.fields import PlainViews
from apispec.rendering.pages.options import PagesOptions
from apispec.rendering.pages.trail import LARGE
from apispec.schemas import Schemas, walk
from apispec.words import _

SINGLE = 30
"""Up to so many endpoints stand on one page, unless the user says otherwise."""

LARGEST = 60
"""So many components, webhooks or tools are read well on one page."""

HEAVIEST = 2_500
"""So many schemas inside each other are read well on one page of components."""

OVERVIEW = "index.md"
REFERENCE = "reference/index.md"
MCP = "mcp/index.md"
WEBHOOKS = "webhooks/index.md"
SCHEMAS = "schemas/index.md"


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """The endpoints under one tag."""

    tag: Tag
    """Its name is empty for the endpoints without one."""
    title: str
    anchor: str
    """Its id on a page with other groups."""
    path: str
    """The page that it has for itself where the layout gives it one: `tags/pets/index.md`."""
    endpoints: tuple[Endpoint, ...]


@dataclass(frozen=True, slots=True)
class EndpointsPage:
    """One page that says all about its endpoints."""

    path: str
    """`reference/index.md`, `tags/pets/index.md`, `reference/pets/list/index.md`."""
    title: str
    groups: tuple[Group, ...]
    single: bool
    """Whether the page is about one tag, so that its title says it."""


class Layout:
    """Every page of an Api, and where each thing is."""

    def __init__(self, api: Api, options: PagesOptions) -> None:
        self.directory_urls = options.directory_urls
        self.kind: Literal["single", "tags", "operations"]
        endpoints = api.public_endpoints
        if options.layout == "auto":
            self.kind = "single" if len(endpoints) <= SINGLE else "operations"
        else:
            self.kind = options.layout
        self._homes = _Homes(api)
        tagged = _by_tag(api)
        self.untitled = _("Other endpoints") if len(tagged) > 1 else _("Endpoints")
        self.groups = tuple(self._group(api, tag, found) for tag, found in tagged)
        self.endpoint_pages = self._endpoint_pages()
        apart = options.layout == "operations" or (options.layout == "auto" and not _readable(api.schemas))
        self.schemas_apart = bool(api.schemas) and (apart or not _readable(api.schemas))
        self.webhooks_apart = self.kind == "operations" or len(api.webhooks) > LARGEST
        self.anchors = self._homes.anchors["operation"]
        self.schema_anchors = self._homes.anchors["component"]
        self.webhook_anchors = self._homes.anchors["webhook"]
        self._endpoints = {
            e.name: page.path for page in self.endpoint_pages for group in page.groups for e in group.endpoints
        }
        self._schemas = {
            name: self._homes.pages["component"][name] if self.schemas_apart else SCHEMAS for name in api.schemas
        }
        self._webhooks = {
            webhook.name: self._homes.pages["webhook"][webhook.name] if self.webhooks_apart else WEBHOOKS
            for webhook in api.webhooks
        }
        self.brief = self.kind == "operations" and self.schemas_apart and len(endpoints) >= LARGE
        """Whether the pages are so many that each says what it has to, and leads to the rest."""
        self.plain_fields: PlainViews = {}
        """What looks the same on every page is made once: `fields.Fields` keeps it here."""
        self._routes: dict[tuple[str, str], str] = {}
        """From one page to another, without an anchor: few pages, many links."""

    def _group(self, api: Api, tag: Tag, endpoints: Sequence[Endpoint]) -> Group:
        path = self._homes.pages["tag"][tag.name]
        anchor = f"tag-{self._homes.anchors['tag'][tag.name]}"
        return Group(tag, api.tag_title(tag.name) or self.untitled, anchor, path, tuple(endpoints))

    def _endpoint_pages(self) -> tuple[EndpointsPage, ...]:
        if not self.groups:
            return ()
        if self.kind == "tags":
            return tuple(EndpointsPage(group.path, group.title, (group,), True) for group in self.groups)
        if self.kind == "single":
            untagged = len(self.groups) == 1 and not self.groups[0].tag.name
            return (EndpointsPage(REFERENCE, _("Reference"), self.groups, untagged),)
        pages = self._homes.pages["operation"]
        return tuple(
            EndpointsPage(pages[e.name], e.name, (Group(group.tag, group.title, "", group.path, (e,)),), True)
            for group in self.groups
            for e in group.endpoints
        )

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
        """From a page to an endpoint's section, or to the page that it has for itself."""
        return self.href(source, self._endpoints[name], "" if self.kind == "operations" else self.anchors[name])

    def schema(self, source: str, name: str) -> str | None:
        """From a page to a component; None for a reference to nothing."""
        path = self._schemas.get(name)
        return (
            None if path is None else self.href(source, path, "" if self.schemas_apart else self.schema_anchors[name])
        )

    def webhook(self, source: str, name: str) -> str:
        """From a page to a webhook."""
        return self.href(source, self._webhooks[name], "" if self.webhooks_apart else self.webhook_anchors[name])

    def group(self, source: str, group: Group) -> str:
        """From a page to a group: its heading, or the page it has for itself."""
        if self.kind != "single":
            return self.href(source, group.path)
        return self.href(source, REFERENCE, "" if self.endpoint_pages[0].single else group.anchor)

    def endpoint_page(self, name: str) -> str:
        """The path of the page that describes an endpoint."""
        return self._endpoints[name]

    def schema_page(self, name: str) -> str:
        """The path of the page that describes a component."""
        return self._schemas[name]

    def webhook_page(self, name: str) -> str:
        """The path of the page that describes a webhook."""
        return self._webhooks[name]

    def address(self, kind: Kind, name: str) -> str:
        """The path of the page, or of the small one that leads to it, at the address of a thing."""
        return self._homes.pages[kind][name]

    def leads(self) -> dict[str, str]:
        """Where things are that have no page at their address: path of the page that should lead there → link.

        The paths are those of pages (`….md`), the links relative to them.
        """
        pages = self._homes.pages
        found: dict[str, str] = {}
        if self.kind == "single":
            found |= {group.path: self.group(group.path, group) for group in self.groups}
        if self.kind != "operations":
            found |= {path: self.endpoint(path, name) for name, path in pages["operation"].items()}
        if not self.schemas_apart:
            found |= {path: self.schema(path, name) or "" for name, path in pages["component"].items()}
        if not self.webhooks_apart:
            found |= {path: self.webhook(path, name) for name, path in pages["webhook"].items()}
        return found


class _Homes:
    """The address of everything, as the path of the page that may stand there, and as an id."""

    def __init__(self, api: Api) -> None:
        self.pages: dict[Kind, dict[str, str]] = {}
        self.anchors: dict[Kind, dict[str, str]] = {}
        known = [identity(e) for e in api.public_endpoints]
        often = Counter(known)
        self._add("operation", {
            e.name: name if often[name] == 1 else f"{_method(e)} {name} {_path(e)}"
            for e, name in zip(api.public_endpoints, known, strict=True)
        })  # fmt: skip
        self._add("component", {name: name for name in api.schemas})
        self._add("webhook", {webhook.name: webhook.name for webhook in api.webhooks})
        self._add("tag", {tag.name: tag.name or "~untagged" for tag, _ in _by_tag(api)})

    def _add(self, kind: Kind, identities: dict[str, str]) -> None:
        found = addresses(kind, identities.values())
        self.pages[kind] = {name: f"{found[known]}/index.md" for name, known in identities.items()}
        anchors = places_of(found[known] for known in identities.values())
        self.anchors[kind] = dict(zip(identities, anchors, strict=True))


def _method(endpoint: Endpoint) -> str:
    return endpoint.call.method if isinstance(endpoint.call, HttpCall) else ""


def _path(endpoint: Endpoint) -> str:
    return endpoint.call.path if isinstance(endpoint.call, HttpCall) else ""


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


def _by_path(endpoints: Iterable[Endpoint]) -> dict[str, list[Endpoint]]:
    """Endpoints by the segment in which their paths differ first: `accounts` of `/v1/accounts/{id}`."""
    known = list(endpoints)
    paths = [e.call.path.strip("/").split("/") if isinstance(e.call, HttpCall) else [""] for e in known]
    shared = len(posixpath.commonprefix(paths))
    found: dict[str, list[Endpoint]] = {}
    for endpoint, path in zip(known, paths, strict=True):
        found.setdefault(path[min(shared, len(path) - 1)] or "/", []).append(endpoint)
    return found


def _readable(schemas: Schemas) -> bool:
    """Whether all components are read well on one page."""
    if len(schemas) > LARGEST:
        return False
    return sum(sum(1 for _ in walk(schema)) for schema in schemas.values()) <= HEAVIEST
