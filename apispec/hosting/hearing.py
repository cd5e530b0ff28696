"""Writing down the calls that reach a Gradio app, so that a proof can compare what arrived with what was meant.

By whichever route they come: by name (`/call`, `/call/v2`, `/run`, `/api`), or by number through the queue, as both of
Gradio's own clients call. Files are written down as what identifies their bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from apispec.hosting.private import again, whole

_BY_NAME = re.compile(r"/(?:run|api|call/v2|call)/(?P<name>.+?)/?")
_JOIN = re.compile(r"/queue/join/?")
_META = {"_type": "gradio.FileData"}


class Heard:
    """An ASGI application in front of a Gradio app that appends a line of JSON for each call.

    A line has `name` (of the endpoint), `client` (its User-Agent) and `data`: a list by position, or an object by name.

    Args:
        app: Gradio's own.
        blocks: The Blocks that it serves.
        file: Where to write.
        prefix: Of its API, without a slash at its end.
    """

    def __init__(self, app: Any, blocks: Any, file: str, prefix: str = "/gradio_api") -> None:
        self.app = app
        self.blocks = blocks
        self.file = Path(file)
        self.prefix = prefix

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Pass on, and write down what passed by."""
        inside = scope["path"].partition(self.prefix)[2] if scope["type"] == "http" else ""
        if scope.get("method") == "POST" and (_BY_NAME.fullmatch(inside) or _JOIN.fullmatch(inside)):
            body, messages = await whole(receive)
            receive = again(messages, receive)
            self._write(scope, inside, body)
        await self.app(scope, receive, send)

    def _write(self, scope: Any, inside: str, body: bytes) -> None:
        try:
            sent = json.loads(body)
            named = _BY_NAME.fullmatch(inside)
            name = unquote(named["name"]) if named else self.blocks.fns[int(sent["fn_index"])].api_name
            data = sent if inside.startswith("/call/v2/") else sent.get("data")
        except (ValueError, TypeError, KeyError, AttributeError):
            return  # Gradio refuses it
        headers = {key.lower(): value for key, value in scope["headers"]}
        client = headers.get(b"user-agent", b"").decode("latin-1")
        line = json.dumps({"name": name, "client": client, "data": _known(data)})
        with self.file.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def _known(value: Any) -> Any:
    """A value with what identifies the bytes of the files in it."""
    if isinstance(value, list):
        return [_known(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("meta") == _META and isinstance(value.get("path"), str):
        try:
            data = Path(value["path"]).read_bytes()
        except (OSError, ValueError):
            return {"$file": value["path"]}
        return {"$file": {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}}
    return {name: _known(item) for name, item in value.items()}
