"""Documents with something wrong anywhere: they are read, rendered and listed, or refused in words, and never crash.

Nodes of valid documents are taken out, replaced by what does not belong there, copied elsewhere, renamed or wrapped.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apispec.documents import load
from apispec.errors import DocumentError
from apispec.findings import Finding
from apispec.model import Api, HttpCall
from apispec.rendering import llms, openapi
from apispec.rendering import tools as listing
from apispec.rendering.pages import Pages
from apispec.sources.openapi import read
from apispec.tools import tools

DOCUMENTS = [load(Path(__file__).parent / "documents" / name).data for name in ("everything.yaml", "swagger.yaml")]
ODD: list[Any] = [
    None, True, 0, -1, 1.5, 10**400, "", "x", "\0", "$ref", "{a}", [], {}, [None], [[]], ["a", {}], {"": None},
    {"$ref": "#/nowhere"}, {"$ref": "#"}, {"$ref": ""}, {"$ref": 5}, {"$ref": "other.json"}, {"type": ["string", "null"]},
    {"enum": []}, {"type": "object", "properties": {"$ref": {"type": "string"}}}, {"allOf": [{"$ref": "#/components/schemas/Animal"}]},
]  # fmt: skip
KEYS = ["", "5", "x-a", "200", "2XX", "default", "$ref", "a/b~c", "get", "in", "name", "schema", "/paths"]
CHANGES = st.tuples(
    st.floats(0, 0.999),
    st.sampled_from(["remove", "replace", "copy", "rename", "list", "wrap"]),
    st.integers(0, 10_000),
)

Place = tuple[Any, ...]


def places(value: Any, here: Place = ()) -> Iterator[Place]:
    """Where every node is: keys and indexes."""
    yield here
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from places(inner, (*here, key))


def at(document: Any, place: Place) -> Any:
    for key in place:
        document = document[key]
    return document


def change(document: Any, where: float, how: str, what: int, inside: Place = ()) -> None:
    """Change one node.

    Args:
        document: Is changed.
        where: Which node, as a part of all of them.
        how: What is done to it.
        what: Which odd value, name or other node is used.
        inside: Only nodes below this one.
    """
    found = [(*inside, *place) for place in places(at(document, inside)) if place]
    if not found:
        return
    *path, key = found[int(where * len(found))]
    parent = at(document, tuple(path))
    if how == "remove":
        del parent[key]
    elif how == "replace":
        parent[key] = copy.deepcopy(ODD[what % len(ODD)])
    elif how == "copy":
        parent[key] = copy.deepcopy(at(document, found[what % len(found)]))
    elif how == "rename" and isinstance(parent, dict):
        parent[KEYS[what % len(KEYS)]] = parent.pop(key)
    else:
        parent[key] = [parent[key]] if how == "list" else {"a": parent[key]}


def use(document: Any) -> Api:
    """Read a document and make everything that a build makes of it, short of the site."""
    found = read(load("openapi.json", text=json.dumps(document)))
    findings: list[Finding] = list(found.findings)
    api = found.api
    text = openapi.render(api, findings=findings)
    openapi.render_yaml(text)
    made = tools(api, findings)
    listing.render(api, made=made)
    pages = Pages(api, tools=made)
    pages.render(), pages.copies(), pages.navigation()
    llms.render(api, site_url="", files=[]), llms.skill(api)
    if "openapi" in document:
        # A reference where OpenAPI knows none has the document bundled: none leads into the paths any more.
        assert json.loads(text) == document or '"$ref": "#/paths/' not in text, "the document is kept, or bundled"
    assert all(f.message and f.location.file == "openapi.json" for f in findings), findings
    return api


def operations(api: Api) -> set[tuple[str, str]]:
    return {(e.call.method, e.call.path) for e in api.endpoints if isinstance(e.call, HttpCall)}


slow = settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])


@slow
@given(st.sampled_from(DOCUMENTS), st.lists(CHANGES, min_size=1, max_size=4))
def test_nothing_in_a_document_is_a_crash(valid: Any, changes: list[tuple[float, str, int]]) -> None:
    document = copy.deepcopy(valid)
    for where, how, what in changes:
        change(document, where, how, what)
    try:
        use(document)
    except DocumentError as error:  # no OpenAPI document any more, or a number that JSON readers refuse
        assert error.message
        assert "openapi.json" in str(error)


@slow
@given(st.data(), st.sampled_from(DOCUMENTS), st.lists(CHANGES, min_size=1, max_size=3))
def test_what_is_wrong_with_one_path_hides_no_other(
    data: st.DataObject, valid: Any, changes: list[tuple[float, str, int]]
) -> None:
    document = copy.deepcopy(valid)
    path = data.draw(st.sampled_from(sorted(document["paths"])))
    for where, how, what in changes:
        if isinstance(document["paths"].get(path), dict):
            change(document, where, how, what, ("paths", path))
    there = {pair for pair in operations(use(copy.deepcopy(valid))) if pair[1] != path}
    try:
        assert there <= operations(use(document))
    except DocumentError as error:
        assert "number" in error.message
