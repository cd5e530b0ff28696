"""One http endpoint as an OpenAPI Operation Object (3.1 words; `openapi_downgrade` says them in 3.0).

What endpoints called as Gradio apps are have in common with these is here too; their own operations are in
`openapi_gradio`. Parameters are in `openapi_parameters`, bodies and answers in `openapi_bodies`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from apispec.findings import Severity
from apispec.model import Endpoint, HttpCall, Parameter
from apispec.rendering.openapi_bodies import IN_BODY, request_body, responses
from apispec.rendering.openapi_context import Context
from apispec.rendering.openapi_defaults import sound
from apispec.rendering.openapi_parameters import parameter_object

_TEMPLATE_NAME = re.compile(r"\{([^{}]+)\}")


def path_of(call: HttpCall) -> str:
    """The path template, with the slash that OpenAPI demands at its start."""
    return call.path if call.path.startswith("/") else "/" + call.path


def http_operation(endpoint: Endpoint, call: HttpCall, context: Context) -> dict[str, Any]:
    """The Operation Object of an http endpoint."""
    endpoint = sound_defaults(endpoint, context)
    operation = head(endpoint, call.operation_id or endpoint.name)
    parameters = [parameter_object(p) for p in endpoint.parameters if p.location not in IN_BODY]
    parameters += _undeclared(endpoint, call, context)
    if parameters:
        operation["parameters"] = parameters
    body = request_body(endpoint, call, context)
    if body is not None:
        operation["requestBody"] = body
    operation["responses"] = responses(endpoint, context)
    if endpoint.callbacks:
        operation["callbacks"] = {name: _callback(found, context) for name, found in endpoint.callbacks.items()}
    tail(operation, endpoint, context)
    return operation


def _callback(endpoints: Sequence[Endpoint], context: Context) -> dict[str, Any]:
    """A Callback Object; nobody but the API calls these, so there are no snippets."""
    quiet = replace(context, samples=lambda endpoint: ())
    out: dict[str, Any] = {}
    for endpoint in endpoints:
        if isinstance(endpoint.call, HttpCall):
            item = out.setdefault(endpoint.call.path, {})
            item[endpoint.call.method.lower()] = http_operation(endpoint, endpoint.call, quiet)
    return out


def webhooks(context: Context) -> dict[str, Any]:
    """The `webhooks` of a document: Path Item Objects by name."""
    out: dict[str, Any] = {}
    quiet = replace(context, samples=lambda endpoint: ())
    for endpoint in context.api.webhooks:
        if isinstance(endpoint.call, HttpCall):
            operation = http_operation(endpoint, endpoint.call, quiet)
            out.setdefault(endpoint.name, {})[endpoint.call.method.lower()] = operation
    return out


def sound_defaults(endpoint: Endpoint, context: Context) -> Endpoint:
    """The endpoint with every default that its schema does not accept shown as text, and noted."""

    def note(parameter: Parameter) -> None:
        context.note(
            "default-does-not-fit", Severity.WARNING,
            f"The default of {parameter.name} does not fit the parameter's type; it is shown as text.",
            endpoint, "Widen the hint, or change the default.",
        )  # fmt: skip

    return sound(endpoint, context.api.schemas, note)


def head(endpoint: Endpoint, operation_id: str) -> dict[str, Any]:
    """The first keys of an operation: who it is."""
    operation: dict[str, Any] = {"operationId": operation_id}
    if endpoint.summary:
        operation["summary"] = endpoint.summary
    if endpoint.description:
        operation["description"] = endpoint.description
    if endpoint.tags:
        operation["tags"] = list(endpoint.tags)
    if endpoint.deprecated:
        operation["deprecated"] = True
    if endpoint.external_docs:
        operation["externalDocs"] = endpoint.external_docs
    return operation


def tail(operation: dict[str, Any], endpoint: Endpoint, context: Context) -> None:
    """The last keys of an operation: who may call it, where, and our extensions."""
    if endpoint.security is not None:
        operation["security"] = list(endpoint.security)
    if endpoint.servers:
        operation["servers"] = servers(endpoint.servers)
    if endpoint.deprecation:
        operation["x-deprecation"] = endpoint.deprecation
    if endpoint.annotations:
        operation["x-mcp-annotations"] = endpoint.annotations
    if endpoint.overloads:
        operation["x-overloads"] = list(endpoint.overloads)
    if endpoint.static:
        operation["x-apispec-source"] = "static"
    if not endpoint.callable:
        operation["x-apispec-callable"] = False
    operation.update({k: v for k, v in endpoint.extensions.items() if k.startswith("x-")})
    ours = context.samples(endpoint) if endpoint.callable else ()
    samples = [dict(s) for s in (*endpoint.code_samples, *ours)]
    if samples:
        operation["x-codeSamples"] = samples


def servers(items: Iterable[Any]) -> list[dict[str, Any]]:
    """Server Objects."""
    out = []
    for server in items:
        entry: dict[str, Any] = {"url": server.url}
        if server.description:
            entry["description"] = server.description
        if server.variables:
            entry["variables"] = {
                name: {
                    **({"enum": list(v.enum)} if v.enum else {}),
                    "default": v.default,
                    **({"description": v.description} if v.description else {}),
                }
                for name, v in server.variables.items()
            }
        out.append(entry)
    return out


def _undeclared(endpoint: Endpoint, call: HttpCall, context: Context) -> list[dict[str, Any]]:
    """Names in the path template that no parameter declares: described as text, and noted."""
    declared = {p.name for p in endpoint.parameters if p.location == "path"}
    out = []
    for name in dict.fromkeys(_TEMPLATE_NAME.findall(call.path)):
        if name not in declared:
            context.note(
                "undeclared-path-parameter", Severity.WARNING, f"The path names {{{name}}}, which is no parameter.",
                endpoint, "Add a parameter of that name, or take it out of the path.",
            )  # fmt: skip
            out.append({"name": name, "in": "path", "required": True, "schema": {"type": "string"}})
    return out
