"""The one walk over a document: every object with its kind and place, and what refers to what."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, cached_property
from typing import Any
from urllib.parse import unquote

from apispec.documents import GRAMMAR, LIST, METHODS, MISSING, ONE, REFERABLE, escape, find


class Node:
    """One object of a document: what it is, where it stands, and its value."""

    __slots__ = ("home", "key", "kind", "parent", "slot", "value")

    def __init__(self, kind: str, value: Any, parent: Node | None, slot: str, key: str | int | None) -> None:
        self.kind = kind
        self.value = value
        self.parent = parent
        self.slot = slot
        """The parent's key that holds it; for roots its pointer."""
        self.key = key
        """Its name or index under that key; None where the key holds it directly."""
        self.home: Node | None = None
        """For a path item that stands elsewhere: the one with the (first) reference to it."""

    @property
    def pointer(self) -> str:
        """Where it stands."""
        steps: list[str] = []
        node = self
        while node.parent is not None:
            if node.key is not None:
                steps.append(escape(str(node.key)))
            if node.slot:
                steps.append(escape(node.slot))
            node = node.parent
        return node.slot + "".join("/" + step for step in reversed(steps))

    @property
    def name(self) -> str:
        """Its name where it has one: a component's, a property's, a path."""
        return str(self.key) if self.key is not None else self.slot

    @property
    def parents(self) -> Iterator[Node]:
        """The objects around it, nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    @property
    def operation(self) -> Node | None:
        """The operation it belongs to (or is)."""
        if self.kind == "operation":
            return self
        return next((node for node in self.parents if node.kind == "operation"), None)

    @property
    def path(self) -> str:
        """The path of an operation or path item; empty for what hangs on no path."""
        item = self if self.kind == "path-item" else next((n for n in self.parents if n.kind == "path-item"), None)
        for _ in range(50):
            if item is None or item.home is None:
                break
            item = item.home
        return str(item.key) if item is not None and item.slot == "paths" else ""

    @property
    def method(self) -> str:
        """An operation's method in upper case."""
        return str(self.key if self.key is not None else self.slot).upper()


class Index:
    """Everything the rules ask for, collected in one walk.

    Args:
        document: A document with local references (see `apispec.documents`).
    """

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self.root = Node("document", document, None, "", None)
        self.by_kind: dict[str, list[Node]] = defaultdict(list)
        self.schemas_with: dict[str, list[Node]] = defaultdict(list)
        """Schemas by each key they have."""
        self.references: list[Node] = []
        """Objects with a `$ref`."""
        self.referred: dict[str, list[Node]] = defaultdict(list)
        """Pointer → the objects that refer to it."""
        self.roots: list[Node] = []
        """What the document's own structure does not reach, but its references do: other files, odd places."""
        self._found: dict[str, Any] = {}
        self._kinds: dict[int, frozenset[str]] = {}
        self._items: dict[int, Node] = {}
        self._walk(self.root)
        done = 0
        while done < len(self.references):
            node = self.references[done]
            done += 1
            target = self.target(node)
            if isinstance(target, dict) and id(target) not in self._kinds and node.kind in REFERABLE:
                self.roots.append(Node(node.kind, target, None, unquote(str(node.value["$ref"])[1:]), None))
                self._walk(self.roots[-1])
            if node.kind == "path-item":
                self._give_home(target, node)

    def _walk(self, root: Node) -> None:
        waiting = [root]
        while waiting:
            node = waiting.pop()
            kind, value = node.kind, node.value
            if not isinstance(value, dict):
                continue
            self.by_kind[kind].append(node)
            known = self._kinds.get(id(value))
            self._kinds[id(value)] = _alone(kind) if known is None else known | {kind}
            if kind == "path-item":
                self._items.setdefault(id(value), node)
            reference = value.get("$ref")
            if isinstance(reference, str) and kind in REFERABLE:
                self.references.append(node)
                if reference.startswith("#"):
                    self.referred[unquote(reference[1:])].append(node)
                if kind not in ("schema", "path-item"):
                    continue
            children: list[Node] = []
            if kind == "callback":
                children = [Node("path-item", inner, node, "", key) for key, inner in value.items() if key[:2] != "x-"]
            elif kind == "schema":
                allowed = GRAMMAR["schema"]
                for key, inner in value.items():
                    self.schemas_with[key].append(node)
                    if key in allowed:
                        children += _children(node, key, inner, *allowed[key])
            elif kind in GRAMMAR:
                allowed = GRAMMAR[kind]
                for key, inner in value.items():
                    if key in allowed:
                        children += _children(node, key, inner, *allowed[key])
            waiting.extend(reversed(children))

    def _give_home(self, target: Any, home: Node) -> None:
        """Tell a path item that stands elsewhere on which path its operations are."""
        item = self._items.get(id(target))
        if item is not None and item.home is None and item.slot != "paths" and item is not home:
            item.home = home

    def target(self, node: Node) -> Any:
        """What a reference leads to in one step: `MISSING` where it leads nowhere or out of the document."""
        return self.lookup(str(node.value["$ref"]))

    def lookup(self, reference: str) -> Any:
        """What a reference text leads to, `MISSING` where it leads nowhere or out of the document."""
        if reference.startswith("#/") or reference == "#":
            if reference not in self._found:
                self._found[reference] = find(self.document, reference)
            return self._found[reference]
        return self._anchors.get(reference, MISSING)

    def resolve(self, value: Any) -> Any:
        """A value with references followed to their end; `MISSING` for a circle or a dangling reference."""
        for _ in range(50):
            if not isinstance(value, dict) or not isinstance(value.get("$ref"), str):
                return value
            value = self.lookup(value["$ref"])
        return MISSING

    def kinds_of(self, value: Any) -> frozenset[str]:
        """As what a value was met in the walk."""
        return self._kinds.get(id(value), _NONE)

    @cached_property
    def texts(self) -> list[tuple[Node, str, str]]:
        """Titles, summaries and descriptions that readers see: the object, the key, and the text."""
        return [
            (node, key, value)
            for kind in _DESCRIBED
            for node in self.by_kind[kind]
            for key in ("title", "summary", "description")
            if isinstance(value := node.value.get(key), str)
        ]

    @cached_property
    def _anchors(self) -> dict[str, Any]:
        anchors = {f"#{node.value['$anchor']}": node.value for node in self.schemas_with["$anchor"]}
        return anchors | {str(node.value["$id"]): node.value for node in self.schemas_with["$id"]}

    @cached_property
    def is_swagger(self) -> bool:
        """Whether the document is Swagger 2.0."""
        return self.document.get("swagger") == "2.0"

    @cached_property
    def version(self) -> str:
        """`2.0`, `3.0`, `3.1`, `3.2`."""
        return "2.0" if self.is_swagger else str(self.document.get("openapi", ""))[:3]

    @cached_property
    def operations(self) -> list[Node]:
        """Operations on paths, in the order of the document."""
        return [node for node in self.by_kind["operation"] if node.path]

    def parameters(self, operation: Node) -> list[tuple[Node, dict[str, Any]]]:
        """An operation's parameters, those of its path item included: as they stand, and resolved."""
        found: dict[tuple[Any, Any], tuple[Node, dict[str, Any]]] = {}
        parent = operation.parent
        home = parent.home if parent is not None else None
        for node in [*self._parameters_of(home), *self._parameters_of(parent), *self._parameters_of(operation)]:
            value = self.resolve(node.value)
            if isinstance(value, dict) and isinstance(value.get("name"), str):
                found[value.get("in"), value["name"]] = (node, value)
        return list(found.values())

    def _parameters_of(self, node: Node | None) -> list[Node]:
        return self._parameters_by_parent.get(id(node), []) if node is not None else []

    @cached_property
    def _parameters_by_parent(self) -> dict[int, list[Node]]:
        found: dict[int, list[Node]] = defaultdict(list)
        for node in self.by_kind["parameter"]:
            if node.parent is not None and node.slot == "parameters":
                found[id(node.parent)].append(node)
        return found


_DESCRIBED = ("info", "server", "operation", "parameter", "request-body", "response", "header", "tag", "schema")


def _children(node: Node, key: str, inner: Any, kind: str, shape: Any) -> list[Node]:
    if shape is ONE:
        if isinstance(inner, (dict, bool)):
            return [Node(kind, inner, node, key, None)]
        if isinstance(inner, list) and kind == "schema":  # `items` as a list, before prefixItems
            return [Node(kind, item, node, key, position) for position, item in enumerate(inner)]
        return []
    if shape is LIST:
        return [Node(kind, item, node, key, n) for n, item in enumerate(inner)] if isinstance(inner, list) else []
    if not isinstance(inner, dict):
        return []
    skip = "x-" if kind != "schema" and kind != "header" else None
    return [Node(kind, item, node, key, name) for name, item in inner.items() if not (skip and name.startswith(skip))]


@cache
def _alone(kind: str) -> frozenset[str]:
    """The kind of what is met once, the same set for all."""
    return frozenset({kind})


_NONE: frozenset[str] = frozenset()
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def placeholders(path: str) -> list[str]:
    """The names in braces of a path template or server URL, in order."""
    return _PLACEHOLDER.findall(path)


def subject(pointer: str) -> str:
    """What a place is about, in a reader's words: `GET /pets`, `schema Pet`; the pointer's start where nothing fits."""
    tokens = [token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:]]
    match tokens:
        case ["paths", path, method, *_] if method in METHODS:
            return f"{method.upper()} {path}"
        case ["paths", path, *_]:
            return path
        case ["webhooks", name, *_]:
            return f"webhook {name}"
        case ["components", kind, name, *_]:
            return f"{_SINGULAR.get(kind, kind)} {name}"
        case ["definitions", name, *_]:
            return f"schema {name}"
    return tokens[0] if tokens else ""


_SINGULAR = {
    "schemas": "schema", "responses": "response", "parameters": "parameter", "examples": "example",
    "requestBodies": "request body", "headers": "header", "securitySchemes": "security scheme", "links": "link",
    "callbacks": "callback", "pathItems": "path item", "mediaTypes": "media type",
}  # fmt: skip
