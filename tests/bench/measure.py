"""Measuring processes: CPU time and peak memory of a command and all its children."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """What a command cost."""

    cpu: float
    """Seconds of CPU, user and system, children included."""
    memory: int
    """Peak resident memory of the largest process, MiB."""


def cost(command: Sequence[str], *, folder: Path | None = None, env: Mapping[str, str] | None = None) -> Cost:
    """Run a command and tell what it cost.

    Raises:
        RuntimeError: It failed; with the end of its output.
    """
    process = subprocess.Popen(
        [sys.executable, "-c", _WATCH, *command],
        cwd=folder,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    out, _ = process.communicate(timeout=900)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed:\n{out[-2000:]}")
    cpu, memory = out.strip().splitlines()[-1].split()
    return Cost(float(cpu), int(memory) // 1024)


# A parent of its own for each command: RUSAGE_CHILDREN then counts that command and nothing else.
_WATCH = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
sys.exit(code)
"""


def best(times: int, command: Sequence[str], *, folder: Path | None = None) -> Cost:
    """The cheapest of several runs: what is left is the command's own cost."""
    return min((cost(command, folder=folder) for _ in range(times)), key=lambda c: c.cpu)


def table(title: str, rows: Sequence[Sequence[object]]) -> None:
    """Print a table, its first row being the heading."""
    texts = [[f"{c:.2f}" if isinstance(c, float) else str(c) for c in row] for row in rows]
    widths = [max(len(row[i]) for row in texts) for i in range(len(texts[0]))]
    print(f"\n{title}")
    for row in texts:
        print(
            "  "
            + "  ".join(
                cell.rjust(width) if i else cell.ljust(width) for i, (cell, width) in enumerate(zip(row, widths))
            )
        )
    sys.stdout.flush()
