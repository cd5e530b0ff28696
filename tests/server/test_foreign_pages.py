"""What pages of other sites make a browser send runs nothing; clients that are no browsers are not bothered."""

from __future__ import annotations

import pytest
import requests

from apispec import App
from apispec.server import ServerOptions
from tests.serving import Served, served

app = App("Calls")
ran: list[str] = []


@app.endpoint
def act(what: str = "x") -> str:
    ran.append(what)
    return what


@app.endpoint(method="GET", path="/look")
def look(what: str = "x") -> str:
    ran.append(what)
    return what


FOREIGN = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://127.0.0.1:1"},
    {"Origin": "http://127.0.0.1:1", "Sec-Fetch-Site": "same-origin"},
    {"Origin": "http://["},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]
BODIES = [
    {"json": {"what": "y"}},
    {"data": '{"what": "y"}', "headers": {"Content-Type": "text/plain"}},
    {"files": {"what": ("a", "y")}},
    {"data": {"what": "y"}},
    {},
]


@pytest.fixture(scope="module")
def server() -> object:
    with served(app) as running:
        yield running


@pytest.mark.parametrize("headers", FOREIGN, ids=lambda h: "-".join(h.values()))
def test_pages_of_other_origins_run_nothing(headers: dict[str, str], server: Served) -> None:
    ran.clear()
    for body in BODIES:
        both = {**body.get("headers", {}), **headers}
        assert requests.post(f"{server.url}/act", timeout=5, **{**body, "headers": both}).status_code == 403
    for path in ("/look?what=y", "/gradio_api/info", "/gradio_api/queue/data?session_hash=a"):
        assert requests.get(server.url + path, headers=headers, timeout=5).status_code == 403
    for path in ("/gradio_api/call/act", "/gradio_api/queue/join", "/gradio_api/upload", "/gradio_api/run/act"):
        assert requests.post(server.url + path, json={"data": ["y"]}, headers=headers, timeout=5).status_code == 403
    assert ran == []
    assert requests.get(f"{server.url}/openapi.json", headers=headers, timeout=5).status_code == 200


@pytest.mark.parametrize("site", [{}, {"Sec-Fetch-Site": "none"}, {"Sec-Fetch-Site": "same-origin"}], ids=str)
def test_others_call(site: dict[str, str], server: Served) -> None:
    ran.clear()
    assert requests.post(f"{server.url}/act", json={"what": "y"}, headers=site, timeout=5).status_code == 200
    own = {"Origin": server.url, **site}
    assert requests.post(f"{server.url}/act", json={"what": "y"}, headers=own, timeout=5).status_code == 200
    assert requests.get(f"{server.url}/look", headers=site, timeout=5).status_code == 200
    assert len(ran) == 3


def test_origins_that_may() -> None:
    with served(app, ServerOptions(cors=("https://a.example",))) as server:
        for origin, status in (("https://a.example", 200), ("https://b.example", 403)):
            answer = requests.post(f"{server.url}/act", json={}, headers={"Origin": origin}, timeout=5)
            assert answer.status_code == status
    with served(app, ServerOptions(cors=("*",))) as server:
        headers = {"Origin": "https://b.example", "Sec-Fetch-Site": "cross-site"}
        assert requests.post(f"{server.url}/act", json={}, headers=headers, timeout=5).status_code == 200
