"""A schema as readers think of it: what holds in any case, wherever it is written, and what may be chosen.

`$ref`, `allOf` and a union with null say that several schemas hold together; here they are followed, so that nothing
that stands beside one of them is lost. No words (`limits`) and no views (`fields`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from apispec.model import Schema
from apispec.schemas import BUDGET, Schemas, kinds, marks, ref, ref_name, types

_COMPOSED = frozenset({"$ref", "allOf", "anyOf", "oneOf"})
_NOTES = frozenset(
    {"title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly", "externalDocs",
     "nullable", "xml", "$comment", "discriminator"}
)  # fmt: skip
"""What may stand beside a reference without changing which values fit."""
_OBJECT = frozenset({"properties", "patternProperties", "required", "additionalProperties", "unevaluatedProperties"})


@dataclass(slots=True)
class Choice:
    """Schemas of which one (`oneOf`) or at least one (`anyOf`) holds; null is left out."""

    keyword: str
    branches: list[Schema]
    discriminator: dict[str, Any]
    in_place: bool
    """Whether no component says it."""
    marks: dict[str, list[str]] = field(default_factory=dict)
    """Of kinds that are made of what they are kinds of: the discriminator's values, by component."""


@dataclass(slots=True)
class Whole:
    """The parts of a schema that hold together."""

    parts: list[dict[str, Any]] = field(default_factory=list)
    """What is said, without references and compositions, in the document's order."""
    own: list[dict[str, Any]] = field(default_factory=list)
    """Those of the parts that are written in place."""
    names: list[str] = field(default_factory=list)
    """The components that it refers to, each once."""
    choices: list[Choice] = field(default_factory=list)
    never: bool = False
    """Whether no value fits: a schema `false` is among the parts."""
    nullable: bool = False

    @property
    def name(self) -> str:
        """The component that this is, with notes at most beside it; empty where it is more, or none."""
        if len(self.names) == 1 and not any(choice.in_place for choice in self.choices):
            return "" if any(part.keys() - _NOTES for part in self.own) else self.names[0]
        return ""

    def in_order(self) -> list[dict[str, Any]]:
        """The parts, those that are written in place first."""
        return self.parts if len(self.own) == len(self.parts) else [*self.own, *self.inherited]

    @property
    def inherited(self) -> list[dict[str, Any]]:
        """What components say."""
        return [part for part in self.parts if not any(part is one for one in self.own)]


def whole(schema: Schema, schemas: Schemas) -> Whole:
    """The parts of a schema, references followed; each component once."""
    found = Whole()
    if isinstance(schema, dict) and _COMPOSED.isdisjoint(schema):
        found.parts = found.own = [schema]
        found.nullable = "null" in types(schema)
    else:
        _add(found, schema, schemas, set(), inside=False)
        told = next(
            (part["discriminator"] for part in found.parts if isinstance(part.get("discriminator"), dict)), None
        )
        for choice in found.choices if told else ():
            choice.discriminator = choice.discriminator or told or {}
        if found.name and not found.choices:
            found.choices += kinds_of(found.name, schemas)
    return found


def kinds_of(name: str, schemas: Schemas) -> list[Choice]:
    """The choice among the kinds of a component that a discriminator tells apart without a union."""
    found = kinds(name, schemas)
    if not found:
        return []
    told = schemas[name]["discriminator"]  # type: ignore[index]
    return [Choice("kinds", [ref(kind) for kind in found], told, False, found)]


def _add(found: Whole, schema: Schema, schemas: Schemas, seen: set[str], *, inside: bool) -> None:
    """`inside`: whether a component says it."""
    waiting = [(schema, inside)]
    while waiting:  # as deep as a document likes
        part, within = waiting.pop()
        waiting += reversed(_add_one(found, part, schemas, seen, inside=within))


def _add_one(
    found: Whole, schema: Schema, schemas: Schemas, seen: set[str], *, inside: bool
) -> list[tuple[Schema, bool]]:
    """What a schema says itself; returned is what holds beside it, each with whether a component says it."""
    if not isinstance(schema, dict):
        found.never = found.never or schema is False
        return []
    rest = {key: value for key, value in schema.items() if key not in _COMPOSED}
    later: list[tuple[Schema, bool]] = []
    name = ref_name(schema)
    if name is not None and name not in seen and len(seen) < BUDGET.depth:
        seen.add(name)
        if name in schemas:
            later.append((schemas[name], True))
        if not inside:
            found.names.append(name)
    if isinstance(schema.get("allOf"), list):
        later += [(part, inside) for part in schema["allOf"]]
    for key in ("oneOf", "anyOf"):
        branches = schema.get(key)
        if not isinstance(branches, list):
            continue
        others = [branch for branch in branches if types(branch) != ("null",)]
        found.nullable = found.nullable or len(others) < len(branches)
        if len(others) == 1:
            later.append((others[0], inside))
        elif others:
            told = rest.get("discriminator")
            found.choices.append(Choice(key, others, told if isinstance(told, dict) else {}, not inside))
    if found.choices:
        rest.pop("discriminator", None)
    if rest:
        found.parts.append(rest)
        if not inside:
            found.own.append(rest)
    found.nullable = found.nullable or "null" in types(rest)
    return later


def object_of(parts: list[dict[str, Any]]) -> dict[str, Any] | None:
    """What parts that hold together say of an object's properties, as one schema; None where they name none."""
    found = [part for part in parts if not _OBJECT.isdisjoint(part)]
    if len(found) == 1:
        return found[0] if _has_fields(found[0]) else None
    out: dict[str, Any] = {}
    for part in found:
        for key in ("properties", "patternProperties"):
            for name, inner in part[key].items() if isinstance(part.get(key), dict) else ():
                known = out.setdefault(key, {})
                known[name] = inner if known.get(name, inner) == inner else {"allOf": [inner, known[name]]}
        if isinstance(part.get("required"), list):
            out["required"] = [*out.get("required", ()), *part["required"]]
        for key in ("additionalProperties", "unevaluatedProperties"):
            extra = part.get(key)
            if isinstance(extra, dict) and extra:
                out[key] = {"allOf": [out[key], extra]} if key in out and out[key] != extra else extra
    return out if _has_fields(out) else None


def _has_fields(schema: dict[str, Any]) -> bool:
    return any(isinstance(schema.get(key), dict) and schema[key] for key in ("properties", "patternProperties"))


def names_of(choice: Choice, branch: Schema) -> list[str]:
    """The values by which a discriminator (OpenAPI) tells a branch."""
    if choice.marks:
        return choice.marks.get(ref_name(branch) or "", [])
    return marks(choice.discriminator, branch)
