"""Rules about how callers show who they are (OWASP API2:2023, API5:2023, API8:2023)."""

from __future__ import annotations

import json
from collections.abc import Iterator

from apispec.rules.index import Index, Node
from apispec.rules.registry import Flaw, flaw, rule, text


@rule(group="security", level="off", on="security-scheme")
def no_http_basic(scheme: Node, index: Index) -> Iterator[Flaw]:
    """Passwords are sent with every call.

    With HTTP Basic, whoever sees one request has the password for all times.

    Wrong:
        components: {securitySchemes: {basic: {type: http, scheme: basic}}}

    Right:
        components: {securitySchemes: {token: {type: http, scheme: bearer, bearerFormat: JWT}}}
    """
    kind = text(scheme.value.get("type")).lower()
    if kind == "basic" or (kind == "http" and text(scheme.value.get("scheme")).lower() == "basic"):
        yield flaw("HTTP Basic sends the password with every call.", hint="Use tokens.")


@rule(group="security", level="off", on="security-scheme")
def insecure_http_scheme(scheme: Node, index: Index) -> Iterator[Flaw]:
    """A scheme of HTTP authentication is out of date.

    Digest, Negotiate, OAuth 1 and their like are known to be weak.

    Wrong:
        components: {securitySchemes: {old: {type: http, scheme: negotiate}}}

    Right:
        components: {securitySchemes: {token: {type: http, scheme: bearer}}}
    """
    name = text(scheme.value.get("scheme")).lower()
    if text(scheme.value.get("type")).lower() == "http" and name in ("negotiate", "oauth", "digest", "hoba", "ntlm"):
        yield flaw(f"{name!r} is out of date.", "scheme", hint="Use bearer tokens.")


@rule(group="security", level="off", on="security-scheme")
def jwt_best_practices(scheme: Node, index: Index) -> Iterator[Flaw]:
    """A scheme with tokens does not say that it follows RFC 8725.

    Its description should name the RFC, so that whoever writes the server checks tokens as it says.

    Wrong:
        components: {securitySchemes: {token: {type: http, scheme: bearer, bearerFormat: JWT}}}

    Right:
        components:
          securitySchemes: {token: {type: http, scheme: bearer, bearerFormat: JWT, description: "By RFC 8725."}}
    """
    value = scheme.value
    is_jwt = value.get("type") == "oauth2" or text(value.get("bearerFormat")).lower() == "jwt"
    if is_jwt and "rfc8725" not in text(value.get("description")).replace(" ", "").lower():
        yield flaw("The description does not name RFC 8725.", hint="Say that tokens are checked as RFC 8725 says.")


@rule(group="security", level="off", on="oauth-flow")
def refresh_url_missing(flow: Node, index: Index) -> Iterator[Flaw]:
    """An OAuth flow has no address where tokens are renewed.

    Without one, access tokens must live long, and so does one that was stolen.

    Wrong:
        components:
          securitySchemes:
            login:
              type: oauth2
              flows: {clientCredentials: {tokenUrl: "https://pets.io/token", scopes: {}}}

    Right:
        components:
          securitySchemes:
            login:
              type: oauth2
              flows:
                clientCredentials:
                  {tokenUrl: "https://pets.io/token", refreshUrl: "https://pets.io/refresh", scopes: {}}
    """
    if not text(flow.value.get("refreshUrl")):
        yield flaw("The flow has no `refreshUrl`.")


def _open(operation: Node, index: Index) -> bool:
    """Whether nobody must show who they are; an empty list counts as said by intention only for reading."""
    wanted = operation.value.get("security", index.document.get("security"))
    return not isinstance(wanted, list) or not wanted or {} in wanted


@rule(group="security", level="off", on="operation")
def write_restricted(operation: Node, index: Index) -> Iterator[Flaw]:
    """An operation that writes needs no credentials.

    Whoever finds the address may change data.

    Wrong:
        post: {}

    Right:
        security: [{key: []}]
        post: {}
    """
    if operation.path and operation.method in ("POST", "PUT", "PATCH", "DELETE") and _open(operation, index):
        yield flaw("Anyone may write here.", hint="Add `security`.")


@rule(group="security", level="off", on="operation")
def read_restricted(operation: Node, index: Index) -> Iterator[Flaw]:
    """An operation that reads needs no credentials.

    Whoever finds the address may read data.

    Wrong:
        get: {}

    Right:
        security: [{key: []}]
        get: {}
    """
    if operation.path and operation.method in ("GET", "HEAD", "QUERY") and _open(operation, index):
        yield flaw("Anyone may read here.", hint="Add `security`.")


@rule(group="security", level="off", on="document")
def admin_security_unique(document: Node, index: Index) -> Iterator[Flaw]:
    """Administrators log in as everybody does.

    One stolen credential of a user then opens what is under `/admin` (OWASP API5:2023).

    Wrong:
        security: [{key: []}]
        /admin/pets: {get: {}}
        /pets: {get: {}}

    Right:
        security: [{key: []}]
        /admin/pets: {get: {security: [{login: [admin]}]}}
        /pets: {get: {}}
    """
    default = index.document.get("security")
    wanted = [(node, node.value.get("security", default)) for node in index.operations]
    others = {json.dumps(one, sort_keys=True, default=str) for node, one in wanted if not _is_admin(node.path)}
    for node, one in wanted:
        if _is_admin(node.path) and one and json.dumps(one, sort_keys=True, default=str) in others:
            yield flaw(f"{node.path} takes the credentials that other paths take.", node=node)


def _is_admin(path: str) -> bool:
    return any(segment.lower() == "admin" for segment in path.split("/"))
