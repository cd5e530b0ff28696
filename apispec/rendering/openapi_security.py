"""Security schemes that a version of OpenAPI does not know."""

from __future__ import annotations

from typing import Any

from apispec.findings import Finding, Severity

_SINCE = {"mutualTLS": "3.1"}
_FLOWS_SINCE = {"deviceAuthorization": "3.2"}
_KEYS_SINCE = {"oauth2MetadataUrl": "3.2", "deprecated": "3.2"}


def fitting(document: dict[str, Any], version: str, findings: list[Finding]) -> dict[str, Any]:
    """The document without the schemes, flows and keys that `version` does not know, and without the requirements that
    need them; each is noted.
    """
    schemes = document.get("components", {}).get("securitySchemes", {})
    kept: dict[str, Any] = {}
    for name, scheme in schemes.items():
        fitted, lost = _scheme(scheme, version)
        for what in lost:
            message = f"OpenAPI {version} does not know {what} of the security scheme {name}; it is left out."
            findings.append(Finding("not-in-version", Severity.WARNING, message, subject=f"security scheme {name}"))
        if fitted is not None:
            kept[name] = fitted
    if kept == schemes:
        return document
    gone = set(schemes) - set(kept)
    document["components"]["securitySchemes"] = kept
    operations = [o for item in document["paths"].values() for o in item.values() if isinstance(o, dict)]
    for holder in (document, *operations):
        if "security" in holder:
            holder["security"] = [r for r in holder["security"] if gone.isdisjoint(r)]
    return document


def _scheme(scheme: dict[str, Any], version: str) -> tuple[dict[str, Any] | None, list[str]]:
    kind = scheme.get("type")
    if _SINCE.get(str(kind), "3.0") > version:
        return None, [f"the type {kind}"]
    lost = [key for key, since in _KEYS_SINCE.items() if key in scheme and since > version]
    out = {k: v for k, v in scheme.items() if k not in lost}
    flows = scheme.get("flows")
    if isinstance(flows, dict):
        unknown = [name for name in flows if _FLOWS_SINCE.get(name, "3.0") > version]
        out["flows"] = {k: v for k, v in flows.items() if k not in unknown}
        lost += [f"the flow {name}" for name in unknown]
    return out, lost
