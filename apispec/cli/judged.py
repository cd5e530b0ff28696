"""The document of an app, for `validate` and `diff`: made in memory, its places those of the functions."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from apispec.cli.reading import read
from apispec.cli.writing import document_text
from apispec.config import Config
from apispec.documents import Document, split
from apispec.findings import Severity
from apispec.model import Api, HttpCall


@contextmanager
def without_collector() -> Iterator[None]:
    """No garbage collection meanwhile: documents are large trees that live to the end, walking them again and again is
    a quarter of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


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
    places = _places(found.api)

    def locate(pointer: str) -> tuple[int, int]:
        tokens = split(pointer)
        return places.get((tokens[1], tokens[2]), (0, 0)) if len(tokens) > 2 and tokens[0] == "paths" else (0, 0)

    # What was read without importing, because importing failed, is not the app that is to be judged.
    told = (replace(f, severity=Severity.ERROR) if f.rule == "import-failed" else f for f in found.findings)
    return Document(file, data, tuple(told), positions={file: locate})


def _places(api: Api) -> dict[tuple[str, str], tuple[int, int]]:
    """Path and method to the line and column of the function."""
    return {
        (endpoint.call.path, endpoint.call.method.lower()): (endpoint.location.line, max(endpoint.location.column, 1))
        for endpoint in api.endpoints
        if isinstance(endpoint.call, HttpCall) and endpoint.location.line
    }
