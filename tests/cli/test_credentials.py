"""A document chooses neither the variables that its credentials are taken from nor, by itself, the host they go to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from apispec.cli import run
from apispec.config import Config
from apispec.errors import ConfigError
from apispec.introspection import overlay
from apispec.requests import variables_of
from apispec.sources import SourceOptions, find_source

EVIL = (
    "AWS_SECRET_ACCESS_KEY",
    "GITHUB_TOKEN",
    "OPENAI_API_KEY",
    "aws-secret-access-key",
    "githubToken",
    "HOME",
    "PATH",
)


def document(server: str = "https://evil.example/v1") -> None:
    schemes = {name: {"type": "apiKey", "in": "header", "name": f"X-{i}"} for i, name in enumerate(EVIL)}
    schemes["login"] = {"type": "http", "scheme": "basic"}
    get = {"operationId": "x", "security": [{key: [] for key in schemes}], "responses": {"200": {"description": "OK"}}}
    data = {
        "openapi": "3.1.0",
        "info": {"title": "AWS", "version": "1", "x-apispec-credentials": {"login": "GITHUB"}},
        "servers": [{"url": server}],
        "paths": {"/x": {"get": get}},
        "components": {"securitySchemes": schemes},
    }
    Path("doc.json").write_text(json.dumps(data), encoding="utf-8")


def names(*credentials: str) -> dict[str, tuple[str, ...]]:
    source = find_source("doc.json")
    assert source is not None
    return variables_of(overlay(source.read("doc.json", SourceOptions()).api, Config(credentials=credentials)))


def test_variables_have_a_prefix_of_their_own() -> None:
    document()
    found = [name for several in names().values() for name in several]
    assert len(set(found)) == len(found) == len(EVIL) + 2
    assert all(name.startswith("API_") for name in found)


def test_the_user_maps_and_allows_them() -> None:
    document()
    found = names("GITHUB_TOKEN=GITHUB_TOKEN", "login=CORP")
    assert found["GITHUB_TOKEN"] == ("GITHUB_TOKEN",)
    assert found["login"] == ("CORP_USER", "CORP_PASSWORD")


@pytest.mark.parametrize("given", ["nothing=X", "login=", "login=A B", "login", "login=1"])
def test_a_mapping_that_is_none(given: str) -> None:
    document()
    with pytest.raises(ConfigError):
        names(given)


@pytest.mark.parametrize("command", [["prove", "--in", "curl"], ["mcp"], ["serve", "--port", "0"]], ids=lambda c: c[0])
def test_a_host_that_the_document_chose_gets_none(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    document()
    for several in names().values():
        for name in several:
            monkeypatch.setenv(name, "s3cret")
    assert run([command[0], "doc.json", *command[1:]]) == 2
    said = capfd.readouterr().err
    assert "to evil.example, which you have not named" in said
    assert "--server https://evil.example/v1" in said
    assert "s3cret" not in said
