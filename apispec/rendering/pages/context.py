"""What each kind of page is made of: one context for each template in `templates/pages/`. Templates look nothing up."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from apispec.rendering.pages.tool_views import ToolView, TransportView
from apispec.rendering.pages.views import EndpointView, GroupView, LinkView, RequestView, SchemaView, SchemeView


@dataclass(frozen=True, slots=True, kw_only=True)
class PageContext:
    """What every page knows."""

    title: str
    """The page's."""
    heading: Markup
    """The title for a line of Markdown."""
    description: str
    """One plain line for search engines and previews."""
    api_title: str
    version: str
    root: str
    """From the page to the site's root: empty, or `../` as often as needed."""
    markdown_href: str
    """The page as Markdown for language models, relative to it; empty where there is none."""
    about: Markup = Markup("")
    """JSON-LD for search engines; empty where the page is about nothing in particular."""
    data: Markup = Markup("")
    """JSON for the page's script; empty where that has nothing to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewContext(PageContext):
    """`overview.md.jinja`: what this API is, in one screen."""

    summary: Markup
    plain_summary: str
    body: Markup
    """The API's description."""
    plain_body: str
    servers: tuple[LinkView, ...]
    schemes: tuple[SchemeView, ...]
    first_call: EndpointView | None
    """The endpoint that the page shows a call of."""
    groups: tuple[GroupView, ...]
    large: bool
    """There are too many endpoints for a list: the tags are cards."""
    downloads: tuple[LinkView, ...]
    links: tuple[LinkView, ...]
    """Contact, licence, terms, more documentation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointsContext(PageContext):
    """`endpoints.md.jinja`: the endpoints of one tag, or of all."""

    groups: tuple[GroupView, ...]
    single: bool
    """One group that needs no heading of its own: the page's title says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationContext(PageContext):
    """`operation.md.jinja`: one endpoint on a page of its own."""

    endpoint: EndpointView


@dataclass(frozen=True, slots=True, kw_only=True)
class TagContext(PageContext):
    """`tag.md.jinja`: what a tag is about, and its endpoints, each a link to its own page."""

    group: GroupView


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceContext(PageContext):
    """`reference.md.jinja`: all tags of an API whose endpoints are on other pages."""

    groups: tuple[GroupView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesContext(PageContext):
    """`names.md.jinja`: components or webhooks that have pages of their own, each a link."""

    entries: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhooksContext(PageContext):
    """`webhooks.md.jinja`: the requests that the API sends to whoever subscribed."""

    webhooks: tuple[RequestView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookContext(PageContext):
    """`webhook.md.jinja`: one such request on a page of its own."""

    request: RequestView


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemasContext(PageContext):
    """`schemas.md.jinja`: every component."""

    schemas: tuple[SchemaView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaContext(PageContext):
    """`schema.md.jinja`: one component on a page of its own."""

    schema: SchemaView


@dataclass(frozen=True, slots=True, kw_only=True)
class McpContext(PageContext):
    """`mcp.md.jinja`: the tools, and how to connect clients."""

    server: str
    """What clients call the server."""
    transports: tuple[TransportView, ...]
    tools: tuple[ToolView, ...]
    brief: bool
    """The tools are too many for one page: a list, without their arguments."""
    listed: tuple[str, ...]
    """What a server lists in place of so many tools, the three that find and call the others first; empty = all."""
    listing: LinkView | None
    """`mcp.json`."""
