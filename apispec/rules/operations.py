"""Rules about operations: names, answers, bodies, links, callbacks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from apispec.documents import MISSING
from apispec.rules.index import Index, Node
from apispec.rules.registry import Flaw, flaw, rule, text


@rule(group="correctness", level="error", on="document")
def duplicate_operation_id(document: Node, index: Index) -> Iterator[Flaw]:
    """Two operations have the same operationId.

    It must be unique: clients and MCP tools are named by it, and one of the two disappears.

    Wrong:
        /pets: {get: {operationId: list}}
        /owners: {get: {operationId: list}}

    Right:
        /pets: {get: {operationId: list_pets}}
        /owners: {get: {operationId: list_owners}}
    """
    seen: dict[str, Node] = {}
    for node in index.by_kind["operation"]:
        name = text(node.value.get("operationId"))
        if name in seen:
            yield flaw(f"{_where(seen[name])} is called {name!r} too.", "operationId", node=node)
        elif name:
            seen[name] = node


def _where(operation: Node) -> str:
    return f"{operation.method} {operation.path}" if operation.path else operation.pointer


@rule(group="correctness", level="warning", on="operation")
def success_response_missing(operation: Node, index: Index) -> Iterator[Flaw]:
    """An operation documents no successful answer.

    Nobody knows what to expect; generated clients return nothing.

    Wrong:
        get:
          responses: {"404": {description: Not found}}

    Right:
        get:
          responses: {"200": {description: The pets}, "404": {description: Not found}}
    """
    responses = operation.value.get("responses")
    if not isinstance(responses, dict) or not responses:
        return
    if not any(code[:1] in ("1", "2", "3") or code == "default" for code in responses):
        yield flaw("No successful answer is documented.", "responses")


@rule(group="correctness", level="error", on="operation")
def unknown_status_code(operation: Node, index: Index) -> Iterator[Flaw]:
    """An answer's key is no status code.

    Status codes have three digits from 100 to 599; `2XX` stands for a class, `default` for all others.

    Wrong:
        get:
          responses: {"2xx": {description: OK}}

    Right:
        get:
          responses: {"2XX": {description: OK}}
    """
    responses = operation.value.get("responses")
    for code in responses if isinstance(responses, dict) else ():
        if not code.startswith("x-") and not re.fullmatch(r"[1-5](\d\d|XX)|default", code):
            yield flaw(f"{code!r} is no status code.", "responses", code)


@rule(group="correctness", level="warning", on="operation", versions=("3.0", "3.1", "3.2"))
def body_without_meaning(operation: Node, index: Index) -> Iterator[Flaw]:
    """A GET, HEAD or TRACE operation has a request body.

    HTTP gives such a body no meaning: browsers refuse to send it, caches and proxies drop it.

    Wrong:
        get:
          requestBody: {content: {application/json: {schema: {type: object}}}}

    Right:
        post:
          requestBody: {content: {application/json: {schema: {type: object}}}}
    """
    if operation.method in ("GET", "HEAD", "TRACE") and "requestBody" in operation.value:
        yield flaw(f"{operation.method} requests have no body.", "requestBody", hint="Use query parameters, or POST.")


@rule(group="correctness", level="warning", on="response")
def content_without_body(response: Node, index: Index) -> Iterator[Flaw]:
    """An answer that has no body is given content.

    Answers with 204, 205 and 304 end after the headers; clients that read the body fail or wait.

    Wrong:
        delete:
          responses: {"204": {description: Gone, content: {application/json: {schema: {type: object}}}}}

    Right:
        delete:
          responses: {"204": {description: Gone}}
    """
    content = response.value.get("content")
    if response.slot == "responses" and response.key in ("204", "205", "304") and isinstance(content, dict) and content:
        yield flaw(f"An answer with status {response.key} has no body.", "content")


@rule(group="correctness", level="warning", on="operation", versions=("3.0", "3.1", "3.2"))
def form_parameter_location(operation: Node, index: Index) -> Iterator[Flaw]:
    """A body or form parameter of Swagger 2.0 stands in an OpenAPI 3 document.

    OpenAPI 3 knows the places path, query, header and cookie (and querystring); the body is `requestBody`.

    Wrong:
        post:
          parameters: [{name: pet, in: body, schema: {type: object}}]

    Right:
        post:
          requestBody: {content: {application/json: {schema: {type: object}}}}
    """
    for node, value in index.parameters(operation):
        if value.get("in") in ("body", "formData"):
            yield flaw(f"`in: {value['in']}` is Swagger 2.0.", "in", hint="Describe it as `requestBody`.", node=node)


@rule(group="correctness", level="error", on="link")
def link_to_unknown_operation(link: Node, index: Index) -> Iterator[Flaw]:
    """A link names an operation that does not exist.

    The link cannot be followed.

    Wrong:
        get:
          operationId: list_pets
          responses: {"200": {description: OK, links: {next: {operationId: list_pet}}}}

    Right:
        get:
          operationId: list_pets
          responses: {"200": {description: OK, links: {next: {operationId: list_pets}}}}
    """
    name, reference = link.value.get("operationId"), link.value.get("operationRef")
    if isinstance(name, str) and name not in _operation_ids(index):
        yield flaw(f"There is no operation {name!r}.", "operationId")
    if isinstance(reference, str) and reference.startswith("#") and index.lookup(unquote(reference)) is MISSING:
        yield flaw(f"{reference} does not exist.", "operationRef")


def _operation_ids(index: Index) -> set[str]:
    return {text(node.value.get("operationId")) for node in index.by_kind["operation"]}


@rule(group="correctness", level="warning", on="link")
def link_to_unknown_parameter(link: Node, index: Index) -> Iterator[Flaw]:
    """A link fills a parameter that its operation does not have.

    The value is lost, and a required parameter may stay empty.

    Wrong:
        get:
          operationId: get_pets
          parameters: [{name: page, in: query, schema: {type: integer}}]
          responses: {"200": {description: OK, links: {next: {operationId: get_pets, parameters: {pge: 2}}}}}

    Right:
        get:
          operationId: get_pets
          parameters: [{name: page, in: query, schema: {type: integer}}]
          responses: {"200": {description: OK, links: {next: {operationId: get_pets, parameters: {page: 2}}}}}
    """
    parameters, name = link.value.get("parameters"), link.value.get("operationId")
    if not isinstance(parameters, dict) or not isinstance(name, str):
        return
    operation = next((node for node in index.by_kind["operation"] if node.value.get("operationId") == name), None)
    if operation is None:
        return
    known = {value["name"] for _, value in index.parameters(operation)}
    for key in parameters:
        if (
            key.removeprefix("path.").removeprefix("query.").removeprefix("header.").removeprefix("cookie.")
            not in known
        ):
            yield flaw(f"The operation {name!r} has no parameter {key!r}.", "parameters", key)


_EXPRESSION = re.compile(
    r"\$(url|method|statusCode|(request|response)\.(header\.[\w!#$%&'*+.^`|~-]+|(query|path)\.[^{}]+|body(#(/[^{}]*)?)?))"
)


@rule(group="correctness", level="error", on="callback")
def invalid_callback_expression(callback: Node, index: Index) -> Iterator[Flaw]:
    """A callback's key is no URL or runtime expression.

    Nobody can tell where the request goes.

    Wrong:
        post:
          callbacks: {done: {"{request.body#/url}": {post: {responses: {"200": {description: OK}}}}}}

    Right:
        post:
          callbacks: {done: {"{$request.body#/url}": {post: {responses: {"200": {description: OK}}}}}}
    """
    for key in callback.value:
        if key.startswith("x-") or key == "$ref":
            continue
        for expression in re.findall(r"\{([^{}]*)\}", key) or ([key] if key.startswith("$") else []):
            if not _EXPRESSION.fullmatch(expression):
                yield flaw(
                    f"{expression!r} is no runtime expression.", key, hint="They start with $request, $response, $url."
                )


@rule(group="correctness", level="error", on="document")
def duplicate_tag(document: Node, index: Index) -> Iterator[Flaw]:
    """A tag is declared twice.

    Names of tags must be unique; which description counts is undefined.

    Wrong:
        tags: [{name: pets}, {name: pets}]

    Right:
        tags: [{name: pets}, {name: owners}]
    """
    seen: set[Any] = set()
    for node in index.by_kind["tag"]:
        name = text(node.value.get("name"))
        if name in seen:
            yield flaw(f"The tag {name!r} is declared twice.", node=node)
        seen.add(name)


@rule(group="correctness", level="error", on="document", versions=("3.2",))
def unknown_parent_tag(document: Node, index: Index) -> Iterator[Flaw]:
    """A tag's parent does not exist, or tags are their own ancestors.

    The tree of tags cannot be drawn.

    Wrong:
        openapi: 3.2.0
        tags: [{name: pets, parent: animals}]

    Right:
        openapi: 3.2.0
        tags: [{name: animals}, {name: pets, parent: animals}]
    """
    parents = {text(node.value.get("name")): node.value.get("parent") for node in index.by_kind["tag"]}
    for node in index.by_kind["tag"]:
        parent = node.value.get("parent")
        if isinstance(parent, str) and parent not in parents:
            yield flaw(f"There is no tag {parent!r}.", "parent", node=node)
        seen: set[Any] = set()
        name: Any = text(node.value.get("name"))
        while isinstance(name, str) and name not in seen:
            seen.add(name)
            name = parents.get(name)
        if isinstance(name, str) and name == text(node.value.get("name")):
            yield flaw(f"The tag {name!r} is its own ancestor.", "parent", node=node)


@rule(group="style", level="warning", on="path-item")
def empty_path_item(item: Node, index: Index) -> Iterator[Flaw]:
    """A path has no operation.

    It is listed, but nothing can be called.

    Wrong:
        /pets: {summary: Pets}

    Right:
        /pets: {get: {}}
    """
    if item.path and "$ref" not in item.value and not item.value.keys() & _OPERATION_KEYS:
        yield flaw(f"{item.path} has no operation.")


_OPERATION_KEYS = frozenset(
    {"get", "put", "post", "delete", "options", "head", "patch", "trace", "query", "additionalOperations"}
)
