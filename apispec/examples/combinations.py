"""What several schemas say together: references with siblings, `allOf`, `anyOf`, `oneOf`, `if`."""

from __future__ import annotations

from typing import Any

from apispec.examples.keywords import dict_of, discriminated, kinds, says
from apispec.examples.making import BASE, Candidates, Making, NoExampleError, Stack
from apispec.examples.merging import merge
from apispec.model import Schema
from apispec.schemas import ref_name, types


def combined(making: Making, schema: dict[str, Any], name: str, stack: Stack, depth: int) -> Candidates:
    """Candidates from a reference with siblings, from the branches of oneOf and anyOf, and from allOf."""
    if "$ref" in schema:
        yield from _merged(making, schema, "$ref", [{"$ref": schema["$ref"]}], name, stack, depth)
        return
    for key in ("oneOf", "anyOf"):
        if isinstance(schema.get(key), list):
            yield from _branches(making, schema, key, name, stack, depth)
            return
    if isinstance(schema.get("allOf"), list):
        yield from _merged(making, schema, "allOf", schema["allOf"], name, stack, depth)


def _merged(
    making: Making, schema: dict[str, Any], key: str, parts: list[Schema], name: str, stack: Stack, depth: int
) -> Candidates:
    """What fits a schema and all `parts`, the value of its `key`."""
    rest = {k: v for k, v in schema.items() if k != key}
    if len(parts) == 1 and not says(rest):
        yield making.make(parts[0], name, stack, depth + 1), True
        return
    targets = [target for part in parts if (target := ref_name(part)) is not None]
    if any(target in stack or BASE + target in stack for target in targets):
        making.cuts += 1
        raise NoExampleError(f"{targets[0]} needs itself")
    making.reach.components.update(targets)
    whole: Schema = rest
    for part in parts:
        whole = merge(whole, part, making.schemas)
        making.count(_size(whole) // 100)
    whole = _parents_first(whole, rest)
    guessed = making.guessed
    made = making.make(whole, name, (*stack, *(BASE + target for target in dict.fromkeys(targets))), depth + 1)
    right = making.guessed == guessed and all(map(making.known.is_plain_object, (rest, *parts)))
    yield made, right


def _branches(making: Making, schema: dict[str, Any], key: str, name: str, stack: Stack, depth: int) -> Candidates:
    """Examples of the branches of `anyOf` or `oneOf`, null last."""
    rest = {k: v for k, v in schema.items() if k != key}
    alone = not says(rest)
    others = [b for b in schema[key] if types(b) != ("null",)]
    problem: NoExampleError | None = None
    for branch in sorted(schema[key], key=lambda b: types(b) == ("null",)):
        making.count(_size(rest) // 100)
        try:
            value = making.make(branch if alone else merge(rest, branch, making.schemas), name, stack, depth + 1)
        except NoExampleError as error:
            problem = error
            continue
        for named in discriminated(schema, branch, value):
            yield named, False
        yield value, alone and (key == "anyOf" or (len(others) == 1 and value is not None))
    if problem is not None and not kinds(schema):
        raise problem


def _size(schema: Schema) -> int:
    """About how much is copied when another schema is merged into one."""
    return sum(len(v) for v in schema.values() if isinstance(v, (dict, list))) if isinstance(schema, dict) else 0


def conditional(making: Making, schema: dict[str, Any], name: str, stack: Stack, depth: int) -> Candidates:
    """One candidate for either outcome of `if`."""
    rest = {k: v for k, v in schema.items() if k not in ("if", "then", "else")}
    for parts in (("if", "then"), ("else",)):
        whole: Schema = rest
        for part in parts:
            whole = merge(whole, schema.get(part, True), making.schemas)
        yield making.make(whole, name, stack, depth + 1), False


def _parents_first(whole: Schema, own: dict[str, Any]) -> Schema:
    """A merged schema whose properties are in the order of reading: those of what it is made of before its own."""
    known, last = (dict_of(one, "properties") if isinstance(one, dict) else {} for one in (whole, own))
    if not isinstance(whole, dict) or not known or not last:
        return whole
    rest = {key: inner for key, inner in known.items() if key not in last}
    return {**whole, "properties": {**rest, **{key: known[key] for key in last if key in known}}}
