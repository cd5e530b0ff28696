"""What the keywords of one schema ask for, in words. Types, fields and compositions are views (`fields`)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from apispec.literals import json_text
from apispec.model import Json, Schema
from apispec.schemas import types
from apispec.words import N_, _, _n, listed

_WORDS = {
    "minimum": N_("at least {bound}"),
    "exclusiveMinimum": N_("more than {bound}"),
    "maximum": N_("at most {bound}"),
    "exclusiveMaximum": N_("less than {bound}"),
    "multipleOf": N_("a multiple of {bound}"),
}
_COUNTED: dict[str, Callable[[Any], str]] = {
    "Length": lambda count: _n("{count} character", "{count} characters", count),
    "Items": lambda count: _n("{count} item", "{count} items", count),
    "Properties": lambda count: _n("{count} key", "{count} keys", count),
}
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
        found += [_(words, bound=_number(schema[key])) for key, words in _WORDS.items() if _is_number(schema.get(key))]
        for suffix, units in _COUNTED.items():
            if suffix != "Items" or not _says_length(schema):
                words = _counted(schema.get(f"min{suffix}"), schema.get(f"max{suffix}"), units)
                found += [words] if words else []
    if _OTHERS.isdisjoint(schema):
        return tuple(found)
    if isinstance(schema.get("pattern"), str):
        found.append(_("matches {pattern}", pattern=schema["pattern"]))
    found += _texts(schema)
    if schema.get("uniqueItems") is True:
        found.append(_("no item twice"))
    found += _keys(schema, fields)
    if "prefixItems" in schema and (schema.get("items") is False or schema.get("unevaluatedItems") is False):
        found.append(_("no further items"))
    elif schema.get("items") is False or schema.get("unevaluatedItems") is False:
        found.append(_("no items") if "items" in schema else _("no other items"))
    if isinstance(schema.get("xml"), dict):
        found += _xml(schema["xml"], name)
    items = schema.get("items")
    if isinstance(items, dict) and isinstance(items.get("xml"), dict) and isinstance(items["xml"].get("name"), str):
        found.append(_("its items in XML {name}", name=items["xml"]["name"]))
    found += [_("read-only")] if schema.get("readOnly") is True else []
    found += [_("write-only")] if schema.get("writeOnly") is True else []
    return tuple(found)


def _texts(schema: dict[str, Any]) -> list[str]:
    """What a text is, as far as its type does not tell."""
    found = []
    shape, content = schema.get("format"), schema.get("contentMediaType")
    told = "string" in types(schema) or "integer" in types(schema) or "number" in types(schema)
    told = told and "const" not in schema and "enum" not in schema
    if isinstance(shape, str) and shape and not told:
        found.append(_("format {name}", name=shape))
    if isinstance(content, str) and content and (shape or not told):
        found.append(_("holds {what}", what=content))
    if isinstance(schema.get("contentEncoding"), str):
        found.append(_("encoded as {encoding}", encoding=schema["contentEncoding"]))
    return found


def _keys(schema: dict[str, Any], fields: Collection[str]) -> list[str]:
    """What is said of an object's keys beside their values."""
    found = []
    needed = schema.get("required")
    others = [key for key in needed if isinstance(key, str) and key not in fields] if isinstance(needed, list) else []
    if others:
        found.append(_("needs {names}", names=listed(others)))
    dependent = schema.get("dependentRequired")
    for key, wanted in dependent.items() if isinstance(dependent, dict) else ():
        if isinstance(wanted, list) and wanted:
            found.append(_("with {key} also {names}", key=key, names=listed([str(name) for name in wanted])))
    if schema.get("additionalProperties") is False or schema.get("unevaluatedProperties") is False:
        found.append(_("no other keys") if fields or schema.get("patternProperties") else _("no keys"))
    return found


def _xml(xml: dict[str, Any], name: str) -> list[str]:
    """How XML differs from what the names say."""
    found = []
    if isinstance(xml.get("name"), str) and xml["name"] != name:
        found.append(_("in XML {name}", name=xml["name"]))
    if xml.get("attribute") is True or xml.get("nodeType") == "attribute":
        found.append(_("an attribute in XML"))
    if xml.get("wrapped") is True:
        found.append(_("wrapped in XML"))
    found += [_("XML namespace {name}", name=xml["namespace"])] if isinstance(xml.get("namespace"), str) else []
    found += [_("XML prefix {name}", name=xml["prefix"])] if isinstance(xml.get("prefix"), str) else []
    return found


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


def _counted(least: Any, most: Any, units: Callable[[Any], str]) -> str:
    low = least if _is_number(least) and least else None
    high = most if _is_number(most) else None
    if low is None and high is None:
        return ""
    if low == high:
        return _("exactly {count}", count=units(low))
    if low is None:
        return _("at most {bound}", bound=units(high))
    if high is None:
        return _("at least {bound}", bound=units(low))
    return _("{low} to {high}", low=low, high=units(high))
