"""Puts our scripts and stylesheets into the wheel a second time, minified: whoever installs it needs no minifier.

minify-go is the Python binding of tdewolff/minify, which reads scripts instead of guessing at them. In a checkout the
sources themselves are used.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

TYPES = {".js": "application/javascript", ".css": "text/css"}


class Minified(BuildHookInterface[Any]):
    """The hook of `[tool.hatch.build.targets.wheel.hooks.custom]`."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before a wheel is made."""
        if version == "editable":
            return
        import minify

        assets = Path(self.root, "templates", "assets")
        self.made = tempfile.TemporaryDirectory(prefix="apispec-minified-")
        for source in sorted(path for path in assets.rglob("*") if path.suffix in TYPES):
            name = source.relative_to(assets).as_posix()
            target = Path(self.made.name, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(minify.string(TYPES[source.suffix], source.read_text(encoding="utf-8")), encoding="utf-8")
            build_data["force_include"][str(target)] = f"apispec/templates/minified/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """After it is made."""
        if version != "editable":
            self.made.cleanup()
