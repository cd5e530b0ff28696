"""The SDK's server object for an Api: lists exactly what `mcp.json` lists, and calls the functions; `proxy` has the
one that sends requests instead.

Nothing here knows transports.
"""

from __future__ import annotations

import asyncio
import difflib
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Mapping
from contextlib import aclosing
from dataclasses import replace
from typing import Any

import mcp_types as types
from mcp import MCPError
from mcp.server import CacheHint, Server, ServerRequestContext

from apispec.declaring import File
from apispec.mcp_server.cancelling import Cancelling
from apispec.mcp_server.kept import KeptAnswers
from apispec.mcp_server.results import Collected, Outcome, file_result, found_result, short, text_result, to_result
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
    gathered,
    invalid,
)
from apispec.tools import (
    TTL_MS,
    Catalogue,
    Tool,
    UnsetVariableError,
    cut,
    is_dynamic,
    listing_of,
    page,
    selected,
    server_info,
    tools,
)

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
        catalogue = Catalogue(api, list(self.tools.values())) if is_dynamic(api, len(self.tools)) else None
        self._catalogue = catalogue
        self._kept = KeptAnswers()
        entries = [tool.to_json() for tool in self.tools.values()] if catalogue is None else catalogue.entries()
        self.listing = types.ListToolsResult.model_validate(listing_of(entries, api))
        self._validators: dict[str, Validator] = {}
        self._outputs: dict[str, Validator] = {}
        self._cancelling = Cancelling()
        info = server_info(api)
        self.server: Server[Any] = Server(
            info["name"],
            version=info["version"],
            title=info["title"],
            instructions=_instructions(api, catalogue) or None,
            on_list_tools=self.list_tools,
            on_call_tool=self.call_tool,
            cache_hints={"tools/list": CacheHint(TTL_MS, scope="public")},
            get_tool_input_schema=self._input_schema,
        )
        self._cancelling.listen(self.server)

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
            MCPError: -32602, there is no such tool; -32800, the client no longer wants the answer.
        """
        with self._cancelling.watched(context):
            return await self._called(params, context)

    async def _called(
        self, params: types.CallToolRequestParams, context: ServerRequestContext[Any]
    ) -> types.CallToolResult:
        arguments = params.arguments or {}
        try:
            if self._catalogue is not None and params.name in self._catalogue.schemas:
                return await self._find(self._catalogue, params.name, arguments, context)
            tool = self.tools.get(params.name)
            if tool is None:
                raise MCPError(INVALID_PARAMS, f"Unknown tool: {params.name}")
            outcome = await self.run(tool, self._judged(tool.name, tool.input_schema, arguments), context)
            return self._finished(tool, outcome)
        except Problem as problem:
            return text_result(problem.text, is_error=True)
        except UnsetVariableError as error:
            name = error.args[0]
            return text_result(f"The environment variable {name} of the MCP server is not set: it holds the value of a "
                               "parameter that is not shown.", is_error=True)  # fmt: skip

    def _judged(self, name: str, schema: dict[str, Any], arguments: dict[str, Any]) -> dict[str, Any]:
        """Arguments that fit a tool's schema.

        Raises:
            Problem: These do not.
        """
        if name not in self._validators:  # an API of a thousand tools is not compiled at its start
            self._validators[name] = Validator(schema, {})
        validator = self._validators[name]
        if not validator.accepts(arguments):
            near = fitted(arguments, schema, {})
            arguments = near if isinstance(near, dict) else arguments
        if not validator.accepts(arguments):
            raise invalid(validator.errors(arguments))
        return arguments

    def _finished(self, tool: Tool, outcome: Outcome | types.CallToolResult) -> types.CallToolResult:
        """A result within the limit, unless what is left would no longer be what the tool surely gives."""
        if not isinstance(outcome, Outcome):
            return outcome
        limit = self.answer_limit
        if limit and tool.is_sure and self.misfit(tool, cut(outcome.value, limit).value):
            limit = 0
        return to_result(tool, outcome, limit)

    async def _find(
        self, catalogue: Catalogue, name: str, arguments: dict[str, Any], context: ServerRequestContext[Any]
    ) -> types.CallToolResult:
        """Search, describe or call."""
        given = self._judged(name, catalogue.schemas[name], arguments)
        if name == catalogue.search_name:
            return text_result(catalogue.found(given["query"], given.get("limit", 5), given.get("tag", "")))
        if name == catalogue.describe_name:
            return text_result(catalogue.described(self._named(catalogue, given["name"])))
        if given.get("answer"):
            try:
                outcome: Outcome | types.CallToolResult = Outcome(self._kept.get(given["answer"]))
            except KeyError:
                raise Problem(410, "That answer is kept no more: call the tool again, if that does no harm.") from None
        elif "name" in given:
            tool = self._named(catalogue, given["name"])
            called = self._judged(tool.name, tool.input_schema, given.get("arguments", {}))
            outcome = await self.run(tool, called, context)
        else:
            raise Problem(422, "Give the name of a tool, or the id of an answer.")
        return self._shown(outcome, given)

    def _named(self, catalogue: Catalogue, name: str) -> Tool:
        tool = self.tools.get(name)
        if tool is None:
            close = difflib.get_close_matches(name, self.tools, 3, 0.5)
            near = f"near are {', '.join(close)}; " if close else ""
            raise Problem(404, f"There is no tool {name}; {near}{catalogue.search_name} finds others.")
        return tool

    def _shown(self, outcome: Outcome | types.CallToolResult, given: Mapping[str, Any]) -> types.CallToolResult:
        """What was asked for of an answer; what is left out is kept."""
        if not isinstance(outcome, Outcome):
            return outcome
        chosen = page(outcome.value, given.get("offset", 0), given.get("limit"))
        picked = selected(chosen.value, given.get("fields", ()))
        limit = self.answer_limit
        notes = [*chosen.notes, *picked.notes]
        if chosen.notes or cut(picked.value, limit).notes:
            id_ = given.get("answer") or self._kept.keep(outcome.value)
            notes.append(f"Read on with answer: {id_!r} and offset, limit or fields; that calls nothing again.")
        return found_result(replace(outcome, value=picked.value), limit, notes)

    def caller_authorization(self, context: ServerRequestContext[Any]) -> str | None:
        """The caller's own `Authorization`, where it is to be passed on and there is one."""
        headers = getattr(context.request, "headers", None)
        if not self.api.tooling.forward_authorization or headers is None:
            return None
        given = headers.get("authorization")
        return str(given) if given else None

    async def run(
        self, tool: Tool, arguments: dict[str, Json], context: ServerRequestContext[Any]
    ) -> Outcome | types.CallToolResult:
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
        if self._catalogue is not None and name in self._catalogue.schemas:
            return self._catalogue.schemas[name]
        tool = self.tools.get(name)
        return tool.input_schema if tool is not None else None


async def _reported(items: AsyncIterator[Json], context: ServerRequestContext[Any]) -> AsyncGenerator[Json, None]:
    """Values of a stream, the client told of each."""
    count = 0
    async for item in items:
        count += 1
        await context.session.report_progress(count, None, short(item))
        yield item


def _instructions(api: Api, catalogue: Catalogue | None) -> str:
    """What a model is told of the server."""
    how = ""
    if catalogue is not None:
        how = f"Find a tool with {catalogue.search_name}, then call it with {catalogue.call_name}."
    return "\n\n".join(text for text in (api.summary, api.description, how) if text)


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
    ) -> Outcome | types.CallToolResult:
        """Call the function."""
        function = self.functions[tool.name]
        values = tool.to_endpoint(await self.open_files(tool, arguments))
        loose: Loose = "" if self.api.tooling.strict_output else "fitted"
        collected = Collected()
        seconds = self.api.tooling.timeout or None
        try:
            async with asyncio.timeout(seconds):
                return await self._called_function(function, values, collected, loose, context)
        except TimeoutError as error:
            raise Problem(504, f"The function did not end in {seconds or 0:g} seconds.") from error
        except Problem as problem:
            raise self._told(problem) from problem.__cause__

    async def _called_function(
        self, function: Function, values: dict[str, Any], collected: Collected, loose: Loose,
        context: ServerRequestContext[Any],
    ) -> Outcome | types.CallToolResult:  # fmt: skip
        if not function.streaming:
            result = await self.runtime.call(function, values, session=self.session, write_file=collected, loose=loose)
            if isinstance(result, File):
                return file_result(result)
            return Outcome(result, files=collected.files)
        stream = self.runtime.stream(function, values, session=self.session, write_file=collected, loose=loose)
        async with aclosing(stream) as items, aclosing(_reported(items, context)) as reported:
            found = await gathered(reported, self.runtime.limits.answer)
        return Outcome(found, files=collected.files)

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
