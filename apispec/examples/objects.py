"""Objects: the required properties, and the optional ones where wanted."""

from __future__ import annotations

from typing import Any

from apispec.examples.keywords import dict_of, is_aside, list_of, says
from apispec.examples.making import (
    FULL_NODES,
    MAX_COMPONENTS,
    MAX_NODES,
    Candidates,
    Making,
    NoExampleError,
    Stack,
    guessed_value,
)
from apispec.examples.merging import merge
from apispec.examples.scalars import count, variations
from apispec.model import Json, Schema

_MAX_VARIED = 200
"""Objects of more properties are not tried with one of them at a time."""
_SIMPLE = frozenset(("type", "properties", "required", "additionalProperties"))


def objects(making: Making, schema: dict[str, Any], stack: Stack, depth: int) -> Candidates:
    """Objects with the required properties, and the optional ones where wanted."""
    properties = dict_of(schema, "properties")
    required = [key for key in list_of(schema, "required") if isinstance(key, str)]
    least, most = count(schema, "minProperties", 0), count(schema, "maxProperties", MAX_NODES)
    extra = schema.get("additionalProperties", True)
    needed = set(required)
    whole = making.full and len(stack) < MAX_COMPONENTS and making.nodes < FULL_NODES
    value: dict[str, Json] = {}
    anyway = {} if whole else making.known.shown_anyway(schema)
    is_cut = not whole and any(key not in anyway and not is_aside(properties[key]) for key in properties)
    for key in properties if whole else anyway:
        if key in needed:
            _need(making, value, _named(making, schema, key, properties[key]), key, stack, depth)
        elif is_aside(properties[key]):
            continue
        elif (whole or making.nodes < FULL_NODES) and len(value) + len(needed) < most:
            _add(making, value, schema, key, stack, depth)
        else:
            is_cut = True
    making.cuts += is_cut and (making.full or making.nodes >= FULL_NODES)
    for key, others in dict_of(schema, "dependentRequired").items():
        if key in value and isinstance(others, list):
            required += [other for other in others if isinstance(other, str)]
    for key in required:
        if key not in value and (key not in properties or key not in needed):
            _need(making, value, _named(making, schema, key, properties.get(key, extra)), key, stack, depth)
    for key in properties if len(value) < least else ():
        if key not in value and len(value) < least:
            _add(making, value, schema, key, stack, depth)
    if least > len(value):
        making.count(least - len(value))
    is_map = not properties and not required and (isinstance(extra, dict) or "patternProperties" in schema)
    for key in _keys(making, schema, min(max(least - len(value), is_map), most), stack, depth):
        if key not in value:
            _add(making, value, schema, key, stack, depth)
    yield value, says(schema) <= _SIMPLE
    if len(required) < len(value) <= _MAX_VARIED:
        yield {k: v for k, v in value.items() if k in required}, False
        for key in value:
            if key not in required:
                yield {k: v for k, v in value.items() if k in required or k == key}, False


def _need(making: Making, value: dict[str, Json], schema: Schema, key: str, stack: Stack, depth: int) -> None:
    """Add a required property; a guess where there must be one, and nothing where the best guess is a null that does
    not fit: what is missing is as wrong, and promises nothing.
    """
    try:
        value[key] = making.make(schema, key, stack, depth + 1)
    except NoExampleError:
        if not making.guess:
            raise
        making.guesses.append(key)
        making.cuts += 1
        made = guessed_value(schema, making.schemas, key)
        if made is not None or making.known.fits(schema, None):
            value[key] = made


def _add(making: Making, value: dict[str, Json], schema: dict[str, Any], key: str, stack: Stack, depth: int) -> None:
    """Add an optional property, unless there is no example of it."""
    properties = dict_of(schema, "properties")
    inner = properties.get(key, schema.get("additionalProperties", True))
    for made in making.tries(_named(making, schema, key, inner), key if key in properties else "", stack, depth):
        value[key] = made


def _named(making: Making, schema: dict[str, Any], key: str, inner: Schema) -> Schema:
    """The schema of a property, those that `patternProperties` has for its name merged in."""
    patterns = schema.get("patternProperties")
    if not isinstance(patterns, dict):
        return inner
    matching = [s for pattern, s in patterns.items() if making.known.fits({"pattern": pattern}, key)]
    if key not in dict_of(schema, "properties") and matching:
        inner = True
    for other in matching:
        inner = merge(inner, other, making.schemas)
    return inner


def _keys(making: Making, schema: dict[str, Any], wanted: int, stack: Stack, depth: int) -> list[str]:
    """Names for properties that `properties` does not name."""
    if wanted <= 0:
        return []
    names: Schema = merge({"type": "string"}, schema.get("propertyNames", True), making.schemas)
    for pattern in dict_of(schema, "patternProperties"):
        names = merge({"pattern": pattern}, names, making.schemas)
        break
    try:
        first = making.make(names, "key", stack, depth + 1)
    except NoExampleError:
        return []
    known = list_of(names, "enum") or variations(first, wanted)
    return [key for key in known if isinstance(key, str) and making.known.fits(names, key)][:wanted]
