"""`apispec snippet`: one call in any language, and cURL lines read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from apispec.cli import run
from apispec.mock import recognized
from apispec.snippets import snippets
from tests.mock.test_mock import API, DOCUMENT


@pytest.fixture(autouse=True)
def document() -> None:
    Path("pets.json").write_text(json.dumps(DOCUMENT), encoding="utf-8")


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(["snippet", "pets.json", *arguments]) == 0
    return capsys.readouterr().out


def test_a_call_in_a_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert "requests.get(" in printed(capsys, "get", "id=7") and "/pets/7" in printed(capsys, "get", "id=7")
    assert "http.NewRequest" in printed(capsys, "GET /pets/{id}", "id=7", "-l", "go")
    assert "limit=5&tags=aa,bb" in printed(capsys, "list", "limit=5", 'tags=["aa", "bb"]', "-l", "cURL")
    listed = printed(capsys, "get", "--list")
    assert "ruby" in listed and "C#" in listed


def test_mistakes_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, words in (
        ([], "no endpoint is named"),
        (["gett"], "did you mean get"),
        (["get", "idd=1"], "it has id"),
        (["get", "id"], "is no NAME=VALUE"),
        (["get", "-l", "cobol"], "there is no language"),
        (["--from-curl", "wget x"], "no cURL line"),
        (["--from-curl", "curl https://pets.example.com/nowhere"], "calls no endpoint"),
        (["--from-curl", "curl --strange x https://a.b/pets -Z"], "not known here"),
    ):
        assert run(["snippet", "pets.json", *arguments]) == 2
        assert words in capsys.readouterr().err


def test_a_curl_line_in_another_language(capsys: pytest.CaptureFixture[str]) -> None:
    line = """curl -sS -X POST 'https://pets.example.com/v1/pets' -H 'Content-Type: application/json' -d '{"name": "Rex"}'"""
    text = printed(capsys, "--from-curl", line, "-l", "ruby")
    assert '"https://pets.example.com/v1/pets"' in text and "Rex" in text


@pytest.mark.parametrize("name", ["list", "create", "get", "change", "remove", "form"])
def test_our_own_curl_snippets_are_read_back(name: str) -> None:
    endpoint = next(e for e in API.endpoints if e.name == name)
    [snippet] = snippets(API, endpoint, languages=["curl"], base_url="https://pets.example.com/v1")
    call = recognized(snippet.text, API)
    assert call.endpoint.name == name and call.base_url == "https://pets.example.com/v1"
    [again] = snippets(API, call.endpoint, arguments=call.arguments, languages=["curl"], base_url=call.base_url)
    assert again.text == snippet.text
