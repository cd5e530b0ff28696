"""Which values travel as text and which as JSON, outside a JSON body; answers that are hard to name."""

from __future__ import annotations

import typing as t

import pytest

from apispec import Error
from apispec.introspection.calls import is_text, is_text_list
from tests.introspection.live.support import one

COMPONENTS: t.Any = {
    "Word": {"enum": ["a", "b"]},
    "Thing": {"type": "object"},
    "Loop": {"anyOf": [{"$ref": "#/components/schemas/Loop"}]},
}


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"type": "string"}, True),
        ({"type": "integer"}, True),
        ({"type": ["integer", "null"]}, True),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, True),
        ({"$ref": "#/components/schemas/Word"}, True),
        ({"const": True}, True),
        ({"const": 1.5}, True),
        ({"enum": ["a", None]}, True),
        ({"enum": ["a", 1]}, False),
        ({"const": []}, False),
        ({"anyOf": [{"type": "string"}, {"type": "integer"}]}, False),
        ({"$ref": "#/components/schemas/Thing"}, False),
        ({"$ref": "#/components/schemas/Loop"}, False),
        ({"type": "array"}, False),
        ({}, False),
        (True, False),
    ],
)
def test_text(schema: t.Any, text: bool) -> None:
    assert is_text(schema, COMPONENTS) is text


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"type": "array", "items": {"type": "string"}}, True),
        ({"anyOf": [{"type": "array", "items": {"type": "integer"}}, {"type": "null"}]}, True),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}, False),
        ({"type": "array", "prefixItems": [{"type": "string"}]}, False),
        ({"type": "array"}, False),
        ({"anyOf": [{"type": "array", "items": {"type": "integer"}}, {"type": "string"}]}, False),
    ],
)
def test_lists_of_text(schema: t.Any, text: bool) -> None:
    assert is_text_list(schema, COMPONENTS) is text


class Busy(Error):
    """Come back later."""

    status = 503


def test_answers_without_words() -> None:
    def f() -> int:
        """Do it.

        Raises:
            StopIteration: Not an answer.
            Busy:
            elsewhere.Missing: Somewhere.
            ValueError: One.
            TypeError: Two.
        """

    def g() -> int: ...

    found = {r.status: r.description for r in one(f).endpoint.responses}
    assert found["500"].split("\n") == ["- `Missing`: Somewhere.", "- `ValueError`: One.", "- `TypeError`: Two."]
    declared = one(
        g, raises={KeyError: 404, Busy: 429}, responses={"4XX": "Anything else.", 599: {}}
    ).endpoint.responses
    assert {r.status: r.description for r in declared} == {
        "404": "Mapping key not found.",
        "429": "Come back later.",
        "4XX": "Anything else.",
        "599": "Error",
    }


def test_examples_that_are_none() -> None:
    def f(a: int, *rest: int, **more: int) -> int: ...

    described = one(f, examples=[7, [1, 2, 3, 4], [[]], {"a": object()}, {"b": 1}])
    assert [e.value for e in described.endpoint.examples] == [{"a": 7}, {"a": 1, "rest": [2, 3, 4]}]
    assert described.rules.count("invalid-example") == 3
