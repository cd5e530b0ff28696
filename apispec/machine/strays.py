"""Processes that went away from those that have started them, known by a variable in their environment. Linux."""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path


def end_strays(variable: str, value: str) -> None:
    """End every process of this user that was started with a variable of this value; elsewhere than on Linux, none."""
    wanted = f"{variable}={value}".encode()
    for _ in range(3):  # one may fork while another is being ended
        found = False
        for pid in _process_ids():
            with contextlib.suppress(OSError):
                if wanted in Path(f"/proc/{pid}/environ").read_bytes():
                    os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))
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
