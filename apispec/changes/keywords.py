"""What the keywords of one schema mean: the reading behind `apispec.changes.shapes`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from apispec.documents.pointers import escape

everything = frozenset({"string", "number", "integer", "boolean", "object", "array", "null"})
"""Every type; "integer" stands for the whole numbers, "number" for the others."""

Bound = tuple[Any, bool] | None
"""A number, and whether the number itself is left out."""

Bounds = tuple[Bound, Bound]


class At(NamedTuple):
    """A schema and where it stands."""

    value: Any
    pointer: str


ANYTHING = At(True, "")


@dataclass(frozen=True)
class Shape:
    """The meaning of one schema, one level deep."""

    types: frozenset[str] = everything
    enum: tuple[Any, ...] | None = None
    range: Bounds = (None, None)
    length: Bounds = (None, None)
    item_count: Bounds = (None, None)
    property_count: Bounds = (None, None)
    multiples: frozenset[str] = frozenset()
    patterns: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    unique: bool = False
    items: At = ANYTHING
    prefix: tuple[At, ...] = ()
    properties: dict[str, At] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    additional: At = ANYTHING
    choices: tuple[tuple[At, ...], ...] = ()
    """Groups of alternatives (`anyOf`, `oneOf`); a value fits one of each group."""
    others: frozenset[str] = frozenset()
    """Keywords that are only compared for equality, as JSON."""
    flags: dict[str, bool] = field(default_factory=dict)
    default: tuple[Any] | None = None
    discriminator: str = ""


_UNCOMPARED = frozenset(
    {
        "title", "description", "example", "examples", "externalDocs", "xml", "$comment", "$schema", "$id", "$anchor",
        "$defs", "definitions", "$dynamicAnchor", "$vocabulary", "contentSchema",
    }
)  # fmt: skip
KNOWN = frozenset(
    {
        "$ref", "type", "nullable", "x-nullable", "enum", "const", "minimum", "maximum", "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf", "minLength", "maxLength", "pattern", "format", "minItems", "maxItems", "uniqueItems", "items",
        "prefixItems", "minProperties", "maxProperties", "properties", "required", "additionalProperties",
        "unevaluatedProperties", "allOf", "anyOf", "oneOf", "default", "readOnly", "writeOnly", "deprecated",
        "discriminator",
        "x-extensible-enum",
    }
)  # fmt: skip
_PARAMETER_KEYS = frozenset(
    {"name", "in", "collectionFormat", "allowEmptyValue", "headers", "schema", "style", "explode"}
)
"""What a parameter of Swagger 2.0 has beside its schema, which is the parameter itself."""


def own(at: At) -> Shape:
    """The meaning of a schema's own keywords."""
    value, pointer = at.value, at.pointer
    types = _named_types(value)
    enum = _enum(value)
    if (value.get("nullable") is True or value.get("x-nullable") is True) and types != everything:
        types, enum = types | {"null"}, with_null(enum)
    return Shape(
        types=types,
        enum=enum,
        range=_range(value),
        length=_count(value, "minLength", "maxLength"),
        item_count=_count(value, "minItems", "maxItems"),
        property_count=_count(value, "minProperties", "maxProperties"),
        multiples=frozenset({as_json(value["multipleOf"])}) if "multipleOf" in value else frozenset(),
        patterns=frozenset({value["pattern"]}) if isinstance(value.get("pattern"), str) else frozenset(),
        formats=frozenset({value["format"]}) if isinstance(value.get("format"), str) else frozenset(),
        unique=value.get("uniqueItems") is True,
        items=_items(value, pointer),
        prefix=_prefix(value, pointer),
        properties={
            name: At(inner, f"{pointer}/properties/{escape(name)}")
            for name, inner in _dict(value.get("properties")).items()
        },
        required=frozenset(name for name in _list(value.get("required")) if isinstance(name, str)),
        additional=_additional(value, pointer),
        others=frozenset(
            as_json(_bare({key: inner}))
            for key, inner in value.items()
            if key not in KNOWN and key not in _UNCOMPARED and key not in _PARAMETER_KEYS and not key.startswith("x-")
        ),
        flags={
            "readOnly": value.get("readOnly") is True,
            "writeOnly": value.get("writeOnly") is True,
            "deprecated": value.get("deprecated") is True,
            "extensible": "x-extensible-enum" in value,
        },
        default=(value["default"],) if "default" in value else None,
        discriminator=_discriminator(value),
    )


def _bare(value: Any, *, names: bool = False) -> Any:
    """A keyword's value without what says nothing about values.

    Args:
        value: The value.
        names: Whether the keys are names (of properties) and not keywords.
    """
    if isinstance(value, list):
        return [_bare(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: _bare(inner, names=not names and key in _MAPS)
        for key, inner in value.items()
        if names or (key not in _UNCOMPARED and not key.startswith("x-"))
    }


_MAPS = frozenset({"properties", "patternProperties", "dependentSchemas", "dependentRequired"})


def _named_types(value: dict[str, Any]) -> frozenset[str]:
    names = value.get("type")
    listed = {names} if isinstance(names, str) else {name for name in _list(names) if isinstance(name, str)}
    if not listed:
        return everything
    if "number" in listed:
        listed.add("integer")
    if "file" in listed:  # Swagger 2.0
        listed.add("string")
    return frozenset(listed) & everything or everything


def types_of(value: Any) -> Iterator[str]:
    """The types that a value has."""
    names = {bool: "boolean", str: "string", dict: "object", list: "array", type(None): "null", int: "integer"}
    if type(value) is float:
        yield "integer" if value.is_integer() else "number"
    else:
        yield names.get(type(value), "object")


def _enum(value: dict[str, Any]) -> tuple[Any, ...] | None:
    extensible = value.get("x-extensible-enum")
    values = value.get("enum", extensible)
    listed = tuple(values) if isinstance(values, list) else None
    return common(listed, (value["const"],)) if "const" in value else listed


def with_null(enum: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
    """An enumeration that allows null, too."""
    return enum if enum is None or None in enum else (*enum, None)


def _range(value: dict[str, Any]) -> Bounds:
    bounds: list[Bound] = []
    for word, open_word in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        closed: Bound = (value[word], value.get(open_word) is True) if _is_number(value.get(word)) else None
        opened: Bound = (value[open_word], True) if _is_number(value.get(open_word)) else None
        bounds.append(_tighter_bound(closed, opened, 1 if word == "minimum" else -1))
    return bounds[0], bounds[1]


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _count(value: dict[str, Any], low: str, high: str) -> Bounds:
    least, most = value.get(low), value.get(high)
    lower: Bound = (least, False) if least is not None and _is_number(least) and least > 0 else None
    return lower, (most, False) if _is_number(most) else None


def tighter(one: Bounds, two: Bounds) -> Bounds:
    """Bounds that keep both."""
    return _tighter_bound(one[0], two[0], 1), _tighter_bound(one[1], two[1], -1)


def _tighter_bound(one: Bound, two: Bound, sign: int) -> Bound:
    if one is None or two is None:
        return one or two
    return max(one, two, key=lambda bound: (bound[0] * sign, bound[1]))


def closed(bound: Bound, step: int) -> Bound:
    """For whole numbers: more than 0 is at least 1."""
    if bound is None or not bound[1] or not float(bound[0]).is_integer():
        return bound
    return int(bound[0]) + step, False


def plain(value: Any) -> Any:
    """True for a schema that says nothing about values."""
    says_nothing = isinstance(value, dict) and all(key in _UNCOMPARED or key.startswith("x-") for key in value)
    return True if says_nothing and "x-extensible-enum" not in value else value


def _items(value: dict[str, Any], pointer: str) -> At:
    items = value.get("items")
    if isinstance(items, list):
        return At(value.get("additionalItems", True), f"{pointer}/additionalItems")
    return At(plain(items), f"{pointer}/items") if isinstance(items, (dict, bool)) else At(True, pointer)


def _prefix(value: dict[str, Any], pointer: str) -> tuple[At, ...]:
    key = "prefixItems" if isinstance(value.get("prefixItems"), list) else "items"
    return tuple(At(item, f"{pointer}/{key}/{n}") for n, item in enumerate(_list(value.get(key))))


def _additional(value: dict[str, Any], pointer: str) -> At:
    for key in ("additionalProperties", "unevaluatedProperties"):
        inner = value.get(key)
        if isinstance(inner, (dict, bool)):
            return At(plain(inner), f"{pointer}/{key}")
    return At(True, pointer)


def _discriminator(value: dict[str, Any]) -> str:
    discriminator = value.get("discriminator")
    name = discriminator.get("propertyName") if isinstance(discriminator, dict) else discriminator
    return name if isinstance(name, str) else ""


def common(one: tuple[Any, ...] | None, two: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
    """Values that are in both enumerations."""
    if one is None or two is None:
        return two if one is None else one
    return tuple(value for value in one if value in two)


def is_bare(shape: Shape) -> bool:
    """Whether a shape says nothing but its types."""
    plain = replace(
        shape, types=everything, flags={}, default=None, discriminator="", items=ANYTHING, additional=ANYTHING
    )
    return plain == Shape() and shape.items.value is True and shape.additional.value is True


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def as_json(value: Any) -> str:
    """A JSON value as text that is equal for equal values."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
