"""The SDK's server object for an Api: lists exactly what `mcp.json` lists, and calls the functions; `proxy` has the
one that sends requests instead.

Nothing here knows transports.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import aclosing
from typing import Any

import mcp_types as types
from mcp import MCPError
from mcp.server import CacheHint, Server, ServerRequestContext

from apispec.declaring import File
from apispec.mcp_server.results import Collected, file_result, short, text_result, to_result
from apispec.model import Api, Json
from apispec.runtime import (
    Function,
    InvalidField,
    Loose,
    Problem,
    Runtime,
    Validator,
    file_argument,
    fitted,
    invalid,
)
from apispec.tools import TTL_MS, Tool, UnsetVariableError, cut, server_info, to_listing, tools

INVALID_PARAMS = -32602
"""JSON-RPC's code, which MCP gives to an unknown tool."""


class ToolServer:
    """The tools of one Api; what a call does is the subclass's.

    Args:
        api: As it was read.
        chosen: Its tools.
        upload: Most bytes of a file that is an argument.
    """

    def __init__(self, api: Api, chosen: Iterable[Tool], upload: int) -> None:
        self.api = api
        self.upload = upload
        self.answer_limit = api.tooling.answer_limit
        self.tools = {tool.name: tool for tool in chosen}
        self.listing = types.ListToolsResult.model_validate(to_listing(self.tools.values(), api))
        self._validators: dict[str, Validator] = {}
        self._outputs: dict[str, Validator] = {}
        info = server_info(api)
        self.server: Server[Any] = Server(
            info["name"],
            version=info["version"],
            title=info["title"],
            instructions="\n\n".join(t for t in (api.summary, api.description) if t) or None,
            on_list_tools=self.list_tools,
            on_call_tool=self.call_tool,
            cache_hints={"tools/list": CacheHint(TTL_MS, scope="public")},
            get_tool_input_schema=self._input_schema,
        )

    async def list_tools(
        self, context: ServerRequestContext[Any], params: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        """The listing, whole."""
        return self.listing

    async def call_tool(
        self, context: ServerRequestContext[Any], params: types.CallToolRequestParams
    ) -> types.CallToolResult:
        """Call a tool; what goes wrong is an `isError` result that says so.

        Raises:
            MCPError: -32602, there is no such tool.
        """
        tool = self.tools.get(params.name)
        if tool is None:
            raise MCPError(INVALID_PARAMS, f"Unknown tool: {params.name}")
        try:
            arguments = params.arguments or {}
            if tool.name not in self._validators:  # an API of a thousand tools is not compiled at its start
                self._validators[tool.name] = Validator(tool.input_schema, {})
            validator = self._validators[tool.name]
            if not validator.accepts(arguments):
                near = fitted(arguments, tool.input_schema, {})
                arguments = near if isinstance(near, dict) else arguments
            if not validator.accepts(arguments):
                raise invalid(validator.errors(arguments))
            return await self.run(tool, arguments, context)
        except Problem as problem:
            return text_result(problem.text, is_error=True)
        except UnsetVariableError as error:
            name = error.args[0]
            return text_result(f"The environment variable {name} of the MCP server is not set: it holds the value of a "
                               "parameter that is not shown.", is_error=True)  # fmt: skip

    def caller_authorization(self, context: ServerRequestContext[Any]) -> str | None:
        """The caller's own `Authorization`, where it is to be passed on and there is one."""
        headers = getattr(context.request, "headers", None)
        if not self.api.tooling.forward_authorization or headers is None:
            return None
        given = headers.get("authorization")
        return str(given) if given else None

    async def run(
        self, tool: Tool, arguments: dict[str, Json], context: ServerRequestContext[Any]
    ) -> types.CallToolResult:
        """Do what the tool does, with arguments that fit its schema.

        Raises:
            Problem: It went wrong.
        """
        raise NotImplementedError

    def misfit(self, tool: Tool, value: Json) -> str:
        """In which way a result is not what the tool says that it gives; empty where it is."""
        if tool.output_schema is None:
            return ""
        if tool.name not in self._outputs:
            self._outputs[tool.name] = Validator(tool.output_schema, {})
        wrong = self._outputs[tool.name].errors(tool.to_structured(value))
        return f"{wrong[0].pointer or 'the whole'} {wrong[0].message}" if wrong else ""

    async def open_files(self, tool: Tool, arguments: dict[str, Json]) -> dict[str, Any]:
        """The arguments with Files in place of their URLs.

        Raises:
            Problem: One can't be had.
        """
        opened: dict[str, Any] = dict(arguments)
        for shown, argument in tool.arguments.items():
            value = arguments.get(shown)
            if not argument.file or value is None:
                continue
            if isinstance(value, list):
                opened[shown] = [await self.open_file(item, f"/{shown}/{i}") for i, item in enumerate(value)]
            else:
                opened[shown] = await self.open_file(value, f"/{shown}")
        return opened

    async def open_file(self, value: str, pointer: str) -> File:
        """The file that a URL stands for.

        Raises:
            Problem: It can't be had; `pointer` says which argument it was.
        """
        try:
            return await asyncio.to_thread(file_argument, value, self.upload)
        except ValueError as error:
            raise invalid([InvalidField(pointer, str(error), "string")]) from error

    def _input_schema(self, name: str) -> dict[str, Any] | None:
        tool = self.tools.get(name)
        return tool.input_schema if tool is not None else None


class FunctionServer(ToolServer):
    """Tools that are functions of this process.

    Args:
        api: Its public endpoints are tools.
        functions: The functions behind them.
        runtime: What they run in; one of their own where it is None.
        session: The session of all calls, where there is one client only; empty for a new one each.
    """

    def __init__(
        self, api: Api, functions: Iterable[Function], runtime: Runtime | None = None, *, session: str = ""
    ) -> None:
        self.runtime = runtime or Runtime()
        self.session = session
        by_name = {f.endpoint.name: f for f in functions}
        chosen = [tool for tool in tools(api) if tool.endpoint.name in by_name]
        self.functions = {tool.name: by_name[tool.endpoint.name] for tool in chosen}
        super().__init__(api, chosen, self.runtime.limits.upload)

    async def run(
        self, tool: Tool, arguments: dict[str, Json], context: ServerRequestContext[Any]
    ) -> types.CallToolResult:
        """Call the function."""
        function = self.functions[tool.name]
        values = tool.to_endpoint(await self.open_files(tool, arguments))
        loose: Loose = "" if self.api.tooling.strict_output else "fitted"
        collected = Collected()
        try:
            if not function.streaming:
                result = await self.runtime.call(
                    function, values, session=self.session, write_file=collected, loose=loose
                )
                if isinstance(result, File):
                    return file_result(result)
                return self._result(tool, result, collected)
            found: list[Json] = []
            stream = self.runtime.stream(function, values, session=self.session, write_file=collected, loose=loose)
            async with aclosing(stream) as items:
                async for item in items:
                    found.append(item)
                    await context.session.report_progress(len(found), None, short(item))
            return self._result(tool, found, collected)
        except Problem as problem:
            raise self._told(problem) from problem.__cause__

    def _result(self, tool: Tool, value: Json, collected: Collected) -> types.CallToolResult:
        """A value within the limit, unless what is left would no longer be what the tool says."""
        limit = self.answer_limit
        if limit and self.misfit(tool, cut(value, limit).value):
            limit = 0
        return to_result(tool, value, files=collected.files, limit=limit)

    def _told(self, problem: Problem) -> Problem:
        """A failure that nobody foresaw, in full where the one client is on the same machine."""
        cause = problem.__cause__
        if problem.title == "Invalid result":
            told = (
                str(cause) if self.session and cause is not None else f"its log says more under {problem.members['id']}"
            )
            text = (
                f"The function ran, so do not call it again. What it gave is not what its documentation says: {told}."
            )
            return Problem(problem.status, text, title=problem.title, members=problem.members)
        if not self.session or "id" not in problem.members or cause is None:
            return problem
        text = f"The function failed: {type(cause).__name__}: {cause}".rstrip(": ")
        return Problem(problem.status, text, title=problem.title, members=problem.members)
