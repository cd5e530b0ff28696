"""What a reader finds beside an operation: its whole address, what to install, the author's samples; old links lead on."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from itertools import pairwise

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
TWICE = {"name": "twice", "in": "query", "schema": {"type": "string", "pattern": r"^(\w+)\s?(\1\s?)*(?:(\w+)\s?)*!$"}}
CODE = {"name": "code", "in": "query", "schema": {"type": "string", "pattern": "^[A-Z]{2}$"}}
ANSWER = {"200": {"description": "ok", "content": {"application/json": {"schema": {"type": "string"}}}}}
OPERATION = {"operationId": "buy", "tags": ["selling"], "parameters": [WORDS, TWICE, CODE], "responses": ANSWER}
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
    form.field("twice").fill("ab" * 40 + "?")
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


ITEM = {
    "allOf": [
        {"type": "object", "properties": {"id": {"type": "string"}}},
        {
            "type": "object",
            "properties": {
                "a b": {"type": "string", "default": "x" * 300},
                "a-b": {"type": "object", "properties": {"deep": {"type": "object", "properties": {"end": {}}}}},
                "more": {"type": "object", "properties": {"x": {}}},
            },
        },
    ]
}
NAMED = {"small": {"value": {"id": "1"}}, "large": {"summary": "A large one", "value": {"id": "2"}}}
BIG = {
    "openapi": "3.1.0",
    "info": {"title": "Big", "version": "1"},
    "paths": {
        "/items/{key}": {
            "post": {
                "operationId": "make",
                "description": "Makes one.",
                "parameters": [
                    {"name": "limit", "in": "query", "schema": {"enum": [10, 50], "x-enum-varnames": ["FEW", "MANY"]}},
                    {"name": "key", "in": "path", "required": True, "schema": {"type": "string"}},
                ],
                "requestBody": {
                    "content": {
                        "application/json": {"schema": ITEM, "examples": NAMED},
                        "application/xml": {"schema": ITEM, "example": "<item>1</item>"},
                        "text/csv": {"schema": {"type": "string", "maxLength": 9}},
                    }
                },
                "responses": {
                    "200": {"description": "ok", "content": {"application/json": {"schema": ITEM}}},
                    "404": {"description": "no", "content": {"application/json": {"schema": ITEM}}},
                },
            }
        }
    },
}


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    from apispec.rendering.pages import PagesOptions
    from apispec.sources import read_document
    from tests.pages.conftest import build

    folder = tmp_path_factory.mktemp("big")
    (folder / "openapi.json").write_text(json.dumps(BIG), encoding="utf-8")
    api = read_document(str(folder / "openapi.json")).api
    with served(build(api, folder / "site", options=PagesOptions(target="openapi.json"))) as url:
        yield url


def test_an_operation_with_a_big_body(big: str, open_page: Open) -> None:
    """One page of it for all that is asked: what is open, what is one at a time, what leads where."""
    watched = open_page(big, width=390)
    page = watched.go("reference/make/")
    labels = page.locator(".api-label").all_inner_texts()
    assert labels == ["Path parameters", "Query parameters", "Request body", "Result", "Errors"]
    body = page.locator("[id='make:body']")
    for name in ("id", "a-b", "a-b-2", "more"):
        expect(page.locator(f"[id='make:body:{name}'] > .api-field-head")).to_be_visible()  # the first level is open
    expect(page.locator("[id='make:body:a-b-2:deep']")).to_be_hidden()
    assert "Fields of object" not in page.locator("article").inner_text()
    folds = page.locator(".api-rest details")
    page.get_by_role("button", name="Expand all").click()
    assert folds.evaluate_all("all => all.every(one => one.open)")
    page.get_by_role("button", name="Collapse all").click()
    assert folds.evaluate_all("all => all.every(one => !one.open)")
    places = page.locator(".api-rest .api-field")
    ids = places.evaluate_all("all => all.map(one => one.id)")
    assert all(ids) and len(set(ids)) == len(ids) and {"make.key", "make:200", "make:404", "make:404:a-b"} <= set(ids)
    link = page.locator("[id='make:404'] > .api-field-head > .api-here")
    link.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert link.evaluate("e => getComputedStyle(e, '::before').opacity") == "1"
    types = body.locator(".api-media-types > .tabbed-labels label")
    assert types.all_inner_texts() == ["application/json", "application/xml", "text/csv"]
    types.get_by_text("text/csv").click()
    expect(body.get_by_text("at most 9 characters")).to_be_visible()
    types.get_by_text("application/xml").click()
    body.locator("summary", has_text="Example").locator("visible=true").click()
    expect(body.get_by_text("<item>1</item>")).to_be_visible()
    types.get_by_text("application/json").click()
    body.locator("summary", has_text="2 examples").click()
    body.locator(".api-examples label", has_text="A large one").click()
    expect(body.locator("[data-example='A large one'] code")).to_be_visible()
    expect(body.locator("[data-example=small] code")).to_be_hidden()
    snippet = page.locator("[data-endpoint=make] [data-language=python] code")
    expect(snippet).to_contain_text('"id": "2"')  # calls take what was picked
    form = Trying(page, "make").open()
    form.has("body.id", "2")
    assert form.field("limit").locator("option").all_inner_texts()[-2:] == ["10 – FEW", "50 – MANY"]
    body.locator(".api-examples label", has_text="small").click()
    form.has("body.id", "1")
    form.field("body.id").press("Escape")
    expect(form.form).to_have_count(0)
    samples = page.locator(".api-samples")
    samples.locator("label", has_text="404").click()
    expect(samples.locator("[data-status='404']")).to_be_visible()
    expect(samples.locator("[data-status='200']")).to_be_hidden()
    words, code, rest = (page.locator(css).first.bounding_box() for css in (".api-text", ".api-code", ".api-rest"))
    assert words["y"] < code["y"] < rest["y"] and code["y"] < 500, "code is right behind the description"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    levels = page.locator("article :is(h1,h2,h3,h4,h5,h6)").evaluate_all("all => all.map(e => Number(e.localName[1]))")
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    page = watched.go("reference/make/#make:body:a-b-2:deep")
    expect(page.locator("[id='make:body:a-b-2:deep'] > .api-field-head")).to_be_in_viewport()
    assert watched.complaints == []
