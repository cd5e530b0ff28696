"""How long each stage of a command takes, and which one is on, for people at a terminal."""

from __future__ import annotations

import os
import sys
import time
from types import TracebackType


class Stages:
    """Stages of a command, in order. On a terminal the current one is shown; in CI and in pipes nothing is."""

    def __init__(self, *, quiet: bool) -> None:
        self._shown = not quiet and sys.stderr.isatty() and not os.environ.get("CI")
        self._times: list[tuple[str, float]] = []
        self._name = ""
        self._start = 0.0

    def begin(self, name: str) -> None:
        """End the current stage and begin another."""
        self._end()
        self._name, self._start = name, time.perf_counter()
        if self._shown:
            sys.stderr.write(f"\r\033[K{name} …")
            sys.stderr.flush()

    def pause(self) -> None:
        """End the current stage and clear its line, so that something can be printed."""
        self._end()
        if self._shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()

    def __enter__(self) -> Stages:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.pause()

    def __str__(self) -> str:
        """`read 0.31 s, document 0.05 s, …`."""
        return ", ".join(f"{name} {seconds:.2f} s" for name, seconds in self._times)

    def _end(self) -> None:
        if self._name:
            self._times.append((self._name, time.perf_counter() - self._start))
            self._name = ""
