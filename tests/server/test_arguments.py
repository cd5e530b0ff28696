"""Arguments in every place and style: what `apispec.requests.call` sends is what a function gets."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from starlette.requests import Request

from apispec.model import Api, Endpoint, HttpCall, Parameter
from apispec.requests.call import request
from apispec.runtime.files import Files
from apispec.runtime.limits import Limits
from apispec.server import arguments

INTEGERS = {"type": "array", "items": {"type": "integer"}}
TEXTS = {"type": "array", "items": {"type": "string"}}
OBJECT = {"type": "object", "additionalProperties": {"type": "integer"}}
RANGE = {"type": "object", "properties": {"from": {"type": "integer"}, "to": {"type": "string"}}}
MAYBE = {"anyOf": [{"type": "integer"}, {"type": "null"}]}

CASES: list[tuple[Parameter, Any]] = [
    (Parameter(name="p", location="path", schema={"type": "string"}), "a/b c%ü?"),
    (Parameter(name="p", location="path", schema={"type": "integer"}), 7),
    (Parameter(name="p", location="path", schema=INTEGERS), [1, 2, 3]),
    (Parameter(name="q", location="query", schema={"type": "string"}), "1"),
    (Parameter(name="q", location="query", schema={"type": "string"}), ""),
    (Parameter(name="q", location="query", schema={"type": "boolean"}), False),
    (Parameter(name="q", location="query", schema={"type": "number"}), 1.5),
    (Parameter(name="q", location="query", schema=MAYBE), 3),
    (Parameter(name="odd[] &=", location="query", schema={"type": "string"}), "ü & = + %"),
    (Parameter(name="q", location="query", schema=INTEGERS), [1, 2]),
    (Parameter(name="q", location="query", schema=INTEGERS, explode=False), [1, 2]),
    (Parameter(name="q", location="query", schema=TEXTS, style="spaceDelimited", explode=False), ["a", "b"]),
    (Parameter(name="q", location="query", schema=TEXTS, style="pipeDelimited", explode=False), ["a", "b"]),
    (Parameter(name="q", location="query", schema=OBJECT, style="deepObject", explode=True), {"a": 1, "b": 2}),
    (Parameter(name="q", location="query", schema=RANGE, style="deepObject", explode=True), {"from": 1, "to": "2"}),
    (Parameter(name="q", location="query", schema=OBJECT, media_type="application/json"), {"a": 1}),
    (Parameter(name="X-Trace", location="header", schema={"type": "string"}), "abc"),
    (Parameter(name="X-Number", location="header", schema={"type": "integer"}), 5),
    (Parameter(name="X-Many", location="header", schema=INTEGERS), [1, 2]),
    (Parameter(name="sid", location="cookie", schema={"type": "string"}), "a b;ü"),
    (Parameter(name="sid", location="cookie", schema={"type": "boolean"}), True),
]


def sent(parameter: Parameter, value: Any) -> dict[str, Any]:
    """The arguments that are read from the request that one argument makes; of `None` from one without it."""
    path = f"/take/{{{parameter.name}}}" if parameter.location == "path" else "/take"
    endpoint = Endpoint(name="take", parameters=(parameter,), call=HttpCall(method="GET", path=path))
    given = {} if value is None else {parameter.name: value}
    made = request(endpoint, given, Api(title="One", endpoints=(endpoint,)))
    headers = [(name.lower().encode(), str(text).encode()) for name, text in made.headers.items()]
    if made.cookies:
        headers.append((b"cookie", "; ".join(f"{name}={text}" for name, text in made.cookies).encode()))
    query = "&".join(f"{name}={text}" for name, text in made.query)
    in_path = {parameter.name: unquote(urlsplit(made.url).path.rpartition("/")[2])} if value is not None else {}
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": query.encode(), "headers": headers}
    limits = Limits()
    files = Files(limits.stored_files, limits.stored_bytes, limits.file_age)
    try:
        return asyncio.run(arguments.read(Request(scope), endpoint, in_path, {}, files, limits))
    finally:
        files.close()


@pytest.mark.parametrize(
    ("parameter", "value"), CASES, ids=lambda v: v.location if isinstance(v, Parameter) else repr(v)
)
def test_what_is_sent_is_what_arrives(parameter: Parameter, value: Any) -> None:
    found = sent(parameter, value)[parameter.name]
    assert found == value and type(found) is type(value)


@pytest.mark.parametrize("location", ["path", "query", "header", "cookie"])
def test_what_is_not_sent_is_no_argument(location: Any) -> None:
    assert sent(Parameter(name="x", location=location, schema={"type": "string"}, required=False), None) == {}
    deep = Parameter(name="x", location="query", schema=OBJECT, style="deepObject", required=False)
    assert sent(deep, None) == {}


def test_a_text_that_is_no_such_value_stays_the_text_so_that_it_can_be_named() -> None:
    assert arguments.as_json("seven", {"type": "integer"}, {}) == "seven"
    assert arguments.as_json("7", {"type": "integer"}, {}) == 7
    assert arguments.as_json("7", {"type": "string"}, {}) == "7"
    assert arguments.as_json("NaN", {"type": "number"}, {}) == "NaN"


def test_uploads_are_kept_under_names_of_our_own(tmp_path: Path) -> None:
    from starlette.datastructures import Headers, UploadFile

    files = Files(10, 1000, 60.0)
    try:
        with (tmp_path / "x").open("w+b") as stream:
            stream.write(b"abc")
            stream.seek(0)
            headers = Headers({"content-type": "text/csv"})
            upload = UploadFile(stream, filename="../../etc/x.csv", size=3, headers=headers)
            kept = asyncio.run(arguments.keep(upload, files))
        assert (kept.read(), kept.content_type) == (b"abc", "text/csv")
        assert kept.path is not None and "etc" not in str(kept.path)
    finally:
        files.close()
