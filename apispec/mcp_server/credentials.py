"""Credentials of a server's own: named in clients' configuration, read from the environment, never written down."""

from __future__ import annotations

import os
import re

_REFERENCE = re.compile(r"\$?\{[\w.:-]+\}")
"""`${NAME}`, `${env:NAME}`, `{env:NAME}`, `${NAME:-}`, `${user_config.name}`, `${input:NAME}`."""


def credential(name: str) -> str:
    """The value of an environment variable; empty where it is not set, or is a reference that the client left alone."""
    value = os.environ.get(name, "")
    return "" if _REFERENCE.fullmatch(value) and name.lower() in value.lower() else value
