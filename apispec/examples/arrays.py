"""Arrays: what is needed, and one item where none is."""

from __future__ import annotations

from typing import Any

from apispec.examples.keywords import list_of, says, singular
from apispec.examples.making import MAX_NODES, Candidates, Making, NoExampleError, Stack
from apispec.examples.merging import merge
from apispec.examples.scalars import count, is_number, variations
from apispec.model import Json
from apispec.schemas import ref_name, types, variants

_SIMPLE = frozenset(("type", "items", "prefixItems", "minItems", "maxItems"))


def arrays(making: Making, schema: dict[str, Any], name: str, stack: Stack, depth: int) -> Candidates:
    """Arrays with what is needed, and one item where none is."""
    least, most = count(schema, "minItems", 0), count(schema, "maxItems", MAX_NODES)
    prefix = list_of(schema, "prefixItems")[:most]
    values: list[Json] = []
    for first in prefix:
        try:
            values.append(making.make(first, "", stack, depth + 1))
        except NoExampleError:
            if len(values) < least:
                raise
            yield values, False  # it ends where nothing fits
            return
    items = schema.get("items", True)
    inner_name = singular(name)
    contains = schema.get("contains")
    if contains is not None:
        for i, part in enumerate(prefix):
            for one in making.tries(merge(part, contains, making.schemas), "", stack, depth):
                yield [*values[:i], one, *values[i + 1 :]], False
        wanted = max(count(schema, "minContains", 1), 1)
        nodes = making.nodes
        for one in making.tries(merge(items, contains, making.schemas), inner_name, stack, depth):
            making.count((wanted - 1) * max(1, making.nodes - nodes))  # each is written out
            values += variations(one, wanted) if schema.get("uniqueItems") else [one] * wanted
    wanted = min(max(least, 1), most) - len(values)
    simple = says(schema) <= _SIMPLE
    if wanted > 0 and (least or (items is not True and items is not False)):
        try:
            nodes = making.nodes
            inner = making.make(items, inner_name, stack, depth + 1)
            making.count((wanted - 1) * max(1, making.nodes - nodes))  # each is written out
            if schema.get("uniqueItems"):
                yield values + variations(inner, wanted), False
                if isinstance(items, dict):
                    yield values + _distinct(making, items, wanted, stack, depth), False
            else:
                yield values + [inner] * wanted, simple
        except NoExampleError:
            if least > len(values):
                raise
    yield values, simple and len(values) >= least
    if values and not least:
        yield [], False
    if "not" in schema or "if" in schema:
        for one in making.tries(items, inner_name, stack, depth):
            others = variations(one, 4)
            yield from (([*values[: len(prefix)], *others[:wanted]], False) for wanted in (2, 3, 4))
            yield from (([*values[: len(prefix)], other], False) for other in others)


def _distinct(making: Making, items: dict[str, Any], wanted: int, stack: Stack, depth: int) -> list[Json]:
    """Different values of one schema: of its enum, its variants, or its few values."""
    target = ref_name(items)
    schema = making.schemas.get(target, items) if target is not None else items
    choices: list[Json] = list_of(schema, "enum")
    for branch in variants(schema):
        choices += list_of(branch, "enum")
        choices.append(making.make(branch, "", stack, depth + 1))
    if "boolean" in types(schema):
        choices += [True, False]
    unique = [v for i, v in enumerate(choices) if not any(_same(v, other) for other in choices[:i])]
    return unique[:wanted]


def _same(a: Json, b: Json) -> bool:
    """Equality of JSON values: true is not 1, 1.0 is."""
    return bool(a == b and (is_number(a) == is_number(b)))
