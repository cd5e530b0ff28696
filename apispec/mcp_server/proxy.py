"""Tools that are requests: a call becomes the HTTP request of `apispec.requests.call`, its answer the tool's result.

Credentials come from environment variables when the request is made, go to the API's own address only, and are taken
out of whatever comes back.
"""

from __future__ import annotations

import asyncio
import base64
import json
import logging
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, unquote, urlencode, urlsplit

import httpx2
import mcp_types as types
from mcp.server import ServerRequestContext

from apispec.declaring import File
from apispec.literals import Env, EnvText, LocalFile
from apispec.mcp_server.credentials import credential
from apispec.mcp_server.tools import ToolServer, file_result, to_result
from apispec.model import Api, HttpCall, Json
from apispec.requests import FilePart, Request, base_url, has_address, is_json, request, variables
from apispec.runtime import MEBIBYTE, InvalidField, Limits, Problem, invalid
from apispec.tools import Tool, as_sent, tools

SECONDS = 60.0
"""Longest call where the limits name none."""
LARGEST = 10 * MEBIBYTE
"""Bytes of an answer."""
_LONGEST_ERROR = 10_000
_REDIRECTS = 5
_LINES = ("application/x-ndjson", "application/jsonl", "application/json-seq")
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
        self.seconds = limits.timeout or SECONDS
        self._app = app

    async def run(
        self, tool: Tool, arguments: dict[str, Json], context: ServerRequestContext[Any]
    ) -> types.CallToolResult:
        """Send the request."""
        values = tool.to_endpoint(_parts(tool, await self.open_files(tool, arguments)))
        if self.base is None and not has_address(self.api, tool.endpoint):
            raise Problem(502, "The document says no address for this operation: start the server with --server URL.")
        base = base_url(self.api, tool.endpoint, self.base)
        made = request(as_sent(tool.endpoint), values, self.api, base)
        secrets = _Secrets(made)
        parts = urlsplit(made.url)
        if any(unquote(step) in (".", "..") for step in parts.path.split("/")):
            raise invalid([InvalidField("", "a part of the path may not be . or ..", "string")])
        try:
            async with asyncio.timeout(self.seconds):
                status, kind, body = await self._send(made, secrets)
        except TimeoutError:
            raise Problem(504, f"{parts.netloc} did not answer in {self.seconds:g} seconds.") from None
        except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError, ValueError) as error:  # whose texts may hold secrets
            raise Problem(502, f"{parts.netloc} could not be called: {type(error).__name__}.") from None
        return self._answer(tool, status, kind, secrets.removed(body))

    async def _send(self, made: Request, secrets: _Secrets) -> tuple[int, str, bytes]:
        transport = None if self._app is None else httpx2.ASGITransport(app=self._app, raise_app_exceptions=False)
        async with httpx2.AsyncClient(transport=transport, follow_redirects=False, timeout=self.seconds) as client:
            sent = client.build_request(made.method, secrets.url(made), headers=_headers(made, secrets), **_body(made))
            for _ in range(_REDIRECTS):
                answer = await client.send(sent, stream=True)
                try:
                    following = answer.next_request if answer.has_redirect_location else None
                    if following is None:
                        return answer.status_code, answer.headers.get("content-type", ""), await _read(answer)
                finally:
                    await answer.aclose()
                if _origin(following.url) != _origin(sent.url):
                    raise Problem(502, f"The answer redirects to {following.url.host}, which is not followed.")
                sent = following
        raise Problem(502, "The answer redirects too often.")

    def _answer(self, tool: Tool, status: int, kind: str, body: bytes) -> types.CallToolResult:
        text = body.decode("utf-8", "replace")
        if status >= 300:
            return _error(f"{status}: {text[:_LONGEST_ERROR]}" if text else f"{status} without a body")
        essence = kind.partition(";")[0].strip().lower()
        value: Json = None
        try:
            value = _value(essence, text)
        except ValueError:
            if tool.output_schema is None:
                return _plain(essence, body, text or f"{status}, no content")
            return _error(f"{status}, but the answer is not the documented JSON: {text[:_LONGEST_ERROR]}")
        wrong = self.misfit(tool, value)
        if wrong:
            return _error(f"{status}, but the answer is not as documented ({wrong}): {text[:_LONGEST_ERROR]}")
        return to_result(tool, value)


class _Secrets:
    """The values of a request's environment variables.

    Raises:
        Problem: One is not set; the message names it.
    """

    def __init__(self, made: Request) -> None:
        self.values = {name: credential(name) for name in variables(made)}
        missing = [name for name, value in self.values.items() if not value]
        if missing:
            raise Problem(401, f"The environment variable {missing[0]} of the MCP server is not set: it holds a "
                               "credential of this API.")  # fmt: skip
        for name, value in self.values.items():
            if not value.isprintable():
                raise Problem(401, f"The environment variable {name} holds a line break or another control character.")
        self.basic = ""
        if made.basic is not None:
            pair = ":".join(self.values[env.name] for env in made.basic)
            self.basic = base64.b64encode(pair.encode()).decode()

    def text(self, value: str | EnvText) -> str:
        """A text with the values in it."""
        if isinstance(value, str):
            return value
        return "".join(self.values[part.name] if isinstance(part, Env) else part for part in value.parts)

    def url(self, made: Request) -> str:
        """The whole URL, API keys included."""
        keys = [f"{quote(name, safe='')}={quote(self.text(v), safe='')}" for name, v in made.secret_query.items()]
        return (
            "&".join([made.open_url + ("" if made.query else "?"), *keys]).replace("?&", "?") if keys else made.open_url
        )

    def removed(self, body: bytes) -> bytes:
        """An answer without the values, should it repeat them."""
        forms = [(name, form) for name, value in self.values.items() for form in _forms(value)]
        if self.basic:
            forms.append(("credentials", self.basic))
        for name, form in sorted(forms, key=lambda f: -len(f[1])):
            if len(form) > 3:
                body = body.replace(form.encode(), f"[{name}]".encode())
        return body


def _forms(value: str) -> Iterator[str]:
    """How a value may be written in an answer."""
    yield from {value, quote(value, safe=""), json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1]}


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


def _headers(made: Request, secrets: _Secrets) -> list[tuple[bytes, bytes]]:
    headers = {"User-Agent": "apispec", **{name: secrets.text(value) for name, value in made.headers.items()}}
    if made.cookies:
        headers["Cookie"] = "; ".join(f"{name}={secrets.text(value)}" for name, value in made.cookies)
    if made.basic is not None:
        headers["Authorization"] = f"Basic {secrets.basic}"
    if made.media_type and made.body_kind != "multipart":
        headers["Content-Type"] = made.media_type
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


def _value(essence: str, text: str) -> Json:
    """What a JSON answer, or a stream of JSON, holds.

    Raises:
        ValueError: It is none.
    """
    if is_json(essence):
        return json.loads(text, parse_constant=_refuse)
    if essence == "text/event-stream":
        blocks = text.replace("\r\n", "\n").split("\n\n")
        data = ["\n".join(line[5:].strip() for line in b.split("\n") if line.startswith("data:")) for b in blocks]
        return [json.loads(item, parse_constant=_refuse) for item in data if item]
    if essence in _LINES:
        return [json.loads(line.strip("\x1e"), parse_constant=_refuse) for line in text.split("\n") if line.strip()]
    raise ValueError("no JSON")


def _refuse(text: str) -> Json:
    raise ValueError(f"{text} is no JSON")


def _plain(essence: str, body: bytes, text: str) -> types.CallToolResult:
    """An answer that is no JSON: text as text, the rest as the file that it is."""
    if not body or essence.startswith("text/") or essence.endswith(("json", "xml")):
        return types.CallToolResult(content=[types.TextContent(type="text", text=text)])
    return file_result(File.from_bytes(body, name="answer", content_type=essence or None))


def _error(text: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=text)], is_error=True)
