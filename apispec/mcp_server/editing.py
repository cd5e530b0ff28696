"""One entry put into the text of a configuration file, everything else left as it is: JSON with comments, TOML, YAML.

Text in, text out. Each edit is parsed back and compared with what it should mean; what can't be edited safely is
refused.
"""

from __future__ import annotations

import copy
import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from apispec.clients import ConfigFile, toml_table

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_SPACE = re.compile(r"(?:\s+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_LITERAL = re.compile(r"[^\s,\]}/]+")


class CannotEditError(Exception):
    """The file can't be read, or is written in a way that can't be edited safely."""


def with_entry(text: str, file: ConfigFile) -> str:
    """The text of a configuration file with an entry added or replaced.

    Args:
        text: What is there; empty for no file.
        file: The entry and its notation.

    Raises:
        CannotEditError: See there.
    """
    if not text.strip():
        return file.text
    edit, parse = _NOTATIONS[file.notation]
    try:
        before = parse(text)
    except ValueError as error:
        raise CannotEditError(f"it can't be read: {error}") from error
    wanted = _expected(before, file)
    if wanted == before:
        return text
    edited = edit(text, file)
    try:
        same = parse(edited) == wanted
    except ValueError:
        same = False
    if not same:
        raise CannotEditError("it is written in a way that can't be edited without loss")
    return edited


def _expected(before: Any, file: ConfigFile) -> Any:
    data = copy.deepcopy({} if before is None else before)
    inner = data
    for key in file.keys[:-1]:
        if not isinstance(inner, dict):
            raise CannotEditError(f"`{'.'.join(file.keys[:-1])}` is not a table")
        if inner.get(key) is None:
            inner[key] = {}
        inner = inner[key]
    if not isinstance(inner, dict):
        raise CannotEditError(f"`{'.'.join(file.keys[:-1])}` is not a table")
    inner[file.keys[-1]] = json.loads(json.dumps(file.value))
    return data


@dataclass(frozen=True, slots=True)
class _Member:
    key: str
    start: int
    end: int
    """Of the value."""


def _edit_json(text: str, file: ConfigFile) -> str:
    found = re.search(r"\n([ \t]+)\"", text)
    unit = found.group(1) if found else "  "
    position = _skip(text, 0)
    value: Any = dict(file.value)
    for depth, key in enumerate(file.keys):
        if text[position : position + 1] != "{":
            raise CannotEditError(f"`{'.'.join(file.keys[:depth])}` is not an object")
        members, end = _members(text, position)
        member = next((m for m in reversed(members) if m.key == key), None)
        is_null = member is not None and text[member.start : member.end] == "null"
        rest: Any = value
        for name in reversed(file.keys[depth + 1 :]):
            rest = {name: rest}
        if member is not None and (depth + 1 == len(file.keys) or is_null):
            return text[: member.start] + _dumped(rest, unit, depth + 1) + text[member.end :]
        if member is None:
            return _inserted(
                text, position, members, end, f"{json.dumps(key)}: {_dumped(rest, unit, depth + 1)}", unit, depth
            )
        position = member.start
    raise AssertionError("the last key is always replaced or inserted")


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
        found.append(_Member(json.loads(key.group()), start, end))
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
    out = ""
    position = 0
    while position < len(text):
        string = _STRING.match(text, position)
        if string:
            out += string.group()
            position = string.end()
            continue
        skipped = _skip(text, position)
        if skipped > position:
            out += " "
            position = skipped
            continue
        if text[position] == "," and text[_skip(text, position + 1) :][:1] in ("}", "]"):
            position += 1
            continue
        out += text[position]
        position += 1
    return json.loads(out)


def _edit_toml(text: str, file: ConfigFile) -> str:
    """The entry's own tables are taken out and written anew at the end."""
    lines = text.splitlines(keepends=True)
    kept: list[str] = []
    inside = False
    for line in lines:
        header = re.match(r"\s*\[([^\[\]]+)\]\s*(#.*)?$", line)
        if re.match(r"\s*\[", line):
            inside = header is not None and _toml_path(header.group(1))[: len(file.keys)] == list(file.keys)
        if not inside:
            kept.append(line)
    return "".join(kept).rstrip() + "\n\n" + toml_table(file.keys, file.value)


def _toml_path(header: str) -> list[str]:
    try:
        data: Any = tomllib.loads(f"[{header}]")
    except tomllib.TOMLDecodeError:
        return []
    path = []
    while isinstance(data, dict) and data:
        key, data = next(iter(data.items()))
        path.append(key)
    return path


def _edit_yaml(text: str, file: ConfigFile) -> str:
    """The entry goes right below its parent's line, the old one is taken out."""
    parent, name = file.keys
    entry = file.text.partition("\n")[2]
    lines = text.splitlines(keepends=True)
    at = next((i for i, line in enumerate(lines) if re.match(rf"{re.escape(parent)}:\s*(#.*)?$", line)), None)
    if at is None:
        if not isinstance(yaml.safe_load(text), Mapping):
            raise CannotEditError("it is no YAML mapping")
        return text.rstrip("\n") + "\n" + file.text
    indented = next((line for line in lines[at + 1 :] if line.strip() and not line.lstrip().startswith("#")), "")
    indent = indented[: len(indented) - len(indented.lstrip())] or "  "
    own = entry[: len(entry) - len(entry.lstrip())]
    entry = "".join(indent + line.removeprefix(own) for line in entry.splitlines(keepends=True))
    kept: list[str] = []
    inside = False
    for line in lines[at + 1 :]:
        if line.strip() and not line.startswith(indent + " "):
            inside = bool(re.match(rf"{re.escape(indent)}['\"]?{re.escape(name)}['\"]?:", line))
        if not inside:
            kept.append(line)
    return "".join([*lines[: at + 1], entry, *kept])


def _parse_yaml(text: str) -> Any:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(str(error).replace("\n", " ")) from error


_NOTATIONS: dict[str, tuple[Callable[[str, ConfigFile], str], Callable[[str], Any]]] = {
    "json": (_edit_json, parse_jsonc),
    "jsonc": (_edit_json, parse_jsonc),
    "toml": (_edit_toml, tomllib.loads),
    "yaml": (_edit_yaml, _parse_yaml),
}
