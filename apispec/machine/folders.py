"""Folders that change places in one step, and one writer at a time."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

_AT_FDCWD, _EXCHANGE = -100, 2
"""Of renameat2(2): RENAME_EXCHANGE."""
_SWAP = 2
"""Of renamex_np(2), macOS: RENAME_SWAP."""


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system, or the file system, cannot, and nothing was done."""
    if sys.platform not in ("linux", "darwin"):
        return False
    try:
        import ctypes

        library = ctypes.CDLL(None)
        names = os.fsencode(one), os.fsencode(other)
        if sys.platform == "darwin":
            return bool(library.renamex_np(*names, _SWAP) == 0)
        return bool(library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _EXCHANGE) == 0)
    except (ImportError, OSError, AttributeError):  # an older or another libc
        return False


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One writer in a folder at a time, where the system and the file system have locks.

    Linux and macOS lock the folder itself (flock); Windows opens none, so that a file of ours in it is locked, which
    goes away with the last writer.
    """
    try:
        import fcntl
    except ImportError:
        with _by_file(folder):
            yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # a file system without locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)  # which also ends the lock


@contextlib.contextmanager
def _by_file(folder: Path) -> Iterator[None]:
    try:
        import msvcrt
    except ImportError:
        yield
        return
    if sys.platform == "win32":
        path = folder / ".apispec.lock"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT)
        try:
            with contextlib.suppress(OSError):  # after ten seconds the other writer is waited for no longer
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
            yield
        finally:
            os.close(descriptor)
            with contextlib.suppress(OSError):  # another writer has it open
                path.unlink()
