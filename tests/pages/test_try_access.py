"""Try it and the recorder for everyone: by keyboard, for screen readers, on every width, in either scheme, on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.pages.conftest import Open
from tests.pages.test_accessibility import grave
from tests.pages.test_browser import sideways
from tests.pages.trying import Trying, trying

pytestmark = pytest.mark.browser


def opened(page: Any) -> Trying:
    """The large form with its groups unfolded, a problem, an answer, and a recording under way."""
    form = Trying(page, "everything").open()
    form.field("Send words").check()
    form.button("Add item to words").click()
    form.field("Send ages").check()
    form.button("Add key to ages").click()
    form.field("Send point").check()
    form.field("Send shape").check()
    form.field("Send tree").check()
    form.field("Send anything").check()
    form.field("word").fill("NO")
    form.send()
    form.button("Send anyway").wait_for()
    other = Trying(page, "digits").open()
    page.get_by_role("button", name="Record", exact=True).click()
    other.send()
    other.done()
    return form


@pytest.mark.node
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_or_critical(inputs_url: str, open_page: Open, scheme: str) -> None:
    watched = open_page(inputs_url, scheme=scheme)
    page = watched.go("reference/")
    opened(page)
    refuses = Trying(page, "refuses").open()
    refuses.send()
    refuses.failure()
    waits = Trying(page, "breaks").open()
    waits.send()
    waits.failure()
    page.evaluate("document.querySelectorAll('.api-try details').forEach(box => box.open = true)")
    assert grave(page) == []
    page.get_by_role("button", name="Stop", exact=True).click()
    page.get_by_role("heading", name="Recorded: 1 call").wait_for()
    assert grave(page) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1440])
def test_nothing_is_cut_off_or_scrolls_sideways(inputs_url: str, open_page: Open, width: int) -> None:
    page = open_page(inputs_url, width=width).go("reference/")
    opened(page)
    for _ in range(2):
        assert sideways(page) <= 0
        outside = page.evaluate(
            """() => [...document.querySelectorAll('.api-try *, .api-recorder *')].filter(e => {
                const box = e.getBoundingClientRect();
                const card = e.closest('.api-try, .api-recorder').getBoundingClientRect();
                return box.width && !e.closest('pre') && (box.right > card.right + 1 || box.left < card.left - 1 || box.right > window.innerWidth + 1);
            }).map(e => e.outerHTML.slice(0, 80))"""
        )
        assert outside == []
        if page.get_by_role("button", name="Stop", exact=True).count():
            page.get_by_role("button", name="Stop", exact=True).click()


def test_a_call_and_a_recording_by_keyboard_alone(inputs_url: str, open_page: Open) -> None:
    page = open_page(inputs_url).go("reference/")
    press = page.keyboard.press

    def focused() -> str:
        """What a screen reader would call the element that has the focus."""
        return str(
            page.evaluate(
                """() => { const e = document.activeElement;
                    return e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent ?? e.textContent; }"""
            )
        ).strip()

    def focus(name: str) -> None:
        """Wait until it has the focus."""
        for _ in range(100):
            if focused() == name:
                return
            page.wait_for_timeout(50)
        pytest.fail(f"{name} has not the focus, {focused()} has")

    def tab_to(name: str, most: int = 60) -> None:
        for _ in range(most):
            press("Tab")
            if focused() == name:
                return
        pytest.fail(f"{name} cannot be reached; the focus is on {focused()}")

    page.locator("h1").evaluate("e => { e.tabIndex = -1; e.focus(); }")
    tab_to("Record")
    press("Enter")
    tab_to("Try it: thing", 200)
    press("Enter")
    form = Trying(page, "thing")
    form.form.wait_for()
    focus("name")  # the form opens with the focus in its first field
    press("Control+A")
    page.keyboard.insert_text("box")
    tab_to("Send tags")
    press("Space")
    tab_to("Add item to tags")
    press("Enter")
    page.keyboard.insert_text("red")
    tab_to("Send limit")
    press("Tab")
    press("Control+A")
    page.keyboard.insert_text("7")
    press("Enter")
    assert form.json() == {"name": "box", "tags": ["red"], "limit": 7}
    press("Control+A")
    page.keyboard.insert_text("seven")
    press("Control+Enter")
    form.form.get_by_text("One value does not fit.").wait_for()
    focus("limit")
    press("Escape")
    expect(form.form).to_have_count(0)
    focus("Try it: thing")
    page.get_by_role("button", name="Stop", exact=True).focus()
    press("Enter")
    focus("Recorded: 1 call")
    tab_to("Python")
    press("ArrowRight")
    focus("JavaScript")
    expect(page.locator(".api-recorder code").last).to_contain_text("await fetch(")
    press("Escape")
    focus("Recorded: 1 call")  # the button at the top of the page


def test_what_gets_the_focus_can_be_seen(inputs_url: str, open_page: Open) -> None:
    page = open_page(inputs_url, width=1440).go("reference/")
    form = Trying(page, "everything").open()
    form.field("pair 1").count()
    form.field("word").fill("NO")
    form.field("anything").focus()
    form.send()
    form.form.get_by_text("One value does not fit.").wait_for()
    word = form.field("word")
    form.focused(word)
    visible = """e => { const b = e.getBoundingClientRect();
        return document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2) === e; }"""
    page.wait_for_function(visible, arg=word.element_handle())


def test_answers_and_failures_are_read_aloud(inputs_url: str, open_page: Open) -> None:
    form = trying(open_page(inputs_url), "reference/", "refuses")
    places = form.form.locator("[role=status], [role=alert]")
    assert set(places.all_inner_texts()) == {""}, "they are there before there is something to say"
    form.send()
    form.failure()
    expect(form.form.get_by_role("alert")).to_contain_text("409 Conflict")
    expect(form.form.get_by_role("status").filter(has_text="409 Conflict")).to_have_count(1)


def test_paper_has_no_forms(inputs_url: str, open_page: Open) -> None:
    page = open_page(inputs_url).go("reference/")
    opened(page)
    page.emulate_media(media="print")
    for css in (".api-try", ".api-try-bar", ".api-recorder", ".api-record"):
        assert not page.locator(css).first.is_visible(), css


def test_without_javascript_there_is_nothing_to_press(inputs_url: str, open_page: Open) -> None:
    page = open_page(inputs_url, javascript=False).go("reference/")
    assert page.locator(".api-try-open, .api-record, .api-recorder").count() == 0
    assert page.locator("[data-endpoint=everything] [data-language=python]").is_visible()


def test_forms_cannot_be_larger_than_the_page_allows(inputs_site: Path) -> None:
    import gzip

    weight = sum(
        len(gzip.compress((inputs_site / "assets" / f"apispec.{kind}").read_bytes())) for kind in ("js", "css")
    )
    assert weight < 40_000
