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
    expected.setdefault("mcp_servers", {})["calc"] = VALUE
    assert tomllib.loads(edited) == expected
    assert with_entry(edited, file) == edited
    if "# comment" in text:
        assert "# comment" in edited


def test_inline_toml_tables_are_refused() -> None:
    with pytest.raises(CannotEditError):
        with_entry('mcp_servers = { calc = { command = "x" } }\n', entry("toml", ("mcp_servers", "calc")))


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
    expected["extensions"] = {**(expected.get("extensions") or {}), "calc": VALUE}
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


@pytest.mark.parametrize("args", [["nobody", "app.py"], ["chatgpt", "app.py"], ["zed", "app.py", "--scope", "project"],
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


def test_a_document_is_installed_with_its_server_and_the_names_of_credentials(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("API_SHOP_KEY", "very secret")
    scheme = {"type": "apiKey", "in": "header", "name": "X-Key"}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Shop", "version": "1"},
        "components": {"securitySchemes": {"shopKey": scheme}},
        "paths": {"/x": {"get": {"security": [{"shopKey": []}], "responses": {"200": {"description": "."}}}}},
    }
    Path("shop.json").write_text(json.dumps(document), encoding="utf-8")
    for client, reference in (("cursor", "${env:API_SHOP_KEY}"), ("claude-code", "${API_SHOP_KEY}")):
        arguments = ["shop.json", "--server", "https://shop.example", "--allow-remote", "--file", f"{client}.json"]
        assert run(["mcp", "install", client, *arguments]) == 0
        entry = json.loads(Path(f"{client}.json").read_text(encoding="utf-8"))["mcpServers"]["shop"]
        assert entry["args"][4:] == [str(tmp_path / "shop.json"), "--server", "https://shop.example"]
        assert entry["env"] == {"API_SHOP_KEY": reference}
        said = capsys.readouterr()
        assert "Set API_SHOP_KEY in the environment of" in said.err and "very secret" not in said.err + said.out


@pytest.mark.parametrize("value", ["", "${API_SHOP_KEY}", "${env:API_SHOP_KEY}"])
def test_a_reference_that_the_client_left_alone_is_no_credential(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from apispec.mcp_server.credentials import credential

    monkeypatch.setenv("API_SHOP_KEY", value)
    assert credential("API_SHOP_KEY") == ""
    monkeypatch.setenv("API_SHOP_KEY", f"x{value}")
    assert credential("API_SHOP_KEY") == f"x{value}"
