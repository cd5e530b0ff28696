"""Rules about security: schemes, and what should not stand in a published document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from apispec.rules.index import Index, Node
from apispec.rules.registry import Flaw, flaw, rule, text


def _schemes(index: Index) -> dict[str, Any]:
    components = index.document.get("components")
    schemes = components.get("securitySchemes") if isinstance(components, dict) else None
    schemes = index.document.get("securityDefinitions") if index.is_swagger else schemes
    return schemes if isinstance(schemes, dict) else {}


@rule(group="correctness", level="error", on="security-requirement")
def undefined_security_scheme(requirement: Node, index: Index) -> Iterator[Flaw]:
    """A security requirement names a scheme that is not defined.

    Nobody knows how to authenticate. (OpenAPI 3.2 also allows the scheme's address.)

    Wrong:
        security: [{key: []}]

    Right:
        security: [{key: []}]
        components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
    """
    for name in requirement.value:
        is_address = index.version == "3.2" and ("/" in name or "#" in name)
        if name not in _schemes(index) and not is_address:
            yield flaw(f"There is no security scheme {name!r}.", name)


@rule(group="security", level="warning", on="security-requirement")
def undefined_scope(requirement: Node, index: Index) -> Iterator[Flaw]:
    """A security requirement asks for a scope that the scheme does not offer.

    Clients cannot ask for it, so every call is refused.

    Wrong:
        security: [{oauth: [write]}]
        components:
          securitySchemes:
            oauth:
              type: oauth2
              flows: {clientCredentials: {tokenUrl: "https://example.com/token", scopes: {read: Read}}}

    Right:
        security: [{oauth: [read]}]
        components:
          securitySchemes:
            oauth:
              type: oauth2
              flows: {clientCredentials: {tokenUrl: "https://example.com/token", scopes: {read: Read}}}
    """
    for name, scopes in requirement.value.items():
        scheme = index.resolve(_schemes(index).get(name))
        if not isinstance(scheme, dict) or scheme.get("type") != "oauth2" or not isinstance(scopes, list):
            continue
        offered = _scopes(scheme)
        for position, scope in enumerate(scopes):
            if isinstance(scope, str) and scope not in offered:
                yield flaw(f"{name!r} offers no scope {scope!r}.", name, position)


def _scopes(scheme: dict[str, Any]) -> set[str]:
    flows = scheme.get("flows")
    holders = [scheme, *(flows.values() if isinstance(flows, dict) else ())]
    found: set[str] = set()
    for holder in holders:
        scopes = holder.get("scopes") if isinstance(holder, dict) else None
        found |= set(scopes) if isinstance(scopes, dict) else set()
    return found


@rule(group="security", level="warning", on="document")
def unused_security_scheme(document: Node, index: Index) -> Iterator[Flaw]:
    """A security scheme is required nowhere.

    Either it is dead text, or operations are open that should not be.

    Wrong:
        components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}

    Right:
        security: [{key: []}]
        components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
    """
    used = {name for node in index.by_kind["security-requirement"] for name in node.value}
    for node in index.by_kind["security-scheme"]:
        if node.name not in used and node.pointer not in index.referred:
            yield flaw(f"The security scheme {node.name!r} is not used.", node=node)


@rule(group="security", level="warning", on="operation")
def open_write_operation(operation: Node, index: Index) -> Iterator[Flaw]:
    """An operation that writes needs no authentication, although the document has security schemes.

    Often it was forgotten. Where it is meant, `security: []` says so.

    Wrong:
        /pets: {post: {}, get: {security: [{key: []}]}}
        components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}

    Right:
        /pets: {post: {security: []}, get: {security: [{key: []}]}}
        components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
    """
    if not operation.path or operation.method not in ("POST", "PUT", "PATCH", "DELETE"):
        return
    if _schemes(index) and "security" not in operation.value and "security" not in index.document:
        if any("security" in node.value for node in index.operations):
            yield flaw("Anyone may call this.", hint="Add `security`; an empty list where that is meant.")


@rule(group="security", level="warning", on="document")
def plain_http_server(document: Node, index: Index) -> Iterator[Flaw]:
    """A server is reached without TLS.

    Tokens and data can be read on the way. Addresses of the own machine are fine.

    Wrong:
        servers: [{url: "http://api.example.com"}]

    Right:
        servers: [{url: "https://api.example.com"}]
    """
    for node in index.by_kind["server"]:
        url = text(node.value.get("url"))
        if url.lower().startswith("http://") and not _is_local(url):
            yield flaw(f"{url} is not encrypted.", "url", hint="Use https.", node=node)
    schemes = document.value.get("schemes")
    if (
        isinstance(schemes, list)
        and schemes == ["http"]
        and not _is_local("http://" + text(document.value.get("host")))
    ):
        yield flaw("The API is served without encryption only.", "schemes", hint="Use https.")


def _is_local(url: str) -> bool:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return True
    return (
        host in ("localhost", "127.0.0.1", "::1", "0.0.0.0", "")
        or host.endswith((".localhost", ".local", ".test"))
        or "{" in host
    )


@rule(group="security", level="warning", on="security-scheme")
def plain_http_authentication(scheme: Node, index: Index) -> Iterator[Flaw]:
    """An address for tokens or authorization is reached without TLS.

    Secrets can be read on the way.

    Wrong:
        components: {securitySchemes: {id: {type: openIdConnect, openIdConnectUrl: "http://example.com/openid"}}}

    Right:
        components: {securitySchemes: {id: {type: openIdConnect, openIdConnectUrl: "https://example.com/openid"}}}
    """
    holders: list[tuple[tuple[str, ...], Any]] = [((), scheme.value)]
    flows = scheme.value.get("flows")
    holders += [(("flows", name), flow) for name, flow in (flows if isinstance(flows, dict) else {}).items()]
    for at, holder in holders:
        for key in ("openIdConnectUrl", "tokenUrl", "authorizationUrl", "refreshUrl", "deviceAuthorizationUrl"):
            url = text(holder.get(key)) if isinstance(holder, dict) else ""
            if url.lower().startswith("http://") and not _is_local(url):
                yield flaw(f"{url} is not encrypted.", *at, key, hint="Use https.")


@rule(group="security", level="info", on="security-scheme")
def api_key_in_query(scheme: Node, index: Index) -> Iterator[Flaw]:
    """An API key travels in the query.

    URLs end up in logs, histories and referrers, and the key with them.

    Wrong:
        components: {securitySchemes: {key: {type: apiKey, in: query, name: key}}}

    Right:
        components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
    """
    if scheme.value.get("type") == "apiKey" and scheme.value.get("in") == "query":
        yield flaw("API keys in URLs end up in logs.", "in", hint="Send it in a header.")


@rule(group="security", level="warning", on="parameter")
def secret_in_query(parameter: Node, index: Index) -> Iterator[Flaw]:
    """A parameter in the path or query is called like a secret.

    URLs end up in logs, histories and referrers, and the secret with them.

    Wrong:
        get:
          parameters: [{name: password, in: query, schema: {type: string}}]

    Right:
        post:
          requestBody: {content: {application/json: {schema: {type: object, properties: {password: {type: string}}}}}}
    """
    name = text(parameter.value.get("name"))
    schema = index.resolve(parameter.value.get("schema"))
    is_text = not isinstance(schema, dict) or schema.get("type") in ("string", None)
    if parameter.value.get("in") in ("query", "path") and is_text and _SECRET_NAME.fullmatch(name):
        yield flaw(
            f"{name!r} would be part of the URL, which ends up in logs.", "name", hint="Use a header or the body."
        )


_SECRET_NAME = re.compile(r"(?i)(.*[_-])?(password|passwd|secret|client_?secret|private_?key|api_?secret)")


@rule(group="security", level="error", on="server")
def credentials_in_url(server: Node, index: Index) -> Iterator[Flaw]:
    """A server's URL contains a password.

    The document is published, and the password with it.

    Wrong:
        servers: [{url: "https://user:pass@example.com"}]

    Right:
        servers: [{url: "https://example.com"}]
    """
    if re.match(r"(?i)https?://[^/@:{}]+:[^/@{}]+@", text(server.value.get("url"))):
        yield flaw("The URL contains user and password.", "url", hint="Take them out, and change the password.")


_TOKENS = re.compile(
    r"\b(gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{60,}|AKIA[0-9A-Z]{16}|sk_live_\w{20,}|xox[bp]-[\w-]{20,}|"
    r"AIza[\w-]{35}|glpat-[\w-]{20}|hf_[A-Za-z]{30,})\b"
)


@rule(group="security", level="error", on="document")
def real_token_in_example(document: Node, index: Index) -> Iterator[Flaw]:
    """An example or default looks like a real access token.

    The document is published, and the token with it.

    Wrong:
        {type: string, example: ghp_aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0dF3gH6}

    Right:
        {type: string, example: YOUR_TOKEN}
    """
    for kind, keys in (("schema", ("example", "default")), ("parameter", ("example",)), ("example", ("value",))):
        for node in index.by_kind[kind]:
            for key in keys:
                value = node.value.get(key)
                if isinstance(value, str) and (match := _TOKENS.search(value)) and len(set(match[0][8:])) > 8:
                    yield flaw(f"This looks like a real token: {match[0][:8]}…", key, hint="Revoke it.", node=node)


@rule(group="security", level="warning", on="document")
def script_in_description(document: Node, index: Index) -> Iterator[Flaw]:
    """A description contains a script.

    Viewers that show descriptions as HTML run it in every reader's browser.

    Wrong:
        get: {description: "<script>alert(1)</script>"}

    Right:
        get: {description: "Shows all pets."}
    """
    for node, key, value in index.texts:
        if key == "description" and ("<" in value or "](" in value) and _SCRIPT.search(value):
            yield flaw("The description contains a script.", "description", node=node)


_SCRIPT = re.compile(r"(?i)<script\b[^>]*>|<[a-z]+[^>]{0,500}\son(error|load|click)\s*=|\]\(\s*javascript:")
