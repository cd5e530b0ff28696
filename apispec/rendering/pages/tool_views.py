"""The parts of the MCP page: tools, and how to connect clients."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from apispec.rendering.pages.views import CodeView, FieldView, LinkView


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolView:
    """One MCP tool."""

    name: str
    heading: Markup
    anchor: str
    title: str
    """The declared one; may be empty."""
    summary: Markup = Markup("")
    """For a list of many tools; empty elsewhere."""
    plain_summary: str = ""
    description: Markup
    plain_description: str
    hints: tuple[str, ...]
    """`read-only`, `destructive`, `idempotent`, `open world`: what is declared."""
    fields: tuple[FieldView, ...]
    endpoint: LinkView | None
    call: CodeView | None
    """The example arguments."""
    verified: str = ""
    """The day on which the tool was called with them and passed (ISO 8601); empty where it was not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """Where a configuration file is."""

    path: str
    system: str
    """`Linux`, `macOS`, `Windows`; empty where it is the same on all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """An entry for a client's configuration file."""

    places: tuple[PlaceView, ...]
    code: CodeView


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientView:
    """How to connect one client over one transport."""

    id: str
    name: str
    link: str
    """Opens the client and asks to add the server; empty where there is none."""
    command: CodeView | None
    """A command line that writes the entry."""
    files: tuple[FileView, ...]
    note: str
    """What else to know; may be empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransportView:
    """The clients of one transport."""

    id: str
    """`http` or `stdio`."""
    title: str
    server: CodeView
    """The server's URL, or the command that starts it."""
    clients: tuple[ClientView, ...]
