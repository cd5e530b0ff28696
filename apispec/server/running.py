"""Running the application with uvicorn, and building its site beside it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn

from apispec import machine
from apispec.model import Api
from apispec.server import asgi
from apispec.server.application import Application
from apispec.server.connections import protocol, quiet_upgrades
from apispec.server.hosted import Hosted
from apispec.server.options import ServerOptions

_ANSWER = 0.5
"""Seconds of the grace time that are kept for writing the last answers."""

_GRACE_S = 5
"""Seconds for the builder of the site to end when it is told to."""


def serve(source: Any, api: Api, options: ServerOptions, listening: socket.socket, *, verbose: bool = False) -> None:
    """Serve until the process is told to stop (SIGINT, SIGTERM).

    Args:
        source: The App or module.
        api: Its model.
        options: Limits and guards.
        listening: The socket.
        verbose: Log every request to stderr.
    """
    logging.basicConfig(stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    application = asgi(source, api, options)
    server = _Server(application, options, verbose=verbose)
    machine.at_stop(signal.default_int_handler)  # uvicorn sends it again when it is done: clean up then
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listening])


def serve_hosted(
    application: Hosted, options: ServerOptions, listening: socket.socket, *, verbose: bool = False
) -> None:
    """Serve an app with docs and tools beside it until the process is told to stop.

    Args:
        application: The app and what is ours.
        options: Of which the grace time counts here.
        listening: The socket.
        verbose: Log every request to stderr.

    Raises:
        TargetError: The app does not start.
    """
    logging.basicConfig(stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    server = _Ending(application, options, verbose=verbose)
    machine.at_stop(signal.default_int_handler)
    try:
        with listening, contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listening])
    except SystemExit:  # how uvicorn says that the app did not start
        if application.failure is None:
            raise
        raise application.failure from None


def _config(application: Any, options: ServerOptions, *, verbose: bool) -> uvicorn.Config:
    quiet_upgrades()
    return uvicorn.Config(
        application,
        http=protocol(options.limits),
        log_level="info" if verbose else "warning",
        access_log=verbose,
        timeout_graceful_shutdown=max(1, round(options.limits.grace)),
        server_header=False,
    )


class _Ending(uvicorn.Server):
    """uvicorn's server, which ends at once when Ctrl-C is pressed and all that it has are tools: nobody who presses it
    waits for a call of a model's, and its stream is over already.
    """

    def __init__(self, application: Any, options: ServerOptions, *, verbose: bool) -> None:
        self.grace = options.limits.grace
        self.only_mcp = options.only_mcp
        self.turn = options.turn
        super().__init__(_config(application, options, verbose=verbose))

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Be told to stop."""
        if sig == signal.SIGINT and self.only_mcp:
            self.grace = _ANSWER
            self.config.timeout_graceful_shutdown = 1
        if self.turn is not None:
            asyncio.get_running_loop().call_soon_threadsafe(self._give_up)
        super().handle_exit(sig, frame)

    def _give_up(self) -> None:
        """Take no new connections, which are another server's now."""
        for server in self.servers:
            server.close()
        if self.turn is not None:
            self.turn.leave()


class _Server(_Ending):
    """A server of functions, which answers what still runs before the grace time ends."""

    def __init__(self, application: Application, options: ServerOptions, *, verbose: bool) -> None:
        self.application = application
        super().__init__(application, options, verbose=verbose)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Refuse new calls, and answer the running ones with 503 shortly before the grace time is over."""
        runtime = self.application.runtime
        runtime.stopping = True
        timer = asyncio.get_running_loop().call_later(max(0.0, self.grace - _ANSWER), runtime.drain)
        try:
            await super().shutdown(sockets)
        finally:
            timer.cancel()


def site_arguments(target: str, url: str, options: Sequence[str] = ()) -> list[str]:
    """The arguments of `apispec build` for a server's site; as for `Site.start`."""
    return [target, *(["--server", url] if url else []), *options]


@dataclass(slots=True)
class Site:
    """The site, built by `apispec build` in a process of its own."""

    folder: Path
    _builder: subprocess.Popen[bytes]

    @classmethod
    def start(cls, target: str, url: str, options: Sequence[str] = ()) -> Site:
        """Start building.

        Args:
            target: What is served.
            url: Where: the snippets call it; empty where the target itself says that.
            options: More for `apispec build`.
        """
        folder = Path(tempfile.mkdtemp(prefix="apispec-site-"))
        command = [sys.executable, "-P", "-m", "apispec", "build", *site_arguments(target, url, options)]
        command += ["--quiet", "--out", str(folder / "site")]
        supervised = machine.supervised(command, _GRACE_S) or command
        builder = subprocess.Popen(supervised, stdin=subprocess.DEVNULL, stdout=sys.stderr)
        return cls(folder / "site", builder)

    def close(self) -> None:
        """End the builder if it still runs and remove the site."""
        if self._builder.poll() is None:
            self._builder.terminate()
        self._builder.wait()
        shutil.rmtree(self.folder.parent, ignore_errors=True)
