"""`apispec mcp`: the tools over stdio or HTTP, and `apispec mcp bundle`: a file that clients install."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from apispec.cli.addresses import given_address
from apispec.cli.mcp_clients import install_command, list_command, uninstall_command
from apispec.cli.options import SectionedCommand, configured, given, output_options, target_argument
from apispec.config import Config
from apispec.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from apispec.cli.live import Live
    from apispec.findings import Finding
    from apispec.model import Api
from apispec.reports import one_line


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
@click.option(
    "--url", metavar="URL", callback=given_address, help="Call the app that runs there instead of running it here."
)
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


for _one in (install_command, uninstall_command, list_command):
    command.add_command(_one)
