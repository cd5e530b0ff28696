"""Rules about media types, headers and encodings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from apispec.rules.index import Index, Node
from apispec.rules.references import _members
from apispec.rules.registry import Flaw, flaw, rule

_MEDIA_TYPE = re.compile(r"[\w!#$&^.+*-]+/[\w!#$&^.+*-]+(\s*;\s*[\w!#$&^.+*-]+=(\"[^\"]*\"|[^\s;\"]+))*\s*;?", re.ASCII)


@rule(group="correctness", level="warning", on="media-type")
def invalid_media_type(media_type: Node, index: Index) -> Iterator[Flaw]:
    """A key of `content` is no media type.

    Clients send it as it stands in `Content-Type`, and servers refuse it.

    Wrong:
        post:
          requestBody: {content: {json: {schema: {type: object}}}}

    Right:
        post:
          requestBody: {content: {application/json: {schema: {type: object}}}}
    """
    if media_type.slot == "content" and not _MEDIA_TYPE.fullmatch(str(media_type.key)):
        yield flaw(f"{media_type.key!r} is no media type.", hint="Write one such as application/json.")


@rule(group="correctness", level="warning", on="media-type")
def encoding_of_unknown_property(media_type: Node, index: Index) -> Iterator[Flaw]:
    """An encoding belongs to no property.

    It is ignored; the part it was meant for is sent with the default encoding.

    Wrong:
        post:
          requestBody:
            content:
              multipart/form-data:
                schema: {type: object, properties: {photo: {type: string}}}
                encoding: {picture: {contentType: image/png}}

    Right:
        post:
          requestBody:
            content:
              multipart/form-data:
                schema: {type: object, properties: {photo: {type: string}}}
                encoding: {photo: {contentType: image/png}}
    """
    encoding = media_type.value.get("encoding")
    if not isinstance(encoding, dict) or "schema" not in media_type.value:
        return
    properties, _, known = _members(media_type.value["schema"], index, 0)
    for name in encoding if known and properties else ():
        if name not in properties:
            yield flaw(f"The schema has no property {name!r}.", "encoding", name)


@rule(group="correctness", level="warning", on="response")
def ignored_response_header(response: Node, index: Index) -> Iterator[Flaw]:
    """A response header is called Content-Type.

    The specification ignores it: the keys of `content` say the media type.

    Wrong:
        get:
          responses: {"200": {description: OK, headers: {Content-Type: {schema: {type: string}}}}}

    Right:
        get:
          responses: {"200": {description: OK, headers: {X-Total: {schema: {type: integer}}}}}
    """
    headers = response.value.get("headers")
    for name in headers if isinstance(headers, dict) and not index.is_swagger else ():
        if name.lower() == "content-type":
            yield flaw(f"The response header {name!r} is ignored by tools.", "headers", name, hint="Use `content`.")


@rule(group="correctness", level="warning", on="parameter", versions=("3.0", "3.1", "3.2"))
def style_without_effect(parameter: Node, index: Index) -> Iterator[Flaw]:
    """A parameter's style does not suit its type.

    `deepObject` exists for objects, `spaceDelimited` and `pipeDelimited` for arrays (and objects); for other values the
    specification defines nothing, and tools differ.

    Wrong:
        get:
          parameters: [{name: page, in: query, style: deepObject, schema: {type: integer}}]

    Right:
        get:
          parameters: [{name: filter, in: query, style: deepObject, schema: {type: object}}]
    """
    style, schema = parameter.value.get("style"), index.resolve(parameter.value.get("schema"))
    kind: Any = schema.get("type") if isinstance(schema, dict) else None
    if style == "deepObject" and kind in ("string", "integer", "number", "boolean"):
        yield flaw(f"`style: deepObject` means nothing for type {kind}.", "style")
    if style in ("spaceDelimited", "pipeDelimited") and kind in ("string", "integer", "number", "boolean"):
        yield flaw(f"`style: {style}` means nothing for type {kind}.", "style")
