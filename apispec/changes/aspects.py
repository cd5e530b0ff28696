"""What two alternatives say differently, aspect by aspect: what needs no look at further schemas."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from apispec.changes.keywords import Notes, Shape
from apispec.changes.patterns import same_patterns

Effect = Literal["narrowed", "widened", "changed"]
"""`changed` says nothing about values: defaults, deprecation."""

Way = Literal["request", "response"]
"""Who writes the value: in a request the caller, in a response the server."""


class Difference(NamedTuple):
    """One aspect in which two schemas differ."""

    aspect: str
    effect: Effect
    path: tuple[str, ...]
    """Property names down to the place; `[]` stands for items, `*` for other properties, `(names)` for their names."""
    old: str
    """Pointer in the base."""
    new: str
    """Pointer in the revision."""
    message: str
    witness: str = ""
    """A value that only one of the two accepts, as JSON; empty where none was found."""
    is_far: bool = False
    """Whether it has properties that no schema describes: whether anybody sends those, nobody knows."""

    @property
    def is_decided(self) -> bool:
        """Whether it is certain that values were lost or came: a witness shows it, or the aspect itself does."""
        return not self.is_far and (bool(self.witness) or self.aspect not in UNCERTAIN)

    def kind(self, way: Way) -> str:
        """The id of the change it makes, see `apispec.changes.catalogue.schemas`."""
        if self.effect != "changed":
            return f"{way}-{self.aspect}-{self.effect}"
        if self.aspect in ("deprecated", "undeprecated"):
            return f"{way}-property-{self.aspect}"
        if self.aspect.startswith("default-"):
            return f"{way}-{self.aspect}"
        return f"{way}-{self.aspect}-changed"

    @property
    def dotted(self) -> str:
        """The path as people write it: `owner.pets[].name`."""
        text = ""
        for step in self.path:
            text += step if step[:1] == "[" or not text else f".{step}"
        return text


UNCERTAIN = frozenset({"constraint", "pattern"})
"""Aspects in which other words may mean the same."""

Say = Callable[..., Difference]
"""Makes a difference of an aspect, an effect and a message, at the place in question."""


GONE, COME = "{} is not allowed any more", "{} is allowed now"


def plain(before: Shape, after: Shape, say: Say) -> Iterator[Difference]:
    """Every aspect but those that are schemas themselves: items and properties."""
    yield from _enums(before, after, say)
    yield from _range("range", before.range, after.range, say)
    yield from _multiples(before.multiples, after.multiples, say)
    yield from _range("length", before.length, after.length, say)
    same = same_patterns(before.patterns, after.patterns)
    yield from _terms("pattern", before.patterns - same, after.patterns - same, "the pattern", say)
    yield from _formats(before, after, say)
    yield from _range("item-count", before.item_count, after.item_count, say)
    yield from _flag("unique-items", before.unique, after.unique, "repeated items", say)
    yield from _range("property-count", before.property_count, after.property_count, say)
    yield from _tags(before.tags, after.tags, say)
    yield from _terms("constraint", before.others, after.others, "the constraint", say)


def shown_types(types: frozenset[str]) -> list[str]:
    """Types as a reader would list them: a number may be whole."""
    return sorted(types - {"integer"} if "number" in types else types)


def _enums(before: Shape, after: Shape, say: Say) -> Iterator[Difference]:
    if before.enum is None and after.enum is None:
        return
    if before.enum is None:
        yield say("enum", "narrowed", f"only {listed(after.enum or ())} is allowed now")
    elif after.enum is None:
        yield say("enum", "widened", "values other than those listed are allowed now")
    else:
        if before.extensible != after.extensible:
            effect = "widened" if after.extensible else "narrowed"
            yield say("enum", effect, f"values other than those listed are {_MORE[effect]}")
        lost = [value for value in before.enum if value not in after.enum]
        gained = [value for value in after.enum if value not in before.enum]
        aspect = "extensible-enum" if before.extensible and after.extensible else "enum"
        if lost:
            yield say(aspect, "narrowed", GONE.format(listed(lost)))
        if gained:
            yield say(aspect, "widened", COME.format(listed(gained)))


_MORE = {"widened": "to be expected now", "narrowed": "not to be expected any more"}


def _multiples(old: frozenset[int | float], new: frozenset[int | float], say: Say) -> Iterator[Difference]:
    for effect, fewer, more, text in (
        ("narrowed", new, old, "it must be a multiple of {} now"),
        ("widened", old, new, "it need not be a multiple of {} any more"),
    ):
        for number in sorted(fewer):
            if not any(is_multiple(other, number) for other in more):
                yield say("multiple-of", effect, text.format(number))


def is_multiple(number: int | float, step: int | float) -> bool:
    """Whether one number is a multiple of another one, as they are written: 0.1 is one of 0.01."""
    return bool(step) and Fraction(str(number)) % Fraction(str(step)) == 0


def _tags(old: frozenset[str], new: frozenset[str], say: Say) -> Iterator[Difference]:
    """Values of a discriminator; where only one side has one, that is said elsewhere."""
    if old and new and old - new:
        lost = listed(sorted(old - new))
        yield say("mapping", "narrowed", f"the discriminator's {lost} does not lead here any more")
    if old and new and new - old:
        gained = listed(sorted(new - old))
        yield say("mapping", "widened", f"the discriminator's {gained} leads here now")


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
        yield say("format", "widened", f"the format {listed(old)} became {listed(new)}")
    elif (new, old) in _WIDER_FORMATS:
        yield say("format", "narrowed", f"the format {listed(old)} became {listed(new)}")
    elif before.types & after.types:
        yield from _terms("format", old, new, "the format", say)


def _formats_of(*names: str) -> frozenset[str]:
    return frozenset(names)


_WIDER_FORMATS = {(_formats_of("int32"), _formats_of("int64")), (_formats_of("float"), _formats_of("double"))}


def _flag(aspect: str, before: bool, after: bool, word: str, say: Say) -> Iterator[Difference]:
    if before != after:
        verb = "are not allowed any more" if after else "are allowed now"
        yield say(aspect, "narrowed" if after else "widened", f"{word} {verb}")


def noted(before: Notes, after: Notes, say: Say) -> Iterator[Difference]:
    """What says nothing about which values fit."""
    if before.default != after.default:
        aspect = "default" if before.default and after.default else f"default-{'added' if after.default else 'removed'}"
        yield say(aspect, "changed", f"the default {_json(before.default)} became {_json(after.default)}")
    if before.discriminator != after.discriminator:
        old, new = before.discriminator or "nothing", after.discriminator or "nothing"
        yield say("discriminator", "changed", f"alternatives are told apart by {new} instead of {old}")
    if before.deprecated != after.deprecated:
        text = "it is deprecated now" if after.deprecated else "it is not deprecated any more"
        yield say("deprecated" if after.deprecated else "undeprecated", "changed", text)


def listed(values: Iterable[str], word: str = "and") -> str:
    """Texts in a row, cut where there are many."""
    texts = [_short(text) for text in values]
    if len(texts) > 5:
        return f"{', '.join(texts[:5])} {word} {len(texts) - 5} more"
    return (", " if word == "and" else f" {word} ").join(texts) or "nothing"


def _json(value: tuple[Any] | None) -> str:
    return "none" if value is None else _short(json.dumps(value[0], ensure_ascii=False, sort_keys=True))


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77] + "..."
