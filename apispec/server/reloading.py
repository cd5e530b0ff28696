"""`apispec serve --reload`: the server in a child process that starts again when a source file changes, and the site
that is built again beside it.

The parent keeps the listening socket, so nobody is refused in between, and the old server answers until the new one has
loaded its target. What both need is imported here before, where children can be forks (`machine.Forked`).
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Mapping
from importlib import import_module
from pathlib import Path
from types import FrameType

from apispec import machine
from apispec.introspection import resolve, warm
from apispec.server.site_builder import Builder
from apispec.server.turns import Turn

_GRACE_S = 60
"""Seconds for the server to end, whose own grace time is shorter."""
_SUFFIXES = {".py", ".pyi", ".toml", ".jinja", ".md", ".yaml", ".yml"}
_LEFT_OUT = {"__pycache__", "node_modules", "site", "venv", "build", "dist"}
_LOOK_S, _BUSY_S = 0.02, 0.005
"""Seconds between two looks, at the files and, while something is started, at that."""
_SHARE = 20
"""A look at the files is followed by so many times its own time in which nothing is done."""
_SERVED = (
    "apispec.mcp_server",
    "apispec.rendering.openapi",
    "apispec.runtime",
    "apispec.server.application",
    "apispec.server.docs",
    "apispec.server.hosted",
    "apispec.server.live_pages",
    "apispec.server.running",
    "starlette.staticfiles",
    "uvicorn.lifespan.on",
    "uvicorn.loops.auto",
    "uvicorn.protocols.http.auto",
    "uvicorn.protocols.websockets.auto",
)
"""What a server imports that has been started."""

Process = subprocess.Popen[bytes] | machine.Forked


def watch(target: str, listening: socket.socket, again: Callable[[], int]) -> int:
    """Run `apispec serve` with this process's own arguments until it is told to stop.

    Args:
        target: Whose folder is watched.
        listening: Handed to each child.
        again: Runs that command in this process, or in a fork of it.

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
    if machine.begin_others():
        for name in _SERVED:
            import_module(name)
        warm()
    kept = Path(tempfile.mkdtemp(prefix="apispec-site-"))
    watching = _Watch(kept, listening, again)
    try:
        before = snapshot(folder, suffixes)
        watching.start()
        looked = 0.0
        rest = _LOOK_S
        while not stopped:
            busy = watching.look()
            if time.monotonic() - looked > rest:
                begun = time.monotonic()
                now = snapshot(folder, suffixes)
                looked = time.monotonic()
                rest = max(_LOOK_S, _SHARE * (looked - begun))
                if now != before:
                    before = now
                    sys.stderr.write("a file changed, starting again\n")
                    watching.start()
                    continue
            time.sleep(_BUSY_S if busy else min(rest, _LOOK_S))
        return watching.close()
    finally:
        watching.close()
        shutil.rmtree(kept, ignore_errors=True)


class _Watch:
    """The server that answers, the one that is to follow it, and the builder of their site."""

    def __init__(self, folder: Path, listening: socket.socket, again: Callable[[], int]) -> None:
        self.folder = folder
        self.listening = listening
        self.again = again
        self.builder = Builder(Turn(folder, 0).site)
        self.turn = Turn(folder, 0)
        self.server: Process | None = None
        self.serving: Turn | None = None
        self.coming: Process | None = None
        self.before: tuple[Process, Turn] | None = None
        self.leaving: list[Process] = []
        self.building = False

    def start(self) -> None:
        """Start a server of the files as they are now, and build its site."""
        if self.coming is not None:
            machine.ask_to_end(self.coming)
            self.leaving.append(self.coming)
        self.turn = Turn(self.folder, self.turn.number + 1)
        self.coming = self._server(self.turn)
        if self.builder.arguments is not None:
            self.builder.build(self.builder.arguments)
            self.building = True

    def look(self) -> bool:
        """Do what has become due; whether more will soon be."""
        self.leaving = [process for process in self.leaving if process.poll() is None]
        if self.coming is not None:
            self._follow(self.coming)
        if self.building and not self.builder.busy and self.coming is None:
            self.building = False
            if self.serving is not None and (version := self.builder.version()):
                self.serving.show(version)
        return self.building or self.coming is not None

    def _follow(self, coming: Process) -> None:
        loaded = self.turn.loaded()
        if loaded is None:
            if coming.poll() is not None:  # it has said why
                self.coming = None
            return
        if self.server is not None and self.serving is not None:
            self.serving.end()
            machine.ask_to_end(self.server)
            self.leaving.append(self.server)
            self.before, self.server = (self.server, self.serving), None
        if loaded.site is not None and loaded.site != self.builder.arguments:
            self.builder.build(loaded.site)
            self.building = True
        if (
            self.before is not None
            and self.before[0].poll() is None
            and (loaded.alone or not self.before[1].has_left())
        ):
            return
        self.before = None
        self.turn.go()
        self.server, self.serving, self.coming = coming, self.turn, None

    def _server(self, turn: Turn) -> Process:
        handed = machine.to_hand_over(self.listening, {**os.environ, **turn.variables()})
        if machine.can_begin():
            return machine.Forked(self.again, _GRACE_S, environment=handed["env"])
        command = [sys.executable, "-P", "-m", "apispec", *sys.argv[1:]]
        return subprocess.Popen(machine.supervised(command, _GRACE_S) or command, **machine.askable(), **handed)

    def close(self) -> int:
        """End all; the exit code of the server."""
        code = 0
        if self.serving is not None:
            Turn(self.folder, self.turn.number + 1).end()
        for process in (self.server, self.coming, *self.leaving):
            if process is not None:
                machine.ask_to_end(process)
        for process in (self.server, self.coming, *self.leaving):
            if process is not None:
                ended = process.wait()
                if process is self.server and ended not in (-signal.SIGINT, -signal.SIGTERM):
                    code = ended
        self.server, self.coming, self.leaving = None, None, []
        self.builder.close()
        return code


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
