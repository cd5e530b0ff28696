"""Streams of Python's own (`BinaryIO`, `TextIO`, `io.BytesIO`) and paths of files (`FilePath`): files."""

from __future__ import annotations

import io
import shutil
import tempfile
import weakref
from pathlib import Path
from typing import Any

from apispec.declaring import File
from apispec.introspection.sendable import Sent
from apispec.introspection.uploads import kind_of


def sent(hint: Any) -> Sent | None:
    """How a stream or a file's path travels."""
    kind = kind_of(hint)
    if kind == "bytes":
        return Sent(File, _memory if hint is io.BytesIO else File.open, as_file)
    if kind == "text":
        return Sent(File, _text_memory if hint is io.StringIO else _text, as_file)
    return Sent(File, _path, as_file) if kind == "path" else None


def as_file(value: Any) -> File:
    """The file of a stream, from its beginning where it can go back, or of a path."""
    if isinstance(value, (str, Path)):
        return File.from_path(value)
    if value.seekable():
        value.seek(0)
    data = value.read()
    name = str(getattr(value, "name", "") or "")
    if isinstance(data, str):
        return File.from_bytes(data.encode(), name=name or "text.txt")
    return File.from_bytes(data, name=name or "file")


def _memory(file: File) -> io.BytesIO:
    return io.BytesIO(file.read())


def _text_memory(file: File) -> io.StringIO:
    return io.StringIO(_decoded(file))


def _text(file: File) -> Any:
    _decoded(file)
    return io.TextIOWrapper(file.open(), encoding="utf-8")


def _decoded(file: File) -> str:
    try:
        return file.read_text()
    except UnicodeDecodeError as error:
        raise ValueError("the file is no text in UTF-8") from error


class _Copy(type(Path())):  # type: ignore[misc]
    """The path of a copy that is there as long as the path is."""


def _path(file: File) -> Path:
    """Of a copy under the name that the file was sent with, whose suffix a function may look at."""
    folder = tempfile.mkdtemp(prefix="apispec-upload-")
    copy: Path = _Copy(folder, file.name)
    weakref.finalize(copy, shutil.rmtree, folder, ignore_errors=True)
    with file.open() as source, copy.open("xb") as target:
        shutil.copyfileobj(source, target)
    return copy
