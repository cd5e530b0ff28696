"""A request's path below where the application is mounted."""

from __future__ import annotations

from urllib.parse import quote, unquote

from starlette.types import Scope


def route_path(scope: Scope) -> str:
    """The path, decoded, without the root path."""
    path: str = scope["path"]
    root: str = scope.get("root_path", "")
    if root and path.startswith(root) and path[len(root) : len(root) + 1] in ("", "/"):
        return path[len(root) :]
    return path


def raw_route_path(scope: Scope) -> str:
    """The same as it was sent, percent-encoded in one way: an encoded slash in it is part of a value."""
    path = route_path(scope)
    raw = scope.get("raw_path")
    if not raw:
        return quoted(path)
    whole = quoted(raw.decode("latin-1").partition("?")[0])
    return whole.removeprefix(quoted(scope["path"][: len(scope["path"]) - len(path)]))


def quoted(path: str) -> str:
    """Percent-encoded in one way, encoded slashes kept apart from real ones."""
    return "/".join(quote(unquote(part), safe="") for part in path.split("/"))
