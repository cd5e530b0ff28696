"""`python -m tests.axe [SITE ...]`: what axe-core finds, in light and dark, on desktop and phone.

What is moderate is told; what is serious or critical fails.
"""

from __future__ import annotations

import itertools
import shutil
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any, Literal

from tests.axe.sites import sites
from tests.pages.conftest import served

AXE = Path(__file__).parents[1] / "node" / "node_modules" / "axe-core" / "axe.min.js"
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
IMPACTS = ("critical", "serious", "moderate")
OF_A_KIND = 3
"""Pages of one kind that are looked at; those of many operations are alike."""
LONGEST = 800_000
"""Bytes of a page's HTML that Chromium gets through in a minute."""


def kinds(folder: Path) -> list[str]:
    """Some pages of each kind: the first, the largest and the last."""
    found: dict[str, list[Path]] = defaultdict(list)
    for page in sorted(folder.rglob("*.html")):
        parts = page.relative_to(folder).parts
        if page.stat().st_size > 4000:  # smaller ones only lead on
            found["/".join(parts[:1] if len(parts) > 2 else parts)].append(page)
    chosen: list[str] = []
    for pages in found.values():
        fitting = [page for page in pages if page.stat().st_size < LONGEST] or pages[:1]
        largest = max(fitting, key=lambda page: page.stat().st_size)
        chosen += [page.relative_to(folder).as_posix() for page in dict.fromkeys((fitting[0], largest, fitting[-1]))]
    return chosen[: OF_A_KIND * 12]


def look(page: Any) -> dict[str, tuple[int, str]]:
    """What axe-core says of the page as it is now: how often, and the first place, by rule."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return {
        f"{rule['impact']} {rule['id']}": (len(rule["nodes"]), rule["nodes"][0]["html"][:160])
        for rule in found["violations"]
        if rule["impact"] in IMPACTS
    }


def main(wanted: list[str]) -> int:
    from playwright.sync_api import sync_playwright

    bad = 0
    with tempfile.TemporaryDirectory() as out, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, folder in sites(Path(out), wanted):
            pages = kinds(folder)
            with served(folder) as url:
                for width, scheme in itertools.product((1440, 390), SCHEMES):
                    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
                    page = context.new_page()
                    for path in pages:
                        page.goto(url + path.removesuffix("index.html"))
                        page.evaluate("globalThis.apispec?.wake?.()")
                        page.wait_for_timeout(100)
                        page.evaluate("document.querySelectorAll('article details').forEach(box => box.open = true)")
                        states = {"": look(page)}
                        opener = page.locator(".api-try-open:visible").first
                        if opener.count():
                            opener.click()
                            page.locator(".api-try").first.wait_for()
                            states[" with Try it"] = look(page)
                        for state, found in states.items():
                            for rule, (count, place) in found.items():
                                bad += not rule.startswith("moderate")
                                print(f"{name} {width} {scheme} {path}{state}: {rule} × {count}: {place}", flush=True)
                    context.close()
            print(f"{name}: {len(pages)} pages, 4 times each", flush=True)
        browser.close()
    print(f"{bad} serious or critical findings")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
