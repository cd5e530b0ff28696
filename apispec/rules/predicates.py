"""What an assertion can say of a value: one small function each, in a table by the names that configuration writes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from apispec.documents import MISSING
from apispec.errors import ConfigError

CASINGS = {
    "camelCase": r"[a-z][a-z0-9]*([A-Z][a-z0-9]*)*",
    "PascalCase": r"([A-Z][a-z0-9]*)+",
    "kebab-case": r"[a-z][a-z0-9]*(-[a-z0-9]+)*",
    "snake_case": r"[a-z][a-z0-9]*(_[a-z0-9]+)*",
    "MACRO_CASE": r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)*",
    "COBOL-CASE": r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)*",
    "flatcase": r"[a-z][a-z0-9]*",
}

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,), "number": (int, float), "integer": (int,), "boolean": (bool,), "array": (list,),
    "object": (dict,),
}  # fmt: skip

Predicate = Callable[[Any, Any], Iterator[str]]
"""Value (`MISSING` where it is not there) and the setting → what is wrong, as the end of a sentence."""


def _texts(value: Any) -> list[str]:
    """What is judged by its spelling: a text, the texts of a list, the keys of an object."""
    if isinstance(value, (list, dict)):
        return [one for one in value if isinstance(one, str)]
    return [value] if isinstance(value, str) else []


def _keys(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, (dict, list)) else []


def _defined(value: Any, wanted: bool) -> Iterator[str]:
    if (value is not MISSING) != wanted:
        yield "is missing" if wanted else "must not be there"


def _non_empty(value: Any, wanted: bool) -> Iterator[str]:
    if value is MISSING:
        return
    is_empty = value is None or value in ([], {}) or (isinstance(value, str) and not value.strip())
    if is_empty == wanted:
        yield "is empty" if wanted else "must be empty"


@cache
def _matcher(pattern: str) -> Callable[[str], Any]:
    """Whether a pattern is found in a text, in time that grows with the text where the pattern allows that.

    The texts are a stranger's, so that Python's own engine, which may go back without end, is for patterns that only
    it knows.
    """
    import jsonschema_rs

    try:
        judge: Callable[[str], Any] = jsonschema_rs.Draft202012Validator({"pattern": pattern}).is_valid
    except ValueError:
        return re.compile(pattern).search
    return judge


def _pattern(value: Any, pattern: str) -> Iterator[str]:
    matches = _matcher(pattern)
    yield from (f"{one!r} does not match `{pattern}`" for one in _texts(value) if not matches(one))


def _not_pattern(value: Any, pattern: str) -> Iterator[str]:
    matches = _matcher(pattern)
    yield from (f"{one!r} matches `{pattern}`" for one in _texts(value) if matches(one))


def _casing(value: Any, name: str) -> Iterator[str]:
    yield from (f"{one!r} is not in {name}" for one in _texts(value) if not re.fullmatch(CASINGS[name], one))


def _enum(value: Any, allowed: list[Any]) -> Iterator[str]:
    if value is MISSING:
        return
    for one in [*value] if isinstance(value, (list, dict)) else [value]:
        if one not in allowed:
            yield f"{one!r} is none of {', '.join(map(str, allowed))}"


def _const(value: Any, wanted: Any) -> Iterator[str]:
    if value is not MISSING and value != wanted:
        yield f"{value!r} is not {wanted!r}"


def _length(value: Any) -> int | None:
    return len(value) if isinstance(value, (str, list, dict)) else None


def _min_length(value: Any, least: int) -> Iterator[str]:
    length = _length(value)
    if length is not None and length < least:
        yield f"has a length of {length}, {least} is the least"


def _max_length(value: Any, most: int) -> Iterator[str]:
    length = _length(value)
    if length is not None and length > most:
        yield f"has a length of {length}, {most} is the most"


def _minimum(value: Any, least: float) -> Iterator[str]:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value < least:
        yield f"is {value}, {least} is the least"


def _maximum(value: Any, most: float) -> Iterator[str]:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value > most:
        yield f"is {value}, {most} is the most"


def _type(value: Any, wanted: str) -> Iterator[str]:
    is_wanted = isinstance(value, _TYPES[wanted]) and (wanted == "boolean" or not isinstance(value, bool))
    if value is not MISSING and not is_wanted:
        yield f"is not of type {wanted}"


def _required(value: Any, names: list[str]) -> Iterator[str]:
    yield from (f"lacks {name!r}" for name in names if value is not MISSING and name not in _keys(value))


def _disallowed(value: Any, names: list[str]) -> Iterator[str]:
    yield from (f"must not have {name!r}" for name in names if name in _keys(value))


def _require_any(value: Any, names: list[str]) -> Iterator[str]:
    if value is not MISSING and not {*_keys(value)} & {*names}:
        yield f"has none of {', '.join(names)}"


def _mutually_exclusive(value: Any, names: list[str]) -> Iterator[str]:
    present = [name for name in names if name in _keys(value)]
    if len(present) > 1:
        yield f"has {' and '.join(present)}, which exclude each other"


def _mutually_required(value: Any, names: list[str]) -> Iterator[str]:
    present = {name for name in names if name in _keys(value)}
    if present and present != {*names}:
        yield f"lacks {', '.join(name for name in names if name not in present)}"


def _sort_order(value: Any, setting: Any) -> Iterator[str]:
    direction, key = (
        (setting.get("direction", "asc"), setting.get("property")) if isinstance(setting, dict) else (setting, "")
    )
    items = [*value] if isinstance(value, (list, dict)) else []
    names = [str(item.get(key, "")) if isinstance(item, dict) else str(item) for item in items]
    if names != sorted(names, reverse=direction == "desc"):
        yield f"is not in {'descending' if direction == 'desc' else 'ascending'} order"


def _ref(value: Any, setting: bool | str) -> Iterator[str]:
    if value is MISSING:
        return
    target = value.get("$ref") if isinstance(value, dict) else None
    if setting is False and target is not None:
        yield "must not be a reference"
    elif setting is True and target is None:
        yield "must be a reference"
    elif isinstance(setting, str) and not (isinstance(target, str) and _matcher(setting)(target)):
        yield f"must be a reference that matches `{setting}`"


_VALUES = "a list of values, with at least one"
_BOOLEAN, _WHOLE, _NUMBER = "true or false", "a whole number", "a number"
_NAMES = "a list of names, with at least one"

PREDICATES: dict[str, tuple[Predicate, str]] = {
    "defined": (_defined, _BOOLEAN),
    "non-empty": (_non_empty, _BOOLEAN),
    "pattern": (_pattern, "a regular expression"),
    "not-pattern": (_not_pattern, "a regular expression"),
    "casing": (_casing, f"one of {', '.join(CASINGS)}"),
    "enum": (_enum, _VALUES),
    "const": (_const, ""),
    "type": (_type, f"one of {', '.join(_TYPES)}"),
    "min-length": (_min_length, _WHOLE),
    "max-length": (_max_length, _WHOLE),
    "minimum": (_minimum, _NUMBER),
    "maximum": (_maximum, _NUMBER),
    "required": (_required, _NAMES),
    "disallowed": (_disallowed, _NAMES),
    "require-any": (_require_any, _NAMES),
    "mutually-exclusive": (_mutually_exclusive, _NAMES),
    "mutually-required": (_mutually_required, _NAMES),
    "sort-order": (_sort_order, '"asc" or "desc", or a table with property and direction'),
    "ref": (_ref, "true or false, or a regular expression"),
}
"""Name → the function, and what its setting must be."""


def check_setting(name: str, setting: Any, where: str) -> None:
    """Refuse a setting that its predicate does not understand.

    Raises:
        ConfigError: It is of another type, or a regular expression that is none.
    """
    wanted = PREDICATES[name][1]
    is_number = isinstance(setting, (int, float)) and not isinstance(setting, bool)
    fits = {
        _BOOLEAN: isinstance(setting, bool),
        _WHOLE: is_number and isinstance(setting, int) and setting >= 0,
        _NUMBER: is_number,
        _NAMES: isinstance(setting, list) and bool(setting) and all(isinstance(one, str) for one in setting),
        _VALUES: isinstance(setting, list) and bool(setting),
        "": True,
    }.get(wanted)
    if fits is None:
        fits = {
            "casing": setting in CASINGS if isinstance(setting, str) else False,
            "type": setting in _TYPES if isinstance(setting, str) else False,
            "sort-order": setting in ("asc", "desc") if isinstance(setting, str) else _is_sorting(setting),
            "ref": isinstance(setting, (bool, str)),
        }.get(name, isinstance(setting, str))
    if not fits:
        raise ConfigError(f"`{name}` must be {wanted}, not {setting!r}", where=where)
    if name in ("pattern", "not-pattern") or (name == "ref" and isinstance(setting, str)):
        try:
            re.compile(setting)
        except re.error as error:
            raise ConfigError(f"`{name}` is no regular expression: {error}", where=where) from None


def _is_sorting(setting: Any) -> bool:
    return (
        isinstance(setting, dict)
        and not setting.keys() - {"property", "direction"}
        and setting.get("direction", "asc") in ("asc", "desc")
        and isinstance(setting.get("property", ""), str)
    )
