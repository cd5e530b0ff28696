"""One question about two schemas: is every value of A a value of B?

`differences` answers it aspect by aspect, so that each answer has a place: `narrowed` are values that A allows and B
does not, `widened` the reverse. Schemas are compared by what they mean: references and `allOf` are resolved, and the
spellings of 3.0 and 3.1 become one. What a difference does to callers is decided elsewhere (`apispec.changes.kinds`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from apispec.changes.keywords import At, Shape, everything
from apispec.changes.shapes import Shapes

Effect = Literal["narrowed", "widened", "changed"]
"""`changed` says nothing about values: defaults, deprecation."""

Way = Literal["request", "response"]
"""Who writes the value: in a request the caller, in a response the server."""


class Difference(NamedTuple):
    """One aspect in which two schemas differ."""

    aspect: str
    effect: Effect
    path: tuple[str, ...]
    """Property names down to the place; `[]` stands for items, `*` for other properties."""
    old: str
    """Pointer in the base."""
    new: str
    """Pointer in the revision."""
    message: str

    def kind(self, way: Way) -> str:
        """The id of the change it makes, see `apispec.changes.schema_kinds`."""
        if self.effect != "changed":
            return f"{way}-{self.aspect}-{self.effect}"
        if self.aspect in ("deprecated", "undeprecated"):
            return f"{way}-property-{self.aspect}"
        return f"{way}-{self.aspect}-changed"

    @property
    def dotted(self) -> str:
        """The path as people write it: `owner.pets[].name`."""
        text = ""
        for step in self.path:
            text += step if step[:1] == "[" or not text else f".{step}"
        return text


@dataclass
class Comparison:
    """Compares schemas of two documents; remembers what it has compared."""

    old: Shapes
    new: Shapes

    def __post_init__(self) -> None:
        self._known: dict[tuple[str, str, int, int, Way], tuple[Difference, ...]] = {}
        self._open: set[tuple[str, str, int, int, Way]] = set()

    def differences(self, old: At, new: At, way: Way) -> tuple[Difference, ...]:
        """How the values of two schemas differ.

        Args:
            old: The schema in the base, None for none (anything goes).
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
        self._open.add(key)
        found = tuple(dict.fromkeys(self._compare(old, new, way)))
        self._open.discard(key)
        self._known[key] = found
        return found

    def is_subset(self, old: At, new: At, way: Way) -> bool:
        """Whether every value of the old schema is a value of the new one."""
        return not any(found.effect == "narrowed" for found in self.differences(old, new, way))

    def _compare(self, old: At, new: At, way: Way) -> Iterator[Difference]:
        before, after = self.old.shape(old), self.new.shape(new)

        def say(aspect: str, effect: Effect, message: str, *path: str) -> Difference:
            return Difference(aspect, effect, path, old.pointer, new.pointer, message)

        yield from _types(before, after, say)
        common = before.types & after.types
        yield from _enums(before, after, say)
        if {"integer", "number"} & common:
            yield from _range("range", before.range, after.range, say)
            yield from _terms("multiple-of", before.multiples, after.multiples, "multiples of", say)
        if "string" in common:
            yield from _range("length", before.length, after.length, say)
            yield from _terms("pattern", before.patterns, after.patterns, "the pattern", say)
        yield from _formats(before, after, say)
        if "array" in common:
            yield from _range("item-count", before.item_count, after.item_count, say)
            yield from _flag("unique-items", before.unique, after.unique, "repeated items", say)
            yield from self._items(before, after, way)
        if "object" in common:
            yield from _range("property-count", before.property_count, after.property_count, say)
            yield from self._properties(before, after, way, say)
        yield from self._choices(before, after, way, say)
        yield from _terms("constraint", before.others, after.others, "the constraint", say)
        yield from _notes(before, after, say)

    def _items(self, before: Shape, after: Shape, way: Way) -> Iterator[Difference]:
        count = max(len(before.prefix), len(after.prefix))
        for position in range(count):
            old = before.prefix[position] if position < len(before.prefix) else before.items
            new = after.prefix[position] if position < len(after.prefix) else after.items
            yield from _below(f"[{position}]", self.differences(old, new, way))
        yield from _below("[]", self.differences(before.items, after.items, way))

    def _properties(self, before: Shape, after: Shape, way: Way, say: Say) -> Iterator[Difference]:
        hidden = "readOnly" if way == "request" else "writeOnly"
        old = {name: at for name, at in before.properties.items() if not _is(self.old, at, hidden)}
        new = {name: at for name, at in after.properties.items() if not _is(self.new, at, hidden)}
        for name in sorted(old.keys() | before.required | new.keys() | after.required):
            was, now = name in before.required, name in after.required
            hides = (name in before.properties and name not in old) or (name in after.properties and name not in new)
            if name in old and name in new:
                if was != now:
                    yield _moved(say, "required", "narrowed" if now else "widened", name, old, new)
                yield from _below(name, self.differences(old[name], new[name], way))
                continue
            if name in old or name in new:
                effect: Effect = "widened" if name in old else "narrowed"
                comes_or_goes = was != now and was == (name in old) and not hides
                yield _moved(say, "required-property" if comes_or_goes else "property", effect, name, old, new)
                if comes_or_goes:
                    continue
            if was != now and not hides:
                yield _moved(say, "required", "narrowed" if now else "widened", name, old, new)
        yield from self._additional(before, after, way, say)

    def _additional(self, before: Shape, after: Shape, way: Way, say: Say) -> Iterator[Difference]:
        old, new = before.additional, after.additional
        if old.value is False and new.value is False:
            return
        if old.value is False or new.value is False:
            effect = "widened" if old.value is False else "narrowed"
            yield say("additional-properties", effect, _PROPERTIES[effect])
        else:
            yield from _below("*", self.differences(old, new, way))

    def _choices(self, before: Shape, after: Shape, way: Way, say: Say) -> Iterator[Difference]:
        """Groups of alternatives: those that mean the same fall away, the others are compared one by one."""
        left, right = list(before.choices), list(after.choices)
        for group in before.choices:
            match = next((other for other in right if self._is_same_choice(group, other, way)), None)
            if match is not None:
                left.remove(group)
                right.remove(match)
        for group, other in zip(left, right, strict=False):
            yield from self._variants(group, other, way, say)
        for _ in left[len(right) :]:
            yield say(
                "variant", "widened", "a choice between alternatives is gone, anything that fits the rest is allowed"
            )
        for _ in right[len(left) :]:
            yield say("variant", "narrowed", "only certain alternatives are allowed now")

    def _is_same_choice(self, old: tuple[At, ...], new: tuple[At, ...], way: Way) -> bool:
        """Whether each alternative has one on the other side that means the same."""
        return all(any(not self._effects(one, other, way) for other in new) for one in old) and all(
            any(not self._effects(one, other, way) for one in old) for other in new
        )

    def _variants(self, old: tuple[At, ...], new: tuple[At, ...], way: Way, say: Say) -> Iterator[Difference]:
        """Alternatives are matched by meaning, then by name; the rest came or went."""
        left, right = list(old), list(new)
        for one in old:
            match = next((other for other in right if not self._effects(one, other, way)), None)
            if match is not None:
                left.remove(one)
                right.remove(match)
        for one in list(left):
            match = next((other for other in right if self._are_akin(one, other)), None)
            if match is not None:
                left.remove(one)
                right.remove(match)
                yield from self.differences(one, match, way)
        for one in left:
            if not any(self.is_subset(one, other, way) for other in new):
                yield say("variant", "narrowed", f"the alternative {self.old.name(one)} is gone")
        for other in right:
            if not any(self.is_subset_back(other, one, way) for one in old):
                yield say("variant", "widened", f"there is a new alternative {self.new.name(other)}")

    def is_subset_back(self, new: At, old: At, way: Way) -> bool:
        """Whether every value of the new schema is a value of the old one."""
        return not any(found.effect == "widened" for found in self.differences(old, new, way))

    def _effects(self, old: At, new: At, way: Way) -> bool:
        return any(found.effect != "changed" for found in self.differences(old, new, way))

    def _are_akin(self, old: At, new: At) -> bool:
        """Whether two alternatives are one that was changed: they have one name, or one marking value."""
        one, other = self.old.resolve(old), self.new.resolve(new)
        if one.pointer == other.pointer and "/anyOf/" not in one.pointer and "/oneOf/" not in one.pointer:
            return True
        first, second = self.old.shape(old), self.new.shape(new)
        marks = self.old.marks(first), self.new.marks(second)
        if marks[0] or marks[1]:
            return bool(marks[0] & marks[1])
        return first.types == second.types and first.properties.keys() == second.properties.keys()


_PROPERTIES = {"widened": "other properties are allowed now", "narrowed": "other properties are not allowed any more"}


def _is(shapes: Shapes, at: At, key: str) -> bool:
    return shapes.shape(at).flags.get(key, False)


def _moved(say: Say, aspect: str, effect: Effect, name: str, old: dict[str, At], new: dict[str, At]) -> Difference:
    words = {
        ("required", "narrowed"): "it is required now",
        ("required", "widened"): "it is not required any more",
        ("property", "narrowed"): "it is new",
        ("property", "widened"): "it is gone",
        ("required-property", "narrowed"): "it is new and required",
        ("required-property", "widened"): "it was required and is gone",
    }
    found: Difference = say(aspect, effect, words[aspect, effect], name)
    places = {"old": old[name].pointer} if name in old else {}
    if name in new:
        places["new"] = new[name].pointer
    return found._replace(**places)  # type: ignore[arg-type]


def _below(name: str, differences: Iterable[Difference]) -> Iterator[Difference]:
    for found in differences:
        yield found._replace(path=(name, *found.path))


Say = Callable[..., Difference]


def _types(before: Shape, after: Shape, say: Say) -> Iterator[Difference]:
    """Types, null apart from the others: `nullable` is the change people speak of."""
    for aspect, names in (("type", everything - {"null"}), ("null", frozenset({"null"}))):
        lost, gained = (before.types - after.types) & names, (after.types - before.types) & names
        if lost:
            yield say(aspect, "narrowed", f"{_listed(_shown_types(lost))} is not allowed any more")
        if gained:
            yield say(aspect, "widened", f"{_listed(_shown_types(gained))} is allowed now")


def _shown_types(types: frozenset[str]) -> list[str]:
    return sorted(types - {"integer"} if "number" in types else types)


def _enums(before: Shape, after: Shape, say: Say) -> Iterator[Difference]:
    if before.enum is None and after.enum is None:
        return
    if before.enum is None:
        yield say("enum", "narrowed", f"only {_quoted(after.enum or ())} is allowed now")
    elif after.enum is None:
        yield say("enum", "widened", "values other than those listed are allowed now")
    else:
        lost = [value for value in before.enum if value not in after.enum]
        gained = [value for value in after.enum if value not in before.enum]
        aspect = "extensible-enum" if before.flags.get("extensible") and after.flags.get("extensible") else "enum"
        if lost:
            yield say(aspect, "narrowed", f"{_quoted(lost)} is not allowed any more")
        if gained:
            yield say(aspect, "widened", f"{_quoted(gained)} is allowed now")


def _range(aspect: str, before: tuple[Any, Any], after: tuple[Any, Any], say: Say) -> Iterator[Difference]:
    """Lower and upper bounds, each a number and whether it is left out itself; None where there is none."""
    for side, word, sign in ((0, "at least", 1), (1, "at most", -1)):
        old, new = before[side], after[side]
        if old == new:
            continue
        tighter = old is None or (new is not None and _key(new, sign) > _key(old, sign))
        if old is None:
            text = f"it must be {word} {_bound(new)} now"
        elif new is None:
            text = f"it need not be {word} {_bound(old)} any more"
        else:
            text = f"{word} {_bound(old)} became {word} {_bound(new)}"
        yield say(aspect, "narrowed" if tighter else "widened", text)


def _key(bound: tuple[Any, bool], sign: int) -> tuple[Any, bool]:
    return bound[0] * sign, bound[1]


def _bound(bound: tuple[Any, bool]) -> str:
    number, is_open = bound
    return f"{number} (exclusive)" if is_open else str(number)


def _terms(aspect: str, before: Iterable[str], after: Iterable[str], word: str, say: Say) -> Iterator[Difference]:
    """Conditions that all must hold: a new one narrows, a lost one widens."""
    old, new = set(before), set(after)
    for term in sorted(new - old):
        yield say(aspect, "narrowed", f"{word} {_short(term)} must hold now")
    for term in sorted(old - new):
        yield say(aspect, "widened", f"{word} {_short(term)} need not hold any more")


def _formats(before: Shape, after: Shape, say: Say) -> Iterator[Difference]:
    old, new = before.formats, after.formats
    if (old, new) in _WIDER_FORMATS:
        yield say("format", "widened", f"the format {_listed(old)} became {_listed(new)}")
    elif (new, old) in _WIDER_FORMATS:
        yield say("format", "narrowed", f"the format {_listed(old)} became {_listed(new)}")
    elif before.types & after.types:
        yield from _terms("format", old, new, "the format", say)


def _formats_of(*names: str) -> frozenset[str]:
    return frozenset(names)


_WIDER_FORMATS = {(_formats_of("int32"), _formats_of("int64")), (_formats_of("float"), _formats_of("double"))}


def _flag(aspect: str, before: bool, after: bool, word: str, say: Say) -> Iterator[Difference]:
    if before != after:
        verb = "are not allowed any more" if after else "are allowed now"
        yield say(aspect, "narrowed" if after else "widened", f"{word} {verb}")


def _notes(before: Shape, after: Shape, say: Say) -> Iterator[Difference]:
    if before.default != after.default:
        yield say("default", "changed", f"the default {_json(before.default)} became {_json(after.default)}")
    if before.discriminator != after.discriminator:
        old, new = before.discriminator or "nothing", after.discriminator or "nothing"
        yield say("discriminator", "changed", f"alternatives are told apart by {new} instead of {old}")
    now = after.flags.get("deprecated", False)
    if before.flags.get("deprecated", False) != now:
        text = "it is deprecated now" if now else "it is not deprecated any more"
        yield say("deprecated" if now else "undeprecated", "changed", text)


def _listed(values: Iterable[str]) -> str:
    texts = list(values)
    shown = ", ".join(_short(text) for text in texts[:5])
    return f"{shown} and {len(texts) - 5} more" if len(texts) > 5 else shown or "nothing"


def _quoted(values: Iterable[Any]) -> str:
    return _listed(json.dumps(value, ensure_ascii=False) for value in values)


def _json(value: tuple[Any] | None) -> str:
    return "none" if value is None else _short(json.dumps(value[0], ensure_ascii=False, sort_keys=True))


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77] + "..."
