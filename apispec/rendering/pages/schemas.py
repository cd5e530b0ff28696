"""Components as views: what is said about each on the schemas pages."""

from __future__ import annotations

from apispec import examples as example
from apispec.examples import NoExampleError
from apispec.literals import json_text
from apispec.model import Api
from apispec.rendering.pages.code import code
from apispec.rendering.pages.fields import Fields
from apispec.rendering.pages.layout import Layout
from apispec.rendering.pages.text import heading
from apispec.rendering.pages.views import LinkView, SchemaView
from apispec.schemas import ref, referenced
from apispec.words import _


def users(api: Api) -> dict[str, list[str]]:
    """Which endpoints name a component directly: component → endpoint names."""
    found: dict[str, list[str]] = {}
    for endpoint in api.public_endpoints:
        schemas = [p.schema for p in endpoint.parameters]
        schemas += [media.schema for media in endpoint.request_body.content] if endpoint.request_body else []
        schemas += [endpoint.result.schema] if endpoint.result else []
        schemas += [media.schema for response in endpoint.responses for media in response.content]
        for name in dict.fromkeys(name for schema in schemas for name in referenced(schema)):
            found.setdefault(name, []).append(endpoint.name)
    return found


def schema_view(name: str, api: Api, fields: Fields, layout: Layout, page: str, used_by: list[str]) -> SchemaView:
    """A component, as its page shows it.

    Args:
        name: The component's.
        api: The Api.
        fields: Makes views for that page.
        layout: Where everything is.
        page: The path of the page.
        used_by: Names of the endpoints that use it.
    """
    schema = api.schemas[name]
    try:
        value = example.example(ref(name), api.schemas, name=name)
        shown = code(_("Example"), json_text(value, indent=2), "json")
    except NoExampleError:
        shown = None
    own, content = fields.component(name, schema)
    return SchemaView(
        name=name,
        heading=heading(name),
        anchor=layout.schema_anchors[name],
        type=content.type,
        plain_type=content.plain_type,
        description=content.description,
        plain_description=content.plain_description,
        fields=own,
        content=content,
        example=shown,
        used_by=tuple(LinkView(text=user, href=layout.endpoint(page, user)) for user in used_by),
    )
