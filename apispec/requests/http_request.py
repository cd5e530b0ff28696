"""One HTTP request as plain data. It says nothing about languages (`apispec.snippets`) and sends nothing."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote

from apispec.literals import Env, EnvText, LocalFile, percent_encode
from apispec.model import Json, Schema
from apispec.requests.body_text import essence

BodyKind = Literal["none", "json", "form", "multipart", "text", "file"]

FORM_TYPE = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class FilePart:
    """One part of a multipart body that is not plain text: a file, or a text with a media type and no file name."""

    name: str
    """The field."""
    file: LocalFile

    @property
    def data(self) -> bytes:
        """The bytes."""
        return base64.b64decode(self.file.content) if self.file.is_base64 else self.file.content.encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One HTTP request, as plain data. Credentials are `EnvText`, read when the request is made."""

    method: str
    url: str
    """Base URL and path, percent-encoded, without query."""
    query: tuple[tuple[str, str], ...] = ()
    """Encoded names and values, in order; a text that is the whole query has no name."""
    headers: Mapping[str, str | EnvText] = field(default_factory=dict)
    cookies: tuple[tuple[str, str | EnvText], ...] = ()
    secret_query: Mapping[str, EnvText] = field(default_factory=dict)
    """API keys that travel in the query, by name; neither is encoded."""
    basic: tuple[Env, Env] | None = None
    """User name and password, for HTTP basic or digest authentication."""
    digest: bool = False
    """Whether `basic` is for digest authentication."""
    media_type: str = ""
    """Of the body; empty = no body."""
    json: Json = None
    """The body where `media_type` is JSON."""
    form: tuple[tuple[str, str], ...] = ()
    """Fields of a form or multipart body, not encoded; `content` has them where delimiters are to be kept."""
    files: tuple[FilePart, ...] = ()
    content: str | LocalFile = ""
    """The body where it is neither JSON nor a form: a text, or a file's bytes."""

    @property
    def body_kind(self) -> BodyKind:
        """How the body travels; `file` = the bytes of one file."""
        if not self.media_type:
            return "none"
        if isinstance(self.content, LocalFile):
            return "file"
        if is_json(self.media_type):
            return "json"
        if self.media_type == FORM_TYPE:
            return "text" if self.content else "form"
        return "multipart" if self.media_type.startswith("multipart/") else "text"

    @property
    def open_url(self) -> str:
        """URL with its query, without API keys."""
        pairs = [f"{name}={value}" if name else value for name, value in self.query]
        return self.url + ("?" + "&".join(pairs) if pairs else "")

    @property
    def plain_query(self) -> list[tuple[str, str | EnvText]] | None:
        """Names and values of the query, API keys among them, as a client takes them that encodes them itself; None
        where it would send another text (delimiters and reserved characters that are kept, a query without names).
        """
        if "?" in self.url:
            return None
        pairs: list[tuple[str, str | EnvText]] = []
        for name, value in self.query:
            decoded = unquote(name), unquote(value)
            if not name or "\0" in decoded[1] or tuple(map(percent_encode, decoded)) != (name, value):
                return None
            pairs.append(decoded)
        return [*pairs, *self.secret_query.items()]

    @property
    def full_url(self) -> str | EnvText:
        """URL with its query; `EnvText` where an API key is part of it."""
        text = self.open_url
        parts: list[str | Env] = []
        joiner = "&" if self.query else "?"
        for name, value in self.secret_query.items():
            parts += [f"{text}{joiner}{percent_encode(name)}=", *value.parts]
            text, joiner = "", "&"
        return EnvText(tuple(parts)) if parts else text


def is_json(media_type: str) -> bool:
    """Whether a media type is JSON (RFC 8259, or the `+json` suffix of RFC 6839)."""
    if media_type == "application/json":
        return True
    kind = essence(media_type)
    return kind == "application/json" or kind.endswith("+json")


def is_binary(schema: Schema) -> bool:
    """Whether a body or a property of a form is a file: `format: binary` (3.0), or a media type without an encoding
    (3.1).
    """
    return isinstance(schema, dict) and (
        schema.get("format") == "binary"
        or (
            "contentMediaType" in schema and "contentEncoding" not in schema and not is_json(schema["contentMediaType"])
        )
    )


def variables(made: Request) -> list[str]:
    """The names of the environment variables that a request reads, in the order of their first use."""
    texts = [*made.headers.values(), *(value for _, value in made.cookies), *made.secret_query.values()]
    names = [part.name for text in texts if isinstance(text, EnvText) for part in text.parts if isinstance(part, Env)]
    return list(dict.fromkeys([*names, *(env.name for env in made.basic or ())]))
