"""A 3.1 document said in OpenAPI 3.0; its schemas are converted in `openapi_downgrade_schema`."""

from __future__ import annotations

from typing import Any

from apispec.findings import Finding
from apispec.rendering.openapi_downgrade_schema import Converter

_NAME_MAPS = {
    "headers", "content", "responses", "callbacks", "links", "parameters", "requestBodies", "encoding", "pathItems",
}  # fmt: skip
"""Keys outside schemas whose own keys are names."""


def to_30(document: dict[str, Any], findings: list[Finding]) -> dict[str, Any]:
    """The document with its schemas in 3.0; what had to be loosened is appended to `findings`."""
    converter = Converter(document.get("components", {}).get("schemas", {}), findings)
    return {
        key: _tree(value, (key,), converter) if key in ("paths", "components") else value
        for key, value in document.items()
    }


def _tree(value: Any, where: tuple[str, ...], converter: Converter, *, names: bool = False) -> Any:
    """Everything outside schemas as it is, schemas converted. What examples and extensions hold is left alone.

    Args:
        value: A part of the document.
        where: The keys that lead to it.
        converter: For the schemas.
        names: The value is a map whose keys are names and mean nothing.
    """
    if isinstance(value, list):
        return [_tree(v, (*where, str(i)), converter) for i, v in enumerate(value)]
    if not isinstance(value, dict):
        return value
    if where == ("components", "schemas"):
        return {k: converter.convert(v, (*where, k)) for k, v in value.items()}
    out: dict[str, Any] = {}
    for key, item in value.items():
        if names:
            out[key] = _tree(item, (*where, key), converter)
        elif key == "schema":
            out[key] = converter.convert(item, (*where, key))
        elif key in ("examples", "example", "value") or key.startswith("x-"):
            out[key] = item
        else:
            out[key] = _tree(item, (*where, key), converter, names=key in _NAME_MAPS)
    return out
