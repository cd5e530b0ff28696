"""References of a document: what they lead to, and names for schemas that stand anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import unquote

import jsonschema_rs

from apispec.documents import FILES_KEY, MISSING, Document, anchors, escape, find, join, split, target
from apispec.findings import Finding, Severity
from apispec.model import Schema
from apispec.schemas import ref
from apispec.sources.openapi_upgrade import keywords_to_2020

_TYPES = {"null", "boolean", "integer", "number", "string", "array", "object"}
_SINGLE = (
    "additionalProperties", "items", "not", "if", "then", "else", "contains", "propertyNames", "unevaluatedItems",
    "unevaluatedProperties", "contentSchema",
)  # fmt: skip
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_MAPS = ("properties", "patternProperties", "dependentSchemas")
_DROPPED = {"$schema", "$id", "$anchor", "$dynamicAnchor", "$vocabulary", "$comment", "$defs", "definitions"}
_STRUCTURE = {
    "paths", "webhooks", "components", "schemas", "responses", "parameters", "requestBodies", "requestBody", "headers",
    "callbacks", "content", "schema", "itemSchema", "items", "properties", "allOf", "anyOf", "oneOf", "not",
    "additionalProperties", "definitions", "$defs", "x-apispec-files",
}  # fmt: skip
"""Tokens of a pointer that say nothing of what it leads to."""
_HOLDS_SCHEMAS = frozenset((*_SINGLE, *_LISTS, *_MAPS, "$ref", "$dynamicRef", "$defs", "definitions", "discriminator"))
_PARTS = {"properties", "items", "additionalProperties", "schema"}
"""What is among the last two tokens of a pointer to a part of a schema."""
_FILES = f"#/{FILES_KEY}/"
_NUMBERS = (
    "multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength", "maxItems",
    "minItems", "maxContains", "minContains", "maxProperties", "minProperties",
)  # fmt: skip


@lru_cache(maxsize=4096)
def is_pattern(pattern: str) -> bool:
    """Whether our validator, and so every part that uses schemas, can use a pattern."""
    try:
        jsonschema_rs.Draft202012Validator({"pattern": pattern})
    except ValueError:
        return False
    return True


class Resolver:
    """Follows references and gathers schemas as components.

    Args:
        document: With its other files joined (see `apispec.documents`).
        is_30: Whether its schemas are of OpenAPI 3.0 or older.
        note: Told about what cannot be read.
    """

    def __init__(self, document: Document, is_30: bool, note: Callable[[Finding], None]) -> None:
        self.document = document
        self.data: Any = document.data
        self.is_30 = is_30
        self.note = note
        self.schemas: dict[str, Schema] = {}
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()
        self._broken: set[str] = set()

    def components(self) -> None:
        """Read `components.schemas`, in order; what they refer to elsewhere follows."""
        components = self.data.get("components")
        declared = components.get("schemas") if isinstance(components, dict) else None
        if not isinstance(declared, dict):
            return
        for name, schema in declared.items():
            self._names[ref(str(name))["$ref"]] = str(name)
            self._taken.add(str(name))
            target = schema.get("$ref") if isinstance(schema, dict) and len(schema) == 1 else None
            if isinstance(target, str) and target.startswith(_FILES) and target not in self._names:
                self._names[target] = str(name)  # what stands in a file of its own is called as it is here
                declared = {**declared, name: self._find(target)}
        for name, schema in declared.items():
            self.schemas[str(name)] = self.schema(schema)

    def follow(self, value: Any) -> dict[str, Any]:
        """An object, or what the Reference Object in its place leads to; `{}` where that is no object.

        `summary` and `description` beside a reference win (OpenAPI 3.1).
        """
        seen: set[str] = set()
        beside: dict[str, Any] = {}
        while isinstance(value, dict) and isinstance(target := value.get("$ref"), str):
            if not self.is_30:
                beside = {**{k: value[k] for k in ("summary", "description") if k in value}, **beside}
            if target in seen:
                self.broken(target, "refers to itself")
                return {}
            seen.add(target)
            value = self._find(target)
        return {**value, **beside} if isinstance(value, dict) else {}

    def schema(self, raw: Any) -> Schema:
        """A schema in 2020-12, its references to components; what is no schema accepts everything."""
        if isinstance(raw, bool):
            return raw
        if not isinstance(raw, dict):
            return {}
        schema = keywords_to_2020(raw) if self.is_30 else raw
        out: dict[str, Any] = {}
        for key, value in schema.items():
            if key in ("$ref", "$dynamicRef"):
                if isinstance(value, str):
                    out = {**self._referred(value), **out}
            elif key in _DROPPED:
                continue
            elif key in _SINGLE:
                if isinstance(value, (dict, bool)):
                    out[key] = self.schema(value)
            elif key in _LISTS:
                if isinstance(value, list) and value:
                    out[key] = [self.schema(v) for v in value]
            elif key in _MAPS:
                inner = target(value, self.data)
                if isinstance(inner, dict):
                    kept = {str(k): v for k, v in inner.items() if key != "patternProperties" or self._pattern(k)}
                    out[key] = {k: self.schema(v) for k, v in kept.items()}
            else:
                self._keyword(str(key), value, out)
        return out

    def _referred(self, reference: str) -> dict[str, Any]:
        """A reference to a component; a part of another schema that is but a plain value is written in place."""
        reference = self._last(reference)
        if self._known(reference) is None and set(split(reference)[-2:]) & _PARTS:
            raw = self._find(reference)
            if isinstance(raw, dict) and not _HOLDS_SCHEMAS & raw.keys():
                return dict(self.schema(raw))  # type: ignore[arg-type]
        name = self.name(reference)
        return ref(name) if name is not None else {}

    def _last(self, reference: str) -> str:
        """Where a chain of schemas that are but references ends: at a component, or at what says something itself."""
        seen: set[str] = set()
        while reference not in seen:
            seen.add(reference)
            reference = self._pointer(reference)
            raw = None if self._known(reference) or not reference.startswith("#/") else find(self.data, reference)
            if not isinstance(raw, dict) or set(raw) != {"$ref"} or not isinstance(raw["$ref"], str):
                break
            reference = raw["$ref"]
        return reference

    def _pointer(self, reference: str) -> str:
        """A reference to a plain name (`#name`, of an `$anchor`) as one by pointer."""
        if not reference.startswith("#") or reference == "#" or reference.startswith("#/"):
            return reference
        pointer = self._anchors.get(unquote(reference[1:]))
        return reference if pointer is None else "#" + pointer

    def _known(self, target: str) -> str | None:
        return self._names.get(target) or self._names.get("#" + join(split(target)))

    def _keyword(self, key: str, value: Any, out: dict[str, Any]) -> None:
        """A keyword that holds no schema; one of the wrong form says nothing and is left out."""
        if key == "type":
            names = [n for n in (value if isinstance(value, list) else [value]) if isinstance(n, str) and n in _TYPES]
            if names:
                out[key] = names if isinstance(value, list) and len(names) > 1 else names[0]
        elif key == "required":
            if isinstance(value, list) and value:
                out[key] = list(dict.fromkeys(v for v in value if isinstance(v, str)))
        elif key == "enum":
            if isinstance(value, list):
                out[key] = value
        elif key in _NUMBERS:
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                out[key] = value
        elif key == "discriminator":
            if isinstance(value, dict):
                out[key] = self._discriminator(value)
        elif key == "examples":
            if isinstance(value, list):
                out[key] = value
        elif key == "pattern":
            if isinstance(value, str):
                out[key if self._pattern(value) else "x-pattern"] = value
        elif key in ("title", "description", "format", "contentEncoding", "contentMediaType"):
            if isinstance(value, str):
                out[key] = value
        else:
            out[key] = value

    def _pattern(self, pattern: Any) -> bool:
        """Whether a pattern can be used; one that cannot would make the whole schema unusable, and is noted."""
        usable = is_pattern(str(pattern))
        if not usable and pattern not in self._broken:
            self._broken.add(pattern)
            message = f"The pattern {pattern!r} is no regular expression of ECMA-262, or too large; it is not checked."
            place = self.document.locate(self._places.get(("pattern", pattern), ""))
            self.note(Finding("unusable-pattern", Severity.INFO, message, place))
        return usable

    def _discriminator(self, value: dict[str, Any]) -> dict[str, Any]:
        mapping = value.get("mapping")
        if not isinstance(mapping, dict):
            return value
        targets = {}
        for key, given in mapping.items():
            name = self.name(given) if isinstance(given, str) and given.startswith("#") else None
            targets[str(key)] = ref(name)["$ref"] if name is not None else given
        return {**value, "mapping": targets}

    def name(self, target: str) -> str | None:
        """The component that a reference leads to; None where it leads to no schema."""
        known = self._known(target)
        if known is not None:
            return known
        raw = self._find(target)
        if not isinstance(raw, (dict, bool)):
            return None
        name = self._names[target] = self._free_name(target)
        self.schemas[name] = {}  # keeps the name while its schema is read
        self.schemas[name] = self.schema(raw)
        return name

    def _free_name(self, target: str) -> str:
        tokens = split(target)
        pairs = zip(["", *tokens], tokens, strict=False)
        telling = [t for before, t in pairs if before != "content" and t not in _STRUCTURE and not t.isdigit()]
        if tokens[:1] in (["paths"], ["webhooks"]):
            telling = [t.strip("/") for t in telling]
        else:
            telling = [t.rpartition("/")[2] for t in telling[-1:]]
        stem = re.sub(r"\.(json|ya?ml)\Z", "", "_".join(telling))
        base = name = re.sub(r"[^A-Za-z0-9._-]+", "_", stem).strip("_") or "Schema"
        number = 2
        while name in self._taken:
            name, number = f"{base}_{number}", number + 1
        self._taken.add(name)
        return name

    def _find(self, target: str) -> Any:
        if not target.startswith("#"):
            self.broken(target, "is not followed")
            return None
        pointer = self._pointer(target)
        found = find(self.data, pointer) if pointer == "#" or pointer.startswith("#/") else MISSING
        if found is MISSING:
            self.broken(target, "leads nowhere")
            return None
        return found

    def broken(self, target: str, what: str) -> None:
        """Note a reference that cannot be used, once."""
        if target not in self._broken:
            self._broken.add(target)
            place = self.document.locate(self._places.get(("$ref", target), ""))
            message, hint = f"The reference {target} {what}; it is read as anything.", "Mend the reference."
            facts = {"reference": target}
            self.note(Finding("unresolved-reference", Severity.WARNING, message, place, hint, facts=facts))

    @cached_property
    def _anchors(self) -> dict[str, str]:
        return anchors({key: value for key, value in self.data.items() if key != FILES_KEY})

    @cached_property
    def _places(self) -> dict[tuple[str, str], str]:
        """Where each reference and pattern stands first, made when one is broken."""
        found: dict[tuple[str, str], str] = {}
        waiting: list[tuple[str, Any]] = [("", self.data)]
        while waiting:
            pointer, value = waiting.pop()
            if isinstance(value, dict):
                for key in ("$ref", "pattern"):
                    if isinstance(value.get(key), str):
                        found.setdefault((key, value[key]), f"{pointer}/{key}")
                if isinstance(value.get("patternProperties"), dict):
                    for key in value["patternProperties"]:
                        found.setdefault(("pattern", key), f"{pointer}/patternProperties/{escape(key)}")
                waiting += [(f"{pointer}/{escape(str(k))}", v) for k, v in reversed(value.items())]
            elif isinstance(value, list):
                waiting += [(f"{pointer}/{i}", v) for i, v in reversed(list(enumerate(value)))]
        return found
