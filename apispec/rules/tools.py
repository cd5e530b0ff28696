"""Rules about what clients make of a document: MCP tools and generated code."""

from __future__ import annotations

import keyword
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from apispec.rules.index import Index, Node
from apispec.rules.registry import Flaw, flaw, rule, text

TOOL_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
"""Names that every MCP client takes; the protocol allows more (up to 128, and dots), clients do not."""

PROPERTY_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}", re.ASCII)
"""Names of tool inputs that every model provider takes."""


@rule(group="tools", level="warning", on="operation")
def operation_id_missing(operation: Node, index: Index) -> Iterator[Flaw]:
    """An operation has no operationId.

    Tools then make a name from method and path: ugly, and another one as soon as the path changes.

    Wrong:
        get: {summary: List all pets}

    Right:
        get: {summary: List all pets, operationId: list_pets}
    """
    if operation.path and not text(operation.value.get("operationId")):
        yield flaw("The operation has no operationId.")


@rule(group="tools", level="warning", on="operation")
def rejected_tool_name(operation: Node, index: Index) -> Iterator[Flaw]:
    """An operationId is no name that MCP clients accept.

    Clients take letters, digits, `_` and `-`, at most 64 of them; others are refused or renamed.

    Wrong:
        get: {operationId: "pets.list all"}

    Right:
        get: {operationId: list_pets}
    """
    name = text(operation.value.get("operationId"))
    if name and operation.path and not TOOL_NAME.fullmatch(name.replace("/", "_").replace(".", "_")):
        yield flaw(
            f"{name[:80]!r} cannot be a tool's name.", "operationId", hint="Letters, digits, _ and -, at most 64."
        )


@rule(group="tools", level="warning", on="document")
def similar_operation_ids(document: Node, index: Index) -> Iterator[Flaw]:
    """Two operationIds differ only in case or separators.

    Code generators and file systems make one name of them, and one operation is lost.

    Wrong:
        /pets: {get: {operationId: list_pets}}
        /all-pets: {get: {operationId: listPets}}

    Right:
        /pets: {get: {operationId: list_pets}}
        /all-pets: {get: {operationId: list_all_pets}}
    """
    seen: dict[str, str] = {}
    for node in index.operations:
        name = text(node.value.get("operationId"))
        key = _plain(name)
        if name and seen.get(key, name) != name:
            yield flaw(f"{name!r} and {seen[key]!r} become one name in generated code.", "operationId", node=node)
        seen.setdefault(key, name)


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).lower()


@rule(group="tools", level="warning", on="operation")
def unusable_function_name(operation: Node, index: Index) -> Iterator[Flaw]:
    """An operationId is no name for a function.

    It starts with a digit, or is a reserved word of Python or JavaScript; generated clients must rename it.

    Wrong:
        delete: {operationId: delete}

    Right:
        delete: {operationId: delete_pet}
    """
    name = text(operation.value.get("operationId"))
    if name[:1].isdigit() or keyword.iskeyword(name) or name in _JAVASCRIPT:
        yield flaw(f"{name!r} cannot be a function's name.", "operationId")


_JAVASCRIPT = frozenset(
    [
        "case",
        "catch",
        "const",
        "debugger",
        "default",
        "delete",
        "do",
        "enum",
        "export",
        "extends",
        "false",
        "function",
        "instanceof",
        "new",
        "null",
        "super",
        "switch",
        "this",
        "throw",
        "true",
        "typeof",
        "var",
        "void",
    ]
)


@rule(group="tools", level="warning", on="operation")
def colliding_inputs(operation: Node, index: Index) -> Iterator[Flaw]:
    """An operation takes two inputs of one name in different places.

    A tool or function has one argument per name: one of the two must be renamed.

    Wrong:
        /pets/{id}:
          get:
            parameters:
              - {name: id, in: path, required: true, schema: {type: integer}}
              - {name: id, in: query, schema: {type: integer}}

    Right:
        /pets/{id}:
          get:
            parameters:
              - {name: id, in: path, required: true, schema: {type: integer}}
              - {name: owner_id, in: query, schema: {type: integer}}
    """
    places: dict[str, list[str]] = defaultdict(list)
    for node, value in index.parameters(operation):
        places[value["name"]].append(text(value.get("in")))
        if len(places[value["name"]]) == 2:
            where = " and ".join(places[value["name"]])
            yield flaw(f"{value['name']!r} is given in {where}.", node=node)


@rule(group="tools", level="info", on="parameter")
def rejected_input_name(parameter: Node, index: Index) -> Iterator[Flaw]:
    """A parameter's name is refused by providers of language models.

    They take letters, digits, `_`, `.` and `-`, at most 64 of them; a tool with another input cannot be called.

    Wrong:
        get:
          parameters: [{name: "größe", in: query, schema: {type: integer}}]

    Right:
        get:
          parameters: [{name: size, in: query, schema: {type: integer}}]
    """
    name = text(parameter.value.get("name"))
    if parameter.value.get("in") in ("path", "query") and not PROPERTY_NAME.fullmatch(re.sub(r"\[\w*\]", "", name)):
        yield flaw(
            f"{name[:80]!r} is refused as a tool's input.", "name", hint="Letters, digits, _ . and -, at most 64."
        )


@rule(group="tools", level="info", on="request-body")
def alternatives_as_tool_input(body: Node, index: Index) -> Iterator[Flaw]:
    """A request body is a choice between objects at the top level.

    Providers of language models refuse tool inputs with `oneOf`, `anyOf` or `allOf` at the root.

    Wrong:
        post:
          requestBody: {content: {application/json: {schema: {oneOf: [{type: object}, {type: array}]}}}}

    Right:
        post:
          requestBody: {content: {application/json: {schema: {type: object, properties: {pet: {type: object}}}}}}
    """
    content = body.value.get("content")
    for name, media in (content if isinstance(content, dict) else {}).items():
        schema = index.resolve(media.get("schema")) if isinstance(media, dict) else None
        if (
            isinstance(schema, dict)
            and "json" in name
            and schema.keys() & {"oneOf", "anyOf"}
            and "properties" not in schema
        ):
            yield flaw(
                "The body is a choice at the top level.", "content", name, "schema", hint="Wrap it in an object."
            )


@rule(group="tools", level="warning", on="document")
def similar_component_names(document: Node, index: Index) -> Iterator[Flaw]:
    """Two schemas differ only in case or separators.

    Code generators make one class of them.

    Wrong:
        components: {schemas: {PetOwner: {type: object}, pet_owner: {type: object}}}

    Right:
        components: {schemas: {PetOwner: {type: object}, Owner: {type: object}}}
    """
    seen: dict[str, str] = {}
    for node in index.by_kind["schema"]:
        if node.slot in ("schemas", "definitions") and node.parent is not None and node.parent.kind != "schema":
            key = _plain(node.name)
            if key in seen:
                yield flaw(f"{node.name!r} and {seen[key]!r} become one class in generated code.", node=node)
            seen.setdefault(key, node.name)


@rule(group="tools", level="info", on="schema", key="properties")
def similar_property_names(schema: Node, index: Index) -> Iterator[Flaw]:
    """Two properties differ only in case or separators.

    Generated classes need two attributes of one name.

    Wrong:
        {type: object, properties: {pet-id: {type: integer}, pet_id: {type: integer}}}

    Right:
        {type: object, properties: {pet_id: {type: integer}}}
    """
    seen: dict[str, str] = {}
    properties = schema.value["properties"]
    for name in properties if isinstance(properties, dict) else ():
        is_plain = name.isidentifier() and "__" not in name
        key = name.lower() if is_plain else re.sub(r"(?<=\w)[\W_]+(?=\w)", "_", name).lower()
        if key in seen:
            yield flaw(f"{name!r} and {seen[key]!r} become one attribute in generated code.", "properties", name)
        seen.setdefault(key, name)


@rule(group="tools", level="info", on="parameter", versions=("3.0", "3.1", "3.2"))
def input_without_type(parameter: Node, index: Index) -> Iterator[Flaw]:
    """A parameter has no type.

    Forms, generated code and language models do not know what to put in.

    Wrong:
        get:
          parameters: [{name: page, in: query, schema: {}}]

    Right:
        get:
          parameters: [{name: page, in: query, schema: {type: integer}}]
    """
    schema: Any = index.resolve(parameter.value.get("schema"))
    if isinstance(schema, dict) and not schema.keys() & _TYPING:
        yield flaw(f"The parameter {text(parameter.value.get('name'))!r} has no type.", "schema")


_TYPING = frozenset(
    {"type", "enum", "const", "allOf", "anyOf", "oneOf", "not", "$ref", "properties", "items", "$dynamicRef"}
)


@rule(group="tools", level="info", on="operation")
def long_tool_description(operation: Node, index: Index) -> Iterator[Flaw]:
    """A description is so long that it crowds out other tools.

    Every tool's description is sent to the language model with every request; some clients cut it off.

    Wrong:
        get: {description: "%LONG%"}

    Right:
        get: {description: Lists all pets.}
    """
    length = len(text(operation.value.get("description")))
    if length > 8_000:
        yield flaw(f"The description has {length:,} characters.", "description", hint="Move background to other pages.")
