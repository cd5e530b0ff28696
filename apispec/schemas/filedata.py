"""Files on Gradio's wire: the FileData object, known to whoever describes, calls or lists Gradio endpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from apispec.schemas.questions import Schemas, children, resolve, types

if TYPE_CHECKING:
    from apispec.model import Schema

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


def may_hold_paths(schema: Schema, schemas: Schemas) -> bool:
    """Whether a value may have objects with a text called `path` that are not the file, or the files, that it is.

    gradio_client takes every such object for a file and fetches it (measured with `sse_v3`, that of Gradio 5 and
    6): files inside of other things, and whatever else has a `path`.
    """
    if is_file_data(schema, schemas):
        return False
    target = resolve(schema, schemas)
    if isinstance(target, bool):
        return target
    if types(target) == ("array",) and is_file_data(target.get("items", {}), schemas):
        return False
    variants = target.get("anyOf")
    if isinstance(variants, list):
        return any(may_hold_paths(variant, schemas) for variant in variants)
    return _holds_paths(schema, schemas, frozenset())


def _holds_paths(schema: Schema, schemas: Schemas, seen: frozenset[str]) -> bool:
    name = schema.get("$ref") if isinstance(schema, dict) else None
    if isinstance(name, str):
        if name in seen:
            return False
        seen |= {name}
    target = resolve(schema, schemas)
    if isinstance(target, bool):
        return target
    properties = target.get("properties")
    known = properties if isinstance(properties, dict) else {}
    if known.get("__type__") == {"const": "update"}:
        return False  # of the component's own kind
    if "path" in known and (not types(known["path"]) or "string" in types(known["path"])):
        return True
    kinds = types(target)
    if kinds and "object" not in kinds and "array" not in kinds:
        return False
    inner = list(children(target))
    if not kinds and not inner and "enum" not in target and "const" not in target:
        return True  # anything
    if "array" in kinds and not inner:
        return True  # of anything
    if "object" in kinds and not known:
        others = target.get("additionalProperties", True)
        if isinstance(others, bool):
            return others
        return not types(others) or "string" in types(others) or _holds_paths(others, schemas, seen)
    return any(_holds_paths(part, schemas, seen) for part in inner)
