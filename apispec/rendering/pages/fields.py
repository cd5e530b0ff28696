"""Schemas as people read them: types with links, constraints in words, fields that unfold. No example values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from typing import Any

from markupsafe import Markup

from apispec.examples import merge
from apispec.literals import json_text
from apispec.model import Default, Example, Json, Parameter, Schema
from apispec.rendering.pages.context import FieldView, NestedView
from apispec.rendering.pages.descriptions import markdown
from apispec.rendering.pages.text import escape
from apispec.schemas import Schemas, readable_type, ref_name, resolve, types, variants, without_null

DEPTH = 3
"""How many objects inside each other unfold; a component that is deeper is a link."""

DEEPEST = 12
"""Objects without a name of their own have no other place to be shown in: they unfold down to here."""

BUDGET = 120
"""How many nested fields one parameter or result shows; a component after that is a link."""

_INNER = frozenset(
    {
        "$ref",
        "properties",
        "allOf",
        "anyOf",
        "oneOf",
        "items",
        "prefixItems",
        "additionalProperties",
        "patternProperties",
    }
)
"""What makes a schema more than a plain value: a plain one names no component and looks the same everywhere."""

_TOLD = 8
"""So many values of an enumeration `readable_type` names at most."""

_WORDS = {
    "minimum": "at least {}",
    "exclusiveMinimum": "more than {}",
    "maximum": "at most {}",
    "exclusiveMaximum": "less than {}",
    "multipleOf": "a multiple of {}",
}
_COUNTED = {"Length": "character", "Items": "item", "Properties": "key"}
_BOUNDS = frozenset(_WORDS) | {f"{end}{what}" for end in ("min", "max") for what in _COUNTED}
_LIMITS = _BOUNDS | {"pattern", "uniqueItems", "readOnly", "writeOnly", "items"}
"""What `constraints` looks at: most schemas have none of it."""


PlainViews = dict[tuple[str, str, bool | None], FieldView]
"""Views of fields that are no objects, by name, schema (its `repr`), and whether they are required. They name no
component, so they look the same on every page, and documents repeat them (GitHub's: 86,000 fields of 9,000 kinds)."""


class Fields:
    """Makes the views of schemas for one page.

    Args:
        schemas: The Api's components.
        href: Where a component is described, seen from the page; None where it is not.
        unfold: Whether components inside others unfold, too; False = they are links only, for pages that describe
            each of them anyway.
        plain: What the pages of one Api share.
    """

    def __init__(
        self, schemas: Schemas, href: Callable[[str], str | None], plain: PlainViews, *, unfold: bool = True
    ) -> None:
        self.schemas = schemas
        self.href = href
        self.unfold = unfold
        self._left = BUDGET
        self._known: dict[str, tuple[NestedView, ...]] = {}
        self._plain = plain

    def parameter(self, parameter: Parameter, anchor: str) -> FieldView:
        """A parameter of an endpoint."""
        return self._view(
            parameter.name,
            parameter.schema,
            anchor=anchor,
            location="" if parameter.location == "body" else parameter.location,
            required=parameter.required,
            optional=not parameter.required,
            default=default_text(parameter.default),
            description=parameter.description,
            deprecated=parameter.deprecated,
            examples=parameter.examples,
            many=parameter.multiple,
            marked=True,
        )

    def value(self, name: str, schema: Schema, *, description: str = "") -> FieldView:
        """A value that a caller gets: a result, a header."""
        return self._view(name, schema, description=description, own_words=False)

    def body(self, name: str, schema: Schema, *, description: str = "", required: bool = False) -> FieldView:
        """A value that a caller gives: a request body. Its fields are marked as required or optional."""
        return self._view(name, schema, description=description, required=required, own_words=False, marked=True)

    def of_object(self, schema: Schema, name: str = "") -> tuple[FieldView, ...]:
        """The fields of an object schema itself (of the component `name`), each required or optional; empty where it
        has none.
        """
        self._left = BUDGET
        found = self.flat(schema)
        return self._fields(found, (name,), True) if found is not None else ()

    def nested(self, schema: Schema) -> tuple[NestedView, ...]:
        """What the objects in a schema hold, folded, as a caller gets it."""
        self._left = BUDGET
        name = ref_name(schema)
        if name is None or (isinstance(schema, dict) and len(schema) > 1):
            return self._nested(schema, (), False)
        if name not in self._known:  # many endpoints of one page answer with the same component
            self._known[name] = self._nested(schema, (), False)
        return self._known[name]

    def type(self, schema: Schema) -> Markup:
        """The readable type, component names linked."""
        return self._types(schema)[0]

    def _types(self, schema: Schema) -> tuple[Markup, str]:
        """The readable type, with links and as text."""
        text = readable_type(schema, self.schemas)
        names = sorted(set(_named(schema)), key=len, reverse=True)
        if not names:
            return escape(text), text
        pieces = re.split("(" + "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names) + ")", text)
        return Markup("").join(self._linked(piece) if piece in names else escape(piece) for piece in pieces), text

    def flat(self, schema: Schema) -> dict[str, Any] | None:
        """The object schema, `allOf` merged in, or a tuple of named items as one; None where there are no fields."""
        schema = resolve(schema, self.schemas)
        if isinstance(schema, dict) and isinstance(schema.get("allOf"), list):
            rest = {key: value for key, value in schema.items() if key != "allOf"}
            merged = reduce(lambda a, b: merge(a, b, self.schemas), schema["allOf"], rest)  # type: ignore[arg-type,return-value]
            if isinstance(merged, dict) and merged.get("allOf"):
                return self.flat(merged) if merged != schema else None
            schema = merged
        if isinstance(schema, dict) and isinstance(schema.get("properties"), dict) and schema["properties"]:
            return schema
        return _named_items(schema)

    def _linked(self, name: str) -> Markup:
        href = self.href(name)
        return Markup('<a href="{}">{}</a>').format(escape(href), escape(name)) if href else escape(name)

    def _view(
        self,
        name: str,
        schema: Schema,
        *,
        anchor: str = "",
        location: str = "",
        required: bool = False,
        optional: bool = False,
        default: str = "",
        description: str = "",
        deprecated: bool = False,
        examples: Iterable[Example] = (),
        many: bool = False,
        trail: tuple[str, ...] | None = None,
        own_words: bool = True,
        marked: bool = False,
    ) -> FieldView:
        """`marked`: whether the fields inside are said to be required or optional, being for the caller to give."""
        if trail is None:
            trail, self._left = (), BUDGET
        inner = without_null(schema)
        target = resolve(inner, self.schemas)
        own = inner if isinstance(inner, dict) else {}
        words = description or (str(own.get("description", "")) if own_words and "$ref" not in own else "")
        if own_words and not words and ref_name(inner) is None and isinstance(target, dict):
            words = str(target.get("description", ""))
        kind, plain = self._types(schema)
        if location == "file":
            plain = "files" if many else "file"
            kind = escape(plain)
        return FieldView(
            name=name,
            anchor=anchor,
            type=kind,
            plain_type=plain,
            location=location,
            required=required,
            optional=optional,
            default=default,
            constraints=constraints(target),
            choices=() if _is_told(inner) else choices(target),
            description=markdown(words),
            plain_description=words,
            deprecated=deprecated or own.get("deprecated") is True,
            examples=tuple(json_text(example.value) for example in examples)[:3],
            nested=() if location == "file" else self._nested(schema, trail, marked),
        )

    def _nested(self, schema: Schema, trail: tuple[str, ...], marked: bool) -> tuple[NestedView, ...]:
        views = []
        for name, part in self._objects(schema):
            label = name or "object"
            href = self.href(name) if name else None
            large = name in trail or len(trail) >= DEPTH or self._left <= 0
            if href and (large or not self.unfold):
                views.append(NestedView(label=label, href=href))
                continue
            if name in trail or len(trail) >= DEEPEST:
                continue
            fields = self._fields(part, (*trail, label), marked)
            views.append(NestedView(label=label, fields=fields))
        return tuple(views) if any(view.fields for view in views) else ()

    def _objects(self, schema: Schema, name: str = "", depth: int = 6) -> list[tuple[str, dict[str, Any]]]:
        """The objects with fields inside arrays, mappings and unions, with the component's name where they have one."""
        schema = without_null(schema)
        name = ref_name(schema) or name
        found = self.flat(schema)
        if found is not None:
            return [(name, found)]
        target = resolve(schema, self.schemas)
        if not isinstance(target, dict) or depth == 0:
            return []
        parts: list[Schema] = [*variants(target), *target.get("prefixItems", ())]
        parts += [target[key] for key in ("items", "additionalProperties") if isinstance(target.get(key), dict)]
        objects = [pair for part in parts for pair in self._objects(part, depth=depth - 1)]
        # A component once, whatever is said beside the references to it.
        keys = [name or shape for name, shape in objects]
        return [pair for i, pair in enumerate(objects) if keys[i] not in keys[:i]]

    def _fields(self, schema: dict[str, Any], trail: tuple[str, ...], marked: bool) -> tuple[FieldView, ...]:
        required = set(schema.get("required", ()))
        self._left -= len(schema["properties"])
        fields = [
            self._field(name, part, name in required if marked else None, trail)
            for name, part in schema["properties"].items()
        ]
        extra = schema.get("additionalProperties")
        if isinstance(extra, dict) and extra:
            fields.append(self._view("any other key", extra, trail=trail, marked=marked))
        return tuple(fields)

    def _field(self, name: str, part: Schema, required: bool | None, trail: tuple[str, ...]) -> FieldView:
        """A field of an object, None = not marked; one view for the same plain one in several places."""
        plain = isinstance(part, dict) and _INNER.isdisjoint(part)
        key = (name, repr(part) if plain else "", required)
        if plain and key in self._plain:
            return self._plain[key]
        view = self._view(
            name,
            part,
            required=required is True,
            optional=required is False,
            marked=required is not None,
            default=json_text(part["default"]) if isinstance(part, dict) and "default" in part else "",
            examples=[Example(value=v) for v in _examples(part)],
            trail=trail,
        )
        if plain:
            self._plain[key] = view
        return view


def _named_items(schema: Schema) -> dict[str, Any] | None:
    """A tuple whose items have names (`NamedTuple`) as an object schema with the fields `[0] x`, …; None for others."""
    items = schema.get("prefixItems") if isinstance(schema, dict) else None
    titles = [item.get("title") if isinstance(item, dict) else None for item in items or ()]
    if not isinstance(schema, dict) or not items or not all(titles):
        return None
    names = [f"[{place}] {title}" for place, title in enumerate(titles)]
    return {"properties": dict(zip(names, items, strict=True)), "required": names[: schema.get("minItems", 0)]}


def _named(schema: Schema, depth: int = 4) -> Iterator[str]:
    """The components that the readable type of a schema names."""
    if not isinstance(schema, dict) or depth == 0 or _INNER.isdisjoint(schema):
        return
    name = ref_name(schema)
    if name is not None:
        yield name
        return
    parts = [*variants(schema), *schema.get("allOf", ()), *schema.get("prefixItems", ())]
    for part in (*parts, schema.get("items"), schema.get("additionalProperties")):
        if part is not None:
            yield from _named(part, depth - 1)


def _examples(schema: Schema) -> list[Any]:
    if not isinstance(schema, dict):
        return []
    examples = schema.get("examples")
    return examples if isinstance(examples, list) else [schema["example"]] if "example" in schema else []


def default_text(default: Default | None) -> str:
    """A default as JSON text, or as the source shows it; empty where there is none."""
    if default is None:
        return ""
    return json_text(default.value) if default.is_json else str(default.text)


def choices(schema: Schema) -> tuple[str, ...]:
    """Every value that an enumeration allows, as JSON text; of the items where it is a list of such."""
    if not isinstance(schema, dict):
        return ()
    values = schema.get("enum")
    return tuple(json_text(value) for value in values) if isinstance(values, list) else ()


def _is_told(schema: Schema) -> bool:
    """Whether the readable type names every choice already."""
    return isinstance(schema, dict) and "$ref" not in schema and len(schema.get("enum", ())) <= _TOLD


def constraints(schema: Schema) -> tuple[str, ...]:
    """Bounds, lengths and patterns in words."""
    if not isinstance(schema, dict) or _LIMITS.isdisjoint(schema):
        return ()
    found = [words.format(_number(schema[key])) for key, words in _WORDS.items() if _is_number(schema.get(key))]
    for suffix, unit in _COUNTED.items() if not _BOUNDS.isdisjoint(schema) else ():
        low, high = schema.get(f"min{suffix}"), schema.get(f"max{suffix}")
        if "prefixItems" not in schema:
            found += [text for text in [_counted(low, high, unit)] if text]
    if isinstance(schema.get("pattern"), str):
        found.append(f"matches {schema['pattern']}")
    if schema.get("uniqueItems") is True:
        found.append("no item twice")
    found += [word for key, word in (("readOnly", "read-only"), ("writeOnly", "write-only")) if schema.get(key) is True]
    items = schema.get("items")
    if "array" in types(schema) and isinstance(items, dict) and ref_name(items) is None:
        found += [f"each {text}" for text in constraints(items)]
    return tuple(found)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _number(value: Json) -> str:
    """A bound as it is said: some frameworks write 1 as 1.0."""
    return json_text(value).removesuffix(".0")


def _counted(low: object, high: object, unit: str) -> str:
    low = low if _is_number(low) and low else None
    high = high if _is_number(high) else None
    if low is None and high is None:
        return ""
    if low == high:
        return f"exactly {low} {unit}{'s' if low != 1 else ''}"
    if low is None:
        return f"at most {high} {unit}{'s' if high != 1 else ''}"
    if high is None:
        return f"at least {low} {unit}{'s' if low != 1 else ''}"
    return f"{low} to {high} {unit}s"
