"""Further values to try where the plain ones are refused, as by `not`, in a fixed order. Callers check them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from apispec.examples.patterns import matching
from apispec.examples.scalars import count, is_number, numbers, strings
from apispec.model import Json, Schema

_STEPS = 24
"""How far around a number is looked."""
_TEXTS = (
    "Abc123", "abc", "ABC", "Abcdef1!", "123", "0", "1", "a1", "A1", "a-b", "a_b", "a.b", "example", "Hello, world!",
    "x", "Z", "none", "other", "true", "2026-01-15", "ada@example.com", "https://example.com/", "en", "EUR", " ", "é",
)  # fmt: skip
_DEEPEST = 4


def searched(kind: str, schema: dict[str, Any], name: str) -> Iterator[Json]:
    """Values of a scalar type near those that the schema mentions, then of other forms."""
    if kind in ("integer", "number"):
        yield from _near(kind, schema)
    elif kind == "string":
        yield from _texts(schema, name)


def _near(kind: str, schema: dict[str, Any]) -> Iterator[int | float]:
    said = [value for value in _mentioned(schema) if is_number(value) and -(2**60) < value < 2**60]
    starts = [*itertools.islice(numbers(schema, kind), 12), 0, *said]
    step = schema.get("multipleOf")
    unit = step if is_number(step) and step > 0 else 1
    seen: set[float] = set()
    for distance in range(1, _STEPS + 1):
        for start in dict.fromkeys(starts):
            for value in (start + distance * unit, start - distance * unit):
                if value not in seen:
                    seen.add(value)
                    yield (
                        int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 2**53 else value
                    )
    if kind == "number":
        yield from (start + 0.25 for start in dict.fromkeys(starts))
    yield from (10**power for power in range(2, 10))


def _texts(schema: dict[str, Any], name: str) -> Iterator[str]:
    least, most = count(schema, "minLength", 0), count(schema, "maxLength", 10**9)
    known = [*itertools.islice(strings(schema, name), 4), *_TEXTS]
    for pattern in [value for key, value in _keywords(schema) if key == "pattern" and isinstance(value, str)]:
        for turn in range(1, 9):
            known += itertools.islice(matching(pattern, least, most, turn), 3)
    for text in dict.fromkeys(known):
        for one in (text, f"{text}2", f"a{text}", f"A1!{text}", text.upper(), text.title()):
            yield one
            if 0 < len(one) < least <= 1_000:
                yield (one * (least // len(one) + 1))[:least]
            if len(one) > most:
                yield one[:most]
    yield ""


def _mentioned(schema: Schema) -> Iterator[Json]:
    """The constants, choices and bounds that are written anywhere in a schema."""
    for key, value in _keywords(schema):
        if key in ("enum", "examples"):
            yield from value if isinstance(value, list) else ()
        elif key not in ("properties", "default"):
            yield value


def _keywords(schema: Any, depth: int = _DEEPEST) -> Iterator[tuple[str, Json]]:
    if not isinstance(schema, dict) or depth == 0:
        return
    for key, value in schema.items():
        yield key, value
        for part in value if isinstance(value, list) else (value,):
            if key in ("not", "allOf", "anyOf", "oneOf", "if", "then", "else"):
                yield from _keywords(part, depth - 1)
