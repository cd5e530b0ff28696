"""Which errors of an official schema are told: what follows from another one says nothing new, or what is untrue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Found(NamedTuple):
    """One error in plain words, and what is needed to tell whether another one brought it about."""

    path: tuple[str | int, ...]
    message: str
    hint: str
    kind: str
    """The keyword that was violated, as jsonschema-rs calls its kind; `Unexpected` for a key that is not known."""
    key: str = ""
    """The key that is missing or not known."""
    is_known: bool = False
    """Whether a key that is not known here is one of the same object elsewhere in the schema."""
    is_conditional: bool = False
    """Whether it follows from a condition (`then`), which holds, too, where what it asks about is missing."""


def told(found: Iterable[Found]) -> Iterator[Found]:
    """Errors, each once, without those that follow from others.

    A key counts as unknown, too, where the part of the schema that knows it refuses something else; `default` is
    missing among responses where no status code is one; what is of no type is not in the list of values, either.
    """
    listed = list(dict.fromkeys(found))
    real = [one for one in listed if not (one.kind == "Unexpected" and one.is_known)]
    inside = {one.path[:depth] for one in real for depth in range(len(one.path) + 1)}
    at: dict[tuple[str | int, ...], list[Found]] = {}
    for one in real:
        at.setdefault(one.path, []).append(one)
    unknown = {one.path[:-1] for one in real if one.kind == "Unexpected"}
    seen = set()
    for one in listed:
        near = at.get(one.path, ())
        if one.kind == "Unexpected" and one.is_known and one.path[:-1] in inside:
            continue
        if one.kind == "Required" and one.key == "default" and one.path[-1:] == ("responses",):
            if one.path in unknown or any(other.kind == "MinProperties" for other in near):
                continue
        if one.kind == "Enum" and any(other.kind == "Type" for other in near):
            continue
        if one.is_conditional and any(other.kind == "Required" and other.key in ("in", "type") for other in near):
            continue
        if (one.path, one.message) not in seen:
            seen.add((one.path, one.message))
            yield one
