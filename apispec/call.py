"""An endpoint and its arguments as one concrete request: URL, query, headers, cookies and body.

The only home of parameter styles and URL building. Says nothing about languages (`snippets`) and sends nothing.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from apispec.literals import Env, EnvText, LocalFile, json_text, percent_encode
from apispec.model import Api, Endpoint, HttpCall, Json, Parameter, Server
from apispec.schema import resolve, types

DEFAULT_BASE_URL = "http://127.0.0.1:8000"
"""Where `apispec serve` listens unless told otherwise; used where the Api names no server."""

_DEFAULT_STYLE = {"path": "simple", "query": "form", "header": "simple", "cookie": "form"}
_DELIMITERS = {"form": ",", "spaceDelimited": "%20", "pipeDelimited": "%7C"}
_RESERVED = ":/?#[]@!$&'()*+,;="


@dataclass(frozen=True, slots=True)
class FilePart:
    """One file of a multipart body."""

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
    """Encoded names and values, in order."""
    headers: Mapping[str, str | EnvText] = field(default_factory=dict)
    cookies: Mapping[str, str | EnvText] = field(default_factory=dict)
    secret_query: Mapping[str, EnvText] = field(default_factory=dict)
    """API keys that travel in the query, by encoded name."""
    basic: tuple[Env, Env] | None = None
    """User name and password, for HTTP basic authentication."""
    media_type: str = ""
    """Of the body; empty = no body."""
    json: Json = None
    """The body where `media_type` is JSON."""
    form: tuple[tuple[str, str], ...] = ()
    """Fields of a form or multipart body, not encoded."""
    files: tuple[FilePart, ...] = ()
    content: str = ""
    """The body where it is neither JSON nor a form."""

    @property
    def body_kind(self) -> str:
        """`none`, `json`, `form`, `multipart` or `raw`."""
        if not self.media_type:
            return "none"
        if is_json(self.media_type):
            return "json"
        if self.media_type == "application/x-www-form-urlencoded":
            return "form"
        return "multipart" if self.media_type.startswith("multipart/") else "raw"

    @property
    def full_url(self) -> str | EnvText:
        """URL with its query; `EnvText` where an API key is part of it."""
        pairs = [f"{k}={v}" for k, v in self.query]
        text = self.url + ("?" + "&".join(pairs) if pairs else "")
        if not self.secret_query:
            return text
        parts: list[str | Env] = []
        for name, value in self.secret_query.items():
            text += ("&" if "?" in text else "?") + name + "="
            parts += [text, *value.parts]
            text = ""
        return EnvText(tuple(parts))


def is_json(media_type: str) -> bool:
    """Whether a media type is JSON (RFC 8259, or the `+json` suffix of RFC 6839)."""
    essence = media_type.partition(";")[0].strip().lower()
    return essence == "application/json" or essence.endswith("+json")


def base_url(api: Api, endpoint: Endpoint | None = None) -> str:
    """The URL that paths are appended to, no slash at its end: the first server, its variables at their defaults.

    A relative server URL is taken relative to `DEFAULT_BASE_URL`.
    """
    servers = (endpoint.servers if endpoint else ()) or api.servers
    url = server_url(servers[0]) if servers else DEFAULT_BASE_URL
    if "://" not in url:
        url = DEFAULT_BASE_URL + "/" + url.lstrip("/")
    return url.rstrip("/")


def server_url(server: Server) -> str:
    """A server's URL with its variables at their defaults."""
    url = server.url
    for name, variable in server.variables.items():
        url = url.replace("{" + name + "}", variable.default)
    return url


def request(endpoint: Endpoint, arguments: Mapping[str, Json], api: Api, base: str | None = None) -> Request:
    """The request that calls an http endpoint with these arguments.

    Args:
        endpoint: Its call must be an `HttpCall`.
        arguments: Values by parameter name, those of a `request_body` under `body`. A file parameter's value is a
            `FilePart`, or a list of them where `multiple`. What is not given is not sent.
        api: Whose servers, components and security apply.
        base: The base URL; `base_url(api, endpoint)` by default.

    Raises:
        TypeError: The endpoint is not called over plain http.
    """
    call = endpoint.call
    if not isinstance(call, HttpCall):
        raise TypeError(f"{endpoint.name} is not an http endpoint")
    path = call.path
    query: list[tuple[str, str]] = []
    headers: dict[str, str | EnvText] = {}
    cookies: dict[str, str | EnvText] = {}
    body: dict[str, Json] = {}
    form: list[tuple[str, str]] = []
    files: list[FilePart] = []
    for parameter in endpoint.parameters:
        if parameter.name not in arguments:
            continue
        value = arguments[parameter.name]
        if parameter.location == "path":
            path = path.replace("{" + parameter.name + "}", _path_text(parameter, value))
        elif parameter.location == "query":
            query += _query_pairs(parameter, value)
        elif parameter.location == "header":
            headers[parameter.name] = _plain_text(parameter, value)
        elif parameter.location == "cookie":
            cookies.update(_cookies(parameter, value))
        elif parameter.location == "file":
            files += value if isinstance(value, list) else [value]
        elif parameter.location == "form":
            form += [(parameter.name, text) for text in form_texts(value, multiple=parameter.multiple)]
        else:
            body[parameter.name] = value
    media_type, json_body, content = _body(endpoint, call, arguments, body, form, files, api)
    result = endpoint.result
    if result is not None and result.streaming:
        headers.setdefault("Accept", result.media_type)
    secrets = _secrets(endpoint, api)
    return Request(
        method=call.method,
        url=(base_url(api, endpoint) if base is None else base.rstrip("/")) + path,
        query=tuple(query),
        headers={**headers, **secrets.headers},
        cookies={**cookies, **secrets.cookies},
        secret_query=secrets.query,
        basic=secrets.basic,
        media_type=media_type,
        json=json_body,
        form=tuple(form),
        files=tuple(files),
        content=content,
    )


def form_texts(value: Json, *, multiple: bool = False) -> list[str]:
    """A form field's value as texts: scalars as they are, a list of scalars one text each if `multiple`, else JSON."""
    if multiple and isinstance(value, list):
        return [scalar_text(v) for v in value]
    return [scalar_text(value)]


def scalar_text(value: Json) -> str:
    """A value as text in a URL, header or form: JSON notation for all but strings."""
    return value if isinstance(value, str) else json_text(value)


def _path_text(parameter: Parameter, value: Json) -> str:
    style = parameter.style or "simple"
    explode = bool(parameter.explode)
    name = percent_encode(parameter.name)
    if style == "label":
        joiner = "." if explode else ","
        return "." + joiner.join(_items(value, explode, percent_encode))
    if style == "matrix":
        if isinstance(value, dict) and explode:
            return "".join(f";{k}={v}" for k, v in _pairs(value, percent_encode))
        if isinstance(value, list) and explode:
            return "".join(f";{name}={percent_encode(scalar_text(v))}" for v in value)
        return f";{name}=" + ",".join(_items(value, False, percent_encode))
    return ",".join(_items(value, explode, percent_encode))


def _query_pairs(parameter: Parameter, value: Json) -> list[tuple[str, str]]:
    def encode(text: str) -> str:
        return percent_encode(text, _RESERVED.replace("&", "").replace("#", "").replace("+", "").replace("=", "")) if (
            parameter.allow_reserved
        ) else percent_encode(text)  # fmt: skip

    name = percent_encode(parameter.name)
    style = parameter.style or "form"
    explode = parameter.explode if parameter.explode is not None else style == "form"
    if parameter.media_type:
        return [(name, percent_encode(json_text(value) if is_json(parameter.media_type) else scalar_text(value)))]
    if style == "deepObject" and isinstance(value, dict):
        return [
            (f"{name}%5B{key}%5D", encode(scalar_text(item)))
            for key, raw in ((percent_encode(k), v) for k, v in value.items())
            for item in (raw if isinstance(raw, list) else [raw])
        ]
    if isinstance(value, dict) and explode:
        return _pairs(value, encode)
    if isinstance(value, list) and explode:
        return [(name, encode(scalar_text(v))) for v in value]
    return [(name, _DELIMITERS.get(style, ",").join(_items(value, False, encode)))]


def _cookies(parameter: Parameter, value: Json) -> dict[str, str]:
    explode = parameter.explode if parameter.explode is not None else True
    if isinstance(value, dict) and explode:
        return dict(_pairs(value, percent_encode))
    return {parameter.name: ",".join(_items(value, False, percent_encode))}


def _plain_text(parameter: Parameter, value: Json) -> str:
    """A header's text (style `simple`), where nothing is percent-encoded."""
    if parameter.media_type and is_json(parameter.media_type):
        return json_text(value)
    return ",".join(_items(value, bool(parameter.explode), str))


def _items(value: Json, explode: bool, encode: Any) -> list[str]:
    if isinstance(value, list):
        return [encode(scalar_text(v)) for v in value]
    if isinstance(value, dict):
        pairs = _pairs(value, encode)
        return [f"{k}={v}" for k, v in pairs] if explode else [part for pair in pairs for part in pair]
    return [encode(scalar_text(value))]


def _pairs(value: dict[str, Json], encode: Any) -> list[tuple[str, str]]:
    return [(encode(k), encode(scalar_text(v))) for k, v in value.items()]


def _body(
    endpoint: Endpoint,
    call: HttpCall,
    arguments: Mapping[str, Json],
    body: dict[str, Json],
    form: list[tuple[str, str]],
    files: list[FilePart],
    api: Api,
) -> tuple[str, Json, str]:
    """Media type, JSON body, raw content."""
    if endpoint.request_body is not None:
        if "body" not in arguments:
            return "", None, ""
        return _document_body(endpoint, arguments["body"], form, files, api)
    if any(p.location == "body" for p in endpoint.parameters):
        return call.media_type, body, ""
    if form or files:
        return call.media_type, None, ""
    return "", None, ""


def _document_body(
    endpoint: Endpoint, value: Json, form: list[tuple[str, str]], files: list[FilePart], api: Api
) -> tuple[str, Json, str]:
    assert endpoint.request_body is not None
    media = endpoint.request_body.content[0]
    if is_json(media.type):
        return media.type, value, ""
    if isinstance(value, dict) and (
        media.type == "application/x-www-form-urlencoded" or media.type.startswith("multipart/")
    ):
        schema = resolve(media.schema, api.schemas)
        properties = schema.get("properties", {}) if isinstance(schema, dict) else {}
        for name, item in value.items():
            if isinstance(item, FilePart) or (isinstance(item, list) and any(isinstance(i, FilePart) for i in item)):
                files += item if isinstance(item, list) else [item]
            else:
                is_list = "array" in types(resolve(properties.get(name, {}), api.schemas))
                form += [(name, text) for text in form_texts(item, multiple=is_list)]
        return media.type, None, ""
    return media.type, None, scalar_text(value)


@dataclass(slots=True)
class _Secrets:
    headers: dict[str, EnvText] = field(default_factory=dict)
    cookies: dict[str, EnvText] = field(default_factory=dict)
    query: dict[str, EnvText] = field(default_factory=dict)
    basic: tuple[Env, Env] | None = None


def _secrets(endpoint: Endpoint, api: Api) -> _Secrets:
    """Placeholders for the first way of authenticating that the endpoint accepts."""
    found = _Secrets()
    requirements = api.security if endpoint.security is None else endpoint.security
    for name in requirements[0] if requirements else ():
        scheme = api.security_schemes.get(name, {})
        env = Env(env_name(name))
        kind = scheme.get("type")
        if kind == "apiKey":
            place = {"header": found.headers, "query": found.query, "cookie": found.cookies}.get(str(scheme.get("in")))
            if place is not None:
                place[str(scheme.get("name", name))] = EnvText((env,))
        elif kind == "http" and str(scheme.get("scheme", "")).lower() == "basic":
            found.basic = (Env(env.name + "_USER"), Env(env.name + "_PASSWORD"))
        elif kind in ("http", "oauth2", "openIdConnect"):
            word = str(scheme.get("scheme", "Bearer")) if kind == "http" else "Bearer"
            found.headers["Authorization"] = EnvText((f"{word[:1].upper()}{word[1:]} ", env))
    return found


def env_name(text: str) -> str:
    """A name for an environment variable: `api-key` → `API_KEY`, `petstoreAuth` → `PETSTORE_AUTH`."""
    out = ""
    for i, char in enumerate(text):
        if not (char.isascii() and char.isalnum()):
            out += "_"
            continue
        if char.isupper() and i and text[i - 1].islower():
            out += "_"
        out += char.upper()
    out = "_".join(part for part in out.split("_") if part)
    return out if out and not out[0].isdigit() else f"API_{out or 'KEY'}"
