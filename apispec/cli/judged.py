"""The document of an app, for `validate` and `diff`: made in memory, its places those of the functions."""

from __future__ import annotations

import json
from dataclasses import replace

from apispec.cli.reading import read
from apispec.cli.writing import document_text
from apispec.config import Config
from apispec.documents import Document, split
from apispec.findings import Location, Severity
from apispec.model import Api, HttpCall


def app_document(target: str, config: Config, name: str = "") -> Document:
    """An app as an OpenAPI document.

    Args:
        target: The app, as for `apispec spec`.
        config: How to read it.
        name: What the document is called in reports; the target by default.

    Raises:
        ApispecError: The app cannot be read.
    """
    found = read(target, config)
    data = json.loads(document_text(found.api, config, [], validate=False))
    file = name or target.partition(":")[0]
    before = file.removesuffix(target.partition(":")[0])  # `main:` of `main:app.py`
    places = {key: replace(place, file=before + place.file) for key, place in _places(found.api).items()}
    homes = {place.file: Document(place.file, data, positions={}) for place in places.values()}

    def origin(pointer: str) -> tuple[Document, str]:
        tokens = split(pointer)
        place = places.get((tokens[1], tokens[2])) if len(tokens) > 2 and tokens[0] == "paths" else None
        if place is None:
            return whole, pointer
        line = (place.line, max(place.column, 1))
        return replace(homes[place.file], positions={place.file: lambda pointer: line}), pointer

    from apispec.rules import rules

    judged = {*rules(), "invalid-document"}  # said again by who judges the document, at the levels of the user
    # What was read without importing, because importing failed, is not the app that is to be judged.
    told = (replace(f, severity=Severity.ERROR) if f.rule == "import-failed" else f for f in found.findings)
    told = (f for f in told if not f.location.pointer or f.rule not in judged)
    whole = Document(file, data, tuple(told))
    return replace(whole, origin=origin)


def _places(api: Api) -> dict[tuple[str, str], Location]:
    """Path and method to where the function is."""
    return {
        (endpoint.call.path, endpoint.call.method.lower()): endpoint.location
        for endpoint in api.endpoints
        if isinstance(endpoint.call, HttpCall) and endpoint.location.line
    }
