"""Stoplight's Prism as a second judge of what snippets send: `prism mock` for one document."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PRISM = Path(__file__).parent / "prism" / "node_modules" / ".bin" / "prism"
"""As `make prove-public` installs it."""
PATIENCE_S = 120.0


@contextmanager
def prism(document: Path, log: Path) -> Iterator[str]:
    """The address of a Prism that answers as a document says, and refuses requests that do not fit it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["node", str(PRISM), "mock", "-h", "127.0.0.1", "-p", str(port), str(document)]
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=out) as process:
        try:
            until = time.monotonic() + PATIENCE_S
            while b"Prism is listening" not in log.read_bytes():
                if process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(f"Prism does not serve {document}: {log.read_text(encoding='utf-8')[-500:]}")
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
