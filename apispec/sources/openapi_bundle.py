"""A document of several files as one that can be published: no path of this machine in it."""

from __future__ import annotations

import os
import posixpath
from pathlib import Path
from typing import Any

from apispec.documents import escape

FILES_KEY = "x-apispec-files"
"""Where `apispec.documents` puts the other files of a document."""


def portable(data: dict[str, Any], file: str) -> dict[str, Any]:
    """The document with its other files named relative to its own folder; itself where it has none.

    Args:
        data: As `apispec.documents.load` gives it.
        file: The document's own name.
    """
    others = data.get(FILES_KEY)
    if not isinstance(others, dict):
        return data
    names = {name: _relative(name, file) for name in others}
    if all(new == old for old, new in names.items()):
        return data
    prefixes = {f"#/{FILES_KEY}/{escape(old)}": f"#/{FILES_KEY}/{escape(new)}" for old, new in names.items()}
    renamed = {**data, FILES_KEY: {names[name]: value for name, value in others.items()}}
    out: dict[str, Any] = _follow(renamed, prefixes)
    return out


def _relative(name: str, file: str) -> str:
    if "://" in name:
        return name
    path = os.path.relpath(name, Path(file).parent)
    return posixpath.normpath(path.replace(os.sep, "/"))


def _follow(value: Any, prefixes: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [_follow(v, prefixes) for v in value]
    if not isinstance(value, dict):
        return value
    out = {k: _follow(v, prefixes) for k, v in value.items()}
    target = out.get("$ref")
    if isinstance(target, str) and target.startswith(f"#/{FILES_KEY}/"):
        head, slash, tail = target.removeprefix(f"#/{FILES_KEY}/").partition("/")
        out["$ref"] = prefixes.get(f"#/{FILES_KEY}/{head}", f"#/{FILES_KEY}/{head}") + slash + tail
    return out
