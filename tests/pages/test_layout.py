"""Which page holds what: no page gets too heavy, and nothing is lost."""

from __future__ import annotations

from typing import Any

from apispec.model import Api
from apispec.rendering.pages import PagesOptions
from apispec.rendering.pages.layout import HEAVIEST, LARGEST, Layout


def pages(sizes: dict[str, int]) -> list[tuple[str, ...]]:
    """The components of each page, for components that hold so many schemas."""
    schemas: dict[str, Any] = {
        name: {"type": "object", "properties": {f"p{i}": {"type": "string"} for i in range(size - 1)}}
        for name, size in sizes.items()
    }
    return [page.names for page in Layout(Api(title="A", schemas=schemas), PagesOptions()).schema_pages]


def test_light_components_are_parted_evenly() -> None:
    names = [f"C{number:03}" for number in range(LARGEST + 1)]
    found = pages(dict.fromkeys(names, 1))
    assert [len(part) for part in found] == [30, 31]
    assert [name for part in found for name in part] == names


def test_heavy_components_have_fewer_neighbours() -> None:
    sizes = {"a": HEAVIEST - 1, "b": 1, "c": 1, "d": 2 * HEAVIEST, "e": 1}
    assert pages(sizes) == [("a", "b"), ("c",), ("d",), ("e",)]
