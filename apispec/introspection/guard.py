"""Running one Python process that may do anything: bounded in time, its output kept apart, nothing of it left behind.

What the process does is not known here; limits that only it can set itself (CPU, memory) are set in `child`.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

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
        if self.status >= 0:
            return ""
        try:
            return signal.Signals(-self.status).name
        except ValueError:
            return f"signal {-self.status}"


def run(command: Sequence[str], *, timeout_s: float, environment: Mapping[str, str] | None = None) -> Outcome:
    """Run a command to its end, or to the end of its time.

    It gets a session of its own and no input. Afterwards its process group is ended; on Linux also every process that
    descends from it (`supervisor`), and each that still carries the mark in its environment. When this process dies,
    all of them die.

    Args:
        command: Program and arguments.
        timeout_s: Wall time in seconds.
        environment: Variables of the process; this process's where None.

    Raises:
        OSError: It cannot be started.
    """
    mark = secrets.token_hex(16)
    start = supervised(command)
    process = subprocess.Popen(
        start or list(command),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**(os.environ if environment is None else environment), MARK: mark},
        start_new_session=True,
    )
    assert process.stdout is not None
    output = bytearray()
    # The pipe may be held open by what the process left behind, so nobody waits for its end.
    reader = threading.Thread(target=_drain, args=(process.stdout, output), daemon=True)
    reader.start()
    expired = threading.Event()

    def expire() -> None:
        expired.set()
        _end(process, supervised=bool(start))

    timer = threading.Timer(timeout_s, expire)
    timer.daemon = True
    timer.start()
    try:
        status = process.wait()
    finally:  # also when the user interrupts
        timer.cancel()
        _end(process, supervised=bool(start))
        _end_group(process.pid)
        process.wait()
        _end_strays(mark)
    reader.join(timeout=1.0)
    if not reader.is_alive():
        process.stdout.close()
    return Outcome(status=status, timed_out=expired.is_set(), output=output.decode("utf-8", "replace"))


def supervised(command: Sequence[str], grace_s: int = 0) -> list[str]:
    """The command under the supervisor; empty where the system lacks what that needs.

    Who starts it must be the thread that waits for it: with that it ends.

    Args:
        command: Program and arguments.
        grace_s: So many seconds the program has to end by SIGTERM before it is killed; 0 = it is killed at once.

    Raises:
        OSError: There is no such program.
    """
    if sys.platform != "linux" or not sys.executable:
        return []
    program = shutil.which(command[0])
    if program is None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), command[0])
    own = str(Path(__file__).with_name("supervisor.py"))
    return [sys.executable, "-I", "-S", own, str(os.getpid()), str(grace_s), program, *command[1:]]


def _end(process: subprocess.Popen[bytes], *, supervised: bool) -> None:
    """Have the supervisor end everything; where it does not, or there is none, end the group."""
    if supervised and process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_SUPERVISOR_S)
    if process.poll() is None:
        _end_group(process.pid)


def _drain(stream: IO[bytes], output: bytearray) -> None:
    with contextlib.suppress(OSError, ValueError):
        while chunk := os.read(stream.fileno(), KEPT_OUTPUT):
            output += chunk
            del output[:-KEPT_OUTPUT]


def _end_group(pid: int) -> None:
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
    else:  # Windows has no process groups of this kind
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGTERM)


def _end_strays(mark: str) -> None:
    """End processes that took a session of their own; they are known by our mark in their environment."""
    wanted = f"{MARK}={mark}".encode()
    for _ in range(3):  # one may fork while another is being ended
        found = False
        for pid in _process_ids():
            with contextlib.suppress(OSError):
                if wanted in Path(f"/proc/{pid}/environ").read_bytes():
                    os.kill(pid, signal.SIGKILL)
                    found = True
        if not found:
            return


def _process_ids() -> list[int]:
    try:
        return [
            int(name)
            for name in os.listdir("/proc")  # noqa: PTH208 - several times as fast
            if name.isdigit()
        ]
    except OSError:  # not Linux
        return []
