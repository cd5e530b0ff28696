"""The outputs of a Gradio endpoint as its result: one value of each component that travels."""

from __future__ import annotations

from typing import Any

from apispec.model import Result, ResultField, Schema
from apispec.schemas import types, variants
from apispec.sources.gradio import components as parts
from apispec.sources.gradio.code import UPDATE, none_among, returns_lists, returns_some, returns_updates
from apispec.sources.gradio.reading import Drafted, Reading, split

_STREAM = "text/event-stream"


def typed_fields(drafted: Drafted, result: Result) -> tuple[ResultField, ...]:
    """What a function's hints say of each output."""
    count = sum(parts.is_component(b) for b in drafted.fn.outputs)
    schemas = split(result.schema, count)
    return tuple(
        ResultField(name="result" if count == 1 else f"result {i + 1}", schema=s) for i, s in enumerate(schemas)
    )


def fields_of(reading: Reading, drafted: Drafted) -> tuple[ResultField, ...]:
    """What the components say of each output, the function adding what they don't."""
    fn = drafted.fn
    hints = reading.output_schemas(drafted)
    fields = []
    outputs = [b for b in fn.outputs if parts.is_component(b)]
    given = none_among(fn.fn, len(fn.outputs))
    nulls = {i for i, block in enumerate(outputs) if fn.outputs.index(block) in given}
    updates = returns_updates(fn.fn) or returns_some(fn.fn, fn.outputs)
    for index, block in enumerate(outputs):
        schema = reading.components.output(block, reading.infos.get(block._id, {}))
        hint = hints[index] if index < len(hints) else {}
        if schema in ({}, True) or schema == {"description": "any valid json"}:
            schema = hint or {}
        elif hint and reading.acceptance.accepts(hint, None):
            nulls.add(index)
        if schema == reading.components.file() and parts.kind(block) == "File":
            schema = _several(schema, hint, returns_lists(fn.fn) or any(map(parts.holds_files, fn.inputs)))
        schema = _widened(reading, schema, null=index in nulls, update=updates)
        name = parts.label(block) or parts.kind(block).lower()
        fields.append(ResultField(name=name, schema=schema, component=parts.kind(block)))
    return tuple(fields)


def result_of(drafted: Drafted, fields: tuple[ResultField, ...], description: str) -> Result:
    """The result: the value of one output, the list of several."""
    schema: Schema = {"type": "null"}
    if len(fields) == 1:
        schema = fields[0].schema
    elif fields:
        schemas = [f.schema for f in fields]
        schema = {"type": "array", "prefixItems": schemas, "minItems": len(schemas), "maxItems": len(schemas)}
    streaming = bool(getattr(drafted.fn, "types_generator", False))
    media_type = _STREAM if fields else ""
    return Result(schema=schema, description=description, streaming=streaming, media_type=media_type, fields=fields)


def _several(file: dict[str, Any], hint: Schema, maybe: bool) -> Schema:
    """The schema of a File as an output: a list where the function gives one, whatever `file_count` says.

    Args:
        file: Of one.
        hint: Of the function's result.
        maybe: Whether the function could give a list, where no hint says it.
    """
    hinted = [t for v in variants(hint) or (hint,) for t in types(v)] if isinstance(hint, dict) else []
    files = {"type": "array", "items": file}
    if hinted:
        return files if "array" in hinted and "string" not in hinted else file
    return {"anyOf": [file, files]} if maybe else file


def _widened(reading: Reading, schema: Schema, *, null: bool, update: bool) -> Schema:
    """The schema of an output that the function also gives None or an update for."""
    if schema in ({}, True):
        return schema
    ways = [schema]
    if update:
        ways.append(reading.components.shared("Update", UPDATE))
    if null and not reading.acceptance.accepts(schema, None):
        ways.append({"type": "null"})
    return {"anyOf": ways} if len(ways) > 1 else schema
