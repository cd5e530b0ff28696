"""The API Recorder: records over pages, and its scripts do again what was done."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from apispec.runtime.loading import load
from apispec.server.options import ServerOptions
from tests.pages.conftest import Open, Watched, build, served
from tests.pages.trying import Trying, trying
from tests.serving import served as serving

pytestmark = pytest.mark.browser

APP = '''
"""Sums."""
from apispec import App, File

app = App("Sums")

@app.endpoint(tags="Numbers")
def add(a: int, b: int = 1) -> int:
    """Add."""
    return a + b

@app.endpoint(tags="Numbers")
def fails(a: int = 1) -> int:
    """Fail."""
    raise ValueError(a)

@app.endpoint(tags="Texts")
def shout(text: str) -> dict[str, str]:
    """Shout."""
    return {"text": text.upper()}

@app.endpoint(tags="Texts")
def count(file: File) -> list[int]:
    """Count the bytes of a file."""
    data = file.read()
    return [len(data), sum(data)]
'''
COMMANDS = {"Python": ("recorded.py", [sys.executable]), "JavaScript": ("recorded.mjs", ["node"]), "cURL": ("recorded.sh", ["sh"])}  # fmt: skip


@pytest.fixture(scope="module")
def sums(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with a page for each tag, and its server."""
    from apispec.introspection import introspect
    from apispec.rendering.pages import PagesOptions

    app = tmp_path_factory.mktemp("sums") / "sums.py"
    app.write_text(APP, encoding="utf-8")
    with serving(load(str(app)), ServerOptions(cors=("*",))) as api:
        options = PagesOptions(target="sums.py", base_url=api.url, layout="tags")
        site = build(introspect(str(app)).api, app.parent / "site", options=options)
        with served(site) as url:
            yield url


def record(watched: Watched) -> Any:
    page = watched.go("tags/Numbers/")
    page.get_by_role("button", name="Record", exact=True).click()
    page.get_by_text("Recording: send calls with Try it").wait_for()
    return page


def values(language: str, text: str) -> list[Any]:
    """What a script printed, as values."""
    if language == "Python":
        return [ast.literal_eval(line) for line in text.splitlines()]
    if language == "JavaScript":
        quoted = re.sub(r"(\w+):", r'"\1":', text).replace("'", '"')
        return [json.loads(line) for line in quoted.splitlines()]
    decoder, found, at = json.JSONDecoder(), [], 0
    while at < len(text):
        value, at = decoder.raw_decode(text, at)
        found.append(value)
        at += len(text[at:]) - len(text[at:].lstrip())
    return found


@pytest.mark.node
def test_three_calls_on_two_pages_as_three_scripts_that_do_the_same(sums: str, open_page: Open, tmp_path: Path) -> None:
    page = record(open_page(sums))
    shown = []
    add = Trying(page, "add").open()
    add.field("a").fill("41")
    add.send()
    shown.append(add.json())
    page.get_by_text("Recording: 1 call", exact=True).wait_for()
    page.locator(".md-nav__link", has_text="Texts").first.click()
    page.wait_for_url("**/Texts/")
    page.get_by_text("Recording: 1 call", exact=True).wait_for()
    shout = Trying(page, "shout").open()
    shout.field("text").fill('it\'s $HOME "é"')
    shout.send()
    shown.append(shout.json())
    count = Trying(page, "count").open()
    count.field("file").set_input_files(
        {"name": "b y.bin", "mimeType": "application/octet-stream", "buffer": bytes(range(256))}
    )
    count.follows("b y.bin")
    count.send()
    shown.append(count.json())
    assert shown == [42, {"text": 'IT\'S $HOME "É"'}, [256, 32640]]
    page.get_by_role("button", name="Stop", exact=True).click()
    page.get_by_role("heading", name="Recorded: 3 calls").wait_for()
    expect(page.locator(".api-record-calls code")).to_have_text(["add", "shout", "count"])
    for language, (name, command) in COMMANDS.items():
        page.get_by_role("radiogroup").get_by_label(language, exact=True).check()
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Download {name}").click()
        assert download.value.suggested_filename == name
        folder = tmp_path / language
        download.value.save_as(folder / name)
        text = (folder / name).read_text(encoding="utf-8")
        assert text == page.locator(".api-recorder code").last.text_content()
        done = subprocess.run(
            [*command, name], cwd=folder, capture_output=True, encoding="utf-8", timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        if language == "JavaScript":
            assert done.stdout.startswith('42\n{ text: `IT\'S $HOME "É"` }\n')
        else:
            assert values(language, done.stdout) == shown


def test_calls_that_failed_or_were_not_recorded_are_left_out(sums: str, open_page: Open) -> None:
    page = open_page(sums).go("tags/Numbers/")
    add = Trying(page, "add").open()
    add.send()
    add.done()
    page.get_by_role("button", name="Record", exact=True).click()
    fails = Trying(page, "fails").open()
    fails.send()
    fails.failure()
    add.send()
    page.get_by_text("Recording: 1 call", exact=True).wait_for()
    page.get_by_role("button", name="Stop recording").click()
    page.get_by_role("heading", name="Recorded: 1 call").wait_for()
    add.send()
    add.done()
    assert page.get_by_role("heading", name="Recorded: 1 call").count() == 1


def test_deletes_clears_closes_and_goes_on(sums: str, open_page: Open) -> None:
    watched = open_page(sums, permissions=["clipboard-read", "clipboard-write"])
    page = record(watched)
    add = Trying(page, "add").open()
    for number in ("1", "2", "3"):
        add.field("a").fill(number)
        add.send()
        page.get_by_text(f"Recording: {number} call").wait_for()
    page.get_by_role("button", name="Stop", exact=True).click()
    heading = page.get_by_role("heading", name="Recorded: 3 calls")
    expect(heading).to_be_focused()
    page.get_by_role("button", name="Delete call 2, add").click()
    page.get_by_role("heading", name="Recorded: 2 calls").wait_for()
    expect(page.get_by_role("button", name="Delete call 2, add")).to_be_focused()
    text = page.locator(".api-recorder code").last.text_content()
    assert '"a": 1' in text and '"a": 3' in text and '"a": 2' not in text
    page.get_by_role("button", name="Copy", exact=True).last.click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == text
    page.keyboard.press("Escape")
    expect(page.locator(".api-recorder")).to_have_count(0)
    button = page.get_by_role("button", name="Recorded: 2 calls")
    expect(button).to_be_focused()
    page.reload()
    page.get_by_role("button", name="Recorded: 2 calls").click()
    page.get_by_role("button", name="Record more").click()
    add = Trying(page, "add").open()
    add.send()
    page.get_by_text("Recording: 3 calls").wait_for()
    page.get_by_role("button", name="Stop", exact=True).click()
    page.get_by_text("Clear", exact=True).click()
    page.get_by_role("button", name="Record", exact=True).wait_for()
    assert page.evaluate("sessionStorage.length && JSON.parse(Object.values({...sessionStorage}).find(t => t.includes('calls'))).calls.length") == 0  # fmt: skip


def test_a_new_tab_starts_empty(sums: str, open_page: Open) -> None:
    page = record(open_page(sums))
    other = page.context.new_page()
    other.goto(sums + "tags/Numbers/")
    other.get_by_role("button", name="Record", exact=True).wait_for()


def test_survives_instant_navigation(tmp_path: Path, open_page: Open) -> None:
    app = tmp_path / "sums.py"
    app.write_text(APP, encoding="utf-8")
    folder = tmp_path / "site"
    folder.mkdir()
    with serving(load(str(app)), ServerOptions(cors=("*",))) as api, served(folder) as url:
        from apispec.introspection import introspect
        from apispec.rendering.pages import PagesOptions

        options = PagesOptions(target="sums.py", base_url=api.url, layout="tags")
        build(introspect(str(app)).api, tmp_path / "made", options=options, url=url)
        for part in (tmp_path / "made").iterdir():
            part.rename(folder / part.name)
        page = record(open_page(url))
        add = Trying(page, "add").open()
        add.send()
        page.get_by_text("Recording: 1 call", exact=True).wait_for()
        page.evaluate("window.stayed = true")
        page.locator(".md-nav__link", has_text="Texts").first.click()
        page.wait_for_url("**/Texts/")
        shout = Trying(page, "shout").open()
        shout.send()
        page.get_by_text("Recording: 2 calls", exact=True).wait_for()
        assert page.evaluate("window.stayed"), "the page was not loaded anew"
        page.get_by_role("button", name="Stop recording").click()
        page.get_by_role("heading", name="Recorded: 2 calls").wait_for()
        expect(page.locator(".api-recorder")).to_have_count(1)
        expect(page.locator(".api-record")).to_have_count(1)


def test_no_room_for_more_is_said(sums: str, open_page: Open) -> None:
    page = record(open_page(sums))
    page.evaluate(
        """() => { let text = "x".repeat(1 << 20);
                   for (let i = 0; text; i++) try { sessionStorage.setItem(`fill${i}`, text); } catch { text = text.slice(text.length >> 1, -1); } }"""
    )
    add = Trying(page, "add").open()
    add.send()
    page.get_by_text("No room for more calls").wait_for()


def test_the_base_url_of_a_call_is_the_one_it_was_sent_to(
    inputs_site: Path, inputs_server: Any, open_page: Open
) -> None:
    with served(inputs_site) as url:
        form = trying(open_page(url), "reference/", "digits")
        page = form.page
        page.get_by_role("button", name="Record", exact=True).click()
        other = inputs_server.url.replace("127.0.0.1", "localhost")
        page.evaluate(f"apispec.baseUrl = '{other}'")
        form.send()
        page.get_by_text("Recording: 1 call", exact=True).wait_for()
        page.evaluate("apispec.baseUrl = null")
        page.get_by_role("button", name="Stop", exact=True).click()
        expect(page.locator(".api-recorder code").last).to_contain_text(f"{other}/digits")
