"""The newest official schemas, judged by jsonschema-rs, and their errors in plain words.

Here: the form of a document. What the schemas cannot see (references, unique names, defaults that don't fit) is the
business of `apispec.rules`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

import jsonschema_rs

from apispec.documents import METHODS, find, join
from apispec.validation.cascades import Found, told
from apispec.validation.versions import Version

_JSON_SCHEMA = "https://json-schema.org/draft/2020-12/schema"

_OAS_VOCABULARY: dict[str, Any] = {
    "type": ["object", "boolean"],
    "properties": {
        "discriminator": {
            "type": "object",
            "required": ["propertyName"],
            "properties": {
                "propertyName": {"type": "string"},
                "mapping": {"type": "object", "additionalProperties": {"type": "string"}},
                "defaultMapping": {"type": "string"},
            },
            "patternProperties": {"^x-": True},
            "additionalProperties": False,
        },
        "externalDocs": {"$ref": "#/$defs/external-documentation"},
        "xml": {
            "type": "object",
            "properties": {
                "nodeType": {"enum": ["element", "attribute", "text", "cdata", "none"]},
                "name": {"type": "string"},
                "namespace": {"type": "string"},
                "prefix": {"type": "string"},
                "attribute": {"type": "boolean"},
                "wrapped": {"type": "boolean"},
            },
            "dependentSchemas": {"nodeType": {"properties": {"attribute": False, "wrapped": False}}},
            "patternProperties": {"^x-": True},
            "additionalProperties": False,
        },
    },
}
"""What OpenAPI adds to JSON Schema (https://spec.openapis.org/oas/3.2/meta); `defaultMapping`, `nodeType` are 3.2's."""

KINDS: dict[str, tuple[str, str, str]] = {
    "path-item": ("pathItem", "PathItem", "path-item"),
    "parameter": ("parameter", "Parameter", "parameter"),
    "response": ("response", "Response", "response"),
    "schema": ("schema", "Schema", "schema"),
    "request-body": ("", "RequestBody", "request-body"),
    "header": ("header", "Header", "header"),
    "example": ("", "Example", "example"),
    "link": ("", "Link", "link"),
    "callback": ("", "Callback", "callbacks"),
}
"""What the official schemas of 2.0, 3.0, and 3.1 and later call each kind of object that may stand in its own file."""


def _definition(kind: str, version: Version) -> str:
    """Where the official schema describes a kind of object; empty where that version has no such kind."""
    name = KINDS[kind][{"2.0": 0, "3.0": 1}.get(version, 2)]
    return f"{'definitions' if version in ('2.0', '3.0') else '$defs'}/{name}" if name else ""


Problem = tuple[str, str, str]
"""JSON Pointer, what is wrong in one sentence, and a hint (may be empty)."""


def check(value: Any, version: Version, kind: str = "") -> Iterator[Problem]:
    """What is wrong with the form of a document, or of one object of the given kind, in the order of the text.

    Args:
        value: The document or object, as JSON.
        version: Its OpenAPI version.
        kind: A key of `KINDS`; empty for a whole document.
    """
    if kind and kind not in KINDS:
        return
    place = _definition(kind, version) if kind else ""
    if kind and not place:
        return
    validator = _validator(version, place, _has_own_dialect(value))
    if validator.is_valid(value):
        return
    found = (one for error in validator.iter_errors(value) for one in _problems(error, version))
    for one in told(found):
        yield join(one.path), one.message, one.hint


@cache
def _schema(version: Version) -> dict[str, Any]:
    text = (files("apispec.validation") / "schemas" / f"openapi-{version}.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    if version in ("3.1", "3.2"):
        dialect = {"$ref": _JSON_SCHEMA}
        schema["$defs"]["schema"] = {"$dynamicAnchor": "meta", "allOf": [dialect, {"$ref": "#/$defs/oas-vocabulary"}]}
        schema["$defs"]["oas-vocabulary"] = _OAS_VOCABULARY
    return schema


def _has_own_dialect(document: Any) -> bool:
    """Whether `jsonSchemaDialect` names another dialect than OpenAPI's or 2020-12, which its schemas then follow."""
    dialect = document.get("jsonSchemaDialect") if isinstance(document, dict) else None
    return isinstance(dialect, str) and not dialect.startswith(("https://spec.openapis.org/oas/", _JSON_SCHEMA))


@cache
def _validator(version: Version, place: str, own_dialect: bool) -> Any:
    """A compiled validator for the official schema, or for one of its definitions.

    Args:
        version: The OpenAPI version.
        place: Where the definition stands in the official schema; empty for a whole document.
        own_dialect: Whether schemas follow a dialect that we do not know, and are not looked into.
    """
    schema = _schema(version)
    if own_dialect and version in ("3.1", "3.2"):
        schema = {**schema, "$defs": {**schema["$defs"], "schema": {"type": ["object", "boolean"]}}}
    if place:
        container = "definitions" if "definitions" in schema else "$defs"
        schema = {"$schema": schema["$schema"], "$ref": f"#/{place}", container: schema[container]}
    return jsonschema_rs.validator_for(schema, validate_formats=False, offline=True)


def _problems(error: Any, version: Version) -> Iterator[Found]:
    branches, name, path = getattr(error.kind, "context", None), type(error.kind).__name__, tuple(error.instance_path)
    if branches is None or name == "OneOfMultipleValid":
        unexpected = getattr(error.kind, "unexpected", None)
        for key in unexpected or ():  # each at its own line
            allowed = _allowed_keys(error.schema_path, version)
            yield Found((*path, key), *_unexpected(error, key, allowed, version), "Unexpected", key, key in allowed)
        if unexpected:
            return
        if name == "PropertyNames" and isinstance(error.kind.error.instance, str):
            path = (*path, error.kind.error.instance)
        key = error.kind.property if name == "Required" else ""
        yield Found(path, *_words(error, version), name, key, is_conditional="then" in error.schema_path)
        return
    alternatives = _alternatives(branches, len(error.instance_path))
    if alternatives:
        message = f"One of {_listed(alternatives)} is missing."
        yield Found(path, message, "", "Required", alternatives[0])
        return
    for inner in min(branches, key=lambda branch: _unlikeliness(branch, len(error.instance_path)), default=[]):
        yield from _problems(inner, version)


def _alternatives(branches: list[list[Any]], depth: int) -> list[str]:
    """`["schema", "content"]` where every branch wants nothing but one more key."""
    keys = []
    for branch in branches:
        if len(branch) != 1 or len(branch[0].instance_path) != depth or type(branch[0].kind).__name__ != "Required":
            return []
        keys.append(branch[0].kind.property)
    return keys if "$ref" not in keys and len(set(keys)) > 1 else []


def _unlikeliness(branch: list[Any], depth: int) -> tuple[int, int, int]:
    """How unlikely it is that the author meant this branch: it is for references, for another kind, has many errors."""
    reference = kind = 0
    for error in branch:
        name, path = type(error.kind).__name__, error.instance_path
        if name == "Required" and error.kind.property == "$ref" and len(path) == depth:
            reference = 1
        if len(path) == depth and name == "Type":
            kind += 2
        if len(path) == depth + 1 and path[-1] in ("in", "type", "flow") and name in ("Enum", "Constant"):
            kind += 1
    return reference, kind, len(branch)


def _words(error: Any, version: Version) -> tuple[str, str]:
    """Message and hint for one error that has no alternatives."""
    name, kind = type(error.kind).__name__, error.kind
    match name:
        case "Required":
            return f"`{kind.property}` is missing.", ""
        case "Type":
            refers = isinstance(error.instance, dict) and isinstance(error.instance.get("$ref"), str)
            hint = "OpenAPI knows no reference here: write the value itself." if refers else ""
            return f"This must be {_articled(kind.types)}, it is {_type_name(error.instance)}.", hint
        case "Enum":
            return _not_among(error.instance, kind.options)
        case "Constant":
            return f"This must be {_shown(kind.expected_value)}, it is {_shown(error.instance)}.", ""
        case "Pattern":
            return f"{_shown(error.instance)} does not match {kind.pattern!r}.", ""
        case "PropertyNames":
            return f"{_shown(kind.error.instance)} is not a valid name here.", ""
        case "MinProperties" | "MinItems":
            return "This must not be empty.", ""
        case "MaxProperties" | "MaxItems":
            return f"There must be at most {kind.limit} here.", ""
        case "OneOfMultipleValid" if words := _either(_at(error.schema_path, version), error.instance):
            return f"{words} exclude each other.", ""
        case "OneOfMultipleValid":
            return "This may be read in two ways: two keys that exclude each other are given.", ""
        case "Not" if words := _excluded(_at(error.schema_path, version), error.schema_path):
            return f"{words} exclude each other.", ""
        case "Not" | "FalseSchema":
            return "This is not allowed here, or not together with the other keys.", ""
    return f"{error.message[:200]}.", ""


def _either(branches: Any, value: Any) -> str:
    """Which keys of an object want different branches each."""
    found = [key for branch in branches if isinstance(branch, dict) for key in branch.get("required", ())]
    keys = [key for key in dict.fromkeys(found) if isinstance(value, dict) and key in value]
    return " and ".join(f"`{key}`" for key in keys) if len(keys) > 1 else ""


def _excluded(schema: Any, path: list[Any]) -> str:
    """What a schema that must not be fitted says excludes each other; empty where it is not that simple."""
    if not isinstance(schema, dict):
        return ""
    if isinstance(schema.get("required"), list):
        keys = [*(path[-2:-1] if path[-3:-2] == ["dependentSchemas"] else ()), *schema["required"]]
        return " and ".join(f"`{key}`" for key in keys) if len(keys) > 1 else ""
    parts = [part.get("contains", {}).get("properties", {}) for part in schema.get("allOf", ())]
    said = [f"`{key}: {inner['const']}`" for part in parts for key, inner in part.items() if "const" in inner]
    return f"Parameters with {' and '.join(said)}" if len(said) > 1 else ""


def _unexpected(error: Any, key: str, allowed: list[str], version: Version) -> tuple[str, str]:
    """Message and hint for a key that the specification does not know in its place."""
    path = list(error.instance_path)
    message = f"`{key}` is not known here."
    close = get_close_matches(key, allowed, n=1, cutoff=0.75)
    if close:
        return message, f"Did you mean `{close[0]}`?"
    if path[:1] == ["paths"] and len(path) == 1:
        return message, f"A path starts with a slash: `/{key}`."
    if key in _SINCE and version < _SINCE[key] and (not path or path == ["components"]):
        return message, f"`{key}` exists since OpenAPI {_SINCE[key]}; this document is of {version}."
    if len(path) == 2 and path[0] in ("paths", "webhooks") and isinstance(error.instance[key], dict):
        methods = ", ".join(name for name in METHODS if name != "query" or version == "3.2")
        return message, f"It is no method; methods are {methods}."
    return message, "Own keys start with `x-`."


_SINCE = {
    "components": "3.0", "servers": "3.0", "webhooks": "3.1", "jsonSchemaDialect": "3.1", "pathItems": "3.1",
    "$self": "3.2", "mediaTypes": "3.2",
}  # fmt: skip
"""Keys that older versions do not know."""


def _at(path: list[Any], version: Version) -> Any:
    """What stands at a place of the official schema."""
    schema: Any = _schema(version)
    for token in path:
        schema = schema.get(token, schema.get(str(token), {})) if isinstance(schema, dict) else schema[int(token)]
    return schema


def _allowed_keys(path: list[Any], version: Version) -> list[str]:
    """The keys that the schema around an error knows, those that it knows under conditions last."""
    schema = _at(path[:-1], version)
    return list(dict.fromkeys(_properties(schema, _schema(version), 0)))


def _properties(schema: Any, root: dict[str, Any], depth: int) -> Iterator[str]:
    if not isinstance(schema, dict) or depth > _DEEPEST:
        return
    yield from schema.get("properties", {})
    reference = schema.get("$ref", "")
    if reference.startswith("#/"):
        yield from _properties(find(root, reference), root, depth + 1)
    parts = [schema[key] for key in ("then", "else") if key in schema]
    parts += [part for key in ("allOf", "oneOf", "anyOf") for part in schema.get(key, ())]
    for part in (*parts, *schema.get("dependentSchemas", {}).values()):
        yield from _properties(part, root, depth + 1)


_DEEPEST = 4
"""Parts of parts of a definition that are looked into for keys."""


def _not_among(value: Any, options: list[Any]) -> tuple[str, str]:
    if isinstance(value, str):
        close = get_close_matches(value, [option for option in options if isinstance(option, str)], n=1)
        if close:
            return f"{_shown(value)} is not allowed here.", f"Did you mean {_shown(close[0])}?"
    return f"This must be one of {', '.join(map(_shown, options))}; it is {_shown(value)}.", ""


_ARTICLES = {"array": "an array", "integer": "an integer", "object": "an object", "null": "null"}


def _articled(types: list[str]) -> str:
    return " or ".join(_ARTICLES.get(name, f"a {name}") for name in types)


def _type_name(value: Any) -> str:
    if value is None:
        return "null"
    names = ((bool, "a boolean"), (str, "a string"), (dict, "an object"), (list, "an array"))
    return next((name for kind, name in names if isinstance(value, kind)), "a number")


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."


def _listed(keys: list[str]) -> str:
    if len(keys) > 5:
        return f"`{keys[0]}` and {len(keys) - 1} more"
    return " or ".join(f"`{key}`" for key in dict.fromkeys(keys))
