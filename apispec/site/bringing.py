"""The user's own files, copied among ours: pages, pictures, parts of the theme; nothing hidden, no links out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from apispec.confinement import IMAGES
from apispec.errors import ConfigError

PAGES = (".md", ".markdown")


def bring_page(path: Path, target: Path) -> None:
    """Copy a Markdown page.

    Raises:
        ConfigError: It is none.
    """
    if path.suffix.lower() not in PAGES:
        raise ConfigError("this is no Markdown page", where=str(path), hint="pages end in .md")
    _copy(path, target)


def bring_image(path: Path, target: Path, key: str) -> None:
    """Copy an image.

    Raises:
        ConfigError: There is none.
    """
    if not path.is_file():
        raise ConfigError("no such file", where=str(path), hint=f"check {key}")
    if path.suffix.lower() not in IMAGES:
        raise ConfigError("this is no image", where=str(path), hint=f"{key} ends in one of {', '.join(IMAGES)}")
    _copy(path, target)


def bring_folder(folder: Path, target: Path) -> None:
    """Copy what is in a folder, over what is there already.

    What is hidden stays behind; a link that leads out of the folder is an error, since the site would show what it
    leads to.

    Raises:
        ConfigError: There is such a link, or a file cannot be read.
    """
    top = folder.resolve()

    def hidden(place: str, names: list[str]) -> set[str]:
        for name in names:
            path = Path(place) / name
            if path.is_symlink() and not path.resolve().is_relative_to(top):
                raise ConfigError("this link leads out of its folder", where=str(path), hint="copy what it leads to")
        return {name for name in names if name.startswith(".")}

    _guarded(folder, lambda: shutil.copytree(folder, target, dirs_exist_ok=True, ignore=hidden))


def _copy(path: Path, target: Path) -> None:
    _guarded(path, lambda: shutil.copyfile(path, target))


def _guarded(path: Path, copy: Callable[[], object]) -> None:
    try:
        copy()
    except (OSError, shutil.Error) as error:
        reason = getattr(error, "strerror", None) or "a file in it cannot be read"
        raise ConfigError(f"it cannot be read: {reason}", where=os.fspath(path)) from None
