"""No secret of the source or of the environment comes out, wherever it stands; what only looks like one does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from apispec.cli import run
from apispec.introspection.credentials import hide, kind

TOKENS = [
    "sk-live-" + "abcdef0123456789", "sk-proj-" + "Ab3_" * 8, "ghp_" + "a1B2" * 9, "github_pat_" + "a1B2_" * 6,
    "glpat-" + "a1B2" * 5, "xoxb-" + "123456789012-abcdef", "sk_live_" + "51Habcdef", "AKIA" + "ABCDEFGHIJKLMNOP",
    "AIza" + "SyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p", "hf_" + "abcdefghij" * 3, "npm_" + "a1B2" * 9, "SG." + "a" * 22 + "." + "b" * 43,
    "eyJ" + "hbGciOiJIUzI1NiJ9.eyJ" + "zdWIiOiIxMjM0In0.c2ln", "-----BEGIN RSA " + "PRIVATE KEY-----\nMIIEow\nIBAA\n-----END RSA PRIVATE KEY-----",
]  # fmt: skip
FINE = [
    "postgresql://user:password@localhost/db", "https://example.com/a:b@c", "AKIAIOSFODNN7EXAMPLE", "sk-learn", "task-list-of-things",
    "https://user:<password>@host/", "http://localhost:8000/", "redis://localhost:6379/0", "pypi-server", "eyJust a text",
]  # fmt: skip


@pytest.mark.parametrize("token", TOKENS)
def test_a_credential_is_known_in_any_text(token: str) -> None:
    said = f"Use {token} or so."
    assert kind(said) and token not in hide(said) and hide(said).startswith("Use ") and hide(said).endswith(" or so.")
    assert hide(said, [token]) == said


@pytest.mark.parametrize("text", FINE)
def test_what_only_looks_like_one_stays(text: str) -> None:
    assert not kind(text) and hide(text) == text


SOURCE = f'''
"""Of {TOKENS[0]}."""
import os
from dataclasses import dataclass
from typing import Annotated, Literal
from pydantic import BaseModel, Field
SETTING = os.environ.get("APISPEC_TEST_SETTING", "a fallback")
class Settings(BaseModel):
    """Holds {TOKENS[2]}."""
    url: str = os.environ["DATABASE_URL"]
    kind: Literal["{TOKENS[4]}", "other"] = "other"
def connect(
    url: str = os.environ["DATABASE_URL"],
    setting: str = SETTING,
    nested: dict[str, str] = {{"url": os.environ["DATABASE_URL"]}},
    token: str = "{TOKENS[1]}",
    password: str = "hunter2hunter",
    sample: Annotated[str, Field(examples=["{TOKENS[3]}"])] = "x",
    tokenizer: str = "basic2tokens",
    settings: Settings = Settings(),
) -> Settings:
    """Connect with postgres://admin:s3cr3tpass@db/prod.

    Args:
        url: Such as {TOKENS[6]}.

    >>> connect(token="{TOKENS[7]}")
    """
'''
SECRETS = [*(TOKENS[i] for i in (0, 1, 2, 3, 4, 6, 7)), "dbpass99", "s3cr3tpass", "hunter2hunter", "set-by-environment"]


@pytest.mark.parametrize("static", [[], ["--static"]])
def test_no_secret_is_in_anything_that_is_written(tmp_path: Path, monkeypatch, capsys, static: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:dbpass99@db.internal/prod")
    monkeypatch.setenv("APISPEC_TEST_SETTING", "set-by-environment")
    Path("app.py").write_text(SOURCE)
    assert run(["spec", "app.py", *static, "-o", "openapi.json"]) == 0
    assert run(["tools", "app.py", *static, "-o", "mcp.json"]) == 0
    written = Path("openapi.json").read_text() + Path("mcp.json").read_text() + capsys.readouterr().err
    assert [secret for secret in SECRETS if secret in written] == []
    body = json.loads(Path("openapi.json").read_text())["paths"]["/connect"]["post"]["requestBody"]
    schema = body["content"]["application/json"]["schema"]["properties"]
    assert schema["tokenizer"]["default"] == "basic2tokens" and "default" not in schema["url"]
    assert all("***" not in json.dumps(e) for e in body["content"]["application/json"].get("examples", {}).values())


def test_each_is_told_and_can_be_allowed(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:dbpass99@db.internal/prod")
    Path("app.py").write_text(SOURCE)
    run(["spec", "app.py", "-o", "openapi.json"])
    said = capsys.readouterr().err
    assert "the default of parameter url is a value of the environment" in said
    assert "the default of parameter token is an API key" in said
    assert "the default of parameter password is a secret by its parameter's name" in said
    run(["spec", "app.py", "-o", "openapi.json", "--allow-secret", "hunter2hunter", "--allow-secret", TOKENS[1]])
    said = capsys.readouterr().err
    assert "parameter token" not in said and "parameter password" not in said and "parameter url" in said
    assert "hunter2hunter" in Path("openapi.json").read_text()


NAMED = '''
from dataclasses import dataclass
from pydantic import BaseModel
class Conf(BaseModel):
    password: str = "hunter2secret"
    options: dict = {"api_key": "hunter2secret", "mode": "fast2"}
@dataclass
class Login:
    user: str = "ada"
    token: str = "hunter2secret"
def nested(conf: dict = {"db": [{"password": "hunter2secret", "host": "h"}]}): ...
def pair(auth: tuple[str, str] = ("ada", "hunter2secret")): ...
def server(conn: str = "Server=db;User Id=sa;Password=hunter2secret;"): ...
def libpq(dsn: str = "host=db user=sa password=hunter2secret dbname=x"): ...
def model(c: Conf = Conf()): ...
def data(c: Login = Login()): ...
def both(a: Conf, b: Login, pwd: str = "hunter2secret") -> None:
    """Both.

    Connect with Server=db;Pwd=hunter2secret; or so.
    """
def fine(mode: str = "password", url: str = "https://x.example/?password=1", q: str = "a=1;b=2", kv: dict = {"token": "<your token>"}): ...
'''


@pytest.mark.parametrize("way", [[], ["--static"]])
def test_what_a_name_inside_a_default_calls_a_secret_is_hidden(
    way: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "named_secrets.py").write_text(NAMED, encoding="utf-8")
    assert run(["spec", str(tmp_path / "named_secrets.py"), *way]) == 0
    told = capsys.readouterr()
    assert "hunter2" not in told.out
    assert told.err.count("[hidden-secret]") == 8
    made = json.loads(told.out)
    fine = made["paths"]["/fine"]["post"]["requestBody"]["content"]["application/json"]["schema"]["properties"]
    assert [one["default"] for one in fine.values()] == [
        "password", "https://x.example/?password=1", "a=1;b=2", {"token": "<your token>"},
    ]  # fmt: skip
    assert made["components"]["schemas"]["Conf"]["properties"]["options"]["default"]["mode"] == "fast2"


def test_a_named_secret_may_be_allowed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "allowed_secrets.py").write_text(NAMED, encoding="utf-8")
    assert run(["spec", str(tmp_path / "allowed_secrets.py"), "--allow-secret", "hunter2secret"]) == 0
    told = capsys.readouterr()
    assert "[hidden-secret]" not in told.err and "hunter2secret" in told.out
