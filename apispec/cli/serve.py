"""`apispec serve`: the functions, their docs and their MCP tools on one address."""

from __future__ import annotations

import os
from dataclasses import replace

import click

from apispec.cli.live import address, inherited, listen, read_live, token_from
from apispec.cli.options import SectionedCommand, configured, output_options, target_argument
from apispec.cli.reading import is_document, tell
from apispec.config import Config
from apispec.errors import MissingExtraError, UsageError

MEBIBYTE = 1024 * 1024


@click.command("serve", cls=SectionedCommand)
@target_argument
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 = any free one.")
@click.option("--reload", is_flag=True, help="Start again when a source file changes.")
@click.option("--no-docs", is_flag=True, help="Serve no site; openapi.json stays.")
@click.option("--no-mcp", is_flag=True, help="Serve no MCP tools at /mcp.")
@click.option("--token-env", metavar="NAME", help="Ask for the token in this environment variable, but not for docs.")
@click.option("--cors", multiple=True, metavar="ORIGIN", help="Let pages of this origin call; * = any. Repeatable.")
@click.option("--allowed-host", multiple=True, metavar="NAME", help="Answer on a local address under this name, too.")
@click.option("--max-body", default=10, show_default=True, type=click.IntRange(1), metavar="MIB", help="Largest body.")
@click.option(
    "--max-upload",
    default=100,
    show_default=True,
    type=click.IntRange(1),
    metavar="MIB",
    help="Largest body with files.",
)
@click.option(
    "--workers-threads", default=40, show_default=True, type=click.IntRange(1), help="Calls of plain functions at once."
)
@click.option(
    "--timeout",
    default=0.0,
    type=click.FloatRange(0),
    metavar="SECONDS",
    help="Longest call; 0 = no limit, the default.",
)
@click.option(
    "--grace", default=10.0, show_default=True, type=click.FloatRange(0), help="Seconds for calls at the end."
)
@configured("api", "document")
@output_options
def command(
    target: str | None,
    host: str,
    port: int,
    reload: bool,
    no_docs: bool,
    no_mcp: bool,
    token_env: str | None,
    cors: tuple[str, ...],
    allowed_host: tuple[str, ...],
    max_body: int,
    max_upload: int,
    workers_threads: int,
    timeout: float,
    grace: float,
    config: Config,
    quiet: bool,
    verbose: bool,
) -> None:
    """Serve the functions, with docs and MCP tools.

    The docs are at /, the tools at /mcp.

    TARGET is a file or a package.module, either with :attribute.
    """
    target = target or config.target
    if not target:
        raise UsageError("what should be served?", hint="give a target: apispec serve app.py")
    if is_document(target):
        raise UsageError(
            "a document has no functions to serve",
            where=target,
            hint="apispec mcp FILE --server URL serves its tools, apispec build FILE makes its pages",
        )
    token = token_from(token_env)
    if reload and "APISPEC_SERVE_FD" not in os.environ:
        from apispec.server.reloading import watch

        listening = listen(host, port)
        raise click.exceptions.Exit(watch(target, listening))
    try:
        from apispec.runtime.limits import Limits
        from apispec.server.options import ServerOptions
        from apispec.server.running import Site, serve
    except ImportError as error:
        raise MissingExtraError(
            f"serving needs {error.name}", hint='install it with: pip install "apispec-docs[serve]"'
        ) from error
    limits = Limits(
        threads=workers_threads,
        timeout=timeout,
        grace=grace,
        body=max_body * MEBIBYTE,
        upload=max_upload * MEBIBYTE,
    )
    options = ServerOptions(limits=limits, token=token, cors=cors, allowed_hosts=allowed_host, mcp=not no_mcp)
    source, found = read_live(target, config)
    tell(found.findings, quiet=quiet, verbose=verbose)
    listening = inherited() or listen(host, port)
    url = address(listening)
    site = None if no_docs else Site.start(target, url)
    if site is not None:
        options = replace(options, docs=site.folder)
    if not quiet:
        shown = "" if no_docs else f", docs at {url}/"
        click.echo(f"{found.api.title}: {len(found.api.endpoints)} endpoints at {url}{shown}", err=True)
    try:
        serve(source, found.api, options, listening, verbose=verbose)
    finally:
        if site is not None:
            site.close()
