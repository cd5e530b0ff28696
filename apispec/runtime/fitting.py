"""Values as their schema wants them, where they were written as something near: numbers for text, text for numbers.

For protocols that convert, as Gradio's does, and for results of functions that keep their hints loosely. Strict
protocols judge values as they came.
"""

from __future__ import annotations

import json
import math
from typing import Any

from apispec.model import Json, Schema
from apispec.runtime.validators import Validator
from apispec.schemas import Schemas, resolve, types, variants

_DEEPEST = 50


def fitted(value: Json, schema: Schema, schemas: Schemas, *, read: bool = False, write: bool = False) -> Json:
    """A value that fits the schema where there is one near it, else the value.

    Args:
        value: What came.
        schema: Its schema, with references to components.
        schemas: The components.
        read: Whether text becomes a number where a number is wanted.
        write: Whether whole objects and lists become text, as JSON, where text is wanted.
    """
    if Validator(schema, schemas).accepts(value):
        return value
    made = _fitted(value, schema, schemas, (read, write), 0)
    return made if Validator(schema, schemas).accepts(made) else value


def _fitted(value: Json, schema: Schema, schemas: Schemas, ways: tuple[bool, bool], depth: int) -> Json:
    schema = resolve(schema, schemas)
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return value
    for variant in variants(schema):
        made = _fitted(value, variant, schemas, ways, depth + 1)
        if Validator(variant, schemas).accepts(made):
            return made
    wanted = types(schema)
    if isinstance(value, list) and "array" in wanted:
        first = schema.get("prefixItems", [])
        rest = schema.get("items", True)
        parts = [*first, *([rest] * len(value))][: len(value)]
        return [_fitted(v, s, schemas, ways, depth + 1) for v, s in zip(value, parts, strict=True)]
    if isinstance(value, dict) and "object" in wanted:
        known, rest = schema.get("properties", {}), schema.get("additionalProperties", True)
        return {k: _fitted(v, known.get(k, rest), schemas, ways, depth + 1) for k, v in value.items()}
    return _scalar(value, wanted, *ways)


def _scalar(value: Json, wanted: tuple[str, ...], read: bool, write: bool) -> Json:
    if "string" in wanted and isinstance(value, (int, float)):
        return str(value)
    if "string" in wanted and write and isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    if read and isinstance(value, str) and ("number" in wanted or "integer" in wanted):
        return _number(value, whole="number" not in wanted)
    return value


def _number(text: str, *, whole: bool) -> Any:
    """The number that a text is; the text where it is none."""
    for kind in (int,) if whole else (int, float):
        try:
            made = kind(text)
        except ValueError:
            continue
        if text.strip().isascii() and "_" not in text and math.isfinite(made):
            return made
    return text
