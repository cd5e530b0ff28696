"""Parameters out of the texts that they travelled as: the inverse of `apispec.requests.styles`.

Texts are as they were sent: delimiters are told from data before anything is decoded. The styles are those of the
Parameter Object (OpenAPI 3.2, "Style Values").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote, unquote_plus

from apispec.model import Json, Parameter
from apispec.schemas import Schemas, resolve, types, variants, without_null
from apispec.server import as_json

Pairs = Sequence[tuple[str, str]]
"""Names, decoded, and values as they were sent."""

_DELIMITERS = {
    "spaceDelimited": re.compile(r"%20|\+|,| "),
    "pipeDelimited": re.compile(r"%7[Cc]|\|"),
}
_COMMA = re.compile(",")
_DEEP = re.compile(r"\[([^\]]*)\]")


def from_path(text: str, parameter: Parameter, schemas: Schemas) -> Json:
    """The value of a path variable; styles `simple`, `label`, `matrix`."""
    style, explode = parameter.style, bool(parameter.explode)
    schema = plain(parameter.schema, schemas)
    delimiter = ","
    if style == "label":
        text = text.removeprefix(".")
        delimiter = "." if explode else ","
    elif style == "matrix":
        text = text.removeprefix(";")
        delimiter = ";" if explode else ","
        if not (explode and is_kind("object", schema)):
            own = f"{parameter.name}="
            parts = [part.removeprefix(own) if part != parameter.name else "" for part in text.split(";")]
            text = delimiter.join(parts)
    if is_kind("array", schema):
        return listed(text.split(delimiter) if text else [], schema, schemas, unquote)
    if is_kind("object", schema):
        return mapped(text.split(delimiter) if text else [], explode, schema, schemas, unquote)
    return typed(unquote(text), parameter.schema, schemas)


def from_header(text: str, parameter: Parameter, schemas: Schemas) -> Json:
    """The value of a header, where nothing is percent-encoded."""
    schema = plain(parameter.schema, schemas)
    parts = [part.strip() for part in text.split(",")] if text else []
    if is_kind("array", schema):
        return listed(parts, schema, schemas, str)
    if is_kind("object", schema):
        return mapped(parts, bool(parameter.explode), schema, schemas, str)
    return typed(text, parameter.schema, schemas)


def from_pairs(pairs: Pairs, parameter: Parameter, schemas: Schemas) -> tuple[Json, set[str]] | None:
    """The value of a parameter of a query, cookie or form, and the names that it took; None where nothing was sent."""
    name, style = parameter.name, parameter.style or "form"
    schema = plain(parameter.schema, schemas)
    explode = parameter.explode if parameter.explode is not None else style == "form"
    if style == "deepObject":
        found = {key: text for key, text in pairs if key.startswith(name + "[")}
        deep: dict[str, Any] = {}
        for key, text in pairs:
            if key.startswith(name + "["):
                _put(deep, [*_DEEP.findall(key[len(name) :])], unquote_plus(text))
        return (_shaped(deep, schema, schemas), set(found)) if found else None
    if is_kind("object", schema) and explode and not any(key == name for key, _ in pairs):
        properties = _properties(schema)
        own = [(key, text) for key, text in pairs if key in properties]
        if not own:
            return None
        return {key: typed(unquote_plus(t), properties[key], schemas) for key, t in own}, {key for key, _ in own}
    texts = [text for key, text in pairs if key == name]
    if not texts:
        return None
    if is_kind("array", schema):
        if not explode:
            texts = _DELIMITERS.get(style, _COMMA).split(texts[-1]) if texts[-1] else []
        return listed(texts, schema, schemas, unquote_plus), {name}
    if is_kind("object", schema):
        parts = _DELIMITERS.get(style, _COMMA).split(texts[-1]) if texts[-1] else []
        return mapped(parts, False, schema, schemas, unquote_plus), {name}
    return typed(unquote_plus(texts[-1]), parameter.schema, schemas), {name}


def plain(schema: Any, schemas: Schemas) -> Any:
    """A schema without null and references around it."""
    return resolve(without_null(resolve(schema, schemas)), schemas)


def is_kind(kind: str, schema: Any) -> bool:
    """Whether values are arrays, or objects."""
    found = types(schema)
    if kind in found:
        return len(found) == 1 or "string" not in found
    return kind == "object" and isinstance(schema, dict) and not found and bool(schema.get("properties"))


def listed(texts: Sequence[str], schema: Any, schemas: Schemas, decode: Any) -> list[Json]:
    """An array of texts."""
    items = schema.get("items", {}) if isinstance(schema, dict) else {}
    return [typed(decode(text), items, schemas) for text in texts]


def mapped(texts: Sequence[str], explode: bool, schema: Any, schemas: Schemas, decode: Any) -> dict[str, Json]:
    """An object of texts: `k=v` where it is exploded, else `k`, `v`."""
    if explode:
        pairs = [(text.partition("=")[0], text.partition("=")[2]) for text in texts]
    else:
        pairs = list(zip(texts[::2], [*texts[1::2], ""], strict=False))
    properties = _properties(schema)
    return {decode(k): typed(decode(v), properties.get(decode(k), {}), schemas) for k, v in pairs}


def typed(text: str, schema: Any, schemas: Schemas) -> Json:
    """A text as the value that its schema wants."""
    if isinstance(schema, dict):
        for variant in variants(resolve(schema, schemas)):
            found = as_json(text, variant, schemas)
            if found != text:
                return found
    return as_json(text, schema, schemas)


def _properties(schema: Any) -> Mapping[str, Any]:
    found = schema.get("properties") if isinstance(schema, dict) else None
    return found if isinstance(found, dict) else {}


def _put(target: dict[str, Any], path: list[str], text: str) -> None:
    for step in path[:-1]:
        inner = target.setdefault(step, {})
        if not isinstance(inner, dict):
            return
        target = inner
    last = path[-1] if path else ""
    if last in target:
        target[last] = [*(target[last] if isinstance(target[last], list) else [target[last]]), text]
    else:
        target[last] = text


def _shaped(value: Any, schema: Any, schemas: Schemas) -> Json:
    """Texts inside of an object as what the schema wants."""
    schema = plain(schema, schemas)
    if isinstance(value, dict):
        properties = _properties(schema)
        others = schema.get("additionalProperties", {}) if isinstance(schema, dict) else {}
        return {key: _shaped(inner, properties.get(key, others), schemas) for key, inner in value.items()}
    if isinstance(value, list):
        items = schema.get("items", {}) if isinstance(schema, dict) else {}
        return [_shaped(inner, items, schemas) for inner in value]
    if is_kind("array", schema):
        return [_shaped(value, schema.get("items", {}), schemas)]
    return typed(value, schema, schemas)
