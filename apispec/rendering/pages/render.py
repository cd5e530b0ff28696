"""From an Api to its pages: one context per page, put into the page's template."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from jinja2 import Environment
from jinja2 import TemplateError as JinjaError
from markupsafe import Markup

from apispec import example
from apispec.call import base_url, server_url
from apispec.errors import TemplateError
from apispec.example import NoExampleError
from apispec.literals import json_text
from apispec.model import Api, Endpoint
from apispec.rendering.pages.context import (
    EndpointsContext,
    LinkView,
    OverviewContext,
    PageContext,
    SchemasContext,
    SchemaView,
    SchemeView,
)
from apispec.rendering.pages.descriptions import inline, markdown
from apispec.rendering.pages.endpoints import Endpoints, code, safe_link
from apispec.rendering.pages.fields import Fields, choices, constraints
from apispec.rendering.pages.layout import OVERVIEW, Layout
from apispec.rendering.pages.options import PagesOptions
from apispec.rendering.pages.text import escape, heading, one_line
from apispec.schema import referenced
from apispec.templating import environment

NavItem = tuple[str, "str | list[NavItem]"]
"""A title and a page's path, or the items below it."""

ASSETS = ("assets/apispec.css", "assets/apispec.js")


def render(api: Api, options: PagesOptions | None = None) -> dict[str, str | bytes]:
    """Every page and asset, by path.

    Raises:
        TemplateError: A template is wrong or missing.
    """
    options = options or PagesOptions()
    layout = Layout(api, options)
    pages: dict[str, PageContext] = {OVERVIEW: _overview(api, options, layout)}
    templates = {OVERVIEW: "overview"}
    for page in layout.endpoint_pages:
        views = Endpoints(api, options, layout, page.path)
        pages[page.path] = EndpointsContext(
            **_common(api, options, page.path, page.title, f"Endpoints of {api.title}: {page.title}."),
            groups=tuple(views.group(group, whole=True) for group in page.groups),
            single=page.single,
        )
        templates[page.path] = "endpoints"
    for part in layout.schema_pages:
        fields = Fields(api.schemas, lambda name, path=part.path: layout.schema(path, name))  # type: ignore[misc]
        users = _users(api)
        pages[part.path] = SchemasContext(
            **_common(api, options, part.path, part.title, f"The data that {api.title} takes and gives."),
            schemas=tuple(_schema(name, api, fields, layout, part.path, users.get(name, [])) for name in part.names),
        )
        templates[part.path] = "schemas"
    env = _environment(options.template_dirs)
    files: dict[str, str | bytes] = {
        path: _page(env, f"pages/{templates[path]}.md.jinja", context) for path, context in pages.items()
    }
    files.update({name: _asset(env, name) for name in ASSETS})
    return files


def navigation(api: Api, options: PagesOptions | None = None) -> list[NavItem]:
    """The pages in reading order, with titles."""
    options = options or PagesOptions()
    layout = Layout(api, options)
    items: list[NavItem] = [("Overview", OVERVIEW)]
    items += _section("Reference", [(page.title, page.path) for page in layout.endpoint_pages])
    items += _section("Schemas", [(page.title, page.path) for page in layout.schema_pages])
    return items


def _section(title: str, pages: list[NavItem]) -> list[NavItem]:
    return [(title, pages)] if len(pages) > 1 else pages


@lru_cache(maxsize=8)
def _environment(template_dirs: tuple[str, ...]) -> Environment:
    """The shared environment, but whatever a template prints is escaped for HTML unless it is Markup."""
    env = environment(template_dirs).overlay(autoescape=True, finalize=escape)
    env.filters["front"] = lambda text: Markup(json_text(str(escape(text))))
    return env


def _page(env: Environment, template: str, context: PageContext) -> str:
    values = {field.name: getattr(context, field.name) for field in dataclasses.fields(context)}
    try:
        text = env.get_template(template).render(values)
    except JinjaError as error:
        line = getattr(error, "lineno", None)
        where = f"{getattr(error, 'name', None) or template}:{line}" if line else template
        raise TemplateError(f"{type(error).__name__}: {error}", where=where) from error
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def _asset(env: Environment, name: str) -> str:
    assert env.loader is not None
    return env.loader.get_source(env, name)[0]


def _common(api: Api, options: PagesOptions, path: str, title: str, description: str) -> dict[str, Any]:
    return {
        "title": title,
        "heading": heading(title),
        "description": one_line(description),
        "api_title": api.title,
        "version": api.version,
        "root": "../" * path.count("/"),
        "markdown_href": "index.md" if options.markdown_copies else "",
    }


def _overview(api: Api, options: PagesOptions, layout: Layout) -> OverviewContext:
    views = Endpoints(api, options, layout, OVERVIEW)
    first = _first_call(api)
    server = base_url(api) if options.base_url is None else options.base_url
    others = [safe_link(server_url(s), server_url(s), one_line(s.description)) for s in api.servers]
    groups = [group for page in layout.endpoint_pages for group in page.groups]
    return OverviewContext(
        **_common(api, options, OVERVIEW, api.title, api.summary or f"{api.title}: API reference."),
        summary=inline(api.summary),
        body=markdown(api.description),
        servers=tuple(others) if others and options.base_url is None else (LinkView(text=server, href=server),),
        schemes=tuple(_scheme(name, scheme) for name, scheme in api.security_schemes.items()),
        first_call=views.with_call(first, "first") if first else None,
        groups=tuple(views.group(group, whole=False) for group in groups),
        downloads=tuple(LinkView(text=path, href=path, note=words) for path, words in options.downloads),
        links=tuple(_links(api)),
    )


def _first_call(api: Api) -> Endpoint | None:
    """The call to show first: one that needs little, answers JSON and is not on its way out."""

    def rank(endpoint: Endpoint) -> tuple[bool, bool, bool, bool, int]:
        result = endpoint.result
        return (
            endpoint.deprecated or not endpoint.callable,
            any(p.location == "file" for p in endpoint.parameters),
            result is None or result.is_file or result.streaming,
            not endpoint.examples,
            sum(p.required for p in endpoint.parameters),
        )

    return min(api.public_endpoints, key=rank, default=None)


def _scheme(name: str, scheme: dict[str, object]) -> SchemeView:
    kind = {
        "apiKey": f"API key in the {scheme.get('in', 'header')} {scheme.get('name', '')}",
        "http": f"HTTP {scheme.get('scheme', '')} authentication",
        "oauth2": "OAuth 2.0",
        "openIdConnect": "OpenID Connect",
        "mutualTLS": "client certificate",
    }.get(str(scheme.get("type")), str(scheme.get("type")))
    urls = [("openIdConnectUrl", "configuration")]
    links = [safe_link(words, str(scheme[key])) for key, words in urls if key in scheme]
    flows = scheme.get("flows")
    for flow in flows.values() if isinstance(flows, dict) else ():
        links += [
            safe_link(words, str(flow[key]))
            for key, words in (("authorizationUrl", "authorize"), ("tokenUrl", "token"))
            if isinstance(flow, dict) and key in flow
        ]
    return SchemeView(name=name, kind=kind, description=markdown(str(scheme.get("description", ""))), urls=tuple(links))


def _links(api: Api) -> Iterable[LinkView]:
    if api.external_docs.get("url"):
        yield safe_link(api.external_docs.get("description") or "More documentation", api.external_docs["url"])
    if api.contact and (api.contact.url or api.contact.email):
        yield safe_link(api.contact.name or "Contact", api.contact.url or f"mailto:{api.contact.email}")
    if api.license and (api.license.url or api.license.identifier):
        yield safe_link(
            f"Licence: {api.license.name}",
            api.license.url or f"https://spdx.org/licenses/{api.license.identifier}.html",
        )
    if api.terms_of_service:
        yield safe_link("Terms of service", api.terms_of_service)


def _users(api: Api) -> dict[str, list[str]]:
    """Which endpoints name a component directly: component → endpoint names."""
    found: dict[str, list[str]] = {}
    for endpoint in api.public_endpoints:
        schemas = [p.schema for p in endpoint.parameters]
        schemas += [m.schema for m in endpoint.request_body.content] if endpoint.request_body else []
        schemas += [endpoint.result.schema] if endpoint.result else []
        schemas += [m.schema for r in endpoint.responses for m in r.content]
        for name in dict.fromkeys(name for schema in schemas for name in referenced(schema)):
            found.setdefault(name, []).append(endpoint.name)
    return found


def _schema(name: str, api: Api, fields: Fields, layout: Layout, path: str, users: list[str]) -> SchemaView:
    schema = api.schemas[name]
    words = str(schema.get("description", "")) if isinstance(schema, dict) else ""
    try:
        shown = code("JSON", json_text(example.example(schema, api.schemas, name=name), indent=2), "json")
    except NoExampleError:
        shown = None
    return SchemaView(
        name=name,
        heading=heading(name),
        anchor=layout.schema_anchors[name],
        type=fields.type(schema),
        description=markdown(words),
        constraints=constraints(schema),
        choices=choices(schema),
        fields=fields.of_object(schema, optional=True),
        nested=fields.nested(schema),
        example=shown,
        used_by=tuple(LinkView(text=user, href=layout.endpoint(path, user)) for user in users),
    )
