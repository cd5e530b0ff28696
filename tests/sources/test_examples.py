"""The examples of apps that people already have: built, and proven where they run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from apispec.cli import run
from tests.conftest import REPOSITORY

EXAMPLES = REPOSITORY / "examples"
NODE_MODULES = str(REPOSITORY / "tests" / "node" / "node_modules")
GRADIO = ["--python", str(REPOSITORY / ".venv-gradio6" / "bin" / "python")]


@pytest.mark.parametrize(
    ("name", "options", "tools"),
    [
        ("fastapi_app", [], ["find", "add", "read"]),
        ("gradio_app", GRADIO, ["count", "turn", "type_out"]),
    ],
)
def test_an_example_is_built_without_findings(
    name: str, options: list[str], tools: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["build", str(EXAMPLES / name / "app.py"), "--fail-on", "warning", "--out", "site", *options]) == 0
    listed = [tool["name"] for tool in json.loads(Path("site/mcp.json").read_text(encoding="utf-8"))["tools"]]
    assert listed[: len(tools)] == tools
    assert "no findings" in capsys.readouterr().err


@pytest.mark.node
def test_the_gradio_example_is_proven(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["prove", str(EXAMPLES / "gradio_app" / "app.py"), *GRADIO, "--node-modules", NODE_MODULES]) == 0
    assert "12 of 12 passed" in capsys.readouterr().out
