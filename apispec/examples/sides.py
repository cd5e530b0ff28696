"""Schemas as one side sees them: requests carry nothing that is read only, answers nothing that is write only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from apispec.model import Schema
from apispec.schemas import Schemas, closure, resolve

Hidden = Literal["readOnly", "writeOnly"]
"""What is not there: read-only properties of requests, write-only ones of answers. `required` is of the other side then
(OpenAPI 3.0, Schema Object)."""

_KEPT_SETS = 4
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_SINGLE = ("items", "additionalProperties", "not", "if", "then", "else", "contains")


class Sided(Mapping[str, Schema]):
    """Components without what is hidden, made when they are asked for.

    Args:
        schemas: The components as they are; must not change.
        hidden: Which of their properties are left out.
    """

    def __init__(self, schemas: Schemas, hidden: Hidden) -> None:
        self.whole = schemas
        self.hidden = hidden
        self._made: dict[str, Schema] = {}

    def __getitem__(self, name: str) -> Schema:
        if name not in self._made:
            self._made[name] = self.seen(self.whole[name])
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self.whole

    def __iter__(self) -> Iterator[str]:
        return iter(self.whole)

    def __len__(self) -> int:
        return len(self.whole)

    def seen(self, schema: Schema) -> Schema:
        """A schema without what is hidden; itself where nothing is."""
        if not isinstance(schema, dict):
            return schema
        out: dict[str, Any] = {}
        for key, value in schema.items():
            if key == "properties" and isinstance(value, dict):
                out[key] = {name: self.seen(inner) for name, inner in value.items() if not self._is_hidden(inner)}
            elif key in _LISTS and isinstance(value, list):
                out[key] = [self.seen(inner) for inner in value]
            elif key in _SINGLE:
                out[key] = self.seen(value)
            else:
                out[key] = value
        properties = schema.get("properties")
        if isinstance(properties, dict) and isinstance(schema.get("required"), list):
            out["required"] = [n for n in schema["required"] if n not in properties or n in out["properties"]]
        return schema if out == schema else out

    def differs(self, schema: Schema) -> bool:
        """Whether anything is hidden in a schema or in what it refers to."""
        reached = closure(schema, self.whole)
        return self.seen(schema) is not schema or any(self[name] is not self.whole[name] for name in reached)

    def _is_hidden(self, schema: Schema) -> bool:
        found = resolve(schema, self.whole)
        return isinstance(found, dict) and found.get(self.hidden) is True


_recent: list[Sided] = []


def sided(schemas: Schemas, hidden: Hidden) -> Sided:
    """Components as one side sees them: the same for the same mapping, as long as it was used recently."""
    for known in _recent:
        if known.whole is schemas and known.hidden == hidden:
            return known
    made = Sided(schemas, hidden)
    _recent.insert(0, made)
    del _recent[_KEPT_SETS:]
    return made
