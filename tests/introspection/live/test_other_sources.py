"""Types from stubs, and docstrings that contradict the signature."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import math
import shutil
import typing as t
from pathlib import Path

import pytest

from tests.introspection.live.support import module_of, one

INTEGER = {"type": "integer"}
STRING = {"type": "string"}


def test_the_packages_own_stub(tmp_path: Path) -> None:
    module = module_of(
        tmp_path,
        "stubbed",
        """
        def f(a, b=None, *c, d=(), e=None, known: int = 1):
            '''Do it.'''
        class Tool:
            def use(self, x): ...
        def overloaded(x): ...
        def absent(x): ...
        """,
    )
    (tmp_path / "stubbed.pyi").write_text(
        "import sys\n"
        "from typing import TypeAlias, overload\n"
        "from no_such_package import Thing\n"
        "Width: TypeAlias = int | float\n"
        "def f(a: Width, b: str | None = ..., *c: int, d: list[Tool], e: Thing | None, known: str) -> dict[str, int]: ...\n"
        "class Tool:\n    def use(self, x: int) -> None: ...\n"
        "@overload\ndef overloaded(x: int) -> int: ...\n"
        "@overload\ndef overloaded(x: str) -> str: ...\n"
        "if sys.version_info >= (99,):\n    def absent(x: int) -> int: ...\n",
        encoding="utf-8",
    )
    described = one(module.f)
    assert {p.name: (p.schema, p.type_source) for p in described.endpoint.parameters} == {
        "a": ({"anyOf": [INTEGER, {"type": "number"}]}, "stub"),
        "b": ({"anyOf": [STRING, {"type": "null"}]}, "stub"),
        "c": ({"type": "array"}, ""),
        "d": ({"type": "array", "items": {"x-python-type": "stubbed.Tool"}}, "stub"),
        "e": ({}, ""),
        "known": (INTEGER, ""),
    }
    assert described.endpoint.result is not None
    assert described.endpoint.result.schema == {
        "type": "object",
        "additionalProperties": INTEGER,
        "x-type-source": "stub",
    }
    assert one(module.Tool().use).parameters() == {"x": INTEGER}
    assert one(module.overloaded).parameters() == {"x": {"anyOf": [INTEGER, STRING]}}
    assert one(module.absent).parameters() == {"x": {}}


@pytest.mark.skipif(importlib.util.find_spec("mypy") is None, reason="needs a package that carries typeshed")
def test_typeshed_for_the_standard_library() -> None:
    described = one(shutil.which)
    assert described.parameter("mode").type_source == "stub"
    assert described.parameters()["mode"] == INTEGER
    assert one(json.dumps).parameters()["sort_keys"] == {"type": "boolean"}
    log = one(math.log).endpoint
    assert [(p.name, p.kind, p.required) for p in log.parameters] in (
        [("x", "positional", True), ("base", "positional", False)],
        [("args", "var-positional", False), ("kwargs", "var-keyword", False)],
    )


def test_a_docstring_that_says_another_type() -> None:
    def f(a: int, b: str | None, c: list[int], d: float, e: t.Any, g: bool, h: int | str):
        """Do it.

        Args:
            a (str): Wrong.
            b (str, optional): Right.
            c (dict): Wrong.
            d (int): Near enough.
            e (int): Not known.
            g (some flag): Not sure.
            h (int): A part.
        """

    described = one(f)
    found = [m for m, rule in zip(described.messages, described.rules, strict=True) if rule == "docstring-type-differs"]
    assert found == [
        "the docstring of f says that a is str, its hint says integer",
        "the docstring of f says that c is dict, its hint says array",
    ]


def test_a_docstring_that_says_another_default() -> None:
    def f(a: int = 3, b: str = "x", c: bool = True, d: float = 1.0, e: int | None = None, g: object = len, *, h: int):
        """Do it.

        Args:
            a: Wrong, defaults to 4.
            b (str, default 'x'): Right.
            c: Wrong (default: False).
            d: Near enough. Defaults to 1.
            e: What None means. Defaults to 30.
            g: No literal. Defaults to 3.
            h: It has none. Defaults to 5.
        """

    described = one(f)
    found = [m for m, r in zip(described.messages, described.rules, strict=True) if r == "docstring-default-differs"]
    assert found == [
        "the docstring of f says that a is 4 by default; it is 3",
        "the docstring of f says that c is False by default; it is True",
        "the docstring of f says that h is 5 by default; it has none",
    ]


def returns(text: str) -> str:
    return f"Do it.\n\nReturns:\n    {text}\n"


def yields(text: str) -> str:
    return f"Do it.\n\nYields:\n    {text}\n"


@pytest.mark.parametrize(
    ("hint", "docstring", "found"),
    [
        (int, returns("str: A text."), "says that it returns str, its hint says integer"),
        (None, returns("int: A number."), "says that it returns int, its hint says null"),
        (int, returns("None: Nothing."), "says that it returns None, its hint says integer"),
        (int, returns("int or None: A number."), ""),
        (float, returns("int: A number."), ""),
        (list[int], returns("Thing: Not sure."), ""),
        (t.Iterator[int], yields("int: A number."), ""),
        (t.Iterator[int], returns("An iterator."), ""),
        (t.Iterator[int], yields("str: A text."), "says that it yields str, its hint says integer"),
        (list[int], yields("int: A number."), "says what it yields, but it is no generator"),
    ],
)
def test_a_docstring_that_says_another_result(hint: t.Any, docstring: str, found: str) -> None:
    def f(): ...

    f.__annotations__, f.__doc__ = {"return": hint}, docstring
    described = one(f)
    said = [m for m, r in zip(described.messages, described.rules, strict=True) if r == "docstring-result-differs"]
    assert said == ([f"the docstring of f {found}"] if found else [])
    assert described.endpoint.result is not None and described.endpoint.result.description  # what is said is kept


def test_what_context_managers_and_lists_of_generators_yield_may_be_documented() -> None:
    def f(a: int) -> t.Iterator[int]:
        """Do it.

        Yields:
            int: One.
        """
        yield a

    assert "docstring-result-differs" not in one(contextlib.contextmanager(f)).rules
    assert "docstring-result-differs" not in one(f, stream=False).rules
