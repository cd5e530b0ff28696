"""Endpoints of other libraries' apps are where their functions are, and never at a line of a document nobody wrote."""

from __future__ import annotations

import sys

from litestar import Litestar, get, post

from apispec.introspection import Options, describe


@get("/items/all")
async def item() -> int:
    return 1


@post("/items")
async def make() -> int:
    return 2


def test_handlers_of_litestar_are_where_they_are_written() -> None:
    found = describe(Litestar([item, make]), Options(), module=sys.modules[__name__])
    lines = {e.call.path: e.location for e in found.api.endpoints}  # type: ignore[union-attr]
    assert {path: place.line for path, place in lines.items()} == {
        "/items/all": item.fn.__code__.co_firstlineno,
        "/items": make.fn.__code__.co_firstlineno,
    }
    assert all(place.file.endswith("test_places.py") and not place.pointer for place in lines.values())
