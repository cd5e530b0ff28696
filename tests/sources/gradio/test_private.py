"""Listeners that a Gradio app keeps to its own page answer nobody else, by name or by number, in both generations."""

from __future__ import annotations

import pytest
import requests

from apispec.hosting.private import number_in
from apispec.hosting.processes import launched
from tests.sources.gradio.test_gradio_apps import APPS, GENERATIONS, options

NUMBER = 2
"""Of `secret` in the app."""


@pytest.mark.parametrize("generation", GENERATIONS)
def test_private_is_refused_on_every_route(generation: str) -> None:
    with launched(str(APPS / "hidden.py"), options(generation)) as url:
        listeners = requests.get(f"{url}/config", timeout=10).json()["dependencies"]
        api = f"{url}/gradio_api"

        def post(path: str, headers: dict[str, str] | None = None, **body: object) -> int:
            return requests.post(api + path, json={"data": ["x"], **body}, headers=headers, timeout=10).status_code

        assert listeners[NUMBER]["api_name"] in (False, "secret")
        for path in (
            "/call/secret",
            "/call/secret/",
            "/run/secret",
            "/api/secret",
            "/call/v2/secret",
            "/call/s%65cret",
        ):
            assert post(path) == 404, path
        if generation == "6":  # in 5 it has no name
            assert requests.get(f"{api}/call/secret/abc", timeout=10).status_code == 404
        for number in (NUMBER, str(NUMBER), float(NUMBER)):
            assert post("/run/predict", fn_index=number) == 404, number
            assert post("/api/visible", fn_index=number) == 404, number
            assert post("/queue/join", fn_index=number, session_hash="s") == 404, number
        elsewhere = {"Origin": url, "Referer": f"{url}/api-docs/"}
        assert post("/queue/join", elsewhere, fn_index=NUMBER, session_hash="s") == 404
        assert post("/queue/join", {"Origin": "http://other.example"}, fn_index=NUMBER, session_hash="s") == 404

        assert post("/queue/join", {"Origin": url, "Referer": f"{url}/"}, fn_index=NUMBER, session_hash="s") == 200
        assert post("/queue/join", fn_index=0, session_hash="s") == 200
        assert [post(f"/call/{name}") for name in ("visible", "concealed", "nothing")] == [200, 200, 404]
        assert post("/run/visible") == 200


@pytest.mark.parametrize(
    "body, found",
    [
        (b'{"fn_index": 1}', (1, False)),
        (b'{"fn_index": "1", "session_hash": "s"}', (1, True)),
        (b'{"fn_index": true}', (1, False)),
        (b'{"fn_index": null}', (None, False)),
        (b"[1]", (None, False)),
        (b"\xff", (None, False)),
        (b'{"fn_index": 1e999}', (None, False)),
    ],
)
def test_the_number_in_a_body(body: bytes, found: tuple[int | None, bool]) -> None:
    assert number_in(body) == found
