"""Reading JSON and YAML documents with places: what is where, to line and column.

Here: decoding, parsing, positions, JSON Pointers, joining the files of a document. Not here: whether the document is
OpenAPI (`apispec.validation`) or good OpenAPI (`apispec.rules`), and what it means (`apispec.sources`).

Nothing in a document can hurt: time and memory are bounded by `Limits`, wrong syntax is a Finding with a place, and
files outside the project and remote references are read only when allowed.
"""

from __future__ import annotations

from apispec.documents.document import Document, from_data, load
from apispec.documents.limits import LIMITS, Limits
from apispec.documents.pointers import escape, find, join, split

__all__ = ["LIMITS", "Document", "Limits", "escape", "find", "from_data", "join", "load", "split"]
