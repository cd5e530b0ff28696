"""Calling every MCP tool with its example, through the official client."""

from __future__ import annotations

import base64
import time
from collections.abc import Mapping, Sequence
from typing import Any

from mcp import Client

from apispec.call import FilePart, body_name
from apispec.filedata import META
from apispec.model import Api, Json
from apispec.prove.cases import Case
from apispec.runtime.validators import Validator
from apispec.tools import Tool, tools


async def call_tools(server: Any, api: Api, cases: Sequence[Case], timeout: float) -> list[tuple[Case, str, float]]:
    """Call the tool of each case.

    Args:
        server: The MCP server, or its address.
        api: As listed.
        cases: Those of protocol `mcp`.
        timeout: Seconds for one call.

    Returns:
        Each case with what is wrong and how long it took.
    """
    by_endpoint = {tool.endpoint.name: tool for tool in tools(api)}
    found = []
    async with Client(server) as client:
        listed = {tool.name for tool in (await client.list_tools()).tools}
        for case in cases:
            tool = by_endpoint[case.endpoint.name]
            started = time.monotonic()
            if tool.name not in listed:
                problem = "the server does not list the tool"
            else:
                problem = await _call(client, tool, case, timeout)
            found.append((case, problem, time.monotonic() - started))
    return found


async def _call(client: Client, tool: Tool, case: Case, timeout: float) -> str:
    arguments = {name: _as_url(value) for name, value in _shown(tool, case.arguments).items()}
    try:
        result = await client.call_tool(tool.name, arguments, read_timeout_seconds=timeout)
    except Exception as error:
        return f"the call failed: {type(error).__name__}: {error}"
    if result.is_error:
        return "the tool gave an error: " + " ".join(getattr(block, "text", "") for block in result.content)
    if tool.output_schema is not None:
        errors = Validator(tool.output_schema, {}).errors(result.structured_content)
        if errors:
            return f"the answer does not fit: {errors[0].pointer or 'it'} {errors[0].message}"
    return "" if result.content else "the answer is empty"


def _shown(tool: Tool, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """An endpoint's arguments as its tool takes them; inverse of `Tool.to_endpoint`."""
    body = arguments.get(body_name(tool.endpoint))
    found = {}
    for shown, argument in tool.arguments.items():
        if argument.place == "body":
            given: Mapping[str, Any] = {argument.target: body} if body is not None else {}
        elif argument.place == "body property":
            given = body if isinstance(body, dict) else {}
        else:
            given = arguments
        if argument.target in given:
            found[shown] = given[argument.target]
    return found


def _as_url(value: Any, *, inside: bool = False) -> Json:
    """Files as `data:` URLs; inside an object of Gradio they are the path of a FileData."""
    if isinstance(value, FilePart):
        url = f"data:{value.file.media_type};base64,{base64.b64encode(value.data).decode()}"
        return {"path": url, "orig_name": value.file.filename, "meta": META} if inside else url
    if isinstance(value, list):
        return [_as_url(item, inside=inside) for item in value]
    return {name: _as_url(item, inside=True) for name, item in value.items()} if isinstance(value, dict) else value
