"""What the operations of one document share: problem answers, events of a stream, Gradio's file objects.

Shapes only; which operation uses them is decided in `openapi_operations` and `openapi_gradio`.
Sources: RFC 9457 (problem details), the WHATWG HTML standard, section 9.2 (server-sent events), OpenAPI 3.2 on
sequential media types.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from apispec.model import Schema
from apispec.schemas import FILE_DATA, ref

PROBLEM_MEDIA_TYPE = "application/problem+json"
STREAM_MEDIA_TYPE = "text/event-stream"

PROBLEM: dict[str, Any] = {
    "title": "Problem",
    "description": "What went wrong (RFC 9457).",
    "type": "object",
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "default": "about:blank"},
        "title": {"type": "string", "description": "What is wrong in general."},
        "status": {"type": "integer", "description": "The HTTP status."},
        "detail": {"type": "string", "description": "What is wrong here, and what to do."},
    },
    "required": ["title", "status"],
    "additionalProperties": True,
}

INVALID_ARGUMENTS: dict[str, Any] = {
    "title": "InvalidArguments",
    "description": "The arguments do not fit the documented parameters (RFC 9457, one entry per field).",
    "type": "object",
    "properties": {
        **PROBLEM["properties"],
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "pointer": {
                        "type": "string",
                        "description": "JSON Pointer (RFC 6901) into the arguments; empty for the whole.",
                    },
                    "message": {"type": "string"},
                    "received": {"type": "string", "description": "JSON type of the value that came."},
                },
                "required": ["pointer", "message", "received"],
            },
        },
    },
    "required": ["title", "status"],
    "additionalProperties": True,
}

STREAM_FAILURE: dict[str, Any] = {
    "description": "The text is null unless the app shows its errors.",
    "anyOf": [
        {
            "type": "object",
            "properties": {
                "error": {"type": ["string", "null"]},
                "title": {"type": ["string", "null"]},
                "duration": {"type": ["number", "null"], "description": "Seconds the message is shown."},
                "visible": {"type": "boolean"},
            },
        },
        {"type": "string"},
        {"type": "null"},
    ],
}
"""The data of Gradio's `error` event: an object in Gradio 6, null in Gradio 5, text for failures of the stream."""

_SHAPES: dict[str, tuple[str, dict[str, Any]]] = {
    "problem": ("Problem", PROBLEM),
    "invalid": ("InvalidArguments", INVALID_ARGUMENTS),
    "file": ("FileData", FILE_DATA),
}


@dataclass(slots=True)
class Shared:
    """The shared components of one document, added when they are first referred to.

    Args:
        taken: The Api's own components; ours step aside where a name means something else there.
    """

    taken: Mapping[str, Schema]
    schemas: dict[str, Schema] = field(default_factory=dict)
    responses: dict[str, Any] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def schema(self, kind: str) -> dict[str, Any]:
        """A reference to `problem`, `invalid` or `file`."""
        if kind not in self._names:
            name, shape = _SHAPES[kind]
            while self.taken.get(name, shape) != shape or name in self.schemas:
                name = "Apispec" + name
            self._names[kind] = name
            self.schemas[name] = shape
        return ref(self._names[kind])

    def response(self, kind: str) -> dict[str, Any]:
        """A reference to the response `invalid` (422) or `problem` (any other error)."""
        name, description = {
            "invalid": ("InvalidArguments", "The arguments do not fit."),
            "problem": ("Problem", "Any other error."),
        }[kind]
        if name not in self.responses:
            self.responses[name] = {
                "description": description,
                "content": {PROBLEM_MEDIA_TYPE: {"schema": self.schema(kind)}},
            }
        return {"$ref": f"#/components/responses/{name}"}


def events(data: Mapping[str, Schema]) -> dict[str, Any]:
    """The schema of one server-sent event whose `data` line is JSON.

    Args:
        data: Schema of the data by event name, in the order in which they are described.
    """
    variants = []
    for name, schema in data.items():
        text = {"type": "string", "contentMediaType": "application/json", "contentSchema": schema}
        variants.append({"properties": {"event": {"const": name}, "data": text}})
    return {
        "description": "One event of the stream; its data is JSON.",
        "type": "object",
        "properties": {"event": {"type": "string", "enum": list(data)}, "data": {"type": "string"}},
        "required": ["event", "data"],
        "anyOf": variants,
    }


def stream_content(event: Schema, version: str) -> dict[str, Any]:
    """The Media Type Object of an event stream: `itemSchema` where the version has it.

    Before 3.2 `schema` holds the schema of one event, which is how tools for 3.0 and 3.1 read it.
    """
    return {"itemSchema" if version.startswith("3.2") else "schema": event}
