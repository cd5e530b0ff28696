"""Parts of operations as the change finder sees them, defaults written out: parameters, bodies, responses, servers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from apispec.changes.keywords import ANYTHING, UNCOMPARED, At
from apispec.documents import escape

_STYLES = {"query": "form", "path": "simple", "header": "simple", "cookie": "form"}
_COLLECTIONS = {
    "multi": ("form", True),
    "ssv": ("spaceDelimited", False),
    "pipes": ("pipeDelimited", False),
    "tsv": ("tabDelimited", False),
}
"""How Swagger 2.0 calls the ways to write lists, but for the usual one."""
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


Resolve = Callable[[Any, str], tuple[dict[str, Any], str]]
"""Follows references: an object and its pointer, as they stand, to those at the end."""

Server = dict[str, tuple[str, frozenset[str]]]
"""The variables of a server's address: default, and the values it may have (none listed: any)."""


@dataclass(frozen=True)
class WrittenView:
    """What is written in one line: a parameter or a header."""

    name: str
    required: bool
    deprecated: bool
    style: tuple[str, bool]
    """Style and explode; `content` and the media type for one that is written as a document."""
    schema: At
    pointer: str

    @property
    def written(self) -> str:
        """Its style in words."""
        return f"{self.style[0]}{' (explode)' if self.style[1] else ''}"


@dataclass(frozen=True)
class ParameterView(WrittenView):
    """A parameter with its defaults written out."""

    place: str
    may_be_empty: bool
    reserved: bool


@dataclass(frozen=True)
class Encoding:
    """How a field of a form is sent."""

    types: tuple[str, ...] = ()
    """Media types; none for any."""
    style: str = ""
    required: frozenset[str] = frozenset()
    """Headers that its part must have, in lower case."""


@dataclass(frozen=True)
class MediaView:
    """A media type of a body."""

    schema: At
    items: At
    """The schema of each item of a stream."""
    encoding: dict[str, Encoding]


@dataclass(frozen=True)
class BodyView:
    """A request body."""

    required: bool
    content: dict[str, MediaView]
    pointer: str


@dataclass(frozen=True)
class ResponseView:
    """A response."""

    content: dict[str, MediaView]
    headers: dict[str, WrittenView]
    pointer: str
    links: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Its links by name: where each leads, as JSON, and where it stands."""


def parameter_of(value: dict[str, Any], pointer: str, resolve: Resolve, *, is_swagger: bool) -> ParameterView:
    """A parameter that stands at a place."""
    place = str(value.get("in"))
    return ParameterView(
        name=str(value["name"]),
        place=place,
        required=value.get("required") is True or place == "path",
        deprecated=value.get("deprecated") is True,
        may_be_empty=value.get("allowEmptyValue") is True,
        reserved=value.get("allowReserved") is True,
        style=style_of(value, place, is_swagger=is_swagger),
        schema=described(value, pointer, resolve),
        pointer=pointer,
    )


def style_of(value: dict[str, Any], place: str, *, is_swagger: bool) -> tuple[str, bool]:
    """How a parameter or header is written, and whether with each value on its own."""
    usual = _STYLES.get(place, "")
    if is_swagger:
        style, explode = _COLLECTIONS.get(str(value.get("collectionFormat", "csv")), ("", False))
        return style or usual, explode
    content = mapping(value.get("content"))
    if "schema" not in value and content:
        return f"content {next(iter(content))}", False
    style = str(value.get("style", usual))
    return style, bool(value.get("explode", style == "form"))


def described(value: dict[str, Any], pointer: str, resolve: Resolve) -> At:
    """The schema of a parameter or header: under `schema`, in its one media type, or (2.0) itself."""
    if "schema" in value:
        return At(value["schema"], f"{pointer}/schema")
    for name, raw in mapping(value.get("content")).items():
        media, place = resolve(raw, f"{pointer}/content/{escape(name)}")
        if "schema" in media:
            return At(media["schema"], f"{place}/schema")
    return At(value, pointer) if "type" in value else ANYTHING


def media_types(value: dict[str, Any], pointer: str, resolve: Resolve) -> dict[str, MediaView]:
    """The media types of a body or response, by name in one spelling."""
    found = {}
    for name, raw in mapping(value.get("content")).items():
        inner, place = resolve(raw, f"{pointer}/content/{escape(name)}")
        encodings = {field: said for field, said in _encodings(inner) if isinstance(said, dict)}
        schema = plain_bytes(At(inner["schema"], f"{place}/schema")) if "schema" in inner else At(True, place)
        items = At(inner["itemSchema"], f"{place}/itemSchema") if "itemSchema" in inner else At(True, place)
        key = media_type(name)
        if key in _STREAMS and "itemSchema" not in inner:
            schema, items = At(True, place), _of_items(schema)
        found[key] = MediaView(schema, items, {field: _encoding(said) for field, said in encodings.items()})
    return found


def _encodings(media: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """How the parts of a body are sent, by name, by position or (3.2) each of them."""
    yield from mapping(media.get("encoding")).items()
    for position, said in enumerate(listing(media.get("prefixEncoding"))):
        yield f"[{position}]", said
    if "itemEncoding" in media:
        yield "[]", media["itemEncoding"]


_STREAMS = frozenset(
    {
        "text/event-stream", "application/jsonl", "application/x-ndjson", "application/ndjson", "application/json-seq",
        "application/geo+json-seq",
    }
)  # fmt: skip
"""Media types that are one item after the other; before 3.2, their schema is that of an item, or of a list of them."""


def _of_items(at: At) -> At:
    if isinstance(at.value, dict) and at.value.get("type") == "array" and "items" in at.value:
        return At(at.value["items"], f"{at.pointer}/items")
    return at


def media_type(name: str) -> str:
    """As it is compared: in lower case, without what says nothing about the form."""
    parts = [part.strip() for part in name.lower().split(";")]
    return "; ".join([parts[0], *sorted(part for part in parts[1:] if not part.startswith("charset="))])


def _encoding(said: dict[str, Any]) -> Encoding:
    types = str(said.get("contentType", ""))
    style = ""
    if said.keys() & {"style", "explode", "allowReserved"}:
        name = str(said.get("style", "form"))
        style = f"{name} {said.get('explode', name == 'form')} {said.get('allowReserved', False)}"
    headers = frozenset(
        name.lower()
        for name, header in mapping(said.get("headers")).items()
        if mapping(header).get("required") is True and name.lower() != "content-type"
    )
    return Encoding(tuple(sorted(media_type(name) for name in types.split(",") if name.strip())), style, headers)


def plain_bytes(at: At) -> At:
    """Nothing for a body of mere bytes: 3.1 says so by no schema, 3.0 by a format, 2.0 by a type."""
    said = {
        key: inner for key, inner in mapping(at.value).items() if key not in UNCOMPARED and not key.startswith("x-")
    }
    is_bytes = said in ({"type": "string", "format": "binary"}, {"type": "file"}, _OCTETS)
    return At(True, at.pointer) if is_bytes else at


_OCTETS = {"type": "string", "contentMediaType": "application/octet-stream"}


def addresses(servers: list[Any]) -> dict[str, Server]:
    """Servers by address, without those that mean "where it came from"."""
    found = {}
    for server in servers:
        if isinstance(server, dict) and isinstance(server.get("url"), str) and server["url"].rstrip("/"):
            found[_spelled(server["url"].rstrip("/"))] = {
                name: (str(variable.get("default", "")), frozenset(map(str, listing(variable.get("enum")))))
                for name, variable in mapping(server.get("variables")).items()
                if isinstance(variable, dict)
            }
    return found


def _spelled(url: str) -> str:
    """A server's address in one spelling: scheme and host in lower case, without the port that goes without saying."""
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]*)://([^/?#]*)(.*)", url, re.DOTALL)
    if found is None:
        return url
    scheme = found[1].lower()
    host = "".join(part if part.startswith("{") else part.lower() for part in re.split(r"(\{[^}]*\})", found[2]))
    return f"{scheme}://{host.removesuffix(_PORTS.get(scheme, ''))}{found[3]}"


_PORTS = {"http": ":80", "https": ":443", "ws": ":80", "wss": ":443"}


def mapping(value: Any) -> dict[str, Any]:
    """An object, empty for anything else."""
    return value if isinstance(value, dict) else {}


def listing(value: Any) -> list[Any]:
    """A list, empty for anything else."""
    return value if isinstance(value, list) else []
