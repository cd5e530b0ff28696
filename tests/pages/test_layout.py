"""Which page holds what, in each layout, and what leads where there is no page."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import Any

import pytest

from apispec.findings import Location
from apispec.model import Api, Endpoint
from apispec.rendering.pages import Pages, PagesOptions
from apispec.rendering.pages.layout import HEAVIEST, LARGEST, SINGLE, Layout
from apispec.rendering.pages.navigation import branches, trunk
from tests.pages.samples import kitty, many


def schemas(sizes: dict[str, int]) -> Layout:
    """The layout of components that hold so many schemas."""
    found: dict[str, Any] = {
        name: {"type": "object", "properties": {f"p{i}": {"type": "string"} for i in range(size - 1)}}
        for name, size in sizes.items()
    }
    return Layout(Api(title="A", schemas=found), PagesOptions())


def test_few_light_components_share_a_page() -> None:
    assert not schemas({f"C{n}": 1 for n in range(LARGEST)}).schemas_apart


@pytest.mark.parametrize("sizes", [{f"C{n}": 1 for n in range(LARGEST + 1)}, {"a": HEAVIEST, "b": 1}])
def test_many_or_heavy_components_have_pages_of_their_own(sizes: dict[str, int]) -> None:
    layout = schemas(sizes)
    assert layout.schemas_apart
    assert layout.schema("index.md", next(iter(sizes))) == f"schemas/{next(iter(sizes))}/"


@pytest.mark.parametrize(
    ("layout", "count", "kind"),
    [("auto", SINGLE, "single"), ("auto", SINGLE + 1, "operations"), ("single", 90, "single"), ("tags", 2, "tags")],
)
def test_layouts(layout: Any, count: int, kind: str) -> None:
    made = Layout(many(count, tags=2), PagesOptions(layout=layout))
    assert made.kind == kind
    pages = {"single": 1, "tags": 2, "operations": count}[kind]
    assert len(made.endpoint_pages) == pages
    described = [e.name for page in made.endpoint_pages for group in page.groups for e in group.endpoints]
    assert described == [e.name for e in many(count).endpoints]


def test_what_leads_to_shared_pages() -> None:
    leads = Layout(kitty(), PagesOptions(layout="single")).leads()
    assert leads["reference/add_expense/index.md"] == "../#add_expense"
    assert leads["schemas/Place/index.md"] == "../#Place"
    assert leads["tags/Files/index.md"] == "../../reference/#tag-Files"
    tags = Layout(kitty(), PagesOptions(layout="tags")).leads()
    assert tags["reference/add_expense/index.md"] == "../../tags/Expenses/#add_expense"
    assert "tags/Files/index.md" not in tags
    assert Layout(kitty(), PagesOptions(layout="operations")).leads() == {}
    offline = Layout(kitty(), PagesOptions(layout="single", directory_urls=False)).leads()
    assert offline["reference/add_expense/index.md"] == "../index.html#add_expense"


def test_small_pages_lead_without_a_script_of_their_own() -> None:
    page = str(Pages(kitty(), PagesOptions(layout="single")).leads()["reference/add_expense/index.html"])
    assert '<script src="../../assets/moved.js" data-to="../#add_expense"></script>' in page
    assert '<noscript><meta http-equiv="refresh" content="0; url=../#add_expense"></noscript>' in page
    assert '<link rel="canonical" href="../">' in page


def grouped(document: dict[str, Any], *tags: str) -> list[Any]:
    endpoints = tuple(Endpoint(name=f"e{n}", tags=(tag,)) for n, tag in enumerate(tags))
    made = Pages(Api(title="A", endpoints=endpoints, document=document), PagesOptions(layout="tags"))
    return dict(made.navigation())["Reference"][1:]  # type: ignore[return-value]


def test_tag_groups_are_levels_of_the_navigation() -> None:
    groups = [{"name": "One", "tags": ["b", "a"]}, {"name": "None", "tags": []}, "wrong"]
    assert grouped({"x-tagGroups": groups}, "a", "b", "c") == [
        ("One", [("b", "tags/b/index.md"), ("a", "tags/a/index.md")]),
        ("c", "tags/c/index.md"),
    ]


def test_nested_tags_are_levels_of_the_navigation() -> None:
    from apispec.model import Tag

    tags = (
        Tag(name="top"),
        Tag(name="in", parent="top"),
        Tag(name="round", parent="trip"),
        Tag(name="trip", parent="round"),
    )
    endpoints = tuple(Endpoint(name=f"e{n}", tags=(tag,)) for n, tag in enumerate(["in", "top", "round"]))
    made = Pages(Api(title="A", tags=tags, endpoints=endpoints), PagesOptions(layout="tags"))
    assert dict(made.navigation())["Reference"][1:] == [  # type: ignore[index]
        ("top", [("top", "tags/top/index.md"), ("in", "tags/in/index.md")]),
        ("round", "tags/round/index.md"),
    ]


def test_the_overview_of_a_large_api_shows_each_tag_once() -> None:
    page = str(Pages(many(80, tags=4), PagesOptions()).render()["index.md"])
    cards = page[page.index('<ul class="api-cards">') :]
    assert [cards.count(f"<strong>Tag {n}</strong>") for n in range(4)] == [1, 1, 1, 1]
    assert cards.count('<span class="api-count">20</span>') == 4
    assert "api-cards" not in str(Pages(many(40, tags=4), PagesOptions()).render()["index.md"])


def test_very_many_tags_are_one_row_with_their_operations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["apispec.rendering.pages.navigation"], "MANY_GROUPS", 2)
    made = Pages(many(6, tags=3), PagesOptions(layout="operations"))
    reference = made.entries[1]
    assert [(one.title, one.leaf, one.children) for one in reference.children if not one.method] == [
        (f"Tag {number}", True, ()) for number in range(3)
    ]
    assert [bool(one.method) for one in reference.children] == [False, True, True] * 3
    assert list(branches(made.entries)) == ["reference/index.md", "schemas/index.md"]
    assert trunk(made.entries)[1].children == ()


def test_where_the_first_thing_of_a_page_stands() -> None:
    found = many(SINGLE + 1)
    first = found.public_endpoints[0]
    placed = replace(first, location=Location("api.json", 7, 3, "/paths/~1a/get"))
    api = replace(
        found,
        source="openapi",
        endpoints=(placed, *found.endpoints[1:]),
        schemas={f"a/{n}": {} for n in range(LARGEST + 1)},
    )
    pages = Pages(api)
    assert pages.source(pages.layout.endpoint_page(first.name)) == placed.location
    assert pages.source(pages.layout.schema_page("a/1")) == Location("api.json", pointer="/components/schemas/a~11")
    assert pages.source("index.md") == Location("api.json")
