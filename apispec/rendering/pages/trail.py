"""Where a view stands: what it is inside of, who gives the value, and how much unfolds there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

DEPTH = 3
"""How many objects inside each other unfold; a component that is deeper is a link."""

DEEPEST = 12
"""Objects without a name of their own have no other place to be shown in: they unfold down to here."""

BUDGET = 120
"""How many nested fields one parameter or result shows; a component after that is a link."""

LARGE = 3_000
"""From so many operations on, each page shows what it has to, and links to the rest: `DEPTH_OF_LARGE`,
`BUDGET_OF_LARGE`."""
DEPTH_OF_LARGE = 1
BUDGET_OF_LARGE = 40

MOST = 2_000
"""So many fields more unfold where there is nothing to link to."""

Side = Literal["given", "both", "gotten"]
"""Whether a value is for the caller to give, so that its fields are required or optional; or comes back; or both."""


class Trail(NamedTuple):
    """What a view is inside of."""

    depth: int = 0
    """How many objects and choices."""
    names: frozenset[str] = frozenset()
    """The components."""

    def inside(self, names: Iterable[str], *, deeper: bool = True) -> Trail:
        """Further in."""
        return Trail(self.depth + deeper, self.names.union(names))


OUTSIDE = Trail()
