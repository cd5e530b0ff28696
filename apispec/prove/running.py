"""One snippet as a process of its own, exactly as it is shown, in an empty folder."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from apispec import machine
from apispec.prove.cases import Case

LONGEST_OUTPUT = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Ran:
    """How a process ended."""

    code: int | None
    """Exit status; None where it did not end in time."""
    output: str
    errors: str
    seconds: float
    files: dict[str, bytes]
    """What it left in its folder, less the snippet."""


def run(case: Case, base_url: str, *, timeout: float, node_modules: Path | None) -> Ran:
    """Run a snippet.

    Args:
        case: Not one of protocol `mcp`.
        base_url: Of the server.
        timeout: Seconds.
        node_modules: Where JavaScript packages are.
    """
    snippet = case.snippet(base_url)
    with tempfile.TemporaryDirectory(prefix="apispec-prove-", ignore_cleanup_errors=True) as name:
        folder = Path(name, "run")
        folder.mkdir()
        if node_modules is not None:
            Path(name, "node_modules").symlink_to(node_modules)
        script = Path(name, "run", f"snippet.{snippet.language.extension}")
        script.write_text(snippet.text, encoding="utf-8", newline="")
        (folder / "tmp").mkdir()
        environment = {
            **os.environ,
            **case.environment,
            "TMPDIR": str(folder / "tmp"),
            "GRADIO_ANALYTICS_ENABLED": "False",
            "NO_COLOR": "1",
        }
        environment["PYTHONIOENCODING"] = "utf-8"
        for variable in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
            environment.pop(variable, None)
        started = time.monotonic()
        group = machine.Group(
            [*case.runner, script.name],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        process = group.process
        code: int | None
        _running.add(group)
        try:
            output, errors = process.communicate(timeout=timeout)
            code = process.returncode
        except subprocess.TimeoutExpired:
            group.end()
            output, errors = process.communicate()
            code = None
        finally:
            _running.discard(group)
        seconds = time.monotonic() - started
        left = {
            path.name: path.read_bytes() for path in folder.iterdir() if path.is_file() and path.name != script.name
        }
    text = output[:LONGEST_OUTPUT].decode("utf-8", "replace")
    return Ran(code, text, errors[:LONGEST_OUTPUT].decode("utf-8", "replace"), seconds, left)


_running: set[machine.Group] = set()


def end_all() -> None:
    """End every snippet that runs, with what it started."""
    for group in list(_running):
        group.end()
