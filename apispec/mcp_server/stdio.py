"""MCP over stdio, with the protocol's streams out of reach of everything that prints."""

from __future__ import annotations

import io
import os
import sys
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Wire:
    """The two descriptors that the client is at the other end of."""

    read: int
    write: int


def take_wire() -> Wire:
    """Take standard input and output for the protocol, before anything else can use them.

    From then on descriptor 0 reads nothing and 1 is standard error, for Python, C code and child processes alike.
    """
    wire = Wire(_above(os.dup(0)), _above(os.dup(1)))
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    sys.stdout.flush()
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return wire


def _above(descriptor: int) -> int:
    """The same stream under a number that is not a standard one and that no child process gets."""
    spare = [descriptor]
    while spare[-1] <= 2:
        spare.append(os.dup(descriptor))
    for number in spare[:-1]:
        os.close(number)
    os.set_inheritable(spare[-1], False)
    return spare[-1]


async def serve(server: Any, wire: Wire) -> None:
    """Answer until the client closes its side.

    Args:
        server: The SDK's server.
        wire: From `take_wire`.
    """
    import anyio
    from mcp.server.stdio import stdio_server

    read = io.TextIOWrapper(os.fdopen(wire.read, "rb", closefd=False), encoding="utf-8", errors="replace")
    write = io.TextIOWrapper(os.fdopen(wire.write, "wb", closefd=False), encoding="utf-8", newline="\n")
    async with stdio_server(anyio.wrap_file(read), anyio.wrap_file(write)) as (incoming, outgoing):
        await server.run(incoming, outgoing, server.create_initialization_options())
