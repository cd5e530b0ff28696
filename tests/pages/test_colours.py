"""Any colour of a user's can be read, light and dark, on every page."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apispec.errors import ConfigError
from apispec.site.colours import NAMED, contrast, readable, stylesheet
from tests.pages.conftest import Open, build, served
from tests.pages.samples import kitty
from tests.pages.test_accessibility import grave

GROUNDS = [("#ffffff", "#f6f7f9"), ("#12151c", "#191d26")]


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 0xFFFFFF))
def test_any_colour_becomes_readable(number: int) -> None:
    colour = f"#{number:06x}"
    for grounds in GROUNDS:
        assert min(contrast(readable(colour, grounds), ground) for ground in grounds) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48
    assert readable("#3949ab", GROUNDS[0]) == "#3949ab", "what can be read stays as it is"


def test_names_and_what_is_no_colour() -> None:
    for name in NAMED:
        stylesheet(name, name)
    assert stylesheet("", "") == stylesheet("white", "") == ""
    assert stylesheet("Deep Purple", "") == stylesheet("deep purple", "")
    for wrong in ("mauve", "#12", "red;}body{display:none", "#12345g"):
        with pytest.raises(ConfigError, match="no such colour"):
            stylesheet(wrong, "")
        with pytest.raises(ConfigError, match="no such colour"):
            stylesheet("", wrong)


@pytest.mark.browser
@pytest.mark.node
@pytest.mark.parametrize("primary, accent", [("#c2185b", ""), ("#ffeb3b", "#1de9b6"), ("teal", "amber")])
def test_own_colours_everywhere(open_page: Open, tmp_path: Path, primary: str, accent: str) -> None:
    out = build(kitty(), tmp_path / "site", primary=primary, accent=accent)
    with served(out) as url:
        for scheme in ("light", "dark"):
            watched = open_page(url, scheme=scheme, reduced_motion="reduce")  # colours glide
            for path in ("", "reference/"):
                page = watched.go(path)
                button = page.get_by_role("button", name="Try it").first
                button.click()
                page.mouse.move(0, 0)
                page.get_by_role("button", name="Send").first.wait_for()
                assert grave(page, "color-contrast") == [], (scheme, path)
            send = page.get_by_role("button", name="Send").first
            tone = send.evaluate("node => getComputedStyle(node).backgroundColor")
            assert tone not in ("rgb(57, 73, 171)", "rgb(159, 176, 255)"), "its own, not ours"
