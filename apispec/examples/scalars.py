"""Texts and numbers to try for a schema, the most readable first. Callers check which of them fit."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, InvalidOperation
from typing import Any, TypeGuard

from apispec.examples.named import numbers_for, texts_for, words
from apispec.examples.patterns import matching

_FORMATS = {
    "date-time": "2026-01-15T09:30:00Z",
    "date": "2026-01-15",
    "time": "09:30:00Z",
    "duration": "PT1H30M",
    "email": "ada@example.com",
    "idn-email": "ada@example.com",
    "uuid": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
    "uuid1": "d9428888-122b-11e1-b85c-61cd3cbb3210",
    "uuid3": "6fa459ea-ee8a-3ca4-894e-db77e160355e",
    "uuid4": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
    "uuid5": "886313e1-3b8a-5372-9b90-0c9aee199e5d",
    "uri": "https://example.com/",
    "url": "https://example.com/",
    "iri": "https://example.com/",
    "uri-reference": "/path",
    "iri-reference": "/path",
    "uri-template": "/items/{id}",
    "hostname": "example.com",
    "idn-hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "ipvanyaddress": "192.0.2.1",
    "ipvanyinterface": "192.0.2.1/24",
    "ipvanynetwork": "192.0.2.0/24",
    "ipv4interface": "192.0.2.1/24",
    "ipv4network": "192.0.2.0/24",
    "ipv6interface": "2001:db8::1/64",
    "ipv6network": "2001:db8::/32",
    "json-pointer": "/name",
    "relative-json-pointer": "0/name",
    "regex": "[a-z]+",
    "byte": "SGVsbG8=",
    "base64url": "SGVsbG8=",
    "binary": "Hello, world!",
    "password": "correct horse",
    "path": "folder/file.txt",
    "file-path": "folder/file.txt",
    "directory-path": "folder",
    "json-string": "{}",
    "color": "#3366cc",
    "decimal": "1.50",
}
"""Formats of JSON Schema, OpenAPI's registry and pydantic, each with a value; addresses from RFC 5737 and RFC 3849."""


def strings(schema: dict[str, Any], name: str) -> Iterator[str]:
    """Texts for a string schema: by format, then name, then pattern, cut or stretched to the length asked for."""
    least = count(schema, "minLength", 0)
    most = count(schema, "maxLength", 10**9)
    texts: list[str] = []
    known = _FORMATS.get(str(schema.get("format", "")))
    if known is not None:
        texts.append(known)
    if schema.get("contentEncoding") in ("base64", "base64url"):
        texts.append("SGVsbG8=")
    if is_json_text(schema):
        texts.append("{}")
    texts.extend(text for text in texts_for(name) if least <= len(text) <= most)
    texts.append(" ".join(words(name)) or "text")
    pattern = schema.get("pattern")
    if isinstance(pattern, str):
        texts.extend(matching(pattern, least, most))
    for text in texts:
        yield text
        if len(text) > most:
            yield text[:most]
        if len(text) < least:
            yield (text + text[-1:] * least)[:least] if least < 100_000 else text
    yield "a" * min(max(least, 1), most, 100_000)
    if "not" not in schema:  # for which a text that says something is looked for
        yield ""


def is_json_text(schema: dict[str, Any]) -> bool:
    """Whether a string holds JSON itself."""
    return schema.get("contentMediaType") == "application/json"


def numbers(schema: dict[str, Any], kind: str, name: str = "") -> Iterator[int | float]:
    """Numbers for a schema: one that its name tells, 1 (or 1.5), else the nearest to a bound that is a multiple where
    one is asked for.
    """
    low = _bound(schema, "minimum", "exclusiveMinimum", max)
    high = _bound(schema, "maximum", "exclusiveMaximum", min)
    step = _decimal(schema.get("multipleOf"))
    if name:
        yield from numbers_for(name, kind)
    if step is None and kind == "number":
        yield from (1.5, 1, 0)
    elif step is None:
        yield from (1, 0)
    unit = step if step else Decimal(1)
    for bound, rounding in ((low, ROUND_CEILING), (high, ROUND_FLOOR)):
        if bound is not None:
            try:
                start = (bound / unit).to_integral_value(rounding) * unit
            except InvalidOperation:
                continue
            for offset in (0, 1, -1) if rounding == ROUND_CEILING else (0, -1, 1):
                yield from _spellings(start + offset * unit)
            yield from _spellings(bound)
    if step:
        yield from _spellings(step)
        yield 0
    if low is not None and high is not None:
        yield from _spellings((low + high) / 2)
        yield math.nextafter(float(low), math.inf)
    elif low is not None:
        yield math.nextafter(float(low), math.inf)
    elif high is not None:
        yield math.nextafter(float(high), -math.inf)


def variations(value: Any, count: int) -> list[Any]:
    """`count` values like this one, the first being itself, different from each other where that is plain."""
    out = [value]
    for i in range(1, count):
        if isinstance(value, bool):
            out.append(value if i > 1 else not value)
        elif isinstance(value, (int, float)):
            out.append(value + i)
        elif isinstance(value, str):
            out.append(f"{value}{i + 1}")
        elif isinstance(value, list) and value:
            out.append([*value[:-1], variations(value[-1], i + 1)[-1]])
        elif isinstance(value, dict) and value:
            key = next((k for k, v in value.items() if isinstance(v, (str, int, float))), None)
            out.append({**value, key: variations(value[key], i + 1)[-1]} if key is not None else dict(value))
        else:
            out.append(value)
    return out[:count]


def _spellings(value: Decimal) -> Iterator[int | float]:
    if abs(value) < 10**27 and value == value.to_integral_value():  # as far as Decimal is exact
        yield int(value)
    as_float = float(value)
    if math.isfinite(as_float):
        yield as_float


def _bound(schema: dict[str, Any], inclusive: str, exclusive: str, pick: Any) -> Decimal | None:
    found = [b for b in (_decimal(schema.get(inclusive)), _decimal(schema.get(exclusive))) if b is not None]
    return pick(found) if found else None


def _decimal(value: Any) -> Decimal | None:
    if not is_number(value) or (isinstance(value, float) and not math.isfinite(value)):
        return None
    return Decimal(value) if isinstance(value, int) else Decimal(repr(value))


def count(schema: dict[str, Any], key: str, otherwise: int) -> int:
    """A keyword that counts something; `otherwise` where it is missing or no number."""
    value = schema.get(key)
    return int(value) if is_number(value) else otherwise


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether a value is a JSON number; Python's booleans are numbers too, JSON's are not."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)
