"""`apispec build` against a bare `mkdocs build` of as many Markdown pages with the same theme."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench.functions import source
from tests.bench.measure import cost, table


def main(sizes: tuple[int, ...] = (10, 100, 1_000)) -> None:
    """Print CPU seconds and ratios. Aim: within 1.5 times the bare build."""
    rows: list[list[object]] = [
        ["endpoints", "pages", "apispec build CPU s", "MiB", "bare mkdocs CPU s", "MiB", "ratio"]
    ]
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            place = Path(folder)
            (place / "functions.py").write_text(source(size), encoding="utf-8")
            ours = cost(
                [sys.executable, "-m", "apispec", "build", "functions.py", "--out", "site", "--quiet"], folder=place
            )
            bare_folder = place / "bare"
            cost(
                [sys.executable, "-m", "apispec", "pages", "functions.py", "--out", "bare/docs", "--quiet"],
                folder=place,
            )
            pages = len(list((bare_folder / "docs").rglob("*.md")))
            (bare_folder / "mkdocs.yml").write_text(
                "site_name: Bare\ntheme: {name: material, font: false}\n", encoding="utf-8"
            )
            bare = cost([sys.executable, "-m", "mkdocs", "build", "--quiet"], folder=bare_folder)
            rows.append([size, pages, ours.cpu, ours.memory, bare.cpu, bare.memory, ours.cpu / bare.cpu])
    table("apispec build against a bare mkdocs build of the same Markdown", rows)
