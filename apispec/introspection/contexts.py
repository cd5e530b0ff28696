"""Classes whose values a server fills in: a request, a session. Parameters of theirs are in no schema."""

from __future__ import annotations

from functools import cache

from apispec.declaring import Session

_REQUEST, _CONTEXT = "request", "context"

_CLASSES: dict[tuple[str, str], str] = {
    ("starlette.requests", "HTTPConnection"): _REQUEST,
    ("gradio.route_utils", "Request"): _REQUEST,
    ("gradio.routes", "Request"): _REQUEST,
    ("django.http.request", "HttpRequest"): _REQUEST,
    ("flask.wrappers", "Request"): _REQUEST,
    ("aiohttp.web_request", "BaseRequest"): _REQUEST,
    ("starlette.background", "BackgroundTasks"): _CONTEXT,
    ("starlette.datastructures", "State"): _CONTEXT,
    ("starlette.responses", "Response"): _CONTEXT,
    ("fastapi.security.oauth2", "SecurityScopes"): _CONTEXT,
    ("gradio.helpers", "Progress"): _CONTEXT,
    ("gradio.helpers", "EventData"): _CONTEXT,
    ("gradio.events", "EventData"): _CONTEXT,
    ("mcp.server.fastmcp.server", "Context"): _CONTEXT,
    ("mcp.server.mcpserver.server", "Context"): _CONTEXT,
    ("fastmcp.server.context", "Context"): _CONTEXT,
}
"""Module and name of each class → its kind. What inherits from one is one."""

_IMPORTED_AS: dict[tuple[str, str], tuple[str, str]] = {
    **{
        (package, name): ("starlette.requests", "HTTPConnection")
        for package in ("starlette", "fastapi")
        for name in ("HTTPConnection", "Request", "WebSocket")
    },
    **{(package, name): (module, name) for module, name in _CLASSES for package in (module.partition(".")[0],)},
    ("fastapi", "BackgroundTasks"): ("starlette.background", "BackgroundTasks"),
    ("fastapi", "Response"): ("starlette.responses", "Response"),
    ("aiohttp", "Request"): ("aiohttp.web_request", "BaseRequest"),
    **{
        ("gradio", name): ("gradio.helpers", "EventData")
        for name in ("SelectData", "KeyUpData", "DeletedFileData", "LikeData", "RetryData", "UndoData", "EditData")
    },
}
"""Package and name under which sources import a class → where it really is."""


def kind(cls: type) -> str:
    """What a server fills in for a class: `session`, `request`, `context`; empty where the caller does."""
    if issubclass(cls, Session):
        return "session"
    for base in cls.__mro__[:-1]:
        found = _CLASSES.get((base.__module__, base.__name__))
        if found is not None:
            return found
    return ""


@cache
def stand_in(path: str) -> type | None:
    """A class for one that is not imported but known by its dotted path; None for every other path."""
    found = _IMPORTED_AS.get((path.partition(".")[0], path.rpartition(".")[2]))
    return None if found is None else type(found[1], (), {"__module__": found[0]})
