"""The inputs of a Gradio endpoint as parameters: what the component says, completed by the function's hints."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from apispec.findings import Severity
from apispec.model import Default, Example, Parameter, Schema
from apispec.schemas import closure, is_file_data, types, walk
from apispec.sources.gradio import components as parts
from apispec.sources.gradio import functions
from apispec.sources.gradio.examples import whole_number
from apispec.sources.gradio.reading import Drafted, Reading
from apispec.sources.gradio.size import excerpt, is_short, too_long

_FILE_SCHEMA = {"type": "string", "format": "binary"}


def parameters(reading: Reading, drafted: Drafted) -> Iterator[Parameter]:
    """The inputs that travel."""
    names = functions.input_names(drafted.fn)
    signature = {p.name: p for p in drafted.signature.parameters}
    for index, block in enumerate(drafted.fn.inputs):
        if parts.is_component(block):
            yield _parameter(reading, drafted, block, names[index], signature.get(names[index]))


def typed_parameter(reading: Reading, parameter: Parameter) -> Parameter:
    """A parameter of such a function; one that is hinted as FileData, or a list of them, is a file."""
    schema, schemas = parameter.schema, reading.components.schemas
    variants = schema.get("anyOf", [schema]) if isinstance(schema, dict) else [schema]
    whole = [v for v in variants if v != {"type": "null"}]
    one = whole[0] if len(whole) == 1 else {}
    many = isinstance(one, dict) and types(one) == ("array",) and is_file_data(one.get("items", {}), schemas)
    if not many and not is_file_data(one, schemas):
        return replace(parameter, location="body", media_type="")
    file: Schema = {"type": "array", "items": dict(_FILE_SCHEMA)} if many else dict(_FILE_SCHEMA)
    return replace(parameter, location="file", schema=file, multiple=many, media_type="", examples=())


def _parameter(reading: Reading, drafted: Drafted, block: Any, name: str, read: Any) -> Parameter:
    info = reading.infos.get(block._id, {})
    schema = reading.components.input(block, info)
    if schema in ({}, True) or schema == {"description": "any valid json"}:
        schema = reading.hinted(drafted, name)
    null_default = read is not None and read.default is None
    whole = parts.default(block, info, null_default)
    default = _short(reading, drafted, name, whole)
    documented = drafted.docstring.parameters.get(name)
    title = parts.label(block)
    title = title if parts.letters(title) != parts.letters(name) else ""
    if documented is not None and documented.description:
        description = parts.sentences(documented.description, parts.steps(block))
    else:  # the label says it
        description, title = parts.sentences(title, parts.info(block), parts.steps(block)), ""
    unset = parts.has_no_choices(block)
    if unset:
        description = parts.sentences(description, "It has no choices before the app gives it some.")
    location, multiple, media_type = "body", False, parts.media_type(block)
    file = reading.components.file() if _has_file(reading, schema) else None
    given, value = parts.example(block, schema)
    examples: tuple[Example, ...] = ()
    if schema == file:
        location = "file"
    elif isinstance(schema, dict) and types(schema) == ("array",) and schema.get("items") == file and file:
        location, multiple = "file", True
    if location == "file":
        schema = {"type": "array", "items": dict(_FILE_SCHEMA)} if multiple else dict(_FILE_SCHEMA)
    else:
        default, schema = _fitting(reading, drafted, name, default, schema)
        empty = file is not None and default is not None and default.value == []
        if unset and not reading.acceptance.accepts(schema, None):
            schema = {"anyOf": [schema, {"type": "null"}]}
        beginning = excerpt(whole.value) if whole is not None and default is not whole else None
        if beginning is not None and reading.acceptance.accepts(schema, beginning):
            examples = (Example(value=beginning),)
        elif unset and default is None:
            examples = (Example(value=None),)
        elif given and (default is None or empty) and reading.acceptance.accepts(schema, value):
            examples = (Example(value=value),)
        elif default is None and (number := whole_number(block, schema)) is not None:
            examples = (Example(value=number),)
        if file is None:
            media_type = ""
    if title and isinstance(schema, dict) and "$ref" not in schema:
        schema = {"title": title, **{k: v for k, v in schema.items() if k != "title"}}
    return Parameter(
        name=name,
        location=location,  # type: ignore[arg-type] # one of the two above
        schema=schema,
        required=default is None,
        default=default,
        description=description,
        examples=examples,
        multiple=multiple,
        media_type=media_type,
        component=parts.kind(block),
    )


def _short(reading: Reading, drafted: Drafted, name: str, default: Default | None) -> Default | None:
    """A default, less one that is too long to be shown, which is told."""
    if default is None or not default.is_json or is_short(default.value):
        return default
    said = too_long(default.value)
    message = f"the value of the component for {name} is left out of documents and snippets: it is {said}"
    reading.report(drafted, "long-default", message, "", Severity.INFO, name)
    return Default(text=said)


def _has_file(reading: Reading, schema: Schema) -> bool:
    """Whether files are in values of a schema."""
    schemas = reading.components.schemas
    reached = [schema, *closure(schema, schemas).values()]
    return any(is_file_data(part, schemas) for one in reached for part in walk(one))


def _fitting(
    reading: Reading, drafted: Drafted, name: str, default: Default | None, schema: Schema
) -> tuple[Default | None, Schema]:
    """A default and a schema that agree."""
    if default is None or not default.is_json or reading.acceptance.accepts(schema, default.value):
        return default, schema
    if default.value is None:
        return default, {"anyOf": [schema, {"type": "null"}]}
    message = f"the value of the component for {name} is none that it accepts"
    reading.report(drafted, "default-does-not-fit", message, "change the value or the choices", Severity.WARNING, name)
    return Default(text=str(default.value)[:80]), schema
