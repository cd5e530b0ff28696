"""Whatever a document calls its headers, parts and media types: one request is sent, and nothing of the reader's."""

from __future__ import annotations

import base64
import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from apispec.snippets import snippets
from apispec.sources import SourceOptions, find_source
from tests.snippets.echo import running
from tests.snippets.test_execution import RUNNERS

pytestmark = pytest.mark.node

SECRET = "the-readers-secret"
VALUES = [
    "a\r\nX-Evil: 1", "a\nX-Evil: 1", "@secret", "<secret", "a;headers=@secret", "=@secret", "a=@secret;b", "$(cat secret)",
    " a ", "\r", "-", "a\n\"b\"", "`cat secret`", "${HOME}", "!!", "%(x)s", "[1-3]", "{a,b}", "\\[", "'\"\\", "-K secret", "--config secret", "#", "a&b=c", "\u2028", "*",
]  # fmt: skip


def document(evil: str) -> dict[str, Any]:
    text = {"type": "string", "example": evil}
    parameters = [
        {"name": name, "in": place, "required": True, "schema": text}
        for place, name in [
            ("query", evil), ("query", "q"), ("header", "X-Q"), ("header", f"X{evil}"), ("cookie", "c"), ("cookie", f"c{evil}"),
            ("path", "p"),
        ]
    ]  # fmt: skip
    properties = {"plain": text, evil: text, f"f{evil}": {"type": "object", "example": {evil: evil}}}
    encoding = {f"f{evil}": {"contentType": f"application/json;{evil}"}, "plain": {"contentType": f"text/{evil}"}}
    kinds = {
        "json": {"application/json": {"schema": {"type": "object", "properties": properties, "required": list(properties)}}},
        "form": {"application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": properties}}},
        "parts": {
            "multipart/form-data": {
                "schema": {"type": "object", "properties": properties, "required": list(properties)},
                "encoding": encoding,
            }
        },
        "text": {f"text/plain;{evil}": {"schema": text}},
    }  # fmt: skip
    return {
        "openapi": "3.1.0",
        "info": {"title": evil, "version": "1"},
        "security": [{"a": [], "b": []}],
        "paths": {
            f"/{kind}/{{p}}": {
                "post": {
                    "operationId": kind,
                    "summary": evil,
                    "parameters": parameters,
                    "requestBody": {"required": True, "content": content},
                    "responses": {"204": {"description": evil}},
                }
            }
            for kind, content in kinds.items()
        },
        "components": {
            "securitySchemes": {
                "a": {"type": "http", "scheme": f"bearer{evil}"},
                "b": {"type": "apiKey", "in": "header", "name": f"X{evil}"},
            }
        },
    }


@pytest.mark.parametrize("runner", ["python", "javascript", "sh", "zsh"])
@pytest.mark.parametrize("number", range(0, len(VALUES), 2))
def test_one_request_and_nothing_of_the_readers(number: int, runner: str, tmp_path: Path) -> None:
    language, command = RUNNERS[runner]
    (tmp_path / "secret").write_text(SECRET)
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "LANG": "C.UTF-8",
        "no_proxy": "*",
        "API_A": "t",
        "API_B": "t",
    }
    for i in (number, number + 1):
        path = tmp_path / f"d{i}.json"
        path.write_text(json.dumps(document(VALUES[i])), encoding="utf-8")
        source = find_source(str(path))
        assert source is not None
        api = source.read(str(path), SourceOptions()).api
        with running() as server:
            for endpoint in api.endpoints[(i // 2) % 2 :: 2]:
                key = f"{i}-{endpoint.name}"
                [snippet] = snippets(api, endpoint, languages=[language], base_url=server.base("nothing", key))
                file = tmp_path / f"s.{snippet.language.extension}"
                file.write_bytes(snippet.text.encode())
                done = subprocess.run(
                    [*command, file.name], cwd=tmp_path, env=environment, capture_output=True, timeout=60
                )
                arrived = server.arrivals.get(key)
                assert arrived is not None, (snippet.text, done.stderr)
                seen = repr(arrived)
                assert SECRET not in seen
                assert base64.b64encode(SECRET.encode()).decode() not in seen
                assert "x-evil" not in arrived.headers
                assert ("q", VALUES[i].replace("\r\n", "\r\n")) in arrived.query
            assert len(server.arrivals) == len(api.endpoints[(i // 2) % 2 :: 2])
