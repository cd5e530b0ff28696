"""Try it against real Gradio servers of both generations: values, files, streams, state, errors, and the recorder."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from apispec.hosting.processes import launched
from apispec.introspection.options import Options
from tests.conftest import REPOSITORY
from tests.pages.apps.inputs import PIXEL
from tests.pages.conftest import Open, served
from tests.pages.trying import Trying, built, trying

pytestmark = pytest.mark.browser

APP = Path(__file__).parent / "apps" / "gradio_app.py"
NODE_MODULES = REPOSITORY / "tests" / "node" / "node_modules"


@dataclass(frozen=True)
class Running:
    """A Gradio app and its pages."""

    generation: str
    python: str
    api: str
    site: Path
    url: str


@pytest.fixture(scope="module", params=["5", "6"])
def gradio(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    python = REPOSITORY / f".venv-gradio{request.param}" / "bin" / "python"
    assert python.exists(), "make app-envs makes it"
    with launched(str(APP), Options(python=str(python), timeout_s=60)) as api:
        site = built(str(APP), tmp_path_factory.mktemp("gradio") / "site", api, python=str(python))
        with served(site) as url:
            yield Running(request.param, str(python), api, site, url)


def outputs(form: Trying) -> dict[str, str]:
    form.done()
    place = form.form.locator(".api-outputs")
    return dict(zip(place.locator("dt").all_inner_texts(), (t.strip() for t in place.locator("dd").all_inner_texts()), strict=True))  # fmt: skip


def test_values_and_labelled_outputs(gradio: Running, open_page: Open) -> None:
    watched = open_page(gradio.url)
    form = trying(watched, "reference/", "describe")
    form.field("text").fill('it\'s "quoted"\n<b>new</b>')
    form.field("number").fill("2.5")
    form.field("choice").select_option("b")
    form.field("flag").select_option("true")
    form.follows("<b>new</b>")
    form.send()
    shown = outputs(form)
    assert shown["Words"] == 'it\'s "quoted"\n<b>new</b> × 2.5'
    assert json.loads(shown["Chosen"]) == {"choice": "b", "flag": True}
    assert form.done() == "200 OK"
    assert [line for line in watched.complaints if not line.startswith(f"request: {gradio.api}")] == []


def test_a_stream_ends_with_its_last_values(gradio: Running, open_page: Open) -> None:
    form = trying(open_page(gradio.url), "reference/", "letters")
    form.field("word").fill("cat")
    form.send()
    assert outputs(form) == {"So far": "cat", "Count": "3"}
    assert "event" in form.form.locator(".api-result-facts").inner_text()


def test_cancel_ends_an_endless_stream(gradio: Running, open_page: Open) -> None:
    form = trying(open_page(gradio.url), "reference/", "forever")
    form.send()
    form.form.locator(".api-outputs dd", has_text="2").wait_for()
    form.button("Cancel").click()
    assert form.done().startswith("Cancelled.")


def test_files_are_uploaded_and_come_back(gradio: Running, open_page: Open, tmp_path: Path) -> None:
    form = trying(open_page(gradio.url), "reference/", "upper")
    form.form.locator("input[type=file]").set_input_files(
        {"name": "small talk.txt", "mimeType": "text/plain", "buffer": b"hello"}
    )
    form.follows("small talk.txt")
    form.send()
    form.form.get_by_text("HELLO").wait_for()
    with form.page.expect_download() as download:
        form.button("Download upper.txt").click()
    download.value.save_as(tmp_path / "out")
    assert (tmp_path / "out").read_text() == "HELLO"
    picture = Trying(form.page, "grey").open()
    picture.form.locator("input[type=file]").set_input_files(
        {"name": "pixel.png", "mimeType": "image/png", "buffer": base64.b64decode(PIXEL)}
    )
    picture.follows("pixel.png")
    picture.send()
    form.page.wait_for_function("e => e.naturalWidth === 1", arg=picture.form.locator("img").element_handle())


def test_the_app_remembers_the_reader_until_the_page_is_left(gradio: Running, open_page: Open) -> None:
    form = trying(open_page(gradio.url), "reference/", "append")
    for word, expected in (("one", "one"), ("two", "one, two")):
        form.form.locator("textarea").first.fill(word)
        form.send()
        assert outputs(form) == {"Everything": expected}
    form.page.reload()
    form = Trying(form.page, "append").open()
    form.form.locator("textarea").first.fill("new")
    form.send()
    assert outputs(form) == {"Everything": "new"}


def test_errors_of_the_app(gradio: Running, open_page: Open) -> None:
    form = trying(open_page(gradio.url), "reference/", "fails")
    form.send()
    words = form.failure()
    assert words.startswith("The app raised an error")
    assert "No more fish" in words or (gradio.generation == "5" and "show_error=True" in words)
    form.form.get_by_label("kind", exact=True).select_option("nothing")
    form.send()
    form.form.get_by_text("The app gives no reason.").wait_for()
    assert "secret" not in form.failure()


def test_pages_of_files_are_told_what_gradio_wants(gradio: Running, open_page: Open) -> None:
    form = trying(open_page(f"file://{gradio.site}/"), "reference/index.html", "describe")
    form.send()
    assert "serve this site" in form.failure()


@pytest.mark.node
def test_recorded_calls_run(gradio: Running, open_page: Open, tmp_path: Path) -> None:
    page = open_page(gradio.url).go("reference/")
    page.get_by_role("button", name="Record", exact=True).click()
    describe = Trying(page, "describe").open()
    describe.field("text").fill("$HOME it's é")
    describe.send()
    outputs(describe)
    letters = Trying(page, "letters").open()
    letters.send()
    outputs(letters)
    page.get_by_role("button", name="Stop", exact=True).click()
    (tmp_path / "node_modules").symlink_to(NODE_MODULES)
    ran = {}
    for language, name, command in (
        ("Python", "recorded.py", [gradio.python]),
        ("JavaScript", "recorded.mjs", ["node"]),
        ("cURL", "recorded.sh", ["sh"]),
    ):
        page.get_by_role("radiogroup").get_by_label(language, exact=True).check()
        with page.expect_download() as download:
            page.get_by_role("button", name=f"Download {name}").click()
        download.value.save_as(tmp_path / name)
        done = subprocess.run([*command, str(tmp_path / name)], capture_output=True, text=True, timeout=60, cwd=tmp_path, env=os.environ)  # fmt: skip
        assert done.returncode == 0, (name, done.stderr)
        ran[language] = done.stdout
    for language, text in ran.items():
        text = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
        assert "$HOME it's é × 2" in text, language
        assert "tea" in text
