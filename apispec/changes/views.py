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

from apispec.changes.keywords import ANYTHING, At, as_json
from apispec.changes.parts import (
    FORMS,
    BodyView,
    MediaView,
    ParameterView,
    ResponseView,
    Server,
    WrittenView,
    addresses,
    described,
    listing,
    mapping,
    media_type,
    media_types,
    parameter_of,
    plain_bytes,
    style_of,
)
from apispec.documents import METHODS, MISSING, escape, find
from apispec.rules import placeholders

_NO_PARAMETERS = frozenset({"accept", "content-type", "authorization"})
"""Headers whose definition as a parameter is to be ignored: what is sent there is said elsewhere (OpenAPI 3, Parameter
Object)."""


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
            for position, raw in enumerate(listing(holder.get("parameters"))):
                value, place = self.document.resolve(raw, f"{pointer}/parameters/{position}")
                name, where = value.get("name"), value.get("in")
                if not isinstance(name, str) or where in ("body", "formData", None):
                    continue
                if where == "header" and name.lower() in _NO_PARAMETERS and not self.document.is_swagger:
                    continue
                key = str(order.index(name)) if where == "path" and name in order else name
                found[str(where), key.lower() if where == "header" else key] = parameter_of(
                    value, place, self.document.resolve, is_swagger=self.document.is_swagger
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
        return BodyView(value.get("required") is True, media_types(value, pointer, self.document.resolve), pointer)

    def _swagger_body(self) -> BodyView | None:
        fields: dict[str, Any] = {}
        required: list[str] = []
        for holder, pointer in ((self.item, self.item_pointer), (self.value, self.pointer)):
            for position, raw in enumerate(listing(holder.get("parameters"))):
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
        said = [name for name in self._types("consumes") if name in FORMS]
        media = MediaView(At(form, place), ANYTHING, {})
        return BodyView(bool(required), dict.fromkeys(said or FORMS[: 1 if has_files else 2], media), place)

    def _media(self, key: str, schema: At) -> dict[str, MediaView]:
        media = MediaView(plain_bytes(schema), ANYTHING, {})
        return {media_type(name): media for name in self._types(key)}

    def _types(self, key: str) -> list[str]:
        types = self.value.get(key, self.document.data.get(key))
        return [name for name in listing(types) if isinstance(name, str)] or ["application/json"]

    @cached_property
    def responses(self) -> dict[str, ResponseView]:
        """By status code."""
        found = {}
        for status, raw in mapping(self.value.get("responses")).items():
            if status.startswith("x-"):
                continue
            value, pointer = self.document.resolve(raw, f"{self.pointer}/responses/{escape(status)}")
            content = media_types(value, pointer, self.document.resolve)
            if self.document.is_swagger and "schema" in value:
                content = self._media("produces", At(value["schema"], f"{pointer}/schema"))
            found[status.upper() if status != "default" else status] = ResponseView(
                content, dict(self._headers(value, pointer)), pointer, dict(self._links(value, pointer))
            )
        return found

    def _links(self, response: dict[str, Any], pointer: str) -> Iterator[tuple[str, tuple[str, str]]]:
        for name, raw in mapping(response.get("links")).items():
            value, place = self.document.resolve(raw, f"{pointer}/links/{escape(name)}")
            said = {key: inner for key, inner in value.items() if key != "description" and not key.startswith("x-")}
            yield name, (as_json(said), place)

    def _headers(self, response: dict[str, Any], pointer: str) -> Iterator[tuple[str, WrittenView]]:
        for name, raw in mapping(response.get("headers")).items():
            value, place = self.document.resolve(raw, f"{pointer}/headers/{escape(name)}")
            if name.lower() != "content-type":
                yield (
                    name.lower(),
                    WrittenView(
                        name=name,
                        required=value.get("required") is True,
                        deprecated=value.get("deprecated") is True,
                        style=style_of(value, "header", is_swagger=self.document.is_swagger),
                        schema=described(value, place, self.document.resolve),
                        pointer=place,
                    ),
                )

    @cached_property
    def callbacks(self) -> dict[tuple[str, str], OperationView]:
        """Operations of callbacks, by expression and method: what a callback is called, nobody sends."""
        listed = []
        for name, raw in mapping(self.value.get("callbacks")).items():
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
            {name: frozenset(map(str, listing(scopes))) for name, scopes in requirement.items()}
            for requirement in listing(raw)
            if isinstance(requirement, dict)
        ]
        return ways or [{}]

    @property
    def servers(self) -> dict[str, Server] | None:
        """Its own server addresses; None where it has those of the document."""
        for holder in (self.value, self.item):
            if isinstance(holder.get("servers"), list):
                return addresses(holder["servers"])
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
            for name, item in mapping(self.data.get(key)).items()
            if not name.startswith("x-")
        }

    def of_item(self, name: str, item: Any, pointer: str) -> Iterator[OperationView]:
        """The operations of a path item."""
        resolved, place = self.resolve(item, pointer)
        for method, value in resolved.items():
            if method in METHODS and isinstance(value, dict):
                yield OperationView(self, method, name, value, f"{place}/{method}", resolved, place)
        for method, value in mapping(resolved.get("additionalOperations")).items():
            if isinstance(value, dict):
                inner = f"{place}/additionalOperations/{escape(method)}"
                yield OperationView(self, method, name, value, inner, resolved, place)

    @cached_property
    def servers(self) -> dict[str, Server]:
        """The document's servers by address; none where it leaves them out, which means "where it came from"."""
        if self.is_swagger:
            host, base = self.data.get("host", ""), self.data.get("basePath", "")
            schemes = listing(self.data.get("schemes")) or ["https"]
            urls = [f"{scheme}://{host}{base}" for scheme in schemes] if host else [base]
            return addresses([{"url": url} for url in urls])
        return addresses(listing(self.data.get("servers")))

    def users_of(self, scheme: str) -> tuple[str, ...]:
        """The operations that ask for a security scheme."""
        views = (view for item in self.paths.values() for view in item.values())
        return tuple(view.title for view in views if any(scheme in way for way in view.security))

    @cached_property
    def schemes(self) -> dict[str, tuple[dict[str, Any], str]]:
        """Security schemes by name, with their places."""
        holder = self.data.get("securityDefinitions") if self.is_swagger else None
        prefix = "/securityDefinitions" if self.is_swagger else "/components/securitySchemes"
        holder = holder if self.is_swagger else mapping(self.data.get("components")).get("securitySchemes")
        return {name: self.resolve(raw, f"{prefix}/{escape(name)}") for name, raw in mapping(holder).items()}


def shape_of(path: str) -> str:
    """A path with its placeholders' names taken out."""
    return re.sub(r"\{[^{}]*\}", "{}", path)
