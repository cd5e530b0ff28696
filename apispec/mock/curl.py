"""A cURL line read back: which endpoint it calls, with which arguments. The inverse of the cURL snippets."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from urllib.parse import quote, urlsplit

from starlette.requests import Request

from apispec.errors import UsageError
from apispec.examples import sample_file
from apispec.mock.application import MockApplication
from apispec.mock.reading import read
from apispec.model import Api, Endpoint, Json
from apispec.requests import argument_names, body_name
from apispec.runtime import Problem

_WITHOUT_VALUE = frozenset(
    [
        "-s",
        "--silent",
        "-S",
        "--show-error",
        "-f",
        "--fail",
        "--fail-with-body",
        "-i",
        "--include",
        "-L",
        "--location",
        "-k",
        "--insecure",
        "-v",
        "--verbose",
        "-N",
        "--no-buffer",
        "--compressed",
        "-#",
        "--progress-bar",
        "-g",
        "--globoff",
        "--http1.1",
        "--http2",
        "-4",
        "-6",
        "-O",
        "--remote-name",
    ]
)
_SHORT = {
    "-X": "--request", "-H": "--header", "-d": "--data", "-F": "--form", "-u": "--user", "-b": "--cookie",
    "-G": "--get",    "-I": "--head", "-A": "--user-agent", "-e": "--referer", "-o": "--output", "-m": "--max-time",
}  # fmt: skip
_BOUNDARY = "apispec-form"


@dataclass(slots=True)
class _Line:
    url: str = ""
    method: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    form: list[tuple[str, str, str]] = field(default_factory=list)
    """Name, text or file name, and `file` where it is one."""
    query: list[str] = field(default_factory=list)
    as_query: bool = False


@dataclass(frozen=True, slots=True)
class Recognized:
    """What a line calls."""

    endpoint: Endpoint
    arguments: dict[str, Json]
    base_url: str


def recognized(text: str, api: Api) -> Recognized:
    """The call that a cURL line makes.

    Raises:
        UsageError: It is no cURL line, or no endpoint of the API is called by it.
    """
    line = _parsed(text)
    parts = urlsplit(line.url if "://" in line.url else f"http://{line.url}")
    query = "&".join([*filter(None, [parts.query]), *line.query, *(line.data if line.as_query else ())])
    body, headers = _body(line)
    method = line.method or ("GET" if not body or line.as_query else "POST")
    scope = {
        "type": "http", "method": method.upper(), "path": parts.path or "/", "raw_path": (parts.path or "/").encode(),
        "query_string": query.encode(), "headers": [(n.lower().encode(), v.encode()) for n, v in headers],
        "server": (parts.hostname or "localhost", parts.port or 80), "scheme": parts.scheme,
    }  # fmt: skip

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"" if line.as_query else body, "more_body": False}

    request = Request(scope, receive)
    try:
        endpoint, values, base = MockApplication(api).called(request)
        found = asyncio.run(read(request, endpoint, values, api))
    except Problem as problem:
        raise UsageError(f"this line calls no endpoint of {api.title}: {problem.text}") from problem
    arguments: dict[str, Json] = {}
    body_values = found.body if isinstance(found.body, dict) else {}
    for name, parameter in argument_names(endpoint).items():
        if parameter.location in ("body", "form", "file"):
            if parameter.name in body_values:
                arguments[name] = _file(line, parameter.name, body_values[parameter.name])
        elif parameter.name in found.values.get(parameter.location, {}):
            arguments[name] = found.values[parameter.location][parameter.name]
    if endpoint.request_body is not None and (body or found.body is not None):
        value = found.body if found.body is not None else body.decode("utf-8", "replace")
        if isinstance(value, dict):
            value = {key: _file(line, key, item) for key, item in value.items()}
        arguments[body_name(endpoint)] = value
    return Recognized(endpoint, arguments, f"{parts.scheme}://{parts.netloc}{base}")


def _file(line: _Line, name: str, value: Json) -> Json:
    """A part of the form that is a file, as one."""
    of = [text for own, text, kind in line.form if own == name and kind == "file"]
    if not of:
        return value
    made = [sample_file(name, "") for _ in of]
    return made if isinstance(value, list) else made[0]


def _parsed(text: str) -> _Line:
    try:
        words = shlex.split(text.replace("\\\r\n", " ").replace("\\\n", " "))
    except ValueError as error:
        raise UsageError(f"this is no command line: {error}") from None
    while words and ("=" in words[0].split("/")[0] or words[0] == "$"):
        words = words[1:]
    if not words or PurePath(words[0]).name not in ("curl", "curl.exe"):
        raise UsageError("this is no cURL line", hint="give it in quotes, from curl to the end")
    line = _Line()
    for option, value in _options(words[1:]):
        _take(line, option, value)
    if not line.url:
        raise UsageError("the cURL line names no URL")
    return line


def _options(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if not word.startswith("-") or word == "-":
            yield "--url", word
        elif word in _WITHOUT_VALUE or word in ("-G", "-I", "--get", "--head"):
            yield _SHORT.get(word, word), ""
        elif word.startswith("--"):
            name, equals, value = word.partition("=")
            yield name, value if equals else (rest.pop(0) if rest else "")
        elif word[:2] in _SHORT and word[:2] not in ("-G", "-I"):
            yield _SHORT[word[:2]], word[2:] or (rest.pop(0) if rest else "")
        elif all(f"-{letter}" in _WITHOUT_VALUE for letter in word[1:]):
            continue
        else:
            raise UsageError(f"the option {word!r} of cURL is not known here")


def _take(line: _Line, option: str, value: str) -> None:
    if option == "--url":
        line.url = value
    elif option == "--request":
        line.method = value
    elif option == "--head":
        line.method = "HEAD"
    elif option == "--get":
        line.as_query = True
    elif option == "--header":
        name, _, text = value.partition(":")
        line.headers.append((name.strip().removesuffix(";"), text.strip()))
    elif option == "--json":
        line.data.append(value)
        line.headers.append(("Content-Type", "application/json"))
    elif option in ("--data", "--data-raw", "--data-ascii", "--data-binary"):
        line.data.append(value)
    elif option in ("--data-urlencode", "--url-query"):
        name, equals, text = value.partition("=")
        encoded = f"{name}={quote(text, safe='')}" if equals and name else quote(value.removeprefix("="), safe="")
        (line.query if option == "--url-query" else line.data).append(encoded)
    elif option in ("--form", "--form-string"):
        name, _, text = value.partition("=")
        is_file = option == "--form" and text[:1] in ("@", "<")
        line.form.append((name, text[1:].partition(";")[0] if is_file else text, "file" if is_file else ""))
    elif option == "--cookie":
        line.headers.append(("Cookie", value))


def _body(line: _Line) -> tuple[bytes, list[tuple[str, str]]]:
    headers = list(line.headers)
    known = {name.lower() for name, _ in headers}
    if line.form:
        pieces = []
        for name, text, kind in line.form:
            extra = f'; filename="{PurePath(text).name}"' if kind else ""
            pieces.append(f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{extra}\r\n\r\n{text}\r\n')
        headers = [(n, v) for n, v in headers if n.lower() != "content-type"]
        headers.append(("Content-Type", f"multipart/form-data; boundary={_BOUNDARY}"))
        return "".join([*pieces, f"--{_BOUNDARY}--\r\n"]).encode(), headers
    if line.data and "content-type" not in known and not line.as_query:
        headers.append(("Content-Type", "application/x-www-form-urlencoded"))
    return "&".join(line.data).encode(), headers
