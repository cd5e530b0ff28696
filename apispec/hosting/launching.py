"""Starting an app on a free port of this computer, as its own library does it.

Run by the app's own interpreter as `python -m apispec.hosting.launching TARGET`; hands over its address and serves
until it is ended. `processes` starts it.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
from typing import Any

from apispec.errors import TargetError
from apispec.hosting.hearing import Heard
from apispec.hosting.inside import application
from apispec.hosting.private import Private
from apispec.hosting.processes import HEARD, SHOW_ERRORS, explained, hand_over, taken
from apispec.introspection import Options, apps, load, resolve, servers
from apispec.requests import GRADIO_LOGIN

_OURS = {
    "prevent_thread_lock", "quiet", "inbrowser", "share", "server_name", "server_port", "debug", "ssr_mode",
    "ssl_certfile", "ssl_keyfile", "ssl_keyfile_password", "ssl_verify",
}  # fmt: skip
"""Arguments of Gradio's `launch` that are not the app's own business here."""


def main(text: str) -> None:
    """Launch the app and wait until the process is ended."""
    ready = taken()
    target = resolve(text)
    with explained(ready):
        source = load(target, Options())
    servers.release()
    app = apps.find(source)
    if app is None:
        raise TargetError(f"{text} holds no app")
    if apps.kind_of(app).startswith("gradio."):
        with explained(ready):
            address = launch(source, target.file)
        hand_over(ready, address)
        threading.Event().wait()
    _serve(application(app), ready)


def launch(source: Any, file: str) -> str:
    """Launch a Gradio app in threads of this process, with the arguments that its own `launch` was seen with.

    A login that is only written below the main guard becomes the one in the environment (`GRADIO_LOGIN`).

    Args:
        source: The app, or the module that holds it.
        file: The source file of that module.

    Returns:
        Its address.
    """
    from apispec.sources import blocks_of, refusals, written_with_auth

    app: Any = apps.find(source)
    arguments = {name: value for name, value in apps.launch_arguments(app).items() if name not in _OURS}
    login = tuple(os.environ.get(env.name, "") for env in GRADIO_LOGIN)
    if not apps.launch_arguments(app) and all(login) and written_with_auth(file):
        arguments["auth"] = login
    if os.environ.get(SHOW_ERRORS):
        arguments["show_error"] = True
    heard = os.environ.get(HEARD)
    if apps.kind_of(app) == "gradio.server.Server":
        blocks = blocks_of(app)
        app.add_middleware(Private, blocks=blocks)
        if heard:
            app.add_middleware(Heard, blocks=blocks, file=heard)
    else:
        arguments["app_kwargs"] = _guarded(app, arguments.get("app_kwargs") or {}, heard)
    try:
        _, url, _ = app.launch(
            server_name="127.0.0.1", server_port=_free_port(), prevent_thread_lock=True, quiet=True, **arguments
        )
    except Exception as error:
        told = refusals(app)  # Gradio itself speaks of localhost
        if not told:
            raise
        name, problem = next((app.fns[number].api_name, text) for number, text in told.items())
        raise TargetError(
            f"Gradio cannot describe {name}, and so not launch the app: {problem}"[:500],
            where=os.path.relpath(file) if file else "",
            hint="give it a default that JSON can hold, or simpler hints",
        ) from error
    return str(url).rstrip("/")


def _guarded(app: Any, arguments: dict[str, Any], heard: str | None) -> dict[str, Any]:
    """Arguments of the FastAPI application around a Gradio app, with what keeps callers from its private listeners and,
    for a proof, writes down who called.
    """
    from starlette.middleware import Middleware

    own = [Middleware(Private, blocks=app)]
    if heard:
        own.append(Middleware(Heard, blocks=app, file=heard))
    return {**arguments, "middleware": [*own, *(arguments.get("middleware") or ())]}


def _serve(app: Any, ready: str) -> None:
    import uvicorn

    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                hand_over(ready, f"http://127.0.0.1:{listening.getsockname()[1]}")

    Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listening])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main(sys.argv[1])
