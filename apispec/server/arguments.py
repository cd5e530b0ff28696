"""Arguments out of an HTTP request: path, query, headers, cookies, JSON body, form and files.

The inverse of `apispec.requests.call`, which builds requests. Values that travel as text become what their schema says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

import pydantic_core
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from apispec.declaring import File
from apispec.model import Endpoint, HttpCall, Json, Parameter
from apispec.requests import is_json
from apispec.runtime import Files, InvalidField, Limits, Problem, Validator, invalid, json_type, pointer
from apispec.schemas import Schemas, resolve, types, without_null

_PIECE = 1024 * 1024
_FIELDS = ("properties", "additionalProperties")
_SEPARATORS = {"spaceDelimited": " ", "pipeDelimited": "|"}


async def read(
    request: Request,
    endpoint: Endpoint,
    path_values: Mapping[str, str],
    schemas: Schemas,
    files: Files,
    limits: Limits,
) -> dict[str, Any]:
    """The arguments by parameter name; uploads are kept in `files`.

    Raises:
        Problem: 415 for another media type, 413 and 503 for limits, 422 for what can't be read.
    """
    values: dict[str, Any] = {}
    in_body = []
    for parameter in endpoint.parameters:
        if parameter.location in ("body", "form", "file"):
            in_body.append(parameter)
            continue
        texts = _texts(request, parameter, path_values)
        if texts is not None:
            values[parameter.name] = _decode(texts, parameter, schemas)
    if not in_body:
        return values
    call = endpoint.call
    media_type = call.media_type if isinstance(call, HttpCall) else "application/json"
    if is_json(media_type):
        values.update(await _json_body(request, in_body))
    else:
        values.update(await _form_body(request, in_body, schemas, files, limits))
    return values


def from_json(data: bytes) -> Json:
    """A JSON text (RFC 8259: no NaN, no infinities, at most 200 levels).

    Raises:
        Problem: 422, it is none.
    """
    try:
        return pydantic_core.from_json(data, allow_inf_nan=False)
    except ValueError as error:
        raise invalid([InvalidField("", f"the body is not JSON: {error}", "string" if data else "nothing")]) from error


def check_media_type(request: Request, expected: Sequence[str]) -> None:
    """Refuse a body of another media type.

    Raises:
        Problem: 415.
    """
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given in expected or (is_json(given) and "application/json" in expected):
        return
    names = " or ".join(expected)
    detail = f"The body must be {names}; this one is {given or 'of no media type'}."
    raise Problem(415, detail, headers={"Accept": ", ".join(expected)})


async def _json_body(request: Request, parameters: Sequence[Parameter]) -> dict[str, Any]:
    data = await request.body()
    if not data and not any(p.required for p in parameters):
        return {}
    check_media_type(request, ["application/json"])
    body = from_json(data)
    if not isinstance(body, dict):
        raise invalid([InvalidField("", "the body must be a JSON object of the parameters", json_type(body))])
    return body


async def _form_body(
    request: Request, parameters: Sequence[Parameter], schemas: Schemas, files: Files, limits: Limits
) -> dict[str, Any]:
    if not request.headers.get("content-type") and not any(p.required for p in parameters):
        return {}
    has_files = any(p.location == "file" for p in parameters)
    check_media_type(
        request, ["multipart/form-data"] if has_files else ["application/x-www-form-urlencoded", "multipart/form-data"]
    )
    known = {p.name: p for p in parameters}
    try:
        async with request.form(max_files=limits.upload_files, max_fields=1000, max_part_size=limits.body) as form:
            values: dict[str, Any] = {}
            for name in form:
                items = form.getlist(name)
                parameter = known.get(name)
                if parameter is None:
                    values[name] = ""  # no known name, which is said with all else that is wrong
                    continue
                if parameter.location != "file":
                    texts = [item for item in items if isinstance(item, str)]
                    if len(texts) < len(items):
                        raise invalid([InvalidField(pointer([name]), "must be a field, not a file", "file")])
                    values[name] = _decode(texts, parameter, schemas)
                    continue
                kept = [await keep(item, files) if isinstance(item, UploadFile) else item for item in items]
                values[name] = kept if parameter.multiple or len(kept) > 1 else kept[0]
            return values
    except (MultiPartException, HTTPException) as error:  # the latter inside of a Starlette application
        raise multipart_problem(error, limits) from error


def multipart_problem(error: MultiPartException | HTTPException, limits: Limits) -> Problem:
    """The answer for a multipart body that can't be read."""
    message = error.detail if isinstance(error, HTTPException) else error.message
    if message.startswith("Too many files"):
        return Problem(413, f"One request may carry at most {limits.upload_files} files.")
    if message.startswith("Too many fields") or "exceeded maximum size" in message:
        return Problem(413, message)
    return invalid([InvalidField("", f"the form can't be read: {message}", "string")])


async def keep(upload: UploadFile, files: Files) -> File:
    """Keep an upload under a name of our own.

    Raises:
        Problem: 503, too many are kept.
    """
    files.room(upload.size or 0)
    id_, path = files.new_path()
    with path.open("xb") as target:
        while piece := await upload.read(_PIECE):
            target.write(piece)
    file = File.from_path(path, name=upload.filename or "file", content_type=upload.content_type)
    return files.keep(id_, file, path.stat().st_size).file


def _texts(request: Request, parameter: Parameter, path_values: Mapping[str, str]) -> list[str] | dict[str, str] | None:
    """What was sent for a parameter: its texts, or its fields where an object was spread; None where nothing was."""
    name, location = parameter.name, parameter.location
    if location == "path":
        return [path_values[name]] if name in path_values else None
    if location == "header":
        text = request.headers.get(name)
        return None if text is None else [text]
    if location == "cookie":
        text = request.cookies.get(name)
        return None if text is None else [unquote(text)]
    if parameter.style == "deepObject":
        fields = {k[len(name) + 1 : -1]: v for k, v in request.query_params.items() if k.startswith(name + "[")}
        return fields or None
    texts = request.query_params.getlist(name)
    return texts or None


def _decode(texts: list[str] | dict[str, str], parameter: Parameter, schemas: Schemas) -> Json:
    schema = resolve(without_null(resolve(parameter.schema, schemas)), schemas)
    if isinstance(texts, dict):
        of, others = (schema.get(key, {}) if isinstance(schema, dict) else {} for key in _FIELDS)
        return {name: as_json(text, of.get(name, others), schemas) for name, text in texts.items()}
    if parameter.media_type and is_json(parameter.media_type):
        return _json_or_text(texts[-1])
    if "array" in types(schema):
        items = schema.get("items", {}) if isinstance(schema, dict) else {}
        if parameter.location == "form" and not parameter.multiple:
            return as_json(texts[-1], parameter.schema, schemas)
        explode = parameter.explode if parameter.explode is not None else parameter.location in ("query", "form")
        if not explode:
            separator = _SEPARATORS.get(parameter.style, ",")
            texts = texts[-1].split(separator) if texts[-1] else []
        return [as_json(text, items, schemas) for text in texts]
    return as_json(texts[-1], parameter.schema, schemas)


def as_json(text: str, schema: Any, schemas: Schemas) -> Json:
    """A text as the value that its schema wants: the text itself where it fits, else the JSON in it."""
    validator = _validator(_Key(schema, schemas))
    if validator.accepts(text):
        return text
    value = _json_or_text(text)
    return value if validator.accepts(value) or not isinstance(value, str) else text


def _json_or_text(text: str) -> Json:
    try:
        return pydantic_core.from_json(text, allow_inf_nan=False)
    except ValueError:
        return text


class _Key:
    """A schema as a key: the schemas of an Api live as long as the server."""

    __slots__ = ("schema", "schemas")

    def __init__(self, schema: Any, schemas: Schemas) -> None:
        self.schema = schema
        self.schemas = schemas

    def __hash__(self) -> int:
        return hash((id(self.schema), id(self.schemas)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.schema is other.schema and self.schemas is other.schemas


@lru_cache(maxsize=4096)
def _validator(key: _Key) -> Validator:
    return Validator(key.schema, key.schemas)
