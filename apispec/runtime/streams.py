"""The standard streams of a process in which a target was imported that may have closed or replaced them."""

from __future__ import annotations

import os
import sys

_MODES = (os.O_RDONLY, os.O_WRONLY, os.O_WRONLY)


def mend() -> None:
    """Open the standard descriptors and streams again where they are closed.

    A closed descriptor's number would be that of the next socket, which would then get what is printed.
    """
    for number, mode in enumerate(_MODES):
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, mode)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
    for number, name in ((1, "stdout"), (2, "stderr")):
        try:
            stream = getattr(sys, name)
            usable = (
                callable(stream.write) and not stream.closed
            )  # of None, too, libraries ask whether it is a terminal
        except Exception:  # whatever the target put there
            usable = False
        if not usable:
            setattr(sys, name, os.fdopen(number, "w", buffering=1, encoding="utf-8", errors="replace", closefd=False))
