"""Types of JSON Schema, and whether a value has one."""

from __future__ import annotations

from typing import Any


def types_of(schema: dict[str, Any]) -> list[str]:
    """The types a schema names, as a list."""
    types = schema.get("type")
    return (
        [types]
        if isinstance(types, str)
        else [name for name in types if isinstance(name, str)]
        if isinstance(types, list)
        else []
    )


def is_of_type(value: Any, name: str) -> bool:
    """Whether a value has a JSON Schema type; unknown types fit everything."""
    match name:
        case "string":
            return isinstance(value, str)
        case "integer":
            return not isinstance(value, bool) and (
                isinstance(value, int) or (isinstance(value, float) and value.is_integer())
            )
        case "number":
            return is_number(value)
        case "boolean":
            return isinstance(value, bool)
        case "object":
            return isinstance(value, dict)
        case "array":
            return isinstance(value, list)
        case "null":
            return value is None
    return True


def is_number(value: Any) -> bool:
    """Whether a value is a number of JSON: true and false are none."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)
