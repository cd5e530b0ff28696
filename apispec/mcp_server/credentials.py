"""Credentials of a server's own: named in clients' configuration, read from the environment, never written down."""

from __future__ import annotations

import os

from apispec.clients import VARIABLE
from apispec.model import Api, GradioCall, HttpCall
from apispec.requests import GRADIO_LOGIN, request, variables, variables_of, ways
from apispec.tools import tools


def credential(name: str) -> str:
    """The value of an environment variable; empty where it is not set, or is a reference that the client left alone."""
    value = os.environ.get(name, "")
    return "" if value in (f"${{{name}}}", f"${{env:{name}}}", f"{{env:{name}}}", f"${{{name}:-}}") else value


def needed(api: Api) -> list[str]:
    """The environment variables that calls of an Api's tools may read, in the order in which they come up."""
    found: dict[str, None] = {}
    clients = {
        name: (f"{name}_CLIENT_ID", f"{name}_CLIENT_SECRET")
        for scheme, names in variables_of(api).items()
        if "clientCredentials" in (api.security_schemes[scheme].get("flows") or {})
        for name in names
    }
    for tool in tools(api):
        endpoint = tool.endpoint
        if isinstance(endpoint.call, HttpCall):
            for way, _ in enumerate(ways(endpoint, api) or [{}]):
                names = variables(request(endpoint, {}, api, way=way))
                found.update(dict.fromkeys(one for name in names for one in (name, *clients.get(name, ()))))
        elif isinstance(endpoint.call, GradioCall) and endpoint.call.login:
            found.update(dict.fromkeys(env.name for env in GRADIO_LOGIN))
        found.update(dict.fromkeys(fixed.env for fixed in tool.fixed if fixed.env))
    found.update(dict.fromkeys(v for _, text in api.tooling.headers for v in VARIABLE.findall(text)))
    return list(found)
