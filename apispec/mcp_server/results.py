"""What a call gave as MCP's result: text, structured content, files as blocks of their own, notes and headers."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import mcp_types as types

from apispec.declaring import File
from apispec.model import Json
from apispec.tools import Tool, cut, length

TWICE = 8_000
"""Characters up to which a value is in the content and in the structured content."""
_PREVIEW = 2_000
_LONGEST_PROGRESS = 200
_KEPT_HEADERS = ("location", "content-location", "link", "retry-after", "etag", "last-modified")
_RATE = ("ratelimit", "x-ratelimit", "x-rate-limit", "rate-limit")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call gave, before it is a result."""

    value: Json
    """A file in it is its name in `files`."""
    notes: tuple[str, ...] = ()
    """Words for the model beside the value."""
    files: Mapping[str, File] = field(default_factory=dict)
    """Files inside the value, each a block of its own."""
    others: tuple[File, ...] = ()
    """Files beside the value, likewise."""
    fits: bool = True
    """Whether the value is as the tool says."""


def to_result(tool: Tool, outcome: Outcome, limit: int) -> types.CallToolResult:
    """A value as text and, where the tool says what it gives, as structured content.

    Args:
        tool: What was called.
        outcome: What it gave.
        limit: Characters of the value; 0 = no limit. What is left out is said.
    """
    files, fits = outcome.files, outcome.fits
    shown = cut(outcome.value, limit)
    words = [*outcome.notes, *_left_out(shown.notes, outcome.value)]
    blocks = [block for file in (*files.values(), *outcome.others) for block in file_blocks(file)]
    if tool.output_schema is None:
        return types.CallToolResult(content=[*_told(shown.value, files, blocks), *_texts(words)])
    structured = tool.to_structured(shown.value)
    if not fits and not isinstance(structured, dict):
        structured = {"result": structured}
    text = _json(structured)
    if files and isinstance(shown.value, list):
        content = _told(shown.value, files, blocks)
    elif len(text) <= TWICE:
        content = [_text(text), *blocks]
    else:
        preview = cut(structured, _PREVIEW)
        words = [*words, f"This is the beginning of {len(text)} characters, which are in the structured content."]
        content = [_text(_json(preview.value)), *blocks]
    return types.CallToolResult(content=[*content, *_texts(words)], structured_content=structured)


def found_result(outcome: Outcome, limit: int, notes: Iterable[str] = ()) -> types.CallToolResult:
    """A value as text alone, as `call_tool` gives it.

    Args:
        outcome: With what is left of the value.
        limit: Characters.
        notes: More words.
    """
    shown = cut(outcome.value, limit)
    blocks = [block for file in (*outcome.files.values(), *outcome.others) for block in file_blocks(file)]
    words = _texts([*outcome.notes, *_left_out(shown.notes, outcome.value), *notes])
    return types.CallToolResult(content=[*_told(shown.value, outcome.files, blocks), *words])


def text_result(
    text: str, *, is_error: bool = False, notes: Iterable[str] = (), limit: int = 0
) -> types.CallToolResult:
    """A text, with words beside it."""
    shown = cut(text, limit)
    content: list[Any] = [_text(shown.value), *_texts([*notes, *_left_out(shown.notes, text)])]
    return types.CallToolResult(content=content, is_error=is_error)


def file_result(file: File, notes: Iterable[str] = ()) -> types.CallToolResult:
    """A file as the block that it is."""
    return types.CallToolResult(content=[*file_blocks(file), *_texts(notes)])


def file_blocks(file: File) -> list[Any]:
    """An image or sound as itself, text as text, anything else as an embedded resource."""
    data = file.read()
    kind = file.content_type.partition(";")[0].strip().lower()
    if kind.startswith("image/"):
        return [types.ImageContent(type="image", data=base64.b64encode(data).decode(), mime_type=kind)]
    if kind.startswith("audio/"):
        return [types.AudioContent(type="audio", data=base64.b64encode(data).decode(), mime_type=kind)]
    return [types.EmbeddedResource(type="resource", resource=_resource(file.name, kind, data))]


class Collected:
    """The files inside one result, by the names that stand for them in it."""

    def __init__(self) -> None:
        self.files: dict[str, File] = {}

    def __call__(self, file: File) -> str:
        """A name for a file: a URI of its own."""
        uri, number = f"file:///{quote(file.name)}", 2
        while uri in self.files:
            uri, number = f"file:///{number}/{quote(file.name)}", number + 1
        self.files[uri] = file
        return uri


def header_notes(headers: Mapping[str, str], *, every: bool = False) -> list[str]:
    """The headers of an answer that say how to go on, one text for all.

    Args:
        headers: By their names.
        every: Whether those that describe the answer are worth telling, too (of HEAD).
    """
    kept = _KEPT_HEADERS[:4] if not every else (*_KEPT_HEADERS, "content-type", "content-length", "allow")
    found = [f"{name}: {value}" for name, value in headers.items()
             if name.lower() in kept or name.lower().startswith(_RATE)]  # fmt: skip
    return ["\n".join(found)] if found else []


def short(item: Json) -> str:
    """A value as the message of a progress notification."""
    text = item if isinstance(item, str) else _json(item)
    return text if len(text) <= _LONGEST_PROGRESS else text[: _LONGEST_PROGRESS - 1] + "…"


def _told(value: Json, files: Mapping[str, File], blocks: list[Any]) -> list[Any]:
    """A value as blocks: the items of a list that has files in it one by one, so that they keep their order."""
    if not (files and isinstance(value, list)):
        return [_text(value if isinstance(value, str) else _json(value)), *blocks]
    out: list[Any] = []
    told: set[str] = set()
    for item in value:
        if isinstance(item, str) and item in files:
            told.add(item)
            out += file_blocks(files[item])
        else:
            out.append(_text(item if isinstance(item, str) else _json(item)))
    return [*out, *(block for uri, file in files.items() if uri not in told for block in file_blocks(file))]


def _left_out(notes: list[str], value: Json) -> list[str]:
    if not notes:
        return []
    return [f"The answer has {length(value)} characters and was cut: {' '.join(notes)}"]


def _texts(words: Iterable[str]) -> list[Any]:
    return [_text(text) for text in words if text]


def _text(text: str) -> Any:
    return types.TextContent(type="text", text=text)


def _resource(name: str, kind: str, data: bytes) -> Any:
    uri = f"file:///{quote(name)}"
    if kind.startswith("text/") or kind == "application/json":
        try:
            return types.TextResourceContents(uri=uri, mime_type=kind, text=data.decode())
        except UnicodeDecodeError:
            pass
    return types.BlobResourceContents(uri=uri, mime_type=kind, blob=base64.b64encode(data).decode())


def _json(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
