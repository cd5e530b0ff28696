"""What a snippet template may ask about a call, and the values that its slots hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from apispec.call import FilePart, Request, base_url, is_json, request
from apispec.literals import BasicAuth, EnvText, LocalFile, exact_in_javascript, json_text
from apispec.model import Api, Endpoint, GradioCall, Json

_DOWNLOAD_SUFFIXES = {
    "application/json": "json", "application/octet-stream": "bin", "application/pdf": "pdf", "application/zip": "zip",
    "audio/mpeg": "mp3", "audio/wav": "wav", "image/jpeg": "jpg", "image/png": "png", "image/svg+xml": "svg",
    "text/csv": "csv", "text/html": "html", "text/markdown": "md", "text/plain": "txt", "video/mp4": "mp4",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SnippetContext:
    """The shape of a call: all that a template may branch on, and no value. Calls of one shape share one rendering."""

    method: str
    """The HTTP method, upper case."""
    body: Literal["none", "json", "form", "multipart", "raw"]
    """How the body travels. JSON that a language cannot write exactly travels as `raw`."""
    result: Literal["json", "text", "file", "none", "stream", "lines"]
    """What comes back: `stream` = generating/complete/error events, `lines` = any other stream."""
    env: bool
    """Whether values are read from environment variables."""
    basic: bool
    """Whether HTTP basic authentication is used."""
    query: bool
    """Whether anything travels in the query."""
    headers: bool
    """Whether there are headers besides the body's Content-Type."""
    files: bool
    """Whether files are sent."""
    binary_files: bool
    """Whether one of them is binary, so that its sample is base64."""
    state: bool = False
    """Gradio: whether calls should share a session."""


def http_context(endpoint: Endpoint, call: Request, language: str) -> SnippetContext:
    """The shape of an http call in a language."""
    raw = call.body_kind == "json" and (call.json is None or (language == "javascript" and not _exact(call.json)))
    return SnippetContext(
        method=call.method,
        body="raw" if raw else call.body_kind,  # type: ignore[arg-type]
        result=_result_kind(endpoint),
        env=any(isinstance(v, EnvText) for v in (*call.headers.values(), *call.cookies.values()))
        or bool(call.secret_query or call.basic),
        basic=call.basic is not None,
        query=bool(call.query or call.secret_query),
        headers=bool(call.headers or call.cookies),
        files=bool(call.files),
        binary_files=any(part.file.is_base64 for part in call.files),
    )


def http_values(endpoint: Endpoint, call: Request) -> dict[str, Any]:
    """The values of an http call's slots; what the call doesn't have is not among them.

    `method url full_url headers all_headers fetch_headers cookies basic json json_text form fields files local_files
    content download`; `headers` are those that Python's requests does not add itself, `fetch_headers` those for fetch.
    """
    values: dict[str, Any] = {"method": call.method, "url": call.url, "full_url": call.full_url}
    cookies = dict(call.cookies)
    all_headers: dict[str, Any] = dict(call.headers)
    if call.media_type and call.body_kind in ("json", "raw"):
        all_headers = {"Content-Type": call.media_type, **all_headers}
    if call.body_kind == "json" and call.json is not None and call.media_type == "application/json":
        values["headers"] = dict(call.headers)  # `requests` adds the Content-Type itself
    else:
        values["headers"] = dict(all_headers)
    if cookies:
        values["cookies"] = cookies
        all_headers["Cookie"] = _joined(cookies)
    if call.basic:
        values["basic"] = BasicAuth(*call.basic)
        all_headers_js = {**all_headers, "Authorization": values["basic"]}
    else:
        all_headers_js = all_headers
    values["all_headers"] = all_headers
    values["fetch_headers"] = all_headers_js
    if call.body_kind == "json":
        values["json"] = call.json
        values["json_text"] = json_text(call.json)
    if call.form:
        values["form"] = list(call.form)
        values["fields"] = _grouped(call.form)
    if call.files:
        values["files"] = list(call.files)
        values["local_files"] = list({p.file.filename: p.file for p in call.files}.values())
    if call.content or call.body_kind == "raw":
        values["content"] = call.content
    elif call.body_kind == "json":
        values["content"] = values["json_text"]
    for name in ("headers", "all_headers", "fetch_headers"):
        if not values[name]:
            del values[name]
    if endpoint.result is not None and endpoint.result.is_file:
        values["download"] = download_name(endpoint)
    return values


def gradio_context(endpoint: Endpoint, arguments: Mapping[str, Json]) -> SnippetContext:
    """The shape of a Gradio call, the same in every language."""
    files = list(local_files(list(arguments.values())))
    assert isinstance(endpoint.call, GradioCall)
    return SnippetContext(
        method="POST",
        body="json",
        result="stream" if endpoint.result is not None and endpoint.result.streaming else "json",
        env=False,
        basic=False,
        query=False,
        headers=False,
        files=bool(files),
        binary_files=any(f.is_base64 for f in files),
        state=endpoint.call.state,
    )


def gradio_values(endpoint: Endpoint, arguments: Mapping[str, Json], api: Api, base: str | None) -> dict[str, Any]:
    """The values of a Gradio call's slots: `base_url api_name call_url arguments payload local_files uploads`."""
    call = endpoint.call
    assert isinstance(call, GradioCall)
    root = (base_url(api, endpoint) if base is None else base).rstrip("/")
    values: dict[str, Any] = {
        "base_url": root + "/",
        "api_name": "/" + call.api_name,
        "call_url": f"{root}{call.prefix}/call/{call.api_name}",
        "arguments": dict(arguments),
        "payload": {"data": positional(endpoint, arguments)},
    }
    if call.state:
        values["payload"]["session_hash"] = "session-1"
    files = list(local_files(list(arguments.values())))
    if files:
        values["local_files"] = list({f.filename: f for f in files}.values())
        values["uploads"] = [(f"{root}{call.prefix}/upload", f) for f in values["local_files"]]
    if not arguments:
        del values["arguments"]
    return values


def plain_files(arguments: Mapping[str, Json]) -> dict[str, Json]:
    """Arguments whose file parts are just the files, as Gradio takes them."""

    def plain(value: Json) -> Json:
        if isinstance(value, FilePart):
            return value.file
        if isinstance(value, list):
            return [plain(v) for v in value]
        if isinstance(value, dict):
            return {k: plain(v) for k, v in value.items()}
        return value

    return {name: plain(value) for name, value in arguments.items()}


def positional(endpoint: Endpoint, arguments: Mapping[str, Json]) -> list[Json]:
    """The `data` array: defaults stand in for what is not given before the last given argument and after it.

    Gradio fills in no defaults here (measured for 5.33 and 6.31), so every parameter is sent.
    """
    data: list[Json] = []
    for parameter in endpoint.parameters:
        if parameter.name in arguments:
            data.append(arguments[parameter.name])
        else:
            default = parameter.default
            data.append(default.value if default is not None and default.is_json else None)
    return data


def local_files(value: Any) -> list[LocalFile]:
    """Every local file inside a value."""
    if isinstance(value, FilePart):
        return [value.file]
    if isinstance(value, LocalFile):
        return [value]
    if isinstance(value, list):
        return [f for v in value for f in local_files(v)]
    if isinstance(value, dict):
        return [f for v in value.values() for f in local_files(v)]
    return []


def make_request(endpoint: Endpoint, arguments: Mapping[str, Json], api: Api, base: str | None) -> Request:
    """The http request whose shape and values the functions above give."""
    return request(endpoint, arguments, api, base)


def download_name(endpoint: Endpoint) -> str:
    """The file name that a download is saved under."""
    media = endpoint.result.media_type.partition(";")[0].strip().lower() if endpoint.result else ""
    return "result." + _DOWNLOAD_SUFFIXES.get(media, "bin")


def _result_kind(endpoint: Endpoint) -> Literal["json", "text", "file", "none", "stream", "lines"]:
    result = endpoint.result
    if result is None or not result.media_type:
        return "none"
    if result.streaming:
        return "lines" if endpoint.call.protocol == "http" and _foreign_stream(endpoint) else "stream"
    if result.is_file:
        return "file"
    return "json" if is_json(result.media_type) else "text"


def _foreign_stream(endpoint: Endpoint) -> bool:
    """Whether a stream does not speak apispec's events (it comes from somebody's document)."""
    return endpoint.result is not None and endpoint.result.media_type != "text/event-stream"


def _exact(value: Json) -> bool:
    return exact_in_javascript(value)


def _joined(cookies: Mapping[str, str | EnvText]) -> str | EnvText:
    parts: list[Any] = []
    for name, value in cookies.items():
        parts.append(("; " if parts else "") + f"{name}=")
        parts += value.parts if isinstance(value, EnvText) else [value]
    return "".join(parts) if all(isinstance(p, str) for p in parts) else EnvText(tuple(parts))


def _grouped(pairs: tuple[tuple[str, str], ...]) -> dict[str, str | list[str]]:
    """Fields by name, a list where a name comes more than once, as `requests` takes them."""
    out: dict[str, Any] = {}
    for name, value in pairs:
        if name in out:
            out[name] = [*out[name], value] if isinstance(out[name], list) else [out[name], value]
        else:
            out[name] = value
    return out
