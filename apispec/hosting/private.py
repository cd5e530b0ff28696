"""Keeping callers away from the listeners that a Gradio app keeps to its own page.

Gradio 6.31 runs `api_visibility="private"`, and 5.33 `api_name=False`, for whoever asks: by name, or by the number of
the function. Here both are answered with 404, unless the app's own page asks, whose buttons need them. Headers tell
that page from other callers; who forges them gets through, as anyone does who opens the page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from typing import Any
from urllib.parse import urlsplit

_BY_NAME = re.compile(r"/(?:run|api|call/v2|call)/(?P<name>.+?)/?")
_JOIN = re.compile(r"/queue/join/?")
_NOT_FOUND = b'{"detail":"Not Found"}'


class Private:
    """An ASGI application in front of a Gradio app.

    Args:
        app: Gradio's own.
        blocks: The Blocks that it serves.
        prefix: Of its API, without a slash at its end.
    """

    def __init__(self, app: Any, blocks: Any, prefix: str = "/gradio_api") -> None:
        self.app = app
        self.blocks = blocks
        self.prefix = prefix

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one connection."""
        if scope["type"] != "http" or not self._is_api(scope["path"]):
            await self.app(scope, receive, send)
            return
        inside = scope["path"].rpartition(self.prefix)[2]
        hidden, open_ = private_listeners(self.blocks)
        named = _BY_NAME.fullmatch(inside)
        names = {named["name"], named["name"].partition("/")[0]} if named else set()
        refused = bool(names & ({name for _, name in hidden} - open_))
        if scope["method"] == "POST" and (named or _JOIN.fullmatch(inside)) and not refused:
            body, messages = await whole(receive)
            receive = again(messages, receive)
            number, session = number_in(body)
            if number is not None and not inside.startswith("/call/"):
                refused = number in {n for n, _ in hidden} and not self._is_own_page(scope)
            else:  # what a page renders for one session has its name there alone
                refused = bool(named) and not session and not names & open_
        await (_refuse(send) if refused else self.app(scope, receive, send))

    def _is_api(self, path: str) -> bool:
        return f"{self.prefix}/" in path

    def _is_own_page(self, scope: Any) -> bool:
        """Whether a script of one of the app's pages asks: browsers tell where from, and let no page change it."""
        headers = {name.lower().decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        try:
            origin, referer = urlsplit(headers.get("origin", "")), urlsplit(headers.get("referer", ""))
        except ValueError:  # `http://[` is no URL
            return False
        host = headers.get("x-forwarded-host", headers.get("host", ""))
        if not host or origin.netloc != host or referer.netloc != host:
            return False
        if headers.get("sec-fetch-site", "same-origin") != "same-origin":
            return False
        root = str(scope.get("root_path", "")).rstrip("/")
        page = referer.path.removeprefix(root).strip("/")
        return page in {"", *_pages(self.blocks)}


def private_listeners(blocks: Any) -> tuple[set[tuple[int, str]], set[str]]:
    """The private ones, by number and name (empty where they have none), and the names of all others."""
    hidden: set[tuple[int, str]] = set()
    open_: set[str] = set()
    for number, function in blocks.fns.items():
        name = function.api_name if isinstance(function.api_name, str) else ""
        if not name or getattr(function, "api_visibility", "public") == "private":
            hidden.add((int(number), name))
        else:
            open_.add(name)
    return hidden, open_


def number_in(body: bytes) -> tuple[int | None, bool]:
    """The `fn_index` of a body as Gradio reads it, None where it has none; and whether it has a session."""
    try:
        found = json.loads(body)
        session = bool(found.get("session_hash"))
    except (ValueError, AttributeError, RecursionError):
        return None, False
    try:
        return int(found["fn_index"]), session
    except (ValueError, TypeError, KeyError, OverflowError):
        return None, session


def _pages(blocks: Any) -> Collection[str]:
    """The paths of an app's pages besides the first."""
    return [str(page[0]) for page in getattr(blocks, "pages", ())]


async def whole(receive: Any) -> tuple[bytes, list[Any]]:
    """The body of a request, and the messages that brought it."""
    messages: list[Any] = []
    while not messages or (messages[-1]["type"] == "http.request" and messages[-1].get("more_body")):
        messages.append(await receive())
    return b"".join(m.get("body", b"") for m in messages if m["type"] == "http.request"), messages


def again(messages: Iterable[Any], receive: Any) -> Any:
    """A `receive` that gives the messages once more, then what comes after them."""
    waiting = list(messages)

    async def give() -> Any:
        return waiting.pop(0) if waiting else await receive()

    return give


async def _refuse(send: Any) -> None:
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(_NOT_FOUND)).encode())]
    await send({"type": "http.response.start", "status": 404, "headers": headers})
    await send({"type": "http.response.body", "body": _NOT_FOUND})
