"""Rules about values that should fit a schema: defaults, constants, examples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from weakref import WeakKeyDictionary

from apispec.documents import MISSING
from apispec.rules.fitting import Fitting
from apispec.rules.index import Index, Node
from apispec.rules.registry import Flaw, flaw, rule

_FITTINGS: WeakKeyDictionary[Index, Fitting] = WeakKeyDictionary()


def _unfit(index: Index, schema: Node, value: Any) -> list[tuple[str, list[str | int]]]:
    if index not in _FITTINGS:
        _FITTINGS[index] = Fitting(index)
    return _FITTINGS[index].problems(schema, value)


@rule(group="correctness", level="error", on="schema", key="default")
def default_mismatch(schema: Node, index: Index) -> Iterator[Flaw]:
    """A default does not fit its schema.

    A server that fills it in breaks its own contract; generated code does not compile.

    Wrong:
        {type: integer, default: "10"}

    Right:
        {type: integer, default: 10}
    """
    if schema.value["default"] is None and "null" not in str(schema.value.get("type")) and _is_absent(schema.value):
        return
    for found in _unfit(index, schema, schema.value["default"]):
        yield flaw(f"The default does not fit: {found[0]}.", "default", *found[1])


def _is_absent(schema: dict[str, Any]) -> bool:
    """`default: null` beside `nullable: true` says that there is none."""
    return schema.get("nullable") is True or schema.get("x-nullable") is True


@rule(group="correctness", level="warning", on="schema", key=("example", "examples"))
def example_mismatch(schema: Node, index: Index) -> Iterator[Flaw]:
    """A schema's example does not fit the schema.

    Readers copy examples, mock servers send them, tests use them: a wrong one is worse than none.

    Wrong:
        {type: integer, example: "10"}

    Right:
        {type: integer, example: 10}
    """
    for found in _unfit(index, schema, schema.value["example"]) if "example" in schema.value else ():
        yield flaw(f"The example does not fit: {found[0]}.", "example", *found[1])
    examples = schema.value.get("examples")
    for position, example in enumerate(examples if isinstance(examples, list) else ()):
        for found in _unfit(index, schema, example):
            yield flaw(f"The example does not fit: {found[0]}.", "examples", position, *found[1])


@rule(group="correctness", level="warning", on="document")
def media_example_mismatch(document: Node, index: Index) -> Iterator[Flaw]:
    """An example of a body, a parameter or a header does not fit its schema.

    Readers copy examples, mock servers send them, tests use them: a wrong one is worse than none.

    Wrong:
        get:
          parameters: [{name: page, in: query, schema: {type: integer}, example: first}]

    Right:
        get:
          parameters: [{name: page, in: query, schema: {type: integer}, example: 1}]
    """
    schemas = {id(node.parent): node for node in index.by_kind["schema"] if node.slot == "schema"}
    for kind in ("media-type", "parameter", "header"):
        for node in index.by_kind[kind]:
            schema = schemas.get(id(node))
            if schema is None or (kind == "media-type" and not _is_json(str(node.key))):
                continue
            for at, value in _examples(node, index):
                for found in _unfit(index, schema, value):
                    inside = found[1] if "$ref" not in at else []
                    yield flaw(f"The example does not fit: {found[0]}.", *at, *inside, node=node)


def _is_json(media_type: str) -> bool:
    name = media_type.split(";")[0].strip().lower()
    return name.endswith(("/json", "+json")) or name == "*/*"


def _examples(node: Node, index: Index) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if "example" in node.value:
        yield ("example",), node.value["example"]
    examples = node.value.get("examples")
    for name, example in (examples if isinstance(examples, dict) else {}).items():
        resolved = index.resolve(example)
        if resolved is not MISSING and isinstance(resolved, dict):
            for key in ("value", "dataValue"):
                if key in resolved:
                    yield ("examples", name, "$ref" if "$ref" in example else key), resolved[key]
