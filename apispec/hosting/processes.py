"""An app in a process of its own, by the interpreter of its own environment, ended when it is done with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from apispec import machine
from apispec.errors import ApispecError, TargetError
from apispec.introspection import Options, resolve
from apispec.introspection import command as by_its_interpreter
from apispec.sources import outside

SHOW_ERRORS = "APISPEC_SHOW_ERRORS"
"""Environment variable that makes a Gradio app say what went wrong in a call, as `launch(show_error=True)` does."""

HEARD = "APISPEC_HEARD"
"""Environment variable with the file in which a Gradio app writes down the calls that reach it."""

LAUNCHING = "apispec.hosting.launching"
READY = "APISPEC_READY"
_GRACE_S = 10
"""Seconds for a server to end when it is told to."""
_GLANCE = 0.02
"""Seconds between two looks for the address."""
PATIENCE = 180.0
"""Seconds for an app to start: Gradio's imports alone take many on a busy machine."""


@contextmanager
def launched(
    target: str,
    options: Options,
    library: str = "",
    *,
    timeout: float = PATIENCE,
    show_errors: bool = False,
    heard: Path | None = None,
) -> Iterator[str]:
    """The address of an app that its own interpreter runs.

    Args:
        target: As given to `introspect`.
        options: Which interpreter, and what it finds.
        library: Of the app, where it is known (`Api.source`).
        timeout: Seconds until it must be there; as many as it may take to be read, where those are more.
        show_errors: Whether a Gradio app answers with the words of its errors, whatever it says itself.
        heard: Where a Gradio app writes down the calls that reach it.

    Raises:
        TargetError: It does not start.
    """
    if library in outside.LIBRARIES:
        named = replace(options, python=options.python or sys.executable)
        start = outside.command(resolve(target, search_path=options.search_path), named, "serve")
    else:
        start = by_its_interpreter(options, LAUNCHING, target)
    environment = {SHOW_ERRORS: "1"} if show_errors else {}
    if heard is not None:
        environment[HEARD] = str(heard)
    with serving(start, target, max(timeout, options.timeout_s), environment) as url:
        yield url


@contextmanager
def serving(
    start: Sequence[str], target: str, timeout: float = PATIENCE, environment: Mapping[str, str] | None = None
) -> Iterator[str]:
    """The address that a server's process hands over once it listens.

    It writes it into a file of ours, whose path it gets as the environment variable `READY`: whatever the target
    prints, closes or duplicates, nobody else writes there.

    Args:
        start: Program and arguments.
        target: What it serves, for messages.
        timeout: Seconds until it must listen.
        environment: Variables of the process besides those of this one.

    Raises:
        TargetError: It does not.
    """
    with tempfile.TemporaryDirectory(prefix="apispec-app-") as folder:
        errors, ready = Path(folder, "errors"), Path(folder, "ready")
        with errors.open("wb") as log:
            variables = {**os.environ, **(environment or {}), READY: str(ready)}
            command = machine.supervised(start, _GRACE_S) or list(start)
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=variables, **machine.askable()
            )
        end = time.monotonic() + timeout
        try:
            while not ready.exists() and process.poll() is None and time.monotonic() < end:
                time.sleep(_GLANCE)
            if not ready.exists():
                failed = Path(folder, "ready.failed")
                if failed.exists():
                    raise TargetError(**json.loads(failed.read_text(encoding="utf-8")))
                late = process.poll() is None
                problem = f"did not start within {timeout:g} s" if late else "could not be served"
                raise TargetError(f"the app {problem}", where=target, details=_said(errors))
            yield ready.read_text(encoding="utf-8")
        finally:
            machine.ask_to_end(process)
            try:
                process.wait(_GRACE_S + 5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _said(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-4000:]


def taken() -> str:
    """Where this process is to hand over its address; nobody can ask a second time. Call it before the target runs."""
    return os.environ.pop(READY, "")


@contextmanager
def explained(ready: str) -> Iterator[None]:
    """End this process where an error of ours is raised, the error handed over instead of an address."""
    try:
        yield
    except ApispecError as error:
        said = {"message": error.message, "where": error.where, "hint": error.hint, "details": error.details}
        Path(f"{ready}.failed").write_text(json.dumps(said), encoding="utf-8")
        raise SystemExit(2) from None


def hand_over(ready: str, address: str) -> None:
    """Say that this process listens.

    Args:
        ready: From `taken`.
        address: Any text.
    """
    fresh = Path(f"{ready}.part")
    fresh.write_text(address, encoding="utf-8")
    fresh.replace(ready)
