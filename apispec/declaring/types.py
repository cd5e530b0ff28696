"""Types to annotate endpoint parameters and results with: `File` and `Session`.

They say how a value travels. Receiving uploads, sending downloads and keeping sessions is the server's work.
Importing this costs nothing: pydantic is only touched when it asks a type for its schema.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

__all__ = ["File", "Session"]

FILE_SCHEMA = {"type": "string", "format": "binary"}
"""How a file is described: bytes in a multipart part or in an answer's body."""


class File:
    """A file that is uploaded (as a parameter's hint) or downloaded (as a result's hint).

    ```python
    @app.endpoint
    def upper(text: File) -> File:
        return File.from_bytes(text.read().upper(), name=text.name)
    ```

    Args:
        name: The name that is shown to the other side; only its last part is kept, so it can't point elsewhere.
        content_type: The media type; guessed from the name where it is left out.
        path: Where the content is.
        data: The content, where there is no path.
    """

    __slots__ = ("_data", "content_type", "name", "path")

    def __init__(
        self,
        *,
        name: str = "",
        content_type: str | None = None,
        path: str | PurePath | None = None,
        data: bytes | None = None,
    ) -> None:
        if (path is None) == (data is None):
            raise TypeError("a File has either a path or data")
        self.path = None if path is None else Path(path)
        self.name = _plain_name(name or (self.path.name if self.path else ""))
        self.content_type = content_type or mimetypes.guess_type(self.name)[0] or "application/octet-stream"
        self._data = data

    @classmethod
    def from_path(cls, path: str | PurePath, *, name: str = "", content_type: str | None = None) -> File:
        """The file at a path; it is read when it is needed."""
        return cls(path=path, name=name, content_type=content_type)

    @classmethod
    def from_bytes(cls, data: bytes, *, name: str = "file", content_type: str | None = None) -> File:
        """A file made of these bytes."""
        return cls(data=bytes(data), name=name, content_type=content_type)

    @property
    def size(self) -> int:
        """The number of bytes.

        Raises:
            OSError: The path can't be read.
        """
        if self._data is not None:
            return len(self._data)
        assert self.path is not None
        return self.path.stat().st_size

    def read(self) -> bytes:
        """The whole content.

        Raises:
            OSError: The path can't be read.
        """
        if self._data is not None:
            return self._data
        assert self.path is not None
        return self.path.read_bytes()

    def read_text(self, encoding: str = "utf-8") -> str:
        """The whole content as text.

        Raises:
            OSError: The path can't be read.
            UnicodeDecodeError: The content is not text in that encoding.
        """
        return self.read().decode(encoding)

    def open(self) -> IO[bytes]:
        """The content as a stream; the caller closes it.

        Raises:
            OSError: The path can't be read.
        """
        if self._data is not None:
            import io

            return io.BytesIO(self._data)
        assert self.path is not None
        return self.path.open("rb")

    def chunks(self, size: int = 65536) -> Iterator[bytes]:
        """The content in pieces of at most `size` bytes."""
        with self.open() as stream:
            while piece := stream.read(size):
                yield piece

    def __repr__(self) -> str:
        return f"File(name={self.name!r}, content_type={self.content_type!r})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.is_instance_schema(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(FILE_SCHEMA)


class Session(dict[str, Any]):
    """What one caller keeps between calls: a mapping of the function's own.

    A parameter with this hint is filled in by the server and is in no schema. The server bounds how many
    sessions there are and how long they live.

    Args:
        id: Which session it is; callers choose it (`session_hash`), so it is a key and never a proof of identity.
    """

    def __init__(self, id: str = "") -> None:  # noqa: A002 - the field's usual name
        super().__init__()
        self.id = id


def _plain_name(name: str) -> str:
    """The last part of a file name, whatever separators it was written with, without control characters."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(c for c in last if c.isprintable()).strip()
    return "file" if shown in ("", ".", "..") else shown
