"""The few libraries of ours that reading needs beside pydantic, lent to an interpreter whose environment lacks them.

Only these, each alone and after everything that the environment has itself: none of them is part of any app's types, so
what the app sees stays its own. Nothing else of our environment is within reach.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

NAMES = ("griffe", "_griffe", "jsonschema_rs", "typing_extensions")
"""Docstrings with sections are read by the first, values are judged by the next, hints are asked for by the last."""


def folders() -> list[str]:
    """Where this interpreter has them."""
    origins = (getattr(find_spec(name), "origin", None) for name in NAMES)
    files = [Path(origin) for origin in origins if origin]
    return sorted({str(file.parents[1] if file.stem == "__init__" else file.parent) for file in files})


class _Lent(MetaPathFinder):
    def __init__(self, folders: Sequence[str]) -> None:
        self.folders = list(folders)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module, where it is one of those that are lent."""
        return PathFinder.find_spec(fullname, self.folders) if fullname in NAMES else None


def lend(folders: Sequence[str]) -> None:
    """Let this process find them there where it finds them nowhere else."""
    if folders:
        sys.meta_path.append(_Lent(folders))
