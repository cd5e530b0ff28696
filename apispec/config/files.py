"""Configuration files: where one is found, how it is read and checked, and options on top of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from apispec.config.keys import SITE_LANGUAGES, Config, all_keys, site_language, toml_name
from apispec.config.placing import place
from apispec.config.values import convert
from apispec.confinement import UNTRUSTED, check_links, project_of
from apispec.errors import ConfigError


def find(folder: Path) -> Path | None:
    """The nearest `apispec.toml`, or pyproject.toml with `[tool.apispec]`, in a folder or above it.

    The search ends at the top of the repository; outside of one it is the folder alone, since what lies above may be
    anybody's.
    """
    top = project_of(folder)
    for near in (folder, *folder.parents):
        own = near / "apispec.toml"
        if own.is_file():
            return own
        project = near / "pyproject.toml"
        if project.is_file() and "[tool.apispec" in _read(project):
            return project
        if near.resolve() == top:
            break
    return None


def load(path: Path | None, options: Mapping[str, Any], left_out: list[str] | None = None) -> Config:
    """The configuration of a file, with command-line options on top.

    Where an option says `static` or `untrusted`, the file is a stranger's, and of its keys only those of
    `confinement.UNTRUSTED` count.

    Args:
        path: `apispec.toml` or pyproject.toml; None = no file.
        options: Values by field name; None = not given.
        left_out: Gets the places of the keys that do not count.

    Raises:
        ConfigError: The file is not TOML, a key is unknown or of the wrong type, or leads out of the project.
    """
    values: dict[str, Any] = {}
    given = {name: value for name, value in options.items() if value is not None}
    untrusted = bool(given.get("untrusted") or given.get("static"))
    if path is not None:
        values = _checked(path, _tables(path), untrusted, [] if left_out is None else left_out)
    if "links" in given:
        check_links(given["links"], "--links")
    if not given.get("language"):  # --language names those of snippets, and that of the site
        spoken = [name for name in given.get("languages", ()) if name in SITE_LANGUAGES]
        if spoken:
            given["language"] = spoken[-1]
            given["languages"] = tuple(name for name in given["languages"] if name not in SITE_LANGUAGES)
            if not given["languages"]:
                del given["languages"]
    values.update(given)
    if values.get("language"):
        chosen = site_language(values["language"])
        if not chosen:
            hint = f"one of {', '.join(SITE_LANGUAGES)}"
            raise ConfigError(f"the theme has no language {values['language']!r}", where="language", hint=hint)
        values["language"] = chosen
    if values.get("untrusted"):
        values["static"] = True
    return Config(**values)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", where=str(path)) from error


def _tables(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        whole = tomllib.loads(_read(path))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"this is not TOML: {error}", where=str(path)) from None
    if path.name != "pyproject.toml":
        return whole
    table = whole.get("tool", {}).get("apispec", {})
    if not isinstance(table, dict):
        raise ConfigError("[tool.apispec] must be a table", where=str(path))
    return table


def _checked(path: Path, table: dict[str, Any], untrusted: bool, left_out: list[str]) -> dict[str, Any]:
    names = {toml_name(key.name): key.name for key in all_keys()}
    values: dict[str, Any] = {}
    for written, key, value in _flat(table):
        where = f"{path}:{_line(path, written)}: {written}"
        if key not in names:
            import difflib

            close = difflib.get_close_matches(key.replace("_", "-"), names, 1, 0.6)
            hint = f"did you mean {_as_written(close[0], written)}?" if close else "the reference lists the keys"
            raise ConfigError("there is no such key", where=where, hint=hint)
        name = names[key]
        if untrusted and name not in UNTRUSTED:
            left_out.append(where)
            continue
        values[name] = place(path, name, convert(name, value, where), where)
    return values


_TABLES = ("tools", "prove")
"""Tables whose keys are keys with a prefix."""


def _flat(table: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Keys as they are written, the keys that they mean, and the values."""
    for written, value in table.items():
        if written in _TABLES and isinstance(value, dict):
            for inner, given in value.items():
                yield f"{written}.{inner}", f"{written}-{inner}", given
        else:
            yield written, written, value


def _as_written(key: str, written: str) -> str:
    """A key as it would stand where another one was written."""
    table, dot, _ = written.partition(".")
    return f"{table}.{key.removeprefix(f'{table}-')}" if dot and key.startswith(f"{table}-") else key


def _line(path: Path, written: str) -> int:
    """The line a key is on: tomllib tells no positions, so it is looked for."""
    import re

    for name in dict.fromkeys((written, written.rpartition(".")[2], written.partition(".")[0])):
        pattern = re.compile(rf'\s*(\[{{1,2}}(tool\.apispec\.)?)?"?{re.escape(name)}"?\s*[=\].]')
        for number, line in enumerate(_read(path).splitlines(), 1):
            if pattern.match(line):
                return number
    return 1
