"""Credentials of a server's own: named in clients' configuration, read from the environment, never written down."""

from __future__ import annotations

import os


def credential(name: str) -> str:
    """The value of an environment variable; empty where it is not set, or is a reference that the client left alone."""
    value = os.environ.get(name, "")
    return "" if value in (f"${{{name}}}", f"${{env:{name}}}", f"{{env:{name}}}", f"${{{name}:-}}") else value
