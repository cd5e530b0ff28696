"""Rules about the servers that a document names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from apispec.rules.index import Index, Node
from apispec.rules.registry import Flaw, flaw, rule, text

_NOWHERE = re.compile(r"(?i)(.+\.)?(example\.(com|org|net|edu)|[\w-]+\.(example|invalid)|localhost|127\.0\.0\.1)")
"""Hosts that RFC 2606 keeps for examples, and one's own machine."""


@rule(group="documentation", level="off", on="server")
def no_server_example_com(server: Node, index: Index) -> Iterator[Flaw]:
    """A server is one that exists in examples only, or the reader's own machine.

    `example.com` and `localhost` are left over from a template: no call reaches the API there.

    Wrong:
        servers: [{url: "https://api.example.com/v1"}]

    Right:
        servers: [{url: "https://api.pets.io/v1"}]
    """
    url = text(server.value.get("url"))
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return
    if _NOWHERE.fullmatch(host):
        yield flaw(f"{url} is no server that callers reach.", "url", hint="Name the API's own address.")


@rule(group="style", level="off", on="server")
def no_server_trailing_slash(server: Node, index: Index) -> Iterator[Flaw]:
    """A server's URL ends with a slash.

    Paths begin with one, so that clients which join both ask for `https://api.pets.io//pets`.

    Wrong:
        servers: [{url: "https://api.pets.io/"}]

    Right:
        servers: [{url: "https://api.pets.io"}]
    """
    url = text(server.value.get("url"))
    if url.endswith("/") and url != "/":
        yield flaw(f"{url} ends with a slash.", "url", hint="Leave it out: paths begin with one.")


@rule(group="correctness", level="warning", on="server", versions=("3.1", "3.2"))
def servers_in_webhook(server: Node, index: Index) -> Iterator[Flaw]:
    """A webhook names servers.

    The subscriber's server is called, at the address that it registered; what the document names is never used.

    Wrong:
        webhooks:
          petSold: {servers: [{url: "https://hooks.pets.io"}], post: {responses: {"200": {description: OK}}}}

    Right:
        webhooks:
          petSold: {post: {responses: {"200": {description: OK}}}}
    """
    inside = [node for node in server.parents if node.kind in ("path-item", "operation", "callback")]
    if any(node.slot == "webhooks" for node in inside) and all(node.kind != "callback" for node in inside):
        yield flaw("Servers have no meaning in a webhook.", hint="Leave them out.")
