"""`apispec mcp install`: the server's entry written into a client's configuration file, beside what is there."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from apispec.clients import CLIENTS, ConfigFile, HttpServer, StdioServer, System, client, start_commands
from apispec.errors import OutputError, UsageError
from apispec.mcp_server.credentials import reference
from apispec.mcp_server.editing import CannotEditError, with_entry


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be written where."""

    path: Path
    entry: str
    """The entry alone, as a file of its own."""
    text: str
    """The whole file."""
    note: str = ""
    """What else to do in the client."""


def plan(
    client_id: str,
    target: str,
    *,
    name: str,
    scope: str = "",
    file: str | None = None,
    url: str | None = None,
    options: Sequence[str] = (),
    credentials: Sequence[str] = (),
) -> Plan:
    """Read the client's configuration and put the entry in.

    Args:
        client_id: `cursor`.
        target: What the server serves: a file, or a module with its attribute.
        name: What the server is called in the client.
        scope: `user` or `project`; the client's usual one where empty.
        file: Another file than the client's usual one.
        url: Connect to this address instead of starting the server.
        options: More for `apispec mcp`.
        credentials: Environment variables that calls read; the entry refers to them by name.

    Raises:
        UsageError: There is no such client, or it has no file to write.
        OutputError: Its file can't be read or edited.
    """
    found = client(client_id)
    if found is None:
        raise UsageError(f"no client is called {client_id!r}", hint="one of " + ", ".join(c.id for c in CLIENTS))
    server: HttpServer | StdioServer = HttpServer(url) if url else stdio_server(target, options)
    if isinstance(server, StdioServer) and credentials:
        server = replace(server, env={**server.env, **{name: reference(client_id, name) for name in credentials}})
    try:
        entry = found.entry(name, server)
    except ValueError as error:
        raise UsageError(str(error), hint="--name takes letters, digits, - and _") from None
    if entry is None or not entry.files:
        raise UsageError(f"{found.name} has no file to write to", hint=entry.note if entry else "")
    config = next((f for f in entry.files if not scope or f.scope == scope), None)
    if config is None:
        raise UsageError(f"{found.name} has no {scope} file", hint=f"--scope {entry.files[0].scope}")
    path = Path(file) if file else location(config)
    note = entry.note
    if credentials and not url:
        note = f"Set {', '.join(credentials)} in the environment of {found.name}. {note}".strip()
    return Plan(path, config.text, edited(path, config), note)


def stdio_server(target: str, options: Sequence[str] = ()) -> StdioServer:
    """The command that serves a target, with absolute paths: clients start in a folder of their own."""
    from apispec.introspection import resolve
    from apispec.sources import find_source

    folder = ""
    if find_source(target) is not None:
        named = target if "://" in target else str(Path(target).absolute())
    else:
        resolved = resolve(target)
        named = resolved.file + (f":{resolved.attribute}" if resolved.attribute else "") if resolved.is_path else target
        folder = "" if resolved.is_path else resolved.folder
    command, *args = start_commands(named, sys.executable)["python"]
    return StdioServer(command, (*args, *options), {"PYTHONPATH": folder} if folder else {})


def location(config: ConfigFile) -> Path:
    """Where a configuration file is on this system."""
    systems: dict[str, System] = {"darwin": "macos", "win32": "windows"}
    path = config.paths[systems.get(sys.platform, "linux")]
    return Path(path.replace("%APPDATA%", os.environ.get("APPDATA", "~"))).expanduser()


def edited(path: Path, config: ConfigFile) -> str:
    """The file's text with the entry.

    Raises:
        OutputError: It can't be read or edited.
    """
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        return with_entry(text, config)
    except UnicodeDecodeError:
        raise OutputError("it is not UTF-8", where=str(path), hint="--print shows the entry to add by hand") from None
    except OSError as error:
        raise OutputError(f"cannot read it: {error.strerror}", where=str(path)) from None
    except CannotEditError as error:
        raise OutputError(str(error), where=str(path), hint="--print shows the entry to add by hand") from None


def write(made: Plan) -> Path | None:
    """Write the file whole or not at all; the old one is kept beside it.

    Returns:
        The copy of the old one, None where there was none or nothing changed.

    Raises:
        OutputError: It can't be written.
    """
    path = made.path.resolve()  # a link stays a link
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        backup = None
        if path.exists():
            if path.read_text(encoding="utf-8") == made.text:
                return None
            backup = _free(path)
            shutil.copy2(path, backup)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with open(descriptor, "w", encoding="utf-8", newline="") as stream:  # noqa: PTH123 - a descriptor
                stream.write(made.text)
            Path(temporary).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o600)
            os.replace(temporary, path)  # noqa: PTH105 - two strings
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary)  # noqa: PTH108
            raise
    except OSError as error:
        raise OutputError(f"cannot write it: {error.strerror}", where=str(made.path)) from None
    return backup


def _free(path: Path) -> Path:
    """A name for the copy that nothing has yet."""
    number = 0
    while True:
        candidate = path.with_name(f"{path.name}.bak{number or ''}")
        if not candidate.exists():
            return candidate
        number += 1
