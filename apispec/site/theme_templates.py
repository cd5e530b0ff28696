"""The theme's templates, found and compiled in less time than MkDocs takes for it."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

_MOST = 1_000
"""So many compiled templates are kept; a theme has some hundred."""


def quick(theme: Any) -> None:
    """Have a theme's environment look for no icons (there are twelve thousand, and MkDocs leaves them all out), and
    compile each template once in a process.

    Args:
        theme: MkDocs' theme.
    """
    made = theme.get_env

    def get_env() -> Any:
        env = made()
        env.bytecode_cache = _COMPILED
        env.list_templates = lambda extensions=None, filter_func=None: _shown(theme.dirs, filter_func)
        return env

    theme.get_env = get_env


def _shown(folders: Collection[str], wanted: Callable[[str], bool] | None) -> list[str]:
    """The names of files in folders, but for hidden ones, as `Environment.list_templates` gives them."""
    found: set[str] = set()
    for top in folders:
        for place, inner, files in os.walk(top):
            inner[:] = [name for name in inner if not name.startswith(".")]
            below = os.path.relpath(place, top).replace(os.sep, "/")
            found.update(name if below == "." else f"{below}/{name}" for name in files)
    return sorted(name for name in found if wanted is None or wanted(name))


class _Compiled(BytecodeCache):
    """What templates were compiled to in this process, by their names and sources."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """By the name alone: the folder in which a site is built is another one each time."""
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket, where its template is known."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what a bucket has."""
        if bucket.code is not None and len(self._kept) < _MOST:
            self._kept[bucket.key, bucket.checksum] = bucket.code

    def clear(self) -> None:
        """Forget all."""
        self._kept.clear()


_COMPILED = _Compiled()
