"""Schemas as people read them: types with links, limits in words, fields and choices that unfold. No example values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from markupsafe import Markup

from apispec.literals import json_text
from apispec.model import Example, Parameter, Schema
from apispec.rendering.pages.descriptions import markdown
from apispec.rendering.pages.held import held, is_list
from apispec.rendering.pages.limits import limits
from apispec.rendering.pages.text import escape, one_line
from apispec.rendering.pages.told import (
    choices_of,
    default_text,
    docs_of,
    examples_of,
    how_it_travels,
    in_clients,
    is_new,
    is_text,
    named_choices,
    replaced,
    says_more,
    told_example,
    words_of,
)
from apispec.rendering.pages.trail import (
    BUDGET,
    BUDGET_OF_LARGE,
    DEEPEST,
    DEPTH,
    DEPTH_OF_LARGE,
    MOST,
    OUTSIDE,
    Side,
    Trail,
)
from apispec.rendering.pages.type_links import INNER, TypeLinks
from apispec.rendering.pages.views import FieldView, NestedView
from apispec.rendering.pages.wholes import Choice, Whole, kinds_of, names_of, object_of, whole
from apispec.schemas import MANY_KINDS, Schemas, readable_type, ref_name
from apispec.words import N_, _

_CHOICES = {"oneOf": N_("One of"), "anyOf": N_("Any of"), "kinds": N_("Kinds")}

PlainViews = dict[tuple[str, str, str], FieldView]
"""Views of fields that are no objects, by name, schema (its `repr`), and what is said of being required. They name no
component, so they look the same on every page, and documents repeat them (GitHub's: 86,000 fields of 9,000 kinds)."""


class Fields:
    """Makes the views of schemas for one page.

    Args:
        schemas: The Api's components.
        href: Where a component is described, seen from the page; None where it is not.
        unfold: Whether components inside others unfold, too; False = they are links only, for pages that describe
            each of them anyway.
        plain: What the pages of one Api share.
        brief: Whether few components unfold, since the pages are so many.
    """

    def __init__(
        self,
        schemas: Schemas,
        href: Callable[[str], str | None],
        plain: PlainViews,
        *,
        unfold: bool = True,
        brief: bool = False,
    ) -> None:
        self.schemas = schemas
        self.href = href
        self.unfold = unfold
        self._depth, self._budget = (DEPTH_OF_LARGE, BUDGET_OF_LARGE) if brief else (DEPTH, BUDGET)
        self._left = self._budget
        self._known: dict[str, FieldView] = {}
        self._plain = plain
        self._types = TypeLinks(schemas, href)

    def parameter(self, parameter: Parameter, anchor: str, *, gradio: bool = False) -> FieldView:
        """A parameter of an endpoint; `gradio`: of one that Gradio's clients call."""
        self._left = self._budget
        clients = in_clients(parameter.schema, self.schemas, location=parameter.location) if gradio else ()
        return self._view(
            parameter.name,
            parameter.schema,
            anchor=anchor,
            location="" if parameter.location == "body" else parameter.location,
            mark="required" if parameter.required else "optional",
            default=default_text(parameter.default),
            description=parameter.description,
            deprecated=parameter.deprecated,
            examples=parameter.examples,
            many=parameter.multiple,
            constraints=(*clients, *how_it_travels(parameter)),
        )

    def value(self, name: str, schema: Schema, *, description: str = "", gradio: bool = False) -> FieldView:
        """A value that a caller gets: a result, a header; `gradio`: from one of Gradio's clients."""
        self._left = self._budget
        clients = in_clients(schema, self.schemas, gotten=True) if gradio else ()
        if clients:
            return self._view(name, schema, description=description, side="gotten", constraints=clients)
        named = ref_name(schema) if isinstance(schema, dict) and len(schema) == 1 else None
        if named is None or name or description:
            return self._view(name, schema, description=description, side="gotten")
        if named not in self._known:  # many endpoints of one page answer with the same component
            self._known[named] = self._view("", schema, side="gotten")
        return self._known[named]

    def body(self, name: str, schema: Schema, *, description: str = "", required: bool = False) -> FieldView:
        """A value that a caller gives: a request body. Its fields are marked as required or optional."""
        self._left = self._budget
        return self._view(name, schema, description=description, mark="required" if required else "")

    def component(self, name: str, schema: Schema) -> tuple[tuple[FieldView, ...], FieldView]:
        """The fields of the component `name` (empty: of a schema without one), each required or optional, and
        what else is to say of it.
        """
        self._left = self._budget
        found = whole(schema, self.schemas)
        fields = self._object_of(found.parts)
        trail = Trail(1, frozenset({name}))
        own = self._fields(fields, trail, "both") if fields is not None else ()
        view = self._view("", schema, side="both", trail=trail, objects=not own)
        kinds = [kind for choice in kinds_of(name, self.schemas) for kind in self._choice(choice, found, trail, "both")]
        return own, replaced(view, nested=(*view.nested, *kinds)) if kinds else view

    def type(self, schema: Schema) -> Markup:
        """The readable type, component names linked."""
        return self._types.of(schema)[0]

    def _object_of(self, parts: list[dict[str, Any]]) -> dict[str, Any] | None:
        """The fields of an object, or of a tuple whose items say more than their types, by their places."""
        fields = object_of(parts)
        if fields is None and len(tuples := [part for part in parts if is_list(part.get("prefixItems"))]) == 1:
            return self._items_as_fields(tuples[0])
        return fields

    def _view(
        self,
        name: str,
        schema: Schema,
        *,
        anchor: str = "",
        location: str = "",
        mark: str = "",
        default: str = "",
        description: str = "",
        deprecated: bool = False,
        examples: Iterable[Example] = (),
        many: bool = False,
        constraints: tuple[str, ...] = (),
        trail: Trail = OUTSIDE,
        side: Side = "given",
        objects: bool = True,
    ) -> FieldView:
        """A value of a schema.

        Args:
            name: Empty for what has none of its own: an item, a choice.
            schema: What it is.
            anchor: Its id.
            location: Of a parameter.
            mark: `required`, `optional`, or nothing.
            default: As text; that of the schema where it is empty.
            description: Comes before the schema's own.
            deprecated: Whether it is, beside what the schema says.
            examples: Come before the schema's own.
            many: Whether it is a list of files.
            constraints: Words that come before the schema's own.
            trail: What it is inside of.
            side: Who gives it.
            objects: Whether the object's own fields belong to it.
        """
        self._left -= 1 if trail.depth or trail.names else 0
        found = whole(schema, self.schemas)
        parts = found.in_order()
        fields = self._object_of(found.parts)
        is_object = fields is not None or bool(found.choices)
        shown = found.own if found.name and is_object else parts
        kind, plain = self._types.of(schema, found.nullable)
        if location == "file":
            plain = _("files") if many else _("file")
            kind = escape(plain)
        words = words_of(description, found.own, () if is_object else found.inherited)
        told = list(constraints)
        if found.name and not is_object and plain.removesuffix(" | null") == found.name:
            under = readable_type(self.schemas[found.name], self.schemas) if found.name in self.schemas else "any"
            told += [under] if under != "any" and not any("enum" in part for part in parts) else []
        known = fields.get("properties", {}) if fields is not None else ()
        told += [text for part in shown for text in limits(part, name, known)]
        if found.never and plain != "nothing":
            told.append(_("no value fits"))
        opens = not found.names or self._opens(found.names, trail)
        within = trail.inside(found.names, deeper=False)
        inside, nested = held(shown if opens else found.own, fields or {}, lambda one: self._bare(one, within, side))
        if location != "file":
            first = self._objects(found, trail, side) if objects else []
            choices = [choice for choice in found.choices if opens or choice.in_place]
            nested = first + [view for choice in choices for view in self._choice(choice, found, trail, side)] + nested
        read_only = trail.depth > 0 and side == "given" and any(part.get("readOnly") is True for part in parts)
        titles = dict.fromkeys(one_line(part["title"]) for part in found.own if is_text(part.get("title")))
        given = [*examples, *(Example(value=value) for part in shown for value in examples_of(part))]
        defaults = [json_text(part["default"]) for part in shown if "default" in part]
        default = default or next(iter(defaults), "")
        told += [_("default {value}", value=value) for value in defaults if value != default]
        return FieldView(
            name=name,
            anchor=anchor,
            type=kind,
            plain_type=plain,
            title="; ".join(title for title in titles if is_new(title, name, words, plain)),
            location=location,
            required=mark == "required" and not read_only,
            optional=mark == "optional" and not read_only,
            default=default,
            constraints=tuple(dict.fromkeys(told + inside)),
            choices=choices_of(shown, found.own if not found.name else []),
            named_choices=named_choices(shown),
            description=markdown(words),
            plain_description=words,
            deprecated=deprecated or any(part.get("deprecated") is True for part in shown),
            examples=tuple(dict.fromkeys(map(told_example, given))),
            external_docs=tuple(
                dict.fromkeys(
                    docs for part in shown if "externalDocs" in part and (docs := docs_of(part["externalDocs"]))
                )
            ),
            nested=tuple(n for n in nested if not (n.href and f">{escape(n.label)}</a>" in kind)),  # the type is a link
        )

    def _objects(self, found: Whole, trail: Trail, side: Side) -> list[NestedView]:
        """The fields of an object, folded; links where they are shown further up, or would be too many."""
        fields = self._object_of(found.parts)
        if fields is None:
            return []
        if found.names and not self._opens(found.names, trail):
            own = self._object_of(found.own)
            links = [NestedView(label=name, href=href) for name in found.names if (href := self.href(name))]
            return links + (self._unfolded("", own, (), trail, side) if own else [])
        title = next((str(part["title"]) for part in found.own if is_text(part.get("title"))), "")
        label = found.name or (one_line(title) if title and not found.names else "")
        return self._unfolded(label, fields, tuple(found.names), trail, side)

    def _unfolded(
        self, label: str, fields: dict[str, Any], names: tuple[str, ...], trail: Trail, side: Side
    ) -> list[NestedView]:
        if trail.depth >= DEEPEST:
            return []
        views = self._fields(fields, trail.inside(names), side)
        return [NestedView(label=label, fields=views)] if views else []

    def _choice(self, choice: Choice, found: Whole, trail: Trail, side: Side) -> list[NestedView]:
        """The branches of a union, where they are more than the type says."""
        if trail.depth >= DEEPEST:
            return []
        told_by = choice.discriminator.get("propertyName")
        label = _(_CHOICES[choice.keyword])
        label = _("{choice}, told apart by {name}", choice=label, name=told_by) if told_by else label
        if len(choice.branches) > MANY_KINDS and choice.marks and (href := self.href(found.name)):
            return [
                NestedView(
                    label=_("{name} and its {count} kinds", name=found.name, count=len(choice.branches)), href=href
                )
            ]
        views = []
        for branch in choice.branches:
            told = names_of(choice, branch) if choice.discriminator else []
            key = str(choice.discriminator.get("propertyName", ""))
            words = tuple(f"{key}: {json_text(name)}" for name in told)
            if choice.marks and self.href(ref_name(branch) or ""):  # it repeats what it is made of
                kind, plain = self._types.of(branch)
                views.append(FieldView(name="", type=kind, plain_type=plain, constraints=words))
            else:
                views.append(self._bare(branch, trail.inside(found.names), side, words))
        if not any(says_more(view) or view.nested for view in views):
            return []
        known: dict[tuple[object, ...], FieldView] = {}  # a branch once, whatever is said beside the references to it
        for view in views:
            known.setdefault((view.plain_type, view.constraints, view.plain_description, view.nested), view)
        return [NestedView(label=label, choice=True, fields=tuple(known.values()))]

    def _opens(self, names: list[str], trail: Trail) -> bool:
        """Whether what components say is shown in this place: not inside themselves, nor too deep or too much."""
        if not trail.names.isdisjoint(names):
            return False
        if not any(map(self.href, names)):
            return trail.depth < DEEPEST and self._left > -MOST
        return self.unfold and trail.depth < self._depth and self._left > 0

    def _bare(self, schema: Schema, trail: Trail, side: Side, words: tuple[str, ...] = ()) -> FieldView:
        """A value without a name; its type is left out where it says nothing."""
        view = self._view("", schema, constraints=words, trail=trail, side=side)
        if view.plain_type == "any" and says_more(view):
            view = replaced(view, type=Markup(""), plain_type="")
        return view

    def _fields(self, schema: dict[str, Any], trail: Trail, side: Side) -> tuple[FieldView, ...]:
        needed = schema.get("required")
        required = {name for name in needed if isinstance(name, str)} if isinstance(needed, list) else set()
        properties = schema.get("properties")
        properties = properties if isinstance(properties, dict) else {}
        fields = [self._field(n, part, _mark(n, required, side), trail, side) for n, part in properties.items()]
        patterns = schema.get("patternProperties")
        for pattern, part in patterns.items() if isinstance(patterns, dict) else ():
            fields.append(self._view(_("keys that match {pattern}", pattern=pattern), part, trail=trail, side=side))
        for key in ("additionalProperties", "unevaluatedProperties"):
            extra = schema.get(key)
            if isinstance(extra, dict) and extra:
                fields.append(self._view(_("any other key"), extra, trail=trail, side=side))
        return tuple(fields)

    def _field(self, name: str, part: Schema, mark: str, trail: Trail, side: Side) -> FieldView:
        """A field of an object; one view for the same plain one in several places."""
        plain = isinstance(part, dict) and INNER.isdisjoint(part)
        key = (name, repr(part) if plain else "", f"{side} {mark}")
        if plain and key in self._plain:
            return self._plain[key]
        has_default = isinstance(part, dict) and "default" in part
        missing = (_("may be missing"),) if mark == "missing" and not has_default else ()
        view = self._view(name, part, mark=mark, trail=trail, side=side, constraints=missing)
        if plain:
            self._plain[key] = view
        return view

    def _items_as_fields(self, schema: dict[str, Any]) -> dict[str, Any] | None:
        """A tuple whose items have names (`NamedTuple`) as an object schema with the fields `[0] x`, …."""
        items = schema["prefixItems"]
        titles = [item.get("title") if isinstance(item, dict) else None for item in items]
        if not all(titles):
            return None
        names = [f"[{place}] {title}" for place, title in enumerate(titles)]
        least = schema.get("minItems", 0)
        needed = names[:least] if isinstance(least, int) else []
        return {"properties": dict(zip(names, items, strict=True)), "required": needed, "prefixItems": items}


def _mark(name: str, required: set[str], side: Side) -> str:
    """What is said of a field: of what comes back only that it may be missing, where others may not."""
    if side == "gotten":
        return "missing" if required and name not in required else ""
    return "required" if name in required else "optional"
