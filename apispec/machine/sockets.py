"""A listening socket, handed over to a process that this one starts."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

_VARIABLE = "APISPEC_SERVE_FD"


def to_hand_over(listening: socket.socket, environment: Mapping[str, str]) -> dict[str, Any]:
    """Options for `subprocess.Popen` of a process that takes a socket over.

    Args:
        listening: The socket; this process keeps it as well.
        environment: Variables of the process.
    """
    number = listening.fileno()
    options: dict[str, Any] = {"env": {**environment, _VARIABLE: str(number)}}
    if sys.platform == "win32":  # handles are handed over by name, and must be made so that they can be
        os.set_handle_inheritable(number, True)
        options["startupinfo"] = subprocess.STARTUPINFO(lpAttributeList={"handle_list": [number]})
    else:
        options["pass_fds"] = [number]
    return options


def takes_over() -> bool:
    """Whether a socket was handed over to this process."""
    return _VARIABLE in os.environ


def handed_over() -> socket.socket | None:
    """The socket that was handed over to this process; None where there is none."""
    number = os.environ.get(_VARIABLE, "")
    return socket.socket(fileno=int(number)) if number.isdigit() else None
