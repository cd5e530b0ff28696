"""The snippets that were read are laid out as each language's own formatter would do it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parents[1] / "golden" / "snippets"


def written(name: str) -> list[str]:
    """Those whose lines fit: a long text within a tuple stays on its line, where formatters differ."""
    found = [path for path in sorted(GOLDEN.glob(f"*/{name}")) if name == "go.go" or _widest(path) <= 88]
    assert len(found) > 8
    return [str(path) for path in found]


def _widest(path: Path) -> int:
    return max(map(len, path.read_text(encoding="utf-8").splitlines()))


@pytest.mark.slow
def test_go_is_as_gofmt_writes_it() -> None:
    assert shutil.which("gofmt"), "install golang-go to run this test"
    done = subprocess.run(["gofmt", "-l", *written("go.go")], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("name", ["python.py", "httpx.py"])
def test_python_is_as_ruff_writes_it(name: str) -> None:
    ruff = [sys.executable, "-m", "ruff"]
    style = ["--isolated", "--config", "line-length = 88", "--config", "format.quote-style = 'preserve'", "--check"]
    done = subprocess.run([*ruff, "format", *style, *written(name)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    unused = ["--isolated", "--select", "E9,F,I"]
    done = subprocess.run([*ruff, "check", *unused, *written(name)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout


@pytest.mark.node
@pytest.mark.parametrize("name", ["javascript.mjs", "axios.mjs", "typescript.mts"])
def test_javascript_is_as_prettier_writes_it(name: str) -> None:
    """Texts with quotation marks apart: ours are always between double ones."""
    prettier = Path(__file__).parents[1] / "node" / "node_modules" / ".bin" / "prettier"
    found = [path for path in written(name) if '\\"' not in Path(path).read_text(encoding="utf-8")]
    command = ["node", str(prettier), "--no-config", "--print-width", "88", "--check", *found]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
