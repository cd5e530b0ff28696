"""Everything that is wrong with a request by its endpoint's description, and the body that it brought.

What is judged: path, query, headers, cookies and body, each parameter by its style and schema, forms and multipart
bodies by their encoding. One entry per flaw; nothing ends at the first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import unquote, unquote_plus

import pydantic_core
from starlette.datastructures import UploadFile
from starlette.requests import Request

from apispec.examples import sided
from apispec.mock.bounds import all_bounded, bounded
from apispec.mock.styles import Pairs, from_header, from_pairs, from_path, is_kind, plain, typed
from apispec.model import Api, Endpoint, HttpCall, Json, MediaType, Parameter
from apispec.requests import FORM_TYPE, NoXmlError, is_binary, is_json, is_xml, load_xml
from apispec.rules import FORMATS, FREE
from apispec.runtime import InvalidField, Problem, Validator, json_type, pointer
from apispec.schemas import Schemas, types

_BASE64 = re.compile(r"(?:[A-Za-z0-9+/_-]{4})*(?:[A-Za-z0-9+/_-]{2}(?:==)?|[A-Za-z0-9+/_-]{3}=?)?")
_FORMATS = {
    **dict.fromkeys(FREE, lambda text: True),
    **FORMATS,
    "byte": lambda text: _BASE64.fullmatch("".join(text.split())) is not None,
}
"""How formats are judged: those that `apispec validate` judges in examples, and base64."""

_IGNORED_HEADERS = frozenset({"accept", "content-type", "authorization"})
"""Parameters of these names are no parameters (OpenAPI 3.1, Parameter Object)."""
_OF_CLIENTS = frozenset({"accept-encoding", "accept-language", "connection", "content-length", "host", "user-agent"})
"""Headers that HTTP clients send by themselves: where they are optional, what they have says nothing of the caller."""


@dataclass(slots=True)
class Read:
    """A request taken apart."""

    values: dict[str, dict[str, Json]] = field(default_factory=dict)
    """By location, then by name."""
    body: Json = None
    flaws: list[InvalidField] = field(default_factory=list)


async def read(request: Request, endpoint: Endpoint, path_values: Mapping[str, str], api: Api) -> Read:
    """Take a request apart and judge it.

    Args:
        request: What came.
        endpoint: What it called.
        path_values: The path's variables as they were sent, percent-encoded.
        api: Whose components apply.

    Raises:
        Problem: 415, the body is of a media type that is not described.
    """
    found = Read()
    schemas = sided(api.schemas, "readOnly")
    query = raw_pairs(request.url.query)
    for parameter in endpoint.parameters:
        if parameter.location in ("body", "form", "file"):
            continue
        if parameter.location == "header" and parameter.name.lower() in _IGNORED_HEADERS:
            continue
        flaws = len(found.flaws)
        times = sum(name == parameter.name for name, _ in query)
        _judge(parameter, _sent(parameter, request, path_values, query, schemas), found, schemas, times)
        if parameter.location == "header" and parameter.name.lower() in _OF_CLIENTS and not parameter.required:
            del found.flaws[flaws:]
    own = [p for p in endpoint.parameters if p.location in ("body", "form", "file")]
    body = await request.body()
    if own:
        await _own_body(request, body, endpoint, own, found, schemas)
    elif endpoint.request_body is not None:
        await _described_body(request, body, endpoint, found, schemas)
    return found


def raw_pairs(text: str) -> Pairs:
    """The names and values of a query: names decoded, values as they were sent."""
    return [(unquote_plus(n), v) for n, _, v in (piece.partition("=") for piece in text.split("&") if piece)]


def _sent(
    parameter: Parameter, request: Request, path_values: Mapping[str, str], query: Pairs, schemas: Schemas
) -> tuple[Json] | None:
    """What was sent for a parameter; None where nothing was."""
    name, location = parameter.name, parameter.location
    if location == "path":
        text = path_values.get(name)
        if text is None:
            return None
        return (_content(unquote(text)),) if parameter.media_type else (from_path(text, parameter, schemas),)
    if location == "header":
        text = request.headers.get(name)
        if text is None:
            return None
        text = text.encode("latin-1").decode("utf-8", "replace")
        return (_content(text),) if parameter.media_type else (from_header(text, parameter, schemas),)
    if parameter.style == "querystring":
        whole = request.url.query
        if not whole:
            return None
        return (_content(unquote(whole)),) if is_json(parameter.media_type) else None
    pairs = query if location == "query" else _cookies(request)
    if parameter.allow_empty and any(key == name and not text for key, text in pairs):
        return ("",)
    if parameter.media_type:
        texts = [text for key, text in pairs if key == name]
        return (_content(unquote_plus(texts[-1])),) if texts else None
    found = from_pairs(pairs, parameter, schemas)
    return None if found is None else (found[0],)


def _cookies(request: Request) -> Pairs:
    pairs = []
    for line in request.headers.getlist("cookie"):
        for piece in line.split(";"):
            name, equals, value = piece.strip().partition("=")
            if equals:
                pairs.append((name, value))
    return pairs


def _content(text: str) -> Json:
    try:
        return pydantic_core.from_json(text, allow_inf_nan=False)
    except ValueError:
        return text


def _judge(parameter: Parameter, sent: tuple[Json] | None, found: Read, schemas: Schemas, times: int) -> None:
    where = [parameter.location, parameter.name]
    if sent is None:
        whole = parameter.style == "querystring" and not is_json(parameter.media_type)
        if parameter.required and _spreads(parameter, schemas):
            _judge_value({}, parameter.schema, where, found, schemas)
        elif parameter.required and not whole:
            found.flaws.append(InvalidField(pointer(where), "is required", "nothing"))
        return
    found.values.setdefault(parameter.location, {})[parameter.name] = sent[0]
    if parameter.location == "query" and times > 1 and _is_one(parameter, schemas):
        found.flaws.append(InvalidField(pointer(where), f"is one value, and was sent {times} times", "array"))
        return
    if sent[0] == "" and parameter.allow_empty:
        return
    _judge_value(sent[0], parameter.schema, where, found, schemas)


def _is_one(parameter: Parameter, schemas: Schemas) -> bool:
    """Whether it is a text, a number or a truth value: what cannot come more than once."""
    kinds = set(types(plain(parameter.schema, schemas))) - {"null"}
    return bool(kinds) and kinds <= {"string", "integer", "number", "boolean"} and not parameter.multiple


def _spreads(parameter: Parameter, schemas: Schemas) -> bool:
    """Whether it is an object whose properties are parameters of their own: one that is empty leaves no trace."""
    exploded = parameter.explode if parameter.explode is not None else parameter.style in ("", "form")
    return (
        parameter.location in ("query", "cookie")
        and parameter.style in ("", "form")
        and exploded
        and not parameter.media_type
        and is_kind("object", plain(parameter.schema, schemas))
    )


def _judge_value(value: Json, schema: Any, where: list[str], found: Read, schemas: Schemas) -> None:
    base = pointer(where)
    found.flaws += [
        InvalidField(base + flaw.pointer, flaw.message, flaw.received)
        for flaw in validator(schema, schemas).errors(value)
    ]


async def _own_body(
    request: Request, body: bytes, endpoint: Endpoint, own: list[Parameter], found: Read, schemas: Schemas
) -> None:
    """The body of a function's endpoint, which is made of its parameters."""
    call = endpoint.call
    media = call.media_type if isinstance(call, HttpCall) else "application/json"
    if not body and not any(p.required for p in own):
        return
    if is_json(media):
        _check_type(request, ["application/json"])
        value = _json(body, found)
        if not isinstance(value, dict):
            if not found.flaws:
                found.flaws.append(InvalidField("/body", "must be an object of the parameters", json_type(value)))
            return
    else:
        _check_type(request, [media, "multipart/form-data"] if media == FORM_TYPE else [media])
        value = await _form(request, body, {p.name: p.schema for p in own}, {}, schemas, found)
    found.body = value
    for parameter in own:
        if parameter.name not in value:
            if parameter.required:
                found.flaws.append(InvalidField(pointer(["body", parameter.name]), "is required", "nothing"))
        elif parameter.location != "file":
            _judge_value(value[parameter.name], parameter.schema, ["body", parameter.name], found, schemas)


async def _described_body(request: Request, body: bytes, endpoint: Endpoint, found: Read, schemas: Schemas) -> None:
    """The body of an operation that says what it may be."""
    described = endpoint.request_body
    assert described is not None
    if not body and not request.headers.get("content-type"):
        if described.required:
            found.flaws.append(InvalidField("/body", "is required", "nothing"))
        return
    if not described.content:
        return
    media = _media(request, described.content)
    essence = _essence(request.headers.get("content-type", ""))
    schema = media.schema
    if is_json(essence):
        value = _json(body, found)
        if not found.flaws or found.body is not None:
            found.body = value
            _judge_value(value, schema, ["body"], found, schemas)
    elif essence == FORM_TYPE or essence.startswith("multipart/"):
        properties = plain(schema, schemas)
        fields = properties.get("properties", {}) if isinstance(properties, dict) else {}
        value = await _form(request, body, fields, media.encoding, schemas, found)
        found.body = value
        binary = {n for n, inner in fields.items() if _is_file(inner, schemas)}
        judged = {key: inner for key, inner in value.items() if key not in binary}
        if isinstance(properties, dict):
            rest = _without_required(_Key(properties, schemas))
            missing = [n for n in properties.get("required", ()) if n not in value]
            found.flaws += [InvalidField(pointer(["body", n]), "is required", "nothing") for n in missing]
            _judge_value(judged, rest, ["body"], found, schemas)
    elif is_xml(essence):
        try:
            found.body = load_xml(body, schema, schemas, lambda text, wanted: typed(text, wanted, schemas))
        except NoXmlError as error:
            found.flaws.append(InvalidField("/body", str(error), "string"))
        else:
            inner = plain(schema, schemas)
            if is_kind("object", inner) or is_kind("array", inner):
                _judge_value(found.body, schema, ["body"], found, schemas)
    elif not body and described.required:
        found.flaws.append(InvalidField("/body", "is required", "nothing"))


def _json(body: bytes, found: Read) -> Json:
    try:
        return pydantic_core.from_json(body, allow_inf_nan=False)
    except ValueError as error:
        found.flaws.append(InvalidField("/body", f"is not JSON: {error}", "string" if body else "nothing"))
        return None


async def _form(
    request: Request, body: bytes, fields: Mapping[str, Any], encoding: Mapping[str, Any], schemas: Schemas, found: Read
) -> dict[str, Json]:
    """The fields of a form, each as its schema and encoding say; files are their names."""
    if _essence(request.headers.get("content-type", "")) == FORM_TYPE:
        pairs: Pairs = raw_pairs(body.decode("utf-8", "replace"))
        out: dict[str, Json] = {}
        taken: set[str] = set()
        for name, schema in fields.items():
            how = encoding.get(name, {})
            parameter = Parameter(
                name=name, location="query", schema=schema, style=how.get("style", "form"), explode=how.get("explode")
            )
            if is_kind("object", plain(schema, schemas)) and how.get("style") != "deepObject":
                texts = [text for key, text in pairs if key == name]
                read = ((_content(unquote_plus(texts[-1])), {name})) if texts else None
            else:
                read = from_pairs(pairs, parameter, schemas)
            if read is not None:
                out[name] = read[0]
                taken |= read[1]
        return {**out, **{n: _content(unquote_plus(text)) for n, text in pairs if n not in taken}}
    values: dict[str, Json] = {}
    try:
        async with request.form(max_part_size=64 * 1024 * 1024) as form:
            for name in form:
                schema = fields.get(name, {})
                inner = plain(schema, schemas)
                wanted = encoding.get(name, {}).get("contentType")
                for item in form.getlist(name):
                    given = item.content_type if isinstance(item, UploadFile) else None
                    if isinstance(wanted, str) and given and not _is_wanted(given, wanted):
                        where = pointer(["body", name])
                        found.flaws.append(InvalidField(where, f"must be {wanted}, and came as {given}", "string"))
                items = [_part(item, inner, schemas) for item in form.getlist(name)]
                several = is_kind("array", inner) and not (len(items) == 1 and isinstance(items[0], list))
                values[name] = items if several else items[-1]
    except Exception as error:  # the parser's own errors have no common class
        found.flaws.append(InvalidField("/body", f"the form can't be read: {error}", "string"))
    return values


def _is_wanted(media_type: str, wanted: str) -> bool:
    """Whether a part's media type is one of those of its Encoding Object, which may be ranges."""
    kind = _essence(media_type).partition("/")[0]
    return any(one in ("*/*", f"{kind}/*", _essence(media_type)) for one in map(_essence, wanted.split(",")))


def _part(item: str | UploadFile, schema: Any, schemas: Schemas) -> Json:
    if isinstance(item, UploadFile):
        if is_json(item.content_type or ""):
            return _content(item.file.read().decode("utf-8", "replace"))
        return item.filename or "file"
    if is_kind("array", schema):
        inner = schema.get("items", {}) if isinstance(schema, dict) else {}
        whole = _content(item)
        return whole if isinstance(whole, list) else typed(item, inner, schemas)
    if is_kind("object", schema):
        return _content(item)
    return typed(item, schema, schemas)


def _is_file(schema: Any, schemas: Schemas) -> bool:
    inner = plain(schema, schemas)
    items = plain(inner.get("items", {}), schemas) if isinstance(inner, dict) else {}
    return is_binary(inner) or is_binary(items)


def _media(request: Request, content: tuple[MediaType, ...]) -> MediaType:
    given = _essence(request.headers.get("content-type", ""))
    for media in content:
        essence = _essence(media.type)
        kind, _, rest = essence.partition("/")
        if essence in (given, "*/*") or (rest == "*" and given.startswith(kind + "/")):
            return media
    if not given and len(content) == 1:
        return content[0]
    _refuse_type(given, [media.type for media in content])
    raise AssertionError


def _check_type(request: Request, expected: list[str]) -> None:
    given = _essence(request.headers.get("content-type", ""))
    if given not in expected and not (is_json(given) and "application/json" in expected):
        _refuse_type(given, expected)


def _refuse_type(given: str, expected: list[str]) -> None:
    names = " or ".join(expected)
    raise Problem(
        415,
        f"The body must be {names}; this one is {given or 'of no media type'}.",
        headers={"Accept": ", ".join(expected)},
    )


def _essence(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


class _Key:
    """A schema as a key: those of an Api live as long as the server."""

    __slots__ = ("schema", "schemas")

    def __init__(self, schema: Any, schemas: Schemas) -> None:
        self.schema, self.schemas = schema, schemas

    def __hash__(self) -> int:
        return id(self.schema)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.schema is other.schema


@lru_cache(maxsize=4096)
def _compiled(key: _Key) -> Validator:
    seen = key.schemas.seen(key.schema) if hasattr(key.schemas, "seen") else key.schema
    return Validator(bounded(seen), all_bounded(key.schemas), formats=_FORMATS)


@lru_cache(maxsize=1024)
def _without_required(key: _Key) -> dict[str, Any]:
    """An object's schema that judges what is there alone."""
    return {name: inner for name, inner in key.schema.items() if name != "required"}


def validator(schema: Any, schemas: Schemas) -> Validator:
    """The compiled schema."""
    return _compiled(_Key(schema, schemas))
