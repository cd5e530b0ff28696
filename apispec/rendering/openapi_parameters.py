"""Parameters, as Parameter Objects and as properties of a body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apispec.model import Example, Parameter, Schema


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
    if parameter.allow_empty:
        out["allowEmptyValue"] = True
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
