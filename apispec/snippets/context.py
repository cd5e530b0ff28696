"""What a snippet template may ask about a call, and the values that its slots hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from apispec.literals import (
    BasicAuth,
    Env,
    EnvText,
    HeaderText,
    LocalFile,
    exact_in_javascript,
    json_text,
    percent_encode,
)
from apispec.model import Api, Endpoint, GradioCall, HttpCall, Json
from apispec.requests import BodyKind, FilePart, Request, base_url, is_json
from apispec.schemas import may_hold_paths

_DOWNLOAD_SUFFIXES = {
    "application/json": "json", "application/octet-stream": "bin", "application/pdf": "pdf", "application/zip": "zip",
    "audio/mpeg": "mp3", "audio/wav": "wav", "image/jpeg": "jpg", "image/png": "png", "image/svg+xml": "svg",
    "text/csv": "csv", "text/html": "html", "text/markdown": "md", "text/plain": "txt", "video/mp4": "mp4",
}  # fmt: skip

BOUNDARY = "part-8d3f51c2a7e94b06"
"""Between parts that are written out. Lower case, as the type of a Blob is."""

LONG_URL = 76
"""From so many characters on a query goes below its URL, a line for each pair, where the client is a command."""

_PLAIN_CELLS = frozenset({"Dataframe"})
"""Components whose cells may be anything by their schema, and are texts and numbers."""

CLIENT_NAMES = frozenset({"self", "api_name", "fn_index", "headers", "result_callbacks"})
"""Parameters of gradio_client's own `predict` and `submit` (2.7), which keep arguments of these names to themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SnippetContext:
    """The shape of a call: all that a template may branch on, and no value. Calls of one shape share one rendering."""

    method: str
    """The HTTP method, upper case."""
    body: BodyKind
    """How the body travels; `file` = the bytes of one file."""
    result: Literal["json", "text", "file", "none", "stream", "lines"]
    """What comes back: `stream` = generating/complete/error events, `lines` = any other stream."""
    may_be_empty: bool = False
    """Whether an answer of success may have no content, beside the result that is described."""
    null: bool = False
    """Whether the body is the JSON value null, which `requests` takes for no body."""
    inexact: bool = False
    """Whether the JSON body holds a number that JavaScript cannot, so that it must travel as text there."""
    env: bool = False
    """Whether values are read from environment variables."""
    secret_query: bool = False
    """Whether an API key goes into the query."""
    digest: bool = False
    """Whether user name and password answer a challenge (HTTP digest authentication)."""
    files: bool = False
    """Whether files are sent."""
    binary_files: bool = False
    """Whether one of them is binary, so that its sample is base64."""
    typed_parts: bool = False
    """Whether a part of a multipart body has a media type and no file name."""
    state: bool = False
    """Gradio: whether calls should share a session."""
    events_by_session: bool = False
    """Gradio 5: the events of a call that names its session are read by the session's name."""
    login: bool = False
    """Gradio: whether the app asks for user name and password, which come from the environment (`GRADIO_LOGIN`)."""
    routed: bool = True
    """Gradio: whether a path leads to the endpoint; only Gradio's own clients reach it otherwise."""
    positional: bool = False
    """Gradio: whether gradio_client must be given the arguments by their positions (`CLIENT_NAMES`)."""
    download: bool = True
    """Gradio: whether gradio_client should fetch the files of the answer, which are the reader's to have."""
    heartbeat: bool = False
    """Gradio: whether the JavaScript client keeps a connection open, so that node would never end."""


def http_context(endpoint: Endpoint, call: Request, api: Api) -> SnippetContext:
    """The shape of an http call."""
    files = _sent_files(call)
    body = call.body_kind
    return SnippetContext(
        method=call.method,
        body=body,
        result=_result_kind(endpoint, api),
        may_be_empty=any(
            r.status in ("204", "205") or (r.status.startswith("2") and not r.content) for r in endpoint.responses
        ),
        null=body == "json" and call.json is None,
        inexact=body == "json" and not exact_in_javascript(call.json),
        env=bool(call.secret_query or call.basic)
        or any(isinstance(v, EnvText) for v in call.headers.values())
        or any(isinstance(v, EnvText) for _, v in call.cookies),
        secret_query=bool(call.secret_query),
        digest=call.digest,
        files=bool(files),
        binary_files=any(file.is_base64 for file in files),
        typed_parts=_has_typed_parts(call),
    )


def http_values(endpoint: Endpoint, call: Request) -> dict[str, Any]:
    """The values of an http call's slots; what the call doesn't have is not among them.

    - `method`, `full_url` (with query and API keys), `open_url` (with the query alone) and `keys` (those API keys);
    - `url` with `params` (by name, a list where a name comes more than once) or `pairs`: names and values that the
      client encodes; what only the raw text is exact for stays in the URL;
    - where all of the query can be left to the client, `query` (pairs), `query_map` (where names are different) or
      `query_list`, `query_fields` (as `params`), `query_url` (without the query), `query_start` (ends with `?`); where
      it cannot, or there is none, `whole_url`, which is `full_url`; for clients that take no name twice the same as
      `mapped_url`, `mapped_start` and `unmapped_url`;
    - `easy_url` and `hard_query`: of `open_url` and its pairs those that read well;
    - `headers` (less what Python's `requests` adds itself), `all_headers` (`Cookie` among them), `fetch_headers` (basic
      authentication among them as well), `cookies` (by name; where a name comes twice they are a header), `basic`;
    - `json`, and `json_text` where JavaScript's numbers would lose digits; `form` (pairs) and `fields` (the same by
      name); `files`; `content`;
    - `boundary` and `parts` (the lines after `form-data` and the content of each), where `typed_parts`;
    - `local_files` (each file that is sent once), `download` (the name under which the result is saved).
    """
    values: dict[str, Any] = {"method": call.method, **_query_values(call)}
    kind = call.body_kind
    headers: dict[str, Any] = dict(call.headers)
    if kind in ("json", "text", "file"):
        headers = {"Content-Type": call.media_type, **headers}
    sent = {name: _header_value(value) for name, value in headers.items()}
    fetched: dict[str, Any] = dict(sent)
    if kind == "json" and call.json is not None and call.media_type == "application/json":
        del sent["Content-Type"]  # `requests` adds it
    if call.cookies:
        cookie = _joined(call.cookies)
        if len(dict(call.cookies)) == len(call.cookies):
            values["cookies"] = dict(call.cookies)
        else:
            sent["Cookie"] = cookie
        headers["Cookie"] = fetched["Cookie"] = cookie
    if call.basic:
        values["basic"] = BasicAuth(*call.basic)
        if not call.digest:
            fetched["Authorization"] = values["basic"]
    files = _sent_files(call)
    found = {
        "headers": sent,
        "all_headers": headers,
        "fetch_headers": fetched,
        "form": call.form,
        "fields": _grouped(call.form),
        "files": call.files,
        "local_files": tuple({file.filename: file for file in files}.values()),
    }
    values.update({name: value for name, value in found.items() if value})
    if _has_typed_parts(call):
        values["boundary"] = BOUNDARY
        values["parts"] = tuple(_written_parts(call))
    if kind == "json":
        values["json"] = call.json
        if not exact_in_javascript(call.json):
            values["json_text"] = json_text(call.json)
    elif kind in ("text", "file"):
        values["content"] = call.content
    if endpoint.result is not None and endpoint.result.is_file:
        values["download"] = download_name(endpoint)
    return values


def _query_values(call: Request) -> dict[str, Any]:
    """URL and query, in each of the ways that clients take them."""
    keys = dict(call.secret_query)
    plain = call.plain_query
    left = list(keys.items()) if plain is None else plain
    hard = plain is not None and (len(call.open_url) > LONG_URL or any("%" in n + v for n, v in call.query))
    values: dict[str, Any] = {
        "url": call.open_url if plain is None else call.url,
        "params": _grouped(left),
        "pairs": left,
        "open_url": call.open_url,
        "keys": keys,
        "full_url": call.full_url,
        "easy_url": call.url if hard else call.open_url,
        "hard_query": left if hard else list(keys.items()),
    }
    if not plain:
        values["whole_url"] = values["unmapped_url"] = call.full_url
    else:
        by_name = dict(plain)
        # JavaScript moves names that are numbers to the front
        mapped = len(by_name) == len(plain) and not any(name.isdecimal() for name in by_name)
        values |= {
            "query": plain,
            "query_map" if mapped else "query_list": by_name if mapped else [list(pair) for pair in plain],
            "query_fields": _grouped(plain),
            "query_url": call.url,
            "query_start": call.url + "?",
        }
        if mapped:
            values |= {"mapped_url": call.url, "mapped_start": call.url + "?"}
        else:
            values["unmapped_url"] = call.full_url
    return {name: value for name, value in values.items() if value}


def _has_typed_parts(call: Request) -> bool:
    return call.body_kind == "multipart" and any(not part.file.filename for part in call.files)


def _written_parts(call: Request) -> Iterator[tuple[str, str | LocalFile]]:
    """Each part of a multipart body as the head that tells it, and its content."""
    for name, text in call.form:
        yield f'name="{_in_quotes(name)}"', text
    for part in call.files:
        file = part.file
        named = f'; filename="{_in_quotes(file.filename)}"' if file.filename else ""
        head = f'name="{_in_quotes(part.name)}"{named}\r\nContent-Type: {file.media_type}'
        yield head, file if file.filename else file.content


def _in_quotes(name: str) -> str:
    """A name in the head of a part (WHATWG HTML, Multipart form data)."""
    return name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def gradio_context(endpoint: Endpoint, arguments: Mapping[str, Json], api: Api) -> SnippetContext:
    """The shape of a Gradio call."""
    files = local_files(arguments)
    assert isinstance(endpoint.call, GradioCall)
    return SnippetContext(
        method="POST",
        body="json",
        result="stream" if endpoint.result is not None and endpoint.result.streaming else "json",
        files=bool(files),
        binary_files=any(file.is_base64 for file in files),
        state=endpoint.call.state,
        events_by_session=endpoint.call.state and endpoint.call.revision == "v1",
        login=endpoint.call.login,
        routed=endpoint.call.routed,
        positional=any(p.name in CLIENT_NAMES for p in endpoint.parameters),
        download=not _holds_paths(endpoint, api),
        heartbeat=endpoint.call.heartbeat,
    )


def _holds_paths(endpoint: Endpoint, api: Api) -> bool:
    """Whether gradio_client would take parts of an app's answer for files to fetch; `apispec serve` marks files."""
    if api.source != "gradio" or endpoint.result is None:
        return False
    fields = endpoint.result.fields
    return any(may_hold_paths(field.schema, api.schemas) for field in fields if field.component not in _PLAIN_CELLS)


def gradio_values(endpoint: Endpoint, arguments: Mapping[str, Json], api: Api, base: str | None) -> dict[str, Any]:
    """The values of a Gradio call's slots: `base_url api_name call_url arguments ordered payload local_files uploads`.

    `ordered` is there where the arguments are not to be named (`CLIENT_NAMES`).
    """
    call = endpoint.call
    assert isinstance(call, GradioCall)
    root = (base_url(api, endpoint) if base is None else base).rstrip("/")
    values: dict[str, Any] = {
        "base_url": root + "/",
        "api_name": "/" + call.api_name,
        "call_url": f"{root}{call.prefix}/call/{percent_encode(call.api_name)}",
        "arguments": {p.name: arguments[p.name] for p in endpoint.parameters if p.name in arguments},
        "payload": {"data": positional(endpoint, arguments)},
    }
    if call.state:
        values["payload"]["session_hash"] = EnvText((Env("SESSION_HASH"),))
    files = local_files(arguments)
    if files:
        values["local_files"] = list({f.filename: f for f in files}.values())
        values["uploads"] = [(f"{root}{call.prefix}/upload", f) for f in values["local_files"]]
    if not values["arguments"]:
        del values["arguments"]
    if any(p.name in CLIENT_NAMES for p in endpoint.parameters):
        values["ordered"] = ordered(endpoint, arguments)
    return values


def plain_files(arguments: Mapping[str, Json]) -> dict[str, Json]:
    """Arguments whose file parts are just the files, as Gradio takes them."""

    def plain(value: Json) -> Json:
        if isinstance(value, list):
            return [plain(item) for item in value]
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items()}
        return value.file if isinstance(value, FilePart) else value

    return {name: plain(value) for name, value in arguments.items()}


def positional(endpoint: Endpoint, arguments: Mapping[str, Json]) -> list[Json]:
    """The `data` array: defaults stand in for what is not given, null for what stays on the server.

    Gradio fills in no defaults here (measured for 5.33 and 6.31), so every parameter is sent. 6.31 would do without the
    nulls for session state, 5.33 does not.
    """
    data = ordered(endpoint, arguments)
    for position in endpoint.call.silent_inputs if isinstance(endpoint.call, GradioCall) else ():
        data.insert(position, None)
    return data


def ordered(endpoint: Endpoint, arguments: Mapping[str, Json]) -> list[Json]:
    """A value for every parameter, in order; defaults stand in for what is not given."""
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
    if isinstance(value, Mapping):
        return [f for v in value.values() for f in local_files(v)]
    return []


def download_name(endpoint: Endpoint) -> str:
    """The file name that a download is saved under."""
    media = endpoint.result.media_type.partition(";")[0].strip().lower() if endpoint.result else ""
    return "result." + _DOWNLOAD_SUFFIXES.get(media, "bin")


def _result_kind(endpoint: Endpoint, api: Api) -> Literal["json", "text", "file", "none", "stream", "lines"]:
    result = endpoint.result
    if (
        result is None
        or not result.media_type
        or (isinstance(endpoint.call, HttpCall) and endpoint.call.method == "HEAD")
    ):
        return "none"
    if result.streaming:
        # Only what apispec serves is known to send apispec's events.
        return "stream" if api.source == "functions" and result.media_type == "text/event-stream" else "lines"
    if result.is_file:
        return "file"
    return "json" if is_json(result.media_type) else "text"


def _sent_files(call: Request) -> list[LocalFile]:
    """The files of a request, its body among them; parts without a file name are none."""
    files = [part.file for part in call.files if part.file.filename]
    return [*files, call.content] if isinstance(call.content, LocalFile) else files


def _header_value(value: str | EnvText) -> str | EnvText | HeaderText:
    return HeaderText(value) if isinstance(value, str) and not value.isascii() else value


def _joined(cookies: Sequence[tuple[str, str | EnvText]]) -> str | EnvText:
    parts: list[Any] = []
    for name, value in cookies:
        parts.append(("; " if parts else "") + f"{name}=")
        parts += value.parts if isinstance(value, EnvText) else [value]
    return "".join(parts) if all(isinstance(p, str) for p in parts) else EnvText(tuple(parts))


def _grouped(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Fields by name, a list where a name comes more than once, as `requests` takes them."""
    out: dict[str, Any] = {}
    for name, value in pairs:
        if name in out:
            out[name] = [*out[name], value] if isinstance(out[name], list) else [out[name], value]
        else:
            out[name] = value
    return out
