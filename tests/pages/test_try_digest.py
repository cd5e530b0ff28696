"""HTTP digest in Try it: what the page computes opens a server that checks it by the words of RFC 7616."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from apispec.requests import variables_of
from apispec.sources import read_document
from tests.pages.conftest import Open, served
from tests.pages.trying import Trying, built

pytestmark = pytest.mark.browser

KINDS = {
    "/plain": 'Digest realm="a \\"b\\"", nonce="n1"',
    "/md5": 'Basic realm="x", Digest realm="r", nonce="n2", qop="auth, auth-int", algorithm=MD5, opaque="o"',
    "/sess": 'Digest realm="r", nonce="n3", qop="auth", algorithm=MD5-sess',
    "/sha": 'Digest realm="r", nonce="n4", qop="auth", algorithm=MD5, Digest realm="r", nonce="n5", qop="auth", '
    'algorithm=SHA-256, userhash=true',
    "/strange": 'Digest realm="r", nonce="n6", qop="auth", algorithm=SHA-512-256',
    "/hidden": 'Digest realm="r", nonce="n7"',
}  # fmt: skip


class Checked(BaseHTTPRequestHandler):
    """Lets in who knows ann's password."""

    seen: list[str]

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_OPTIONS(self) -> None:
        self._answer(204, {})

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        given = self.headers.get("Authorization", "")
        self.seen.append(given)
        allowed = given.startswith("Digest ") and self._fits(given)
        self._answer(200 if allowed else 401, {"got": json.loads(body or "null")})

    def _fits(self, given: str) -> bool:
        said = {
            name: text or bare for name, text, bare in re.findall(r'(\w+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))', given)
        }
        algorithm = said.get("algorithm", "MD5")

        def hashed(text: str) -> str:
            return (hashlib.sha256 if algorithm == "SHA-256" else hashlib.md5)(text.encode()).hexdigest()

        realm = said["realm"].replace('\\"', '"')
        secret = hashed(f"ann:{realm}:päss")
        if algorithm == "MD5-sess":
            secret = hashed(f"{secret}:{said['nonce']}:{said['cnonce']}")
        middle = f"{said['nc']}:{said['cnonce']}:auth:" if "qop" in said else ""
        named = said["username"] == (hashed(f"ann:{realm}") if said.get("userhash") == "true" else "ann")
        right = hashed(f"{secret}:{said['nonce']}:{middle}{hashed(f'POST:{self.path}')}")
        return named and said["uri"] == self.path and said["response"] == right

    def _answer(self, status: int, body: object) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Access-Control-Allow-Headers", "*, Authorization")
        path = self.path.partition("?")[0]
        if path != "/hidden":
            self.send_header("Access-Control-Expose-Headers", "WWW-Authenticate")
        if status == 401:
            self.send_header("WWW-Authenticate", KINDS[path])
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The site, and the variables of the user's name and password."""
    Checked.seen = []
    folder = tmp_path_factory.mktemp("digest")
    with ThreadingHTTPServer(("127.0.0.1", 0), Checked) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        body = {"content": {"application/json": {"schema": {"type": "object", "properties": {"a": {"const": 1}}}}}}
        ok = {"200": {"description": "ok", "content": {"application/json": {"schema": {"type": "object"}}}}}
        query = [{"name": "q", "in": "query", "schema": {"type": "string"}, "example": "x y"}]
        document = {
            "openapi": "3.1.0",
            "info": {"title": "Guarded", "version": "1"},
            "security": [{"digest": []}],
            "components": {"securitySchemes": {"digest": {"type": "http", "scheme": "digest"}}},
            "paths": {
                path: {"post": {"operationId": path[1:], "parameters": query, "requestBody": body, "responses": ok}}
                for path in KINDS
            },
        }
        target = folder / "openapi.json"
        target.write_text(json.dumps(document), encoding="utf-8")
        out = built(str(target), folder / "site", f"http://127.0.0.1:{server.server_port}")
        with served(out) as url:
            yield url, variables_of(read_document(str(target)).api)["digest"]
        server.shutdown()


def test_a_challenge_is_answered(guarded: tuple[str, tuple[str, ...]], open_page: Open) -> None:
    base, (user, password) = guarded
    page = open_page(base).go("reference/index.html")
    for name in (path[1:] for path in KINDS):
        form = Trying(page, name).open()
        form.field(user).fill("ann")
        form.field(password).fill("päss")
        form.send()
        if name == "strange":
            assert "cannot compute" in form.failure() and "SHA-512-256" in form.failure()
        elif name == "hidden":
            assert "Access-Control-Expose-Headers" in form.failure()
        else:
            assert form.json() == {"got": {"a": 1}}, name
    assert not any(given.startswith("Basic") for given in Checked.seen), "the password itself is never sent"


def test_a_wrong_password(guarded: tuple[str, tuple[str, ...]], open_page: Open) -> None:
    base, (user, password) = guarded
    form = Trying(open_page(base).go("reference/index.html"), "md5").open()
    form.field(user).fill("ann")
    form.field(password).fill("no")
    form.send()
    assert "401" in form.failure() and "Credentials are missing or wrong" in form.failure()
