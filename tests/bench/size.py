"""Documents of growing size: `apispec build` beside `redocly build-docs`, neoteroi-mkdocs and a bare `mkdocs build`.

What a build costs, what its heaviest page weighs, and, in Chromium on localhost, when something is painted first and
when the last operation is in the page. Redocly comes from `tests/bench/node`, neoteroi-mkdocs from pip into `.cache`.
"""

from __future__ import annotations

import gzip
import json
import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.measure import Cost, cost, table
from tests.bench.pages import NODE, REDOC, _local
from tests.pages.conftest import served
from tests.samples import CACHE, Unavailable, github

NEOTEROI = "neoteroi-mkdocs==1.1.3"
TIMES, TIMES_LARGE = 3, 1
"""How often a document is built; medians are shown. Those over `LARGE` bytes take minutes with some builders."""
LARGE = 1_000_000
VISITS = 3
PATIENCE = 20_000
"""Milliseconds to wait for the last operation."""
BARE = "site_name: Bare\ntheme: {name: material, font: false}\n"
HEAD: list[object] = [
    "document", "builder", "CPU s", "peak MiB", "pages", "heaviest page, gzip kB", "first paint ms", "last operation ms",
]  # fmt: skip


def main() -> None:
    """Print the table. Aim: GitHub's within 12 s and 1.5 times the bare build, pages under 300 kB, paint under 100 ms."""
    from playwright.sync_api import sync_playwright

    rows: list[list[object]] = [HEAD]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        for name, text in _documents():
            for builder, build in BUILDERS.items():
                with tempfile.TemporaryDirectory() as folder:
                    spent = [_built(Path(folder), text, build) for _ in range(_times(text))]
                    known = [cost for cost in spent if cost is not None]
                    if known:
                        cpu = statistics.median(cost.cpu for cost in known)
                        memory = max(cost.memory for cost in known)
                        rows.append([name, builder, cpu, memory, *_read(chromium, Path(folder) / builder.split()[0])])
        chromium.close()
    table(f"Documents of growing size, medians of builds and of {VISITS} first visits on localhost", rows)


def _times(text: str) -> int:
    return TIMES if len(text) < LARGE else TIMES_LARGE


def _built(place: Path, text: str, build: Callable[[Path], Cost | None]) -> Cost | None:
    """What one build of a document costs, in a folder that holds nothing else."""
    shutil.rmtree(place)
    place.mkdir()
    (place / "openapi.json").write_text(text, encoding="utf-8")
    return build(place)


def _documents() -> list[tuple[str, str]]:
    found = [(f"{count} operations", json.dumps(generated(count))) for count in (19, 100)]
    try:
        found.append(("GitHub, 1,223 operations", github().read_text(encoding="utf-8")))
    except Unavailable as reason:
        print(f"GitHub's left out: {reason}", file=sys.stderr)
    return found


def generated(count: int) -> dict[str, Any]:
    """A document of so many operations in groups of ten, as a small shop has them."""
    item = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}}
    paths: dict[str, Any] = {}
    for number in range(count):
        answer = {
            "description": "Found.",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Item"}}},
        }
        paths[f"/things{number}/{{id}}"] = {
            "get": {
                "operationId": f"get_thing_{number}",
                "summary": f"Operation number {number}",
                "tags": [f"group {number // 10}"],
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}],
                "responses": {"200": answer},
            }
        }
    return {
        "openapi": "3.0.3",
        "info": {"title": "Shop", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
        "paths": paths,
        "components": {"schemas": {"Item": item}},
    }


def _ours(place: Path) -> Cost:
    command = [
        sys.executable,
        "-m",
        "apispec",
        "build",
        "openapi.json",
        "--out",
        "apispec",
        "--quiet",
        "--no-config",
        "--fail-on",
        "never",
    ]
    return cost(command, folder=place)


def _bare(place: Path) -> Cost:
    """The same Markdown, built by MkDocs alone: what comes on top of it is ours."""
    command = [
        sys.executable,
        "-m",
        "apispec",
        "pages",
        "openapi.json",
        "--out",
        "bare-pages/docs",
        "--quiet",
        "--no-config",
        "--fail-on",
        "never",
    ]
    cost(command, folder=place)
    folder = place / "bare-pages"
    (folder / "mkdocs.yml").write_text(BARE, encoding="utf-8")
    return cost([sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(place / "bare")], folder=folder)


def _redocly(place: Path) -> Cost | None:
    program = NODE / "@redocly" / "cli" / "bin" / "cli.js"
    if not program.is_file():
        return None
    environment = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
    page = place / "redocly" / "index.html"
    page.parent.mkdir()
    found = cost(["node", str(program), "build-docs", "openapi.json", "-o", str(page)], folder=place, env=environment)
    # Its script comes from a content delivery network; here from beside the page, which is quicker.
    page.write_text(REDOC.sub(_local, page.read_text(encoding="utf-8")), encoding="utf-8")
    shutil.copyfile(
        program.parents[1] / "lib" / "chunks" / "redoc.standalone.js", page.with_name("redoc.standalone.js")
    )
    return found


def _neoteroi(place: Path) -> Cost | None:
    """In packages of its own: it is no dependency of ours."""
    packages = CACHE.parent / "neoteroi"
    if not packages.is_dir():
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(packages), NEOTEROI]
        if subprocess.run(command, check=False, timeout=600).returncode:
            shutil.rmtree(packages, ignore_errors=True)
            return None
    folder = place / "neoteroi-pages"
    (folder / "docs").mkdir(parents=True)
    shutil.copyfile(place / "openapi.json", folder / "docs" / "openapi.json")
    (folder / "docs" / "index.md").write_text("[OAD(./docs/openapi.json)]\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(BARE + "plugins: [neoteroi.mkdocsoad]\n", encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(place / "neoteroi")]
    try:
        return cost(command, folder=folder, env={"PYTHONPATH": str(packages)})
    except RuntimeError as error:
        print(f"neoteroi-mkdocs: {str(error)[-200:]}", file=sys.stderr)
        return None


BUILDERS: dict[str, Callable[[Path], Cost | None]] = {
    "apispec build": _ours,
    "bare mkdocs build": _bare,
    "redocly build-docs": _redocly,
    "neoteroi mkdocs": _neoteroi,
}


def _read(chromium: Any, site: Path) -> list[object]:
    """Pages, the heaviest one's weight, first paint of that one, and when its last operation is in it."""
    pages = [page for page in site.rglob("*.html") if page.name != "404.html"]
    heaviest = max(pages, key=lambda page: len(gzip.compress(page.read_bytes(), 6, mtime=0)))
    weight = len(gzip.compress(heaviest.read_bytes(), 6, mtime=0)) / 1000
    reference = [page for page in pages if "reference" in page.parts]
    shown = max(reference or [heaviest], key=lambda page: page.stat().st_size)
    words = re.findall(r'data-path="([^"]+)"', shown.read_text(encoding="utf-8")) if reference else []
    document = json.loads((site.parent / "openapi.json").read_text(encoding="utf-8"))
    last = words[-1].replace("&#123;", "{").replace("&#125;", "}") if words else list(document["paths"])[-1]
    with served(site) as base:
        visits = [_visit(chromium, base, shown.relative_to(site).as_posix(), last) for _ in range(VISITS)]
    return [len(pages), weight, *(statistics.median(times) for times in zip(*visits, strict=True))]


def _visit(chromium: Any, base: str, path: str, last: str) -> tuple[float, float]:
    """First paint, and until the page holds the words `last`; ms, NaN = not before someone scrolls."""
    page = chromium.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.route(lambda url: not url.startswith(base), lambda route: route.abort())
    page.goto(base + path, wait_until="commit")
    try:
        said = f"document.body?.textContent.includes({json.dumps(last)}) && performance.now()"
        there = float(page.wait_for_function(said, timeout=PATIENCE, polling="raf").json_value())
    except Exception:  # Playwright has an error of its own
        there = math.nan
    page.wait_for_load_state("load")
    painted = float(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"))
    page.context.close()
    return painted, there


if __name__ == "__main__":
    main()
