"""Files on Gradio's wire: the FileData object, known to whoever describes, calls or lists Gradio endpoints."""

from __future__ import annotations

from typing import Any

from apispec.model import Schema
from apispec.schemas.questions import Schemas, resolve

FILE_DATA_NAME = "FileData"
"""What its component is called."""

FILE_META = {"_type": "gradio.FileData"}
"""What marks a JSON object as a file."""

FILE_DATA: dict[str, Any] = {
    "title": FILE_DATA_NAME,
    "description": "A file, as Gradio passes it: `path` is what `/upload` answered, or an http(s) URL.",
    "type": "object",
    "properties": {
        "path": {"type": "string"},
        "url": {"type": ["string", "null"]},
        "size": {"type": ["integer", "null"], "description": "Bytes."},
        "orig_name": {"type": ["string", "null"]},
        "mime_type": {"type": ["string", "null"]},
        "is_stream": {"type": "boolean"},
        "meta": {
            "type": "object",
            "properties": {"_type": {"const": FILE_META["_type"]}},
            "required": ["_type"],
        },
    },
    "required": ["path", "meta"],
    "examples": [
        {
            "path": "/tmp/gradio/3f9a/file",
            "url": "http://127.0.0.1:7860/gradio_api/file=/tmp/gradio/3f9a/file",
            "size": None,
            "orig_name": "file",
            "mime_type": None,
            "is_stream": False,
            "meta": FILE_META,
        }
    ],
}


def is_file_data(schema: Schema, schemas: Schemas) -> bool:
    """Whether a schema is one of a FileData object."""
    target = resolve(schema, schemas)
    properties = target.get("properties") if isinstance(target, dict) else None
    return isinstance(properties, dict) and {"path", "meta"} <= set(properties)


def is_file(value: Any) -> bool:
    """Whether a JSON value is a FileData object."""
    return isinstance(value, dict) and value.get("meta") == FILE_META
