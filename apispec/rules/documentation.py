"""Rules about what readers are told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from apispec.rules.index import Index, Node
from apispec.rules.registry import Flaw, flaw, rule, text


def _is_blank(value: object) -> bool:
    return not isinstance(value, str) or not value.strip()


@rule(group="documentation", level="warning", on="info")
def description_of_api_missing(info: Node, index: Index) -> Iterator[Flaw]:
    """The API has no description.

    It is the first thing a reader looks for: what is this, and what can I do with it?

    Wrong:
        info: {title: Pets, version: "1"}

    Right:
        info: {title: Pets, version: "1", description: Find a pet and take it home.}
    """
    if _is_blank(info.value.get("description")) and _is_blank(info.value.get("summary")):
        yield flaw("The API has no description.", hint="Say in a sentence or two what it is for.")


@rule(group="documentation", level="warning", on="operation")
def operation_without_text(operation: Node, index: Index) -> Iterator[Flaw]:
    """An operation has neither summary nor description.

    Readers, and language models that choose between tools, have only its name to go by.

    Wrong:
        get: {operationId: list_pets}

    Right:
        get: {operationId: list_pets, summary: List all pets}
    """
    if _is_blank(operation.value.get("summary")) and _is_blank(operation.value.get("description")):
        yield flaw("The operation has neither summary nor description.")


@rule(group="documentation", level="off", on="operation")
def operation_description_missing(operation: Node, index: Index) -> Iterator[Flaw]:
    """An operation has no description.

    A summary names it; when to use it, and what it changes, takes a few sentences.

    Wrong:
        get: {summary: List all pets}

    Right:
        get: {summary: List all pets, description: "Newest first, at most 100."}
    """
    if _is_blank(operation.value.get("description")):
        yield flaw("The operation has no description.")


@rule(group="documentation", level="info", on="parameter")
def parameter_description_missing(parameter: Node, index: Index) -> Iterator[Flaw]:
    """A parameter has no description.

    Its name and type seldom say what values mean and what happens without it.

    Wrong:
        get:
          parameters: [{name: q, in: query, schema: {type: string}}]

    Right:
        get:
          parameters: [{name: q, in: query, description: Words to look for, schema: {type: string}}]
    """
    schema = index.resolve(parameter.value.get("schema"))
    inner = schema.get("description") if isinstance(schema, dict) else None
    if _is_blank(parameter.value.get("description")) and _is_blank(inner):
        yield flaw(f"The parameter {text(parameter.value.get('name'))!r} has no description.")


@rule(group="documentation", level="off", on="schema", key="properties")
def property_description_missing(schema: Node, index: Index) -> Iterator[Flaw]:
    """A property has no description.

    Its name and type seldom say what values mean.

    Wrong:
        {type: object, properties: {kind: {type: string}}}

    Right:
        {type: object, properties: {kind: {type: string, description: Cat or dog}}}
    """
    properties = schema.value["properties"]
    for name, inner in (properties if isinstance(properties, dict) else {}).items():
        resolved = index.resolve(inner)
        if (
            isinstance(resolved, dict)
            and _is_blank(resolved.get("description"))
            and _is_blank(inner.get("description"))
        ):
            yield flaw(f"The property {name!r} has no description.", "properties", name)


@rule(group="documentation", level="off", on="schema")
def schema_description_missing(schema: Node, index: Index) -> Iterator[Flaw]:
    """A schema component has no description.

    Readers meet it as a type name; one sentence says what it stands for.

    Wrong:
        components: {schemas: {Pet: {type: object}}}

    Right:
        components: {schemas: {Pet: {type: object, description: An animal that looks for a home}}}
    """
    if schema.slot == "schemas" and _is_blank(schema.value.get("description")):
        yield flaw(f"The schema {schema.name!r} has no description.")


@rule(group="documentation", level="warning", on="response")
def empty_response_description(response: Node, index: Index) -> Iterator[Flaw]:
    """A response's description is empty.

    It is required so that readers learn what the answer means; an empty text tells them nothing.

    Wrong:
        get:
          responses: {"200": {description: ""}}

    Right:
        get:
          responses: {"200": {description: All pets}}
    """
    if "description" in response.value and _is_blank(response.value["description"]):
        yield flaw("The response's description is empty.", "description")


@rule(group="documentation", level="info", on="tag")
def tag_description_missing(tag: Node, index: Index) -> Iterator[Flaw]:
    """A tag has no description.

    Tags are the chapters of the documentation; a sentence says what a chapter is about.

    Wrong:
        tags: [{name: pets}]

    Right:
        tags: [{name: pets, description: Finding and adopting pets}]
    """
    if _is_blank(tag.value.get("description")) and _is_blank(tag.value.get("summary")):
        yield flaw(f"The tag {text(tag.value.get('name'))!r} has no description.")


@rule(group="documentation", level="off", on="info")
def license_missing(info: Node, index: Index) -> Iterator[Flaw]:
    """The API names no license.

    Readers do not know under which terms they may use it.

    Wrong:
        info: {title: Pets, version: "1"}

    Right:
        info: {title: Pets, version: "1", license: {name: MIT, identifier: MIT}}
    """
    if not info.value.get("license"):
        yield flaw("No license is named.")


@rule(group="documentation", level="off", on="info")
def contact_missing(info: Node, index: Index) -> Iterator[Flaw]:
    """The API names no contact.

    Readers do not know whom to ask.

    Wrong:
        info: {title: Pets, version: "1"}

    Right:
        info: {title: Pets, version: "1", contact: {email: help@example.com}}
    """
    if not info.value.get("contact"):
        yield flaw("No contact is named.")


@rule(group="documentation", level="info", on="document", versions=("3.0", "3.1", "3.2"))
def server_missing(document: Node, index: Index) -> Iterator[Flaw]:
    """The document names no server.

    Examples cannot be run as they stand: nobody knows where the API is.

    Wrong:
        get: {}
        servers: []

    Right:
        get: {}
        servers: [{url: "https://api.example.com"}]
    """
    if not document.value.get("servers") and index.operations:
        yield flaw("No server is named.", hint="Add `servers` with the API's address.")


@rule(group="documentation", level="off", on="operation")
def error_response_missing(operation: Node, index: Index) -> Iterator[Flaw]:
    """An operation documents no error.

    Callers learn of errors only when they happen.

    Wrong:
        get:
          responses: {"200": {description: OK}}

    Right:
        get:
          responses: {"200": {description: OK}, "404": {description: No such pet}}
    """
    responses = operation.value.get("responses")
    if (
        isinstance(responses, dict)
        and responses
        and not any(code[:1] in "45" or code == "default" for code in responses)
    ):
        yield flaw("No error is documented.", "responses")


@rule(group="documentation", level="off", on="media-type")
def example_missing(media_type: Node, index: Index) -> Iterator[Flaw]:
    """A body has no example.

    An example is what most readers look at first. (apispec makes one from the schema; a real one teaches more.)

    Wrong:
        post:
          requestBody: {content: {application/json: {schema: {type: object}}}}

    Right:
        post:
          requestBody: {content: {application/json: {schema: {type: object}, example: {name: Mia}}}}
    """
    schema = index.resolve(media_type.value.get("schema"))
    inner = schema if isinstance(schema, dict) else {}
    if not media_type.value.keys() & {"example", "examples"} and not inner.keys() & {"example", "examples"}:
        yield flaw("There is no example.")


@rule(group="documentation", level="warning", on="document")
def placeholder_text(document: Node, index: Index) -> Iterator[Flaw]:
    """A text was never written.

    `TODO`, `string` and `lorem ipsum` tell readers that nobody looked.

    Wrong:
        get: {summary: TODO}

    Right:
        get: {summary: List all pets}
    """
    for node, key, value in index.texts:
        if key == "title" or node.kind in ("server", "request-body", "header") or not _PLACEHOLDER.match(value):
            continue
        if value.strip(" .").lower() != node.name.lower():
            yield flaw(f"The {key} was never written: {value.strip()[:40]!r}.", key, node=node)


_PLACEHOLDER = re.compile(
    r"\s*(todo|tbd|fixme|xxx|string|description|summary|(enter |add |your )?description( here)?|lorem ipsum.*)[\s.:]*$",
    re.IGNORECASE | re.DOTALL,
)


@rule(group="documentation", level="info", on="operation")
def deprecated_without_advice(operation: Node, index: Index) -> Iterator[Flaw]:
    """A deprecated operation does not say what to use instead.

    Readers know that they must move, but not where to. What `deprecated="..."` says in an app (`x-deprecation`) counts.

    Wrong:
        get: {deprecated: true, summary: List pets}

    Right:
        get: {deprecated: true, summary: List pets, description: Use `/v2/pets` instead.}
    """
    if operation.value.get("deprecated") is not True:
        return
    if text(operation.value.get("x-deprecation")).strip():
        return
    words = f"{text(operation.value.get('description'))} {text(operation.value.get('summary'))}"
    if not re.search(
        r"(?i)\b(instead|use|replace\w*|migrat\w*|moved?|superse\w*|sunset|removed|see)\b|https?://|`", words
    ):
        yield flaw("It is deprecated, and nothing says what to use instead.", "deprecated")


@rule(group="documentation", level="warning", on="operation")
def sunset_without_deprecation(operation: Node, index: Index) -> Iterator[Flaw]:
    """An operation has a sunset date but is not deprecated.

    Tools warn their users of what is deprecated; the date alone they do not know.

    Wrong:
        get: {x-sunset: "2030-01-01"}

    Right:
        get: {x-sunset: "2030-01-01", deprecated: true}
    """
    if "x-sunset" in operation.value and operation.value.get("deprecated") is not True:
        yield flaw("A sunset date is given, but the operation is not deprecated.", "x-sunset")
    for key in ("x-sunset", "x-deprecated-since"):
        day = operation.value.get(key)
        if day is not None and not re.fullmatch(r"\d{4}-\d\d-\d\d([T ].*)?", str(day)):
            yield flaw(f"{day!r} is no date.", key, hint="Write it as 2030-12-31.")


@rule(group="documentation", level="warning", on="document")
def unknown_stability_level(document: Node, index: Index) -> Iterator[Flaw]:
    """A stability level is none.

    `apispec diff` and others know draft, alpha, beta and stable; with any other word the operation counts as stable.

    Wrong:
        get: {x-stability-level: experimental}

    Right:
        get: {x-stability-level: alpha}
    """
    holders = [document, *index.by_kind["info"], *index.by_kind["path-item"], *index.by_kind["operation"]]
    for node in holders:
        level = node.value.get("x-stability-level", "stable")
        if level not in ("draft", "alpha", "beta", "stable"):
            said = f"{level!r} is no stability level."
            yield flaw(said, "x-stability-level", hint="draft, alpha, beta or stable.", node=node)


@rule(group="documentation", level="info", on="operation")
def summary_too_long(operation: Node, index: Index) -> Iterator[Flaw]:
    """A summary is longer than 120 characters.

    Summaries stand in lists and menus; the rest belongs into the description.

    Wrong:
        get:
          summary: >-
            Lists all pets that were ever registered with any of our homes, newest first, and tells for each of them how
            old it is and what it likes

    Right:
        get: {summary: List all pets}
    """
    length = len(text(operation.value.get("summary")))
    if length > 120:
        yield flaw(f"The summary has {length} characters.", "summary", hint="Move the details into the description.")
