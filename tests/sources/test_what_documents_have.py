"""Pages show what documents have beside plain operations, as text; what cannot be read is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from apispec.errors import DocumentError
from apispec.rendering import pages
from apispec.sources import read_document

ANSWER = {"200": {"description": "Taken."}}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.2.0",
    "info": {"title": "Orders", "version": "1"},
    "servers": [{"url": "https://{region}.example.com", "variables": {"region": {"default": "eu", "enum": ["eu", "us"], "description": "<b>Where"}}}],
    "paths": {
        "/orders": {
            "post": {
                "operationId": "order",
                "parameters": [{"name": "all", "in": "querystring", "content": {"application/x-www-form-urlencoded": {}}}],
                "security": [{"oauth": ["read", "write"]}],
                "responses": {"200": {"description": "Ordered.", "links": {"again": {"operationId": "order", "description": "<b>Once more"}}}},
                "callbacks": {"shipped": {"{$request.body#/url}": {"post": {"summary": "It <b>left", "responses": ANSWER}}}},
            }
        }
    },
    "webhooks": {"<b>refund": {"post": {"summary": "Money is back", "responses": ANSWER}}},
    "components": {
        "securitySchemes": {
            "oauth": {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://a.example/token", "scopes": {"read": "<b>Look", "write": "Change"}}}}
        }
    },
}  # fmt: skip


def read(folder: Path, document: dict[str, Any]) -> Any:
    file = folder / "openapi.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return read_document(str(file))


def test_pages_show_all_of_it_as_text(tmp_path: Path) -> None:
    found = read(tmp_path, DOCUMENT)
    made = {path: str(text) for path, text in pages.render(found.api).items() if path.endswith(".md")}
    reference, overview, webhooks = made["reference/index.md"], made["index.md"], made["webhooks/index.md"]
    assert "oauth (read, write)" in reference
    assert '<p class="api-limits">Then <a href="#order">again</a>: &lt;b&gt;Once more</p>' in reference
    assert 'data-callback="' in reference
    assert "It &lt;b&gt;left" in reference
    assert "region: eu or us (&lt;b&gt;Where)" in overview
    assert "<code>read</code> &lt;b&gt;Look" in overview
    assert "Money is back" in webhooks
    assert 'data-webhook="&lt;b&gt;refund"' in webhooks
    assert not [path for path, text in made.items() if "<b>" in text]


def test_a_whole_query_is_a_finding_with_its_place(tmp_path: Path) -> None:
    (finding,) = [f for f in read(tmp_path, DOCUMENT).findings if f.rule == "whole-query-parameter"]
    assert finding.location.pointer == "/paths/~1orders/post"


def test_swagger_1_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"Swagger 1\.2 cannot be read"):
        read(tmp_path, {"swagger": "1.2"})
