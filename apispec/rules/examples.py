"""The examples in docstrings of rules and changes, written out to whole documents.

A part of a document is placed by its first key: a path or method goes under `paths`, a key of the document to its root,
anything else is a schema. The tests judge every example; the reference pages show the part only.
"""

from __future__ import annotations

from typing import Any

from apispec.documents import FILES_KEY, METHODS, load
from apispec.rules.index import Index
from apispec.rules.registry import Rule
from apispec.rules.running import run

_ROOT = frozenset(
    {
        "openapi", "info", "servers", "paths", "webhooks", "components", "security", "tags", "swagger", "definitions",
        "jsonSchemaDialect", "host", "schemes", "externalDocs", FILES_KEY,
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


def flaws_of_examples(rule: Rule) -> list[str]:
    """What is wrong with a rule's own examples: it must find the first one, and be content with the second.

    Raises:
        ApispecError: An example is no YAML.
    """
    said = []
    if rule.wrong and not [*run(Index(document(rule.wrong)), [rule], tolerant=True)]:
        said.append("finds nothing in its wrong example")
    if rule.right:
        said += [f"finds in its right example: {found[2]}" for found in run(Index(document(rule.right)), [rule])]
    return said
