"""Values as the texts of bodies that are neither JSON nor a form: XML, YAML, and JSON documents one after the other."""

from __future__ import annotations

from apispec.documents import yaml_writer
from apispec.literals import json_text
from apispec.model import Json, MediaType
from apispec.requests import xml_writer
from apispec.schemas import Schemas

LINES = ("application/jsonl", "application/x-ndjson", "application/ndjson", "application/x-jsonlines")
"""One JSON document a line."""
SEQUENCES = ("application/json-seq", "application/geo+json-seq")
"""Each JSON document after a record separator (RFC 7464)."""
_YAML = ("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", "text/vnd.yaml")


def essence(media_type: str) -> str:
    """A media type without its parameters, lower case."""
    return media_type.partition(";")[0].strip().lower()


def is_written(media_type: str) -> bool:
    """Whether a value of any kind can be written as a text of this media type."""
    kind = essence(media_type)
    return kind in (*LINES, *SEQUENCES) or is_yaml(kind) or is_xml(kind)


def is_xml(media_type: str) -> bool:
    """Whether a media type is XML (RFC 7303, the `+xml` suffix included)."""
    kind = essence(media_type)
    return kind in ("application/xml", "text/xml") or kind.endswith("+xml")


def is_yaml(media_type: str) -> bool:
    """Whether a media type is YAML (RFC 9512)."""
    kind = essence(media_type)
    return kind in _YAML or kind.endswith("+yaml")


def written(value: Json, media: MediaType, schemas: Schemas) -> str:
    """A value as a text of a media type that `is_written`; a list is what a sequence of documents holds.

    Args:
        value: What the body says.
        media: The media type, with the schema of the value.
        schemas: The components that it names.
    """
    kind = essence(media.type)
    if is_xml(kind):
        return xml_writer.dump(value, media.schema, schemas)
    if is_yaml(kind):
        return yaml_writer.dump(value)
    before = "\x1e" if kind in SEQUENCES else ""
    return "".join(f"{before}{json_text(item)}\n" for item in (value if isinstance(value, list) else [value]))
