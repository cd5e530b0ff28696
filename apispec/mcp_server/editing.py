"""One entry put into the text of a configuration file or taken out of it, everything else left as it is: JSON with
comments, TOML, YAML.

Text in, text out: byte order mark, line ends and comments stay, and so do the user's own keys of an entry that is
replaced. Each edit is parsed back and compared with what it should mean; what can't be edited safely is refused.
"""

from __future__ import annotations

import copy
import json
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import yaml

from apispec.clients import ConfigFile
from apispec.mcp_server import jsonc
from apispec.mcp_server.jsonc import CannotEditError, parse_jsonc

__all__ = ["CannotEditError", "entries_of", "parse_jsonc", "with_entry", "without_entry"]

_OURS = {
    "command", "args", "env", "cmd", "envs", "env_keys", "env_vars", "environment", "url", "uri", "serverUrl",
    "httpUrl",
    "headers", "http_headers", "env_http_headers", "bearer_token_env_var", "type", "source", "name",
}  # fmt: skip
"""Keys of an entry that say what is started and with what; all others are the user's once they are there."""
_PAIRS = {"env", "envs", "environment", "headers", "http_headers"}
"""Those of them that the user may have added to."""


def with_entry(text: str, file: ConfigFile) -> str:
    """The text of a configuration file with an entry added or replaced.

    Args:
        text: What is there; empty for no file.
        file: The entry and its notation.

    Raises:
        CannotEditError: See there.
    """
    if _says_nothing(text):
        return _kept_form(text, lambda plain: f"{plain.rstrip()}\n{file.text}" if plain.strip() else file.text)
    return _kept_form(text, lambda plain: _with_entry(plain, file))


def without_entry(text: str, file: ConfigFile) -> str:
    """The text of a configuration file without an entry; as it is where there is none.

    Raises:
        CannotEditError: See there.
    """
    return _kept_form(text, lambda plain: _without_entry(plain, file)) if not _says_nothing(text) else text


def entries_of(text: str, file: ConfigFile) -> dict[str, Any]:
    """The entries that a configuration file has beside where `file` would stand, by name.

    Raises:
        CannotEditError: It can't be read.
    """
    if _says_nothing(text):
        return {}
    data = _parsed(text.removeprefix("\ufeff"), _NOTATIONS[file.notation][2])
    for key in file.keys[:-1]:
        data = data.get(key) if isinstance(data, Mapping) else None
    return dict(data) if isinstance(data, Mapping) else {}


_COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/|^\s*#[^\n]*", re.DOTALL | re.MULTILINE)


def _says_nothing(text: str) -> bool:
    """Whether a file, of whichever notation, is empty but for comments."""
    return not _COMMENT.sub("", text.removeprefix("\ufeff")).strip()


def _kept_form(text: str, edit: Callable[[str], str]) -> str:
    """An edit that leaves byte order mark and line ends as they are."""
    plain = text.removeprefix("\ufeff")
    is_windows = "\r\n" in plain and "\n" not in plain.replace("\r\n", "")
    edited = edit(plain.replace("\r\n", "\n") if is_windows else plain)
    edited = edited.replace("\n", "\r\n") if is_windows else edited
    return text[: len(text) - len(plain)] + edited


def _parsed(text: str, parse: Callable[[str], Any]) -> Any:
    try:
        return parse(text)
    except (ValueError, RecursionError) as error:
        said = "it is nested too deeply" if isinstance(error, RecursionError) else error
        raise CannotEditError(f"it can't be read: {said}") from error


def _with_entry(text: str, file: ConfigFile) -> str:
    edit, _, parse = _NOTATIONS[file.notation]
    before = _parsed(text, parse)
    holder = _holder(before, file)
    old = holder.get(file.keys[-1]) if isinstance(holder, Mapping) else None
    if isinstance(old, Mapping):
        file = replace(file, value=_with_own(old, file.value))
    wanted = _expected(before, file)
    return _checked(text, before, wanted, lambda: edit(text, file), parse)


def _without_entry(text: str, file: ConfigFile) -> str:
    _, edit, parse = _NOTATIONS[file.notation]
    before = _parsed(text, parse)
    wanted = copy.deepcopy(before)
    holder = _holder(wanted, file)
    if not isinstance(holder, dict) or file.keys[-1] not in holder:
        return text
    del holder[file.keys[-1]]
    return _checked(text, before, wanted, lambda: edit(text, file), parse)


def _checked(text: str, before: Any, wanted: Any, edit: Callable[[], str], parse: Callable[[str], Any]) -> str:
    if wanted == before:
        return text
    try:
        edited = edit()
        same = _filled(parse(edited)) == _filled(wanted)
    except (ValueError, RecursionError):
        same = False
    if not same:
        raise CannotEditError("it is written in a way that can't be edited without loss")
    return edited


def _filled(data: Any) -> Any:
    """A file's data without what is empty at its top, which is the same as nothing there."""
    return {k: v for k, v in data.items() if v not in ({}, None)} if isinstance(data, Mapping) else data or {}


def _holder(data: Any, file: ConfigFile) -> Any:
    for key in file.keys[:-1]:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data


def _with_own(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """A new entry with the user's own keys of the old one, and with the values that the user put in for references."""
    out = dict(new)
    for key, value in old.items():
        if key not in _OURS:
            out[key] = value
        elif key in _PAIRS and isinstance(value, Mapping) and any(k in new for k in _same_side(key)):
            given = dict(new.get(key) or {})
            mine = {
                k: v for k, v in value.items() if k not in given or ("${" in str(given[k]) or "{env:" in str(given[k]))
            }
            out[key] = {**given, **mine}
    return out


def _same_side(key: str) -> tuple[str, ...]:
    return ("url", "uri", "serverUrl") if "headers" in key else ("command", "cmd")


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
    missing = _missing_inputs(data, file)
    if missing:
        data["inputs"] = [*(data.get("inputs") or ()), *missing]
    return data


def _missing_inputs(data: Any, file: ConfigFile) -> list[dict[str, Any]]:
    there = data.get("inputs") if isinstance(data, Mapping) else None
    if there is not None and not isinstance(there, list):
        raise CannotEditError("`inputs` is no list")
    known = {one.get("id") for one in there or () if isinstance(one, Mapping)}
    return [dict(one) for one in file.inputs if one["id"] not in known]


def _edit_json(text: str, file: ConfigFile) -> str:
    missing = _missing_inputs(parse_jsonc(text), file)
    edited = jsonc.put(text, file.keys, dict(file.value))
    return jsonc.append(edited, "inputs", missing) if missing else edited


def _edit_toml(text: str, file: ConfigFile) -> str:
    before, own, after = _own_toml(text, file)
    if own:
        return before + _ending(_toml_with(own, file)) + after
    return _ending(_toml_with(text, file))


def _toml_with(text: str, file: ConfigFile) -> str:
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document = tomlkit.parse(text)
        holder: Any = document
        for key in file.keys[:-1]:
            if key not in holder:
                holder[key] = tomlkit.table(is_super_table=True)
            holder = holder[key]
        if not hasattr(holder, "get"):
            raise CannotEditError("it is written in a way that can't be edited without loss")
        entry: Any = holder.get(file.keys[-1])
        if hasattr(entry, "get"):
            for gone in [key for key in entry if key not in file.value]:
                del entry[gone]
            for key, value in file.value.items():
                if entry.get(key) != value:
                    entry[key] = value
        else:
            table = tomlkit.table()
            for key, value in file.value.items():
                if isinstance(value, Mapping):
                    inner = tomlkit.table()
                    inner.update(value)
                    table.append(key, inner)
                else:
                    table.append(key, value)
            holder[file.keys[-1]] = table
    except (TOMLKitError, TypeError, AttributeError) as error:
        raise CannotEditError(f"it can't be edited: {error}") from error
    return tomlkit.dumps(document)


def _take_out_toml(text: str, file: ConfigFile) -> str:
    before, own, after = _own_toml(text, file)
    if own:
        return before + after.lstrip("\n") if before.endswith("\n\n") or not before else before + after
    import tomlkit

    document = tomlkit.parse(text)
    holder: Any = document
    for key in file.keys[:-1]:
        holder = holder[key]
    del holder[file.keys[-1]]
    return tomlkit.dumps(document)


def _own_toml(text: str, file: ConfigFile) -> tuple[str, str, str]:
    """The text before the entry's own tables, they, and the text after: what stands right above the next table is its.

    The middle is empty where there are none, or not in one place.
    """
    lines = text.splitlines(keepends=True)
    inside = False
    own: list[int] = []
    for number, line in enumerate(lines):
        header = re.match(r"\s*\[([^\[\]]+)\]\s*(#.*)?$", line)
        if re.match(r"\s*\[", line):
            inside = header is not None and _toml_path(header.group(1))[: len(file.keys)] == list(file.keys)
        if inside and line.strip()[:1] not in ("", "#"):
            own.append(number)
    if not own or any(lines[i].strip()[:1] not in ("", "#") for i in range(own[0], own[-1]) if i not in own):
        return text, "", ""
    return "".join(lines[: own[0]]), "".join(lines[own[0] : own[-1] + 1]), "".join(lines[own[-1] + 1 :])


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


def _ending(text: str) -> str:
    return text if text.endswith("\n") else text + "\n"


def _edit_yaml(text: str, file: ConfigFile) -> str:
    return _yaml_lines(text, file, file.text.partition("\n")[2])


def _yaml_lines(text: str, file: ConfigFile, entry: str) -> str:
    """The entry goes right below its parent's line, the old one is taken out."""
    parent, name = file.keys
    lines = text.splitlines(keepends=True)
    empty = rf"({re.escape(parent)}:)[ \t]*(?:\{{[ \t]*\}}|null|~|)[ \t]*(#.*)?$"
    at = next((i for i, line in enumerate(lines) if re.match(empty, line)), None)
    if at is None:
        if not isinstance(yaml.safe_load(text), Mapping):
            raise CannotEditError("it is no YAML mapping")
        return text.rstrip("\n") + "\n" + file.text
    head = re.match(empty, lines[at])
    assert head is not None
    comment = f" {head[2]}" if head[2] else ""
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
    return "".join([*lines[:at], f"{head[1]}{comment}\n", entry, *kept])


def _parse_yaml(text: str) -> Any:
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise ValueError(str(error).replace("\n", " ")) from error


def _take_out_yaml(text: str, file: ConfigFile) -> str:
    return _yaml_lines(text, file, "")


_NOTATIONS: dict[
    str, tuple[Callable[[str, ConfigFile], str], Callable[[str, ConfigFile], str], Callable[[str], Any]]
] = {
    "json": (_edit_json, lambda text, file: jsonc.take_out(text, file.keys), parse_jsonc),
    "jsonc": (_edit_json, lambda text, file: jsonc.take_out(text, file.keys), parse_jsonc),
    "toml": (_edit_toml, _take_out_toml, tomllib.loads),
    "yaml": (_edit_yaml, _take_out_yaml, _parse_yaml),
}
"""How an entry is put in, how it is taken out, and how the file is read."""
