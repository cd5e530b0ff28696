"""How many bytes values take, near enough for limits."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import AsyncIterator, Iterable
from itertools import islice
from typing import Any

from apispec.model import Json
from apispec.runtime.problems import Problem

_LOOKED_AT = 10_000
"""Objects that are looked at; of what has more, the rest counts as what was seen of it."""
_OF_EACH = 1000


def json_bytes(value: Json) -> int:
    """About the length of a value as compact JSON."""
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


async def gathered(items: AsyncIterator[Json], most: int) -> list[Json]:
    """All values of a stream.

    Args:
        items: The stream.
        most: Bytes that they may take together.

    Raises:
        Problem: 406, they take more.
    """
    found: list[Json] = []
    size = 0
    async for item in items:
        size += json_bytes(item)
        if size > most:
            detail = f"The stream gave more than {most} bytes, too much for one answer; read its events."
            raise Problem(406, detail, title="Stream too long")
        found.append(item)
    return found


def weight(value: Any) -> int:
    """About the bytes of memory that an object holds: what it contains, its attributes, and buffers of arrays.

    Never asks an object for anything that could run code of its own but `nbytes`, by which arrays tell their buffers.
    """
    seen: set[int] = set()
    left = _LOOKED_AT

    def weigh(part: Any, depth: int) -> int:
        nonlocal left
        if id(part) in seen:
            return 0
        seen.add(id(part))
        left -= 1
        size = _own(part)
        if depth > 50 or left <= 0 or isinstance(part, (str, bytes, bytearray, int, float, type)):
            return size
        inner, count = _parts(part)
        looked = 0
        found = 0
        for item in inner:
            if left <= 0:
                break
            found += weigh(item, depth + 1)
            looked += 1
        return size + (found * max(count, looked) // looked if looked else 0)

    return weigh(value, 0)


def _own(part: Any) -> int:
    try:
        size = sys.getsizeof(part, 64)
    except Exception:  # a `__sizeof__` of the target's
        size = 64
    if not isinstance(part, (str, bytes, bytearray)):
        with contextlib.suppress(Exception):  # no array
            size += int(part.nbytes)
    return size


def _parts(part: Any) -> tuple[Iterable[Any], int]:
    """What an object holds, at most so much as is looked at, and how much it is."""
    if isinstance(part, dict):
        pairs = islice(list(islice(dict.items(part), _OF_EACH)), _OF_EACH)
        return [one for pair in pairs for one in pair], 2 * dict.__len__(part)
    kinds: tuple[Any, ...] = (list, tuple, set, frozenset)
    for kind in kinds:
        if isinstance(part, kind):
            return list(islice(kind.__iter__(part), _OF_EACH)), kind.__len__(part)
    try:
        attributes = object.__getattribute__(part, "__dict__")
    except Exception:  # it has none
        return (), 0
    return _parts(attributes) if isinstance(attributes, dict) else ((), 0)
