"""Paths of a configuration file, which are relative to its folder and stay inside the project."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from apispec.config.keys import Config, all_keys, toml_name
from apispec.confinement import check_links, confine


def place(path: Path, name: str, value: Any, where: str) -> Any:
    """The value, paths in it taken from the configuration file's folder.

    Raises:
        ConfigError: A path leads out of the project, or a link is none.
    """
    kind = Config.__dataclass_fields__[name].metadata["kind"]
    if name == "links":
        check_links(value, where)
    if kind == "path" and value:
        return _inside(path, name, value, where)
    if kind == "paths":
        urls = name == "overlays"  # which may be fetched, where that is allowed
        return tuple(v if urls and "://" in v else _inside(path, name, v, where) for v in value)
    if name in ("apis", "versions"):
        return tuple(_placed_table(path, one, where) if isinstance(one, dict) else one for one in value)
    if name == "target" and value:
        beside = _beside(path, value)
        found = next((p for p in (beside, beside.rpartition(":")[0]) if p and Path(p).exists()), "")
        if found:
            confine(name, value, Path(found), path, where)
        return beside if found else value
    return value


def _inside(path: Path, name: str, value: str, where: str) -> str:
    placed = _beside(path, value)
    confine(name, value, Path(placed), path, where)
    return placed


def _placed_table(path: Path, table: dict[str, Any], where: str) -> dict[str, Any]:
    """A table of one API, its paths taken from the configuration file's folder."""
    names = {toml_name(key.name): key.name for key in all_keys()}
    placed = dict(table)
    for key, value in table.items():
        texts = [value] if isinstance(value, str) else value
        if key in names and isinstance(texts, list) and all(isinstance(text, str) for text in texts):
            kind = Config.__dataclass_fields__[names[key]].metadata["kind"]
            if kind == "paths":
                placed[key] = list(place(path, names[key], tuple(texts), f"{where}.{key}"))
            elif isinstance(value, str):
                placed[key] = place(path, names[key], value, f"{where}.{key}")
    return placed


def _beside(path: Path, value: str) -> str:
    """A path of a configuration file, which is relative to that file's folder, relative to the current one."""
    folder = path.parent
    return value if folder == Path() or folder.resolve() == Path.cwd() else str(folder / value)
