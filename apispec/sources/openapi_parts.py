"""Parameters, bodies, responses and examples of a document as the model has them.

Values of the wrong type are read as if they were not there: whether a document is valid is `apispec.validation`'s
question, here every part that can be read is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from apispec.model import (
    Default,
    Example,
    MediaType,
    Parameter,
    RequestBody,
    Response,
    Result,
    Schema,
    Server,
    ServerVariable,
)
from apispec.requests import WHOLE_QUERY, is_json
from apispec.schemas import alternatives, types
from apispec.sources.openapi_refs import Resolver

STREAMS = ("text/event-stream", "application/jsonl", "application/x-ndjson", "application/json-seq")
"""Sequential media types (OpenAPI 3.2, Media Type Registry)."""

BODILESS = ("204", "205", "304")
"""Statuses whose answers have no content, whatever is declared."""

_LOCATIONS = ("path", "query", "header", "cookie", WHOLE_QUERY)
_NOT_PARAMETERS = {"accept", "content-type", "authorization"}
"""Headers that OpenAPI describes elsewhere; a parameter of that name is ignored."""
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_OUR_EVENTS = {"generating", "complete", "heartbeat", "error"}


def mapping(value: Any) -> dict[str, Any]:
    """The value where it is an object, else `{}`."""
    return value if isinstance(value, dict) else {}


def sequence(value: Any) -> list[Any]:
    """The value where it is an array, else `[]`."""
    return value if isinstance(value, list) else []


def text(value: Any) -> str:
    """The value where it is text, else the empty text; a number (YAML's unquoted `1.0`) as its text."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def parameter(raw: dict[str, Any], resolver: Resolver) -> Parameter | None:
    """A Parameter Object; None for what is none, or what OpenAPI says to ignore."""
    name, location = text(raw.get("name")), raw.get("in")
    whole = location == WHOLE_QUERY
    if not name or location not in _LOCATIONS or (location == "header" and name.lower() in _NOT_PARAMETERS):
        return None
    content = mapping(raw.get("content"))
    media_type = next(iter(content), "")
    holder = resolver.follow(content[media_type]) if media_type else raw
    schema, default = _split_default(resolver.schema(holder.get("schema", {})))
    type_source = ""
    if isinstance(schema, dict) and "x-type-source" in schema:
        type_source = text(schema["x-type-source"])
        schema = {k: v for k, v in schema.items() if k != "x-type-source"}
    return Parameter(
        name=name,
        location="query" if whole else location,
        schema=schema,
        required=raw.get("required") is True or location == "path",
        default=default,
        description=text(raw.get("description")),
        deprecated=raw.get("deprecated") is True,
        examples=examples(holder, resolver),
        style=WHOLE_QUERY if whole else text(raw.get("style")),
        explode=raw["explode"] if isinstance(raw.get("explode"), bool) else None,
        allow_reserved=raw.get("allowReserved") is True,
        allow_empty=raw.get("allowEmptyValue") is True and location == "query",
        media_type=media_type,
        type_source=type_source,
    )


def _split_default(schema: Schema) -> tuple[Schema, Default | None]:
    """The schema without its default, and that."""
    if not isinstance(schema, dict):
        return schema, None
    if "x-python-default" in schema:
        rest = {k: v for k, v in schema.items() if k != "x-python-default"}
        return rest, Default(text=text(schema["x-python-default"]))
    if "default" in schema:
        return {k: v for k, v in schema.items() if k != "default"}, Default(value=schema["default"])
    return schema, None


def examples(holder: Mapping[str, Any], resolver: Resolver) -> tuple[Example, ...]:
    """`examples`, each by its name, and `example`; those that keep their value elsewhere are left out."""
    found = []
    for name, raw in mapping(holder.get("examples")).items():
        entry = resolver.follow(raw)
        key = next((k for k in ("value", "dataValue") if k in entry), None)
        if key is not None:
            found.append(
                Example(
                    value=entry[key],
                    name=str(name),
                    summary=text(entry.get("summary")),
                    description=text(entry.get("description")),
                )
            )
    for single in ("example", "x-example"):
        if not found and single in holder:
            found.append(Example(value=holder[single]))
    return tuple(found)


def media_types(content: Any, resolver: Resolver) -> tuple[MediaType, ...]:
    """A `content` map; JSON first, then forms, then the rest in the document's order."""
    found = []
    for name, raw in mapping(content).items():
        entry = resolver.follow(raw)
        item = entry.get("itemSchema")
        schema = resolver.schema(entry.get("schema", {}))
        found.append(
            MediaType(
                type=str(name),
                schema=schema,
                item_schema=resolver.schema(item) if item is not None else None,
                examples=_as_json(examples(entry, resolver), str(name), schema, resolver),
                encoding={str(k): v for k, v in mapping(entry.get("encoding")).items() if isinstance(v, dict)},
                prefix_encoding=tuple(v for v in sequence(entry.get("prefixEncoding")) if isinstance(v, dict)),
                item_encoding=(entry["itemEncoding"],) if isinstance(entry.get("itemEncoding"), dict) else (),
            )
        )
    return tuple(sorted(found, key=_rank))


def _as_json(given: tuple[Example, ...], media_type: str, schema: Schema, resolver: Resolver) -> tuple[Example, ...]:
    """Examples of JSON; objects and lists that were written down as a text are what the text says, unless a text is
    what the schema asks for.
    """
    if not is_json(media_type) or not any(isinstance(one.value, str) for one in given):
        return given
    if any("string" in types(one) for one in alternatives(schema, resolver.schemas)):
        return given
    return tuple(replace(one, value=_said(one.value)) for one in given)


def _said(value: Any) -> Any:
    if not isinstance(value, str) or value.lstrip()[:1] not in ("{", "["):
        return value
    try:
        return json.loads(value, parse_constant=lambda name: None)
    except (ValueError, RecursionError):
        return value


def _rank(media: MediaType) -> int:
    essence = media.type.partition(";")[0].strip().lower()
    if essence == "application/json":
        return 0
    return 1 if is_json(essence) else 2 if essence in _FORMS else 3


def request_body(raw: dict[str, Any], resolver: Resolver) -> RequestBody | None:
    """A Request Body Object; None where it has no content."""
    content = media_types(raw.get("content"), resolver)
    if not content:
        return None
    words = _described(raw, resolver)
    return RequestBody(content=content, required=raw.get("required") is True, description=words)


def _described(raw: dict[str, Any], resolver: Resolver) -> str:
    """What a body or answer says of itself: its summary (OpenAPI 3.2), its description, and examples kept elsewhere."""
    parts = [text(raw.get("summary")), text(raw.get("description"))]
    for kind, entry in mapping(raw.get("content")).items():
        for name, one in mapping(resolver.follow(entry).get("examples")).items():
            given = resolver.follow(one)
            url = text(given.get("externalValue"))
            if url and not {"value", "dataValue"} & given.keys():
                words = text(given.get("summary")) or str(name)
                parts.append(
                    f"Example of {kind}, {words}: <{url}>" if "://" in url else f"Example of {kind}, {words}: {url}"
                )
    return "\n\n".join(part for part in dict.fromkeys(parts) if part)


def body_parameters(body: RequestBody) -> tuple[str, tuple[Parameter, ...], tuple[Example, ...]] | None:
    """A body that is nothing but a list of named values, as its media type, parameters and examples.

    That is: one media type, JSON or a form, whose schema is written in place as a closed object.
    """
    if len(body.content) != 1 or body.description:
        return None
    media = body.content[0]
    schema = media.schema
    if media.type not in ("application/json", *_FORMS) or not isinstance(schema, dict):
        return None
    properties = schema.get("properties")
    if schema.get("type") != "object" or schema.get("additionalProperties") is not False or not properties:
        return None
    if set(schema) - {"type", "properties", "required", "additionalProperties"}:
        return None
    required = schema.get("required", ())
    if bool(required) != body.required:
        return None
    parameters = tuple(_property(n, s, n in required, media) for n, s in properties.items())
    return media.type, parameters, media.examples


def _property(name: str, schema: Schema, required: bool, media: MediaType) -> Parameter:
    description, deprecated, type_source, values = "", False, "", []
    if isinstance(schema, dict):
        schema = dict(schema)
        description = text(schema.pop("description", ""))
        deprecated = schema.pop("deprecated", False) is True
        type_source = text(schema.pop("x-type-source", ""))
        values = sequence(schema.pop("examples", []))
    schema, default = _split_default(schema)
    parameter = Parameter(
        name=name,
        schema=schema,
        required=required,
        default=default,
        description=description,
        deprecated=deprecated,
        type_source=type_source,
        examples=tuple(Example(value=v) for v in values),
    )
    return parameter if media.type == "application/json" else _form_field(parameter, media)


def _form_field(parameter: Parameter, media: MediaType) -> Parameter:
    schema = parameter.schema
    if not isinstance(schema, dict):
        return replace(parameter, location="form")
    only = alternatives(schema, {})
    if len(only) == 1 and (is_file(only[0]) or only[0].get("type") == "array"):
        schema = only[0]  # null is not sent
    items = schema.get("items") if schema.get("type") == "array" else None
    content_type = text(mapping(media.encoding.get(parameter.name)).get("contentType"))
    if is_file(schema):
        return replace(parameter, location="file", media_type=content_type)
    if isinstance(items, dict) and is_file(items):
        return replace(parameter, location="file", schema=items, multiple=True, media_type=content_type)
    if is_json(text(schema.get("contentMediaType"))) and "contentSchema" in schema:
        inner, default = _split_default(schema["contentSchema"])
        return replace(parameter, location="form", schema=inner, default=default)
    return replace(parameter, location="form", multiple=schema.get("type") == "array")


def is_file(schema: Schema) -> bool:
    """Whether a schema describes the bytes of a file."""
    if not isinstance(schema, dict) or schema.get("contentEncoding"):
        return False
    media_type = text(schema.get("contentMediaType"))
    return schema.get("format") == "binary" or bool(media_type and not is_json(media_type))


def response(status: str, raw: dict[str, Any], resolver: Resolver) -> Response:
    """A Response Object that is not the result."""
    return Response(
        status=status,
        description=_described(raw, resolver),
        content=media_types(raw.get("content"), resolver) if status not in BODILESS else (),
        headers=headers(raw.get("headers"), resolver),
        links=mapping(raw.get("links")),
    )


def result(status: str, raw: dict[str, Any], resolver: Resolver) -> Result:
    """The Response Object of success. The content that a status without a body declares (RFC 9110, 15) never comes."""
    content = media_types(raw.get("content"), resolver) if status not in BODILESS else ()
    shared: dict[str, Any] = {
        "status": status,
        "description": _described(raw, resolver),
        "headers": headers(raw.get("headers"), resolver),
        "links": mapping(raw.get("links")),
    }
    if not content:
        return Result(**shared, media_type="")
    for media in content:
        if media.type == "text/event-stream" and (value := _our_stream(media)) is not None:
            return Result(**shared, schema=value, streaming=True, media_type=media.type, examples=media.examples)
    first, *others = content
    shared.update(examples=first.examples, media_type=first.type, other_content=tuple(others))
    if first.type in STREAMS or first.item_schema is not None:
        item = first.item_schema if first.item_schema is not None else first.schema
        return Result(**shared, schema=item, streaming=True)
    file = any(map(is_file, alternatives(first.schema, resolver.schemas))) or (
        first.schema == {} and _is_binary(first.type)
    )
    return Result(**shared, schema=first.schema, is_file=file)


def _is_binary(media_type: str) -> bool:
    kind, _, rest = media_type.partition("/")
    return kind in ("image", "audio", "video", "font") or rest in ("octet-stream", "pdf", "zip", "gzip")


def _our_stream(media: MediaType) -> Schema | None:
    """The schema of one value of a stream that apispec described; None for other streams."""
    event = media.item_schema if media.item_schema is not None else media.schema
    variants = event.get("anyOf") if isinstance(event, dict) else None
    data: dict[str, Schema] = {}
    for variant in variants if isinstance(variants, list) else ():
        properties = mapping(mapping(variant).get("properties"))
        name = mapping(properties.get("event")).get("const")
        content = mapping(properties.get("data")).get("contentSchema")
        if isinstance(name, str) and isinstance(content, (dict, bool)):
            data[name] = content
    return data["generating"] if set(data) == _OUR_EVENTS else None


def headers(raw: Any, resolver: Resolver) -> dict[str, Any]:
    """Header Objects by name, references followed, their schemas in 2020-12."""
    out = {}
    for name, value in mapping(raw).items():
        header = dict(resolver.follow(value))
        if str(name).lower() == "content-type":
            continue  # described by `content`
        if "schema" in header:
            header["schema"] = resolver.schema(header["schema"])
        out[str(name)] = header
    return out


def servers(raw: Any) -> tuple[Server, ...]:
    """Server Objects."""
    return tuple(_server(s) for s in sequence(raw) if isinstance(s, dict) and text(s.get("url")))


def _server(raw: dict[str, Any]) -> Server:
    variables = {
        str(name): ServerVariable(
            default=text(mapping(v).get("default")),
            enum=tuple(text(e) for e in sequence(mapping(v).get("enum"))),
            description=text(mapping(v).get("description")),
        )
        for name, v in mapping(raw.get("variables")).items()
    }
    said = dict.fromkeys(text(raw.get(key)) for key in ("name", "description"))  # OpenAPI 3.2 names servers
    return Server(url=text(raw["url"]), description=": ".join(part for part in said if part), variables=variables)


def security(raw: Any) -> tuple[dict[str, list[str]], ...]:
    """Security Requirement Objects."""
    return tuple(
        {str(name): [text(s) for s in sequence(scopes)] for name, scopes in requirement.items()}
        for requirement in sequence(raw)
        if isinstance(requirement, dict)
    )


def external_docs(raw: Any) -> dict[str, str]:
    """An External Documentation Object."""
    return {k: v for k, v in mapping(raw).items() if isinstance(v, str)}


def code_samples(operation: Mapping[str, Any]) -> tuple[dict[str, str], ...]:
    """`x-codeSamples`, under either of its names, those that have a source."""
    raw: Iterable[Any] = sequence(operation.get("x-codeSamples") or operation.get("x-code-samples"))
    return tuple(
        {k: v for k, v in sample.items() if isinstance(k, str) and isinstance(v, str)}
        for sample in raw
        if isinstance(sample, dict) and isinstance(sample.get("source"), str)
    )
