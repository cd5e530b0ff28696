"""Tools of a large API: tokens of listings and searches, and how often a search finds what is right; beside FastMCP's.

GitHub's description and the hundred requests of `tool_requests`. Tokens are estimated: a quarter of the characters.
FastMCP is installed into `.cache`; its searches take long, so it is given some of the requests.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.bench.measure import table
from tests.bench.tool_requests import REQUESTS
from tests.samples import CACHE, Unavailable, github

FASTMCP = "fastmcp==4.1.6"
FEW = 10


def ours(document: Path) -> tuple[int, int, list[int], int]:
    """Tokens of all tools, of what is listed, of each search; and how often the right one is among the first five."""
    from mcp import Client

    from apispec.mcp_server import ProxyServer
    from apispec.sources import read_document

    server = ProxyServer(read_document(str(document)).api)
    every = sum(len(json.dumps(tool.to_json(), ensure_ascii=False)) for tool in server.tools.values()) // 4
    names = {tool.name: tool.endpoint.name for tool in server.tools.values()}

    async def session() -> tuple[int, list[int], int]:
        async with Client(server.server) as client:
            listing = (await client.list_tools()).model_dump_json(by_alias=True, exclude_none=True)
            answers, hits = [], 0
            for query, right in REQUESTS.items():
                result: Any = await client.call_tool("search_tools", {"query": query})
                text = result.content[0].text
                answers.append(len(text) // 4)
                found = [
                    names.get(line[2:].partition(":")[0], "") for line in text.splitlines() if line.startswith("- ")
                ]
                hits += any(one in found for one in right.split())
            return len(listing) // 4, answers, hits

    listing, answers, hits = asyncio.run(session())
    return every, listing, answers, hits


def fastmcp(document: Path) -> dict[str, Any]:
    """What `tools_fastmcp` prints for some of the requests.

    Raises:
        Unavailable: It cannot be installed.
    """
    folder = CACHE.parent / "fastmcp"
    python = folder / "bin" / "python"
    if not (folder / "bin" / "fastmcp").is_file():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        done = subprocess.run([str(python), "-m", "pip", "install", "-q", FASTMCP], capture_output=True, text=True)
        if done.returncode:
            raise Unavailable(f"{FASTMCP} cannot be installed: {done.stderr[-300:]}")
    some = dict(list(REQUESTS.items())[:: len(REQUESTS) // FEW])
    done = subprocess.run(
        [str(python), str(Path(__file__).with_name("tools_fastmcp.py")), str(document)],
        input=json.dumps(some), capture_output=True, text=True, timeout=1800,
    )  # fmt: skip
    if done.returncode:
        raise Unavailable(f"{FASTMCP} fails: {done.stderr[-300:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return {**found, "requests": len(some)}


def main() -> None:
    """Measure and print."""
    document = github()
    begun = time.monotonic()
    every, listing, answers, hits = ours(document)
    rows: list[list[object]] = [
        ["apispec", listing, round(statistics.mean(answers)), max(answers), f"{hits} of {len(REQUESTS)}"]
    ]
    try:
        other = fastmcp(document)
        sizes = [size // 4 for size in other["answers"]]
        rows.append(["FastMCP", other["listing"] // 4, round(statistics.mean(sizes)), max(sizes),
                     "not counted"])  # fmt: skip
    except (Unavailable, subprocess.TimeoutExpired) as error:
        print(f"FastMCP: {error}")
    head: list[object] = ["server", "listing", "search, mean", "search, largest", "right one in five"]
    table(f"Tools of GitHub's description, estimated tokens; all of them one by one: {every:,}", [head, *rows])
    print(f"{time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
