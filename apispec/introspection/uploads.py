"""Which types travel as files beside `apispec.File`: pictures, streams of Python's own, and paths of files."""

from __future__ import annotations

import io
import sys
import typing
from pathlib import PurePath
from typing import IO, Annotated, Any, Literal, get_args, get_origin

from apispec.introspection.pictures import is_image

Kind = Literal["", "image", "bytes", "text", "path"]

_BYTES = (io.BytesIO, io.BufferedReader, io.BufferedIOBase, io.RawIOBase, io.FileIO)
_TEXT = (io.StringIO, io.TextIOBase, io.TextIOWrapper)


def kind_of(hint: Any) -> Kind:
    """How values of a hint travel as a file; empty where they don't.

    A `Path` may be that of a folder, or of what is to be written: only pydantic's `FilePath` is one of a file.
    """
    origin = get_origin(hint)
    if origin is Annotated:
        inner = hint.__origin__
        is_path = isinstance(inner, type) and issubclass(inner, PurePath) and any(map(_says_file, hint.__metadata__))
        return "path" if is_path else kind_of(inner)
    if origin is IO:
        return "text" if get_args(hint) == (str,) else "bytes"
    if hint is IO or hint is typing.BinaryIO or hint in _BYTES:
        return "bytes"
    if hint is typing.TextIO or hint in _TEXT:
        return "text"
    return "image" if is_image(hint) else ""


def _says_file(item: Any) -> bool:
    pydantic_types = sys.modules.get("pydantic.types")
    kind = getattr(pydantic_types, "PathType", None)
    return isinstance(kind, type) and isinstance(item, kind) and getattr(item, "path_type", "") == "file"
