"""The document of an Api that was read from one: kept as it is, with the snippets added."""

from __future__ import annotations

from typing import Any

from apispec.findings import Finding, Severity
from apispec.model import Api, Endpoint, HttpCall
from apispec.rendering.openapi_context import Samples


def with_samples(api: Api, samples: Samples, version: str | None, findings: list[Finding]) -> dict[str, Any]:
    """The document with `x-codeSamples` in the operations that have endpoints; what was there before stays first.

    A path item that is a reference keeps being one, so its operations get none.
    """
    assert api.document is not None
    given = str(api.document.get("openapi", ""))
    if version is not None and not given.startswith(version):
        message = f"The document is OpenAPI {given} and stays so; {version} was asked for."
        findings.append(Finding("version-kept", Severity.INFO, message, hint="leave --openapi-version away"))
    if not isinstance(api.document.get("paths"), dict):
        return dict(api.document)
    paths = dict(api.document["paths"])
    for endpoint in api.public_endpoints:
        if isinstance(endpoint.call, HttpCall):
            _add(paths, endpoint, endpoint.call, samples)
    return {**api.document, "paths": paths}


def _add(paths: dict[str, Any], endpoint: Endpoint, call: HttpCall, samples: Samples) -> None:
    item = paths.get(call.path)
    if not isinstance(item, dict):
        return
    method = call.method.lower()
    holder: Any = item
    key = method
    if method not in item:
        holder, key = item.get("additionalOperations"), call.method
    operation = holder.get(key) if isinstance(holder, dict) else None
    if not isinstance(operation, dict):
        return
    ours = [dict(s) for s in samples(endpoint)]
    if not ours:
        return
    theirs = operation.get("x-codeSamples")
    mended = {**operation, "x-codeSamples": [*(theirs if isinstance(theirs, list) else ()), *ours]}
    if holder is item:
        paths[call.path] = {**item, key: mended}
    else:
        paths[call.path] = {**item, "additionalOperations": {**holder, key: mended}}
