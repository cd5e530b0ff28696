"""Several APIs on one site: `[[apis]]`."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from apispec.cli import run
from apispec.rendering.pages.search import read_script

SHOP = '"""Sell things."""\ndef buy(item: str) -> float:\n    """Buy it."""\n    return 1.0\n'
CONFIG = """
site-name = "Our APIs"
description = "All of <b>them</b>."
site-url = "https://docs.example"

[[apis]]
name = "Shop"
target = "services/shop.py"
group = "Selling"

[[apis]]
target = "bank.json"
at = "money/bank"
servers = ["https://bank.example/v1"]
"""


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "services").mkdir()
    (tmp_path / "services" / "shop.py").write_text(SHOP, encoding="utf-8")
    pay = {"operationId": "pay", "summary": "Pay", "responses": {"200": {"description": "ok"}}}
    document = {"openapi": "3.1.0", "info": {"title": "Bank", "version": "7"}, "paths": {"/pay": {"get": pay}}}
    (tmp_path / "bank.json").write_text(json.dumps(document), encoding="utf-8")
    (tmp_path / "apispec.toml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path)
    yield


def text(path: str) -> str:
    return Path(path).read_text(encoding="utf-8")


def test_one_site_of_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build"]) == 0
    assert "Our APIs: 2 APIs, 2 endpoints" in capsys.readouterr().err
    home = text("site/index.html")
    assert '<a href="shop/">Shop</a>' in home and '<a href="money/bank/">Bank</a>' in home
    assert "<h2>Selling</h2>" in home and "1 endpoint" in home and "All of &lt;b&gt;them&lt;/b&gt;." in home
    inner = text("site/money/bank/reference/index.html")
    assert "Shop" in inner and "https://bank.example/v1" in inner and "../../../assets/apispec" in inner
    assert {path.name for path in Path("site/shop/assets").iterdir()} == {"languages", "moved.js"}, "one script for all"
    known = read_script(text("site/assets/search/index.js"))
    assert known["apis"] == [["Shop", "shop/"], ["Bank", "money/bank/"]]
    assert [op[2] for op in known["ops"]] == ["shop/reference/#buy", "money/bank/reference/#pay"]
    assert all(Path("site", href.partition("#")[0]).exists() for _title, href in known["tags"])
    index = text("site/llms.txt")
    assert "[Shop](https://docs.example/shop/llms.txt): Sell things." in index and "## Selling" in index
    assert "https://docs.example/money/bank/" in text("site/money/bank/llms.txt")
    listing = json.loads(text("site/mcp.json"))
    assert [tool["name"] for tool in listing["tools"]] == ["shop_buy", "money_bank_pay"]
    assert json.loads(text("site/money/bank/openapi.json"))["info"]["title"] == "Bank"
    assert run(["build", "--check"]) == 0, "the same again"


def test_paths_are_those_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("below")
    assert run(["build", "-q", "--config", "../apispec.toml"]) == 0
    assert Path("site/shop/index.html").is_file()


def test_a_target_on_the_command_line_is_the_only_one() -> None:
    assert run(["build", "services/shop.py", "-q", "--out", "one"]) == 0
    assert not Path("one/shop").exists() and Path("one/openapi.json").is_file()


def test_tables_on_the_command_line() -> None:
    tables = ['{target = "services/shop.py"}', '{name = "The Bank", target = "bank.json"}']
    assert run(["build", "--no-config", "-q", *(word for table in tables for word in ("--api", table))]) == 0
    assert Path("site/shop/index.html").is_file() and Path("site/the-bank/index.html").is_file()


@pytest.mark.parametrize(
    "table, words",
    [
        ('name = "x"', "apis[0]: an API needs a target"),
        ('target = "bank.json"\nat = "../up"', "can be no folder of the site"),
        ('target = "bank.json"\nat = "assets"', "is a folder of the site's own"),
        ('target = "bank.json"\nat = "a//b"', "can be no folder of the site"),
        ('target = "bank.json"\nsever = ["x"]', "did you mean servers?"),
        ('target = "bank.json"\nout = "x"', "apis[0].out: there is no such key here"),
        ('target = "bank.json"\ntitle = 5', "this must be a text, not 5"),
        ("target = 5", "apis[0].target: this must be a text, not 5"),
        ('target = "bank.json"\n[[apis]]\ntarget = "bank.json"', "two have the same at: bank"),
        ('target = "bank.json"\nat = "a"\n[[apis]]\ntarget = "bank.json"\nat = "a/b"', "a/b is inside of a"),
        ('target = "missing.json"', "missing.json"),
    ],
)
def test_what_is_wrong_is_said(table: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("apispec.toml").write_text(f"[[apis]]\n{table}\n", encoding="utf-8")
    assert run(["build"]) == 2
    assert words in capsys.readouterr().err
    assert not Path("site").exists()


def test_unknown_keys_have_their_line(capsys: pytest.CaptureFixture[str]) -> None:
    Path("apispec.toml").write_text('out = "x"\n[[api]]\ntarget = "bank.json"\n', encoding="utf-8")
    assert run(["build"]) == 2
    assert "apispec.toml:2: api: there is no such key" in capsys.readouterr().err


def test_each_api_is_judged(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "--format", "json", "--fail-on", "never"]) == 0
    files = {one["file"] for one in json.loads(capsys.readouterr().out)["findings"]}
    assert "bank.json" in files and any("shop" in file for file in files)
    assert run(["validate", "bank.json", "--format", "json", "--fail-on", "never"]) == 0, (
        "what is named is judged alone"
    )
    assert {one["file"] for one in json.loads(capsys.readouterr().out)["findings"]} == {"bank.json"}


def test_each_api_is_compared_with_itself(capsys: pytest.CaptureFixture[str]) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "0"]):
        subprocess.run(["git", *identity, *words], check=True, capture_output=True)
    assert run(["diff", "--base", "HEAD"]) == 0
    capsys.readouterr()
    Path("services/shop.py").write_text(SHOP.replace("item: str", "item: int"), encoding="utf-8")
    document = json.loads(text("bank.json"))
    document["paths"]["/refund"] = document["paths"].pop("/pay")
    Path("bank.json").write_text(json.dumps(document), encoding="utf-8")
    assert run(["diff", "--base", "HEAD"]) == 1
    told = capsys.readouterr()
    assert "GET /pay" in told.out and "POST /buy" in told.out and "2 changes are breaking" in told.err
    assert run(["diff", "--base", "HEAD", "--format", "json"]) == 1
    summary = json.loads(capsys.readouterr().out)["summary"]
    assert set(summary["apis"]) == {"services/shop.py", "bank.json"} and summary["breaking"] == 2
    assert run(["diff", "--base", "HEAD", "--format", "markdown"]) == 1
    assert capsys.readouterr().out.count("## API changes from") == 2
    assert run(["diff", "--base", "HEAD", "bank.json"]) == 1, "what is named is compared alone"
    assert "/buy" not in capsys.readouterr().out
    assert run(["validate", "--base", "HEAD", "--fail-on", "never"]) == 0
    assert run(["diff", "--base", "HEAD", "--changelog", "changes.md"]) == 2
    assert "a changelog is about one API" in capsys.readouterr().err
