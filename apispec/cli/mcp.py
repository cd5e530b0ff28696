"""`apispec mcp`: the tools over stdio or HTTP, and `apispec mcp install`: their entry in a client's configuration."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from apispec.cli.options import SectionedCommand, configured, output_options, target_argument
from apispec.config import Config
from apispec.errors import UsageError


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
        _check(live.callable)
        tell(live.found.findings, quiet=quiet, verbose=verbose)
        made = live.tools(Limits()).server if live.source is None else server(live.source, live.api)

        async def run() -> None:
            if live.app is not None:
                await live.app.start()
            try:
                await serve(made, wire)
            finally:
                if live.app is not None:
                    await live.app.stop()

        import anyio

        anyio.run(run)


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
        _check(live.callable)
        tell(live.found.findings, **words)
        listening = listen(host, port)
        if not words["quiet"]:
            click.echo(f"{live.api.title}: MCP at {address(listening)}/mcp", err=True)
        if live.source is None:
            application = Hosted(live.api, live.app, partial(live.tools, options.limits), options)
            serve_hosted(application, options, listening, verbose=words["verbose"])
        else:
            serve(live.source, live.api, options, listening, verbose=words["verbose"])


def _check(has_address: bool) -> None:
    if not has_address:
        raise UsageError("the document says no address to call", hint="give --server URL")


@command.command("install")
@click.argument("client")
@click.argument("target")
@click.option("--name", help="What the server is called in the client; made from the API's title by default.")
@click.option("--scope", type=click.Choice(["user", "project"]), default=None, help="Which of the client's files.")
@click.option("--file", metavar="FILE", help="Another file than the client's usual one.")
@click.option("--url", metavar="URL", help="Connect to this address over HTTP instead of starting the server.")
@click.option("--print", "only_print", is_flag=True, help="Print the entry and its file; write nothing.")
@configured("api", "reading", "tools")
def install_command(
    client: str,
    target: str,
    name: str | None,
    scope: str | None,
    file: str | None,
    url: str | None,
    only_print: bool,
    config: Config,
) -> None:
    """Write the server's entry into the configuration of CLIENT, beside what is there."""
    from apispec.cli.live import says_where
    from apispec.cli.reading import read
    from apispec.mcp_server import install, needed
    from apispec.requests import base_url
    from apispec.tools import server_info

    api = read(target, config).api
    options = [word for server in config.servers if isinstance(server, str) for word in ("--server", server)]
    options += [word for credential in config.credentials for word in ("--credential", credential)]
    if api.source == "openapi" and not options and url is None and needed(api) and says_where(api):
        options += ["--server", base_url(api)]  # whoever installs it sees where the credentials go
    options += ["--python", str(Path(config.python).absolute())] if config.python else []
    options += ["--allow-remote"] if config.allow_remote and "://" in target else []
    made = install.plan(
        client, target, name=name or server_info(api)["name"], scope=scope or "", file=file, url=url,
        options=options, credentials=needed(api),
    )  # fmt: skip
    if only_print:
        click.echo(made.entry, nl=False)
        click.echo(f"belongs into {made.path}", err=True)
    else:
        backup = install.write(made)
        click.echo(f"wrote {made.path}" + (f", the old one is {backup.name}" if backup else ""), err=True)
    if made.note:
        click.echo(made.note, err=True)
