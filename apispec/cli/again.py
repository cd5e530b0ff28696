"""`python -m apispec.cli.again`: builds a site each time that it is told to, with all that the last time has loaded.

Each line of stdin is a JSON list: the path of a file that is made when the build has ended, and the arguments of
`apispec build`. `apispec serve --reload` starts it. Targets are read by forks of this process, where the system has
those, so that no code of anybody's runs in it.
"""

from __future__ import annotations

import contextlib
import gc
import json
import sys
from importlib import import_module
from pathlib import Path

from apispec import machine
from apispec.cli import run

_NEEDED = (
    "apispec.cli.build",
    "apispec.cli.generating",
    "apispec.cli.sites",
)
"""What building imports when it comes to it."""
_APPS = {"fastapi": "fastapi", "starlette": "starlette.applications"}
"""Libraries of apps that start nothing when they are imported, by the name that a source has to have in it."""
_LARGE_MIB = 400
"""A process that has had so much memory ends: what it took is given back, and to start again is little beside it."""


def main() -> None:
    """Build until stdin ends."""
    gc.set_threshold(100_000, 50, 1000)
    from apispec.introspection import warm

    for name in _NEEDED:
        import_module(name)
    warm()
    from apispec.cli.build import preload

    preload()
    for line in sys.stdin:
        answer, *arguments = json.loads(line)
        _load_libraries(arguments)
        machine.begin_others()
        run(["build", *arguments])
        Path(answer).touch()
        if machine.peak_mib() > _LARGE_MIB:
            return


def _load_libraries(arguments: list[str]) -> None:
    source = Path(arguments[0].partition(":")[0])
    text = ""
    if source.suffix == ".py":
        with contextlib.suppress(OSError, ValueError):
            text = source.read_text(encoding="utf-8")
    for word, name in _APPS.items():
        if word in text:
            with contextlib.suppress(Exception):
                import_module(name)


if __name__ == "__main__":
    main()
