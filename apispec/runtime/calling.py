"""Running functions: in threads or on the loop, with limits, cancellation and one way for errors to come out.

Protocols hand in arguments and get JSON values, Files, or a `Problem`. Nothing here knows a protocol.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import functools
import inspect
import logging
import secrets
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Coroutine, Iterator, Mapping
from contextlib import aclosing
from functools import partial
from typing import Any, Protocol, TypeVar

from apispec.declaring import Error, File
from apispec.introspection import file_of
from apispec.model import Json
from apispec.runtime.binding import BrokenResultError, FileWriter, Function, Loose
from apispec.runtime.limits import Limits
from apispec.runtime.pool import Pool
from apispec.runtime.problems import Problem, busy
from apispec.runtime.sessions import Sessions

T = TypeVar("T")


class Observer(Protocol):
    """Told of every call and of its answer."""

    def called(self, function: Function, values: Mapping[str, Any], request: Any) -> Any:
        """A call arrived with these arguments. What is returned names the call."""

    def answered(self, call: Any, answer: Any) -> None:
        """It gave a result, one value of its stream, or a `Problem`."""


log = logging.getLogger("apispec")

_END: Any = object()


class Runtime:
    """What the functions of one server run in. It belongs to one event loop.

    Args:
        limits: How much at once, how long.
        observer: Told of every call and answer.
    """

    def __init__(self, limits: Limits | None = None, observer: Observer | None = None) -> None:
        self.limits = limits or Limits()
        self.observer = observer
        self.pool = Pool(self.limits.threads, self.limits.waiting)
        self.sessions = Sessions(self.limits.sessions, self.limits.session_age, most_bytes=self.limits.session_bytes)
        self.streams = 0
        self.stopping = False
        self._deadlines: set[asyncio.Timeout] = set()
        self._background: set[asyncio.Task[Any]] = set()

    async def call(
        self,
        function: Function,
        values: Mapping[str, Any],
        *,
        session: str = "",
        request: Any = None,
        write_file: FileWriter | None = None,
        loose: Loose = "",
    ) -> Json | File:
        """The result of one call: JSON that fits the document, or the `File` where the result is one.

        Args:
            function: Not a streaming one.
            values: JSON values by parameter name; `File`s for file parameters.
            session: Whose state the function sees.
            request: The request object of the protocol, for functions that ask for one.
            write_file: How a file inside a result is written.
            loose: What becomes of a result that does not fit the document, as for `Function.dump`.

        Raises:
            Problem: Bad arguments (422), the function's own error, a failure (500), a limit (503, 504).
        """
        with self._observed(function, values, request) as told:
            positional, named = self._prepare(function, values, session, request)

            def finish(result: Any) -> Json | File:
                if function.endpoint.result is not None and function.endpoint.result.is_file:
                    return _one_file(result)
                return function.dump(result, write_file, loose)

            async with self._weighed(function, session), self._limited(function):
                answer = await self._run(partial(function.call, *positional, **named), is_async(function.call), finish)
            told(answer)
            return answer

    async def _run(self, work: Callable[[], Any], on_loop: bool, finish: Callable[[Any], T]) -> T:
        """What a function gives, finished where it ran; awaited where that is needed."""
        made = (
            _unless_awaitable(work(), finish)
            if on_loop
            else await self.pool.run(lambda: _unless_awaitable(work(), finish))
        )
        # a plain function around an async one needs the loop, too
        return finish(await _contained(made.work)) if isinstance(made, _Awaitable) else made

    async def stream(
        self,
        function: Function,
        values: Mapping[str, Any],
        *,
        session: str = "",
        request: Any = None,
        write_file: FileWriter | None = None,
        loose: Loose = "",
    ) -> AsyncGenerator[Json, None]:
        """The values of one streaming call, each JSON that fits the document. Arguments as for `call`.

        Closing the iterator closes the function's generator.

        Raises:
            Problem: As for `call`; also between values.
        """
        if self.streams >= self.limits.streams:
            raise busy(f"{self.streams} streams are open; try again later.")
        with self._observed(function, values, request) as told:
            positional, named = self._prepare(function, values, session, request)
            values_of = self._values(function, positional, named, lambda item: function.dump(item, write_file, loose))
            async with self._weighed(function, session), aclosing(values_of) as items:
                async for item in items:
                    told(item)
                    yield item

    async def _values(
        self, function: Function, positional: list[Any], named: dict[str, Any], dump: Callable[[Any], Json]
    ) -> AsyncGenerator[Json, None]:
        self.streams += 1
        steps: _Steps | None = None
        items: Any = None
        try:
            async with self._limited(function):
                call = partial(function.call, *positional, **named)
                items = await self._run(call, is_async(function.call), lambda made: made)
                if hasattr(items, "__aiter__"):
                    items = aiter(items)
                else:
                    steps = _Steps(items)
            while True:
                async with self._limited(function):
                    if steps is None:
                        value = await _contained(_next(items))
                        dumped = value if value is _END else dump(value)
                    else:
                        dumped = await self.pool.run(
                            lambda: steps.next(dump),
                            steps.context,
                            patient=True,
                        )
                if dumped is _END:
                    return
                yield dumped
        finally:
            self.streams -= 1
            if steps is not None:
                self.in_background(self.pool.run(steps.close, patient=True))
            elif hasattr(items, "aclose"):
                with contextlib.suppress(Exception):
                    await items.aclose()

    def in_background(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Let work go on by itself; what it raises is logged."""
        task = asyncio.get_running_loop().create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background_done)
        return task

    def drain(self) -> None:
        """Answer every running call with 503: the server stops."""
        self.stopping = True
        now = asyncio.get_running_loop().time()
        for deadline in list(self._deadlines):
            deadline.reschedule(now)

    def close(self) -> None:
        """Let the threads end."""
        for task in list(self._background):
            task.cancel()
        self.pool.close()

    def _prepare(
        self, function: Function, values: Mapping[str, Any], session: str, request: Any
    ) -> tuple[list[Any], dict[str, Any]]:
        if self.stopping:
            raise busy("The server is stopping.")
        try:
            positional, named = function.bind(values)
        except Problem:
            raise
        except (asyncio.CancelledError, MemoryError):
            raise
        except BaseException as error:  # a validator or `__post_init__` of the target's: it is a part of the call
            raise problem_of(error, function) from error
        for name, kind in function.context.items():
            named[name] = self.sessions.get(session) if kind == "session" else request
        return positional, named

    @contextlib.contextmanager
    def _observed(self, function: Function, values: Mapping[str, Any], request: Any) -> Iterator[Callable[[Any], None]]:
        observer = self.observer
        if observer is None:
            yield _unobserved
            return
        call = observer.called(function, values, request)
        try:
            yield lambda answer: observer.answered(call, answer)
        except Problem as problem:
            observer.answered(call, problem)
            raise

    @contextlib.asynccontextmanager
    async def _weighed(self, function: Function, session: str) -> AsyncIterator[None]:
        """The size of the session's state, as the function leaves it, counts."""
        try:
            yield
        finally:
            if session and "session" in function.context.values():
                self.sessions.weigh(session)

    @contextlib.asynccontextmanager
    async def _limited(self, function: Function) -> AsyncIterator[None]:
        """The time limit, and every exception as a Problem."""
        try:
            async with asyncio.timeout(self.limits.timeout or None) as deadline:
                self._deadlines.add(deadline)
                try:
                    yield
                finally:
                    self._deadlines.discard(deadline)
        except (Problem, asyncio.CancelledError, GeneratorExit):
            raise
        except TimeoutError as error:
            if deadline.expired():
                if self.stopping:
                    raise busy("The server is stopping; the call was not finished.") from error
                seconds = f"{self.limits.timeout:g}"
                raise Problem(504, f"The function took longer than {seconds} s.", title="Function timed out") from error
            raise problem_of(error, function) from error
        except BaseException as error:
            raise problem_of(error, function) from error

    def _background_done(self, task: asyncio.Task[Any]) -> None:
        self._background.discard(task)
        if not task.cancelled() and task.exception() is not None:
            log.error("closing a stream failed", exc_info=task.exception())


def problem_of(error: BaseException, function: Function) -> Problem:
    """The answer for an exception of a function; what nobody foresaw is logged with an id that the answer names."""
    if isinstance(error, Error):
        return Problem(error.status, error.detail, title=error.title)
    status = function.status_of(error)
    if status is not None:
        return Problem(status, str(error.args[0]) if isinstance(error, KeyError) and error.args else str(error))
    id_ = secrets.token_hex(8)
    name = function.endpoint.name
    if isinstance(error, BrokenResultError):
        log.error("endpoint %s, error id %s: %s", name, id_, error, exc_info=error.__cause__)
        detail = f"The function gave what its documentation forbids; the server's log says more under {id_}."
        return Problem(500, detail, title="Invalid result", members={"id": id_})
    log.error("endpoint %s, error id %s: %s", name, id_, type(error).__name__, exc_info=error)
    return Problem(500, f"The function failed; the server's log says more under {id_}.", members={"id": id_})


def is_async(function: Callable[..., Any]) -> bool:
    """Whether a callable runs on the event loop: a coroutine function or an asynchronous generator, also wrapped."""
    while isinstance(function, functools.partial):
        function = function.func
    if not inspect.isroutine(function) and not inspect.isclass(function):
        function = getattr(type(function), "__call__", function)  # noqa: B004 - the method itself is wanted
    return inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function)


class ExitedError(Exception):
    """A function tried to end the process."""


async def _contained(work: Awaitable[T]) -> T:
    """An awaitable whose `SystemExit` and `KeyboardInterrupt` do not end the event loop."""
    try:
        return await work
    except (SystemExit, KeyboardInterrupt) as error:
        raise ExitedError(f"the function raised {error!r}") from error


class _Awaitable:
    """What a function gave that must be awaited on the loop."""

    __slots__ = ("work",)

    def __init__(self, work: Awaitable[Any]) -> None:
        self.work = work


def _unless_awaitable(result: Any, finish: Callable[[Any], T]) -> T | _Awaitable:
    return _Awaitable(result) if inspect.isawaitable(result) else finish(result)


def _unobserved(answer: Any) -> None:
    """Nobody watches."""


async def _next(items: Any) -> Any:
    return await anext(items, _END)


def _one_file(result: Any) -> File:
    try:
        file = file_of(result)
        if file is None:
            raise BrokenResultError(f"the result is documented as a file, but is a {type(result).__name__}")
        file.open().close()
    except (OSError, ValueError) as error:  # a stream may be closed
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise BrokenResultError(f"the file can't be read: {why}") from error
    return file


class _Steps:
    """An ordinary iterator, stepped from several threads one after the other, closed as soon as no step runs."""

    def __init__(self, items: Any) -> None:
        try:
            self._items: Iterator[Any] = iter(items)
        except TypeError as error:
            raise BrokenResultError(f"the result is documented as a stream, but is a {type(items).__name__}") from error
        self.context = contextvars.copy_context()
        self._lock = threading.Lock()
        self._stepping = False
        self._closing = threading.Event()

    def next(self, convert: Callable[[Any], Any]) -> Any:
        with self._lock:
            if self._closing.is_set():
                return _END
            self._stepping = True
        try:
            item = next(self._items, _END)
            return item if item is _END else convert(item)
        finally:
            with self._lock:
                self._stepping = False
                closing = self._closing.is_set()
            if closing:
                self._close()

    def close(self) -> None:
        with self._lock:
            self._closing.set()
            if self._stepping:
                return  # the step that runs closes when it ends
        self._close()

    def _close(self) -> None:
        close = getattr(self._items, "close", None)
        if close is not None:
            close()
