"""What the change finder sees of a document: operations, parameters, bodies and answers, 2.0 and 3.x alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import unquote

from apispec.changes.keywords import ANYTHING, UNCOMPARED, At
from apispec.documents import escape, find
from apispec.documents.pointers import MISSING
from apispec.rules.grammar import METHODS
from apispec.rules.index import placeholders

_STYLES = {"query": "form", "path": "simple", "header": "simple", "cookie": "form"}
_COLLECTIONS = {
    "multi": ("form", True),
    "ssv": ("spaceDelimited", False),
    "pipes": ("pipeDelimited", False),
    "tsv": ("tabDelimited", False),
}
"""How Swagger 2.0 calls the ways to write lists, but for the usual one."""
_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


Server = dict[str, tuple[str, frozenset[str]]]
"""The variables of a server's address: default, and the values it may have (none listed: any)."""


@dataclass(frozen=True)
class ParameterView:
    """A parameter with its defaults written out."""

    name: str
    place: str
    required: bool
    deprecated: bool
    may_be_empty: bool
    reserved: bool
    style: tuple[str, bool]
    """Style and explode; `content` and the media type for one that is written as a document."""
    schema: At
    pointer: str

    @property
    def written(self) -> str:
        """Its style in words."""
        return f"{self.style[0]}{' (explode)' if self.style[1] else ''}"


@dataclass(frozen=True)
class Encoding:
    """How a field of a form is sent."""

    types: tuple[str, ...] = ()
    """Media types; none for any."""
    style: str = ""


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
class HeaderView:
    """A response header."""

    name: str
    required: bool
    schema: At
    pointer: str


@dataclass(frozen=True)
class ResponseView:
    """A response."""

    content: dict[str, MediaView]
    headers: dict[str, HeaderView]
    pointer: str


@dataclass(frozen=True)
class OperationView:
    """An operation and the path item it stands in."""

    document: View
    method: str
    path: str
    value: dict[str, Any]
    pointer: str
    item: dict[str, Any] = field(default_factory=dict)
    item_pointer: str = ""

    @property
    def name(self) -> str:
        """Its operationId; empty where it has none."""
        name = self.value.get("operationId")
        return name if isinstance(name, str) else ""

    @property
    def title(self) -> str:
        """`GET /pets`."""
        return f"{self.method.upper()} {self.path}"

    @property
    def sunset(self) -> date | None:
        """The day after which it may be gone (`x-sunset`); None where it says none."""
        try:
            return date.fromisoformat(str(self.value.get("x-sunset"))[:10])
        except ValueError:
            return None

    @cached_property
    def parameters(self) -> dict[tuple[str, str], ParameterView]:
        """By place and name; path parameters by their position, header names in lower case."""
        found: dict[tuple[str, str], ParameterView] = {}
        order = placeholders(self.path)
        for holder, pointer in ((self.item, self.item_pointer), (self.value, self.pointer)):
            for position, raw in enumerate(_list(holder.get("parameters"))):
                value, place = self.document.resolve(raw, f"{pointer}/parameters/{position}")
                name, where = value.get("name"), value.get("in")
                if not isinstance(name, str) or where in ("body", "formData", None):
                    continue
                key = str(order.index(name)) if where == "path" and name in order else name
                found[str(where), key.lower() if where == "header" else key] = _parameter(
                    value, place, is_swagger=self.document.is_swagger
                )
        return found

    @cached_property
    def body(self) -> BodyView | None:
        """The request body; Swagger's body and form parameters make one."""
        if self.document.is_swagger:
            return self._swagger_body()
        if "requestBody" not in self.value:
            return None
        value, pointer = self.document.resolve(self.value["requestBody"], f"{self.pointer}/requestBody")
        return BodyView(value.get("required") is True, _content(value, pointer), pointer)

    def _swagger_body(self) -> BodyView | None:
        fields: dict[str, Any] = {}
        required: list[str] = []
        for holder, pointer in ((self.item, self.item_pointer), (self.value, self.pointer)):
            for position, raw in enumerate(_list(holder.get("parameters"))):
                value, place = self.document.resolve(raw, f"{pointer}/parameters/{position}")
                if value.get("in") == "body":
                    schema = At(value.get("schema", True), f"{place}/schema")
                    return BodyView(value.get("required") is True, self._media("consumes", schema), place)
                if value.get("in") == "formData" and isinstance(value.get("name"), str):
                    fields[value["name"]] = {key: inner for key, inner in value.items() if key != "required"}
                    required += [value["name"]] if value.get("required") is True else []
        if not fields:
            return None
        form = self.document.made({"type": "object", "properties": fields, "required": required})
        place = f"{self.pointer}/parameters"
        has_files = any(field.get("type") == "file" for field in fields.values())
        said = [name for name in self._types("consumes") if name in _FORMS]
        media = MediaView(At(form, place), ANYTHING, {})
        return BodyView(bool(required), dict.fromkeys(said or _FORMS[: 1 if has_files else 2], media), place)

    def _media(self, key: str, schema: At) -> dict[str, MediaView]:
        media = MediaView(_plain_bytes(schema), ANYTHING, {})
        return {_media_type(name): media for name in self._types(key)}

    def _types(self, key: str) -> list[str]:
        types = self.value.get(key, self.document.data.get(key))
        return [name for name in _list(types) if isinstance(name, str)] or ["application/json"]

    @cached_property
    def responses(self) -> dict[str, ResponseView]:
        """By status code."""
        found = {}
        for status, raw in _dict(self.value.get("responses")).items():
            if status.startswith("x-"):
                continue
            value, pointer = self.document.resolve(raw, f"{self.pointer}/responses/{escape(status)}")
            content = _content(value, pointer)
            if self.document.is_swagger and "schema" in value:
                content = self._media("produces", At(value["schema"], f"{pointer}/schema"))
            found[status.upper() if status != "default" else status] = ResponseView(
                content, dict(self._headers(value, pointer)), pointer
            )
        return found

    def _headers(self, response: dict[str, Any], pointer: str) -> Iterator[tuple[str, HeaderView]]:
        for name, raw in _dict(response.get("headers")).items():
            value, place = self.document.resolve(raw, f"{pointer}/headers/{escape(name)}")
            if name.lower() != "content-type":
                yield name.lower(), HeaderView(name, value.get("required") is True, _described(value, place), place)

    @cached_property
    def callbacks(self) -> dict[tuple[str, str], OperationView]:
        """Operations of callbacks, by expression and method: what a callback is called, nobody sends."""
        listed = []
        for name, raw in _dict(self.value.get("callbacks")).items():
            callback, pointer = self.document.resolve(raw, f"{self.pointer}/callbacks/{escape(name)}")
            for expression, item in callback.items():
                if isinstance(item, dict) and not expression.startswith("x-"):
                    place = f"{pointer}/{escape(expression)}"
                    views = self.document.of_item(f"{name} {expression}", item, place)
                    listed += [(expression, view) for view in views]
        count = Counter((expression, view.method) for expression, view in listed)
        return {
            (expression if count[expression, view.method] == 1 else view.path, view.method): view
            for expression, view in listed
        }

    @cached_property
    def security(self) -> list[dict[str, frozenset[str]]]:
        """The ways to authenticate, any of which is enough; `[{}]` for none."""
        raw = self.value.get("security", self.document.data.get("security"))
        ways = [
            {name: frozenset(map(str, _list(scopes))) for name, scopes in requirement.items()}
            for requirement in _list(raw)
            if isinstance(requirement, dict)
        ]
        return ways or [{}]

    @property
    def servers(self) -> dict[str, Server] | None:
        """Its own server addresses; None where it has those of the document."""
        for holder in (self.value, self.item):
            if isinstance(holder.get("servers"), list):
                return _addresses(holder["servers"])
        return None


class View:
    """A document as the change finder sees it."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.is_swagger = data.get("swagger") == "2.0"
        self._kept: list[Any] = []

    def made(self, value: Any) -> Any:
        """A value that stands nowhere in the document; kept alive, since identities are remembered."""
        self._kept.append(value)
        return value

    def resolve(self, value: Any, pointer: str) -> tuple[dict[str, Any], str]:
        """An object with references followed, and where it stands; an empty one where they lead nowhere."""
        for _ in range(50):
            if not isinstance(value, dict):
                return {}, pointer
            reference = value.get("$ref")
            if not isinstance(reference, str):
                return value, pointer
            value = find(self.data, reference) if reference.startswith("#") else MISSING
            pointer = unquote(reference[1:])
        return {}, pointer

    @cached_property
    def paths(self) -> dict[str, dict[str, OperationView]]:
        """Path → method → operation."""
        return self._items("paths")

    @cached_property
    def webhooks(self) -> dict[str, dict[str, OperationView]]:
        """Webhook → method → operation."""
        return self._items("webhooks")

    def _items(self, key: str) -> dict[str, dict[str, OperationView]]:
        return {
            name: {view.method: view for view in self.of_item(name, item, f"/{key}/{escape(name)}")}
            for name, item in _dict(self.data.get(key)).items()
            if not name.startswith("x-")
        }

    def of_item(self, name: str, item: Any, pointer: str) -> Iterator[OperationView]:
        """The operations of a path item."""
        resolved, place = self.resolve(item, pointer)
        for method, value in resolved.items():
            if method in METHODS and isinstance(value, dict):
                yield OperationView(self, method, name, value, f"{place}/{method}", resolved, place)
        for method, value in _dict(resolved.get("additionalOperations")).items():
            if isinstance(value, dict):
                inner = f"{place}/additionalOperations/{escape(method)}"
                yield OperationView(self, method, name, value, inner, resolved, place)

    @cached_property
    def servers(self) -> dict[str, Server]:
        """The document's servers by address; none where it leaves them out, which means "where it came from"."""
        if self.is_swagger:
            host, base = self.data.get("host", ""), self.data.get("basePath", "")
            schemes = _list(self.data.get("schemes")) or ["https"]
            return {f"{scheme}://{host}{base}".rstrip("/"): {} for scheme in schemes} if host else {}
        return _addresses(_list(self.data.get("servers")))

    def users_of(self, scheme: str) -> tuple[str, ...]:
        """The operations that ask for a security scheme."""
        views = (view for item in self.paths.values() for view in item.values())
        return tuple(view.title for view in views if any(scheme in way for way in view.security))

    @cached_property
    def schemes(self) -> dict[str, tuple[dict[str, Any], str]]:
        """Security schemes by name, with their places."""
        holder = self.data.get("securityDefinitions") if self.is_swagger else None
        prefix = "/securityDefinitions" if self.is_swagger else "/components/securitySchemes"
        holder = holder if self.is_swagger else _dict(self.data.get("components")).get("securitySchemes")
        return {name: self.resolve(raw, f"{prefix}/{escape(name)}") for name, raw in _dict(holder).items()}


def shape_of(path: str) -> str:
    """A path with its placeholders' names taken out."""
    return re.sub(r"\{[^{}]*\}", "{}", path)


def _parameter(value: dict[str, Any], pointer: str, *, is_swagger: bool) -> ParameterView:
    place = str(value.get("in"))
    return ParameterView(
        name=str(value["name"]),
        place=place,
        required=value.get("required") is True or place == "path",
        deprecated=value.get("deprecated") is True,
        may_be_empty=value.get("allowEmptyValue") is True,
        reserved=value.get("allowReserved") is True,
        style=_style(value, place, is_swagger=is_swagger),
        schema=_described(value, pointer),
        pointer=pointer,
    )


def _style(value: dict[str, Any], place: str, *, is_swagger: bool) -> tuple[str, bool]:
    usual = _STYLES.get(place, "")
    if is_swagger:
        style, explode = _COLLECTIONS.get(str(value.get("collectionFormat", "csv")), ("", False))
        return style or usual, explode
    content = _dict(value.get("content"))
    if "schema" not in value and content:
        return f"content {next(iter(content))}", False
    style = str(value.get("style", usual))
    return style, bool(value.get("explode", style == "form"))


def _described(value: dict[str, Any], pointer: str) -> At:
    """The schema of a parameter or header: under `schema`, in its one media type, or (2.0) itself."""
    if "schema" in value:
        return At(value["schema"], f"{pointer}/schema")
    for name, media in _dict(value.get("content")).items():
        if isinstance(media, dict) and "schema" in media:
            return At(media["schema"], f"{pointer}/content/{escape(name)}/schema")
    return At(value, pointer) if "type" in value else ANYTHING


def _content(value: dict[str, Any], pointer: str) -> dict[str, MediaView]:
    found = {}
    for name, media in _dict(value.get("content")).items():
        place, inner = f"{pointer}/content/{escape(name)}", _dict(media)
        encodings = {field: said for field, said in _dict(inner.get("encoding")).items() if isinstance(said, dict)}
        schema = _plain_bytes(At(inner["schema"], f"{place}/schema")) if "schema" in inner else At(True, place)
        items = At(inner["itemSchema"], f"{place}/itemSchema") if "itemSchema" in inner else At(True, place)
        key = _media_type(name)
        if key in _STREAMS and "itemSchema" not in inner:
            schema, items = At(True, place), _of_items(schema)
        found[key] = MediaView(schema, items, {field: _encoding(said) for field, said in encodings.items()})
    return found


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


def _media_type(name: str) -> str:
    """As it is compared: in lower case, without what says nothing about the form."""
    parts = [part.strip() for part in name.lower().split(";")]
    return "; ".join([parts[0], *sorted(part for part in parts[1:] if not part.startswith("charset="))])


def _encoding(said: dict[str, Any]) -> Encoding:
    types = str(said.get("contentType", ""))
    style = {key: said[key] for key in ("style", "explode", "allowReserved") if key in said}
    return Encoding(tuple(sorted(_media_type(name) for name in types.split(",") if name.strip())), str(style or ""))


def _plain_bytes(at: At) -> At:
    """Nothing for a body of mere bytes: 3.1 says so by no schema, 3.0 by a format, 2.0 by a type."""
    said = (
        {key: inner for key, inner in at.value.items() if key not in UNCOMPARED} if isinstance(at.value, dict) else {}
    )
    is_bytes = said in ({"type": "string", "format": "binary"}, {"type": "file"}, _OCTETS)
    return At(True, at.pointer) if is_bytes else at


_OCTETS = {"type": "string", "contentMediaType": "application/octet-stream"}


def _addresses(servers: list[Any]) -> dict[str, Server]:
    found = {}
    for server in servers:
        if isinstance(server, dict) and isinstance(server.get("url"), str) and server["url"].rstrip("/"):
            found[server["url"].rstrip("/")] = {
                name: (str(variable.get("default", "")), frozenset(map(str, _list(variable.get("enum")))))
                for name, variable in _dict(server.get("variables")).items()
                if isinstance(variable, dict)
            }
    return found


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
