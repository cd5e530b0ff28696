"""How a process is told to stop, and how it hears that."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import subprocess
    from types import FrameType

    from apispec.machine.forks import Forked

Handler = Callable[[int, "FrameType | None"], Any]


def at_stop(handler: Handler, *, interrupts: bool = False) -> None:
    """Have a handler called when this process is told to stop.

    Args:
        handler: Gets the signal's number and the frame.
        interrupts: Also at Ctrl-C, which raises KeyboardInterrupt otherwise.
    """
    names = ["SIGTERM", "SIGBREAK", *(["SIGINT"] if interrupts else [])]
    for number in (getattr(signal, name, None) for name in names):
        if number is not None:
            signal.signal(number, handler)


def askable() -> dict[str, Any]:
    """Options for `subprocess.Popen` of a process that is to be asked to end later on: Windows asks groups."""
    if sys.platform == "win32":
        import subprocess

        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return {}


def ask_to_end(process: subprocess.Popen[Any] | Forked) -> None:
    """Tell a process that was started as `askable`, or is a fork, to end by itself."""
    if process.poll() is not None:
        return
    if sys.platform == "win32":
        process.send_signal(signal.CTRL_BREAK_EVENT)
    else:
        process.terminate()


def on_interrupt(callback: Callable[[], Any]) -> bool:
    """Have the running event loop call something at Ctrl-C; False where its loops hear no signals (Windows)."""
    import asyncio

    try:
        asyncio.get_running_loop().add_signal_handler(signal.SIGINT, callback)
    except (NotImplementedError, AttributeError):
        return False
    return True


def name_of(status: int) -> str:
    """The name of the signal that ended a process, by its status; empty where none did."""
    if status >= 0:
        return ""
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"
