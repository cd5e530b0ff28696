"""Entries for MCP clients: the exact notation of each, and values that survive every quoting."""

from __future__ import annotations

import base64
import json
import subprocess
import tomllib
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
import yaml

from apispec.clients import CLIENTS, SYSTEMS, Entry, HttpServer, StdioServer, client, entries, start_commands

STDIO = StdioServer("uvx", ("--from", "apispec-docs[mcp]", "apispec", "mcp", "/srv/app.py"))
HTTP = HttpServer("https://calc.example.com/mcp")
NASTY = "a 'b' \"c\" $HOME `id` \\ %41 é\n\x7f {{ x }} #"
NASTY_STDIO = StdioServer("/opt/my python", ("-m", "apispec", "--title", NASTY), {"TOKEN": NASTY})
NASTY_HTTP = HttpServer("https://x.example/mcp?a=1&b='2'", {"X-Key": NASTY.replace("\n", "")})
SERVERS = {"stdio": STDIO, "http": HTTP, "nasty-stdio": NASTY_STDIO, "nasty-http": NASTY_HTTP}


def of(identifier: str, server: Any) -> Entry:
    found = client(identifier)
    assert found is not None
    entry = found.entry("calc", server)
    assert entry is not None
    return entry


def words_of(command: str) -> list[str]:
    """What a shell makes of a command line."""
    script = f'set -- {command}\nprintf "%s\\0" "$@"'
    return subprocess.run(["sh", "-c", script], check=True, capture_output=True).stdout.decode().split("\0")[:-1]


def parsed(file: Any) -> Any:
    if file.notation == "toml":
        return tomllib.loads(file.text)
    return yaml.safe_load(file.text) if file.notation == "yaml" else json.loads(file.text)


def test_the_clients_that_are_known() -> None:
    assert [c.id for c in CLIENTS] == [
        "claude-desktop", "claude-code", "cursor", "vscode", "codex", "gemini", "chatgpt", "windsurf", "zed", "cline",
        "goose", "lm-studio", "opencode", "copilot-cli", "kiro",
    ]  # fmt: skip
    assert client("emacs") is None


@pytest.mark.parametrize("server", ["stdio", "http"])
def test_every_entry(server: str, golden: Any) -> None:
    parts = []
    for entry in entries("calc", SERVERS[server]):
        parts.append(f"=== {entry.client.name}")
        for file in entry.files:
            paths = ", ".join(dict.fromkeys(file.paths[s] for s in SYSTEMS))
            parts += [f"--- {file.scope}: {paths}", file.text.rstrip("\n")]
        parts += [f"{k}: {v}" for k, v in (("$", entry.command), ("link", entry.link), ("note", entry.note)) if v]
    golden(f"clients/{server}.txt", "\n".join(parts) + "\n")


@pytest.mark.parametrize("server", SERVERS)
def test_files_hold_the_entry_unchanged(server: str) -> None:
    for entry in entries("calc", SERVERS[server]):
        for file in entry.files:
            data = parsed(file)
            for key in file.keys:
                data = data[key]
            assert data == json.loads(json.dumps(file.value)), entry.client.name
            assert file.keys[-1] == "calc"
            assert set(file.paths) == set(SYSTEMS)


def test_commands_survive_the_shell() -> None:
    for identifier in ("claude-code", "codex", "gemini"):
        words = words_of(of(identifier, NASTY_STDIO).command)
        assert words[:3] == [words[0], "mcp", "add"]
        assert f"TOKEN={NASTY}" in words
        assert words[-2:] == ["--title", NASTY]
        assert "/opt/my python" in words
    headers = NASTY_HTTP.headers["X-Key"]
    assert words_of(of("claude-code", NASTY_HTTP).command)[-2:] == ["--header", f"X-Key: {headers}"]
    assert words_of(of("gemini", NASTY_HTTP).command)[-4:] == ["-H", f"X-Key: {headers}", "calc", NASTY_HTTP.url]
    assert of("codex", NASTY_HTTP).command == ""  # it has no option for headers
    assert json.loads(words_of(of("vscode", NASTY_STDIO).command)[2])["env"] == {"TOKEN": NASTY}


def test_gemini_needs_dashes_only_for_arguments_with_dashes() -> None:
    assert of("gemini", STDIO).command.startswith("gemini mcp add -s user calc uvx -- --from ")
    plain = of("gemini", StdioServer("apispec", ("mcp", "app.py"))).command
    assert plain == "gemini mcp add -s user calc apispec mcp app.py"


@pytest.mark.parametrize("server", ["nasty-stdio", "nasty-http"])
def test_links_carry_the_entry(server: str) -> None:
    def query(identifier: str) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(of(identifier, SERVERS[server]).link).query, strict_parsing=True))

    for identifier in ("cursor", "lm-studio"):
        entry = of(identifier, SERVERS[server])
        assert json.loads(base64.b64decode(query(identifier)["config"], validate=True)) == entry.files[0].value
    for identifier in ("vscode", "kiro"):
        assert json.loads(query(identifier)["config"]) == of(identifier, SERVERS[server]).files[0].value
        assert query(identifier)["name"] == "calc"


@pytest.mark.parametrize(
    ("url", "is_linked"),
    [
        ("https://calc.example.com/mcp", True), ("https://8.8.8.8/mcp", True), ("http://calc.example.com/mcp", False),
        ("http://127.0.0.1:8000/mcp", False), ("https://localhost/mcp", False), ("https://[::1]:1/mcp", False),
        ("https://10.0.0.7/mcp", False), ("https://nas.local/mcp", False), ("https://intranet/mcp", False),
    ],
)  # fmt: skip
def test_services_are_given_no_address_that_they_cannot_reach(url: str, is_linked: bool) -> None:
    for identifier in ("claude-desktop", "chatgpt"):
        assert bool(of(identifier, HttpServer(url)).link) is is_linked
        assert not of(identifier, HttpServer(url, {"X-Key": "${KEY}"})).link


def test_goose_links_only_start_what_goose_allows() -> None:
    assert parse_qs(urlsplit(of("goose", STDIO).link).query)["arg"] == list(STDIO.args)
    assert of("goose", NASTY_STDIO).link == ""
    assert of("goose", StdioServer("uvx", (), {"A": "b"})).link == ""
    assert parse_qs(urlsplit(of("goose", HTTP).link).query)["url"] == [HTTP.url]
    assert of("goose", NASTY_HTTP).link == ""


def test_names_are_checked() -> None:
    with pytest.raises(ValueError, match="not a name"):
        entries("my calc", STDIO)


def test_clients_without_a_transport_are_left_out() -> None:
    from apispec.clients import Client

    only = Client("x", "X", None, lambda name, server: {"note": server.url})
    assert only.entry("calc", STDIO) is None
    entry = only.entry("calc", HTTP)
    assert entry is not None
    assert entry.note == HTTP.url
    assert Client("x", "X", lambda name, server: {}, None).entry("calc", HTTP) is None


def test_commands_that_start_the_server() -> None:
    assert start_commands("/srv/app.py", "/venv/bin/python") == {
        "uvx": ("uvx", "--from", "apispec-docs[mcp]", "apispec", "mcp", "/srv/app.py"),
        "python": ("/venv/bin/python", "-P", "-m", "apispec", "mcp", "/srv/app.py"),
    }
