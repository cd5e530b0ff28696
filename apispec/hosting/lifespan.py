"""The lifespan of an ASGI application (ASGI lifespan protocol 2.0): its start-up, its shutdown, its state."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from apispec.errors import TargetError

Message = MutableMapping[str, Any]
Asgi = Callable[[Any, Any, Any], Awaitable[None]]


class Lifespan:
    """Starts and stops an application once.

    Args:
        app: The application; one that knows no lifespan needs no start.
    """

    def __init__(self, app: Asgi) -> None:
        self.app = app
        self.state: dict[str, Any] = {}
        """What start-up left for requests."""
        self._messages: asyncio.Queue[Message] = asyncio.Queue()
        self._answers: asyncio.Queue[Message | None] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Run the start-up.

        Raises:
            TargetError: It fails.
        """
        self._task = asyncio.create_task(self._run())
        self._messages.put_nowait({"type": "lifespan.startup"})
        answer = await self._answers.get()
        if answer is not None and answer["type"] == "lifespan.startup.failed":
            await self._task
            raise TargetError("the app fails to start", details=str(answer.get("message", "")).strip())

    async def stop(self) -> None:
        """Run the shutdown."""
        if self._task is not None and not self._task.done():
            self._messages.put_nowait({"type": "lifespan.shutdown"})
            await self._answers.get()
            await self._task

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """The application, its requests with the state of the start-up."""
        if self.state:
            scope = {**scope, "state": {**scope.get("state", {}), **self.state}}
        await self.app(scope, receive, send)

    async def _run(self) -> None:
        scope = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}, "state": self.state}
        try:
            await self.app(scope, self._messages.get, self._answers.put)
        except Exception:  # an application without a lifespan says so by raising
            return
        finally:
            self._answers.put_nowait(None)
