"""Rules about names that follow a habit of the house."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from apispec.documents import split
from apispec.rules.index import Index, Node
from apispec.rules.paths import _paths
from apispec.rules.registry import Flaw, flaw, rule, text


@rule(group="style", level="off", on="parameter")
def boolean_parameter_prefixes(
    parameter: Node, index: Index, *, prefixes: Sequence[str] = ("is", "has", "should", "can")
) -> Iterator[Flaw]:
    """A boolean parameter is not called like a question.

    `isOpen=true` says what it means; `open=true` may as well be an order.

    Wrong:
        get:
          parameters: [{name: vaccinated, in: query, schema: {type: boolean}}]

    Right:
        get:
          parameters: [{name: isVaccinated, in: query, schema: {type: boolean}}]
    """
    schema = parameter.value if index.is_swagger else index.resolve(parameter.value.get("schema"))
    kind = schema.get("type") if isinstance(schema, dict) else None
    kinds = kind if isinstance(kind, list) else [kind]
    name = text(parameter.value.get("name"))
    starts = "|".join(re.escape(str(prefix)) for prefix in prefixes)
    if "boolean" in kinds and not {*kinds} - {"boolean", "null"} and not re.match(f"({starts})[A-Z0-9_-]", name):
        hint = f"Begin with {', '.join(map(str, prefixes))}."
        yield flaw(f"The boolean parameter {name!r} is not called like a question.", "name", hint=hint)


_UNCOUNTED = frozenset(
    [
        "people",
        "children",
        "men",
        "women",
        "mice",
        "feet",
        "teeth",
        "geese",
        "data",
        "media",
        "criteria",
        "phenomena",
        "metadata",
        "information",
        "equipment",
        "feedback",
        "software",
        "hardware",
        "news",
        "staff",
        "content",
        "health",
        "analytics",
        "status",
        "api",
        "auth",
        "oauth",
        "login",
        "logout",
        "me",
        "self",
        "search",
        "admin",
        "history",
        "inventory",
        "progress",
        "support",
        "traffic",
        "access",
        "graphql",
        "rest",
        "public",
        "private",
        "internal",
        "new",
        "latest",
        "current",
    ]
)
"""Words that are plural without an s, have no plural, or stand in paths for what is not counted."""


@rule(group="style", level="off", on="document")
def path_segment_plural(
    document: Node, index: Index, *, exceptions: Sequence[str] = (), ignore_last_path_segment: bool = False
) -> Iterator[Flaw]:
    """A segment of a path is in the singular.

    Collections are called by what they hold: `/pets/{id}` is one of `/pets`. Words that are not counted
    (`/health`, `/search`) and versions (`/v1`) are left alone; `exceptions` names more.

    Wrong:
        /pet/{id}: {get: {parameters: [{name: id, in: path, required: true, schema: {type: string}}]}}

    Right:
        /pets/{id}: {get: {parameters: [{name: id, in: path, required: true, schema: {type: string}}]}}
    """
    known = {str(word).lower() for word in exceptions} | _UNCOUNTED
    for path in _paths(document.value):
        segments = [segment for segment in path.split("/") if segment]
        for segment in segments[:-1] if ignore_last_path_segment else segments:
            last = re.split(r"[-_.~]|(?<=[a-z])(?=[A-Z])", segment)[-1].lower()
            if "{" in segment or re.fullmatch(r"v?\d+(\.\d+)*", segment) or not last.isalpha():
                continue
            is_plural = last.endswith("s") and not last.endswith(("ss", "us", "is"))
            if not is_plural and last not in known and segment.lower() not in known:
                yield flaw(f"{segment!r} in {path} is in the singular.", "paths", path)


@rule(group="style", level="off", on="document")
def component_name_unique(document: Node, index: Index) -> Iterator[Flaw]:
    """Two components of a kind have one name, in different files.

    Whoever bundles the files must rename one, and generated code gets `Pet` and `Pet2`.

    Wrong:
        components:
          schemas: {Pet: {$ref: "#/x-apispec-files/a.yaml/Pet"}, Home: {$ref: "#/x-apispec-files/b.yaml/Pet"}}
        x-apispec-files: {a.yaml: {Pet: {type: string}}, b.yaml: {Pet: {type: object}}}

    Right:
        components:
          schemas: {Pet: {$ref: "#/x-apispec-files/a.yaml/Pet"}, Home: {$ref: "#/x-apispec-files/b.yaml/Home"}}
        x-apispec-files: {a.yaml: {Pet: {type: string}}, b.yaml: {Home: {type: object}}}
    """
    named: dict[tuple[str, str], dict[int, Node]] = defaultdict(dict)
    kinds = ("schema", "parameter", "response", "request-body")
    for kind in kinds:
        for node in index.by_kind[kind]:
            parent = node.parent
            if parent is not None and parent.kind == "components" and "$ref" not in node.value:
                named[kind, node.name][id(node.value)] = node
    for node in index.roots:
        tokens = split(node.slot)
        if node.kind in kinds and tokens and isinstance(node.value, dict) and not tokens[-1].isdigit():
            named[node.kind, str(tokens[-1])][id(node.value)] = node
    for (kind, name), nodes in named.items():
        first, *others = nodes.values()
        for node in others:
            if node.value != first.value:
                yield flaw(f"There is another {kind} {name!r}, at {first.pointer}.", node=node)


@rule(group="style", level="off", on="document")
def paths_kebab_case(document: Node, index: Index) -> Iterator[Flaw]:
    """A path is not written in kebab-case.

    Addresses are typed and told: small letters with hyphens leave nothing to guess.

    Wrong:
        /petOwners: {get: {}}

    Right:
        /pet-owners: {get: {}}
    """
    for path in _paths(document.value):
        for segment in re.sub(r"\{[^}]*\}", "", path).split("/"):
            if segment and not re.fullmatch(r"[a-z0-9.~:@-]+", segment):
                yield flaw(f"{segment!r} in {path} is not written in kebab-case.", "paths", path)
                break


@rule(group="style", level="off", on="document")
def no_path_trailing_slash(document: Node, index: Index) -> Iterator[Flaw]:
    """A path ends with a slash.

    Servers take `/pets` and `/pets/` for two things, and some lead from one to the other without the body.

    Wrong:
        /pets/: {get: {}}

    Right:
        /pets: {get: {}}
    """
    for path in _paths(document.value):
        if path.endswith("/") and path != "/":
            yield flaw(f"{path} ends with a slash.", "paths", path)


@rule(group="style", level="off", on="operation")
def operation_id_url_safe(operation: Node, index: Index) -> Iterator[Flaw]:
    """An operationId has characters that addresses must escape.

    Documentation links to operations by their ids.

    Wrong:
        get: {operationId: list pets}

    Right:
        get: {operationId: list_pets}
    """
    name = operation.value.get("operationId")
    if isinstance(name, str) and not re.fullmatch(r"[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=-]+", name):
        yield flaw(f"The operationId {name!r} must be escaped in addresses.", "operationId")


@rule(group="style", level="off", on="operation")
def operation_singular_tag(operation: Node, index: Index) -> Iterator[Flaw]:
    """An operation has several tags.

    Documentation then shows it in several chapters, and generated clients have it in several classes.

    Wrong:
        get: {tags: [pets, owners]}

    Right:
        get: {tags: [pets]}
    """
    tags = operation.value.get("tags")
    if isinstance(tags, list) and len(tags) > 1:
        yield flaw(f"The operation has {len(tags)} tags.", "tags")
