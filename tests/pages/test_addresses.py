"""Addresses are functions of what they name: nothing else in the API, no size, order or layout, moves one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apispec.model import Api, Endpoint, HttpCall, Parameter, Tag
from apispec.rendering.pages import PagesOptions
from apispec.rendering.pages.addresses import PART, WHOLE, address, addresses, identity, parts, places_of
from apispec.rendering.pages.layout import Layout

SAFE = re.compile(r"[A-Za-z0-9~][A-Za-z0-9_.~-]*")
NAMES = st.text(min_size=1, max_size=30) | st.from_regex(r"[a-zA-Z]{1,3}([/._ -][a-z]{1,3}){0,3}", fullmatch=True)


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("operation", "issues/create", "reference/issues/create"),
        ("operation", "add_expense", "reference/add_expense"),
        ("operation", "users.list", "reference/users.list"),
        ("operation", "createIssue", "reference/createIssue"),
        ("operation", "GET /pets/{petId}", "reference/get/pets/~petId"),
        ("operation", "GET /pets/petId", "reference/get/pets/petId"),
        ("operation", "DELETE /", "reference/delete/~"),
        ("operation", "GET /pets/", "reference/get/pets/~"),
        ("component", "Issue", "schemas/Issue"),
        ("component", "pets.Pet-Input", "schemas/pets.Pet-Input"),
        ("tag", "Pull requests", "tags/Pull-requests"),
        ("webhook", "issue-opened", "webhooks/issue-opened"),
    ],
)
def test_addresses_are_what_one_would_write(kind: Any, name: str, expected: str) -> None:
    assert address(kind, name) == expected


@pytest.mark.parametrize(
    "name",
    [
        "con",
        "NUL",
        "aux.txt",
        "index.html",
        "Index.md",
        "..",
        ".hidden",
        "_private",
        "a..",
        "größe",
        "日本",
        "a:b",
        "a\\b",
        "x" * 300,
        " ",
        "",
    ],
)
def test_what_no_file_system_may_hold_is_told_apart_by_a_digest(name: str) -> None:
    assert re.fullmatch(r"schemas/[A-Za-z0-9_-]+-[0-9a-f]{6}|schemas/~", address("component", name))


def test_composed_and_decomposed_letters_are_the_same_name() -> None:
    assert address("component", "gr\u00f6\u00dfe") == address("component", "gro\u0308\u00dfe")


def test_names_that_differ_in_case_alone_stay_apart_on_every_file_system() -> None:
    found = addresses("component", ["pet", "Pet", "PET", "other"])
    assert found["other"] == "schemas/other"
    assert found["PET"] == "schemas/PET"
    assert len({path.lower() for path in found.values()}) == 4
    assert found == addresses("component", ["Pet", "other", "PET", "pet"])


@given(st.lists(NAMES, unique=True, max_size=8), st.sampled_from(["operation", "component", "tag", "webhook"]))
def test_addresses_are_safe_and_apart(names: Sequence[str], kind: Any) -> None:
    found = addresses(kind, names)
    assert len({path.lower() for path in found.values()}) == len(names)
    for path in found.values():
        root, _, rest = path.partition("/")
        assert root in ("reference", "schemas", "tags", "webhooks")
        assert len(path) <= WHOLE + 40
        for part in rest.split("/"):
            assert SAFE.fullmatch(part), path
            assert len(part) <= PART + 1
            assert not part.endswith(".")


def fold(name: str) -> str:
    return address("component", name).lower()


def apis(names: Sequence[str], tags: Sequence[str], schemas: Sequence[str]) -> Api:
    endpoints = tuple(
        Endpoint(
            name=name,
            tags=(tags[n % len(tags)],) if tags else (),
            call=HttpCall(method="GET", path=f"/{n}"),
            parameters=(Parameter(name="q", location="query"), Parameter(name="q", location="header")),
        )
        for n, name in enumerate(names)
    )
    return Api(
        title="A",
        tags=tuple(Tag(name=tag) for tag in tags),
        endpoints=endpoints,
        schemas={name: {"type": "object"} for name in schemas},
        webhooks=tuple(Endpoint(name=name) for name in schemas),
    )


def where(api: Api, layout: Any) -> dict[tuple[str, str], str]:
    """The page at which each thing is, or from which a small one leads to it, and its id."""
    made = Layout(api, PagesOptions(layout=layout))
    leads = made.leads()
    found = {}
    for kind, names in (("operation", [e.name for e in api.endpoints]), ("component", list(api.schemas))):
        for name in names:
            at = made.endpoint_page(name) if kind == "operation" else made.schema_page(name)
            anchor = (made.anchors if kind == "operation" else made.schema_anchors)[name]
            expected = addresses(kind, [name])[name] + "/index.md"  # type: ignore[arg-type]
            assert expected == at or leads[expected].endswith(f"#{anchor}")
            found[kind, name] = f"{expected} #{anchor}"
    for group in made.groups:
        found["tag", group.tag.name] = f"{group.path} #{group.anchor}"
    return found


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(NAMES, unique_by=fold, min_size=1, max_size=40),
    st.lists(NAMES, unique_by=fold, max_size=4),
    st.lists(NAMES, unique_by=fold, max_size=6),
    st.randoms(use_true_random=False),
)
def test_nothing_that_is_added_removed_or_reordered_moves_anything(
    names: list[str], tags: list[str], schemas: list[str], random: Any
) -> None:
    before = where(apis(names, tags, schemas), "auto")
    for layout in ("single", "tags", "operations", "auto"):
        kept = [
            random.sample(found, random.randint(min(1, len(found)), len(found))) for found in (names, tags, schemas)
        ]
        after = where(apis(*kept), layout)
        moved = {key: (before[key], after[key]) for key in after if key in before and before[key] != after[key]}
        assert not moved


def test_the_identity_of_an_operation() -> None:
    get = HttpCall(method="GET", path="/pets/{id}")
    assert identity(Endpoint(name="get_pets_id", unnamed=True, call=get)) == "GET /pets/{id}"
    assert identity(Endpoint(name="show", call=get)) == "show"
    assert identity(Endpoint(name="show_2", call=HttpCall(method="GET", path="/", operation_id="show"))) == "show"


def test_operations_of_one_operation_id_are_known_by_method_and_path() -> None:
    calls = [HttpCall(method="GET", path="/a", operation_id=""), HttpCall(method="GET", path="/b", operation_id="list")]
    one = [Endpoint(name=name, call=call) for name, call in zip(("list", "list_2"), calls, strict=True)]
    pages = [{e.call.path: Layout(Api(title="A", endpoints=tuple(found)), PagesOptions(layout="operations")).endpoint_page(e.name) for e in found}
             for found in (one, one[::-1])]  # fmt: skip
    assert pages[0] == pages[1]
    assert len(set(pages[0].values())) == 2


def test_places_and_parts() -> None:
    found = places_of(
        ["reference/a/b", "reference/a-b", "reference/connect", "reference/tag-x", "reference/users.list"]
    )
    assert found[0] == "a-b"
    assert found[4] == "users-list"
    assert [re.sub(r"-[0-9a-f]{6}$", "-…", text) for text in found[1:4]] == ["a-b-…", "connect-…", "tag-x-…"]
    odd = ["reference/x-_y_-z", "reference/x-__y__", "reference/from_", "reference/a_-b_", "reference/a-_b"]
    assert places_of(odd) == ["x-y-z", "x-y", "from_", "a_-b_", "a-_b"], "no emphasis in the id of a heading"
    assert parts([("p", "body"), ("p", "query"), ("q", "query")]) == ["p-body", "p-query", "q"]
