"""What FastAPI's security dependencies need together.

FastAPI lists each dependency of a route as an alternative of its own, though all that fail by themselves (`auto_error`)
must pass. Its document stays as it is; pages, snippets and tools say and send what the app asks for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from apispec.model import Endpoint, HttpCall, SecurityRequirement

Key = tuple[str, str]
"""Method and path of an operation."""


def together(endpoint: Endpoint, needed: Mapping[Key, set[str]]) -> Endpoint:
    """An endpoint whose security is one requirement of all that is needed, where its alternatives are just those."""
    if not isinstance(endpoint.call, HttpCall) or len(endpoint.security or ()) < 2:
        return endpoint
    names = needed.get((endpoint.call.method, endpoint.call.path), set())
    alone = [requirement for requirement in endpoint.security or () if len(requirement) == 1]
    if not names or not names <= {name for requirement in alone for name in requirement}:
        return endpoint  # somebody said it in words of their own
    whole: SecurityRequirement = {}
    for requirement in alone:
        whole.update({name: scopes for name, scopes in requirement.items() if name in names})
    return replace(endpoint, security=(whole,))


def needed(routes: Iterable[Any]) -> dict[Key, set[str]]:
    """The security schemes without which routes of FastAPI answer nothing."""
    found: dict[Key, set[str]] = {}
    for route in routes:
        path, methods = getattr(route, "path_format", None), getattr(route, "methods", None)
        if isinstance(path, str) and methods:
            names = set(_schemes(getattr(route, "dependant", None)))
            found.update({(method, path): names for method in methods})
    return found


def _schemes(dependant: Any) -> Iterator[str]:
    """The names of the security schemes among a route's dependencies that fail by themselves."""
    for inner in getattr(dependant, "dependencies", ()):
        scheme = getattr(inner, "call", None)
        name = getattr(scheme, "scheme_name", None)
        if isinstance(name, str) and getattr(scheme, "auto_error", False) is True and hasattr(scheme, "model"):
            yield name
        yield from _schemes(inner)
