"""Whether a JSON value is one that a schema accepts. Formats are not checked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from apispec.model import Json, Schema
from apispec.schemas import closure, is_affordable

_SIMPLE: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
    "array": (list,),
    "object": (dict,),
}
_PLAIN_KEYWORDS = frozenset(
    {"type", "format", "title", "description", "additionalProperties", "items", "contentEncoding"}
)


class Acceptance:
    """Asks schemas, each compiled at most once.

    Args:
        schemas: The components.
    """

    def __init__(self, schemas: Mapping[str, Schema]) -> None:
        self._schemas = schemas
        self._compiled: dict[str, Any] = {}

    def accepts(self, schema: Schema, value: Json) -> bool:
        """Whether a value fits."""
        if schema is True or schema == {}:
            return True
        if isinstance(schema, dict):
            kind = schema.get("type")
            if isinstance(kind, str) and not (schema.keys() - _PLAIN_KEYWORDS):  # most schemas of most parameters
                if not isinstance(value, _SIMPLE.get(kind, ())) or (isinstance(value, bool) and kind != "boolean"):
                    return kind == "integer" and isinstance(value, float) and value.is_integer()
                if not value or not isinstance(value, (list, dict)):
                    return True
            branches = schema.get("anyOf")
            if isinstance(branches, list) and not (schema.keys() - {"anyOf", "title", "description"}):
                return any(self.accepts(branch, value) for branch in branches)
        return self._validator(schema).is_valid(value)  # type: ignore[no-any-return]

    def _validator(self, schema: Schema) -> Any:
        key = json.dumps(schema, sort_keys=True)
        found = self._compiled.get(key)
        if found is None:
            try:
                import jsonschema_rs
            except ImportError:  # an interpreter that ours is not made for
                return _Anything()
            root: dict[str, Any] = dict(schema) if isinstance(schema, dict) else {"not": {}}
            root["components"] = {"schemas": closure(schema, self._schemas)}
            try:
                if not is_affordable(schema, self._schemas):
                    raise ValueError("checking it would not end")
                found = jsonschema_rs.Draft202012Validator(root, validate_formats=False, offline=True)
            except ValueError:  # a pattern that is not one of JSON Schema's
                found = _Anything()
            self._compiled[key] = found
        return found


class _Anything:
    def is_valid(self, value: Json) -> bool:
        return True
