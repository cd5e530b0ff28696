"""The schemas of one document for a validator: JSON Schema of 2020-12, whatever the document's version calls things."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, unquote

import jsonschema_rs

from apispec.changes.aspects import Way
from apispec.changes.keywords import At, implied_types, is_nullable
from apispec.changes.shapes import Shapes, is_31
from apispec.documents import GRAMMAR, LIST, ONE, escape, find
from apispec.schemas import is_long

_URN = "urn:apispec:"
_TYPES = frozenset({"null", "boolean", "integer", "number", "string", "array", "object"})
_BOUNDS = frozenset(
    {
        "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties", "minContains",
        "maxContains", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
    }
)  # fmt: skip
_KEPT = frozenset({"enum", "const", "pattern", "uniqueItems", "required", "dependentRequired"})


_LARGEST = 600
"""Schemas that one schema may consist of, near and far; larger ones are not compiled."""

_MOST_STEPS = 1_000

_MOST = 30_000
"""Schemas that are compiled in all."""


class Standalone:
    """Compiles schemas of a document, one at a time, with what they refer to.

    Args:
        shapes: The document's schemas by meaning.
        way: Read-only properties may be anything in requests, write-only ones in responses.
    """

    def __init__(self, shapes: Shapes, way: Way) -> None:
        self._shapes = shapes
        self._way = way
        self._compiled: dict[tuple[str, int], Any] = {}
        self._known_steps: dict[str, int] = {}
        self._retrievals: dict[str, Any] = {}
        self._left = 0
        self._budget = _MOST

    def accepts(self, at: At, value: Any) -> bool | None:
        """Whether a value fits a schema; None where nobody can tell."""
        key = (at.pointer, id(at.value))
        if key not in self._compiled:
            self._compiled[key] = self._compile(at)
        validator = self._compiled[key]
        if validator is None or is_long(value):
            return None
        try:
            fits: bool = validator.is_valid(value)
        except (ValueError, RecursionError, UnicodeError, OverflowError):
            return None
        return fits

    def _compile(self, at: At) -> Any:
        if self._budget <= 0 or self._steps(at.value, frozenset()) > _MOST_STEPS:
            return None
        self._left = _LARGEST
        try:
            schema = self._converted(at.value, at.pointer)
            return jsonschema_rs.Draft202012Validator(schema, retriever=self._retrieved, validate_formats=False)
        except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError, RecursionError, KeyError):
            return None  # a schema that is none, or one that says more than is understood here

    def _steps(self, value: Any, inside: frozenset[str]) -> int:
        """How many schemas the judging of one value may take, at the same place of it; choices in choices multiply."""
        if not isinstance(value, dict):
            return 1
        count = 1
        reference = value.get("$ref")
        if isinstance(reference, str) and reference.startswith("#/") and reference not in inside:
            if reference not in self._known_steps:
                target = find(self._shapes.document, reference)
                self._known_steps[reference] = self._steps(target, inside | {reference}) if len(inside) < 100 else 1
            count += self._known_steps[reference]
        for key in ("allOf", "anyOf", "oneOf", "not", "if", "then", "else"):
            inner = value.get(key)
            for part in inner if isinstance(inner, list) else [inner] if inner is not None else ():
                count += self._steps(part, inside)
        return count

    def _retrieved(self, uri: str) -> Any:
        pointer = unquote(uri.removeprefix(_URN))
        before = self._left
        if pointer in self._retrievals:
            self._spend(self._retrievals[pointer][1])
        else:
            converted = self._converted(find(self._shapes.document, pointer), pointer)
            self._retrievals[pointer] = (converted, before - self._left)
        return self._retrievals[pointer][0]

    def _spend(self, count: int) -> None:
        self._left -= count
        self._budget -= count
        if self._left <= 0:
            raise KeyError("too large")

    def _converted(self, value: Any, pointer: str) -> Any:
        if not isinstance(value, dict):
            return value if isinstance(value, bool) else True
        self._spend(1)
        if "$dynamicRef" in value:
            raise KeyError("$dynamicRef")
        out: dict[str, Any] = {}
        if isinstance(reference := value.get("$ref"), str):
            out["$ref"] = _URN + quote(unquote(reference[1:]), safe="")
            if not is_31(self._shapes.document):
                return out
        said = self._shapes.before_31(value) if self._shapes.as_before_31 else value
        for key, inner in said.items():
            if key in GRAMMAR["schema"]:
                word = "anyOf" if key == "oneOf" and "discriminator" in value else key  # its value chooses one
                if (converted := self._parts(key, inner, f"{pointer}/{key}")) is not None:
                    out[word] = converted
            elif key in _KEPT or (key in _BOUNDS and type(inner) in (int, float)):
                out[key] = inner
        self._tidied(out, value)
        return {"anyOf": [{"type": "null"}, out]} if is_nullable(value) else out

    def _parts(self, key: str, value: Any, pointer: str) -> Any:
        if isinstance(value, list):
            return [self._converted(item, f"{pointer}/{n}") for n, item in enumerate(value)]
        if GRAMMAR["schema"][key][1] is ONE:
            return self._converted(value, pointer)
        if isinstance(value, dict) and GRAMMAR["schema"][key][1] is not LIST:
            return {name: self._property(part, f"{pointer}/{escape(name)}") for name, part in value.items()}
        return None

    def _property(self, value: Any, pointer: str) -> Any:
        return True if self._travels_not(At(value, pointer)) else self._converted(value, pointer)

    def _travels_not(self, at: At) -> bool:
        said = self._shapes.meaning(at).notes
        return said.read_only if self._way == "request" else said.write_only

    def _tidied(self, out: dict[str, Any], value: dict[str, Any]) -> None:
        """Types, bounds, lists and required properties as 2020-12 has them."""
        names = value.get("type")
        listed = [str(name) for name in (names if isinstance(names, list) else [names])]
        types = {"string" if name == "file" else name for name in listed} & _TYPES or implied_types(value)
        if types:
            out["type"] = sorted(types)
        for word, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
            if value.get(word) is True and bound in out:
                out[word] = out.pop(bound)
        if isinstance(out.get("items"), list):
            out["prefixItems"] = out.pop("items")
            out["items"] = out.pop("additionalItems", True)
        out.pop("additionalItems", None)
        if "enum" in out and (not isinstance(out["enum"], list) or not out["enum"]):
            del out["enum"]
        required, described = out.get("required"), value.get("properties")
        properties: dict[str, Any] = described if isinstance(described, dict) else {}
        if "required" in out:
            kept = [name for name in required if isinstance(name, str)] if isinstance(required, list) else []
            out["required"] = [
                name
                for name in kept
                if name not in properties or not self._travels_not(At(properties[name], f"/made/{id(value)}/{name}"))
            ]
