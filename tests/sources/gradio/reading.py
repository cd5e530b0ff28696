"""Apps read by a process that has imported Gradio already, once for each generation: that import takes seconds."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from apispec.model import Introspection
from tests.conftest import REPOSITORY
from tests.sources.gradio.crawl import Reader


def python(generation: str) -> str:
    """The interpreter that has Gradio 5 or 6."""
    path = REPOSITORY / f".venv-gradio{generation}" / "bin" / "python"
    assert path.exists(), "make app-envs makes it"
    return str(path)


def read_app(file: Path, generation: str) -> tuple[Introspection, dict[str, Any]]:
    """What `introspect` makes of an app, and what Gradio's own `get_api_info` says of it."""
    with tempfile.TemporaryDirectory() as folder:
        found, own = _reader(generation).read(file, Path(folder))
    assert isinstance(found, Introspection), found
    return found, own


@cache
def _reader(generation: str) -> Reader:
    return Reader(python(generation), 120)
