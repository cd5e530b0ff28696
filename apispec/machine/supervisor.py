"""Runs one program and ends everything that it has started, however far that has gone away from it. Linux.

    python supervisor.py PID GRACE PROGRAM [ARGUMENT]...

As the "child subreaper" of what it starts, it becomes the parent of each process whose own parent ends: of daemons that
fork twice, too, whatever their session, group and environment. It ends with the program's status, or by its signal; by
SIGTERM, and when the process PID that has started it dies, it ends all at once; where GRACE is not 0, the program has
so many seconds to end by SIGTERM before. Stands alone: what runs it need not have apispec.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import NoReturn

_PDEATHSIG, _SUBREAPER = 1, 36
"""Of prctl(2)."""
_PATIENCE_S = 3.0
"""So long processes are looked for that start others faster than they are ended."""


def main(starter: int, grace: int, command: list[str]) -> NoReturn:
    """Run the program, and end it and all that it has started."""
    supervise(starter, grace, partial(_execute, command))


def supervise(starter: int, grace: int, run: Callable[[], int]) -> NoReturn:
    """The same for what a function does in a process of its own; its result is the status."""
    _prctl(_SUBREAPER, 1)
    _prctl(_PDEATHSIG, signal.SIGTERM)
    signal.signal(signal.SIGTERM, lambda *_: _killed())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who has started this says when
    if os.getppid() != starter:  # it died before it could be told
        os._exit(128 + signal.SIGTERM)
    program = os.fork()
    if program == 0:
        _start(run)
    if grace:
        signal.signal(signal.SIGALRM, lambda *_: _killed())
        signal.signal(signal.SIGTERM, lambda *_: _asked(program, grace))
    status = 0
    while True:
        try:
            ended, state = os.waitpid(-1, 0)
        except ChildProcessError:
            break
        if ended == program:
            status = state
            break
    if not os.WIFSIGNALED(status):
        _leave(os.waitstatus_to_exitcode(status))
    _end_all()
    number = os.WTERMSIG(status)
    if number != signal.SIGKILL:
        signal.signal(number, signal.SIG_DFL)
    _no_core()
    os.kill(os.getpid(), number)
    os._exit(128 + number)


def _start(run: Callable[[], int]) -> NoReturn:
    status = 126
    try:
        os.setsid()
        _prctl(_PDEATHSIG, signal.SIGKILL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        status = run()
    finally:
        os._exit(status)


def _execute(command: list[str]) -> int:
    try:
        os.execvp(command[0], command)
    except OSError as error:
        os.write(2, f"cannot start {command[0]}: {error.strerror}\n".encode(errors="replace"))
    return 126


def _leave(status: int) -> NoReturn:
    _end_all()
    os._exit(status)


def _asked(program: int, grace: int) -> None:
    """Ask the program to end, and wait for that no longer than so many seconds."""
    _signal(program, signal.SIGTERM)
    signal.alarm(grace)


def _killed() -> NoReturn:
    """End as the program has been ended."""
    _end_all()
    os.kill(os.getpid(), signal.SIGKILL)
    os._exit(128 + signal.SIGKILL)


def _end_all() -> None:
    """End every process below this one, and those that they start meanwhile."""
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until:
        below = _below(os.getpid())
        for pid in below:
            _signal(pid, signal.SIGSTOP)  # so that none starts another while the others are ended
        for pid in below:
            _signal(pid, signal.SIGKILL)
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        time.sleep(0.002)


def _below(top: int) -> list[int]:
    """The processes that descend from one, those that have ended aside."""
    children: dict[int, list[int]] = {}
    for name in os.listdir("/proc"):  # noqa: PTH208 - pathlib would be imported for this alone
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", "rb") as file:  # noqa: PTH123
                    state, parent = file.read().rpartition(b")")[2].split()[:2]
            except (OSError, ValueError):
                continue
            if state not in (b"Z", b"X"):
                children.setdefault(int(parent), []).append(int(name))
    found: list[int] = []
    waiting = [top]
    while waiting:
        inner = children.get(waiting.pop(), [])
        found += inner
        waiting += inner
    return found


def _signal(pid: int, number: int) -> None:
    with contextlib.suppress(OSError):  # it has ended, or belongs to somebody else
        os.kill(pid, number)


def _prctl(option: int, value: int) -> None:
    """Best effort: without it the program runs all the same, and less is ended."""
    try:
        import ctypes

        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
    except (ImportError, OSError, AttributeError):
        pass


def _no_core() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError):
        pass


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
