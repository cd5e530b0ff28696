"""Where an Api comes from besides Python functions: one small module per kind of source, others through entry points.

A package adds a kind of source with the entry-point group `apispec.sources`; the object it names is a `Source`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from apispec.errors import ApispecError
from apispec.model import Introspection

if TYPE_CHECKING:
    from apispec.documents import Document

GROUP = "apispec.sources"
DOCUMENT_SUFFIXES = (".json", ".yaml", ".yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOptions:
    """What a source is told."""

    allow_remote: bool = False
    """Whether anything may be fetched from the network."""
    overlays: tuple[str, ...] = ()
    """OpenAPI Overlays that change a document, in order."""
    hide_internal: bool = False
    """Whether what a document marks as `x-internal` is left out."""
    strict: bool = False
    """Whether to look for problems as thoroughly as can be."""


class Source(Protocol):
    """One kind of source."""

    name: str
    """One word, shown in messages."""

    def matches(self, target: str) -> bool:
        """Whether a target is of this kind, by its name or a quick look; never raises."""

    def read(self, target: str, options: SourceOptions) -> Introspection:
        """Read it.

        Raises:
            ApispecError: It cannot be read.
        """


class OpenApiSource:
    """OpenAPI documents, JSON or YAML, in files or on the network."""

    name = "openapi"

    def matches(self, target: str) -> bool:
        """By the suffix; an address counts, `--allow-remote` decides whether it is read."""
        path = target.partition("?")[0].lower()
        remote = path.startswith(("http://", "https://"))
        return remote or (path.endswith(DOCUMENT_SUFFIXES) and not Path(target).is_dir())

    def read(self, target: str, options: SourceOptions) -> Introspection:
        """Read it, with the files that it refers to."""
        from apispec.documents import load, overlaid
        from apispec.sources.openapi import read

        document = load(target, allow_remote=options.allow_remote)
        document = overlaid(document, options.overlays, allow_remote=options.allow_remote)
        if options.hide_internal:
            from apispec.sources.internal import without_internal

            document = without_internal(document)
        return read(document, thorough=options.strict)


def sources() -> Iterator[Source]:
    """Every kind of source: those of other packages first, by name, then ours.

    Raises:
        ApispecError: One of another package cannot be loaded.
    """
    for entry in sorted(entry_points(group=GROUP), key=lambda e: e.name):
        try:
            found = entry.load()
            yield found() if isinstance(found, type) else found
        except Exception as error:  # whatever another package does at import
            raise ApispecError(
                f"the source {entry.name!r} cannot be loaded: {error}", where=entry.value, hint="uninstall or mend it"
            ) from error
    yield OpenApiSource()


def find_source(target: str) -> Source | None:
    """The first source that a target is of; None for what has to be imported or read as Python."""
    return next((source for source in sources() if source.matches(target)), None)


def read_document(target: str, *, allow_remote: bool = False) -> Introspection:
    """Read an OpenAPI document.

    Raises:
        ApispecError: It cannot be read, or is no OpenAPI document.
    """
    return OpenApiSource().read(target, SourceOptions(allow_remote=allow_remote))


def read_value(document: Document) -> Introspection:
    """Read an OpenAPI document that is at hand.

    Raises:
        ApispecError: It is no OpenAPI document.
    """
    from apispec.sources.openapi import read

    return read(document)
