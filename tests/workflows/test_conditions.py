"""Runtime expressions, and conditions made of them."""

from __future__ import annotations

from typing import Any

import pytest

from apispec.workflows.conditions import ConditionError, read
from apispec.workflows.expressions import UNKNOWN, Exchange, ExpressionError, Scope, evaluated, filled, parsed
from apispec.workflows.flow import select
from apispec.workflows.selectors import SelectorError, first, holds, put

BODY = {
    "id": 7,
    "name": "Rex",
    "tags": [{"k": "a/b"}, {"k": None}],
    "a.b": {"c": "5"},
    "ok": False,
    "x/y": 1,
    "n": None,
}
SCOPE = Scope(
    exchange=Exchange(
        url="/pets/7?limit=2",
        method="PUT",
        status=201,
        sent={"path": {"petId": 7}, "query": {"a.b": [1]}, "header": {"x-trace": "t"}},
        sent_body={"deep": ["one"]},
        headers={"location": "/pets/7"},
        body=BODY,
    ),
    inputs={"user.name": "ann", "list": [1, [2]]},
    outputs={"o": 1},
    steps={"find-it": {"outputs": {"id": 9, "all": [{"z": 3}]}}},
    workflows={"w": {"inputs": {"i": 1}, "outputs": {"t": "tok"}}},
    sources={"shop": {"url": "./x.yaml"}},
    self_uri="https://example.com/a",
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("$url", "/pets/7?limit=2"),
        ("$method", "PUT"),
        ("$statusCode", 201),
        ("$self", "https://example.com/a"),
        ("$request.path.petId", 7),
        ("$request.query.a.b", [1]),
        ("$request.header.X-Trace", "t"),
        ("$request.body#/deep/0", "one"),
        ("$response.header.LOCATION", "/pets/7"),
        ("$response.header.none", UNKNOWN),
        ("$response.body", BODY),
        ("$response.body#", BODY),
        ("$response.body#/tags/0/k", "a/b"),
        ("$response.body#/x~1y", 1),
        ("$response.body#/n", None),
        ("$response.body#/tags/9", UNKNOWN),
        ("$response.body.tags[0].k", "a/b"),
        ("$response.body.a.b.c", "5"),
        ("$inputs.user.name", "ann"),
        ("$inputs.list[1][0]", 2),
        ("$inputs.list#/1/0", 2),
        ("$outputs.o", 1),
        ("$steps.find-it.outputs.id", 9),
        ("$steps.find-it.outputs.all#/0/z", 3),
        ("$steps.other.outputs.id", UNKNOWN),
        ("$workflows.w.outputs.t", "tok"),
        ("$workflows.w.inputs.i", 1),
        ("$sourceDescriptions.shop.url", "./x.yaml"),
    ],
)
def test_expressions(text: str, value: Any) -> None:
    assert evaluated(text, SCOPE) == value or evaluated(text, SCOPE) is value


@pytest.mark.parametrize(
    "text",
    [
        "$urls", "$statusCode.x", "$request", "$request.cookie.a", "$request.header", "$request.header.", "$steps.a.id",
        "$steps.a.outputs.x#y", "$workflows.w", "$message.payload", "$inputs", "$ref", "plain",
    ],
)  # fmt: skip
def test_what_is_no_expression(text: str) -> None:
    with pytest.raises(ExpressionError):
        parsed(text)


def test_values_are_filled_in_at_every_depth_and_keep_their_type() -> None:
    given = {
        "whole": "$response.body#/id",
        "text": "n-{$response.body#/id}, {$response.body#/tags/0} and {$inputs.none}!",
        "list": ["$inputs.none", "$statusCode"],
        "gone": "$inputs.none",
        "null": "$response.body#/n",
        "price": "$5 and {curly}",
        "chosen": {"context": "$response.body", "selector": "$.tags[0].k", "type": "jsonpath"},
    }
    assert filled(given, SCOPE, select) == {
        "whole": 7,
        "text": 'n-7, {"k": "a/b"} and !',
        "list": [201],
        "null": None,
        "price": "$5 and {curly}",
        "chosen": "a/b",
    }


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("$statusCode == 201", True),
        ("$statusCode==201", True),
        ("$statusCode == '201'", True),
        ("{$statusCode} == 201", True),
        ("$statusCode >= 200 && $statusCode < 300", True),
        ("$statusCode == 200 || $statusCode == 201", True),
        ("!($statusCode == 201)", False),
        ("!$response.body#/ok", True),
        ("$response.body#/name == 'REX'", True),
        ("$response.body#/name != 'rex'", False),
        ("$response.body#/name < 'sam'", True),
        ("$response.body#/n == null", True),
        ("$response.body#/none == null", True),
        ("$response.body#/n != null", False),
        ("$response.body#/n < 5", False),
        ("$response.body#/name != null", True),
        ("$response.body#/ok == false", True),
        ("$response.body#/ok == 0", False),
        ("$response.body#/a.b/c > 4.5", True),
        ("$response.body#/tags[0].k == 'a/b'", True),
        ("$response.body#/id == $request.path.petId", True),
        ("$inputs.user.name == 'it''s'", False),
        ("'it''s' == 'IT''S'", True),
        ("-1 < 1e2", True),
        ("true", True),
        ("$response.body#/id", True),
        ("$response.header.Location == '{$request.path.petId}'", False),
        ("$response.header.Location == '/pets/{$request.path.petId}'", True),
    ],
)
def test_conditions(text: str, wanted: bool) -> None:
    assert read(text).holds(SCOPE) is wanted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("$statusCode = 200", "equal is =="),
        ('$statusCode == "200"', "single quotes"),
        ("$statusCode == ", "ends too early"),
        ("($statusCode == 200", "closing bracket"),
        ("$statusCode == 200)", "one too many"),
        ("$status == 200", "no runtime expression"),
        ("$statusCode 200", "one too many"),
        ("== 200", "cannot stand there"),
    ],
)
def test_conditions_that_cannot_be_read(text: str, said: str) -> None:
    with pytest.raises(ConditionError, match=said):
        read(text)


def test_facts_say_what_the_parts_were() -> None:
    assert (
        read("$statusCode == 200 && $inputs.none == 1").facts(SCOPE) == "$statusCode is 201 and $inputs.none is nothing"
    )


XML = '<r xmlns:p="urn:p"><i n="1">a</i><i n="2">b</i><p:q>c</p:q></r>'


@pytest.mark.parametrize(
    ("kind", "text", "value", "wanted"),
    [
        ("jsonpath", "$.tags[?@.k == 'a/b']", BODY, True),
        ("jsonpath", "$.tags[?@.k == 'z']", BODY, False),
        ("jsonpath", "$.n", BODY, True),
        ("jsonpath", "$.id", '{"id": 1}', True),
        ("jsonpointer", "/tags/0/k", BODY, True),
        ("jsonpointer", "/no", BODY, False),
        ("xpath", "count(/r/i) = 2", XML, True),
        ("xpath", "count(/r/none)", XML, False),
        ("xpath", "/r/i[@n='2']", XML, True),
        ("xpath", "/r/i[@n='3']", XML, False),
        ("xpath", "string(/r/p:q)", XML, True),
        ("xpath", "//p:q[. = 'c']", XML, True),
    ],
)
def test_selectors(kind: str, text: str, value: Any, wanted: bool) -> None:
    assert holds(kind, "", text, value) is wanted


@pytest.mark.parametrize("version", ["xpath-10", "xpath-20", "xpath-30", "xpath-31"])
def test_every_version_of_xpath(version: str) -> None:
    assert first("xpath", version, "/r/i[2]", XML) == "b"
    assert first("xpath", version, "/r/i/@n", XML) == ["1", "2"]


@pytest.mark.parametrize(
    ("kind", "target", "whole", "new", "wanted"),
    [
        ("jsonpointer", "/a/0/b", {"a": [{"b": 1}]}, 2, {"a": [{"b": 2}]}),
        ("jsonpointer", "/new", {}, [1], {"new": [1]}),
        ("jsonpointer", "/a/-", {"a": [1]}, 2, {"a": [1, 2]}),
        ("jsonpointer", "", {"a": 1}, 2, 2),
        ("jsonpointer", "/a", '{"a": 1}', 2, {"a": 2}),
        ("jsonpath", "$.a[?@.k=='x'].v", {"a": [{"k": "x", "v": 1}, {"k": "y", "v": 1}]}, 5,
         {"a": [{"k": "x", "v": 5}, {"k": "y", "v": 1}]}),
        ("xpath", "/r/i[1]", "<r><i>1</i></r>", 7, "<r><i>7</i></r>"),
        ("xpath", "/r/i/@n", '<r><i n="1"/></r>', "x", '<r><i n="x" /></r>'),
    ],
)  # fmt: skip
def test_replacements(kind: str, target: str, whole: Any, new: Any, wanted: Any) -> None:
    assert put(kind, "", target, whole, new) == wanted


@pytest.mark.parametrize(
    ("kind", "target", "whole"),
    [
        ("jsonpointer", "/a/b", {"a": 1}),
        ("jsonpointer", "/a/7", {"a": []}),
        ("jsonpath", "$.no", {}),
        ("xpath", "/no", "<r/>"),
        ("xpath", "/r", "no xml"),
        ("xpath", "/r", '<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>'),
        ("xpath", "//[", "<r/>"),
    ],
)
def test_replacements_without_a_place(kind: str, target: str, whole: Any) -> None:
    with pytest.raises(SelectorError):
        put(kind, "", target, whole, 1)
