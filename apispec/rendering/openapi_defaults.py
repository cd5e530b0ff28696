"""Whether defaults fit their schemas: validators refuse a document in which one does not."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from apispec.examples import is_valid
from apispec.model import Default, Endpoint, Json, Parameter, Schema
from apispec.schemas import Schemas, types

_SILENT = {"type", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly"}
"""Keywords that say nothing about a value, and `type`."""

_NAIVE = re.compile(r"(\d{4}-\d\d-\d\d[T ])?\d\d:\d\d(:\d\d(\.\d+)?)?")
"""A date and time, or a time, that does not say of which zone."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DURATION = re.compile(r"-?(P(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+)?))(?:\.\d+)?(S?)")
"""A duration that may be negative or have parts of seconds, which the format has not."""


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
        if not _is_plain_python(parameter, schemas):
            note(parameter)
    mended = tuple(
        replace(p, default=Default(text=_shown(p, schemas))) if p in misfits else p for p in endpoint.parameters
    )
    return replace(endpoint, parameters=mended)


def _is_plain_python(parameter: Parameter, schemas: Schemas) -> bool:
    """Whether a default is a value of its type in Python, which only its JSON can't say: no file, no time zone."""
    value = parameter.default.value if parameter.default is not None else None
    if parameter.location == "file":
        return value is None
    aware = _aware(value)
    return bool(aware != value) and fits(aware, parameter.schema, schemas)


def _aware(value: Json) -> Json:
    """A value as formats want it: with an offset behind each date and time that has none, and with plain durations."""
    if isinstance(value, str):
        if _DAY.fullmatch(value):
            return f"{value}T00:00:00Z"
        if duration := _DURATION.fullmatch(value):
            return f"{duration[1]}{duration[2]}"
        return f"{value}Z" if _NAIVE.fullmatch(value) else value
    if isinstance(value, list):
        return [_aware(item) for item in value]
    return {key: _aware(inner) for key, inner in value.items()} if isinstance(value, dict) else value


def _shown(parameter: Parameter, schemas: Schemas) -> str:
    value = parameter.default.value if parameter.default is not None else None
    return value if isinstance(value, str) and _is_plain_python(parameter, schemas) else repr(value)


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
