"""Protocol gradio with the unmodified clients: gradio_client, @gradio/client in node, and curl."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
import requests
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError

from tests.server.nasty import TRICKY
from tests.serving import Served, until

NODE = Path(__file__).parent.parent / "node"


@pytest.fixture
def client(nasty: Served, tmp_path: Path) -> Client:
    return Client(nasty.url, verbose=False, download_files=tmp_path)


def test_the_example_that_people_meet_first(nasty: Served) -> None:
    client = Client(nasty.url, verbose=False)
    result = client.predict(a=3, b=5, c=[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], api_name="/add_and_slice")
    assert result == (8, [4, 5])


def test_view_api(client: Client) -> None:
    shown = client.view_api(print_info=False, return_format="str")
    assert 'predict(a, b, c, api_name="/add_and_slice") -> (output_1, output_2)' in shown
    assert "c: list[int] (required)" in shown
    assert "/fails" not in shown and "/private" not in shown


@pytest.mark.parametrize(
    "name, arguments, expected",
    [
        ("text", {"text": TRICKY}, TRICKY),
        ("limits", {}, True),
        ("booleans", {"on": True, "off": False, "maybe": None}, [True, False, None]),
        ("nothing", {}, None),
        ("varied", {"first": 1}, [1, 2, 3]),
        ("tree", {"tree": {"value": 1, "children": []}}, 1),
        ("item", {"name": "a/b", "number": 1, "tags": []},
         {"name": "a/b", "number": 1, "tags": [], "flag": False, "ratio": None}),
        ("echo", {"value": {"path": "/etc/passwd"}}, {"path": "/etc/passwd"}),
    ],
)  # fmt: skip
def test_predict(client: Client, name: str, arguments: dict[str, Any], expected: Any) -> None:
    assert client.predict(**arguments, api_name="/" + name) == expected


def test_streams(client: Client) -> None:
    assert list(client.submit(n=3, api_name="/count")) == [0, 1, 2]
    job = client.submit(text="a b", api_name="/words")
    assert job.result() == {"word": "b"}
    assert job.outputs() == [{"word": "a"}, {"word": "b"}]


def test_files(client: Client, tmp_path: Path) -> None:
    path = tmp_path / "hé llo.txt"
    path.write_text("hi", encoding="utf-8")
    result = Path(client.predict(file=handle_file(str(path)), api_name="/shout"))
    assert result.read_text(encoding="utf-8") == "HI" and result.name == "hé llo.txt"
    files = [handle_file(str(path)), handle_file(str(path))]
    assert client.predict(first=files[0], others=files, api_name="/two_files") == [2, 2, 2]


def test_errors(client: Client) -> None:
    with pytest.raises(AppError, match='a "detail"'):
        client.predict(kind="own", api_name="/errors")
    with pytest.raises(AppError, match="log says more under"):
        client.predict(api_name="/fails")
    with pytest.raises(AppError, match="text: must be string"):
        client.predict(text=[1], api_name="/text")
    with pytest.raises(AppError, match="only public addresses"):
        client.predict(file=handle_file("http://127.0.0.1:1/x"), api_name="/shout")
    job = client.submit(api_name="/breaks_late")
    with pytest.raises(AppError):
        job.result()
    assert job.outputs()[0] == 1


def test_state_belongs_to_the_session(nasty: Served, client: Client) -> None:
    assert [client.predict(api_name="/visits") for _ in range(3)] == [1, 2, 3]
    assert Client(nasty.url, verbose=False).predict(api_name="/visits") == 1


def test_many_calls_of_one_session_at_once(client: Client) -> None:
    jobs = [client.submit(value=i, api_name="/echo") for i in range(40)]
    assert [job.result(timeout=20) for job in jobs] == list(range(40))


def test_cancelling_ends_the_generator(nasty: Served, client: Client) -> None:
    def is_open() -> bool:
        return "gradio" in requests.post(f"{nasty.url}/open_streams", timeout=5).json()

    job = client.submit("gradio", api_name="/endless")
    assert until(is_open)
    job.cancel()
    assert until(lambda: not is_open())


def test_javascript(nasty: Served, tmp_path: Path) -> None:
    if not (NODE / "node_modules").is_dir() or shutil.which("node") is None:
        pytest.skip("run `make test` first: it installs the node packages")
    done = subprocess.run(
        ["node", str(NODE / "gradio_calls.mjs"), nasty.url], capture_output=True, text=True, timeout=60, cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    got = json.loads(done.stdout)
    assert got["named"] == [[8, [4, 5]]][0]
    assert got["positional"] == [8, [4, 5]]
    assert got["defaults"] == [[1, 2, 3]]
    assert got["stream"][:3] == [[0], [1], [2]]
    assert got["file"] == "HELLO"
    assert got["error"] == 'a "detail"'
    assert got["many"] == list(range(20))
    assert got["endpoints"] > 20 and got["cancelled"] > 0


CURL = """
EVENT_ID=$(curl -s -X POST {url}{prefix}/call/{v2}add_and_slice -H "Content-Type: application/json" -d '{body}' \\
  | awk -F'"' '{{ print $4}}')
curl -sN {url}{prefix}/call/add_and_slice/$EVENT_ID
"""


@pytest.mark.parametrize("shell", ["sh", "bash", "zsh"])
@pytest.mark.parametrize("prefix", ["", "/gradio_api"])
@pytest.mark.parametrize(
    "v2, body", [("", '{"data": [3, 5, [1, 2, 3, 4, 5]]}'), ("v2/", '{"a": 3, "b": 5, "c": [1, 2, 3, 4, 5]}')]
)
def test_the_two_curl_commands(nasty: Served, shell: str, prefix: str, v2: str, body: str) -> None:
    script = CURL.format(url=nasty.url, prefix=prefix, v2=v2, body=body)
    done = subprocess.run([shell, "-c", script], capture_output=True, text=True, timeout=20, check=True)
    assert done.stdout == "event: complete\ndata: [8,[4,5]]\n\n"


def call(nasty: Served, name: str, body: Any, prefix: str = "/gradio_api") -> requests.Response:
    return requests.post(f"{nasty.url}{prefix}/call/{name}", json=body, timeout=5)


def read(nasty: Served, name: str, event_id: str) -> requests.Response:
    return requests.get(f"{nasty.url}/gradio_api/call/{name}/{event_id}", timeout=10)


def test_events_of_one_call_are_read_once(nasty: Served) -> None:
    event_id = call(nasty, "count", {"data": [2]}).json()["event_id"]
    assert read(nasty, "text", event_id).status_code == 404, "another endpoint's"
    text = read(nasty, "count", event_id).text
    assert text == "event: generating\ndata: [0]\n\nevent: generating\ndata: [1]\n\nevent: complete\ndata: [1]\n\n"
    assert read(nasty, "count", event_id).status_code == 404
    event_id = call(nasty, "fails", {"data": []}).json()["event_id"]
    text = read(nasty, "fails", event_id).text
    assert text.startswith("event: error\n") and "secret" not in text


def test_bad_calls(nasty: Served) -> None:
    response = call(nasty, "add_and_slice", {"data": [1, "x", [], 4]})
    assert response.status_code == 422 and response.json()["errors"][0]["pointer"] == "/data"
    response = call(nasty, "add_and_slice", {"data": [1, "x", []]})
    assert response.status_code == 422 and response.json()["errors"][0]["pointer"] == "/b"
    assert call(nasty, "v2/add_and_slice", {"a": 1}).status_code == 422
    assert call(nasty, "no_such", {"data": []}).status_code == 404
    assert requests.post(f"{nasty.url}/gradio_api/call/text", data="x", timeout=5).status_code == 415
    assert requests.post(f"{nasty.url}/queue/join", json={"fn_index": 0, "data": []}, timeout=5).status_code == 400
    for index in (-1, 10_000, True, "0", None):
        body = {"fn_index": index, "data": [], "session_hash": "s"}
        assert requests.post(f"{nasty.url}/queue/join", json=body, timeout=5).status_code == 404


def test_without_the_queue(nasty: Served) -> None:
    for route in ("run", "api", "gradio_api/run"):
        response = requests.post(
            f"{nasty.url}/{route}/add_and_slice", json={"data": [3, 5, [1, 2, 3, 4, 5]]}, timeout=5
        )
        assert response.json()["data"] == [8, [4, 5]]
    assert requests.post(f"{nasty.url}/run/count", json={"data": [3]}, timeout=5).json()["data"] == [2]


def test_sessions_of_plain_calls(nasty: Served) -> None:
    def visit(body: dict[str, Any], v2: str = "") -> int:
        event_id = call(nasty, f"{v2}visits", body).json()["event_id"]
        return int(json.loads(read(nasty, "visits", event_id).text.split("data: ")[1])[0])

    assert [visit({"data": [], "session_hash": "one"}) for _ in range(2)] == [1, 2]
    assert visit({"session_hash": "one"}, "v2/") == 3
    assert visit({"data": []}) == 1


@pytest.mark.parametrize(
    "path",
    ["../../etc/passwd", "/etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "..%2f..%2fetc%2fpasswd", "etc/passwd", "", "."],
)
def test_nothing_but_kept_files_is_handed_out(nasty: Served, path: str) -> None:
    upload = requests.post(f"{nasty.url}/upload", files={"files": ("../../evil.sh", b"kept")}, timeout=5).json()[0]
    assert upload.endswith("/evil.sh") and ".." not in upload
    assert requests.get(f"{nasty.url}/gradio_api/file={upload}", timeout=5).content == b"kept"
    import urllib3

    target = f"{nasty.url}/gradio_api/file={path}"
    response = urllib3.PoolManager().request("GET", target, preload_content=True, redirect=False)
    assert response.status in (403, 404) and b"root:" not in response.data
    identifier = upload.partition("/")[0]
    for other in (f"{identifier}/../evil.sh", f"{identifier}/other", identifier, f"./{upload}", f"{upload}/.."):
        assert requests.get(f"{nasty.url}/gradio_api/file={other}", timeout=5).status_code in (403, 404)


def test_a_link_in_the_folder_of_kept_files_is_not_followed(nasty: Served) -> None:
    folder = nasty.application.files.folder
    assert folder.stat().st_mode & 0o077 == 0
    (folder / "link").symlink_to("/etc/passwd")
    assert requests.get(f"{nasty.url}/gradio_api/file=link/passwd", timeout=5).status_code == 403
    (folder / "link").unlink()


def test_file_arguments_must_be_kept_files(nasty: Served) -> None:
    for path in ("/etc/passwd", "file:///etc/passwd", "http://127.0.0.1/x", "../x"):
        data = [{"path": path, "meta": {"_type": "gradio.FileData"}}]
        assert call(nasty, "shout", {"data": data}).status_code == 422
    assert call(nasty, "shout", {"data": ["/etc/passwd"]}).status_code == 422


def test_a_session_that_goes_away_is_forgotten(nasty: Served) -> None:
    body = {"fn_index": 0, "data": ["x"], "session_hash": "leaver"}
    requests.post(f"{nasty.url}/queue/join", json=body, timeout=5)
    with requests.get(f"{nasty.url}/queue/data?session_hash=leaver", stream=True, timeout=5) as response:
        started = time.monotonic()
        text = b"".join(response.iter_content(1))
    assert b"process_completed" in text and text.endswith(b'data: {"msg":"close_stream"}\n\n')
    assert time.monotonic() - started < 10
