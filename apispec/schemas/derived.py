"""Kinds of a component that a discriminator (OpenAPI) tells apart without a union: those that `allOf` makes of it.

`Pet {discriminator: {propertyName: petType}}` with `Cat {allOf: [Pet, …]}` means that a Pet may be a Cat.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apispec.recent import recent
from apispec.schemas.questions import Schemas, alternatives, ref, ref_name, resolve

if TYPE_CHECKING:
    from apispec.model import Schema

MANY_KINDS = 24
"""Of more kinds than this only their names are told."""


class _About:
    """What is known about one set of components."""

    def __init__(self, schemas: Schemas) -> None:
        self.schemas = schemas
        self.kinds: dict[str, dict[str, list[str]]] = {}
        self.made_of: dict[str, list[str]] = {}
        """The components that are made of each component by `allOf`."""
        for name, schema in schemas.items():
            for base in _bases(schema):
                self.made_of.setdefault(base, []).append(name)


def kinds(name: str, schemas: Schemas) -> dict[str, list[str]]:
    """The kinds of a component, each with the values of the discriminator's property that mean it.

    Args:
        name: The component.
        schemas: All of them.

    Returns:
        In the mapping's order, then the document's; the component itself where the mapping has it. Empty where it has
        no discriminator, where a union says its kinds, and where none is made of it.
    """
    schema = schemas.get(name)
    told = schema.get("discriminator") if isinstance(schema, dict) else None
    if not isinstance(told, dict) or not isinstance(told.get("propertyName"), str):
        return {}
    if isinstance(schema, dict) and (schema.get("oneOf") or schema.get("anyOf")):
        return {}
    about = _about(schemas)
    if name not in about.kinds:
        about.kinds[name] = _found(name, told, about)
    return about.kinds[name]


def marks(discriminator: object, branch: Schema) -> list[str]:
    """The values by which a discriminator tells a branch that is a reference; empty for any other."""
    target = ref_name(branch)
    if not isinstance(discriminator, dict) or target is None or not isinstance(branch, dict):
        return []
    mapping = discriminator.get("mapping")
    pairs = mapping.items() if isinstance(mapping, dict) else ()
    return [str(value) for value, to in pairs if to in (branch["$ref"], target)] or [target]


def mark_of(name: str, schemas: Schemas) -> tuple[str, list[str]] | None:
    """The property, and its values, by which a component is told from the other kinds of what it is made of."""
    todo, seen = _bases(schemas.get(name, True)), {name}
    while todo:
        base = todo.pop(0)
        if base in seen or base not in schemas:
            continue
        seen.add(base)
        found = kinds(base, schemas).get(name)
        if found:
            return schemas[base]["discriminator"]["propertyName"], found  # type: ignore[index]
        todo += _bases(schemas[base])
    return None


def _found(name: str, told: dict[str, Any], about: _About) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    mapping = told.get("mapping")
    for value, target in mapping.items() if isinstance(mapping, dict) else ():
        kind = (ref_name({"$ref": target}) or target) if isinstance(target, str) else ""
        if kind in about.schemas:
            found.setdefault(kind, []).append(str(value))
    todo, seen = [name], {name}
    while todo:
        for kind in about.made_of.get(todo.pop(0), ()):
            if kind not in seen:
                seen.add(kind)
                todo.append(kind)
                found.setdefault(kind, _own_marks(kind, name, told["propertyName"], about.schemas))
    return {} if set(found) <= {name} else found


def _own_marks(kind: str, base: str, key: str, schemas: Schemas) -> list[str]:
    """The value for a kind that no mapping names: `x-ms-discriminator-value`, else its name; none that is refused."""
    schema = schemas[kind]
    value = schema.get("x-ms-discriminator-value") if isinstance(schema, dict) else None
    mark = value if isinstance(value, str) else kind
    for one in alternatives(ref(base), schemas):
        properties = one.get("properties")
        inner = resolve(properties[key], schemas) if isinstance(properties, dict) and key in properties else True
        if isinstance(inner, dict) and isinstance(inner.get("enum"), list) and mark not in inner["enum"]:
            return []
    return [mark]


@recent
def _about(schemas: Schemas) -> _About:
    """What is known of components; those that are asked about must not change."""
    return _About(schemas)


def _bases(schema: Schema) -> list[str]:
    parts = schema.get("allOf") if isinstance(schema, dict) else None
    if not isinstance(parts, list):
        return []
    return list(dict.fromkeys(base for part in parts if (base := ref_name(part)) is not None))
