"""Patterns in one spelling, so that `a{1,}` and `a+` are no change."""

from __future__ import annotations

import re
import warnings
from functools import lru_cache
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import jsonschema_rs

from apispec.schemas import is_long, tries

_CLASSES = {
    "CATEGORY_DIGIT": ((48, 57),),
    "CATEGORY_WORD": ((48, 57), (65, 90), (95, 95), (97, 122)),
}
_LOOKING = ("ASSERT", "ASSERT_NOT")


class _UnknownError(Exception):
    """Something of which nobody says here when it is the same."""


def same_patterns(one: frozenset[str], two: frozenset[str]) -> frozenset[str]:
    """The patterns of two lists that stand in both, whatever their spelling; in the spelling of either."""
    spelled = {pattern: spelling(pattern) for pattern in one | two}
    shared = {spelled[pattern] for pattern in one} & {spelled[pattern] for pattern in two}
    return frozenset(pattern for pattern, known in spelled.items() if known in shared)


@lru_cache(maxsize=2_000)
def spelling(pattern: str) -> Any:
    """A value that is equal for patterns which are the same but for their spelling; the pattern where nobody can tell.

    Classes are the characters in them (digits are `[0-9]`), repetitions their bounds, and groups what
    is in them. Only whether a text matches counts, so that lazy repetitions are like the others.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            return _items(parser.parse(pattern, re.ASCII))
    except (re.error, _UnknownError, RecursionError, OverflowError):
        return pattern


def is_found(pattern: str, text: str) -> bool:
    """Whether a pattern of ECMA-262 matches a text somewhere; False where nobody can tell."""
    if tries(pattern) and is_long(text):
        return False
    try:
        return bool(jsonschema_rs.Draft202012Validator({"pattern": pattern}).is_valid(text))
    except (jsonschema_rs.ValidationError, ValueError):
        return False


@lru_cache(maxsize=2_000)
def width_of(pattern: str) -> tuple[int, int | None] | None:
    """How long texts are that match a pattern from start to end, at least and at most; None where it is no such one."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)
            parsed = parser.parse(pattern, re.ASCII)
            ends = [str(value) for op, value in (*parsed[:1], *parsed[-1:]) if str(op) == "AT"]
            low, high = parsed.getwidth()
    except (re.error, RecursionError, OverflowError):
        return None
    return (int(low), int(high) if high < _ENDLESS else None) if ends == ["AT_BEGINNING", "AT_END"] else None


_ENDLESS = 2**31
"""What is longer than this has no end: repetitions without an upper bound."""


def _items(parsed: Any) -> tuple[Any, ...]:
    found: list[Any] = []
    for op, value in parsed:
        found += _item(str(op), value)
    return tuple(found)


def _item(op: str, value: Any) -> list[Any]:
    if op == "LITERAL":
        return [("in", False, ((value, value),), ())]
    if op == "NOT_LITERAL":
        return [("in", True, ((value, value),), ())]
    if op == "IN":
        return [_class(value)]
    if op in ("ANY", "AT"):
        return [(op, str(value))]
    if op in ("MAX_REPEAT", "MIN_REPEAT"):
        low, high, inner = int(value[0]), int(value[1]), _items(value[2])
        return list(inner) if low == high == 1 else [("repeat", low, high, inner)]
    if op == "SUBPATTERN":
        _, added, removed, inner = value
        if added or removed:
            raise _UnknownError
        return list(_items(inner))
    if op == "BRANCH":
        return [("branch", frozenset(_items(one) for one in value[1]))]
    if op in _LOOKING:
        return [(op, value[0], _items(value[1]))]
    raise _UnknownError  # references to groups, conditions, what Python alone has


def _class(items: Any) -> tuple[Any, ...]:
    is_negated, ranges, rest = False, [], set()
    for op, value in items:
        name = str(op)
        if name == "NEGATE":
            is_negated = True
        elif name == "LITERAL":
            ranges.append((value, value))
        elif name == "RANGE":
            ranges.append(tuple(value))
        elif name == "CATEGORY" and str(value) in _CLASSES:
            ranges += _CLASSES[str(value)]
        elif name == "CATEGORY" and str(value)[:13] == "CATEGORY_NOT_" and len(items) == 1:
            opposite = _CLASSES.get("CATEGORY_" + str(value)[13:])
            if opposite:
                return "in", True, _merged(list(opposite)), ()
            rest.add(str(value))
        else:
            rest.add(str(value))
    return "in", is_negated, _merged(ranges), tuple(sorted(rest))


def _merged(ranges: list[Any]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return tuple(found)
