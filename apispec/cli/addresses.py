"""Addresses of running apps that a user gives."""

from __future__ import annotations

import re
from typing import Any

import click

from apispec.errors import UsageError
from apispec.urls import split_url

_SECONDS = 5.0
"""Longest wait for a connection."""


def given_address(_context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """The value of an option that is the URL of a running app.

    Raises:
        UsageError: It is none that can be called.
    """
    if value is None:
        return None
    name = parameter.opts[0]
    parts = split_url(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(
            f"{name} {value} is no address of a server", hint=f"give http://... or https://...{_of_space(value)}"
        )
    try:
        _ = parts.port
    except ValueError:
        raise UsageError(f"{name} {value}: a port is a number from 0 to 65535") from None
    if parts.hostname in ("huggingface.co", "hf.co") and parts.path.startswith("/spaces/"):
        raise UsageError(
            f"{name} {value} is the page about a Space, not the app in it",
            hint=f"the app is at{_of_space(parts.path.removeprefix('/spaces/')).removeprefix(', as')}",
        )
    return value


def _of_space(text: str) -> str:
    """Where the app of a Space answers, which is called `owner/name`; empty where it is something else."""
    found = re.match(r"([\w.-]+)/([\w.-]+)/?$", text)
    if not found:
        return ""
    host = re.sub(r"[^a-z0-9]+", "-", f"{found[1]}-{found[2]}".lower()).strip("-")
    return f", as https://{host}.hf.space"


def reached(url: str) -> None:
    """Hold that something listens at an address, so that one line says it instead of every call.

    Raises:
        UsageError: Nothing does.
    """
    import socket
    from urllib.request import getproxies

    parts: Any = split_url(url)
    if getproxies().get(parts.scheme):
        return  # asked on our behalf
    try:
        socket.create_connection((parts.hostname, parts.port or {"https": 443}.get(parts.scheme, 80)), _SECONDS).close()
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or "no answer in time"
        raise UsageError(
            f"nothing answers at {url}: {why}", hint="start the app there; without --url one is started for the proof"
        ) from None
