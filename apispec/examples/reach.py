"""What is remembered of a component's example, so that it is used again only where it would be made just so."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from apispec.model import Json


@dataclass(slots=True)
class Reach:
    """How far the making of a value went."""

    components_deep: int = 0
    """At most so many components inside each other."""
    depth: int = 0
    """At most so many schemas inside each other."""
    components: set[str] = field(default_factory=set)
    """Those that were asked for: a value that is made inside one of them ends sooner."""

    def note(self, components_deep: int, depth: int) -> None:
        """It went as far as this."""
        if components_deep > self.components_deep:
            self.components_deep = components_deep
        if depth > self.depth:
            self.depth = depth

    def include(self, other: Reach, components_deep: int, depth: int) -> None:
        """It went as far as another, which began in this place."""
        self.note(components_deep + other.components_deep, depth + other.depth)
        self.components |= other.components

    def seen_from(self, components_deep: int, depth: int) -> Reach:
        """The same, counted from this place."""
        return Reach(self.components_deep - components_deep, self.depth - depth, self.components)


class Made(NamedTuple):
    """A component's example."""

    value: Json
    nodes: int
    """What making it cost, in values made or tried."""
    reach: Reach
