"""The server that a client is told about: a command to start, or a URL."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")

DISTRIBUTION = "apispec-docs[mcp]"
"""What has to be installed for `apispec mcp`."""


@dataclass(frozen=True, slots=True)
class StdioServer:
    """A process that the client starts and speaks to over its standard input and output."""

    command: str
    """An absolute path, or a program that is on every PATH: clients start with a bare one."""
    args: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=dict)
    secrets: tuple[str, ...] = ()
    """Environment variables that it reads and whose values are the reader's own: told in each client's own way."""

    @property
    def argv(self) -> tuple[str, ...]:
        """Command and arguments."""
        return (self.command, *self.args)


@dataclass(frozen=True, slots=True)
class HttpServer:
    """A server that is already running, spoken to over streamable HTTP."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    """`${NAME}` in a value is an environment variable of the reader's."""
    token_env: str = ""
    """The environment variable whose value is sent as a bearer token; empty where there is none."""

    @property
    def secrets(self) -> tuple[str, ...]:
        """The environment variables that headers and token are made of."""
        found = [name for value in self.headers.values() for name in VARIABLE.findall(value)]
        return tuple(dict.fromkeys([*found, *([self.token_env] if self.token_env else [])]))


def start_commands(
    target: str, python: str = "python", *, options: Sequence[str] = (), needs: Sequence[str] = ()
) -> dict[str, tuple[str, ...]]:
    """Commands that serve a target over stdio, by how apispec is installed.

    Args:
        target: What `apispec mcp` is given; absolute, since clients start in a folder of their own.
        python: The interpreter in which apispec is installed; absolute, too.
        options: More for `apispec mcp`.
        needs: Options of uvx that bring what the target imports: `--with-requirements FILE`.

    Returns:
        `uvx`: nothing needs to be installed but uv. `python`: with an interpreter that has apispec.
    """
    return {
        "uvx": ("uvx", "--from", DISTRIBUTION, *needs, "apispec", "mcp", target, *options),
        "python": (python, "-P", "-m", "apispec", "mcp", target, *options),
    }
