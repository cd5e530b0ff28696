"""Two schemas as one that accepts what both accept, as far as that can be written down.

A schema made here is only a guide for building an example; the example is checked against the original.
"""

from __future__ import annotations

from math import lcm
from typing import Any

from apispec.model import Schema
from apispec.schema import Schemas, resolve, types

_LARGER = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains")
_SMALLER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains")


def merge(first: Schema, second: Schema, schemas: Schemas) -> Schema:
    """The intersection of two schemas; the second one's words win where both say something."""
    if first is False or second is False:
        return False
    a, b = resolve(first, schemas), resolve(second, schemas)
    if not isinstance(a, dict):
        return b
    if not isinstance(b, dict):
        return a
    out: dict[str, Any] = {**a, **b}
    for key in a.keys() & b.keys():
        out[key] = _both(key, a[key], b[key])
    if "type" in a and "type" in b:
        kinds = [t for t in types(a) if t in types(b) or (t == "integer" and "number" in types(b))]
        kinds += [t for t in types(b) if t == "integer" and "number" in types(a) and t not in kinds]
        if not kinds:
            return False
        out["type"] = kinds[0] if len(kinds) == 1 else kinds
    if isinstance(out.get("enum"), list) and not out["enum"]:
        return False
    for one in (a, b):
        if one.get("additionalProperties") is False and "patternProperties" not in one and "properties" in out:
            out["properties"] = {k: v for k, v in out["properties"].items() if k in one.get("properties", {})}
    for key, spare in (("oneOf", "anyOf"), ("anyOf", "oneOf")):
        if key in a and key in b and spare not in out:
            out[spare] = a[key]
    return out


def _both(key: str, a: Any, b: Any) -> Any:
    if a == b:
        return b
    if key in ("properties", "patternProperties", "$defs", "dependentSchemas"):
        return {n: _later(a[n], b[n]) if n in a and n in b else a.get(n, b.get(n)) for n in {**a, **b}}
    if key == "required":
        return list(dict.fromkeys([*a, *b]))
    if key in _LARGER:
        return max(a, b)
    if key in _SMALLER:
        return min(a, b)
    if key == "enum":
        return [v for v in a if v in b]
    if key in ("items", "additionalProperties", "propertyNames", "contains"):
        return _later(a, b)
    if key == "prefixItems":
        return [_later(x, y) for x, y in zip(a, b, strict=False)] + a[len(b) :] + b[len(a) :]
    if key == "allOf":
        return [*a, *b]
    if key == "multipleOf" and isinstance(a, int) and isinstance(b, int):
        return lcm(a, b)
    return b


def _later(a: Schema, b: Schema) -> Schema:
    """Inner schemas are merged when an example of them is made, since there may be no end to it."""
    if a is False or b is False:
        return False
    if a is True or a == b:
        return b
    return a if b is True else {"allOf": [a, b]}
