"""The only module that knows Zensical: builds the same folder of pages with the same configuration."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from apispec.errors import BuildError, MissingExtraError

_RENAMED = {"material/search": "search", "material/offline": "offline"}
"""Plugins of Material for MkDocs that Zensical has under a shorter name; the others it has not."""

_NAMING = re.compile(r"\{%[-+]?\s*(?P<word>include|import|extends|from)\b")
_NAMED = re.compile(
    r"""\s*(?P<quote>["'])(?P<path>[\w.-]+(?:/[\w.-]+)*)(?P=quote)"""
    r"""(?:\s+(?:as|import)\b|(?:\s+ignore\s+missing)?(?:\s+with(?:out)?\s+context)?\s*[-+]?%\})"""
)

_LIGHTBOX = "globalThis.GLightbox ??= class { reload() {} destroy() {} setElements() {} };\n"
"""Zensical's script asks another server for a lightbox, which no page of ours has use for, unless there is one."""


def run_zensical(data: dict[str, Any], work: Path, own_themes: Sequence[Path] = ()) -> None:
    """Build with Zensical, in a process of its own: it keeps its configuration in globals and prints as it goes.

    Args:
        data: MkDocs' configuration.
        work: The folder that it is built in.
        own_themes: Folders with the user's parts of the theme.

    Raises:
        BuildError: With what Zensical said.
        MissingExtraError: It is not installed.
    """
    if importlib.util.find_spec("zensical") is None:
        raise MissingExtraError("Zensical is not installed", hint='pip install "apispec-docs[zensical]"')
    for theme in own_themes:
        _check_templates(theme)
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


def _check_templates(theme: Path) -> None:
    """Keep the user's templates to those of the theme: Zensical's engine would take any path of the machine.

    It knows no attributes of Python's objects, so that they reach nothing else.

    Raises:
        BuildError: A template names another by what is not a plain, relative path.
    """
    for file in sorted(path for path in theme.rglob("*") if path.is_file()):
        text = file.read_bytes().decode("utf-8", "replace")
        for found in _NAMING.finditer(text):
            named = _NAMED.match(text, found.end())
            if named is None or ".." in named["path"].split("/"):
                line = text.count("\n", 0, found.start()) + 1
                shown = f"theme/{file.relative_to(theme).as_posix()}:{line}"
                raise BuildError(
                    f"{found['word']} must name a template of the theme, written out", where=shown,
                    hint='such as {% include "partials/header.html" %}; Zensical would read any file',
                )  # fmt: skip


def _configuration(data: dict[str, Any], work: Path) -> dict[str, Any]:
    """MkDocs' configuration as Zensical takes it: paths relative, its own names of plugins."""
    plugins = [{_RENAMED[name]: settings} for name, settings in data["plugins"].items() if name in _RENAMED]
    theme = {**data["theme"], "variant": "classic", "custom_dir": "theme"}
    kept = {key: value for key, value in data.items() if value is not None and key not in ("strict", "validation")}
    early = [*data["extra"].get("polyfills", []), "assets/lightbox.js"]
    scripts = [{"path": path, "type": "text/javascript", "async": False, "defer": False} for path in early]
    extra = {**data["extra"], "polyfills": scripts}
    return {**kept, "docs_dir": "docs", "site_dir": "site", "theme": theme, "plugins": plugins, "extra": extra}
