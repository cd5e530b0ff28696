"""An ASGI application on a free port, in a thread of this process."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from apispec.errors import TargetError
from apispec.server import quiet_upgrades

_PATIENCE_S = 30.0


@contextmanager
def served(app: Any, what: str) -> Iterator[str]:
    """Serve an app; gives its address.

    Args:
        app: The application.
        what: What it is, for the message: `the mock`.

    Raises:
        TargetError: It does not start.
    """
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(2048)
        quiet_upgrades()
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off", server_header=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        until = time.monotonic() + _PATIENCE_S
        while not server.started:
            if not thread.is_alive() or time.monotonic() > until:
                raise TargetError(f"{what} does not start", hint="apispec mock TARGET --verbose says more")
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(_PATIENCE_S)
