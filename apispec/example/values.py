"""One value that fits one schema. Candidates are built in order of how much they teach; the first valid one wins.

Validity is asked of jsonschema-rs, never assumed: a wrong guess costs a candidate and never gives an invalid example.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema_rs

from apispec.example.merge import merge
from apispec.example.scalars import numbers, strings, variations
from apispec.model import Json, Schema
from apispec.schema import Schemas, closure, ref_name, types, variants

_MAX_DEPTH = 8
"""Deeper than this only what is required is filled in."""
_MAX_NODES = 3000
"""After so many values in one example only what is required is filled in."""
_IMPLIED = (
    (
        "object",
        ("properties", "required", "additionalProperties", "patternProperties", "minProperties", "propertyNames"),
    ),
    ("array", ("items", "prefixItems", "minItems", "contains", "uniqueItems")),
    ("string", ("pattern", "minLength", "maxLength", "format", "contentEncoding", "contentMediaType")),
    ("number", ("minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum")),
)


class NoExampleError(ValueError):
    """No value was found that fits the schema: it accepts none, or none that is finite."""


class _CutError(NoExampleError):
    """The schema needs itself; whoever can do without it does."""


def example(schema: Schema, schemas: Schemas, *, name: str = "", full: bool = True) -> Json:
    """A value that fits the schema.

    Args:
        schema: A JSON Schema 2020-12.
        schemas: The components its references name.
        name: What the value is called, for a telling text: `city` rather than `text`.
        full: Whether optional properties are filled in too.

    Raises:
        NoExampleError: No such value was found.
    """
    return _Maker(schemas, full).make(schema, name, ())


def is_valid(schema: Schema, value: Json, schemas: Schemas) -> bool:
    """Whether a value fits a schema, formats included; False for a schema that is itself invalid."""
    return bool(_validator(schema, schemas)(value))


def _validator(schema: Schema, schemas: Schemas) -> Any:
    if isinstance(schema, dict):
        used = closure(schema, schemas)
        if used:
            schema = {**schema, "components": {"schemas": used}}
    try:
        return jsonschema_rs.Draft202012Validator(schema, validate_formats=True).is_valid
    except (jsonschema_rs.ValidationError, ValueError):  # an invalid schema or a dangling reference
        return lambda value: False


class _Maker:
    """Builds one example; remembers the components it has made."""

    def __init__(self, schemas: Schemas, full: bool) -> None:
        self.schemas = schemas
        self.full = full
        self.memo: dict[str, Json] = {}
        self.cuts = 0
        self.nodes = 0

    def make(self, schema: Schema, name: str, stack: tuple[str, ...]) -> Json:
        """The first candidate that fits."""
        if not isinstance(schema, dict):
            if schema is False:
                raise NoExampleError("the schema accepts nothing")
            return _text(name)
        target = ref_name(schema)
        if target is not None and len(schema) == 1:
            return self.component(target, name, stack)
        self.nodes += 1
        fits = _validator(schema, self.schemas)
        cut: NoExampleError | None = None
        candidates = self.candidates(schema, name, stack)
        while True:
            try:
                value = next(candidates)
            except StopIteration:
                break
            except NoExampleError as error:
                cut = error
                break
            if fits(value):
                return value
        raise cut or NoExampleError("no value was found that fits the schema")

    def component(self, target: str, name: str, stack: tuple[str, ...]) -> Json:
        """The example of a component, made once."""
        if target in self.memo:
            return self.memo[target]
        if target in stack:
            self.cuts += 1
            raise _CutError(f"{target} needs itself")
        if target not in self.schemas:
            raise NoExampleError(f"there is no component {target}")
        cuts = self.cuts
        value = self.make(self.schemas[target], name, (*stack, target))
        if self.cuts == cuts or not stack:  # what was cut short is right only in this place
            self.memo[target] = value
        return value

    def candidates(self, schema: dict[str, Any], name: str, stack: tuple[str, ...]) -> Iterator[Json]:
        """Values to try, the most telling first; an invalid one does no harm."""
        if isinstance(schema.get("examples"), list):
            yield from schema["examples"]
        if "example" in schema:
            yield schema["example"]
        if schema.get("default") is not None:
            yield schema["default"]
        if "const" in schema:
            yield schema["const"]
            return
        if isinstance(schema.get("enum"), list):
            yield from sorted(schema["enum"], key=lambda v: v is None)
            return
        yield from self.combined(schema, name, stack)
        for kind in self.kinds(schema):
            yield from self.typed(kind, schema, name, stack)
        if "default" in schema:
            yield None
        conditional = schema.get("if")
        if isinstance(conditional, (dict, bool)):
            rest = {k: v for k, v in schema.items() if k not in ("if", "then", "else")}
            for parts in (("if", "then"), ("else",)):
                merged: Schema = rest
                for part in parts:
                    merged = merge(merged, schema.get(part, True), self.schemas)
                yield from self.attempt(merged, name, stack)

    def combined(self, schema: dict[str, Any], name: str, stack: tuple[str, ...]) -> Iterator[Json]:
        """Candidates from references with siblings, allOf, and the branches of anyOf and oneOf."""
        if "$ref" in schema:
            rest = {k: v for k, v in schema.items() if k != "$ref"}
            target = ref_name(schema) or ""
            if target in stack:
                self.cuts += 1
                raise _CutError(f"{target} needs itself")
            merged = merge(self.schemas.get(target, {}), rest, self.schemas)
            yield from self.attempt(merged, name, (*stack, target))
            return
        if isinstance(schema.get("allOf"), list):
            merged = {k: v for k, v in schema.items() if k != "allOf"}
            names = set(stack)
            for part in schema["allOf"]:
                names.add(ref_name(part) or "")
                merged = merge(merged, part, self.schemas)
            yield from self.attempt(merged, name, tuple(n for n in names if n))
            return
        for key in ("oneOf", "anyOf"):
            if isinstance(schema.get(key), list):
                rest = {k: v for k, v in schema.items() if k != key}
                error: NoExampleError | None = None
                for branch in sorted(schema[key], key=lambda b: types(b) == ("null",)):
                    try:
                        if set(rest) <= {"description", "title", "default", "discriminator", "examples", "deprecated"}:
                            yield self.make(branch, name, stack)
                        else:
                            yield self.make(merge(rest, branch, self.schemas), name, stack)
                    except NoExampleError as problem:
                        error = problem
                if error is not None and not self.kinds(schema):
                    raise error

    def attempt(self, schema: Schema, name: str, stack: tuple[str, ...]) -> Iterator[Json]:
        """At most one candidate: what `make` gives for the schema."""
        yield self.make(schema, name, stack)

    def kinds(self, schema: dict[str, Any]) -> tuple[str, ...]:
        """The types to try, null last; guessed from the keywords where none is named."""
        named = types(schema)
        if named:
            return tuple(sorted(named, key=lambda kind: kind == "null"))
        implied = tuple(kind for kind, keys in _IMPLIED if any(k in schema for k in keys))
        if implied:
            return implied
        if variants(schema) or "$ref" in schema or "allOf" in schema:
            return ()
        return ("string", "number", "object", "array", "boolean", "null")

    def typed(self, kind: str, schema: dict[str, Any], name: str, stack: tuple[str, ...]) -> Iterator[Json]:
        """Candidates of one JSON type."""
        if kind == "string":
            yield from strings(schema, name)
        elif kind in ("integer", "number"):
            yield from numbers(schema, kind)
        elif kind == "boolean":
            yield from (True, False)
        elif kind == "null":
            yield None
        elif kind == "array":
            yield from self.arrays(schema, name, stack)
        elif kind == "object":
            yield from self.objects(schema, name, stack)

    def arrays(self, schema: dict[str, Any], name: str, stack: tuple[str, ...]) -> Iterator[Json]:
        """Arrays with what is needed, and one item where none is."""
        values = [self.make(s, "", stack) for s in schema.get("prefixItems", [])]
        least = int(schema.get("minItems", 0))
        contains = schema.get("contains")
        if contains is not None:
            one = self.make(contains, "", stack)
            values += variations(one, max(int(schema.get("minContains", 1)), 1) if schema.get("uniqueItems") else 1)
            values += [one] * (int(schema.get("minContains", 1)) - len(values))
        items = schema.get("items", True)
        wanted = max(least, 1) - len(values)
        if wanted > 0 and items is not False and (items is not True or least):
            try:
                inner = self.make(items, _singular(name), stack)
                more = variations(inner, wanted) if schema.get("uniqueItems") else [inner] * wanted
                yield values + more
                if schema.get("uniqueItems") and isinstance(items, dict):
                    yield values + self.distinct(items, wanted, stack)
            except NoExampleError:
                if least > len(values):
                    raise
        yield values

    def distinct(self, items: dict[str, Any], wanted: int, stack: tuple[str, ...]) -> list[Json]:
        """Different values of one schema: of its enum, its variants, or numbers and texts varied."""
        choices: list[Json] = list(items.get("enum", ()))
        for branch in variants(items):
            choices += branch.get("enum", ()) if isinstance(branch, dict) else ()
            choices.append(self.make(branch, "", stack))
        if types(items) == ("boolean",):
            choices += [True, False]
        unique = [v for i, v in enumerate(choices) if v not in choices[:i]]
        return unique[:wanted]

    def objects(self, schema: dict[str, Any], name: str, stack: tuple[str, ...]) -> Iterator[Json]:
        """Objects with the required properties, and the optional ones where wanted."""
        properties = schema.get("properties", {})
        required = list(schema.get("required", ()))
        whole = self.full and len(stack) < _MAX_DEPTH and self.nodes < _MAX_NODES
        value: dict[str, Json] = {}
        for key, inner in properties.items():
            if key in required:
                value[key] = self.make(inner, key, stack)
            elif whole and not (isinstance(inner, dict) and (inner.get("writeOnly") or inner.get("deprecated"))):
                try:
                    value[key] = self.make(inner, key, stack)
                except NoExampleError:
                    continue
        for key, needed in schema.get("dependentRequired", {}).items():
            required += needed if key in value else []
        extra = schema.get("additionalProperties", True)
        for key in required:
            if key not in value:
                value[key] = self.make(properties.get(key, self.named(schema, key, extra)), key, stack)
        least = int(schema.get("minProperties", 0))
        is_map = not properties and not required and isinstance(extra, dict)
        for key in self.keys(schema, max(least - len(value), 1 if is_map or "patternProperties" in schema else 0)):
            if key not in value:
                try:
                    value[key] = self.make(self.named(schema, key, extra), "", stack)
                except NoExampleError:
                    if least:
                        raise
        yield value
        yield {k: v for k, v in value.items() if k in required}
        if not required:
            for key in value:
                yield {key: value[key]}

    def named(self, schema: dict[str, Any], key: str, extra: Schema) -> Schema:
        """The schema of a property that `properties` does not name."""
        for pattern, inner in schema.get("patternProperties", {}).items():
            if is_valid({"pattern": pattern}, key, {}):
                return inner if isinstance(inner, (dict, bool)) else True
        return extra

    def keys(self, schema: dict[str, Any], count: int) -> list[str]:
        """Names for properties that `properties` does not name."""
        if count <= 0:
            return []
        names: Schema = schema.get("propertyNames", True)
        for pattern in schema.get("patternProperties", {}):
            names = merge({"type": "string", "pattern": pattern}, names, self.schemas)
            break
        try:
            first = self.make(merge({"type": "string"}, names, self.schemas), "key", ())
        except NoExampleError:
            return []
        if isinstance(names, dict) and isinstance(names.get("enum"), list):
            return [str(v) for v in names["enum"]][:count]
        fits = _validator(names, self.schemas)
        return [k for k in variations(first, count) if fits(k)]


def _text(name: str) -> str:
    return next(strings({}, name))


def _singular(name: str) -> str:
    return name[:-1] if name.endswith("s") and not name.endswith("ss") and len(name) > 3 else name
