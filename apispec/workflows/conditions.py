"""Arazzo's simple conditions: `$statusCode == 200 && $response.body#/name != null`, read once and judged often."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from apispec.model import Json
from apispec.workflows.expressions import (
    UNKNOWN,
    ExpressionError,
    Scope,
    as_text,
    dug,
    embedded,
    evaluated,
    is_expression,
    parsed,
)

_TOKENS = re.compile(
    r"""\s*(?:
      (?P<operator>&&|\|\||[<>!=]=|[<>!()]) |
      (?P<string>'(?:[^']|'')*') |
      (?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.]) |
      (?P<word>true|false|null)(?![\w.]) |
      (?P<expression>\{\$[^{}]*\} | \$[^\s<>=!&|()',]+) |
      (?P<accessor>(?:\[\d+\]|\.[A-Za-z_][\w-]*)+)
    )""",
    re.VERBOSE,
)
_WORDS = {"true": True, "false": False, "null": None}
_COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")

Judge = Callable[[Scope], Json]


class ConditionError(ValueError):
    """A condition that cannot be read; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One that was read."""

    text: str
    judge: Judge
    names: tuple[str, ...]
    """Its runtime expressions."""

    def holds(self, scope: Scope) -> bool:
        """Whether it is true; what is not known is null."""
        return _true(self.judge(scope))

    def facts(self, scope: Scope) -> str:
        """What its expressions are: `$statusCode is 404`."""
        found = dict.fromkeys(self.names)
        return " and ".join(f"{name} is {_shown(evaluated(name, scope))}" for name in found)


def read(text: str) -> Condition:
    """A condition.

    Raises:
        ConditionError: It cannot be read.
    """
    return _Reader(text).whole()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.names: list[str] = []
        self.tokens: list[tuple[str, str]] = []
        position, end = 0, len(text.rstrip())
        while position < end:
            found = _TOKENS.match(text, position)
            if found is None:
                rest = text[position:].strip()
                hint = "; texts stand in single quotes" if rest[:1] == '"' or rest[:1].isalpha() else ""
                hint = "; equal is ==" if rest.startswith("=") else hint
                raise ConditionError(f"{rest[:30]!r} cannot be read in the condition {text!r}{hint}")
            kind = found.lastgroup or ""
            self.tokens.append((kind, found[kind]))
            position = found.end()
        self.tokens.reverse()

    def whole(self) -> Condition:
        if not self.tokens:
            raise ConditionError("the condition is empty")
        judge = self._any()
        if self.tokens:
            raise ConditionError(f"{self.tokens[-1][1]!r} is one too many in the condition {self.text!r}")
        return Condition(self.text, judge, tuple(self.names))

    def _next(self, *operators: str) -> str:
        """Take the next token where it is one of these operators."""
        if self.tokens and self.tokens[-1][0] == "operator" and self.tokens[-1][1] in operators:
            return self.tokens.pop()[1]
        return ""

    def _any(self) -> Judge:
        parts = [self._all()]
        while self._next("||"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else lambda scope: any(_true(part(scope)) for part in parts)

    def _all(self) -> Judge:
        parts = [self._comparison()]
        while self._next("&&"):
            parts.append(self._comparison())
        return parts[0] if len(parts) == 1 else lambda scope: all(_true(part(scope)) for part in parts)

    def _comparison(self) -> Judge:
        left = self._not()
        operator = self._next(*_COMPARISONS)
        if not operator:
            return left
        right = self._not()
        return lambda scope: compared(operator, left(scope), right(scope))

    def _not(self) -> Judge:
        if self._next("!"):
            inner = self._not()
            return lambda scope: not _true(inner(scope))
        return self._accessed(self._value())

    def _accessed(self, value: Judge) -> Judge:
        if self.tokens and self.tokens[-1][0] == "accessor":
            path = self.tokens.pop()[1].removeprefix(".")
            return lambda scope: dug(value(scope), path)
        return value

    def _value(self) -> Judge:
        if self._next("("):
            inner = self._any()
            if not self._next(")"):
                raise ConditionError(f"a closing bracket is missing in the condition {self.text!r}")
            return inner
        if not self.tokens:
            raise ConditionError(f"the condition {self.text!r} ends too early")
        kind, text = self.tokens.pop()
        if kind == "string":
            literal = text[1:-1].replace("''", "'")
            if embedded(literal):  # not what the specification says, and what many write
                return lambda scope: _put_in(literal, scope)
            return lambda scope: literal
        if kind == "number":
            number: Json = float(text) if any(c in text for c in ".eE") else int(text)
            return lambda scope: number
        if kind == "word":
            word = _WORDS[text]
            return lambda scope: word
        if kind == "expression":
            name = text.removeprefix("{").removesuffix("}")
            try:
                parsed(name)
            except ExpressionError as error:
                raise ConditionError(f"{error} (condition {self.text!r})") from None
            self.names.append(name)
            return lambda scope: evaluated(name, scope)
        raise ConditionError(f"{text!r} cannot stand there in the condition {self.text!r}")


def _put_in(text: str, scope: Scope) -> str:
    for one in embedded(text):
        if is_expression(one):
            text = text.replace(f"{{{one}}}", as_text(evaluated(one, scope)))
    return text


def compared(operator: str, left: Json, right: Json) -> bool:
    """Whether a comparison holds, as loosely as Arazzo says: texts without case, texts of numbers as numbers."""
    left, right = (None if one is UNKNOWN else one for one in (left, right))
    if operator in ("==", "!="):
        return _equal(left, right) == (operator == "==")
    a, b = _number(left), _number(right)
    if a is None or b is None:
        if not (isinstance(left, str) and isinstance(right, str)):
            return False
        low, high = left.casefold(), right.casefold()
        return {"<": low < high, "<=": low <= high, ">": low > high, ">=": low >= high}[operator]
    return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[operator]


def _equal(left: Json, right: Json) -> bool:
    if left is None or right is None:
        return left is right
    if isinstance(left, bool) or isinstance(right, bool):
        if isinstance(left, str) or isinstance(right, str):
            return as_text(left).casefold() == as_text(right).casefold()
        return left is right
    if isinstance(left, str) and isinstance(right, str):
        return left.casefold() == right.casefold()
    a, b = _number(left), _number(right)
    if a is not None and b is not None:
        return a == b
    return bool(left == right)


def _number(value: Any) -> float | int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            return None
    return None


def _true(value: Json) -> bool:
    return value is not UNKNOWN and bool(value)


def _shown(value: Json) -> str:
    if value is UNKNOWN:
        return "nothing"
    text = repr(value) if isinstance(value, str) else as_text(value)
    return text if len(text) <= 80 else text[:79] + "…"
