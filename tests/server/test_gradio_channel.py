"""A session's stream ends only where nothing is left to say, however the last moment falls."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from apispec.server import gradio_queue
from apispec.server.gradio_queue import Channel, Message, QueuedCall


def call(name: str, channel: Channel) -> QueuedCall:
    nothing: Any = None
    return QueuedCall(name, nothing, channel, list)


def test_a_call_that_comes_as_the_time_runs_out_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gradio_queue, "_LINGER", 0.01)
    told: list[str] = []

    async def reader(channel: Channel) -> None:
        while len(told) < 120:
            async for message in channel.read():
                if message is None:
                    assert not channel.pending and not channel.messages
                else:
                    told.append(message.call.id)

    async def main() -> None:
        channel = Channel(10)
        reading = asyncio.ensure_future(reader(channel))
        for number in range(120):
            made = call(str(number), channel)
            channel.pending[made.id] = made
            await channel.put(Message(made, "complete", []))
            await asyncio.sleep(0.0085 + number % 10 * 0.0003)
        await asyncio.wait_for(reading, 20)

    asyncio.run(main())
    assert told == [str(number) for number in range(120)]
