"""A document with flaws: every command says each of them once, at its place, and makes the rest where it is told to.

References that lead nowhere are errors: what is not there cannot be published. All else is a warning, unless `--strict`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from apispec.cli import run

BROKEN = """\
openapi: 3.0.3
info: {title: Shop, version: '1'}
paths:
  /a:
    get:
      operationId: a
      parameters: [{$ref: '#/components/parameters/No'}]
      responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/No'}}}}}
  /b:
    get: {operationId: a, responses: {'200': {description: ok}}}
    post: 5
"""
FLAWS = [
    ("7:21", "dangling-reference"),
    ("8:82", "dangling-reference"),
    ("10:11", "duplicate-operation-id"),
    ("11:5", "invalid-document"),
]
COMMANDS = {
    "build": ["--out", "made"],
    "pages": ["--out", "made"],
    "spec": ["-o", "made"],
    "tools": ["-o", "made"],
    "inspect": [],
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop.yaml").write_text(BROKEN, encoding="utf-8")
    return tmp_path


def said(capfd: pytest.CaptureFixture[str]) -> list[tuple[str, str]]:
    """Place and rule of what was said about the document itself."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", capfd.readouterr().err)
    found = re.findall(r"^shop\.yaml:(\d+:\d+)#\S+: (\w+): .* \[([a-z-]+)\]$", text, re.MULTILINE)
    assert {rule for _, level, rule in found if level == "error"} == {"dangling-reference"}
    return [(place, rule) for place, _, rule in found if not rule.startswith("tool-")]


@pytest.mark.parametrize("command", COMMANDS)
def test_each_flaw_is_said_once_and_the_rest_is_made(command: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run([command, "shop.yaml", *COMMANDS[command], "--fail-on", "never"]) == 0
    assert said(capfd) == FLAWS
    assert command == "inspect" or Path("made").exists()


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("strictly", [[], ["--strict"]])
def test_errors_end_it_before_anything_is_written(
    command: str, strictly: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert run([command, "shop.yaml", *COMMANDS[command], *strictly]) == 1
    assert said(capfd) == FLAWS
    assert not Path("made").exists()


def test_strict_makes_warnings_errors() -> None:
    text = BROKEN.replace("parameters/No", "parameters/Yes").replace("schemas/No", "schemas/Yes")
    yes = "components: {parameters: {'Yes': {name: q, in: query, schema: {type: string}}}, schemas: {'Yes': {type: string}}}"
    Path("shop.yaml").write_text(text + yes, encoding="utf-8")
    assert run(["spec", "shop.yaml", "-o", "made", "--strict"]) == 1
    assert not Path("made").exists()
    assert run(["spec", "shop.yaml", "-o", "made"]) == 0
    assert Path("made").exists()


def test_validate_calls_the_same_flaws_errors(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "shop.yaml"]) == 1
    found = re.findall(r"^shop\.yaml:(\d+:\d+)#\S+: error\[([a-z-]+)\]", capfd.readouterr().out, re.MULTILINE)
    assert found == FLAWS


def test_errors_in_ones_own_python_end_a_command(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code = "import apispec\n\napp = apispec.App()\n\n\n@app.endpoint(path='/a/{no}')\ndef a(x: int) -> int: return x\n"
    (folder / "app.py").write_text(code, encoding="utf-8")
    assert run(["spec", "app.py", "-o", "made"]) == 1
    assert "1 finding is error or worse" in capfd.readouterr().err
    assert not Path("made").exists()
    assert run(["spec", "app.py", "-o", "made", "--fail-on", "never"]) == 0
    assert Path("made").exists()
