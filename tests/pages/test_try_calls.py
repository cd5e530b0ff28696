"""Calls sent with Try it: what is shown of answers, streams, files and failures, against real servers."""

from __future__ import annotations

import base64
import hashlib
import re
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from apispec.model import Api, Endpoint, HttpCall, MediaType, Parameter, RequestBody, Result, Server
from apispec.rendering.pages import PagesOptions
from tests.pages.apps import inputs
from tests.pages.conftest import INPUTS, Open, Watched, build, served
from tests.pages.elsewhere import Elsewhere, elsewhere
from tests.pages.trying import Trying, built, site, trying

pytestmark = pytest.mark.browser


@pytest.fixture
def gate() -> Iterator[Any]:
    inputs.GATE.clear()
    yield inputs.GATE
    inputs.GATE.set()


def unexpected(watched: Watched, api: str) -> list[str]:
    """What the page did besides calling the API."""
    return [line for line in watched.complaints if not line.startswith((f"request: {api}", "request: blob:"))]


def test_an_answer_with_status_time_size_and_headers(inputs_url: str, inputs_server: Any, open_page: Open) -> None:
    watched = open_page(inputs_url)
    form = trying(watched, "reference/", "digits")
    form.send()
    assert form.done() == "200 OK"
    facts = form.form.locator(".api-result-facts").inner_text()
    assert re.fullmatch(r"[\d.]+ m?s · [\d.]+ B", facts), facts
    text = form.answer()
    assert '"large": 12345678901234567890' in text
    assert '"exact": 1.0' in text
    assert '"none": []' in text
    assert '"é <b>x</b>"' in text
    form.form.locator("summary", has_text="Response headers").click()
    expect(form.form.locator(".api-headers")).to_contain_text("application/json")
    assert unexpected(watched, inputs_server.url) == []


def test_the_first_call_can_be_tried_on_the_overview(inputs_url: str, open_page: Open) -> None:
    page = open_page(inputs_url).go()
    tabs = page.locator(".api-overview [data-snippets]")
    form = Trying(page, str(tabs.get_attribute("data-snippets")))
    page.get_by_role("button", name=f"Try it: {form.name}", exact=True).click()
    form.send()
    assert form.done() == "200 OK"
    page.get_by_label("Base URL").fill("http://127.0.0.1:9/other")
    page.get_by_label("Base URL").press("Enter")
    expect(tabs).to_contain_text("http://127.0.0.1:9/other/")


def test_copies_and_saves_the_answer(inputs_url: str, open_page: Open, tmp_path: Path) -> None:
    form = trying(open_page(inputs_url, permissions=["clipboard-read", "clipboard-write"]), "reference/", "digits")
    form.send()
    form.done()
    form.button("Copy").click()
    form.button("Copied").wait_for()
    assert form.page.evaluate("navigator.clipboard.readText()").startswith('{"large":12345678901234567890')
    with form.page.expect_download() as download:
        form.button("Download").click()
    assert download.value.suggested_filename == "digits.json"
    download.value.save_as(tmp_path / "digits.json")
    assert b"12345678901234567890" in (tmp_path / "digits.json").read_bytes()


def test_a_stream_as_it_comes(inputs_url: str, open_page: Open, gate: Any) -> None:
    form = trying(open_page(inputs_url), "reference/", "waits")
    form.send()
    rows = form.form.locator(".api-events li")
    rows.nth(1).wait_for()
    expect(rows).to_have_text(['{ "step": 0 }', '{ "step": 1 }'])
    expect(form.form).to_have_attribute("aria-busy", "true")
    gate.set()
    assert form.done() == "200 OK"
    expect(rows).to_have_count(3)
    expect(form.form.locator(".api-result-facts")).to_contain_text(" · 3 events")


def test_cancel_ends_a_stream_and_a_slow_call(inputs_url: str, open_page: Open, gate: Any) -> None:
    form = trying(open_page(inputs_url), "reference/", "waits")
    form.send()
    form.form.locator(".api-events li").nth(1).wait_for()
    form.button("Cancel").click()
    assert form.done() == "Cancelled. The server may still be at work."
    assert form.form.locator(".api-events li").count() == 2, "what came stays"
    form.focused(form.button("Send"))
    slow = Trying(form.page, "slow").open()
    slow.send()
    slow.button("Cancel").wait_for()
    slow.page.keyboard.press("Escape")
    assert slow.done().startswith("Cancelled.")
    expect(slow.button("Cancel")).to_be_hidden()


def test_a_server_that_takes_too_long(inputs_url: str, open_page: Open, gate: Any) -> None:
    watched = open_page(inputs_url)
    watched.page.clock.install()
    form = trying(watched, "reference/", "slow")
    form.send()
    form.button("Cancel").wait_for()
    form.page.clock.fast_forward(10_500)
    form.form.get_by_text("Still waiting after 10 s. Cancel ends it.").wait_for()
    form.page.clock.fast_forward(120_000)
    assert form.failure().startswith("The server took too long Nothing came for 120 s.")


def test_an_error_of_the_app(inputs_url: str, open_page: Open) -> None:
    form = trying(open_page(inputs_url), "reference/", "refuses")
    form.send()
    assert form.done() == "409 Conflict"
    assert form.failure() == "409 Conflict Not today"
    form.form.locator("summary", has_text="Answer").click()
    expect(form.form.locator(".api-answer")).to_contain_text('"title": "Refused"')
    broken = Trying(form.page, "breaks").open()
    broken.send()
    assert broken.done() == "200 OK but failed"
    assert broken.failure() == "The call failed on the way The well is dry"
    assert broken.form.locator(".api-events li").all_inner_texts() == ["0"]


def test_problems_stand_beside_the_fields_that_they_are_about(inputs_url: str, open_page: Open) -> None:
    form = trying(open_page(inputs_url), "reference/", "everything")
    form.field("Send point").check()
    form.field("point.x").fill("one")
    form.send()
    form.send("Send anyway")
    assert form.done() == "422 Unprocessable Entity"
    assert "Point" not in form.failure(), "it stands above"
    about = form.field("point.x").get_attribute("aria-describedby")
    assert form.page.locator(f"#{about}").inner_text() == "This must be a number."
    assert "must be Point | null" in form.form.locator(".api-problem:visible").all_inner_texts()
    assert form.field("point.x").get_attribute("aria-invalid") == "true"


def test_pictures_are_shown_and_pages_are_not_run(inputs_url: str, open_page: Open, tmp_path: Path) -> None:
    form = trying(open_page(inputs_url), "reference/", "picture")
    form.send()
    assert form.done() == "200 OK"
    picture = form.form.locator("img.api-media")
    form.page.wait_for_function("e => e.complete && e.naturalWidth === 1", arg=picture.element_handle())
    assert picture.get_attribute("alt") == "pixel.png"
    with form.page.expect_download() as download:
        form.button("Download").click()
    download.value.save_as(tmp_path / "out.png")
    assert download.value.suggested_filename == "pixel.png"
    assert (tmp_path / "out.png").read_bytes() == base64.b64decode(inputs.PIXEL)
    notes = Trying(form.page, "notes").open()
    notes.send()
    assert notes.answer() == "<script>window.hacked = 1</script>"
    assert form.page.evaluate("window.hacked") is None


def test_files_of_the_reader(inputs_url: str, open_page: Open) -> None:
    form = trying(open_page(inputs_url), "reference/", "upload")
    assert "Until you choose: sample" in form.form.inner_text()
    form.send()
    assert form.done() == "200 OK", form.failure()
    binary, large = bytes(range(256)), b"x" * 100_000
    form.field("file").set_input_files(
        {"name": "my data.bin", "mimeType": "application/octet-stream", "buffer": binary}
    )
    form.field("more").set_input_files(
        [{"name": "one.txt", "mimeType": "text/plain", "buffer": b"one\n"}, {"name": "two.txt", "mimeType": "text/plain", "buffer": large}]
    )  # fmt: skip
    form.field("note").fill("hi")
    form.follows("two.txt")
    assert "one\\n" in form.snippet() and "b64decode" in form.snippet()
    form.send()
    digest = [hashlib.sha256(data).hexdigest()[:12] for data in (binary, b"one\n", large)]
    assert form.done() == "200 OK"
    assert form.json() == [f"my data.bin {digest[0]}", f"one.txt {digest[1]}", f"two.txt {digest[2]}", "hi"]


def test_a_server_that_is_down(inputs_site: Path, open_page: Open) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with served(inputs_site) as url:
        page = open_page(url).go("reference/")
        page.evaluate(f"apispec.baseUrl = 'http://127.0.0.1:{port}'")
        form = Trying(page, "digits").open()
        form.send()
        words = form.failure()
        assert words.startswith(f"No answer from the server Nothing answers at http://127.0.0.1:{port}")
        assert "apispec serve TARGET" in words
        assert form.done() == "Failed"


def test_a_server_that_lets_no_other_page_in(inputs_site: Path, open_page: Open) -> None:
    with served(inputs_site) as url, elsewhere(cors=False) as other:
        page = open_page(url).go("reference/")
        page.evaluate(f"apispec.baseUrl = '{other.url}'")
        form = Trying(page, "digits").open()
        form.send()
        words = form.failure()
        assert words.startswith("The server does not let this page call it")
        assert f"apispec serve TARGET --cors '{url.rstrip('/')}'" in words
        assert other.seen == ["POST /digits", "GET /", "GET /"], "the call; is it there, and for whom?"


def test_a_page_from_the_file_system_and_a_secure_one(tmp_path: Path, open_page: Open) -> None:
    with elsewhere(cors=False) as other:
        api_site = built(str(INPUTS), tmp_path / "site", other.url, offline=True)
        page = open_page(f"file://{api_site}/").go("reference/index.html")
        form = Trying(page, "digits").open()
        form.send()
        assert "pages of files (CORS)" in form.failure() and "--cors '*'" in form.failure()
    obstacle = page.evaluate("apispec.ui.obstacle('http://api.example.com/')")
    assert obstacle is None, "a page of a file may call http"


def test_a_policy_of_the_site_that_forbids_the_call(inputs_site: Path, inputs_server: Any, open_page: Open) -> None:
    with served(inputs_site, "connect-src 'self'") as url:
        form = trying(open_page(url), "reference/", "digits")
        form.send()
        words = form.failure()
        assert words.startswith("This site's own policy forbids the call")
        assert f"add {inputs_server.url} to connect-src" in words


def test_a_policy_that_allows_the_api(inputs_site: Path, inputs_server: Any, open_page: Open) -> None:
    inline = {
        script
        for path in inputs_site.rglob("*.html")
        for script in re.findall(r"<script>(.*?)</script>", path.read_text(encoding="utf-8"), re.DOTALL)
    }
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in sorted(inline)
    )
    policy = f"default-src 'self'; script-src 'self' {hashes}; img-src 'self' data: blob:; connect-src 'self' {inputs_server.url}"
    with served(inputs_site, policy) as url:
        watched = open_page(url)
        form = trying(watched, "reference/", "picture")
        watched.page.get_by_role("button", name="Record", exact=True).click()
        form.send()
        assert form.done() == "200 OK"
        form.page.wait_for_function("e => e.naturalWidth === 1", arg=form.form.locator("img").element_handle())
        form.page.get_by_role("button", name="Stop", exact=True).click()
        form.page.get_by_role("heading", name="Recorded: 1 call").wait_for()
        assert unexpected(watched, inputs_server.url) == []


@pytest.fixture
def other() -> Iterator[Elsewhere]:
    with elsewhere() as running:
        yield running


@pytest.fixture
def other_url(other: Elsewhere, tmp_path: Path) -> Iterator[str]:
    point = {"type": "object", "properties": {"x": {"type": "number"}, "note": {"type": "string"}}, "required": ["x"]}
    api = Api(
        title="Elsewhere",
        servers=(Server(url=other.url),),
        security_schemes={
            "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "login": {"type": "http", "scheme": "basic"},
        },
        endpoints=(
            Endpoint(
                name="open",
                security=(),
                call=HttpCall(method="POST", path="/open"),
                request_body=RequestBody(content=(MediaType(schema={"type": "object", "properties": {"point": point}, "required": ["point"]}),), required=True),
                parameters=(Parameter(name="X-Trace", location="header", schema={"type": "string"}, required=False),),
                result=Result(schema={}),
            ),
            Endpoint(
                name="fields",
                security=(),
                call=HttpCall(method="POST", path="/fastapi"),
                request_body=RequestBody(content=(MediaType(schema={"type": "object", "properties": {"point": point}, "required": ["point"]}),), required=True),
                result=Result(schema={}),
            ),
            Endpoint(name="keyed", security=({"key": []},), call=HttpCall(method="GET", path="/keyed"), result=Result(schema={})),
            Endpoint(name="login", security=({"login": []},), call=HttpCall(method="GET", path="/login"), result=Result(schema={})),
            Endpoint(
                name="cookie",
                security=(),
                call=HttpCall(method="GET", path="/cookie"),
                parameters=(Parameter(name="taste", location="cookie", schema={"type": "string"}),),
                result=Result(schema={}),
            ),
            Endpoint(
                name="text",
                security=(),
                call=HttpCall(method="POST", path="/text"),
                request_body=RequestBody(content=(MediaType(type="text/plain", schema={"type": "string"}),)),
                result=Result(schema={}),
            ),
            Endpoint(name="lines", security=(), call=HttpCall(method="GET", path="/lines"), result=Result(schema={}, streaming=True, media_type="application/x-ndjson")),
            Endpoint(name="crashes", security=(), call=HttpCall(method="GET", path="/crashes"), result=Result(schema={})),
            Endpoint(name="breaks", security=(), call=HttpCall(method="GET", path="/breaks-off"), result=Result(schema={})),
        ),
    )  # fmt: skip
    with served(build(api, tmp_path / "site", options=PagesOptions(target="app.py"))) as url:
        yield url


def test_credentials_are_sent_and_kept_in_their_own_place_alone(other_url: str, open_page: Open) -> None:
    watched = open_page(other_url)
    form = trying(watched, "reference/", "keyed")
    page = form.page
    page.get_by_role("button", name="Record", exact=True).click()
    assert form.field("KEY").get_attribute("type") == "password"
    form.field("KEY").fill("s3cret ü")
    form.send()
    assert form.json()["headers"]["x-key"].encode("latin-1").decode() == "s3cret ü"
    login = Trying(page, "login").open()
    login.field("LOGIN_USER").fill("ann")
    login.field("LOGIN_PASSWORD").fill("p:w")
    login.send()
    assert login.json()["headers"]["authorization"] == "Basic " + base64.b64encode(b"ann:p:w").decode()
    own = "Object.keys(sessionStorage).find(key => key.startsWith('apispec:credentials:'))"
    assert "s3cret" in page.evaluate(f"sessionStorage.getItem({own})")
    page.evaluate(f"sessionStorage.removeItem({own})")
    kept = page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, [...document.querySelectorAll('.api-request')].map(e => e.textContent)])"
    )
    assert '"calls":[{' in kept.replace("\\", "")
    assert "s3cret" not in kept and "p:w" not in kept and "ann" not in kept


def test_bodies_and_headers_of_documents(other_url: str, open_page: Open) -> None:
    form = trying(open_page(other_url), "reference/", "open")
    form.field("body.point.x").fill("1.5")
    form.field("X-Trace").fill("t-1")
    form.send()
    answer = form.json()
    assert answer["headers"]["x-trace"] == "t-1"
    assert answer["body"] == '{"point": {"x": 1.5}}' or answer["body"] == '{"point":{"x":1.5}}'
    text = Trying(form.page, "text").open()
    text.field("body").fill("two\nlines")
    text.send()
    assert text.json()["body"] == "two\nlines"
    assert text.json()["headers"]["content-type"].startswith("text/plain")


def test_problems_in_the_form_of_fastapi(other_url: str, open_page: Open) -> None:
    form = trying(open_page(other_url), "reference/", "fields")
    form.send()
    assert form.done().startswith("422")
    form.form.get_by_text("Input should be a number", exact=True).wait_for()
    form.focused("body.point.x")


def test_says_what_no_browser_sends(other_url: str, open_page: Open) -> None:
    form = trying(open_page(other_url), "reference/", "cookie")
    form.send()
    assert "Sent without the cookies taste: no browser sends that." in form.answer()


def test_lines_as_they_come(other_url: str, other: Elsewhere, open_page: Open) -> None:
    form = trying(open_page(other_url), "reference/", "lines")
    form.send()
    form.form.get_by_text('{"n": 0}').wait_for()
    expect(form.form).to_have_attribute("aria-busy", "true")
    other.gate.set()
    assert form.answer() == '{"n": 0}\n{"n": 1}\n{"n": 2}'


def test_an_answer_that_breaks_off(other_url: str, open_page: Open) -> None:
    form = trying(open_page(other_url), "reference/", "breaks")
    form.send()
    assert form.failure().startswith("The connection broke")


def test_a_crash_that_is_answered_without_leave_to_read_it(other_url: str, open_page: Open) -> None:
    form = trying(open_page(other_url), "reference/", "crashes")
    form.send()
    words = form.failure()
    assert words.startswith("The answer can't be read")
    assert "no CORS headers with 500" in words and "See the server's log" in words


def test_a_base_url_that_another_origin_serves(tmp_path: Path, inputs_server: Any, open_page: Open) -> None:
    with site(str(INPUTS), tmp_path / "site", "http://127.0.0.1:9") as url:
        page = open_page(url).go("reference/")
        page.get_by_label("Base URL").fill(inputs_server.url)
        page.keyboard.press("Enter")
        form = Trying(page, "digits").open()
        form.send()
        assert form.done() == "200 OK"
