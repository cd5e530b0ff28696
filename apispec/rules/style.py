"""Rules about habits: consistency of names, tags and paths."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from apispec.rules.index import Index, Node
from apispec.rules.paths import _paths
from apispec.rules.registry import Flaw, flaw, rule, text


@rule(group="style", level="info", on="operation")
def undeclared_tag(operation: Node, index: Index) -> Iterator[Flaw]:
    """An operation uses a tag that the document does not declare, although it declares others.

    The chapter gets no description and no fixed place in the order.

    Wrong:
        /pets: {get: {tags: [pet]}}
        tags: [{name: pets}]

    Right:
        /pets: {get: {tags: [pets]}}
        tags: [{name: pets}]
    """
    declared = {text(node.value.get("name")) for node in index.by_kind["tag"]}
    tags = operation.value.get("tags")
    for position, tag in enumerate(tags if declared and isinstance(tags, list) else ()):
        if isinstance(tag, str) and tag not in declared:
            yield flaw(f"The tag {tag!r} is not declared.", "tags", position)


@rule(group="style", level="info", on="document")
def unused_tag(document: Node, index: Index) -> Iterator[Flaw]:
    """A declared tag is used by no operation.

    It makes an empty chapter.

    Wrong:
        tags: [{name: pets}]

    Right:
        /pets: {get: {tags: [pets]}}
        tags: [{name: pets}]
    """
    used: set[str] = set()
    for node in index.by_kind["operation"]:
        tags = node.value.get("tags")
        used |= {tag for tag in tags if isinstance(tag, str)} if isinstance(tags, list) else set()
    parents = {node.value.get("parent") for node in index.by_kind["tag"] if isinstance(node.value.get("parent"), str)}
    for node in index.by_kind["tag"]:
        name = text(node.value.get("name"))
        if name not in used and name not in parents and "x-traitTag" not in node.value:
            yield flaw(f"No operation has the tag {name!r}.", node=node)


@rule(group="style", level="off", on="operation")
def operation_without_tag(operation: Node, index: Index) -> Iterator[Flaw]:
    """An operation has no tag.

    It is shown apart from the chapters.

    Wrong:
        get: {}

    Right:
        get: {tags: [pets]}
    """
    if not operation.value.get("tags"):
        yield flaw("The operation has no tag.")


@rule(group="style", level="info", on="document")
def trailing_slash(document: Node, index: Index) -> Iterator[Flaw]:
    """A few paths end with a slash, the others do not.

    Servers take `/pets` and `/pets/` for two things; readers mix them up.

    Wrong:
        /pets/: {get: {}}
        /owners: {get: {}}
        /homes: {get: {}}

    Right:
        /pets: {get: {}}
        /owners: {get: {}}
        /homes: {get: {}}
    """
    paths = [path for path in _paths(document.value) if path != "/"]
    ending = [path for path in paths if path.endswith("/")]
    if len(ending) < len(paths) / 2:
        for path in ending:
            yield flaw(f"{path} ends with a slash, most other paths do not.", "paths", path)


@rule(group="style", level="off", on="document")
def mixed_path_case(document: Node, index: Index) -> Iterator[Flaw]:
    """Some paths are written in another style than most.

    `/petOwners` beside `/pet-homes` makes readers guess.

    Wrong:
        /pet-owners: {get: {}}
        /pet-homes: {get: {}}
        /petFoods: {get: {}}

    Right:
        /pet-owners: {get: {}}
        /pet-homes: {get: {}}
        /pet-foods: {get: {}}
    """
    cases = {path: _case(re.sub(r"\{[^}]*\}", "", path)) for path in _paths(document.value)}
    counts = Counter(case for case in cases.values() if case)
    for path, case in cases.items():
        if case and case != counts.most_common(1)[0][0]:
            yield flaw(f"{path} is written in {case}, most are in {counts.most_common(1)[0][0]}.", "paths", path)


def _case(name: str) -> str:
    styles = {"kebab-case": "-", "snake_case": "_"}
    found = [style for style, mark in styles.items() if mark in name]
    if re.search(r"[a-z][A-Z]", name):
        found.append("camelCase")
    return found[0] if len(found) == 1 else ""


@rule(group="style", level="off", on="document")
def mixed_operation_id_case(document: Node, index: Index) -> Iterator[Flaw]:
    """Some operationIds are written in another style than most.

    Generated clients then mix `listPets()` and `get_pet()`.

    Wrong:
        /a: {get: {operationId: list_pets}}
        /b: {get: {operationId: get_pet}}
        /c: {get: {operationId: listOwners}}

    Right:
        /a: {get: {operationId: list_pets}}
        /b: {get: {operationId: get_pet}}
        /c: {get: {operationId: list_owners}}
    """
    named = [(node, text(node.value.get("operationId"))) for node in index.operations]
    counts = Counter(case for _, name in named if (case := _case(name)))
    for node, name in named:
        if _case(name) and _case(name) != counts.most_common(1)[0][0]:
            most = counts.most_common(1)[0][0]
            yield flaw(f"{name!r} is written in {_case(name)}, most are in {most}.", "operationId", node=node)


@rule(group="style", level="off", on="document")
def verb_in_path(document: Node, index: Index) -> Iterator[Flaw]:
    """A path contains a verb that the method says already.

    `GET /pets` reads better than `GET /getPets`.

    Wrong:
        /getPets: {get: {}}

    Right:
        /pets: {get: {}}
    """
    for path in _paths(document.value):
        match = re.search(r"/(get|create|update|delete|list|fetch)([A-Z_-]\w*)", path)
        if match:
            yield flaw(f"{path} contains the verb {match[1]!r}.", "paths", path)


@rule(group="style", level="off", on="schema", key="type")
def unbounded_array(schema: Node, index: Index) -> Iterator[Flaw]:
    """An array has no upper bound.

    Whoever checks requests by the document lets arrays of any length pass.

    Wrong:
        {type: array, items: {type: string}}

    Right:
        {type: array, items: {type: string}, maxItems: 100}
    """
    if schema.value["type"] == "array" and "maxItems" not in schema.value:
        yield flaw("The array has no `maxItems`.")


@rule(group="style", level="off", on="schema", key="type")
def unbounded_string(schema: Node, index: Index) -> Iterator[Flaw]:
    """A text has no upper bound.

    Whoever checks requests by the document lets texts of any length pass.

    Wrong:
        {type: string}

    Right:
        {type: string, maxLength: 200}
    """
    if schema.value["type"] == "string" and not schema.value.keys() & {
        "maxLength",
        "enum",
        "const",
        "format",
        "pattern",
    }:
        yield flaw("The text has no `maxLength`.")
