"""Memory of large documents: not looked through while they live, and not taken apart when the process ends."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def without_collector() -> Iterator[None]:
    """No garbage collection meanwhile: documents are large trees that live to the end, walking them again and again is
    a quarter of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


_KEPT: list[object] = []
"""What lives until the process ends."""
_ENDS: list[bool] = []
"""Not empty where the process ends with the command that runs."""


def ends_with_this_command() -> None:
    """Say that the process ends with the command that runs."""
    _ENDS.append(True)


def kept(document: T) -> T:
    """A document that lives until the process ends: to take it apart, object by object, is a tenth of the time."""
    if _ENDS:
        _KEPT.append(document)
    return document


def leave(code: int) -> None:
    """End the process, at once where documents were kept: the system takes their memory back as a whole."""
    if _KEPT:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)
    sys.exit(code)
