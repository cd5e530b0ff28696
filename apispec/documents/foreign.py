"""What another file may give a document: an object of OpenAPI, and only those that the document refers to.

A reference may name any file of the project. What is taken in is published with the document, so that a file of
settings must not pass for a schema, nor the rest of a file come along with the one schema that is used.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from apispec.documents.grammar import GRAMMAR, METHODS, Shape
from apispec.documents.pointers import split

_TOLD = frozenset({"summary", "description", "$ref", "deprecated", "externalDocs"})
_WORDS: dict[str, frozenset[str]] = {
    "schema": frozenset(
        {
            *("$id", "$schema", "$anchor", "$dynamicAnchor", "$dynamicRef", "$recursiveRef", "$comment", "$vocabulary"),
            *("type", "enum", "const", "format", "title", "default", "example", "examples", "nullable", "readOnly"),
            *("writeOnly", "discriminator", "xml", "required", "minimum", "maximum", "exclusiveMinimum", "pattern"),
            *("exclusiveMaximum", "multipleOf", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems"),
            *("minProperties", "maxProperties", "minContains", "maxContains", "contentEncoding", "contentMediaType"),
            *("contentSchema", "dependentRequired", "dependencies", "definitions", "id", "collectionFormat"),
        }
    ),
    "parameter": frozenset({"name", "in", "required", "type", "style", "schema", "content"}),
    "header": frozenset({"required", "type", "style", "schema", "content", "example"}),
    "response": frozenset({"content", "headers", "schema", "links"}),
    "request-body": frozenset({"content", "required"}),
    "path-item": frozenset({*METHODS, "servers", "parameters"}),
    "operation": frozenset({"responses", "operationId", "tags", "requestBody", "parameters", "security"}),
    "example": frozenset({"value", "externalValue", "dataValue", "serializedValue"}),
    "media-type": frozenset({"schema", "example", "examples", "encoding", "itemSchema"}),
    "security-scheme": frozenset({"type"}),
    "link": frozenset({"operationId", "operationRef", "parameters", "server"}),
}
"""Words that objects of a kind have, besides those under which others stand (`GRAMMAR`)."""


def is_of_kind(value: Any, kind: str, shape: Shape = Shape.ONE) -> bool:
    """Whether a value passes for an object of OpenAPI: it says something in the words of its kind.

    Args:
        value: What a reference leads to.
        kind: A key of `GRAMMAR`.
        shape: One object, or a map or a list of them.
    """
    if shape is Shape.MAP:
        return isinstance(value, dict) and all(is_of_kind(inner, kind) for inner in value.values())
    if shape is Shape.LIST:
        return isinstance(value, list) and all(is_of_kind(inner, kind) for inner in value)
    if kind == "schema" and (isinstance(value, bool) or value == {}):
        return True
    if not isinstance(value, dict):
        return False
    if kind not in _WORDS:
        return True
    known = _WORDS[kind] | _TOLD | GRAMMAR.get(kind, {}).keys()
    return any(key in known or str(key).startswith("x-") for key in value)


def only(value: Any, pointers: Iterable[str]) -> Any:
    """A file's value with what the pointers lead to, and what is on the way there, alone; lists stay whole."""
    wanted: dict[Any, Any] = {}
    for pointer in pointers:
        inner = wanted
        for token in split(pointer):
            inner = inner.setdefault(token, {})
        inner[None] = True
    return _only(value, wanted)


def _only(value: Any, wanted: dict[Any, Any]) -> Any:
    if None in wanted or not isinstance(value, dict):
        return value
    return {key: _only(inner, wanted[str(key)]) for key, inner in value.items() if str(key) in wanted}
