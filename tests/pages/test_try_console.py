"""Try it as wide as the window, what was called before, and lists of objects as tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

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


def deep() -> dict[str, object]:
    """Deep."""
    return {"id": 7, "items": [{"a": None}, {"odd key": [], "size": 2.5, "say": 'a "quoted"\\nline'}]}
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


@pytest.fixture
def deep(url: str, open_page: Open) -> Trying:
    form = Trying(open_page(url).go("reference/"), "deep").open()
    form.send()
    form.done()
    form.form.locator("[role=tree]").wait_for()
    return form


def test_answers_fold_are_searched_and_tell_paths(deep: Trying) -> None:
    """By keyboard; what is shown unfolded stays the JSON that was sent."""
    page, tree = deep.page, deep.form.locator("[role=tree]")
    items = tree.get_by_role("treeitem", name='"items"')
    assert json.loads(tree.inner_text())["items"][1] == {"odd key": [], "size": 2.50, "say": 'a "quoted"\nline'}
    tree.locator("[aria-level='2']").first.click()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(deep.form.locator(".api-json-path")).to_have_text("$.items")
    page.keyboard.press("ArrowLeft")
    expect(items).to_have_attribute("aria-expanded", "false")
    expect(tree).to_contain_text("… 2 ]")
    assert "odd key" not in tree.inner_text()
    search = deep.form.get_by_role("searchbox", name="Search the answer")
    search.fill("ODD")
    expect(deep.form.locator(".api-json-path")).to_have_text('$.items[1]["odd key"]')
    expect(items).to_have_attribute("aria-expanded", "true")
    search.fill("2")
    expect(deep.form.locator(".api-actions [role=status]")).to_have_text("1 / 1")
    search.press("Enter")  # to the next place: nothing is sent by it
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    deep.button("Copy path").press("Enter")
    expect(deep.button("Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "$.items[1].size"
    deep.button("Fold all").click()
    assert "size" not in tree.inner_text()
    deep.button("Unfold all").click()
    assert "size" in tree.inner_text()
    search.press("Escape")  # empties the search, and leaves the form open
    expect(search).to_have_value("")
    expect(deep.form).to_be_visible()
    assert [found for found in grave(page) if "api-" in found] == []


def test_two_answers_beside_each_other(url: str, open_page: Open) -> None:
    form = Trying(open_page(url).go("reference/"), "people").open()
    for number, count in enumerate((2, 3), start=1):
        form.field("count").fill(str(count))
        form.send()
        form.done()
        expect(form.form.locator(".api-history summary")).to_have_text(f"Calls so far: {number}")
    form.form.locator(".api-history summary").click()
    form.form.get_by_role("button", name="Compare:").first.press("Enter")
    expect(form.form.get_by_text("Choose a second call")).to_be_visible()
    form.form.get_by_role("button", name="Compare:").last.press("Enter")
    sent = form.form.get_by_role("region", name="What was sent")
    expect(sent.locator("del")).to_have_text("2")
    expect(sent.locator("ins")).to_have_text("3")
    answered = form.form.get_by_role("region", name="What was answered")
    assert "".join(answered.locator("ins").all_inner_texts()).count("p2") == 1
    assert answered.locator("del").count() == 0
    assert [found for found in grave(form.page) if "api-" in found] == []
    form.page.reload()  # the history is the session's
    form.open()
    expect(form.form.locator(".api-history summary")).to_have_text("Calls so far: 2")
    form.form.locator(".api-history summary").click()
    form.form.get_by_role("button", name="Again:").last.click()
    form.has("count", "2")


def test_copies_in_every_language_of_the_site(url: str, open_page: Open) -> None:
    form = Trying(open_page(url).go("reference/"), "people").open()
    form.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    form.field("count").fill("41")
    choices = form.field("Language to copy in").locator("option").evaluate_all("all => all.map(one => one.value)")
    assert {"python", "javascript", "curl", "go", "java", "rust", "powershell", "php"} - set(choices) <= {"powershell"}
    for language in choices:
        form.field("Language to copy in").select_option(language)
        form.page.evaluate("navigator.clipboard.writeText('')")
        form.button("Copy as").click()
        form.page.wait_for_function("navigator.clipboard.readText().then(text => text.includes('41'))")
        form.button("Copied").wait_for()
        form.button("Copy as").wait_for()


def test_environments_are_followed_saved_and_shared(url: str, open_page: Open, tmp_path: Path) -> None:
    watched = open_page(url)
    page = watched.go("reference/")
    base = page.get_by_label("Base URL").input_value()
    port = base.rsplit(":", 1)[1]
    page.get_by_role("button", name="Environments").press("Enter")
    window = page.get_by_role("dialog", name="Environments")
    window.get_by_role("button", name="New environment").press("Enter")
    window.get_by_role("button", name="Save and use").click()
    expect(window.get_by_role("alert")).to_have_text("An environment needs a name.")
    window.get_by_label("Name", exact=True).fill("staging")
    window.get_by_label("Base URL").fill("http://{host}:" + port)
    window.get_by_role("button", name="Save and use").click()
    expect(window.get_by_role("alert")).to_contain_text("{host}")
    for name, value in (("host", "localhost"), ("count", "7"), ("api_token", "sesame")):
        window.get_by_role("button", name="Add a variable").click()
        window.get_by_label("Name of the variable").last.fill(name)
        window.get_by_label("Value").last.fill(value)
    expect(window.get_by_text("stays on this computer")).to_be_visible()
    assert [found for found in grave(page) if "api-" in found] == []
    window.get_by_role("button", name="Save and use").click()
    form = Trying(page, "people")
    form.follows(f"http://localhost:{port}")
    form.follows("7")
    with page.expect_download() as started:
        window.get_by_role("button", name="Save as a file").click()
    saved = tmp_path / "environments.json"
    started.value.save_as(saved)
    assert json.loads(saved.read_text())["environments"] == [
        {
            "name": "staging",
            "base": "http://{host}:" + port,
            "way": "",
            "variables": {"host": "localhost", "count": "7"},
        }
    ]
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    window.get_by_role("button", name="Copy a link to staging").click()
    window.get_by_role("button", name="Copied").or_(window.get_by_text("Copied")).first.wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Environment: staging")).to_be_focused()
    page.reload()
    form.follows("7")
    form.open().has("count", "7")
    # another reader, who has the link
    other = open_page(url).page
    other.goto(link)
    shared = other.get_by_role("dialog", name="A shared environment")
    expect(shared).to_contain_text("http://{host}:" + port)
    assert "sesame" not in shared.inner_text()
    assert "environment=" not in other.url
    assert (
        other.evaluate("Object.keys(localStorage).filter(key => /environments|base/.test(key))") == []
    )  # nothing is taken unasked
    shared.get_by_role("button", name="Save and use").click()
    Trying(other, "people").follows(f"http://localhost:{port}")
    # and one who has the file, or one of Postman's, or none
    other.get_by_role("button", name="Environment: staging").click()
    window = other.get_by_role("dialog", name="Environments")
    postman = {
        "name": "theirs",
        "values": [{"key": "baseUrl", "value": base, "enabled": True}, {"key": "count", "value": "9"}],
    }
    files = {"theirs.json": json.dumps(postman), "bad.json": "{", "none.json": "[]"}
    said = {
        "theirs.json": "1 environment was read.",
        "bad.json": "This is no JSON",
        "none.json": "No environment is in this file",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        window.locator("input[type=file]").set_input_files(tmp_path / name)
        expect(window.get_by_role("status")).to_contain_text(said[name])
    window.get_by_role("radio", name="theirs").check()
    Trying(other, "people").follows("9")
    window.get_by_role("radio", name="None: as").check()
    Trying(other, "people").follows("2")
    assert watched.complaints == []


def test_a_link_that_is_no_environment(url: str, open_page: Open) -> None:
    page = open_page(url).page
    page.goto(f"{url}reference/#environment=bm9uc2Vuc2U")
    expect(page.get_by_role("dialog", name="A shared environment")).to_contain_text("no environment that can be read")
