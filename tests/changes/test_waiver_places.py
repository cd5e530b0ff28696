"""Waivers by place: one for a schema that many operations share, or for one field of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from apispec.changes import read_waivers
from apispec.cli import run
from apispec.errors import ConfigError


def document(kind: str) -> dict[str, Any]:
    owner = {"mail": {"type": kind}, "tags": {"type": "array", "items": {"type": kind}}}
    schemas = {
        "Pet": {"type": "object", "properties": {"owner": {"$ref": "#/components/schemas/Owner"}}},
        "Owner": {"type": "object", "properties": owner},
    }
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}
    operation = {"responses": {"200": {"description": "OK", "content": content}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "A", "version": "1"},
        "paths": {f"/{name}": {"get": operation} for name in "abcde"},
        "components": {"schemas": schemas},
    }


@pytest.mark.parametrize(
    ("about", "left"),
    [
        ('subject = "schema Owner"', 0), ('subject = "schema Owner.mail"', 1), ('subject = "schema Owner.tags[]"', 1),
        ('subject = "schema Owner.*"', 0), ('subject = "schema Pet"', 2), ('subject = "response 200, owner.mail"', 1),
        ('pointer = "/components/schemas/Owner"', 0), ('pointer = "two.json#/components/schemas/Owner/properties/mail"', 1),
        ('pointer = "/components/schemas/Own"', 2), ('pointer = "/components/schemas/*/properties/tags"', 1),
        ('subject = "GET /*"', 0), ('subject = "GET /a"', 2), ('subject = "GET /*"\npointer = "/components/schemas/Pet"', 2),
    ],
)  # fmt: skip
def test_what_a_waiver_covers(about: str, left: int, capsys: pytest.CaptureFixture[str]) -> None:
    for name, kind in (("one", "string"), ("two", "integer")):
        Path(f"{name}.json").write_text(json.dumps(document(kind)), encoding="utf-8")
    text = f'[[waiver]]\nkind = "response-*"\n{about}\nreason = "agreed"\nexpires = 2099-01-01\n'
    Path("w.toml").write_text(text.replace("\n", "\r\n"), encoding="utf-8")
    code = run(["diff", "one.json", "two.json", "--waivers", "w.toml", "--format", "json", "--no-config"])
    found = json.loads(capsys.readouterr().out)["findings"]
    assert (code, sum(one["severity"] == "breaking" for one in found)) == (int(left > 0), left)


def test_a_pointer_is_a_text() -> None:
    with pytest.raises(ConfigError, match="are texts"):
        read_waivers('[[waiver]]\nkind = "*"\npointer = 1\nreason = "r"\nexpires = 2099-01-01\n', "w.toml")
