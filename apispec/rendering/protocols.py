"""The same functions seen through another protocol: an Api of http endpoints as Gradio's clients call it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from apispec.model import REF_PREFIX, Api, Endpoint, GradioCall, Parameter, Result, ResultField, Schema
from apispec.schemas import FILE_DATA, Schemas, resolve, types

PREFIX = "/gradio_api"
"""Where `apispec serve` answers Gradio's clients; without it, too."""


def over_gradio(api: Api) -> Api:
    """The Api whose plain functions are called as Gradio apps are; what is called so already stays as it is.

    A result that is a tuple of fixed length becomes as many outputs, since that is what Gradio makes of one.
    """
    name = next(
        n for n in ("FileData", "GradioFileData", "ApispecFileData") if api.schemas.get(n, FILE_DATA) == FILE_DATA
    )
    file: Schema = {"$ref": REF_PREFIX + name}
    endpoints = tuple(_endpoint(e, api.schemas, file) for e in api.endpoints)
    uses_files = any(p.location == "file" for e in endpoints for p in e.parameters) or any(
        e.result is not None and e.result.is_file for e in api.endpoints
    )
    schemas = {**api.schemas, name: FILE_DATA} if uses_files else api.schemas
    return replace(api, endpoints=endpoints, schemas=schemas)


def outputs(result: Result | None, schemas: Schemas) -> tuple[Schema, ...] | None:
    """The schemas of the several outputs that a result becomes, None where it is one output."""
    schema = resolve(result.schema, schemas) if result is not None and not result.is_file else None
    if not isinstance(schema, dict) or types(schema) != ("array",):
        return None
    parts = schema.get("prefixItems")
    if not isinstance(parts, list) or len(parts) < 2 or schema.get("minItems") != len(parts):
        return None
    closed = schema.get("maxItems") == len(parts) or schema.get("items") is False
    return tuple(parts) if closed else None


def _endpoint(endpoint: Endpoint, schemas: Schemas, file: Schema) -> Endpoint:
    if isinstance(endpoint.call, GradioCall):
        return endpoint
    parameters = tuple(_parameter(p) for p in endpoint.parameters)
    call = GradioCall(
        prefix=PREFIX, api_name=endpoint.name, revision="v2", state=bool(endpoint.extensions.get("x-apispec-state"))
    )
    return replace(endpoint, call=call, parameters=parameters, result=_result(endpoint.result, schemas, file))


def _parameter(parameter: Parameter) -> Parameter:
    if parameter.location == "file":
        return parameter
    return replace(
        parameter, location="body", style="", explode=None, allow_reserved=False, allow_empty=False, media_type=""
    )


def _result(result: Result | None, schemas: Schemas, file: Schema) -> Result:
    result = result or Result(schema={"type": "null"})
    changes: dict[str, Any] = {"media_type": "text/event-stream", "status": "200", "headers": {}, "other_content": ()}
    if result.is_file:
        changes.update(schema=file, is_file=False)
    parts = outputs(result, schemas)
    if parts is not None:
        changes["fields"] = tuple(ResultField(name=_title(p, i), schema=p) for i, p in enumerate(parts))
    return replace(result, **changes)


def _title(schema: Schema, index: int) -> str:
    title = schema.get("title") if isinstance(schema, dict) else None
    return title if isinstance(title, str) and title else f"output {index + 1}"
