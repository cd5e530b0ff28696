"""What travels in bodies: requests, results, other answers."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from apispec.model import Endpoint, Example, HttpCall, MediaType, Parameter, Response, Result, Schema
from apispec.rendering.openapi_context import Context
from apispec.rendering.openapi_parameters import arguments_schema, example_objects
from apispec.rendering.openapi_shared import PROBLEM_MEDIA_TYPE, STREAM_MEDIA_TYPE, events, stream_content
from apispec.schemas import resolve, types

IN_BODY = ("body", "form", "file")
"""Locations of parameters that the request body is made of."""


def request_body(endpoint: Endpoint, call: HttpCall, context: Context) -> dict[str, Any] | None:
    """The Request Body Object; None where nothing travels in the body."""
    if endpoint.request_body is not None:
        body = endpoint.request_body
        out: dict[str, Any] = {"description": body.description} if body.description else {}
        out["content"] = {m.type: media_type_object(m, context) for m in body.content}
        if body.required:
            out["required"] = True
        return out
    parameters = [p for p in endpoint.parameters if p.location in IN_BODY]
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


def responses(endpoint: Endpoint, context: Context) -> dict[str, Any]:
    """The Responses Object; functions answer what is wrong as problems."""
    ours = context.api.source == "functions"
    found: dict[str, Any] = {}
    if endpoint.result is not None:
        found[endpoint.result.status] = result_response(endpoint.result, context)
    for response in endpoint.responses:
        found[response.status] = _response(response, context, ours)
    if ours:
        if endpoint.parameters:
            found.setdefault("422", context.shared.response("invalid"))
        found.setdefault("default", context.shared.response("problem"))
    return found or {"200": {"description": "OK"}}


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
