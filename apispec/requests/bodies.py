"""A value as the body that a document describes: JSON, a form, parts, a text, a file."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from apispec.literals import LocalFile, percent_encode, well_formed
from apispec.model import Api, Json, MediaType, Schema
from apispec.requests.body_text import is_written, written
from apispec.requests.http_request import FORM_TYPE, FilePart, is_json
from apispec.requests.sendable import MEDIA_TYPE
from apispec.requests.styles import as_it_is, encode_reserved, query_pairs, scalar_text
from apispec.schemas import alternatives, types


@dataclass(slots=True)
class Body:
    """What of a request is its body; the fields are those of `Request`."""

    media_type: str = ""
    json: Json = None
    form: list[tuple[str, str]] = field(default_factory=list)
    encoded: list[str] = field(default_factory=list)
    """The same, percent-encoded as its styles say: delimiters are not."""
    files: list[FilePart] = field(default_factory=list)
    content: str | LocalFile = ""


def document_body(media: MediaType, value: Json, api: Api) -> Body:
    """The body that a document describes by a media type."""
    if isinstance(value, FilePart):
        return Body(value.file.media_type if "*" in media.type else media.type, content=value.file)
    media_type = media.type
    if "*" in media_type:
        media_type = "text/plain" if isinstance(value, str) else "application/json"
    if is_json(media_type):
        return Body(media_type, value)
    if isinstance(value, dict) and (media_type == FORM_TYPE or media_type.startswith("multipart/")):
        body = Body(media_type)
        for name, item in value.items():
            _add_field(body, name, item, media, api)
        if media_type == FORM_TYPE and body.encoded != [_encoded_pair(n, v) for n, v in body.form]:
            body.content = "&".join(body.encoded)
        return body
    if is_written(media_type) and not isinstance(value, str):
        return Body(media_type, content=written(value, media, api.schemas))
    text = well_formed(scalar_text(value))
    if "\0" in text:  # which no shell can pass on
        encoded = base64.b64encode(text.encode()).decode()
        return Body(media_type, content=LocalFile("body.bin", encoded, media_type, is_base64=True))
    return Body(media_type, content=text)


def _encoded_pair(name: str, value: str) -> str:
    return f"{percent_encode(name)}={percent_encode(value)}"


def _field_schema(schema: Schema, name: str, api: Api) -> Schema:
    """The schema of a form's field."""
    for whole in alternatives(schema, api.schemas):
        properties = whole.get("properties")
        if isinstance(properties, dict) and name in properties:
            found: Schema = properties[name]
            return found
    return {}


def _add_field(body: Body, name: str, value: Json, media: MediaType, api: Api) -> None:
    """Add one property of a form as its Encoding Object says; by default arrays spread and objects are JSON."""
    schema = _field_schema(media.schema, name, api)
    encoding = media.encoding.get(name) or {}
    values = [value]
    if isinstance(value, list):
        array = next((one for one in alternatives(schema, api.schemas) if "array" in types(one)), None)
        if array is not None:
            values, schema = value, array.get("items", {})
    if value is None:
        return  # a form has no null
    if values and all(isinstance(v, FilePart) for v in values):
        body.files += values
        return
    if body.media_type == FORM_TYPE and encoding.keys() & {"style", "explode", "allowReserved"}:
        style, explode = str(encoding.get("style", "form")), encoding.get("explode")
        body.form += [(n, well_formed(v)) for n, v in query_pairs(name, value, style, explode, as_it_is)]
        encode = encode_reserved if encoding.get("allowReserved") is True else percent_encode
        body.encoded += [f"{n}={v}" for n, v in query_pairs(name, value, style, explode, encode)]
        return
    for item in values:
        part_type = _part_type(item, encoding)
        if body.media_type == FORM_TYPE or part_type == "text/plain":
            body.form.append((name, well_formed(scalar_text(item))))
            body.encoded.append(_encoded_pair(*body.form[-1]))
            continue
        as_text = is_written(part_type) and not isinstance(item, str)
        part = MediaType(type=part_type, schema=schema)
        text = written(item, part, api.schemas) if as_text else well_formed(scalar_text(item))
        body.files.append(FilePart(name, LocalFile("", text, part_type)))


def _part_type(value: Json, encoding: Mapping[str, Any]) -> str:
    """The media type of a part of a multipart body; by default plain text, and JSON for what is no scalar."""
    said = str(encoding.get("contentType", "")).partition(",")[0].strip()
    if said and "*" not in said and MEDIA_TYPE.fullmatch(said):
        return said
    return "application/json" if isinstance(value, (dict, list)) else "text/plain"
