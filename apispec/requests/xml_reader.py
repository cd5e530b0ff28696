"""XML as the JSON value that it stands for, as the XML Objects of its schema say: what `xml_writer` does, back.

Names are compared without their prefixes, which are the writer's own choice. Nothing outside the document is read:
one with a DOCTYPE is refused.
"""

from __future__ import annotations

import xml.parsers.expat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from apispec.model import Json, Schema
from apispec.requests.xml_objects import flattened, mapped, node_kind, said
from apispec.schemas import Schemas, types

_DEEPEST = 200
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"

Typed = Callable[[str, Any], Json]
"""A text as the value that its schema wants."""


class NoXmlError(ValueError):
    """A text that is no XML document, or not one that is read; the message says what is wrong, and where."""


@dataclass(slots=True)
class _Node:
    name: str
    attributes: dict[str, str]
    children: list[_Node] = field(default_factory=list)
    text: str = ""

    def named(self, name: str) -> list[_Node]:
        return [child for child in self.children if child.name == name]


def load_xml(document: bytes, schema: Schema, schemas: Schemas, typed: Typed) -> Json:
    """The value of an XML document.

    Args:
        document: As it was sent.
        schema: What the value should be; its XML Objects say what stands where.
        schemas: The components its references name.
        typed: Makes values of texts.

    Raises:
        NoXmlError: It is not well-formed, too deep or has a DOCTYPE, or its root has another name.
    """
    root = _parsed(document)
    flat = flattened(schema, dict.fromkeys(_names(root)), schemas)
    name = _local(said(flat, "name"))
    if name and root.name != name and "array" not in types(flat):
        raise NoXmlError(f"the root is <{root.name}> instead of <{name}>")
    if "array" in types(flat):
        return [_value(child, flat.get("items", True), schemas, typed) for child in root.children]
    return _value(root, schema, schemas, typed)


def _parsed(document: bytes) -> _Node:
    top = _Node("", {})
    open_nodes = [top]

    declared: dict[str, str] = {}

    def declare(prefix: str | None, uri: str | None) -> None:
        declared[f" {prefix or 'xmlns'}"] = uri or ""

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(open_nodes) > _DEEPEST:
            raise NoXmlError(f"elements stand more than {_DEEPEST} deep in each other")
        own = {f"{key.rpartition(' ')[0]} {_local(key)}": text for key, text in attributes.items()}
        node = _Node(_local(name), {**declared, **own})
        declared.clear()
        open_nodes[-1].children.append(node)
        open_nodes.append(node)

    def end(name: str) -> None:
        open_nodes.pop()

    def characters(text: str) -> None:
        open_nodes[-1].text += text

    def doctype(*_: Any) -> None:
        raise NoXmlError("a DOCTYPE is not read")

    parser = xml.parsers.expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartNamespaceDeclHandler = declare
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = characters, doctype
    try:
        parser.Parse(document, True)
    except (xml.parsers.expat.ExpatError, ValueError) as error:
        if isinstance(error, NoXmlError):
            raise
        raise NoXmlError(f"is no well-formed XML: {error}") from error
    return top.children[0]


def _local(name: str) -> str:
    """A name without its namespace, or its prefix."""
    return name.rpartition(" ")[2].rpartition(":")[2]


def _names(node: _Node) -> Iterator[str]:
    """The names by which a choice of schemas is made."""
    yield from (child.name for child in node.children)
    yield from (_local(key) for key in node.attributes)


def _attributes(node: _Node) -> dict[str, str]:
    """By name, less what says that there is nothing."""
    return {_local(key): text for key, text in node.attributes.items() if key != f"{_INSTANCE} nil"}


def _value(node: _Node, schema: Schema, schemas: Schemas, typed: Typed) -> Json:
    if node.attributes.get(f"{_INSTANCE} nil") in ("true", "1"):
        return None
    flat = flattened(schema, dict.fromkeys(_names(node)), schemas)
    kinds = types(flat)
    if "array" in kinds:
        return [_value(child, flat.get("items", True), schemas, typed) for child in node.children]
    if "object" in kinds or mapped(flat, "properties") or (not kinds and node.children):
        return _object(node, flat, schemas, typed)
    return typed(node.text, schema)


def _object(node: _Node, flat: dict[str, Any], schemas: Schemas, typed: Typed) -> dict[str, Json]:
    out: dict[str, Json] = {}
    taken: set[str] = set()
    attributes = _attributes(node)
    for key, inner in mapped(flat, "properties").items():
        own = flattened(inner, None, schemas)
        is_list = "array" in types(own)
        kind = node_kind(own, [] if is_list else "")
        name = _local(said(own, "name") or key)
        if kind == "attribute":
            if name in attributes:
                out[key] = typed(attributes[name], inner)
        elif kind in ("text", "cdata") and not is_list:
            out[key] = typed(node.text, inner)
        elif is_list:
            listed = _listed(node, key, own, kind, schemas)
            if listed is not None:
                taken.add(listed[0])
                out[key] = [_value(child, own.get("items", True), schemas, typed) for child in listed[1]]
        elif kind == "none":
            out[key] = _value(node, inner, schemas, typed)
            taken |= {child.name for child in node.children}
        elif found := node.named(name):
            taken.add(name)
            values = [_value(child, inner, schemas, typed) for child in found]
            out[key] = values[0] if len(values) == 1 else values
    more = flat.get("additionalProperties", True)
    for name in dict.fromkeys(child.name for child in node.children if child.name not in taken):
        values = [_value(child, more, schemas, typed) for child in node.named(name)]
        out[name] = values[0] if len(values) == 1 else values
    return out


def _listed(node: _Node, key: str, flat: dict[str, Any], kind: str, schemas: Schemas) -> tuple[str, list[_Node]] | None:
    """The elements of a list, and the name that they, or what is wrapped around them, take in the element."""
    if kind == "element":
        name = _local(said(flat, "name") or key)
        wrappers = node.named(name)
        return (name, [child for wrapper in wrappers for child in wrapper.children]) if wrappers else None
    items = flattened(flat.get("items", True), None, schemas)
    name = _local(said(items, "name") or key)
    found = node.named(name)
    return (name, found) if found else None
