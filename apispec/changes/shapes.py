"""What a schema means, spelled in one way: references, `allOf` and choices resolved, 3.0 and 3.1 made equal.

A schema becomes a list of alternatives without choices of their own, so that `oneOf`, `anyOf`, lists of types and
nested spellings of the same thing are equal. What alternatives are made of stands in `apispec.changes.alternatives`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import unquote

from apispec.changes.alternatives import both, distinct, may_be_joined
from apispec.changes.idle import working
from apispec.changes.keywords import (
    ANYTHING,
    KNOWN,
    UNCOMPARED,
    At,
    Notes,
    Shape,
    allows_null,
    as_json,
    is_constraint,
    is_nullable,
    notes,
    own,
    plain,
)
from apispec.documents import MISSING, escape, find, reference_texts
from apispec.schemas import BUDGET, SpentError


@dataclass(frozen=True)
class Meaning:
    """What fits a schema, one level deep."""

    alternatives: tuple[Shape, ...]
    """A value that is not null fits one of these; none for a schema that nothing (but null) fits."""
    null: bool
    """Whether null fits."""
    notes: Notes

    @property
    def types(self) -> frozenset[str]:
        """Every type of values that may fit, but null."""
        return frozenset[str]().union(*(shape.types for shape in self.alternatives))


def is_31(document: Any) -> bool:
    """Whether a document's schemas are JSON Schema of 2020-12, as in 3.1 and later."""
    return isinstance(document, dict) and str(document.get("openapi", "")) >= "3.1"


class Shapes:
    """The schemas of one document by meaning.

    Args:
        document: The document, references local.
        as_before_31: Whether only what 3.0 can say counts, since the other document is of 3.0.
    """

    def __init__(self, document: Any, *, as_before_31: bool = False) -> None:
        self.document = document
        self.as_before_31 = as_before_31 and is_31(document)
        self._meanings: dict[tuple[str, int], Meaning] = {}
        self._references: dict[int, tuple[Any, frozenset[str]]] = {}
        self._same: dict[str, bool] = {}
        self._made: dict[str, Any] = {}
        self._depth = 0
        self._kinds: dict[str, list[str]] | None = None
        self._left = BUDGET.compared

    def spend(self, count: int, at: At) -> None:
        """Note how many alternatives were looked at.

        Raises:
            SpentError: They are too many for one document.
        """
        self._left -= count
        if self._left < 0:
            raise SpentError(self.document, at.pointer)

    def resolve(self, at: At) -> At:
        """References followed; what leads nowhere allows anything."""
        for _ in range(50):
            value = at.value
            if not isinstance(value, dict) or not isinstance(value.get("$ref"), str):
                return at
            beside = (value.keys() & KNOWN) - {"$ref"}
            if beside and is_31(self.document):
                rest = {key: inner for key, inner in value.items() if key != "$ref"}
                return self._all_of([{"$ref": value["$ref"]}, rest], at.pointer)
            target = find(self.document, value["$ref"]) if value["$ref"].startswith("#") else MISSING
            if target is MISSING:
                return At(True, at.pointer)
            at = At(target, unquote(value["$ref"][1:]))
        return At(True, at.pointer)

    def _all_of(self, parts: list[Any], pointer: str) -> At:
        """A schema that stands nowhere; one of each kind, since identities are remembered."""
        value = {"allOf": parts}
        return At(self._made.setdefault(as_json(value), value), pointer)

    def all_of(self, parts: list[At]) -> At:
        """One schema of several."""
        return parts[0] if len(parts) == 1 else self._all_of([part.value for part in parts], parts[0].pointer)

    def meaning(self, at: At, *, as_base: bool = False) -> Meaning:
        """What fits a schema, and what else it says; `as_base` for a part of another one, whose kind is known."""
        at = self.resolve(at)
        key = (at.pointer, id(at.value) if not as_base else -id(at.value))
        if key not in self._meanings:
            if self._depth > _DEEPEST:
                return Meaning((Shape(origin=at),), True, Notes())
            self._depth += 1
            self.spend(1, at)
            self._meanings[key] = Meaning((), False, Notes())  # for a composition that contains itself
            self._meanings[key] = self._read(at, as_base=as_base)
            self._depth -= 1
        return self._meanings[key]

    def inside(self, at: At, step: str) -> At:
        """The schema of items (`[]`) or of a property; what takes anything where there is none."""
        for shape in self.meaning(at).alternatives:
            if step == "[]" and "array" in shape.types:
                return shape.items
            if step in shape.properties:
                return shape.properties[step]
        return ANYTHING

    def _read(self, at: At, *, as_base: bool = False) -> Meaning:
        value = at.value
        if value is False:
            return Meaning((), False, Notes())
        if not isinstance(value, dict):
            return Meaning((Shape(origin=at),), True, Notes())
        if self.as_before_31:
            value = self.before_31(value)
            at = At(value, at.pointer)
        mark = value.get("discriminator")
        mapping = mark.get("mapping") if isinstance(mark, dict) else None
        shape = replace(own(at), others=self._others(value))
        choices = [(key, value[key]) for key in ("anyOf", "oneOf") if isinstance(value.get(key), list) and value[key]]
        below = self._below(at.pointer) if isinstance(mark, (dict, str)) and not choices and not as_base else []
        if isinstance(mapping, dict) and not choices and not below:
            shape = replace(shape, tags=frozenset(map(str, mapping)))
        found = Meaning((shape,) if shape.types else (), allows_null(value), notes(value))
        parts = value.get("allOf")
        for position, part in enumerate(parts if isinstance(parts, list) else ()):
            inner = self.meaning(At(part, f"{at.pointer}/allOf/{position}"), as_base=True)
            found = self._narrowed(found, [replace(one, tags=frozenset()) for one in inner.alternatives], inner.null)
            found = replace(found, notes=found.notes | inner.notes)
        if below:  # each of them has what stands here, too
            kinds = [shape for kind in below for shape in self._marked(kind, found.notes.discriminator, mapping, True)]
            found = replace(found, alternatives=tuple(distinct(kinds)))
        for key, variants in choices:
            listed = [At(variant, f"{at.pointer}/{key}/{n}") for n, variant in enumerate(variants)]
            found = self._with_choice(found, listed, found.notes.discriminator, mapping)
        return replace(found, null=True) if is_nullable(value) else found

    def before_31(self, value: dict[str, Any]) -> dict[str, Any]:
        """A schema in as far as 3.0 can say it; lists with places become lists of what may stand in any of them."""
        if value.keys().isdisjoint(_SINCE_31):
            return value
        kept = {key: inner for key, inner in value.items() if key not in _SINCE_31}
        if str(value.get("contentMediaType", "")).lower() == "application/octet-stream":
            kept.setdefault("format", "binary")  # as 3.0 says it
        if isinstance(value.get("prefixItems"), list):
            rest = value.get("items", True)
            parts = [*value["prefixItems"], *([] if rest is False else [rest])]
            kept["items"] = self._made.setdefault(as_json(parts), {"anyOf": parts})
        return kept

    def _below(self, pointer: str) -> list[At]:
        """The kinds of a component, as references: those whose `allOf` names it, and theirs."""
        holder = pointer.rpartition("/")[0]
        if holder not in ("/components/schemas", "/definitions"):
            return []
        if self._kinds is None:
            self._kinds = {}
            components = find(self.document, f"#{holder}")
            for kind, schema in components.items() if isinstance(components, dict) else ():
                parts = schema.get("allOf") if isinstance(schema, dict) else None
                for part in parts if isinstance(parts, list) else ():
                    reference = part.get("$ref") if isinstance(part, dict) else None
                    if isinstance(reference, str) and reference.startswith(f"#{holder}/"):
                        self._kinds.setdefault(unquote(reference[1:]), []).append(f"{holder}/{escape(kind)}")
        found: list[str] = []
        waiting = list(self._kinds.get(pointer, ()))
        while waiting:
            kind = waiting.pop(0)
            if kind not in found and kind != pointer:
                found.append(kind)
                waiting += self._kinds.get(kind, ())
        return [At(self._made.setdefault(kind, {"$ref": f"#{kind}"}), kind) for kind in found]

    def _kinds_of(self, reference: str, target: Any) -> frozenset[str]:
        """References to the kinds of a component that are told apart by a discriminator of its own."""
        if not isinstance(target, dict) or "discriminator" not in target or "oneOf" in target or "anyOf" in target:
            return frozenset()
        return frozenset(kind.value["$ref"] for kind in self._below(unquote(reference[1:])))

    def _with_choice(self, found: Meaning, listed: list[At], discriminator: str, mapping: Any) -> Meaning:
        meanings = [self.meaning(variant) for variant in listed]
        shapes = [shape for variant in listed for shape in self._marked(variant, discriminator, mapping)]
        narrowed = self._narrowed(found, distinct(shapes), any(inner.null for inner in meanings))
        if len(meanings) - sum(not inner.alternatives for inner in meanings) == 1:
            for inner in meanings:
                narrowed = replace(narrowed, notes=narrowed.notes | replace(inner.notes, discriminator=""))
        return narrowed

    def _marked(self, variant: At, discriminator: str, mapping: Any, as_base: bool = False) -> list[Shape]:
        """The shapes of an alternative, with the values of a discriminator that lead there."""
        tags = self._tags(variant, mapping) if discriminator else frozenset()
        shapes: Iterable[Shape] = self.meaning(variant, as_base=as_base).alternatives
        shapes = [replace(shape, origin=self.resolve(variant)) if as_base else shape for shape in shapes]
        self.spend(len(shapes), variant)
        marks = [any(name == discriminator for name, _ in self.marks(shape)) for shape in shapes]
        return [
            replace(shape, tags=frozenset() if marked else tags) for shape, marked in zip(shapes, marks, strict=True)
        ]

    def _narrowed(self, found: Meaning, shapes: tuple[Shape, ...] | list[Shape], null: bool) -> Meaning:
        """What fits one of some shapes, too."""
        if may_be_joined(found.alternatives, shapes):
            if found.alternatives:
                told = sum(len(shape.properties) for shape in (*found.alternatives, *shapes)) // 100
                self.spend(len(found.alternatives) * len(shapes) + told, found.alternatives[0].origin)
            joined = [both(one, two, self._merged) for one in found.alternatives for two in shapes]
        else:
            text = as_json(sorted(as_json(self._spelled(shape.origin.value, "", ())) for shape in shapes))
            joined = [replace(shape, others=shape.others | {text}) for shape in found.alternatives]
        return Meaning(tuple(shape for shape in joined if shape.types), found.null and null, found.notes)

    def _tags(self, variant: At, mapping: Any) -> frozenset[str]:
        """Values of a discriminator that lead to an alternative: as the mapping says, else its component's name."""
        reference = variant.value.get("$ref") if isinstance(variant.value, dict) else None
        if not isinstance(reference, str):
            return frozenset()
        name = unquote(reference.rsplit("/", 1)[-1])
        said = mapping.items() if isinstance(mapping, dict) else ()
        return frozenset(str(key) for key, target in said if target in (reference, name)) or frozenset({name})

    def _merged(self, one: At, two: At) -> At:
        if plain(one.value) is True or one.value == two.value:
            return two
        if plain(two.value) is True:
            return one
        if one.value is False or two.value is False:
            return At(False, one.pointer)
        return self._all_of([one.value, two.value], one.pointer)

    def _others(self, value: dict[str, Any]) -> frozenset[str]:
        chosen = {key: inner for key, inner in working(value).items() if is_constraint(key)}
        return frozenset(as_json({key: self._spelled(inner, key, ())}) for key, inner in chosen.items())

    def _spelled(self, value: Any, key: str, inside: tuple[str, ...]) -> Any:
        """A constraint in one spelling: references followed, order and what says nothing about values left out.

        Args:
            value: The value of a keyword, or a part of it.
            key: The keyword; a map of names (of properties) where it is one of `_MAPS`.
            inside: References that were followed to get here.
        """
        if isinstance(value, list):
            listed = [self._spelled(item, "", inside) for item in value]
            return sorted(listed, key=as_json) if key in _SETS else listed
        if not isinstance(value, dict):
            return value
        if key in _MAPS:
            word = "required" if key == "dependentRequired" else ""
            return {name: self._spelled(inner, word, inside) for name, inner in value.items()}
        reference = value.get("$ref")
        if isinstance(reference, str) and reference.startswith("#"):
            if reference in inside or len(inside) > 1:  # what refers to much that refers to much has no end
                return {"$ref": reference}
            return self._spelled(find(self.document, reference), "", (*inside, reference))
        kept = {name: inner for name, inner in value.items() if name not in UNCOMPARED and not name.startswith("x-")}
        return {name: self._spelled(inner, name, inside) for name, inner in kept.items()}

    def name(self, shape: Shape) -> str:
        """What an alternative is called in messages: its component's name, its title, its type and what marks it."""
        resolved = self.resolve(shape.origin)
        holder, _, last = resolved.pointer.rpartition("/")
        if holder in ("/components/schemas", "/definitions"):
            return last.replace("~1", "/").replace("~0", "~")
        if isinstance(resolved.value, dict) and isinstance(resolved.value.get("title"), str):
            return str(resolved.value["title"])
        marks = [f"{name} {value}" for name, value in sorted(self.marks(shape))]
        return " ".join([" or ".join(sorted(shape.types)), *(["with", " and ".join(marks)] if marks else [])])

    def marks(self, shape: Shape) -> set[tuple[str, str]]:
        """Properties with one possible value, which tell alternatives apart."""
        found = set()
        for name, at in shape.properties.items():
            values = [inner.enum for inner in self.meaning(at).alternatives]
            if len(values) == 1 and values[0] is not None and len(values[0]) == 1:
                found.add((name, values[0][0]))
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
                waiting += self.references(targets[reference]) | self._kinds_of(reference, targets[reference])
        users: dict[str, list[str]] = {}
        different = []
        for reference, target in targets.items():
            kinds = self._kinds_of(reference, target)
            for inner in self.references(target) | kinds:
                users.setdefault(inner, []).append(reference)
            counterpart = find(other.document, reference) if reference.startswith("#") else MISSING
            is_same = counterpart is target or counterpart == target
            if not is_same or kinds != other._kinds_of(reference, counterpart):
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
            known = self._references[id(value)] = (value, frozenset(reference_texts(value)))
        return known[1]


_DEEPEST = 150
"""Compositions inside each other that are read; what lies deeper allows anything."""

_SINCE_31 = frozenset(
    {
        "prefixItems", "contains", "minContains", "maxContains", "unevaluatedItems", "propertyNames",
        "patternProperties", "dependentRequired", "dependentSchemas", "if", "then", "else", "contentSchema",
        "contentMediaType",
    }
)  # fmt: skip
"""Keywords that 3.0 has not, and has no other words for but by looser ones."""

_MAPS = frozenset({"properties", "patternProperties", "dependentSchemas", "dependentRequired", "$defs", "definitions"})
_SETS = frozenset({"required", "enum", "type", "allOf", "anyOf", "oneOf"})
