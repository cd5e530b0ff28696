"""What a schema means, spelled in one way: references and `allOf` resolved, 3.0 and 3.1 made equal, no defaults."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple
from urllib.parse import unquote

from apispec.documents import find
from apispec.documents.pointers import MISSING, escape

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
_KNOWN = frozenset(
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


class Shapes:
    """The schemas of one document by meaning.

    Args:
        document: The document, references local.
    """

    def __init__(self, document: Any) -> None:
        self.document = document
        self._shapes: dict[tuple[str, int], Shape] = {}
        self._references: dict[int, tuple[Any, frozenset[str]]] = {}
        self._same: dict[str, bool] = {}
        self._kept: list[Any] = []

    def resolve(self, at: At) -> At:
        """References followed; what leads nowhere allows anything."""
        for _ in range(50):
            value = at.value
            if not isinstance(value, dict) or not isinstance(value.get("$ref"), str):
                return at
            beside = value.keys() & _KNOWN - {"$ref", "default", "deprecated", "readOnly", "writeOnly"}
            if beside and str(self.document.get("openapi", "")) >= "3.1":
                rest = {key: inner for key, inner in value.items() if key != "$ref"}
                return self._made({"allOf": [{"$ref": value["$ref"]}, rest]}, at.pointer)
            target = find(self.document, value["$ref"]) if value["$ref"].startswith("#") else MISSING
            if target is MISSING:
                return At(True, at.pointer)
            at = At(target, unquote(value["$ref"][1:]))
        return At(True, at.pointer)

    def _made(self, value: Any, pointer: str) -> At:
        """A schema that stands nowhere; kept alive, since identities are remembered."""
        self._kept.append(value)
        return At(value, pointer)

    def shape(self, at: At) -> Shape:
        """The meaning of a schema."""
        at = self.resolve(at)
        key = (at.pointer, id(at.value))
        if key not in self._shapes:
            self._shapes[key] = Shape(types=frozenset())  # for an `allOf` that contains itself
            self._shapes[key] = self._simplified(self._read(at))
        return self._shapes[key]

    def _read(self, at: At) -> Shape:
        value = at.value
        if value is False:
            return Shape(types=frozenset())
        if not isinstance(value, dict):
            return Shape()
        shape = _own(at)
        parts = value.get("allOf")
        for position, part in enumerate(parts if isinstance(parts, list) else ()):
            shape = self._both(shape, self.shape(At(part, f"{at.pointer}/allOf/{position}")))
        for key in ("anyOf", "oneOf"):
            variants = value.get(key)
            if isinstance(variants, list) and variants:
                listed = tuple(At(variant, f"{at.pointer}/{key}/{n}") for n, variant in enumerate(variants))
                shape = self._with_variants(shape, listed)
        return shape

    def _with_variants(self, shape: Shape, variants: tuple[At, ...]) -> Shape:
        """A choice; one that only says what a type list or an enumeration says too becomes that."""
        shapes = [self.shape(variant) for variant in variants]
        nulls = [position for position, inner in enumerate(shapes) if inner.types == {"null"}]
        rest = [variant for position, variant in enumerate(variants) if position not in nulls]
        if len(rest) == 1:
            single = self.shape(rest[0])
            if nulls:
                single = replace(single, types=single.types | {"null"}, enum=_with_null(single.enum))
            return self._both(shape, single)
        if all(_is_bare(inner) for inner in shapes):
            types: frozenset[str] = frozenset().union(*(inner.types for inner in shapes))
            return self._both(shape, Shape(types=types))
        if all(inner.enum is not None and _is_bare(replace(inner, enum=None)) for inner in shapes):
            values: list[Any] = []
            for inner in shapes:
                values += [value for value in inner.enum or () if value not in values]
            types = frozenset().union(*(inner.types for inner in shapes))
            return self._both(shape, Shape(types=types, enum=tuple(values)))
        types = frozenset().union(*(inner.types for inner in shapes))
        return self._both(shape, Shape(types=types, choices=(variants,)))

    def _both(self, one: Shape, two: Shape) -> Shape:
        """What fits both."""
        properties = dict(one.properties)
        for name, at in two.properties.items():
            properties[name] = self._merged(properties[name], at) if name in properties else at
        return Shape(
            types=one.types & two.types,
            enum=_common(one.enum, two.enum),
            range=_tighter(one.range, two.range),
            length=_tighter(one.length, two.length),
            item_count=_tighter(one.item_count, two.item_count),
            property_count=_tighter(one.property_count, two.property_count),
            multiples=one.multiples | two.multiples,
            patterns=one.patterns | two.patterns,
            formats=one.formats | two.formats,
            unique=one.unique or two.unique,
            items=self._merged(one.items, two.items),
            prefix=one.prefix or two.prefix,
            properties=properties,
            required=one.required | two.required,
            additional=self._merged(one.additional, two.additional),
            choices=_distinct(one.choices + two.choices),
            others=one.others | two.others,
            flags={**two.flags, **one.flags},
            default=one.default if one.default is not None else two.default,
            discriminator=one.discriminator or two.discriminator,
        )

    def _merged(self, one: At, two: At) -> At:
        if _plain(one.value) is True or one.value == two.value:
            return two
        if _plain(two.value) is True:
            return one
        if one.value is False or two.value is False:
            return At(False, one.pointer)
        return self._made({"allOf": [one.value, two.value]}, one.pointer)

    def _simplified(self, shape: Shape) -> Shape:
        """Types that no listed value has are left out; whole numbers get closed bounds."""
        if shape.enum is not None:
            present = frozenset(name for value in shape.enum for name in _types_of(value))
            shape = replace(shape, types=shape.types & present)
        if shape.types & {"integer", "number"} == {"integer"}:
            low, high = shape.range
            closed = (_closed(low, 1), _closed(high, -1))
            shape = replace(shape, range=closed, multiples=shape.multiples - {"1", "1.0"})
        return shape

    def name(self, at: At) -> str:
        """What a schema is called in messages: its component's name, its title, its type."""
        resolved = self.resolve(at)
        if resolved.pointer.startswith(("/components/schemas/", "/definitions/")) and "/anyOf/" not in resolved.pointer:
            return resolved.pointer.rsplit("/", 1)[-1].replace("~1", "/").replace("~0", "~")
        if isinstance(resolved.value, dict) and isinstance(resolved.value.get("title"), str):
            return str(resolved.value["title"])
        return " or ".join(sorted(self.shape(at).types - {"null"})) or "schema"

    def marks(self, shape: Shape) -> set[tuple[str, str]]:
        """Properties with one possible value, which tell alternatives apart."""
        found = set()
        for name, at in shape.properties.items():
            enum = self.shape(at).enum
            if enum is not None and len(enum) == 1:
                found.add((name, _json(enum[0])))
        return found

    def is_unchanged(self, value: Any, other: Shapes) -> bool:
        """Whether everything a value refers to, near and far, is the same in another document."""
        return all(self._is_same(reference, other) for reference in self.references(value))

    def _is_same(self, reference: str, other: Shapes) -> bool:
        if not self._same:
            self._fill_same(other)
        return self._same.get(reference, True)

    def _fill_same(self, other: Shapes) -> None:
        """Which references lead to the same on both sides: those that differ spread to all that refer to them."""
        targets: dict[str, Any] = {}
        waiting = list(self.references(self.document))
        while waiting:
            reference = waiting.pop()
            if reference not in targets:
                targets[reference] = find(self.document, reference) if reference.startswith("#") else MISSING
                waiting += self.references(targets[reference])
        users: dict[str, list[str]] = {}
        different = []
        for reference, target in targets.items():
            for inner in self.references(target):
                users.setdefault(inner, []).append(reference)
            counterpart = find(other.document, reference) if reference.startswith("#") else MISSING
            if counterpart is not target and counterpart != target:
                different.append(reference)
        self._same = dict.fromkeys(targets, True) or {"": True}
        while different:
            reference = different.pop()
            if self._same.get(reference, True):
                self._same[reference] = False
                different += users.get(reference, [])

    def references(self, value: Any) -> frozenset[str]:
        """The references in a value, not followed."""
        known = self._references.get(id(value))
        if known is None:
            found: set[str] = set()
            waiting = [value]
            while waiting:
                inner = waiting.pop()
                if type(inner) is dict:
                    reference = inner.get("$ref")
                    if isinstance(reference, str):
                        found.add(reference)
                    waiting.extend(inner.values())
                elif type(inner) is list:
                    waiting.extend(inner)
            known = self._references[id(value)] = (value, frozenset(found))
        return known[1]


def _distinct(choices: tuple[tuple[At, ...], ...]) -> tuple[tuple[At, ...], ...]:
    """Groups of alternatives, each once: the same one may come from two parts of an `allOf`."""
    return tuple({tuple(variant.pointer for variant in group): group for group in choices}.values())


def _own(at: At) -> Shape:
    """The meaning of a schema's own keywords."""
    value, pointer = at.value, at.pointer
    types = _named_types(value)
    enum = _enum(value)
    if (value.get("nullable") is True or value.get("x-nullable") is True) and types != everything:
        types, enum = types | {"null"}, _with_null(enum)
    return Shape(
        types=types,
        enum=enum,
        range=_range(value),
        length=_count(value, "minLength", "maxLength"),
        item_count=_count(value, "minItems", "maxItems"),
        property_count=_count(value, "minProperties", "maxProperties"),
        multiples=frozenset({_json(value["multipleOf"])}) if "multipleOf" in value else frozenset(),
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
            _json(_bare({key: inner}))
            for key, inner in value.items()
            if key not in _KNOWN and key not in _UNCOMPARED and key not in _PARAMETER_KEYS and not key.startswith("x-")
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


def _types_of(value: Any) -> Iterator[str]:
    names = {bool: "boolean", str: "string", dict: "object", list: "array", type(None): "null", int: "integer"}
    if type(value) is float:
        yield "integer" if value.is_integer() else "number"
    else:
        yield names.get(type(value), "object")


def _enum(value: dict[str, Any]) -> tuple[Any, ...] | None:
    extensible = value.get("x-extensible-enum")
    values = value.get("enum", extensible)
    listed = tuple(values) if isinstance(values, list) else None
    return _common(listed, (value["const"],)) if "const" in value else listed


def _with_null(enum: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
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


def _tighter(one: Bounds, two: Bounds) -> Bounds:
    return _tighter_bound(one[0], two[0], 1), _tighter_bound(one[1], two[1], -1)


def _tighter_bound(one: Bound, two: Bound, sign: int) -> Bound:
    if one is None or two is None:
        return one or two
    return max(one, two, key=lambda bound: (bound[0] * sign, bound[1]))


def _closed(bound: Bound, step: int) -> Bound:
    """For whole numbers: more than 0 is at least 1."""
    if bound is None or not bound[1] or not float(bound[0]).is_integer():
        return bound
    return int(bound[0]) + step, False


def _plain(value: Any) -> Any:
    """True for a schema that says nothing about values."""
    says_nothing = isinstance(value, dict) and all(key in _UNCOMPARED or key.startswith("x-") for key in value)
    return True if says_nothing and "x-extensible-enum" not in value else value


def _items(value: dict[str, Any], pointer: str) -> At:
    items = value.get("items")
    if isinstance(items, list):
        return At(value.get("additionalItems", True), f"{pointer}/additionalItems")
    return At(_plain(items), f"{pointer}/items") if isinstance(items, (dict, bool)) else At(True, pointer)


def _prefix(value: dict[str, Any], pointer: str) -> tuple[At, ...]:
    key = "prefixItems" if isinstance(value.get("prefixItems"), list) else "items"
    return tuple(At(item, f"{pointer}/{key}/{n}") for n, item in enumerate(_list(value.get(key))))


def _additional(value: dict[str, Any], pointer: str) -> At:
    for key in ("additionalProperties", "unevaluatedProperties"):
        inner = value.get(key)
        if isinstance(inner, (dict, bool)):
            return At(_plain(inner), f"{pointer}/{key}")
    return At(True, pointer)


def _discriminator(value: dict[str, Any]) -> str:
    discriminator = value.get("discriminator")
    name = discriminator.get("propertyName") if isinstance(discriminator, dict) else discriminator
    return name if isinstance(name, str) else ""


def _common(one: tuple[Any, ...] | None, two: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
    if one is None or two is None:
        return two if one is None else one
    return tuple(value for value in one if value in two)


def _is_bare(shape: Shape) -> bool:
    """Whether a shape says nothing but its types."""
    plain = replace(
        shape, types=everything, flags={}, default=None, discriminator="", items=ANYTHING, additional=ANYTHING
    )
    return plain == Shape() and shape.items.value is True and shape.additional.value is True


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
