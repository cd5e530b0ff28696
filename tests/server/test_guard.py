"""What stands before every route, and the limits: who may call, how much, how large, how long."""

from __future__ import annotations

import concurrent.futures
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from apispec import App, File
from apispec.runtime.limits import Limits
from apispec.server.options import ServerOptions
from tests.serving import Served, served, until

app = App(title="Guarded")
RELEASE = threading.Event()


@app.endpoint
def echo(value: str = "x") -> str:
    return value


@app.endpoint
def waits() -> str:
    RELEASE.wait(20)
    return "released"


@app.endpoint
def hangs() -> Iterator[int]:
    yield 1
    RELEASE.wait(20)


@app.endpoint
def size(files: list[File]) -> int:
    return sum(file.size for file in files)


@app.endpoint(visibility="private")
def private() -> str:
    return "never seen"


@pytest.fixture(autouse=True)
def _release() -> Iterator[None]:
    RELEASE.clear()
    yield
    RELEASE.set()


def post(server: Served, name: str, json: Any = None, **options: Any) -> requests.Response:
    return requests.post(f"{server.url}/{name}", json={} if json is None else json, timeout=15, **options)


def test_foreign_host_names_are_refused() -> None:
    with served(app, ServerOptions(allowed_hosts=("my.test",))) as server:
        for host in ("evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", ""):
            response = post(server, "echo", headers={"Host": host})
            assert response.status_code in (400, 421), host
        for host in ("localhost", "LOCALHOST:1234", "127.0.0.1", "[::1]:99", "my.test"):
            assert post(server, "echo", headers={"Host": host}).status_code == 200, host


def test_cors_is_off_unless_asked() -> None:
    origin = {"Origin": "https://a.example"}
    with served(app) as server:
        response = post(server, "echo", headers=origin)
        assert not any(name.lower().startswith("access-control") for name in response.headers)
        preflight = {**origin, "Access-Control-Request-Method": "POST"}
        asked = requests.options(f"{server.url}/echo", headers=preflight, timeout=5)
        assert not any(name.lower().startswith("access-control") for name in asked.headers)
    with served(app, ServerOptions(cors=("https://a.example",))) as server:
        assert post(server, "echo", headers=origin).headers["access-control-allow-origin"] == "https://a.example"
        response = post(server, "echo", headers={"Origin": "https://b.example"})
        assert "access-control-allow-origin" not in response.headers
        assert requests.options(f"{server.url}/echo", headers=preflight, timeout=5).status_code == 200


ROUTES = [
    ("POST", "/echo"), ("POST", "/gradio_api/call/echo"), ("GET", "/gradio_api/call/echo/x"), ("POST", "/call/v2/echo"),
    ("GET", "/config"), ("GET", "/info"), ("POST", "/queue/join"), ("GET", "/queue/data"), ("POST", "/upload"),
    ("GET", "/gradio_api/file=x"), ("POST", "/run/echo"), ("POST", "/mcp"), ("GET", "/mcp"), ("POST", "/cancel"),
]  # fmt: skip


def test_the_token_guards_everything_but_the_docs(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>docs", encoding="utf-8")
    with served(app, ServerOptions(token="s3crét", docs=tmp_path)) as server:
        for method, route in ROUTES:
            headers = {"Accept": "text/event-stream"} if route == "/mcp" else {}
            for given in ("", "Bearer wrong", "Bearer", "Basic s3crét".encode().decode("latin-1"), "Bearer s3crét x"):
                asked = {**headers, **({"Authorization": given.encode("latin-1", "replace")} if given else {})}
                response = requests.request(method, server.url + route, headers=asked, timeout=5)
                assert response.status_code == 401, (route, given)
                assert response.headers["www-authenticate"] == "Bearer"
        headers = {"Authorization": "Bearer s3crét".encode()}
        assert post(server, "echo", headers=headers).json() == "x"
        for route in ("/openapi.json", "/gradio_api/openapi.json", "/", "/index.html"):
            assert requests.get(server.url + route, timeout=10).status_code == 200
        assert requests.get(server.url + "/nothing.html", timeout=5).status_code == 404


def test_large_bodies_are_refused() -> None:
    limits = Limits(body=1000, upload=5000, upload_files=3)
    with served(app, ServerOptions(limits=limits)) as server:
        assert post(server, "echo", {"value": "x" * 900}).status_code == 200
        response = post(server, "echo", {"value": "x" * 1000})
        assert response.status_code == 413 and "1000 bytes" in response.json()["detail"]

        def pieces() -> Iterator[bytes]:
            yield b'{"value": "'
            for _ in range(20):
                yield b"x" * 100
            yield b'"}'

        headers = {"Content-Type": "application/json"}
        assert requests.post(f"{server.url}/echo", data=pieces(), headers=headers, timeout=5).status_code == 413
        files = [("files", ("a", b"x" * 2000))]
        assert requests.post(f"{server.url}/size", files=files, timeout=5).json() == 2000
        assert requests.post(f"{server.url}/size", files=files * 3, timeout=5).status_code == 413
        small = [("files", ("a", b"x"))]
        assert requests.post(f"{server.url}/size", files=small * 3, timeout=5).json() == 3
        response = requests.post(f"{server.url}/size", files=small * 4, timeout=5)
        assert response.status_code == 413 and "3 files" in response.json()["detail"]
        assert requests.post(f"{server.url}/upload", files=small * 4, timeout=5).status_code == 413
        assert until(lambda: not list(server.application.files.folder.iterdir()))


def test_kept_files_are_bounded_and_forgotten() -> None:
    limits = Limits(stored_files=2, file_age=0.6)
    with served(app, ServerOptions(limits=limits)) as server:

        def upload() -> requests.Response:
            return requests.post(f"{server.url}/upload", files={"files": ("a", b"x")}, timeout=5)

        first = upload().json()[0]
        assert upload().status_code == 200
        response = upload()
        assert response.status_code == 503 and response.headers["retry-after"]
        time.sleep(0.7)
        assert requests.get(f"{server.url}/file={first}", timeout=5).status_code == 403
        assert not list(server.application.files.folder.iterdir())
        assert upload().status_code == 200
        folder = server.application.files.folder
    assert not folder.exists(), "nothing is left when the server ends"


def test_a_full_pool_and_a_full_queue_say_so() -> None:
    limits = Limits(threads=2, waiting=1, queue=4, session_calls=2)
    with served(app, ServerOptions(limits=limits)) as server, concurrent.futures.ThreadPoolExecutor(8) as pool:
        calls = [pool.submit(post, server, "waits") for _ in range(3)]
        assert until(lambda: len(server.application.runtime.pool._waiters) == 1)
        response = post(server, "echo")
        assert response.status_code == 503 and "2 workers" in response.json()["detail"]
        RELEASE.set()
        assert [call.result().json() for call in calls] == ["released"] * 3
        assert post(server, "echo").json() == "x"
        RELEASE.clear()
        for _ in range(2):
            body = {"fn_index": 1, "data": [], "session_hash": "one"}
            assert requests.post(f"{server.url}/queue/join", json=body, timeout=5).status_code == 200
        assert requests.post(f"{server.url}/queue/join", json=body, timeout=5).status_code == 429
        for _ in range(2):
            assert post(server, "call/echo", {"data": []}).status_code == 200
        response = post(server, "call/echo", {"data": []})
        assert response.status_code == 503 and "Queue is full" in response.json()["detail"]


def test_results_that_nobody_fetches_are_dropped() -> None:
    with served(app, ServerOptions(limits=Limits(result_age=0.3))) as server:
        event_id = post(server, "call/echo", {"data": []}).json()["event_id"]
        body = {"fn_index": 0, "data": [], "session_hash": "one"}
        requests.post(f"{server.url}/queue/join", json=body, timeout=5)
        queue = next(
            r for r in server.application.starlette.routes if getattr(r, "path", "") == "/queue/join"
        ).endpoint.__self__.queue
        assert len(queue) == 2
        assert until(lambda: len(queue) == 0 and not queue._sessions)
        assert requests.get(f"{server.url}/call/echo/{event_id}", timeout=5).status_code == 404


def test_streams_are_bounded() -> None:
    with served(app, ServerOptions(limits=Limits(streams=1))) as server:
        with post(server, "hangs", stream=True) as response:
            lines = response.iter_lines(chunk_size=1)
            next(lines)
            refused = post(server, "hangs")
            assert refused.status_code == 503 and "streams are open" in refused.json()["detail"]
        assert until(lambda: server.application.runtime.streams == 0)


def test_a_call_that_takes_too_long_is_given_up() -> None:
    with served(app, ServerOptions(limits=Limits(timeout=0.3, threads=2, waiting=0))) as server:
        for _ in range(3):  # more than there are threads: given up calls make room
            response = post(server, "waits")
            if response.status_code == 503:
                break
            assert response.status_code == 504 and "0.3 s" in response.json()["detail"]
        assert post(server, "echo").status_code in (200, 503)
        RELEASE.set()
        assert until(lambda: post(server, "echo").status_code == 200)
        assert until(lambda: server.application.runtime.pool.abandoned == 0)


def test_clients_that_leave_in_the_middle_of_an_upload() -> None:
    with served(app) as server:
        host, port = server.url.removeprefix("http://").split(":")
        for _ in range(5):
            with socket.create_connection((host, int(port))) as connection:
                connection.sendall(
                    b"POST /size HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\n"
                    b"Content-Length: 1000000\r\n\r\n--b\r\nContent-Disposition: form-data; name=files; filename=a\r\n\r\n"
                    + b"x"
                    * 50_000
                )
        assert post(server, "echo").status_code == 200
        assert until(lambda: len(server.application.files) == 0)


def test_running_calls_are_answered_when_the_server_stops() -> None:
    with served(app) as server, concurrent.futures.ThreadPoolExecutor(2) as pool:
        call = pool.submit(post, server, "waits")
        stream = pool.submit(post, server, "hangs")
        assert until(lambda: server.application.runtime.pool.running == 2)
        loop = call  # the drain runs on the server's own loop
        del loop
        runtime = server.application.runtime
        deadline = next(iter(runtime._deadlines))
        deadline._task.get_loop().call_soon_threadsafe(runtime.drain)  # type: ignore[union-attr]
        assert call.result().status_code == 503
        assert "event: error" in stream.result().text and "stopping" in stream.result().text
        assert post(server, "echo").status_code == 503


def test_the_site(tmp_path: Path) -> None:
    with served(app, ServerOptions(docs=tmp_path / "site")) as server:
        assert requests.get(server.url, timeout=5).status_code == 503
        assert "being built" in requests.get(server.url, timeout=5).text
        (tmp_path / "site" / "mcp").mkdir(parents=True)
        (tmp_path / "site" / "index.html").write_text("<p>home", encoding="utf-8")
        (tmp_path / "site" / "mcp" / "index.html").write_text("<p>tools", encoding="utf-8")
        (tmp_path / "secret").write_text("secret", encoding="utf-8")
        (tmp_path / "site" / "link").symlink_to(tmp_path / "secret")
        assert requests.get(server.url, timeout=5).text == "<p>home"
        assert requests.get(f"{server.url}/mcp", timeout=5).text == "<p>tools"
        for path in ("link", "../secret", "%2e%2e/secret", "..%2fsecret"):
            assert "secret" not in requests.get(f"{server.url}/{path}", timeout=5).text.replace("<p>", "")[:6]
        assert requests.get(f"{server.url}/echo", timeout=5).status_code == 405
        assert requests.get(f"{server.url}/nothing", timeout=5).status_code == 404
        (tmp_path / "site" / "404.html").write_text("<p>lost", encoding="utf-8")
        assert requests.get(f"{server.url}/echo", timeout=5).status_code == 405
        for path in ("nothing", "link"):
            answer = requests.get(f"{server.url}/{path}", timeout=5)
            assert (answer.status_code, answer.text) == (404, "<p>lost"), path
        for path in ("%00", "a" * 300):  # names that no file can have
            assert requests.get(f"{server.url}/{path}", timeout=5).status_code == 404


def test_an_app_is_an_asgi_application_and_can_be_mounted() -> None:
    from starlette.applications import Starlette
    from starlette.routing import Mount

    inner = App(title="Inner")
    inner.add(lambda x: x, name="same")
    with served(app, wrap=lambda application: Starlette(routes=[Mount("/sub", inner)])) as server:
        assert post(server, "sub/same", {"x": [1]}).json() == [1]
        document = requests.get(f"{server.url}/sub/openapi.json", timeout=10).json()
        assert (document["info"]["title"], document["servers"]) == ("Inner", [{"url": "/sub"}])
        gradio = requests.get(f"{server.url}/sub/gradio_api/openapi.json", timeout=10).json()
        assert gradio["servers"] == [{"url": "/sub"}]
        event_id = post(server, "sub/gradio_api/call/same", {"data": [3]}).json()["event_id"]
        assert "data: [3]" in requests.get(f"{server.url}/sub/gradio_api/call/same/{event_id}", timeout=5).text
        from gradio_client import Client

        assert Client(f"{server.url}/sub/", verbose=False).predict(x="y", api_name="/same") == "y"
