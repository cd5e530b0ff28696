"""Pages that are shown anew when the site has been built again (`serve --reload`)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import lru_cache
from html import escape
from pathlib import Path

from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.types import Scope

from apispec.server.paths import route_path
from apispec.server.turns import Turn
from apispec.templating import templates_dir

_SCRIPT, _EVENTS = "/assets/reload.js", "/assets/reload-events"
_LOOK_S = 0.01
_NO_STORE = {"Cache-Control": "no-store"}


def extra(scope: Scope, turn: Turn) -> Response | None:
    """The script of such pages, and the events that it waits for; None for every other path."""
    path = route_path(scope)
    if path == _SCRIPT:
        return Response(_script(), media_type="text/javascript", headers=_NO_STORE)
    if path == _EVENTS:
        return StreamingResponse(_versions(turn), media_type="text/event-stream", headers=_NO_STORE)
    return None


def page(scope: Scope, file: Path, turn: Turn) -> Response:
    """A page with that script.

    Raises:
        OSError: It cannot be read.
    """
    version = turn.version()
    text = file.read_text(encoding="utf-8")
    source = escape(scope.get("root_path", "") + _SCRIPT)
    before, end, after = text.rpartition("</body>")
    added = f'<script src="{source}" data-version="{escape(version)}"></script>\n'
    return HTMLResponse(before + added + end + after if end else text + added, headers=_NO_STORE)


async def _versions(turn: Turn) -> AsyncIterator[str]:
    """The version of the site, at once and whenever it is another one, until another server has taken over."""
    yield "retry: 20\n\n"
    told = ""
    while not turn.is_over():
        version = turn.version()
        if version and version != told:
            told = version
            yield f"data: {version}\n\n"
        await asyncio.sleep(_LOOK_S)


@lru_cache(maxsize=1)
def _script() -> str:
    ours = templates_dir() / "assets" / "reload.js"
    small = templates_dir() / "minified" / "reload.js"
    return (small if small.is_file() else ours).read_text(encoding="utf-8")
