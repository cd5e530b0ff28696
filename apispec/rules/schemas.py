"""Rules about schemas in themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from apispec.rules.index import Index, Node
from apispec.rules.kinds import is_number, is_of_type, types_of
from apispec.rules.patterns import is_pattern
from apispec.rules.registry import Flaw, flaw, rule
from apispec.schemas import unaffordable

_BOUNDS = (
    ("minimum", "maximum"), ("exclusiveMinimum", "exclusiveMaximum"), ("minLength", "maxLength"),
    ("minItems", "maxItems"), ("minProperties", "maxProperties"), ("minContains", "maxContains"),
)  # fmt: skip


@rule(group="correctness", level="error", on="schema", key=tuple(low for low, _ in _BOUNDS))
def contradictory_bounds(schema: Node, index: Index) -> Iterator[Flaw]:
    """A lower bound is above the upper one.

    No value fits, so every request or answer breaks the schema.

    Wrong:
        {type: integer, minimum: 10, maximum: 1}

    Right:
        {type: integer, minimum: 1, maximum: 10}
    """
    for low, high in _BOUNDS:
        lower, upper = schema.value.get(low), schema.value.get(high)
        if is_number(lower) and is_number(upper) and lower > upper:
            yield flaw(f"`{low}` {lower} is above `{high}` {upper}.", low)


@rule(group="correctness", level="warning", on="components")
def unaffordable_schema(components: Node, index: Index) -> Iterator[Flaw]:
    """Checking one value against a schema never ends, or takes longer than anybody waits.

    It leads back to itself through `allOf`, `anyOf` or `oneOf` with no property in between, or doubles at every step.
    Validators crash or hang, and no example is made of it.

    Wrong:
        components:
          schemas:
            Pet: {oneOf: [{$ref: "#/components/schemas/Cat"}]}
            Cat: {allOf: [{$ref: "#/components/schemas/Pet"}, {type: object}]}

    Right:
        components:
          schemas:
            Pet: {type: object}
            Cat: {allOf: [{$ref: "#/components/schemas/Pet"}, {type: object}]}
    """
    schemas = components.value.get("schemas")
    for name, circular in unaffordable(schemas).items() if isinstance(schemas, dict) else ():
        why = "leads back to itself with no property in between" if circular else "takes too many steps"
        yield flaw(f"Checking a value against {name} {why}.", "schemas", name)


@rule(group="correctness", level="error", on="schema", key="pattern")
def invalid_pattern(schema: Node, index: Index) -> Iterator[Flaw]:
    """A pattern is no regular expression.

    Validators refuse the schema or skip the check. Patterns follow ECMA-262 (JavaScript): no `(?P<name>…)`.

    Wrong:
        {type: string, pattern: "[a-z"}

    Right:
        {type: string, pattern: "^[a-z]+$"}
    """
    pattern = schema.value["pattern"]
    if isinstance(pattern, str) and not is_pattern(pattern):
        yield flaw(f"{pattern[:80]!r} is not a regular expression.", "pattern")


@rule(group="correctness", level="warning", on="schema", key="required")
def required_property_undefined(schema: Node, index: Index) -> Iterator[Flaw]:
    """A required property is not among the properties.

    Most often a slip of the pen: the property can be anything, and the one that was meant is optional.

    Wrong:
        {type: object, properties: {name: {type: string}}, required: [nmae]}

    Right:
        {type: object, properties: {name: {type: string}}, required: [name]}
    """
    required = schema.value["required"]
    whole = schema
    while whole.slot == "allOf" and whole.parent is not None:
        whole = whole.parent
    if not isinstance(required, list) or whole.slot in _PARTS:  # the property may stand in another part
        return
    names = _described(whole.value, index, frozenset())
    for position, name in enumerate(required if names else ()):
        if isinstance(name, str) and name not in names:
            yield flaw(f"The required property {name!r} is not among the properties.", "required", position)


def _described(schema: Any, index: Index, inside: frozenset[int]) -> set[str]:
    """The properties that a schema and all that it is made of describe; none where that is open."""
    if not isinstance(schema, dict) or id(schema) in inside or schema.keys() & _OPEN:
        return set()
    found = set(properties) if isinstance(properties := schema.get("properties"), dict) else set[str]()
    parts = schema["allOf"] if isinstance(schema.get("allOf"), list) else []
    if "$ref" in schema:
        if index.version in ("2.0", "3.0"):
            parts, found = [], set()
        parts = [*parts, index.lookup(str(schema["$ref"]))]
    for part in parts:
        target = index.resolve(part) if isinstance(part, dict) and set(part) == {"$ref"} else part
        more = _described(target, index, inside | {id(schema)})
        if not more and not _says_nothing(target):
            return set()
        found |= more
    return found


_OPEN = frozenset({"anyOf", "oneOf", "patternProperties", "if", "$dynamicRef", "$recursiveRef", "dependentSchemas"})


def _says_nothing(schema: Any) -> bool:
    """Whether a part of a schema has no properties, and is not open for others."""
    return isinstance(schema, dict) and not schema.keys() & (_OPEN | {"properties", "allOf", "$ref"})


_PARTS = frozenset({"anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"})


@rule(group="correctness", level="warning", on="schema", key="enum")
def duplicate_enum_value(schema: Node, index: Index) -> Iterator[Flaw]:
    """A value occurs twice in an enumeration.

    Code generators make two constants of one name.

    Wrong:
        {type: string, enum: [cat, dog, cat]}

    Right:
        {type: string, enum: [cat, dog]}
    """
    values = schema.value["enum"]
    seen: set[str] = set()
    for position, value in enumerate(values if isinstance(values, list) else ()):
        key = repr(value)
        if key in seen:
            yield flaw(f"{value!r} occurs twice.", "enum", position)
        seen.add(key)


@rule(group="correctness", level="warning", on="schema", key="enum")
def enum_value_of_other_type(schema: Node, index: Index) -> Iterator[Flaw]:
    """A value of an enumeration does not have the schema's type.

    It can never be used. In YAML, quotes decide: `1` is a number, `"1"` a text.

    Wrong:
        {type: string, enum: [cat, 1]}

    Right:
        {type: string, enum: [cat, dog]}
    """
    types = types_of(schema.value)
    if not types or schema.value.get("nullable") is True:
        types = [*types, "null"] if types else []
    values = schema.value["enum"]
    for position, value in enumerate(values if types and isinstance(values, list) else ()):
        if not any(is_of_type(value, name) for name in types):
            yield flaw(f"{value!r} is not of type {' or '.join(types)}.", "enum", position)


_KEYS_OF_TYPE = {
    "string": {"minLength", "maxLength", "pattern", "contentEncoding", "contentMediaType"},
    "number": {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"},
    "array": {"items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains"},
    "object": {"properties", "required", "additionalProperties", "minProperties", "maxProperties", "patternProperties"},
}
_ALIASES = {"integer": "number"}
_NONE: frozenset[str] = frozenset()
_FOREIGN = {
    kind: frozenset[str]().union(*(keys for name, keys in _KEYS_OF_TYPE.items() if name != _ALIASES.get(kind, kind)))
    for kind in ("string", "number", "integer", "array", "object", "boolean", "null")
}
"""Type → the keywords of other types."""


@rule(group="correctness", level="warning", on="schema", key="type")
def keyword_without_effect(schema: Node, index: Index) -> Iterator[Flaw]:
    """A keyword does nothing for the schema's type.

    `minLength` says nothing about integers, so the limit that was meant is not there.

    Wrong:
        {type: integer, maxLength: 5}

    Right:
        {type: integer, maximum: 99999}
    """
    kind = schema.value["type"]
    if isinstance(kind, str):
        if not schema.value.keys() & _FOREIGN.get(kind, _NONE):
            return
    types = {_ALIASES.get(name, name) for name in types_of(schema.value)}
    if not types <= {"string", "number", "array", "object", "boolean", "null"}:
        return
    for name, keys in _KEYS_OF_TYPE.items():
        if name not in types:
            for key in schema.value.keys() & keys:
                if schema.value[key] not in (False, None, [], {}, 0):
                    yield flaw(f"`{key}` has no effect on type {' or '.join(types_of(schema.value))}.", key)


_FORMAT_TYPES = {
    "int32": "number", "int64": "number", "float": "number", "double": "number", "date": "string",
    "date-time": "string", "time": "string", "uuid": "string", "email": "string", "uri": "string",
    "hostname": "string", "ipv4": "string",
    "ipv6": "string", "password": "string", "byte": "string", "binary": "string",
}  # fmt: skip


@rule(group="correctness", level="warning", on="schema", key="format")
def format_of_other_type(schema: Node, index: Index) -> Iterator[Flaw]:
    """A format belongs to another type.

    `date-time` is a format of texts; on an integer it is ignored, or a generator makes the wrong type of it.

    Wrong:
        {type: integer, format: date-time}

    Right:
        {type: string, format: date-time}
    """
    wanted = _FORMAT_TYPES.get(schema.value["format"]) if isinstance(schema.value["format"], str) else None
    types = {_ALIASES.get(name, name) for name in types_of(schema.value)} - {"null"}
    if wanted and types and wanted not in types and not (wanted == "number" and types == {"string"}):
        yield flaw(
            f"The format {schema.value['format']!r} belongs to type {wanted}, not {' or '.join(sorted(types))}.",
            "format",
        )


@rule(group="correctness", level="warning", on="schema", key="type", versions=("2.0", "3.1", "3.2"))
def array_without_items(schema: Node, index: Index) -> Iterator[Flaw]:
    """An array says nothing about its items.

    Anything is allowed then, which is seldom what is meant. (In OpenAPI 3.0 `items` is required: `items-missing`.)

    Wrong:
        {type: array}

    Right:
        {type: array, items: {type: string}}
    """
    if "array" in types_of(schema.value) and not schema.value.keys() & _ITEM_KEYS:
        yield flaw("The array has no `items`.", hint="Say what it holds; `items: {}` for anything.")


_ITEM_KEYS = {"items", "prefixItems", "allOf", "anyOf", "oneOf", "$ref", "const", "enum", "contains", "maxItems"}


@rule(group="correctness", level="warning", on="schema", key="nullable", versions=("2.0", "3.1", "3.2"))
def nullable_without_effect(schema: Node, index: Index) -> Iterator[Flaw]:
    """`nullable` exists in OpenAPI 3.0 only.

    In other versions it is ignored, and null is refused.

    Wrong:
        {type: string, nullable: true}

    Right:
        {type: [string, "null"]}
    """
    if schema.value["nullable"] is True and "null" not in types_of(schema.value):
        hint = 'Write `type: [..., "null"]`.' if index.version != "2.0" else "Write `x-nullable`."
        yield flaw(f"`nullable` has no effect in OpenAPI {index.version}.", "nullable", hint=hint)


@rule(group="correctness", level="warning", on="schema", key="nullable", versions=("3.0",))
def nullable_without_type(schema: Node, index: Index) -> Iterator[Flaw]:
    """`nullable` stands in a schema without `type`.

    OpenAPI 3.0.3 made clear that `nullable` only widens a `type` in the same schema; alone it allows nothing.

    Wrong:
        openapi: 3.0.3
        components: {schemas: {Pet: {nullable: true, minLength: 1}}}

    Right:
        openapi: 3.0.3
        components: {schemas: {Pet: {type: string, nullable: true, minLength: 1}}}
    """
    combines = schema.value.keys() & {"allOf", "anyOf", "oneOf", "$ref", "enum"}
    if schema.value["nullable"] is True and "type" not in schema.value and not combines and len(schema.value) > 1:
        if schema.value.keys() & {key for keys in _KEYS_OF_TYPE.values() for key in keys}:
            yield flaw("`nullable` needs a `type` in the same schema.", "nullable")


@rule(group="correctness", level="error", on="schema", key="readOnly")
def read_only_and_write_only(schema: Node, index: Index) -> Iterator[Flaw]:
    """A schema is both read-only and write-only.

    It may then be neither sent nor received.

    Wrong:
        {type: string, readOnly: true, writeOnly: true}

    Right:
        {type: string, readOnly: true}
    """
    if schema.value["readOnly"] is True and schema.value.get("writeOnly") is True:
        yield flaw("`readOnly` and `writeOnly` exclude each other.", "readOnly")


@rule(group="correctness", level="warning", on="schema", key="allOf")
def contradictory_types(schema: Node, index: Index) -> Iterator[Flaw]:
    """The parts of an `allOf` have types that exclude each other.

    A value would have to be two things at once: nothing fits.

    Wrong:
        {allOf: [{type: string}, {type: integer}]}

    Right:
        {anyOf: [{type: string}, {type: integer}]}
    """
    parts = schema.value["allOf"]
    common: set[str] | None = None
    for part in [schema.value, *(parts if isinstance(parts, list) else ())]:
        resolved = index.resolve(part)
        types = set(types_of(resolved)) if isinstance(resolved, dict) else set()
        if "number" in types:
            types.add("integer")
        if types:
            common = types if common is None else common & types
    if common is not None and not common:
        yield flaw("The types of the parts exclude each other; no value fits all of them.", "allOf")
