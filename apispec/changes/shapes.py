"""What a schema means, spelled in one way: references and `allOf` resolved, 3.0 and 3.1 made equal, no defaults."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import unquote

from apispec.changes.keywords import (
    KNOWN,
    At,
    Shape,
    as_json,
    closed,
    common,
    is_bare,
    own,
    plain,
    tighter,
    types_of,
    with_null,
)
from apispec.documents import find
from apispec.documents.pointers import MISSING


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
            beside = value.keys() & KNOWN - {"$ref", "default", "deprecated", "readOnly", "writeOnly"}
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
        shape = own(at)
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
                single = replace(single, types=single.types | {"null"}, enum=with_null(single.enum))
            return self._both(shape, single)
        if all(is_bare(inner) for inner in shapes):
            types: frozenset[str] = frozenset().union(*(inner.types for inner in shapes))
            return self._both(shape, Shape(types=types))
        if all(inner.enum is not None and is_bare(replace(inner, enum=None)) for inner in shapes):
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
            enum=common(one.enum, two.enum),
            range=tighter(one.range, two.range),
            length=tighter(one.length, two.length),
            item_count=tighter(one.item_count, two.item_count),
            property_count=tighter(one.property_count, two.property_count),
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
        if plain(one.value) is True or one.value == two.value:
            return two
        if plain(two.value) is True:
            return one
        if one.value is False or two.value is False:
            return At(False, one.pointer)
        return self._made({"allOf": [one.value, two.value]}, one.pointer)

    def _simplified(self, shape: Shape) -> Shape:
        """Types that no listed value has are left out; whole numbers get closed bounds."""
        if shape.enum is not None:
            present = frozenset(name for value in shape.enum for name in types_of(value))
            shape = replace(shape, types=shape.types & present)
        if shape.types & {"integer", "number"} == {"integer"}:
            low, high = shape.range
            bounds = (closed(low, 1), closed(high, -1))
            shape = replace(shape, range=bounds, multiples=shape.multiples - {"1", "1.0"})
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
                found.add((name, as_json(enum[0])))
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
