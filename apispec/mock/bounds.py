"""Numbers within the bounds of their formats: `int32` holds no 3000000000 (OpenAPI Format Registry)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from apispec.model import Schema
from apispec.schemas import Schemas

_LARGEST_FLOAT = 3.4028234663852886e38
_BOUNDS: dict[str, tuple[float, float]] = {
    **{f"int{bits}": (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for bits in (8, 16, 32, 64)},
    **{f"uint{bits}": (0, 2**bits - 1) for bits in (8, 16, 32, 64)},
    "float": (-_LARGEST_FLOAT, _LARGEST_FLOAT),
}
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_MAPS = ("properties", "patternProperties", "$defs", "dependentSchemas")
_SINGLE = (
    "items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames", "unevaluatedItems",
    "unevaluatedProperties",
)  # fmt: skip


def bounded(schema: Schema) -> Schema:
    """A schema whose numbers have the bounds that their formats mean; itself where it names none."""
    if not isinstance(schema, dict):
        return schema
    out: dict[str, Any] = {}
    for key, value in schema.items():
        if key in _MAPS and isinstance(value, dict):
            out[key] = {name: bounded(inner) for name, inner in value.items()}
        elif key in _LISTS and isinstance(value, list):
            out[key] = [bounded(inner) for inner in value]
        elif key in _SINGLE:
            out[key] = bounded(value)
        else:
            out[key] = value
    known = _BOUNDS.get(str(schema.get("format")))
    if known is not None and all(known[0] <= number <= known[1] for number in _shown(schema)):
        low, high = schema.get("minimum"), schema.get("maximum")
        out["minimum"] = max(known[0], low) if isinstance(low, (int, float)) else known[0]
        out["maximum"] = min(known[1], high) if isinstance(high, (int, float)) else known[1]
    return schema if out == schema else out


def _shown(schema: Mapping[str, Any]) -> list[float]:
    """The numbers that its author shows: one that the format cannot hold tells that the format is wrong."""
    listed = [*_list(schema.get("examples")), *_list(schema.get("enum")), schema.get("example"), schema.get("default")]
    return [number for number in listed if isinstance(number, (int, float)) and not isinstance(number, bool)]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


class Bounded(Mapping[str, Schema]):
    """Components with those bounds, made when they are asked for.

    Args:
        schemas: The components as they are.
    """

    def __init__(self, schemas: Schemas) -> None:
        self.whole = schemas
        self._made: dict[str, Schema] = {}

    def __getitem__(self, name: str) -> Schema:
        if name not in self._made:
            self._made[name] = bounded(self.whole[name])
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.whole)

    def __len__(self) -> int:
        return len(self.whole)


_recent: list[Bounded] = []


def all_bounded(schemas: Schemas) -> Bounded:
    """Components with those bounds: the same for the same mapping, as long as it was used recently."""
    found = next((one for one in _recent if one.whole is schemas), None) or Bounded(schemas)
    _recent[:] = [found, *(one for one in _recent if one is not found)][:4]
    return found
