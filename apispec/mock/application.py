"""The mock as one ASGI application: which endpoint a request calls, what is wrong with it, and what it is answered."""

from __future__ import annotations

import asyncio
import json
import random
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from apispec.mock import access, answers, reading
from apispec.mock.callers import guarded
from apispec.mock.store import Store
from apispec.model import Api, Endpoint, HttpCall, Json, MediaType
from apispec.requests import server_url
from apispec.runtime import Limits, Problem
from apispec.schemas import resolve
from apispec.server import BodyLimit, problem_response
from apispec.urls import split_url

_VARIABLE = re.compile(r"\{([^{}]+)\}")
_SENT = 3
"""Events and lines of a stream."""


@dataclass(frozen=True, kw_only=True)
class MockOptions:
    """How a mock behaves."""

    dynamic: bool = False
    """Values made up from schemas instead of examples."""
    seed: int = 0
    delay: float = 0.0
    """Seconds before each answer."""
    errors: float = 0.0
    """Which share of the calls fails, 0 to 1."""
    stateful: bool = False
    """Whether what is created can be read, changed and deleted."""
    limits: Limits = field(default_factory=Limits)
    """How large bodies may be, and how slowly requests may come."""
    cors: tuple[str, ...] = ()
    """Origins whose pages may call, besides those of this computer; `*` = any. None unless you say so, as with the
    command."""
    allowed_hosts: tuple[str, ...] | None = None
    """Names under which it answers on a local address, besides its own; None = any."""
    inventing: bool = False
    """Whether, where it keeps things, what was never created is answered from examples all the same."""


class MockApplication:
    """The described API, answered from its description.

    Args:
        api: What is described.
        options: How to behave.
    """

    def __init__(self, api: Api, options: MockOptions | None = None) -> None:
        self.api = api
        self.options = options or MockOptions()
        self.store = Store(api, self.options.inventing) if self.options.stateful else None
        self._chance = random.Random(self.options.seed)
        self._routes = sorted(_routes(api), key=lambda route: (route.variables, -len(route.path)))
        self._prefixes = sorted(
            {split_url(server_url(s)).path.rstrip("/") for s in api.servers} - {""}, key=len, reverse=True
        )
        limits = self.options.limits
        self.app: ASGIApp = guarded(
            BodyLimit(self._answered, limits.body, limits.upload), self.options.cors, self.options.allowed_hosts
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one connection."""
        if scope["type"] == "lifespan":
            await _lifespan(receive, send)
        elif scope["type"] == "http":
            await self.app(scope, receive, send)

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        try:
            response = await self._answer(request)
        except Problem as problem:
            if problem.status == 405 and scope["method"] == "OPTIONS":
                response = Response(status_code=204, headers=problem.headers)
            else:
                response = problem_response(problem)
        except ClientDisconnect:
            return
        if scope["method"] == "HEAD":
            response = Response(status_code=response.status_code, headers=dict(response.headers))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        endpoint, values, _ = self.called(request)
        if self.options.delay:
            await asyncio.sleep(self.options.delay)
        access.check(request, endpoint, self.api)
        found = await reading.read(request, endpoint, values, self.api)
        if found.flaws:
            raise Problem(422, "The request does not fit the description.", title="Invalid request", errors=found.flaws)
        wish = answers.wanted(", ".join(request.headers.getlist("prefer")))
        if not wish.code and self.options.errors and self._chance.random() < self.options.errors:
            wish = answers.Wanted(self._failing(endpoint), "", wish.dynamic)
            if wish.code == "500":
                raise Problem(500, "This mock was asked to fail now and then (--errors).")
        answer = answers.chosen(endpoint, wish)
        media = answers.media_of(answer, request.headers.get("accept", ""))
        headers = answers.headers_of(answer, self.api)
        if media is None or answer.code in (204, 205, 304):
            self._remembered(endpoint, answer, request, found, None)
            return Response(status_code=answer.code, headers=headers)
        chance = self._chance if self.options.dynamic or wish.dynamic else None
        notes: list[str] = []
        if answer.streaming:
            of_one = media.schema if media.item_schema is None else media.item_schema
            item = MediaType(type="application/json", schema=of_one, examples=media.examples)
            items = [answers.body_of(endpoint, answer, item, self.api, wish, chance, notes) for _ in range(_SENT)]
            headers |= _warning(notes)
            return StreamingResponse(
                _streamed(items, media.type, self.api.source == "functions"), answer.code, headers, media.type
            )
        body = answers.body_of(endpoint, answer, media, self.api, wish, chance, notes)
        headers |= _warning(notes)
        if answer.is_result and not isinstance(body, bytes):
            body = self._remembered(endpoint, answer, request, found, body)
        data = (
            body
            if isinstance(body, bytes)
            else json.dumps(body, ensure_ascii=False, indent=2).encode("utf-8", "replace")
        )
        return Response(data, answer.code, headers, _plain(media.type))

    def _remembered(
        self, endpoint: Endpoint, answer: answers.Described, request: Request, found: reading.Read, body: Json
    ) -> Json:
        if self.store is None or not answer.is_result:
            return body
        return self.store.answer(endpoint, request.url.path, found.values.get("path", {}), found.body, body)

    def _failing(self, endpoint: Endpoint) -> str:
        """The status of a documented error, 500 where none is."""
        known = [str(a.code) for a in answers.described(endpoint) if a.code >= 400 and a.status != "default"]
        return self._chance.choice(known) if known else "500"

    def called(self, request: Request) -> tuple[Endpoint, Mapping[str, str], str]:
        """The endpoint of a request, its path's variables as they were sent, and what stands before its path.

        Raises:
            Problem: 404, there is no such path; 405, it is called with another method.
        """
        raw = request.scope.get("raw_path") or request.url.path.encode()
        whole = raw.decode("latin-1").partition("?")[0]
        paths = [whole, *(whole[len(p) :] or "/" for p in self._prefixes if whole == p or whole.startswith(p + "/"))]
        allowed: dict[str, None] = {}
        method = request.method
        for path in paths:
            found: list[tuple[_Route, dict[str, str]]] = []
            for route in self._routes:
                values = route.match(path)
                if values is None or (found and route.variables > found[0][0].variables):
                    continue
                if route.method in (method, "GET" if method == "HEAD" else method):
                    found.append((route, values))
                else:
                    allowed[route.method] = None
            found = [one for one in found if one[0].method == method] or found
            if found:  # several where a document tells operations apart by a query or header that it puts into the path
                route, values = found[0] if len(found) == 1 else max(found, key=lambda one: one[0].likeness(request))
                return route.endpoint, values, whole[: len(whole) - len(path)]
        if allowed:
            names = ", ".join(allowed)
            raise Problem(405, f"This path is called with {names}.", headers={"Allow": names})
        raise Problem(404, f"No path of {self.api.title} is {unquote(whole)!r}.")


@dataclass(frozen=True, slots=True)
class _Route:
    method: str
    path: str
    endpoint: Endpoint
    pattern: re.Pattern[str]
    names: tuple[str, ...]

    @property
    def variables(self) -> int:
        """Paths without variables come first (OpenAPI, Paths Object)."""
        return len(self.names)

    def likeness(self, request: Request) -> int:
        """How well a request fits what tells operations of one path apart: fixed values in the query and in headers."""
        call = self.endpoint.call
        assert isinstance(call, HttpCall)
        written = call.path.partition("#")[0].partition("?")[2]
        wanted: list[tuple[Any, Any]] = [(request.query_params.get(n), v) for n, v in parse_qsl(written)]
        for parameter in self.endpoint.parameters:
            value = _only_value(resolve(parameter.schema, {}))
            if value is not None and parameter.location in ("query", "header"):
                home = request.headers if parameter.location == "header" else request.query_params
                wanted.append((home.get(parameter.name), str(value)))
        return sum(1 if came == meant else -1 for came, meant in wanted)

    def match(self, path: str) -> dict[str, str] | None:
        """The path's variables, None where it is another path."""
        found = self.pattern.fullmatch(path)
        return None if found is None else dict(zip(self.names, found.groups(), strict=True))


def _only_value(schema: Any) -> Any:
    """The one value that a schema allows, None where there are more."""
    if not isinstance(schema, dict):
        return None
    values = schema.get("enum")
    return schema.get("const", values[0] if isinstance(values, list) and len(values) == 1 else None)


def _routes(api: Api) -> list[_Route]:
    out = []
    for endpoint in api.endpoints:
        call = endpoint.call
        if not isinstance(call, HttpCall) or not endpoint.callable:
            continue
        path = call.path.partition("?")[0].partition("#")[0]
        pieces = _VARIABLE.split(path)
        pattern = "".join("([^/]+?)" if i % 2 else _literally(piece) for i, piece in enumerate(pieces))
        out.append(_Route(call.method, path, endpoint, re.compile(pattern), tuple(pieces[1::2])))
    return out


def _literally(text: str) -> str:
    """A pattern for a text of a path, whichever of its characters are percent-encoded."""
    out = []
    for char in text:
        encoded = "".join(f"%(?:{byte:02X}|{byte:02x})" for byte in char.encode())
        out.append(char if char == "/" else f"(?:{re.escape(char)}|{encoded})")
    return "".join(out)


def _plain(media_type: str) -> str:
    """A media type that an answer can have: a range is made one."""
    return "application/json" if "*" in media_type else media_type


async def _streamed(items: list[Any], media_type: str, of_functions: bool) -> AsyncIterator[bytes]:
    for item in items:
        text = item.decode("utf-8", "replace") if isinstance(item, bytes) else json.dumps(item, ensure_ascii=False)
        if media_type.startswith("text/event-stream"):
            yield f"event: generating\ndata: {text}\n\n".encode() if of_functions else f"data: {text}\n\n".encode()
        else:
            yield f"{text}\n".encode()
        await asyncio.sleep(0)
    if of_functions and media_type.startswith("text/event-stream"):
        yield b"event: complete\ndata: null\n\n"


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


def _warning(notes: list[str]) -> dict[str, str]:
    """What is to say of an answer, as a header (RFC 7234, 5.5)."""
    return {"Warning": f"199 apispec {json.dumps(notes[0])}"} if notes else {}
