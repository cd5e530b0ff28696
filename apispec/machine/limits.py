"""How much CPU time and memory a process may take, and what a system does not limit."""

from __future__ import annotations

import contextlib
import signal
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What a process may take; 0 = as much as it likes."""

    cpu_s: int = 0
    """Seconds of CPU time."""
    memory_mib: int = 0
    """MiB of memory."""


def limit_this_process(limits: Limits) -> None:
    """Limit this process and what it starts from now on, as far as the system lets it; it leaves no core files.

    Windows has no such limits; there who starts a process sets them (`Group`).
    """
    try:
        import resource
    except ImportError:
        return
    wanted = [(resource.RLIMIT_CORE, 0)]
    if limits.cpu_s:
        wanted.append((resource.RLIMIT_CPU, limits.cpu_s))
    if limits.memory_mib and hasattr(resource, "RLIMIT_AS"):
        wanted.append((resource.RLIMIT_AS, limits.memory_mib * 1024 * 1024))
    for which, soft in wanted:
        with contextlib.suppress(ValueError, OSError):  # a lower hard limit stays; macOS keeps none of memory
            hard = resource.getrlimit(which)[1]
            resource.setrlimit(which, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def cpu_signal() -> int | None:
    """The signal that ends a process which has used up its CPU time; None where there is no such signal."""
    return getattr(signal, "SIGXCPU", None)


def unlimited() -> tuple[str, ...]:
    """What this system does not limit, in words; empty where it limits all that is asked for."""
    if sys.platform == "win32":
        try:
            import win32job  # type: ignore[import-untyped,import-not-found,unused-ignore]  # noqa: F401
        except ImportError:
            return ("CPU time", "memory", "processes that the target leaves behind")
        return ()
    try:
        import resource  # noqa: F401
    except ImportError:
        return ("CPU time", "memory", "processes that leave their session")
    return () if sys.platform == "linux" else ("memory", "processes that leave their session")


def peak_mib() -> int:
    """The most memory that this process has had, in MiB; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1024 * 1024 if sys.platform == "darwin" else 1024)
