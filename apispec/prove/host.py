"""The server that proofs run against: the target, on a free port, writing down what arrives and what is answered.

Run as `python -m apispec.prove.host TARGET RECORD`; hands over its port. Addresses may begin with `/proof-N`, which
tells whose call it was; everything behind it is what `apispec serve` serves. Of functions the calls are written down,
of apps of other libraries the requests (`recording`).
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import threading
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from apispec.declaring import File
from apispec.hosting import explained, hand_over, taken
from apispec.introspection import describe
from apispec.mcp_server import missing
from apispec.model import Api
from apispec.runtime import BrokenResultError, Function, Problem, load
from apispec.server import ServerOptions, asgi, quiet_upgrades

_PREFIX = re.compile(r"/proof-\d+(?=/|$)")


class Recorder:
    """Writes calls and answers as lines of JSON.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", encoding="utf-8")
        self._lock = threading.Lock()
        self._number = 0

    def called(self, function: Function, values: Mapping[str, Any], request: Any) -> int:
        """Write down a call."""
        with self._lock:
            self._number += 1
            number = self._number
        proof = request.scope.get("root_path", "").strip("/") if request is not None else "mcp"
        arguments = {name: plain(value) for name, value in values.items()}
        self._write({"call": number, "proof": proof, "endpoint": function.endpoint.name, "arguments": arguments})
        return number

    def answered(self, call: int, answer: Any) -> None:
        """Write down a result, one value of a stream, or a Problem."""
        if isinstance(answer, Problem):
            self._write({"call": call, "problem": answer.status, **reason(answer)})
        else:
            self._write({"call": call, "answer": plain(answer)})

    def _write(self, entry: dict[str, Any]) -> None:
        with self._lock:
            self._file.write(json.dumps(entry) + "\n")
            self._file.flush()


def reason(problem: Problem) -> dict[str, Any]:
    """Why a call ended with a problem: what is said, the exception's classes, and where the function raised it."""
    cause = problem.__cause__
    if cause is None:
        return {"reason": problem.text}
    if isinstance(cause, BrokenResultError):
        return {"reason": str(cause), "result": True}
    said = f"{type(cause).__name__}: {cause}".removesuffix(": ")
    return {"reason": said, "raised": [cls.__name__ for cls in type(cause).__mro__], "place": _place(cause)}


def _place(error: BaseException) -> str:
    """`file:line` of the innermost frame of the target's own; empty where there is none."""
    ours, here = Path(__file__).parents[1], Path.cwd()
    found = ""
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        if path.is_relative_to(here) and not path.is_relative_to(ours) and "site-packages" not in path.parts:
            found = f"{path.relative_to(here)}:{frame.lineno}"
    return found


def plain(value: Any) -> Any:
    """A value as JSON, files as what identifies them."""
    if isinstance(value, File):
        data = value.read()
        return {"$file": {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


class Prefixed:
    """Lets addresses begin with `/proof-N`.

    Args:
        app: What is behind.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, the prefix as the root path."""
        if scope["type"] == "http" and (match := _PREFIX.match(scope["path"])):
            scope = {**scope, "root_path": match.group()}
        await self.app(scope, receive, send)


def recorded(source: Any, api: Api, record: Path) -> Any:
    """An app of another library with its tools, both recorded."""
    from apispec.hosting import Lifespan, application
    from apispec.prove.recording import Recorded
    from apispec.server import Hosted

    app = Lifespan(Recorded(application(source), record))

    def tools() -> Any:
        from apispec.mcp_server import ProxyServer

        return ProxyServer(api, "http://127.0.0.1/mcp", app)

    has_mcp = not missing()
    return Hosted(api, app, tools if has_mcp else None, ServerOptions(only_mcp=False))


def main(target: str, record: str) -> None:
    """Serve until the process is ended."""
    ready = taken()
    with explained(ready):
        source = load(target)
        api = describe(source).api
    if api.source == "functions":
        app: Any = Prefixed(asgi(source, api, ServerOptions(observer=Recorder(Path(record)))))
    else:
        app = recorded(source, api, Path(record))
    quiet_upgrades()
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", lifespan="on"))

    async def serve() -> None:
        import asyncio

        serving = asyncio.create_task(server.serve())
        while not server.started and not serving.done():
            await asyncio.sleep(0.02)
        if server.started:
            hand_over(ready, str(server.servers[0].sockets[0].getsockname()[1]))
        await serving

    import asyncio

    asyncio.run(serve())


if __name__ == "__main__":
    main(*sys.argv[1:])
