"""Running one Python process that may do anything: bounded in time, its output kept apart, nothing of it left behind.

What the process does is not known here; limits that only it can set itself (CPU, memory) are set in `child`.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from apispec import machine

MARK = "APISPEC_INTROSPECTION"
"""Environment variable of the process and what it starts. An app may read it; strays are found by its value."""

_SUPERVISOR_S = 5.0
"""Seconds in which the supervisor ends everything."""

KEPT_OUTPUT = 64 * 1024
"""So many last bytes of the output are kept."""


@dataclass(frozen=True)
class Outcome:
    """How a guarded process ended."""

    status: int
    """Exit status; negative: the signal that ended it."""
    timed_out: bool
    output: str
    """The end of what it wrote to stdout and stderr."""

    @property
    def signal(self) -> str:
        """The name of the signal that ended it, empty where none did."""
        return machine.name_of(self.status)


def run(
    command: Sequence[str] | Callable[[], int],
    *,
    timeout_s: float,
    environment: Mapping[str, str] | None = None,
    limits: machine.Limits | None = None,
) -> Outcome:
    """Run a command to its end, or to the end of its time.

    It gets a group of its own and no input. Afterwards its group is ended; on Linux also every process that descends
    from it (`machine.supervised`), and each that still carries the mark in its environment. When this process dies,
    all of them die, on Linux and Windows.

    Args:
        command: Program and arguments; or what a fork of this process does, where it can have some
            (`machine.can_begin`).
        timeout_s: Wall time in seconds.
        environment: Variables of the process; this process's where None.
        limits: What it may take, where the system keeps that for it (`machine.Group`).

    Raises:
        OSError: It cannot be started.
    """
    mark = secrets.token_hex(16)
    variables = {**(os.environ if environment is None else environment), MARK: mark}
    group: machine.Group | machine.Forked
    process: subprocess.Popen[bytes] | machine.Forked
    if callable(command):
        start = True
        group = process = machine.Forked(command, environment=variables, captured=True)
    else:
        supervised = machine.supervised(command)
        start = bool(supervised)
        group = machine.Group(
            supervised or command,
            limits,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=variables,
        )
        process = group.process
    assert process.stdout is not None
    output = bytearray()
    # The pipe may be held open by what the process left behind, so nobody waits for its end.
    reader = threading.Thread(target=_drain, args=(process.stdout, output), daemon=True)
    reader.start()
    expired = threading.Event()

    def expire() -> None:
        expired.set()
        _end(process, group, supervised=start)

    timer = threading.Timer(timeout_s, expire)
    timer.daemon = True
    timer.start()
    try:
        status = process.wait()
    finally:  # also when the user interrupts
        timer.cancel()
        _end(process, group, supervised=start)
        group.end()
        process.wait()
        machine.end_strays(MARK, mark)
    reader.join(timeout=1.0)
    if not reader.is_alive():
        process.stdout.close()
    return Outcome(status=status, timed_out=expired.is_set(), output=output.decode("utf-8", "replace"))


def _end(
    process: subprocess.Popen[bytes] | machine.Forked, group: machine.Group | machine.Forked, *, supervised: bool
) -> None:
    """Have the supervisor end everything; where it does not, or there is none, end the group."""
    if supervised and process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_SUPERVISOR_S)
    if process.poll() is None:
        group.end()


def _drain(stream: IO[bytes], output: bytearray) -> None:
    with contextlib.suppress(OSError, ValueError):
        while chunk := os.read(stream.fileno(), KEPT_OUTPUT):
            output += chunk
            del output[:-KEPT_OUTPUT]
