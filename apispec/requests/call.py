"""An endpoint and its arguments as one concrete request: URL, query, headers, cookies and body.

The only home of URL building; how values become text is in `styles`, how they become bodies in `bodies`.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote

from apispec.literals import Env, EnvText, json_text, percent_encode, well_formed
from apispec.model import Api, Endpoint, HttpCall, Json, MediaType, Parameter
from apispec.requests.bodies import Body, document_body
from apispec.requests.credentials import credentials
from apispec.requests.http_request import FORM_TYPE, Request, is_json
from apispec.requests.sendable import COOKIE_NAME, PART_NAME, TOKEN, header_value
from apispec.requests.servers import TEMPLATE_NAME, base_url
from apispec.requests.styles import cookie_pairs, encode_reserved, header_text, path_text, query_pairs, scalar_text

GRADIO_LOGIN = (Env("GRADIO_USER"), Env("GRADIO_PASSWORD"))
"""Where the user name and the password for a Gradio app are taken from."""

WHOLE_QUERY = "querystring"
"""The style of a query parameter that is the whole query (`in: querystring`, OpenAPI 3.2)."""

_PATH_CHARACTERS = "/:@!$&'()*+,;=%?#"
_OURS = ("accept", "content-type")
"""Header parameters that OpenAPI says to ignore: the media types of body and result decide them."""


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
    body = Body()
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
        body = document_body(media, arguments[body_name(endpoint)], api)
    elif body.json is None and any(p.location == "body" for p in endpoint.parameters):
        body = Body(call.media_type, {})
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
        query=tuple(pair for pair in (*in_template, *query) if unquote(pair[0]) not in secrets.query),
        headers={**{n: v for n, v in headers.items() if n.lower() not in secret_names}, **secrets.headers},
        cookies=(*(pair for pair in cookies if pair[0] not in secrets.cookies), *secrets.cookies.items()),
        secret_query=secrets.query,
        basic=secrets.basic,
        digest=secrets.digest,
        media_type=header_value(body.media_type),
        json=body.json,
        form=tuple(body.form),
        files=tuple(body.files),
        content=body.content,
    )


def _path_and_query(template: str, values: Mapping[str, str]) -> tuple[str, list[tuple[str, str]]]:
    """The path, and the query that some documents write into it. A fragment, which is never sent, is dropped."""
    pieces = TEMPLATE_NAME.split(template)
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
