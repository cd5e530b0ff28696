"""Who breaks by a change, and how: HTTP callers, Python and JavaScript snippets, MCP tools."""

from __future__ import annotations

from typing import Literal, NamedTuple

from apispec.changes.kind import Level
from apispec.changes.views import OperationView

Who = Literal["http", "snippet", "mcp"]

WORDS = {"http": "HTTP callers", "snippet": "Python and JavaScript code", "mcp": "MCP clients"}
"""What each kind of caller is called in reports."""


class Impact(NamedTuple):
    """One kind of caller, and what happens to it."""

    who: Who
    how: str
    """One sentence."""

    def __str__(self) -> str:
        return f"{WORDS[self.who]}: {self.how}"


_GONE = frozenset({"path-removed", "operation-removed", "deprecated-operation-removed", "sunset-operation-removed"})


def impacts(kind: str, level: Level, operation: OperationView | None, name: str) -> tuple[Impact, ...]:
    """Who breaks.

    Args:
        kind: The change's kind.
        level: Its level; safe changes break nobody.
        operation: The operation it belongs to, as the base has it; None for the whole API.
        name: The argument it is about; the new operationId for `operation-id-changed`.
    """
    if level is Level.SAFE:
        return ()
    if operation is None:
        return (Impact("http", "every call depends on it."),)
    title, tool = operation.title, operation.name or operation.title
    if kind in _GONE:
        return (
            Impact("http", f"{title} answers 404 or 405."),
            Impact("snippet", f"calls of {tool} fail."),
            Impact("mcp", f"the tool {tool} is gone."),
        )
    if kind == "operation-id-changed":
        return (
            Impact("snippet", f"the generated function {tool} is called {name} now."),
            Impact("mcp", f"the tool {tool} is called {name} now; clients that name it fail."),
        )
    if kind == "operation-id-removed":
        return (
            Impact("snippet", f"the generated function {tool} gets another name."),
            Impact("mcp", f"the tool {tool} gets another name; clients that name it fail."),
        )
    if kind == "path-parameter-renamed":
        return (
            Impact("snippet", f"the argument {name} of {tool} has another name."),
            Impact("mcp", f"the input {name} of the tool {tool} has another name."),
        )
    if kind.startswith(("sunset-", "operation-deprecated")):
        return (Impact("http", f"callers of {title} have less time to move on than they were told."),)
    if kind == "stability-lowered":
        return (Impact("http", f"{title} may change from now on in ways that were ruled out."),)
    if kind.startswith(("callback", "webhook")) or operation.pointer.startswith("/webhooks"):
        return (Impact("http", "receivers of these calls meet something else than they were told."),)
    if kind == "security-tightened":
        return (
            Impact("http", f"{title} answers 401 or 403 to who authenticates as before."),
            Impact("mcp", f"the tool {tool} fails until its credentials are changed."),
        )
    if kind.startswith("response-") or "status" in kind or "response-header" in kind:
        what = f"`{name}`" if name else "the answer"
        return (
            Impact("http", f"who reads {what} of {title} meets something else than the document promised."),
            Impact("snippet", f"code that uses {what} of {tool} may fail."),
            Impact("mcp", f"the output of the tool {tool} does not fit the schema that clients know."),
        )
    return _request_impacts(kind, level, title, tool, name)


def _request_impacts(kind: str, level: Level, title: str, tool: str, name: str) -> tuple[Impact, ...]:
    what = f"`{name}`" if name else "the body"
    argument, given = (f"the argument {what}", f"the input {what}") if name else (what, what)
    if kind in (
        "required-parameter-added",
        "required-body-added",
        "request-required-property-narrowed",
    ) or kind.endswith(("became-required", "request-required-narrowed")):
        return (
            Impact("http", f"{title} refuses calls without {what}."),
            Impact("snippet", f"calls of {tool} without {argument} fail."),
            Impact("mcp", f"the tool {tool} needs {given}."),
        )
    if kind.endswith("-removed") or kind in ("request-property-widened", "request-required-property-widened"):
        return (
            Impact("http", f"{title} ignores {what}, or refuses it."),
            Impact("snippet", f"{argument} of {tool} has no effect any more."),
            Impact("mcp", f"the tool {tool} does not take {given} any more."),
        )
    if kind == "request-closed-property-narrowed":
        return (
            Impact("http", f"{title} refuses calls with {what}."),
            Impact("snippet", f"{argument} of {tool} is gone."),
            Impact("mcp", f"the tool {tool} does not take {given} any more."),
        )
    if kind == "request-default-changed":
        return (
            Impact("http", f"calls of {title} without {what} mean something else."),
            Impact("snippet", f"calls of {tool} without {argument} mean something else."),
            Impact("mcp", f"calls of the tool {tool} without {given} mean something else."),
        )
    if kind in ("parameter-style-changed", "parameter-reserved-changed", "encoding-style-changed"):
        return (
            Impact("http", f"{title} reads {what} in another form."),
            Impact("snippet", f"clients of {tool} must be made anew to send {what} in that form."),
        )
    verb = "refuses" if level is Level.BREAKING else "may refuse"
    return (
        Impact("http", f"{title} {verb} some values of {what} that were accepted."),
        Impact("snippet", f"{argument} of {tool} takes fewer values, or means something else."),
        Impact("mcp", f"{given} of the tool {tool} takes fewer values, or means something else."),
    )
