"""Configuration files of clients: where they are, and an entry in their notation."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from apispec.documents import yaml_writer

System = Literal["linux", "macos", "windows"]
SYSTEMS: tuple[System, ...] = ("linux", "macos", "windows")

Notation = Literal["json", "jsonc", "toml", "yaml"]


@dataclass(frozen=True, slots=True)
class ConfigFile:
    """An entry in one file of a client."""

    scope: Literal["user", "project"]
    """`project`: relative to the project's folder; `user`: for everything the user does."""
    paths: Mapping[System, str]
    """By system: `~` = the home folder, `%APPDATA%` = Windows' folder for settings."""
    notation: Notation
    """`jsonc` = JSON with comments, which an edit should keep."""
    keys: tuple[str, ...]
    """Where the entry goes: the keys that lead to it, its own name last."""
    value: Mapping[str, Any]
    """The entry."""
    inputs: tuple[Mapping[str, Any], ...] = ()
    """What the client asks the user for, each with an `id`: members of the array `inputs` (VS Code)."""

    @property
    def text(self) -> str:
        """A file with this entry and nothing else, ending in a line break."""
        data: Any = dict(self.value)
        for key in reversed(self.keys):
            data = {key: data}
        if self.inputs:
            data = {"inputs": [dict(one) for one in self.inputs], **data}
        if self.notation == "toml":
            return toml_table(self.keys, self.value)
        if self.notation == "yaml":
            return yaml_writer.dump(data)
        return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def everywhere(path: str, windows: str = "") -> dict[System, str]:
    """One path on every system; `windows` where it differs there."""
    return {"linux": path, "macos": path, "windows": windows or path}


def application(folder: str) -> dict[System, str]:
    """A file in the folder for applications' settings of each system: `Claude/config.json`."""
    return {
        "linux": f"~/.config/{folder}",
        "macos": f"~/Library/Application Support/{folder}",
        "windows": "%APPDATA%\\" + folder.replace("/", "\\"),
    }


def toml_table(keys: tuple[str, ...], value: Mapping[str, Any]) -> str:
    """A TOML table, its mappings as tables of their own (TOML 1.0)."""
    lines = [f"[{'.'.join(_toml_key(k) for k in keys)}]"]
    lines += [f"{_toml_key(k)} = {_toml_value(v)}" for k, v in value.items() if not isinstance(v, Mapping)]
    text = "\n".join(lines) + "\n"
    for name, inner in value.items():
        if isinstance(inner, Mapping):
            text += "\n" + toml_table((*keys, name), inner)
    return text


def _toml_key(key: str) -> str:
    return key if re.match(r"[A-Za-z0-9_-]+\Z", key) else _toml_value(key)


def _toml_value(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_toml_value(v) for v in value) + "]"
    # Strings, booleans and integers are written as in JSON, but for DEL, which TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
