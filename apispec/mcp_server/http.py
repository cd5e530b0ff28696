"""Streamable HTTP for the tools, without sessions, for both eras of the protocol. `apispec.server.mcp` is the route."""

from __future__ import annotations

import asyncio

from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.types import Receive, Scope, Send

from apispec.mcp_server.cancelling import with_session
from apispec.mcp_server.tools import ToolServer


class HttpTools:
    """Tools behind one address.

    Args:
        tools: The tools.
        most: Bytes of a request.
    """

    def __init__(self, tools: ToolServer, most: int) -> None:
        self._manager = StreamableHTTPSessionManager(
            tools.server,
            stateless=True,
            security_settings=TransportSecuritySettings(enable_dns_rebinding_protection=False),  # the route checks
            max_request_body_size=most,
        )
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Be ready for requests."""
        started = asyncio.Event()
        self._running = asyncio.create_task(self._run(started))
        await started.wait()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await self._manager.handle_request(scope, *with_session(scope, receive, send))

    async def close(self) -> None:
        """Stop."""
        if self._running is not None:
            self._running.cancel()
            await asyncio.gather(self._running, return_exceptions=True)

    async def _run(self, started: asyncio.Event) -> None:
        async with self._manager.run():
            started.set()
            await asyncio.Event().wait()
