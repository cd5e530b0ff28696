"""Examples for parameters that validators of the target's own guard, which no schema tells of.

The value that would be shown is given to pydantic; where a validator refuses it, others are tried in its place, at the
place that the refusal names: numbers and texts of many kinds, and what the refusal quotes. Nothing is done where there
is no such validator.
"""

from __future__ import annotations

import copy
import re
import time
from collections.abc import Iterator, Mapping
from typing import Any

import pydantic_core
from pydantic import ValidationError

from apispec.declaring import asking
from apispec.introspection.acceptance import Acceptance
from apispec.introspection.adapters import adapted
from apispec.introspection.texts import clean
from apispec.model import Json, Schema

_MOST = 600
"""Values tried for one parameter."""
_LONGEST_S = 1.0
"""Seconds for one parameter; a validator may ask a database."""
Place = tuple[Any, ...]
"""Keys and indexes that lead into a value."""
_NUMBERS = (
    *(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 18, 20, 21, 24, 30, 32, 50, 60, 64, 99, 100, 128, 200, 256),
    *(360, 500, 512, 1000, 1024, 1999, 2000, 2024, 8080, 10_000, 65_536, 1_000_000, -1, -2, -10, -100),
)
_FRACTIONS = (0.5, 0.1, 0.25, 1.5, -0.5)
_TEXTS = (
    *("a", "A", "1", "text", "Text", "TEXT", "ab", "AB", "abc", "ABC", "EUR", "USD", "DE", "en", "en-US", "a-1", "A-1"),
    *("ABC-123", "a_b", "A_B", "a.b", "a:b", "a/b", "/a/b", "a,b", "a b", "Ada Lovelace", "a=b", "#a", "#ff0000", "@a"),
    *(
        "user@example.com",
        "https://example.com/",
        "http://localhost:8000",
        "example.com",
        "localhost:8000",
        "127.0.0.1",
    ),
    *("123", "1234", "12345", "123456", "1234567890", "+14155550100", "1.0.0", "v1.0.0", "2024-01-31", "12:30"),
    *("2024-01-31T12:30:00Z", "UTC", "Europe/Berlin", "0123456789abcdef", "550e8400-e29b-41d4-a716-446655440000"),
    *("Passw0rd!x", "4111111111111111", "978-3-16-148410-0", "DE89370400440532013000", "file.txt", "image.png", "{}"),
    *("SELECT 1", "* * * * *", "level", "racecar", "", " "),
)
_QUOTED = re.compile(r"'([^']{1,80})'|\"([^\"]{1,80})\"|`([^`]{1,80})`|\b(\d{1,9})\b")


def guarded(hint: Any) -> bool:
    """Whether code of the target's own decides which values of a hint are taken."""
    core = asking.attribute(adapted(hint).adapter, "core_schema")
    stack: list[Any] = [core]
    seen = 0
    while stack and seen < 20_000:
        part = stack.pop()
        seen += 1
        if isinstance(part, dict):
            function = part.get("function")
            if isinstance(function, dict) and _is_own(function.get("function")):
                return True
            if part.get("post_init") or part.get("custom_init"):
                return True
            stack.extend(value for key, value in part.items() if key not in ("metadata", "serialization"))
        elif isinstance(part, (list, tuple)):
            stack.extend(part)
    return False


def _is_own(function: Any) -> bool:
    module = str(asking.attribute(function, "__module__") or "")
    return module.partition(".")[0] not in ("pydantic", "pydantic_core", "pydantic_extra_types", "apispec", "builtins")


def taken(
    hint: Any, schema: Schema, name: str, schemas: Mapping[str, Schema], acceptance: Acceptance
) -> tuple[Any, str]:
    """A value that the validators of a hint take.

    Args:
        hint: One that is `guarded`.
        schema: Of the hint.
        name: The parameter's.
        schemas: The components.
        acceptance: Tells what fits the schema.

    Returns:
        The value, as JSON, and an empty text; `None` and why the last one was refused where none was found.
    """
    from apispec import examples  # not of every target

    try:
        value = examples.example(schema, schemas, name=name, full=False)
    except examples.NoExampleError:
        return None, ""
    refusal = first = _refusal(hint, value)
    tries = 0
    until = time.monotonic() + _LONGEST_S
    while refusal is not None:
        place = _place(value, refusal[0])
        for other in _others(_at(value, place), refusal[1]):
            tries += 1
            if tries > _MOST or time.monotonic() > until:
                return None, first[1] if first is not None else ""
            changed = _put(value, place, other)
            if acceptance.accepts(schema, changed):
                further = _refusal(hint, changed)
                if further is None or _is_further(place, _place(changed, further[0])):
                    value, refusal = changed, further
                    break
        else:
            return None, first[1] if first is not None else ""
    return value, ""


def _is_further(before: Place, now: Place) -> bool:
    """Whether what is refused now is another part than before, and none inside of it, which was taken then."""
    return now[: len(before)] != before


def _refusal(hint: Any, value: Json) -> tuple[Place, str] | None:
    """Where in a value, and why, it is refused; None where it is taken."""
    try:
        adapted(hint).adapter.validate_json(pydantic_core.to_json(value))
    except ValidationError as error:
        entry = error.errors(include_url=False, include_context=False, include_input=False)[0]
        return tuple(entry["loc"]), clean(entry["msg"])
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException as error:  # of a validator or of `__post_init__`
        return (), clean(f"{type(error).__name__}: {error}")
    return None


def _place(value: Json, path: Place) -> Place:
    """Where in a value pydantic's path leads, less its names for the members of unions."""
    found: list[Any] = []
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            continue
        found.append(step)
    return tuple(found)


def _at(value: Any, place: Place) -> Json:
    for step in place:
        value = value[step]
    found: Json = value
    return found


def _put(value: Json, place: Place, other: Json) -> Json:
    if not place:
        return other
    changed = copy.deepcopy(value)
    inner: Any = changed
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = other
    return changed


def _others(old: Json, message: str) -> Iterator[Json]:
    """What may stand instead of a value, what its refusal quotes first."""
    quoted = [next(filter(None, groups)) for groups in _QUOTED.findall(message)]
    if isinstance(old, bool):
        yield not old
    elif isinstance(old, (int, float)):
        yield from (int(text) for text in quoted if text.isdigit())
        yield from _NUMBERS
        if isinstance(old, float):
            yield from _FRACTIONS
    elif isinstance(old, str):
        yield from quoted
        yield from (old.upper(), old.lower(), old.capitalize(), old.title(), f"{old}1", f"{old}A1!", old + old)
        yield from _TEXTS
        yield from ("x" * length for length in (3, 4, 5, 6, 7, 8, 10, 12, 16, 20, 32, 40, 64))
    elif isinstance(old, list):
        yield from ([], *(old * times for times in (2, 3, 4, 8)), [1, 2], [1, 2, 3], ["a", "b"], ["a", "b", "c"])
    elif isinstance(old, dict):
        yield from _changed_parts(old, quoted)


def _changed_parts(old: dict[str, Json], quoted: list[str]) -> Iterator[Json]:
    """An object that is refused as a whole: one of its values changed, each in turn; then without one of them."""
    said = " ".join(f"'{text}'" for text in quoted)
    left = {key: _others(value, said) for key, value in old.items() if not isinstance(value, (dict, list))}
    while left:
        for key, others in list(left.items()):
            for other in others:
                yield {**old, key: other}
                break
            else:
                del left[key]
    for key in old:
        yield {other: value for other, value in old.items() if other != key}
