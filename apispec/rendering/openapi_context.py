"""What the operations of one document are made from, and what is noted on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from apispec.findings import Finding, Severity
from apispec.model import Api, Endpoint
from apispec.rendering.openapi_shared import Shared

CodeSample = Mapping[str, str]
"""`{"lang": …, "label": …, "source": …}`, one entry of `x-codeSamples`."""

Samples = Callable[[Endpoint], Sequence[CodeSample]]


@dataclass(slots=True)
class Context:
    """What the operations of one document are made from, and what is noted on the way."""

    api: Api
    version: str
    """`3.0`, `3.1` or `3.2`."""
    shared: Shared
    samples: Samples
    findings: list[Finding] = field(default_factory=list)

    def note(self, rule: str, severity: Severity, message: str, endpoint: Endpoint, hint: str = "") -> None:
        """Add a finding about an endpoint."""
        subject = f"endpoint {endpoint.name}"
        self.findings.append(Finding(rule, severity, message, endpoint.location, hint, subject))
