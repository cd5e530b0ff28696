"""What Gradio takes although the hint forbids it, and what MCP makes of a result that its hint forbids."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
import requests
from gradio_client import Client, handle_file
from mcp import Client as McpClient

from apispec import App, File
from apispec.runtime import fetching, file_argument, fitted
from tests.serving import Served, served

app = App(title="Loose")


@app.endpoint
def add_and_slice(a: int, b: int, c: list[str]) -> tuple[int, str]:
    """Add, and slice; the second part is a list whatever the hint says."""
    return a + b, c[a:b]  # type: ignore[return-value] # that is the point


@app.endpoint
def told(flag: str, nested: dict[str, list[str]], ratio: float = 0.5) -> str:
    """Say what came."""
    return f"{flag!r} {nested!r} {ratio!r}"


@app.endpoint
def size(file: File) -> int:
    """Count bytes."""
    return len(file.read())


@pytest.fixture(scope="module")
def running() -> Iterator[Served]:
    with served(app) as server:
        yield server


NUMBERS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]


def test_numbers_for_text_and_a_list_for_text_as_on_gradio(running: Served) -> None:
    client = Client(running.url, verbose=False)
    assert client.predict(a=3, b=5, c=NUMBERS, api_name="/add_and_slice") == (8, ["4", "5"])
    assert client.predict(1, {"a": [1, 2.5]}, "0.25", api_name="/told") == "'1' {'a': ['1', '2.5']} 0.25"
    body = {"data": ["3", 5, NUMBERS]}
    answer = requests.post(f"{running.url}/gradio_api/run/add_and_slice", json=body, timeout=5)
    assert answer.json()["data"] == [8, ["4", "5"]]
    for wrong in ({"data": ["three", 5, []]}, {"data": [3, 5, "abc"]}):
        assert requests.post(f"{running.url}/gradio_api/call/add_and_slice", json=wrong, timeout=5).status_code == 422


def test_the_http_protocol_stays_strict(running: Served) -> None:
    wrong = requests.post(f"{running.url}/add_and_slice", json={"a": 3, "b": 5, "c": NUMBERS}, timeout=5)
    assert wrong.status_code == 422 and wrong.json()["errors"][0]["pointer"] == "/c/0"
    right = {"a": 3, "b": 5, "c": [str(n) for n in NUMBERS]}
    assert requests.post(f"{running.url}/add_and_slice", json=right, timeout=5).status_code == 500


def test_mcp_answers_with_the_nearest_that_fits(running: Served) -> None:
    async def ask() -> None:
        async with McpClient(f"{running.url}/mcp") as client:
            result = await client.call_tool("add_and_slice", {"a": 3, "b": 5, "c": [str(n) for n in NUMBERS]})
            assert not result.is_error and result.structured_content == {"result": [8, '["4", "5"]']}
            result = await client.call_tool("add_and_slice", {"a": 3, "b": 5, "c": NUMBERS})
            assert not result.is_error and result.structured_content == {"result": [8, '["4", "5"]']}
            assert (await client.call_tool("add_and_slice", {"a": "three", "b": 5, "c": []})).is_error

    asyncio.run(ask())


def test_a_file_by_its_public_address(running: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    data = {"path": None, "url": "http://files.example/x", "meta": {"_type": "gradio.FileData"}}
    url = f"{running.url}/gradio_api/run/size"
    monkeypatch.setattr("apispec.server.gradio.file_argument", lambda url, most: File.from_bytes(url.encode()))
    assert requests.post(url, json={"data": [data]}, timeout=5).json()["data"] == [len("http://files.example/x")]
    monkeypatch.undo()
    assert file_argument is fetching.file_argument
    refused = requests.post(url, json={"data": [{**data, "url": f"{running.url}/openapi.json"}]}, timeout=5)
    assert refused.status_code == 422 and "only public addresses" in refused.text
    kept = requests.post(f"{running.url}/gradio_api/upload", files={"files": b"12345"}, timeout=5).json()[0]
    own = {**data, "url": f"{running.url}/gradio_api/file={kept}"}
    assert requests.post(url, json={"data": [own]}, timeout=5).json()["data"] == [5]
    client = Client(running.url, verbose=False)
    assert client.predict(file=handle_file(own["url"]), api_name="/size") == 5


@pytest.mark.parametrize(
    "value, schema, made",
    [
        (1, {"type": "string"}, "1"),
        (True, {"type": "string"}, "True"),
        ("1_0", {"type": "integer"}, "1_0"),
        ("nan", {"type": "number"}, "nan"),
        ("2.5", {"type": "integer"}, "2.5"),
        (None, {"type": "string"}, None),
        ([1, "a"], {"type": "array", "prefixItems": [{"type": "string"}, {"type": "string"}]}, ["1", "a"]),
        (1, {"anyOf": [{"type": "null"}, {"type": "string"}]}, "1"),
        (1, {"anyOf": [{"type": "integer"}, {"type": "string"}]}, 1),
        ([1], {"type": "string"}, [1]),
        ({"a": 1}, {"$ref": "#/components/schemas/A"}, {"a": "1"}),
    ],
)
def test_what_is_near(value: object, schema: dict[str, object], made: object) -> None:
    schemas = {"A": {"type": "object", "properties": {"a": {"type": "string"}}}}
    assert fitted(value, schema, schemas, read=True) == made
