"""The process that builds the site again and again while files are watched (`apispec.cli.again`)."""

from __future__ import annotations

import contextlib
import hashlib
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from apispec import machine

_GRACE_S = 5
"""Seconds for it to end when it is told to."""


class Builder:
    """Builds one site.

    Args:
        site: Its folder.
    """

    def __init__(self, site: Path) -> None:
        self.site = site
        self.arguments: list[str] | None = None
        """Of the last build."""
        self._process: subprocess.Popen[bytes] | None = None
        self._answer = site.with_name("built")

    @property
    def busy(self) -> bool:
        """Whether a build runs."""
        return self._process is not None and self._process.poll() is None and not self._answer.exists()

    def build(self, arguments: Sequence[str]) -> None:
        """Begin to build; what is being built of older files is given up."""
        if self.busy:
            self.close()
        self.arguments = list(arguments)
        self._answer.unlink(missing_ok=True)
        line = json.dumps([str(self._answer), *self.arguments, "--quiet", "--out", str(self.site)]) + "\n"
        try:
            self._say(line)
        except OSError:  # it has ended since the last build
            self.close()
            self._say(line)

    def version(self) -> str:
        """Which site is there, by what is in it; empty where there is none."""
        try:
            return hashlib.sha256((self.site / ".apispec.json").read_bytes()).hexdigest()[:16]
        except OSError:
            return ""

    def close(self) -> None:
        """End it."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is None:
            process.terminate()
        process.wait()
        if process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()

    def _say(self, line: str) -> None:
        process = self._started()
        assert process.stdin is not None
        process.stdin.write(line.encode())
        process.stdin.flush()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        command = [sys.executable, "-P", "-m", "apispec.cli.again"]
        self._process = subprocess.Popen(
            machine.supervised(command, _GRACE_S) or command, stdin=subprocess.PIPE, stdout=sys.stderr
        )
        return self._process
