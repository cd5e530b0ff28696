"""Kinds of changes of security and servers."""

from __future__ import annotations

from apispec.changes.kind import Level, pair, symmetric

BREAKING, RISKY, SAFE = Level.BREAKING, Level.RISKY, Level.SAFE

_KEY = "components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}, id: {type: http, scheme: bearer}}}"
pair(
    (
        "security-tightened",
        BREAKING,
        "A way to authenticate is not enough any more.",
        "Callers that authenticate in that way (or not at all) are refused.",
    ),
    (
        "security-loosened",
        SAFE,
        "Less authentication is needed, or there is one more way.",
        "Callers may go on as before.",
    ),
    "get: {}\n" + _KEY,
    "get: {security: [{key: []}]}\n" + _KEY,
)
symmetric(
    "security-scheme-changed",
    BREAKING,
    "A security scheme works in another way.",
    "Callers send their credentials in a form or place that is not read any more.",
    "get: {security: [{key: []}]}\ncomponents: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}",
    "get: {security: [{key: []}]}\ncomponents: {securitySchemes: {key: {type: apiKey, in: header, name: X-Token}}}",
)
pair(
    (
        "server-removed",
        RISKY,
        "A server is gone.",
        "Callers that use its address may fail; whether it is switched off, the document does not say.",
    ),
    ("server-added", SAFE, "There is a new server.", "Callers may go on using the others."),
    'get: {}\nservers: [{url: "https://a.example.com"}, {url: "https://b.example.com"}]',
    'get: {}\nservers: [{url: "https://a.example.com"}]',
)
pair(
    (
        "server-values-narrowed",
        RISKY,
        "A variable in a server's address has fewer values.",
        "Callers that use one of them may fail.",
    ),
    (
        "server-values-widened",
        SAFE,
        "A variable in a server's address has more values.",
        "Callers may go on as before.",
    ),
    'get: {}\nservers: [{url: "https://{r}.example.com", variables: {r: {default: eu, enum: [eu, us]}}}]',
    'get: {}\nservers: [{url: "https://{r}.example.com", variables: {r: {default: eu, enum: [eu]}}}]',
)
symmetric(
    "server-default-changed",
    RISKY,
    "A variable in a server's address has another default.",
    "Callers that leave it out call another server.",
    'get: {}\nservers: [{url: "https://{r}.example.com", variables: {r: {default: eu}}}]',
    'get: {}\nservers: [{url: "https://{r}.example.com", variables: {r: {default: us}}}]',
)
