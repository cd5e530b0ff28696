"""`apispec --help` against `python -c "import click"`, and one small module through `apispec spec`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench.functions import source
from tests.bench.measure import best, table


def main() -> None:
    """Print the ratio. Aim: help within 2 times, one small module within 0.8 s CPU of a bare interpreter."""
    apispec = [sys.executable, "-m", "apispec"]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "small.py").write_text(source(3), encoding="utf-8")
        bare = best(7, [sys.executable, "-c", "pass"], folder=place).cpu
        click = best(7, [sys.executable, "-c", "import click"], folder=place).cpu
        rows: list[list[object]] = [["command", "CPU s", "against import click", "over a bare interpreter"]]
        for name, command in (
            ("python -c pass", [sys.executable, "-c", "pass"]),
            ("import click", [sys.executable, "-c", "import click"]),
            ("apispec --help", [*apispec, "--help"]),
            ("apispec spec small.py", [*apispec, "spec", "small.py"]),
        ):
            cpu = best(7, command, folder=place).cpu
            rows.append([name, cpu, cpu / click, cpu - bare])
    table("Start-up", rows)
