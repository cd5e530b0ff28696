"""The standard streams of a command whose reader may leave before the end, as `head` does."""

from __future__ import annotations

import os
import sys
from typing import Any, TextIO


class Lasting:
    """A stream that drops what is written once nobody reads it, so that the command ends as it would have ended.

    Args:
        stream: A text stream with a file descriptor.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write a text; how many characters that are."""
        try:
            return self._stream.write(text)
        except BrokenPipeError:
            self._drop()
            return len(text)

    def flush(self) -> None:
        """Hand over what is buffered."""
        try:
            self._stream.flush()
        except BrokenPipeError:
            self._drop()

    def _drop(self) -> None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def outlast_readers() -> None:
    """Make stdout and stderr of this process `Lasting`, and able to hold every character.

    Documents are UTF-8 wherever they go; a terminal that knows other characters only shows `?` for what it has not.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # pythonw has none
            continue
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            if stream.isatty():
                reconfigure(errors="replace")
            else:
                reconfigure(encoding="utf-8", errors="backslashreplace")
        setattr(sys, name, Lasting(stream))
