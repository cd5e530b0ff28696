"""What is to say of a media type, a link, a server or a tag beside schemas, as Markdown for pages and copies alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import unquote

from apispec.literals import json_text
from apispec.model import Api, Endpoint, HttpCall, MediaType, Schema, Tag
from apispec.rendering.pages.text import one_line
from apispec.requests import absolute, server_url
from apispec.words import _

_REFERENCE = re.compile(r"([^#]*)#/paths/([^/]+)/(?:additionalOperations/)?([^/]+)")
_SAID = ("style", "explode", "allowReserved")


def whole_schema(media: MediaType) -> Schema:
    """What a body is: a sequence where only its items are described (`itemSchema`, OpenAPI 3.2)."""
    if media.item_schema is None:
        return media.schema
    items: Schema = {"type": "array", "items": media.item_schema}
    return items if media.schema in ({}, True) else {"allOf": [media.schema, items]}


def encodings(media: MediaType) -> str:
    """How the parts of a body are encoded (Encoding Objects); empty where nothing is said."""
    found = [(_("Part `{name}`", name=name), one) for name, one in media.encoding.items()]
    found += [(_("Part `{name}`", name=number), one) for number, one in enumerate(media.prefix_encoding, 1)]
    found += [(_("Further parts") if media.prefix_encoding else _("Each part"), one) for one in media.item_encoding]
    lines = [f"- {part}: {'; '.join(words)}" for part, one in found if (words := list(_encoding(one)))]
    return "\n".join(lines)


def _encoding(one: Mapping[str, Any]) -> Iterable[str]:
    if isinstance(one.get("contentType"), str):
        yield _("sent as `{type}`", type=one_line(one["contentType"]))
    for key in _SAID:
        if key in one:
            yield f"{key} `{json_text(one[key])}`" if not isinstance(one[key], str) else f"{key} `{one[key]}`"
    headers = one.get("headers")
    for name, header in headers.items() if isinstance(headers, dict) else ():
        inner = header if isinstance(header, dict) else {}
        schema = inner.get("schema")
        words = inner.get("description") or (schema.get("description", "") if isinstance(schema, dict) else "")
        yield _("with the header `{name}`", name=one_line(str(name))) + (f" ({one_line(str(words))})" if words else "")


def with_more(description: str, more: str) -> str:
    """A description and what is to say beside it."""
    return "\n\n".join(part for part in (description.strip(), more) if part)


def led_to(link: Mapping[str, Any], api: Api) -> str:
    """The name of the operation that a Link Object leads to; empty where it is none of this API's."""
    wanted = link.get("operationId")
    found = _REFERENCE.fullmatch(str(link.get("operationRef", "")))
    place = ("", "")
    if found is not None and "://" not in found[1]:
        place = found[3].upper(), unquote(found[2]).replace("~1", "/").replace("~0", "~")
    for endpoint in api.public_endpoints:
        call = endpoint.call
        if isinstance(call, HttpCall) and (
            wanted in (endpoint.name, call.operation_id or endpoint.name) or place == (call.method, call.path)
        ):
            return endpoint.name
    return ""


def of_link(link: Mapping[str, Any]) -> str:
    """What a Link Object hands over, in words."""
    words = []
    given = link.get("parameters")
    for name, value in given.items() if isinstance(given, dict) else ():
        words.append(f"{one_line(str(name))} = {_value(value)}")
    if "requestBody" in link:
        words.append(_("body = {value}", value=_value(link["requestBody"])))
    server = link.get("server")
    if isinstance(server, dict) and isinstance(server.get("url"), str):
        words.append(_("at {place}", place=one_line(server["url"])))
    return ", ".join(words)


def _value(value: Any) -> str:
    return one_line(value if isinstance(value, str) else json_text(value))


def own_servers(endpoint: Endpoint) -> str:
    """Where an operation is called that has servers of its own."""
    lines = []
    for server in endpoint.servers:
        words = f": {one_line(server.description)}" if server.description else ""
        lines.append(f"- `{absolute(server_url(server))}`{words}")
    return _("Called at its own servers:") + "\n\n" + "\n".join(lines) if lines else ""


def marking_tags(endpoint: Endpoint, api: Api) -> str:
    """The tags that only mark an operation (`kind`, OpenAPI 3.2), as far as something is said of them."""
    tags = {tag.name: tag for tag in api.tags}
    found = [tags[name] for name in endpoint.tags if name in tags and tags[name].kind not in ("", "nav")]
    lines = []
    for tag in found:
        marked = _("Marked {name}", name=_bold(tag))
        lines.append(f"- {marked}: {one_line(tag.description)}" if tag.description else f"- {marked}")
    return "\n".join(lines)


def _bold(tag: Tag) -> str:
    return f"**{one_line(tag.title or tag.name)}**"


def around(tag: Tag, api: Api) -> str:
    """What is said of the tags that a tag is part of, where they have no operations of their own to say it with."""
    tags = {one.name: one for one in api.tags}
    used = {name for endpoint in api.public_endpoints for name in endpoint.tags}
    found: list[str] = []
    seen = {tag.name}
    parent = tags.get(tag.parent)
    while parent is not None and parent.name not in seen:
        seen.add(parent.name)
        if parent.name not in used:
            url = parent.external_docs.get("url", "")
            words = parent.external_docs.get("description") or _("More documentation")
            more = f"{words}: {url}" if url else ""
            found.insert(0, with_more(parent.description, more))
        parent = tags.get(parent.parent)
    return "\n\n".join(text for text in found if text)
