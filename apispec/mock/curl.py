"""A cURL line read back: which endpoint it calls, with which arguments. The inverse of the cURL snippets."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from urllib.parse import quote, unquote, urlsplit

from starlette.requests import Request

from apispec.errors import UsageError
from apispec.examples import arguments as examples_of
from apispec.examples import sample_file
from apispec.mock.application import MockApplication
from apispec.mock.curl_options import FLAGS, SHORT, SHORT_FLAGS, VALUED
from apispec.mock.reading import read
from apispec.mock.words import curl_words
from apispec.model import Api, Endpoint, Json
from apispec.requests import FORM_TYPE, argument_names, body_name
from apispec.runtime import Problem

_MOST = 1 << 20
"""Bytes of a body that a line takes from a file."""
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
    uploads: bool = False
    unread: bool = False
    """Whether a part of the body is in a file that is not here."""


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
    try:
        parts = urlsplit(line.url if "://" in line.url else f"http://{line.url}")
    except ValueError as error:
        raise UsageError(f"{line.url!r} is no address: {error}") from None
    query = "&".join([*filter(None, [parts.query]), *line.query, *(line.data if line.as_query else ())])
    body, headers = _body(line)
    method = line.method or ("GET" if line.as_query or not (body or line.unread) else "POST")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    scope = {
        "type": "http", "method": method.upper(), "path": unquote(path), "raw_path": path.encode(),
        "query_string": quote(query, safe="=&%+/?:@!$'()*,;~[]").encode(), "scheme": parts.scheme,
        "headers": _encoded_headers(headers),
        "server": (parts.hostname or "localhost", 80),
    }  # fmt: skip

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"" if line.as_query else body, "more_body": False}

    request = Request(scope, receive)
    try:
        endpoint, values, base = MockApplication(api).called(request)
    except Problem as problem:
        raise UsageError(f"this line calls no endpoint of {api.title}: {problem.text}") from problem
    said = {name.lower() for name, _ in headers}
    described = endpoint.request_body.content if endpoint.request_body is not None else ()
    kinds = [media.type for media in described] or [getattr(endpoint.call, "media_type", "")]
    if kinds[0] and "content-type" not in said and (body or line.unread) and not line.as_query:
        plain = "application/json" if _is_json(body.decode("utf-8", "replace")) else FORM_TYPE
        as_it_is = kinds[0] if line.unread or line.uploads else plain
        scope["headers"] = [*_encoded_headers(headers), (b"content-type", as_it_is.encode())]
    try:
        found = asyncio.run(read(request, endpoint, values, api))
    except Problem as problem:
        raise UsageError(f"this line calls {endpoint.name}, but not as it is described: {problem.text}") from problem
    arguments: dict[str, Json] = {}
    body_values = found.body if isinstance(found.body, dict) else {}
    for name, parameter in argument_names(endpoint).items():
        if parameter.location in ("body", "form", "file"):
            if parameter.name in body_values:
                arguments[name] = _file(line, parameter.name, body_values[parameter.name])
        elif parameter.name in found.values.get(parameter.location, {}):
            arguments[name] = found.values[parameter.location][parameter.name]
    if line.unread:
        known = examples_of(endpoint, api)
        own = {n for n, p in argument_names(endpoint).items() if p.location in ("body", "form", "file")}
        arguments |= {n: v for n, v in known.items() if n in own or n == body_name(endpoint)}
    elif endpoint.request_body is not None and (body or found.body is not None):
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
    words, given = curl_words(text)
    line = _Line()
    for option, value in _options(words):
        if option == "next":
            break
        _take(line, option, value, given)
    if not line.url:
        raise UsageError("the cURL line names no URL")
    return line


def _options(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each option by its long name, with its value."""
    rest = list(words)

    def value(option: str, joined: str = "") -> str:
        if joined:
            return joined
        if not rest:
            raise UsageError(f"cURL's option {option} needs a value, and the line ends there")
        return rest.pop(0)

    while rest:
        word = rest.pop(0)
        if not word.startswith("-") or word == "-":
            yield "url", word
        elif word.startswith("--"):
            name, equals, joined = word[2:].partition("=")
            if name in VALUED:
                yield name, joined if equals else value(word)
            elif name in FLAGS or name == "next" or name.startswith("no-"):
                yield name, ""
            else:
                raise UsageError(f"the option {word!r} of cURL is not known here")
        else:
            yield from _joined(word, value)


def _joined(word: str, value: Callable[..., str]) -> Iterator[tuple[str, str]]:
    """Options of one letter, of which the last may have a value: `-sSLX POST`, `-XPOST`."""
    for at, letter in enumerate(word[1:], start=2):
        if letter in SHORT:
            yield SHORT[letter], value(f"-{letter}", word[at:])
            return
        if letter == ":":
            yield "next", ""
        elif letter not in SHORT_FLAGS:
            raise UsageError(f"the option {word!r} of cURL is not known here")
        elif SHORT_FLAGS[letter]:
            yield SHORT_FLAGS[letter], ""


def _take(line: _Line, option: str, value: str, given: str | None) -> None:
    if option == "url":
        line.url = line.url or value.strip("<>")
    elif option == "request":
        line.method = value.upper()
    elif option == "head":
        line.method = line.method or "HEAD"
    elif option == "get":
        line.as_query = True
    elif option == "header":
        name, colon, text = value.partition(":")
        if text.strip() or (not colon and name.endswith(";")):
            line.headers.append((name.strip().removesuffix(";"), text.strip()))
    elif option == "json":
        text = _from_file(line, value, given)
        line.data = [("".join(line.data)) + text]
        line.headers.append(("Content-Type", "application/json"))
    elif option in ("data", "data-ascii", "data-binary"):
        text = _from_file(line, value, given)
        is_file = value.startswith("@") and option != "data-binary"
        line.data.append(text.replace("\r", "").replace("\n", "") if is_file else text)
    elif option == "data-raw":
        line.data.append(value)
    elif option in ("data-urlencode", "url-query"):
        if option == "url-query" and value.startswith("+"):
            line.query.append(value[1:])
        else:
            (line.query if option == "url-query" else line.data).append(_encoded(line, value, given))
    elif option in ("form", "form-string"):
        name, _, text = value.partition("=")
        if option == "form" and text[:1] == "@":
            line.form.append((name, text[1:].partition(";")[0].strip('"'), "file"))
        elif option == "form":
            line.form.append((name, _part_text(_from_file(line, text, given, "<")), ""))
        else:
            line.form.append((name, text, ""))
    elif option == "upload-file":
        line.method = line.method or "PUT"
        line.uploads = True
        line.data.append(_from_file(line, f"@{value}", given))
    elif option == "cookie" and "=" in value:
        line.headers.append(("Cookie", value))


def _part_text(text: str) -> str:
    """The value of a part, without what `--form` says of it (`;type=…`)."""
    if text.startswith('"'):
        end = re.match(r'"((?:[^"\\]|\\.)*)"', text, re.DOTALL)
        if end:
            return re.sub(r"\\(.)", r"\1", end[1])
    return re.split(r";\s*(?:type|filename|encoder|headers)=", text)[0]


def _encoded(line: _Line, value: str, given: str | None) -> str:
    """What `--data-urlencode` makes of its value: `text`, `=text`, `name=text`, `@file`, `name@file`."""
    found = re.match("[^=@]*([=@])", value)
    if found is None:
        return quote(value, safe="")
    name, text = value[: found.end() - 1], value[found.end() :]
    if found[1] == "@":
        text = _from_file(line, f"@{text}", given)
    return f"{name}={quote(text, safe='')}" if name else quote(text, safe="")


def _from_file(line: _Line, value: str, given: str | None, mark: str = "@") -> str:
    """A value, or the text of the file that it names; a file that is not here is not known."""
    if not value.startswith(mark):
        return value
    name = value[1:].strip()
    if name == "-" and given is not None:
        return given
    try:
        if Path(name).is_file():
            with Path(name).open(encoding="utf-8") as file:
                return file.read(_MOST)
    except (OSError, ValueError):
        pass
    line.unread = True
    return ""


def _body(line: _Line) -> tuple[bytes, list[tuple[str, str]]]:
    headers = list(line.headers)
    if line.form:
        pieces = []
        for name, text, kind in line.form:
            extra = f'; filename="{PurePath(text).name}"' if kind else ""
            pieces.append(f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{extra}\r\n\r\n{text}\r\n')
        headers = [(n, v) for n, v in headers if n.lower() != "content-type"]
        headers.append(("Content-Type", f"multipart/form-data; boundary={_BOUNDARY}"))
        return "".join([*pieces, f"--{_BOUNDARY}--\r\n"]).encode("utf-8", "replace"), headers
    return "&".join(line.data).encode("utf-8", "replace"), headers


def _encoded_headers(headers: list[tuple[str, str]]) -> list[tuple[bytes, bytes]]:
    return [(name.lower().encode("utf-8", "replace"), value.encode("utf-8", "replace")) for name, value in headers]


def _is_json(text: str) -> bool:
    """Whether a body without a media type is JSON after all, as servers that do not look take it."""
    try:
        return isinstance(json.loads(text), (dict, list))
    except ValueError:
        return False
