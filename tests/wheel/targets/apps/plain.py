"""Shop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass
class Item:
    """One thing.

    Attributes:
        name: Its name.
    """

    name: str
    price: float = 1.0


def buy(item: Item, count: int = 1, size: Literal["s", "m"] = "s", note: str | None = None) -> dict[str, int]:
    """Buy things.

    Args:
        item: What.
        count: How many.
    """
    return {item.name: count}
