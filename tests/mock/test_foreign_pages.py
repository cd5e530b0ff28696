"""Who reads the examples of a description that is mocked: pages of this computer, and no page that is open by chance."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from apispec.mock import MockApplication, MockOptions
from tests.mock.test_mock import API

FOREIGN = (
    "https://evil.example",
    "null",
    "http://localhost.evil.example",
    "http://evil.example#http://localhost:1",
    "http://127.0.0.1.evil.example:80",
)
LOCAL = (
    "http://localhost:8000",
    "https://localhost",
    "http://127.0.0.1:3000",
    "http://[::1]:9",
    "http://docs.localhost:8000",
)


def client(*origins: str, names: tuple[str, ...] = ()) -> TestClient:
    options = MockOptions(cors=origins, allowed_hosts=names, stateful=True)
    return TestClient(MockApplication(API, options), base_url="http://127.0.0.1:4010")


@pytest.mark.parametrize("origin", FOREIGN)
def test_foreign_pages_read_and_change_nothing(origin: str) -> None:
    mock = client()
    for answer in (
        mock.get("/pets", headers={"Origin": origin}),
        mock.post("/pets", headers={"Origin": origin, "Content-Type": "text/plain"}, content="{}"),
        mock.get("/pets", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}),
    ):
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers
        assert "--cors ORIGIN" in answer.json()["detail"]
    asked = mock.options("/pets", headers={"Origin": origin, "Access-Control-Request-Method": "POST"})
    assert asked.status_code == 400
    assert "access-control-allow-origin" not in asked.headers


def test_a_mock_in_a_program_of_yours_lets_in_no_more() -> None:
    mock = TestClient(MockApplication(API), base_url="http://127.0.0.1:4010")
    assert mock.get("/pets", headers={"Origin": "https://evil.example"}).status_code == 403
    assert mock.get("/pets", headers={"Origin": "null"}).status_code == 403
    assert mock.get("/pets", headers={"Origin": LOCAL[0]}).status_code == 200


@pytest.mark.parametrize("origin", LOCAL)
def test_pages_of_this_computer_call(origin: str) -> None:
    mock = client()
    asked = mock.options("/pets", headers={"Origin": origin, "Access-Control-Request-Method": "POST"})
    answer = mock.get("/pets", headers={"Origin": origin, "Sec-Fetch-Site": "same-site"})
    assert asked.status_code == answer.status_code == 200
    assert asked.headers["access-control-allow-origin"] == answer.headers["access-control-allow-origin"] == origin


@pytest.mark.parametrize("origin", FOREIGN[:2])
def test_origins_that_are_named_call(origin: str) -> None:
    answer = client(origin).get("/pets", headers={"Origin": origin})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, origin)
    assert client("*").get("/pets", headers={"Origin": origin}).headers["access-control-allow-origin"] == "*"
    assert client("https://other.example").get("/pets", headers={"Origin": origin}).status_code == 403


def test_clients_and_links_call() -> None:
    mock = client()
    opened = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    for headers in ({}, opened, {"Sec-Fetch-Site": "same-site", "Host": "localhost:4010"}):
        assert mock.get("/pets", headers=headers).status_code == 200


@pytest.mark.parametrize("name", ["evil.example", "evil.example:4010", "localhost.evil.example", ""])
def test_it_answers_under_its_own_names(name: str) -> None:
    assert client().get("/pets", headers={"Host": name}).status_code == 421
    assert client(names=("evil.example",)).get("/pets", headers={"Host": "evil.example"}).status_code == 200
    for own in ("localhost:4010", "127.0.0.1", "[::1]:4010"):
        assert client().get("/pets", headers={"Host": own}).status_code == 200
