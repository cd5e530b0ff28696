"""`apispec mcp`: the tools over stdio or HTTP, and `apispec mcp install`: their entry in a client's configuration."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from apispec.cli.options import SectionedCommand, configured, given, output_options, target_argument, words
from apispec.config import Config
from apispec.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apispec.cli.live import Live
    from apispec.findings import Finding
    from apispec.model import Api
from apispec.reports import clean, one_line


class _WithDefault(click.Group):
    """A group that serves where no command is named: `apispec mcp app.py`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0] not in self.commands and args[0] not in ("-h", "--help")):
            args = ["serve", *args]
        return super().parse_args(ctx, args)


@click.group("mcp", cls=_WithDefault)
def command() -> None:
    """Serve the tools over MCP, or install them in a client.

    `apispec mcp app.py` is short for `apispec mcp serve app.py`.
    """


@command.command("serve", cls=SectionedCommand)
@target_argument
@click.option("--http", is_flag=True, help="Over streamable HTTP at /mcp instead of stdio.")
@click.option("--host", default="127.0.0.1", show_default=True, help="With --http: the address to listen on.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="With --http; 0 = any free one."
)
@click.option("--token-env", metavar="NAME", help="With --http: ask for the token in this environment variable.")
@click.option("--allowed-host", multiple=True, metavar="NAME", help="With --http: answer under this name, too.")
@click.option("--url", metavar="URL", help="Call the app that runs there instead of running it here.")
@configured("api", "reading", "tools")
@output_options
def serve_command(
    target: str | None,
    http: bool,
    host: str,
    port: int,
    token_env: str | None,
    allowed_host: tuple[str, ...],
    url: str | None,
    config: Config,
    quiet: bool,
    verbose: bool,
) -> None:
    """Serve the tools of a target over MCP: on standard input and output, or over HTTP.

    Functions and apps are called in this process, Gradio apps launched. The tools of an OpenAPI document send requests
    to --server, with credentials from environment variables.
    """
    target = target or config.target
    if not target:
        raise UsageError("which tools should be served?", hint="give a target: apispec mcp app.py")
    if given("timeout") and not given("tools_call_timeout"):  # reading in this process takes no limit, calls do
        config = replace(config, tools_call_timeout=config.timeout)
    if config.tools_forward_authorization and token_env:
        raise UsageError(
            "--forward-authorization would hand this server's own token on",
            hint="leave --token-env away: the API judges the caller",
        )
    if http:
        _serve_http(target, url, host, port, token_env, allowed_host, config, quiet=quiet, verbose=verbose)
    else:
        _serve_stdio(target, url, config, quiet=quiet, verbose=verbose)


def _serve_stdio(target: str, url: str | None, config: Config, *, quiet: bool, verbose: bool) -> None:
    from apispec.mcp_server import serve, take_wire

    wire = take_wire()  # before the app is imported: nothing that it prints may reach the client
    from apispec.cli.live import open_live
    from apispec.cli.reading import tell
    from apispec.mcp_server import require, server
    from apispec.runtime import Limits

    require()
    with open_live(target, config, url=url) as live:
        _check(live.callable, live.api)
        tell([*live.found.findings, *_without_meaning(live)], quiet=quiet, verbose=verbose)
        made = live.tools(Limits()).server if live.source is None else server(live.source, live.api)

        async def run() -> None:
            _end_on_interrupt(live)
            if live.app is not None:
                await live.app.start()
            try:
                await serve(made, wire)
            finally:
                if live.app is not None:
                    await live.app.stop()

        import anyio

        anyio.run(run)


def _end_on_interrupt(live: Live) -> None:
    """End at Ctrl-C: the thread that waits for input at a terminal would otherwise wait for a line first."""
    import asyncio
    import contextlib
    import os

    from apispec import machine

    async def end() -> None:
        with contextlib.suppress(Exception):
            if live.app is not None:
                await asyncio.wait_for(live.app.stop(), 2)
        os._exit(130)

    ending: list[asyncio.Task[None]] = []
    loop = asyncio.get_running_loop()
    machine.on_interrupt(lambda: ending.append(loop.create_task(end())))


def _serve_http(
    target: str,
    url: str | None,
    host: str,
    port: int,
    token_env: str | None,
    allowed_hosts: tuple[str, ...],
    config: Config,
    **words: bool,
) -> None:
    from apispec.cli.live import address, listen, open_live, token_from
    from apispec.cli.reading import tell
    from apispec.mcp_server import require
    from apispec.server import Hosted, ServerOptions, serve, serve_hosted

    require()
    options = ServerOptions(token=token_from(token_env), allowed_hosts=allowed_hosts, only_mcp=True)
    with open_live(target, config, url=url) as live:
        _check(live.callable, live.api)
        tell([*live.found.findings, *_without_meaning(live)], **words)
        listening = listen(host, port)
        if not words["quiet"]:
            click.echo(f"{one_line(live.api.title)}: MCP at {address(listening)}/mcp", err=True)
        if live.source is None:
            application = Hosted(live.api, live.app, partial(live.tools, options.limits), options)
            serve_hosted(application, options, listening, verbose=words["verbose"])
        else:
            serve(live.source, live.api, options, listening, verbose=words["verbose"])


def _without_meaning(live: Live) -> Iterator[Finding]:
    """What was said of requests, where functions are called in this process."""
    from apispec.findings import Finding, Severity

    tooling = live.api.tooling
    said = [("--header", tooling.headers), ("--forward-authorization", tooling.forward_authorization)]
    for option, value in said if live.source is not None else ():
        if value:
            message = f"{option} means nothing here: functions are called in this process, without a request."
            yield Finding("option-without-meaning", Severity.WARNING, message)


def _check(has_address: bool, api: Api) -> None:
    if not has_address and not api.public_endpoints:
        raise UsageError("the document has no operation to call")
    if not has_address:
        raise UsageError("the document says no address to call", hint="give --server URL")


@command.command("install", cls=SectionedCommand)
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
        headers = dict(api.tooling.headers if api is not None else tooling_headers(config))
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


def tooling_headers(config: Config) -> tuple[tuple[str, str], ...]:
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


@command.command("bundle", cls=SectionedCommand)
@target_argument
@click.option("-o", "--output", metavar="FILE", help="Where to write it; NAME.mcpb by default.")
@configured("api", "reading", "tools")
@output_options
def bundle_command(target: str | None, output: str | None, config: Config, quiet: bool, verbose: bool) -> None:
    """Make a bundle (.mcpb) that Claude Desktop and others install by a click.

    In it are the document, or the Python file with the modules beside it that it imports, the configuration and what
    they need; uv runs it, and the client asks for credentials and keeps them. Look at what it holds before you publish
    it.
    """
    from apispec.cli.bundling import sources
    from apispec.cli.live import says_where
    from apispec.cli.reading import judge, read, tell
    from apispec.output import write_file
    from apispec.rendering import bundle
    from apispec.tools import server_name, tools

    target = target or config.target
    if not target:
        raise UsageError("what should be bundled?", hint="give a target: apispec mcp bundle app.py")
    found = read(target, config)
    api = found.api
    findings = [*found.findings]
    made = tools(api, findings)
    tell(findings, quiet=quiet, verbose=verbose)
    judge(findings, config)
    if api.source == "openapi":
        _check(bool(config.servers) or says_where(api), api)
        data = bundle.bundle(api, made, config)
    else:
        inside, files, requirements = sources(target)
        data = bundle.bundle(api, made, config, target=inside, files=files, requirements=requirements)
    path = output or f"{server_name(api.title)}.mcpb"
    write_file(data, Path(path))
    if not quiet:
        click.echo(f"wrote {path}: {len(made)} tools, {len(data) // 1000 + 1} kB", err=True)


@command.command("uninstall")
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


@command.command("list")
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
