"""A process and all that it starts, ended together."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from apispec.machine.limits import Limits


class Group:
    """A process in a group of its own.

    On Linux and macOS it leads a session, whose processes are ended by one signal; what takes a session of its own is
    not in it (`end_strays`, `supervised`). On Windows it is put into a Job Object, which keeps the limits, too, and
    ends all that is in it, also when this process dies; where pywin32 is missing, the process alone is ended.

    Args:
        command: Program and arguments.
        limits: What Windows is to keep; elsewhere a process sets its own (`limit_this_process`).
        options: For `subprocess.Popen`.

    Raises:
        OSError: It cannot be started.
    """

    def __init__(self, command: Sequence[str], limits: Limits | None = None, **options: Any) -> None:
        self._job: Any = None
        if sys.platform == "win32":
            options.setdefault("creationflags", subprocess.CREATE_NEW_PROCESS_GROUP)
        elif hasattr(os, "setsid"):
            options["start_new_session"] = True
        self._leads = bool(options.get("start_new_session"))
        self.process: subprocess.Popen[bytes] = subprocess.Popen(list(command), **options)
        """The process."""
        if sys.platform == "win32":
            from apispec.machine.jobs import put_into_a_job

            self._job = put_into_a_job(self.process, limits or Limits())

    def end(self) -> None:
        """End the process and its group at once, whatever they are doing; nothing happens where all have ended."""
        if sys.platform == "win32" and self._job is not None:
            from apispec.machine.jobs import end

            end(self._job)
        elif self._leads and hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        else:
            with contextlib.suppress(OSError):
                self.process.kill()
