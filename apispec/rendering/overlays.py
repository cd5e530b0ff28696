"""OpenAPI Overlays over what is no document of somebody's: over the one that an app tells, or that we make.

An app's own document is changed and read again. Of functions and Gradio apps an overlay changes what is said; how they
are called is decided by their code, and an action that would change that is reported.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from apispec import documents
from apispec.documents import Document, from_data
from apispec.findings import Finding, Severity
from apispec.model import Api, Endpoint, HttpCall, Introspection, Parameter
from apispec.rendering import openapi
from apispec.schemas import resolve
from apispec.sources import read_value

_SAID = ("summary", "description", "tags", "deprecated", "deprecation", "extensions", "annotations", "external_docs")
_SAID_OF_API = (
    "title", "version", "summary", "description", "servers", "tags", "contact", "license", "terms_of_service",
    "external_docs", "security_schemes",
)  # fmt: skip


def overlaid(found: Introspection, overlays: Iterable[str], *, allow_remote: bool = False) -> Introspection:
    """What was read, after overlays.

    Args:
        found: Of an app or of functions.
        overlays: Files or addresses, in order.
        allow_remote: Whether an address may be fetched.

    Raises:
        DocumentError: An overlay cannot be read, or is none.
    """
    api = found.api
    own = api.document is not None
    before = from_data(api.document if own else openapi.document(api))
    after = documents.overlaid(before, overlays, allow_remote=allow_remote)
    changed = read_value(after).api
    findings = [*found.findings, *after.findings]
    if own:
        return replace(found, api=_of_app(api, changed), findings=tuple(findings))
    return replace(found, api=_of_functions(api, before, changed, findings), findings=tuple(findings))


def _of_app(api: Api, changed: Api) -> Api:
    known = {_key(e): e for e in api.endpoints}
    endpoints = tuple(
        replace(e, location=known[_key(e)].location, security=known[_key(e)].security) if _key(e) in known else e
        for e in changed.endpoints
    )
    return replace(changed, source=api.source, endpoints=endpoints)


def _of_functions(api: Api, before: Document, changed: Api, findings: list[Finding]) -> Api:
    old = read_value(before).api
    olds, news = ({_key(e): e for e in some.endpoints} for some in (old, changed))
    endpoints = []
    for endpoint in api.endpoints:
        was, now = olds.get(_key(endpoint)), news.get(_key(endpoint))
        if was is None:  # not in the document, so no overlay spoke of it
            endpoints.append(endpoint)
        elif now is not None:
            endpoints.append(_said(endpoint, was, now, old, changed, findings))
    added = (e.name for e in changed.endpoints if _key(e) not in olds)
    findings += (_unchanged(f"{name} is added, and no function is behind it") for name in added)
    about = {name: getattr(changed, name) for name in _SAID_OF_API if getattr(changed, name) != getattr(old, name)}
    return replace(api, endpoints=tuple(endpoints), **about)


def _said(
    endpoint: Endpoint, was: Endpoint, now: Endpoint, old: Api, new: Api, findings: list[Finding]
) -> Endpoint:  # fmt: skip
    said = {name: getattr(now, name) for name in _SAID if getattr(now, name) != getattr(was, name)}
    before, after = _described(was, old), _described(now, new)
    texts = {name: text for name, text in after.items() if name in before and text != before[name]}
    parameters = tuple(_worded(p, texts.get(p.name)) for p in endpoint.parameters)
    rest = {name: getattr(was, name) for name in (*_SAID, "location")}
    if _bare(replace(now, **rest), new) != _bare(was, old):
        findings.append(_unchanged(f"more than texts of {endpoint.name} is changed"))
    return replace(endpoint, parameters=parameters, **said)


def _worded(parameter: Parameter, text: str | None) -> Parameter:
    return parameter if text is None else replace(parameter, description=text)


def _described(endpoint: Endpoint, api: Api) -> dict[str, str]:
    """The descriptions of parameters and of a body's properties, by name."""
    found = {p.name: p.description for p in endpoint.parameters}
    for media in endpoint.request_body.content if endpoint.request_body else ():
        schema = resolve(media.schema, api.schemas)
        properties = schema.get("properties", {}) if isinstance(schema, dict) else {}
        found |= {n: str(s.get("description", "")) for n, s in properties.items() if isinstance(s, dict)}
    return found


def _bare(endpoint: Endpoint, api: Api) -> Any:
    """An endpoint without texts, for comparing."""
    parameters = [replace(p, description="") for p in endpoint.parameters]
    body = [resolve(m.schema, api.schemas) for m in endpoint.request_body.content] if endpoint.request_body else []
    return parameters, _without_texts(body), endpoint.call, endpoint.result and endpoint.result.schema


def _without_texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_texts(v) for k, v in value.items() if k != "description" or not isinstance(v, str)}
    return [_without_texts(v) for v in value] if isinstance(value, list) else value


def _key(endpoint: Endpoint) -> tuple[str, str]:
    call = endpoint.call
    return (call.method, call.path) if isinstance(call, HttpCall) else ("POST", call.path)


def _unchanged(what: str) -> Finding:
    message = f"By an overlay {what}; of functions and Gradio apps it changes texts alone."
    return Finding("overlay-not-applied", Severity.WARNING, message, hint="change the function instead")
