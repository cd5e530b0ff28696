"""`serve --reload` in Chromium: pages that are open are shown anew, where they were; a mistake takes nothing away."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page

from tests.server.test_serve_command import serving
from tests.serving import until

NAMES = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"]
SOURCE = '"""Numbers."""\n' + "".join(
    f'\n\ndef {name}(a: int) -> int:\n    """Give the {name} number.\n\n    Args:\n        a: One of many.\n    """\n'
    f"    return a + {at}\n"
    for at, name in enumerate(NAMES)
)


def shown(page: Page, text: str) -> None:
    """Wait until a page has been shown anew and says something."""
    page.wait_for_function(
        "text => document.readyState === 'complete' && document.body.textContent.includes(text)",
        arg=text,
        timeout=60_000,
    )


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("numbers_of_ours.py").write_text(SOURCE, encoding="utf-8")


def test_an_open_page_is_shown_anew_at_its_place(browser: Browser) -> None:
    source = Path("numbers_of_ours.py")
    with serving(source.name, "--port", "0", "--reload") as process:
        url = process.url()
        assert until(lambda: requests.get(f"{url}/reference/", timeout=60).status_code == 200, 60)
        context = browser.new_context(viewport={"width": 1200, "height": 700})
        page = context.new_page()
        page.goto(f"{url}/reference/")
        shown(page, "Give the sixth number")
        page.evaluate("scrollTo(0, 1500)")
        page.wait_for_function("scrollY === 1500")
        heading = page.locator("h3, h2", has_text="sixth").first
        before = heading.bounding_box()
        assert before is not None

        changed = SOURCE.replace("sixth number", "sixth of all numbers").replace("a + 5", "a + 50")
        source.write_text(changed, encoding="utf-8")
        shown(page, "sixth of all numbers")
        assert requests.post(f"{url}/sixth", json={"a": 1}, timeout=60).json() == 51
        page.wait_for_function("scrollY > 1000")
        after = heading.bounding_box()
        assert after is not None and abs(after["y"] - before["y"]) < 5

        source.write_text(changed + "\nbroken(", encoding="utf-8")
        assert until(lambda: "broken(" in process.said or "numbers_of_ours.py:" in process.said, 60), process.said
        assert requests.post(f"{url}/sixth", json={"a": 1}, timeout=60).json() == 51
        assert "sixth of all numbers" in str(page.locator("body").text_content())

        source.write_text(changed.replace("One of many", "One of a few"), encoding="utf-8")
        shown(page, "One of a few")
        begun = time.monotonic()
        process.process.send_signal(signal.SIGINT)  # with a page that waits for news
        assert process.process.wait(20) in (0, 130)
        assert time.monotonic() - begun < 8
        context.close()


def test_what_lies_beside_the_target_is_read_anew_too(browser: Browser) -> None:
    """Also where it has the name of a library that the builder has loaded."""
    Path("markdown.py").write_text("WORDS = 'before'\n", encoding="utf-8")
    code = "import markdown\n\n\ndef one() -> int:\n    return 1\n\n\none.__doc__ = f'Say {markdown.WORDS}.'\n"
    Path("numbers_of_ours.py").write_text(code, encoding="utf-8")
    with serving("numbers_of_ours.py", "--port", "0", "--reload", "--no-mcp") as process:
        url = process.url()
        assert until(lambda: "Say before" in requests.get(f"{url}/reference/", timeout=60).text, 60)
        Path("markdown.py").write_text("WORDS = 'afterwards'\n", encoding="utf-8")
        assert until(lambda: "Say afterwards" in requests.get(f"{url}/reference/", timeout=60).text, 60)
