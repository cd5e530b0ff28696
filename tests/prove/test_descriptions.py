"""Proofs of descriptions as they are found: what once failed though nothing was wrong with it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from apispec.cli import run


def document(paths: dict[str, Any]) -> str:
    info = {"title": "T", "version": "1"}
    raw = {"openapi": "3.1.0", "info": info, "servers": [{"url": "http://127.0.0.1:9"}], "paths": paths}
    Path("openapi.json").write_text(json.dumps(raw), encoding="utf-8")
    return "openapi.json"


def answer(schema: Any, **more: Any) -> dict[str, Any]:
    return {"200": {"description": "OK", "content": {"application/json": {"schema": schema, **more}}}}


OBJECT = {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}
CODING = {"name": "Accept-Encoding", "in": "header", "schema": {"enum": ["base64"]}}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    "paths",
    [
        {"/text": {"get": {"operationId": "text", "responses": answer(OBJECT, examples={"a": {"value": '{"n": 5}'}})}}},
        {"/like": {"get": {"operationId": "like", "responses": answer({"type": "string"}, example="{'n': 1}")}}},
        {"/coding": {"get": {"operationId": "coding", "parameters": [CODING], "responses": answer(OBJECT)}}},
        {"/errors": {"delete": {"operationId": "errors", "responses": {"400": {"description": "No."}}}}},
        {"/moved": {"get": {"operationId": "moved", "responses": {"301": {"description": "Moved."}}}}},
        {
            "/#T=A": {"post": {"operationId": "a", "parameters": [{"name": "T", "in": "header", "required": True, "schema": {"enum": ["A"]}}], "responses": answer(OBJECT)}},
            "/#T=B": {"post": {"operationId": "b", "parameters": [{"name": "T", "in": "header", "required": True, "schema": {"enum": ["B"]}}], "responses": answer(OBJECT)}},
        },
        {f"/many/{n}": {"get": {"operationId": f"many{n}", "responses": answer(OBJECT)}} for n in range(61)},
    ],
    ids=["a JSON text is JSON", "a text like a literal", "a client's own header", "errors alone", "a redirect", "one path", "many tools"],
)  # fmt: skip
def test_a_description_is_proven(paths: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    chosen = ["--endpoint", "many7"] if len(paths) > 60 else []
    status = run(["prove", document(paths), "--in", "python", *chosen])
    assert status == 0, capsys.readouterr().out
