"""The menu of more languages: loaded when chosen, the same text as Python makes, kept for the site, following what is typed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from apispec.examples import arguments
from apispec.model import Api
from apispec.rendering.pages import PagesOptions
from apispec.rendering.pages.menu import menu
from apispec.snippets import Language, snippets
from tests.pages.conftest import Open, Watched, build, served
from tests.pages.samples import kitty
from tests.pages.trying import trying
from tests.snippets.cases import GRADIO

pytestmark = pytest.mark.browser


GRADIO_API = Api(title="Gradio", endpoints=tuple(case.endpoint for case in GRADIO), source="gradio")


def assert_as_python_makes(api: Api, watched: Watched, chosen: Sequence[Language]) -> None:
    page = watched.go("reference/")
    page.wait_for_selector(".api-more")
    for language in chosen:
        page.locator(".api-more").first.select_option(language.id)
        page.wait_for_function(f"document.querySelectorAll('.tabbed-block[data-language={language.id}]').length > 4")
        shown = page.evaluate(
            "Object.fromEntries([...document.querySelectorAll('.api-tabs')].map((tabs) => [tabs.dataset.snippets,"
            " tabs.querySelector('[data-more] code')?.textContent]))"
        )
        assert len(shown) > 4
        for endpoint in api.public_endpoints:
            if endpoint.name not in shown:
                continue
            base = page.evaluate(f"apispec.baseOf(apispec.page().get('endpoints').get('{endpoint.name}'))")
            given = arguments(endpoint, api)
            why: dict[str, str] = {}
            options: Any = {"languages": [language.id], "base_url": base, "refused": why}
            made = snippets(api, endpoint, arguments=given, **options)
            refusal = f"This call cannot be made in {language.name}: {why.get(language.id)}."
            assert shown[endpoint.name] == (made[0].text if made else refusal), (language.id, endpoint.name)
    assert not watched.complaints


def test_every_snippet_of_the_menu_is_what_python_makes(kitty_site: Path, open_page: Open) -> None:
    with served(kitty_site) as url:
        assert_as_python_makes(kitty(), open_page(url), menu(PagesOptions()))


def test_gradio_endpoints_have_the_menu_too(tmp_path: Path, open_page: Open) -> None:
    chosen = [language for language in menu(PagesOptions(), "gradio") if language.id in ("csharp", "r", "wget")]
    with served(build(GRADIO_API, tmp_path / "site")) as url:
        assert_as_python_makes(GRADIO_API, open_page(url), chosen)


def test_the_choice_is_kept_and_nothing_is_loaded_before_it(kitty_site: Path, open_page: Open) -> None:
    with served(kitty_site) as url:
        watched = open_page(url, width=390)
        loaded: list[str] = []
        watched.page.on("request", lambda request: loaded.append(request.url))
        page = watched.go("reference/")
        page.wait_for_selector(".api-more")
        assert not [one for one in loaded if "/languages/" in one]
        page.locator(".api-more").first.select_option("ruby")
        page.wait_for_selector(".tabbed-block[data-language=ruby] code")
        page.reload()
        page.wait_for_selector(".tabbed-block[data-language=ruby] code")
        expect(page.locator(".api-more").first).to_have_value("ruby")
        page.locator(".tabbed-labels > label").first.click()
        expect(page.locator(".tabbed-block[data-language=python]").first).to_be_visible()
        assert not watched.complaints


def test_languages_of_the_menu_that_are_shown_follow_what_is_typed(tmp_path: Path, open_page: Open) -> None:
    site = build(kitty(), tmp_path / "site", options=PagesOptions(languages=("ruby", "go")))
    assert not (site / "assets/languages/ruby.js").exists() and (site / "assets/languages/php.js").is_file()
    with served(site) as url:
        watched = open_page(url)
        form = trying(watched, "reference/", "add_expense")
        form.field("paid_by").fill("Zoë")
        for language in ("ruby", "go"):
            form.follows("Zoë", language)
        form.page.locator(".api-more").first.select_option("php")
        form.page.wait_for_selector(".tabbed-block[data-language=php] code")
        assert not watched.complaints
