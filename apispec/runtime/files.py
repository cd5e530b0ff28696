"""Kept files: uploads and files inside results, in a private folder under names of our own.

The name that callers see is `ID/NAME`; only the ID is looked up, in a table, and the file on disk has no other name, so
no path that anybody sends can reach anything else.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from apispec.declaring import File
from apispec.runtime.problems import busy


@dataclass(slots=True)
class Kept:
    """One kept file."""

    id: str
    file: File
    size: int
    expires: float

    @property
    def path(self) -> str:
        """What callers name it by."""
        return f"{self.id}/{self.file.name}"


class Files:
    """The kept files of one server.

    Args:
        most: Files at once.
        most_bytes: Bytes at once.
        age: Seconds after which a file is removed.
        clock: Seconds, monotonic.
    """

    def __init__(self, most: int, most_bytes: int, age: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.most = most
        self.most_bytes = most_bytes
        self.age = age
        self.bytes = 0
        self._clock = clock
        self._folder: Path | None = None
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = threading.Lock()  # functions keep files from their own threads

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def folder(self) -> Path:
        """The private folder, made when it is first needed."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="apispec-"))
        return self._folder

    def room(self, size: int) -> None:
        """Make sure that a file of that size may be kept.

        Raises:
            Problem: 503, there are too many already.
        """
        self.expire()
        if len(self._kept) >= self.most or self.bytes + size > self.most_bytes:
            raise busy("The server keeps as many files as it may; try again later.")

    def new_path(self) -> tuple[str, Path]:
        """An id and where the content of its file belongs."""
        id_ = secrets.token_hex(16)
        return id_, self.folder / id_

    def keep(self, id_: str, file: File, size: int) -> Kept:
        """Enter a file whose content is at `new_path`'s place."""
        kept = Kept(id_, file, size, self._clock() + self.age)
        with self._lock:
            self._kept[id_] = kept
            self.bytes += size
        return kept

    def copy(self, file: File) -> Kept:
        """Keep a file that a function gave.

        Raises:
            Problem: 503, there are too many already.
            OSError: It can't be read.
        """
        self.room(file.size)
        id_, path = self.new_path()
        with file.open() as source, path.open("xb") as target:
            shutil.copyfileobj(source, target)
        stored = File.from_path(path, name=file.name, content_type=file.content_type)
        return self.keep(id_, stored, path.stat().st_size)

    def get(self, path: str) -> Kept | None:
        """The kept file that callers name so; None for anything else."""
        self.expire()
        id_, _, name = path.partition("/")
        kept = self._kept.get(id_)
        return kept if kept is not None and kept.file.name == name else None

    def path_of(self, file: File) -> str:
        """What callers name a kept file by."""
        return f"{file.path.name if file.path else ''}/{file.name}"

    def discard(self, file: File) -> None:
        """Remove a kept file before its time; nothing happens where it is not one."""
        with self._lock:
            if file.path is None or file.path.parent != self._folder:
                return
            kept = self._kept.pop(file.path.name, None)
            if kept is not None:
                self._remove(kept)

    def expire(self) -> None:
        """Remove what is too old."""
        now = self._clock()
        with self._lock:
            while self._kept and next(iter(self._kept.values())).expires <= now:
                self._remove(self._kept.popitem(last=False)[1])

    def _remove(self, kept: Kept) -> None:
        self.bytes -= kept.size
        (self.folder / kept.id).unlink(missing_ok=True)

    def close(self) -> None:
        """Remove everything."""
        with self._lock:
            self._kept.clear()
            self.bytes = 0
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None
