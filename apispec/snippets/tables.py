"""The tables of languages, read from `templates/languages/`, the reader's own before ours; and encoders by name."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from apispec.errors import TemplateError
from apispec.literals import Encoder, Notation, TableError
from apispec.templating import source, templates_dir

UserDirs = tuple[str | Path, ...]


@lru_cache(maxsize=64)
def table(name: str, user_dirs: UserDirs = ()) -> dict[str, Any]:
    """A language's table, as it is written.

    Raises:
        TemplateError: There is none of that name, or it is not TOML.
    """
    path = f"languages/{name}.toml"
    text = source(path, user_dirs)
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TemplateError(f"this is not TOML: {error}", where=path) from error
    parent = found.pop("extends", "")
    if not parent:
        return found
    if parent == name:
        raise TemplateError("a table cannot extend itself", where=path)
    return _over(found, table(parent, user_dirs))


def _over(own: dict[str, Any], parent: dict[str, Any]) -> dict[str, Any]:
    """A table whose keys win over those of the one that it extends, section by section."""
    out = dict(parent)
    for key, value in own.items():
        out[key] = {**parent[key], **value} if isinstance(value, dict) and isinstance(parent.get(key), dict) else value
    return out


@lru_cache(maxsize=64)
def notation(name: str, user_dirs: UserDirs = ()) -> Notation:
    """The engine of a language.

    Raises:
        TemplateError: There is no table of that name, or it is wrong.
    """
    try:
        return Notation(table(name, user_dirs), None if name == "json" else notation("json"))
    except (TableError, KeyError, TypeError, AttributeError) as error:
        raise TemplateError(f"{error}", where=f"languages/{name}.toml") from error


@lru_cache(maxsize=512)
def encoder(name: str, user_dirs: UserDirs = ()) -> Encoder:
    """An encoder by the name that templates give it: `python` writes literals, `python-file` what the table calls so.

    Raises:
        TemplateError: There is no such language, or its table has no such encoder.
    """
    of, _, own = name.partition("-")
    if not any(Path(folder, "languages", f"{of}.toml").is_file() for folder in (*user_dirs, templates_dir())):
        raise TemplateError(f"no encoder {name!r}", hint=f"there is no table languages/{of}.toml")
    try:
        return notation(of, user_dirs).encoder(own or "value")
    except TableError as error:
        hint = f"add it to [encoders] of languages/{of}.toml"
        raise TemplateError(f"no encoder {name!r}: {error}", hint=hint) from error


def literal(name: str, value: Any, *, column: int = 0, indent: int = 0, width: int = 88) -> str:
    """A value as a language's expression; see `Notation.literal`."""
    return notation(name).literal(value, column, indent, width)
