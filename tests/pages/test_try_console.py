"""Try it as wide as the window, what was called before, and lists of objects as tables."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.pages.conftest import Open
from tests.pages.test_accessibility import grave
from tests.pages.trying import Trying, site
from tests.serving import served as serving

pytestmark = [pytest.mark.browser, pytest.mark.node]

APP = '''
def people(count: int = 2) -> list[dict[str, str | int]]:
    """People."""
    return [{"name": f"p{n}", "age": n} for n in range(count)]
'''


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    import importlib.util

    from apispec.server.options import ServerOptions

    folder = tmp_path_factory.mktemp("console")
    file = folder / "people_app.py"
    file.write_text(APP, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("people_app", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with serving(module, ServerOptions(cors=("*",))) as running, site(str(file), folder / "site", running.url) as shown:
        yield shown


@pytest.mark.parametrize("width", [1440, 390])
def test_wide_and_back_by_keyboard(url: str, open_page: Open, width: int) -> None:
    form = Trying(open_page(url, width=width).go("reference/"), "people").open()
    page = form.page
    form.button("Wide").press("Enter")
    console = page.get_by_role("dialog", name="Try people, wide")
    console.wait_for()
    form.field("count").fill("3")
    expect(console.locator("[data-language=python] code")).to_contain_text("3")
    form.field("count").press("Control+Enter")
    expect(form.form).to_have_attribute("aria-busy", "false")
    expect(console.locator(".api-answer")).to_be_visible()
    left, right = (console.locator(".api-console-side").nth(i).bounding_box() for i in (0, 1))
    assert left and right
    assert (right["x"] > left["x"]) if width > 1000 else (right["y"] > left["y"])
    assert [found for found in grave(page) if "dialog" in found or "api-" in found] == []
    page.keyboard.press("Escape")
    console.wait_for(state="detached")
    form.focused(form.button("Wide"))
    assert json.loads(form.form.locator(".api-answer code").inner_text())[2] == {"name": "p2", "age": 2}
    form.button("As a table").click()
    expect(form.form.locator(".api-table tbody tr").nth(1).locator("td")).to_have_text(["p1", "1"])
    form.field("count").fill("5")
    form.form.get_by_text("Calls so far: 1").click()
    form.form.get_by_role("button", name="Again:").click()
    form.has("count", "3")
