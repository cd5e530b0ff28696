"""Queued calls of protocol `gradio`: each runs on its own, its messages wait for whoever reads them.

A call is read either by its id (`/call/…/{event_id}`) or with all calls of its session (`/queue/data`). What nobody
reads is dropped after a time. What waits is bounded in
number and bytes. Nothing here knows routes or how messages look on the wire.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Literal

from apispec.declaring import File
from apispec.model import Json
from apispec.runtime import Function, Limits, Problem, Runtime, busy, json_bytes, too_many

_LINGER = 0.25
"""Seconds that a session's stream stays open after its last call: the client may just be posting the next one."""

_FIRST = 60.0
"""Seconds that a session's reader may wait for its first call."""

_RETURN = 5.0
"""Seconds in which a session's reader may come back before its calls are cancelled."""

ToOutputs = Callable[[Any], list[Json]]
"""How a result becomes Gradio's list of outputs."""

Kind = Literal["starts", "generating", "complete", "error"]


@dataclass(slots=True)
class Message:
    """One message of a queued call."""

    call: QueuedCall
    kind: Kind
    data: Any
    """A list of outputs, or a Problem."""
    first: bool = True
    """Whether it is the first `generating` one."""
    size: int = 0
    """About its bytes."""

    @property
    def is_last(self) -> bool:
        """Whether the call has nothing more to say."""
        return self.kind in ("complete", "error")


@dataclass(slots=True)
class QueuedCall:
    """One call that was queued."""

    id: str
    function: Function
    channel: Channel
    to_outputs: ToOutputs
    size: int = 0
    """Bytes of its arguments, while it has not ended."""
    task: asyncio.Task[None] | None = None
    expiry: asyncio.TimerHandle | None = None


class Scale:
    """The bytes of everything that waits in one server.

    Args:
        most: How many there may be.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.bytes = 0

    def has_room(self, size: int, own: int = 0) -> bool:
        """Whether so many bytes more may wait; whatever comes alone may.

        Args:
            size: Bytes.
            own: How many of those that wait are of the same call: its arguments.
        """
        others = self.bytes - own
        return others <= 0 or others + size <= self.most


@dataclass(slots=True)
class Channel:
    """Messages on their way to one reader at a time."""

    most: int
    scale: Scale = field(default_factory=lambda: Scale(Limits().queue_bytes))
    messages: deque[Message] = field(default_factory=deque)
    pending: dict[str, QueuedCall] = field(default_factory=dict)
    """Calls whose last message has not been read."""
    reader: int = 0
    """Number of the newest reader; an older one stops."""
    reading: bool = False
    recent: deque[tuple[float, Message]] = field(default_factory=lambda: deque(maxlen=100))
    """When what was handed to the reader."""
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def put(self, message: Message) -> None:
        """Add a message; waits while the reader is too far behind. What can't wait for room becomes an error."""
        while not message.is_last and (len(self.messages) >= self.most or not self._has_room(message)):
            await self._change()
        if message.kind == "complete" and not self._has_room(message):
            detail = f"The results that wait to be fetched take {self.scale.most} bytes; fetch them sooner."
            message = Message(message.call, "error", busy(detail))
        self.scale.bytes += message.size
        self.messages.append(message)
        self.changed.set()

    def drop(self, call: QueuedCall) -> None:
        """Forget what a call has said."""
        self.scale.bytes -= sum(m.size for m in self.messages if m.call is call)
        self.messages = deque(m for m in self.messages if m.call is not call)
        self.pending.pop(call.id, None)
        self.changed.set()

    def clear(self) -> None:
        """Forget what nobody will read."""
        self.scale.bytes -= sum(message.size for message in self.messages)
        self.messages.clear()

    def _has_room(self, message: Message) -> bool:
        return (self.reading and not self.messages) or self.scale.has_room(message.size, message.call.size)

    async def read(self) -> AsyncGenerator[Message | None, None]:
        """Messages as they come; None when no call has been pending for a while, and that is the end."""
        self.reader += 1
        number = self.reader
        self.reading = True
        self.recent.clear()
        self.changed.set()
        complete = False
        try:
            while number == self.reader:
                if self.messages:
                    message = self.messages.popleft()
                    self.scale.bytes -= message.size
                    self.changed.set()
                    self.recent.append((monotonic(), message))
                    while self.recent[0][0] < self.recent[-1][0] - _LINGER:
                        self.recent.popleft()
                    if message.is_last:
                        self.pending.pop(message.call.id, None)
                    yield message
                else:
                    patience = None if self.pending else _LINGER if self.recent else _FIRST
                    self.changed.clear()  # not in the task that `wait_for` may begin: that would miss what comes before
                    try:
                        await asyncio.wait_for(self.changed.wait(), patience)
                    except TimeoutError:
                        if self.messages or self.pending:  # they came while the time ran out
                            continue
                        complete = True
                        yield None
                        return
        finally:
            if number == self.reader:
                self.reading = False
                if not complete:
                    self._put_back()

    def _put_back(self) -> None:
        """Keep for the next reader what the client may have missed.

        A client closes its stream when it knows of no pending call. What was written after that call's last message was
        for a call that the client had only just posted.
        """
        now = monotonic()
        recent = [message for at, message in self.recent if now - at < _LINGER]
        after = next((i for i, message in enumerate(recent) if message.is_last), len(recent))
        self.scale.bytes += sum(message.size for message in recent[after + 1 :])
        self.messages.extendleft(reversed(recent[after + 1 :]))

    async def _change(self) -> None:
        self.changed.clear()
        await self.changed.wait()


class Queue:
    """The queued calls of one server.

    Args:
        runtime: What they run in.
    """

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self._calls: dict[str, QueuedCall] = {}
        self._sessions: dict[str, Channel] = {}
        self.scale = Scale(runtime.limits.queue_bytes)

    def __len__(self) -> int:
        return len(self._calls)

    def start(
        self,
        function: Function,
        values: Mapping[str, Any] | Problem,
        to_outputs: ToOutputs,
        session: str = "",
        *,
        shared: bool,
        context: Mapping[str, Any],
    ) -> QueuedCall:
        """Queue a call.

        Args:
            function: What is called.
            values: Its arguments, or what is wrong with them.
            to_outputs: How its result becomes the list of outputs.
            session: The session's name, may be empty.
            shared: Whether its messages go to the session's reader; else it is read by its id.
            context: More for `Runtime.call`.

        Raises:
            Problem: 429 the session, 503 the server has too many calls waiting; 422 bad arguments.
        """
        limits = self.runtime.limits
        if self.runtime.stopping:
            raise busy("The server is stopping.")
        if len(self._calls) >= limits.queue:
            raise busy(f"Queue is full: {limits.queue} calls wait to be fetched; try again later.")
        size = 0 if isinstance(values, Problem) else _bytes_of(values)
        if not self.scale.has_room(size):
            raise busy(f"Queue is full: the calls that wait take {limits.queue_bytes} bytes; try again later.")
        channel = Channel(limits.events, self.scale)
        if shared:
            channel = self._sessions.setdefault(session, channel)
            if len(channel.pending) >= limits.session_calls:
                raise too_many(f"This session waits for {limits.session_calls} calls already; wait for some of them.")
        elif not isinstance(values, Problem):
            function.bind(values)  # bad arguments are told at once; a session's reader is told by its stream
        call = QueuedCall(secrets.token_hex(16), function, channel, to_outputs, size)
        channel.pending[call.id] = call
        self._calls[call.id] = call
        self.scale.bytes += size
        call.task = self.runtime.in_background(self._run(call, values, {**context, "session": session}))
        call.task.add_done_callback(lambda task: self._ended(call))
        call.expiry = asyncio.get_running_loop().call_later(limits.result_age, self._expire, call)
        return call

    async def messages(self, id_: str, function: Function) -> AsyncGenerator[Message, None]:
        """The messages of one call, once; closing the iterator cancels what still runs.

        Raises:
            Problem: 404, there is no such call (any more).
        """
        call = self._calls.get(id_)
        if call is None or call.function is not function or call.channel.reading or call.channel.reader:
            raise Problem(404, "There is no such event; each one can be read once, and only for some time.")
        try:
            async with aclosing(call.channel.read()) as messages:
                async for message in messages:
                    if message is not None:
                        yield message
                        if message.is_last:
                            return
        finally:
            self.cancel(call.id)

    async def session_messages(self, session: str) -> AsyncGenerator[Message | None, None]:
        """The messages of all calls of a session as they come; None when none is pending any more."""
        channel = self._sessions.setdefault(session, Channel(self.runtime.limits.events, self.scale))
        try:
            async with aclosing(channel.read()) as messages:
                async for message in messages:
                    if message is None:
                        self._close(session, channel)
                    elif message.is_last:
                        self._forget(message.call)
                    yield message
        finally:
            if not channel.reading:  # the client may come back at once with a new stream
                asyncio.get_running_loop().call_later(_RETURN, self._left, session, channel)

    def cancel(self, id_: str) -> None:
        """End a call, wherever it is; nothing happens where it has ended."""
        call = self._calls.get(id_)
        if call is None:
            return
        self._forget(call)
        if call.task is not None:
            call.task.cancel()
        call.channel.drop(call)

    async def cancel_and_tell(self, id_: str) -> None:
        """End a call at its caller's wish and tell the session's reader."""
        call = self._calls.get(id_)
        if call is None or call.task is None or call.task.done():
            return
        call.task.cancel()
        await call.channel.put(Message(call, "error", Problem(499, "The call was cancelled.", title="Cancelled")))

    def _left(self, session: str, channel: Channel) -> None:
        if channel.reading:
            return
        for id_ in list(channel.pending):
            self.cancel(id_)
        self._close(session, channel)

    def _forget(self, call: QueuedCall) -> None:
        self._calls.pop(call.id, None)
        if call.expiry is not None:
            call.expiry.cancel()

    def _ended(self, call: QueuedCall) -> None:
        """Its arguments are not kept any more."""
        self.scale.bytes -= call.size
        call.size = 0

    def _close(self, session: str, channel: Channel) -> None:
        if self._sessions.get(session) is channel:
            del self._sessions[session]
            channel.clear()

    def _expire(self, call: QueuedCall) -> None:
        if call.id not in self._calls:
            return
        if call.channel.reading:
            later = asyncio.get_running_loop().call_later
            call.expiry = later(self.runtime.limits.result_age, self._expire, call)
            return
        self.cancel(call.id)
        for session, channel in list(self._sessions.items()):
            if channel is call.channel and not channel.pending:
                self._close(session, channel)

    async def _run(self, call: QueuedCall, values: Mapping[str, Any] | Problem, context: Mapping[str, Any]) -> None:
        channel, function = call.channel, call.function
        await channel.put(Message(call, "starts", None))
        try:
            if isinstance(values, Problem):
                raise values
            if function.streaming:
                outputs: list[Json] | None = None
                async with aclosing(self.runtime.stream(function, values, **context)) as items:
                    async for item in items:
                        first, outputs = outputs is None, call.to_outputs(item)
                        await channel.put(Message(call, "generating", outputs, first, json_bytes(outputs)))
                last = call.to_outputs(None) if outputs is None else outputs
            else:
                last = call.to_outputs(await self.runtime.call(function, values, **context))
        except Problem as problem:
            await channel.put(Message(call, "error", problem))
        else:
            await channel.put(Message(call, "complete", last, size=json_bytes(last)))


def _bytes_of(values: Mapping[str, Any]) -> int:
    """About the bytes of arguments; files are counted where they are kept."""
    return json_bytes({name: value for name, value in values.items() if not _has_file(value)})


def _has_file(value: Any) -> bool:
    return isinstance(value, File) or (isinstance(value, list) and any(isinstance(item, File) for item in value))
