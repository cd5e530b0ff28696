"""How much of a stranger's document is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds for one document and the files it refers to."""

    bytes: int = 200_000_000
    """Size of one file."""
    depth: int = 200
    """Levels of objects and arrays in each other. The deepest known real document has fewer than 50."""
    alias_nodes: int = 500_000
    """Values that YAML aliases may add when written out, the guard against "billion laughs"."""
    total: int = 1_000_000_000
    """Size of all files of a document together; a file counts as a thousand bytes at least."""
    chain: int = 200
    """Files that may refer to each other in a row. How many there are in all is nobody's business."""
    seconds: float = 20.0
    """How long a remote file may take."""


LIMITS = Limits()
