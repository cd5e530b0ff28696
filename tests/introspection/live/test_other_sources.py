"""Types from stubs, and docstrings that contradict the signature."""

from __future__ import annotations

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
