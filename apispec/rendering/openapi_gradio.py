"""Endpoints called as Gradio apps are: post the arguments, get an event id, read the events.

The operations describe what the server really does (measured on Gradio 5.33 and 6.31): a positional `data` array, the
named `/call/v2` of Gradio 6, the event stream with what each event carries, uploads and downloads.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from apispec.literals import percent_encode
from apispec.model import Endpoint, Example, GradioCall, Parameter, Result, Schema
from apispec.rendering.openapi_context import Context
from apispec.rendering.openapi_operations import head, servers, sound_defaults, tail
from apispec.rendering.openapi_parameters import arguments_schema, example_objects, property_schema
from apispec.rendering.openapi_shared import STREAM_FAILURE, STREAM_MEDIA_TYPE, events, stream_content
from apispec.schemas import Schemas, is_file_data, walk

_EVENT_ID: dict[str, Any] = {
    "name": "event_id", "in": "path", "required": True, "schema": {"type": "string"},
    "description": "The `event_id` that the call answered.",
}  # fmt: skip

_SILENT = {"type": "null", "description": "State of the session, which stays on the server."}


def gradio_operations(endpoint: Endpoint, call: GradioCall, context: Context) -> dict[str, dict[str, Any]]:
    """Operations by path template: the positional call, the named one if there is one, the events; none if unrouted."""
    if not call.routed:
        return {}
    endpoint = sound_defaults(replace(endpoint, parameters=_parameters(endpoint, context)), context)
    path = f"{call.prefix}/call/{{}}{percent_encode(call.api_name)}"
    operations = {path.format(""): {"post": _positional(endpoint, call, context)}}
    if call.revision == "v2":
        operations[path.format("v2/")] = {"post": _named(endpoint, context)}
    operations[path.format("") + "/{event_id}"] = {"get": _events(endpoint, call, context)}
    return operations


def file_operations(prefix: str, context: Context) -> dict[str, dict[str, Any]]:
    """`/upload` and `/file=`, which every endpoint with files needs."""
    upload = {
        "operationId": "upload",
        "summary": "Upload files",
        "description": "The paths in the answer are what a file argument's `path` takes.",
        "parameters": [
            {"name": "upload_id", "in": "query", "schema": {"type": "string"},
             "description": "For following the progress of the upload."},
        ],
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "properties": {"files": {"type": "array", "items": {"type": "string", "format": "binary"}}},
                        "required": ["files"],
                    }
                }
            },
        },
        "responses": {
            "200": {
                "description": "The server's paths of the files, in order.",
                "content": {"application/json": {"schema": {"type": "array", "items": {"type": "string"}}}},
            },
            "413": {"description": "The upload is too large."},
        },
    }  # fmt: skip
    download = {
        "operationId": "download",
        "summary": "Download a file",
        "parameters": [{"name": "path", "in": "path", "required": True, "schema": {"type": "string"},
                        "description": "The `path` of a file that a call answered."}],
        "responses": {
            "200": {
                "description": "The bytes of the file.",
                "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
            },
            "403": {"description": "The path is not one that the app hands out."},
        },
    }  # fmt: skip
    return {f"{prefix}/upload": {"post": upload}, f"{prefix}/file={{path}}": {"get": download}}


def login_operation() -> dict[str, Any]:
    """`/login`, where an app with `launch(auth=…)` gives the cookies that every other operation needs."""
    properties = {"username": {"type": "string"}, "password": {"type": "string", "format": "password"}}
    schema = {"type": "object", "properties": properties, "required": list(properties)}
    post = {
        "operationId": "login",
        "summary": "Log in",
        "description": "The answer sets the cookies `access-token-…` and `access-token-unsecure-…`, the second one for "
        "plain http. Send one of them with every call.",
        "security": [],
        "requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": schema}}},
        "responses": {
            "200": {
                "description": "Logged in.",
                "headers": {"Set-Cookie": {"schema": {"type": "string"}}},
                "content": {
                    "application/json": {"schema": {"type": "object", "properties": {"success": {"type": "boolean"}}}}
                },
            },
            "400": {"description": "The credentials are wrong."},
        },
    }
    return {"post": post}


def has_files(endpoint: Endpoint, schemas: Schemas) -> bool:
    """Whether files go in or out."""
    outputs = [f.schema for f in endpoint.result.fields] if endpoint.result else []
    result = [endpoint.result.schema] if endpoint.result else []
    parameters = [p.schema for p in endpoint.parameters]
    return (
        any(p.location == "file" for p in endpoint.parameters)
        or bool(endpoint.result and endpoint.result.is_file)
        or any(is_file_data(part, schemas) for s in (*outputs, *result, *parameters) for part in walk(s))
    )


def _positional(endpoint: Endpoint, call: GradioCall, context: Context) -> dict[str, Any]:
    operation = head(endpoint, endpoint.name)
    items: list[dict[str, Any]] = [{**_dict(property_schema(p)), "title": p.name} for p in endpoint.parameters]
    for position in call.silent_inputs:
        items.insert(position, dict(_SILENT))
    data: dict[str, Any] = {"type": "array", "description": "The arguments, in order."}
    if items:
        data.update(prefixItems=items, items=False)
    data.update(minItems=len(items), maxItems=len(items))
    session: dict[str, Any] = {"type": "string", "description": "Calls with the same text share their state."}
    if call.revision == "v1":
        session["description"] += " The events of such a call are read with it in place of the `event_id`."
    content: dict[str, Any] = {
        "schema": {
            "type": "object",
            "properties": {"data": data, "session_hash": session},
            "required": ["data"],
        }
    }
    content.update(example_objects(_examples(endpoint, call)))
    operation["requestBody"] = {"required": True, "content": {"application/json": content}}
    operation["responses"] = _started(endpoint, context)
    if call.state:
        operation["x-apispec-state"] = True
    tail(operation, endpoint, context)
    return operation


def _named(endpoint: Endpoint, context: Context) -> dict[str, Any]:
    operation = head(endpoint, endpoint.name + "_named")
    schema = arguments_schema(endpoint.parameters)
    operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    operation["responses"] = _started(endpoint, context)
    _where(operation, endpoint)
    return operation


def _events(endpoint: Endpoint, call: GradioCall, context: Context) -> dict[str, Any]:
    operation = head(endpoint, endpoint.name + "_events")
    operation["description"] = "The events of one call. They can be read once."
    outputs = _outputs(endpoint.result, call.silent_outputs)
    event = events({"generating": outputs, "complete": outputs, "heartbeat": {"type": "null"}, "error": STREAM_FAILURE})
    operation["parameters"] = [_EVENT_ID]
    description = (endpoint.result.description if endpoint.result else "") or "The events of the call."
    operation["responses"] = {
        "200": {
            "description": description,
            "content": {STREAM_MEDIA_TYPE: stream_content(event, context.version)},
        }
    }
    _where(operation, endpoint)
    return operation


def _where(operation: dict[str, Any], endpoint: Endpoint) -> None:
    if endpoint.security is not None:
        operation["security"] = list(endpoint.security)
    if endpoint.servers:
        operation["servers"] = servers(endpoint.servers)


def _started(endpoint: Endpoint, context: Context) -> dict[str, Any]:
    answer = {"type": "object", "properties": {"event_id": {"type": "string"}}, "required": ["event_id"]}
    responses: dict[str, Any] = {
        "200": {"description": "The call is queued.", "content": {"application/json": {"schema": answer}}}
    }
    if context.api.source == "functions":
        responses["422"] = context.shared.response("invalid")
        responses["default"] = context.shared.response("problem")
    else:
        responses["422"] = {"description": "The arguments do not fit."}
    return responses


def _parameters(endpoint: Endpoint, context: Context) -> tuple[Parameter, ...]:
    """The parameters with files as Gradio passes them."""
    out = []
    for parameter in endpoint.parameters:
        if parameter.location == "file":
            schema: dict[str, Any] = context.shared.schema("file")
            if parameter.multiple:
                schema = {"type": "array", "items": schema}
            if parameter.default is not None and parameter.default.is_json and parameter.default.value is None:
                schema = {"anyOf": [schema, {"type": "null"}]}
            out.append(replace(parameter, location="body", schema=schema))
        else:
            out.append(parameter)
    return tuple(out)


def _outputs(result: Result | None, silent: tuple[int, ...]) -> dict[str, Any]:
    """The list of all outputs that `generating` and `complete` carry, those included that are always null."""
    if result is None:
        return {"type": "array"}
    if not result.media_type:
        items: list[Schema] = []
    elif not result.fields:
        items = [result.schema]
    else:
        items = [
            {**_dict(f.schema), **({"title": f.name} if f.name else {}),
             **({"description": f.description} if f.description else {})}
            for f in result.fields
        ]  # fmt: skip
    for position in silent:
        items.insert(position, dict(_SILENT))
    if not items:
        return {"type": "array", "maxItems": 0}
    return {"type": "array", "prefixItems": items, "items": False, "minItems": len(items), "maxItems": len(items)}


def _examples(endpoint: Endpoint, call: GradioCall) -> list[Example]:
    out = []
    for example in endpoint.examples:
        if isinstance(example.value, dict) and all(p.name in example.value for p in endpoint.parameters):
            data = [example.value[p.name] for p in endpoint.parameters]
            for position in call.silent_inputs:
                data.insert(position, None)
            out.append(Example(value={"data": data}, name=example.name, summary=example.summary))
    return out


def _dict(schema: Schema) -> dict[str, Any]:
    return schema if isinstance(schema, dict) else ({} if schema else {"not": {}})
