"""The project that a source lies in, by its pyproject.toml: its version, and the folders that its packages are in."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_HIGHEST = 8
"""So many folders above a source are looked into."""
_USUAL_FOLDERS = ("src", "lib", "python")


@dataclass(frozen=True, slots=True)
class Project:
    """What a pyproject.toml says."""

    version: str
    """Empty where it says none and nothing is installed under its name."""


def around(file: str) -> Project | None:
    """The project of a source file, None where there is none above it up to the top of the repository."""
    folder = Path(file).parent
    if {"site-packages", "dist-packages"} & set(folder.parts):
        return None
    for place in [folder, *folder.parents][:_HIGHEST]:
        table = _table(place / "pyproject.toml")
        if table is not None:
            return Project(_version_of(table))
        if (place / ".git").exists():
            break
    return None


def source_folders(folder: Path) -> list[str]:
    """Where the packages of the project in a folder are, besides the folder itself."""
    table = _table(folder / "pyproject.toml")
    found = [folder / name for name in (*_USUAL_FOLDERS[:1], *(_declared(table) if table is not None else ()))]
    return [str(path) for path in dict.fromkeys(found) if path.is_dir()]


def installed(name: str) -> str:
    """The version of what is installed under a name, empty where nothing is."""
    from importlib import metadata

    try:
        return metadata.version(name)
    except (metadata.PackageNotFoundError, ValueError):
        return ""


def _version_of(table: dict[str, Any]) -> str:
    project, poetry = _inside(table, "project"), _inside(table, "tool", "poetry")
    for said in (project.get("version"), poetry.get("version")):
        if isinstance(said, str) and said not in ("", "0.0.0"):
            return said
    name = project.get("name") or poetry.get("name")
    return installed(name) if isinstance(name, str) and name else ""


def _declared(table: dict[str, Any]) -> list[str]:
    """Folders that setuptools, hatch, poetry or pdm are told to look for packages in."""
    tool = _inside(table, "tool")
    found: list[Any] = [_inside(tool, "pdm", "build").get("package-dir")]
    where = _inside(tool, "setuptools", "packages", "find").get("where")
    found += where if isinstance(where, list) else [where]
    found.append(_inside(tool, "setuptools", "package-dir").get(""))
    packages = _inside(tool, "poetry").get("packages")
    found += [one.get("from") for one in packages if isinstance(one, dict)] if isinstance(packages, list) else []
    wheel = _inside(tool, "hatch", "build", "targets", "wheel").get("packages")
    found += [os.path.dirname(one) for one in wheel if isinstance(one, str)] if isinstance(wheel, list) else []  # noqa: PTH120
    return [one for one in found if isinstance(one, str) and one and ".." not in one.split("/") and one[0] != "/"]


def _inside(table: Any, *names: str) -> dict[str, Any]:
    for name in names:
        table = table.get(name) if isinstance(table, dict) else None
    return table if isinstance(table, dict) else {}


def _table(path: Path) -> dict[str, Any] | None:
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig")) if path.is_file() else None
    except (OSError, ValueError):
        return None
