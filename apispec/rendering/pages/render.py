"""From an Api to its pages: a context for each, put into the page's template, and into that of its Markdown copy."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from html import unescape
from typing import Any
from urllib.parse import unquote

from markupsafe import Markup

from apispec.documents import join
from apispec.findings import Location
from apispec.literals import json_text
from apispec.model import Api, Endpoint, HttpCall
from apispec.rendering.pages.assets import assets
from apispec.rendering.pages.context import (
    EndpointsContext,
    McpContext,
    NamesContext,
    OperationContext,
    OverviewContext,
    PageContext,
    ReferenceContext,
    SchemaContext,
    SchemasContext,
    TagContext,
    WebhookContext,
    WebhooksContext,
)
from apispec.rendering.pages.data import page_data
from apispec.rendering.pages.endpoints import Endpoints, first_sentence, in_short, title_of
from apispec.rendering.pages.fields import Fields
from apispec.rendering.pages.filling import copy_environment, page_environment, rendered
from apispec.rendering.pages.layout import (
    LARGEST,
    MCP,
    OVERVIEW,
    REFERENCE,
    SCHEMAS,
    WEBHOOKS,
    EndpointsPage,
    Group,
    Layout,
)
from apispec.rendering.pages.leads import lead
from apispec.rendering.pages.mcp import listed_instead, mcp_url, tool_view, transport_views
from apispec.rendering.pages.menu import menu_files
from apispec.rendering.pages.navigation import Entry, NavItem, entries, in_order, items
from apispec.rendering.pages.options import PagesOptions
from apispec.rendering.pages.overview import overview
from apispec.rendering.pages.schemas import schema_view, users
from apispec.rendering.pages.search import files as search_files
from apispec.rendering.pages.text import heading, one_line, slug
from apispec.rendering.pages.views import LinkView, SchemaView
from apispec.rendering.sharing import shared_out
from apispec.schemas import BUDGET, running
from apispec.tools import Tool, server_name
from apispec.tools import tools as make_tools
from apispec.words import _, speaking, spoken

_RISKY = re.compile("[<>&'`~\u007f-\u009f\u2028\u2029\ud800-\udfff]|\\{(?=[{%#:])")
"""What neither HTML nor a template engine should see as it is; in JSON only inside strings."""

_FOREIGN = r"""((?:href="|\]\())#(?:tag/[^/"')\s]+/(?=operation/))?(operation|tag)/([^"')\s]+)%s"""

_HERE_LINK = re.compile(r'<a class="api-here"[^>]*></a>')
"""The link of a place to itself, which the script of pages without any puts in."""

MANY = 300
"""From so many endpoints and components on, processes share the pages: below, starting them is not worth it."""


class Pages:
    """The pages of one Api; what they share is made once.

    Args:
        api: What the pages are about.
        options: The user's choices.
        tools: The MCP tools, where they are made already.
    """

    def __init__(self, api: Api, options: PagesOptions | None = None, tools: Sequence[Tool] | None = None) -> None:
        self.api = api
        self._tools = tools
        self.options = options or PagesOptions()
        with speaking(self.options.language, self.options.template_dirs):
            self.layout = Layout(api, self.options)
        self._common_data: dict[str, str] = {}
        """Scripts of what pages have in common, by path, as far as this process has made them."""

    @spoken
    def render(self) -> dict[str, str | bytes]:
        """Every page and asset, by path.

        Raises:
            TemplateError: A template is wrong or missing.
        """
        files: dict[str, str | bytes] = {path: page for path, (page, _, _) in self._texts.items()}
        files.update(self._common_data)
        dirs, search = self.options.template_dirs, self.options.search
        files.update(assets(page_environment(dirs), self.options))
        if self.options.try_it:
            files.update(menu_files(self.api, self.options))
        if search:
            files.update(search_files(self.api, self.layout, more=self.options.more_pages))
        return files

    @spoken
    def copies(self) -> dict[str, str | bytes]:
        """Each page again as plain Markdown, by the same path; for beside the built page, not among its sources. Empty
        texts where the options leave them out.

        Raises:
            TemplateError: A template is wrong or missing.
        """
        return {path: copy for path, (_, copy, _) in self._texts.items()}

    def cut(self) -> list[str]:
        """The pages whose examples took more steps than a page may, so that some are small or missing."""
        return [path for path, (_, _, is_over) in self._texts.items() if is_over]

    def source(self, path: str) -> Location:
        """Where the first endpoint or component of a page stands in what was read."""
        layout, api = self.layout, self.api
        own = next((e.location for e in api.public_endpoints if layout.endpoint_page(e.name) == path), None)
        file = next((e.location.file for e in api.endpoints if e.location), "")
        name = next((name for name in api.schemas if layout.schema_page(name) == path), None)
        if own is None and name is not None and api.source == "openapi":
            return Location(file, pointer=join(["components", "schemas", name]))
        return own or Location(file)

    def places(self) -> dict[tuple[str, str], str]:
        """Where what is described is: page and anchor by kind (`operation`, `schema`, `tag`) and name."""
        layout = self.layout
        apart = layout.kind == "operations"
        found = {("operation", e.name): (layout.endpoint_page(e.name), layout.anchors[e.name], apart)
                 for e in self.api.public_endpoints}  # fmt: skip
        found |= {("schema", name): (layout.schema_page(name), layout.schema_anchors[name], layout.schemas_apart)
                  for name in self.api.schemas}  # fmt: skip
        found |= {("tag", group.tag.name): (group.path, "", True) for group in layout.groups if layout.kind != "single"}
        return {key: page if alone else f"{page}#{anchor}" for key, (page, anchor, alone) in found.items()}

    def navigation(self) -> list[NavItem]:
        """The pages in reading order, with titles."""
        return items(self.entries)

    @cached_property
    @spoken
    def entries(self) -> tuple[Entry, ...]:
        """The navigation, with all that is known of each entry."""
        return entries(self.api, self.layout, tools=self._has_tools)

    @spoken
    def leads(self) -> dict[str, str | bytes]:
        """Small HTML pages for addresses whose things share a page with others, by path: each leads there."""
        leads = {path.removesuffix(".md") + ".html": href for path, href in self.layout.leads().items()}
        return {path: lead(path, href, self.api.title) for path, href in leads.items()}

    @cached_property
    def _texts(self) -> dict[str, tuple[str, str, bool]]:
        """Each page, its copy, which is empty where nobody wants it, and whether its budget was spent, by path."""
        paths = list(self._contents)
        size = len(self.api.public_endpoints) + len(self.api.schemas)
        if size < MANY:
            return {path: self._both(path) for path in paths}
        made = shared_out(self._both_and_common, paths)
        self._common_data = dict(sorted(script for _, found in made for script in found.items()))
        return {path: both for path, (both, _) in zip(paths, made, strict=True)}

    def _both_and_common(self, path: str) -> tuple[tuple[str, str, bool], dict[str, str]]:
        """A page and its copy, and the scripts that this process has made for it first."""
        known = set(self._common_data)
        both = self._both(path)
        return both, {name: text for name, text in self._common_data.items() if name not in known}

    def _both(self, path: str) -> tuple[str, str, bool]:
        kind, make = self._contents[path]
        folders = self.options.template_dirs
        with running(BUDGET.page) as budget:
            context = make()
            page = self._led(path, rendered(page_environment(folders), f"pages/{kind}.md.jinja", context), '"')
            if self.layout.brief:
                page = _HERE_LINK.sub("", page)
            if not self.options.markdown_copies:
                return page, "", budget.is_over
            copy = rendered(copy_environment(folders), f"copies/{kind}.md.jinja", context)
            return page, self._led(path, copy, ")"), budget.is_over

    def _led(self, path: str, text: str, end: str) -> str:
        """A page or copy whose links in Redoc's way (`#operation/ID`, `#tag/NAME/operation/ID`) lead here."""

        def href(found: re.Match[str]) -> str:
            kind, name = found[2], unquote(unescape(found[3]))
            if kind == "tag":
                spelled = (group for group in self.layout.groups if name in (group.tag.name, slug(group.tag.name)))
                group = next(spelled, None)
                to = self.layout.group(path, group) if group else ""
            else:
                known = name if name in self.layout.anchors else self._by_id.get(name, "")
                to = self.layout.endpoint(path, known) if known else ""
            return f"{found[1]}{to}{end}" if to else found[0]

        return re.sub(_FOREIGN % re.escape(end), href, text) if "#operation/" in text or "#tag/" in text else text

    @cached_property
    def _by_id(self) -> dict[str, str]:
        """Endpoints' names by their operationIds."""
        return {e.call.operation_id: e.name for e in self.api.public_endpoints if isinstance(e.call, HttpCall)}

    @cached_property
    def _contents(self) -> dict[str, tuple[str, Callable[[], PageContext]]]:
        """By path: the name of the page's template, and what makes the context that is put into it."""
        layout = self.layout
        found: dict[str, tuple[str, Callable[[], PageContext]]] = {OVERVIEW: ("overview", self._overview)}
        if layout.kind != "single" and layout.groups:
            found[REFERENCE] = ("reference", self._reference)
        for group in layout.groups if layout.kind == "operations" else ():
            found[group.path] = ("tag", partial(self._tag, group))
        one = ("operation", self._operation) if layout.kind == "operations" else ("endpoints", self._endpoints)
        found.update({page.path: (one[0], partial(one[1], page)) for page in layout.endpoint_pages})
        if self.api.webhooks:
            found[WEBHOOKS] = ("names", self._webhook_names) if layout.webhooks_apart else ("webhooks", self._webhooks)
        for webhook in self.api.webhooks if layout.webhooks_apart else ():
            found[layout.webhook_page(webhook.name)] = ("webhook", partial(self._webhook, webhook))
        if self._has_tools:
            found[MCP] = ("mcp", self._mcp)
        if self.api.schemas:
            self._used = users(self.api)
            found[SCHEMAS] = ("names", self._schema_names) if layout.schemas_apart else ("schemas", self._schemas)
        for name in in_order(self.api.schemas) if layout.schemas_apart else ():
            found[layout.schema_page(name)] = ("schema", partial(self._schema, name))
        return found

    def _overview(self) -> OverviewContext:
        words = (
            self.api.summary or first_sentence(self.api.description) or _("The reference of {api}.", api=self.api.title)
        )
        common = self._common(OVERVIEW, self.api.title, words)
        return overview(self.api, self.options, self.layout, common)

    def _reference(self) -> ReferenceContext:
        views = Endpoints(self.api, self.options, self.layout, REFERENCE)
        return ReferenceContext(
            **self._common(REFERENCE, _("Reference"), _("All that {api} can do, by topic.", api=self.api.title)),
            groups=tuple(views.group(group, whole=False) for group in self.layout.groups),
        )

    def _tag(self, group: Group) -> TagContext:
        views = Endpoints(self.api, self.options, self.layout, group.path)
        words = group.tag.description or ", ".join(title_of(e, self.api) for e in group.endpoints)
        return TagContext(
            **self._common(
                group.path,
                group.title,
                _("{topic} of {api}: {words}", topic=group.title, api=self.api.title, words=words),
            ),
            group=views.group(group, whole=False),
        )

    def _operation(self, page: EndpointsPage) -> OperationContext:
        endpoint = page.groups[0].endpoints[0]
        views = Endpoints(self.api, self.options, self.layout, page.path)
        view = views.endpoint(endpoint)
        words = in_short(endpoint)
        told = f"{view.method} {view.path}" + (f": {words}" if words else "")
        common = self._common(page.path, view.title, told)
        return OperationContext(
            **common,
            about=self._about("APIReference", view.title, told, common),
            data=page_data(
                self.api,
                self.options,
                common["root"],
                views.called,
                common=self._common_data if self.layout.brief else None,
            ),
            endpoint=view,
        )

    def _endpoints(self, page: EndpointsPage) -> EndpointsContext:
        views = Endpoints(self.api, self.options, self.layout, page.path)
        names = ", ".join(e.name for group in page.groups for e in group.endpoints)
        groups = tuple(views.group(group, whole=True) for group in page.groups)
        common = self._common(page.path, page.title, _("How to call {api}: {names}", api=self.api.title, names=names))
        return EndpointsContext(
            **common,
            data=page_data(self.api, self.options, common["root"], views.called),
            groups=groups,
            single=page.single,
        )

    @property
    def _has_tools(self) -> bool:
        return self.options.mcp and any(e.callable for e in self.api.public_endpoints)

    @property
    def _subscribed(self) -> str:
        return _("What {api} sends to whoever subscribed.", api=self.api.title)

    @property
    def _data(self) -> str:
        return _("The data that {api} takes and gives.", api=self.api.title)

    def _webhooks(self) -> WebhooksContext:
        views = Endpoints(self.api, self.options, self.layout, WEBHOOKS)
        anchors = self.layout.webhook_anchors
        return WebhooksContext(
            **self._common(WEBHOOKS, _("Webhooks"), self._subscribed),
            webhooks=tuple(views.request(webhook, anchors[webhook.name]) for webhook in self.api.webhooks),
        )

    def _webhook_names(self) -> NamesContext:
        return NamesContext(
            **self._common(WEBHOOKS, _("Webhooks"), self._subscribed),
            entries=tuple(
                LinkView(text=one.name, href=self.layout.webhook(WEBHOOKS, one.name), note=one_line(one.summary))
                for one in self.api.webhooks
            ),
        )

    def _webhook(self, webhook: Endpoint) -> WebhookContext:
        path = self.layout.webhook_page(webhook.name)
        views = Endpoints(self.api, self.options, self.layout, path)
        words = in_short(webhook) or self._subscribed
        common = self._common(path, webhook.name, _("Webhook: {words}", words=words))
        return WebhookContext(
            **common,
            about=self._about("APIReference", webhook.name, words, common),
            request=views.request(webhook, self.layout.webhook_anchors[webhook.name]),
        )

    def _mcp(self) -> McpContext:
        offered = [path for path, _ in self.options.downloads]
        found = make_tools(self.api) if self._tools is None else self._tools
        brief = len(found) > LARGEST
        words = _("The tools of {api} for language models, and how to connect them.", api=self.api.title)
        common = self._common(MCP, "MCP", words)
        follows = "" if self.options.mcp_url else mcp_url(self.api, self.options)
        return McpContext(
            **common,
            data=page_data(self.api, self.options, common["root"], {}, mcp=follows) if follows else Markup(""),
            server=server_name(self.api.title),
            transports=transport_views(self.api, self.options),
            tools=tuple(tool_view(tool, self.api, self.layout, self.options.proof, brief=brief) for tool in found),
            brief=brief,
            listed=listed_instead(self.api, found),
            listing=LinkView(text="mcp.json", href="../mcp.json") if "mcp.json" in offered else None,
        )

    def _schemas(self) -> SchemasContext:
        return SchemasContext(
            **self._common(SCHEMAS, _("Schemas"), self._data),
            schemas=tuple(self._schema_view(name, SCHEMAS) for name in in_order(self.api.schemas)),
        )

    def _schema_names(self) -> NamesContext:
        return NamesContext(
            **self._common(SCHEMAS, _("Schemas"), self._data),
            entries=tuple(
                LinkView(text=name, href=self.layout.schema(SCHEMAS, name) or "#")
                for name in in_order(self.api.schemas)
            ),
        )

    def _schema(self, name: str) -> SchemaContext:
        path = self.layout.schema_page(name)
        view = self._schema_view(name, path)
        words = view.description.striptags() or self._data
        common = self._common(path, name, f"{name}: {words}")
        return SchemaContext(**common, about=self._about("APIReference", name, words, common), schema=view)

    def _schema_view(self, name: str, path: str) -> SchemaView:
        href = partial(self.layout.schema, path)
        fields = Fields(self.api.schemas, href, self.layout.plain_fields, unfold=False)
        return schema_view(name, self.api, fields, self.layout, path, self._used.get(name, []))

    def _about(self, kind: str, title: str, words: str, common: dict[str, Any]) -> Markup:
        """What the page is about, in the words of schema.org."""
        whole = {"@type": "WebAPI", "name": one_line(self.api.title), "softwareVersion": self.api.version}
        known = {
            "@context": "https://schema.org",
            "@type": kind,
            "headline": one_line(title),
            "description": one_line(words),
            "isPartOf": whole,
        }
        return Markup(_RISKY.sub(lambda found: f"\\u{ord(found[0]):04x}", json_text(known)))

    def _common(self, path: str, title: str, description: str) -> dict[str, Any]:
        """The fields of PageContext."""
        words = one_line(description)
        return {
            "title": title,
            "heading": heading(title),
            "description": words if len(words) <= 160 else words[:159].rsplit(" ", 1)[0] + "…",
            "api_title": self.api.title,
            "version": self.api.version,
            "root": "../" * path.count("/"),
            "markdown_href": "index.md" if self.options.markdown_copies else "",
        }
