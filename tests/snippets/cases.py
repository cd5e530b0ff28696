"""One call of every shape, with what must arrive, written by hand. Used for golden files and for running."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any

from apispec.literals import LocalFile
from apispec.model import (
    Api,
    Default,
    Endpoint,
    GradioCall,
    HttpCall,
    MediaType,
    Parameter,
    RequestBody,
    Response,
    Result,
    SecurityRequirement,
)  # fmt: skip
from apispec.requests.http_request import FilePart
from apispec.requests.xml_writer import dump

NASTY = 'it\'s "q" \\ \\n $HOME ${HOME} `id` $(id) %20%s !! ~ {{ x }} {# #} <b>&amp;; | * ? # + = @f é € 😀 \u202e\u200b\x1b\x7f'
"""Everything that some language, shell, URL or page might take for its own."""
LINES = "a\nb\r\nc\td\n"
KEYS: dict[str, dict[str, Any]] = {
    "key": {"type": "apiKey", "in": "header", "name": "X-Api-Key"},
    "query-key": {"type": "apiKey", "in": "query", "name": "api key"},
    "cookieKey": {"type": "apiKey", "in": "cookie", "name": "session"},
    "login": {"type": "http", "scheme": "basic"},
    "token": {"type": "http", "scheme": "bearer"},
    "oauth": {"type": "oauth2", "flows": {}},
    "challenged": {"type": "http", "scheme": "digest"},
}
QUERY_KEY = "a&b=c d+é/%#?€"
ENVIRONMENT = {
    "KEY": "a&b=c d+/%!#?", "QUERY_KEY": QUERY_KEY, "COOKIE_KEY": "a&b=c+/%!#?", "LOGIN_USER": "ada@é", "LOGIN_PASSWORD": "päß €: word",
    "TOKEN": "t0ken", "OAUTH": "o-token", "CHALLENGED_USER": "Mufasa", "CHALLENGED_PASSWORD": "Circle of \\Life' $é",
}  # fmt: skip
LOGIN = (ENVIRONMENT["CHALLENGED_USER"], ENVIRONMENT["CHALLENGED_PASSWORD"])
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
OBJECT = {"R": 100, "G": 200, "B": 150}


PET: dict[str, Any] = {
    "type": "object",
    "xml": {"name": "pet"},
    "properties": {"id": {"type": "integer", "xml": {"attribute": True}}, "name": {"type": "string"}},
}
PET_TEXT = dump({"id": 7, "name": NASTY}, PET, {})


@dataclass(frozen=True, kw_only=True)
class Case:
    """A call and what must arrive."""

    name: str
    parameters: tuple[Parameter, ...] = ()
    arguments: dict[str, Any] = field(default_factory=dict)
    call: HttpCall | GradioCall = field(default_factory=lambda: HttpCall(path="/call"))
    media: MediaType | None = None
    result: Result | None = field(default_factory=Result)
    security: tuple[SecurityRequirement, ...] = ()
    answer: str = "ok"
    """Which of `echo.ANSWERS`."""
    method: str = "POST"
    path: str = "/call"
    """As it arrives."""
    query: list[tuple[str, str]] = field(default_factory=list)
    raw_query: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    cookies: list[tuple[str, str]] = field(default_factory=list)
    body: Any = None
    raw_body: bytes | None = None
    """As it is sent, where more than what it means is to be the same."""
    responses: tuple[Response, ...] = ()
    fails: bool | str = False
    """Whether the snippet must end with an error; or the only language in which it does not."""
    prints: str = ""
    """What must be in the output of every language."""
    source: str = "functions"

    @property
    def endpoint(self) -> Endpoint:
        content = RequestBody(content=(self.media,), required=True) if self.media else None
        return Endpoint(
            name=self.name,
            parameters=self.parameters,
            call=self.call,
            request_body=content,
            result=self.result,
            responses=self.responses,
            security=self.security,
        )

    @property
    def api(self) -> Api:
        return Api(title="t", security_schemes=KEYS, endpoints=(self.endpoint,), source=self.source)


def get(path: str = "/call", method: str = "GET") -> HttpCall:
    return HttpCall(method=method, path=path)


def parameter(name: str, location: Any, **more: Any) -> Parameter:
    return Parameter(name=name, location=location, **more)


def file(name: str, filename: str, content: str, media_type: str, is_base64: bool = False) -> FilePart:
    return FilePart(name, LocalFile(filename, content, media_type, is_base64))


BODY: dict[str, Any] = {
    "text": NASTY, "lines": LINES, "empty": "", "lone": "\ud800!", "nul": "\0", "none": None, "yes": True, "no": False,
    "ints": [0, -1, 2**53 - 1], "floats": [1.5, -0.25, 1e300, 1e-7, 0.1], "nested": {"__proto__": {"a": [{}, []]}, "a-b": 1, "": 2, "constructor": None},
    "text2": "x" * 120, "class": "keyword",
}  # fmt: skip

HTTP = [
    Case(
        name="json", parameters=tuple(Parameter(name=n) for n in BODY), arguments=BODY, body=BODY,
        headers={"content-type": "application/json"}, prints="42",
    ),
    Case(
        name="json-big-integers", parameters=(Parameter(name="n"), Parameter(name="z")), arguments={"n": [2**64, -(10**30)], "z": -0.0},
        body={"n": [2**64, -(10**30)], "z": -0.0},
    ),
    Case(name="json-null", media=MediaType(schema={}), arguments={"body": None}, body=None, headers={"content-type": "application/json", "content-length": "4"}),
    Case(name="json-text", media=MediaType(schema={}), arguments={"body": NASTY}, body=NASTY),
    Case(
        name="json-suffix", media=MediaType(type="application/merge-patch+json", schema={}), arguments={"body": {"a": None}}, call=get("/call", "PATCH"),
        method="PATCH", body={"a": None}, headers={"content-type": "application/merge-patch+json"},
    ),
    Case(name="no-parameters", headers={}, body=None),
    Case(
        name="query-styles", call=get(), method="GET",
        parameters=(
            parameter("list", "query"), parameter("short", "query", explode=False), parameter("space", "query", style="spaceDelimited"),
            parameter("pipe", "query", style="pipeDelimited"), parameter("deep", "query", style="deepObject"), parameter("spread", "query"),
            parameter("pairs", "query", explode=False), parameter("filter", "query", media_type="application/json"),
        ),
        arguments={
            "list": ["a b", NASTY], "short": ["a,b", "c"], "space": ["a", "b"], "pipe": ["a", "b"], "deep": {"x": 1, "y": {"z": ["é", True]}},
            "spread": OBJECT, "pairs": OBJECT, "filter": {"a": [1, "&"]},
        },
        query=[
            ("list", "a b"), ("list", NASTY), ("short", "a,b,c"), ("space", "a b"), ("pipe", "a|b"), ("deep[x]", "1"), ("deep[y][z]", "é"),
            ("deep[y][z]", "true"), ("R", "100"), ("G", "200"), ("B", "150"), ("pairs", "R,100,G,200,B,150"), ("filter", '{"a": [1, "&"]}'),
        ],
    ),
    Case(
        name="query-scalars", call=get("/call?fixed=1"), method="GET",
        parameters=(*(parameter(n, "query") for n in ("text", "empty", "yes", "n", "x", "a b&", "gone")), parameter("not", "query", required=False)),
        arguments={"text": LINES, "empty": "", "yes": True, "n": 2**64, "x": 1e-7, "a b&": "=+", "not": None},
        query=[("fixed", "1"), ("text", LINES), ("empty", ""), ("yes", "true"), ("n", str(2**64)), ("x", "1e-07"), ("a b&", "=+")],
    ),
    Case(
        name="query-reserved", call=get(), method="GET", parameters=(parameter("url", "query", allow_reserved=True),),
        arguments={"url": "http://x/?a=1&b#é [1]%2F"}, query=[("url", "http://x/?a=1&b#é [1]/")],
        raw_query="url=http://x/?a%3D1%26b%23%C3%A9%20%5B1%5D%2F",
    ),
    Case(
        name="query-whole-form", call=get(), method="GET", parameters=(parameter("all", "query", style="querystring", media_type="application/x-www-form-urlencoded"),),
        arguments={"all": {"a b": "x&y", "list": [1, "é"], "object": {"k": 1}}}, query=[("a b", "x&y"), ("list", "1"), ("list", "é"), ("object", '{"k": 1}')],
    ),
    Case(
        name="query-whole-json", call=get(), method="GET", parameters=(parameter("all", "query", style="querystring", media_type="application/json"),),
        arguments={"all": {"a": "x&y"}}, query=[('{"a": "x&y"}', "")], raw_query="%7B%22a%22%3A%20%22x%26y%22%7D",
    ),
    Case(
        name="path-styles", call=get("/simple/{a}/{b}/label/{c}{d}/matrix{e}{f}{g}"), method="GET",
        parameters=(
            parameter("a", "path"), parameter("b", "path", explode=True), parameter("c", "path", style="label"), parameter("d", "path", style="label", explode=True),
            parameter("e", "path", style="matrix"), parameter("f", "path", style="matrix", explode=True), parameter("g", "path", style="matrix"),
        ),
        arguments={"a": ["x/y", "z?"], "b": OBJECT, "c": [1, 2], "d": [1, 2], "e": OBJECT, "f": ["p", "q"], "g": ""},
        path="/simple/x%2Fy,z%3F/R=100,G=200,B=150/label/.1,2.1.2/matrix;e=R,100,G,200,B,150;f=p;f=q;g",
    ),
    Case(
        name="path-nasty", call=get("/a b/{text}/ü"), method="GET", parameters=(parameter("text", "path"),), arguments={"text": NASTY + LINES},
        path="/a b/" + NASTY + LINES + "/ü",
    ),
    Case(
        name="headers", call=get(), method="GET",
        parameters=(
            parameter("X-Text", "header"), parameter("X-Empty", "header"), parameter("X-List", "header"), parameter("X-Object", "header", explode=True),
            parameter("X-Json", "header", media_type="application/json"), parameter("Content-Type", "header"),
        ),
        arguments={"X-Text": NASTY.replace("\x1b", "").replace("\x7f", ""), "X-Empty": "", "X-List": ["a b", "$HOME"], "X-Object": OBJECT, "X-Json": {"a": 'é"'}, "Content-Type": "no/no"},
        headers={
            "x-text": NASTY.replace("\x1b", "").replace("\x7f", ""), "x-empty": "", "x-list": "a b,$HOME", "x-object": "R=100,G=200,B=150", "x-json": '{"a": "é\\""}',
        },
    ),
    Case(
        name="cookies", call=get(), method="GET",
        parameters=(parameter("text", "cookie"), parameter("spread", "cookie"), parameter("pairs", "cookie", explode=False), parameter("raw", "cookie", style="cookie")),
        arguments={"text": 'a;b "é" $HOME', "spread": OBJECT, "pairs": [1, 2], "raw": "a%20b"},
        cookies=[("text", "a%3Bb%20%22%C3%A9%22%20%24HOME"), ("R", "100"), ("G", "200"), ("B", "150"), ("pairs", "1,2"), ("raw", "a%20b")],
    ),
    Case(
        name="cookies-twice", call=get(), method="GET", parameters=(parameter("c", "cookie"),), arguments={"c": ["a", "b"]},
        cookies=[("c", "a"), ("c", "b")],
    ),
    Case(
        name="form", media=MediaType(type="application/x-www-form-urlencoded", schema={"properties": {"list": {"type": "array"}, "deep": {}}}, encoding={"deep": {"style": "deepObject", "explode": True}}),
        arguments={"body": {"text": NASTY + LINES, "list": ["a b", ""], "deep": {"a": 1}, "object": {"b": "é"}, "n": 2**64, "a b&": "x"}},
        body=[("text", NASTY + LINES), ("list", "a b"), ("list", ""), ("deep[a]", "1"), ("object", '{"b": "é"}'), ("n", str(2**64)), ("a b&", "x")],
    ),
    Case(
        name="form-delimited", media=MediaType(type="application/x-www-form-urlencoded", schema={"properties": {"list": {"anyOf": [{"type": "array"}, {"type": "null"}]}}}, encoding={"list": {"explode": False}, "pairs": {"explode": False, "style": "form"}, "open": {"allowReserved": True}}),
        arguments={"body": {"text": "a,b c", "list": ["x,y", "é", "z w"], "pairs": {"a": 1, "b": "2&3"}, "open": "/a?b"}},
        body=[("text", "a,b c"), ("list", "x,y,é,z w"), ("pairs", "a,1,b,2&3"), ("open", "/a?b")],
        raw_body=b"text=a%2Cb%20c&list=x%2Cy,%C3%A9,z%20w&pairs=a,1,b,2%263&open=/a?b", headers={"content-type": "application/x-www-form-urlencoded"},
    ),
    Case(
        name="multipart-all", media=MediaType(type="multipart/form-data", schema={"properties": {"list": {"anyOf": [{"type": "array"}, {"type": "null"}]}}}),
        arguments={"body": {"a b": "text", "list": ["x", "y"], "object": {"a": [1]}, "photo": file("photo", "sample.png", PIXEL, "image/png", True)}},
        body=[("a b", None, "", b"text"), ("list", None, "", b"x"), ("list", None, "", b"y"), ("object", None, "application/json", b'{"a": [1]}'), ("photo", "sample.png", "image/png", base64.b64decode(PIXEL))],
    ),
    Case(name="maybe-empty", call=get(), method="GET", responses=(Response(status="204"),), answer="nothing"),
    Case(name="maybe-empty-full", call=get(), method="GET", responses=(Response(status="204"),), prints="42"),
    Case(
        name="query-in-path", call=HttpCall(method="GET", path="/call?action=list&kind={kind}"), method="GET", parameters=(parameter("action", "query"), parameter("kind", "path"), parameter("n", "query")),
        arguments={"action": "list", "kind": "a b", "n": 1}, query=[("kind", "a b"), ("action", "list"), ("n", "1")],
    ),
    Case(
        name="form-function", call=HttpCall(path="/call", media_type="application/x-www-form-urlencoded"),
        parameters=(parameter("a", "form"), parameter("b", "form", multiple=True), parameter("c", "form", required=False)), arguments={"a": [1, "x"], "b": [1, "x"], "c": None},
        body=[("a", '[1, "x"]'), ("b", "1"), ("b", "x")],
    ),
    Case(
        name="multipart", call=HttpCall(path="/call", media_type="multipart/form-data"),
        parameters=(parameter("text", "form"), parameter("photos", "file", multiple=True), parameter("one", "file")),
        arguments={"text": NASTY, "photos": [file("photos", "sample.png", PIXEL, "image/png", True), file("photos", "sample.txt", NASTY, "text/plain")], "one": file("one", "sample.csv", "a,b\n1,2", "text/csv")},
        body=[
            ("text", None, "", NASTY.encode()), ("photos", "sample.png", "image/png", base64.b64decode(PIXEL)),
            ("photos", "sample.txt", "text/plain", NASTY.encode()), ("one", "sample.csv", "text/csv", b"a,b\n1,2"),
        ],
    ),
    Case(
        name="multipart-texts", media=MediaType(type="multipart/form-data", schema={"properties": {"tags": {"type": "array"}}}),
        arguments={"body": {"title": "é", "tags": ["a", "b"], "object": {"a": 1}}},
        body=[("title", None, "", "é".encode()), ("tags", None, "", b"a"), ("tags", None, "", b"b"), ("object", None, "application/json", b'{"a": 1}')],
    ),
    Case(
        name="multipart-json-part", media=MediaType(type="multipart/form-data", schema={}, encoding={"meta": {"contentType": "application/json"}}),
        arguments={"body": {"meta": {"a;b": 'é " \\ \n'}}}, body=[("meta", None, "application/json", '{"a;b": "é \\" \\\\ \\n"}'.encode())],
    ),
    Case(
        name="multipart-typed-parts",
        media=MediaType(
            type="multipart/form-data",
            schema={"properties": {"pet": PET, "pets": {"type": "array", "items": PET}, "rows": {"type": "string"}}},
            encoding={"pet": {"contentType": "application/xml; charset=utf-8"}, "pets": {"contentType": "text/xml"}, "rows": {"contentType": "text/csv, text/plain"}},
        ),
        arguments={"body": {"pet": PET_TEXT, "pets": [PET_TEXT, NASTY], "rows": 'a,"b"\n1,\\'}},
        body=[
            ("pet", None, "application/xml; charset=utf-8", PET_TEXT.encode()), ("pets", None, "text/xml", PET_TEXT.encode()), ("pets", None, "text/xml", NASTY.encode()),
            ("rows", None, "text/csv", b'a,"b"\n1,\\'),
        ],
    ),
    Case(name="xml", media=MediaType(type="application/xml", schema=PET), arguments={"body": PET_TEXT}, body=PET_TEXT.encode(), headers={"content-type": "application/xml"}),
    Case(name="xml-given", media=MediaType(type="application/soap+xml; charset=utf-8", schema=PET), arguments={"body": NASTY}, body=NASTY.encode(), headers={"content-type": "application/soap+xml; charset=utf-8"}),
    Case(name="binary", media=MediaType(type="image/png", schema={}), arguments={"body": file("body", "sample.png", PIXEL, "image/png", True)}, body=base64.b64decode(PIXEL), headers={"content-type": "image/png"}),
    Case(name="octets", media=MediaType(type="application/octet-stream", schema={}), arguments={"body": file("body", "sample.bin", NASTY, "application/octet-stream")}, body=NASTY.encode(), headers={"content-type": "application/octet-stream"}),
    Case(name="text", media=MediaType(type="text/plain", schema={}), arguments={"body": "@" + NASTY + LINES}, body=("@" + NASTY + LINES).encode(), headers={"content-type": "text/plain"}),
    Case(name="text-quotes", media=MediaType(type="text/plain", schema={}), arguments={"body": "-'a',\n\"b\""}, body=b"-'a',\n\"b\"", headers={"content-type": "text/plain"}),
    Case(name="text-nul", media=MediaType(type="text/plain", schema={}), arguments={"body": "a\0b"}, body=b"a\0b", headers={"content-type": "text/plain"}),
    Case(name="key-in-header", call=get(), method="GET", security=({"key": []},), headers={"x-api-key": ENVIRONMENT["KEY"]}),
    Case(name="key-in-query", call=get("/call"), method="GET", parameters=(parameter("q", "query"),), arguments={"q": 1}, security=({"query-key": []},), query=[("q", "1"), ("api key", QUERY_KEY)]),
    Case(name="key-that-is-a-parameter-too", call=get("/call?api%20key=0&n=1"), method="GET", parameters=(parameter("api key", "query"), parameter("session", "cookie"), parameter("x-api-key", "header")), arguments={"api key": "1", "session": "2", "x-api-key": "3"}, security=({"query-key": [], "key": [], "cookieKey": []},), query=[("n", "1"), ("api key", QUERY_KEY)], headers={"x-api-key": ENVIRONMENT["KEY"]}, cookies=[("session", ENVIRONMENT["COOKIE_KEY"])]),
    Case(name="key-in-query-of-another-method", call=get("/call", "DELETE"), method="DELETE", security=({"query-key": []},), query=[("api key", QUERY_KEY)]),
    Case(name="key-in-query-head", call=get("/call", "HEAD"), method="HEAD", security=({"query-key": []},), query=[("api key", QUERY_KEY)]),
    Case(name="key-in-query-with-a-body", call=get("/call?fixed=1", "PUT"), method="PUT", parameters=(Parameter(name="x"),), arguments={"x": [1]}, body={"x": [1]}, security=({"query-key": []},), query=[("fixed", "1"), ("api key", QUERY_KEY)]),
    Case(name="key-in-query-with-a-form", media=MediaType(type="application/x-www-form-urlencoded", schema={}), arguments={"body": {"a": "b c"}}, body=[("a", "b c")], security=({"query-key": []},), query=[("api key", QUERY_KEY)]),
    Case(name="key-in-cookie", call=get(), method="GET", security=({"cookieKey": []},), cookies=[("session", ENVIRONMENT["COOKIE_KEY"])]),
    Case(name="two-keys", call=get(), method="GET", security=({"query-key": [], "token": []},), query=[("api key", QUERY_KEY)], headers={"authorization": "Bearer t0ken"}),
    Case(name="basic", security=({"login": []},), headers={"authorization": "Basic " + base64.b64encode(f"{ENVIRONMENT['LOGIN_USER']}:{ENVIRONMENT['LOGIN_PASSWORD']}".encode()).decode()}),
    Case(name="digest", call=get(), method="GET", parameters=(parameter("q", "query"),), arguments={"q": "a b&c"}, query=[("q", "a b&c")], security=({"challenged": []},), answer="challenge", prints="42"),
    Case(name="digest-with-a-body", parameters=(Parameter(name="x"),), arguments={"x": "é"}, body={"x": "é"}, security=({"challenged": []},), answer="challenge", prints="42"),
    Case(name="oauth", security=({"oauth": ["read"]}, {"key": []}), headers={"authorization": "Bearer o-token"}),
    Case(name="put", call=get("/call/{id}", "PUT"), method="PUT", parameters=(parameter("id", "path"), Parameter(name="x")), arguments={"id": 7, "x": 1}, path="/call/7", body={"x": 1}),
    Case(name="delete", call=get("/call", "DELETE"), method="DELETE", result=None, answer="nothing"),
    Case(name="delete-with-body", call=get("/call", "DELETE"), method="DELETE", parameters=(Parameter(name="ids"),), arguments={"ids": [1]}, body={"ids": [1]}),
    Case(name="head", call=get("/call", "HEAD"), method="HEAD"),
    Case(name="options", call=get("/call", "OPTIONS"), method="OPTIONS"),
    Case(name="other-method", call=get("/call", "QUERY"), method="QUERY", parameters=(Parameter(name="q"),), arguments={"q": "x"}, body={"q": "x"}),
    Case(name="stream", result=Result(streaming=True, media_type="text/event-stream"), answer="stream", headers={"accept": "text/event-stream"}, prints="1"),
    Case(name="stream-error", result=Result(streaming=True, media_type="text/event-stream"), answer="stream-error", fails="curl", prints="1"),
    Case(name="foreign-stream", result=Result(streaming=True, media_type="text/event-stream"), answer="stream", source="openapi", prints="generating"),
    Case(name="lines", result=Result(streaming=True, media_type="application/x-ndjson"), answer="lines", prints='{"n": 2}'),
    Case(name="download", result=Result(is_file=True, media_type="image/png"), answer="file"),
    Case(name="text-result", result=Result(media_type="text/plain"), answer="text", prints="grüß dich"),
    Case(name="choice-of-results", result=Result(other_content=(MediaType(type="application/xml"),)), headers={"accept": "application/json"}),
    Case(name="not-found", answer="missing", fails=True),
    Case(name="not-found-stream", answer="missing", fails=True, result=Result(streaming=True, media_type="text/event-stream")),
]  # fmt: skip

GRADIO_FILE = LocalFile("sample.png", PIXEL, "image/png", True)
GRADIO = [
    Case(name="gradio-scalars", call=GradioCall(api_name="add"), parameters=(Parameter(name="a"), Parameter(name="class"), Parameter(name="b", required=False)), arguments={"a": NASTY, "class": None}),
    Case(name="gradio-kept-names", call=GradioCall(api_name="fetch", silent_inputs=(1,)), parameters=(Parameter(name="url"), Parameter(name="headers"), Parameter(name="limit", required=False, default=Default(value=3))), arguments={"headers": {"a": NASTY}, "url": "x"}),
    Case(name="gradio-nothing", call=GradioCall(api_name="ping"), result=None),
    Case(name="gradio-stream", call=GradioCall(api_name="count"), parameters=(Parameter(name="n"),), arguments={"n": 3}, result=Result(streaming=True)),
    Case(
        name="gradio-files", call=GradioCall(api_name="join", state=True),
        parameters=(Parameter(name="first", location="file"), Parameter(name="all", location="file", multiple=True)),
        arguments={"first": FilePart("first", GRADIO_FILE), "all": [FilePart("all", GRADIO_FILE), FilePart("all", LocalFile("sample.txt", "it's", "text/plain"))]},
    ),
]  # fmt: skip
