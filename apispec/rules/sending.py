"""Rules about what no client can send as it is meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from apispec.requests import COOKIE_NAME, MEDIA_TYPE, PART_NAME, TOKEN
from apispec.rules.index import Index, Node
from apispec.rules.registry import Flaw, flaw, rule, text

_NAMES: dict[str, Any] = {"header": TOKEN, "cookie": COOKIE_NAME}


@rule(group="security", level="error", on="parameter")
def unsendable_name(parameter: Node, index: Index) -> Iterator[Flaw]:
    """A header or cookie has a name that would be taken for more than a name.

    A line break in it begins another header. Snippets and tools leave it out.

    Wrong:
        get:
          parameters: [{name: "X Trace: 1", in: header, schema: {type: string}}]

    Right:
        get:
          parameters: [{name: X-Trace, in: header, schema: {type: string}}]
    """
    place = text(parameter.value.get("in"))
    name = text(parameter.value.get("name"))
    if name and place in _NAMES and not _NAMES[place].fullmatch(name):
        yield flaw(f"No {place} can be called {name!r}.", "name", hint="Letters, digits and hyphens are safe.")


@rule(group="security", level="error", on="security-scheme")
def unsendable_credential(scheme: Node, index: Index) -> Iterator[Flaw]:
    """A security scheme has a name of a header or cookie, or a word before the token, that cannot be sent.

    A line break in it begins another header. Snippets and tools leave the credential out.

    Wrong:
        components:
          securitySchemes: {key: {type: apiKey, in: header, name: "X-Key: a"}}

    Right:
        components:
          securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
    """
    kind, place = text(scheme.value.get("type")), text(scheme.value.get("in"))
    name, word = text(scheme.value.get("name")), text(scheme.value.get("scheme"))
    if kind == "apiKey" and name and place in _NAMES and not _NAMES[place].fullmatch(name):
        yield flaw(f"No {place} can be called {name!r}.", "name", hint="Letters, digits and hyphens are safe.")
    if kind == "http" and word and not TOKEN.fullmatch(word):
        yield flaw(f"{word!r} is no authentication scheme.", "scheme", hint="Write one word, such as bearer.")


@rule(group="security", level="error", on="media-type")
def unsendable_part(media_type: Node, index: Index) -> Iterator[Flaw]:
    """A part of a multipart body has a name or a media type that clients take for instructions.

    `curl --form` reads `name=@file` and `type;headers=@file` as files to send. Snippets leave such a part out, and
    send one of such a media type with its default.

    Wrong:
        post:
          requestBody:
            content:
              multipart/form-data:
                schema: {type: object, properties: {note: {type: object}}}
                encoding: {note: {contentType: "application/json;headers=@notes.txt"}}

    Right:
        post:
          requestBody:
            content:
              multipart/form-data:
                schema: {type: object, properties: {note: {type: object}}}
                encoding: {note: {contentType: application/json}}
    """
    if not str(media_type.key).lower().startswith("multipart/"):
        return
    encoding = media_type.value.get("encoding")
    for name, given in (encoding if isinstance(encoding, dict) else {}).items():
        said = text(given.get("contentType")) if isinstance(given, dict) else ""
        for one in filter(None, map(str.strip, said.split(","))):
            if not MEDIA_TYPE.fullmatch(one):
                yield flaw(f"{one!r} is no media type of a part.", "encoding", name, "contentType")
    schema = index.resolve(media_type.value.get("schema"))
    properties = schema.get("properties") if isinstance(schema, dict) else None
    for name in properties if isinstance(properties, dict) else ():
        if not PART_NAME.fullmatch(str(name)):
            yield flaw(f"No part can be called {name!r}.", "schema", hint="A name has no = and no line break.")


@rule(group="security", level="error", on="path-item")
def unsendable_method(item: Node, index: Index) -> Iterator[Flaw]:
    """A method is no word that can begin a request.

    A line break in it begins a header. The operation is left out.

    Wrong:
        /pets:
          additionalOperations: {"COPY ALL": {responses: {"200": {description: Done}}}}

    Right:
        /pets:
          additionalOperations: {COPY: {responses: {"200": {description: Done}}}}
    """
    others = item.value.get("additionalOperations")
    for method in others if isinstance(others, dict) else ():
        if not TOKEN.fullmatch(str(method)):
            yield flaw(f"{method!r} is no method.", "additionalOperations", method)
