"""Protocol `gradio`: the routes that Gradio's clients and the older call-and-event-id posts use.

Each is answered with and without the prefix `/gradio_api`. What runs and waits is in `gradio_queue`, the description of
the app in `gradio_info`. Measured against gradio_client and @gradio/client 2.7; Gradio's own code is not needed.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import aclosing
from typing import Any
from urllib.parse import quote, unquote

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from apispec.declaring import File
from apispec.model import Api, Json, Parameter
from apispec.rendering import PREFIX, outputs
from apispec.runtime import (
    Files,
    Function,
    InvalidField,
    Kept,
    Problem,
    Runtime,
    Validator,
    file_argument,
    fitted,
    invalid,
    json_type,
)
from apispec.schemas import is_nullable
from apispec.server import gradio_info
from apispec.server.answers import EventStream, download, event, json_response, while_there
from apispec.server.arguments import check_media_type, from_json, keep, multipart_problem
from apispec.server.gradio_queue import Message, Queue, ToOutputs

_CALL_HEARTBEAT = event(None, "heartbeat")
_QUEUE_HEARTBEAT = event({"msg": "heartbeat"})
_CLOSE = event({"msg": "close_stream"})
_LONGEST_SESSION = 200


class GradioProtocol:
    """The routes of protocol `gradio`.

    Args:
        api: Whose title and components are shown.
        functions: Everything that may be called, in order.
        runtime: Where it runs.
        files: Where uploads and files in results are kept.
    """

    def __init__(self, api: Api, functions: Iterable[Function], runtime: Runtime, files: Files) -> None:
        self.api = api
        self.functions = list(functions)
        self.endpoints = [f.endpoint for f in self.functions]
        self.by_name = {f.endpoint.name: f for f in self.functions}
        self.runtime = runtime
        self.files = files
        self.queue = Queue(runtime)

    def routes(self, prefix: str) -> list[Route]:
        """The routes under a prefix."""
        return [
            Route(prefix + "/config", self.config, methods=["GET"]),
            Route(prefix + "/info", self.info, methods=["GET"]),
            Route(prefix + "/call/v2/{name}/{event_id}", self.events, methods=["GET"]),
            Route(prefix + "/call/v2/{name}", self.call_named, methods=["POST"]),
            Route(prefix + "/call/{name}/{event_id}", self.events, methods=["GET"]),
            Route(prefix + "/call/{name}", self.call, methods=["POST"]),
            Route(prefix + "/run/{name}", self.run, methods=["POST"]),
            Route(prefix + "/api/{name}", self.run, methods=["POST"]),
            Route(prefix + "/queue/join", self.join, methods=["POST"]),
            Route(prefix + "/queue/data", self.data, methods=["GET"]),
            Route(prefix + "/cancel", self.cancel, methods=["POST"]),
            Route(prefix + "/reset", self.cancel, methods=["POST"]),
            Route(prefix + "/upload", self.upload, methods=["POST"]),
            Route(prefix + "/file={path:path}", self.file, methods=["GET"]),
            Route(prefix + "/file/{path:path}", self.file, methods=["GET"]),
        ]

    async def config(self, request: Request) -> Response:
        """The description of the app that clients start with."""
        return json_response(gradio_info.config(self.api, self.endpoints, _base(request)))

    async def info(self, request: Request) -> Response:
        """The parameters and results of every endpoint."""
        everything = request.query_params.get("all_endpoints", "").lower() == "true"
        shown = [e for e in self.endpoints if everything or gradio_info.is_listed(e)]
        return json_response(gradio_info.info(self.api, shown))

    async def call(self, request: Request) -> Response:
        """Start a call with positional arguments: `{"data": [...]}` → `{"event_id": ...}`."""
        function, body = await self._called(request)
        values = await self.positional(function, body.get("data"), request)
        return self._started(function, values, _session(body), request)

    async def call_named(self, request: Request) -> Response:
        """Start a call with named arguments: `{"a": 3, "b": 5}` → `{"event_id": ...}`."""
        function, body = await self._called(request)
        session = ""
        if "session_hash" in body and function.endpoint.parameter("session_hash") is None:
            session = _session(body)
            body = {k: v for k, v in body.items() if k != "session_hash"}
        return self._started(function, await self.named(function, body, request), session, request)

    async def run(self, request: Request) -> Response:
        """Call without the queue: the outputs are the answer, those of the last event where it is a stream."""
        function, body = await self._called(request)
        values = await self.positional(function, body.get("data"), request)
        context = {"session": _session(body), **self._context(request)}
        started = time.monotonic()
        called = self._last_of(function, values, context)
        result = await (while_there(called, request.receive) if function.streaming else called)
        duration = time.monotonic() - started
        data = self._to_outputs(function, request)(result)
        return json_response({"data": data, "is_generating": False, "duration": duration, "average_duration": duration})

    async def _last_of(
        self, function: Function, values: Mapping[str, Any], context: Mapping[str, Any]
    ) -> Json | File:  # fmt: skip
        """The result of a call, or the last value of a stream."""
        if not function.streaming:
            return await self.runtime.call(function, values, **context)
        result: Json = None
        async with aclosing(self.runtime.stream(function, values, **context)) as items:
            async for item in items:
                result = item
        return result

    async def events(self, request: Request) -> EventStream:
        """The events of one call, once."""
        function = self._function(request.path_params["name"])
        messages = self.queue.messages(request.path_params["event_id"], function)
        first = await anext(messages, None)  # an unknown id is an error before the stream starts
        return EventStream(_call_events(first, messages), _CALL_HEARTBEAT, self.runtime.limits.heartbeat)

    async def join(self, request: Request) -> Response:
        """Queue a call whose messages go to the session's reader."""
        body = await _body(request)
        session = _session(body)
        if not session:
            raise Problem(400, "`session_hash` is missing.")
        index = body.get("fn_index")
        if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index < len(self.functions):
            raise Problem(404, "There is no function of that `fn_index`.")
        function = self.functions[index]
        values: dict[str, Any] | Problem
        try:
            values = await self.positional(function, body.get("data"), request)
        except Problem as problem:  # the clients read it from their stream
            values = problem
        call = self.queue.start(
            function, values, self._to_outputs(function, request), session, shared=True, context=self._context(request)
        )
        return json_response({"event_id": call.id})

    async def data(self, request: Request) -> EventStream:
        """The messages of all calls of a session."""
        session = request.query_params.get("session_hash", "")
        if not session or len(session) > _LONGEST_SESSION:
            raise Problem(400, "`session_hash` is missing or too long.")
        stream = _session_events(self.queue.session_messages(session))
        return EventStream(stream, _QUEUE_HEARTBEAT, self.runtime.limits.heartbeat)

    async def cancel(self, request: Request) -> Response:
        """End a call."""
        body = await _body(request)
        event_id = body.get("event_id")
        if isinstance(event_id, str):
            await self.queue.cancel_and_tell(event_id)
        return json_response({"success": True})

    async def upload(self, request: Request) -> Response:
        """Keep files: multipart field `files` → their paths."""
        check_media_type(request, ["multipart/form-data"])
        try:
            async with request.form(max_files=self.runtime.limits.upload_files, max_fields=10) as form:
                uploads = [item for item in form.getlist("files") if isinstance(item, UploadFile)]
                if not uploads:
                    raise invalid([InvalidField("/files", "must be files", "nothing")])
                kept = [await keep(upload, self.files) for upload in uploads]
        except (MultiPartException, HTTPException) as error:  # the latter inside of a Starlette application
            raise multipart_problem(error, self.runtime.limits) from error
        return json_response([self.files.path_of(file) for file in kept])

    async def file(self, request: Request) -> Response:
        """A kept file's bytes."""
        kept = self.files.get(request.path_params["path"])
        if kept is None:
            raise Problem(403, "No such file is handed out.")
        return download(str(kept.file.path), kept.file.name, kept.file.content_type)

    async def positional(self, function: Function, data: Json, request: Request) -> dict[str, Any]:
        """Arguments by name from Gradio's list.

        Raises:
            Problem: 422, it is no list or too long.
        """
        parameters = function.endpoint.parameters
        if data is None:
            data = []
        if not isinstance(data, list):
            raise invalid([InvalidField("/data", "must be the list of arguments", json_type(data))])
        if len(data) > len(parameters):
            raise invalid([InvalidField("/data", f"has more than {len(parameters)} arguments", "array")])
        return await self.named(function, dict(zip((p.name for p in parameters), data, strict=False)), request)

    async def named(self, function: Function, arguments: Mapping[str, Json], request: Request) -> dict[str, Any]:
        """Arguments with files in place of Gradio's file objects, and without the nulls that clients send for defaults.

        Raises:
            Problem: 422, a file is not one of ours.
        """
        values: dict[str, Any] = {}
        for name, value in arguments.items():
            parameter = function.endpoint.parameter(name)
            if parameter is None:
                values[name] = value
            elif value is not None and parameter.location != "file":
                values[name] = fitted(value, parameter.schema, function.schemas, read=True)
            elif value is not None:
                values[name] = await self._files(parameter, value, request)
            elif parameter.required or not _is_placeholder(parameter, function):
                values[name] = None
        return values

    async def _called(self, request: Request) -> tuple[Function, dict[str, Json]]:
        function = self._function(request.path_params["name"])
        return function, await _body(request)

    def _function(self, name: str) -> Function:
        function = self.by_name.get(name)
        if function is None:
            raise Problem(404, "There is no endpoint of that name.")
        return function

    def _started(self, function: Function, values: Mapping[str, Any], session: str, request: Request) -> Response:
        call = self.queue.start(
            function, values, self._to_outputs(function, request), session, shared=False, context=self._context(request)
        )
        return json_response({"event_id": call.id})

    def _context(self, request: Request) -> dict[str, Any]:
        base = _base(request)

        def write(file: File) -> Json:
            return f"{base}{PREFIX}/file={quote(self.files.copy(file).path)}"

        return {"request": request, "write_file": write, "loose": "as it is"}

    async def _files(self, parameter: Parameter, value: Json, request: Request) -> Any:
        if isinstance(value, list) and parameter.multiple:
            return [await self._file(parameter, item, request, f"/{i}") for i, item in enumerate(value)]
        file = await self._file(parameter, value, request, "")
        return [file] if parameter.multiple else file

    async def _file(self, parameter: Parameter, value: Json, request: Request, place: str) -> File:
        given = [value.get(key) for key in ("path", "url")] if isinstance(value, dict) else []
        places = [text for text in given if isinstance(text, str) and text]
        if not places:
            message = "must be a file object with the `path` that /upload answered, or a `url`"
            raise invalid([InvalidField(f"/{parameter.name}{place}", message, json_type(value))])
        own = f"{_base(request)}{PREFIX}/file="
        for text in places:
            kept = self.files.get(unquote(text[len(own) :]) if text.startswith(own) else text)
            if kept is not None:
                return kept.file
        remote = [text for text in places if text.startswith(("http://", "https://"))]
        message = "is no uploaded file; upload it first"
        if remote:
            try:
                return await asyncio.to_thread(file_argument, remote[0], self.runtime.limits.upload)
            except ValueError as error:
                message = str(error)
        raise invalid([InvalidField(f"/{parameter.name}{place}/path", message, "string")])

    def _to_outputs(self, function: Function, request: Request) -> ToOutputs:
        """How the function's results become Gradio's list of outputs."""
        parts = outputs(function.endpoint.result, function.schemas)
        base = _base(request)

        def to_outputs(result: Json | File) -> list[Json]:
            if isinstance(result, File):
                return [_file_data(self.files.copy(result), base)]
            if parts is None:
                return [result]
            return list(result) if isinstance(result, list) else [None] * len(parts)

        return to_outputs


def _file_data(kept: Kept, base: str) -> Json:
    return {
        "path": kept.path,
        "url": f"{base}{PREFIX}/file={quote(kept.path)}",
        "size": kept.size,
        "orig_name": kept.file.name,
        "mime_type": kept.file.content_type,
        "is_stream": False,
        "meta": {"_type": "gradio.FileData"},
    }


def _is_placeholder(parameter: Parameter, function: Function) -> bool:
    """Whether null can only stand for a default that JSON can't hold."""
    if parameter.location == "file":
        return True
    return not is_nullable(parameter.schema, function.schemas) and not Validator(
        parameter.schema, function.schemas
    ).accepts(None)


async def _body(request: Request) -> dict[str, Json]:
    check_media_type(request, ["application/json"])
    body = from_json(await request.body())
    if not isinstance(body, dict):
        raise invalid([InvalidField("", "the body must be a JSON object", json_type(body))])
    return body


def _session(body: Mapping[str, Json]) -> str:
    session = body.get("session_hash")
    if session is None:
        return ""
    if not isinstance(session, str) or len(session) > _LONGEST_SESSION:
        raise invalid([InvalidField("/session_hash", "must be a short text", json_type(session))])
    return session


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _error(problem: Problem) -> dict[str, Json]:
    return {"error": problem.text, "title": problem.title, "duration": 10, "visible": True}


async def _call_events(first: Message | None, messages: Any) -> AsyncIterator[bytes]:
    async with aclosing(messages):
        message = first
        while message is not None:
            if message.kind == "error":
                yield event(_error(message.data), "error")
            elif message.kind != "starts":
                yield event(message.data, message.kind)
            message = await anext(messages, None)


async def _session_events(messages: Any) -> AsyncIterator[bytes]:
    async with aclosing(messages):
        async for message in messages:
            yield _CLOSE if message is None else event(_queue_message(message))


def _queue_message(message: Message) -> dict[str, Json]:
    head = {"event_id": message.call.id}
    if message.kind == "starts":
        return {"msg": "process_starts", **head, "eta": None}
    if message.kind == "error":
        return {"msg": "process_completed", **head, "output": _error(message.data), "success": False}
    if message.kind == "complete":
        output = {"data": message.data, "is_generating": False}
        return {"msg": "process_completed", **head, "output": output, "success": True}
    data = message.data if message.first else [[["replace", [], value]] for value in message.data]
    return {"msg": "process_generating", **head, "output": {"data": data, "is_generating": True}, "success": True}
