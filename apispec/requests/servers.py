"""Where an API is: the base URL that paths are appended to."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from apispec.model import Api, Endpoint, Server

DEFAULT_BASE_URL = "http://127.0.0.1:8000"
"""Where `apispec serve` listens unless told otherwise; used where the Api names no server."""

TEMPLATE_NAME = re.compile(r"\{([^{}]*)\}")
"""A variable in a path or in a server's URL."""


def base_url(api: Api, endpoint: Endpoint | None = None, given: str | None = None) -> str:
    """The URL that paths are appended to, no slash at its end: the first server, its variables at their defaults.

    A relative server of an endpoint is taken relative to the Api's, a relative one of that to `DEFAULT_BASE_URL`.

    Args:
        api: Whose servers apply.
        endpoint: Its own servers come before those.
        given: Where everything is served whatever the Api says; relative servers of the endpoint are relative to it.
    """
    root = (absolute(server_url(api.servers[0])) if api.servers else DEFAULT_BASE_URL) if given is None else given
    if endpoint is None or not endpoint.servers:
        return root.rstrip("/")
    own = server_url(endpoint.servers[0])
    return root.rstrip("/") if given is not None and not is_relative(own) else absolute(own, root)


def has_address(api: Api, endpoint: Endpoint) -> bool:
    """Whether the servers of an endpoint, or else the Api's, say on which host it is."""
    servers = [*endpoint.servers[:1], *api.servers[:1]]
    return any(server_url(server).lower().startswith(("http://", "https://")) for server in servers)


def is_relative(url: str) -> bool:
    """Whether a server's URL leaves open on which host it is."""
    return re.match(r"([A-Za-z][A-Za-z0-9+.-]*:)?//", url) is None


def absolute(url: str, root: str = DEFAULT_BASE_URL) -> str:
    """A server's URL where `root` is what it is relative to (RFC 3986, 5), no slash at its end."""
    try:
        return urljoin(root.rstrip("/") + "/", url).rstrip("/")
    except ValueError:  # it is no URL at all
        return url.rstrip("/")


def server_url(server: Server) -> str:
    """A server's URL with its variables at their defaults; one that is not declared becomes its own name."""

    def default(match: re.Match[str]) -> str:
        variable = server.variables.get(match[1])
        return variable.default if variable else match[1]

    return TEMPLATE_NAME.sub(default, server.url)
