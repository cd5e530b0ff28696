"""Rules about bounds that keep requests affordable, and examples of what is bounded (OWASP API4:2023)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from apispec.rules.index import Index, Node
from apispec.rules.registry import Flaw, flaw, rule


def types_of(schema: dict[str, Any]) -> set[str]:
    """The types a schema names, null left aside."""
    kind = schema.get("type")
    return {one for one in (kind if isinstance(kind, list) else [kind]) if isinstance(one, str)} - {"null"}


@rule(group="correctness", level="warning", on="schema", key=("maximum", "minimum"), versions=("3.1", "3.2"))
def no_mixed_number_range_constraints(schema: Node, index: Index) -> Iterator[Flaw]:
    """A number has two upper or two lower bounds.

    `maximum` and `exclusiveMaximum` both hold, so one of them says nothing, and readers must find out which one.

    Wrong:
        {type: integer, maximum: 10, exclusiveMaximum: 12}

    Right:
        {type: integer, maximum: 10}
    """
    for bound, exclusive in (("maximum", "exclusiveMaximum"), ("minimum", "exclusiveMinimum")):
        if bound in schema.value and exclusive in schema.value:
            yield flaw(f"`{bound}` and `{exclusive}` are both given.", exclusive, hint="Keep the one that is meant.")


@rule(group="security", level="off", on="schema", key="type")
def integer_limit(schema: Node, index: Index) -> Iterator[Flaw]:
    """An integer has no lower or no upper bound.

    `?limit=1000000000` is then as valid as any other; whoever checks requests by the document lets it pass.

    Wrong:
        {type: integer}

    Right:
        {type: integer, minimum: 1, maximum: 100}
    """
    value = schema.value
    if "integer" not in types_of(value) or value.keys() & {"enum", "const"}:
        return
    lower, upper = {"minimum", "exclusiveMinimum"}, {"maximum", "exclusiveMaximum"}
    missing = [name for name, keys in (("minimum", lower), ("maximum", upper)) if not value.keys() & keys]
    if missing:
        yield flaw(f"The integer has no `{'` and no `'.join(missing)}`.")


@rule(group="security", level="off", on="schema", key="type")
def integer_format(schema: Node, index: Index) -> Iterator[Flaw]:
    """An integer does not say how wide it is.

    `format` tells generated code to use 32 or 64 bits, and where numbers overflow.

    Wrong:
        {type: integer}

    Right:
        {type: integer, format: int32}
    """
    if "integer" in types_of(schema.value) and not schema.value.keys() & {"format", "enum", "const"}:
        yield flaw("The integer has no `format`.", hint="int32 or int64.")


@rule(group="security", level="off", on="schema", key="type")
def string_restricted(schema: Node, index: Index) -> Iterator[Flaw]:
    """A text may be anything.

    With a `format`, `pattern`, `enum` or `const`, what no caller means is refused before it reaches a database.

    Wrong:
        {type: string, maxLength: 20}

    Right:
        {type: string, maxLength: 20, pattern: "^[a-z]+$"}
    """
    if "string" in types_of(schema.value) and not schema.value.keys() & {"format", "pattern", "enum", "const"}:
        yield flaw("The text has no `format`, no `pattern` and no `enum`.")


@rule(group="security", level="off", on="schema", key="properties")
def open_object(schema: Node, index: Index) -> Iterator[Flaw]:
    """An object takes properties that it does not name.

    What is not described is not checked, and may end up in a record: mass assignment (OWASP API3:2023).

    Wrong:
        {type: object, properties: {name: {type: string}}}

    Right:
        {type: object, properties: {name: {type: string}}, additionalProperties: false}
    """
    value = schema.value
    closing = ("additionalProperties", "unevaluatedProperties")
    if value.keys() & {"allOf", "anyOf", "oneOf"} and not value.keys() & {*closing}:
        return  # what closes these stands elsewhere
    inside = next((node for node in schema.parents if node.kind != "schema"), None)
    if schema.slot in ("allOf", "anyOf", "oneOf", "if", "then", "else", "not") and inside is not None:
        return
    if not any(value.get(key, True) is not True and value.get(key, True) != {} for key in closing):
        yield flaw("The object takes any further property.", hint="Say `additionalProperties: false`.")


@rule(group="security", level="off", on="schema", key=("additionalProperties", "unevaluatedProperties"))
def unbounded_additional_properties(schema: Node, index: Index) -> Iterator[Flaw]:
    """An object takes any number of properties.

    Each costs memory and time of whoever reads it; `maxProperties` bounds them.

    Wrong:
        {type: object, additionalProperties: {type: string}}

    Right:
        {type: object, additionalProperties: {type: string}, maxProperties: 20}
    """
    for key in ("additionalProperties", "unevaluatedProperties"):
        if schema.value.get(key, False) is not False and "maxProperties" not in schema.value:
            yield flaw(f"`{key}` without `maxProperties`.", key)


@rule(group="documentation", level="off", on="schema", key="properties")
def scalar_property_missing_example(schema: Node, index: Index) -> Iterator[Flaw]:
    """A property that is a text, a number or a boolean has no example.

    An example shows at a glance what a type leaves open: which units, which form of a name.

    Wrong:
        {type: object, properties: {name: {type: string}}}

    Right:
        {type: object, properties: {name: {type: string, example: Mia}}}
    """
    properties = schema.value["properties"]
    for name, inner in (properties if isinstance(properties, dict) else {}).items():
        resolved = index.resolve(inner)
        if not isinstance(resolved, dict) or not types_of(resolved):
            continue
        told = {"example", "examples", "const", "enum", "default"}
        if types_of(resolved) <= {"string", "number", "integer", "boolean"} and not (
            resolved.keys() & told or inner.keys() & told or resolved.get("format") == "binary"
        ):
            yield flaw(f"The property {name!r} has no example.", "properties", name)


@rule(group="style", level="off", on="parameter")
def array_parameter_serialization(parameter: Node, index: Index) -> Iterator[Flaw]:
    """A parameter that is a list does not say how it is written.

    `style` and `explode` have defaults that differ by the parameter's place; servers often have others.

    Wrong:
        get:
          parameters: [{name: ids, in: query, schema: {type: array, items: {type: string}}}]

    Right:
        get:
          parameters:
            - {name: ids, in: query, style: form, explode: false, schema: {type: array, items: {type: string}}}
    """
    value = parameter.value
    if index.is_swagger:
        if value.get("type") == "array" and "collectionFormat" not in value:
            yield flaw(f"The list {value.get('name')!r} has no `collectionFormat`.")
        return
    schema = index.resolve(value.get("schema"))
    if not isinstance(schema, dict) or "content" in value:
        return
    if "array" in types_of(schema) or (not types_of(schema) and schema.keys() & {"items", "prefixItems"}):
        missing = [key for key in ("style", "explode") if key not in value]
        if missing:
            yield flaw(f"The list {value.get('name')!r} has no `{'` and no `'.join(missing)}`.")


@rule(group="style", level="off", on="schema", key="required")
def required_string_without_min_length(schema: Node, index: Index) -> Iterator[Flaw]:
    """A required text may be empty.

    A client that sends `""` has sent it, and means nothing by it; `minLength: 1` says that more is wanted.

    Wrong:
        {type: object, required: [name], properties: {name: {type: string}}}

    Right:
        {type: object, required: [name], properties: {name: {type: string, minLength: 1}}}
    """
    required, properties = schema.value["required"], schema.value.get("properties")
    for name in required if isinstance(required, list) and isinstance(properties, dict) else ():
        inner = index.resolve(properties.get(name)) if isinstance(name, str) else None
        fixed = {"minLength", "enum", "const", "format", "pattern"}
        if isinstance(inner, dict) and "string" in types_of(inner) and not inner.keys() & fixed:
            yield flaw(f"The required text {name!r} may be empty.", "properties", name)
