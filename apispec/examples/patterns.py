"""A text that matches a regular expression, for the example of a `pattern`.

Reads Python's own parse of the pattern (`re._parser`, the only parser in the standard library) after mending what
ECMA-262 spells differently. A pattern it cannot read gives no text.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from apispec.schemas import BUDGET

_READABLE = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ1234567890 -_.:/@#"
_MENDS = (
    (re.compile(r"\\p\{L[ltumo]?\}|\\p\{Letter\}"), "[a-zA-Z]"),
    (re.compile(r"\\p\{N[dlo]?\}"), "[0-9]"),
    (re.compile(r"\\P\{L\}"), "[0-9]"),
    (re.compile(r"\(\?<([A-Za-z]\w*)>"), r"(?P<\1>"),
    (re.compile(r"\\u\{?([0-9a-fA-F]{4})\}?"), r"\\u\1"),
    (re.compile(r"\\/"), "/"),
)


@lru_cache(maxsize=4096)
def matching(pattern: str, least: int, most: int, turn: int = 0) -> tuple[str, ...]:
    """Texts that should match, short and long; `least` and `most` bound the length where repeats allow it.

    `turn` chooses other characters and branches than the first ones.
    """
    return tuple(_matching(pattern, least, most, turn))


def _matching(pattern: str, least: int, most: int, turn: int) -> Iterator[str]:
    if len(pattern) > 2000:
        return
    for mend, replacement in _MENDS:
        pattern = mend.sub(replacement, pattern)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of what brackets may mean to Python one day
            tree = parser.parse(pattern)
    except (re.error, RecursionError, OverflowError):
        return
    seen: set[str] = set()
    for more in (0, 1, least, max(0, least - 1), 3):
        maker = _Maker(more, min(most, 10_000), turn)
        try:
            text = maker.sequence(tree)
        except (_NoMatchError, RecursionError):
            continue
        if text not in seen:
            seen.add(text)
            yield text
            if len(text) < least and not pattern.rstrip().endswith("$"):
                yield text + "a" * (least - len(text))


class _NoMatchError(ValueError):
    """Nothing matches this part, or not in a way that can be found forwards."""


class _Maker:
    def __init__(self, more: int, most: int, turn: int = 0) -> None:
        self.turn = turn
        self.readable = _READABLE[turn * 11 % len(_READABLE) :] + _READABLE[: turn * 11 % len(_READABLE)]
        self.more = more
        self.most = most
        self.groups: dict[int, str] = {}
        self.steps = 0

    def sequence(self, tree: Any) -> str:
        out = ""
        for op, argument in tree:
            self.steps += 1
            if self.steps > BUDGET.pattern_steps:
                raise _NoMatchError
            out += self.part(str(op), argument)
            if len(out) > self.most + 1000:
                raise _NoMatchError
        return out

    def part(self, op: str, argument: Any) -> str:
        if op == "LITERAL":
            return chr(argument)
        if op == "NOT_LITERAL":
            return next(c for c in self.readable if ord(c) != argument)
        if op == "ANY":
            return self.readable[0]
        if op == "IN":
            return self.one_of(argument)
        if op == "AT":
            return ""
        if op in ("MAX_REPEAT", "MIN_REPEAT"):
            low, high, inner = argument
            times = min(low + self.more, int(high), 10_000)
            return "".join(self.sequence(inner) for _ in range(times))
        if op == "SUBPATTERN":
            group, _, _, inner = argument
            text = self.sequence(inner)
            if group is not None:
                self.groups[group] = text
            return text
        if op == "BRANCH":
            branches = sorted(argument[1], key=lambda b: len(b) == 0)
            return self.sequence(branches[self.turn % len(branches)])
        if op == "GROUPREF":
            return self.groups.get(argument, "")
        if op in ("ASSERT", "ASSERT_NOT"):
            return ""
        raise _NoMatchError(op)

    def one_of(self, items: Any) -> str:
        negated = str(items[0][0]) == "NEGATE"
        fitting = (char for char in _READABLE if negated != any(_covers(item, char) for item in items))
        found = list(islice(fitting, self.turn + 1))
        if found:
            return found[self.turn % len(found)]
        op, argument = str(items[0][0]), items[0][1]
        if op in ("LITERAL", "RANGE"):
            return chr(argument if op == "LITERAL" else argument[0])
        raise _NoMatchError(op)


def _covers(item: Any, char: str) -> bool:
    op, argument = str(item[0]), item[1]
    if op == "LITERAL":
        return bool(argument == ord(char))
    if op == "RANGE":
        return bool(argument[0] <= ord(char) <= argument[1])
    if op == "CATEGORY":
        flags = {
            "CATEGORY_DIGIT": char.isdigit(),
            "CATEGORY_NOT_DIGIT": not char.isdigit(),
            "CATEGORY_SPACE": char.isspace(),
            "CATEGORY_NOT_SPACE": not char.isspace(),
            "CATEGORY_WORD": char.isalnum() or char == "_",
            "CATEGORY_NOT_WORD": not (char.isalnum() or char == "_"),
        }
        return flags.get(str(argument), False)
    return False
