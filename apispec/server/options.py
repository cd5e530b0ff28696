"""What a server is told beside its limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from apispec.runtime import Limits, Observer
from apispec.server.turns import Turn


@dataclass(frozen=True, kw_only=True)
class ServerOptions:
    """Options of `asgi`."""

    limits: Limits = field(default_factory=Limits)
    docs: Path | None = None
    """Folder of the built site; it may come into being later. None = no site."""
    turn: Turn | None = None
    """Where the site is built again when files change: this server's part in that."""
    docs_at: str = ""
    """The path below which site and documents are, without a slash at its end; empty = `/`. Only beside another app."""
    token: str = ""
    """Every route but the documentation asks for it; empty = none is asked for."""
    cors: tuple[str, ...] = ()
    """Origins whose pages may call; `*` = any."""
    allowed_hosts: tuple[str, ...] = ()
    """Names besides localhost under which a server on a local address answers."""
    mcp: bool = True
    """Whether `/mcp` is there (where the extra `mcp` is installed)."""
    only_mcp: bool = False
    """Nothing but `/mcp`."""
    observer: Observer | None = None
    """Told of every call."""
