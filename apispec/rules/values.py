"""Rules about values that should fit a schema: defaults, constants, examples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from weakref import WeakKeyDictionary

from apispec.documents import MISSING
from apispec.rules.fitting import Fitting, Flaws
from apispec.rules.index import Index, Node
from apispec.rules.registry import Flaw, flaw, rule

_FITTINGS: WeakKeyDictionary[Index, Fitting] = WeakKeyDictionary()


def _flaws(index: Index, schema: Node, value: Any) -> Flaws:
    if index not in _FITTINGS:
        _FITTINGS[index] = Fitting(index)
    return _FITTINGS[index].flaws(schema, value)


def _unfit(index: Index, schema: Node, value: Any) -> list[tuple[str, list[str | int]]]:
    return _flaws(index, schema, value).shape


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
    for node, schema, at, value in _given(index):
        for sentence, inside in _unfit(index, schema, value):
            yield flaw(f"The example does not fit: {sentence}.", *at, *(inside if "$ref" not in at else ()), node=node)


def _given(index: Index) -> Iterator[tuple[Node, Node, tuple[str | int, ...], Any]]:
    """Examples beside schemas: the object that has one, the schema, where in the object, and the value."""
    schemas = {id(node.parent): node for node in index.by_kind["schema"] if node.slot == "schema"}
    for kind in ("media-type", "parameter", "header", "response"):
        for node in index.by_kind[kind]:
            schema = schemas.get(id(node))
            if schema is None or (kind == "media-type" and not _is_json_media(node, index)):
                continue
            if kind != "response":
                for at, value in _examples(node, index):
                    yield node, schema, at, value
                continue
            examples = node.value.get("examples")  # of 2.0, by media type
            for name, value in (examples if isinstance(examples, dict) else {}).items():
                if _is_json(str(name)):
                    yield node, schema, ("examples", name), value


@rule(group="correctness", level="warning", on="document")
def format_mismatch(document: Node, index: Index) -> Iterator[Flaw]:
    """A default or an example holds a text that is not of its schema's format.

    Judged are date, date-time, time, email, uri, uuid, ipv4 and ipv6. Servers that check formats refuse such a value.

    Wrong:
        {type: string, format: date-time, example: yesterday}

    Right:
        {type: string, format: date-time, example: "2026-01-31T12:00:00Z"}
    """
    given: list[tuple[Node, Node, tuple[str | int, ...], Any]] = []
    for key in ("default", "example", "examples"):
        for schema in index.schemas_with[key]:
            if "$ref" in schema.value and index.version in ("2.0", "3.0"):
                continue
            value = schema.value[key]
            several = key == "examples"
            if not several:
                given.append((schema, schema, (key,), value))
            elif isinstance(value, list):
                given += [(schema, schema, (key, position), one) for position, one in enumerate(value)]
    for node, schema, at, value in (*given, *_given(index)):
        for sentence, inside in _flaws(index, schema, value).format:
            yield flaw(f"{sentence[:1].upper()}{sentence[1:]}.", *at, *(inside if "$ref" not in at else ()), node=node)


def _is_json_media(node: Node, index: Index) -> bool:
    """Whether a Media Type Object is one of JSON: by its key, or by those that refer to it where it is a component."""
    if node.slot != "mediaTypes":
        return _is_json(str(node.key))
    return any(_is_json(str(other.key)) for other in index.referred[node.pointer])


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


@rule(group="correctness", level="warning", on="document")
def read_only_in_request_example(document: Node, index: Index) -> Iterator[Flaw]:
    """An example of a request holds a property that is read-only.

    Callers copy it, and servers refuse or ignore what they must not be sent.

    Wrong:
        post:
          requestBody:
            content:
              application/json:
                schema: {type: object, properties: {id: {type: integer, readOnly: true}}}
                example: {id: 1}

    Right:
        post:
          requestBody:
            content:
              application/json:
                schema: {type: object, properties: {id: {type: integer, readOnly: true}}}
                example: {}
    """
    yield from _of_other_way("request-body", index, "readOnly", "is read-only and stands in the example of a request")


@rule(group="correctness", level="warning", on="document")
def write_only_in_response_example(document: Node, index: Index) -> Iterator[Flaw]:
    """An example of a response holds a property that is write-only.

    Readers expect what they will never get; often it is a password.

    Wrong:
        get:
          responses:
            "200":
              description: OK
              content:
                application/json:
                  schema: {type: object, properties: {password: {type: string, writeOnly: true}}}
                  example: {password: secret}

    Right:
        get:
          responses:
            "200":
              description: OK
              content:
                application/json:
                  schema: {type: object, properties: {password: {type: string, writeOnly: true}}}
                  example: {}
    """
    yield from _of_other_way("response", index, "writeOnly", "is write-only and stands in the example of a response")


def _of_other_way(holder: str, index: Index, mark: str, said: str) -> Iterator[Flaw]:
    for node in index.by_kind["media-type"] if index.schemas_with[mark] else ():
        if node.parent is None or node.parent.kind != holder or not {"example", "examples"} & node.value.keys():
            continue
        for at, value in _examples(node, index):
            for place in _marked(mark, node.value.get("schema"), value, index, frozenset()):
                yield flaw(f"{place[-1]!r} {said}.", *at, *(place if "$ref" not in at else ()), node=node)


def _marked(
    mark: str, schema: Any, value: Any, index: Index, inside: frozenset[tuple[int, int]]
) -> Iterator[tuple[str | int, ...]]:
    """The places in a value of properties that have a mark, as far as no choice is involved."""
    schema = index.resolve(schema)
    if not isinstance(schema, dict) or (id(schema), id(value)) in inside or len(inside) > 100:
        return
    inside |= {(id(schema), id(value))}
    for key in ("allOf", "oneOf", "anyOf"):
        parts = schema.get(key)
        if isinstance(parts, list) and (key == "allOf" or len(parts) == 1):
            for part in parts:
                yield from _marked(mark, part, value, index, inside)
    for position, item in enumerate(value if isinstance(value, list) else ()):
        for place in _marked(mark, schema.get("items"), item, index, inside):
            yield (position, *place)
    described = schema.get("properties")
    properties: dict[str, Any] = described if isinstance(described, dict) else {}
    for name in value if isinstance(value, dict) else ():
        said = properties.get(name)
        if any(isinstance(one, dict) and one.get(mark) is True for one in (said, index.resolve(said))):
            yield (name,)
            continue
        for place in _marked(mark, said, value[name], index, inside):
            yield (name, *place)
