"""A schema as tools carry it: references inlined, and only what clients and the model APIs behind them accept.

A value that fits the endpoint's schema fits the tool's. Where the tool's is looser (recursion cut, tuples without their
order) the endpoint's own schema still judges the call, and a note says so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from apispec.model import Schema
from apispec.schemas import BUDGET, MANY_KINDS, Schemas, kinds, marks, ref_name, types
from apispec.tools.names import is_property_name
from apispec.tools.patterns import is_javascript_pattern
from apispec.tools.wording import FORMATS, beside, left_out, with_words, words_of

Side = Literal["input", "output"]

MAX_NODES: dict[Side, int] = {"input": BUDGET.tool_input, "output": BUDGET.tool_output}
"""Schemas inside one schema; beyond this, references are cut at a smaller depth."""

MANY = 3_000
"""From so many tools on, nobody reads them all: a schema has a sixth of that, and whoever calls is told the rest."""

ANY = "Any JSON value."

_DEPTHS = (12, 8, 6, 5, 4, 3, 2, 1, 0)
_DROPPED = {
    "$schema", "$id", "$anchor", "$dynamicAnchor", "$comment", "$vocabulary", "$defs", "discriminator", "xml",
    "externalDocs", "example", "prefixItems", "items", "type", "const", "format", "readOnly", "writeOnly",
}  # fmt: skip
"""Keywords that say nothing to a model, or are said another way."""
_LISTS = ("allOf", "anyOf", "oneOf")
_MAPS = ("dependentSchemas",)
_SINGLES = ("then", "else", "contains", "propertyNames", "unevaluatedItems", "contentSchema")
_NUMBERS = ("multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
_ABOUT = {
    "integer": _NUMBERS,
    "number": _NUMBERS,
    "string": ("minLength", "maxLength", "pattern", "format", "contentEncoding", "contentMediaType", "contentSchema"),
    "array": (
        "items", "prefixItems", "minItems", "maxItems", "uniqueItems", "contains", "minContains", "maxContains",
        "unevaluatedItems",
    ),
    "object": (
        "properties", "required", "additionalProperties", "patternProperties", "propertyNames", "minProperties",
        "maxProperties", "dependentRequired", "dependentSchemas",
    ),
}  # fmt: skip
"""Keywords by the type of value that they are about."""
_ABOUT_NOTHING = {"title", "description", "default", "examples", "deprecated"}
"""Keywords that every value fits."""
_OR_BOOLEAN = ("additionalProperties", "unevaluatedProperties")


class _TooLargeError(Exception):
    """More schemas than `MAX_NODES`."""


def for_tool(
    schema: Schema, schemas: Schemas, side: Side, note: Callable[[str], None], *, limit: int
) -> tuple[dict[str, Any], int]:
    """The schema as a part of a tool's input or output schema, and of how many schemas it is made.

    Args:
        schema: A JSON Schema 2020-12.
        schemas: The components its references name.
        side: `input` leaves out read-only properties, `output` write-only ones.
        note: Told, in words, what had to be loosened.
        limit: Of how many schemas it may be made; see `limit_of`.
    """
    out, notes = _open(schema), ["the schema is too large and left open"]
    nodes = 1
    low, high = 0, len(_DEPTHS)
    while low < high:  # what fits at one depth fits at every smaller one
        middle = low if low == 0 else (low + high) // 2
        inliner = _Inliner(schemas, side, _DEPTHS[middle], limit)
        try:
            out = inliner.convert(schema, ())
        except _TooLargeError:
            low = middle + 1
        else:
            notes, high, nodes = list(inliner.notes), middle, inliner.nodes
    for text in notes:
        note(text)
    return out, nodes


def limit_of(side: Side, *, many: bool = False, left: int = BUDGET.tool) -> int:
    """Of how many schemas one schema of a tool may be made.

    Args:
        side: Arguments or result.
        many: Whether there are `MANY` tools.
        left: What the tool's other arguments leave of `BUDGET.tool`.
    """
    limit = MAX_NODES[side] // 6 if many else MAX_NODES[side]
    return limit if side == "output" else min(limit, max(left, BUDGET.tool_least))


class _Inliner:
    def __init__(self, schemas: Schemas, side: Side, depth: int, limit: int) -> None:
        self.schemas = schemas
        self.hidden = "readOnly" if side == "input" else "writeOnly"
        self.depth = depth
        self.limit = limit
        self.nodes = 0
        self.loosened = 0
        self.notes: dict[str, None] = {}

    def convert(self, schema: Schema, stack: tuple[str, ...]) -> dict[str, Any]:
        """One schema; `stack` are the components it is inside of."""
        self.nodes += 1
        if self.nodes > self.limit:
            raise _TooLargeError
        if not isinstance(schema, dict):
            return {"description": ANY} if schema else {"not": {"description": ANY}}
        name = ref_name(schema)
        if name is not None or "$ref" in schema:
            return self.inline(schema, name, stack)
        if len(types(schema)) > 1:
            schema = _one_type_each(schema)
        out: dict[str, Any] = {"type": types(schema)[0]} if types(schema) else {}
        if "const" in schema:
            out["enum"] = [schema["const"]]
            out.setdefault("type", _type_of(schema["const"]))
        for key, value in schema.items():
            if key == "format" and value in FORMATS:
                out[key] = value
            elif not (key in _DROPPED or key.startswith("x-")):
                self.keyword(key, value, schema, out, stack)
        if len(out.get("patternProperties", ())) < len(schema.get("patternProperties", ())):
            for key in ("additionalProperties", "unevaluatedProperties"):  # which spoke of fewer properties than now
                out.pop(key, None)
        self.items(schema, out, stack)
        if set(out) <= _ABOUT_NOTHING - {"description"} and not words_of(schema):
            out["description"] = ANY
        return with_words(out, schema)

    def keyword(
        self, key: str, value: Any, schema: dict[str, Any], out: dict[str, Any], stack: tuple[str, ...]
    ) -> None:
        """One keyword; under `not`, `if` and `oneOf` a loosened part would tighten the whole."""
        before = self.loosened
        if key == "properties":
            out[key] = self.properties(value, stack)
        elif key == "required":
            hidden = {n for n, p in schema.get("properties", {}).items() if self.is_hidden(p)}
            out.update({key: names} if (names := [n for n in value if n not in hidden]) else {})
        elif key == "enum" and "const" in schema:
            out["allOf"] = [*out.get("allOf", ()), {"enum": value}]
        elif key == "enum" and value:
            out[key] = value
            kinds = {_type_of(v) for v in value}
            if "type" not in schema and len(kinds) == 1:
                out["type"] = kinds.pop()
        elif key in _LISTS:
            told = schema.get("discriminator") if key != "allOf" else None
            branches = [_marked(self.convert(v, stack), told, marks(told, v)) for v in value]
            if key == "oneOf" and self.loosened > before:
                key = "anyOf"
            if key == "allOf" or key in out:
                out["allOf"] = [*out.get("allOf", ()), *(branches if key == "allOf" else [{key: branches}])]
            else:
                out[key] = branches
        elif key == "pattern":
            if self.readable(value, "pattern"):
                out[key] = value
        elif key == "patternProperties":
            kept = {k: self.convert(v, stack) for k, v in value.items() if self.readable(k, "key of patternProperties")}
            out.update({key: kept} if kept else {})
        elif key == "enum":
            self.note("an enum without values is left out")
        elif key in _MAPS:
            out[key] = {k: self.convert(v, stack) for k, v in value.items()}
        elif key in ("not", "if"):
            negated = self.convert(value, stack)
            if self.loosened == before:
                out[key] = negated
            else:
                self.note(left_out(key, value))
        elif key in _SINGLES or (key in _OR_BOOLEAN and not isinstance(value, bool)):
            out[key] = self.convert(value, stack)
        else:
            out[key] = value

    def readable(self, pattern: Any, what: str) -> bool:
        """Whether a pattern may stay."""
        found = isinstance(pattern, str) and is_javascript_pattern(pattern)
        if not found:
            self.note(f"the {what} {pattern!r} is no regular expression of JavaScript and left out")
        return found

    def note(self, text: str) -> None:
        self.loosened += 1
        self.notes[text] = None

    def is_hidden(self, schema: Schema) -> bool:
        return isinstance(schema, dict) and schema.get(self.hidden) is True

    def inline(self, schema: dict[str, Any], name: str | None, stack: tuple[str, ...]) -> dict[str, Any]:
        siblings = {k: v for k, v in schema.items() if k != "$ref"}
        target = self.schemas.get(name) if name is not None else None
        if name is None or target is None:
            self.note(f"the reference {schema['$ref']} leads nowhere and is left open")
            inner = _open(True)
        elif name in stack:
            self.note(f"{name} contains itself and is cut where it comes again")
            inner = _open(target, f"{name} again, left open here.")
        elif len(stack) > self.depth:
            self.note("the schema is large and cut where it nests deeply")
            inner = _open(target, f"{name}, left open here.")
        else:
            inner = self.of_kinds(name, target, (*stack, name))
            if inner.get("title") == name:
                inner = {k: v for k, v in inner.items() if k != "title"}
        if not siblings:
            return inner
        extra = self.convert(siblings, stack)
        if extra.get("description") == ANY and "description" not in siblings:
            del extra["description"]
        clash = set(extra) & set(inner) - _ABOUT_NOTHING
        return beside(inner, extra) if not clash else {**extra, "allOf": [*extra.get("allOf", ()), inner]}

    def of_kinds(self, name: str, target: Schema, stack: tuple[str, ...]) -> dict[str, Any]:
        """A component; what is given where a discriminator tells its kinds apart: those."""
        found = kinds(name, self.schemas) if self.hidden == "readOnly" else {}
        if not found or len(found) > MANY_KINDS or not isinstance(target, dict):
            return self.convert(target, stack)
        told = target["discriminator"]
        branches = []
        for kind, values in found.items():
            if kind != name and kind in stack:
                return self.convert(target, stack)  # which is inside one of its kinds
            made = self.convert(self.schemas[kind], (*stack[:-1], kind))
            branches.append(_marked(made, told, values))
        return {"anyOf": branches}

    def properties(self, properties: dict[str, Schema], stack: tuple[str, ...]) -> dict[str, Any]:
        out = {}
        for name, schema in properties.items():
            if self.is_hidden(schema):
                continue
            out[name] = without_noise(self.convert(schema, stack), name)
            if not is_property_name(name):
                self.notes[f"some clients reject the property name {name!r}"] = None
        return out

    def items(self, schema: dict[str, Any], out: dict[str, Any], stack: tuple[str, ...]) -> None:
        """Arrays say what their items are, with one schema for all of them."""
        prefix = schema.get("prefixItems")
        if isinstance(prefix, list) and prefix:
            branches = [self.convert(b, stack) for b in prefix]
            rest = schema.get("items", True)
            if rest is False:
                out["maxItems"] = min(len(prefix), schema.get("maxItems", len(prefix)))
            elif len(prefix) < schema.get("maxItems", len(prefix) + 1):
                branches.append(self.convert(rest, stack))
            distinct = [b for i, b in enumerate(branches) if b not in branches[:i]]
            if len(distinct) > 1:
                self.note("a tuple loses the order of its types")
            out["items"] = distinct[0] if len(distinct) == 1 else {"anyOf": distinct}
        elif "items" in schema:
            out["items"] = self.convert(schema["items"], stack)
        elif out.get("type") == "array":
            out["items"] = {"description": ANY}


def _marked(branch: dict[str, Any], told: Any, values: list[str]) -> dict[str, Any]:
    """A branch that says by which value a discriminator tells it, where it does not."""
    key = told.get("propertyName") if isinstance(told, dict) else None
    if not isinstance(key, str) or not values or branch.get("type", "object") != "object":
        return branch
    properties = branch.get("properties") or {}
    own = properties.get(key, {})
    if "enum" in own or own.get("type", "string") != "string":
        return branch
    made = {**{k: v for k, v in own.items() if k != "description" or v != ANY}, "type": "string", "enum": values}
    required = [*branch.get("required", ()), *([] if key in branch.get("required", ()) else [key])]
    return {**branch, "properties": {**properties, key: made}, "required": required}


def loosened(schema: dict[str, Any]) -> dict[str, Any]:
    """An output schema that says the same and that every object fits: each property is as told, or anything."""

    def open_maps(key: str) -> dict[str, Any]:
        found = {name: _or_anything(inner) for name, inner in schema.get(key, {}).items()}
        return {key: found} if found else {}

    kept = {key: value for key, value in schema.items() if key in ("type", *_ABOUT_NOTHING)}
    kept |= {**open_maps("properties"), **open_maps("patternProperties")}
    more = schema.get("additionalProperties")
    if isinstance(more, dict):
        return {**kept, "additionalProperties": _or_anything(more)}
    return kept if "properties" in kept else {**kept, "additionalProperties": True}


def _or_anything(schema: dict[str, Any]) -> dict[str, Any]:
    return schema if set(schema) <= _ABOUT_NOTHING else {"anyOf": [schema, {"description": ANY}]}


def without_noise(schema: dict[str, Any], name: str) -> dict[str, Any]:
    """The schema less a title that only repeats the name of the property."""
    title = schema.get("title")
    if isinstance(title, str) and _letters(title) == _letters(name):
        return {k: v for k, v in schema.items() if k != "title"}
    return schema


def _one_type_each(schema: dict[str, Any]) -> dict[str, Any]:
    """`type: [a, b]` as `anyOf` of one type each, with the keywords that are about that type."""
    branches = [{"type": n, **{k: schema[k] for k in _ABOUT.get(n, ()) if k in schema}} for n in types(schema)]
    moved = {"type", *(key for branch in branches for key in branch)}
    rest = {k: v for k, v in schema.items() if k not in moved}
    if "anyOf" in rest:
        return {**rest, "allOf": [*rest.get("allOf", ()), {"anyOf": branches}]}
    return {"anyOf": branches, **rest}


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def _open(schema: Schema, description: str = ANY) -> dict[str, Any]:
    """What is left of a schema that is not said in full: its type."""
    names = types(schema)
    if names == ("object",):
        return {"type": "object", "description": description, "additionalProperties": True}
    if names == ("array",):
        return {"type": "array", "description": description, "items": {"description": ANY}}
    if len(names) == 1:
        return {"type": names[0], "description": description}
    return {"description": description}


def _type_of(value: Any) -> str:
    if isinstance(value, bool):
        return "boolean"
    kinds = ((int, "integer"), (float, "number"), (str, "string"), (list, "array"), (dict, "object"))
    return next((name for kind, name in kinds if isinstance(value, kind)), "null")
