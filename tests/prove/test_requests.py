"""Requests that reached an app against those that were meant: each difference is found, and said without credentials."""

from __future__ import annotations

import asyncio
import base64
import json
from pathlib import Path
from typing import Any

import pytest

from apispec.literals import LocalFile
from apispec.model import Api, Endpoint, HttpCall, MediaType, Parameter, RequestBody, Response, Result
from apispec.prove.cases import Case
from apispec.prove.proving import Outcome
from apispec.prove.recording import Recorded, digest
from apispec.prove.reporting import without_value
from apispec.prove.requests import check_request, needed_variables
from apispec.requests.http_request import FilePart

SCHEMES = {
    "key": {"type": "apiKey", "in": "query", "name": "k"},
    "sid": {"type": "apiKey", "in": "cookie", "name": "sid"},
    "door": {"type": "http", "scheme": "basic"},
}
BODY = RequestBody(content=(MediaType(schema={"type": "object"}),), required=True)
FORM = RequestBody(content=(MediaType(type="multipart/form-data", schema={"type": "object"}),), required=True)
PARAMETERS = (
    Parameter(name="id", location="path", schema={"type": "string"}),
    Parameter(name="q", location="query", schema={"type": "array"}),
    Parameter(name="X-Trace", location="header", schema={"type": "string"}),
)
ARGUMENTS = {"id": "a/b", "q": ["1", "ü&"], "X-Trace": "t", "body": {"n": 1, "flag": True}}


def case(body: RequestBody | None = BODY, arguments: dict[str, Any] | None = None, **more: Any) -> Case:
    fields: dict[str, Any] = {
        "result": Result(schema={"type": "integer"}),
        "responses": (Response(status="202"),),
        "security": ({"key": [], "sid": [], "door": []},),
        **more,
    }
    call = HttpCall(method="PUT", path="/x/{id}")
    endpoint = Endpoint(name="x", call=call, parameters=PARAMETERS, request_body=body, **fields)
    api = Api(title="X", endpoints=(endpoint,), security_schemes=SCHEMES)
    return Case(api, endpoint, "http", "curl", ARGUMENTS if arguments is None else arguments)


def encoded(value: Any) -> str:
    return base64.b64encode(value if isinstance(value, bytes) else json.dumps(value).encode()).decode()


LINE: dict[str, Any] = {
    "method": "PUT",
    "path": "/x/a%2Fb",
    "query": "q=1&q=%C3%BC%26&k=very%20secret",
    "headers": {
        "x-trace": "t",
        "cookie": "other=1; sid=s",
        "content-type": "application/json",
        "authorization": "Basic " + base64.b64encode(b"u:p").decode(),
    },
    "body": encoded(ARGUMENTS["body"]),
    "status": 200,
    "type": "application/json",
    "answer": encoded(3),
}


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"KEY": "very secret", "SID": "s", "DOOR_USER": "u", "DOOR_PASSWORD": "p"}.items():
        monkeypatch.setenv(name, value)


def test_what_was_meant_is_right() -> None:
    assert check_request(case(), [LINE]) == ""
    assert check_request(case(), [{**LINE, "path": "/api/x/a%2fb"}], "/api") == ""
    assert needed_variables([case()]) == ["SID", "KEY", "DOOR_USER", "DOOR_PASSWORD"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"method": "POST"}, "it came with POST instead of PUT"),
        ({"path": "/x/a/b"}, "it came to /x/a/b instead of /x/a%2Fb"),
        ({"query": "q=1&q=u&k=very%20secret"}, "the query arrived as"),
        ({"query": "q=1&q=%C3%BC%26"}, "the query arrived as"),
        ({"headers": {**LINE["headers"], "x-trace": "T"}}, "the header X-Trace did not arrive"),
        ({"headers": {**LINE["headers"], "authorization": "Basic x"}}, "the header Authorization did not arrive"),
        ({"headers": {**LINE["headers"], "cookie": "sid=other"}}, "the cookie sid did not arrive"),
        ({"headers": {**LINE["headers"], "content-type": "text/plain"}}, "came as text/plain instead of"),
        ({"body": encoded({"n": 1, "flag": 1})}, "the body arrived as"),
        ({"body": encoded(b"no json")}, "is no JSON"),
        ({"status": 404}, "was answered with status 404"),
        ({"status": 201}, "was answered with 201, which is not documented"),
        ({"type": "text/html"}, "was answered with text/html instead of application/json"),
        ({"answer": encoded("3")}, "the answer does not fit"),
        ({"answer": encoded(b"{")}, "the answer is no JSON"),
    ],
)
def test_every_difference_is_found(change: dict[str, Any], words: str) -> None:
    problem = check_request(case(), [{**LINE, **change}])
    assert words in problem and "secret" not in problem


def test_other_answers_that_are_documented_are_right() -> None:
    assert check_request(case(), [{**LINE, "status": 202, "answer": "", "type": ""}]) == ""
    ranged = case(result=Result(schema={}, status="2XX", media_type="application/*"))
    assert check_request(ranged, [{**LINE, "status": 299, "type": "application/pdf"}]) == ""
    stream = case(result=Result(schema={"type": "string"}, streaming=True, media_type="text/event-stream"))
    headers = {**LINE["headers"], "accept": "text/event-stream"}
    assert check_request(stream, [{**LINE, "headers": headers, "type": "text/event-stream; charset=utf-8"}]) == ""
    unanswered = {name: value for name, value in LINE.items() if name != "status"}
    assert check_request(case(), [unanswered]) == "was not answered"


def test_one_request_must_arrive() -> None:
    assert check_request(case(), []) == "no request arrived"
    assert check_request(case(), [LINE, LINE]) == "2 requests arrived instead of one"


def test_forms_and_bytes() -> None:
    file = FilePart("file", LocalFile("a.txt", "abc", "text/plain"))
    form = case(FORM, {**ARGUMENTS, "body": {"note": "n", "file": file}})
    headers = {**LINE["headers"], "content-type": "multipart/form-data; boundary=x"}
    line = {**LINE, "headers": headers, "parts": [["note", "n"], ["file", digest(b"abc")]]}
    assert check_request(form, [line]) == ""
    assert "the form arrived as" in check_request(form, [{**line, "parts": [["note", "n"], ["file", digest(b"ab")]]}])
    text = RequestBody(content=(MediaType(type="text/plain", schema={"type": "string"}),))
    plain = case(text, {**ARGUMENTS, "body": "abc"})
    line = {**LINE, "headers": {**LINE["headers"], "content-type": "text/plain"}, "body": encoded(b"abc")}
    assert check_request(plain, [line]) == ""
    assert "with 2 bytes instead of 3" in check_request(plain, [{**line, "body": encoded(b"ab")}])


def test_the_recorder_takes_requests_apart_and_leaves_others_alone(tmp_path: Path) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 200, "headers": [(b"Content-Type", b"text/plain")]})
        await send({"type": "http.response.body", "body": scope["path"].encode()})

    answers: list[bytes] = []

    async def ask(path: str, kind: bytes, pieces: list[bytes]) -> None:
        messages = [{"type": "http.request", "body": p, "more_body": p is not pieces[-1]} for p in pieces]

        async def receive() -> Any:
            return messages.pop(0)

        async def send(message: Any) -> None:
            answers.append(message.get("body", b""))

        scope = {
            "type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b"a=1",
            "headers": [(b"content-type", kind)],
        }  # fmt: skip
        await recorded(scope, receive, send)

    file = tmp_path / "record"
    recorded = Recorded(app, file)
    multipart = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\nabc\r\n--x--\r\n'
    asyncio.run(ask("/proof-3/form", b"multipart/form-data; boundary=x", [multipart[:9], multipart[9:]]))
    asyncio.run(ask("/proof-4", b"application/x-www-form-urlencoded", [b"n=1&n=2"]))
    asyncio.run(ask("/mcp/x", b"text/plain", [b"abc"]))
    asyncio.run(ask("/proof-5/bad", b"multipart/form-data; boundary=x", [b"no parts"]))
    asyncio.run(ask("/other", b"text/plain", [b"abc"]))
    recorded.close()
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [(line["proof"], line["path"], line.get("parts")) for line in lines] == [
        ("proof-3", "/form", [["f", digest(b"abc")]]),
        ("proof-4", "/", [["n", "1"], ["n", "2"]]),
        ("mcp", "/x", None),
        ("proof-5", "/bad", []),
    ]
    assert lines[2]["body"] == encoded(b"abc") and lines[2]["answer"] == encoded(b"/x")
    assert [body for body in answers if body] == [b"/form", b"/", b"/x", b"/bad", b"/other"]


def test_what_no_value_fits_is_no_failure_against_a_description() -> None:
    never = RequestBody(content=(MediaType(schema={"type": "object", "required": ["a"], "properties": {"a": False}}),))
    assert without_value(Outcome(case(never), "was refused", 1.0)).skipped == "no value was found that fits 'a'"
    assert without_value(Outcome(case(), "was refused", 1.0)).problem == "was refused"
    assert not without_value(Outcome(case(never), "", 1.0)).skipped
