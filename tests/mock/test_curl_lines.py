"""cURL lines as people type them and as browsers, chats and handbooks give them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from apispec.documents import from_data
from apispec.errors import UsageError
from apispec.mock import recognized
from apispec.sources.openapi import read

JSON = "application/json"
TEXT = {"type": "string"}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Pets", "version": "1"},
    "servers": [{"url": "https://api.example.com/v1"}],
    "paths": {
        "/pets": {
            "get": {
                "operationId": "list",
                "parameters": [
                    {"name": "q", "in": "query", "schema": TEXT},
                    {"name": "limit", "in": "query", "schema": {"type": "integer"}},
                    {"name": "X-Trace", "in": "header", "schema": TEXT},
                    {"name": "seen", "in": "cookie", "schema": TEXT},
                ],
                "responses": {"200": {"description": ""}},
            },
            "post": {
                "operationId": "create",
                "requestBody": {"content": {JSON: {"schema": {"type": "object", "example": {"name": "sample"}}}}},
                "responses": {"200": {"description": ""}},
            },
        },
        "/pets/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": TEXT}],
            "get": {"operationId": "get", "responses": {"200": {"description": ""}}},
            "head": {"operationId": "look", "responses": {"200": {"description": ""}}},
            "put": {
                "operationId": "put",
                "requestBody": {"content": {"text/plain": {"schema": TEXT}}},
                "responses": {"200": {"description": ""}},
            },
        },
        "/form": {
            "post": {
                "operationId": "form",
                "requestBody": {
                    "content": {
                        "application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": {"a": TEXT, "b": TEXT}}}
                    }
                },
                "responses": {"200": {"description": ""}},
            }
        },
        "/upload": {
            "post": {
                "operationId": "upload",
                "requestBody": {
                    "content": {"multipart/form-data": {"schema": {"type": "object", "properties": {"note": TEXT, "meta": TEXT}}}}
                },
                "responses": {"200": {"description": ""}},
            }
        },
    },
}  # fmt: skip
API = read(from_data(DOCUMENT, "pets.json")).api
URL = "https://api.example.com/v1"
BODY = {"name": 'it\'s "é" $HOME'}


@pytest.mark.parametrize(
    ("line", "name", "arguments"),
    [
        # options
        (f"curl -sSfL {URL}/pets", "list", {}),
        (f"curl -sSLXPOST {URL}/pets -d '{{}}'", "create", {"body": {}}),
        (f"curl -skX post -H'Content-Type: application/json' -d'{{\"a\":1}}' {URL}/pets", "create", {"body": {"a": 1}}),
        (f"curl --json '{{\"a\":1}}' {URL}/pets", "create", {"body": {"a": 1}}),
        (f"curl --json '{{\"a\":' --json '1}}' {URL}/pets", "create", {"body": {"a": 1}}),
        (f"curl {URL}/pets -d '{{\"a\":1}}'", "create", {"body": {"a": 1}}),
        (f"curl --tlsv1.2 --http2-prior-knowledge --no-keepalive --compressed {URL}/pets", "list", {}),
        (f"curl --max-time 5 --retry=3 -x http://proxy:1 -A 'me/1' -e x -w '%{{http_code}}' -o out.json {URL}/pets", "list", {}),
        (f"curl -u ada:secret --oauth2-bearer t --cacert ca.pem {URL}/pets/7", "get", {"id": "7"}),
        (f"curl -I {URL}/pets/7", "look", {"id": "7"}),
        (f"curl --url {URL}/pets/7", "get", {"id": "7"}),
        ("curl api.example.com/v1/pets/7", "get", {"id": "7"}),
        (f"curl '{URL}/pets/a%20b'", "get", {"id": "a b"}),
        (f"curl '{URL}/pets/é'", "get", {"id": "é"}),
        (f"curl -T note.txt {URL}/pets/7", "put", {"id": "7", "body": ...}),
        (f"curl {URL}/pets/7 --next {URL}/pets", "get", {"id": "7"}),
        # queries
        (f"curl -G {URL}/pets -d q=a -d limit=5", "list", {"q": "a", "limit": 5}),
        (f"curl -G {URL}/pets --data-urlencode 'q=a b&c' --data-urlencode limit=5", "list", {"q": "a b&c", "limit": 5}),
        (f"curl -sG --url-query 'q=é' '{URL}/pets?limit=5'", "list", {"q": "é", "limit": 5}),
        (f"curl {URL}/pets?q=a&limit=5", "list", {"q": "a", "limit": 5}),
        (f'curl "{URL}/pets?q=a b&limit=5"', "list", {"q": "a b", "limit": 5}),
        # headers and cookies
        (f"curl -H 'X-Trace: a:b' -H 'Accept:' -b 'seen=1; other=2' {URL}/pets", "list", {"X-Trace": "a:b", "seen": "1"}),
        (f"curl -b cookies.txt -c cookies.txt {URL}/pets", "list", {}),
        (f'curl -H "Authorization: Bearer $TOKEN" {URL}/pets/$ID', "get", {"id": "$ID"}),
        (f'curl -H "X-Trace: $(uuidgen)" {URL}/pets', "list", {"X-Trace": "$(uuidgen)"}),
        # forms
        (f"curl {URL}/form -d a=1 -d 'b=x y'", "form", {"body": {"a": "1", "b": "x y"}}),
        (f"curl {URL}/form --data-urlencode 'a=1&2' --data-urlencode b@missing.txt", "form", {"body": ...}),
        (f"curl {URL}/upload -F note=hello -F 'meta={{\"a\":1}};type=application/json'", "upload", {"body": {"note": "hello", "meta": '{"a":1}'}}),
        (f"curl {URL}/upload --form-string 'note=@x;y' -F 'meta=\"a;type=b\"'", "upload", {"body": {"note": "@x;y", "meta": "a;type=b"}}),
        # files
        (f"curl {URL}/pets -H 'Content-Type: application/json' -d @here.json", "create", {"body": {"from": "file"}}),
        (f"curl {URL}/pets -H 'Content-Type: application/json' --data-binary @missing.json", "create", {"body": {"name": "sample"}}),
        (f"curl {URL}/pets --json @- <<'EOF'\n{{\n  \"a\": \"it's\"\n}}\nEOF", "create", {"body": {"a": "it's"}}),
        # what stands around
        (f"$ curl {URL}/pets", "list", {}),
        (f"sudo /usr/bin/curl {URL}/pets | jq '.[0]'", "list", {}),
        (f"TOKEN=abc curl {URL}/pets > out.json 2>/dev/null", "list", {}),
        (f"TOKEN=abc; curl -s {URL}/pets 2>&1 && echo done", "list", {}),
        (f"RESULT=$(curl -s '{URL}/pets')", "list", {}),
        (f"curl {URL}/pets;  curl {URL}/form", "list", {}),
        (f"curl “{URL}/pets?q=a”", "list", {"q": "a"}),
        # lines
        (f"curl -X POST \\\n  {URL}/pets \\\n  -H 'Content-Type: application/json' \\\n  -d '{{\n  \"a\": 1\n}}'", "create", {"body": {"a": 1}}),
        (f"curl -X POST \\\r\n  {URL}/pets \\\r\n  --json '{{}}'", "create", {"body": {}}),
        (f"curl -X POST {URL}/pets\n  --json '{{}}'\n  -s", "create", {"body": {}}),
        (f"curl {URL}/pets \\ \n  -s", "list", {}),
        # quotation
        (f"curl {URL}/pets --json '{{\"name\": \"it'\\''s \\\"é\\\" $HOME\"}}'", "create", {"body": BODY}),
        (f"curl {URL}/pets --json $'{{\"name\": \"it\\'s \\\\\"\\u00e9\\\\\" $HOME\"}}'", "create", {"body": BODY}),
        (f'curl {URL}/pets --json "{{\\"name\\": \\"it\'s \\\\\\"é\\\\\\" \\$HOME\\"}}"', "create", {"body": BODY}),
        (f"curl {URL}/pets/a\\ b", "get", {"id": "a b"}),
        # Windows: as Chrome and Firefox copy for cmd, before and after 2023, and PowerShell
        (f'curl "{URL}/pets" ^\n  -H "accept: */*" ^\n  -H "content-type: application/json" ^\n  --data-raw "{{\\"name\\":\\"a\\"}}"', "create", {"body": {"name": "a"}}),
        (f'curl ^"{URL}/pets^" ^\r\n  -H ^"content-type: application/json^" ^\r\n  --data-raw ^"^{{^\\^"name^\\^":^\\^"a ^& b^\\^"^}}^"', "create", {"body": {"name": "a & b"}}),
        (f'curl.exe ^"{URL}/pets?q=a^&limit=5^"', "list", {"q": "a", "limit": 5}),
        (f"curl.exe `\n  -X POST '{URL}/pets' `\n  --json '{{\"name\": \"it''s\"}}'", "create", {"body": {"name": "it's"}}),
        (f'C:\\Windows\\System32\\curl.exe -X POST "{URL}/pets" ^\n --json "{{""a"":1}}"', "create", {"body": {"a": 1}}),
    ],
)  # fmt: skip
def test_a_line_is_read(
    line: str, name: str, arguments: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("here.json").write_text('{"from":\n "file"}', encoding="utf-8")
    call = recognized(line, API)
    assert call.endpoint.name == name
    assert call.arguments.keys() == arguments.keys()
    assert {n: v for n, v in call.arguments.items() if arguments[n] is not ...} == {
        n: v for n, v in arguments.items() if v is not ...
    }
    assert call.base_url.endswith("api.example.com/v1")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "no cURL line"),
        ("wget https://api.example.com/v1/pets", "no cURL line"),
        ('Invoke-WebRequest -Uri "https://api.example.com/v1/pets"', "no cURL line"),
        ("curl", "names no URL"),
        ("curl -X", "needs a value"),
        (f"curl '{URL}/pets", "does not end"),
        (f"curl {URL}/pets --json $'x", "does not end"),
        (f"curl --strange {URL}/pets", "'--strange' of cURL is not known"),
        (f"curl -s~ {URL}/pets", "'-s~' of cURL is not known"),
        (f"curl -X DELETE {URL}/pets", "calls no endpoint"),
        (f"curl {URL}/pets -H 'Content-Type: text/csv' -d a", "calls create, but not as it is described"),
        ("curl http://[::1/pets", "no address"),
        ("curl https://api.example.com:port/v1/pets", "list"),
    ],
)  # fmt: skip
def test_a_line_that_is_none_is_refused(line: str, words: str) -> None:
    if words == "list":
        assert recognized(line, API).endpoint.name == "list"
        return
    with pytest.raises(UsageError) as caught:
        recognized(line, API)
    assert words in str(caught.value)
