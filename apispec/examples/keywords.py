"""What the keywords of a schema say, as far as examples need it. Tolerant: a schema may be wrong in any way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from apispec.model import Json, Schema
from apispec.schemas import Schemas, marks, resolve, types, variants, without_null

_ANNOTATIONS = frozenset(
    (
        "title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly", "$comment",
        "discriminator", "xml", "externalDocs", "nullable",
    )
)  # fmt: skip
"""Keywords that refuse no value."""
_IMPLIED = (
    (
        "object",
        ("properties", "required", "additionalProperties", "patternProperties", "minProperties", "propertyNames"),
    ),
    ("array", ("items", "prefixItems", "minItems", "contains", "uniqueItems")),
    ("string", ("pattern", "minLength", "maxLength", "format", "contentEncoding", "contentMediaType")),
    ("number", ("minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum")),
)


def given(schema: dict[str, Any]) -> list[Json]:
    """The values that the schema's author gives."""
    values = list_of(schema, "examples")
    if "example" in schema:
        values.append(schema["example"])
    if schema.get("default") is not None:
        values.append(schema["default"])
    return values


def written_examples(schema: Schema, schemas: Schemas) -> Iterator[Json]:
    """The examples that a schema's author wrote, in it, in what it refers to, or in what it may be beside null."""
    for _ in range(4):
        target = resolve(schema, schemas)
        if not isinstance(target, dict):
            return
        yield from list_of(target, "examples")
        if "example" in target:
            yield target["example"]
        inner = without_null(target)
        if inner == target:
            parts = target.get("allOf")
            if not isinstance(parts, list) or len(parts) != 1:
                return
            inner = parts[0]
        schema = inner if isinstance(inner, dict) and "$ref" in inner else _without_examples(inner, target)


def _without_examples(schema: Schema, told: dict[str, Any]) -> Schema:
    """A schema less the examples that were told of it."""
    if not isinstance(schema, dict):
        return schema
    return {k: v for k, v in schema.items() if k not in ("examples", "example") or told.get(k) != v}


def is_aside(schema: Schema) -> bool:
    """Whether a property is left out of examples unless it must be there."""
    return isinstance(schema, dict) and bool(schema.get("writeOnly") or schema.get("deprecated"))


def discriminated(schema: dict[str, Any], branch: Schema, value: Json) -> Iterator[Json]:
    """The value with its discriminator (OpenAPI) naming the branch, where a schema has one and the value does not."""
    discriminator = schema.get("discriminator")
    names = marks(discriminator, branch)
    if not names or not isinstance(discriminator, dict) or not isinstance(value, dict):
        return
    key = discriminator.get("propertyName")
    if isinstance(key, str) and value.get(key) not in names:
        yield {**value, key: names[0]}


def says(schema: dict[str, Any]) -> set[str]:
    """The keywords of a schema that can refuse a value."""
    return {k for k in schema if k not in _ANNOTATIONS and not k.startswith("x-")}


def list_of(schema: Any, key: str) -> list[Any]:
    """A keyword that holds a list, copied; empty where it is missing or none."""
    value = schema.get(key) if isinstance(schema, dict) else None
    return list(value) if isinstance(value, list) else []


def dict_of(schema: dict[str, Any], key: str) -> dict[str, Any]:
    """A keyword that holds a mapping; empty where it is missing or none."""
    value = schema.get(key)
    return value if isinstance(value, dict) else {}


def singular(name: str) -> str:
    """What one item of a list of that name is called: `tags` → `tag`."""
    return name[:-1] if name.endswith("s") and not name.endswith("ss") and len(name) > 3 else name


def kinds(schema: dict[str, Any]) -> tuple[str, ...]:
    """The types to try, null last; guessed from the keywords where none is named."""
    named = types(schema)
    if named:
        return tuple(sorted(named, key=lambda kind: kind == "null")) if len(named) > 1 else named
    implied = tuple(kind for kind, keys in _IMPLIED if any(k in schema for k in keys))
    if implied:
        return implied
    if variants(schema) or "$ref" in schema or "allOf" in schema:
        return ()
    return ("string", "number", "object", "array", "boolean", "null")
