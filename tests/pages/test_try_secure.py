"""Try it from a page on https://: what browsers forbid it, and what they ask the reader for."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.pages.elsewhere import Elsewhere, elsewhere
from tests.pages.trying import Trying

pytestmark = pytest.mark.browser


def _certificate(path: Path) -> Path:
    """A key and its own certificate for docs.test, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "docs.test")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    signed = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1)).sign(key, hashes.SHA256())  # fmt: skip
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(secret + signed.public_bytes(Encoding.PEM))
    return path


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def port(inputs_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """Where the site is published at https://docs.test."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_certificate(tmp_path_factory.mktemp("tls") / "own.pem"))
    handler = functools.partial(_Quiet, directory=str(inputs_site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def public(browser: Any, port: int) -> Iterator[Any]:
    """Chromium for which docs.test is a site of the internet, and api.test a server without https://."""
    arguments = [
        "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--ignore-certificate-errors",
        "--host-resolver-rules=MAP *.test 127.0.0.1", f"--ip-address-space-overrides=127.0.0.1:{port}=public",
    ]  # fmt: skip
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    chromium = browser.browser_type.launch(executable_path=executable, args=arguments)
    yield chromium
    chromium.close()


@pytest.fixture
def other() -> Iterator[Elsewhere]:
    with elsewhere() as running:
        yield running


def _trying(context: Any, port: int, base: str) -> Trying:
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(f"https://docs.test:{port}/reference/")
    page.evaluate("apispec.wake()")
    page.get_by_label("Base URL").fill(base)
    page.get_by_label("Base URL").press("Enter")
    form = Trying(page, "digits").open()
    form.send()
    return form


def test_an_api_without_https_is_out_of_reach(public: Any, port: int, other: Elsewhere) -> None:
    base = other.url.replace("127.0.0.1", "api.test")
    with public.new_context() as context:
        form = _trying(context, port, base)
        words = form.failure()
        assert words.startswith("This page is secure, the API is not")
        assert f"Browsers send nothing from a page on https:// to {base}." in words
        assert "Give the API's https:// address as base URL" in words
        refused = form.page.evaluate("url => fetch(url).then(() => false, () => true)", f"{base}/digits")
        assert refused, "as the browser has it"
    assert other.seen == []


def test_an_api_on_the_readers_computer_needs_their_leave(public: Any, port: int, other: Elsewhere) -> None:
    with public.new_context() as context:
        words = _trying(context, port, other.url).failure()
        assert words.startswith("No answer from the server")
        assert "let this site reach your computer (in the browser's site settings)" in words
        assert other.seen == []
    with public.new_context(permissions=["local-network-access"]) as context:
        form = _trying(context, port, other.url)
        assert form.done() == "200 OK"
        assert other.seen == ["POST /digits"]
