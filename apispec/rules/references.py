"""Rules about references and components."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any
from urllib.parse import unquote

from apispec.documents import COMPONENTS, GRAMMAR, MISSING, find, split
from apispec.rules.index import Index, Node
from apispec.rules.registry import Flaw, flaw, rule, text

_ARTICLE = {"example": "an example"}


@rule(group="correctness", level="error", on="document")
def dangling_reference(document: Node, index: Index) -> Iterator[Flaw]:
    """A `$ref` leads nowhere.

    Whatever it stands for is unknown to every tool; most of them stop here.

    Wrong:
        components: {schemas: {Pet: {properties: {owner: {$ref: "#/components/schemas/Owners"}}}}}

    Right:
        components: {schemas: {Pet: {properties: {owner: {$ref: "#/components/schemas/Owner"}}}, Owner: {type: object}}}
    """
    for node in index.references:
        reference = node.value["$ref"]
        if not reference.startswith("#") and index.lookup(reference) is MISSING:
            continue  # other files: the reader reports them
        if index.target(node) is MISSING:
            yield flaw(f"{reference} does not exist.", "$ref", hint=_close(reference, document.value), node=node)


def _close(reference: str, document: dict[str, Any]) -> str:
    *parents, last = split(unquote(reference))[:8] or [""]
    holder = find(document, "".join("/" + token.replace("~", "~0").replace("/", "~1") for token in parents))
    close = get_close_matches(last, list(holder), n=1) if isinstance(holder, dict) else []
    return f"Did you mean {close[0]}?" if close else ""


@rule(group="correctness", level="error", on="document")
def reference_to_wrong_kind(document: Node, index: Index) -> Iterator[Flaw]:
    """A `$ref` leads to an object of another kind.

    A parameter that refers to a schema is no parameter; tools fail, or read nonsense.

    Wrong:
        get:
          parameters: [{$ref: "#/components/schemas/Page"}]
        components: {schemas: {Page: {type: integer}}}

    Right:
        get:
          parameters: [{$ref: "#/components/parameters/Page"}]
        components: {parameters: {Page: {name: page, in: query, schema: {type: integer}}}}
    """
    for node in index.references:
        tokens = split(node.value["$ref"])
        if len(tokens) == 3 and tokens[0] == "components" and node.kind != COMPONENTS.get(tokens[1], node.kind):
            found = COMPONENTS[tokens[1]].replace("-", " ")
            wanted = node.kind.replace("-", " ")
            yield flaw(
                f"A {wanted} is expected here, {node.value['$ref']} is {_ARTICLE.get(found, 'a ' + found)}.",
                "$ref",
                node=node,
            )


@rule(group="correctness", level="error", on="document")
def circular_reference(document: Node, index: Index) -> Iterator[Flaw]:
    """A `$ref` leads back to itself without anything in between.

    Such a chain never reaches an object. (A schema that contains itself as a property is fine.)

    Wrong:
        components: {schemas: {A: {$ref: "#/components/schemas/B"}, B: {$ref: "#/components/schemas/A"}}}

    Right:
        components: {schemas: {A: {$ref: "#/components/schemas/B"}, B: {type: object}}}
    """
    ends: set[int] = set()  # whatever led on from there came to an end, or into a circle that it is no part of
    for node in index.references:
        value: Any = node.value
        seen: set[int] = set()
        while (
            isinstance(value, dict)
            and isinstance(value.get("$ref"), str)
            and id(value) not in seen
            and id(value) not in ends
        ):
            seen.add(id(value))
            value = index.lookup(value["$ref"])
        if value is not node.value and seen:
            ends |= seen if not isinstance(value, dict) or id(value) not in seen else {id(node.value)}
        if value is node.value and seen:
            yield flaw(f"{node.value['$ref']} leads back here.", "$ref", node=node)


@rule(group="correctness", level="warning", on="schema", key="$ref", versions=("2.0", "3.0"))
def ignored_beside_reference(schema: Node, index: Index) -> Iterator[Flaw]:
    """Keys beside `$ref` are ignored.

    Up to OpenAPI 3.0 a Reference Object is `$ref` alone, so a constraint or `nullable` beside it has no effect.

    Wrong:
        openapi: 3.0.3
        components:
          schemas:
            Pet: {properties: {id: {$ref: "#/components/schemas/Id", nullable: true}}}
            Id: {type: string}

    Right:
        openapi: 3.0.3
        components:
          schemas:
            Pet: {properties: {id: {allOf: [{$ref: "#/components/schemas/Id"}], nullable: true}}}
            Id: {type: string}
    """
    if not isinstance(schema.value["$ref"], str):
        return
    ignored = [key for key in schema.value if key in _CONSTRAINTS]
    if ignored:
        keys = ", ".join(f"`{key}`" for key in ignored)
        yield flaw(
            f"{keys} beside `$ref` has no effect before OpenAPI 3.1.", ignored[0], hint="Put the `$ref` into `allOf`."
        )


_CONSTRAINTS = frozenset(GRAMMAR["schema"]) | {
    "type", "enum", "nullable", "default", "format", "pattern", "required", "minimum", "maximum", "minLength",
    "maxLength", "minItems", "maxItems", "readOnly", "writeOnly",
}  # fmt: skip


@rule(group="style", level="info", on="document")
def unused_component(document: Node, index: Index) -> Iterator[Flaw]:
    """A component is referred to by nothing.

    It is dead text, or a reference to it has been forgotten. Schemas named in a discriminator's mapping count as used,
    and so does what another document of the same run refers to; all that a document without operations has is for
    others.

    Wrong:
        get: {}
        components: {schemas: {Pet: {type: object}}}

    Right:
        post:
          requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
        components: {schemas: {Pet: {type: object}}}
    """
    if not index.by_kind["operation"]:
        return  # a library, for other documents
    named = _named_in_mappings(index)
    used = {"/".join(pointer.split("/")[:4]) for pointer in index.referred}
    sections = GRAMMAR["components"].keys() - {"securitySchemes"}
    for kind in sections:
        for node in index.by_kind[COMPONENTS[kind]]:
            if node.slot != kind or node.parent is None or node.parent.kind != "components":
                continue
            if node.pointer not in used and node.name not in named and not _holds_anchor(node.value):
                yield flaw(
                    f"The {COMPONENTS[kind].replace('-', ' ')} {node.name!r} is not used.",
                    node=node,
                    hint="Take it out.",
                )


@rule(group="correctness", level="error", on="components", versions=("3.0",))
def invalid_component_name(components: Node, index: Index) -> Iterator[Flaw]:
    """A component's name has characters that names must not have.

    Letters, digits, `.`, `-` and `_` are allowed; tools build file and class names of them. The official schemas see
    this from 3.1 on.

    Wrong:
        openapi: 3.0.3
        components: {schemas: {"My Pet": {type: object}}}

    Right:
        openapi: 3.0.3
        components: {schemas: {My_Pet: {type: object}}}
    """
    for key in COMPONENTS:
        holder = components.value.get(key)
        for name in holder if isinstance(holder, dict) else ():
            if not _COMPONENT_NAME.fullmatch(name):
                yield flaw(f"{name!r} is no name for a component.", key, name, hint="Letters, digits, . - and _.")


_COMPONENT_NAME = re.compile(r"[a-zA-Z0-9.\-_]+", re.ASCII)


def _holds_anchor(value: Any) -> bool:
    return isinstance(value, dict) and ("$anchor" in value or "$id" in value or "$dynamicAnchor" in value)


def _named_in_mappings(index: Index) -> set[str]:
    names: set[str] = set()
    for node in index.schemas_with["discriminator"]:
        names |= {target.rsplit("/", 1)[-1] for target in mapping(node).values()}
        if "oneOf" not in node.value and "anyOf" not in node.value:  # variants refer to the parent, not the other way
            names |= {
                child.name
                for child in index.by_kind["schema"]
                if child.slot == "schemas" and _extends(child.value, node.pointer)
            }
    return names


def _extends(schema: Any, pointer: str) -> bool:
    parts = schema.get("allOf") if isinstance(schema, dict) else None
    return isinstance(parts, list) and any(isinstance(p, dict) and p.get("$ref") == "#" + pointer for p in parts)


def mapping(schema: Node) -> dict[str, str]:
    """A discriminator's mapping, without what is no text."""
    discriminator = schema.value.get("discriminator")
    found = discriminator.get("mapping") if isinstance(discriminator, dict) else None
    return {key: value for key, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}


@rule(group="correctness", level="error", on="schema", key="discriminator", versions=("3.0", "3.1", "3.2"))
def discriminator_mapping_dangling(schema: Node, index: Index) -> Iterator[Flaw]:
    """A discriminator maps a value to a schema that does not exist.

    A client that meets the value has no schema to read the answer with.

    Wrong:
        components:
          schemas:
            Cat: {type: object, properties: {kind: {type: string}}, required: [kind]}
            Pet:
              oneOf: [{$ref: "#/components/schemas/Cat"}]
              discriminator: {propertyName: kind, mapping: {cat: "#/components/schemas/Kitten"}}

    Right:
        components:
          schemas:
            Cat: {type: object, properties: {kind: {type: string}}, required: [kind]}
            Pet:
              oneOf: [{$ref: "#/components/schemas/Cat"}]
              discriminator: {propertyName: kind, mapping: {cat: "#/components/schemas/Cat"}}
    """
    for value, target in mapping(schema).items():
        if target.startswith("#"):
            missing = index.lookup(target) is MISSING
        else:
            is_name = "/" not in target and "." not in target
            missing = is_name and find(index.document, f"/components/schemas/{target}") is MISSING
        if missing:
            yield flaw(f"{value!r} maps to {target}, which does not exist.", "discriminator", "mapping", value)


@rule(group="correctness", level="warning", on="schema", key="discriminator", versions=("3.0", "3.1", "3.2"))
def discriminator_property_missing(schema: Node, index: Index) -> Iterator[Flaw]:
    """A variant lacks the discriminator's property, or does not require it.

    Without the property a client cannot tell which variant it has.

    Wrong:
        components:
          schemas:
            Cat: {type: object, properties: {name: {type: string}}}
            Pet: {oneOf: [{$ref: "#/components/schemas/Cat"}], discriminator: {propertyName: kind}}

    Right:
        components:
          schemas:
            Cat: {type: object, properties: {kind: {type: string}}, required: [kind]}
            Pet: {oneOf: [{$ref: "#/components/schemas/Cat"}], discriminator: {propertyName: kind}}
    """
    discriminator = schema.value["discriminator"]
    name = text(discriminator.get("propertyName")) if isinstance(discriminator, dict) else ""
    for key in ("oneOf", "anyOf"):
        variants = schema.value.get(key)
        for position, variant in enumerate(variants if name and isinstance(variants, list) else ()):
            if index.resolve(variant) is MISSING or not isinstance(variant, dict):
                continue
            properties, required, closed = _members(variant, index, 0)
            if closed and name not in properties:
                yield flaw(f"This variant has no property {name!r}, which the discriminator needs.", key, position)
            elif closed and name not in required and "defaultMapping" not in discriminator:
                yield flaw(f"This variant does not require {name!r}, which the discriminator needs.", key, position)


def _members(schema: Any, index: Index, depth: int) -> tuple[set[str], set[str], bool]:
    """Property names, required ones, and whether they could be told (no open combination was met)."""
    schema = index.resolve(schema)
    if not isinstance(schema, dict) or depth > 20:
        return set(), set(), False
    properties, required, known = set(_keys(schema.get("properties"))), set(), True
    if isinstance(schema.get("required"), list):
        required = {name for name in schema["required"] if isinstance(name, str)}
    parts = schema.get("allOf")
    for part in parts if isinstance(parts, list) else ():
        more, needed, told = _members(part, index, depth + 1)
        properties, required, known = properties | more, required | needed, known and told
    return (
        properties,
        required,
        known and not any(key in schema for key in ("oneOf", "anyOf", "if", "patternProperties")),
    )


def _keys(value: Any) -> list[str]:
    return list(value) if isinstance(value, dict) else []
