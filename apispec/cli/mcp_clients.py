"""`apispec mcp install`, `uninstall` and `list`: the server's entry in the configuration of clients."""

from __future__ import annotations

from pathlib import Path

import click

from apispec.cli.options import SectionedCommand, configured, words
from apispec.config import Config
from apispec.errors import UsageError
from apispec.reports import clean


@click.command("install", cls=SectionedCommand)
@click.argument("client")
@click.argument("target", required=False)
@click.option("--name", help="What the server is called in the client; made from the API's title by default.")
@click.option("--scope", type=click.Choice(["user", "project"]), default=None, help="Which of the client's files.")
@click.option("--file", metavar="FILE", help="Another file than the client's usual one.")
@click.option("--url", metavar="URL", help="Connect to this address over HTTP instead of starting the server.")
@click.option("--token-env", metavar="NAME", help="With --url: send the token in this environment variable.")
@click.option(
    "--env",
    "env",
    multiple=True,
    metavar="NAME[=VALUE]",
    help="Write the value of a credential into the file, where it stands in the clear. Without a value: that of now.",
)
@click.option("--print", "only_print", is_flag=True, help="Print the entry and its file; write nothing.")
@configured("api", "reading", "tools")
def install_command(
    client: str,
    target: str | None,
    name: str | None,
    scope: str | None,
    file: str | None,
    url: str | None,
    token_env: str | None,
    env: tuple[str, ...],
    only_print: bool,
    config: Config,
) -> None:
    """Write the server's entry into the configuration of CLIENT, beside what is there.

    What is installed is what this command describes: with its configuration file, options and credentials, from
    whichever folder the client starts it. With --url, --header is of the connection.
    """
    from apispec.cli.live import says_where
    from apispec.cli.reading import read
    from apispec.clients import HttpServer, StdioServer
    from apispec.mcp_server import install, require
    from apispec.requests import base_url
    from apispec.tools import needed, server_info

    found = install.known_client(client)
    target = target or config.target
    if not target and not (url and name):
        raise UsageError("what should be installed?", hint="give a target, or --url and --name")
    if token_env and not url:
        raise UsageError("--token-env is for a server at --url")
    server: HttpServer | StdioServer
    reading = read(target, config) if target else None
    api = reading.api if reading is not None else None
    if url:
        headers = dict(api.tooling.headers if api is not None else _tooling_headers(config))
        server = HttpServer(url, headers, token_env or "")
    else:
        assert api is not None and reading is not None and target is not None
        options, python = words("api", "reading", "tools"), ""
        if api.source == "functions" and (config.python or reading.python):
            python = _serving(target, config.python or reading.python)
            options = words("api", "reading", "tools", less=("python",))
        elif reading.python:
            options += ["--python", reading.python]  # a client may start without what led to it
        if not python:
            require()  # an entry that this interpreter could not serve is none
        secrets = needed(api)
        if api.source == "openapi" and not (config.servers or config.credentials) and secrets and says_where(api):
            options += ["--server", base_url(api)]  # whoever installs it sees where the credentials go
        server = install.stdio_server(target, options, secrets, python)
    values = _values(env, server.secrets, found.name, asks=not (found.reference or found.secrecy or only_print))
    name = name or (server_info(api)["name"] if api is not None else "")
    made = install.plan(client, server, name=name, scope=scope or "", file=file, values=values)
    if only_print:
        click.echo(made.entry, nl=False)
        click.echo(f"belongs into {made.path}", err=True)
    else:
        backup = install.write(made)
        click.echo(f"wrote {made.path}" + (f", the old one is {backup.name}" if backup else ""), err=True)
    if made.note:
        click.echo(clean(made.note), err=True)


def _serving(target: str, python: str) -> str:
    """The absolute path of an interpreter that serves functions itself.

    Raises:
        UsageError: apispec is not there.
    """
    import shutil
    import subprocess

    from apispec.cli.live import not_here

    code = "import importlib.util as u; print(all(map(u.find_spec, ('apispec', 'apispec.mcp_server', 'mcp'))))"
    found = shutil.which(python)
    try:
        done = subprocess.run(
            [found or python, "-P", "-c", code], check=False, capture_output=True, text=True, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        raise not_here(target, python) from None
    if done.stdout.strip() != "True" or found is None:
        raise not_here(target, python)
    return str(Path(found).absolute())


def _tooling_headers(config: Config) -> tuple[tuple[str, str], ...]:
    """The headers that the configuration names, where no API is read."""
    from apispec.tools import tooling

    return tooling(config).headers


def _values(given: tuple[str, ...], secrets: tuple[str, ...], client: str, *, asks: bool) -> dict[str, str]:
    """The credentials that are to stand in the file: those given and, of a client that cannot refer to any, those that
    somebody at a terminal types.

    Raises:
        UsageError: A variable that is to be written has no value.
    """
    import os
    import sys

    found: dict[str, str] = {}
    for one in given:
        name, equals, value = one.partition("=")
        found[name] = value if equals else os.environ.get(name, "")
        if not found[name]:
            raise UsageError(f"{name} has no value", where="--env", hint=f"--env {name}=VALUE, or set it")
    if asks and sys.stdin.isatty():
        for name in (name for name in secrets if name not in found):
            question = f"{name} ({client} keeps it in its file, in the clear; empty = leave it out)"
            value = click.prompt(question, default="", show_default=False, hide_input=True, err=True)
            found.update({name: value} if value else {})
    return found


@click.command("uninstall")
@click.argument("client")
@click.argument("name", required=False)
@click.option("--scope", type=click.Choice(["user", "project"]), default=None, help="Which of the client's files.")
@click.option("--file", metavar="FILE", help="Another file than the client's usual ones.")
def uninstall_command(client: str, name: str | None, scope: str | None, file: str | None) -> None:
    """Take the server called NAME out of the configuration of CLIENT, and nothing else.

    NAME may be left out where apispec has one server there.
    """
    from apispec.mcp_server import install

    found, problems = install.installed([install.known_client(client)], file)
    mine = [e for e in found if (not scope or e.scope == scope) and (e.name == name if name else e.is_ours)]
    if not mine and problems:
        raise problems[0]
    if not mine:
        known = ", ".join(dict.fromkeys(e.name for e in found if e.is_ours)) or "none"
        raise UsageError(f"there is no such server in {client}: {name or 'of apispec'}", hint=f"there are: {known}")
    if len({e.name for e in mine}) > 1:
        raise UsageError("which one?", hint="one of " + ", ".join(e.name for e in mine))
    for entry in mine:
        backup = install.write(install.removal(entry))
        old = f", the old one is {backup.name}" if backup else ""
        click.echo(f"took {entry.name} out of {entry.path}{old}", err=True)


@click.command("list")
@click.argument("client", required=False)
@click.option("--all", "every", is_flag=True, help="Those of other programs, too.")
@click.option("--format", "notation", type=click.Choice(["text", "json"]), default="text", show_default=True)
def list_command(client: str | None, every: bool, notation: str) -> None:
    """Show which servers of apispec are installed, in all clients or in CLIENT."""
    import json

    from apispec.clients import CLIENTS
    from apispec.mcp_server import install

    found, problems = install.installed([install.known_client(client)] if client else CLIENTS)
    shown = [entry for entry in found if every or entry.is_ours]
    if notation == "json":
        rows = [
            {"client": e.client.id, "name": e.name, "scope": e.scope, "file": str(e.path), "target": e.target}
            for e in shown
        ]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
    else:
        for entry in shown:
            click.echo(clean(f"{entry.client.id}  {entry.name}  {entry.target}\n    {entry.scope}: {entry.path}"))
        if not shown:
            click.echo("no server of apispec is installed", err=True)
    for problem in problems:
        click.echo(clean(f"not read: {problem}"), err=True)
