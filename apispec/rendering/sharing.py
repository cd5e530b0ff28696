"""Long work shared out among processes, where the machine has several CPUs and a fork is safe; otherwise done here.

Only forked processes know what this one has made: elsewhere all of it would be sent to them, which costs more than it
saves.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

from apispec import machine

Item = TypeVar("Item")
Made = TypeVar("Made")

MOST = 4
"""So many processes at most: each takes memory of its own, and a container may be given less time than CPUs."""

_works: list[Callable[[object], object]] = []
"""In each of the forked processes: what it is there for."""


def shared_out(work: Callable[[Item], Made], items: Sequence[Item]) -> list[Made]:
    """`work(item)` for each item, in order.

    Args:
        work: Changes nothing that anyone needs later: it may run in another process.
        items: Best many more than CPUs, since some take longer than others.

    Raises:
        Exception: What `work` raises.
    """
    processes = min(cpus(), MOST, len(items))
    if processes < 2 or not may_fork():
        return [work(item) for item in items]

    import gc
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    gc.freeze()  # what is shared stays shared: collecting would write to it
    try:
        pool = ProcessPoolExecutor(processes, multiprocessing.get_context("fork"), _begin, (work, os.getpid()))  # type: ignore[arg-type]
        try:
            return list(pool.map(_one, items))  # type: ignore[arg-type]
        except BrokenProcessPool:  # one of them was ended, for want of memory perhaps
            return [work(item) for item in items]
        finally:
            pool.shutdown(cancel_futures=True)
    finally:
        gc.unfreeze()


def cpus() -> int:
    """How many CPUs this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def may_fork() -> bool:
    """Whether a fork is safe: on Linux, while nothing else runs that could hold a lock."""
    return sys.platform == "linux" and threading.active_count() == 1


def _begin(work: Callable[[object], object], first: int) -> None:
    """What a process does first: it takes the work as it was forked, and leaves interrupts to the first process, with
    which it ends, however that is ended.
    """
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    machine.end_with(first)  # without it a process waits for work that never comes
    _works.append(work)


def _one(item: object) -> object:
    return _works[-1](item)
