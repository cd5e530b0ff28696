"""Tools that are requests: a call becomes the HTTP request of `apispec.requests.call`, its answer the tool's result.

Credentials come from environment variables when the request is made, go to the API's own address only, and are taken
out of whatever comes back.
"""

from __future__ import annotations

import asyncio
import base64
import json
import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlencode

import httpx2
import mcp_types as types
from mcp.server import ServerRequestContext

from apispec.declaring import File
from apispec.literals import LocalFile
from apispec.mcp_server.answers import Answer, result_of
from apispec.mcp_server.authorization import Authorized, Authorizer
from apispec.mcp_server.reaching import why_not
from apispec.mcp_server.results import Outcome
from apispec.mcp_server.tools import ToolServer
from apispec.model import Api, HttpCall, Json
from apispec.requests import FilePart, Request, base_url, has_address
from apispec.runtime import MEBIBYTE, InvalidField, Limits, Problem, invalid
from apispec.tools import Tool, as_sent, tools
from apispec.urls import split_url

SECONDS = 60.0
"""Longest call where the limits name none."""
LARGEST = 10 * MEBIBYTE
"""Bytes of an answer."""
_REDIRECTS = 5
_IN_PROCESS = "http://127.0.0.1"

for _name in ("httpx2", "httpcore2"):  # they log addresses and headers, and so credentials
    logging.getLogger(_name).setLevel(logging.WARNING)


class ProxyServer(ToolServer):
    """Tools whose calls are HTTP requests.

    Args:
        api: Its public http endpoints are tools.
        base: The base URL of every call; where it is None those of the document's servers, a local one where there is
            an app.
        app: The ASGI application that gets the requests, in this process, whatever the base URL says.
        limits: Sizes and times.
    """

    def __init__(self, api: Api, base: str | None = None, app: Any = None, limits: Limits | None = None) -> None:
        limits = limits or Limits()
        super().__init__(api, (t for t in tools(api) if isinstance(t.endpoint.call, HttpCall)), limits.upload)
        self.base = _IN_PROCESS if app is not None and base is None else base
        self.seconds = api.tooling.timeout or limits.timeout or SECONDS
        self._app = app
        self._authorizer = Authorizer(api, self.base)

    async def run(
        self, tool: Tool, arguments: dict[str, Json], context: ServerRequestContext[Any]
    ) -> Outcome | types.CallToolResult:
        """Send the request."""
        values = tool.to_endpoint(_parts(tool, await self.open_files(tool, arguments)))
        if self.base is None and not has_address(self.api, tool.endpoint):
            raise Problem(502, "The document says no address for this operation: start the server with --server URL.")
        base = base_url(self.api, tool.endpoint, self.base)
        forwarded = self.caller_authorization(context)
        host = split_url(base).netloc
        try:
            async with asyncio.timeout(self.seconds):
                authorized = await self._authorizer.authorize(as_sent(tool.endpoint), values, base, forwarded)
                answer = await self._send(authorized)
                if answer.status == 401 and self._authorizer.refused(authorized):
                    authorized = await self._authorizer.authorize(as_sent(tool.endpoint), values, base, forwarded)
                    answer = await self._send(authorized)
        except TimeoutError:
            raise Problem(504, f"{host} did not answer in {self.seconds:g} seconds.") from None
        except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError, ValueError) as error:  # whose texts may hold secrets
            raise Problem(502, f"{host} could not be called: {_reached(error)}.") from None
        tooling = self.api.tooling
        return result_of(
            tool, answer, authorized.secrets, self.misfit, strict=tooling.strict_output, limit=self.answer_limit
        )

    async def _send(self, authorized: Authorized) -> Answer:
        made, secrets = authorized.made, authorized.secrets
        if any(unquote(step) in (".", "..") for step in split_url(made.url).path.split("/")):
            raise invalid([InvalidField("", "a part of the path may not be . or ..", "string")])
        transport = None if self._app is None else httpx2.ASGITransport(app=self._app, raise_app_exceptions=False)
        async with httpx2.AsyncClient(transport=transport, follow_redirects=False, timeout=self.seconds) as client:
            sent = client.build_request(made.method, secrets.url(made), headers=_headers(authorized), **_body(made))
            auth = None
            if made.basic is not None and made.digest:
                auth = httpx2.DigestAuth(*(secrets.values[env.name] for env in made.basic))
            for _ in range(_REDIRECTS):
                answer = await client.send(sent, stream=True, auth=auth)
                try:
                    following = answer.next_request if answer.has_redirect_location else None
                    if following is None:
                        return Answer(answer.status_code, dict(answer.headers.items()), await _read(answer))
                finally:
                    await answer.aclose()
                if _origin(following.url) != _origin(sent.url):
                    raise Problem(502, f"The answer redirects to {following.url.host}, which is not followed.")
                sent = following
        raise Problem(502, "The answer redirects too often.")


def _reached(error: Exception) -> str:
    """Why it was not; errors of values may be about the request, which is not told."""
    plain = isinstance(error, ValueError) and not isinstance(error, httpx2.InvalidURL)
    return type(error).__name__ if plain else why_not(error)


def _parts(tool: Tool, opened: dict[str, Any]) -> dict[str, Any]:
    """Files as parts of a request, under the names of their fields."""
    named = {**opened}
    for shown, value in opened.items():
        target = tool.arguments[shown].target if shown in tool.arguments else shown
        field = target.rpartition(".")[2] if tool.endpoint.parameter(target) is None and "." in target else target
        if isinstance(value, File):
            named[shown] = _part(field, value)
        elif isinstance(value, list):
            named[shown] = [_part(field, v) if isinstance(v, File) else v for v in value]
    return named


def _part(name: str, file: File) -> FilePart:
    content = base64.b64encode(file.read()).decode()
    return FilePart(name, LocalFile(file.name, content, file.content_type, is_base64=True))


def _headers(authorized: Authorized) -> list[tuple[bytes, bytes]]:
    made, secrets = authorized.made, authorized.secrets
    headers = {"User-Agent": "apispec", **{name: secrets.text(value) for name, value in made.headers.items()}}
    if made.cookies:
        headers["Cookie"] = "; ".join(f"{name}={secrets.text(value)}" for name, value in made.cookies)
    if made.basic is not None and not made.digest:
        headers["Authorization"] = f"Basic {secrets.basic}"
    if made.media_type and made.body_kind != "multipart":
        headers["Content-Type"] = made.media_type
    given = {name.lower() for name in authorized.headers}
    headers = {name: value for name, value in headers.items() if name.lower() not in given} | dict(authorized.headers)
    return [(name.encode(), value.encode()) for name, value in headers.items()]


def _body(made: Request) -> Mapping[str, Any]:
    kind = made.body_kind
    if kind == "json":
        return {"content": json.dumps(made.json, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace")}
    if kind == "form":
        return {"content": urlencode(made.form).encode()}
    if kind == "multipart":
        fields: list[Any] = [(name, (None, text.encode())) for name, text in made.form]
        files = [(p.name, (p.file.filename or None, p.data, p.file.media_type)) for p in made.files]
        return {"files": fields + files}
    if kind == "none":
        return {}
    content = made.content
    return {"content": FilePart("", content).data if isinstance(content, LocalFile) else content.encode()}


async def _read(answer: httpx2.Response) -> bytes:
    body = bytearray()
    async for piece in answer.aiter_bytes():
        body += piece
        if len(body) > LARGEST:
            raise Problem(502, f"The answer has more than {LARGEST} bytes.")
    return bytes(body)


def _origin(url: httpx2.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port
