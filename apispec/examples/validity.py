"""Whether a value fits a schema, and what is remembered about one set of components."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jsonschema_rs

from apispec.examples.keywords import dict_of, list_of, says, written_examples
from apispec.examples.reach import Made
from apispec.model import Json, Schema
from apispec.schemas import Schemas, has_trying_pattern, is_affordable, is_long, ref_name, referenced

_KEPT_VALIDATORS = 256
"""More than one endpoint asks about; a compiled schema may hold hundreds of components."""
_KEPT_SHOWN = 10_000
"""As many as there are schemas in a circle of a large document: fewer would be found out again at each turn."""
_KEPT_SETS = 6
_PLAIN: dict[str, type | tuple[type, ...]] = {
    "type": str,
    "title": str,
    "description": str,
    "examples": list,
    "default": object,
}
"""Keywords that no validator is compiled for, which takes longer than all the rest of most examples."""


_PLAIN_OBJECT = frozenset(("$ref", "type", "properties", "required", "allOf"))


class Components:
    """A set of components with what was found out about them. They must not change while it is used."""

    def __init__(self, schemas: Schemas) -> None:
        self.schemas = schemas
        self.examples: dict[tuple[str, str, bool], Made] = {}
        """By component, name and fullness."""
        self._shown: dict[int, tuple[Schema, dict[str, None]]] = {}
        self._taught: dict[str, bool] = {}
        self._plain_objects: dict[str, bool] = {}
        self._references: dict[str, list[str]] = {}
        self._validators: dict[int, tuple[Schema, Callable[[Json], bool]]] = {}

    def fits(self, schema: Schema, value: Json) -> bool:
        """Whether a value fits a schema, formats included; False where the schema is invalid, or the value no JSON."""
        if isinstance(schema, dict) and schema.keys() <= _PLAIN.keys():
            plain = _plainly_fits(schema, value)
            if plain is not None:
                return plain
        known = self._validators.get(id(schema))
        if known is None or known[0] is not schema:
            if len(self._validators) >= _KEPT_VALIDATORS:
                self._validators.clear()
            known = self._validators[id(schema)] = (schema, self._compile(schema))
        try:
            return known[1](value)
        except ValueError:  # a lone surrogate
            return False

    def shown_anyway(self, schema: dict[str, Any]) -> dict[str, None]:
        """The properties that are shown where there is little room: those that are required, and those of which the
        author gave an example, in their order. Remembered, since circles make one object many times.
        """
        known = self._shown.get(id(schema))
        if known is None or known[0] is not schema:
            if len(self._shown) >= _KEPT_SHOWN:
                self._shown.clear()
            required = set(filter(lambda key: isinstance(key, str), list_of(schema, "required")))
            properties = dict_of(schema, "properties").items()
            keys = [key for key, inner in properties if key in required or self._is_taught(inner)]
            known = self._shown[id(schema)] = (schema, dict.fromkeys(keys))
        return known[1]

    def _is_taught(self, schema: Schema) -> bool:
        name = ref_name(schema)
        if name is None or (isinstance(schema, dict) and len(schema) > 1):
            return any(True for _ in written_examples(schema, self.schemas))
        if name not in self._taught:
            self._taught[name] = any(True for _ in written_examples(schema, self.schemas))
        return self._taught[name]

    def is_plain_object(self, schema: Schema) -> bool:
        """Whether a schema asks for nothing but properties of their own schemas, as do all that it refers to: what is
        made for several such schemas together is right by construction.
        """
        if not isinstance(schema, dict):
            return schema
        target = ref_name(schema)
        if target is not None:
            if target not in self._plain_objects:
                self._plain_objects[target] = False  # until it is known: a circle is none
                self._plain_objects[target] = self.is_plain_object(self.schemas.get(target, False))
            if not self._plain_objects[target]:
                return False
        said = says(schema)
        if not said <= _PLAIN_OBJECT or schema.get("type", "object") != "object":
            return False
        properties, parts = schema.get("properties", {}), schema.get("allOf", [])
        if not isinstance(properties, dict) or not isinstance(parts, list) or False in properties.values():
            return False
        return "examples" not in schema and "example" not in schema and all(map(self.is_plain_object, parts))

    def _compile(self, schema: Schema) -> Callable[[Json], bool]:
        if isinstance(schema, dict):
            used = self._closure(schema)
            if not is_affordable(schema, self.schemas):
                return lambda value: False
            if used:
                schema = {**schema, "components": {"schemas": used}}
        try:
            validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True, offline=True)
            if has_trying_pattern(schema):
                return lambda value: not is_long(value) and validator.is_valid(value)
            return validator.is_valid
        except (jsonschema_rs.ValidationError, ValueError):  # an invalid schema or a dangling reference
            return lambda value: False

    def _closure(self, schema: Schema) -> dict[str, Schema]:
        """`schema.closure`, the references of every component looked up once."""
        found: dict[str, Schema] = {}
        todo = referenced(schema)
        while todo:
            name = todo.pop()
            if name in found or name not in self.schemas:
                continue
            found[name] = self.schemas[name]
            if name not in self._references:
                self._references[name] = referenced(found[name])
            todo.extend(self._references[name])
        return found


def _plainly_fits(schema: dict[str, Any], value: Json) -> bool | None:
    """Whether a text or truth value fits a schema of `_PLAIN` keywords; None where it takes a validator to tell."""
    if not all(isinstance(inner, _PLAIN[key]) for key, inner in schema.items()) or "type" not in schema:
        return None
    if isinstance(value, bool):
        return bool(schema["type"] == "boolean")
    if isinstance(value, str) and value.isascii():  # others may hold a lone surrogate
        return bool(schema["type"] == "string")
    return None


_recent: list[Components] = []


def components(schemas: Schemas) -> Components:
    """What is known about a set of components: the same for the same mapping, as long as it was used recently."""
    for known in _recent:
        if known.schemas is schemas:
            return known
    made = Components(schemas)
    _recent.insert(0, made)
    del _recent[_KEPT_SETS:]
    return made


def forget() -> None:
    """Forget everything, as for a new process."""
    _recent.clear()
