"""What the keywords of one schema ask for, in words. Types, fields and compositions are views (`fields`)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from apispec.literals import json_text
from apispec.model import Json, Schema
from apispec.schemas import types

_WORDS = {
    "minimum": "at least {}",
    "exclusiveMinimum": "more than {}",
    "maximum": "at most {}",
    "exclusiveMaximum": "less than {}",
    "multipleOf": "a multiple of {}",
}
_COUNTED = {"Length": "character", "Items": "item", "Properties": "key"}
_BOUNDS = frozenset(_WORDS) | {f"{end}{what}" for end in ("min", "max") for what in _COUNTED}
_OTHERS = frozenset(
    {"pattern", "uniqueItems", "readOnly", "writeOnly", "contentEncoding", "contentMediaType", "format", "required",
     "dependentRequired", "additionalProperties", "unevaluatedProperties", "unevaluatedItems", "items", "xml"}
)  # fmt: skip
_LIMITS = _BOUNDS | _OTHERS
"""What is looked at: most schemas have none of it."""


def limits(schema: Schema, name: str = "", fields: Collection[str] = ()) -> tuple[str, ...]:
    """Bounds, lengths, patterns and what else a schema asks for itself, less its type, in words.

    Args:
        schema: Without references and compositions.
        name: Of the field that it describes: XML calls it so unless told otherwise.
        fields: The keys that are shown as fields, each with whether it is required.
    """
    if not isinstance(schema, dict) or _LIMITS.isdisjoint(schema):
        return ()
    found = []
    if not _BOUNDS.isdisjoint(schema):
        found += [words.format(_number(schema[key])) for key, words in _WORDS.items() if _is_number(schema.get(key))]
        for suffix, unit in _COUNTED.items():
            if suffix != "Items" or not _says_length(schema):
                words = _counted(schema.get(f"min{suffix}"), schema.get(f"max{suffix}"), unit)
                found += [words] if words else []
    if _OTHERS.isdisjoint(schema):
        return tuple(found)
    if isinstance(schema.get("pattern"), str):
        found.append(f"matches {schema['pattern']}")
    found += _texts(schema)
    if schema.get("uniqueItems") is True:
        found.append("no item twice")
    found += _keys(schema, fields)
    if "prefixItems" in schema and (schema.get("items") is False or schema.get("unevaluatedItems") is False):
        found.append("no further items")
    elif schema.get("items") is False or schema.get("unevaluatedItems") is False:
        found.append("no items" if "items" in schema else "no other items")
    if isinstance(schema.get("xml"), dict):
        found += _xml(schema["xml"], name)
    found += [word for key, word in (("readOnly", "read-only"), ("writeOnly", "write-only")) if schema.get(key) is True]
    return tuple(found)


def _texts(schema: dict[str, Any]) -> list[str]:
    """What a text is, as far as its type does not tell."""
    found = []
    shape, content = schema.get("format"), schema.get("contentMediaType")
    told = "string" in types(schema) or "integer" in types(schema) or "number" in types(schema)
    told = told and "const" not in schema and "enum" not in schema
    if isinstance(shape, str) and shape and not told:
        found.append(f"format {shape}")
    if isinstance(content, str) and content and (shape or not told):
        found.append(f"holds {content}")
    if isinstance(schema.get("contentEncoding"), str):
        found.append(f"encoded as {schema['contentEncoding']}")
    return found


def _keys(schema: dict[str, Any], fields: Collection[str]) -> list[str]:
    """What is said of an object's keys beside their values."""
    found = []
    needed = schema.get("required")
    others = [key for key in needed if isinstance(key, str) and key not in fields] if isinstance(needed, list) else []
    if others:
        found.append(f"needs {_listed(others)}")
    dependent = schema.get("dependentRequired")
    for key, wanted in dependent.items() if isinstance(dependent, dict) else ():
        if isinstance(wanted, list) and wanted:
            found.append(f"with {key} also {_listed([str(name) for name in wanted])}")
    if schema.get("additionalProperties") is False or schema.get("unevaluatedProperties") is False:
        found.append("no other keys" if fields or schema.get("patternProperties") else "no keys")
    return found


def _xml(xml: dict[str, Any], name: str) -> list[str]:
    """How XML differs from what the names say."""
    found = []
    if isinstance(xml.get("name"), str) and name and xml["name"] != name:
        found.append(f"in XML {xml['name']}")
    if xml.get("attribute") is True or xml.get("nodeType") == "attribute":
        found.append("an attribute in XML")
    if xml.get("wrapped") is True:
        found.append("wrapped in XML")
    return found + [f"XML {key} {xml[key]}" for key in ("namespace", "prefix") if isinstance(xml.get(key), str)]


def _listed(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _says_length(schema: dict[str, Any]) -> bool:
    """Whether the type, a tuple, says how many items there are."""
    prefix = schema.get("prefixItems")
    if not isinstance(prefix, list):
        return False
    return schema.get("minItems") in (len(prefix), None) and schema.get("maxItems") in (len(prefix), None)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _number(value: Json) -> str:
    """A bound as it is said: some frameworks write 1 as 1.0."""
    return json_text(value).removesuffix(".0")


def _counted(low: object, high: object, unit: str) -> str:
    low = low if _is_number(low) and low else None
    high = high if _is_number(high) else None
    if low is None and high is None:
        return ""
    if low == high:
        return f"exactly {low} {unit}{'s' if low != 1 else ''}"
    if low is None:
        return f"at most {high} {unit}{'s' if high != 1 else ''}"
    if high is None:
        return f"at least {low} {unit}{'s' if low != 1 else ''}"
    return f"{low} to {high} {unit}s"
