"""Kinds of changes: what one is, and the table of all.

Kinds come in pairs: what one edit does, its reverse undoes. The tests judge each example in both directions. They are
declared in `apispec.changes.catalogue`, a module for each thing that changes.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from apispec.findings import Severity


class Level(str, Enum):
    """What a change does to callers, worst first."""

    BREAKING = "breaking"
    """A valid request is refused or means something else, or an answer comes that no client was told of."""
    RISKY = "risky"
    """Cannot be decided from the two documents: it depends on how callers are written."""
    SAFE = "safe"
    """No caller notices, or only those who look for it."""

    @property
    def severity(self) -> Severity:
        """As findings count it."""
        return {Level.BREAKING: Severity.ERROR, Level.RISKY: Severity.WARNING, Level.SAFE: Severity.INFO}[self]


@dataclass(frozen=True)
class Kind:
    """One kind of change."""

    id: str
    level: Level
    title: str
    """One sentence."""
    why: str
    """Why it has its level, as Markdown."""
    before: str
    """Part of a document, as YAML (see `apispec.rules.examples`)."""
    after: str
    mirror: str
    """The kind of the reverse edit; its own id where that is of the same kind, empty where there is none."""
    no_mirror: str = ""
    """Why there is no mirror."""


_KINDS: dict[str, Kind] = {}


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by id, in alphabetical order."""
    for module in iter_modules(import_module("apispec.changes.catalogue").__path__):
        import_module(f"apispec.changes.catalogue.{module.name}")
    return dict(sorted(_KINDS.items()))


def pair(first: tuple[str, Level, str, str], second: tuple[str, Level, str, str], before: str, after: str) -> None:
    """Two kinds that undo each other: (id, level, title, why) each, and the example of the first."""
    before, after = (textwrap.dedent(text).strip("\n") for text in (before, after))
    for (name, level, title, why), mirror, (old, new) in (
        (first, second[0], (before, after)),
        (second, first[0], (after, before)),
    ):
        _KINDS[name] = Kind(name, level, title, why, old, new, mirror)


def symmetric(name: str, level: Level, title: str, why: str, before: str, after: str) -> None:
    """A kind whose reverse is of the same kind."""
    before, after = (textwrap.dedent(text).strip("\n") for text in (before, after))
    _KINDS[name] = Kind(name, level, title, why, before, after, name)


def alone(name: str, level: Level, title: str, why: str, before: str, after: str, reason: str) -> None:
    """A kind whose reverse is no kind of its own, and why."""
    before, after = (textwrap.dedent(text).strip("\n") for text in (before, after))
    _KINDS[name] = Kind(name, level, title, why, before, after, "", reason)
