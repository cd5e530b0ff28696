"""Describing one function, or a module written for the test."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import Any

from apispec.declaring.app import App
from apispec.introspection import Options, describe
from apispec.model import Api, Endpoint, Introspection, dump_json, load_json


@dataclass
class Described:
    api: Api
    endpoint: Endpoint
    rules: list[str]
    messages: list[str]

    def parameters(self) -> dict[str, Any]:
        return {p.name: p.schema for p in self.endpoint.parameters}

    def parameter(self, name: str) -> Any:
        found = self.endpoint.parameter(name)
        assert found is not None
        return found


def one(function: Callable[..., Any], protocol: str = "http", **declared: Any) -> Described:
    """A function as the only endpoint of an App."""
    app = App("Test")
    app.add(function, **{"name": "f", **declared})
    found = describe(app, Options(protocol=protocol))  # type: ignore[arg-type]
    assert load_json(Introspection, dump_json(found)) == found
    return Described(
        found.api, found.api.endpoints[0], [f.rule for f in found.findings], [f.message for f in found.findings]
    )


def module_of(folder: Path, name: str, source: str) -> Any:
    """A module made of this source; importable until the interpreter ends."""
    path = folder.joinpath(*name.split(".")).with_suffix(".py")
    path.parent.mkdir(parents=True, exist_ok=True)
    for parent in path.parents:
        if parent == folder:
            break
        (parent / "__init__.py").touch()
    path.write_text(dedent(source).lstrip(), encoding="utf-8")
    for loaded in [
        m for m in sys.modules if m == name or m.startswith(name.split(".")[0] + ".") or m == name.split(".")[0]
    ]:
        del sys.modules[loaded]
    importlib.invalidate_caches()
    sys.path.insert(0, str(folder))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(folder))
