"""Names for components that stood in a file of their own, or somewhere in the middle of a document."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from apispec.urls import split_url

_STRUCTURE = frozenset(
    {
        "paths", "webhooks", "components", "schemas", "responses", "parameters", "requestBodies", "requestBody",
        "headers", "callbacks", "content", "schema", "itemSchema", "properties", "allOf", "anyOf", "oneOf", "not",
        "definitions", "$defs", "examples", "links", "securitySchemes", "pathItems", "mediaTypes", "patternProperties",
    }
)  # fmt: skip
"""Tokens of a pointer that say nothing of what it leads to."""

_HOLDERS = frozenset(
    {
        "schemas", "responses", "parameters", "requestBodies", "headers", "callbacks", "definitions", "$defs",
        "examples", "links", "securitySchemes", "pathItems", "mediaTypes",
    }
)  # fmt: skip
"""Keys that hold things by name."""

_SPOKEN = {"items": "item", "additionalProperties": "value", "requestBody": "body"}
_NAMELESS = frozenset({"index", "_index", "openapi", "swagger", "schema", "main", "all", "components"})
"""Files whose folder says more than their name."""


class Names:
    """Gives every component a name that is free, and that no generator takes for another one's.

    Names that differ in case or signs only become one class in most languages; so they count as equal here.
    """

    def __init__(self) -> None:
        self._taken: dict[str, set[str]] = defaultdict(set)

    def take(self, section: str, name: str) -> None:
        """Keep a name that the document itself gives."""
        self._taken[section].add(_folded(name))

    def new(self, section: str, file: str, tokens: list[str], value: Any, stem: str = "") -> str:
        """A free name: what the place says, with folders in front where that is taken, else with a number.

        Args:
            section: Where the component goes, such as `schemas`.
            file: The file that it stood in, relative to the document's folder; empty for the document itself.
            tokens: Its place in there.
            value: The object itself.
            stem: What the whole file is called; by its name where empty.
        """
        names = list(_proposals(file, tokens, value, stem or _stem(file)))
        chosen = next((name for name in names if _folded(name) not in self._taken[section]), None)
        number = 2
        while chosen is None:
            name = f"{names[0]}_{number}"
            chosen, number = (name if _folded(name) not in self._taken[section] else None), number + 1
        self.take(section, chosen)
        return chosen


def _folded(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower() or name


def natural(file: str, tokens: list[str]) -> str:
    """What a schema is called where it stands: by its key, else by its file."""
    return tokens[-1] if tokens else _stem(file)


def _proposals(file: str, tokens: list[str], value: Any, stem: str) -> Iterator[str]:
    base = _valid(_told(file, tokens, value, stem))
    yield base
    folders = [part for part in posixpath.dirname(_path(file)).split("/") if part not in ("", ".", "..")]
    if tokens and _path(file):
        folders.append(stem)
    for folder in reversed(folders):
        base = f"{_valid(folder)}_{base}"
        yield base


def _told(file: str, tokens: list[str], value: Any, stem: str) -> str:
    if not tokens:
        return stem
    last = tokens[-1]
    if isinstance(value, dict) and last.isdigit() and isinstance(value.get("name"), str) and value["name"]:
        return str(value["name"])  # a parameter of a list
    if len(tokens) == 1 or tokens[-2] in _HOLDERS - {"responses"} or tokens[-3:-1] == ["components", "responses"]:
        return last
    start = max((n + 1 for n, token in enumerate(tokens[:-1]) if token in _HOLDERS - {"responses"}), default=0)
    told = [] if start or tokens[0] in ("paths", "webhooks") or not _path(file) else [stem]
    for before, token in zip(["", *tokens[start:]], tokens[start:], strict=False):
        if before == "content" or (token in _STRUCTURE and before != "properties" and token not in _SPOKEN):
            continue
        told.append(_SPOKEN.get(token, token) if before != "properties" else token)
    return "_".join(part.strip("/") for part in told) or last


def _path(file: str) -> str:
    return unquote(split_url(file).path) if "://" in file else file


def _stem(file: str) -> str:
    path = _path(file)
    stem = re.sub(r"(\.schema)?\.(json|ya?ml)\Z", "", posixpath.basename(path), flags=re.IGNORECASE)
    folder = posixpath.basename(posixpath.dirname(path))
    return folder if stem.lower() in _NAMELESS and folder not in ("", ".", "..") else stem


def _valid(name: str) -> str:
    """A name that OpenAPI allows; without dots, of which generators make modules."""
    return re.sub(r"[^A-Za-z0-9_-]+", "_", name).strip("_-") or "Unnamed"
