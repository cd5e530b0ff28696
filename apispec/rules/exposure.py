"""Rules about what an attacker learns or reaches (OWASP API1, API2, API7, API8, API9:2023)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from apispec.rules.index import Index, Node
from apispec.rules.limits import types_of
from apispec.rules.registry import Flaw, flaw, rule, text

_ID = re.compile(r"(?i:(.*[_-])?(id|uid|guid))|.*[a-z](Id|ID)")


@rule(group="security", level="off", on="parameter")
def no_numeric_ids(parameter: Node, index: Index) -> Iterator[Flaw]:
    """An id in a path or query is a number.

    Who has 17 tries 18 (OWASP API1:2023). Ids that cannot be guessed, such as UUIDs, are a second lock.

    Wrong:
        /pets/{id}: {get: {parameters: [{name: id, in: path, required: true, schema: {type: integer}}]}}

    Right:
        /pets/{id}: {get: {parameters: [{name: id, in: path, required: true, schema: {type: string, format: uuid}}]}}
    """
    value = parameter.value
    schema = value if index.is_swagger else index.resolve(value.get("schema"))
    is_id = _ID.fullmatch(text(value.get("name"))) and value.get("in") in ("path", "query")
    if is_id and isinstance(schema, dict) and types_of(schema) & {"integer", "number"}:
        yield flaw(f"The id {value.get('name')!r} is a number, which can be guessed.", hint="Use UUIDs.")


_CREDENTIAL = re.compile(r"(?i)(.*[_-])?(access[_-]?token|token|api[_-]?key|id[_-]?token|refresh[_-]?token|jwt)")


@rule(group="security", level="off", on="parameter")
def credential_in_url(parameter: Node, index: Index) -> Iterator[Flaw]:
    """A token or key is part of the URL.

    URLs end up in logs, histories and referrers, and the token with them.

    Wrong:
        get:
          parameters: [{name: access_token, in: query, schema: {type: string}}]

    Right:
        get:
          parameters: [{name: X-Token, in: header, schema: {type: string}}]
    """
    name = text(parameter.value.get("name"))
    if parameter.value.get("in") in ("query", "path") and _CREDENTIAL.fullmatch(name):
        yield flaw(f"{name!r} would be part of the URL, which ends up in logs.", "name", hint="Use a header.")


_URL = re.compile(r"(?i)(.*[_-])?(callback|redirect|redirect[_-]?(uri|url)|url|uri|webhook|return[_-]?(to|url))")


@rule(group="security", level="off", on="parameter")
def concerning_url_parameter(parameter: Node, index: Index) -> Iterator[Flaw]:
    """A parameter is an address that the server will call or lead to.

    Without a list of what is allowed, it reaches machines that only the server can reach (OWASP API7:2023).

    Wrong:
        get:
          parameters: [{name: callback_url, in: query, schema: {type: string, format: uri}}]

    Right:
        get:
          parameters: [{name: callback_url, in: query, schema: {type: string, enum: ["https://pets.io/done"]}}]
    """
    name = text(parameter.value.get("name"))
    schema = parameter.value if index.is_swagger else index.resolve(parameter.value.get("schema"))
    is_bound = isinstance(schema, dict) and schema.keys() & {"enum", "const", "pattern"}
    if _URL.fullmatch(name) and not is_bound:
        yield flaw(f"{name!r} may be any address.", hint="List what is allowed, by `enum` or `pattern`.")


@rule(group="security", level="off", on="server", versions=("3.0", "3.1", "3.2"))
def inventory_access(server: Node, index: Index) -> Iterator[Flaw]:
    """A server does not say for whom it is.

    `x-internal: true` or `false` keeps test systems from being taken for public ones (OWASP API9:2023).

    Wrong:
        servers: [{url: "https://api.pets.io"}]

    Right:
        servers: [{url: "https://api.pets.io", x-internal: false}]
    """
    if not isinstance(server.value.get("x-internal"), bool):
        yield flaw("The server does not say whether it is internal.", hint="Say `x-internal: true` or `false`.")


_ENVIRONMENT = re.compile(
    r"(?i)\b(local|sandbox|alpha|beta|test(ing)?|stag(e|ing)|prod(uction)?|next|preprod|dev\w*)\b"
)


@rule(group="security", level="off", on="server", versions=("3.0", "3.1", "3.2"))
def inventory_environment(server: Node, index: Index) -> Iterator[Flaw]:
    """A server's description does not say which environment it is.

    Test systems that nobody knows as such are where attackers begin (OWASP API9:2023).

    Wrong:
        servers: [{url: "https://api.pets.io"}]

    Right:
        servers: [{url: "https://api.pets.io", description: Production}]
    """
    if not _ENVIRONMENT.search(text(server.value.get("description"))):
        yield flaw("The description names no environment.", hint="Production, staging, testing, sandbox, …")


@rule(group="security", level="warning", on="document")
def eval_in_markdown(document: Node, index: Index) -> Iterator[Flaw]:
    """A title or description calls `eval`.

    Viewers that run scripts in Markdown would run whatever stands in the brackets.

    Wrong:
        get: {description: "Pets eval('1')"}

    Right:
        get: {description: "Pets, evaluated"}
    """
    for node, key, value in index.texts:
        if "eval" in value and re.search(r"\beval\s*\(", value):
            yield flaw(f"The {key} calls `eval`.", key, node=node)
