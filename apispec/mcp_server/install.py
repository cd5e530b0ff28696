"""`apispec mcp install`: the server's entry written into a client's configuration file, beside what is there."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from apispec.clients import (
    CLIENTS,
    VARIABLE,
    Client,
    ConfigFile,
    HttpServer,
    StdioServer,
    System,
    client,
    start_commands,
)
from apispec.errors import OutputError, UsageError
from apispec.mcp_server.editing import CannotEditError, entries_of, with_entry, without_entry


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
    server: HttpServer | StdioServer,
    *,
    name: str,
    scope: str = "",
    file: str | None = None,
    values: Mapping[str, str] | None = None,
) -> Plan:
    """Read the client's configuration and put the entry in.

    Args:
        client_id: `cursor`.
        server: What the client is to start, or where it is.
        name: What the server is called in the client.
        scope: `user` or `project`; the client's usual one where empty.
        file: Another file than the client's usual one.
        values: Values of credentials, to stand in the file in place of references.

    Raises:
        UsageError: There is no such client, or it has no file to write.
        OutputError: Its file can't be read or edited.
    """
    found = known_client(client_id)
    given = values or {}
    try:
        entry = found.entry(name, _with_values(server, given))
    except ValueError as error:
        raise UsageError(str(error), hint="--name takes letters, digits, - and _") from None
    if entry is None or not entry.files:
        raise UsageError(f"{found.name} has no file to write to", hint=entry.note if entry else "")
    config = next((f for f in entry.files if not scope or f.scope == scope), None)
    if config is None:
        raise UsageError(f"{found.name} has no {scope} file", hint=f"--scope {entry.files[0].scope}")
    path = Path(file) if file else location(config)
    return Plan(path, config.text, edited(path, config), entry.note)


def known_client(client_id: str) -> Client:
    """The client of that id.

    Raises:
        UsageError: There is none.
    """
    found = client(client_id)
    if found is None:
        raise UsageError(f"no client is called {client_id!r}", hint="one of " + ", ".join(c.id for c in CLIENTS))
    return found


def _with_values(server: HttpServer | StdioServer, values: Mapping[str, str]) -> HttpServer | StdioServer:
    """A server whose credentials are given, where they are."""
    if not values:
        return server
    if isinstance(server, StdioServer):
        left = tuple(name for name in server.secrets if name not in values)
        return replace(server, env={**server.env, **values}, secrets=left)
    headers = {n: VARIABLE.sub(lambda m: values.get(m[1], m[0]), text) for n, text in server.headers.items()}
    if server.token_env in values:
        return replace(server, headers={**headers, "Authorization": f"Bearer {values[server.token_env]}"}, token_env="")
    return replace(server, headers=headers)


@dataclass(frozen=True, slots=True)
class Installed:
    """An entry that is there."""

    client: Client
    scope: str
    path: Path
    config: ConfigFile
    """With the entry's own name."""
    value: Mapping[str, Any]

    @property
    def name(self) -> str:
        """What the server is called in the client."""
        return self.config.keys[-1]

    @property
    def is_ours(self) -> bool:
        """Whether apispec is what is started."""
        words = [str(word) for word in _words(self.value)]
        return "mcp" in words and any("apispec" in word for word in words)

    @property
    def target(self) -> str:
        """What is started, or where it is, in a few words."""
        words = [str(word) for word in _words(self.value)]
        if self.is_ours:
            words = words[len(words) - words[::-1].index("mcp") :]
        url = next((str(self.value[key]) for key in ("url", "uri", "serverUrl", "httpUrl") if key in self.value), "")
        return url or " ".join(words)


def _words(value: Mapping[str, Any]) -> list[Any]:
    command = value.get("command", value.get("cmd"))
    words = list(command) if isinstance(command, list) else [command] if command else []
    args = value.get("args")
    return [*words, *args] if isinstance(args, list) else words


def installed(clients: Iterable[Client], file: str | None = None) -> tuple[list[Installed], list[OutputError]]:
    """The entries in the clients' files, and which files can't be read.

    Args:
        clients: Whose files are looked at.
        file: Another file than the usual ones.
    """
    found: list[Installed] = []
    problems: list[OutputError] = []
    for one in clients:
        entry = one.entry("x", StdioServer("x"))
        for config in entry.files[:1] if entry and file else entry.files if entry else ():
            path = Path(file) if file else location(config)
            try:
                values = entries_of(_text(path), config)
            except (CannotEditError, OutputError) as error:
                problems.append(error if isinstance(error, OutputError) else OutputError(str(error), where=str(path)))
                continue
            for name, value in values.items():
                if isinstance(value, Mapping):
                    own = replace(config, keys=(*config.keys[:-1], str(name)))
                    found.append(Installed(one, config.scope, path, own, value))
    return found, problems


def removal(entry: Installed) -> Plan:
    """The file without an entry.

    Raises:
        OutputError: It can't be read or edited.
    """
    try:
        text = without_entry(_text(entry.path), entry.config)
    except CannotEditError as error:
        raise OutputError(str(error), where=str(entry.path), hint="take the entry out by hand") from None
    return Plan(entry.path, "", text)


def stdio_server(
    target: str, options: Sequence[str] = (), secrets: Sequence[str] = (), python: str = ""
) -> StdioServer:
    """The command that serves a target, with absolute paths: clients start in a folder of their own.

    Args:
        target: What is served: a file, or a module with its attribute.
        options: More for `apispec mcp`.
        secrets: The environment variables that calls read.
        python: The interpreter that has apispec, where it is not this one.
    """
    from apispec.introspection import resolve
    from apispec.sources import find_source

    folder = ""
    if find_source(target) is not None:
        named = target if "://" in target else str(_straight(Path(target)))
    else:
        resolved = resolve(target)
        named = resolved.file + (f":{resolved.attribute}" if resolved.attribute else "") if resolved.is_path else target
        folder = "" if resolved.is_path else resolved.folder
    command, *args = start_commands(named, python or sys.executable, options=options)["python"]
    return StdioServer(command, tuple(args), {"PYTHONPATH": folder} if folder else {}, tuple(secrets))


def _straight(path: Path) -> Path:
    """An absolute path without `..`, links as they are where none is needed to know what that means."""
    return path.resolve() if ".." in path.parts else path.absolute()


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
        return with_entry(_text(path), config)
    except CannotEditError as error:
        raise OutputError(str(error), where=str(path), hint="--print shows the entry to add by hand") from None


def _text(path: Path) -> str:
    """What a file has, line ends and all; nothing where there is none.

    Raises:
        OutputError: It can't be read.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        raise OutputError("it is not UTF-8", where=str(path), hint="--print shows the entry to add by hand") from None
    except (OSError, RuntimeError) as error:  # RuntimeError: a symlink that leads to itself, before Python 3.13
        said = getattr(error, "strerror", None) or error
        raise OutputError(f"cannot read it: {said}", where=str(path)) from None


def write(made: Plan) -> Path | None:
    """Write the file whole or not at all; the old one is kept beside it.

    Returns:
        The copy of the old one, None where there was none or nothing changed.

    Raises:
        OutputError: It can't be written.
    """
    try:
        path = made.path.resolve()  # a link stays a link
        if path.exists() and not path.stat().st_mode & 0o222:
            raise OutputError("it is read-only, which is somebody's wish", where=str(made.path),
                              hint="make it writable, or add what --print shows where it is made")  # fmt: skip
        path.parent.mkdir(parents=True, exist_ok=True)
        backup = None
        if path.exists():
            if path.read_bytes() == made.text.encode():
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
    except (OSError, RuntimeError) as error:
        said = getattr(error, "strerror", None) or error
        raise OutputError(f"cannot write it: {said}", where=str(made.path)) from None
    return backup


def _free(path: Path) -> Path:
    """A name for the copy that nothing has yet."""
    number = 0
    while True:
        candidate = path.with_name(f"{path.name}.bak{number or ''}")
        if not candidate.exists():
            return candidate
        number += 1
