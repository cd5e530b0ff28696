"""A document takes in objects of OpenAPI from files of its project, and nothing else of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from apispec.cli import run
from apispec.documents import load

SECRET = "hunter2"


def document(reference: str, place: str = "schema") -> dict[str, Any]:
    ref = {"$ref": reference}
    response: dict[str, Any] = {"description": "OK", "content": {"application/json": {"schema": {}}}}
    get: dict[str, Any] = {"operationId": "x", "responses": {"200": response}}
    if place == "schema":
        response["content"]["application/json"]["schema"] = ref
    elif place == "parameter":
        get["parameters"] = [ref]
    elif place == "response":
        get["responses"]["200"] = ref
    elif place == "example":
        response["content"]["application/json"]["examples"] = {"a": ref}
    item: Any = ref if place == "path-item" else {"get": get}
    return {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {"/x": item}}


@pytest.fixture(autouse=True)
def _files() -> None:
    Path("api/.hidden").mkdir(parents=True)
    Path("api/.env").write_text(f"PASSWORD={SECRET}\n")
    Path(".env").write_text(f"PASSWORD: {SECRET}\n")
    Path("api/.hidden/schema.yaml").write_text(f"type: string\ndefault: {SECRET}\n")
    Path("api/settings.yaml").write_text(f"database:\n  password: {SECRET}\nlist: [{SECRET}]\n")
    Path("api/settings.json").write_text(json.dumps({"password": SECRET, "a": {"password": SECRET}}))
    Path("api/plain.txt").write_text(SECRET)
    Path("api/link.yaml").symlink_to(Path(".env").resolve())
    Path("api/away.yaml").symlink_to("/etc/hostname")
    Path("api/models.yaml").write_text(
        f"Pet: {{type: object}}\nOther: {{type: string, default: {SECRET}}}\nkey: {SECRET}\n"
    )


@pytest.mark.parametrize("place", ["schema", "parameter", "response", "example", "path-item"])
@pytest.mark.parametrize(
    "reference",
    [
        ".env", "../.env", "./.env#/PASSWORD", ".hidden/schema.yaml", "settings.yaml", "settings.yaml#/database",
        "settings.yaml#/list", "settings.json#/a", "plain.txt", "link.yaml", "away.yaml", "/etc/hostname", "file:///etc/passwd",
        "settings.yaml#/database/password", "a\u0000b.yaml", "..", ".", "x" * 5000, "%2e%65nv",
    ],
)  # fmt: skip
def test_nothing_else_is_taken_in(reference: str, place: str) -> None:
    Path("api/openapi.json").write_text(json.dumps(document(reference, place)))
    read = load("api/openapi.json")
    assert SECRET not in json.dumps(read.data)
    assert "unreadable-reference" in {finding.rule for finding in read.findings}


@pytest.mark.parametrize("folder", [".", "api"])
def test_no_more_of_a_file_than_is_referred_to(folder: str, capfd: pytest.CaptureFixture[str]) -> None:
    Path("api/openapi.json").write_text(json.dumps(document("models.yaml#/Pet")))
    assert run(["spec", "api/openapi.json"]) == 0
    said = capfd.readouterr()
    assert SECRET not in said.out + said.err
    assert not load("api/openapi.json").findings


def test_a_document_may_itself_be_hidden() -> None:
    Path(".spec").mkdir()
    Path(".spec/models.yaml").write_text("Pet: {type: object}\n")
    Path(".spec/openapi.json").write_text(json.dumps(document("models.yaml#/Pet")))
    assert not load(".spec/openapi.json").findings
