"""What a schema says that refuses nothing, beside what else it says: no difference may be told of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from apispec.changes.aspects import Difference, is_multiple
from apispec.changes.keywords import Bounds, Shape
from apispec.changes.patterns import is_found, width_of

_IDLE: dict[str, tuple[Any, ...]] = {
    "not": (False,), "dependentRequired": ({},), "dependentSchemas": ({},), "unevaluatedItems": (True, {}),
    "minContains": (1,), "propertyNames": (True, {}),
}  # fmt: skip
"""Values by which a keyword refuses nothing, or says what holds anyway."""


def working(value: dict[str, Any]) -> dict[str, Any]:
    """A schema without keywords that refuse nothing: `contains` of which there may be none, `then` without `if`."""
    if value.keys().isdisjoint(_IDLE.keys() | {"contains", "if", "then", "else", "maxContains"}):
        return value
    idle = {key for key, values in _IDLE.items() if key in value and value[key] in values}
    if "contains" not in value:
        idle |= {"minContains", "maxContains"}
    elif value.get("minContains") == 0:
        idle |= {"minContains"} if "maxContains" in value else {"minContains", "contains"}
    idle |= {key for key in ("then", "else") if key in value and ("if" not in value or value[key] in (True, {}))}
    if not {"then", "else"} & (value.keys() - idle):
        idle.add("if")
    return {key: inner for key, inner in value.items() if key not in idle}


def bounded(shape: Shape) -> Shape:
    """A shape without bounds that nothing could pass anyway.

    As many properties as are required are there, no more than are described where no others are allowed; a pattern, or
    a format such as `uuid`, has its own lengths, and `int32` and `int64` their own numbers.
    """
    closed = shape.additional.value is False and not shape.patterned
    count = (len(shape.required), len(shape.properties) if closed else None)
    lengths = [_LENGTHS[name] for name in shape.formats if name in _LENGTHS]
    lengths += [width for width in map(width_of, shape.patterns) if width is not None]
    numbers = [_NUMBERS[name] for name in shape.formats if name in _NUMBERS and shape.types == {"integer"}]
    return replace(
        shape,
        property_count=_beyond(shape.property_count, [count]),
        length=_beyond(shape.length, lengths),
        range=_beyond(shape.range, numbers),
    )


_LENGTHS: dict[str, tuple[int, int | None]] = {"uuid": (36, 36), "date": (10, 10), "ipv4": (7, 15)}
_NUMBERS: dict[str, tuple[int, int | None]] = {"int32": (-(2**31), 2**31 - 1), "int64": (-(2**63), 2**63 - 1)}


def _beyond(bounds: Bounds, known: list[tuple[int, int | None]]) -> Bounds:
    """Bounds without those that lie outside of what is known to hold."""
    low, high = bounds
    if low is not None and any(low[0] < least or (low[0] == least and not low[1]) for least, _ in known):
        low = None
    if high is not None and any(
        most is not None and (high[0] > most or (high[0] == most and not high[1])) for _, most in known
    ):
        high = None
    return low, high


def told(differences: Iterator[Difference], before: Shape, after: Shape) -> Iterator[Difference]:
    """Differences without those that no value shows, since all values of the side in question are listed."""
    for one in differences:
        side, other = (before, after) if one.effect == "narrowed" else (after, before)
        holds = _HOLDS.get(one.aspect)
        if holds is None or side.enum is None or side.extensible or not all(holds(other, text) for text in side.enum):
            yield one


def _is_between(number: int | float, bounds: Bounds) -> bool:
    low, high = bounds
    return (low is None or number > low[0] or (number == low[0] and not low[1])) and (
        high is None or number < high[0] or (number == high[0] and not high[1])
    )


def _in_range(shape: Shape, text: str) -> bool:
    value = json.loads(text)
    return isinstance(value, (str, bool, list, dict)) or _is_between(value, shape.range)


def _of_length(shape: Shape, text: str) -> bool:
    value = json.loads(text)
    return not isinstance(value, str) or _is_between(len(value), shape.length)


def _as_patterned(shape: Shape, text: str) -> bool:
    value = json.loads(text)
    return not isinstance(value, str) or all(is_found(pattern, value) for pattern in shape.patterns)


def _multiplied(shape: Shape, text: str) -> bool:
    value = json.loads(text)
    if isinstance(value, (str, bool, list, dict)):
        return True
    return all(is_multiple(value, number) for number in shape.multiples)


_HOLDS: dict[str, Callable[[Shape, str], bool]] = {
    "range": _in_range, "length": _of_length, "pattern": _as_patterned, "multiple-of": _multiplied,
}  # fmt: skip
