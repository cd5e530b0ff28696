"""What stands where in an OpenAPI document, as one table for 2.0 to 3.2; the walk and the change finder read it."""

from __future__ import annotations

from enum import Enum
from typing import Final


class Shape(Enum):
    """How a key holds objects of a kind."""

    ONE = "one"
    LIST = "list"
    MAP = "map"


ONE, LIST, MAP = Shape.ONE, Shape.LIST, Shape.MAP

METHODS: Final = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
"""The keys of a Path Item that hold operations, in the order of the specification."""

_DESCRIBED: Final = {
    "schema": ("schema", ONE),
    "content": ("media-type", MAP),
    "examples": ("example", MAP),
    "items": ("schema", ONE),
}

GRAMMAR: Final[dict[str, dict[str, tuple[str, Shape]]]] = {
    "document": {
        "info": ("info", ONE),
        "servers": ("server", LIST),
        "paths": ("path-item", MAP),
        "webhooks": ("path-item", MAP),
        "components": ("components", ONE),
        "security": ("security-requirement", LIST),
        "tags": ("tag", LIST),
        "definitions": ("schema", MAP),
        "parameters": ("parameter", MAP),
        "responses": ("response", MAP),
        "securityDefinitions": ("security-scheme", MAP),
    },
    "components": {
        "schemas": ("schema", MAP),
        "responses": ("response", MAP),
        "parameters": ("parameter", MAP),
        "examples": ("example", MAP),
        "requestBodies": ("request-body", MAP),
        "headers": ("header", MAP),
        "securitySchemes": ("security-scheme", MAP),
        "links": ("link", MAP),
        "callbacks": ("callback", MAP),
        "pathItems": ("path-item", MAP),
        "mediaTypes": ("media-type", MAP),
    },
    "path-item": {
        **dict.fromkeys(METHODS, ("operation", ONE)),
        "additionalOperations": ("operation", MAP),
        "parameters": ("parameter", LIST),
        "servers": ("server", LIST),
    },
    "operation": {
        "parameters": ("parameter", LIST),
        "requestBody": ("request-body", ONE),
        "responses": ("response", MAP),
        "callbacks": ("callback", MAP),
        "security": ("security-requirement", LIST),
        "servers": ("server", LIST),
    },
    "server": {"variables": ("server-variable", MAP)},
    "parameter": _DESCRIBED,
    "header": _DESCRIBED,
    "request-body": {"content": ("media-type", MAP)},
    "response": {
        "headers": ("header", MAP),
        "content": ("media-type", MAP),
        "links": ("link", MAP),
        "schema": ("schema", ONE),
    },
    "media-type": {
        "schema": ("schema", ONE),
        "itemSchema": ("schema", ONE),
        "examples": ("example", MAP),
        "encoding": ("encoding", MAP),
    },
    "encoding": {"headers": ("header", MAP)},
    "link": {"server": ("server", ONE)},
    "security-scheme": {"flows": ("oauth-flows", ONE)},
    "oauth-flows": dict.fromkeys(
        ("implicit", "password", "clientCredentials", "authorizationCode", "deviceAuthorization"), ("oauth-flow", ONE)
    ),
    "schema": {
        "properties": ("schema", MAP),
        "patternProperties": ("schema", MAP),
        "additionalProperties": ("schema", ONE),
        "unevaluatedProperties": ("schema", ONE),
        "propertyNames": ("schema", ONE),
        "dependentSchemas": ("schema", MAP),
        "items": ("schema", ONE),
        "prefixItems": ("schema", LIST),
        "contains": ("schema", ONE),
        "unevaluatedItems": ("schema", ONE),
        "allOf": ("schema", LIST),
        "anyOf": ("schema", LIST),
        "oneOf": ("schema", LIST),
        "not": ("schema", ONE),
        "if": ("schema", ONE),
        "then": ("schema", ONE),
        "else": ("schema", ONE),
        "$defs": ("schema", MAP),
        "definitions": ("schema", MAP),
        "contentSchema": ("schema", ONE),
        "additionalItems": ("schema", ONE),
    },
}
"""Kind of object → key → kind and shape of what the key holds. A callback maps expressions to path items."""

REFERABLE: Final = frozenset(
    {
        "schema", "response", "parameter", "example", "request-body", "header",
        "security-scheme", "link", "callback", "path-item", "media-type",
    }
)  # fmt: skip
"""Kinds in whose place a reference may stand."""

COMPONENTS: Final = {key: kind for key, (kind, _) in GRAMMAR["components"].items()}
"""Key under `components` → kind."""
