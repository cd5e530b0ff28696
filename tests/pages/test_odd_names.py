"""Names that are ids of our own elements, methods of JavaScript's objects, or marks of Markdown are names like others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from tests.pages.conftest import Open
from tests.pages.trying import expect, site

NAMES = ["api-data", "_a_", "x-_y_-z", "__proto__", "constructor", "toString", "apispec", "x\ny", "<b>x</b>", "$&"]


class _Answering(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = json.dumps(self.path).encode()
        self.send_response(200)
        for name, value in [("Access-Control-Allow-Origin", "*"), ("Content-Type", "application/json")]:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("odd")
    with ThreadingHTTPServer(("127.0.0.1", 0), _Answering) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}"
        (folder / "d.json").write_text(json.dumps(described(base)), encoding="utf-8")
        with site(str(folder / "d.json"), folder / "site", base) as url:
            yield url
        server.shutdown()


def described(base: str) -> dict[str, Any]:
    def operation(name: str) -> dict[str, Any]:
        word = {"name": name, "in": "query", "example": "v", "schema": {"type": "string", "format": name}}
        return {"operationId": name, "parameters": [word], "responses": {"200": {"description": "D"}}}

    paths = {f"/{i}": {"get": operation(name)} for i, name in enumerate(NAMES)}
    return {"openapi": "3.1.0", "info": {"title": "A", "version": "1"}, "servers": [{"url": base}], "paths": paths}


def test_every_name_has_its_anchor_its_form_and_its_calls(odd: str, open_page: Open) -> None:
    watched = open_page(odd)
    page = watched.go("reference/")
    for at, name in enumerate(NAMES):
        section = page.locator(".api-endpoint").nth(at)
        assert section.get_attribute("data-endpoint") == name
        assert page.evaluate("e => document.getElementById(e.id) === e", section.locator("[id]").first.element_handle())
        section.locator(".api-try-open").click()
        calls = section.locator(".api-history > details > summary")
        for number in (1, 2):
            section.locator("form").get_by_role("button", name="Send", exact=True).click()
            expect(calls).to_contain_text(str(number))
            assert f"/{at}?" in section.locator(".api-answer").inner_text()
    assert [one for one in watched.complaints if not one.startswith("request: http://127.0.0.1")] == []
