"""What a reader finds beside an operation: its whole address, what to install, the author's samples; old links lead on."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.pages.conftest import Open, served
from tests.pages.trying import Trying

pytestmark = pytest.mark.browser

SAMPLES = [
    {"lang": "Python", "source": "import shop\nshop.buy()"},
    {"lang": "PHP", "label": "PHP SDK", "source": "<?php buy();"},
    {"lang": "Go"},
]
WORDS = {"name": "word", "in": "query", "required": True, "schema": {"type": "string", "pattern": "^(a+)+$"}}
CODE = {"name": "code", "in": "query", "schema": {"type": "string", "pattern": "^[A-Z]{2}$"}}
ANSWER = {"200": {"description": "ok", "content": {"application/json": {"schema": {"type": "string"}}}}}
OPERATION = {"operationId": "buy", "tags": ["selling"], "parameters": [WORDS, CODE], "responses": ANSWER}
DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1", "description": "See [buying](#operation/buy)."},
    "servers": [{"url": "https://one.example/v1"}, {"url": "https://two.example"}],
    "paths": {"/buy/{id}": {"post": {**OPERATION, "x-codeSamples": SAMPLES}}},
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("shop")
    (folder / "openapi.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")
    from apispec import site
    from apispec.rendering.pages import Pages, PagesOptions
    from apispec.sources import read_document

    api = read_document(str(folder / "openapi.json")).api
    pages = Pages(api, PagesOptions(markdown_copies=False))
    site.build(pages.render(), folder / "site", site.SiteOptions(name="Shop", nav=pages.navigation()), pages.leads())
    with served(folder / "site") as url:
        yield url


def test_the_whole_address_with_the_server_chosen(shop: str, open_page: Open) -> None:
    page = open_page(shop, javascript=False).go("reference/")
    address = page.locator(".api-url").first
    assert address.inner_text() == "https://one.example/v1/buy/{id}"
    page = open_page(shop, permissions=["clipboard-read", "clipboard-write"]).go("reference/")
    page.get_by_label("Base URL").fill("https://two.example")
    page.get_by_label("Base URL").press("Enter")
    expect(page.locator(".api-url").first).to_have_text("https://two.example/buy/{id}")
    page.get_by_role("button", name="Copy the address").click()
    page.wait_for_function("async () => await navigator.clipboard.readText() === 'https://two.example/buy/{id}'")


def test_the_authors_samples_come_first(shop: str, open_page: Open) -> None:
    page = open_page(shop).go("reference/")
    labels = page.locator(".api-request .tabbed-labels label").all_inner_texts()
    assert labels[:3] == ["Python (author's)", "PHP SDK", "Python"]
    shown = page.locator(".api-request .tabbed-block:visible")
    assert "shop.buy()" in shown.inner_text()
    assert "pip install requests" in str(page.locator("[data-language=python] .api-needs").text_content())
    page.get_by_label("Base URL").fill("https://two.example")
    page.get_by_label("Base URL").press("Enter")
    assert "shop.buy()" in shown.inner_text(), "it stays the author's"


@pytest.mark.parametrize("old", ["#operation/buy", "#tag/selling/operation/buy"])
def test_links_of_other_viewers_lead_on(shop: str, open_page: Open, old: str) -> None:
    page = open_page(shop).go(old)
    page.wait_for_url("**/reference/**")
    page.locator("[data-endpoint=buy]").first.wait_for()


def test_a_pattern_without_end_does_not_stop_the_page(shop: str, open_page: Open) -> None:
    form = Trying(open_page(shop).go("reference/"), "buy").open()
    form.field("word").fill("a" * 40 + "!")
    before = time.monotonic()
    form.field("code").fill("x")
    form.button("Send").click()
    form.form.get_by_text("One value does not fit.").wait_for()
    assert time.monotonic() - before < 15, "it takes for ever, and it was not waited for"
    expect(form.form.get_by_text("This must match ^[A-Z]{2}$.")).to_be_visible()
    expect(form.form.get_by_text("This must match ^(a+)+$.")).to_be_hidden()  # the server judges that
    form.field("code").fill("AB")
    form.field("word").fill("aab")
    form.field("word").blur()
    form.field("word").fill("aa")
    assert form.page.evaluate("1 + 1") == 2
