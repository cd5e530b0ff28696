"""The servers that the soak talks to: `python -m tests.bench.soak_server apispec|fastapi` prints its port."""

from __future__ import annotations

import asyncio
import socket
import sys
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import uvicorn

from apispec import App, File

app = App(title="Soak")
application: Any = None


@app.endpoint
def echo(text: str, n: int = 1) -> str:
    return text


@app.endpoint
async def echo_async(text: str, n: int = 1) -> str:
    return text


@app.endpoint
def slow(text: str) -> str:
    time.sleep(0.05)
    return text


@app.endpoint
def count(name: str, n: int) -> Iterator[str]:
    for i in range(n):
        yield f"{name} {i}"


@app.endpoint
async def count_async(name: str, n: int) -> AsyncIterator[str]:
    for i in range(n):
        await asyncio.sleep(0.001)
        yield f"{name} {i}"


@app.endpoint
def shout(file: File) -> File:
    return File.from_bytes(file.read().upper(), name=file.name)


@app.endpoint(visibility="undocumented")
def state() -> dict[str, int]:
    runtime, files = application.runtime, application.files
    on_disk = len(list(files.folder.iterdir()))
    return {
        "streams": runtime.streams, "files": len(files), "on_disk": on_disk, "running": runtime.pool.running - 1,
        "waiting": len(runtime.pool._waiters), "background": len(runtime._background),
    }  # fmt: skip


def fastapi_app() -> Any:
    from fastapi import Body, FastAPI

    other = FastAPI()

    @other.post("/echo")
    def echo(text: str = Body(), n: int = Body(1)) -> str:
        return text

    @other.post("/echo_async")
    async def echo_async(text: str = Body(), n: int = Body(1)) -> str:
        return text

    return other


def main(kind: str) -> None:
    """Serve until ended."""
    global application
    if kind == "apispec":
        from apispec.server import asgi

        served = application = asgi(app)
    else:
        served = fastapi_app()
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(256)
    print(listening.getsockname()[1], flush=True)
    uvicorn.Server(uvicorn.Config(served, log_level="error")).run(sockets=[listening])


if __name__ == "__main__":
    main(sys.argv[1])
