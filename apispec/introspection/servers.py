"""Modules that start their server when they are imported: the call that would start it does nothing in the child.

A table of calls, replaced as soon as the library that has them is imported. The object that would have been served is
kept in `caught`, for targets that have no other name for it.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

CALLS: dict[str, tuple[str, ...]] = {
    "aiohttp.web": ("run_app",),
    "aiohttp.web_runner": ("AppRunner.setup",),
    "bottle": ("run", "Bottle.run"),
    "cherrypy": ("quickstart",),
    "fastmcp": ("FastMCP.run",),
    "flask": ("Flask.run",),
    "gevent.baseserver": ("BaseServer.serve_forever",),
    "gradio": ("Blocks.launch", "Interface.launch", "ChatInterface.launch", "TabbedInterface.launch"),
    "gradio.blocks": ("Blocks.launch", "Blocks.block_thread"),
    "gunicorn.app.base": ("BaseApplication.run",),
    "hypercorn.asyncio": ("serve",),
    "hypercorn.run": ("run",),
    "mcp.server.fastmcp": ("FastMCP.run",),
    "mcp.server.mcpserver": ("MCPServer.run",),
    "quart": ("Quart.run",),
    "sanic": ("Sanic.run",),
    "socketserver": ("BaseServer.serve_forever",),
    "tornado.ioloop": ("IOLoop.start",),
    "uvicorn": ("run", "Server.run", "Server.serve"),
    "uvicorn.main": ("run",),
    "uvicorn.server": ("Server.run", "Server.serve"),
    "waitress": ("serve",),
    "werkzeug.serving": ("run_simple",),
    "wsgiref.simple_server": ("WSGIServer.serve_forever",),
}
"""Module → its functions and methods that start a server and don't come back."""

SILENCED: dict[str, tuple[str, ...]] = {"gradio.oauth": ("attach_oauth",)}
"""Module → its functions that do nothing in the child, but serve nothing either: the routes of a LoginButton ask who is
logged in to the hub, and an app is made with them."""

caught: list[Any] = []
"""What would have been served: the first argument of each call."""

caught_with: list[dict[str, Any]] = []
"""The named arguments of each of these calls."""

_disarmed: list[tuple[Any, str, Any]] = []
"""Where a call was replaced, and what was there; None where it was inherited."""


class _Started(tuple[Any, ...]):
    """What a caught call gives: empty, and any attribute of it is None (Gradio's `launch` gives app and URLs).

    Servers that are awaited have ended at once.
    """

    def __await__(self) -> Iterator[Any]:
        return iter(())

    def __getattr__(self, name: str) -> None:
        if name.startswith("__"):
            raise AttributeError(name)


class ServedError(SystemExit):
    """Ends a script where it would serve, and no thread of its says so."""


_scripts: list[bool] = []
"""Not empty while a script runs."""


def script() -> None:
    """From now on a script runs, which ends where it would serve: what comes after that waits, most often for ever."""
    _scripts.append(True)


def _replacement(*args: Any, **kwargs: Any) -> Any:
    given = [one for one in (*args, *kwargs.values()) if not isinstance(one, (int, bytes))]
    told = [one for one in given if not isinstance(one, str) or ":" in one]  # no name of a host
    served = tuple(_application(one) for one in (told or given)[:1])
    caught.extend(served)
    caught_with.extend(kwargs for _ in served)
    return _Started((None, None, None))


def _last(*args: Any, **kwargs: Any) -> Any:
    """Like `_replacement`, and a script ends there, unlike where Gradio launches: that app may not be whole yet."""
    started = _replacement(*args, **kwargs)
    if _scripts:
        raise ServedError
    return started


_SERVERS = {
    "uvicorn": ("config", "app"), "aiohttp": ("app",), "gevent": ("application",),
    "wsgiref": ("application",),
}  # fmt: skip
"""Top-level package of a server → where it has its app. What has no such attributes is an app itself."""


def _application(served: Any) -> Any:
    """The app of a server that was made for one (`uvicorn.Server(uvicorn.Config(app))`); anything else as it is."""
    path = _SERVERS.get(type(served).__module__.partition(".")[0])
    found = served
    for name in path or ():
        found = getattr(found, name, None)
    return served if found is None else found


def named() -> None:
    """Put apps in the place of the names by which they were served (`uvicorn.run("package.module:app")`)."""
    for number, served in enumerate(caught):
        if not isinstance(served, str):
            continue
        module, _, attribute = served.partition(":")
        try:
            found: Any = importlib.import_module(module)
            for part in attribute.split("."):
                found = getattr(found, part)
            caught[number] = found() if caught_with[number].get("factory") else found
        except Exception:  # a name that leads nowhere tells nothing
            continue


def _nothing(*args: Any, **kwargs: Any) -> None:
    pass


def _disarm(module: ModuleType, known_as: str) -> None:
    for call in (*CALLS.get(known_as, ()), *SILENCED.get(known_as, ())):
        owner: Any = module
        *path, name = call.split(".")
        for part in path:
            owner = getattr(owner, part, None)
        if callable(getattr(owner, name, None)):
            own = vars(owner).get(name) if isinstance(owner, type) else getattr(owner, name)
            _disarmed.append((owner, name, own))
            launches = known_as.startswith("gradio") and name == "launch"
            silenced = call in SILENCED.get(known_as, ())
            setattr(owner, name, _nothing if silenced else _replacement if launches else _last)


class _Watch(MetaPathFinder):
    """Finds the modules of `CALLS` as everybody does and disarms them once they are executed."""

    def __init__(self) -> None:
        self.searching: set[str] = set()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in {*CALLS, *SILENCED} or fullname in self.searching:
            return None
        self.searching.add(fullname)
        try:
            for finder in sys.meta_path:
                find: Callable[..., ModuleSpec | None] | None = getattr(finder, "find_spec", None)
                spec = find(fullname, path, target) if find and finder is not self else None
                if spec is not None:
                    if spec.loader is not None and hasattr(spec.loader, "exec_module"):
                        _after(spec.loader, fullname)
                    return spec
        finally:
            self.searching.discard(fullname)
        return None


def _after(loader: Loader, known_as: str) -> None:
    execute = loader.exec_module

    def exec_module(module: ModuleType) -> None:
        execute(module)
        _disarm(module, known_as)

    loader.exec_module = exec_module  # type: ignore[method-assign]


QUIET = {"GRADIO_ANALYTICS_ENABLED": "False"}
"""Environment variables with which libraries don't call home while they are imported and apps are made."""


def catch() -> None:
    """From now on no known server starts in this process."""
    os.environ.update(QUIET)
    sys.meta_path.insert(0, _Watch())
    for name in (*CALLS, *SILENCED):
        if name in sys.modules:
            _disarm(sys.modules[name], name)


def release() -> None:
    """From now on servers start again."""
    _scripts.clear()
    sys.meta_path[:] = [finder for finder in sys.meta_path if not isinstance(finder, _Watch)]
    while _disarmed:
        owner, name, own = _disarmed.pop()
        if own is None:
            delattr(owner, name)
        else:
            setattr(owner, name, own)
