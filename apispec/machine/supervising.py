"""Commands below a process that ends everything they have started (`supervisor`). Linux."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

_PDEATHSIG = 1
"""Of prctl(2)."""


def supervised(command: Sequence[str], grace_s: int = 0) -> list[str]:
    """The command under the supervisor; empty where the system lacks what that needs.

    Who starts it must be the thread that waits for it: with that it ends.

    Args:
        command: Program and arguments.
        grace_s: So many seconds the program has to end by SIGTERM before it is killed; 0 = it is killed at once.

    Raises:
        OSError: There is no such program.
    """
    if sys.platform != "linux" or not sys.executable or not hasattr(os, "fork"):
        return []
    program = shutil.which(command[0])
    if program is None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), command[0])
    own = str(Path(__file__).with_name("supervisor.py"))
    return [sys.executable, "-I", "-S", own, str(os.getpid()), str(grace_s), program, *command[1:]]


def end_with(parent: int) -> None:
    """Have this process, a fork of that one, end when that one does, however it is ended.

    Args:
        parent: The other one's id.
    """
    with contextlib.suppress(ImportError, OSError, AttributeError):
        import ctypes

        ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it has ended before it could be told
        os._exit(1)
