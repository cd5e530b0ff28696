"""What the keywords of one schema mean: the reading behind `apispec.changes.shapes`."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from apispec.documents import escape

everything = frozenset({"string", "number", "integer", "boolean", "object", "array"})
"""Every type but null; "integer" stands for the whole numbers, "number" for the others."""

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
    """The values other than null that fit one alternative of a schema, one level deep."""

    types: frozenset[str] = everything
    enum: tuple[str, ...] | None = None
    """The listed values as JSON; None where any goes."""
    extensible: bool = False
    """Whether callers were told that there may be more than those listed."""
    range: Bounds = (None, None)
    length: Bounds = (None, None)
    item_count: Bounds = (None, None)
    property_count: Bounds = (None, None)
    multiples: frozenset[int | float] = frozenset()
    patterns: frozenset[str] = frozenset()
    formats: frozenset[str] = frozenset()
    unique: bool = False
    items: At = ANYTHING
    prefix: tuple[At, ...] = ()
    properties: dict[str, At] = field(default_factory=dict)
    required: frozenset[str] = frozenset()
    additional: At = ANYTHING
    patterned: dict[str, At] = field(default_factory=dict)
    """Schemas of properties whose names match a pattern."""
    names: At = ANYTHING
    """What the names of properties must fit."""
    tags: frozenset[str] = frozenset()
    """Values of the discriminator that lead here."""
    others: frozenset[str] = frozenset()
    """Keywords that are only compared for equality, as JSON."""
    origin: At = ANYTHING
    """The schema it was read from."""


@dataclass(frozen=True)
class Notes:
    """What a schema says beside which values fit."""

    default: tuple[Any] | None = None
    discriminator: str = ""
    deprecated: bool = False
    read_only: bool = False
    write_only: bool = False

    def __or__(self, other: Notes) -> Notes:
        """Both; where only one can be, the first."""
        return Notes(
            self.default if self.default is not None else other.default,
            self.discriminator or other.discriminator,
            self.deprecated or other.deprecated,
            self.read_only or other.read_only,
            self.write_only or other.write_only,
        )


UNCOMPARED = frozenset(
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
        "discriminator", "patternProperties", "propertyNames", "contentEncoding", "contentMediaType",
        "x-extensible-enum",
    }
)  # fmt: skip
_PARAMETER_KEYS = frozenset(
    {"name", "in", "collectionFormat", "allowEmptyValue", "headers", "schema", "style", "explode"}
)
"""What a parameter of Swagger 2.0 has beside its schema, which is the parameter itself."""


def own(at: At) -> Shape:
    """What a schema's own keywords allow; `others` and `tags` need the document and are left out."""
    value, pointer = at.value, at.pointer
    types, enum = _named_types(value), _enum(value)
    step = value.get("multipleOf")
    if _is_number(step) and step and step % 1 == 0:
        types -= {"number"}  # a multiple of a whole number is one
    if enum is not None:
        enum = tuple(text for text in enum if type_of(text) in types)
        types &= frozenset(map(type_of, enum))
        enum = None if set(enum) == {"true", "false"} else enum
    return Shape(
        types=types,
        enum=enum,
        extensible="x-extensible-enum" in value,
        range=_range(value),
        length=_count(value, "minLength", "maxLength"),
        item_count=_count(value, "minItems", "maxItems"),
        property_count=_count(value, "minProperties", "maxProperties"),
        multiples=frozenset({value["multipleOf"]}) if _is_number(value.get("multipleOf")) else frozenset(),
        patterns=frozenset({value["pattern"]} - _ANY_TEXT) if isinstance(value.get("pattern"), str) else frozenset(),
        formats=_formats(value),
        unique=value.get("uniqueItems") is True,
        items=_items(value, pointer),
        prefix=_prefix(value, pointer),
        properties=_schemas(value, pointer, "properties"),
        required=frozenset(name for name in _list(value.get("required")) if isinstance(name, str)),
        additional=_additional(value, pointer),
        patterned=_schemas(value, pointer, "patternProperties"),
        names=At(plain(value.get("propertyNames", True)), f"{pointer}/propertyNames"),
        origin=at,
    )


_ANY_TEXT = frozenset({"", "^", "$", "^.*", ".*", ".*$", "^.*$", "^(.*)$", "(.*)", "^[\\s\\S]*$", "[\\s\\S]*"})
"""Patterns that every text of one line fits, and that are written to say so."""

_MOST_NUMBERS = 100


def in_values(shape: Shape) -> Shape:
    """A shape as one that lists its values, where bounds leave few: whole numbers between two, or the empty value."""
    if shape.enum is not None or len(shape.types) != 1:
        return shape
    if shape.types == {"integer"}:
        low, high = whole(shape.range)
        if low is None or high is None or shape.multiples or not 0 <= high[0] - low[0] < _MOST_NUMBERS:
            return shape
        numbers = tuple(str(number) for number in range(int(low[0]), int(high[0]) + 1))
        return replace(shape, enum=numbers, range=(None, None))
    return empty(shape)


def empty(shape: Shape) -> Shape:
    """A shape that only the empty text, list or object fits, as one that lists this."""
    none: Bounds = (None, None)
    if shape.types == {"string"} and _is_zero(shape.length) and not shape.patterns and not shape.formats:
        return replace(shape, enum=(as_json(""),), length=none)
    none_fits = shape.items.value is False and not shape.prefix
    if shape.types == {"array"} and (_is_zero(shape.item_count) or (none_fits and shape.item_count[0] is None)):
        return replace(shape, enum=(as_json([]),), item_count=none, items=ANYTHING, prefix=(), unique=False)
    closed = shape.additional.value is False and not shape.properties and not shape.patterned
    if shape.types == {"object"} and not shape.required and (_is_zero(shape.property_count) or closed):
        return replace(
            shape, enum=(as_json({}),), property_count=none, properties={}, additional=ANYTHING, patterned={},
            names=ANYTHING,
        )  # fmt: skip
    return shape


def _is_zero(bounds: Bounds) -> bool:
    """Whether a count can be nothing but 0."""
    low, high = bounds
    return high is not None and 0 <= high[0] < 1 and (high[0] > 0 or not high[1]) and (low is None or low[0] <= 0)


def allows_null(value: dict[str, Any]) -> bool:
    """Whether a schema's own keywords allow null."""
    listed = _list(value["type"]) or [value["type"]] if "type" in value else [] if implied_types(value) else ["null"]
    values = _listed_values(value)
    return "null" in listed and (not values or None in values)


def is_nullable(value: dict[str, Any]) -> bool:
    """Whether a schema says in the way of 3.0 or 2.0 that null is allowed, too."""
    return value.get("nullable") is True or value.get("x-nullable") is True


def notes(value: dict[str, Any]) -> Notes:
    """What a schema says beside which values fit."""
    return Notes(
        default=(value["default"],) if "default" in value else None,
        discriminator=_discriminator(value),
        deprecated=value.get("deprecated") is True,
        read_only=value.get("readOnly") is True,
        write_only=value.get("writeOnly") is True,
    )


def is_constraint(key: str) -> bool:
    """Whether a keyword says something about values that nothing here understands."""
    return not (key in KNOWN or key in UNCOMPARED or key in _PARAMETER_KEYS or key.startswith("x-"))


def _named_types(value: dict[str, Any]) -> frozenset[str]:
    names = value.get("type")
    listed = {names} if isinstance(names, str) else {name for name in _list(names) if isinstance(name, str)}
    if not listed & (everything | {"null", "file"}):
        return frozenset(implied_types(value)) or everything
    if "number" in listed:
        listed.add("integer")
    if "file" in listed:  # Swagger 2.0
        listed.add("string")
    return frozenset(listed) & everything


_OBJECT_KEYS = frozenset({"properties", "additionalProperties", "patternProperties"})
_ARRAY_KEYS = frozenset({"items", "prefixItems"})


def implied_types(value: dict[str, Any]) -> set[str]:
    """The one type that a schema without `type` is meant for, as everybody reads `properties` or `items` alone."""
    if "type" in value or not value.keys() & (_OBJECT_KEYS | _ARRAY_KEYS) or "$ref" in value:
        return set()
    both = bool(value.keys() & _OBJECT_KEYS) and bool(value.keys() & _ARRAY_KEYS)
    return set() if both else {"object" if value.keys() & _OBJECT_KEYS else "array"}


def type_of(text: str) -> str:
    """The type of a value that is given as JSON (see `as_json`)."""
    known = {'"': "string", "{": "object", "[": "array", "t": "boolean", "f": "boolean", "n": "null"}
    return known.get(text[:1], "integer" if text.lstrip("-").isdigit() else "number")


def _listed_values(value: dict[str, Any]) -> list[Any] | None:
    values = value.get("enum", value.get("x-extensible-enum"))
    if "const" in value:
        return [value["const"]]
    return values if isinstance(values, list) else None


def _enum(value: dict[str, Any]) -> tuple[str, ...] | None:
    values = _listed_values(value)
    if not values:
        return None  # what lists nothing says nothing: no such value could ever be
    return tuple(dict.fromkeys(as_json(item) for item in values if item is not None))


def _formats(value: dict[str, Any]) -> frozenset[str]:
    """Formats; what 3.1 says by its own keywords is called as in 3.0."""
    if isinstance(value.get("format"), str):
        return frozenset({value["format"]})
    encoding, media_type = value.get("contentEncoding"), value.get("contentMediaType")
    if isinstance(encoding, str):
        return frozenset({"byte" if encoding.lower() == "base64" else encoding})
    if isinstance(media_type, str):
        return frozenset({"binary" if media_type.lower() == "application/octet-stream" else media_type})
    return frozenset({"binary"} if value.get("type") == "file" else ())


def _schemas(value: dict[str, Any], pointer: str, key: str) -> dict[str, At]:
    return {name: At(inner, f"{pointer}/{key}/{escape(name)}") for name, inner in _dict(value.get(key)).items()}


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


def whole(bounds: Bounds) -> Bounds:
    """For whole numbers: more than 0 is at least 1, and so is at least 0.5."""
    low, high = bounds
    if low is not None and math.isfinite(low[0]):
        low = (math.floor(low[0]) + 1 if low[1] else math.ceil(low[0]), False)
    if high is not None and math.isfinite(high[0]):
        high = (math.ceil(high[0]) - 1 if high[1] else math.floor(high[0]), False)
    return low, high


def plain(value: Any) -> Any:
    """True for a schema that says nothing about values."""
    says_nothing = isinstance(value, dict) and all(key in UNCOMPARED or key.startswith("x-") for key in value)
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


def common(one: tuple[str, ...] | None, two: tuple[str, ...] | None) -> tuple[str, ...] | None:
    """Values that are in both enumerations."""
    if one is None or two is None:
        return two if one is None else one
    return tuple(value for value in one if value in two)


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def as_json(value: Any) -> str:
    """A JSON value as text that is equal for equal values."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
