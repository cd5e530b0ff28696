"""The OpenAPI document of an Api: 3.1, or 3.0 and 3.2 on request, as a dict, as JSON and as YAML.

The document is put together here, its operations in `openapi_operations` and `openapi_gradio`; the JSON text comes out
of the template `openapi/openapi.json.jinja`. An Api that was read from a document keeps it, see `openapi_kept`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from jinja2 import TemplateError as JinjaError

from apispec.errors import DocumentError, TemplateError
from apispec.findings import Finding, Severity
from apispec.literals import json_text
from apispec.model import Api, Endpoint, GradioCall, Schema
from apispec.rendering import openapi_names, openapi_security
from apispec.rendering.openapi_context import CodeSample, Context, Samples
from apispec.rendering.openapi_gradio import file_operations, gradio_operations, has_files, login_operation
from apispec.rendering.openapi_operations import http_operation, path_of, servers, webhooks
from apispec.rendering.openapi_shared import Shared
from apispec.schemas import closure
from apispec.templating import environment
from apispec.validation import check

Version = Literal["3.0", "3.1", "3.2"]

VERSIONS: dict[str, str] = {"3.0": "3.0.4", "3.1": "3.1.2", "3.2": "3.2.0"}
"""The value of `openapi` for each version that can be asked for."""

TEMPLATE = "openapi/openapi.json.jinja"

COMPACT = 8_000_000
"""Documents of more characters are written with a line for each path and component: indentation is half of them."""

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def render(
    api: Api,
    *,
    version: Version | None = None,
    samples: Samples | Mapping[str, Sequence[CodeSample]] | None = None,
    template_dirs: Sequence[str | Path] = (),
    findings: list[Finding] | None = None,
    validate: bool = True,
    thorough: bool | None = None,
) -> str:
    """The document as JSON text, parsed back and validated.

    Args:
        api: Its public endpoints are described.
        version: 3.1 by default; an Api that was read from a document keeps that document's version.
        samples: `x-codeSamples` of an endpoint: a function of it, or a mapping by its name.
        template_dirs: Folders with templates of the user's.
        findings: What could not be said is appended here.
        validate: Whether to validate; a caller that has validated the same Api may save the time. A document that the
            Api was read from is kept and was judged when it was read.
        thorough: Whether openapi-spec-validator judges too, see `apispec.validation.check`.

    Raises:
        TemplateError: A replaced template fails, or what it gives is not JSON.
        DocumentError: The document is not valid OpenAPI.
    """
    whole = document(api, version=version, samples=samples, findings=findings)
    text = _text(whole, template_dirs)
    del whole  # a large one is not held twice
    try:
        parsed = json.loads(text)
    except ValueError as error:
        raise TemplateError(f"what it gives is not JSON: {error}", where=TEMPLATE, hint="look at your block") from None
    is_large = len(text) > COMPACT
    if is_large:
        text = ""  # nor is this
    if validate and api.document is None:
        _validate(parsed, thorough)
    return _compact(parsed) if is_large else text


_ROWS = {"components": 2, "paths": 1, "webhooks": 1}
"""How deep the members of a part of a large document have lines of their own."""


def _compact(document: dict[str, Any]) -> str:
    """The text of a large document, put together once: what is joined part by part is held several times."""
    pieces: list[str] = []

    def write(value: Any, most: int, indent: str) -> None:
        if not most or not isinstance(value, dict) or not value:
            pieces.append(json_text(value, close=True))
            return
        inner = _ROWS if not indent else {}
        before = "{\n"
        for key, member in value.items():
            pieces.append(f"{before}{indent}  {json_text(key)}: ")
            write(member, inner.get(key, most - 1), indent + "  ")
            before = ",\n"
        pieces.append(f"\n{indent}}}")

    write(document, 1, "")
    pieces.append("\n")
    return "".join(pieces)


def render_yaml(text: str) -> str:
    """A rendered document as YAML that YAML 1.1 and 1.2 read alike."""
    from apispec.documents import yaml_writer  # as below: not paid for by those who don't ask for it

    return yaml_writer.dump(json.loads(text))


def document(
    api: Api,
    *,
    version: Version | None = None,
    samples: Samples | Mapping[str, Sequence[CodeSample]] | None = None,
    findings: list[Finding] | None = None,
) -> dict[str, Any]:
    """The document as a dict; see `render`."""
    notes = [] if findings is None else findings
    give = _samples(samples)
    if api.document is not None:
        from apispec.rendering import openapi_kept

        return openapi_kept.with_samples(api, give, version, notes)
    version = version or "3.1"
    context = Context(api, version, Shared(api.schemas), give, notes)
    paths = _paths(context)
    out: dict[str, Any] = {"openapi": VERSIONS[version], "info": _info(api, version)}
    if api.external_docs:
        out["externalDocs"] = api.external_docs
    if api.servers:
        out["servers"] = servers(api.servers)
    if api.tags:
        out["tags"] = [_tag(t) for t in api.tags]
    if api.security:
        out["security"] = list(api.security)
    out["paths"] = paths
    if api.webhooks and version == "3.0":
        notes.append(Finding("not-in-version", Severity.WARNING, "OpenAPI 3.0 has no webhooks; they are left out."))
    elif api.webhooks:
        out["webhooks"] = webhooks(context)
    components = _components(context, paths)
    if components:
        out["components"] = components
    out = openapi_security.fitting(openapi_names.valid_component_names(out), version, notes)
    if version == "3.0":
        from apispec.rendering import openapi_downgrade

        return openapi_downgrade.to_30(out, notes)
    return out


def code_samples(snippets: Iterable[Any]) -> list[CodeSample]:
    """Snippets (`apispec.snippets.Snippet`) as entries of `x-codeSamples`; viewers choose the colours by `lang`."""
    return [
        {"lang": "Shell" if s.language.lexer == "sh" else s.language.name, "label": s.language.name, "source": s.text}
        for s in snippets
    ]


def _samples(samples: Samples | Mapping[str, Sequence[CodeSample]] | None) -> Samples:
    if samples is None:
        return lambda endpoint: ()
    if isinstance(samples, Mapping):
        by_name = samples
        return lambda endpoint: by_name.get(endpoint.name, ())
    return samples


def _text(whole: dict[str, Any], template_dirs: Sequence[str | Path]) -> str:
    try:
        return environment(template_dirs).get_template(TEMPLATE).render(document=whole)
    except JinjaError as error:
        raise TemplateError(str(error), where=TEMPLATE) from None


_DECLARED = ("/info", "/servers", "/tags", "/externalDocs", "/security", "/components/securitySchemes")
"""Parts of a document that are as the user declared them."""


def _validate(parsed: dict[str, Any], thorough: bool | None) -> None:
    problems = check(parsed, thorough=thorough)
    if problems:
        first = problems[0]
        raise DocumentError(
            f"the document is not valid OpenAPI: {first.message}",
            where=str(first.location),
            hint="correct what the App or the configuration says there"
            if first.location.pointer.startswith(_DECLARED)
            else "if no template of yours is at work, this is a fault of apispec: please report it",
            details="\n".join(f"{p.location}: {p.message}" for p in problems[1:20]),
        )


def _info(api: Api, version: str) -> dict[str, Any]:
    info: dict[str, Any] = {"title": api.title, "version": api.version}
    if api.summary:
        info["summary" if version != "3.0" else "x-summary"] = api.summary
    if api.description:
        info["description"] = api.description
    if api.terms_of_service:
        info["termsOfService"] = api.terms_of_service
    if api.contact:
        contact = {"name": api.contact.name, "url": api.contact.url, "email": api.contact.email}
        info["contact"] = {k: v for k, v in contact.items() if v}
    if api.license:
        info["license"] = {"name": api.license.name}
        if api.license.identifier and version != "3.0":
            info["license"]["identifier"] = api.license.identifier
        elif api.license.identifier:
            info["license"]["url"] = f"https://spdx.org/licenses/{api.license.identifier}.html"
        elif api.license.url:
            info["license"]["url"] = api.license.url
    return info


def _tag(tag: Any) -> dict[str, Any]:
    entry: dict[str, Any] = {"name": tag.name}
    if tag.title:
        entry["x-displayName"] = tag.title
    if tag.description:
        entry["description"] = tag.description
    if tag.external_docs:
        entry["externalDocs"] = tag.external_docs
    return entry


def _paths(context: Context) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    prefixes: dict[str, None] = {}
    for endpoint in context.api.public_endpoints:
        call = endpoint.call
        if isinstance(call, GradioCall):
            for path, item in gradio_operations(endpoint, call, context).items():
                for method, operation in item.items():
                    _add(paths, path, method, operation, endpoint, context)
            if call.login:
                paths.setdefault("/login", login_operation())
            if call.prefix not in prefixes and has_files(endpoint, context.api.schemas):
                prefixes[call.prefix] = None
        else:
            _add(paths, path_of(call), call.method.lower(), http_operation(endpoint, call, context), endpoint, context)
    for prefix in prefixes:
        for path, item in file_operations(prefix, context).items():
            paths.setdefault(path, {}).update({k: v for k, v in item.items() if k not in paths.get(path, {})})
    _unique_operation_ids(paths)
    return paths


def _add(
    paths: dict[str, Any], path: str, method: str, operation: dict[str, Any], endpoint: Endpoint, context: Context
) -> None:
    item = paths.setdefault(path, {})
    known = (*_METHODS, "query") if context.version == "3.2" else _METHODS
    if method not in known:
        if context.version != "3.2":
            context.note(
                "method-not-in-version", Severity.WARNING,
                f"OpenAPI {context.version} cannot describe the method {method.upper()}; the endpoint is left out.",
                endpoint, "Ask for --openapi-version 3.2.",
            )  # fmt: skip
            if not item:
                del paths[path]
            return
        item = item.setdefault("additionalOperations", {})
        method = method.upper()
    if method in item:
        context.note(
            "duplicate-operation", Severity.ERROR,
            f"{method.upper()} {path} is taken by another endpoint; this one is left out.",
            endpoint, "Give one of them another path or method.",
        )  # fmt: skip
        return
    item[method] = operation


def _unique_operation_ids(paths: dict[str, Any]) -> None:
    taken: set[str] = set()
    for item in paths.values():
        for operation in (*item.values(), *item.get("additionalOperations", {}).values()):
            name = operation.get("operationId")
            if name is None:
                continue
            unique, number = name, 2
            while unique in taken:
                unique, number = f"{name}_{number}", number + 1
            taken.add(unique)
            operation["operationId"] = unique


def _components(context: Context, paths: dict[str, Any]) -> dict[str, Any]:
    api = context.api
    schemas: dict[str, Schema] = dict(api.schemas)
    if len(api.public_endpoints) != len(api.endpoints):  # what only hidden endpoints use is in no output
        used = [schema for endpoint in api.public_endpoints for schema in _schemas_of(endpoint)]
        reached = closure({"allOf": used}, api.schemas)
        schemas = {name: schema for name, schema in schemas.items() if name in reached}
    schemas.update(context.shared.schemas)
    out: dict[str, Any] = {}
    if schemas:
        out["schemas"] = schemas
    if context.shared.responses:
        out["responses"] = context.shared.responses
    if api.security_schemes:
        out["securitySchemes"] = api.security_schemes
    return out


def _schemas_of(endpoint: Endpoint) -> Iterable[Schema]:
    """Every schema of an endpoint."""
    yield from (p.schema for p in endpoint.parameters)
    media = list(endpoint.request_body.content) if endpoint.request_body else []
    headers = [h for r in endpoint.responses for h in r.headers.values()]
    if endpoint.result:
        yield endpoint.result.schema
        yield from (f.schema for f in endpoint.result.fields)
        media += endpoint.result.other_content
        headers += endpoint.result.headers.values()
    media += [m for r in endpoint.responses for m in r.content]
    yield from (h["schema"] for h in headers if isinstance(h, dict) and "schema" in h)
    for entry in media:
        yield entry.schema
        if entry.item_schema is not None:
            yield entry.item_schema
