"""A site of several APIs and one of several versions, as a reader uses them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.pages.conftest import Open, served

pytestmark = pytest.mark.browser


def document(title: str, *names: str) -> str:
    ok = {"responses": {"200": {"description": "ok"}}}
    paths: dict[str, Any] = {
        f"/{name}": {"get": {"operationId": name, "summary": f"The {name}", **ok}} for name in names
    }
    return json.dumps({"openapi": "3.1.0", "info": {"title": title, "version": "1"}, "paths": paths})


def built(folder: Path, config: str) -> Path:
    (folder / "apispec.toml").write_text(config, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "apispec", "build", "-q"], cwd=folder, check=True)
    return folder / "site"


def test_one_search_over_all_apis_or_one(tmp_path: Path, open_page: Open) -> None:
    bank = json.loads(document("Bank", "money"))
    bank["components"] = {"schemas": {"Coin": {"type": "object", "properties": {"weight": {"type": "number"}}}}}
    bank["paths"]["/money"]["get"]["responses"]["200"]["content"] = {
        "application/json": {"schema": {"$ref": "#/components/schemas/Coin"}}
    }
    (tmp_path / "bank.json").write_text(json.dumps(bank), encoding="utf-8")
    (tmp_path / "shop.json").write_text(document("Shop", "money", "goods"), encoding="utf-8")
    apis = '[[apis]]\ntarget = "bank.json"\n[[apis]]\ntarget = "shop.json"\n'
    for offline in (False, True):
        site = built(tmp_path, f"{'offline = true' if offline else ''}\n{apis}")
        with served(site) as url:
            watched = open_page(url, width=390 if offline else 1440)
            page = watched.go("bank/index.html")
            page.keyboard.press("/")
            field = page.get_by_role("combobox", name="Search", exact=True)
            expect(field).to_be_visible()
            found = page.locator(".api-found")
            field.fill("money")
            expect(found).to_have_count(2)
            assert {"Bank", "Shop"} == {
                str(text).partition(" ·")[0] for text in page.locator(".api-found-where").all_text_contents()
            }
            page.get_by_label("Search in").select_option("Shop")
            expect(found).to_have_count(1)
            assert "shop/reference/" in str(found.get_attribute("href"))
            page.get_by_label("Search in").select_option("All APIs")
            field.fill("weight")  # of the shards
            expect(found.first).to_contain_text("weight")
            assert "bank/" in str(found.first.get_attribute("href"))
            field.press("Enter")
            page.wait_for_url("**/bank/**")
            assert page.locator("article").get_by_text("weight").count()
            assert watched.complaints == []


def test_the_search_of_the_theme_over_all_apis_or_one(tmp_path: Path, open_page: Open) -> None:
    (tmp_path / "bank.json").write_text(document("Bank", "money"), encoding="utf-8")
    (tmp_path / "shop.json").write_text(document("Shop", "money", "goods"), encoding="utf-8")
    apis = '[[apis]]\ntarget = "bank.json"\n[[apis]]\ntarget = "shop.json"\n'
    site = built(tmp_path, f'search = "theme"\n{apis}')
    with served(site) as url:
        for width in (1440, 390):
            watched = open_page(url, width=width)
            page = watched.go("bank/")
            if width > 1000:
                page.get_by_role("link", name="Shop", exact=True).first.click()
                page.wait_for_url("**/shop/")
            page.keyboard.press("/")
            page.keyboard.type("money")
            found = page.locator(".md-search-result__item")
            found.nth(1).wait_for()
            links = [str(link.get_attribute("href")) for link in found.locator("a").all()]
            assert any("bank/" in link for link in links) and any("shop/" in link for link in links)
            page.get_by_label("Search in").select_option("Bank")
            expect(found.filter(has=page.locator("a[href*='shop/']")).first).to_be_hidden()
            visible = [one for one in found.all() if one.is_visible()]
            assert visible and all("bank/" in str(one.locator("a").first.get_attribute("href")) for one in visible)
            assert watched.complaints == []


def test_another_version_of_the_same_page(tmp_path: Path, open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APISPEC_CACHE", str(tmp_path / "cache"))
    (tmp_path / "one.json").write_text(document("Shop", "money"), encoding="utf-8")
    (tmp_path / "two.json").write_text(document("Shop", "money", "goods"), encoding="utf-8")
    tables = '[[versions]]\nname = "v1"\ntarget = "one.json"\n[[versions]]\nname = "v2"\ntarget = "two.json"\n'
    with served(built(tmp_path, f'layout = "operations"\n{tables}')) as url:
        page = open_page(url).go()
        page.wait_for_url("**/latest/")
        page.goto(f"{url}v2/reference/money/")
        page.get_by_label("Version").select_option("v1")
        page.wait_for_url("**/v1/reference/money/")
        page.get_by_role("link", name="This page in v2").click()
        page.wait_for_url("**/latest/reference/money/")
        page.goto(f"{url}latest/reference/goods/")
        page.get_by_text("new in v2", exact=True).wait_for()
        page.get_by_label("Version").select_option("v1")
        page.wait_for_url("**/v1/")
