"""Streams that know few characters, and the other package of our name beside this one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from apispec.cli import namesake

SOURCE = '"""Übungen."""\ndef grüße(name: str = "Zoë → 東京") -> str:\n    """Grüße."""\n    return name\n'


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "ascii"},
    ],
)
def test_documents_are_utf_8_whatever_the_stream(environment: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "exercises.py").write_text(SOURCE, encoding="utf-8")
    command = [sys.executable, "-m", "apispec", "spec", "exercises.py", "--no-code-samples"]
    made = subprocess.run(command, cwd=tmp_path, env={**os.environ, **environment}, capture_output=True, check=False)
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout.decode("utf-8"))["info"]["description"] == "Übungen."


@pytest.mark.skipif(os.name != "posix", reason="names of files are text there")
@pytest.mark.parametrize(
    "words", ["spec grüße.py", "tools grüße.py", "validate grüße.json --format sarif", "inspect grüße.json"]
)
def test_files_are_named_as_they_are_in_a_locale_of_ascii(words: str, tmp_path: Path) -> None:
    (tmp_path / "grüße.py").write_text(SOURCE, encoding="utf-8")
    path = {"get": {"responses": {"200": {"description": "ö"}}}}
    document = {"openapi": "3.1.0", "info": {"title": "Grüße", "version": "1"}, "paths": {"/ü": path}}
    (tmp_path / "grüße.json").write_text(json.dumps(document), encoding="utf-8")
    found = []
    for more in ({}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}):
        command = [sys.executable, "-m", "apispec", *words.split()]
        done = subprocess.run(command, cwd=tmp_path, env={**os.environ, **more}, capture_output=True, check=False)
        found.append((done.returncode, done.stdout, done.stderr))
    assert found[0] == found[1] and "internal error" not in found[0][2].decode()


def test_another_package_of_our_name_is_told(tmp_path: Path) -> None:
    (tmp_path / "apispec_docs-0.1.0.dist-info").mkdir()
    (tmp_path / "apispectree-1.0.dist-info").mkdir()
    assert namesake(tmp_path) == "" == namesake(tmp_path / "nowhere")
    (tmp_path / "apispec-6.8.0.dist-info").mkdir()
    assert "pipx install apispec-docs" in namesake(tmp_path)
