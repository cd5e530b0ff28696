"""Which page holds what: no page gets too heavy, and nothing is lost."""

from __future__ import annotations

from typing import Any

from apispec.model import Api, Endpoint, HttpCall
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


def test_many_small_tags_share_pages() -> None:
    endpoints = tuple(
        Endpoint(name=f"e{n}", tags=(f"t{n:03}",), call=HttpCall(method="GET", path=f"/e{n}"))
        for n in range(LARGEST + 5)
    )
    layout = Layout(Api(title="A", endpoints=endpoints), PagesOptions())
    assert [page.title for page in layout.endpoint_pages] == ["t000 – t029", "t030 – t059", "t060 – t064"]
    last = layout.endpoint_pages[2]
    assert layout.group("index.md", last.groups[0]) == "reference/t060-t064/#tag-t060"
    assert layout.endpoint("index.md", "e64") == "reference/t060-t064/#e64"
