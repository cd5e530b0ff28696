"""64 callers with mixed functions, streams, uploads and disconnects for 30 s; then echo against FastAPI's.

Ends by itself. Fails on a lost or crossed answer, on memory that grows, on files or streams left behind.
"""

from __future__ import annotations

import asyncio
import json
import random
import selectors
import socket
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import psutil

from tests.bench.measure import table
from tests.conftest import REPOSITORY

CALLERS = 64
SECONDS = 30.0
GROWTH = 1.15
"""Most that memory may grow between a third of the time and its end."""


@contextmanager
def server(kind: str) -> Iterator[tuple[str, psutil.Process]]:
    """A server process: its URL and itself."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.soak_server", kind], stdout=subprocess.PIPE, cwd=REPOSITORY
    )
    assert process.stdout is not None
    try:
        port = int(process.stdout.readline())
        yield f"http://127.0.0.1:{port}", psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


async def caller(number: int, client: httpx.AsyncClient, until: float, done: Counter[str]) -> None:
    """One caller, each of whose answers is checked."""
    chance = random.Random(number)
    turn = 0
    while time.monotonic() < until:
        turn += 1
        name = f"caller {number} turn {turn}"
        kind = chance.choice(["echo", "echo", "echo_async", "slow", "count", "count_async", "shout", "leave", "gradio"])
        if kind in ("echo", "echo_async", "slow"):
            answer = await client.post(f"/{kind}", json={"text": name})
            assert answer.status_code == 200 and answer.json() == name, (kind, answer.text)
        elif kind in ("count", "count_async"):
            n = chance.randrange(30)
            answer = await client.post(f"/{kind}", json={"name": name, "n": n})
            data = [json.loads(line[6:]) for line in answer.text.splitlines() if line.startswith("data: ")]
            assert data == [*(f"{name} {i}" for i in range(n)), None], (kind, data)
        elif kind == "shout":
            content = (name * chance.randrange(1, 2000)).encode()
            answer = await client.post("/shout", files={"file": ("a.txt", content)})
            assert answer.content == content.upper(), kind
        elif kind == "leave":
            endpoint = chance.choice(["/count", "/count_async"])
            async with client.stream("POST", endpoint, json={"name": name, "n": 100_000}) as stream:
                async for line in stream.aiter_lines():
                    if line.startswith("data"):
                        break
        else:
            started = await client.post("/gradio_api/call/echo", json={"data": [name]})
            answer = await client.get(f"/gradio_api/call/echo/{started.json()['event_id']}")
            assert answer.text == f'event: complete\ndata: ["{name}"]\n\n', answer.text
        done[kind] += 1


async def soak(url: str, process: psutil.Process, seconds: float) -> tuple[Counter[str], list[float]]:
    """All callers, and the server's memory in MiB, measured each second."""
    done: Counter[str] = Counter()
    memory: list[float] = []
    limits = httpx.Limits(max_connections=CALLERS * 2)
    async with httpx.AsyncClient(base_url=url, timeout=30, limits=limits) as client:
        until = time.monotonic() + seconds

        async def watch() -> None:
            while time.monotonic() < until:
                await asyncio.sleep(1)
                memory.append(process.memory_info().rss / 2**20)

        await asyncio.gather(watch(), *(caller(i, client, until, done) for i in range(CALLERS)))
        for _ in range(100):
            state = (await client.post("/state", json={})).json()
            if not any(state.values()):
                break
            await asyncio.sleep(0.1)
        assert not any(state.values()), f"left behind: {state}"
    return done, memory


def throughput(url: str, path: str, seconds: float, connections: int = 32) -> float:
    """Echoes a second, over kept connections."""
    body = json.dumps({"text": "hello", "n": 3}).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    request = head.encode() + body
    address = url.removeprefix("http://").split(":")
    selector = selectors.DefaultSelector()
    sockets = [socket.create_connection((address[0], int(address[1]))) for _ in range(connections)]
    for connection in sockets:
        selector.register(connection, selectors.EVENT_READ)
        connection.sendall(request)
    answers = 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for ready, _ in selector.select(1):
            connection = ready.fileobj
            assert isinstance(connection, socket.socket)
            if connection.recv(65536).endswith(b'"hello"'):
                answers += 1
                connection.sendall(request)
    for connection in sockets:
        connection.close()
    return answers / seconds


def main(seconds: float = SECONDS, rounds: int = 5) -> None:
    """Soak, then compare."""
    with server("apispec") as (url, process):
        done, memory = asyncio.run(soak(url, process, seconds))
    early, late = memory[len(memory) // 3], statistics.median(memory[-3:])
    rows = [("what", "value"), ("answers checked", sum(done.values())), *sorted(done.items())]
    rows += [("memory at a third, MiB", f"{early:.0f}"), ("memory at the end, MiB", f"{late:.0f}")]
    table(f"Soak: {CALLERS} callers, {seconds:g} s", rows)
    assert late < early * GROWTH, "memory grows"
    rates: dict[tuple[str, str], list[float]] = {}
    with server("apispec") as (ours, _), server("fastapi") as (theirs, _):
        for _ in range(rounds):
            for path in ("/echo", "/echo_async"):
                for name, url in (("apispec", ours), ("fastapi", theirs)):
                    rates.setdefault((name, path), []).append(throughput(url, path, 1.0))
    compared = [("function", "apispec /s", "FastAPI /s", "ratio")]
    for path in ("/echo", "/echo_async"):
        mine, other = (statistics.median(rates[name, path]) for name in ("apispec", "fastapi"))
        compared.append((path[1:], f"{mine:.0f}", f"{other:.0f}", f"{mine / other:.2f}"))
    table("Echo over 32 kept connections, median of rounds", compared)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS)
