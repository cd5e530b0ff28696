"""Where callables are defined and declared, and the names that they have by themselves."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from apispec.declaring import asking


def own_name(function: Any) -> str | None:
    """The name that a callable has by itself: its own, that of what a partial wraps, or that of its class.

    None for a lambda.
    """
    while asking.has(function, "func") and not asking.has(function, "__name__"):  # functools.partial
        function = function.func
    name = asking.attribute(function, "__name__")
    if not isinstance(name, str):
        name = type(function).__name__
    return None if name == "<lambda>" else name


def position(function: Any) -> tuple[str, int]:
    """Where a callable is defined: its file as Python knows it and its line, ("", 0) where there is no source."""
    for _ in range(20):  # wrappers, partials and methods around the function; a bound, since they may be circular
        code = asking.attribute(function, "__code__")
        if isinstance(code, CodeType) and not asking.has(function, "__wrapped__"):
            return code.co_filename, code.co_firstlineno
        inner = asking.attribute(function, "__wrapped__")
        if inner is None:
            inner = asking.attribute(function, "func")
        if inner is None:
            inner = getattr(type(function), "__call__", None)  # noqa: B004 - the method itself is wanted
        if inner is None or inner is function:
            break
        function = inner
    return "", 0


def _short(file: str) -> str:
    """A file as a person may read it: relative to the current folder where it is inside, else its name."""
    path = Path(file)
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.name


def place(file: str, line: int) -> str:
    """`FILE:LINE` as a person may read it; empty where nobody knows."""
    return f"{_short(file)}:{line}" if file else ""


_PACKAGE = f"{Path(__file__).parent}{os.sep}"


def caller() -> tuple[str, int]:
    """The file and line that called this package; ("", 0) where no source did."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.startswith((_PACKAGE, "<")):
        frame = frame.f_back
    return ("", 0) if frame is None else (frame.f_code.co_filename, frame.f_lineno)
