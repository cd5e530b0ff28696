"""What the configuration and the document say of each endpoint's tool, and what that makes of selectors."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from apispec.findings import Finding, Severity
from apispec.model import Api, Endpoint
from apispec.tools.choosing import About, names_of
from apispec.tools.hints import hints, is_read_only
from apispec.tools.told import Told, told


def said_of(api: Api, notes: list[Finding]) -> dict[str, Told]:
    """What is said of each public endpoint's tool, by the endpoint's name."""
    by_name: dict[str, Mapping[str, Any]] = {}
    meanings: dict[str, Endpoint] = {}
    for endpoint in api.public_endpoints if api.tooling.operations else ():
        for name in names_of(endpoint):
            meanings.setdefault(name, endpoint)
    for key, given in api.tooling.operations.items():
        meant = meanings.get(key)
        if meant is None:
            known = list(meanings)
            notes.append(Finding("unknown-tool-operation", Severity.WARNING, f"There is no operation {key!r} to say "
                                 "something of.", hint=close_to(key, known), subject=f"operation {key}"))  # fmt: skip
        else:
            by_name[meant.name] = given
    found = {e.name: told(e, api, by_name.get(e.name)) for e in api.public_endpoints}
    for endpoint in api.public_endpoints:
        for flaw in found[endpoint.name].flawed:
            note(notes, endpoint, "invalid-x-mcp", f"x-mcp: {flaw}.", severity=Severity.WARNING)
    return found


def about(api: Api, said: Mapping[str, Told]) -> About:
    """What selectors ask of tools."""
    return About(
        lambda endpoint: is_read_only(hints(endpoint, api, said[endpoint.name].annotations)),
        lambda endpoint: said[endpoint.name].name,
    )


def close_to(text: str, known: list[str]) -> str:
    """What may have been meant, or how to find out."""
    close = difflib.get_close_matches(text.partition(":")[2] or text, known, 1, 0.6)
    return f"did you mean {close[0]}?" if close else "`apispec tools` lists them; patterns are written with *"


def note(
    findings: list[Finding], endpoint: Endpoint, rule: str, message: str, hint: str = "",
    severity: Severity = Severity.INFO,
) -> None:  # fmt: skip
    """Add what may be stumbled over at an endpoint."""
    findings.append(Finding(rule, severity, message, endpoint.location, hint, f"endpoint {endpoint.name}"))
