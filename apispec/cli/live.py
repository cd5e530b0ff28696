"""What the commands that run an app share: importing it, listening, the token."""

from __future__ import annotations

import os
import socket
from dataclasses import replace
from typing import Any

from apispec.config import Config
from apispec.errors import UsageError
from apispec.model import Api


def read_live(target: str, config: Config) -> tuple[Any, Any]:
    """The imported target and its Introspection, with what the configuration says on top.

    Raises:
        ApispecError: It can't be imported or described.
    """
    from apispec.introspection import describe
    from apispec.overlay import overlay
    from apispec.runtime.loading import load

    source = load(target, config.search_path)
    found = describe(source)
    return source, replace(found, api=overlay(found.api, config))


def proxied_base(api: Api, config: Config) -> str | None:
    """Where the calls of a document's tools go: `--server`, or None for what the document says.

    Raises:
        UsageError: Neither says it.
    """
    from apispec.call import server_url

    urls = [server_url(server) for server in api.servers]
    if config.servers:
        if not urls[0].startswith(("http://", "https://")):
            raise UsageError(f"{urls[0]} is no address of a server", hint="give --server http://... or https://...")
        return urls[0]
    if not urls or not urls[0].startswith(("http://", "https://")):
        raise UsageError("the document says no address to call", hint="give --server URL")
    return None


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


def inherited() -> socket.socket | None:
    """The socket that the reloading parent listens on."""
    number = os.environ.get("APISPEC_SERVE_FD", "")
    return socket.socket(fileno=int(number)) if number.isdigit() else None


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
