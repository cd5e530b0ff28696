"""JSON: parsed by the C scanner of the standard library; positions are looked up only for what is asked."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from itertools import accumulate
from json.decoder import JSONDecodeError, scanstring  # type: ignore[attr-defined]
from typing import Any

from apispec.documents.pointers import split
from apispec.documents.problems import UnreadableError
from apispec.documents.text import lone_surrogate

_SPACE = re.compile(r"[ \t\n\r]*")


def read(text: str, *, depth: int) -> tuple[Any, list[list[str | int]]]:
    """The value of a JSON text, and the places (as tokens) of keys that are given twice.

    Args:
        text: The whole text.
        depth: How many levels of objects and arrays may stand in each other.

    Raises:
        UnreadableError: It is not JSON, or too deep.
    """
    if (offset := lone_surrogate(text)) is not None:
        raise UnreadableError(
            "invalid-unicode", "The escape is half of a surrogate pair and no character.", offset=offset
        )
    duplicates = False

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal duplicates
        value = dict(pairs)
        if len(value) != len(pairs):
            duplicates = True
        return value

    def constant(name: str) -> Any:
        offset = _outside_strings(text, re.escape(name))
        raise UnreadableError("not-json", f"{name} is not JSON.", offset=offset, hint="Write null, or a text.")

    def number(written: str) -> float:
        found = float(written)
        if found in (float("inf"), float("-inf")):
            offset = _outside_strings(text, re.escape(written))
            raise UnreadableError(
                "not-json", f"{written[:40]} is larger than any number that can be read.", offset=offset,
                hint="Write a text.",
            )  # fmt: skip
        return found

    try:
        value = json.loads(
            text.removeprefix("\ufeff"), object_pairs_hook=members, parse_constant=constant, parse_float=number
        )
    except JSONDecodeError as error:
        raise _explained(text, error) from None
    except RecursionError:
        raise _too_deep(text, depth) from None
    except ValueError:
        digits = sys.get_int_max_str_digits()
        offset = _outside_strings(text, rf"-?\d{{{digits + 1},}}")
        raise UnreadableError("not-json", f"A number has more than {digits:,} digits.", offset=offset) from None
    if type(value) in (dict, list) and _deeper_than(value, depth):
        raise _too_deep(text, depth)
    return value, list(Positions(text).duplicates()) if duplicates else []


_STRING = r'"(?:[^"\\]|\\.)*"'


def _outside_strings(text: str, pattern: str) -> int:
    """Where a pattern first matches outside of strings; 0 where it does not."""
    found = (match.start() for match in re.finditer(f"{_STRING}|{pattern}", text) if match[0][0] != '"')
    return next(found, 0)


def _too_deep(text: str, depth: int) -> UnreadableError:
    """The place of the first bracket that is too deep."""
    level = 0
    for match in re.finditer(rf"{_STRING}|[\[\]{{}}]", text):
        level += {"[": 1, "{": 1, "]": -1, "}": -1}.get(match[0], 0)
        if level > depth:
            return UnreadableError("too-deep", f"The document nests more than {depth} levels.", offset=match.start())
    return UnreadableError("too-deep", f"The document nests more than {depth} levels.", offset=0)


def _deeper_than(value: Any, depth: int) -> bool:
    level = [value]
    for _ in range(depth):
        level = [
            item
            for container in level
            for item in (container.values() if type(container) is dict else container)
            if type(item) is dict or type(item) is list
        ]
        if not level:
            return False
    return True


_HINTS = (
    (re.compile(r"//|/\*|#"), "JSON has no comments.", "Take the comment out, or call the file .yaml."),
    (re.compile(r"'"), "JSON strings stand in double quotes.", "Write \" instead of '."),
    (re.compile(r"(?:True|False|None)\b"), "This is Python, not JSON.", "Write true, false and null."),
    (re.compile(r"(?:undefined|NaN|-?Infinity)\b"), "JSON has no such value.", "Write null."),
)


def _explained(text: str, error: JSONDecodeError) -> UnreadableError:
    """The parser's complaint in plain words."""
    at = error.pos
    here = text[at : at + 12]
    before = text[:at].rstrip()
    if here[:1] in "}]" and before.endswith(",") and here:
        return UnreadableError(
            "trailing-comma",
            "A comma stands before the closing bracket.",
            offset=len(before) - 1,
            hint="Take the comma out.",
        )
    if here[:1] == "," and (match := re.compile(r",\s*[}\]]").match(text, at)) and match:
        return UnreadableError(
            "trailing-comma", "A comma stands before the closing bracket.", offset=at, hint="Take the comma out."
        )
    for pattern, message, hint in _HINTS:
        if pattern.match(here):
            return UnreadableError("not-json", message, offset=at, hint=hint)
    if "control character" in error.msg:
        name = (
            "tab" if text[at : at + 1] == "\t" else "line break" if text[at : at + 1] in "\r\n" else "control character"
        )
        return UnreadableError(
            "not-json", f"A {name} stands inside a string.", offset=at, hint="Write it as \\t, \\n or \\uXXXX."
        )
    if not here:
        return UnreadableError(
            "not-json", "The text ends before the document does.", offset=at, hint="A bracket or quote is missing."
        )
    if error.msg.startswith("Extra data"):
        return UnreadableError("not-json", "Something follows after the end of the document.", offset=at)
    return UnreadableError("not-json", f"This is not JSON: {error.msg[:1].lower()}{error.msg[1:]}.", offset=at)


_BLOCK = 1 << 12
"""Lines are counted once for each so many characters."""


class Positions:
    """Where the members and items of a JSON text stand.

    Each container is scanned once, as far as it was asked for: what stands behind the last one wanted is not read.
    """

    def __init__(self, text: str, *, repeats: bool = False) -> None:
        """`repeats` where some object gives a key twice: the last one counts, so that whole objects are read."""
        self._text = text
        self._repeats = repeats
        self._scan = json.JSONDecoder(strict=False).scan_once  # type: ignore[attr-defined]
        self._members: dict[int, tuple[dict[str, tuple[int, int]], Iterator[tuple[str, int, int]]]] = {}
        self._lines: list[int] | None = None
        self._breaks: list[int] = []

    def locate(self, pointer: str) -> tuple[int, int]:
        """Line and column (from 1) of the key or item, or of its nearest parent that exists."""
        start = place = self._space(1 if self._text.startswith("\ufeff") else 0)
        for token in split(pointer):
            found = self._member(start, token)
            if found is None:
                break
            place, start = found
        return self._line(place)

    def _member(self, start: int, token: str) -> tuple[int, int] | None:
        """The offsets of key and value of a member (or item) of the container that starts at an offset."""
        if start not in self._members:
            self._members[start] = ({}, self._read(start))
        known, rest = self._members[start]
        if token not in known:
            for name, key, value in rest:
                known[name] = (key, value)
                if name == token and not self._repeats:
                    break
        return known.get(token)

    def duplicates(self) -> Iterator[list[str | int]]:
        """The places of keys that an object gives more than once."""
        waiting: list[tuple[int, list[str | int]]] = [(self._space(0), [])]
        while waiting:
            start, tokens = waiting.pop()
            seen = set()
            for name, _, value in self._read(start):
                if name in seen:
                    yield [*tokens, name]
                seen.add(name)
                if self._text[value] in "{[":
                    waiting.append((value, [*tokens, name]))

    def _read(self, start: int) -> Iterator[tuple[str, int, int]]:
        text, at = self._text, start
        opening = text[start : start + 1]
        if opening not in ("{", "["):
            return
        index = 0
        at = self._space(start + 1)
        while text[at] not in "}]":
            key_at = at
            if opening == "{":
                name, at = scanstring(text, at + 1, False)
                at = self._space(self._space(at) + 1)
            else:
                name, index = str(index), index + 1
            yield name, key_at, at
            at = self._space(self._scan(text, at)[1])
            if text[at] == ",":
                at = self._space(at + 1)

    def _space(self, at: int) -> int:
        match = _SPACE.match(self._text, at)
        return match.end() if match else at

    def _line(self, offset: int) -> tuple[int, int]:
        text = self._text
        if self._lines is None:
            blocks = range(0, len(text), _BLOCK)
            self._lines = list(accumulate((text.count("\n", at, at + _BLOCK) for at in blocks), initial=0))
            ends = (text.rfind("\n", at, at + _BLOCK) for at in blocks)  # a text may be one line of many megabytes
            self._breaks = list(accumulate(ends, max, initial=-1))
        block = offset // _BLOCK
        line = self._lines[block] + text.count("\n", block * _BLOCK, offset) + 1
        return line, offset - max(text.rfind("\n", block * _BLOCK, offset), self._breaks[block])
