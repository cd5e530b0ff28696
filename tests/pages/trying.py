"""Try it as a reader uses it: opening forms, typing, sending, and reading what the page shows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from apispec.introspection import introspect
from apispec.introspection.options import Options
from apispec.rendering.pages import PagesOptions
from apispec.sources import read_document
from tests.pages.conftest import Watched, build, served

SENT = ".api-result-status .api-status, .api-failure"
expect.set_options(timeout=20_000)  # of a page on a busy machine; what is there is seen at once


def built(target: str, out: Path, base: str, *, python: str = "", **more: Any) -> Path:
    """The site of a target whose snippets call `base`."""
    document = target.endswith((".json", ".yaml"))
    api = (read_document(target) if document else introspect(target, Options(python=python, timeout_s=60))).api
    options = PagesOptions(target=Path(target).name, base_url=base, downloads=(("openapi.json", "OpenAPI"),))
    return build(api, out, options=options, **more)


@contextmanager
def site(target: str, out: Path, base: str, *, python: str = "") -> Iterator[str]:
    """The built site's address."""
    with served(built(target, out, base, python=python)) as url:
        yield url


class Trying:
    """The form of one endpoint."""

    def __init__(self, page: Any, name: str) -> None:
        self.page = page
        self.name = name
        self.section = page.locator(f".api-endpoint[data-endpoint={name}]")
        self.form = page.get_by_role("form", name=f"Try {name}", exact=True)

    def open(self) -> Trying:
        self.section.get_by_role("button", name=f"Try it: {self.name}", exact=True).click()
        self.form.wait_for()
        return self

    def field(self, label: str) -> Any:
        """An input by its label, or by what a screen reader calls it."""
        return self.form.get_by_label(label, exact=True)

    def button(self, name: str) -> Any:
        return self.form.get_by_role("button", name=name, exact=True)

    def send(self, button: str = "Send") -> None:
        self.form.evaluate("form => form.removeAttribute('aria-busy')")  # what `done` waits for is of this call
        self.button(button).click()

    def done(self) -> str:
        """The words of the status once the call has ended."""
        self.form.and_(self.page.locator("[aria-busy=false]")).wait_for()
        return str(self.form.locator(".api-result-words").inner_text()).strip()

    def has(self, label: str, value: str) -> None:
        """Wait until a field has a value."""
        expect(self.field(label)).to_have_value(value)

    def focused(self, what: Any) -> None:
        """Wait until a field, by its label, or an element has the focus."""
        expect(self.field(what) if isinstance(what, str) else what).to_be_focused()

    def answer(self) -> str:
        self.done()
        return str(self.form.locator(".api-answer").inner_text()).strip()

    def json(self) -> Any:
        return json.loads(self.answer())

    def failure(self) -> str:
        self.form.locator(".api-failure").wait_for()
        return " ".join(self.form.locator(".api-failure").inner_text().split())

    def snippet(self, language: str = "python") -> str:
        return str(self.section.locator(f".api-request [data-language={language}] code").text_content())

    def follows(self, words: str, language: str = "python") -> None:
        """Wait until the snippet says something."""
        self.page.wait_for_function(
            "([name, language, words]) => document.querySelector("
            "`.api-endpoint[data-endpoint=${name}] .api-request [data-language=${language}] code`).textContent.includes(words)",
            arg=[self.name, language, words],
        )

    def arguments(self) -> Any:
        """The JSON body that the page's cURL snippet sends."""
        self.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        found = re.search(r"--data-raw '(.*)'\s*$", self.snippet("curl"), re.DOTALL)
        assert found, self.snippet("curl")
        return json.loads(found[1].replace("'\\''", "'"))


def trying(watched: Watched, path: str, name: str) -> Trying:
    """Go to a page and open an endpoint's form."""
    return Trying(watched.go(path), name).open()
