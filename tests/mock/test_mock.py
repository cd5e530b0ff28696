"""The mock over real HTTP: what it refuses, entry by entry, what it answers, and what it remembers."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from apispec.documents import from_data
from apispec.examples import NoExampleError
from apispec.mock import MockApplication, MockOptions
from apispec.model import Api, Endpoint, HttpCall, Parameter, Result
from apispec.prove import mocked
from apispec.sources.openapi import read

PET = {"$ref": "#/components/schemas/Pet"}
JSON = "application/json"


def answer(schema: Any, status: str = "200", **more: Any) -> dict[str, Any]:
    return {status: {"description": "", "content": {JSON: {"schema": schema, **more}}}}


DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Pets", "version": "1"},
    "servers": [{"url": "https://pets.example.com/v1"}],
    "paths": {
        "/pets": {
            "get": {
                "operationId": "list",
                "parameters": [
                    {"name": "limit", "in": "query", "schema": {"type": "integer", "minimum": 1}},
                    {"name": "tags", "in": "query", "explode": False, "schema": {"type": "array", "items": {"type": "string", "minLength": 2}}},
                    {"name": "where", "in": "query", "style": "deepObject", "schema": {"type": "object", "properties": {"age": {"type": "integer"}}}},
                    {"name": "X-Trace", "in": "header", "schema": {"type": "string", "format": "uuid"}},
                    {"name": "seen", "in": "cookie", "schema": {"type": "boolean"}},
                ],
                "responses": answer({"type": "array", "items": PET}),
            },
            "post": {
                "operationId": "create",
                "security": [{"key": []}, {"token": []}],
                "requestBody": {"required": True, "content": {JSON: {"schema": {"allOf": [PET], "unevaluatedProperties": False}}}},
                "responses": {**answer(PET, "201"), **answer({"type": "object", "properties": {"title": {"example": "taken"}}}, "409")},
            },
        },
        "/pets/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}],
            "get": {
                "operationId": "get",
                "responses": {
                    "200": {
                        "description": "",
                        "headers": {"X-Left": {"required": True, "schema": {"type": "integer", "example": 7}}},
                        "content": {
                            JSON: {"schema": PET, "examples": {"cat": {"value": {"id": 1, "name": "Tom"}}, "dog": {"value": {"id": 2, "name": "Rex"}}}},
                            "application/xml": {"schema": PET},
                        },
                    }
                },
            },
            "patch": {"operationId": "change", "requestBody": {"content": {JSON: {"schema": {"type": "object"}}}}, "responses": answer(PET)},
            "delete": {"operationId": "remove", "responses": {"204": {"description": ""}}},
        },
        "/pets/mine": {"get": {"operationId": "mine", "responses": answer(PET)}},
        "/form": {
            "post": {
                "operationId": "form",
                "requestBody": {
                    "content": {
                        "application/x-www-form-urlencoded": {
                            "schema": {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}, "list": {"type": "array", "items": {"type": "integer"}}}}
                        },
                        "multipart/form-data": {
                            "schema": {
                                "type": "object",
                                "required": ["file"],
                                "properties": {"file": {"type": "string", "format": "binary"}, "meta": {"type": "object", "required": ["n"]}},
                            }
                        },
                    }
                },
                "responses": {"204": {"description": ""}},
            }
        },
        "/never": {"get": {"operationId": "never", "responses": answer({"type": "object", "required": ["a", "n"], "properties": {"a": {"type": "string", "pattern": "(?=a)b"}, "n": {"const": 7}}})}},
        "/events": {"get": {"operationId": "events", "responses": {"200": {"description": "", "content": {"text/event-stream": {"schema": {"type": "object", "properties": {"n": {"type": "integer"}}}}}}}}},
    },
    "components": {
        "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}, "token": {"type": "http", "scheme": "bearer"}},
        "schemas": {
            "Pet": {
                "type": "object",
                "required": ["id", "name"],
                "properties": {"id": {"type": "integer", "readOnly": True}, "name": {"type": "string", "minLength": 2}, "age": {"type": "integer"}},
            }
        },
    },
}  # fmt: skip
API: Api = read(from_data(DOCUMENT, "pets.json")).api


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with mocked(API) as host:
        yield host.url


def flaws(response: requests.Response) -> set[str]:
    assert response.status_code == 422, response.text
    assert response.headers["content-type"] == "application/problem+json"
    return {error["pointer"] for error in response.json()["errors"]}


def test_what_cannot_come_twice_and_what_is_not_there(url: str) -> None:
    assert flaws(requests.get(f"{url}/pets?limit=1&limit=2", timeout=9)) == {"/query/limit"}
    assert requests.get(f"{url}/pets?tags=ab,cd&unknown=1&unknown=2", timeout=9).status_code == 200
    assert requests.get(f"{url}/pets/", timeout=9).status_code == 404


@pytest.mark.parametrize(("wanted", "sent", "wrong"), [
    ("image/png, image/jpeg", "image/jpeg; q=1", False), ("image/png, image/jpeg", "text/plain", True), ("image/*", "image/webp", False),
    ("image/*", "imaginary/x", True), ("*/*", "text/plain", False), (None, "text/plain", False),
])  # fmt: skip
def test_parts_are_judged_by_the_media_types_of_their_encoding(wanted: str | None, sent: str, wrong: bool) -> None:
    schema = {"type": "object", "properties": {"photo": {"type": "string", "format": "binary"}}}
    encoding = {} if wanted is None else {"encoding": {"photo": {"contentType": wanted}}}
    content = {"multipart/form-data": {"schema": schema, **encoding}}
    operation = {"operationId": "o", "requestBody": {"content": content}, "responses": {"204": {"description": ""}}}
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/o": {"post": operation}}}
    with mocked(read(from_data(document, "o.json")).api) as host:
        answer = requests.post(f"{host.url}/o", files={"photo": ("p", b"x", sent)}, timeout=9)
    assert (answer.status_code == 422) == wrong, answer.text
    assert not wrong or flaws(answer) == {"/body/photo"}


def test_everything_that_is_wrong_is_told_at_once(url: str) -> None:
    answer = requests.get(
        f"{url}/pets?limit=0&tags=ab,c&where[age]=x", headers={"X-Trace": "no", "Cookie": "seen=perhaps"}, timeout=9
    )
    assert flaws(answer) == {"/query/limit", "/query/tags/1", "/query/where/age", "/cookie/seen", "/header/X-Trace"}
    assert flaws(requests.get(f"{url}/pets/x", timeout=9)) == {"/path/id"}


SPREAD = {"type": "object", "properties": {"size": {"type": "integer"}, "name": {"type": "string"}}}


@pytest.mark.parametrize(("more", "query", "wrong"), [
    ({}, "", set()), ({}, "size=3", set()), ({}, "size=x", {"/query/where/size"}), ({"style": "deepObject"}, "", {"/query/where"}),
    ({"explode": False}, "", {"/query/where"}), ({"schema": {**SPREAD, "required": ["size"]}}, "name=x", {"/query/where/size"}),
    ({"schema": {**SPREAD, "required": ["size"]}}, "", {"/query/where/size"}),
])  # fmt: skip
def test_an_object_whose_properties_are_the_parameters_may_be_empty(
    more: dict[str, Any], query: str, wrong: set[str]
) -> None:
    where = {"name": "where", "in": "query", "required": True, "schema": SPREAD, **more}
    operation = {"operationId": "find", "parameters": [where], "responses": {"204": {"description": ""}}}
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/find": {"get": operation}}}
    with mocked(read(from_data(document, "find.json")).api) as host:
        answer = requests.get(f"{host.url}/find?{query}", timeout=9)
    assert (flaws(answer) if answer.status_code != 204 else set()) == wrong


@pytest.mark.parametrize(
    "query", ["limit=5", "tags=ab,cd", "tags=a%2Cb", "where[age]=3", "", "limit=1&tags=ab&unknown=1"]
)
def test_what_fits_is_answered(url: str, query: str) -> None:
    answer = requests.get(f"{url}/v1/pets?{query}", cookies={"seen": "true"}, timeout=9)
    assert answer.status_code == 200, answer.text
    assert isinstance(answer.json()[0]["id"], int)


def test_bodies_are_judged_by_their_media_type(url: str) -> None:
    key = {"X-Key": "k"}
    assert requests.post(f"{url}/pets", json={"name": "Tom"}, timeout=9).status_code == 401
    bearer = {"Authorization": "Bearer x"}
    assert requests.post(f"{url}/pets", json={"name": "Tom"}, headers=bearer, timeout=9).status_code == 201
    assert flaws(requests.post(f"{url}/pets", json={"name": "T", "x": 1}, headers=key, timeout=9)) >= {"/body/name"}
    assert flaws(requests.post(f"{url}/pets", data="{", headers={**key, "Content-Type": JSON}, timeout=9)) == {"/body"}
    assert flaws(requests.post(f"{url}/pets", headers=key, timeout=9)) == {"/body"}
    assert requests.post(f"{url}/pets", data={"name": "Tom"}, headers=key, timeout=9).status_code == 415


def test_forms_are_judged_by_their_fields(url: str) -> None:
    assert requests.post(f"{url}/form", data={"a": "1", "list": ["1", "2"]}, timeout=9).status_code == 204
    assert flaws(requests.post(f"{url}/form", data={"a": "x", "list": ["1", "y"]}, timeout=9)) == {
        "/body/a",
        "/body/list/1",
    }
    assert flaws(requests.post(f"{url}/form", data={"list": "1"}, timeout=9)) == {"/body/a"}
    sent = {"file": ("a.bin", b"\0\1"), "meta": (None, '{"n": 1}')}
    assert requests.post(f"{url}/form", files=sent, timeout=9).status_code == 204
    assert flaws(requests.post(f"{url}/form", files={"meta": (None, "{}")}, timeout=9)) == {
        "/body/file",
        "/body/meta/n",
    }


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("date", "2024-02-29", "2024-02-30"),
        ("date-time", "2024-02-29T10:00:00Z", "2024-02-29"),
        ("time", "10:00:00+01:00", "25:00:00Z"),
        ("uuid", "1b4e28ba-2fa1-11d2-883f-0016d3cca427", "1b4e28ba"),
        ("ipv4", "192.0.2.1", "192.0.2.400"),
        ("ipv6", "2001:db8::1", "2001"),
        ("uri", "https://example.com/", "no address"),
        ("email", "ada@example.com", "ada"),
        ("byte", "YWRh", "a!"),
        ("color", "anything", None),
        ("regex", "a(?=b)", None),
    ],
)  # fmt: skip
def test_formats_are_judged(kind: str, good: str, bad: str | None) -> None:
    from apispec.mock.reading import validator

    judge = validator({"type": "string", "format": kind}, API.schemas)
    assert judge.errors(good) == []
    assert bad is None or judge.errors(bad)


def test_paths_and_methods(url: str) -> None:
    assert requests.get(f"{url}/nowhere", timeout=9).status_code == 404
    refused = requests.put(f"{url}/pets/1", timeout=9)
    assert refused.status_code == 405 and refused.headers["Allow"] == "GET, PATCH, DELETE"
    assert requests.get(f"{url}/pets/mine", timeout=9).status_code == 200
    assert requests.head(f"{url}/pets/1", timeout=9).text == ""
    asked = requests.options(f"{url}/pets/1", timeout=9)
    assert asked.status_code == 204 and asked.headers["Allow"] == "GET, PATCH, DELETE"


def test_an_answer_is_chosen_by_what_the_request_prefers(url: str) -> None:
    def ask(prefer: str, **headers: str) -> requests.Response:
        return requests.get(f"{url}/pets/1", headers={"Prefer": prefer, **headers}, timeout=9)

    assert ask("example=dog").json() == {"id": 2, "name": "Rex"}
    assert ask("code=200, example=cat").json() == {"id": 1, "name": "Tom"}
    assert ask("example=cow").status_code == 400 and "cat, dog" in ask("example=cow").text
    assert ask("code=418").status_code == 400
    assert ask("").headers["X-Left"] == "7"
    assert ask("", Accept="application/xml;q=0.9, application/json;q=0.1").headers["content-type"] == "application/xml"
    assert ask("", Accept="text/csv").status_code == 406
    assert ask("respond-async, Code=200; wait=5, EXAMPLE=dog").json() == {"id": 2, "name": "Rex"}
    lines = "GET /pets/1 HTTP/1.1\r\nHost: localhost\r\nPrefer: respond-async\r\nPrefer: example=dog\r\nConnection: close\r\n\r\n"
    host, port = url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=9) as connection:
        connection.sendall(lines.encode())
        told = b"".join(iter(lambda: connection.recv(4096), b""))
        assert b"Rex" in told
    taken = requests.post(f"{url}/pets", json={"name": "Tom"}, headers={"X-Key": "k", "Prefer": "code=409"}, timeout=9)
    assert (taken.status_code, taken.json()) == (409, {"title": "taken"})


def test_where_no_value_fits_a_guess_is_answered_and_said_to_be_one(url: str) -> None:
    answer = requests.get(f"{url}/never", timeout=9)
    assert answer.status_code == 200
    assert answer.json()["n"] == 7 and isinstance(answer.json()["a"], str)
    assert "'a'" in answer.headers["Warning"]
    assert "Warning" not in requests.get(f"{url}/pets/1", timeout=9).headers


def test_where_all_answers_are_told_as_one_a_call_succeeds() -> None:
    content = {JSON: {"schema": {"type": "object"}, "example": {"a": 1}}}
    operation = {"operationId": "o", "responses": {"default": {"description": "", "content": content}}}
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/o": {"get": operation}}}
    with mocked(read(from_data(document, "o.json")).api) as host:
        answer = requests.get(f"{host.url}/o", timeout=9)
        assert (answer.status_code, answer.json()) == (200, {"a": 1})
        assert requests.get(f"{host.url}/o", headers={"Prefer": "code=503"}, timeout=9).status_code == 503


def test_answers_of_any_media_type_are_json() -> None:
    for kind in ("*/*", "application/*", "text/plain"):
        content = {kind: {"schema": {"type": "object", "properties": {"a": {"type": "boolean"}}, "required": ["a"]}}}
        operation = {"operationId": "o", "responses": {"200": {"description": "", "content": content}}}
        document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/o": {"get": operation}}}
        with mocked(read(from_data(document, "o.json")).api) as host:
            assert requests.get(f"{host.url}/o", timeout=9).json() == {"a": True}


def test_streams_stream(url: str) -> None:
    answer = requests.get(f"{url}/events", timeout=9)
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert [json.loads(line[6:]) for line in answer.text.splitlines() if line] == [{"n": 1}] * 3


def test_browsers_may_call_what_prove_calls_from_anywhere(url: str) -> None:
    asked = {"Origin": "https://docs.example.com", "Access-Control-Request-Method": "POST"}
    allowed = requests.options(f"{url}/pets", headers={**asked, "Access-Control-Request-Headers": "x-key"}, timeout=9)
    assert allowed.status_code == 200 and allowed.headers["access-control-allow-origin"] == "*"
    assert (
        requests.get(f"{url}/pets", headers={"Origin": "null"}, timeout=9).headers["access-control-allow-origin"] == "*"
    )


def test_made_up_values_fit_and_are_the_same_for_a_seed() -> None:
    import random

    from apispec.examples import is_valid
    from apispec.mock.values import made

    for schema in (
        {"type": "array", "items": PET, "minItems": 2},
        {"oneOf": [{"type": "string"}, {"type": "integer", "maximum": 3}]},
        PET,
        {"type": ["number", "null"], "multipleOf": 0.5},
    ):
        values = [made(schema, API.schemas, random.Random(n)) for n in range(30)]
        assert all(is_valid(schema, value, API.schemas) for value in values)
        assert values == [made(schema, API.schemas, random.Random(n)) for n in range(30)]
        assert len({json.dumps(value) for value in values}) > 1


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`apispec mock` as people run it."""
    file = tmp_path_factory.mktemp("mock") / "pets.json"
    file.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    command = [sys.executable, "-m", "apispec", "mock", str(file), "--port", "0", "--stateful"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    line = process.stderr.readline()
    assert "mocked at http://127.0.0.1:" in line, line
    yield line.split()[-1]
    process.terminate()
    process.wait(10)
    process.stderr.close()


@pytest.mark.parametrize(("schema", "good", "bad"), [
    ({"type": "integer", "format": "int32"}, 2**31 - 1, 2**31), ({"type": "integer", "format": "int32"}, -(2**31), -(2**31) - 1),
    ({"type": "integer", "format": "int64"}, 2**63 - 1, 2**63), ({"type": "integer", "format": "uint8"}, 255, -1),
    ({"type": ["integer", "null"], "format": "int32", "minimum": 3}, None, 2), ({"type": "number", "format": "float"}, 3.4e38, 3.5e38),
    ({"type": "integer", "format": "int32", "example": 1418556452651}, 1418556477882, "x"), ({"type": "number", "format": "double"}, 1e300, None), ({"type": "string", "format": "int32"}, "99999999999", None),
    ({"type": "array", "items": {"type": "integer", "format": "int16"}}, [32767], [32768]),
    ({"$ref": "#/components/schemas/Small"}, 127, 128), ({"anyOf": [{"$ref": "#/components/schemas/Small"}, {"type": "string"}]}, "x", 128),
])  # fmt: skip
def test_numbers_are_within_what_their_formats_hold(schema: Any, good: Any, bad: Any) -> None:
    from apispec.mock.reading import validator

    judge = validator(schema, {"Small": {"type": "integer", "format": "int8"}})
    assert judge.errors(good) == []
    assert bad is None or judge.errors(bad)


def test_a_name_without_a_value_is_allowed_where_the_document_says_so() -> None:
    names = [{"name": n, "in": "query", "allowEmptyValue": n == "a", "schema": {"type": "integer"}} for n in ("a", "b")]
    operation = {"operationId": "find", "parameters": names, "responses": {"204": {"description": ""}}}
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/find": {"get": operation}}}
    with mocked(read(from_data(document, "find.json")).api) as host:
        for query in ("a", "a=", "a=1"):
            assert requests.get(f"{host.url}/find?{query}", timeout=9).status_code == 204, query
        assert flaws(requests.get(f"{host.url}/find?a=x", timeout=9)) == {"/query/a"}
        assert flaws(requests.get(f"{host.url}/find?b", timeout=9)) == {"/query/b"}


XML_ORDER: dict[str, Any] = {
    "type": "object", "xml": {"name": "order", "namespace": "https://shop.example/1", "prefix": "s"}, "required": ["id", "lines"], "additionalProperties": False,
    "properties": {
        "id": {"type": "integer", "xml": {"attribute": True}},
        "note": {"type": ["string", "null"]},
        "tags": {"type": "array", "items": {"type": "string", "minLength": 2, "xml": {"name": "tag"}}},
        "lines": {
            "type": "array", "minItems": 1, "xml": {"wrapped": True, "name": "all"},
            "items": {"type": "object", "xml": {"name": "line"}, "required": ["n"], "properties": {"n": {"type": "integer"}, "of": {"type": "boolean", "xml": {"attribute": True}}}},
        },
    },
}  # fmt: skip


@pytest.mark.parametrize(("text", "wrong"), [
    ('<s:order xmlns:s="https://shop.example/1" id="7"><note>é &amp; x</note><tag>ab</tag><tag>cd</tag><all><line of="true"><n>1</n></line><line><n>2</n></line></all></s:order>', set()),
    ('<order id="7"><all><line><n> 1 </n></line></all></order>', set()),
    ('<?xml version="1.0"?>\n<order id="7" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><note xsi:nil="true"/><all><line><n>1</n></line></all></order>', set()),
    ("<order id='x'><tag>a</tag><all><line of='7'><n>many</n></line><line/></all></order>", {"/body/id", "/body/tags/0", "/body/lines/0/n", "/body/lines/0/of", "/body/lines/1/n"}),
    ("<order><all/></order>", {"/body/id", "/body/lines"}),
    ("<order id='1'><all><line><n>1</n></line></all><what>x</what></order>", {"/body/what"}),
    ("<orders id='1'/>", {"/body"}),
    ("<order id='1'>", {"/body"}),
    ("", {"/body"}),
    ('<!DOCTYPE order [<!ENTITY e SYSTEM "file:///etc/hostname">]><order id="1">&e;</order>', {"/body"}),
    ("<a>" * 5000 + "</a>" * 5000, {"/body"}),
])  # fmt: skip
def test_bodies_of_xml_are_judged_by_their_schema(text: str, wrong: set[str]) -> None:
    body = {"required": True, "content": {"application/xml": {"schema": XML_ORDER}}}
    operation = {"operationId": "order", "requestBody": body, "responses": {"204": {"description": ""}}}
    document = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"/order": {"post": operation}}}
    with mocked(read(from_data(document, "order.json")).api) as host:
        sent: Any = {"data": text.encode(), "headers": {"Content-Type": "application/xml"}, "timeout": 9}
        answer = requests.post(f"{host.url}/order", **sent)
    assert (flaws(answer) if answer.status_code != 204 else set()) == wrong, answer.text


def test_clients_that_offer_http_2_are_not_warned_of(url: str, capfd: pytest.CaptureFixture[str]) -> None:
    """As those of Java and Kotlin do with every request."""
    offered = {"Connection": "Upgrade, HTTP2-Settings", "Upgrade": "h2c", "HTTP2-Settings": "AAEAAEAA"}
    assert requests.get(f"{url}/pets", headers=offered, timeout=9).status_code == 200
    assert "upgrade" not in capfd.readouterr().err.lower()


def test_what_is_created_is_remembered(served: str) -> None:
    key = {"X-Key": "k"}
    made = requests.post(f"{served}/pets", json={"name": "Tom"}, headers=key, timeout=9).json()
    assert made["name"] == "Tom"
    one = f"{served}/pets/{made['id']}"
    assert requests.get(one, timeout=9).json() == made
    assert requests.get(f"{served}/pets", timeout=9).json() == [made]
    assert requests.patch(one, json={"age": 3}, timeout=9).json() == {**made, "age": 3}
    assert requests.delete(one, timeout=9).status_code == 204
    assert requests.get(one, timeout=9).status_code == 404
    assert requests.get(f"{served}/pets", timeout=9).json() == []


def test_bodies_are_bounded_by_what_they_announce(served: str) -> None:
    host, port = served.removeprefix("http://").split(":")
    head = (
        "POST /pets HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99000000\r\n\r\n"
    )
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(head.encode())
        assert b" 413 " in connection.recv(4096)


def test_failures_come_at_the_rate_that_was_asked_for() -> None:
    from apispec.mock import answers

    application = MockApplication(API, MockOptions(errors=1.0))
    create = next(e for e in API.endpoints if e.name == "create")
    assert application._failing(create) == "409"
    assert answers.described(create)[0].code == 201


@pytest.mark.parametrize(
    ("paths", "calls"),
    [
        (["/#X-Target=A", "/#X-Target=B"], [("/", {"x-target": "A"}, "a"), ("/", {"x-target": "B"}, "b")]),
        (["/?Action=A", "/?Action=B"], [("/?Action=A", {}, "a"), ("/?Action=B", {}, "b"), ("/", {}, "a")]),
    ],
)
def test_operations_of_one_path_are_told_apart_by_what_is_fixed(paths: list[str], calls: list[Any]) -> None:
    endpoints = []
    for name, path in zip("ab", paths, strict=True):
        header = Parameter(name="X-Target", location="header", schema={"enum": [name.upper()]}, required=False)
        endpoints.append(
            Endpoint(
                name=name,
                call=HttpCall(method="POST", path=path),
                parameters=(header,) if "#" in path else (),
                result=Result(schema={"const": name}),
            )
        )
    with mocked(Api(title="t", endpoints=tuple(endpoints))) as host:
        found = [requests.post(host.url + url, headers=headers, timeout=30).json() for url, headers, _ in calls]
    assert found == [name for *_, name in calls]


def test_made_up_values_of_schemas_without_an_end_are_small_and_come_at_once() -> None:
    import random
    import time

    from apispec.examples import is_valid
    from apispec.mock.values import made

    every = {name: {"type": "object", "properties": {}} for name in "abcdefgh"}
    for name in every:  # each holds lists of all
        inner = {
            f"to_{other}": {"type": "array", "items": {"$ref": f"#/components/schemas/{other}"}} for other in every
        }
        every[name]["properties"] = inner
    required = {
        "End": {"type": "object", "required": ["next"], "properties": {"next": {"$ref": "#/components/schemas/End"}}}
    }
    started = time.monotonic()
    value = made({"$ref": "#/components/schemas/a"}, every, random.Random(1))
    assert is_valid({"$ref": "#/components/schemas/a"}, value, every) and len(str(value)) < 100_000
    with pytest.raises(NoExampleError):
        made({"$ref": "#/components/schemas/End"}, required, random.Random(1))
    assert time.monotonic() - started < 5
