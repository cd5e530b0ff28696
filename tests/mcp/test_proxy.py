"""Tools of an OpenAPI document: what arrives at a real server, and what comes back, with the official client."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from apispec.mcp_server.proxy import ProxyServer
from apispec.sources import read_document
from tests.snippets.echo import running

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Things", "version": "1"},
    "components": {"securitySchemes": {"key": {"type": "apiKey", "in": "query", "name": "k"}}},
    "paths": {
        "/things/{id}": {
            "put": {
                "operationId": "change",
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
                    {"name": "id", "in": "query", "schema": {"type": "array", "items": {"type": "integer"}}},
                ],
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {"schema": {"type": "object", "properties": {"id": {"type": "boolean"}}}}
                    },
                },
                "responses": {
                    "200": {
                        "description": "The answer.",
                        "content": {
                            "application/json": {
                                "schema": {
                                    "type": "object",
                                    "properties": {"answer": {"type": "integer"}},
                                    "required": ["answer"],
                                }
                            }
                        },
                    }
                },
            }
        },
        "/locked": {"get": {"operationId": "locked", "security": [{"key": []}], "responses": {"200": {"description": ""}}}},
    },
}  # fmt: skip


@pytest.fixture
def document(tmp_path: Path) -> Path:
    file = tmp_path / "things.json"
    file.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    return file


def call(target: Any, name: str, arguments: dict[str, Any]) -> Any:
    async def session() -> Any:
        async with Client(target) as client:
            return await client.call_tool(name, arguments)

    return asyncio.run(asyncio.wait_for(session(), 60))


ARGUMENTS = {"id": "a/b é", "query_id": [1, 2], "body_id": True}


def test_every_argument_arrives_in_its_place(document: Path) -> None:
    api = read_document(str(document)).api
    with running() as echo:
        result = call(ProxyServer(api, echo.base("ok", "one")).server, "change", ARGUMENTS)
        assert result.structured_content == {"answer": 42}
        arrival = echo.arrivals["one"]
    assert (arrival.method, arrival.path) == ("PUT", "/things/a%2Fb%20%C3%A9")
    assert arrival.query == [("id", "1"), ("id", "2")]
    assert arrival.body == {"id": True}


def test_errors_are_error_results(document: Path) -> None:
    api = read_document(str(document)).api
    with running() as echo:
        missing = call(ProxyServer(api, echo.base("missing", "two")).server, "change", ARGUMENTS)
        assert missing.is_error and missing.content[0].text == '404: {"title": "not here"}'
        text = call(ProxyServer(api, echo.base("text", "three")).server, "change", ARGUMENTS)
        assert not text.is_error and text.content[0].text == "grüß dich"
        assert "The call succeeded" in text.content[1].text and "not the documented JSON" in text.content[1].text
        outside = call(ProxyServer(api, echo.base("ok", "four")).server, "change", {**ARGUMENTS, "id": ".."})
        assert outside.is_error and "four" not in echo.arrivals


def test_a_credential_is_sent_and_never_shown(document: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    api = read_document(str(document)).api
    with running() as echo:
        server = ProxyServer(api, echo.base("ok", "five")).server
        monkeypatch.delenv("KEY", raising=False)
        refused = call(server, "locked", {})
        assert refused.is_error and "KEY" in refused.content[0].text and "five" not in echo.arrivals
        monkeypatch.setenv("API_KEY", "answer")
        result = call(server, "locked", {})
        assert echo.arrivals["five"].query == [("k", "answer")]
        assert not result.is_error and result.content[0].text == '{"answer": 42}', "too plain a secret to be one"


def test_over_stdio(document: Path) -> None:
    with running() as echo:
        arguments = ["-m", "apispec", "mcp", str(document), "--quiet", "--server", echo.base("ok", "six")]
        parameters = StdioServerParameters(command=sys.executable, args=arguments, cwd=document.parent)
        assert call(stdio_client(parameters), "change", ARGUMENTS).structured_content == {"answer": 42}


def test_calls_go_to_the_servers_of_their_operations(document: Path) -> None:
    with running() as echo:
        item = DOCUMENT["paths"]["/things/{id}"]
        put = item["put"]
        paths = {
            "/a/{id}": {"put": put},
            "/b/{id}": {"servers": [{"url": "files"}], "put": {**put, "operationId": "under"}},
            "/c/{id}": {"put": {**put, "operationId": "own", "servers": [{"url": echo.base("ok", "elsewhere")}]}},
        }
        document.write_text(json.dumps({**DOCUMENT, "paths": paths, "servers": [{"url": echo.base("ok", "main")}]}))
        server = ProxyServer(read_document(str(document)).api).server
        for name, key, path in (
            ("change", "main", "/a/1"),
            ("under", "main", "/files/b/1"),
            ("own", "elsewhere", "/c/1"),
        ):
            assert not call(server, name, {"id": "1"}).is_error
            assert echo.arrivals.pop(key).path == path
        everywhere = ProxyServer(read_document(str(document)).api, echo.base("ok", "given")).server
        for name, path in (("change", "/a/1"), ("under", "/files/b/1"), ("own", "/c/1")):
            assert not call(everywhere, name, {"id": "1"}).is_error
            assert echo.arrivals.pop("given").path == path
        document.write_text(json.dumps({**DOCUMENT, "paths": paths}))
        lost = ProxyServer(read_document(str(document)).api).server
        assert not call(lost, "own", {"id": "1"}).is_error
        refused = call(lost, "under", {"id": "1"})
        assert refused.is_error and "--server URL" in refused.content[0].text
