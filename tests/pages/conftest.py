"""Sites built once, a server for them, and Chromium."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from apispec import site
from apispec.model import Api
from apispec.rendering.pages import Pages, PagesOptions, branches, items, trunk

DOWNLOADS = (("openapi.json", "OpenAPI 3.1"), ("mcp.json", "MCP tools"))


def build(api: Api, out: Path, *, options: PagesOptions | None = None, alike: bool = True, **more: Any) -> Path:
    """A site as `apispec build` makes it, its documents as stand-ins. Without `alike`, the theme makes each page."""
    pages = Pages(api, options or PagesOptions(target="app.py", downloads=DOWNLOADS))
    documents = dict.fromkeys((path for path, _ in pages.options.downloads), "{}\n")
    found = branches(pages.entries) if alike else {}
    nav = items(trunk(pages.entries) if alike else pages.entries)
    more = {"name": api.title, "description": api.summary, "nav": nav, "branches": found, "search": "instant", **more}
    site.build(pages.render(), out, site.SiteOptions(**more), {**documents, **pages.copies(), **pages.leads()})
    return out


class _Handler(http.server.SimpleHTTPRequestHandler):
    policy = ""
    missing: Path | None = None

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != 404 or self.missing is None:
            super().send_error(code, message, explain)
            return
        body = self.missing.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass

    def end_headers(self) -> None:
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()


@contextmanager
def served(folder: Path, policy: str = "", missing: Path | None = None) -> Iterator[str]:
    """The folder at a URL that ends in a slash; `missing` is the page for whatever is not there, as hosts show it."""
    handler = type("Handler", (_Handler,), {"policy": policy, "missing": missing})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@dataclass
class Watched:
    """A page and whatever it did that no page should do."""

    page: Any
    base: str
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str = "") -> Any:
        from playwright.sync_api import Error

        self.page.goto(self.base + path)
        for _ in range(5):
            try:
                self.page.evaluate("globalThis.apispec?.wake?.()")  # as the first sign of a reader's hand does
                break
            except Error as error:
                if "context was destroyed" not in str(error):
                    raise
                self.page.wait_for_load_state()  # this one led on to another
        self.page.wait_for_timeout(50)
        return self.page


Open = Callable[..., Watched]


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """Chromium, closed before tests of other packages: Playwright keeps this thread's event loop running until then."""
    from playwright.sync_api import sync_playwright

    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if executable is None:
        pytest.skip("no Chromium")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        chromium = playwright.chromium.launch(executable_path=executable, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Any) -> Iterator[Open]:
    """`open_page(base, width=390, scheme="dark", javascript=False)`: a page that is watched."""
    contexts = []

    def open_(base: str, *, width: int = 1440, scheme: str = "light", javascript: bool = True, **more: Any) -> Watched:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=javascript, **more
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        watched = Watched(context.new_page(), base)
        note = watched.complaints.append
        watched.page.on("console", lambda message: note(f"console: {message.text}"))
        watched.page.on("pageerror", lambda error: note(f"error: {error}"))
        watched.page.on("dialog", lambda dialog: note(f"dialog: {dialog.message}"))
        watched.page.on(
            "request", lambda r: None if r.url.startswith((base, f"blob:{base}")) else note(f"request: {r.url}")
        )
        watched.page.on("response", lambda r: note(f"{r.status}: {r.url}") if r.status >= 400 else None)
        return watched

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def kitty_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.pages.samples import kitty

    return build(kitty(), tmp_path_factory.mktemp("kitty") / "site")


@pytest.fixture(scope="session")
def kitty_url(kitty_site: Path) -> Iterator[str]:
    with served(kitty_site) as base:
        yield base


@pytest.fixture(scope="session")
def nasty_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.pages.samples import nasty

    return build(nasty(), tmp_path_factory.mktemp("nasty") / "site")


@pytest.fixture(scope="session")
def nasty_url(nasty_site: Path) -> Iterator[str]:
    with served(nasty_site) as base:
        yield base


@pytest.fixture(scope="session")
def quickstart_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `make demo` makes, by the command that a user gives."""
    out = tmp_path_factory.mktemp("quickstart") / "site"
    app = Path(__file__).parents[2] / "examples" / "quickstart" / "app.py"
    command = [sys.executable, "-m", "apispec", "build", str(app), "--out", str(out), "--quiet", "--no-config"]
    subprocess.run(command, check=True)
    return out


@pytest.fixture(scope="session")
def quickstart_url(quickstart_site: Path) -> Iterator[str]:
    with served(quickstart_site) as base:
        yield base


INPUTS = Path(__file__).parent / "apps" / "inputs.py"


@pytest.fixture(scope="session")
def inputs_server() -> Iterator[Any]:
    """`apps/inputs.py` behind `apispec serve`'s application, which lets every page call it."""
    from apispec.server.options import ServerOptions
    from tests.pages.apps import inputs
    from tests.serving import served as serving

    with serving(inputs.app, ServerOptions(cors=("*",))) as running:
        yield running


@pytest.fixture(scope="session")
def inputs_site(inputs_server: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.pages.trying import built

    return built(str(INPUTS), tmp_path_factory.mktemp("inputs") / "site", inputs_server.url)


@pytest.fixture(scope="session")
def inputs_url(inputs_site: Path) -> Iterator[str]:
    with served(inputs_site) as base:
        yield base
