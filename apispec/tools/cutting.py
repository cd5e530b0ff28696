"""Answers cut to what a model can take in: chosen fields, a page of a list, a limit; and words on what is missing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from apispec.model import Json

_STEP = re.compile(r"[.\[\]/]+")
_LEAST_TEXT = 200
"""Characters of a text that are worth showing at all."""


@dataclass(slots=True)
class Cut:
    """A value, and what of it is missing."""

    value: Json
    notes: list[str] = field(default_factory=list)


def length(value: Json) -> int:
    """Characters of a value as JSON."""
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def selected(value: Json, fields: Iterable[str]) -> Cut:
    """Only some fields of an object, or of every object of a list.

    Args:
        value: Anything.
        fields: Paths: `name`, `owner.login`, `items.name` (of every item where it leads into a list).
    """
    wanted: dict[str, Any] = {}
    for path in fields:
        inner = wanted
        for step in [s for s in _STEP.split(path.strip().removeprefix("$")) if s and not s.isdigit() and s != "*"]:
            inner = inner.setdefault(step, {})
    if not wanted:
        return Cut(value)
    missing = set(wanted)
    found = _selected(value, wanted, missing)
    notes = [f"There is no field {', '.join(sorted(missing))}; there are {_fields(value)}."] if missing else []
    return Cut(found, notes)


def _selected(value: Json, wanted: dict[str, Any], missing: set[str]) -> Json:
    if isinstance(value, list):
        return [_selected(item, wanted, missing) for item in value]
    if not isinstance(value, dict) or not wanted:
        return value
    missing.difference_update(value)
    return {key: _selected(value[key], inner, set()) for key, inner in wanted.items() if key in value}


def _fields(value: Json) -> str:
    first = value[0] if isinstance(value, list) and value else value
    return ", ".join(map(str, list(first)[:40])) if isinstance(first, dict) else "none"


def page(value: Json, offset: int, limit: int | None) -> Cut:
    """Some items of a list, or of the largest list in an object.

    Args:
        value: Anything; what has no list is left as it is.
        offset: How many items are left out at the start.
        limit: How many follow; None = all.
    """
    if offset <= 0 and limit is None:
        return Cut(value)
    key = _largest_list(value)
    items = value if isinstance(value, list) else value[key] if key is not None else None
    if items is None:
        return Cut(value, ["There is no list in the answer to take a page of."])
    chosen = items[max(offset, 0) :] if limit is None else items[max(offset, 0) : max(offset, 0) + limit]
    where = f" of {key}" if key is not None else ""
    notes = []
    if len(chosen) < len(items):
        last = max(offset, 0) + len(chosen)
        notes.append(f"Items {max(offset, 0) + 1} to {last}{where} of {len(items)}." if chosen else
                     f"There are {len(items)} items{where}.")  # fmt: skip
    return Cut(chosen if key is None else {**value, key: chosen}, notes)


def cut(value: Json, limit: int) -> Cut:
    """A value of at most about so many characters: lists lose items at their ends, texts their ends.

    Args:
        value: Anything.
        limit: Characters as JSON; 0 = no limit.
    """
    if not limit or length(value) <= limit:
        return Cut(value)
    notes: list[str] = []
    return Cut(_cut(value, limit, "", notes), notes)


def _cut(value: Json, limit: int, where: str, notes: list[str]) -> Json:
    place = f" of {where}" if where else ""
    if isinstance(value, str) and len(value) > limit:
        kept = max(limit, min(_LEAST_TEXT, len(value)))
        notes.append(f"The first {kept} of {len(value)} characters{place}.")
        return value[:kept]
    if isinstance(value, list):
        kept_items: list[Json] = []
        left = limit
        for item in value:
            size = length(item) + 1
            if size > left:
                break
            kept_items.append(item)
            left -= size
        if not kept_items and value:
            kept_items = [_cut(value[0], limit, f"{where}[0]", notes)]
        if len(kept_items) < len(value):
            notes.append(f"The first {len(kept_items)} of {len(value)} items{place}.")
        return kept_items
    if isinstance(value, dict):
        sizes = {key: length(inner) for key, inner in value.items()}
        out = dict(value)
        over = sum(sizes.values()) + sum(len(str(key)) + 4 for key in sizes) - limit
        for key in sorted(sizes, key=lambda k: -sizes[k]):  # the largest first: the small ones say the most for it
            if over <= 0:
                break
            if not isinstance(value[key], (str, list, dict)):
                continue
            room = max(sizes[key] - over, min(sizes[key], limit // 4))
            out[key] = _cut(value[key], room, f"{where}.{key}" if where else str(key), notes)
            over -= sizes[key] - length(out[key])
        if over > 0 and length(out) > limit:
            dropped = []
            for key in sorted(sizes, key=lambda k: -length(out[k])):
                if length(out) <= limit or len(out) == 1:
                    break
                dropped.append(str(key))
                del out[key]
            if dropped:
                shown = ", ".join(dropped[:10]) + (f" and {len(dropped) - 10} more" if len(dropped) > 10 else "")
                notes.append(f"Left out{place}: {shown}.")
        return out
    return value


def _largest_list(value: Json) -> str | None:
    if not isinstance(value, dict):
        return None
    lists = {key: length(inner) for key, inner in value.items() if isinstance(inner, list)}
    return max(lists, key=lambda key: lists[key]) if lists else None
