"""The quickstart's pages beside Redocly's and Scalar's of the same openapi.json, in Chromium on localhost.

What each transfers (gzip), when something is painted first, when the last operation can be read, how much is asked for.
The median of several visits with an empty cache; the two others come from `tests/bench/node`. A page of two sentences
shows what Chromium itself takes on this machine, however busy it is, and the reference without any stylesheet or script
what its text alone takes: no builder's page of it can be painted sooner.
"""

from __future__ import annotations

import gzip
import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.measure import table
from tests.pages.conftest import served

REPOSITORY = Path(__file__).parents[2]
NODE = Path(__file__).parent / "node" / "node_modules"
VISITS = 5
FIRST, LAST = "List expenses, newest first", "Convert an amount into another currency"
"""What the document says of its first and its last operation: the whole reference is there once both can be read."""
PATIENCE = 5_000
"""Milliseconds to wait for the last operation: some pages show it only to who scrolls."""
REDOC = re.compile(r'https://[^"]*/(redoc\.standalone\.js)("\s+integrity="[^"]*")?')

ADDED = re.compile(r'<link rel="stylesheet"[^>]*>|<script[^>]*>.*?</script>', re.DOTALL)

SCALAR = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>API</title></head>
<body><script id="api-reference" data-url="openapi.json"></script><script src="standalone.js"></script></body></html>
"""


@dataclass(frozen=True)
class Visit:
    """One page, opened once."""

    painted: float
    """First contentful paint, ms."""
    first: float
    """Until the first operation can be read, ms."""
    last: float
    """Until the last one can, ms; NaN = not before someone scrolls."""
    requests: int
    elsewhere: int
    """Of those, to another origin."""
    weights: dict[str, int]
    """Gzipped bytes by kind: html, js, css, other."""


def main() -> None:
    """Print the table."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder)
        pages = _sites(place)
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        rows: list[list[object]] = [
            [
                "page",
                "HTML kB",
                "JS kB",
                "CSS kB",
                "other kB",
                "requests",
                "elsewhere",
                "first paint ms",
                "quickest",
                "first operation ms",
                "last operation ms",
            ]
        ]
        with served(place) as base:
            for name, path in pages.items():
                visits = [_visit(chromium, base, path) for _ in range(VISITS)]
                weights = [f"{visits[-1].weights[kind] / 1000:.1f}" for kind in ("html", "js", "css", "other")]
                times = [_median([getattr(visit, key) for visit in visits]) for key in ("painted", "first", "last")]
                quickest = f"{min(visit.painted for visit in visits):.0f}"
                asked = [visits[-1].requests, visits[-1].elsewhere]
                rows.append([name, *weights, *asked, times[0], quickest, *times[1:]])
        chromium.close()
    table(f"The quickstart's reference, gzip, median of {VISITS} first visits on localhost", rows)


def _median(times: list[float]) -> str:
    return "when scrolled to" if any(math.isnan(time) for time in times) else f"{statistics.median(times):.0f}"


def _sites(place: Path) -> dict[str, str]:
    """Build all three; the path of each one's page."""
    app = REPOSITORY / "examples" / "quickstart" / "app.py"
    command = [
        sys.executable,
        "-m",
        "apispec",
        "build",
        str(app),
        "--out",
        str(place / "ours"),
        "--quiet",
        "--no-config",
    ]
    subprocess.run(command, check=True)
    (place / "bare").mkdir()
    (place / "bare" / "index.html").write_text(f"<!doctype html><title>Bare</title>{FIRST}. {LAST}.", encoding="utf-8")
    (place / "text").mkdir()
    reference = (place / "ours" / "reference" / "index.html").read_text(encoding="utf-8")
    (place / "text" / "index.html").write_text(ADDED.sub("", reference), encoding="utf-8")
    pages = {
        "two sentences": "bare/",
        "reference, text alone": "text/",
        "apispec, reference": "ours/reference/",
        "apispec, overview": "ours/",
    }
    document = place / "ours" / "openapi.json"
    redocly, scalar = (
        NODE / "@redocly" / "cli" / "bin" / "cli.js",
        NODE / "@scalar" / "api-reference" / "dist" / "browser",
    )
    if not redocly.is_file() or not scalar.is_dir():
        print("Redocly and Scalar are not installed (make bench does it); measuring ours alone", file=sys.stderr)
        return pages
    (place / "redocly").mkdir()
    environment = {**os.environ, "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}
    subprocess.run(
        ["node", str(redocly), "build-docs", str(document), "-o", str(place / "redocly" / "index.html")],
        check=True,
        capture_output=True,
        env=environment,
    )
    # Its script comes from a content delivery network; here from beside the page, which is quicker.
    page = place / "redocly" / "index.html"
    page.write_text(REDOC.sub(_local, page.read_text(encoding="utf-8")), encoding="utf-8")
    shutil.copyfile(
        redocly.parents[1] / "lib" / "chunks" / "redoc.standalone.js", place / "redocly" / "redoc.standalone.js"
    )
    (place / "scalar").mkdir()
    shutil.copyfile(document, place / "scalar" / "openapi.json")
    shutil.copytree(scalar, place / "scalar", dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.map"))
    (place / "scalar" / "index.html").write_text(SCALAR, encoding="utf-8")
    return {**pages, "redocly build-docs": "redocly/", "Scalar, standalone": "scalar/"}


def _local(match: re.Match[str]) -> str:
    return f"./{match.group(1)}" + ('"' if match.group(2) else "")


def _visit(chromium: Any, base: str, path: str) -> Visit:
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    weights = dict.fromkeys(("html", "js", "css", "other"), 0)

    answers: list[Any] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("response", lambda response: answers.append(response))
    page.route(lambda url: not url.startswith(base), lambda route: route.abort())
    page.goto(base + path, wait_until="commit")
    first, last = (_readable(page, words) for words in (FIRST, LAST))
    page.wait_for_load_state("networkidle")
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN")
    for response in answers:
        if response.url.startswith(base) and response.ok:
            kind = {"document": "html", "script": "js", "stylesheet": "css"}.get(
                response.request.resource_type, "other"
            )
            weights[kind] += len(gzip.compress(response.body(), mtime=0))
    context.close()
    return Visit(painted, first, last, len(asked), sum(not url.startswith(base) for url in asked), weights)


def _readable(page: Any, words: str) -> float:
    """When the words can be read, ms after the visit began."""
    from playwright.sync_api import TimeoutError as NotThere

    said = f"document.body?.innerText.includes({words!r}) && performance.now()"
    try:
        return float(page.wait_for_function(said, timeout=PATIENCE, polling="raf").json_value())
    except NotThere:
        return math.nan


if __name__ == "__main__":
    main()
