"""Whether defaults fit their schemas: validators refuse a document in which one does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from apispec.examples import is_valid
from apispec.model import Default, Endpoint, Json, Parameter, Schema
from apispec.schemas import Schemas, types

_SILENT = {"type", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly"}
"""Keywords that say nothing about a value, and `type`."""


def sound(endpoint: Endpoint, schemas: Schemas, note: Callable[[Parameter], None]) -> Endpoint:
    """The endpoint with defaults that do not fit turned into text (`x-python-default`); each is noted."""
    misfits = [
        p
        for p in endpoint.parameters
        if p.default is not None and p.default.is_json and not fits(p.default.value, p.schema, schemas)
    ]
    if not misfits:
        return endpoint
    for parameter in misfits:
        note(parameter)
    mended = tuple(
        replace(p, default=Default(text=repr(p.default.value))) if p in misfits and p.default else p
        for p in endpoint.parameters
    )
    return replace(endpoint, parameters=mended)


def fits(value: Json, schema: Schema, schemas: Schemas) -> bool:
    """Whether the value is valid against the schema, formats included; plain cases cost no validator."""
    if not isinstance(schema, dict):
        return schema
    telling = [key for key in schema if key not in _SILENT and not key.startswith("x-")]
    if not telling:
        return "type" not in schema or any(_is(value, name) for name in types(schema))
    if telling == ["anyOf"] and "type" not in schema and any(fits(value, b, schemas) for b in _simple(schema["anyOf"])):
        return True
    if telling == ["enum"] and any(type(value) is type(v) and value == v for v in schema["enum"]):
        return "type" not in schema or any(_is(value, name) for name in types(schema))
    return is_valid(schema, value, schemas)


def _simple(branches: list[Schema]) -> list[Schema]:
    """The branches that cost little to try."""
    return [b for b in branches if isinstance(b, bool) or (len(b) == 1 and "type" in b)]


def _is(value: Json, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    if value is None:
        return name == "null"
    if isinstance(value, float):
        return name == "number" or (name == "integer" and value.is_integer())
    return type(value) is {"integer": int, "number": int, "string": str, "array": list, "object": dict}.get(name)
