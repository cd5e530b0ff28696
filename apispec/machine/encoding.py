"""Names of files in a locale that knows ASCII alone: `C` and `POSIX`, where Python is told to stay with them."""

from __future__ import annotations

import codecs
import os
import sys


def begin_in_utf8() -> None:
    """Begin this process anew in Python's UTF-8 mode, where it could not decode the name of `grüße.json`.

    Python does so itself unless `PYTHONUTF8=0` and `PYTHONCOERCECLOCALE=0` forbid it (PEP 538, PEP 540). Call it before
    anything is read, written or started. It returns where there is nothing to mend.
    """
    name = codecs.lookup(sys.getfilesystemencoding()).name
    if name != "ascii" or sys.flags.utf8_mode or os.name != "posix" or not sys.executable:
        return
    words = [sys.executable, "-X", "utf8", *sys.orig_argv[1:]]
    os.execve(sys.executable, words, {**os.environ, "PYTHONUTF8": "1"})
