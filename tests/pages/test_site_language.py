"""Sites in another language: what readers see and hear is in it, whichever script says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from apispec.rendering.pages import PagesOptions
from tests.pages.conftest import Open, build, served
from tests.pages.samples import kitty

OPTIONS = PagesOptions(target="app.py", layout="operations")


@pytest.fixture(scope="module", params=["de", "ar"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    language = request.param
    out = build(
        kitty(), tmp_path_factory.mktemp(language), options=replace(OPTIONS, language=language), language=language
    )
    with served(out, missing=out / "404.html") as base:
        yield language, base


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1440])
def test_a_page_in_another_language(site: tuple[str, str], width: int, open_page: Open) -> None:
    language, base = site
    watched = open_page(base, width=width)
    page = watched.page
    page.goto(f"{base}reference/add_expense/")
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("body").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    page.mouse.move(20, 20)
    said = {"de": ("Ausprobieren", "Senden", "Suche"), "ar": ("Try it", "Send", "Search")}[language]
    page.locator(".api-try-open:not(.api-stand-in *)").click()
    page.get_by_role("button", name=said[1], exact=True).wait_for()
    assert page.locator(".api-try-open").first.get_attribute("aria-label") is not None
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1")
    page.keyboard.press("Escape")
    page.get_by_role("button", name=re.compile(said[0])).first.wait_for()
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name=said[2]).wait_for()
    assert watched.complaints == []


@pytest.mark.browser
def test_a_page_that_is_not_there(site: tuple[str, str], open_page: Open) -> None:
    language, base = site
    page = open_page(base).page
    page.goto(f"{base}nowhere/")
    heading = {"de": "Hier ist nichts", "ar": "There is nothing here"}[language]
    assert page.locator("h1").inner_text() == heading
    assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
