"""Children of this process that begin as what it is: all that it has imported they have, too. Linux.

A process says that it may be the beginning of others (`begin_others`) when it has loaded what these will need, runs
nothing of anybody else's and has one thread.
"""

from __future__ import annotations

import contextlib
import gc
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from typing import IO

from apispec.machine import supervisor

_allowed: list[bool] = []


def begin_others() -> bool:
    """Say that this process may be forked; whether the system has that."""
    if sys.platform != "linux":  # macOS's own libraries end forks of processes that have used them
        return False
    _allowed[:] = [True]
    return True


def can_begin() -> bool:
    """Whether this process may be forked, now."""
    return bool(_allowed) and threading.active_count() == 1


class Forked:
    """A fork of this process that runs one function, below a process that ends all that it starts.

    It answers as `subprocess.Popen` does. When this process dies, it does, too.

    Args:
        run: What it runs; its result is the exit status.
        grace_s: So many seconds it has to end when it is asked to; 0 = it is ended at once.
        environment: Its variables; this process's where None.
        captured: Whether it reads nothing, and `stdout` has what it writes to stdout and stderr.
    """

    def __init__(
        self,
        run: Callable[[], int],
        grace_s: int = 0,
        *,
        environment: Mapping[str, str] | None = None,
        captured: bool = False,
    ) -> None:
        self.returncode: int | None = None
        self.stdout: IO[bytes] | None = None
        ends = os.pipe() if captured else None
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
        gc.freeze()  # what is there already is not looked through, and so not copied, in each of them
        parent = os.getpid()
        self.pid = os.fork()
        if self.pid:
            if ends is not None:
                os.close(ends[1])
                self.stdout = os.fdopen(ends[0], "rb")
            return
        try:
            _allowed.clear()
            os.setsid()
            if ends is not None:
                null = os.open(os.devnull, os.O_RDONLY)
                for number, end in ((0, null), (1, ends[1]), (2, ends[1])):
                    os.dup2(end, number)
            if environment is not None:
                os.environ.clear()
                os.environ.update(environment)
            supervisor.supervise(parent, grace_s, lambda: _run(run))
        finally:
            os._exit(126)

    def poll(self) -> int | None:
        """The exit status, None where it still runs; negative: the signal that has ended it."""
        if self.returncode is None:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            if ended:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end.

        Raises:
            TimeoutExpired: It runs for longer than `timeout` seconds.
        """
        if timeout is None and self.returncode is None:
            self.returncode = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        until = time.monotonic() + (timeout or 0)
        while self.poll() is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired("a fork", timeout or 0)
            time.sleep(0.002)
        assert self.returncode is not None
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, where it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(15)

    def end(self) -> None:
        """End it and its group at once, as `Group.end`."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, 9)


def _run(run: Callable[[], int]) -> int:
    try:
        return run()
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
        return 1
    finally:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
