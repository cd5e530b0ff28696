"""One question about two schemas: is every value of A a value of B?

`differences` answers it aspect by aspect, so that each answer has a place: `narrowed` are values that A allows and B
does not, `widened` the reverse. Schemas are compared by what they mean: references and `allOf` are resolved, and the
spellings of 3.0 and 3.1 become one. What a difference does to callers is decided elsewhere (`apispec.changes.kind`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from apispec.changes import aspects
from apispec.changes.alternatives import FAMILIES, parts_of
from apispec.changes.aspects import COME, GONE, Difference, Effect, Say, Way, listed, noted, shown_types
from apispec.changes.idle import bounded, told
from apispec.changes.keywords import At, Shape, empty, in_values, plain
from apispec.changes.patterns import is_found
from apispec.changes.shapes import Shapes
from apispec.changes.witness import Search, shown
from apispec.documents import MISSING


class _Proof(NamedTuple):
    value: Any
    """A value that shows it; `MISSING` for none."""
    is_complete: bool
    """Whether all values were tried, and none shows it."""
    is_far: bool
    """Whether the value has properties that the schema does not describe."""


@dataclass
class Comparison:
    """Compares schemas of two documents; remembers what it has compared."""

    old: Shapes
    new: Shapes

    def __post_init__(self) -> None:
        self._known: dict[tuple[str, str, int, int, Way], tuple[Difference, ...]] = {}
        self._searches: dict[tuple[Way, Effect], Search] = {}
        self._open: set[tuple[str, str, int, int, Way]] = set()
        self.cut: At | None = None
        """The first schema that was not compared, since it is so deep inside others."""

    def differences(self, old: At, new: At, way: Way) -> tuple[Difference, ...]:
        """How the values of two schemas differ.

        Args:
            old: The schema in the base; `ANYTHING` for none.
            new: The schema in the revision.
            way: Read-only properties play no part in requests, write-only ones none in responses.
        """
        if old.value == new.value and self.old.is_unchanged(old.value, self.new):
            return ()
        old, new = self.old.resolve(old), self.new.resolve(new)
        key = (old.pointer, new.pointer, id(old.value), id(new.value), way)
        if key in self._known:
            return self._known[key]
        if key in self._open:
            return ()  # a schema that contains itself: equal unless something else says otherwise
        if len(self._open) > _DEEPEST:
            self.cut = self.cut or new
            return ()
        self._open.add(key)
        found: dict[tuple[str, ...], Difference] = {}
        for one in self._compare(old, new, way):  # once for each place: there may be ways without end that lead there
            place = (one.aspect, one.effect, one.old, one.new, one.message)
            if place not in found or len(one.path) < len(found[place].path):
                found[place] = one
        self._open.discard(key)
        self._known[key] = tuple(found.values())
        return self._known[key]

    def both(self, old: At, new: At) -> tuple[tuple[Shapes, At], tuple[Shapes, At]]:
        """Schemas of the two documents, each beside its document's."""
        return (self.old, old), (self.new, new)

    def is_same_text(self, found: Difference, old: At, new: At, *, is_repeated: bool = False) -> bool:
        """Whether a lost type makes no difference to a value that is written as text: each number is a text, too.

        Args:
            found: The difference.
            old: The parameter's schema in the base.
            new: In the revision.
            is_repeated: Whether the parameter is written once for each item, so that one value is a list of one.
        """
        if found.aspect != "type" or found.effect != "narrowed":
            return False
        for step in found.path:
            old, new = self.old.inside(old, step), self.new.inside(new, step)
        before, after = self.old.meaning(old), self.new.meaning(new)
        lost = before.types - after.types
        if lost <= {"integer", "number", "boolean"} and "string" in after.types:
            return self._search("request", "narrowed").is_text_accepted(old, new)
        texts = [shape for shape in before.alternatives if "string" in shape.types]
        if lost == {"string"} and all(
            shape.enum is not None
            and not shape.extensible
            and all(self._search("request", "narrowed").is_read(new, text) for text in shape.enum)
            for shape in texts
        ):
            return True
        if (
            is_repeated
            and not found.path
            and lost <= _SCALARS
            and "array" in after.types
            and "array" not in before.types
        ):
            if not any((shape.item_count[0] or (0,))[0] <= 1 for shape in after.alternatives if "array" in shape.types):
                return False
            items = self.new.inside(new, "[]")
            rest = (one for one in self.differences(old, items, "request") if one.effect == "narrowed")
            return all(self.is_same_text(one, old, items) for one in rest)
        return False

    def _compare(self, old: At, new: At, way: Way) -> Iterator[Difference]:
        """What the aspects say, and values that prove it, or show what they do not see."""
        found = list(self._by_aspects(old, new, way))
        own = [one for one in found if len(one.path) <= 1 and one.effect != "changed" and not one.witness]
        proofs = self._proofs(old, new, way, found, own)
        its_own = set(map(id, own))  # there may be as many as there are properties
        for one in found:
            proof = proofs.get(one.effect) if id(one) in its_own else None
            if proof is None:
                yield one
            elif proof.value is not MISSING:
                yield one._replace(witness=shown(proof.value))
            elif not (proof.is_complete and not one.path) and not _is_refuted(proofs, one):
                yield one
        for effect, proof in proofs.items():
            if proof.is_far and way == "response":
                continue  # clients leave aside what nobody told them of
            if proof.value is not MISSING and not any(one.effect == effect for one in found):
                text = {"narrowed": "some values that fitted do not fit now", "widened": "more values fit now"}[effect]
                said = _speaker(old, new)("variant" if _has_choice(old, new) else "constraint", effect, text)
                yield said._replace(witness=shown(proof.value), is_far=proof.is_far)

    def _proofs(
        self, old: At, new: At, way: Way, found: list[Difference], own: list[Difference]
    ) -> dict[Effect, _Proof]:
        """Values for what matters: what breaks, what is uncertain, and what aspects cannot see."""
        is_complex = _is_complex(old.value) or _is_complex(new.value)
        is_uncertain = any(one.aspect in aspects.UNCERTAIN for one in own)
        proofs: dict[Effect, _Proof] = {}
        for effect in _EFFECTS:
            is_said = any(one.effect == effect for one in own)
            is_unseen = is_complex and not any(one.effect == effect for one in found)
            if (is_said and (effect == _BAD[way] or is_uncertain)) or is_unseen:
                proofs[effect] = self._proof(old, new, way, effect)
        return proofs

    def _search(self, way: Way, effect: Effect) -> Search:
        key = (way, effect)
        if key not in self._searches:
            inner, outer = (self.old, self.new) if effect == "narrowed" else (self.new, self.old)
            self._searches[key] = Search(inner, outer, way)
        return self._searches[key]

    def _proof(self, old: At, new: At, way: Way, effect: Effect) -> _Proof:
        one, other = (old, new) if effect == "narrowed" else (new, old)
        search = self._search(way, effect)
        value = search.witness(one, other)
        return _Proof(value, value is MISSING and search.contains_all(one, other), not search.is_described(one, value))

    def _by_aspects(self, old: At, new: At, way: Way) -> Iterator[Difference]:
        """By types: those that only one side allows, then the alternatives for each that both allow."""
        before, after = self.old.meaning(old), self.new.meaning(new)
        say = _speaker(old, new)
        if before.null != after.null:
            effect, text = ("widened", COME) if after.null else ("narrowed", GONE)
            yield say("null", effect, text.format("null"))
        lost, gained = before.types - after.types, after.types - before.types
        if lost:
            yield say("type", "narrowed", GONE.format(listed(shown_types(lost))))
        if gained:
            yield say("type", "widened", COME.format(listed(shown_types(gained))))
        self.old.spend(len(before.alternatives), old)
        self.new.spend(len(after.alternatives), new)
        for family in FAMILIES:
            left, right = parts_of(before.alternatives, family), parts_of(after.alternatives, family)
            if len(left) == 1 and len(right) == 1:
                yield from self._aspects(left[0], right[0], way)
            elif left and right:
                yield from self._alternatives(left, right, way, say)
        yield from noted(before.notes, after.notes, say)

    def _aspects(self, before: Shape, after: Shape, way: Way) -> Iterator[Difference]:
        """Two alternatives for values of the same types."""
        before, after = _of_one_kind(before, after)
        say = _speaker(before.origin, after.origin)
        yield from told(aspects.plain(bounded(before), bounded(after), say), before, after)
        yield from self._items(before, after, way)
        yield from self._properties(before, after, way, say)
        yield from self._additional(before, after, way, say)

    def _items(self, before: Shape, after: Shape, way: Way) -> Iterator[Difference]:
        count = max(len(before.prefix), len(after.prefix))
        for position in range(count):
            old = before.prefix[position] if position < len(before.prefix) else before.items
            new = after.prefix[position] if position < len(after.prefix) else after.items
            yield from _below(f"[{position}]", self.differences(old, new, way))
        yield from _below("[]", self.differences(before.items, after.items, way))

    def _properties(self, before: Shape, after: Shape, way: Way, say: Say) -> Iterator[Difference]:
        old, new = _visible(self.old, before, way), _visible(self.new, after, way)
        needed_before = before.required - (before.properties.keys() - old.keys())
        needed_after = after.required - (after.properties.keys() - new.keys())
        renamed = _renamed(old, new)
        for name in sorted(old.keys() | new.keys()):
            was, now = name in needed_before, name in needed_after
            place = _at(say, name, old.get(name), new.get(name))
            if name in old and name in new:
                if was != now:
                    yield place("required", *_REQUIRED[now])
                yield from _below(name, self.differences(old[name], new[name], way))
                continue
            if was != now and now is (name in old):
                yield place("required", *_REQUIRED[now])
            if name in old:
                yield from self._gone(name, old[name], was and not now, after, way, place, renamed.get(name, ""))
            else:
                yield from self._come(name, new[name], now and not was, before, way, place)
        for name in sorted((needed_before ^ needed_after) - old.keys() - new.keys()):
            yield _at(say, name, None, None)("required", *_REQUIRED[name in needed_after])

    def _gone(
        self, name: str, old: At, required: bool, after: Shape, way: Way, say: Say, renamed: str
    ) -> Iterator[Difference]:
        """A property that the other side does not describe: what it says about other properties counts."""
        hint = f"; perhaps it was renamed: {renamed!r} is new and has the same schema" if renamed else ""
        other = _other(after, self.new, name)
        if required:
            yield say("required-property", "widened", f"it was required and is gone{hint}")
        elif other is None:
            yield say("property", "widened", f"it is gone{hint}")
        if other is not None and other.value is False:
            if old.value is not False:
                yield say("closed-property", "narrowed", f"it is not allowed any more{hint}")
        elif other is not None:
            yield from _below(name, self.differences(old, other, way))

    def _come(self, name: str, new: At, required: bool, before: Shape, way: Way, say: Say) -> Iterator[Difference]:
        other = _other(before, self.old, name)
        if required:
            yield say("required-property", "narrowed", "it is new and required")
        elif other is None:
            yield say("property", "narrowed", "it is new")
        if other is not None and other.value is False:
            if new.value is not False:
                yield say("closed-property", "widened", "it is new, and others were not allowed")
        elif other is not None:
            yield from _below(name, self.differences(other, new, way))

    def _additional(self, before: Shape, after: Shape, way: Way, say: Say) -> Iterator[Difference]:
        for pattern in sorted(before.patterned.keys() | after.patterned.keys()):
            one, two = (shape.patterned.get(pattern, shape.additional) for shape in (before, after))
            if one.value is False or two.value is False:
                if one.value is not two.value:
                    effect: Effect = "widened" if one.value is False else "narrowed"
                    yield _at(say, f"/{pattern}/", one, two)("closed-property", effect, _NAMED[effect])
                continue
            yield from _below(f"/{pattern}/", self.differences(one, two, way))
        yield from _below("(names)", self.differences(before.names, after.names, way))
        old, new = before.additional, after.additional
        if old.value is False and new.value is False:
            return
        if old.value is False or new.value is False:
            effect = "widened" if old.value is False else "narrowed"
            yield say("additional-properties", effect, _PROPERTIES[effect])
        else:
            yield from _below("*", self.differences(old, new, way))

    def _alternatives(
        self, left: tuple[Shape, ...], right: tuple[Shape, ...], way: Way, say: Say
    ) -> Iterator[Difference]:
        """Alternatives are matched by meaning, then by name; the rest came or went."""
        self.old.spend(min(len(left) * len(right), _MOST_PAIRS), left[0].origin)
        effects = _Remembered(lambda one, other: self._effects(one, other, way), len(left) * len(right) <= _MOST_PAIRS)
        olds, news = list(left), list(right)
        for matches in (lambda one, other: effects(one, other) <= {"changed"}, self._are_akin):
            for one in list(olds):
                near = sorted(news, key=lambda other: other.origin.pointer != one.origin.pointer)
                match = next((other for other in near if matches(one, other)), None)
                if match is not None:
                    olds = [other for other in olds if other is not one]
                    news = [other for other in news if other is not match]
                    yield from self._aspects(one, match, way)
        lost = [one for one in olds if all("narrowed" in effects(one, other) for other in right)]
        gained = [other for other in news if all("widened" in effects(one, other) for one in left)]
        if lost and len(left) == 1:
            names = listed(dict.fromkeys(map(self.new.name, right)), "or")
            yield say("variant", "narrowed", f"only {names} is allowed now")
            lost = []
        if gained and len(right) == 1:
            names = listed(dict.fromkeys(map(self.old.name, left)), "or")
            yield say("variant", "widened", f"more than {names} is allowed now")
            gained = []
        for one in lost:
            text = f"the alternative {self.old.name(one)} is gone"
            yield say("variant", "narrowed", text)._replace(old=one.origin.pointer)
        for other in gained:
            text = f"there is a new alternative {self.new.name(other)}"
            yield say("variant", "widened", text)._replace(new=other.origin.pointer)

    def _effects(self, old: Shape, new: Shape, way: Way) -> set[Effect]:
        effects: set[Effect] = {found.effect for found in self._aspects(old, new, way)}
        if old.types - new.types:
            effects.add("narrowed")
        if new.types - old.types:
            effects.add("widened")
        return effects

    def _are_akin(self, old: Shape, new: Shape) -> bool:
        """Whether two alternatives are one that was changed: they have one name, or one marking value."""
        if old.origin.pointer == new.origin.pointer and _is_named(old.origin.pointer):
            return True
        marks = self.old.marks(old), self.new.marks(new)
        if marks[0] or marks[1]:
            return bool(marks[0] & marks[1])
        return bool(old.properties) and old.properties.keys() == new.properties.keys()


def _of_one_kind(before: Shape, after: Shape) -> tuple[Shape, Shape]:
    """Two shapes whose values are listed both or neither, where that can be."""
    if [] in (_listed(before), _listed(after)):  # an empty list fits nothing: nobody can have meant that
        return replace(before, enum=None), replace(after, enum=None)
    if (before.enum is None) != (after.enum is None):
        return in_values(before), in_values(after)
    one, other = empty(before), empty(after)
    return (before, after) if one.enum is None or other.enum is None else (one, other)


def _listed(shape: Shape) -> object:
    value = shape.origin.value
    return value.get("enum") if isinstance(value, dict) else None


_SCALARS = frozenset({"integer", "number", "boolean", "string"})
_EFFECTS: tuple[Effect, Effect] = ("narrowed", "widened")
_BAD: dict[Way, Effect] = {"request": "narrowed", "response": "widened"}
_COMPLEX = frozenset(
    {
        "oneOf", "anyOf", "not", "if", "contains", "dependentSchemas", "dependentRequired", "propertyNames",
        "minContains", "maxContains", "unevaluatedProperties", "unevaluatedItems", "patternProperties",
    }
)  # fmt: skip
"""Keywords by which schemas may differ in ways that no aspect shows."""


def _is_refuted(proofs: dict[Effect, _Proof], one: Difference) -> bool:
    """Whether values show that the opposite is so, and nothing shows this: other words for less, or for more."""
    if one.aspect not in aspects.UNCERTAIN:
        return False
    other = proofs.get("widened" if one.effect == "narrowed" else "narrowed")
    return other is not None and other.value is not MISSING


def _is_complex(value: Any, depth: int = 0) -> bool:
    if not isinstance(value, dict):
        return False
    parts = value.get("allOf")
    inside = isinstance(parts, list) and depth < 5 and any(_is_complex(part, depth + 1) for part in parts)
    return inside or not value.keys().isdisjoint(_COMPLEX)


def _has_choice(old: At, new: At) -> bool:
    return any(isinstance(at.value, dict) and ("oneOf" in at.value or "anyOf" in at.value) for at in (old, new))


_DEEPEST = 150
"""Schemas inside each other that are looked into; what lies deeper counts as equal, and is told."""

_MOST_PAIRS = 10_000
"""Pairs of alternatives that are looked into; of more, those of one place or name are."""


class _Remembered:
    """Asks once for each pair of alternatives.

    Args:
        ask: How two alternatives differ.
        thorough: Whether to ask about alternatives from different places, too.
    """

    def __init__(self, ask: Callable[[Shape, Shape], set[Effect]], thorough: bool) -> None:
        self._ask = ask
        self._thorough = thorough
        self._known: dict[tuple[int, int], set[Effect]] = {}

    def __call__(self, one: Shape, other: Shape) -> set[Effect]:
        if not self._thorough and one.origin.pointer != other.origin.pointer:
            return {"narrowed", "widened"}
        key = (id(one), id(other))
        if key not in self._known:
            self._known[key] = self._ask(one, other)
        return self._known[key]


_REQUIRED: dict[bool, tuple[Effect, str]] = {
    True: ("narrowed", "it is required now"),
    False: ("widened", "it is not required any more"),
}


def _speaker(old: At, new: At) -> Say:
    def say(aspect: str, effect: Effect, message: str) -> Difference:
        return Difference(aspect, effect, (), old.pointer, new.pointer, message)

    return say


def _at(say: Say, name: str, old: At | None, new: At | None) -> Say:
    """Says something about a property: where it stands, else of what holds it."""

    def inner(aspect: str, effect: Effect, message: str) -> Difference:
        found: Difference = say(aspect, effect, message)
        before, after = old.pointer if old else found.old, new.pointer if new else found.new
        return found._replace(path=(name,), old=before, new=after)

    return inner


def _is_named(pointer: str) -> bool:
    return "/anyOf/" not in pointer and "/oneOf/" not in pointer


def _visible(shapes: Shapes, shape: Shape, way: Way) -> dict[str, At]:
    """Properties that play a part: read-only ones do not in requests, write-only ones do not in responses."""
    field = "read_only" if way == "request" else "write_only"
    return {name: at for name, at in shape.properties.items() if not getattr(shapes.meaning(at).notes, field)}


def _other(shape: Shape, shapes: Shapes, name: str) -> At | None:
    """What a property that is not described must fit; None where anything goes."""
    fitting = [at for pattern, at in shape.patterned.items() if is_found(pattern, name)]
    at = shapes.resolve(shapes.all_of(fitting) if fitting else shape.additional)
    return None if plain(at.value) is True else at


def _renamed(old: dict[str, At], new: dict[str, At]) -> dict[str, str]:
    """Properties that are gone, by the one that is new and has the same schema; none where it is not the only one."""
    gone = [name for name in old if name not in new]
    come = [name for name in new if name not in old]
    found = {name: [other for other in come if plain(new[other].value) == plain(old[name].value)] for name in gone}
    return {name: others[0] for name, others in found.items() if len(others) == 1 and len(gone) == 1}


_NAMED = {
    "widened": "properties of such names are allowed now",
    "narrowed": "properties of such names are not allowed any more",
}
_PROPERTIES = {"widened": "other properties are allowed now", "narrowed": "other properties are not allowed any more"}


def _below(name: str, differences: Iterable[Difference]) -> Iterator[Difference]:
    for found in differences:
        yield found._replace(path=(name, *found.path))
