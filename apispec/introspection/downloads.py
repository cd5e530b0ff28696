"""What a function gave that is documented to give a file, as a file."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from apispec.declaring import File
from apispec.introspection.pictures import is_image
from apispec.introspection.sendable import images, streams


def file_of(value: Any) -> File | None:
    """The file of a result; None where it is none.

    Args:
        value: A `File`, a picture, a stream, or the path of a file.

    Raises:
        OSError: It can't be read.
        ValueError: It is a stream that is closed.
    """
    if isinstance(value, File):
        return value
    if is_image(type(value)):
        return images.as_file(value)
    is_stream = callable(getattr(value, "read", None)) and callable(getattr(value, "seekable", None))
    return streams.as_file(value) if is_stream or isinstance(value, (str, PurePath)) else None
