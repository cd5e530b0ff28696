"""Credentials of a server's own: named in clients' configuration, read from the environment, never written down."""

from __future__ import annotations

import os

from apispec.model import Api, GradioCall, HttpCall
from apispec.requests import GRADIO_LOGIN, request, variables

_WITH_PREFIX = ("cursor", "vscode", "windsurf")
"""Clients that read `${env:NAME}`; the others that read references at all take `${NAME}`."""


def reference(client_id: str, name: str) -> str:
    """What a client's entry says in place of a credential: that it is in the environment of the client."""
    return f"${{env:{name}}}" if client_id in _WITH_PREFIX else f"${{{name}}}"


def credential(name: str) -> str:
    """The value of an environment variable; empty where it is not set, or is a reference that the client left alone."""
    value = os.environ.get(name, "")
    return "" if value in (f"${{{name}}}", f"${{env:{name}}}") else value


def needed(api: Api) -> list[str]:
    """The environment variables that calls of an Api read."""
    found: dict[str, None] = {}
    for endpoint in api.public_endpoints:
        if isinstance(endpoint.call, HttpCall):
            found.update(dict.fromkeys(variables(request(endpoint, {}, api))))
        elif isinstance(endpoint.call, GradioCall) and endpoint.call.login:
            found.update(dict.fromkeys(env.name for env in GRADIO_LOGIN))
    return list(found)
