"""What axe-core finds on the quickstart's pages, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.axe.sites import sites
from tests.pages.conftest import Open, build, served
from tests.pages.samples import many

pytestmark = [pytest.mark.browser, pytest.mark.node]

AXE = Path(__file__).parents[1] / "node" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = ("", "reference/", "mcp/", "schemas/", "404.html")


def grave(page: Any, *rules: str) -> list[str]:
    """What is serious or critical, by all rules or by these: the rule and the first elements it is about."""
    if not AXE.is_file():
        pytest.skip("no axe-core; make node")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    only = {"runOnly": list(rules)} if rules else {}
    found = page.evaluate("more => axe.run(document, {resultTypes: ['violations'], ...more})", only)
    assert found["passes"], "axe-core looked at nothing"
    return [
        f"{rule['id']}: {[node['html'][:150] for node in rule['nodes'][:3]]}"
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_or_critical(quickstart_url: str, open_page: Open, scheme: str) -> None:
    watched = open_page(quickstart_url, scheme=scheme)
    found = {}
    for path in PAGES:
        page = watched.go(path)
        page.evaluate("document.querySelectorAll('article details').forEach(box => box.open = true)")
        found[path] = grave(page)
    assert {path: problems for path, problems in found.items() if problems} == {}
    assert [line for line in watched.complaints if not line.startswith("404: ")] == []


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1440, "dark")])
def test_nothing_serious_or_critical_on_nasty_pages(nasty_url: str, open_page: Open, width: int, scheme: str) -> None:
    watched = open_page(nasty_url, width=width, scheme=scheme)
    assert {path: grave(watched.go(path)) for path in ("", "reference/", "mcp/", "schemas/")} == {
        "": [], "reference/": [], "mcp/": [], "schemas/": [],
    }  # fmt: skip


@pytest.fixture(scope="module")
def large_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Pages of many endpoints under tags, and what only documents have."""
    out = tmp_path_factory.mktemp("large") / "site"
    with served(build(many(80, tags=3), out)) as base:
        yield base


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_or_critical_on_large_pages(large_url: str, open_page: Open, scheme: str) -> None:
    watched = open_page(large_url, scheme=scheme)
    assert {path: grave(watched.go(path)) for path in ("", "tags/Tag-1/", "mcp/")} == {
        "": [], "tags/Tag-1/": [], "mcp/": [],
    }  # fmt: skip


def test_nothing_serious_or_critical_with_every_scheme_and_composition(tmp_path: Path, open_page: Open) -> None:
    """The cheap part of `make axe`."""
    for name in ("security", "compositions"):
        _, folder = next(sites(tmp_path, [name]))
        with served(folder) as base:
            watched = open_page(base, scheme="dark")
            assert {path: grave(watched.go(path)) for path in ("", "reference/")} == {"": [], "reference/": []}


def test_axe_would_complain(quickstart_url: str, open_page: Open) -> None:
    page = open_page(quickstart_url).go()
    page.evaluate("document.querySelector('article').insertAdjacentHTML('beforeend', '<button></button>')")
    assert any(problem.startswith("button-name") for problem in grave(page))
