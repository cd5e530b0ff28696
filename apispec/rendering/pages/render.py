"""From an Api to its pages: a context for each, put into the page's template, and into that of its Markdown copy."""

from __future__ import annotations

import contextlib
import dataclasses
import re
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache, partial
from typing import Any

from jinja2 import Environment
from jinja2 import TemplateError as JinjaError
from jinja2.runtime import Macro
from markupsafe import Markup

from apispec.errors import TemplateError
from apispec.literals import json_text
from apispec.model import Api
from apispec.rendering.pages.assets import assets
from apispec.rendering.pages.code import fenced, highlight, quoted
from apispec.rendering.pages.context import (
    EndpointsContext,
    FieldView,
    LinkView,
    McpContext,
    OverviewContext,
    PageContext,
    SchemasContext,
    WebhooksContext,
)
from apispec.rendering.pages.data import page_data
from apispec.rendering.pages.endpoints import Endpoints
from apispec.rendering.pages.fields import Fields
from apispec.rendering.pages.layout import LARGEST, MCP, OVERVIEW, WEBHOOKS, EndpointsPage, Layout, SchemasPage
from apispec.rendering.pages.mcp import mcp_url, tool_view, transport_views
from apispec.rendering.pages.options import PagesOptions
from apispec.rendering.pages.overview import overview
from apispec.rendering.pages.schemas import schema_view, users
from apispec.rendering.pages.text import apart, escape, heading, one_line
from apispec.rendering.sharing import shared_out
from apispec.templating import environment
from apispec.tools import Tool, server_name
from apispec.tools import tools as make_tools

NavItem = tuple[str, "str | list[NavItem]"]
"""A title and a page's path, or the items below it."""

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
        self.layout = Layout(api, self.options)

    def render(self) -> dict[str, str | bytes]:
        """Every page and asset, by path.

        Raises:
            TemplateError: A template is wrong or missing.
        """
        files: dict[str, str | bytes] = {path: page for path, (page, _) in self._texts.items()}
        files.update(assets(_page_environment(self.options.template_dirs), self.options.template_dirs))
        return files

    def copies(self) -> dict[str, str | bytes]:
        """Each page again as plain Markdown, by the same path; for beside the built page, not among its sources. Empty
        texts where the options leave them out.

        Raises:
            TemplateError: A template is wrong or missing.
        """
        return {path: copy for path, (_, copy) in self._texts.items()}

    def navigation(self) -> list[NavItem]:
        """The pages in reading order, with titles."""
        items: list[NavItem] = [("Overview", OVERVIEW)]
        items += _section("Reference", [(page.title, page.path) for page in self.layout.endpoint_pages])
        items += [("Webhooks", WEBHOOKS)] if self.api.webhooks else []
        items += [("MCP", MCP)] if self._has_tools else []
        items += _section("Schemas", [(page.title, page.path) for page in self.layout.schema_pages])
        return items

    @cached_property
    def _texts(self) -> dict[str, tuple[str, str]]:
        """Each page and its copy, by path; the copy is empty where nobody wants it."""
        paths = list(self._contents)
        size = len(self.api.public_endpoints) + len(self.api.schemas)
        if size < MANY:
            return {path: self._both(path) for path in paths}
        return dict(zip(paths, shared_out(self._both, paths), strict=True))

    def _both(self, path: str) -> tuple[str, str]:
        kind, make = self._contents[path]
        context, folders = make(), self.options.template_dirs
        page = _rendered(_page_environment(folders), f"pages/{kind}.md.jinja", context)
        if not self.options.markdown_copies:
            return page, ""
        return page, _rendered(_copy_environment(folders), f"copies/{kind}.md.jinja", context)

    @cached_property
    def _contents(self) -> dict[str, tuple[str, Callable[[], PageContext]]]:
        """By path: the name of the page's template, and what makes the context that is put into it."""
        found: dict[str, tuple[str, Callable[[], PageContext]]] = {OVERVIEW: ("overview", self._overview)}
        found.update({page.path: ("endpoints", partial(self._endpoints, page)) for page in self.layout.endpoint_pages})
        if self.api.webhooks:
            found[WEBHOOKS] = ("webhooks", self._webhooks)
        if self._has_tools:
            found[MCP] = ("mcp", self._mcp)
        used = users(self.api) if self.layout.schema_pages else {}
        found.update({page.path: ("schemas", partial(self._schemas, page, used)) for page in self.layout.schema_pages})
        return found

    def _overview(self) -> OverviewContext:
        words = self.api.summary or f"The reference of {self.api.title}."
        common = self._common(OVERVIEW, self.api.title, words)
        return overview(self.api, self.options, self.layout, common)

    def _endpoints(self, page: EndpointsPage) -> EndpointsContext:
        views = Endpoints(self.api, self.options, self.layout, page.path)
        names = ", ".join(e.name for group in page.groups for e in group.endpoints)
        groups = tuple(views.group(group, whole=True) for group in page.groups)
        common = self._common(page.path, page.title, f"How to call {self.api.title}: {names}")
        return EndpointsContext(
            **common,
            data=page_data(self.api, self.options, common["root"], views.called),
            groups=groups,
            single=page.single,
        )

    @property
    def _has_tools(self) -> bool:
        return self.options.mcp and any(e.callable for e in self.api.public_endpoints)

    def _webhooks(self) -> WebhooksContext:
        views = Endpoints(self.api, self.options, self.layout, WEBHOOKS)
        anchors = apart(webhook.name for webhook in self.api.webhooks)
        return WebhooksContext(
            **self._common(WEBHOOKS, "Webhooks", f"What {self.api.title} sends to whoever subscribed."),
            webhooks=tuple(map(views.request, self.api.webhooks, anchors)),
        )

    def _mcp(self) -> McpContext:
        offered = [path for path, _ in self.options.downloads]
        found = make_tools(self.api) if self._tools is None else self._tools
        brief = len(found) > LARGEST
        words = f"The tools of {self.api.title} for language models, and how to connect them."
        common = self._common(MCP, "MCP", words)
        follows = "" if self.options.mcp_url else mcp_url(self.api, self.options)
        return McpContext(
            **common,
            data=page_data(self.api, self.options, common["root"], {}, mcp=follows) if follows else Markup(""),
            server=server_name(self.api.title),
            transports=transport_views(self.api, self.options),
            tools=tuple(tool_view(tool, self.api, self.layout, self.options.proof, brief=brief) for tool in found),
            brief=brief,
            listing=LinkView(text="mcp.json", href="../mcp.json") if "mcp.json" in offered else None,
        )

    def _schemas(self, page: SchemasPage, used: dict[str, list[str]]) -> SchemasContext:
        shared = self.layout.plain_fields
        fields = Fields(self.api.schemas, lambda name: self.layout.schema(page.path, name), shared, unfold=False)
        return SchemasContext(
            **self._common(page.path, page.title, f"The data that {self.api.title} takes and gives."),
            schemas=tuple(
                schema_view(name, self.api, fields, self.layout, page.path, used.get(name, [])) for name in page.names
            ),
        )

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


def preload(template_dirs: tuple[str, ...] = ()) -> None:
    """Compile templates and lexers; worth doing in a thread while something else is waited for."""
    for language in ("python", "javascript", "bash", "json"):
        highlight("", language)
    env = _page_environment(template_dirs)
    for name in env.list_templates(filter_func=lambda name: name.startswith("pages/")):
        with contextlib.suppress(JinjaError):  # said when the template is used
            env.get_template(name)


def _section(title: str, pages: list[NavItem]) -> list[NavItem]:
    return [(title, pages)] if len(pages) > 1 else pages


@lru_cache(maxsize=8)
def _page_environment(template_dirs: tuple[str, ...]) -> Environment:
    """The shared environment, but whatever a template prints is escaped for HTML unless it is Markup."""
    env = environment(template_dirs).overlay(autoescape=True, finalize=escape)
    env.filters = {**env.filters, "front": _front, "printed": printed}  # a copy: overlays share the dict
    return env


@lru_cache(maxsize=8)
def _copy_environment(template_dirs: tuple[str, ...]) -> Environment:
    """The shared environment with what Markdown needs."""
    env = environment(template_dirs).overlay()
    env.filters = {**env.filters, "fenced": fenced, "quoted": quoted, "line": one_line, "printed": printed}
    return env


def printed(view: FieldView, macro: Macro) -> str:
    """What a macro makes of a field that is no object, made once for all places that show it. Macros that are used so
    have names of their own, in pages and copies together.
    """
    if macro.name not in view.printed:
        view.printed[macro.name] = macro(view)
    return view.printed[macro.name]


def _front(text: str) -> Markup:
    """Text for the front matter: a JSON string is YAML, and themes print it into their HTML as it is."""
    return Markup(json_text(str(escape(text))))


def _rendered(env: Environment, template: str, context: PageContext) -> str:
    values = {field.name: getattr(context, field.name) for field in dataclasses.fields(context)}
    try:
        text = env.get_template(template).render(values)
    except JinjaError as error:
        line = getattr(error, "lineno", None)
        where = f"{getattr(error, 'name', None) or template}:{line}" if line else template
        raise TemplateError(f"{type(error).__name__}: {error}", where=where) from error
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
