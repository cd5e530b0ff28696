"""What the commands that call an app share: getting hold of it, listening, the token."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from apispec.cli.reading import changed, read, reading_options
from apispec.clients import DISTRIBUTION
from apispec.config import Config
from apispec.errors import ApispecError, UsageError
from apispec.model import Api, GradioCall, Introspection

if TYPE_CHECKING:
    from apispec.hosting import Lifespan
    from apispec.mcp_server import ToolServer
    from apispec.runtime import Limits


@dataclass(frozen=True, kw_only=True)
class Live:
    """A target that can be called."""

    found: Introspection
    source: Any = None
    """The App or module of functions; None for everything else."""
    app: Lifespan | None = None
    """The app of another library; None for functions and for what runs elsewhere."""
    base: str | None = None
    """Where all calls go that are sent to an address; None = where the document says."""
    callable: bool = True
    """Whether there is an address or an app at all."""

    @property
    def api(self) -> Api:
        """What it is."""
        return self.found.api

    def tools(self, limits: Limits) -> ToolServer:
        """The tools of what is no function."""
        if self.api.source == "gradio":
            from apispec.mcp_server import GradioServer

            called = tuple(e for e in self.api.endpoints if isinstance(e.call, GradioCall))
            return GradioServer(replace(self.api, endpoints=called), self.base, limits)
        from apispec.mcp_server import ProxyServer

        return ProxyServer(self.api, self.base, None if self.base else self.app, limits)


@contextlib.contextmanager
def open_live(target: str, config: Config, *, url: str | None = None) -> Iterator[Live]:
    """Import or start what a target means, and stop it afterwards.

    Functions and apps run in this process, apps of another interpreter (`python`) in one of its own; of a document only
    the address is needed, which may be missing.

    Args:
        target: As the user typed it.
        config: With the interpreter, servers and texts.
        url: Where an app runs already; nothing is started then.

    Raises:
        ApispecError: It can't be read or started.
    """
    from apispec.hosting import runs_inside
    from apispec.introspection import apps
    from apispec.sources import find_source

    is_read = find_source(target) is not None
    here = None
    if not is_read and url is None and not config.python:
        here, config = _here_or_elsewhere(target, config)
    if is_read:
        found = read(target, config)
        given = proxied_base(found.api, config) if config.servers else None
        base = url or given
        named_by_the_user(found.api, config, url)
        yield Live(found=found, base=base, callable=base is not None or says_where(found.api))
    elif here is None:
        found = read(target, config)
        if found.api.source == "functions":
            if url is not None:
                said = "--url is for apps of other libraries; functions are called in this process"
                raise UsageError(said, where=target)
            raise not_here(target, config.python)
        if url is not None:
            yield Live(found=found, base=url.rstrip("/"))
            return
        from apispec.hosting import launched

        with launched(target, reading_options(config), found.api.source) as address:
            yield Live(found=found, app=_forwarded(address), base=address)
    else:
        source, found = here
        app = apps.find(source) if found.api.source != "functions" else None
        if app is None:
            yield Live(found=found, source=source)
        elif found.api.source == "gradio":
            from apispec.hosting import launch
            from apispec.introspection import resolve

            address = launch(source, resolve(target, search_path=config.search_path).file)
            try:
                yield Live(found=found, app=_forwarded(address), base=address)
            finally:
                getattr(app, "close", _nothing)(verbose=False)
        elif not runs_inside(app):
            from apispec.hosting import launched

            with launched(target, reading_options(config), found.api.source) as address:
                yield Live(found=found, app=_forwarded(address), base=address)
        else:
            from apispec.hosting import Lifespan, application

            yield Live(found=found, app=Lifespan(application(app)))


def _here_or_elsewhere(target: str, config: Config) -> tuple[tuple[Any, Introspection] | None, Config]:
    """What a target is in this process; None where its imports are missing here and its project's interpreter has them,
    which the configuration names then.

    Raises:
        ApispecError: It can't be imported or described.
    """
    from apispec.introspection import environments, resolve

    try:
        return read_live(target, config), config
    except ApispecError as error:
        folder = resolve(target, search_path=config.search_path).folder
        own = environments.interpreter_with(environments.missing_in(error.message), folder)
        if not own:
            raise
        return None, replace(config, python=own)


def not_here(target: str, python: str) -> UsageError:
    """That functions can be called by the interpreter alone that has what they import."""
    own = Path(python)
    shown = os.path.relpath(own) if own.is_absolute() and own.is_relative_to(Path.cwd()) else python
    return UsageError(
        f"functions are called by the interpreter that apispec runs in, and these are read by {shown}",
        where=target, hint=f'install "{DISTRIBUTION}" there and run {shown} -m apispec',
    )  # fmt: skip


def _nothing(**_: Any) -> None:
    """A Gradio Server ends with its process."""


def _forwarded(address: str) -> Lifespan:
    from apispec.hosting import Forwarded, Lifespan

    return Lifespan(Forwarded(address))


def read_live(target: str, config: Config) -> tuple[Any, Introspection]:
    """The imported target and its Introspection, with what the configuration says on top.

    Raises:
        ApispecError: It can't be imported or described.
    """
    from apispec.introspection import describe, not_empty, overlay, resolve
    from apispec.runtime import load

    source = load(target, config.search_path)
    meant = resolve(target, search_path=config.search_path)
    found = changed(not_empty(describe(source, module=sys.modules.get(meant.module)), meant.place), config)
    return source, replace(found, api=overlay(found.api, config))


def proxied_base(api: Api, config: Config) -> str | None:
    """Where a document is called: at `--server`, or where it says itself; None where neither says an address.

    Raises:
        UsageError: `--server` is none.
    """
    from apispec.requests import server_url

    url = server_url(api.servers[0]) if api.servers else ""
    if url.startswith(("http://", "https://")):
        return url
    if config.servers:
        raise UsageError(f"{url} is no address of a server", hint="give --server http://... or https://...")
    return None


def named_by_the_user(api: Api, config: Config, url: str | None, *, ask: bool = False) -> None:
    """Hold credentials back from a host that the document alone has chosen.

    Nothing happens where the user gave an address, where nothing is sent that is secret, and on this machine.

    Args:
        api: What is called.
        config: With the servers that the user gave.
        url: The address that the user gave.
        ask: Whether somebody is there to be asked.

    Raises:
        UsageError: The document has chosen the host.
    """
    if api.source != "openapi" or url is not None or config.servers:
        return
    from apispec.requests import base_url
    from apispec.tools import needed
    from apispec.urls import split_url

    hosts = {split_url(base_url(api, endpoint)).netloc.rpartition("@")[2]: base_url(api) for endpoint in api.endpoints}
    far = sorted(host for host in hosts if host.rpartition(":")[0].strip("[]") not in _LOCAL and host not in _LOCAL)
    kept = [name for name in needed(api) if os.environ.get(name)]
    if not far or not kept:
        return
    import click

    from apispec.reports import one_line

    said = one_line(f"the document sends {', '.join(kept)} to {', '.join(far)}")
    if ask and sys.stdin.isatty() and not os.environ.get("CI") and click.confirm(f"{said}. Go on?", err=True):
        return
    raise UsageError(f"{said}, which you have not named", hint=f"if that is meant: --server {base_url(api)}")


_LOCAL = ("localhost", "127.0.0.1", "::1", "[::1]")


def says_where(api: Api) -> bool:
    """Whether a document says an address for any of its operations."""
    from apispec.requests import has_address

    return any(has_address(api, endpoint) for endpoint in api.public_endpoints)


def own_path(api: Api) -> str:
    """The path below which an app says that it is served (`root_path`), without a slash at its end."""
    from apispec.requests import server_url

    url = server_url(api.servers[0]) if api.servers else ""
    return url.rstrip("/") if url.startswith("/") and not url.startswith("//") else ""


def listen(host: str, port: int) -> socket.socket:
    """A listening socket.

    Raises:
        UsageError: The address is taken or can't be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise UsageError(
            f"cannot listen on {host}:{port}: {error.strerror}", hint="--port 0 takes any free port"
        ) from None
    listening.listen(2048)
    return listening


def address(listening: socket.socket) -> str:
    """The URL of a listening socket."""
    host, port = listening.getsockname()[:2]
    if host in ("0.0.0.0", "::"):
        host = "127.0.0.1" if host == "0.0.0.0" else "::1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def token_from(name: str | None) -> str:
    """The token in an environment variable, empty where no variable is named.

    Raises:
        UsageError: The variable is empty.
    """
    if name is None:
        return ""
    token = os.environ.get(name, "")
    if not token:
        raise UsageError(f"the environment variable {name} is empty", hint=f"set it: export {name}=...")
    return token
