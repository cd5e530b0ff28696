"""Texts that would end a literal, or be an option of a command, are written so that they do not, or are not sent."""

from __future__ import annotations

import json
import subprocess
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from apispec.literals import Env, EnvText
from apispec.snippets import snippets, table
from apispec.snippets.tables import notation
from apispec.sources import read_document
from apispec.templating import templates_dir
from tests.snippets.echo import running
from tests.snippets.runners import execute

ENDS = [
    '"', '""', '"""', "'", "'''", "`", "\\", "$", '"#', "#", '"##', ")---", ')---"', ")", "*/", "#{", "${", "<<E", "\u2028", "/", " ", "a",
]  # fmt: skip
TABLES = sorted(path.stem for path in (templates_dir() / "languages").glob("*.toml"))
OPTIONS = ["-", "-o", "--output", "--output=stolen", "--session", "--proxy", "--raw"]


def test_nothing_but_our_own_mark_is_replaced_in_json() -> None:
    """Where a variable of the script belongs is marked in its JSON, and a value may look like that mark."""
    texts = ["\x000\0", "\x000.0\0", "\x001.0\0", "\\u00000.0\0", "\\u00001.0\\u0000"]
    made = notation("shell").encoder("json")({"hash": EnvText((Env("SESSION"),)), "data": texts}, 0, 0)
    assert made.count("$SESSION") == 1
    said = subprocess.run(["bash", "-c", f"printf %s {made}"], env={"SESSION": "abc"}, capture_output=True, check=True)
    assert json.loads(said.stdout) == {"hash": "abc", "data": texts}


@pytest.mark.parametrize("name", [name for name in TABLES if "block" in table(name)])
def test_a_long_text_ends_where_its_notation_does(name: str) -> None:
    """However its last characters and the marks of the notation go together."""
    block = table(name)["block"]
    letters = sorted(block.get("letters", {}).values(), key=len, reverse=True)
    written = 0
    for before, after in product(ENDS, ENDS):
        text = f"a 'b' \\ \"c\"\n{before}{after}" if letters else f"a\n{before}{after}"
        made = notation(name).block(text)
        if made == notation(name).string(text):
            continue
        written += 1
        at = len(block["open"])
        assert made.startswith(block["open"])
        while not made.startswith(block["close"], at) or any(made.startswith(one, at) for one in letters):
            at += next((len(one) for one in letters if made.startswith(one, at)), 1)
        assert at + len(block["close"]) == len(made), (text, made)
    assert written > len(ENDS)


def described(name: str) -> dict[str, Any]:
    """Every place of a request in which a name stands."""
    text = {"type": "string", "example": name}
    places = ("query", "header", "cookie")
    bodies = {
        "form": {"application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": {name: text}}}},
        "parts": {"multipart/form-data": {"schema": {"type": "object", "properties": {name: text}}}},
        "file": {"multipart/form-data": {"schema": {"type": "object", "properties": {name: {"type": "string", "format": "binary"}}}}},
        "text": {"text/plain": {"schema": text}},
    }  # fmt: skip
    paths: dict[str, Any] = {
        f"/{place}": {
            "get": {
                "operationId": place,
                "parameters": [{"name": name, "in": place, "required": True, "schema": text}],
                "responses": {"204": {"description": "D"}},
            }
        }
        for place in places
    }
    for kind, content in bodies.items():
        body = {"required": True, "content": content}
        paths[f"/{kind}"] = {
            "post": {"operationId": kind, "requestBody": body, "responses": {"204": {"description": "D"}}}
        }
    return {"openapi": "3.1.0", "info": {"title": "A", "version": "1"}, "paths": paths}


@pytest.mark.node
@pytest.mark.parametrize("language", ["curl", "httpie", "wget"])
def test_no_name_is_an_option_of_the_command(language: str, tmp_path: Path) -> None:
    texts: dict[str, str] = {}
    with running() as server:
        for number, name in enumerate(OPTIONS):
            path = tmp_path / "d.json"
            path.write_text(json.dumps(described(name)))
            api = read_document(str(path)).api
            for endpoint in api.endpoints[number % 2 :: 2]:
                key = f"c{number}-{endpoint.name}"
                for made in snippets(api, endpoint, languages=[language], base_url=server.base("nothing", key)):
                    texts[key] = made.text
        root = tmp_path / "work"
        root.mkdir()
        done = execute(language, root, texts, {})
        assert set(server.arrivals) == set(texts), {
            key: end.stderr for key, (end, _) in done.items() if key not in server.arrivals
        }
    assert len(texts) >= len(OPTIONS)
    assert not [path for _, folder in done.values() for path in folder.iterdir() if path.name == "stolen"]
