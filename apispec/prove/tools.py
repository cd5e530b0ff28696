"""Calling every MCP tool with its example, through the official client."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Any

from mcp import Client

from apispec.model import Api
from apispec.prove.cases import Case
from apispec.prove.state import Learned, exchange_of
from apispec.runtime import Validator
from apispec.tools import Catalogue, Tool, tool_arguments, tools


async def call_tools(
    server: Any, api: Api, cases: Sequence[Case], timeout: float, learned: Learned
) -> list[tuple[Case, str, float]]:
    """Call the tool of each case.

    Args:
        server: The MCP server, or its address.
        api: As listed.
        cases: Those of protocol `mcp`.
        timeout: Seconds for one call.
        learned: What answers told; it feeds later calls.

    Returns:
        Each case with what is wrong and how long it took.
    """
    found: list[tuple[Case, str, float]] = []
    try:
        return await _call_all(server, api, cases, timeout, learned, found)
    except (KeyboardInterrupt, MemoryError, asyncio.CancelledError):
        raise
    except BaseException as error:  # of a group of tasks: what is at the address is no MCP server
        while isinstance(error, BaseExceptionGroup):
            error = error.exceptions[0]
        problem = f"the tools can't be reached: {type(error).__name__}: {error}"
        return [*found, *((case, problem, 0.0) for case in cases[len(found) :])]


async def _call_all(
    server: Any,
    api: Api,
    cases: Sequence[Case],
    timeout: float,
    learned: Learned,
    found: list[tuple[Case, str, float]],
) -> list[tuple[Case, str, float]]:
    by_endpoint = {tool.endpoint.name: tool for tool in tools(api)}
    async with Client(server) as client:
        listed = {tool.name for tool in (await client.list_tools()).tools}
        through = Catalogue(api, list(by_endpoint.values())).call_name if by_endpoint else ""
        through = through if through in listed else ""  # of many tools a server lists those alone that find and call
        for meant in cases:
            case = learned.fed(meant)
            tool = by_endpoint[case.endpoint.name]
            started = time.monotonic()
            if tool.name in listed:
                problem = await _call(client, tool, case, timeout, learned)
            elif through:
                problem = await _call(client, tool, case, timeout, learned, through)
            else:
                problem = "the server does not list the tool"
            found.append((case, problem, time.monotonic() - started))
    return found


async def _call(client: Client, tool: Tool, case: Case, timeout: float, learned: Learned, through: str = "") -> str:
    """Call one, by itself or through the tool that calls all others; that one's answers are made for models to read."""
    name, arguments = tool.name, tool_arguments(tool, case.arguments)
    if through:
        name, arguments = through, {"name": tool.name, "arguments": arguments}
    try:
        result = await client.call_tool(name, arguments, read_timeout_seconds=timeout)
    except Exception as error:
        return f"the call failed: {type(error).__name__}: {error}"
    if result.is_error:
        return "the tool gave an error: " + " ".join(getattr(block, "text", "") for block in result.content)
    content = result.structured_content
    whole = isinstance(content, dict) and content.keys() == {"result"}
    learned.learn(case, exchange_of(case, content["result"] if whole and isinstance(content, dict) else content))
    if tool.output_schema is not None and not through:
        errors = Validator(tool.output_schema, {}).errors(result.structured_content)
        if errors:
            return f"the answer does not fit: {errors[0].pointer or 'it'} {errors[0].message}"
    return "" if result.content else "the answer is empty"
