"""Lists of alternatives that mean the same in their shortest form, joined with others, and by type."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from apispec.changes.keywords import ANYTHING, At, Shape, common, everything, tighter, type_of, whole

FAMILIES = tuple(map(frozenset, (["string"], ["integer", "number"], ["boolean"], ["array"], ["object"])))
"""Types whose values have keywords in common."""

_MOST = 64
"""Alternatives that choices joined with choices may come to; beyond, they are only compared for equality."""

_LONGEST = 1_000
"""Alternatives of one schema that are kept."""

_ASPECTS = {
    "string": ("length", "patterns", "formats"),
    "integer": ("range", "multiples", "formats"),
    "number": ("range", "multiples", "formats"),
    "boolean": (),
    "array": ("item_count", "unique", "items", "prefix"),
    "object": ("property_count", "properties", "required", "additional", "patterned", "names", "tags"),
}
"""The fields of a shape that say something about values of a type."""

_NOTHING = Shape()


def may_be_joined(ones: Sequence[Shape], twos: Sequence[Shape]) -> bool:
    """Whether each of some alternatives can be joined with each of others without growing out of hand."""
    return min(len(ones), len(twos)) <= 1 or len(ones) * len(twos) <= _MOST


def distinct(shapes: Iterable[Shape]) -> list[Shape]:
    """Alternatives without repetitions, cut where choices of choices come to more than any API has."""
    found: dict[tuple[str, int], list[Shape]] = {}
    listed: list[Shape] = []
    for shape in shapes:
        known = found.setdefault((shape.origin.pointer, id(shape.origin.value)), [])
        if shape not in known:
            known.append(shape)
            listed.append(shape)
    return listed[:_LONGEST]


def both(one: Shape, two: Shape, merged: Callable[[At, At], At]) -> Shape:
    """What fits two shapes.

    Args:
        one: The outer one, which a choice or an `allOf` is part of.
        two: The other; where the schema has alternatives, one of them.
        merged: Makes one schema of two.
    """
    types, enum = one.types & two.types, common(one.enum, two.enum)
    return Shape(
        types=types if enum != () else frozenset(),
        enum=enum,
        extensible=one.extensible or two.extensible,
        range=tighter(one.range, two.range),
        length=tighter(one.length, two.length),
        item_count=tighter(one.item_count, two.item_count),
        property_count=tighter(one.property_count, two.property_count),
        multiples=one.multiples | two.multiples,
        patterns=one.patterns | two.patterns,
        formats=one.formats | two.formats,
        unique=one.unique or two.unique,
        items=merged(one.items, two.items),
        prefix=one.prefix or two.prefix,
        properties=_joined(one.properties, two.properties, merged),
        required=one.required | two.required,
        additional=merged(one.additional, two.additional),
        patterned=_joined(one.patterned, two.patterned, merged),
        names=merged(one.names, two.names),
        tags=one.tags | two.tags,
        others=one.others | two.others,
        origin=two.origin if says_nothing(one) else one.origin,
    )


def _joined(one: dict[str, At], two: dict[str, At], merged: Callable[[At, At], At]) -> dict[str, At]:
    return {**one, **{name: merged(one[name], at) if name in one else at for name, at in two.items()}}


def says_nothing(shape: Shape) -> bool:
    """Whether every value of the shape's types fits."""
    return replace(_bare(shape), types=everything) == _NOTHING


def _bare(shape: Shape) -> Shape:
    """A shape without where it stands, and without places of schemas that allow anything."""
    schemas = {"items": shape.items, "additional": shape.additional, "names": shape.names}
    open_ones = {key: ANYTHING for key, at in schemas.items() if at.value is True}
    return replace(shape, origin=ANYTHING, **open_ones)  # type: ignore[arg-type]


def parts_of(shapes: Iterable[Shape], family: frozenset[str]) -> tuple[Shape, ...]:
    """What alternatives say about values of some types, in the shortest form."""
    return _shortest([_part(shape, family) for shape in shapes if shape.types & family])


def _part(shape: Shape, family: frozenset[str]) -> Shape:
    types = shape.types & family
    said = {field: getattr(shape, field) for field in {field for name in types for field in _ASPECTS[name]}}
    enum = shape.enum if shape.enum is None else tuple(text for text in shape.enum if type_of(text) in family)
    part = Shape(types, enum, extensible=shape.extensible, others=shape.others, origin=shape.origin, **said)
    if types == {"integer"}:
        part = replace(part, range=whole(part.range), multiples=part.multiples - {1})
    return part


def _shortest(parts: list[Shape]) -> tuple[Shape, ...]:
    """Mere types become one alternative, and so do mere lists of values; what another one contains falls away."""
    if len(parts) == 1:
        return tuple(parts)
    found = _joined_types([part for part in parts if says_nothing(part)])
    free = frozenset[str]().union(*(part.types for part in found))
    rest = [part for part in parts if not part.types <= free]
    found += _joined_values([part for part in rest if _is_mere_list(part)])
    alike: dict[object, list[tuple[Shape, Shape]]] = {}  # by what can be told fast: each bare, and as it is
    for one in found:
        bare = _without_types(one)
        alike.setdefault(_fast(bare), []).append((bare, one))
    for part in rest:
        if _is_mere_list(part):
            continue
        bare = _without_types(part)
        near = alike.setdefault(_fast(bare), [])
        same = [one for other, one in near if other == bare]
        if not any(part.types <= one.types for one in same):
            gone = {id(one) for one in same if one.types <= part.types}
            if gone:
                found = [one for one in found if id(one) not in gone]
            found.append(part)
            near[:] = [pair for pair in near if id(pair[1]) not in gone] + [(bare, part)]
    return tuple(found)


def _without_types(shape: Shape) -> Shape:
    return replace(_bare(shape), types=everything)


def _fast(shape: Shape) -> object:
    """What shapes that are equal have in common, and most others have not."""
    places = tuple(at.pointer for at in (shape.items, shape.additional, shape.names, *shape.properties.values()))
    return shape.enum, shape.range, shape.length, shape.required, shape.others, shape.tags, places


def _joined_types(parts: list[Shape]) -> list[Shape]:
    types = frozenset[str]().union(*(part.types for part in parts))
    return [replace(parts[0], types=types)] if parts else []


def _joined_values(parts: list[Shape]) -> list[Shape]:
    values = tuple(dict.fromkeys(text for part in parts for text in part.enum or ()))
    extensible = any(part.extensible for part in parts)
    return [replace(part, enum=values, extensible=extensible) for part in _joined_types(parts)]


def _is_mere_list(part: Shape) -> bool:
    return part.enum is not None and says_nothing(replace(part, enum=None, extensible=False))
