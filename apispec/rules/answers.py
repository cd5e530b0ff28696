"""Rules about what requests and answers carry: media types, headers, properties, problem details."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from apispec.rules.index import Index, Node
from apispec.rules.references import _members
from apispec.rules.registry import Flaw, flaw, rule


def _types(holder: Node, index: Index, key: str) -> list[tuple[str, tuple[str | int, ...]]]:
    """Media types of a message or document, and where they are written."""
    if index.is_swagger:
        names = holder.value.get(key)
        return [(str(n), (key, at)) for at, n in enumerate(names)] if isinstance(names, list) else []
    content = holder.value.get("content")
    return [(name, ("content", name)) for name in content] if isinstance(content, dict) else []


def _other_types(holder: Node, index: Index, key: str, allowed: Sequence[str]) -> Iterator[Flaw]:
    for name, at in _types(holder, index, key):
        plain = name.partition(";")[0].strip().lower()
        if not any(fnmatchcase(plain, str(pattern).lower()) for pattern in allowed):
            yield flaw(f"{name!r} is none of {', '.join(map(str, allowed))}.", *at)


_SENT = ("application/json", "application/*+json", "multipart/form-data")
_ANSWERED = ("application/json", "application/*+json")


@rule(group="style", level="off", on="document")
def request_mime_type(document: Node, index: Index, *, allowed: Sequence[str] = _SENT) -> Iterator[Flaw]:
    """A request has a body of a type that this API does not use elsewhere.

    Callers then need a second way to write bodies. `allowed` lists the types, with `*` for anything.

    Wrong:
        post:
          requestBody: {content: {application/xml: {schema: {type: object}}}}

    Right:
        post:
          requestBody: {content: {application/json: {schema: {type: object}}}}
    """
    holders = [document, *index.operations] if index.is_swagger else index.by_kind["request-body"]
    for node in holders:
        for found in _other_types(node, index, "consumes", allowed):
            yield found._replace(node=node)


@rule(group="style", level="off", on="document")
def response_mime_type(document: Node, index: Index, *, allowed: Sequence[str] = _ANSWERED) -> Iterator[Flaw]:
    """An answer has a body of a type that this API does not use elsewhere.

    Callers then need a second way to read bodies. `allowed` lists the types, with `*` for anything.

    Wrong:
        get:
          responses: {"200": {description: OK, content: {text/csv: {schema: {type: string}}}}}

    Right:
        get:
          responses: {"200": {description: OK, content: {application/json: {schema: {type: string}}}}}
    """
    holders = [document, *index.operations] if index.is_swagger else index.by_kind["response"]
    for node in holders:
        for found in _other_types(node, index, "produces", allowed):
            yield found._replace(node=node)


def responses(index: Index, *patterns: str) -> Iterator[tuple[Node, str, Node, dict[str, Any]]]:
    """Operation, status, and response as it stands and resolved, of statuses such as `404`, `4XX`, `default`."""
    for node in index.by_kind["response"]:
        parent = node.parent
        if parent is not None and parent.kind == "operation" and node.key is not None:
            resolved = index.resolve(node.value)
            if isinstance(resolved, dict) and any(_fits(str(node.key), pattern) for pattern in patterns):
                yield parent, str(node.key), node, resolved


def _fits(status: str, pattern: str) -> bool:
    if status.upper() == str(pattern).upper():
        return True
    return str(pattern).upper().endswith("XX") and status[:1] == str(pattern)[:1] and len(status) == 3


_HEADERS: Mapping[str, Sequence[str]] = {"201": ["Location"], "429": ["Retry-After"]}


@rule(group="style", level="off", on="document")
def response_contains_header(
    document: Node, index: Index, *, names: Mapping[str, Sequence[str]] = _HEADERS
) -> Iterator[Flaw]:
    """An answer lacks a header that answers of its status should have.

    `names` lists headers by status, such as `{2XX = ["X-Request-Id"], 429 = ["Retry-After"]}`.

    Wrong:
        post:
          responses: {"201": {description: Created}}

    Right:
        post:
          responses: {"201": {description: Created, headers: {Location: {schema: {type: string}}}}}
    """
    for pattern, wanted in names.items():
        for _, status, node, response in responses(index, pattern):
            headers = response.get("headers")
            present = {name.lower() for name in headers} if isinstance(headers, dict) else set()
            for name in wanted:
                if str(name).lower() not in present:
                    yield flaw(f"The answer {status} has no header {name}.", node=node)


_PROPERTIES: Mapping[str, Sequence[str]] = {"4XX": ["title"]}


@rule(group="style", level="off", on="document")
def response_contains_property(
    document: Node, index: Index, *, names: Mapping[str, Sequence[str]] = _PROPERTIES
) -> Iterator[Flaw]:
    """The body of an answer lacks a property that answers of its status should have.

    `names` lists properties by status, such as `{2XX = ["data"], default = ["error"]}`.

    Wrong:
        get:
          responses:
            "404":
              description: No such pet
              content: {application/json: {schema: {type: object, properties: {error: {type: string}}}}}

    Right:
        get:
          responses:
            "404":
              description: No such pet
              content: {application/json: {schema: {type: object, properties: {title: {type: string}}}}}
    """
    for pattern, wanted in names.items():
        for _, status, node, response in responses(index, pattern):
            for at, schema in _schemas(response, index):
                for name in _lacking(schema, index, wanted):
                    other = flaw(f"The answer {status} has no property {name!r}.", *at, node=node)
                    yield other if "$ref" not in node.value else other._replace(at=())


def _schemas(response: dict[str, Any], index: Index) -> Iterator[tuple[tuple[str, ...], Any]]:
    if index.is_swagger and "schema" in response:
        yield ("schema",), response["schema"]
    content = response.get("content")
    for name, media in (content if isinstance(content, dict) else {}).items():
        resolved = index.resolve(media)
        if isinstance(resolved, dict) and "schema" in resolved:
            yield ("content", name, "schema"), resolved["schema"]


def _lacking(schema: Any, index: Index, wanted: Sequence[str]) -> Iterator[str]:
    """Which of the names an object surely lacks."""
    properties, _, known = _members(schema, index, 0)
    for name in wanted if known else ():
        if name not in properties:
            yield str(name)


@rule(group="style", level="off", on="document", versions=("3.0", "3.1", "3.2"))
def problem_details(document: Node, index: Index) -> Iterator[Flaw]:
    """An error is not described as problem details (RFC 9457).

    `application/problem+json` with `type` and `title` is what clients of every language read alike.

    Wrong:
        get:
          responses: {"404": {description: No such pet, content: {application/json: {schema: {type: object}}}}}

    Right:
        get:
          responses:
            "404":
              description: No such pet
              content:
                application/problem+json:
                  schema: {type: object, properties: {type: {type: string}, title: {type: string}}}
    """
    for _, status, node, response in responses(index, "4XX", "5XX"):
        content = response.get("content")
        types = {name.partition(";")[0].strip().lower() for name in content} if isinstance(content, dict) else set()
        if not types & {"application/problem+json", "application/problem+xml"}:
            yield flaw(f"The error {status} is not described as application/problem+json.", node=node)
            continue
        for at, schema in _schemas(response, index):
            missing = [*_lacking(schema, index, ("type", "title"))] if "problem+json" in at[1] else []
            if missing:
                place = at if "$ref" not in node.value else ()
                yield flaw(f"The problem details of {status} have no {', no '.join(missing)}.", *place, node=node)
