"""Protocol http over real sockets, with `requests`."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
import requests

from tests.server.nasty import TRICKY
from tests.serving import Served, until


def post(server: Served, name: str, arguments: Any = None, **options: Any) -> requests.Response:
    if arguments is None:
        arguments = {}
    return requests.post(f"{server.url}/{name}", json=arguments, timeout=10, **options)


def events(response: requests.Response) -> list[tuple[str, Any]]:
    found = []
    for block in response.text.split("\n\n"):
        if block.strip():
            fields = dict(line.split(": ", 1) for line in block.splitlines())
            found.append((fields["event"], json.loads(fields["data"])))
    return found


def problem(response: requests.Response, status: int) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert "Traceback" not in response.text and "secret" not in response.text
    return body


@pytest.mark.parametrize(
    "name, arguments, expected",
    [
        ("text", {"text": TRICKY}, TRICKY),
        ("text", {"text": "\x00\x7f\ufeff"}, "\x00\x7f\ufeff"),
        ("empty", {"text": ""}, ["", None, False, 0]),
        ("numbers", {"big": 10**30, "tiny": 5e-324, "huge": 1.7e308, "minus": -0.5}, [10**30, 5e-324, 1.7e308, -0.5]),
        ("limits", {}, True),
        ("booleans", {"on": True, "off": False, "maybe": None}, [True, False, None]),
        ("enums", {"color": "o\"d'd"}, ["o\"d'd", 1, "c\\d"]),
        ("tree", {"tree": {"value": 1, "children": [{"value": 2}]}}, 3),
        ("unions", {"items": [1, "1", None, {"x": 1}, [True]]}, 5),
        ("nothing", {}, None),
        ("varied", {"first": 1, "rest": [7, 8], "more": {"z": 9}}, [1, 2, 7, 8, 3, 9]),
        ("default_field", {}, 7),
        ("constrained", {"n": 2}, "ABAB"),
        ("add_and_slice", {"a": 3, "b": 5, "c": list(range(1, 11))}, [8, [4, 5]]),
        ("echo", {"value": {"a": [1, 1.5, None, True, {"b": "c"}]}}, {"a": [1, 1.5, None, True, {"b": "c"}]}),
        ("prints", {}, "ok"),
    ],
)
def test_arguments_in_and_result_out(nasty: Served, name: str, arguments: Any, expected: Any) -> None:
    response = post(nasty, name, arguments)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/json"
    assert response.json() == expected


def test_values_become_their_hinted_types(nasty: Served) -> None:
    arguments = {"day": "2024-02-29", "at": "2024-02-29T12:00:00+02:00", "span": "P2DT1S"}
    assert post(nasty, "times", arguments).json() == {
        "day": "2024-02-29",
        "at": "2024-02-29T12:00:00+02:00",
        "hour": "01:02:00",
        "span": "2 days, 0:00:01",
    }
    arguments = {"id": "12345678-1234-5678-1234-567812345678", "amount": "1.10", "host": "127.0.0.1", "data": "aGk="}
    assert post(nasty, "values", arguments).json() == [arguments["id"], "1.10", "127.0.0.1", "6869"]


def test_no_body_is_no_arguments(nasty: Served) -> None:
    assert requests.post(f"{nasty.url}/nothing", timeout=5).json() is None
    assert requests.post(f"{nasty.url}/limits", timeout=5).json() is True


@pytest.mark.parametrize(
    "name, arguments, expected",
    [
        ("text", {}, [("/text", "nothing")]),
        ("text", {"text": 1}, [("/text", "integer")]),
        ("text", {"text": "x", "tex": "y"}, [("/tex", "string")]),
        ("numbers", {"big": "1", "tiny": True, "huge": None, "minus": []},
         [("/big", "string"), ("/huge", "null"), ("/minus", "array"), ("/tiny", "boolean")]),
        ("add_and_slice", {"a": 1, "b": 2, "c": [1, "x", 2.5]}, [("/c/1", "string"), ("/c/2", "number")]),
        ("times", {"day": "2023-02-29", "at": "2024-02-29T12:00:00"}, [("/day", "string")]),
        ("constrained", {"n": 11, "code": "abc"}, [("/code", "string"), ("/n", "integer")]),
        ("models", {"outer": {"inner": {"weights": ["x"]}, "by_name": {"a/b": 1}}},
         [("/outer/by_name/a~1b", "integer"), ("/outer/inner/weights/0", "string")]),
        ("values", {"id": "x", "amount": "y", "host": "z"}, [("/amount", "string"), ("/host", "string"), ("/id", "string")]),
    ],
)  # fmt: skip
def test_bad_arguments_name_each_field(nasty: Served, name: str, arguments: Any, expected: Any) -> None:
    body = problem(post(nasty, name, arguments), 422)
    assert sorted((e["pointer"], e["received"]) for e in body["errors"]) == expected
    assert all(e["message"] for e in body["errors"])


@pytest.mark.parametrize(
    "data", [b"{", b"", b"[1]", b"1", b'{"text": NaN}', b'{"text": "\xff"}', b"[" * 5000, b'{"a":1}x']
)
def test_bodies_that_are_no_object(nasty: Served, data: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    body = problem(requests.post(f"{nasty.url}/text", data=data, headers=headers, timeout=5), 422)
    assert body["errors"][0]["pointer"] == ""


def test_wrong_routes_methods_and_media_types(nasty: Served) -> None:
    problem(post(nasty, "no_such"), 404)
    assert requests.get(f"{nasty.url}/text", timeout=5).headers["allow"] == "POST"
    problem(requests.get(f"{nasty.url}/text", timeout=5), 405)
    for path, allowed in (("/text", "POST"), ("/gradio_api/info", "GET"), ("/mcp", "POST")):
        asked = requests.options(f"{nasty.url}{path}", timeout=5)
        assert asked.status_code == 204 and {allowed, "OPTIONS"} <= set(asked.headers["allow"].split(", "))
    problem(requests.post(f"{nasty.url}/items/a/1", timeout=5), 405)
    problem(requests.post(f"{nasty.url}/text", data="text=x", timeout=5), 415)
    headers = {"Content-Type": "text/plain"}
    problem(requests.post(f"{nasty.url}/text", data="text=x", headers=headers, timeout=5), 415)
    problem(requests.post(f"{nasty.url}/one_file", json={"file": "x"}, timeout=5), 415)


@pytest.mark.parametrize(
    "name", ["fails", "fails_async", "breaks_hint", "infinite", "exits", "exits_async", "recurses"]
)
def test_failures_are_500_and_logged_under_an_id(nasty: Served, name: str, caplog: pytest.LogCaptureFixture) -> None:
    body = problem(post(nasty, name), 500)
    assert body["id"] in body["detail"]
    assert any(body["id"] in record.getMessage() for record in caplog.records)
    assert post(nasty, "text", {"text": "still here"}).json() == "still here"


def test_own_errors_are_their_own_answers(nasty: Served) -> None:
    body = problem(post(nasty, "errors", {"kind": "own"}), 409)
    assert (body["title"], body["detail"]) == ("Conflict of 'quotes'", 'a "detail"')
    assert problem(post(nasty, "errors", {"kind": "subclass"}), 404)["title"] == "Missing"
    assert problem(post(nasty, "errors", {"kind": "mapped"}), 409)["detail"] == "a key"
    assert problem(post(nasty, "documents", {"known": True}), 404)["detail"] == "a thing"
    problem(post(nasty, "documents", {"known": False}), 500)
    thing = {"id": 2000, "thing": {"x": 1}}
    body = problem(requests.put(f"{nasty.url}/things/2000", json={"thing": thing["thing"]}, timeout=5), 404)
    assert body["detail"] == "thing 2000 is not there"


def test_path_and_query(nasty: Served) -> None:
    response = requests.get(
        f"{nasty.url}/items/a%2Fb%20%C3%BC%25/7?tags=x&tags=&tags=a%26b&flag=true&ratio=1e3", timeout=5
    )
    assert response.json() == {"name": "a/b ü%", "number": 7, "tags": ["x", "", "a&b"], "flag": True, "ratio": 1000.0}
    body = problem(requests.get(f"{nasty.url}/items/a/x?flag=maybe", timeout=5), 422)
    pointers = {e["pointer"] for e in body["errors"]}
    assert pointers == {"/number", "/flag", "/tags"}
    assert requests.delete(f"{nasty.url}/items/a", timeout=5).status_code in (200, 204)
    assert requests.put(f"{nasty.url}/things/3", json={"thing": {"x": 1}}, timeout=5).json() == {
        "x": 1.0,
        "y": 0.0,
        "tags": [],
    }


def test_streams_are_events(nasty: Served) -> None:
    response = post(nasty, "count", {"n": 3})
    assert response.headers["content-type"].startswith("text/event-stream")
    assert events(response) == [("generating", 0), ("generating", 1), ("generating", 2), ("complete", None)]
    assert events(post(nasty, "words"))[0] == ("generating", {"word": "to"})
    assert events(post(nasty, "count", {"n": 0})) == [("complete", None)]


def test_a_silent_stream_has_heartbeats(nasty: Served) -> None:
    names = [name for name, _ in events(post(nasty, "count", {"n": 2, "pause": 0.8}))]
    assert names.count("generating") == 2 and names.count("heartbeat") >= 2 and names[-1] == "complete"


def test_a_stream_as_one_array(nasty: Served) -> None:
    response = post(nasty, "count", {"n": 3}, headers={"Accept": "application/json"})
    assert response.headers["content-type"] == "application/json"
    assert response.json() == [0, 1, 2]


def test_streams_that_fail_say_so(nasty: Served) -> None:
    names = events(post(nasty, "breaks_late"))
    assert names[0] == ("generating", 1) and names[1][0] == "error" and names[1][1]["status"] == 500
    assert "secret" not in json.dumps(names)
    assert events(post(nasty, "breaks_item"))[1][1]["title"] == "Invalid result"
    assert events(post(nasty, "refuses_late"))[1][1]["status"] == 409
    problem(post(nasty, "count", {"n": "x"}), 422)
    problem(post(nasty, "breaks_late", headers={"Accept": "application/json"}), 500)


@pytest.mark.parametrize("name", ["endless", "endless_async"])
@pytest.mark.parametrize("accept", ["text/event-stream", "application/json"])
def test_a_client_that_goes_away_closes_its_generator(nasty: Served, name: str, accept: str) -> None:
    key = f"{name} {accept}"

    def is_open() -> bool:
        return key in post(nasty, "open_streams").json()

    headers = {"Accept": accept}
    if accept == "application/json":
        with pytest.raises(requests.Timeout):
            requests.post(f"{nasty.url}/{name}", json={"name": key}, headers=headers, timeout=0.5)
    else:
        with post(nasty, name, {"name": key}, headers=headers, stream=True) as response:
            lines = response.iter_lines(chunk_size=1)  # kept: when it is collected, the connection closes
            assert next(lines).startswith(b"event")
            assert is_open()
    assert until(lambda: not is_open())
    assert until(lambda: nasty.application.runtime.streams == 0)


def test_files_in_and_out(nasty: Served) -> None:
    before = len(nasty.application.files)
    response = requests.post(
        f"{nasty.url}/one_file",
        files={"file": ("../../etc/x\x01.txt", b"\x00\xff" * 100)},
        data={"note": TRICKY},
        timeout=5,
    )
    assert response.json() == {"size": 200, "note": TRICKY}
    files = [("first", ("a", b"1")), ("others", ("b", b"22")), ("others", ("c", b""))]
    response = requests.post(f"{nasty.url}/two_files", files=files, data={"weights": "[1.5, 2]"}, timeout=5)
    assert response.json() == [1, 2, 0]
    response = requests.post(f"{nasty.url}/shout", files={"file": ("hé llo.txt", b"hi")}, timeout=5)
    assert response.content == b"HI"
    assert "attachment" in response.headers["content-disposition"]
    assert response.headers["x-content-type-options"] == "nosniff"
    response = requests.post(f"{nasty.url}/picture", timeout=5)
    assert response.headers["content-type"] == "image/png", "as its name says"
    assert response.content.startswith(b"\x89PNG")
    assert len(nasty.application.files) == before, "uploads of a call are gone after it"


def test_bad_forms(nasty: Served) -> None:
    body = problem(requests.post(f"{nasty.url}/one_file", files={"other": ("a", b"1")}, timeout=5), 422)
    assert {e["pointer"] for e in body["errors"]} == {"/file", "/other"}
    twice = requests.post(f"{nasty.url}/one_file", files=[("file", ("a", b"1")), ("file", ("b", b"2"))], timeout=5)
    assert [error["pointer"] for error in problem(twice, 422)["errors"]] == ["/file"]
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    problem(requests.post(f"{nasty.url}/one_file", data=b"not multipart", headers=headers, timeout=5), 422)
    headers = {"Content-Type": "multipart/form-data"}
    problem(requests.post(f"{nasty.url}/one_file", data=b"x", headers=headers, timeout=5), 422)
    response = requests.post(
        f"{nasty.url}/two_files",
        files=[("first", ("a", b"1")), ("first", ("b", b"2")), ("others", ("c", b""))],
        timeout=5,
    )
    assert problem(response, 422)["errors"][0]["pointer"] == "/first"


def test_sessions_keep_state_apart(nasty: Served) -> None:
    def visit(**options: Any) -> int:
        number: int = requests.post(f"{nasty.url}/visits", timeout=5, **options).json()
        return number

    assert [visit(params={"session_hash": "http-a"}) for _ in range(3)] == [1, 2, 3]
    assert visit(headers={"X-Session-Hash": "http-a"}) == 4
    assert visit(params={"session_hash": "http-b"}) == 1
    assert [visit(), visit()] == [1, 1]


def test_the_documents(nasty: Served) -> None:
    document = requests.get(f"{nasty.url}/openapi.json", timeout=10).json()
    assert "/text" in document["paths"] and "/fails" not in document["paths"] and "/private" not in document["paths"]
    document = requests.get(f"{nasty.url}/gradio_api/openapi.json", timeout=10).json()
    assert "/gradio_api/call/text" in document["paths"]


@pytest.mark.parametrize("path", ["private", "gradio_api/call/private", "call/private", "gradio_api/call/v2/private",
                                  "gradio_api/run/private", "api/private"])  # fmt: skip
def test_private_endpoints_are_refused_on_every_route(nasty: Served, path: str) -> None:
    response = requests.post(f"{nasty.url}/{path}", json={"data": []}, timeout=5)
    assert response.status_code == 404
    assert "never seen" not in response.text
    for route in ("config", "gradio_api/info?all_endpoints=true", "openapi.json", "gradio_api/openapi.json"):
        assert '"private"' not in requests.get(f"{nasty.url}/{route}", timeout=5).text.replace(
            '"api_visibility":"private"', ""
        )


def test_infinity_is_never_written(nasty: Served) -> None:
    assert not math.isfinite(float("inf"))
    problem(post(nasty, "infinite"), 500)


def test_slow_functions_do_not_delay_others(nasty: Served) -> None:
    import concurrent.futures
    import time

    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        slow = [pool.submit(post, nasty, "sleeps", {"seconds": 4.0}) for _ in range(8)]
        slow += [pool.submit(post, nasty, "sleeps_async", {"seconds": 4.0}) for _ in range(8)]
        time.sleep(0.2)
        started = time.monotonic()
        assert post(nasty, "text", {"text": "quick"}).json() == "quick"
        assert time.monotonic() - started < 3
        assert all(future.result().json() == 4.0 for future in slow)
