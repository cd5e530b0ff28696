"""One http endpoint as an OpenAPI Operation Object (3.1 words; `openapi_downgrade` says them in 3.0).

What endpoints called as Gradio apps are have in common with these is here too; their own operations are in
`openapi_gradio`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import Any

from apispec.findings import Finding, Severity
from apispec.model import Api, Endpoint, Example, HttpCall, MediaType, Parameter, Response, Result, Schema
from apispec.rendering.openapi_defaults import sound
from apispec.rendering.openapi_shared import PROBLEM_MEDIA_TYPE, STREAM_MEDIA_TYPE, Shared, events, stream_content
from apispec.schema import resolve, types

CodeSample = Mapping[str, str]
"""`{"lang": …, "label": …, "source": …}`, one entry of `x-codeSamples`."""

Samples = Callable[[Endpoint], Sequence[CodeSample]]

_TEMPLATE_NAME = re.compile(r"\{([^{}]+)\}")
_IN_BODY = ("body", "form", "file")


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


def path_of(call: HttpCall) -> str:
    """The path template, with the slash that OpenAPI demands at its start."""
    return call.path if call.path.startswith("/") else "/" + call.path


def http_operation(endpoint: Endpoint, call: HttpCall, context: Context) -> dict[str, Any]:
    """The Operation Object of an http endpoint."""
    endpoint = sound_defaults(endpoint, context)
    operation = head(endpoint, call.operation_id or endpoint.name)
    parameters = [parameter_object(p) for p in endpoint.parameters if p.location not in _IN_BODY]
    parameters += _undeclared(endpoint, call, context)
    if parameters:
        operation["parameters"] = parameters
    body = _request_body(endpoint, call, context)
    if body is not None:
        operation["requestBody"] = body
    operation["responses"] = _responses(endpoint, context)
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
    samples = [dict(s) for s in (*endpoint.code_samples, *context.samples(endpoint))]
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


def property_schema(parameter: Parameter) -> Schema:
    """The schema of a parameter as a property of the body: with description, default and examples in it."""
    extra: dict[str, Any] = {}
    if parameter.description:
        extra["description"] = parameter.description
    if parameter.default is not None:
        if parameter.default.is_json:
            extra["default"] = parameter.default.value
        else:
            extra["x-python-default"] = parameter.default.text
    if parameter.deprecated:
        extra["deprecated"] = True
    if parameter.examples:
        extra["examples"] = [e.value for e in parameter.examples]
    if parameter.type_source:
        extra["x-type-source"] = parameter.type_source
    schema = parameter.schema
    if not extra:
        return schema
    if isinstance(schema, dict):
        if parameter.default is not None and "default" in schema:
            schema = {k: v for k, v in schema.items() if k != "default"}
        return {**schema, **extra}
    return extra if schema else {"not": {}, **extra}


def parameter_object(parameter: Parameter) -> dict[str, Any]:
    """A Parameter Object for path, query, header and cookie parameters."""
    out: dict[str, Any] = {"name": parameter.name, "in": parameter.location}
    if parameter.description:
        out["description"] = parameter.description
    if parameter.required or parameter.location == "path":
        out["required"] = True
    if parameter.deprecated:
        out["deprecated"] = True
    if parameter.style:
        out["style"] = parameter.style
    if parameter.explode is not None:
        out["explode"] = parameter.explode
    if parameter.allow_reserved:
        out["allowReserved"] = True
    schema = parameter.schema
    extra: dict[str, Any] = {}
    if parameter.default is not None:
        key = "default" if parameter.default.is_json else "x-python-default"
        extra[key] = parameter.default.value if parameter.default.is_json else parameter.default.text
    if parameter.type_source:
        extra["x-type-source"] = parameter.type_source
    if extra:
        schema = {**schema, **extra} if isinstance(schema, dict) else extra
    if parameter.media_type:
        out["content"] = {parameter.media_type: {"schema": schema, **example_objects(parameter.examples)}}
    else:
        out.update({"schema": schema, **example_objects(parameter.examples)})
    return out


def example_objects(examples: Sequence[Example]) -> dict[str, Any]:
    """`{"examples": {name: Example Object}}`, or nothing where there are none."""
    if not examples:
        return {}
    out: dict[str, Any] = {}
    for number, example in enumerate(examples, 1):
        name = example.name or f"example{number}"
        while name in out:
            name += "_"
        entry: dict[str, Any] = {}
        if example.summary:
            entry["summary"] = example.summary
        if example.description:
            entry["description"] = example.description
        out[name] = {**entry, "value": example.value}
    return {"examples": out}


def arguments_schema(parameters: Sequence[Parameter]) -> dict[str, Any]:
    """The closed object whose properties are the parameters: the body of an http call, the body of Gradio's v2."""
    schema: dict[str, Any] = {"type": "object", "properties": {p.name: property_schema(p) for p in parameters}}
    required = [p.name for p in parameters if p.required]
    if required:
        schema["required"] = required
    schema["additionalProperties"] = False
    return schema


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


def _request_body(endpoint: Endpoint, call: HttpCall, context: Context) -> dict[str, Any] | None:
    if endpoint.request_body is not None:
        body = endpoint.request_body
        out: dict[str, Any] = {"description": body.description} if body.description else {}
        out["content"] = {m.type: media_type_object(m, context) for m in body.content}
        if body.required:
            out["required"] = True
        return out
    parameters = [p for p in endpoint.parameters if p.location in _IN_BODY]
    if not parameters:
        return None
    names = {p.name for p in parameters}
    examples = [
        Example(value={k: v for k, v in e.value.items() if k in names}, name=e.name, summary=e.summary,
                description=e.description)
        for e in endpoint.examples if isinstance(e.value, dict)
    ]  # fmt: skip
    if all(p.location == "body" for p in parameters):
        content: dict[str, Any] = {"schema": arguments_schema(parameters)}
    else:
        content = _form(parameters, call, context)
        examples = []
    content.update(example_objects(examples))
    out = {"content": {call.media_type: content}}
    if any(p.required for p in parameters):
        out["required"] = True
    return out


def _form(parameters: Sequence[Parameter], call: HttpCall, context: Context) -> dict[str, Any]:
    """Fields and files of a form. A field that is a list or object travels as JSON text, which the schema says."""
    schemas = context.api.schemas
    as_sent = []
    encoding: dict[str, Any] = {}
    for parameter in parameters:
        schema = parameter.schema
        if parameter.location == "file":
            if not isinstance(schema, dict) or not (types(schema) or "$ref" in schema or "anyOf" in schema):
                schema = {"type": "string", "format": "binary"}
            if parameter.multiple and "array" not in types(resolve(schema, schemas)):
                schema = {"type": "array", "items": schema}
            if parameter.media_type:
                encoding[parameter.name] = {"contentType": parameter.media_type}
        elif not parameter.multiple and {"array", "object"} & set(types(resolve(schema, schemas))):
            schema = {"type": "string", "contentMediaType": "application/json", "contentSchema": schema}
        as_sent.append(_with_schema(parameter, schema))
    content: dict[str, Any] = {"schema": arguments_schema(as_sent)}
    if encoding and call.media_type.startswith("multipart/"):
        content["encoding"] = encoding
    return content


def _with_schema(parameter: Parameter, schema: Schema) -> Parameter:
    if schema is parameter.schema:
        return parameter
    default = parameter.default
    if default is not None and default.is_json and isinstance(schema, dict) and "contentSchema" in schema:
        schema, default = {**schema, "contentSchema": {**_as_dict(parameter.schema), "default": default.value}}, None
    return Parameter(
        name=parameter.name, location=parameter.location, schema=schema, required=parameter.required, default=default,
        description=parameter.description, deprecated=parameter.deprecated, type_source=parameter.type_source,
    )  # fmt: skip


def _as_dict(schema: Schema) -> dict[str, Any]:
    return schema if isinstance(schema, dict) else ({} if schema else {"not": {}})


def media_type_object(media: MediaType, context: Context) -> dict[str, Any]:
    """A Media Type Object."""
    out: dict[str, Any] = {}
    if media.item_schema is not None:
        out.update(stream_content(media.item_schema, context.version))
    if media.schema != {} and "schema" not in out:
        out["schema"] = media.schema
    if media.encoding:
        out["encoding"] = media.encoding
    return {**out, **example_objects(media.examples)}


def _responses(endpoint: Endpoint, context: Context) -> dict[str, Any]:
    ours = context.api.source == "functions"
    responses: dict[str, Any] = {}
    if endpoint.result is not None:
        responses[endpoint.result.status] = result_response(endpoint.result, context)
    for response in endpoint.responses:
        responses[response.status] = _response(response, context, ours)
    if ours:
        if endpoint.parameters:
            responses.setdefault("422", context.shared.response("invalid"))
        responses.setdefault("default", context.shared.response("problem"))
    return responses or {"200": {"description": "OK"}}


def result_response(result: Result, context: Context) -> dict[str, Any]:
    """The Response Object of a successful call."""
    out: dict[str, Any] = {"description": result.description or phrase(result.status)}
    if result.headers:
        out["headers"] = result.headers
    content: dict[str, Any] = {}
    if result.streaming and result.media_type == STREAM_MEDIA_TYPE and context.api.source == "functions":
        problem = context.shared.schema("problem")
        event = events({"generating": result.schema, "complete": {"type": "null"}, "heartbeat": {"type": "null"},
                        "error": problem})  # fmt: skip
        content[STREAM_MEDIA_TYPE] = stream_content(event, context.version)
        content["application/json"] = {
            "schema": {"type": "array", "items": result.schema, "description": "All values of the stream at once."}
        }
    elif result.streaming:
        content[result.media_type] = stream_content(result.schema, context.version)
    elif result.media_type:
        schema = result.schema
        if result.is_file and (schema is True or schema == {}):
            schema = {"type": "string", "format": "binary"}
        content[result.media_type] = {"schema": schema} if schema != {} or not result.other_content else {}
    if result.media_type and result.examples:
        content[result.media_type].update(example_objects(result.examples))
    for media in result.other_content:
        content.setdefault(media.type, media_type_object(media, context))
    if content:
        out["content"] = content
    if result.links:
        out["links"] = result.links
    return out


def _response(response: Response, context: Context, ours: bool) -> dict[str, Any]:
    out: dict[str, Any] = {"description": response.description or phrase(response.status)}
    if response.headers:
        out["headers"] = response.headers
    if response.content:
        out["content"] = {m.type: media_type_object(m, context) for m in response.content}
    elif ours:
        out["content"] = {PROBLEM_MEDIA_TYPE: {"schema": context.shared.schema("problem")}}
    if response.links:
        out["links"] = response.links
    return out


def phrase(status: str) -> str:
    """The standard phrase of a status code; `Error` for ranges and `default`."""
    try:
        return HTTPStatus(int(status)).phrase
    except ValueError:
        return "Success" if status.startswith("2") else "Error"
