"""Values that later calls take from earlier answers, by OpenAPI's links."""

from __future__ import annotations

from typing import Any

import pytest

from apispec.model import Api, Endpoint, HttpCall, Parameter, Result
from apispec.prove.cases import Case
from apispec.prove.state import Learned


def case(name: str, method: str, path: str, *parameters: str, links: Any = {}) -> Case:
    given = tuple(Parameter(name=one, location="path", schema={"type": "string"}, required=True) for one in parameters)
    call = HttpCall(method=method, path=path)
    endpoint = Endpoint(name=name, call=call, parameters=given, result=Result(schema={}, links=links))
    return Case(Api(title="t"), endpoint, "http", "curl", dict.fromkeys(parameters, "example"))


@pytest.mark.parametrize(
    ("link", "value"),
    [
        ({"operationId": "back", "parameters": {"loan": "$response.body#/data/code"}}, "L-77"),
        ({"operationId": "back", "parameters": {"path.loan": "$response.body#/data/code"}}, "L-77"),
        ({"operationRef": "#/paths/~1returns~1{loan}/delete", "parameters": {"loan": "$response.body#/data/code"}}, "L-77"),
        ({"operationRef": "#/paths/~1returns~1%7Bloan%7D/delete", "parameters": {"loan": "$response.body#/list/1"}}, 2),
        ({"operationRef": "https://example.com/#/paths/~1x/get", "parameters": {"loan": "$response.body#/data/code"}}, "example"),
        ({"operationId": "other", "parameters": {"loan": "$response.body#/data/code"}}, "example"),
        ({"operationId": "back", "parameters": {"loan": "$response.body#/nowhere"}}, "example"),
        ({"operationId": ["back"], "parameters": "loan"}, "example"),
        ("back", "example"),
    ],
)  # fmt: skip
def test_links_feed_what_they_lead_to(link: Any, value: Any) -> None:
    learned = Learned()
    lend = case("lend", "GET", "/lend", links={"a": link})
    assert learned.wants(lend)
    learned.learn(lend, {"data": {"code": "L-77"}, "list": [1, 2]})
    assert learned.fed(case("back", "DELETE", "/returns/{loan}", "loan")).arguments == {"loan": value}
