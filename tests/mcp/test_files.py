"""Files that a tool's caller names by URL: what is fetched, what is refused, and how a caller is told."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

from apispec.runtime import fetching, file_argument


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = urlsplit(self.path)
        if path.path == "/moved":
            self.send_response(302)
            self.send_header("Location", path.query)
            self.end_headers()
        elif path.path == "/cut":
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b"too few")
        elif path.path == "/a%20b.csv":
            self.send_response(200)
            self.send_header("Content-Type", "text/csv; charset=utf-8")
            self.end_headers()
            self.wfile.write(b"x,y\n" + path.query.encode())
        else:
            self.send_error(404)

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server that counts as public: only the choice of the connection is another, since tests reach no network."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()

        def connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
            assert (scheme, host, port) == ("http", "public.example", None)
            return http.client.HTTPConnection("127.0.0.1", running.server_port, timeout=10)

        monkeypatch.setattr(fetching, "_connection", connection)
        yield "http://public.example"
        running.shutdown()
        thread.join()


def test_a_file_is_fetched_with_its_name_and_type(public: str) -> None:
    file = file_argument(f"{public}/a%20b.csv?1,2", 100)
    assert (file.name, file.content_type, file.open().read()) == ("a b.csv", "text/csv", b"x,y\n1,2")


def test_redirects_are_followed_but_not_for_ever_and_not_to_files(public: str) -> None:
    assert file_argument(f"{public}/moved?/a%20b.csv", 100).name == "a b.csv"
    with pytest.raises(ValueError, match="too many redirects"):
        file_argument(f"{public}/moved?/moved?/moved?/moved?/moved?/a%20b.csv", 100)
    with pytest.raises(ValueError, match=r"redirects to something that is no http\(s\) URL"):
        file_argument(f"{public}/moved?file:///etc/passwd", 100)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/none", "can't be fetched: 404 Not Found"),
        ("/a%20b.csv?" + "z" * 100, "has more than 100 bytes"),
        ("/cut", "can't be fetched: IncompleteRead"),
    ],
)
def test_what_cannot_be_fetched_is_said(public: str, path: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        file_argument(public + path, 100)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "10.0.0.1", "0.0.0.0"])
def test_nothing_of_this_computer_or_its_network_is_reached(host: str) -> None:
    with pytest.raises(ValueError, match="only public addresses are"):
        file_argument(f"http://{host}:1/x", 100)


def test_a_host_with_one_public_address_and_one_of_ours_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in ("8.8.8.8", "192.168.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    with pytest.raises(ValueError, match="only public addresses are"):
        file_argument("http://both.example/x", 100)


def test_data_uris_are_decoded_within_the_limit() -> None:
    file = file_argument("data:application/json;base64,e30=", 2)
    assert (file.name, file.content_type, file.open().read()) == ("file.json", "application/json", b"{}")
    with pytest.raises(ValueError, match="has more than 1 bytes"):
        file_argument("data:,ab", 1)
    with pytest.raises(ValueError, match=r"must be an http\(s\) URL or a data: URI"):
        file_argument("file:///etc/passwd", 100)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://x/y", "must be an http(s) URL or a data: URI"),
        ("/etc/passwd", "must be an http(s) URL or a data: URI"),
        ("data:text/plain", "the comma is missing"),
        ("data:text/plain;base64,***", "its base64 can't be read"),
        ("data:,12345678901", "has more than 10 bytes"),
        ("http://no-such-host.invalid/x", "there is no such host"),
        ("http://127.0.0.1:1/x", "only public addresses are"),
        ("http://[::1]/x", "only public addresses are"),
        ("http://169.254.169.254/x", "only public addresses are"),
    ],
)
def test_what_is_no_file_is_said(url: str, words: str) -> None:
    with pytest.raises(ValueError, match=words.replace("(", r"\(").replace(")", r"\)")):
        file_argument(url, 10)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("audio/wav", "file.wav"),
        ("audio/mp3", "file.mp3"),
        ("image/png", "file.png"),
        ("x/unknown", "file"),
        ("", "file.txt"),
    ],
)
def test_a_data_uri_gets_a_name_of_its_type(kind: str, name: str) -> None:
    assert file_argument(f"data:{kind},abc", 10).name == name
