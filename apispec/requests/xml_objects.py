"""What schemas say of XML: their XML Objects (OpenAPI 3.0 to 3.2), with the parts of a schema joined in."""

from __future__ import annotations

from typing import Any

from apispec.model import Json, Schema
from apispec.schemas import Schemas, ref_name, resolve, variants

_KINDS = {"element", "attribute", "text", "cdata", "none"}


def flattened(schema: Schema, value: Json, schemas: Schemas, within: tuple[str, ...] = ()) -> dict[str, Any]:
    """What a schema says of a value, the parts of `allOf` and the most likely one of `oneOf` or `anyOf` joined in."""
    name = ref_name(schema)
    schema = resolve(schema, schemas)
    if not isinstance(schema, dict) or name in within:
        return {}
    within = (*within, name) if name is not None else within
    whole = dict(schema)
    parts = list(whole.pop("allOf", ()))
    branches = [flattened(branch, value, schemas, within) for branch in variants(schema)]
    found = [flattened(part, value, schemas, within) for part in parts]
    if branches:
        keys = set(value) if isinstance(value, dict) else set()
        found.append(max(branches, key=lambda b: len(keys & set(b.get("properties", ())))))
    made: dict[str, Any] = {}
    for part in (*found, whole):
        made = {**made, **part, "properties": {**mapped(made, "properties"), **mapped(part, "properties")}}
    made["xml"] = {**(_about(found[0]) if len(found) == 1 else {}), **_about(whole)}  # several do not name the whole
    return made


def mapped(schema: dict[str, Any], key: str) -> dict[str, Any]:
    """What a keyword maps; nothing where it is no object."""
    value = schema.get(key)
    return value if isinstance(value, dict) else {}


def _about(schema: dict[str, Any]) -> dict[str, Any]:
    return mapped(schema, "xml")


def said(schema: dict[str, Any], key: str) -> str:
    """A text of the XML Object, empty where there is none."""
    value = _about(schema).get(key)
    return value if isinstance(value, str) else ""


def node_kind(schema: dict[str, Any], value: Json) -> str:
    """Which node stands for a value: the `nodeType` of 3.2, or what the older keywords mean."""
    about = _about(schema)
    if about.get("nodeType") in _KINDS:
        return str(about["nodeType"])
    if isinstance(value, list):
        return "element" if about.get("wrapped") is True else "none"
    return "attribute" if about.get("attribute") is True else "element"
