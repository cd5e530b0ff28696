"""The only module that knows Zensical: builds the same folder of pages with the same configuration."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from apispec.errors import BuildError, MissingExtraError

_RENAMED = {"material/search": "search", "material/offline": "offline"}
"""Plugins of Material for MkDocs that Zensical has under a shorter name; the others it has not."""

_LIGHTBOX = "globalThis.GLightbox ??= class { reload() {} destroy() {} setElements() {} };\n"
"""Zensical's script asks another server for a lightbox, which no page of ours has use for, unless there is one."""


def run_zensical(data: dict[str, Any], work: Path) -> None:
    """Build with Zensical, in a process of its own: it keeps its configuration in globals and prints as it goes.

    Raises:
        BuildError: With what Zensical said.
        MissingExtraError: It is not installed.
    """
    if importlib.util.find_spec("zensical") is None:
        raise MissingExtraError("Zensical is not installed", hint='pip install "apispec-docs[zensical]"')
    (work / "theme" / "sitemap.xml").unlink(missing_ok=True)  # its own has no dates either, and knows its own pages
    (work / "docs" / "assets" / "lightbox.js").write_text(_LIGHTBOX, encoding="utf-8")
    (work / "mkdocs.yml").write_text(json.dumps(_configuration(data, work)), encoding="utf-8")
    command = [sys.executable, "-P", "-m", "zensical", "build", "--config-file", "mkdocs.yml", "--clean"]
    environment = {**os.environ, "NO_COLOR": "1"}
    done = subprocess.run(
        command, cwd=work, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode or not (work / "site" / "index.html").is_file():
        raise BuildError("Zensical could not build the pages", details=(done.stdout + done.stderr).strip())


def _configuration(data: dict[str, Any], work: Path) -> dict[str, Any]:
    """MkDocs' configuration as Zensical takes it: paths relative, its own names of plugins."""
    plugins = [{_RENAMED[name]: settings} for name, settings in data["plugins"].items() if name in _RENAMED]
    theme = {**data["theme"], "variant": "classic", "custom_dir": "theme"}
    kept = {key: value for key, value in data.items() if value is not None and key not in ("strict", "validation")}
    early = [*data["extra"].get("polyfills", []), "assets/lightbox.js"]
    scripts = [{"path": path, "type": "text/javascript", "async": False, "defer": False} for path in early]
    extra = {**data["extra"], "polyfills": scripts}
    return {**kept, "docs_dir": "docs", "site_dir": "site", "theme": theme, "plugins": plugins, "extra": extra}
