"""A document of another standard is named as what it is, with what is to be done with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from apispec.cli import run


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("arazzo: 1.0.1", "--workflows FILE"),
        ("overlay: 1.0.0", "--overlay FILE"),
        ("asyncapi: 3.0.0", "describes messages"),
    ],
)
@pytest.mark.parametrize("command", ["spec", "validate", "prove"])
def test_kin(text: str, said: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "it.yaml"
    path.write_text(f"{text}\ninfo: {{title: T}}\n", encoding="utf-8")
    assert run([command, str(path)]) != 0
    told = capsys.readouterr()
    assert said in told.out + told.err
