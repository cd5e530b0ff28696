"""What the page's script knows of a security scheme: how to ask a reader for it, and what it adds to a call."""

from __future__ import annotations

from typing import Any

from apispec.literals import BasicAuth
from apispec.model import Api, Json
from apispec.requests import of_schemes, variables_of
from apispec.snippets import value_json

_CLIENTS = ("x-default-client-id", "x-defaultClientId", "x-scalar-client-id", "x-client-id")
"""Where authors tell the id of the client that their documentation is, in the scheme or in one of its flows."""
_URLS = ("authorizationUrl", "tokenUrl", "refreshUrl", "deviceAuthorizationUrl", "oauth2MetadataUrl")


def scheme_data(name: str, api: Api) -> dict[str, Json]:
    """A scheme's part of the page's data (see `data`); values that say nothing are left out."""
    scheme = api.security_schemes[name]
    adds = of_schemes((name,), api)
    secrets: dict[str, Any] = {
        "headers": adds.headers,
        "cookies": adds.cookies,
        "query": adds.query,
        "basic": BasicAuth(*adds.basic) if adds.basic else None,
        "digest": adds.digest,
    }
    flows = scheme.get("flows")
    said = {key: scheme.get(key) for key in ("type", "in", "name", "scheme", "openIdConnectUrl", "oauth2MetadataUrl")}
    found = {
        **{key: value for key, value in said.items() if isinstance(value, str)},
        "flows": {key: _flow(flow) for key, flow in flows.items() if isinstance(flow, dict)}
        if isinstance(flows, dict)
        else {},
        "clientId": _client(scheme),
        "variables": list(variables_of(api).get(name, ())),
        "secrets": value_json({key: value for key, value in secrets.items() if value}),
    }
    return {key: value for key, value in found.items() if value}


def _flow(flow: dict[str, Any]) -> dict[str, Json]:
    scopes = flow.get("scopes")
    found: dict[str, Json] = {key: flow[key] for key in _URLS if isinstance(flow.get(key), str)}
    if isinstance(scopes, dict) and scopes:
        found["scopes"] = {str(scope): str(words) for scope, words in scopes.items()}
    client = _client(flow)
    return {**found, "clientId": client} if client else found


def _client(part: dict[str, Any]) -> str:
    return next((part[key] for key in _CLIENTS if isinstance(part.get(key), str)), "")
