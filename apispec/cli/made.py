"""A whole site that was made and is not yet written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apispec.rendering import Move

from apispec.findings import Finding

Content = str | bytes
Begin = Callable[[str], None]
"""Told the name of each stage as it begins."""


@dataclass(frozen=True)
class Site:
    """A whole site, not yet written."""

    files: Mapping[str, Content]
    """Content by path."""
    findings: list[Finding]
    title: str
    holds: str
    """What it is about, in words: `3 endpoints`."""
    moves: tuple[Move, ...] = ()
    """What became of the addresses of the previous site that this one has not."""
