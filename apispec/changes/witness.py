"""A value that one schema accepts and another one refuses: the proof that values were lost, or came.

Values are made from what both schemas say (bounds, lists, lengths, required names, alternatives and mixtures of them),
and judged by a validator: what is found is certain. That nothing was found proves something only where the values of
the schema are few enough to try them all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import combinations, islice
from typing import Any

from apispec.changes.aspects import Way
from apispec.changes.keywords import ANYTHING, At, Bounds, Shape, as_json, in_values
from apispec.changes.shapes import Shapes
from apispec.changes.standalone import Standalone
from apispec.documents import MISSING
from apispec.examples import matching

_MOST = 16
"""Values that are kept of one schema inside another one."""

_MOST_EACH = 4_000
"""Values that are tried for one question."""

_ALTERNATIVES = 4
_DEEP = 4
_LONGEST = 2_000
"""Texts and lists that are made longer than a bound, at most."""

_FORMATS = {
    "date": "2020-01-31", "date-time": "2020-01-31T12:00:00Z", "time": "12:00:00Z",

    "uuid": "12345678-1234-4234-8234-123456789012",
    "email": "a@example.com", "uri": "https://example.com/a", "ipv4": "192.0.2.1", "ipv6": "2001:db8::1",
    "hostname": "example.com",
}  # fmt: skip


_OF_ONE_LENGTH = frozenset({"date", "uuid"})


class Search:
    """Looks for values that fit schemas of one document and not those of another one.

    Args:
        inner: The document whose schemas accept.
        outer: The document whose schemas refuse.
        way: See `Standalone`.
        budget: How many values are tried in all; what comes later is not decided.
    """

    def __init__(self, inner: Shapes, outer: Shapes, way: Way, budget: int = 40_000) -> None:
        self._inner, self._outer = inner, outer
        self._accept, self._refuse = Standalone(inner, way), Standalone(outer, way)
        self._field = "read_only" if way == "request" else "write_only"
        self._budget = budget
        self._left = 0
        self._made: dict[int, dict[str, Any]] = {}
        self._known: dict[tuple[str, int, str, int], Any] = {}

    def witness(self, one: At, other: At) -> Any:
        """The shortest value found that fits the first and not the second; `MISSING` where none was found."""
        key = (one.pointer, id(one.value), other.pointer, id(other.value))
        if key not in self._known and None in (self._accept.accepts(one, None), self._refuse.accepts(other, None)):
            self._known[key] = MISSING
        if key not in self._known:
            self._left = min(_MOST_EACH, self._budget)
            self._budget -= self._left
            refused = (v for v in self._values(one, other, 0) if self._refuse.accepts(other, v) is False)
            found = min(
                islice(refused, 50), key=lambda v: (not self.is_described(one, v), len(as_json(v))), default=MISSING
            )
            if _chooses(self._inner.resolve(one).value) and not self.is_described(one, found):
                found = MISSING  # a mixture of alternatives, of which callers were told to take one
            self._known[key] = found
            self._budget += max(0, self._left)
        return self._known[key]

    def is_text_accepted(self, one: At, other: At) -> bool:
        """Whether the numbers of one schema, written as texts, fit another one."""
        self._left = 200
        values = [v for v in self._values(one, other, 1) if isinstance(v, (bool, int, float))]
        return bool(values) and all(
            self._refuse.accepts(other, json.dumps(v)) or self._refuse.accepts(other, v) for v in values
        )

    def is_read(self, other: At, text: str) -> bool:
        """Whether a listed text, given as JSON, is a number or boolean that fits a schema, once it is read as such."""
        value = json.loads(text)
        try:
            return bool(self._refuse.accepts(other, json.loads(value) if isinstance(value, str) else value))
        except ValueError:
            return False

    def is_described(self, at: At, value: Any) -> bool:
        """Whether a schema describes each property that a value has."""
        if not isinstance(value, dict):
            return True
        shapes = self._inner.meaning(at).alternatives
        if any(shape.patterned or isinstance(shape.additional.value, dict) for shape in shapes):
            return True
        known = [shape.properties.keys() | shape.required for shape in shapes]
        if _chooses(self._inner.resolve(at).value):
            return any(value.keys() <= names for names in known)
        return value.keys() <= set().union(*known)

    def contains_all(self, one: At, other: At) -> bool:
        """Whether every value of the first is known to fit the second: they are few, and each was tried."""
        meaning = self._inner.meaning(one)
        shapes = [in_values(shape) for shape in meaning.alternatives]
        if not shapes or any(
            shape.extensible or (shape.types != {"boolean"} and shape.enum is None) for shape in shapes
        ):
            return False
        values = [v for v in [*self._scalars(shapes, shapes), None] if self._accept.accepts(one, v)]
        return bool(values) and all(self._refuse.accepts(other, value) for value in values)

    def _scalars(self, shapes: list[Shape], others: list[Shape]) -> Iterator[Any]:
        for shape in shapes:
            for other in others:
                yield from self._mixed(shape, other, _DEEP)

    def _values(self, one: At, other: At, depth: int) -> list[Any]:
        """Values that fit the first, those near the edges of either."""
        if self._left <= 0 or one.value is False:
            return []
        self._left -= 1
        ones, others = self._inner.meaning(one), self._outer.meaning(other)
        made: list[Any] = []
        most = _MOST if depth else 4 * _MOST
        shapes, foreign = ones.alternatives[:_ALTERNATIVES], others.alternatives[:_ALTERNATIVES] or (Shape(),)
        for shape in shapes:
            for near in foreign:
                made += islice(self._mixed(shape, near, depth), most)
        if ones.null:
            made.append(None)
        for at in self._conditions(one, other, ones.types):
            for value in self._values(at, at, depth + 1) if depth < _DEEP else ():
                made += [
                    value,
                    *([{**b, **value} for b in made[:6] if isinstance(b, dict)] if isinstance(value, dict) else []),
                ]
                made += [[value] * size for size in (1, 2, 3, 5, 6, 7)] if at.pointer.endswith("/contains") else []
        bases = [value for value in made if isinstance(value, dict)]
        first = [next((b for b in bases if set(b) >= s.required), {}) for s in shapes if "object" in s.types]
        made += [{**a, **b} for a, b in combinations([f for f in first if f], 2)]
        made += [{**a, **b} for a, b in combinations(bases[:8], 2)] if len(shapes) > 1 or len(foreign) > 1 else []
        found = []
        for value in _distinct(made[: 4 * most]):
            self._left -= 1
            if self._accept.accepts(one, value):
                found.append(value)
            if len(found) >= most or self._left <= 0:
                break
        return found

    def _conditions(self, one: At, other: At, types: frozenset[str]) -> Iterator[At]:
        """Schemas that are looked at, and not simply to be fitted."""
        for at in (one, other):
            for key in ("if", "then", "else", "not", "contains") if isinstance(at.value, dict) else ():
                inner = at.value.get(key)
                if isinstance(inner, dict):
                    if "type" not in inner and "$ref" not in inner and key != "contains":
                        inner = self._made.setdefault(id(inner), {"type": sorted(types), **inner})
                    yield At(inner, f"{at.pointer}/{key}")

    def _mixed(self, shape: Shape, near: Shape, depth: int) -> Iterator[Any]:
        """Values of one alternative, at its edges and those of another one."""
        listed = [json.loads(text) for s in (shape, near) for text in in_values(s).enum or ()]
        yield from listed
        if shape.enum is not None:
            return
        for kind in sorted(shape.types, key=_ORDER.index):
            if kind in ("integer", "number"):
                yield from _numbers(shape, near, whole=kind == "integer")
            elif kind == "string":
                yield from _texts(shape, near)
            elif kind == "boolean":
                yield from (True, False)
            elif kind == "array":
                yield from self._lists(shape, near, depth)
            else:
                yield from self._objects(shape, near, depth)

    def _lists(self, shape: Shape, near: Shape, depth: int) -> Iterator[Any]:
        yield []
        if depth >= _DEEP:
            return
        if shape.prefix or near.prefix:
            length = max(len(shape.prefix), len(near.prefix))
            columns = [self._values(_item(shape, n), _item(near, n), depth + 1) for n in range(length)]
            if all(columns):
                yield (row := [column[0] for column in columns])
                yield [row[0]] * 1
                for n, column in enumerate(columns):
                    for value in column[1:8]:
                        yield [*row[:n], value, *row[n + 1 :]]
            return
        items = self._values(shape.items, near.items, depth + 1) or ([] if shape.items.value is False else [1])
        sizes = {1, 2, *_sizes(shape.item_count), *_sizes(near.item_count)}
        for size in sorted(size for size in sizes if 0 < size <= _LONGEST):
            for value in items[: _MOST if size == 1 else 4]:
                yield [value] * size
            if len(items) >= size > 1:
                yield items[:size]
            elif size > 1 and items:
                yield list(range(size))
                yield [f"a{n}" for n in range(size)]

    def _objects(self, shape: Shape, near: Shape, depth: int) -> Iterator[Any]:
        if depth >= _DEEP:
            yield {}
            return
        names = list(dict.fromkeys([*shape.required, *near.required, *shape.properties, *near.properties]))
        names.sort(key=lambda name: (name not in shape.required, name))
        values = {name: self._values(_member(shape, name), _member(near, name), depth + 1) for name in names[:40]}
        base = {name: values[name][0] for name in names if name in shape.required and values.get(name)}
        yield base
        whole = {name: found[0] for name, found in values.items() if found}
        yield whole
        for name, found in values.items():
            for value in found[:8]:
                yield {**base, name: value}
            for value in found[1:4]:
                yield {**whole, name: value}
            yield {key: value for key, value in whole.items() if key != name}
        for key in ("other", "x", *(_matching(pattern) for pattern in (*shape.patterned, *near.patterned))):
            if key not in whole and shape.additional.value is not False:
                for value in self._values(_member(shape, key), _member(near, key), depth + 1)[:6] or [1]:
                    yield {**base, key: value}
        for size in {*_sizes(shape.property_count), *_sizes(near.property_count)}:
            if len(base) < size <= 50:
                yield {**base, **{f"p{n}": 1 for n in range(size - len(base))}}


_ORDER = ["integer", "number", "string", "boolean", "array", "object"]


def _chooses(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("oneOf"), list)


def _item(shape: Shape, position: int) -> At:
    return shape.prefix[position] if position < len(shape.prefix) else shape.items


def _member(shape: Shape, name: str) -> At:
    return shape.properties.get(name) or (shape.additional if shape.additional.value is not False else ANYTHING)


def _sizes(bounds: Bounds) -> list[int]:
    return [int(bound[0]) + step for bound in bounds if bound is not None for step in (-1, 0, 1)]


def _numbers(shape: Shape, near: Shape, *, whole: bool) -> Iterator[int | float]:
    edges = [bound[0] for s in (shape, near) for bound in s.range if bound is not None]
    steps = [step for s in (shape, near) for step in s.multiples if step]
    found: list[int | float] = [1, 0, -1]
    for edge in edges:
        found += [edge, edge + 1, edge - 1, edge + 0.5, edge - 0.5]
    found += [step * times for step in steps for times in (1, 2, 3, 5)]
    found += [lowest + step for step in steps for edge in edges for lowest in (edge - edge % step,)]
    found += [0.5, 1.5, 1_000_000, -1_000_000]
    bits = 31 if "int32" in shape.formats else 63 if "int64" in shape.formats else 0
    for number in found:
        if bits and not -(2**bits) <= number < 2**bits:
            continue
        if not whole:
            yield number
        elif float(number).is_integer():
            yield int(number)


def _texts(shape: Shape, near: Shape) -> Iterator[str]:
    sizes = sorted({0, 1, 3, *_sizes(shape.length), *_sizes(near.length)})
    for pattern in sorted(shape.patterns | near.patterns):
        yield from _samples(pattern, sizes)
    for name in sorted(shape.formats | near.formats):
        if name in _FORMATS:
            yield _FORMATS[name]
    if shape.formats & _OF_ONE_LENGTH:
        return
    for size in sizes:
        if 0 <= size <= _LONGEST:
            yield "a" * size
            yield "1" * size
    yield from ("a", "A-b", "a b", "x", "1.5", "é")


def _samples(pattern: str, sizes: Iterable[int]) -> Iterator[str]:
    try:
        yield from islice(matching(pattern, 0, _LONGEST), 3)
        for size in sizes:
            if 0 < size <= _LONGEST:
                yield from islice(matching(pattern, size, size), 1)
    except (ValueError, RecursionError, OverflowError):
        return


def _matching(pattern: str) -> str:
    return next(_samples(pattern, ()), "other")


def _distinct(values: Iterable[Any]) -> Iterator[Any]:
    seen: set[str] = set()
    for value in values:
        try:
            text = as_json(value)
        except ValueError:
            continue
        if text not in seen:
            seen.add(text)
            yield value


def shown(value: Any) -> str:
    """A value as it stands in messages, cut where it is long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else text[:117] + "..."
