"""Tools that are endpoints of a running Gradio app: arguments are posted, events read, files uploaded and fetched.

A call has a session of its own: callers of one server share no state. `gradio_calls` speaks with the app.
"""

from __future__ import annotations

import asyncio
from typing import Any

import httpx2
from mcp.server import ServerRequestContext

from apispec.declaring import File
from apispec.mcp_server.authorization import static_headers
from apispec.mcp_server.credentials import credential
from apispec.mcp_server.gradio_calls import check, events, reason
from apispec.mcp_server.reaching import why_not
from apispec.mcp_server.results import Outcome, short
from apispec.mcp_server.tools import ToolServer
from apispec.model import Api, GradioCall, Json
from apispec.requests import GRADIO_LOGIN, base_url
from apispec.runtime import MEBIBYTE, Limits, Problem
from apispec.schemas import FILE_META, is_file
from apispec.snippets import positional
from apispec.tools import Tool, tools

LARGEST = 10 * MEBIBYTE
"""Bytes of a file that comes back as itself; a larger one is named by its URL."""


class GradioServer(ToolServer):
    """Tools of a Gradio app that runs somewhere.

    Args:
        api: Its public endpoints that can be called are tools.
        base: Where it runs; as the Api says where it is None.
        limits: Sizes and times.
    """

    def __init__(self, api: Api, base: str | None = None, limits: Limits | None = None) -> None:
        limits = limits or Limits()
        super().__init__(api, (t for t in tools(api) if isinstance(t.endpoint.call, GradioCall)), limits.upload)
        self.base = (base or base_url(api)).rstrip("/")
        self.seconds = api.tooling.timeout or limits.timeout or None

    async def run(self, tool: Tool, arguments: dict[str, Json], context: ServerRequestContext[Any]) -> Outcome:
        """Make the call and read its events."""
        call = tool.endpoint.call
        assert isinstance(call, GradioCall)
        opened = await self.open_files(tool, arguments)
        found: list[Json] = []
        try:
            client = httpx2.AsyncClient(timeout=None, follow_redirects=True, headers=self._headers(context))
            async with asyncio.timeout(self.seconds), client:
                if call.login:
                    await self._log_in(client)
                values = tool.to_endpoint({name: await self._sent(client, call, v) for name, v in opened.items()})
                async for event, data in events(client, self.base, call, positional(tool.endpoint, values)):
                    if event == "error":
                        raise Problem(500, reason(data))
                    if event == "generating":
                        found.append(_value(call, data))
                        await context.session.report_progress(len(found), None, short(found[-1]))
                    elif event == "complete":
                        return await self._result(client, tool, _value(call, data))
        except TimeoutError:
            raise Problem(504, f"The app did not answer in {self.seconds:g} seconds.") from None
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, KeyError, OSError, OverflowError) as error:
            raise Problem(502, f"{self.base} could not be called: {why_not(error)}.") from None
        raise Problem(502, "The app's events ended without an answer.")

    def _headers(self, context: ServerRequestContext[Any]) -> dict[str, str]:
        """What the configuration has every request carry."""
        headers = static_headers(self.api.tooling.headers)
        forwarded = self.caller_authorization(context)
        return headers if forwarded is None else {**headers, "Authorization": forwarded}

    async def _log_in(self, client: httpx2.AsyncClient) -> None:
        names = [env.name for env in GRADIO_LOGIN]
        user, password = (credential(name) for name in names)
        if not user or not password:
            raise Problem(
                401, f"The app asks for a login: set {' and '.join(names)} in the environment of this server."
            )
        answer = await client.post(f"{self.base}/login", data={"username": user, "password": password})
        if answer.status_code != 200:
            raise Problem(401, f"The app does not accept {names[0]} and {names[1]}.")

    async def _sent(self, client: httpx2.AsyncClient, call: GradioCall, value: Any) -> Json:
        """A value as it travels: files as what the app says of their uploads."""
        if isinstance(value, list):
            return [await self._sent(client, call, item) for item in value]
        if isinstance(value, dict):
            if is_file(value) and str(value.get("path", "")).startswith("data:"):
                return await self._sent(client, call, await self.open_file(value["path"], ""))
            return {name: await self._sent(client, call, item) for name, item in value.items()}
        if not isinstance(value, File):
            return value
        part = (value.name, value.read(), value.content_type)
        answer = await client.post(f"{self.base}{call.prefix}/upload", files={"files": part})
        check(answer)
        return {"path": answer.json()[0], "orig_name": value.name, "mime_type": value.content_type, "meta": FILE_META}

    async def _result(self, client: httpx2.AsyncClient, tool: Tool, value: Json) -> Outcome:
        """The value, and the files in it as what they are."""
        wrong = self.misfit(tool, value)
        if wrong and self.api.tooling.strict_output:
            raise Problem(502, f"The answer is not as documented ({wrong}).")
        notes = [f"The call succeeded. Its answer is not as documented: {wrong}."] if wrong else []
        others = [await self._fetched(client, data) for data in _files(value)]
        return Outcome(value, tuple(notes), others=tuple(file for file in others if file is not None), fits=not wrong)

    async def _fetched(self, client: httpx2.AsyncClient, data: dict[str, Any]) -> File | None:
        """A file that the app itself serves."""
        url = str(data.get("url") or "")
        if not url.startswith(self.base + "/"):
            return None
        body = bytearray()
        async with client.stream("GET", url) as answer:
            if answer.status_code != 200:
                return None
            async for piece in answer.aiter_bytes():
                body += piece
                if len(body) > LARGEST:
                    return None
            kind = answer.headers.get("content-type", "").partition(";")[0]
        name = str(data.get("orig_name") or "file")
        return File.from_bytes(bytes(body), name=name, content_type=data.get("mime_type") or kind or None)


def _value(call: GradioCall, data: Json) -> Json:
    """The outputs that are a result: one alone, several as a list, none as null."""
    if not isinstance(data, list):
        raise ValueError("no outputs")
    shown = [value for i, value in enumerate(data) if i not in call.silent_outputs]
    return shown[0] if len(shown) == 1 else shown or None


def _files(value: Json) -> list[dict[str, Any]]:
    if is_file(value):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [data for item in inner for data in _files(item)]
