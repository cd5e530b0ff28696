"""What search finds: queries as people type them, on GitHub's and Stripe's descriptions and on the quickstart's."""

from __future__ import annotations

import gzip
import json
import subprocess
import tempfile
from pathlib import Path

from apispec.cli.reading import read
from apispec.config import Config
from apispec.rendering.pages import Pages, PagesOptions, search
from apispec.templating import templates_dir
from tests import samples

HERE = Path(__file__).parent.parent / "pages" / "queries"
EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "quickstart" / "app.py"


def main() -> None:
    """Print how many queries have their right answer first and among the first three, and what it costs."""
    queries = json.loads((HERE / "queries.json").read_text(encoding="utf-8"))
    print("\n## Search\n")
    print("| API | queries | first | first three | first answer, ms at most | index, kB gzip | all shards, kB gzip |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    missed: list[str] = []
    for name, target in (("quickstart", EXAMPLE), ("github", samples.github()), ("stripe", samples.stripe())):
        api = read(str(target), Config(timeout=300)).api
        with tempfile.TemporaryDirectory() as folder:
            files = search.files(api, Pages(api, PagesOptions()).layout)
            for path, text in files.items():
                Path(folder, Path(path).name).write_text(text, encoding="utf-8")
            engine = templates_dir() / "assets" / "search" / "engine.js"
            command = ["node", str(HERE / "rank.mjs"), folder, str(engine)]
            text = json.dumps(queries[name])
            found = json.loads(
                subprocess.run(command, input=text, capture_output=True, encoding="utf-8", check=True).stdout
            )
        sizes = {path: len(gzip.compress(text.encode())) / 1000 for path, text in files.items()}
        ranks = [rank for _, rank, _ in found["ranked"]]
        first, three = (sum(0 <= rank < most for rank in ranks) / len(ranks) for most in (1, 3))
        print(
            f"| {name} | {len(ranks)} | {first:.0%} | {three:.0%} | {found['slowest']:.0f} | {sizes[search.INDEX]:.1f} "
            f"| {sum(sizes.values()) - sizes[search.INDEX]:.0f} |"
        )
        missed += [f"{query!r}: {', '.join(names)}" for query, rank, names in found["ranked"] if not 0 <= rank < 3]
    print("\nNot among the first three: " + "; ".join(missed))
