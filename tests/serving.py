"""Real servers for tests: an App behind uvicorn on a free port of this computer, in a thread of this process."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from apispec.runtime import Limits
from apispec.server import asgi
from apispec.server.application import Application
from apispec.server.connections import protocol
from apispec.server.options import ServerOptions


class Served:
    """A running server."""

    def __init__(self, application: Any, url: str) -> None:
        self.application: Application = application
        self.url = url


@contextmanager
def served(source: Any, options: ServerOptions | None = None, *, wrap: Any = None) -> Iterator[Served]:
    """Serve an App, or any ASGI application that `wrap` makes of it."""
    application: Any = asgi(source, options=options)
    server = uvicorn.Server(
        uvicorn.Config(
            wrap(application) if wrap else application,
            port=0,
            log_level="critical",
            lifespan="on",
            http=protocol(options.limits if options else Limits()),
        )
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        assert thread.is_alive() and time.monotonic() < deadline
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Served(application, f"http://127.0.0.1:{port}")
    finally:
        server.should_exit = True
        server.force_exit = True
        thread.join(10)
        assert not thread.is_alive()


def until(condition: Any, seconds: float = 5.0) -> bool:
    """Wait until a condition holds; whether it does."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return bool(condition())
