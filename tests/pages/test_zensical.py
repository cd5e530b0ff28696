"""The same pages built with Zensical (`--builder zensical`)."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from apispec.errors import BuildError, MissingExtraError
from tests.pages.conftest import Open, build, served
from tests.pages.samples import kitty
from tests.pages.test_own_site import article


@pytest.fixture(scope="module")
def zensical_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(kitty(), tmp_path_factory.mktemp("zensical") / "site", builder="zensical")


def test_the_pages_say_the_same(zensical_site: Path, kitty_site: Path) -> None:
    for path in ("index.html", "reference/index.html", "mcp/index.html", "schemas/index.html"):
        ours = article(kitty_site / path)
        theirs = article(zensical_site / path)
        start, end = '<div class="api-', "</aside>"
        assert ours[ours.index(start) : ours.rindex(end)] in theirs, path
    assert (zensical_site / "openapi.json").is_file()


@pytest.mark.parametrize(
    "attempt",
    [
        "{% include '/etc/hostname' %}",
        "{%- include '../../../../etc/hostname' ignore missing %}",
        "{% include ['/etc/hostname'] %}",
        "{% set x = '/etc/hostname' %}{%+ include x %}",
        "{% include 'partials/x' ~ '/../../../etc/hostname' %}",
        "{% include 'a' if false else '/etc/hostname' %}",
        "{% from '/etc/hostname' import a %}",
        "{% import '/etc/hostname' as a %}",
        "{% extends '/etc/hostname' %}",
        "{# {# #} {%\tinclude\n'/etc/hostname' %}",
        "{{ ''.__class__.__mro__ }}",
        "{{ cycler.__init__.__globals__.os.system('touch PWNED') }}",
        "{{ config.__class__.__init__.__globals__ }}",
    ],
)
def test_the_users_templates_reach_nothing_but_the_theme(tmp_path: Path, attempt: str) -> None:
    (tmp_path / "t" / "theme").mkdir(parents=True)
    (tmp_path / "t" / "theme" / "main.html").write_text(
        "{% extends 'base.html' %}\n{% block content %}" + attempt + "{% endblock %}", encoding="utf-8"
    )
    with pytest.raises(BuildError, match=r"theme/main.html:\d|could not build") as refused:
        build(kitty(), tmp_path / "site", builder="zensical", template_dirs=(tmp_path / "t",))
    assert not Path("PWNED").exists()
    assert "{{" in attempt or "written out" in str(refused.value)


@pytest.mark.browser
def test_no_complaints_and_search(zensical_site: Path, open_page: Open) -> None:
    with served(zensical_site) as base:
        watched = open_page(base)
        for path in ("", "reference/", "mcp/", "schemas/"):
            page = watched.go(path)
            page.wait_for_load_state("networkidle")
            assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0, path
            assert page.evaluate("apispec.page() === null") == (path == "schemas/")
            assert page.locator(".api-base").count() == (path != "schemas/")
        assert watched.complaints == []


@pytest.mark.browser
@pytest.mark.parametrize(
    ("words", "place"),
    [("monthly", "reference/#monthly_totals"), ("paid_by", "reference/#add_expense"), ("ISO 3166", "schemas/#Place")],
    ids=["endpoint", "parameter", "field"],
)
def test_search_finds_endpoints_parameters_and_fields(
    zensical_site: Path, open_page: Open, words: str, place: str
) -> None:
    with served(zensical_site) as base:
        watched = open_page(base)
        page = watched.go()
        page.wait_for_load_state("networkidle")
        page.keyboard.press("Control+k")
        page.get_by_role("combobox", name="Search").fill(words)
        folder, _, anchor = place.partition("#")
        page.locator(f".api-found[href*='{folder}'][href$='#{anchor}']").first.wait_for()
        assert watched.complaints == []


@pytest.mark.browser
@pytest.mark.parametrize("key", ["Control+k", "Meta+k", "/", "s"])
def test_one_search_opens(zensical_site: Path, open_page: Open, key: str) -> None:
    with served(zensical_site) as base:
        page = open_page(base).go()
        page.wait_for_load_state("networkidle")
        page.evaluate("""() => {
          window.heard = [];
          window.addEventListener("keydown", (event) => window.heard.push(event.key));
        }""")
        page.keyboard.press(key)
        page.locator("dialog.api-search[open]").wait_for()
        assert page.evaluate("window.heard") == key.split("+")[:-1]  # the theme hears the modifier alone
        assert page.get_by_role("combobox", name="Search").count() == 1


def test_the_same_input_gives_the_same_bytes(zensical_site: Path, tmp_path: Path) -> None:
    again = build(kitty(), tmp_path / "site", builder="zensical")
    for path in sorted(p for p in zensical_site.rglob("*") if p.is_file()):
        assert path.read_bytes() == (again / path.relative_to(zensical_site)).read_bytes(), path


def test_says_which_extra_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match="Zensical is not installed"):
        build(kitty(), tmp_path / "site", builder="zensical")
    assert not (tmp_path / "site").exists()
