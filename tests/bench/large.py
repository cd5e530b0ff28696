"""The largest descriptions that are to be had: what `apispec build` costs, and what is on the disk, by kind."""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.bench.measure import cost, table
from tests.samples import Unavailable, directory, github

KINDS = ("pages", "Markdown copies", "documents", "search", "frames", "other")


def main() -> None:
    """Print the tables. Aim: GitHub's 20 CPU s and 800 MiB, Microsoft Graph's 90, 1,536 and 250 MB."""
    try:
        graph = next(path for path in directory() if path.name == "graph.json")
        documents = {"GitHub": github(), "Microsoft Graph": graph}
    except Unavailable as reason:
        print(f"left out: {reason}", file=sys.stderr)
        return
    costs: list[list[object]] = [["document", "CPU s", "peak MiB", "files", "MB"]]
    weights: list[list[object]] = [["document", *(f"{kind}, MB" for kind in KINDS)]]
    for name, path in documents.items():
        with tempfile.TemporaryDirectory() as folder:
            command = [sys.executable, "-m", "apispec", "build", str(path), "--out", "site", "--quiet", "--no-config"]
            spent = cost([*command, "--fail-on", "never"], folder=Path(folder))
            site = Path(folder, "site")
            sizes: Counter[str] = Counter()
            files = [file for file in site.rglob("*") if file.is_file()]
            for file in files:
                sizes[_kind(file.relative_to(site).as_posix())] += file.stat().st_size
        costs.append([name, spent.cpu, spent.memory, len(files), sizes.total() / 1e6])
        weights.append([name, *(sizes[kind] / 1e6 for kind in KINDS)])
    table("Very large descriptions: one build each", costs)
    table("What their sites hold", weights)


def _kind(path: str) -> str:
    folders = {"assets/search/": "search", "assets/frame/": "frames"}
    endings = {".html": "pages", ".md": "Markdown copies", ".json": "documents", ".yaml": "documents"}
    found = next((kind for folder, kind in folders.items() if path.startswith(folder)), "")
    return found or endings.get(Path(path).suffix, "other")


if __name__ == "__main__":
    main()
