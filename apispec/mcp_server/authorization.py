"""What a request is authorized with: the first alternative whose credentials are there, tokens of OAuth 2 clients.

Credentials are the environment's; those of a caller over HTTP are passed on where the configuration says so.
"""

from __future__ import annotations

import asyncio
import os
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote, urljoin

import httpx2

from apispec.mcp_server.credentials import credential
from apispec.mcp_server.redaction import Secrets
from apispec.model import Api, Endpoint, Json
from apispec.requests import Request, request, variables, ways
from apispec.runtime import Problem
from apispec.urls import split_url

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_EARLY = 30.0
"""Seconds before its end after which a token is fetched anew."""
_LOCAL = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Authorized:
    """A request, and what it carries besides."""

    made: Request
    secrets: Secrets
    headers: Mapping[str, str] = field(default_factory=dict)
    """Of the configuration, and the caller's own `Authorization`."""
    token: tuple[str, ...] = ()
    """The key of the OAuth 2 token in it, so that a refused one can be forgotten."""


class Authorizer:
    """Authorizes the requests of one server.

    Args:
        api: With its security schemes and `tooling`.
        base: Where it is, for a relative `tokenUrl`.
    """

    def __init__(self, api: Api, base: str | None) -> None:
        self.api = api
        self.base = base or ""
        self._tokens: dict[tuple[str, ...], tuple[str, float]] = {}
        self._lock = asyncio.Lock()

    async def authorize(
        self, endpoint: Endpoint, values: Mapping[str, Json], base: str, forwarded: str | None
    ) -> Authorized:
        """A call's request with credentials.

        Args:
            endpoint: What is called.
            values: Its arguments.
            base: The base URL.
            forwarded: The caller's own `Authorization`, which goes instead of all others; None where there is none.

        Raises:
            Problem: No alternative's credentials are there; the message names their variables.
        """
        headers = static_headers(self.api.tooling.headers)
        own = "authorization" in {name.lower() for name in headers}
        if forwarded is not None:
            headers = {n: v for n, v in headers.items() if n.lower() != "authorization"} | {"Authorization": forwarded}
        if forwarded is not None or own:
            made = request(replace(endpoint, security=()), values, self.api, base)
            return Authorized(made, Secrets(made, {}, _of_headers(self.api, headers)), headers)
        accepted = ways(endpoint, self.api)
        missing: list[str] = []
        for way in sorted(range(len(accepted)), key=lambda i: not accepted[i]) or [0]:
            made = request(endpoint, values, self.api, base, way)
            names = variables(made)
            if not names and accepted and accepted[way] and missing:
                continue  # a certificate, which no request of ours carries
            found = {name: credential(name) for name in names}
            token: tuple[str, ...] = ()
            for name in (name for name, value in found.items() if not value):
                if accepted:
                    found[name], token = await self._token(name, dict(accepted[way]), base)
            if all(found.values()):
                for name, value in found.items():
                    if not value.isprintable():
                        raise Problem(401, f"The environment variable {name} holds a line break or another control "
                                           "character.")  # fmt: skip
                return Authorized(made, Secrets(made, found, _of_headers(self.api, headers)), headers, token)
            missing += [name for name, value in found.items() if not value and name not in missing]
        several = f"one of {', '.join(missing)}" if len(missing) > 1 else missing[0]
        raise Problem(401, f"The environment variable {several} of the MCP server is not set: it holds a credential of "
                           "this API.")  # fmt: skip

    def refused(self, authorized: Authorized) -> bool:
        """Forget the token of a request that was not accepted; False where there is none to forget."""
        return bool(authorized.token) and self._tokens.pop(authorized.token, None) is not None

    async def _token(self, variable: str, requirement: Mapping[str, Any], base: str) -> tuple[str, tuple[str, ...]]:
        """A token for the scheme that a variable stands for; empty where the scheme gives none to a client itself."""
        from apispec.requests import variables_of

        for name, scopes in requirement.items():
            if variable not in variables_of(self.api).get(name, ()):
                continue
            flow = (self.api.security_schemes[name].get("flows") or {}).get("clientCredentials")
            id_, secret = (credential(f"{variable}_{part}") for part in ("CLIENT_ID", "CLIENT_SECRET"))
            if isinstance(flow, Mapping) and id_ and secret:
                key = (name, *scopes)
                async with self._lock:
                    known = self._tokens.get(key)
                    if known is None or known[1] <= time.monotonic():
                        url = _joined(self.base or base, str(flow.get("tokenUrl", "")))
                        known = await _fetched(url, id_, secret, list(scopes) or list(flow.get("scopes") or ()))
                        self._tokens[key] = known
                return known[0], key
        return "", ()


async def _fetched(url: str, id_: str, secret: str, scopes: list[str]) -> tuple[str, float]:
    """A token of the client credentials grant (RFC 6749, 4.4), and until when it may be used.

    Raises:
        Problem: There is none.
    """
    parts = split_url(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOCAL):
        raise Problem(502, f"Tokens are fetched over https, not from {parts.scheme}://{parts.hostname}.")
    form = {"grant_type": "client_credentials", **({"scope": " ".join(scopes)} if scopes else {})}
    auth = httpx2.BasicAuth(quote(id_, safe=""), quote(secret, safe=""))
    try:
        async with httpx2.AsyncClient(timeout=30, follow_redirects=False) as client:
            answer = await client.post(url, data=form, auth=auth, headers={"Accept": "application/json"})
            if answer.status_code in (400, 401):  # servers that take them in the form alone
                form |= {"client_id": id_, "client_secret": secret}
                answer = await client.post(url, data=form, headers={"Accept": "application/json"})
        told = answer.json() if answer.status_code == 200 else {}
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        raise Problem(502, f"{parts.netloc} gave no token: {type(error).__name__}.") from None
    token = told.get("access_token") if isinstance(told, dict) else None
    if not isinstance(token, str) or not token.isprintable():
        raise Problem(502, f"{parts.netloc} gave no token: its answer was {answer.status_code}.")
    seconds = told.get("expires_in")
    lasting = float(seconds) if isinstance(seconds, (int, float)) and not isinstance(seconds, bool) else 3600.0
    return token, time.monotonic() + max(lasting - _EARLY, min(lasting, 1.0))


def static_headers(given: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """The configuration's headers with the values of variables.

    Raises:
        Problem: A variable is not set.
    """
    found = {}
    for name, text in given:
        for variable in _VARIABLE.findall(text):
            if not credential(variable):
                raise Problem(401, f"The environment variable {variable} of the MCP server is not set: the "
                                   f"header {name} is made of it.")  # fmt: skip
        found[name] = _VARIABLE.sub(lambda m: os.environ[m[1]], text)
        if not found[name].isprintable():
            raise Problem(401, f"The header {name} holds a line break or another control character.")
    return found


def header_variables(given: tuple[tuple[str, str], ...]) -> list[str]:
    """The environment variables that the configuration's headers are made of."""
    return [variable for _, text in given for variable in _VARIABLE.findall(text)]


def _of_headers(api: Api, headers: Mapping[str, str]) -> dict[str, str]:
    """What of the headers is secret: the variables in them, and the caller's token."""
    found = {name: credential(name) for name in header_variables(api.tooling.headers)}
    given = {n.lower(): v for n, v in headers.items()}.get("authorization", "")
    return found | ({"authorization": given.rpartition(" ")[2]} if given else {})


def _joined(base: str, url: str) -> str:
    """A URL relative to the API's; what is none is nowhere."""
    try:
        return urljoin(base.rstrip("/") + "/", url)
    except ValueError:
        return ""
