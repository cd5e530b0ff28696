"""The interpreter of a project's own environment, for targets whose imports are missing here.

Known are `.venv` and `venv` (also uv's and PDM's), the active environment, and those that Poetry, Pipenv and conda keep
elsewhere. One counts where it has the package that is missing.
"""

from __future__ import annotations

import base64
import hashlib
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

_MISSING = re.compile(r"No module named '(?P<name>[\w.]+)'")
_FOLDERS = (".venv", "venv", "env", ".env")
_UP = 6
_NAME = re.compile(r"^name\s*[:=]\s*[\"']?(?P<name>[\w.-]+)", re.MULTILINE)


def missing_in(message: str) -> str:
    """The top-level package that an error's message says is not there; empty where it says no such thing."""
    found = _MISSING.search(message)
    return found["name"].partition(".")[0] if found else ""


def interpreter_with(package: str, folder: str) -> str:
    """The first interpreter of a project that has a package; empty where none has.

    Args:
        package: A top-level module.
        folder: Of the target; the folders above it are looked at, too, up to the project's root.
    """
    for environment in _environments(Path(folder)) if package and folder else ():
        python = _python(environment)
        if python is not None and _has(environment, package) and environment.resolve() != Path(sys.prefix).resolve():
            return str(python)
    return ""


def _environments(folder: Path) -> Iterator[Path]:
    """Folders that may be environments, the nearest first."""
    for place in [folder, *folder.parents][:_UP]:
        if named := os.environ.get("UV_PROJECT_ENVIRONMENT"):
            yield place / named
        yield from (place / name for name in _FOLDERS)
        if (place / ".pdm-python").is_file():
            yield Path((place / ".pdm-python").read_text(encoding="utf-8").strip()).parent.parent
        if (place / "poetry.lock").is_file() or (place / "pyproject.toml").is_file():
            yield from _poetry(place)
        if (place / "Pipfile").is_file():
            yield from sorted((_data_home() / "virtualenvs").glob(f"{place.name}-*"))
        for name in ("environment.yml", "environment.yaml"):
            if (place / name).is_file():
                yield from _conda(place / name)
        if (place / ".git").exists():
            break
    for variable in ("VIRTUAL_ENV", "CONDA_PREFIX"):
        if os.environ.get(variable):
            yield Path(os.environ[variable])


def _poetry(place: Path) -> Iterator[Path]:
    """Poetry's environments of a project: its name, a digest of its path, and the version of Python."""
    project = place / "pyproject.toml"
    found = _NAME.search(project.read_text(encoding="utf-8", errors="replace")) if project.is_file() else None
    if found is None:
        return
    name = re.sub(r'[ $`!*@"\\\r\n\t]', "_", found["name"].lower())[:42]
    digest = base64.urlsafe_b64encode(hashlib.sha256(os.path.normcase(place.resolve()).encode()).digest()).decode()[:8]
    home = Path(os.environ.get("POETRY_CACHE_DIR") or _cache_home() / "pypoetry")
    yield from sorted((home / "virtualenvs").glob(f"{name}-{digest}-py*"), reverse=True)


def _conda(file: Path) -> Iterator[Path]:
    """The environment that a file of conda names, where conda keeps environments."""
    found = _NAME.search(file.read_text(encoding="utf-8", errors="replace"))
    if found is None:
        return
    home = Path.home()
    if os.environ.get("CONDA_ROOT"):
        yield Path(os.environ["CONDA_ROOT"]) / "envs" / found["name"]
    yield from (home / root / "envs" / found["name"] for root in ("miniconda3", "anaconda3", "miniforge3"))
    yield home / ".conda" / "envs" / found["name"]


def _cache_home() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home()))
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def _data_home() -> Path:
    if os.environ.get("WORKON_HOME"):
        return Path(os.environ["WORKON_HOME"]).parent
    return Path.home() if sys.platform == "win32" else Path.home() / ".local" / "share"


def _python(environment: Path) -> Path | None:
    for inside in ("bin/python", "Scripts/python.exe", "python.exe"):
        if (environment / inside).is_file():
            return environment / inside
    return None


def _has(environment: Path, package: str) -> bool:
    """Whether a package lies in an environment's folder of packages."""
    folders = [*environment.glob("lib/python*/site-packages"), environment / "Lib" / "site-packages"]
    return any(
        (folder / package).is_dir() or any(folder.glob(f"{package}.*py*")) or any(folder.glob(f"{package}.*so"))
        for folder in folders
    )
