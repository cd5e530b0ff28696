"""The examples in docstrings of rules and changes, written out to whole documents.

A part of a document is placed by its first key: a path or method goes under `paths`, a key of the document to its root,
anything else is a schema. The tests judge every example; the reference pages show the part only.
"""

from __future__ import annotations

from typing import Any

from apispec.documents import METHODS, load

_ROOT = frozenset(
    {
        "openapi", "info", "servers", "paths", "webhooks", "components", "security", "tags", "swagger", "definitions",
        "jsonSchemaDialect", "host", "schemes", "externalDocs",
    }
)  # fmt: skip


def document(part: str) -> dict[str, Any]:
    """A whole OpenAPI document around a part given as YAML."""
    written: dict[str, Any] = load("example.yaml", text=part).required()
    whole: dict[str, Any] = {"openapi": "3.1.0", "info": {"title": "Example", "version": "1"}, "paths": {}}
    schema = {}
    for key, value in written.items():
        if key.startswith("/"):
            whole["paths"][key] = value
        elif key in METHODS:
            whole["paths"].setdefault("/example", {})[key] = value
        elif key in _ROOT:
            whole[key] = value
        else:
            schema[key] = value
    if schema:
        whole.setdefault("components", {}).setdefault("schemas", {})["Example"] = schema
    for item in whole["paths"].values():
        for method, operation in item.items():
            if method in METHODS:
                operation.setdefault("responses", {"200": {"description": "OK"}})
    return whole
