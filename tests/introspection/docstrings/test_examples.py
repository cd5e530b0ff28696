"""Calls that doctests show."""

from __future__ import annotations

from typing import Any

import pytest

from apispec.introspection.docstrings import DocCall, documented_calls, parse


def calls(examples: list[str], name: str) -> list[tuple[list[Any], dict[str, Any]]]:
    return [(call.args, call.kwargs) for call in documented_calls(examples, name)]


def test_calls_with_literals() -> None:
    doc = parse(
        """Add.

        >>> add(1, b=[2, -3])  # doctest: +SKIP
        0
        >>> math.add("x",
        ...          b={"k": None})
        >>> print(add(True, ()))
        True
        """
    )
    assert calls(doc.examples, "add") == [
        ([1], {"b": [2, -3]}),
        (["x"], {"b": {"k": None}}),
        ([True, ()], {}),
    ]


def test_results_are_those_of_the_call_itself() -> None:
    calls = documented_calls([">>> add(1)\n2\n>>> str(add(2))\n'3'\n>>> x = add(4)\n>>> add(5)\n<object>"], "add")
    assert calls == [
        DocCall([1], {}, 2, True),
        DocCall([2], {}),
        DocCall([4], {}),
        DocCall([5], {}),
    ]


@pytest.mark.parametrize(
    "example",
    [
        ">>> add(x)", ">>> add(*[1])", ">>> add(**{})", ">>> add(f())", ">>> add(1", ">>> other(1)", "add(1)", ">>> ",
        ">>> add(" + "(" * 500 + ")" * 500 + ")", ">>> add('\ud800'", ">>> \x00add(1)",
    ],
)  # fmt: skip
def test_what_is_no_literal_call_is_left_out(example: str) -> None:
    assert calls([example], "add") == []


def test_the_same_call_counts_once() -> None:
    assert calls([">>> add(1)\n>>> add(1)\n>>> add(True)"], "add") == [([1], {}), ([True], {})]


def test_nothing_is_executed() -> None:
    assert calls([">>> add(__import__('os').abort())"], "add") == []
