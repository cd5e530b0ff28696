"""Doctest examples: finding their blocks, and reading calls with literal arguments out of them. Nothing is executed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from textwrap import dedent
from typing import Any

_FLAG = re.compile(r"[ \t]*#[ \t]*doctest:.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class DocCall:
    """One call that an example shows."""

    args: list[Any] = field(default_factory=list)
    kwargs: dict[str, Any] = field(default_factory=dict)
    result: Any = None
    """The printed result, where `has_result`."""
    has_result: bool = False
    """Whether the example shows a result that is a literal (of the call itself, not of something around it)."""


def blocks(text: str) -> list[str]:
    """Every doctest block of a text, without its indentation and doctest flags."""
    if ">>>" not in text:
        return []
    found: list[str] = []
    lines = text.split("\n")
    i = 0
    while i < len(lines):
        if not lines[i].lstrip().startswith(">>> "):
            i += 1
            continue
        end = i
        while end < len(lines) and lines[end].strip() and not lines[end].strip().startswith("```"):
            end += 1
        found.append(_FLAG.sub("", dedent("\n".join(lines[i:end]))))
        i = end
    return found


def documented_calls(examples: Iterable[str], name: str) -> list[DocCall]:
    """The calls of `name` whose arguments are all literals, in order, without repetitions.

    Args:
        examples: Doctest blocks, as `Docstring.examples` holds them.
        name: The function's name; `module.name(…)` and `object.name(…)` count as well.
    """
    calls: list[DocCall] = []
    for example in examples:
        for source, output in _statements(example):
            for call in _calls(source, output, name):
                if not any(repr(call.args) == repr(c.args) and repr(call.kwargs) == repr(c.kwargs) for c in calls):
                    calls.append(call)
    return calls


def _statements(example: str) -> Iterable[tuple[str, str]]:
    source: list[str] = []
    output: list[str] = []
    for line in [*example.split("\n"), ">>> "]:
        if line.startswith(">>>"):
            if source:
                yield "\n".join(source), "\n".join(output)
            source, output = [line[4:]], []
        elif line.startswith("...") and not output:
            source.append(line[4:])
        else:
            output.append(line)


def _calls(source: str, output: str, name: str) -> Iterable[DocCall]:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return
    whole = tree.body[0].value if len(tree.body) == 1 and isinstance(tree.body[0], ast.Expr) else None
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or getattr(node.func, "id", getattr(node.func, "attr", "")) != name:
            continue
        if any(keyword.arg is None for keyword in node.keywords):
            continue
        try:
            args = [ast.literal_eval(arg) for arg in node.args]
            kwargs = {str(keyword.arg): ast.literal_eval(keyword.value) for keyword in node.keywords}
        except (ValueError, TypeError, MemoryError, RecursionError):
            continue
        has_result, result = _literal(output) if node is whole else (False, None)
        yield DocCall(args, kwargs, result, has_result)


def _literal(text: str) -> tuple[bool, Any]:
    try:
        return (True, ast.literal_eval(text.strip())) if text.strip() else (False, None)
    except (SyntaxError, ValueError, TypeError, MemoryError, RecursionError):
        return False, None
