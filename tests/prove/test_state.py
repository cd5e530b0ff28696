"""Values that later calls take from earlier answers, by OpenAPI's links."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from apispec.model import Api, Endpoint, HttpCall, MediaType, Parameter, RequestBody, Response, Result
from apispec.prove.cases import Case
from apispec.prove.state import Learned, exchange_of


def case(name: str, method: str, path: str, *parameters: str, links: Any = {}, **more: Any) -> Case:
    given = tuple(Parameter(name=one, location="path", schema={"type": "string"}, required=True) for one in parameters)
    call = HttpCall(method=method, path=path)
    endpoint = Endpoint(name=name, call=call, parameters=given, result=Result(schema={}, links=links), **more)
    return Case(Api(title="t"), endpoint, "http", "curl", dict.fromkeys(parameters, "example"))


@pytest.mark.parametrize(
    ("link", "value"),
    [
        ({"operationId": "back", "parameters": {"loan": "$response.body#/data/code"}}, "L-77"),
        ({"operationId": "back", "parameters": {"path.loan": "$response.body#/data/code"}}, "L-77"),
        ({"operationRef": "#/paths/~1returns~1{loan}/delete", "parameters": {"loan": "$response.body#/data/code"}}, "L-77"),
        ({"operationRef": "#/paths/~1returns~1%7Bloan%7D/delete", "parameters": {"loan": "$response.body#/list/1"}}, 2),
        ({"operationRef": "parts.yaml#/paths/~1returns~1{loan}/delete", "parameters": {"loan": "a/{$request.path.shelf}"}}, "a/example"),
        ({"operationRef": "https://example.com/a.json#/paths/~1returns~1{loan}/delete", "parameters": {"loan": 1}}, "example"),
        ({"operationId": "back", "parameters": {"loan": "$request.path.shelf"}}, "example"),
        ({"operationId": "back", "parameters": {"loan": "$response.header.Location"}}, "/loans/77"),
        ({"operationId": "back", "parameters": {"loan": "$statusCode"}}, 201),
        ({"operationId": "back", "parameters": {"loan": "$method"}}, "GET"),
        ({"operationId": "back", "parameters": {"loan": "$url"}}, "/lend?a=1"),
        ({"operationId": "back", "parameters": {"loan": "n{$response.body#/list/1}-{$response.body#/data/code}"}}, "n2-L-77"),
        ({"operationId": "back", "parameters": {"loan": "n{$response.body#/nowhere}"}}, "example"),
        ({"operationId": "back", "parameters": {"loan": "$oops.body"}}, "$oops.body"),
        ({"operationId": "back", "parameters": {"loan": "constant"}}, "constant"),
        ({"operationId": "back", "parameters": {"query.loan": "$response.body#/data/code"}}, "example"),
        ({"operationRef": "https://example.com/#/paths/~1x/get", "parameters": {"loan": "$response.body#/data/code"}}, "example"),
        ({"operationId": "other", "parameters": {"loan": "$response.body#/data/code"}}, "example"),
        ({"operationId": "back", "parameters": {"loan": "$response.body#/nowhere"}}, "example"),
        ({"operationId": ["back"], "parameters": "loan"}, "example"),
        ("back", "example"),
    ],
)  # fmt: skip
def test_links_feed_what_they_lead_to(link: Any, value: Any) -> None:
    learned = Learned()
    lend = case("lend", "GET", "/lend", "shelf", links={"a": link})
    assert learned.wants(lend)
    line = {"path": "/lend", "query": "a=1", "status": 201, "told": {"location": "/loans/77"}}
    lend = replace(
        lend, endpoint=replace(lend.endpoint, result=replace(lend.endpoint.result or Result(), status="2XX"))
    )
    learned.learn(lend, exchange_of(lend, {"data": {"code": "L-77"}, "list": [1, 2]}, line))
    assert learned.fed(case("back", "DELETE", "/returns/{loan}", "loan")).arguments == {"loan": value}


BODY = RequestBody(content=(MediaType(schema={"type": "object"}),), required=True)


def test_links_give_bodies_and_those_of_the_answer_that_came_count() -> None:
    learned = Learned()
    to = {"operationId": "back", "requestBody": {"code": "$response.body#/code", "note": "from {$request.path.shelf}"}}
    other = {"operationId": "back", "requestBody": {"wrong": 1}}
    lend = case("lend", "POST", "/lend/{shelf}", "shelf", links={"a": to}, responses=(
        Response(status="202", links={"b": other}),
    ))  # fmt: skip
    back = case("back", "POST", "/back", request_body=BODY)
    learned.learn(lend, exchange_of(lend, {"code": 5}, {"path": "/lend/example", "status": 200}))
    assert learned.fed(back).arguments == {"body": {"code": 5, "note": "from example"}}
    learned.learn(lend, exchange_of(lend, {"code": 5}, {"path": "/lend/example", "status": 202}))
    assert learned.fed(back).arguments == {"body": {"wrong": 1}}


def test_links_of_errors_feed_where_that_answer_came() -> None:
    learned = Learned()
    link = {"operationId": "back", "parameters": {"loan": "$response.body#/id"}}
    lend = case("lend", "POST", "/lend", responses=(Response(status="default", links={"b": link}),))
    learned.learn(lend, exchange_of(lend, {"id": "x"}, {"path": "/lend", "status": 303}))
    assert learned.fed(case("back", "GET", "/back/{loan}", "loan")).arguments == {"loan": "x"}


def test_what_a_workflow_deleted_feeds_nothing_more() -> None:
    learned = Learned()
    make, take = case("make", "POST", "/pets"), case("take", "DELETE", "/pets/{petId}", "petId")
    learned.used(make, exchange_of(make, {"id": "p7"}, {"path": "/pets", "status": 201}))
    read = case("read", "GET", "/pets/{petId}", "petId")
    assert learned.fed(read).arguments == {"petId": "p7"}
    taken = replace(take, arguments={"petId": "p7"})
    learned.used(taken, exchange_of(taken, None, {"path": "/pets/p7", "status": 204}))
    assert learned.fed(read).arguments == {"petId": "example"}
    assert learned.is_gone(make)


@pytest.mark.parametrize(
    ("answer", "schema", "value"),
    [
        ({"name": "Ada"}, {"type": "integer"}, "example"),
        ({"id": 7}, {"type": "integer"}, 7),
        ({"id": "7"}, {"type": "integer"}, 7),
        ({"id": 7}, {"type": "string"}, "7"),
        ({"id": "b"}, {"type": "string", "enum": ["a"]}, "example"),
    ],
)
def test_what_a_parameter_does_not_take_is_no_identity(answer: Any, schema: Any, value: Any) -> None:
    learned = Learned()
    make = case("make", "POST", "/users")
    learned.learn(make, exchange_of(make, answer, {"path": "/users", "status": 201}))
    read = case("read", "GET", "/users/{user_id}", "user_id")
    taken = tuple(replace(parameter, schema=schema) for parameter in read.endpoint.parameters)
    read = replace(read, endpoint=replace(read.endpoint, parameters=taken))
    assert learned.fed(read).arguments == {"user_id": value}
