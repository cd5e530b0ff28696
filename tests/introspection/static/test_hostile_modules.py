"""Reading statically runs nothing of what is read, whatever it is: `hostile_modules.py` has what tries."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.introspection.static.hostile_modules import MODULES, write


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("hostile")
    command = [sys.executable, "-m", "tests.introspection.static.hostile_modules", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    return json.loads(done.stdout)


UNREADABLE = {"encoding"}
"""No Python: an encoding that nobody has."""
if sys.version_info < (3, 13):
    UNREADABLE.add("generic_defs")  # defaults of type parameters are newer


@pytest.mark.parametrize("name", MODULES)
def test_nothing_of_it_runs(name: str, results: Any) -> None:
    result = results[name]
    assert not result["harmed"]
    assert result.get("tried") == []  # the reader itself tries nothing: the seal had nothing to refuse
    assert result["imported"] == []
    assert result["opened"] == []
    assert bool(result["problem"]) == (name in UNREADABLE), result["problem"]


def test_most_are_still_described(results: Any) -> None:
    described = [name for name, result in results.items() if result["names"]]
    assert len(described) > 0.9 * len(MODULES)


@pytest.mark.parametrize("name", ["dataclass_annotations", "file_and_stub", "type_checking_bases", "shadowing"])
def test_through_the_command(name: str, tmp_path: Path) -> None:
    write(tmp_path)
    command = [sys.executable, "-P", "-m", "apispec", "spec", "mod.py", "--static"]
    done = subprocess.run(command, cwd=tmp_path / name, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert '"/f"' in done.stdout
    assert not (tmp_path / name / "PWNED").exists()


@pytest.mark.parametrize(
    "attempt",
    [
        "__import__('os').system('true')",
        "__import__('subprocess').run(['true'])",
        "__import__('socket').create_connection(('127.0.0.1', 9))",
        "open('/tmp/x-apispec-sealed', 'w')",
        "__import__('os').fork()",
        "__import__('os').remove('/tmp/x-apispec-sealed')",
        "eval('print(1)')",
        "__import__('typing').get_type_hints(type('C', (), {'__annotations__': {'a': 'print(1)'}}))",
        "__import__('runpy').run_path('evil.py')",
    ],
)
def test_a_sealed_process_does_nothing(attempt: str, tmp_path: Path) -> None:
    (tmp_path / "evil.py").write_text("print('ran')")
    text = f"""
import os, subprocess, socket, runpy, typing
from apispec.introspection.static import seal
code = compile({attempt!r}, "attempt", "eval")
def attempt():
    return {attempt}
seal.seal()
try:
    attempt()
except seal.SealedError:
    os.write(1, b"refused")
"""
    command = [sys.executable, "-c", text]
    done = subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": str(Path.cwd())}, capture_output=True, timeout=60)
    assert done.stdout == b"refused", done.stderr
