"""Default values: exact where JSON can hold them, else as text that tells nothing about this machine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic_core import to_jsonable_python

from apispec.introspection.adapters import Adapted
from apispec.introspection.generator import is_json
from apispec.introspection.texts import is_secret, value_text
from apispec.model import Default, Schema
from apispec.schemas import closure, walk


def default_of(value: Any, made: Adapted | None) -> Default:
    """A default as the model keeps it.

    Args:
        value: Any object.
        made: The adapter of the parameter's hint, which knows how its values are written.
    """
    if value is None or value is True or value is False or type(value) is int:
        return Default(value=value)
    if getattr(type(value), "only_written", False):
        return Default(text=value_text(value))
    if made is None and not _is_native(value):  # what is sent for it would be another value
        return Default(text=value_text(value))
    found, json = (False, None) if is_secret(value) else to_json(value, made)
    return Default(value=json) if found else Default(text=value_text(value))


def _is_native(value: Any, depth: int = 0) -> bool:
    """Whether a value comes out of JSON as it is, or as what is taken for it: a list for a tuple or a set."""
    if isinstance(value, (list, tuple, set, frozenset)):
        return depth < 20 and all(_is_native(item, depth + 1) for item in value)
    if isinstance(value, dict):
        return depth < 20 and all(_is_native(part, depth + 1) for item in value.items() for part in item)
    return value is None or isinstance(value, (str, int, float))


def holds_secrets(schema: Schema, schemas: Mapping[str, Schema]) -> bool:
    """Whether values of a schema are secrets or have some inside: what pydantic makes of `SecretStr`.

    Args:
        schema: Any.
        schemas: The components, by name.
    """
    inside = [schema, *closure(schema, schemas).values()]
    return any(isinstance(part, dict) and part.get("format") == "password" for root in inside for part in walk(root))


def to_json(value: Any, made: Adapted | None = None) -> tuple[bool, Any]:
    """Whether JSON can hold a value exactly, and what it is there."""
    value = _ordered(value)
    try:
        json = to_jsonable_python(value, by_alias=True, timedelta_mode="iso8601", bytes_mode="base64")
        plain = is_json(json)
        if not plain:  # infinity, which an adapter may write as null
            return False, None
    except Exception:
        plain, json = False, None
    if made is not None:
        try:
            typed = made.adapter.dump_python(value, mode="json", by_alias=True, warnings=False)
            if is_json(typed):
                return True, typed
        except Exception:
            return plain, json
    return plain, json


def _ordered(value: Any) -> Any:
    """Sets in an order that does not change from run to run."""
    if type(value) in (set, frozenset):
        return sorted(map(_ordered, value), key=lambda item: (type(item).__name__, value_text(item)))
    if type(value) in (list, tuple):
        return type(value)(map(_ordered, value))
    if type(value) is dict:
        return {key: _ordered(inner) for key, inner in value.items()}
    return value
