"""A bounded pool of daemon threads for functions that are not `async`.

Unlike `concurrent.futures`, a call that is given up (timeout, caller gone) frees its place at once although its thread
still runs, up to as many again as the pool has places; and a function that never returns can't keep the process from
ending.
"""

from __future__ import annotations

import asyncio
import contextvars
import threading
from collections import deque
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, TypeVar

from apispec.runtime.problems import busy

T = TypeVar("T")


class _Job:
    """One call on its way through a thread."""

    __slots__ = ("abandoned", "context", "finished", "function", "future", "loop")

    def __init__(self, function: Callable[[], Any], context: contextvars.Context, future: asyncio.Future[Any]) -> None:
        self.function = function
        self.context = context
        self.future = future
        self.loop = future.get_loop()
        self.abandoned = False
        self.finished = False


class Pool:
    """Threads for the functions of one event loop.

    Args:
        size: Calls that run at once.
        waiting: Calls that may wait for a place; more are refused with 503.
    """

    def __init__(self, size: int, waiting: int) -> None:
        self.size = size
        self.waiting = waiting
        self.running = 0
        self.abandoned = 0
        self._waiters: deque[asyncio.Future[None]] = deque()
        self._idle: list[SimpleQueue[_Job | None]] = []

    async def run(
        self, function: Callable[[], T], context: contextvars.Context | None = None, *, patient: bool = False
    ) -> T:
        """Run a function of no arguments in a thread.

        Args:
            function: What to run; whatever it raises is raised here, `SystemExit` too.
            context: The context variables it sees; a copy of the caller's where None.
            patient: Wait for a place even if more are waiting than may (the next step of a stream that was let in).

        Raises:
            Problem: 503, all places are taken and too many wait.
        """
        if self.running >= self.size:
            await self._wait(patient)
        else:
            self.running += 1
        job = _Job(function, context or contextvars.copy_context(), asyncio.get_running_loop().create_future())
        self._start(job)
        try:
            result: T = await job.future
        except asyncio.CancelledError:
            self._abandon(job)
            raise
        return result

    def close(self) -> None:
        """Let idle threads end."""
        for inbox in self._idle:
            inbox.put(None)
        self._idle.clear()

    async def _wait(self, patient: bool) -> None:
        if len(self._waiters) >= self.waiting and not patient:
            raise busy(f"All {self.size} workers are taken and {self.waiting} calls are waiting; try again later.")
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # the place was ours already: pass it on
                self._release()
            raise

    def _release(self) -> None:
        while self._waiters:
            turn = self._waiters.popleft()
            if not turn.done():
                turn.set_result(None)  # the place goes to that call, `running` stays
                return
        self.running -= 1

    def _abandon(self, job: _Job) -> None:
        if not job.finished and self.abandoned < self.size:
            job.abandoned = True
            self.abandoned += 1
            self._release()

    def _start(self, job: _Job) -> None:
        if self._idle:
            self._idle.pop().put(job)
            return
        inbox: SimpleQueue[_Job | None] = SimpleQueue()
        inbox.put(job)
        threading.Thread(target=self._work, args=(inbox,), daemon=True, name="apispec-worker").start()

    def _finished(self, job: _Job, inbox: SimpleQueue[_Job | None], result: Any, error: BaseException | None) -> None:
        self._idle.append(inbox)
        job.finished = True
        if job.abandoned:
            self.abandoned -= 1
        else:
            self._release()
        if job.future.done():
            return
        if error is None:
            job.future.set_result(result)
        else:
            job.future.set_exception(error)

    def _work(self, inbox: SimpleQueue[_Job | None]) -> None:
        while (job := inbox.get()) is not None:
            result: Any = None
            error: BaseException | None = None
            try:
                result = job.context.run(job.function)
            except StopIteration as stop:  # a future can't hold one
                error = RuntimeError(f"the function raised StopIteration({stop.value!r})")
            except BaseException as raised:
                error = raised
            try:
                job.loop.call_soon_threadsafe(self._finished, job, inbox, result, error)
            except RuntimeError:  # the loop is closed: nobody waits any more
                return
            del job, result, error
