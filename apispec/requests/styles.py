"""OpenAPI parameter styles: a value as text in a path, query, form, header or cookie.

The styles are those of the Parameter Object (OpenAPI 3.2, "Style Values"), most of which come from RFC 6570. What is
described by `content` is not styled. Nothing here knows requests (`call`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from apispec.literals import json_text, percent_encode
from apispec.model import Json

Encode = Callable[[str], str]
"""What is done to each text before delimiters are put between: percent-encoding, or nothing."""

Pairs = list[tuple[str, str]]

STYLES: Final[dict[str, dict[str, Any]]] = {
    "simple": {"before": "", "between": ",", "exploded": ","},
    "label": {"before": ".", "between": ",", "exploded": "."},
    "matrix": {"before": ";", "between": ",", "exploded": ";", "named": True},
    "form": {"between": ",", "explodes": True},
    "spaceDelimited": {"between": " ", "encoded": True},
    "pipeDelimited": {"between": "|", "encoded": True},
    "deepObject": {"between": ",", "deep": True},
}
"""What differs between the styles; the page's script reads the same table. `named`: each value follows the parameter's
name; `explodes`: by default; `encoded`: the delimiter is, too; `deep`: objects become `name[key]`."""

_RESERVED = ":/?@!$'()*,;"
"""What `allowReserved` leaves as it is: RFC 3986's reserved set less `#[]`, which no query can hold, and less `&=+`."""
_TRIPLE = re.compile("(%[0-9A-Fa-f]{2})")


def scalar_text(value: Json) -> str:
    """A value as text in a URL, header or form: JSON notation for all but strings."""
    return value if isinstance(value, str) else json_text(value)


def encode_reserved(text: str) -> str:
    """Percent-encode as `allowReserved` asks: reserved characters and encoded triples stay (RFC 6570, 3.2.3)."""
    return "".join(p if i % 2 else percent_encode(p, _RESERVED) for i, p in enumerate(_TRIPLE.split(text)))


def as_it_is(text: str) -> str:
    """No encoding."""
    return text


def path_text(name: str, value: Json, style: str = "simple", explode: bool = False) -> str:
    """What stands for `{name}` in a path, percent-encoded. Styles: `simple`, `label`, `matrix`."""
    how = STYLES[style] if style in STYLES and "before" in STYLES[style] else STYLES["simple"]
    texts = _texts(value, explode, percent_encode)
    if how.get("named"):
        if explode and isinstance(value, (dict, list)) and not texts:
            return ""
        if not (explode and isinstance(value, dict)):
            key = percent_encode(name)
            texts = texts if explode and isinstance(value, list) else [",".join(texts)]
            texts = [f"{key}={text}" if text else key for text in texts]
    between: str = how["exploded" if explode else "between"]
    return str(how["before"]) + between.join(texts)


def query_pairs(
    name: str, value: Json, style: str = "form", explode: bool | None = None, encode: Encode = percent_encode
) -> Pairs:
    """Names and values of a query or of a form. Styles: `form`, `spaceDelimited`, `pipeDelimited`, `deepObject`.

    Args:
        name: Not encoded.
        value: Of the parameter or field.
        style: As in OpenAPI.
        explode: None = the style's default.
        encode: For the values; names are percent-encoded unless it is `as_it_is`.
    """
    how = STYLES.get(style, {"between": ","})
    encode_name = encode if encode is as_it_is else percent_encode
    if how.get("deep") and isinstance(value, dict):
        return [(encode_name(key), encode(scalar_text(item))) for key, item in _deep(name, value)]
    if explode if explode is not None else how.get("explodes", False):
        if isinstance(value, dict):
            return [(encode_name(key), encode(scalar_text(item))) for key, item in value.items()]
        if isinstance(value, list):
            return [(encode_name(name), encode(scalar_text(item))) for item in value]
    delimiter = encode(how["between"]) if how.get("encoded") else how["between"]
    return [(encode_name(name), delimiter.join(_texts(value, False, encode)))]


def cookie_pairs(name: str, value: Json, style: str = "form", explode: bool | None = None) -> Pairs:
    """Cookies: percent-encoded in style `form`, as they are in style `cookie` (OpenAPI 3.2)."""
    return query_pairs(name, value, "form", explode, as_it_is if style == "cookie" else percent_encode)


def header_text(value: Json, explode: bool = False) -> str:
    """A header's value (style `simple`), where nothing is percent-encoded."""
    return ",".join(_texts(value, explode, as_it_is))


def _texts(value: Json, explode: bool, encode: Encode) -> list[str]:
    """The texts between which delimiters go; the pairs of an object are `k=v` where it is exploded, else `k`, `v`."""
    if isinstance(value, list):
        return [encode(scalar_text(item)) for item in value]
    if isinstance(value, dict):
        pairs = [(encode(key), encode(scalar_text(item))) for key, item in value.items()]
        return [f"{k}={v}" for k, v in pairs] if explode else [text for pair in pairs for text in pair]
    return [encode(scalar_text(value))]


def _deep(name: str, value: Json) -> list[tuple[str, Json]]:
    """`name[key]`; OpenAPI leaves deeper values open, so they go on as most servers read them: `name[key][inner]`."""
    if isinstance(value, dict):
        return [pair for key, item in value.items() for pair in _deep(f"{name}[{key}]", item)]
    if isinstance(value, list):
        return [pair for item in value for pair in _deep(name, item)]
    return [(name, value)]
