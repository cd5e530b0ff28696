"""Rules about what the specification says in words, and no official schema sees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from apispec.rules.index import Index, Node
from apispec.rules.registry import Flaw, flaw, rule, text
from apispec.rules.schemas import is_of_type, types_of

_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


@rule(group="correctness", level="error", on="operation", versions=("2.0",))
def several_bodies(operation: Node, index: Index) -> Iterator[Flaw]:
    """An operation has several body parameters, or a body beside form fields.

    A request has one body: there can be one body parameter at most, and none beside parameters in formData.

    Wrong:
        swagger: "2.0"
        /pets: {post: {parameters: [{name: a, in: body, schema: {}}, {name: b, in: body, schema: {}}]}}

    Right:
        swagger: "2.0"
        /pets: {post: {parameters: [{name: a, in: body, schema: {}}]}}
    """
    found = index.parameters(operation)
    bodies = [node for node, value in found if value.get("in") == "body"]
    forms = [node for node, value in found if value.get("in") == "formData"]
    for node in bodies[1:]:
        yield flaw("This is the second body parameter of the operation; one is allowed.", node=node)
    if bodies and forms:
        yield flaw("A body parameter and form fields exclude each other.", node=bodies[0])


@rule(group="correctness", level="error", on="operation", versions=("2.0",))
def file_without_form(operation: Node, index: Index) -> Iterator[Flaw]:
    """A parameter is a file, and the operation consumes no form.

    Files are sent in forms: `consumes` must be multipart/form-data or application/x-www-form-urlencoded, or both.

    Wrong:
        swagger: "2.0"
        /pets: {post: {parameters: [{name: photo, in: formData, type: file}]}}

    Right:
        swagger: "2.0"
        /pets: {post: {consumes: [multipart/form-data], parameters: [{name: photo, in: formData, type: file}]}}
    """
    consumes = operation.value.get("consumes", index.document.get("consumes"))
    listed = (
        {text(name).split(";")[0].strip().lower() for name in consumes if text(name)}
        if isinstance(consumes, list)
        else set()
    )
    for node, value in index.parameters(operation):
        if value.get("type") == "file" and not (listed and listed <= set(_FORMS)):
            yield flaw(
                "The operation consumes no form that a file can be sent in.",
                node=node,
                hint=f"Write `consumes: [{_FORMS[0]}]`.",
            )


@rule(group="correctness", level="error", on="parameter", versions=("2.0",))
def parameter_without_items(parameter: Node, index: Index) -> Iterator[Flaw]:
    """A parameter is an array and does not say of what.

    OpenAPI 2.0 requires `items` where `type` is `array`.

    Wrong:
        swagger: "2.0"
        /pets: {get: {parameters: [{name: ids, in: query, type: array}]}}

    Right:
        swagger: "2.0"
        /pets: {get: {parameters: [{name: ids, in: query, type: array, items: {type: string}}]}}
    """
    if parameter.value.get("type") == "array" and "items" not in parameter.value:
        yield flaw("The parameter is an array without `items`.", hint="Say what it holds.")


@rule(group="correctness", level="error", on="schema", key="type", versions=("3.0",))
def items_missing(schema: Node, index: Index) -> Iterator[Flaw]:
    """An array has no `items`.

    OpenAPI 3.0 requires `items` where `type` is `array`; generators stop there.

    Wrong:
        openapi: 3.0.3
        components: {schemas: {Names: {type: array}}}

    Right:
        openapi: 3.0.3
        components: {schemas: {Names: {type: array, items: {type: string}}}}
    """
    if schema.value["type"] == "array" and "items" not in schema.value:
        yield flaw("The array has no `items`.", hint="Say what it holds; `items: {}` for anything.")


@rule(group="correctness", level="error", on="document", versions=("2.0", "3.0"))
def scopes_without_oauth(document: Node, index: Index) -> Iterator[Flaw]:
    """Scopes are asked of a security scheme that has none.

    Before OpenAPI 3.1 only OAuth 2 and OpenID Connect have scopes; for all other schemes the list must be empty.

    Wrong:
        openapi: 3.0.3
        security: [{key: [read]}]
        components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}

    Right:
        openapi: 3.0.3
        security: [{key: []}]
        components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
    """
    schemes = {node.name: index.resolve(node.value) for node in index.by_kind["security-scheme"]}
    for node in index.by_kind["security-requirement"]:
        for name, scopes in node.value.items():
            scheme = schemes.get(name)
            if scopes and isinstance(scheme, dict) and scheme.get("type") in ("apiKey", "http", "basic"):
                yield flaw(f"The scheme {name!r} has no scopes.", name, node=node, hint="Leave the list empty.")


@rule(group="correctness", level="error", on="example", versions=("3.0", "3.1"))
def example_given_twice(example: Node, index: Index) -> Iterator[Flaw]:
    """An example has a value and an address of one.

    `value` and `externalValue` exclude each other.

    Wrong:
        components: {examples: {cat: {value: 1, externalValue: "https://example.com/cat.json"}}}

    Right:
        components: {examples: {cat: {value: 1}}}
    """
    if "value" in example.value and "externalValue" in example.value:
        yield flaw("`value` and `externalValue` exclude each other.", "externalValue")


_ADDRESS = re.compile(r"[^\s<>\"{}|\\^`]+")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+")


@rule(group="correctness", level="error", on="info")
def invalid_address(info: Node, index: Index) -> Iterator[Flaw]:
    """An address of the contact, the license or the terms is none.

    They must be URLs, and the contact's email an email address; readers click on them.

    Wrong:
        info: {title: Pets, version: "1", contact: {email: nobody}}

    Right:
        info: {title: Pets, version: "1", contact: {email: pets@example.com}}
    """
    for keys in (("termsOfService",), ("contact", "url"), ("license", "url"), ("contact", "email")):
        value: Any = info.value
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        pattern, what = (_EMAIL, "email address") if keys[-1] == "email" else (_ADDRESS, "URL")
        if isinstance(value, str) and not pattern.fullmatch(value):
            yield flaw(f"{value!r} is no {what}.", *keys)


@rule(group="correctness", level="error", on="schema", key="const", versions=("3.1", "3.2"))
def const_mismatch(schema: Node, index: Index) -> Iterator[Flaw]:
    """A constant is not of the schema's type.

    No value fits such a schema.

    Wrong:
        {type: integer, const: "10"}

    Right:
        {type: integer, const: 10}
    """
    types = types_of(schema.value)
    if types and not any(is_of_type(schema.value["const"], name) for name in types):
        yield flaw(f"The constant is not of type {' or '.join(sorted(types))}.", "const")


@rule(group="correctness", level="warning", on="schema", key="nullable", versions=("3.0",))
def nullable_enum_without_null(schema: Node, index: Index) -> Iterator[Flaw]:
    """A schema is nullable, and its enumeration has no null.

    Both must hold, so null is refused all the same (OpenAPI 3.0.3 says so).

    Wrong:
        openapi: 3.0.3
        components: {schemas: {Kind: {type: string, nullable: true, enum: [cat]}}}

    Right:
        openapi: 3.0.3
        components: {schemas: {Kind: {type: string, nullable: true, enum: [cat, null]}}}
    """
    values = schema.value.get("enum")
    if schema.value["nullable"] is True and isinstance(values, list) and values and None not in values:
        yield flaw("`nullable` has no effect: the enumeration does not list null.", "enum", hint="Add null to `enum`.")


@rule(group="correctness", level="error", on="document")
def endless_value(document: Node, index: Index) -> Iterator[Flaw]:
    """A schema requires itself.

    Every value would hold another one without end, so no value fits. Make the property optional or nullable, or put a
    list in between.

    Wrong:
        components:
          schemas:
            Pet: {type: object, required: [mother], properties: {mother: {$ref: "#/components/schemas/Pet"}}}

    Right:
        components:
          schemas:
            Pet: {type: object, properties: {mother: {$ref: "#/components/schemas/Pet"}}}
    """
    named = [node for node in index.by_kind["schema"] if node.slot in ("schemas", "definitions")]
    needs: dict[int, list[int]] = {}
    waiting = [node.value for node in named]
    while waiting:
        schema = waiting.pop()
        if id(schema) not in needs:
            found = _needed(schema, index)
            needs[id(schema)] = [id(inner) for inner in found]
            waiting += found
    _trim(needs)
    for node in named:
        if _leads_back(id(node.value), needs):
            yield flaw(f"Every {node.name} needs another {node.name} in it.", node=node)


def _needed(schema: Any, index: Index) -> list[Any]:
    """The referenced schemas of which each value of a schema holds one."""
    found, parts = [], [schema]
    while parts:
        part = parts.pop()
        if not isinstance(part, dict) or part.get("nullable") is True:
            continue
        if isinstance(part.get("$ref"), str):
            inner = index.lookup(part["$ref"])
            found += [inner] if isinstance(inner, dict) else []
            continue
        every, required, properties = part.get("allOf"), part.get("required"), part.get("properties")
        parts += every if isinstance(every, list) else []
        types = types_of(part)
        if types and set(types) != {"object"}:
            continue
        if isinstance(properties, dict) and isinstance(required, list):
            parts += [properties[name] for name in required if isinstance(name, str) and name in properties]
    return found


def _trim(needs: dict[int, list[int]]) -> None:
    """Leave those alone that can be part of a circle, so that long chains are no work afterwards."""
    for _ in ("what needs nothing", "what nothing needs"):
        needed_by: dict[int, list[int]] = {one: [] for one in needs}
        for one, inner in needs.items():
            for other in inner:
                if other in needed_by:
                    needed_by[other].append(one)
        left = {one: sum(other in needs for other in inner) for one, inner in needs.items()}
        ends = [one for one, count in left.items() if not count]
        while ends:
            end = ends.pop()
            for one in needed_by[end]:
                left[one] -= 1
                if not left[one]:
                    ends.append(one)
            del needs[end]
        turned = {one: [other for other in needed_by[one] if other in needs] for one in needs}
        needs.clear()
        needs.update(turned)  # looked at the other way round; twice turned it is as it was


def _leads_back(start: int, needs: Mapping[int, list[int]]) -> bool:
    seen: set[int] = set()
    waiting = list(needs.get(start, ()))
    while waiting:
        one = waiting.pop()
        if one == start:
            return True
        if one not in seen:
            seen.add(one)
            waiting += needs.get(one, ())
    return False


_FORMATS = {
    "date": re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"),
    "date-time": re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)"),
    "email": _EMAIL,
    "uri": re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*"),
    "uuid": re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"),
}


@rule(group="correctness", level="warning", on="schema", key="format")
def format_mismatch(schema: Node, index: Index) -> Iterator[Flaw]:
    """A default or an example is not of the schema's format.

    Judged are date, date-time, email, uri and uuid. Servers that check formats refuse such a value.

    Wrong:
        {type: string, format: date-time, example: yesterday}

    Right:
        {type: string, format: date-time, example: "2026-01-31T12:00:00Z"}
    """
    pattern = _FORMATS.get(text(schema.value["format"]))
    if pattern is None:
        return
    examples = schema.value.get("examples")
    given = [((key,), schema.value[key]) for key in ("default", "example") if key in schema.value]
    given += [(("examples", n), value) for n, value in enumerate(examples if isinstance(examples, list) else ())]  # type: ignore[misc]
    for at, value in given:
        if isinstance(value, str) and not pattern.fullmatch(value):
            yield flaw(f"{value!r} is no {schema.value['format']}.", *at)


@rule(group="correctness", level="warning", on="request-body")
def read_only_in_request_example(body: Node, index: Index) -> Iterator[Flaw]:
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
    content = body.value.get("content")
    for name, raw in (content if isinstance(content, dict) else {}).items():
        media = index.resolve(raw)
        if not isinstance(media, dict):
            continue
        schema = index.resolve(media.get("schema"))
        properties = schema.get("properties") if isinstance(schema, dict) else None
        examples = media.get("examples")
        given: list[tuple[tuple[str, ...], Any]] = [(("example",), media["example"])] if "example" in media else []
        for key, example in (examples if isinstance(examples, dict) else {}).items():
            value = index.resolve(example)
            if isinstance(value, dict) and "value" in value:
                given.append((("examples", key), value["value"]))
        for at, value in given:
            described: dict[str, Any] = properties if isinstance(properties, dict) else {}
            for key in value if isinstance(value, dict) else ():
                inner = index.resolve(described.get(key))
                if isinstance(inner, dict) and inner.get("readOnly") is True:
                    yield flaw(f"{key!r} is read-only and stands in the example of a request.", "content", name, *at)
