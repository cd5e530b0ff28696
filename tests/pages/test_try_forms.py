"""Forms made of schemas: the right inputs, what they send, and what they say about values that do not fit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from apispec.cli import run
from tests.pages.conftest import Open, served
from tests.pages.test_accessibility import grave
from tests.pages.trying import Trying, trying

pytestmark = pytest.mark.browser

PLAIN = {"word": "hello", "count": 3, "share": 0.5}


DOCUMENTS = (
    Path(__file__).parents[1] / "sources" / "documents" / "everything.yaml",
    Path(__file__).parent / "apps" / "odd.yaml",
)


@pytest.fixture(scope="module")
def document_urls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The sites of documents, by name."""
    out = tmp_path_factory.mktemp("documents")
    for document in DOCUMENTS:
        site = str(out / document.stem)
        assert run(["build", str(document), "--out", site, "--quiet", "--no-config", "--fail-on", "never"]) == 0
    with served(out) as url:
        yield {document.stem: f"{url}{document.stem}/" for document in DOCUMENTS}


@pytest.fixture
def everything(inputs_url: str, open_page: Open) -> Trying:
    return trying(open_page(inputs_url), "reference/", "everything")


def test_starts_with_the_example_that_the_page_shows(everything: Trying) -> None:
    assert everything.arguments() == PLAIN
    assert everything.field("word").input_value() == "hello"
    assert everything.field("Send share").is_checked()
    assert not everything.field("Send story").is_checked()
    assert everything.field("story").input_value() == "Once", "the default can be seen before it is sent"
    assert everything.field("word").get_attribute("aria-required") == "true"
    assert "Small letters." in everything.form.inner_text()


def test_kinds_of_inputs(everything: Trying) -> None:
    kinds = {
        name: everything.field(name).evaluate("e => e.localName + ' ' + e.type")
        for name in ("word", "count", "share", "story", "sure", "size", "mode", "at", "anything")
    }
    assert kinds == {
        "word": "input text", "count": "input text", "share": "input text", "story": "textarea textarea",
        "sure": "select select-one", "size": "select select-one", "mode": "select select-one", "at": "input text",
        "anything": "textarea textarea",
    }  # fmt: skip
    assert everything.field("on").get_attribute("type") == "date"
    assert everything.field("count").get_attribute("inputmode") == "numeric"
    assert everything.field("mode").locator("option").all_inner_texts() == ['"fast"', "2", "null"]


def test_every_kind_of_value_is_sent_as_it_was_typed(everything: Trying) -> None:
    form = everything
    form.field("word").fill("abc")
    form.field("count").fill("99999999999999999999")
    form.field("share").fill(".75")
    form.field("story").fill('Twice\nupon "a" time')
    form.field("sure").select_option("false")
    form.field("size").select_option("large")
    form.field("mode").select_option("2")
    form.field("on").fill("2026-05-01")
    form.field("at").fill("2026-05-01T10:00:00Z")
    form.field("Send words").check()
    form.button("Add item to words").click()
    form.field("words 1").fill("one")
    form.button("Add item to words").click()
    form.field("words 2").fill("two")
    form.field("Send ages").check()
    form.button("Add key to ages").click()
    form.field("Key of ages 1").fill("Ana")
    form.field("Value of ages 1").fill("41")
    form.field("Send point").check()
    form.field("point.x").fill("-7")
    form.field("Send tree").check()
    form.field("tree.name").fill("root")
    form.field("Send tree.children").check()
    form.button("Add item to tree.children").click()
    form.field("tree.children 1.name").fill("leaf")
    form.field("anything").fill('{"a": [1, 2.50, null]}')
    form.field("Send pair").check()
    form.field("pair 1").fill("1")
    form.field("pair 2").fill("one")
    form.field("Send shape").check()
    form.field("Kind of shape").select_option(label="Square")
    form.field("shape.side").fill("1e3")
    expected = {
        "word": "abc", "count": 99999999999999999999, "share": 0.75, "story": 'Twice\nupon "a" time', "sure": False,
        "size": "large", "mode": 2, "on": "2026-05-01", "at": "2026-05-01T10:00:00Z", "words": ["one", "two"],
        "ages": {"Ana": 41}, "point": {"x": -7}, "shape": {"side": 1000.0}, "tree": {"name": "root", "children": [{"name": "leaf"}]},
        "anything": {"a": [1, 2.5, None]}, "pair": [1, "one"],
    }  # fmt: skip
    assert form.arguments() == expected
    form.send()
    assert form.done() == "200 OK"
    back = form.json()
    assert back["count"] == 99999999999999999999
    assert back["point"] == {"x": -7, "y": 0}
    assert back["shape"] == {"side": 1000.0, "kind": "square"}
    assert "99999999999999999999" in form.answer()


def test_null_is_not_the_same_as_left_out(everything: Trying) -> None:
    form = everything
    form.field("Send point").check()
    form.field("point is null").check()
    assert form.arguments() == {**PLAIN, "point": None}
    expect(form.field("point.x")).to_be_hidden()
    form.field("Send point").uncheck()
    assert form.arguments() == PLAIN
    form.field("Send share").uncheck()
    assert form.arguments() == {"word": "hello", "count": 3}
    form.field("share").fill("0.1")
    assert form.arguments() == {"word": "hello", "count": 3, "share": 0.1}, "typing sends it"


@pytest.mark.parametrize(
    ("label", "typed", "words"),
    [
        ("word", "x", "This must have at least 2 characters."),
        ("word", "abcdefghijk", "This must have at most 10 characters; it has 11."),
        ("word", "AB", "This must match ^[a-z]+$."),
        ("count", "0", "This must be at least 1."),
        ("count", "100000000000000000000", "This must be less than 100000000000000000000."),
        ("count", "2.5", "This must be a whole number."),
        ("count", "many", "This must be a number."),
        ("count", "", "Type a number."),
        ("share", "1.000000000000000000001", "This must be at most 1."),
        ("at", "yesterday", "This must be a date and time such as 2026-05-01T12:30:00Z."),
    ],
)
def test_says_beside_the_field_what_does_not_fit(everything: Trying, label: str, typed: str, words: str) -> None:
    field = everything.field(label)
    field.fill(typed)
    field.blur()
    expect(field).to_have_attribute("aria-invalid", "true")  # patterns are judged in a worker
    described = field.get_attribute("aria-describedby").split()
    problem = everything.page.locator(f"#{described[-1]}")
    expect(problem).to_have_text(words)
    field.fill({"word": "good", "at": "2026-05-01T10:00:00+01:00"}.get(label, "1"))
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(problem).to_be_hidden()


def test_asks_before_it_sends_what_does_not_fit(everything: Trying) -> None:
    form = everything
    form.field("word").fill("NO")
    form.field("count").fill("-1")
    form.send()
    expect(form.form.locator(".api-try-note")).to_have_text("2 values do not fit.")
    form.focused("word")
    expect(form.form.locator(".api-result-words")).to_have_text("")
    form.send("Send anyway")
    assert form.done() == "422 Unprocessable Entity"
    assert form.form.locator(".api-try-note").inner_text() == "2 values are marked above."
    problems = form.form.locator(".api-problem:visible").all_inner_texts()
    assert len(problems) == 2 and "minimum of 1" in problems[1]
    form.focused("word")


def test_what_is_no_json_cannot_be_sent(everything: Trying) -> None:
    everything.field("anything").fill('{"a": ')
    everything.send()
    expect(everything.form.locator(".api-problem:visible")).to_contain_text("This is not JSON: ")
    expect(everything.button("Send anyway")).to_be_hidden()


def test_a_group_or_the_whole_body_as_json(everything: Trying) -> None:
    form = everything
    form.field("Send point").check()
    form.field("point.x").fill("4")
    toggle = form.form.get_by_role("group", name="point").get_by_role("button", name="JSON")
    toggle.click()
    assert toggle.get_attribute("aria-pressed") == "true"
    form.field("point as JSON").fill('{"x": 5, "y": 6}')
    assert form.arguments()["point"] == {"x": 5, "y": 6}
    form.field("point as JSON").fill('{"x": 5, ')
    toggle.click()
    expect(form.form.locator(".api-problem:visible")).to_contain_text("This is not JSON")
    form.field("point as JSON").fill('{"x": 7}')
    toggle.click()
    form.has("point.x", "7")
    form.button("Body as JSON").click()
    whole = form.form.locator("textarea.api-json:visible")
    whole.fill('{"word": "raw", "count": 1, "extra": 1}')
    form.button("Body as JSON").click()
    form.form.get_by_text("There is no “extra” here.").wait_for()
    whole.fill('{"word": "raw", "count": 1, "sure": null}')
    assert form.arguments() == {"word": "raw", "count": 1, "sure": None}
    form.button("Body as JSON").click()
    form.has("word", "raw")


def test_json_is_written_with_suggestions_and_judged_line_by_line(everything: Trying) -> None:
    form, page = everything, everything.page
    form.button("Body as JSON").click()
    whole = form.form.locator("textarea.api-json:visible")
    whole.fill('{"word": "hi", "count": 1,\n "share": "much"}')
    told = form.form.locator(".api-json-problems li")
    expect(told).to_have_count(1)
    expect(told).to_contain_text("share: This must be of the type number.")
    told.get_by_role("button", name="Line 2").click()
    assert whole.evaluate("e => e.value.slice(e.selectionStart)") == '"much"}'
    form.button("Send").click()
    form.form.get_by_text("One value does not fit.").first.wait_for()
    expect(form.button("Send anyway")).to_be_visible()
    whole.fill('{"count": 1, }')
    whole.press("ArrowLeft")
    options = form.form.locator(".api-json-list [role=option]:visible")
    page.keyboard.type('"wo')
    expect(options.first).to_contain_text("word")
    assert whole.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    assert grave(page) == []
    page.keyboard.press("Enter")
    page.keyboard.type("yes")
    expect(whole).to_have_value('{"count": 1, "word": "yes"}')
    expect(told).to_have_count(0)
    whole.press("End")
    whole.press("ArrowLeft")
    page.keyboard.type(', "sure": ')
    page.keyboard.press("Control+Space")
    expect(options.first).to_contain_text("true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    expect(form.form).to_be_visible()
    page.keyboard.press("Control+Space")
    options.nth(1).click()
    assert form.arguments() == {"count": 1, "word": "yes", "sure": False}
    whole.fill('{"count":1,\n\n"word" : "yes"}')
    form.button("Tidy up").click()
    expect(whole).to_have_value('{"count": 1, "word": "yes"}')


def test_items_and_keys_can_be_removed(everything: Trying) -> None:
    form = everything
    form.field("Send words").check()
    for word in ("a", "b", "c", "d"):
        form.button("Add item to words").click()
        form.focused(f"words {'abcd'.index(word) + 1}")
        form.page.keyboard.type(word)
    form.send()
    expect(form.form.locator(".api-problem:visible")).to_have_text("This must have at most 3 items; it has 4.")
    form.button("Remove words 2").click()
    form.focused("words 2")
    assert form.arguments()["words"] == ["a", "c", "d"]
    form.field("Send ages").check()
    for key in ("x", "x"):
        form.button("Add key to ages").click()
        form.page.keyboard.type(key)
    form.send()
    form.form.get_by_text("The key “x” is there twice.").wait_for()
    form.button("Remove ages 1").click()
    assert list(form.arguments()["ages"]) == []


def test_paths_queries_and_lists_in_them(inputs_url: str, open_page: Open) -> None:
    form = trying(open_page(inputs_url), "reference/", "thing")
    form.field("name").fill("a b/ü")
    form.field("Send tags").check()
    form.button("Add item to tags").click()
    form.page.keyboard.type("x&y")
    form.button("Add item to tags").click()
    form.page.keyboard.type("z")
    assert form.form.get_by_label("is null").count() == 0, "a query cannot hold null"
    form.follows('/things/a%20b%2F%C3%BC"')  # and the query by name and value
    form.follows("x&y")
    form.send()
    assert form.json() == {"name": "a b/ü", "tags": ["x&y", "z"], "limit": 5}


def test_reset_and_close_bring_the_example_back(everything: Trying) -> None:
    before = everything.snippet()
    everything.field("word").fill("changed")
    everything.follows("changed")
    everything.follows("changed", "javascript")
    everything.follows("changed", "curl")
    everything.button("Reset").click()
    everything.has("word", "hello")
    assert everything.snippet() == before
    everything.field("word").fill("again")
    everything.follows("again")
    everything.page.keyboard.press("Escape")
    expect(everything.form).to_have_count(0)
    assert everything.snippet() == before
    everything.focused(everything.section.get_by_role("button", name="Try it: everything"))


READ_BACK = """() => [...apispec.page().get("endpoints").values()].map((endpoint) => {
    const form = apispec.ui.form(endpoint);
    return [apispec.store(form.read()), apispec.store(endpoint.get("arguments")), form.check().length];
})"""


def test_every_form_gives_back_the_example_that_it_starts_with(
    inputs_url: str, quickstart_url: str, document_urls: dict[str, str], open_page: Open
) -> None:
    urls = (inputs_url, quickstart_url, *document_urls.values())
    found = [row for base in urls for row in open_page(base).go("reference/").evaluate(READ_BACK)]
    assert len(found) > 28
    assert [row for row in found if row[0] != row[1] or row[2]] == []


FIDDLE = """async () => {
    for (const endpoint of apispec.page().get("endpoints").values()) {
      const form = apispec.ui.form(endpoint);
      document.body.append(form.element);
      for (let round = 0; round < 3; round++) {
        for (const element of form.element.querySelectorAll("input[type=checkbox], select, button")) {
          if (!element.checkVisibility()) continue;
          if (element.localName !== "select") element.click();
          else {
            element.selectedIndex = element.options.length - 1;
            element.dispatchEvent(new Event("change", { bubbles: true }));
          }
          apispec.snippets(endpoint, form.read());
        }
        form.check();
      }
      form.element.remove();
    }
}"""


def test_whatever_is_pressed_no_form_breaks(inputs_url: str, document_urls: dict[str, str], open_page: Open) -> None:
    for url in (inputs_url, *document_urls.values()):
        watched = open_page(url)
        watched.go("reference/").evaluate(FIDDLE)
        assert watched.complaints == []


@pytest.mark.node
def test_all_that_scrolls_can_be_reached(document_urls: dict[str, str], open_page: Open) -> None:
    page = open_page(document_urls["odd"]).go("reference/")
    for button in page.locator(".api-try-open").all():
        button.click()
    page.locator(".api-try input[aria-label^=Send]").evaluate_all("all => all.forEach(e => e.checked || e.click())")
    page.get_by_label("Base URL").fill("https://a-name-that-makes-each-line-long.example.com/and/a/path/besides")
    page.get_by_label("Base URL").press("Enter")
    page.wait_for_function("document.querySelector('[data-endpoint=long] .api-answers code').tabIndex === 0")
    assert grave(page) == []


def test_variants_tell_what_tells_them_apart(document_urls: dict[str, str], open_page: Open) -> None:
    form = trying(open_page(document_urls["odd"]), "reference/", "addPet")
    assert form.arguments() == {"petType": "CAT", "name": "Tom"}
    for kind, value in {"Dog": {"petType": "DOG", "size": 0}, "Fish": {"petType": "Fish", "fins": 2}}.items():
        form.field("Kind of body").select_option(label=kind)
        assert form.arguments() == value
    form.button("JSON").click()
    form.field("body as JSON").fill("[1]")
    form.button("JSON").click()
    form.form.get_by_text("This is none of the kinds.").wait_for()
    form.field("body as JSON").fill('{"petType": "DOG", "size": 3}')
    form.button("JSON").click()
    form.has("body.size", "3")


def test_kinds_stand_beside_what_holds_for_all_of_them(document_urls: dict[str, str], open_page: Open) -> None:
    form = trying(open_page(document_urls["odd"]), "reference/", "beside")
    assert form.arguments() == {"d": "d", "petType": "CAT", "name": "Tom"}
    form.field("body.d").fill("kept")
    form.field("Kind of body").select_option(label="Dog")
    assert form.arguments() == {"d": "kept", "petType": "Dog", "size": 0}
    assert form.field("body.petType").locator("option").all_inner_texts() == ["Dog"]


def test_unions_in_several_parts_hold_together(document_urls: dict[str, str], open_page: Open) -> None:
    form = trying(open_page(document_urls["odd"]), "reference/", "inside")
    assert form.arguments() == {"c": 2, "a": "a", "email": "ada@example.com"}
    form.field("Kind of body: with email or with phone").select_option(label="with phone")
    form.field("body.phone").fill("123")
    form.field("Send body.email").uncheck()
    form.field("Kind of body").select_option(label="B")
    form.field("body.b").fill("7")
    form.field("body.c").fill("1")
    assert form.arguments() == {"c": 1, "b": 7, "phone": "123"}
    form.send()
    form.form.get_by_text("This must be at least 2.").wait_for()


def test_forms_of_files_have_kinds(document_urls: dict[str, str], open_page: Open) -> None:
    form = trying(open_page(document_urls["odd"]), "reference/", "form")
    assert "--form 'file=@sample.png;type=image/png'" in form.snippet("curl")
    assert form.field("body.file").get_attribute("type") == "file"
    form.field("Kind of body").select_option(label="Link")
    form.follows("--form-string 'url=https://example.com/'", "curl")
    assert "--form-string 'note=Hello'" in form.snippet("curl")
    assert "file=" not in form.snippet("curl")


def test_keys_in_keys_have_names_of_their_own(document_urls: dict[str, str], open_page: Open) -> None:
    form = trying(open_page(document_urls["odd"]), "reference/", "putMap")
    assert form.arguments() == {"a": {"b": [1, 2]}, "__proto__": {"c": [3]}}
    form.button("Add item to body 2 1").click()
    form.page.keyboard.type("4")
    form.button("Remove body 1").click()
    assert form.arguments() == {"__proto__": {"c": [3, 4]}}
    form.button("Remove body 2").click()
    form.send()
    form.form.get_by_text("This must have at least 1 key.").wait_for()


def test_inputs_start_with_what_the_schema_suggests(document_urls: dict[str, str], open_page: Open) -> None:
    form = trying(open_page(document_urls["odd"]), "reference/", "anything")
    assert form.field("level").locator("option").all_inner_texts()[-2:] == ["1 – Low", "2 – High"]
    form.field("Send big").or_(form.field("Send body.big")).check()
    assert json.loads(form.snippet("curl").split("'")[-2])["big"] == 9007199254740993
    form.field("Send body.shape").check()
    assert form.field("Kind of body.shape").locator("option").all_inner_texts() == ["Square", "Words"]
    form.field("Send ratio").check()
    form.field("ratio").fill("31")
    form.send()
    form.form.get_by_text("This must be at most 30.").wait_for()
    assert "more than 0 · at most 30" in form.form.inner_text()
    form.field("Send sure").check()
    assert form.field("sure").evaluate("e => e.selectedOptions[0].text") == "Choose …"


def test_untrusted_names_and_values_stay_text(nasty_url: str, open_page: Open) -> None:
    watched = open_page(nasty_url)
    page = watched.go("reference/")
    buttons = page.locator(".api-try-open")
    assert buttons.count() > 3
    for i in range(buttons.count()):
        buttons.nth(i).click()
    expect(page.locator(".api-try")).to_have_count(buttons.count())
    assert watched.complaints == []
    assert page.locator(".api-try :is(script, img, iframe, object, style)").count() == 0
    assert page.evaluate("window.hacked") is None
    assert watched.complaints == []
