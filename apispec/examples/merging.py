"""Two schemas as one that accepts what both accept, as far as that can be written down.

A schema made here is only a guide for building an example; the example is checked against the original.
"""

from __future__ import annotations

from math import lcm
from typing import Any

from apispec.examples.scalars import is_number
from apispec.model import Schema
from apispec.schemas import Schemas, resolve, types

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
    if ("const" in a and "const" in b and a["const"] != b["const"]) or out.get("enum") == []:
        return False
    if isinstance(out.get("properties"), dict):
        both = {name: _elsewhere(name, _elsewhere(name, inner, a), b) for name, inner in out["properties"].items()}
        out["properties"] = {name: inner for name, inner in both.items() if inner is not False}
    if isinstance(out.get("prefixItems"), list):
        for one, other in ((a, b), (b, a)):  # what one says of all items holds for the first ones of the other
            if "items" in other and "prefixItems" in one and "prefixItems" not in other:
                out["prefixItems"] = [_later(first, other["items"]) for first in one["prefixItems"]]
    for key in ("oneOf", "anyOf"):  # both must hold; `values` takes one after the other
        if key in a and key in b and a[key] != b[key]:
            out[key] = a[key]
            out["allOf"] = [*out.get("allOf", ()), {key: b[key]}]
    return out


def _both(key: str, a: Any, b: Any) -> Any:
    if a == b or not _comparable(key, a, b):
        return b
    if key in ("properties", "patternProperties", "$defs", "dependentSchemas"):
        return {n: _later(a[n], b[n]) if n in a and n in b else a.get(n, b.get(n)) for n in {**a, **b}}
    if key == "required":
        return a + [name for name in b if name not in a]
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
    if key == "not":
        return {"anyOf": [a, b]}
    if key == "multipleOf" and isinstance(a, int) and isinstance(b, int):
        return lcm(a, b)
    return b


def _comparable(key: str, a: Any, b: Any) -> bool:
    """Whether two values of a keyword are of the type that it asks for; a schema may be wrong."""
    if key in _LARGER + _SMALLER + ("multipleOf",):
        return is_number(a) and is_number(b)
    if key in ("required", "enum", "prefixItems", "allOf"):
        return isinstance(a, list) and isinstance(b, list)
    if key in ("properties", "patternProperties", "$defs", "dependentSchemas"):
        return isinstance(a, dict) and isinstance(b, dict)
    return True


def _elsewhere(name: str, inner: Schema, schema: dict[str, Any]) -> Schema:
    """The schema of a property, that which `schema` has for properties it does not name merged in."""
    if name in schema.get("properties", ()) or "patternProperties" in schema:
        return inner
    return _later(inner, schema.get("additionalProperties", True))


def _later(a: Schema, b: Schema) -> Schema:
    """Inner schemas are merged when an example of them is made, since there may be no end to it."""
    if a is False or b is False:
        return False
    if a is True or a == b:
        return b
    return a if b is True else {"allOf": [a, b]}
