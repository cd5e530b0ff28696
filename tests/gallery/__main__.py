"""The pictures of README and handbook, made of pages as they are: `make gallery`.

Each site of `SITES` is built, and shown by Chromium on light and on dark.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"
SITES = {"page": ("examples/quickstart/app.py", "reference/list_expenses/index.html")}
"""Picture → target, and which of its pages is shown."""


def main() -> None:
    """Make all pictures."""
    executable = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        for name, (target, place) in SITES.items():
            site = Path(folder, name)
            command = [
                sys.executable,
                "-m",
                "apispec",
                "build",
                target,
                "--out",
                str(site),
                "--layout",
                "operations",
                "-q",
            ]
            subprocess.run(command, cwd=ROOT, check=True)
            for scheme in ("light", "dark"):
                page = chromium.new_page(viewport={"width": 1280, "height": 800}, color_scheme=scheme)
                page.goto((site / place).as_uri())
                page.wait_for_selector("[data-snippets]")
                page.wait_for_load_state("networkidle")
                page.screenshot(path=PICTURES / f"{name}-{scheme}.png")
                page.close()
        chromium.close()


if __name__ == "__main__":
    main()
