"""Members of JSON with comments put in, replaced and taken out, all other text left as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_SPACE = re.compile(r"(?:\s+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_LITERAL = re.compile(r"[^\s,\]}/]+")


class CannotEditError(Exception):
    """The file can't be read, or is written in a way that can't be edited safely."""


@dataclass(frozen=True, slots=True)
class _Member:
    key: str
    key_start: int
    start: int
    end: int
    """Of the value."""


def put(text: str, keys: Sequence[str], value: Any) -> str:
    """The text with a value at a path of keys.

    Raises:
        CannotEditError: Something on the way is no object.
    """
    found = re.search(r"\n([ \t]+)\"", text)
    unit = found.group(1) if found else "  "
    position = _skip(text, 0)
    for depth, key in enumerate(keys):
        if text[position : position + 1] != "{":
            raise CannotEditError(f"`{'.'.join(keys[:depth])}` is not an object" if depth else "it is not an object")
        members, end = _members(text, position)
        member = next((m for m in reversed(members) if m.key == key), None)
        is_null = member is not None and text[member.start : member.end] == "null"
        rest: Any = value
        for name in reversed(keys[depth + 1 :]):
            rest = {name: rest}
        if member is not None and (depth + 1 == len(keys) or is_null):
            return text[: member.start] + _dumped(rest, unit, depth + 1) + text[member.end :]
        if member is None:
            return _inserted(
                text, position, members, end, f"{json.dumps(key)}: {_dumped(rest, unit, depth + 1)}", unit, depth
            )
        position = member.start
    raise AssertionError("the last key is always replaced or inserted")


def take_out(text: str, keys: Sequence[str]) -> str:
    """The text without the member at a path of keys; as it is where there is none.

    Raises:
        CannotEditError: Something on the way is no object.
    """
    position = _skip(text, 0)
    for depth, key in enumerate(keys):
        if text[position : position + 1] != "{":
            raise CannotEditError(f"`{'.'.join(keys[:depth])}` is not an object" if depth else "it is not an object")
        members, _ = _members(text, position)
        index = next((i for i in reversed(range(len(members))) if members[i].key == key), None)
        if index is None:
            return text
        member = members[index]
        if depth + 1 == len(keys):
            return _without(text, position, members, index)
        position = member.start
    return text


def _without(text: str, start: int, members: list[_Member], index: int) -> str:
    """The text without one member of the object that begins at `start`, and without one comma."""
    member = members[index]
    comma = _skip(text, member.end)
    has_comma = text[comma : comma + 1] == ","
    end = comma + 1 if has_comma else member.end
    before = text[: member.key_start]
    line = re.search(r"\n[ \t]*\Z", before)
    rest = text[end:]
    own_line = re.match(r"[ \t]*(?=\n|\Z)", rest)
    if line and own_line:
        before, rest = before[: line.start()], rest[own_line.end() :]
    elif not line:
        rest = rest.lstrip(" \t")
    if not has_comma and index:  # the last one: the comma before it goes
        previous = members[index - 1].end
        at = _skip(text, previous)
        if text[at : at + 1] == ",":
            before = before[:at] + before[at + 1 :]
    return before + rest


def append(text: str, key: str, values: Sequence[Mapping[str, Any]]) -> str:
    """The text with values at the end of an array of the whole object, made where there is none.

    Raises:
        CannotEditError: There is something else in its place.
    """
    start = _skip(text, 0)
    members, _ = _members(text, start) if text[start : start + 1] == "{" else ([], 0)
    member = next((m for m in reversed(members) if m.key == key), None)
    if member is None or text[member.start : member.end] == "null":
        return put(text, [key], [dict(value) for value in values])
    if text[member.start] != "[":
        raise CannotEditError(f"`{key}` is no array")
    close = member.end - 1
    inside = text[member.start + 1 : close]
    kept = inside.rstrip()
    comma = "" if not parse_jsonc(text[member.start : member.end]) or _ends_with_comma(inside) else ","
    found = re.search(r"\n([ \t]+)\"", text)
    unit = found.group(1) if found else "  "
    if kept.rpartition("\n")[2].lstrip().startswith("//"):
        raise CannotEditError(f"`{key}` ends with a comment")
    added = ",".join("\n" + unit * 2 + _dumped(dict(value), unit, 2) for value in values)
    return text[: member.start + 1] + kept + comma + added + "\n" + unit + text[close:]


def _ends_with_comma(inside: str) -> bool:
    position = 0
    last = ""
    while position < len(inside):
        skipped = _skip(inside, position)
        if skipped > position:
            position = skipped
            continue
        string = _STRING.match(inside, position)
        last = '"' if string else inside[position]
        position = string.end() if string else position + 1
    return last == ","


def _inserted(text: str, start: int, members: list[_Member], end: int, entry: str, unit: str, depth: int) -> str:
    """An entry after the last member of the object that begins at `start` and whose brace is at `end`."""
    line = "\n" + unit * (depth + 1)
    if not members:
        inside = text[start + 1 : end].rstrip()
        return text[: start + 1] + inside + line + entry + "\n" + unit * depth + text[end:]
    last = members[-1].end
    comma = _skip(text, last)
    if text[comma : comma + 1] == ",":  # a trailing one
        after = comma + 1
        return text[:after] + line + entry + text[after:]
    tail = text[last:end]
    close = "" if "\n" in tail else "\n" + unit * depth
    return text[:last] + "," + tail.rstrip() + line + entry + (close or tail[len(tail.rstrip()) :]) + text[end:]


def _dumped(value: Any, unit: str, depth: int) -> str:
    return json.dumps(value, indent=unit, ensure_ascii=False).replace("\n", "\n" + unit * depth)


def _members(text: str, position: int) -> tuple[list[_Member], int]:
    """The members of the object that begins at a position, and where its closing brace is."""
    found = []
    position = _skip(text, position + 1)
    while text[position : position + 1] != "}":
        key = _STRING.match(text, position)
        if key is None:
            raise CannotEditError("it is no JSON object")
        colon = _skip(text, key.end())
        start = _skip(text, colon + 1)
        end = _value_end(text, start)
        found.append(_Member(json.loads(key.group()), key.start(), start, end))
        position = _skip(text, end)
        if text[position : position + 1] == ",":
            position = _skip(text, position + 1)
    return found, position


def _value_end(text: str, position: int) -> int:
    if text[position : position + 1] not in ("{", "["):
        match = _STRING.match(text, position) or _LITERAL.match(text, position)
        if match is None:
            raise CannotEditError("it is no JSON")
        return match.end()
    depth = 0
    while position < len(text):
        char = text[position]
        if char == '"':
            match = _STRING.match(text, position)
            position = match.end() if match else len(text)
            continue
        if char == "/":
            skipped = _skip(text, position)
            position = max(skipped, position + 1)
            continue
        depth += (char in "{[") - (char in "}]")
        position += 1
        if depth == 0:
            return position
    raise CannotEditError("a bracket is not closed")


def _skip(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def parse_jsonc(text: str) -> Any:
    """JSON with comments and trailing commas.

    Raises:
        ValueError: It is none.
    """
    out: list[str] = []
    position = 0
    while position < len(text):
        string = _STRING.match(text, position)
        if string:
            out.append(string.group())
            position = string.end()
            continue
        skipped = _skip(text, position)
        if skipped > position:
            out.append(" ")
            position = skipped
            continue
        if text[position] == "," and text[_skip(text, position + 1) :][:1] in ("}", "]"):
            position += 1
            continue
        out.append(text[position])
        position += 1
    try:
        return json.loads("".join(out))
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
