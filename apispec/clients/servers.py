"""The server that a client is told about: a command to start, or a URL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

DISTRIBUTION = "apispec-docs[mcp]"
"""What has to be installed for `apispec mcp`."""


@dataclass(frozen=True, slots=True)
class StdioServer:
    """A process that the client starts and speaks to over its standard input and output."""

    command: str
    """An absolute path, or a program that is on every PATH: clients start with a bare one."""
    args: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)

    @property
    def argv(self) -> tuple[str, ...]:
        """Command and arguments."""
        return (self.command, *self.args)


@dataclass(frozen=True, slots=True)
class HttpServer:
    """A server that is already running, spoken to over streamable HTTP."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)


def start_commands(target: str, python: str = "python") -> dict[str, tuple[str, ...]]:
    """Commands that serve a target over stdio, by how apispec is installed.

    Args:
        target: What `apispec mcp` is given; absolute, since clients start in a folder of their own.
        python: The interpreter in which apispec is installed; absolute, too.

    Returns:
        `uvx`: nothing needs to be installed but uv. `python`: with an interpreter that has apispec.
    """
    return {
        "uvx": ("uvx", "--from", DISTRIBUTION, "apispec", "mcp", target),
        "python": (python, "-P", "-m", "apispec", "mcp", target),
    }
