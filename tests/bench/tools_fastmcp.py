"""What FastMCP's search transform makes of the same document and requests; run by its own interpreter.

`python tools_fastmcp.py DOCUMENT.json < requests.json` prints a JSON object: characters of the listing and of each answer.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time


def main() -> None:
    """Measure and print."""
    import httpx2
    from fastmcp import Client, FastMCP
    from fastmcp.server.transforms.search import BM25SearchTransform

    with open(sys.argv[1], encoding="utf-8") as file:  # noqa: PTH123 - runs alone
        document = json.load(file)
    requests = json.load(sys.stdin)
    begun = time.monotonic()
    server = FastMCP.from_openapi(document, client=httpx2.AsyncClient(base_url="http://127.0.0.1:9"))
    server.add_transform(BM25SearchTransform(max_results=5))
    made = time.monotonic() - begun

    async def session() -> dict[str, object]:
        async with Client(server) as client:
            listed = await client.list_tools_mcp()
            listing = len(listed.model_dump_json(by_alias=True, exclude_none=True))
            search = next(tool.name for tool in listed.tools if "search" in tool.name)
            answers = []
            for query in requests:
                result = await client.call_tool_mcp(search, {"query": query})
                text = "".join(getattr(block, "text", "") for block in result.content)
                answers.append(len(text))
            return {"listing": listing, "answers": answers, "seconds": made}

    print(json.dumps(asyncio.run(session())))


if __name__ == "__main__":
    main()
