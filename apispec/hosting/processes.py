"""An app in a process of its own, by the interpreter of its own environment, ended when it is done with."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from apispec.errors import TargetError
from apispec.introspection import Options, command, resolve
from apispec.sources import apiflask

SHOW_ERRORS = "APISPEC_SHOW_ERRORS"
"""Environment variable that makes a Gradio app say what went wrong in a call, as `launch(show_error=True)` does."""

LAUNCHING = "apispec.hosting.launching"
PATIENCE = 180.0
"""Seconds for an app to start: Gradio's imports alone take many on a busy machine."""


@contextmanager
def launched(
    target: str, options: Options, library: str = "", *, timeout: float = PATIENCE, show_errors: bool = False
) -> Iterator[str]:
    """The address of an app that its own interpreter runs.

    Args:
        target: As given to `introspect`.
        options: Which interpreter, and what it finds.
        library: Of the app, where it is known (`Api.source`).
        timeout: Seconds until it must be there.
        show_errors: Whether a Gradio app answers with the words of its errors, whatever it says itself.

    Raises:
        TargetError: It does not start.
    """
    if library == apiflask.NAME:
        start = apiflask.command(resolve(target, search_path=options.search_path), options, "serve")
    else:
        start = command(options, LAUNCHING, target)
    with serving(start, target, timeout, {SHOW_ERRORS: "1"} if show_errors else {}) as url:
        yield url


@contextmanager
def serving(
    start: Sequence[str], target: str, timeout: float = PATIENCE, environment: Mapping[str, str] | None = None
) -> Iterator[str]:
    """What a server's process prints once it listens: one line.

    Args:
        start: Program and arguments.
        target: What it serves, for messages.
        timeout: Seconds until it must listen.
        environment: Variables of the process besides those of this one.

    Raises:
        TargetError: It does not.
    """
    with tempfile.TemporaryDirectory(prefix="apispec-app-") as folder:
        errors = Path(folder, "errors")
        with errors.open("wb") as log:
            variables = {**os.environ, **(environment or {})}
            process = subprocess.Popen(
                start, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, env=variables
            )
        assert process.stdout is not None
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(timeout, give_up)
        timer.start()
        try:
            line = process.stdout.readline().decode().strip()
            timer.cancel()
            if not line:
                details = errors.read_text(encoding="utf-8", errors="replace")[-4000:]
                problem = f"did not start within {timeout:g} s" if late.is_set() else "could not be served"
                raise TargetError(f"the app {problem}", where=target, details=details)
            yield line
        finally:
            timer.cancel()
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stdout.close()
