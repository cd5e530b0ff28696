"""References where OpenAPI knows none, as documents of many files have them: `paths: {$ref: paths.yaml}`.

They are findings of `apispec.validation`; here what they lead to takes their place, so that nothing is hidden and what
is published is valid.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from apispec.documents.grammar import GRAMMAR, METHODS
from apispec.documents.pointers import MISSING, find, split
from apispec.documents.references import Site, kind_of, sites

_FILES_KEY = "x-apispec-files"


class Edits:
    """Changes to a document that leave the original as it is: objects on the way to a change are copied, once."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document.copy()
        self._own: dict[tuple[str | int, ...], Any] = {(): self.document}

    def own(self, tokens: tuple[str | int, ...]) -> Any:
        """The object at a place, as a copy that may be changed."""
        known = self._own.get(tokens)
        if known is None:
            holder = self.own(tokens[:-1])
            key = int(tokens[-1]) if isinstance(holder, list) else tokens[-1]
            known = holder[key] = holder[key].copy()
            self._own[tokens] = known
        return known


def reached(data: dict[str, Any]) -> Iterator[Site]:
    """Every reference of a document whose references are local, in its other files as far as they are reached.

    Args:
        data: As `apispec.documents.load` gives it.
    """
    seen: set[tuple[int, str]] = set()
    waiting = [sites(data, kind_of(data), seen=seen)]
    while waiting:
        for site in waiting.pop():
            yield site
            if site.reference.startswith("#/") and (value := find(data, site.reference)) is not MISSING:
                waiting.append(sites(value, site.kind, site.shape, tuple(split(site.reference)), seen))


def inlined(data: dict[str, Any]) -> dict[str, Any]:
    """The document without references in places where OpenAPI knows none; itself where it has none.

    Args:
        data: As `apispec.documents.load` gives it.
    """
    odd = misplaced(data)
    if not odd:
        return data
    edits = Edits(data)
    for site in reversed(odd):  # what is reached last is inside of what is reached first
        value = target(site.holder, edits.document)
        if value is not site.holder:
            holder = edits.own(site.place[:-1])
            holder[int(site.place[-1]) if isinstance(holder, list) else site.place[-1]] = value
    return edits.document


def misplaced(data: dict[str, Any]) -> list[Site]:
    """References in places where OpenAPI knows none."""
    found = reached(data) if _FILES_KEY in data else _upper(data)
    return [site for site in found if not site.is_known and site.place]


def _upper(data: dict[str, Any]) -> Iterator[Site]:
    """References down to the parts of operations: a single file has odd ones nowhere else."""
    for key, value in data.items():
        if key in GRAMMAR["document"]:
            yield from _one(value, (key,), *GRAMMAR["document"][key])
    for key, value in _items(data.get("components")):
        if key in GRAMMAR["components"]:
            yield from _one(value, ("components", key), *GRAMMAR["components"][key])
    for key in ("paths", "webhooks"):
        for path, item in _items(data.get(key)):
            for name, value in _items(item):
                if name in GRAMMAR["path-item"]:
                    yield from _one(value, (key, path, name), *GRAMMAR["path-item"][name])
                if name in METHODS:
                    for part, inner in _items(value):
                        if part in GRAMMAR["operation"]:
                            yield from _one(inner, (key, path, name, part), *GRAMMAR["operation"][part])


def _items(value: Any) -> list[tuple[str, Any]]:
    return list(value.items()) if isinstance(value, dict) else []


def _one(value: Any, place: tuple[str | int, ...], kind: str, shape: Any) -> Iterator[Site]:
    if isinstance(value, dict) and isinstance(reference := value.get("$ref"), str):
        yield Site(place, value, "$ref", reference, kind, shape)


def target(value: Any, data: dict[str, Any]) -> Any:
    """What a reference leads to, whatever it is; a broken one stays."""
    found, seen = value, set()
    while isinstance(found, dict) and isinstance(reference := found.get("$ref"), str) and reference.startswith("#/"):
        if reference in seen:
            return value
        seen.add(reference)
        found = find(data, reference)
        if found is MISSING:
            return value
    return found
