"""The server that proofs of a Gradio app run against: the app itself, launched on a free port of this computer.

Run by the app's own interpreter as `python -m apispec.prove.launching TARGET`; prints its address.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
from typing import Any

from apispec.errors import TargetError
from apispec.introspection import apps, servers
from apispec.introspection.child import load
from apispec.introspection.options import Options
from apispec.introspection.target import resolve

_OURS = {"prevent_thread_lock", "quiet", "inbrowser", "share", "server_name", "server_port", "ssl_certfile", "debug"}
"""Arguments of `launch` that are not the app's own business here."""


def main(text: str) -> None:
    """Launch the app and wait until the process is ended."""
    wire = os.dup(1)
    os.dup2(2, 1)  # whatever the app prints is no address
    app = apps.find(load(resolve(text), Options()))
    if app is None or not apps.kind_of(app).startswith("gradio."):
        raise TargetError(f"{text} holds no Gradio app")
    servers.release()
    given = next((w for a, w in zip(servers.caught, servers.caught_with, strict=True) if a is app), {})
    arguments: dict[str, Any] = {name: value for name, value in given.items() if name not in _OURS}
    _, url, _ = app.launch(
        server_name="127.0.0.1", server_port=_free_port(), prevent_thread_lock=True, quiet=True, **arguments
    )
    os.write(wire, f"{url}\n".encode())
    threading.Event().wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main(sys.argv[1])
