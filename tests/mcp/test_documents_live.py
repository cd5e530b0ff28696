"""OpenAPI documents as they are served and proven: pages and tools here, calls at the document's server."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
import requests
from mcp import Client

from apispec.cli import run
from tests.mcp.test_proxy import ARGUMENTS, DOCUMENT
from tests.server.test_serve_command import serving
from tests.serving import until
from tests.snippets.echo import running


@pytest.fixture
def document() -> str:
    Path("things.yaml").write_text(json.dumps(DOCUMENT), encoding="utf-8")
    return "things.yaml"


def call(url: str, name: str, arguments: dict[str, Any]) -> Any:
    async def session() -> Any:
        async with Client(url) as client:
            return await client.call_tool(name, arguments)

    return asyncio.run(asyncio.wait_for(session(), 60))


@pytest.mark.slow
def test_pages_and_tools_of_a_document(document: str) -> None:
    with running() as echo:
        base = echo.base("ok", "served")
        with serving(document, "--port", "0", "--server", base, "--token-env", "THE_TOKEN") as process:
            url = process.url()
            assert until(lambda: f"docs at {url}/, MCP at {url}/mcp, calls go to {base}" in process.said, 20), (
                process.said
            )
            assert until(lambda: requests.get(f"{url}/", timeout=60).status_code == 200, 60)
            assert "Things" in requests.get(f"{url}/", timeout=60).text
            assert base in requests.get(f"{url}/llms.txt", timeout=60).text
            assert requests.get(f"{url}/openapi.json", timeout=60).json()["info"] == DOCUMENT["info"]
            assert requests.post(f"{url}/mcp", timeout=60).status_code == 401
            assert requests.get(f"{url}/nowhere", timeout=60).status_code == 404
            assert requests.post(f"{url}/things/1", timeout=60).status_code == 401
        assert process.process.returncode == 0
        with serving(document, "--port", "0", "--server", base, "--no-docs") as process:
            url = process.url()
            assert until(lambda: f"openapi.json at {url}/, MCP" in process.said, 60), process.said
            assert call(f"{url}/mcp", "change", ARGUMENTS).structured_content == {"answer": 42}
            assert echo.arrivals["served"].path == "/things/a%2Fb%20%C3%A9"
            assert "called at its own address" in requests.get(f"{url}/things/1", timeout=60).text


def test_without_an_address_there_are_pages_and_no_tools(document: str) -> None:
    with serving(document, "--port", "0", "--no-docs") as process:
        assert until(
            lambda: "no MCP tools (the document says no address to call, give --server URL)" in process.said, 20
        )
        url = process.url()
        assert until(lambda: requests.get(f"{url}/openapi.json", timeout=60).status_code == 200, 60)
        assert requests.post(f"{url}/mcp", timeout=60).status_code == 404


def test_tools_over_http(document: str) -> None:
    with running() as echo:
        options = ["--http", "--port", "0", "--server", echo.base("ok", "http")]
        with serving(document, *options, command="mcp") as process:
            url = process.url()
            assert call(f"{url}/mcp", "change", ARGUMENTS).structured_content == {"answer": 42}
            assert requests.get(f"{url}/openapi.json", timeout=60).status_code == 404
        assert process.process.returncode == 0, process.said


@pytest.mark.node
def test_a_document_is_proven_against_its_server(
    document: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("API_KEY", "k")
    with running() as echo:
        prove = ["prove", document, "--format", "json", "--endpoint", "change"]
        assert run([*prove, "--server", echo.base("ok", "prove")]) == 0
        results = json.loads(capsys.readouterr().out)["results"]
        assert [(r["protocol"], r["language"]) for r in results] == [
            ("http", "python"), ("http", "javascript"), ("http", "curl"), ("mcp", "tool"),
        ]  # fmt: skip
        assert run([*prove, "--url", echo.base("missing", "prove")]) == 1
        assert not any(r["passed"] for r in json.loads(capsys.readouterr().out)["results"])
    assert run(["prove", document]) == 0
    assert "proven against the description" in capsys.readouterr().out
