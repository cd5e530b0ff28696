"""`apispec mcp install`: every client's file, and files as people really have them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from apispec.cli import run
from apispec.clients import CLIENTS, ConfigFile
from apispec.clients.files import Notation, everywhere
from apispec.mcp_server.editing import CannotEditError, parse_jsonc, with_entry

APP = 'def add(a: int, b: int) -> int:\n    """Add."""\n    return a + b\n'
VALUE = {"command": "/bin/python", "args": ["-m", "apispec", 'quo"te'], "env": {"A": "1"}}


def entry(notation: Notation, keys: tuple[str, ...] = ("mcpServers", "calc"), value: Any = VALUE) -> ConfigFile:
    return ConfigFile("user", everywhere("~/x"), notation, keys, value)


@pytest.mark.parametrize(
    "text",
    [
        "", " \n", "{}", "{\n}\n", '{"other": 1}', '{"mcpServers": {}}', '{"mcpServers": null}',
        '{\n  "mcpServers": {\n    "old": {"command": "x"}\n  },\n  "theme": "dark"\n}\n',
        '{"mcpServers": {"calc": {"command": "old"}, "z": 1}, "last": [1, {"a": "}"}]}',
        '{\n\t"mcpServers": {\n\t\t"a": 1, // a comment, with "quotes" }\n\t}, /* } */\n}\n',
        '// first\n{\n  // inside\n  "mcpServers": { /* none */ },\n}\n',
        '{"mcpServers": {"a": "http://x//y",}}',
        '{"mcp\\u0053ervers": {"a": 1}}',
    ],
)  # fmt: skip
def test_json_keeps_what_is_there(text: str) -> None:
    edited = with_entry(text, entry("jsonc"))
    expected = parse_jsonc(text) if text.strip() else {}
    expected["mcpServers"] = {**(expected.get("mcpServers") or {}), "calc": VALUE}
    assert parse_jsonc(edited) == expected
    for comment in ("// first", "// inside", "/* none */", "/* } */", '// a comment, with "quotes" }'):
        assert (comment in edited) == (comment in text)
    assert with_entry(edited, entry("jsonc")) == edited, "a second time changes nothing"


def test_json_is_edited_as_a_person_would() -> None:
    text = '{\n    "mcpServers": {\n        "old": {"command": "x"}\n    },\n    "theme": "dark"\n}\n'
    assert with_entry(text, entry("json", value={"url": "u"})) == (
        '{\n    "mcpServers": {\n        "old": {"command": "x"},\n        "calc": {\n            "url": "u"\n        }\n'
        '    },\n    "theme": "dark"\n}\n'
    )


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=10,
    ).filter(lambda value: isinstance(value, dict)),
    st.sampled_from([None, 0, 2, "\t"]),
)
def test_any_json_file_keeps_its_meaning(data: dict[str, Any], indent: Any) -> None:
    if data.get("mcpServers") is not None:
        del data["mcpServers"]
    edited = json.loads(with_entry(json.dumps(data, indent=indent), entry("json")))
    assert edited.pop("mcpServers") == {"calc": VALUE}
    data.pop("mcpServers", None)
    assert edited == data


@pytest.mark.parametrize("text", ["[]", "1", "{", '{"mcpServers": 1}', '{"mcpServers": []}', "{'a': 1}", "\x00"])
def test_what_is_no_such_json_is_refused(text: str) -> None:
    with pytest.raises(CannotEditError):
        with_entry(text, entry("json"))


@pytest.mark.parametrize(
    "text",
    [
        'model = "x" # comment\n',
        '[mcp_servers.other]\ncommand = "x"\n\n[mcp_servers.other.env]\nA = "1"\n',
        '[mcp_servers.calc]\ncommand = "old"\n[mcp_servers.calc.env]\nB = "2"\n# tail\n[z]\na = """\n[mcp]\n"""\n',
        '[[list]]\na = 1\n[mcp_servers."calc"] # c\nurl = "x"\n[[list]]\na = 2\n',
    ],
)
def test_toml_keeps_what_is_there(text: str) -> None:
    file = entry("toml", ("mcp_servers", "calc"))
    edited = with_entry(text, file)
    expected = tomllib.loads(text)
    old = expected.setdefault("mcp_servers", {}).get("calc", {})
    env = {**old.get("env", {}), **VALUE["env"]} if "command" in old else VALUE["env"]
    expected["mcp_servers"]["calc"] = {**VALUE, "env": env}
    assert tomllib.loads(edited) == expected
    assert with_entry(edited, file) == edited
    if "# comment" in text:
        assert "# comment" in edited


def test_inline_toml_tables_are_edited() -> None:
    edited = with_entry('mcp_servers = { calc = { command = "x", startup_timeout_sec = 9 } } # mine\n',
                        entry("toml", ("mcp_servers", "calc")))  # fmt: skip
    assert (
        tomllib.loads(edited) == {"mcp_servers": {"calc": {**VALUE, "startup_timeout_sec": 9}}} and "# mine" in edited
    )


@pytest.mark.parametrize(
    "text",
    [
        "GOOSE_MODEL: x # comment\n",
        "extensions:\n  other:\n    cmd: x\n    args: [a]\nlast: 1\n",
        "# top\nextensions: # here\n    calc:\n        cmd: old\n        list:\n        - a\n    other: {cmd: x}\n",
        "extensions:\n# none yet\nlast: true\n",
    ],
)
def test_yaml_keeps_what_is_there(text: str) -> None:
    file = entry("yaml", ("extensions", "calc"))
    edited = with_entry(text, file)
    expected = yaml.safe_load(text)
    others = expected.get("extensions") or {}
    own = {"list": ["a"]} if "calc" in others else {}
    expected["extensions"] = {**others, "calc": {**VALUE, **own}}
    assert yaml.safe_load(edited) == expected
    assert yaml.safe_load(with_entry(edited, file)) == expected
    for comment in ("# comment", "# top", "# here", "# none yet"):
        assert (comment in edited) == (comment in text)


def test_flow_style_yaml_is_refused() -> None:
    with pytest.raises(CannotEditError):
        with_entry("extensions: {a: {cmd: x}}\n", entry("yaml", ("extensions", "calc")))


@pytest.mark.parametrize("client", [c.id for c in CLIENTS if c.id != "chatgpt"])
def test_every_client(
    client: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    Path("app.py").write_text(APP, encoding="utf-8")
    assert run(["mcp", "install", client, "app.py", "--name", "calc"]) == 0
    written = capsys.readouterr().err.split("wrote ")[1].splitlines()[0].split(", the old")[0]
    text = Path(written).read_text(encoding="utf-8")
    assert str(tmp_path / "app.py") in text and "calc" in text
    assert Path(written).stat().st_mode & 0o077 == 0
    assert run(["mcp", "install", client, "app.py", "--name", "other", "--url", "http://127.0.0.1:8000/mcp"]) == 0
    after = Path(written).read_text(encoding="utf-8")
    assert "calc" in after and "other" in after
    assert Path(written + ".bak").read_text(encoding="utf-8") == text
    assert run(["mcp", "install", client, "app.py", "--name", "calc", "--print"]) == 0
    assert capsys.readouterr().out == text
    assert Path(written).read_text(encoding="utf-8") == after


def test_links_stay_links_and_broken_files_stay_as_they_are(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("app.py").write_text(APP, encoding="utf-8")
    real = tmp_path / "real.json"
    real.write_text("{}", encoding="utf-8")
    Path("link.json").symlink_to(real)
    assert run(["mcp", "install", "cursor", "app.py", "--name", "calc", "--file", "link.json"]) == 0
    assert Path("link.json").is_symlink() and "calc" in json.loads(real.read_text(encoding="utf-8"))["mcpServers"]
    real.write_text("{broken", encoding="utf-8")
    assert run(["mcp", "install", "cursor", "app.py", "--file", "link.json"]) == 2
    assert "--print" in capsys.readouterr().err
    assert real.read_text(encoding="utf-8") == "{broken"


@pytest.mark.parametrize("args", [["nobody", "app.py"], ["cursor"], ["cursor", "app.py", "--token-env", "T"],
                                  ["cursor", "app.py", "--env", "NOT_SET_ANYWHERE"], ["chatgpt", "app.py"], ["zed", "app.py", "--scope", "project"],
                                  ["cursor", "no.py"], ["cursor", "app.py", "--name", "a b"]])  # fmt: skip
def test_mistakes_are_said(args: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    Path("app.py").write_text(APP, encoding="utf-8")
    assert run(["mcp", "install", *args]) == 2
    assert capsys.readouterr().err.startswith("apispec: ")


def test_every_earlier_file_is_kept_and_the_same_entry_again_writes_nothing(tmp_path: Path) -> None:
    Path("app.py").write_text(APP, encoding="utf-8")
    install = ["mcp", "install", "cursor", "app.py", "--file", "mcp.json"]
    for name in ("a", "b", "c", "c"):
        assert run([*install, "--name", name]) == 0
    assert [sorted(json.loads(Path(f"mcp.json{end}").read_text(encoding="utf-8"))["mcpServers"]) for end in (".bak", ".bak1", "")] == [
        ["a"], ["a", "b"], ["a", "b", "c"],
    ]  # fmt: skip
    assert sorted(path.name for path in tmp_path.iterdir() if "mcp.json" in path.name) == [
        "mcp.json",
        "mcp.json.bak",
        "mcp.json.bak1",
    ]


def test_files_that_cannot_be_read_or_written_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    Path("app.py").write_text(APP, encoding="utf-8")
    Path("latin.json").write_bytes(b'{"a": "\xe9"}')
    Path("folder").mkdir()
    for file, said in (
        ("latin.json", "latin.json: it is not UTF-8"),
        ("folder", "folder: cannot read it: Is a directory"),
        ("app.py/mcp.json", "app.py/mcp.json: cannot"),
    ):
        assert run(["mcp", "install", "cursor", "app.py", "--file", file]) > 0
        assert said in capsys.readouterr().err
    assert Path("latin.json").read_bytes() == b'{"a": "\xe9"}'


def test_a_module_by_its_name_is_found_again_from_any_folder(tmp_path: Path) -> None:
    Path("app.py").write_text(APP, encoding="utf-8")
    assert run(["mcp", "install", "cursor", "app", "--name", "calc", "--file", "mcp.json"]) == 0
    entry = json.loads(Path("mcp.json").read_text(encoding="utf-8"))["mcpServers"]["calc"]
    assert entry["env"] == {"PYTHONPATH": str(tmp_path)}
    assert "app" in entry["args"]


SHOP = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1"},
    "components": {"securitySchemes": {"shopKey": {"type": "apiKey", "in": "header", "name": "X-Key"}}},
    "paths": {
        "/x": {
            "get": {"operationId": "one", "security": [{"shopKey": []}], "responses": {"200": {"description": "."}}}
        },
        "/y": {"get": {"operationId": "two", "responses": {"200": {"description": "."}}}},
    },
}


def installed(client: str, *arguments: str) -> dict[str, Any]:
    """The entry that is written."""
    assert run(["mcp", "install", client, "shop.json", "--file", f"{client}.cfg", *arguments]) == 0
    text = Path(f"{client}.cfg").read_text(encoding="utf-8")
    data = tomllib.loads(text) if client == "codex" else yaml.safe_load(text)
    entry: dict[str, Any] = next(v["shop"] for v in data.values() if isinstance(v, dict) and "shop" in v)
    return entry


def test_a_document_is_installed_with_all_that_was_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("shop.json").write_text(json.dumps(SHOP), encoding="utf-8")
    Path("apispec.toml").write_text('title = "Shop"\n[tools]\nexclude = "two"\n', encoding="utf-8")
    arguments = [
        "--server",
        "https://shop.example",
        "--header",
        "X-Tenant: ${TENANT}",
        "--read-only",
        "--overlay",
        "o.yaml",
    ]
    overlay = "overlay: 1.0.0\ninfo: {title: O, version: '1'}\nactions: [{target: $.info, update: {version: '2'}}]\n"
    Path("o.yaml").write_text(overlay, encoding="utf-8")
    entry = installed("cursor", *arguments)
    assert entry["args"][3:] == [
        "mcp", str(tmp_path / "shop.json"), "--config", str(tmp_path / "apispec.toml"), "--server", "https://shop.example",
        "--overlay", str(tmp_path / "o.yaml"), "--read-only", "--header", "X-Tenant: ${TENANT}",
    ]  # fmt: skip
    assert entry["env"] == {"API_SHOP_KEY": "${env:API_SHOP_KEY}", "TENANT": "${env:TENANT}"}
    Path("apispec.toml").unlink()
    Path("below").mkdir()
    assert run(["mcp", "install", "cursor", "below/../shop.json", "--print"]) == 0
    assert f'"{tmp_path / "shop.json"}"' in capsys.readouterr().out
    assert installed("cursor", "--server", "https://s.example")["args"][4:] == [
        str(tmp_path / "shop.json"), "--no-config", "--server", "https://s.example",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("client", "told"),
    [
        ("claude-code", {"env": {"API_SHOP_KEY": "${API_SHOP_KEY:-}"}}), ("cursor", {"env": {"API_SHOP_KEY": "${env:API_SHOP_KEY}"}}),
        ("vscode", {"env": {"API_SHOP_KEY": "${input:API_SHOP_KEY}"}}), ("codex", {"env_vars": ["API_SHOP_KEY"]}),
        ("gemini", {"env": {"API_SHOP_KEY": "${API_SHOP_KEY}"}}), ("goose", {"env_keys": ["API_SHOP_KEY"]}),
        ("opencode", {"environment": {"API_SHOP_KEY": "{env:API_SHOP_KEY}"}}), ("windsurf", {"env": {"API_SHOP_KEY": "${env:API_SHOP_KEY}"}}),
        ("zed", {"env": None}), ("claude-desktop", {"env": None}),
    ],
)  # fmt: skip
def test_credentials_in_each_clients_own_way(
    client: str, told: dict[str, Any], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("API_SHOP_KEY", "very secret")
    Path("shop.json").write_text(json.dumps(SHOP), encoding="utf-8")
    entry = installed(client)
    assert {key: entry.get(key) for key in told} == told
    said = capsys.readouterr().err
    assert "API_SHOP_KEY" in said and "very secret" not in Path(f"{client}.cfg").read_text(encoding="utf-8")
    if client in ("zed", "claude-desktop"):
        assert "expands no variables" in said
    if client == "vscode":
        whole = json.loads(Path("vscode.cfg").read_text(encoding="utf-8"))
        assert whole["inputs"] == [
            {"type": "promptString", "id": "API_SHOP_KEY", "description": "API_SHOP_KEY", "password": True}
        ]
        assert installed(client) and json.loads(Path("vscode.cfg").read_text(encoding="utf-8")) == whole
    assert installed(client, "--env", "API_SHOP_KEY").get("env", {}).get("API_SHOP_KEY") in ("very secret", None)
    assert "very secret" in Path(f"{client}.cfg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("client", "told"),
    [
        ("claude-code", {"headers": {"X-A": "${A:-}", "Authorization": "Bearer ${TOKEN:-}"}}),
        ("cursor", {"headers": {"X-A": "${env:A}", "Authorization": "Bearer ${env:TOKEN}"}}),
        ("codex", {"bearer_token_env_var": "TOKEN", "env_http_headers": {"X-A": "A"}}),
    ],
)
def test_urls_with_headers_and_token(client: str, told: dict[str, Any]) -> None:
    Path("shop.json").write_text(json.dumps(SHOP), encoding="utf-8")
    entry = installed(client, "--url", "https://m.example/mcp", "--header", "X-A: ${A}", "--token-env", "TOKEN")
    assert {key: entry.get(key) for key in told} == told and entry["url"] == "https://m.example/mcp"


def started(entry: dict[str, Any], home: Path, tool: str, arguments: dict[str, Any], **env: str) -> Any:
    """What a client gets that starts an entry in an empty HOME and another folder: the title, the tools, an answer."""
    import asyncio

    from mcp import Client, StdioServerParameters
    from mcp.client.stdio import stdio_client

    home.mkdir()
    bare = {"HOME": str(home), "PATH": "/usr/bin:/bin", **env}

    async def session() -> Any:
        parameters = StdioServerParameters(command=entry["command"], args=entry["args"], env=bare, cwd="/")
        async with Client(stdio_client(parameters)) as client:
            assert client.server_info is not None
            names = [tool.name for tool in (await client.list_tools()).tools]
            answer = await client.call_tool(tool, arguments)
            return client.server_info.title, names, json.loads(answer.content[0].text)  # type: ignore[union-attr]

    return asyncio.run(asyncio.wait_for(session(), 60))


def test_the_very_entry_starts_with_an_empty_home_from_any_folder(tmp_path: Path) -> None:
    Path("app.py").write_text(
        APP + '\ndef sub(a: int, b: int) -> int:\n    """Subtract."""\n    return a - b\n', encoding="utf-8"
    )
    Path("apispec.toml").write_text('title = "Calc"\n[tools.operations.add]\nname = "plus"\n', encoding="utf-8")
    assert run(["mcp", "install", "cursor", "app.py", "--tools-exclude", "sub", "--file", "mcp.json"]) == 0
    entry = json.loads(Path("mcp.json").read_text(encoding="utf-8"))["mcpServers"]["calc"]
    found = started(entry, tmp_path / "home", "plus", {"a": 1, "b": 2}, **entry.get("env", {}))
    assert found == ("Calc", ["plus"], {"result": 3})


FAST = """
from fastapi import FastAPI
app = FastAPI(title="Fast")
@app.get("/n/{n}")
def number(n: int) -> dict[str, int]:
    return {"n": n}
@app.delete("/n/{n}")
def remove(n: int) -> None: ...
"""


def test_the_entry_of_an_app_starts_too(tmp_path: Path) -> None:
    Path("fast.py").write_text(FAST, encoding="utf-8")
    assert run(["mcp", "install", "cursor", "fast:app", "--title", "Named", "--read-only", "--file", "mcp.json"]) == 0
    entry = json.loads(Path("mcp.json").read_text(encoding="utf-8"))["mcpServers"]["named"]
    found = started(entry, tmp_path / "home", "number", {"n": 3}, **entry["env"])
    assert found == ("Named", ["number"], {"n": 3})


def test_the_entry_of_a_document_brings_address_header_and_credential(tmp_path: Path) -> None:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import JSONResponse, Response
    from starlette.routing import Route

    from apispec import App
    from tests.serving import served

    async def echo(request: Request) -> Response:
        return JSONResponse([request.url.path, request.headers["x-key"][::-1], request.headers["x-tenant"]])

    Path("shop.json").write_text(json.dumps(SHOP), encoding="utf-8")
    Path("apispec.toml").write_text('title = "Shop"\n[tools]\nexclude = "two"\n', encoding="utf-8")
    with served(App(), wrap=lambda application: Starlette(routes=[Route("/base/x", echo)])) as running:
        entry = installed("codex", "--server", f"{running.url}/base", "--header", "X-Tenant: t${TENANT}")
        given = {"API_SHOP_KEY": "k3y-of-the-shop", "TENANT": "7"}
        assert sorted(entry["env_vars"]) == sorted(given)
        found = started(entry, tmp_path / "home", "one", {}, **given)
    assert found[:2] == ("Shop", ["one"])
    assert found[2] == ["/base/x", "pohs-eht-fo-y3k", "t7"]


def test_functions_that_need_another_interpreter_are_installed_with_it_or_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    import sys
    import venv

    venv.create(".venv", symlinks=True)
    packages = next(Path(".venv/lib").glob("python*")) / "site-packages"
    (packages / "only_there.py").write_text("", encoding="utf-8")
    Path("app.py").write_text("import only_there\n" + APP, encoding="utf-8")
    assert run(["mcp", "install", "cursor", "app.py", "--print"]) == 2
    said = capsys.readouterr().err
    assert "these are read by .venv/bin/python" in said and 'install "apispec-docs[mcp]" there' in said
    for part in (path for path in sys.path if "site-packages" in path):
        (packages / "all.pth").write_text(f"{part}\n{Path(__file__).parents[2]}\n", encoding="utf-8")
    assert run(["mcp", "install", "cursor", "app.py", "--print"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)["mcpServers"].values()
    assert entry["command"] == str(Path(".venv/bin/python").absolute()) and "--python" not in entry["args"]


FILES = {
    "cursor": '\ufeff{\r\n  // mine\r\n  "mcpServers": {\r\n    "calc": {"command": "x", "timeout": 7, "trust": true, "env": {"MINE": "1"}},\r\n    "o": {}\r\n  }\r\n}\r\n',
    "codex": '# top\r\n[mcp_servers.calc]\r\ncommand = "x" # why\r\nstartup_timeout_sec = 7\r\n\r\n# about the next\r\n[other]\r\na = 1\r\n',
    "goose": "extensions: {} # none\r\nlast: 1 # kept\r\n",
}


@pytest.mark.parametrize("client", FILES)
def test_nothing_of_the_users_is_lost(client: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("app.py").write_text(APP, encoding="utf-8")
    Path("f").write_bytes(FILES[client].encode())
    assert run(["mcp", "install", client, "app.py", "--name", "calc", "--file", "f"]) == 0
    text = Path("f").read_bytes().decode()
    assert text.replace("\r\n", "").count("\n") == 0, "line ends stay"
    for kept in ("\ufeff", "// mine", '"timeout": 7', '"trust": true', '"MINE": "1"', '"o": {}', "# top", "# about the next",
                 "startup_timeout_sec = 7", "# none", "last: 1 # kept"):  # fmt: skip
        assert (kept in text) == (kept in FILES[client]), kept
    assert "app.py" in text
    again = Path("f").read_bytes()
    assert run(["mcp", "install", client, "app.py", "--name", "calc", "--file", "f"]) == 0
    assert Path("f").read_bytes() == again
    assert run(["mcp", "uninstall", client, "calc", "--file", "f"]) == 0
    after = Path("f").read_bytes().decode()
    assert "app.py" not in after and all(
        (k in after) == (k in FILES[client]) for k in ("// mine", "# about the next", "last: 1")
    )
    assert run(["mcp", "uninstall", client, "calc", "--file", "f"]) == 2
    assert "there is no such server" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    [
        '{"mcpServers": {"calc": {"a": 1}}}', '{"mcpServers": {"calc": {"a": 1}, "b": 2}}', '{"mcpServers": {"b": 2, "calc": {}}}',
        '{\n  "mcpServers": {\n    "a": 1,\n    "calc": {\n      "x": 1\n    }\n  }\n}\n',
        '{\n  "mcpServers": {\n    "calc": {}, // why\n    "a": 1\n  }\n}\n', '{"mcpServers": {"calc": 1,}}',
        '{\n  "mcpServers": {\n    "a": 1, /* b */\n    "calc": {},\n  }, "z": 1\n}\n',
    ],
)  # fmt: skip
def test_entries_are_taken_out_of_json(text: str) -> None:
    from apispec.mcp_server.editing import without_entry

    after = without_entry(text, entry("jsonc"))
    expected = parse_jsonc(text)
    del expected["mcpServers"]["calc"]
    assert parse_jsonc(after) == expected and ("// why" in after) == ("// why" in text)
    assert without_entry(after, entry("jsonc")) == after


def test_files_that_must_not_be_touched_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("app.py").write_text(APP, encoding="utf-8")
    Path("locked.json").write_text("{}", encoding="utf-8")
    Path("locked.json").chmod(0o444)
    Path("loop.json").symlink_to(tmp_path / "loop.json")
    Path("deep.json").write_text('{"a":' * 100_000 + "1" + "}" * 100_000, encoding="utf-8")
    for file, said in (("locked.json", "read-only"), ("loop.json", "cannot"), ("deep.json", "nested too deeply")):
        assert run(["mcp", "install", "cursor", "app.py", "--file", file]) > 0
        assert said in (text := capsys.readouterr().err) and "Traceback" not in text, file
    assert Path("locked.json").read_text(encoding="utf-8") == "{}"


def test_what_is_installed_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    Path("app.py").write_text(APP, encoding="utf-8")
    assert run(["mcp", "list"]) == 0
    assert "no server of apispec is installed" in capsys.readouterr().err
    for client in ("cursor", "codex", "goose", "opencode"):
        assert run(["mcp", "install", client, "app.py", "--name", "calc"]) == 0
    Path(".vscode").mkdir()
    Path(".vscode/mcp.json").write_text('{"servers": {"other": {"command": "x"}}}', encoding="utf-8")
    (tmp_path / "home" / ".config" / "zed").mkdir(parents=True)
    (tmp_path / "home" / ".config" / "zed" / "settings.json").write_text("{broken", encoding="utf-8")
    capsys.readouterr()
    assert run(["mcp", "list", "--format", "json"]) == 0
    said = capsys.readouterr()
    rows = json.loads(said.out)
    assert [(row["client"], row["name"]) for row in rows] == [
        (c, "calc") for c in ("cursor", "codex", "goose", "opencode")
    ]
    assert all(row["target"].startswith(str(tmp_path / "app.py")) for row in rows) and "not read:" in said.err
    assert run(["mcp", "list", "vscode", "--all"]) == 0
    assert "other  x" in capsys.readouterr().out
    for client in ("cursor", "codex", "goose", "opencode"):
        assert run(["mcp", "uninstall", client]) == 0
    assert run(["mcp", "list", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.parametrize("value", ["", "${API_SHOP_KEY}", "${env:API_SHOP_KEY}"])
def test_a_reference_that_the_client_left_alone_is_no_credential(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from apispec.mcp_server.credentials import credential

    monkeypatch.setenv("API_SHOP_KEY", value)
    assert credential("API_SHOP_KEY") == ""
    monkeypatch.setenv("API_SHOP_KEY", f"x{value}")
    assert credential("API_SHOP_KEY") == f"x{value}"


@pytest.mark.parametrize(
    ("absent", "said"), [("mcp_types", "installing one breaks the other"), ("mcp", 'pip install "apispec-docs[mcp]"')]
)
def test_an_interpreter_without_the_library_or_with_an_older_one_is_refused_with_words(
    absent: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import importlib.util

    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *more: None if name == absent else find(name, *more))
    Path("app.py").write_text(APP, encoding="utf-8")
    assert run(["mcp", "install", "cursor", "app.py", "--print"]) == 2
    assert said in (text := capsys.readouterr().err) and "pip" in text
    assert run(["mcp", "install", "cursor", "--url", "https://m.example/mcp", "--name", "x", "--print"]) == 0


@pytest.mark.parametrize(
    ("client", "text"),
    [
        ("zed", "// mine\r\n/* and\r\nmore */\r\n"), ("cursor", "\ufeff// mine\n"), ("codex", "# mine\n\n# more"),
        ("goose", "# mine\n"), ("goose", "  # mine"),
    ],
)  # fmt: skip
def test_files_that_are_all_comments_keep_them(client: str, text: str) -> None:
    Path("app.py").write_text(APP, encoding="utf-8")
    Path("f").write_bytes(text.encode())
    assert run(["mcp", "install", client, "app.py", "--name", "calc", "--file", "f"]) == 0
    after = Path("f").read_bytes().decode()
    assert after.startswith(text.rstrip()) and "app.py" in after
    assert ("\r\n" in after) == ("\r\n" in text)
    assert run(["mcp", "uninstall", client, "calc", "--file", "f"]) == 0
    left = Path("f").read_bytes().decode()
    assert left.startswith(text.rstrip()) and "app.py" not in left


def test_a_document_without_operations_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    Path("none.json").write_text(
        json.dumps({**SHOP, "paths": {}, "servers": [{"url": "https://s.example"}]}), encoding="utf-8"
    )
    assert run(["mcp", "none.json", "--http", "--port", "0"]) == 2
    assert "the document has no operation to call" in capsys.readouterr().err
