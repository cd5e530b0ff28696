"""Rules about what the specification says in words, and no official schema sees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from apispec.rules.formats import is_address, is_email
from apispec.rules.index import Index, Node
from apispec.rules.kinds import is_of_type, types_of
from apispec.rules.registry import Flaw, flaw, rule, text

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


@rule(group="correctness", level="error", on="example", versions=("3.0",))
def example_given_twice(example: Node, index: Index) -> Iterator[Flaw]:
    """An example has a value and an address of one.

    `value` and `externalValue` exclude each other.

    Wrong:
        openapi: 3.0.3
        components: {examples: {cat: {value: 1, externalValue: "https://example.com/cat.json"}}}

    Right:
        components: {examples: {cat: {value: 1}}}
    """
    if "value" in example.value and "externalValue" in example.value:
        yield flaw("`value` and `externalValue` exclude each other.", "externalValue")


@rule(group="correctness", level="error", on="document")
def invalid_address(document: Node, index: Index) -> Iterator[Flaw]:
    """An address is none: of a server, the contact, the license, the terms, of more documentation, of logging in.

    They must be URLs, and the contact's email an email address; readers and programs follow them.

    Wrong:
        info: {title: Pets, version: "1", contact: {email: nobody}}

    Right:
        info: {title: Pets, version: "1", contact: {email: pets@example.com}}
    """
    for node, place, value in _addresses(index):
        is_mail = place[-1] == "email"
        if isinstance(value, str) and value and not (is_email if is_mail else is_address)(value):
            yield flaw(f"{value!r} is no {'email address' if is_mail else 'URL'}.", *place, node=node)


def _addresses(index: Index) -> Iterator[tuple[Node, tuple[str | int, ...], Any]]:
    """What must be an address, wherever it stands: the object, where in it, and the text."""
    for node in index.by_kind["info"]:
        for keys in (("termsOfService",), ("contact", "url"), ("license", "url"), ("contact", "email")):
            yield node, keys, _inner(node.value, keys)
    for kind in ("document", "tag", "operation"):
        for node in index.by_kind[kind]:
            yield node, ("externalDocs", "url"), _inner(node.value, ("externalDocs", "url"))
    for node in index.schemas_with["externalDocs"]:
        yield node, ("externalDocs", "url"), _inner(node.value, ("externalDocs", "url"))
    for node in index.by_kind["server"]:
        url = node.value.get("url")
        yield node, ("url",), _VARIABLE.sub("x", url) if isinstance(url, str) else None
    for node in index.by_kind["security-scheme"]:
        flows = node.value.get("flows")
        places: list[tuple[str, ...]] = [("openIdConnectUrl",), *((key,) for key in _OAUTH)]
        places += [("flows", name, key) for name in (flows if isinstance(flows, dict) else ()) for key in _OAUTH]
        for where in places:
            yield node, where, _inner(node.value, where)


_VARIABLE = re.compile(r"\{[^{}]*\}")
_OAUTH = ("authorizationUrl", "tokenUrl", "refreshUrl", "deviceAuthorizationUrl")


def _inner(value: Any, keys: tuple[str, ...]) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


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


@rule(group="correctness", level="warning", on="schema", key="enum", versions=("3.0", "3.1", "3.2"))
def nullable_enum_without_null(schema: Node, index: Index) -> Iterator[Flaw]:
    """A schema is nullable, and its enumeration has no null.

    Both must hold, so null is refused all the same (OpenAPI 3.0.3 says so; from 3.1 on it is the type null).

    Wrong:
        openapi: 3.0.3
        components: {schemas: {Kind: {type: string, nullable: true, enum: [cat]}}}

    Right:
        openapi: 3.0.3
        components: {schemas: {Kind: {type: string, nullable: true, enum: [cat, null]}}}
    """
    values = schema.value["enum"]
    if not isinstance(values, list) or not values or None in values:
        return
    types = types_of(schema.value)
    says = "`nullable`" if index.version == "3.0" else "The type null"
    if schema.value.get("nullable") is True if index.version == "3.0" else len(types) > 1 and "null" in types:
        yield flaw(f"{says} has no effect: the enumeration does not list null.", "enum", hint="Add null to `enum`.")


@rule(group="correctness", level="error", on="document")
def endless_value(document: Node, index: Index) -> Iterator[Flaw]:
    """A schema requires itself.

    Every value would hold another one without end, so no value fits. Make the property optional or nullable, or put a
    list in between that may be empty.

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
        for key in ("oneOf", "anyOf"):
            options = part.get(key)
            parts += options if isinstance(options, list) and len(options) == 1 else []
        types = types_of(part)
        least = part.get("minItems")
        if types == ["array"] and isinstance(least, int) and least > 0:
            first = part.get("prefixItems")
            parts += first[:least] if isinstance(first, list) else [part.get("items")]
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
