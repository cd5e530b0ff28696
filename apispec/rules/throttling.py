"""Rules about answers that every API gives under load and attack (OWASP API4:2023, API8:2023)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from apispec.rules.answers import responses
from apispec.rules.index import Index, Node
from apispec.rules.registry import Flaw, flaw, rule


def _lacks(operation: Node, *statuses: str) -> bool:
    answers = operation.value.get("responses")
    return isinstance(answers, dict) and bool(answers) and not {*map(str, answers)} & {*statuses}


def _secured(operation: Node, index: Index) -> bool:
    wanted = operation.value.get("security", index.document.get("security"))
    return isinstance(wanted, list) and bool(wanted) and {} not in wanted


@rule(group="security", level="off", on="operation")
def unauthorized_response_missing(operation: Node, index: Index) -> Iterator[Flaw]:
    """An operation that needs credentials does not say what happens without them.

    Clients meet the 401 when a token ends, and must know its form to ask for a new one.

    Wrong:
        security: [{key: []}]
        get:
          responses: {"200": {description: OK}}

    Right:
        security: [{key: []}]
        get:
          responses: {"200": {description: OK}, "401": {description: Log in first}}
    """
    if operation.path and _secured(operation, index) and _lacks(operation, "401", "4XX", "default"):
        yield flaw("The answer 401 is not described.", "responses")


@rule(group="security", level="off", on="operation")
def too_many_requests_response_missing(operation: Node, index: Index) -> Iterator[Flaw]:
    """An operation does not say what happens to those who call it too often.

    Either nothing limits callers, or the 429 takes them by surprise.

    Wrong:
        get:
          responses: {"200": {description: OK}}

    Right:
        get:
          responses: {"200": {description: OK}, "429": {description: Wait a minute}}
    """
    if operation.path and _lacks(operation, "429", "4XX", "default"):
        yield flaw("The answer 429 is not described.", "responses")


@rule(group="security", level="off", on="operation")
def server_error_response_missing(operation: Node, index: Index) -> Iterator[Flaw]:
    """An operation does not say what an error of the server looks like.

    A described form keeps stack traces out of answers, and lets clients tell errors apart.

    Wrong:
        get:
          responses: {"200": {description: OK}}

    Right:
        get:
          responses: {"200": {description: OK}, "500": {description: Something broke}}
    """
    if operation.path and _lacks(operation, "500", "5XX", "default"):
        yield flaw("The answer 500 is not described.", "responses")


@rule(group="security", level="off", on="operation")
def validation_response_missing(operation: Node, index: Index) -> Iterator[Flaw]:
    """An operation does not say what happens to invalid requests.

    Either nothing checks them, or the 400 or 422 takes callers by surprise.

    Wrong:
        post:
          responses: {"201": {description: Created}}

    Right:
        post:
          responses: {"201": {description: Created}, "422": {description: What is wrong with the pet}}
    """
    if operation.path and _lacks(operation, "400", "422", "4XX", "default"):
        yield flaw("Neither 400 nor 422 is described.", "responses")


_LIMITS = ("RateLimit", "RateLimit-Limit", "X-RateLimit-Limit", "X-Rate-Limit-Limit")


@rule(group="security", level="off", on="document")
def rate_limit_headers_missing(document: Node, index: Index, *, names: Sequence[str] = _LIMITS) -> Iterator[Flaw]:
    """An answer has no header that tells how many more calls are allowed.

    Clients that know can slow down before they are refused.

    Wrong:
        get:
          responses: {"200": {description: OK}}

    Right:
        get:
          responses: {"200": {description: OK, headers: {RateLimit: {schema: {type: string}}}}}
    """
    wanted = {str(name).lower() for name in names}
    for operation, status, node, response in responses(index, "2XX", "4XX"):
        headers = response.get("headers")
        present = {name.lower() for name in headers} if isinstance(headers, dict) else set()
        if operation.path and not present & wanted:
            yield flaw(f"The answer {status} has no rate-limit header.", node=node, hint=f"One of {', '.join(names)}.")


@rule(group="security", level="off", on="document")
def retry_after_missing(document: Node, index: Index) -> Iterator[Flaw]:
    """An answer 429 has no header `Retry-After`.

    Clients that do not know when to come back try again at once.

    Wrong:
        get:
          responses: {"429": {description: Wait}}

    Right:
        get:
          responses: {"429": {description: Wait, headers: {Retry-After: {schema: {type: integer}}}}}
    """
    for _, _, node, response in responses(index, "429"):
        headers = response.get("headers")
        if "retry-after" not in ({name.lower() for name in headers} if isinstance(headers, dict) else set()):
            yield flaw("The answer 429 has no header Retry-After.", node=node)


@rule(group="security", level="off", on="document")
def cors_header_missing(document: Node, index: Index) -> Iterator[Flaw]:
    """An answer does not say which pages may read it.

    `Access-Control-Allow-Origin` belongs into the description where browsers call the API (OWASP API8:2023).

    Wrong:
        get:
          responses: {"200": {description: OK}}

    Right:
        get:
          responses: {"200": {description: OK, headers: {Access-Control-Allow-Origin: {schema: {type: string}}}}}
    """
    for operation, status, node, response in responses(index, "2XX", "4XX", "5XX"):
        headers = response.get("headers")
        present = {name.lower() for name in headers} if isinstance(headers, dict) else set()
        if operation.path and "access-control-allow-origin" not in present:
            yield flaw(f"The answer {status} has no header Access-Control-Allow-Origin.", node=node)
