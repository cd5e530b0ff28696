"""An endpoint and its arguments as one concrete request: URL, query, headers, cookies and body.

The only home of URL and body building; how values become text is in `styles`. Says nothing about languages
(`snippets`) and sends nothing.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urljoin

from apispec.literals import Env, EnvText, LocalFile, json_text, percent_encode, well_formed
from apispec.model import Api, Endpoint, HttpCall, Json, MediaType, Parameter, Schema, Server
from apispec.requests.body_text import essence, is_written, written
from apispec.requests.credentials import credentials
from apispec.requests.sendable import COOKIE_NAME, MEDIA_TYPE, PART_NAME, TOKEN, header_value
from apispec.requests.styles import (
    as_it_is,
    cookie_pairs,
    encode_reserved,
    header_text,
    path_text,
    query_pairs,
    scalar_text,
)
from apispec.schemas import alternatives, types

DEFAULT_BASE_URL = "http://127.0.0.1:8000"
"""Where `apispec serve` listens unless told otherwise; used where the Api names no server."""

BodyKind = Literal["none", "json", "form", "multipart", "text", "file"]

FORM_TYPE = "application/x-www-form-urlencoded"

GRADIO_LOGIN = (Env("GRADIO_USER"), Env("GRADIO_PASSWORD"))
"""Where the user name and the password for a Gradio app are taken from."""

WHOLE_QUERY = "querystring"
"""The style of a query parameter that is the whole query (`in: querystring`, OpenAPI 3.2)."""

_TEMPLATE_NAME = re.compile(r"\{([^{}]*)\}")
_PATH_CHARACTERS = "/:@!$&'()*+,;=%?#"
_OURS = ("accept", "content-type")
"""Header parameters that OpenAPI says to ignore: the media types of body and result decide them."""


@dataclass(frozen=True, slots=True)
class FilePart:
    """One part of a multipart body that is not plain text: a file, or a text with a media type and no file name."""

    name: str
    """The field."""
    file: LocalFile

    @property
    def data(self) -> bytes:
        """The bytes."""
        return base64.b64decode(self.file.content) if self.file.is_base64 else self.file.content.encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One HTTP request, as plain data. Credentials are `EnvText`, read when the request is made."""

    method: str
    url: str
    """Base URL and path, percent-encoded, without query."""
    query: tuple[tuple[str, str], ...] = ()
    """Encoded names and values, in order; a text that is the whole query has no name."""
    headers: Mapping[str, str | EnvText] = field(default_factory=dict)
    cookies: tuple[tuple[str, str | EnvText], ...] = ()
    secret_query: Mapping[str, EnvText] = field(default_factory=dict)
    """API keys that travel in the query, by name; neither is encoded."""
    basic: tuple[Env, Env] | None = None
    """User name and password, for HTTP basic or digest authentication."""
    digest: bool = False
    """Whether `basic` is for digest authentication."""
    media_type: str = ""
    """Of the body; empty = no body."""
    json: Json = None
    """The body where `media_type` is JSON."""
    form: tuple[tuple[str, str], ...] = ()
    """Fields of a form or multipart body, not encoded; `content` has them where delimiters are to be kept."""
    files: tuple[FilePart, ...] = ()
    content: str | LocalFile = ""
    """The body where it is neither JSON nor a form: a text, or a file's bytes."""

    @property
    def body_kind(self) -> BodyKind:
        """How the body travels; `file` = the bytes of one file."""
        if not self.media_type:
            return "none"
        if isinstance(self.content, LocalFile):
            return "file"
        if is_json(self.media_type):
            return "json"
        if self.media_type == FORM_TYPE:
            return "text" if self.content else "form"
        return "multipart" if self.media_type.startswith("multipart/") else "text"

    @property
    def open_url(self) -> str:
        """URL with its query, without API keys."""
        pairs = [f"{name}={value}" if name else value for name, value in self.query]
        return self.url + ("?" + "&".join(pairs) if pairs else "")

    @property
    def full_url(self) -> str | EnvText:
        """URL with its query; `EnvText` where an API key is part of it."""
        text = self.open_url
        parts: list[str | Env] = []
        joiner = "&" if self.query else "?"
        for name, value in self.secret_query.items():
            parts += [f"{text}{joiner}{percent_encode(name)}=", *value.parts]
            text, joiner = "", "&"
        return EnvText(tuple(parts)) if parts else text


def is_json(media_type: str) -> bool:
    """Whether a media type is JSON (RFC 8259, or the `+json` suffix of RFC 6839)."""
    if media_type == "application/json":
        return True
    kind = essence(media_type)
    return kind == "application/json" or kind.endswith("+json")


def is_binary(schema: Schema) -> bool:
    """Whether a body or a property of a form is a file: `format: binary` (3.0), or a media type without an encoding
    (3.1).
    """
    return isinstance(schema, dict) and (
        schema.get("format") == "binary"
        or (
            "contentMediaType" in schema and "contentEncoding" not in schema and not is_json(schema["contentMediaType"])
        )
    )


def base_url(api: Api, endpoint: Endpoint | None = None, given: str | None = None) -> str:
    """The URL that paths are appended to, no slash at its end: the first server, its variables at their defaults.

    A relative server of an endpoint is taken relative to the Api's, a relative one of that to `DEFAULT_BASE_URL`.

    Args:
        api: Whose servers apply.
        endpoint: Its own servers come before those.
        given: Where everything is served whatever the Api says; relative servers of the endpoint are relative to it.
    """
    root = (absolute(server_url(api.servers[0])) if api.servers else DEFAULT_BASE_URL) if given is None else given
    if endpoint is None or not endpoint.servers:
        return root.rstrip("/")
    own = server_url(endpoint.servers[0])
    return root.rstrip("/") if given is not None and not is_relative(own) else absolute(own, root)


def has_address(api: Api, endpoint: Endpoint) -> bool:
    """Whether the servers of an endpoint, or else the Api's, say on which host it is."""
    servers = [*endpoint.servers[:1], *api.servers[:1]]
    return any(server_url(server).lower().startswith(("http://", "https://")) for server in servers)


def is_relative(url: str) -> bool:
    """Whether a server's URL leaves open on which host it is."""
    return re.match(r"([A-Za-z][A-Za-z0-9+.-]*:)?//", url) is None


def absolute(url: str, root: str = DEFAULT_BASE_URL) -> str:
    """A server's URL where `root` is what it is relative to (RFC 3986, 5), no slash at its end."""
    try:
        return urljoin(root.rstrip("/") + "/", url).rstrip("/")
    except ValueError:  # it is no URL at all
        return url.rstrip("/")


def server_url(server: Server) -> str:
    """A server's URL with its variables at their defaults; one that is not declared becomes its own name."""

    def default(match: re.Match[str]) -> str:
        variable = server.variables.get(match[1])
        return variable.default if variable else match[1]

    return _TEMPLATE_NAME.sub(default, server.url)


def argument_names(endpoint: Endpoint) -> dict[str, Parameter]:
    """The endpoint's parameters by the names that arguments have: their own, `LOCATION.NAME` where that is taken."""
    named: dict[str, Parameter] = {}
    for parameter in endpoint.parameters:
        name = parameter.name
        while name in named:
            name = f"{parameter.location}.{name}"
        named[name] = parameter
    return named


def body_name(endpoint: Endpoint) -> str:
    """The name that the argument for a `request_body` has: `body`, `requestBody` where a parameter is called that."""
    return "body" if endpoint.parameter("body") is None else "requestBody"


def request(
    endpoint: Endpoint, arguments: Mapping[str, Json], api: Api, base: str | None = None, way: int = 0
) -> Request:
    """The request that calls an http endpoint with these arguments.

    Args:
        endpoint: Its call must be an `HttpCall`.
        arguments: Values by `argument_names`, that of a `request_body` by `body_name`. A file parameter's value is a
            `FilePart`, or a list of them where `multiple`. What is not given is not sent, nor is null for an optional
            parameter outside the body.
        api: Whose servers, components and security apply.
        base: The base URL; `base_url(api, endpoint)` by default.
        way: Which of the endpoint's `ways` of authenticating.

    Raises:
        TypeError: The endpoint is not called over plain http.
    """
    call = endpoint.call
    if not isinstance(call, HttpCall):
        raise TypeError(f"{endpoint.name} is not an http endpoint")
    in_path: dict[str, str] = {}
    query: list[tuple[str, str]] = []
    headers: dict[str, str | EnvText] = {}
    cookies: list[tuple[str, str | EnvText]] = []
    body = _Body()
    for name, parameter in argument_names(endpoint).items():
        if name not in arguments:
            continue
        value = arguments[name]
        if parameter.location == "body":
            body.media_type = call.media_type
            body.json = {**(body.json or {}), parameter.name: value}
        elif parameter.location == "file":
            body.media_type = call.media_type
            body.files += value if isinstance(value, list) else [value]
        elif value is None and not parameter.required:
            continue
        elif parameter.location == "form":
            body.media_type = call.media_type
            texts = value if parameter.multiple and isinstance(value, list) else [value]
            body.form += [(parameter.name, well_formed(scalar_text(v))) for v in texts]
        elif parameter.location == "path":
            in_path[parameter.name] = _path_text(parameter, value)
        elif parameter.location == "query":
            query += _query_pairs(parameter, value)
        elif parameter.location == "header":
            if parameter.name.lower() not in _OURS and TOKEN.fullmatch(parameter.name):
                headers[parameter.name] = _header_text(parameter, value)
        else:
            cookies += [pair for pair in _cookie_pairs(parameter, value) if COOKIE_NAME.fullmatch(pair[0])]
    if endpoint.request_body is not None and body_name(endpoint) in arguments:
        media = endpoint.request_body.content[0] if endpoint.request_body.content else MediaType()
        body = _document_body(media, arguments[body_name(endpoint)], api)
    elif body.json is None and any(p.location == "body" for p in endpoint.parameters):
        body = _Body(call.media_type, {})
    result = endpoint.result
    if result is not None and result.media_type and (result.streaming or result.other_content):
        headers["Accept"] = header_value(result.media_type)
    if body.media_type.startswith("multipart/"):
        body.form = [pair for pair in body.form if PART_NAME.fullmatch(pair[0])]
        body.files = [part for part in body.files if PART_NAME.fullmatch(part.name)]
    secrets = credentials(endpoint, api, way)
    secret_names = {name.lower() for name in secrets.headers}
    path, in_template = _path_and_query(call.path, in_path)
    said = {name for name, _ in query}
    in_template = [pair for pair in in_template if pair[0] not in said]  # which the path writes, too
    return Request(
        method=call.method if TOKEN.fullmatch(call.method) else "GET",
        url=(base_url(api, endpoint) if base is None else base.rstrip("/")) + path,
        query=(*in_template, *query),
        headers={**{n: v for n, v in headers.items() if n.lower() not in secret_names}, **secrets.headers},
        cookies=(*cookies, *secrets.cookies.items()),
        secret_query=secrets.query,
        basic=secrets.basic,
        digest=secrets.digest,
        media_type=header_value(body.media_type),
        json=body.json,
        form=tuple(body.form),
        files=tuple(body.files),
        content=body.content,
    )


def variables(made: Request) -> list[str]:
    """The names of the environment variables that a request reads, in the order of their first use."""
    texts = [*made.headers.values(), *(value for _, value in made.cookies), *made.secret_query.values()]
    names = [part.name for text in texts if isinstance(text, EnvText) for part in text.parts if isinstance(part, Env)]
    return list(dict.fromkeys([*names, *(env.name for env in made.basic or ())]))


def _path_and_query(template: str, values: Mapping[str, str]) -> tuple[str, list[tuple[str, str]]]:
    """The path, and the query that some documents write into it. A fragment, which is never sent, is dropped."""
    pieces = _TEMPLATE_NAME.split(template)
    text = "".join(
        values.get(piece, percent_encode(piece)) if i % 2 else percent_encode(piece, _PATH_CHARACTERS)
        for i, piece in enumerate(pieces)
    )
    path, _, query = text.partition("#")[0].partition("?")
    pairs = [pair.partition("=") for pair in query.split("&") if pair]
    return path if path.startswith("/") else "/" + path, [(name, value) for name, _, value in pairs]


def _content_text(parameter: Parameter, value: Json) -> str:
    """A parameter's text where a document describes it by `content`."""
    return json_text(value) if is_json(parameter.media_type) else scalar_text(value)


def _path_text(parameter: Parameter, value: Json) -> str:
    if parameter.media_type:
        return percent_encode(_content_text(parameter, value))
    return path_text(parameter.name, value, parameter.style or "simple", bool(parameter.explode))


def _query_pairs(parameter: Parameter, value: Json) -> list[tuple[str, str]]:
    encode = encode_reserved if parameter.allow_reserved else percent_encode
    if parameter.style == WHOLE_QUERY:
        if parameter.media_type != FORM_TYPE or not isinstance(value, dict):
            return [("", percent_encode(_content_text(parameter, value)))]
        return [pair for name, item in value.items() for pair in query_pairs(name, _plain(item))]
    if parameter.media_type:
        return [(percent_encode(parameter.name), encode(_content_text(parameter, value)))]
    return query_pairs(parameter.name, value, parameter.style or "form", parameter.explode, encode)


def _plain(value: Json) -> Json:
    """A value of a form that is no list: objects are JSON."""
    return json_text(value) if isinstance(value, dict) else value


def _cookie_pairs(parameter: Parameter, value: Json) -> list[tuple[str, str]]:
    if parameter.media_type:
        return [(parameter.name, percent_encode(_content_text(parameter, value)))]
    return cookie_pairs(parameter.name, value, parameter.style or "form", parameter.explode)


def _header_text(parameter: Parameter, value: Json) -> str:
    if parameter.media_type:
        return header_value(well_formed(_content_text(parameter, value)))
    return header_value(well_formed(header_text(value, bool(parameter.explode))))


@dataclass(slots=True)
class _Body:
    media_type: str = ""
    json: Json = None
    form: list[tuple[str, str]] = field(default_factory=list)
    encoded: list[str] = field(default_factory=list)
    """The same, percent-encoded as its styles say: delimiters are not."""
    files: list[FilePart] = field(default_factory=list)
    content: str | LocalFile = ""


def _document_body(media: MediaType, value: Json, api: Api) -> _Body:
    """The body that a document describes by a media type."""
    if isinstance(value, FilePart):
        return _Body(value.file.media_type if "*" in media.type else media.type, content=value.file)
    media_type = media.type
    if "*" in media_type:
        media_type = "text/plain" if isinstance(value, str) else "application/json"
    if is_json(media_type):
        return _Body(media_type, value)
    if isinstance(value, dict) and (media_type == FORM_TYPE or media_type.startswith("multipart/")):
        body = _Body(media_type)
        for name, item in value.items():
            _add_field(body, name, item, media, api)
        if media_type == FORM_TYPE and body.encoded != [_encoded_pair(n, v) for n, v in body.form]:
            body.content = "&".join(body.encoded)
        return body
    if is_written(media_type) and not isinstance(value, str):
        return _Body(media_type, content=written(value, media, api.schemas))
    text = well_formed(scalar_text(value))
    if "\0" in text:  # which no shell can pass on
        encoded = base64.b64encode(text.encode()).decode()
        return _Body(media_type, content=LocalFile("body.bin", encoded, media_type, is_base64=True))
    return _Body(media_type, content=text)


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


def _add_field(body: _Body, name: str, value: Json, media: MediaType, api: Api) -> None:
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
