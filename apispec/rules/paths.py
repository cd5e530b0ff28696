"""Rules about paths, their parameters and servers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from apispec.documents import METHODS
from apispec.rules.index import Index, Node, placeholders
from apispec.rules.registry import Flaw, flaw, rule, text


@rule(group="correctness", level="error", on="operation")
def path_parameter_undeclared(operation: Node, index: Index) -> Iterator[Flaw]:
    """A placeholder in the path has no parameter.

    Without the parameter nobody can know what to put there: clients cannot build the URL.

    Wrong:
        /pets/{id}:
          get: {}

    Right:
        /pets/{id}:
          get:
            parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    """
    declared = {value["name"] for _, value in index.parameters(operation) if value.get("in") == "path"}
    for name in dict.fromkeys(placeholders(operation.path)):
        if name not in declared:
            yield flaw(
                f"The path has {{{name}}}, but there is no path parameter {name!r}.", hint="Declare the parameter."
            )


@rule(group="correctness", level="error", on="operation")
def path_parameter_unused(operation: Node, index: Index) -> Iterator[Flaw]:
    """A path parameter does not occur in the path.

    Its value is sent nowhere; clients ask for it in vain. Most often the name is spelled in two ways.

    Wrong:
        /pets/{id}:
          get:
            parameters:
              - {name: id, in: path, required: true, schema: {type: integer}}
              - {name: petId, in: path, required: true, schema: {type: integer}}

    Right:
        /pets/{id}:
          get:
            parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    """
    if not operation.path:
        return
    names = placeholders(operation.path)
    for node, value in index.parameters(operation):
        if value.get("in") == "path" and value["name"] not in names:
            yield flaw(f"The path {operation.path} has no {{{value['name']}}}.", node=node)


@rule(group="correctness", level="error", on="document")
def equivalent_paths(document: Node, index: Index) -> Iterator[Flaw]:
    """Two paths differ only in the names of their placeholders.

    The specification calls them identical: a server can answer one of them only.

    Wrong:
        /pets/{id}: {}
        /pets/{name}: {}

    Right:
        /pets/{id}: {}
        /pets/by-name/{name}: {}
    """
    seen: dict[str, str] = {}
    for path in _paths(document.value):
        shape = re.sub(r"\{[^{}]*\}", "{}", path)
        if shape in seen:
            yield flaw(f"{path} and {seen[shape]} are the same path.", "paths", path)
        seen.setdefault(shape, path)


@rule(group="correctness", level="info", on="document")
def ambiguous_paths(document: Node, index: Index) -> Iterator[Flaw]:
    """One URL fits two paths, and neither is the more specific one.

    Which one a server takes is up to its router, so tools and servers disagree. `/pets/mine` beside `/pets/{id}` is
    fine: the specification lets the concrete one win.

    Wrong:
        /{kind}/mine: {get: {}}
        /pets/{id}: {get: {}}

    Right:
        /pets/mine: {get: {}}
        /pets/{id}: {get: {}}
    """
    paths = _paths(document.value)
    earlier: dict[int, _Segments] = defaultdict(_Segments)
    for path, item in paths.items():
        segments = path.strip("/").split("/")
        tree = earlier[len(segments)]
        if isinstance(item, dict) and "{" in path:
            for other in tree.rivals(segments):
                if _share_method(item, paths[other]):
                    yield flaw(f"A URL may fit both {other} and {path}.", "paths", path)
        tree.add(segments, path)


class _Segments:
    """Paths of one length by their segments, so that few are compared with each other."""

    def __init__(self) -> None:
        self.concrete: dict[str, _Segments] = {}
        self.open: dict[str, _Segments] = {}
        self.paths: list[str] = []

    def add(self, segments: list[str], path: str) -> None:
        node = self
        for segment in segments:
            node = (node.open if "{" in segment else node.concrete).setdefault(segment, _Segments())
        node.paths.append(path)

    def rivals(self, segments: list[str]) -> list[str]:
        """The paths that some URL fits which fits the segments, too, where each is concrete where the other is not."""
        level = [(self, False, False)]
        for a in segments:
            is_open, is_whole = "{" in a, _is_whole(a)
            below: list[tuple[_Segments, bool, bool]] = []
            for node, first, second in level[:_MOST_RIVALS]:  # a bound keeps hostile documents quick
                for b, child in node.open.items():
                    if a == b or (_is_whole(b) and (is_whole or not is_open)):
                        below.append((child, first, second or not is_open))
                if is_whole:
                    below += [(child, True, second) for child in node.concrete.values()]
                elif not is_open and a in node.concrete:
                    below.append((node.concrete[a], first, second))
            level = below
        return [path for node, first, second in level if first and second for path in node.paths]


_MOST_RIVALS = 1_000
"""Beginnings of paths that are looked at for one path; honest documents have a few."""


def _is_whole(segment: str) -> bool:
    return segment.startswith("{") and segment.endswith("}") and segment.count("{") == 1


def _share_method(one: Any, two: Any) -> bool:
    return isinstance(two, dict) and any(method in one and method in two for method in METHODS)


@rule(group="correctness", level="error", on="document")
def repeated_placeholder(document: Node, index: Index) -> Iterator[Flaw]:
    """A path has the same placeholder twice.

    Only one value can be given for both; the second place always repeats the first.

    Wrong:
        /owners/{id}/pets/{id}: {}

    Right:
        /owners/{id}/pets/{petId}: {}
    """
    for path in _paths(document.value):
        for name, times in Counter(placeholders(path)).items():
            if times > 1:
                yield flaw(f"{{{name}}} occurs {times} times in {path}.", "paths", path)


@rule(group="correctness", level="error", on="document")
def malformed_path(document: Node, index: Index) -> Iterator[Flaw]:
    """A path has a brace without its partner, or an empty placeholder.

    No tool can tell what is fixed and what is a parameter.

    Wrong:
        /pets/{id: {}

    Right:
        /pets/{id}: {}
    """
    for path in _paths(document.value):
        rest = re.sub(r"\{[^{}]+\}", "", path)
        if "{" in rest or "}" in rest:
            yield flaw(f"The braces in {path} do not pair up around names.", "paths", path)


@rule(group="correctness", level="warning", on="document")
def path_with_query(document: Node, index: Index) -> Iterator[Flaw]:
    """A path contains a query or a fragment.

    Paths are matched without them; most tools never reach such an operation or lose the query.

    Wrong:
        /pets?kind=cat: {}

    Right:
        /pets:
          get:
            parameters: [{name: kind, in: query, schema: {type: string}}]
    """
    for path in _paths(document.value):
        if "?" in path or "#" in path:
            yield flaw(f"{path} contains {'?' if '?' in path else '#'}.", "paths", path, hint="Use query parameters.")


@rule(group="correctness", level="error", on="document")
def duplicate_parameter(document: Node, index: Index) -> Iterator[Flaw]:
    """A list of parameters has the same name and place twice.

    Which of the two counts is undefined.

    Wrong:
        get:
          parameters:
            - {name: page, in: query, schema: {type: integer}}
            - {name: page, in: query, schema: {type: string}}

    Right:
        get:
          parameters: [{name: page, in: query, schema: {type: integer}}]
    """
    seen: set[tuple[int, Any, str]] = set()
    for node in index.by_kind["parameter"]:
        value = index.resolve(node.value)
        if node.slot != "parameters" or not isinstance(node.key, int) or not isinstance(value, dict):
            continue
        key = (id(node.parent), text(value.get("in")), text(value.get("name")))
        if key in seen:
            yield flaw(f"The {key[1]} parameter {key[2]!r} is given twice.", node=node)
        seen.add(key)


@rule(group="correctness", level="warning", on="parameter", versions=("3.0", "3.1", "3.2"))
def ignored_header_parameter(parameter: Node, index: Index) -> Iterator[Flaw]:
    """A header parameter is called Accept, Content-Type or Authorization.

    The specification ignores such parameters: media types and security schemes say these things.

    Wrong:
        get:
          parameters: [{name: Authorization, in: header, schema: {type: string}}]

    Right:
        get:
          parameters: [{name: X-Trace, in: header, schema: {type: string}}]
    """
    if parameter.value.get("in") == "header" and text(parameter.value.get("name")).lower() in _IGNORED:
        name = parameter.value["name"]
        instead = "a security scheme" if name.lower() == "authorization" else "`content`"
        yield flaw(f"The header parameter {name!r} is ignored by tools.", hint=f"Say it with {instead}.")


_IGNORED = frozenset({"accept", "content-type", "authorization"})


@rule(group="correctness", level="error", on="server")
def server_variable_undeclared(server: Node, index: Index) -> Iterator[Flaw]:
    """A server's URL has a placeholder without a variable.

    The URL cannot be built.

    Wrong:
        servers: [{url: "https://{region}.example.com"}]

    Right:
        servers: [{url: "https://{region}.example.com", variables: {region: {default: eu}}}]
    """
    variables = server.value.get("variables")
    for name in placeholders(text(server.value.get("url"))):
        if not isinstance(variables, dict) or name not in variables:
            yield flaw(f"The server's URL has {{{name}}}, but no variable {name!r}.", hint="Add it with a default.")


@rule(group="correctness", level="warning", on="server")
def server_variable_unused(server: Node, index: Index) -> Iterator[Flaw]:
    """A server variable does not occur in the URL.

    Its value changes nothing.

    Wrong:
        servers: [{url: "https://example.com", variables: {region: {default: eu}}}]

    Right:
        servers: [{url: "https://{region}.example.com", variables: {region: {default: eu}}}]
    """
    variables = server.value.get("variables")
    names = placeholders(text(server.value.get("url")))
    for name in variables if isinstance(variables, dict) else ():
        if name not in names:
            yield flaw(f"The server's URL has no {{{name}}}.", "variables", name)


@rule(group="correctness", level="error", on="server-variable")
def server_variable_default(variable: Node, index: Index) -> Iterator[Flaw]:
    """A server variable's default is not among its values.

    Tools that start with the default build an address which the description itself forbids.

    Wrong:
        servers: [{url: "https://{region}.example.com", variables: {region: {default: us, enum: [eu, asia]}}}]

    Right:
        servers: [{url: "https://{region}.example.com", variables: {region: {default: eu, enum: [eu, asia]}}}]
    """
    default, values = variable.value.get("default"), variable.value.get("enum")
    if isinstance(values, list) and "default" in variable.value and default not in values:
        yield flaw(f"The default {default!r} is not one of {', '.join(map(repr, values))}.", "default")


def _paths(document: dict[str, Any]) -> dict[str, Any]:
    paths = document.get("paths")
    return {path: item for path, item in paths.items() if path.startswith("/")} if isinstance(paths, dict) else {}
