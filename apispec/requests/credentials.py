"""Which credentials a request carries, where, and the environment variables that hold them. No request is made here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from itertools import chain, count
from typing import Any

from apispec.literals import Env, EnvText
from apispec.model import Api, Endpoint, SecurityRequirement
from apispec.recent import recent
from apispec.requests.sendable import COOKIE_NAME, TOKEN

_CARRIED = ("apiKey", "http", "oauth2", "openIdConnect")
"""The types of security schemes whose credentials are part of a request; client certificates are not."""
_TAKEN = {"HOME", "LANG", "PATH", "PWD", "SHELL", "TERM", "USER"}
"""Environment variables that mean something else."""


@dataclass(slots=True)
class Credentials:
    """Where a request carries them; values are the reader's own, in environment variables."""

    headers: dict[str, EnvText] = field(default_factory=dict)
    cookies: dict[str, EnvText] = field(default_factory=dict)
    query: dict[str, EnvText] = field(default_factory=dict)
    basic: tuple[Env, Env] | None = None
    digest: bool = False
    """Whether user name and password answer a challenge (RFC 7616), so that they never travel themselves."""


@recent
def ways(endpoint: Endpoint, api: Api) -> tuple[SecurityRequirement, ...]:
    """Every way of authenticating that the endpoint accepts, those first that a request can carry; `{}` = none needed.

    The first is the one that snippets show unless told otherwise. One that is listed twice counts once.
    """
    requirements = api.security if endpoint.security is None else endpoint.security
    apart: dict[str, SecurityRequirement] = {}
    for one in requirements:
        apart.setdefault(repr(sorted(one.items())), one)
    return tuple(sorted(apart.values(), key=lambda requirement: not all(map(partial(_is_carried, api), requirement))))


def _is_carried(api: Api, name: str) -> bool:
    return api.security_schemes.get(name, {}).get("type") in _CARRIED


def credentials(endpoint: Endpoint, api: Api, way: int = 0) -> Credentials:
    """Placeholders for one of the `ways` of authenticating."""
    accepted = ways(endpoint, api)
    return of_schemes(accepted[way] if accepted else {}, api)


def of_schemes(names: Iterable[str], api: Api) -> Credentials:
    """Placeholders for all of these security schemes together."""
    found = Credentials()
    known = variables_of(api)
    for name in names:
        scheme = api.security_schemes.get(name, {})
        env, *others = map(Env, known.get(name) or (_own_name(name, api),))
        kind = scheme.get("type")
        if kind == "apiKey":
            key = str(scheme.get("name", name))
            allowed = COOKIE_NAME if scheme.get("in") == "cookie" else TOKEN
            if scheme.get("in") != "query" and not allowed.fullmatch(key):
                continue
            if scheme.get("in") == "query":
                found.query[key] = EnvText((env,))
            else:
                place = found.cookies if scheme.get("in") == "cookie" else found.headers
                place[key] = EnvText((env,))
        elif _has_password(scheme):
            found.basic = (env, others[0])
            found.digest = str(scheme["scheme"]).lower() == "digest"
        elif kind in ("http", "oauth2", "openIdConnect"):
            word = str(scheme.get("scheme", "Bearer")) if kind == "http" else "Bearer"
            if not TOKEN.fullmatch(word):
                continue
            found.headers["Authorization"] = EnvText((f"{word[:1].upper()}{word[1:]} ", env))
    return found


def _has_password(scheme: Mapping[str, Any]) -> bool:
    return scheme.get("type") == "http" and str(scheme.get("scheme", "")).lower() in ("basic", "digest")


@recent
def variables_of(api: Api) -> dict[str, tuple[str, ...]]:
    """The environment variables that hold the credentials of each security scheme, each scheme's its own: one, or two
    for a user name and a password.
    """
    found: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    for scheme_name, scheme in api.security_schemes.items():
        endings = ("_USER", "_PASSWORD") if _has_password(scheme) else ("",)
        base = api.credential_names.get(scheme_name) or _own_name(scheme_name, api)
        numbered = chain((base,), (f"{base}_{number}" for number in count(2)))
        names = next(names for name in numbered if taken.isdisjoint(names := tuple(name + e for e in endings)))
        taken.update(names)
        found[scheme_name] = names
    return found


def _own_name(scheme: str, api: Api) -> str:
    """The variable of a scheme that the user gave none.

    A document is somebody else's: it must not choose a variable that holds another secret (`AWS_SECRET_ACCESS_KEY`), so
    its names begin with `API_`, whatever it calls itself and its schemes.
    """
    name = env_name(scheme)
    return name if api.source != "openapi" or name.startswith(_PREFIX) else _PREFIX + name


_PREFIX = "API_"


@lru_cache(maxsize=4096)
def env_name(text: str) -> str:
    """A name for an environment variable: `api-key` → `API_KEY`, `APIKeyHeader` → `API_KEY_HEADER`."""
    words = re.sub(r"([a-z0-9])([A-Z])|([A-Z]{2,})(?=[A-Z][a-z])", r"\1\3_\2", text)
    name = re.sub("[^A-Za-z0-9]+", "_", words).strip("_").upper()
    return name if name and not name[0].isdigit() and name not in _TAKEN else f"API_{name or 'KEY'}"
