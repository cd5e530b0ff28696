"""JSON values as XML, as the XML Objects of their schemas say (OpenAPI 3.0 to 3.2).

What is written is well-formed, namespaces included (XML 1.0, Namespaces in XML 1.0), whatever the names and texts are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from apispec.literals import json_text
from apispec.model import Json, Schema
from apispec.requests.xml_objects import flattened, mapped, node_kind, said
from apispec.schemas import Schemas, ref_name

_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_KNOWN = {"xml": "http://www.w3.org/XML/1998/namespace"}
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_NO_CHARACTER = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document can hold, not even escaped."""
_FIRST = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0131\u0391-\u03a1\u03a3-\u03ce\u040e-\u044f\u05d0-\u05ea\u0621-\u063a"
    "\u0641-\u064a\u3041-\u3094\u30a1-\u30fa\u4e00-\u9fa5\uac00-\ud7a3"
)
"""Letters that every edition of XML 1.0 accepts: many readers know the fourth."""
_NO_FIRST = re.compile(f"[^{_FIRST}]")
_NO_NAME = re.compile(f"[^{_FIRST}0-9.-]")
_TEXT = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("\r"): "&#13;"}
_ATTRIBUTE = _TEXT | {ord('"'): "&quot;", ord("\n"): "&#10;", ord("\t"): "&#9;"}


@dataclass
class _Element:
    name: str
    scope: dict[str, str]
    """The namespaces in force by prefix, `""` for names without."""
    attributes: dict[str, str] = field(default_factory=dict)
    """Texts not escaped."""
    children: list[_Element | str] = field(default_factory=list)
    """Texts escaped."""


def dump(value: Json, schema: Schema, schemas: Schemas) -> str:
    """A value as a whole XML document, indented.

    The root is named by the XML Object of its schema, else by its component, else `root`. Where schemas say nothing,
    names are those of the value.

    Args:
        value: What the document says.
        schema: The value's.
        schemas: The components its references name.
    """
    flat = flattened(schema, value, schemas)
    name = said(flat, "name")
    root = _element(flat, ref_name(schema) or "root", value, _KNOWN, schemas)
    if isinstance(value, list):
        items = flat.get("items", True)
        for item in value:
            _add(root, name or ref_name(items) or "item", items, item, schemas)
    else:
        _fill(root, flat, value, schemas)
    return _DECLARATION + "\n".join(_lines(root, ""))


def _add(parent: _Element, name: str, schema: Schema, value: Json, schemas: Schemas) -> None:
    """Add a value to an element, under a name unless its schema has another one."""
    flat = flattened(schema, value, schemas)
    kind = node_kind(flat, value)
    if isinstance(value, list):
        if kind == "element":
            wrapper = _element(flat, name, value, parent.scope, schemas)
            parent.children.append(wrapper)
            parent, name = wrapper, said(flat, "name") or name
        first = flat.get("prefixItems", ())
        for number, item in enumerate(value):
            inner = first[number] if number < len(first) else flat.get("items", True)
            _add(parent, name, inner, item, schemas)
    elif kind == "attribute":
        if value is not None:
            parent.attributes[_qualified(flat, name, parent, is_attribute=True)] = _text(value)
    elif kind == "cdata":
        parent.children.append(f"<![CDATA[{_text(value).replace(']]>', ']]]]><![CDATA[>')}]]>")
    elif kind in ("text", "none"):
        _fill(parent, flat, value, schemas)
    else:
        made = _element(flat, name, value, parent.scope, schemas)
        parent.children.append(made)
        _fill(made, flat, value, schemas)


def _fill(element: _Element, flat: dict[str, Any], value: Json, schemas: Schemas) -> None:
    """Put a value into an element: attributes first, the others in the schema's order."""
    if isinstance(value, dict):
        properties, more = mapped(flat, "properties"), flat.get("additionalProperties", True)
        names = [*(n for n in properties if n in value), *(n for n in value if n not in properties)]
        inner = {name: properties.get(name, more) for name in names}
        for name in sorted(names, key=lambda n: not _is_attribute(inner[n], value[n], schemas)):
            _add(element, name, inner[name], value[name], schemas)
    elif value is None:
        if "xsi" not in element.scope:
            element.attributes["xmlns:xsi"] = element.scope["xsi"] = _INSTANCE
        element.attributes["xsi:nil"] = "true"
    elif text := _text(value):
        element.children.append(text.translate(_TEXT))


def _is_attribute(schema: Schema, value: Json, schemas: Schemas) -> bool:
    return node_kind(flattened(schema, value, schemas), value) == "attribute"


def _text(value: Json) -> str:
    return _NO_CHARACTER.sub("\ufffd", value if isinstance(value, str) else json_text(value))


def _element(flat: dict[str, Any], name: str, value: Json, scope: dict[str, str], schemas: Schemas) -> _Element:
    """An element, with what declares its namespace; prefixes that its attributes declare are known."""
    element = _Element("", dict(scope))
    for key, inner in mapped(flat, "properties").items() if isinstance(value, dict) else ():
        if key.startswith("xmlns:") and value.get(key) and _is_attribute(inner, value[key], schemas):
            element.scope[_name(key[6:])] = _text(value[key])
    element.name = _qualified(flat, name, element, is_attribute=False)
    return element


def _qualified(flat: dict[str, Any], name: str, element: _Element, *, is_attribute: bool) -> str:
    """The name of an element or of its attribute; what declares its namespace is added to the element."""
    name = said(flat, "name") or name
    if is_attribute and name == "xmlns":
        return name
    before, _, after = name.rpartition(":")
    prefix, local = said(flat, "prefix") or before, _name(after)
    prefix = _name(prefix) if prefix else ""
    if is_attribute and prefix == "xmlns":
        return f"{prefix}:{local}"
    namespace = said(flat, "namespace")
    known = element.scope.get(prefix)
    if namespace and known != namespace and (prefix or not is_attribute) and prefix not in ("xml", "xmlns"):
        declaration = f"xmlns:{prefix}" if prefix else "xmlns"
        if declaration not in element.attributes:
            element.attributes[declaration] = element.scope[prefix] = known = namespace
    return f"{prefix}:{local}" if prefix and known and namespace in ("", known) else local


def _name(text: str) -> str:
    """A text as an XML name without a prefix."""
    name = _NO_NAME.sub("_", text)
    return "_" + name if not name or _NO_FIRST.match(name) else name


def _lines(element: _Element, indent: str) -> Iterator[str]:
    """An element, indented unless it holds text."""
    texts = [f' {name}="{_text(value).translate(_ATTRIBUTE)}"' for name, value in element.attributes.items()]
    head = f"{indent}<{element.name}{''.join(texts)}"
    if not element.children:
        yield f"{head}/>"
    elif any(isinstance(child, str) for child in element.children):
        inner = "".join(c if isinstance(c, str) else "".join(_lines(c, "")) for c in element.children)
        yield f"{head}>{inner}</{element.name}>"
    else:
        yield f"{head}>"
        for child in element.children:
            if isinstance(child, _Element):
                yield from _lines(child, indent + "  ")
        yield f"{indent}</{element.name}>"
