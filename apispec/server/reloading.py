"""`apispec serve --reload`: the server in a child process that starts again when a source file changes.

The parent keeps the listening socket, so nobody is refused in between.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Collection, Mapping
from pathlib import Path
from types import FrameType

from apispec import machine
from apispec.introspection import resolve

_GRACE_S = 60
"""Seconds for the server to end, whose own grace time is shorter."""
_SUFFIXES = {".py", ".pyi", ".toml", ".jinja", ".md", ".yaml", ".yml"}
_LEFT_OUT = {"__pycache__", "node_modules", "site", "venv", "build", "dist"}


def watch(target: str, listening: socket.socket, *, interval: float = 0.5) -> int:
    """Run `apispec serve` with this process's own arguments until it is told to stop.

    Args:
        target: Whose folder is watched.
        listening: Handed to each child.
        interval: Seconds between two looks.

    Returns:
        The exit code.
    """
    place = Path(target)
    is_document = place.is_file() and place.suffix != ".py"
    folder = place.absolute().parent if is_document else Path(resolve(target).folder or ".")
    suffixes = _SUFFIXES | ({place.suffix} if is_document else set())
    stopped: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        stopped.append(number)

    machine.at_stop(stop, interrupts=True)
    while True:
        before = snapshot(folder, suffixes)
        command = [sys.executable, "-P", "-m", "apispec", *sys.argv[1:]]
        child = subprocess.Popen(
            machine.supervised(command, _GRACE_S) or command,
            **machine.askable(),
            **machine.to_hand_over(listening, os.environ),
        )
        while not stopped and (snapshot(folder, suffixes) == before):
            time.sleep(interval)  # a child that failed is started again by the next change
        machine.ask_to_end(child)
        code = child.wait()
        if stopped:
            return 0 if code in (0, -signal.SIGINT, -signal.SIGTERM) else code
        sys.stderr.write("a file changed, starting again\n")


def snapshot(folder: Path, suffixes: Collection[str] = _SUFFIXES) -> Mapping[str, int]:
    """When each source file below a folder was changed, in nanoseconds."""
    found: dict[str, int] = {}
    for place, folders, files in os.walk(folder):
        folders[:] = [f for f in folders if not f.startswith(".") and f not in _LEFT_OUT]
        for name in files:
            path = os.path.join(place, name)  # noqa: PTH118 - many files, often
            if os.path.splitext(name)[1] in suffixes:  # noqa: PTH122
                try:
                    found[path] = os.stat(path).st_mtime_ns  # noqa: PTH116
                except OSError:
                    continue
    return found
