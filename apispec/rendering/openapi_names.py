"""Component names: OpenAPI allows only letters, digits, `.`, `-` and `_` in them."""

from __future__ import annotations

import re
from typing import Any

from apispec.model import REF_PREFIX
from apispec.schemas import ref, ref_name

_VALID = re.compile(r"[a-zA-Z0-9._-]+\Z")


def valid_component_names(document: dict[str, Any]) -> dict[str, Any]:
    """The document with components renamed where a name is not allowed, references and mappings following them."""
    schemas = document.get("components", {}).get("schemas", {})
    renamed: dict[str, str] = {}
    for name in schemas:
        if not _VALID.match(name):
            base = new = re.sub(r"[^a-zA-Z0-9._-]+", "_", name).strip("_") or "Schema"
            number = 2
            while new in schemas or new in renamed.values():
                new, number = f"{base}_{number}", number + 1
            renamed[name] = new
    if not renamed:
        return document
    pointers = {ref(old)["$ref"]: REF_PREFIX + new for old, new in renamed.items()}
    document = _follow(document, pointers)
    document["components"]["schemas"] = {renamed.get(k, k): v for k, v in document["components"]["schemas"].items()}
    return document


def _follow(value: Any, pointers: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [_follow(v, pointers) for v in value]
    if not isinstance(value, dict):
        return value
    out = {k: _follow(v, pointers) for k, v in value.items()}
    if ref_name(value) is not None:
        out["$ref"] = pointers.get(value["$ref"], value["$ref"])
    mapping = value.get("discriminator")
    if isinstance(mapping, dict) and isinstance(mapping.get("mapping"), dict):
        out["discriminator"]["mapping"] = {k: pointers.get(v, v) for k, v in mapping["mapping"].items()}
    return out
