"""`apispec serve`: functions or an app, their docs and their MCP tools on one address."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from apispec import machine
from apispec.cli.live import Live, address, listen, open_live, own_path, token_from
from apispec.cli.options import SectionedCommand, configured, output_options, target_argument, words
from apispec.cli.reading import tell
from apispec.config import Config
from apispec.errors import MissingExtraError, UsageError
from apispec.mcp_server import missing
from apispec.model import HttpCall
from apispec.reports import one_line

if TYPE_CHECKING:
    from apispec.server import ServerOptions, Turn

MEBIBYTE = 1024 * 1024
DOCS_AT = "/api-docs"
"""Where the docs of an app are that has pages of its own."""


@click.command("serve", cls=SectionedCommand)
@target_argument
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 = any free one.")
@click.option("--reload", is_flag=True, help="Start again, and show open pages anew, when a source file changes.")
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
    "--longest-call",
    default=0.0,
    type=click.FloatRange(0),
    metavar="SECONDS",
    help="Longest call of a function; 0 = no limit, the default.",
)
@click.option(
    "--grace", default=10.0, show_default=True, type=click.FloatRange(0), help="Seconds for calls at the end."
)
@click.option("--docs-at", metavar="PATH", help=f"Beside an app: the path of the docs; {DOCS_AT} by default.")
@click.option("--python", metavar="PATH", help="The interpreter that runs an app of another environment.")
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    metavar="SECONDS",
    help="Seconds that reading an app of another environment may take; 30 by default.",
)
@configured("api", "document", "tools")
@output_options
@click.pass_context
def command(
    context: click.Context,
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
    longest_call: float,
    grace: float,
    docs_at: str | None,
    python: str | None,
    timeout: float | None,
    config: Config,
    quiet: bool,
    verbose: bool,
) -> None:
    """Serve functions, or an app of another library, with docs and MCP tools.

    Functions: the docs are at /, the tools at /mcp. An app keeps its own paths, the docs are at /api-docs/. Of an
    OpenAPI document the docs and the tools are served; calls go to its server, or --server.

    TARGET is a file or a package.module, either with :attribute, or a document.
    """
    target = target or config.target
    if not target:
        raise UsageError("what should be served?", hint="give a target: apispec serve app.py")
    token = token_from(token_env)
    config = replace(config, python=python or config.python, timeout=timeout or config.timeout)
    if reload and not machine.takes_over():
        from apispec.server import watch

        if "://" in target:
            raise UsageError("--reload watches files, and this is an address", where=target)
        listening = listen(host, port)
        raise click.exceptions.Exit(watch(target, listening, partial(_again, context.obj)))
    try:
        from apispec.runtime import Limits
        from apispec.server import ServerOptions, serve
    except ImportError as error:
        raise MissingExtraError(
            f"serving needs {error.name}", hint='install it with: pip install "apispec-docs[serve]"'
        ) from error
    limits = Limits(
        threads=workers_threads,
        timeout=longest_call,
        grace=grace,
        body=max_body * MEBIBYTE,
        upload=max_upload * MEBIBYTE,
    )
    options = ServerOptions(limits=limits, token=token, cors=cors, allowed_hosts=allowed_host, mcp=not no_mcp)
    with open_live(target, config) as live:
        tell(live.found.findings, quiet=quiet, verbose=verbose)
        if live.source is None:
            _check_options(context, live)
            place = "/" + (docs_at or DOCS_AT).strip("/") if live.app is not None else ""
            _serve_hosted(target, live, replace(options, docs_at=place.rstrip("/")), config, host, port,
                          docs=not no_docs, quiet=quiet, verbose=verbose)  # fmt: skip
            return
        if docs_at is not None:
            raise UsageError("--docs-at is for apps that have pages of their own; the docs of functions are at /")
        listening = machine.handed_over() or listen(host, port)
        url = address(listening)
        with _site(not no_docs, target, url, *words("tools")) as (folder, turn):
            if not quiet:
                shown = "" if no_docs else f", docs at {url}/"
                if options.mcp and "/mcp" in _paths(live):
                    shown += ", no MCP tools at /mcp (an endpoint has that path itself; apispec mcp serves them)"
                click.echo(f"{one_line(live.api.title)}: {len(live.api.endpoints)} endpoints at {url}{shown}", err=True)
            serve(live.source, live.api, replace(options, docs=folder, turn=turn), listening, verbose=verbose)


def _serve_hosted(
    target: str, live: Live, options: ServerOptions, config: Config, host: str, port: int,
    *, docs: bool, quiet: bool, verbose: bool,
) -> None:  # fmt: skip
    """Serve an app, or a document's pages, with what is ours beside it."""
    from apispec.introspection import overlay
    from apispec.server import Hosted, serve_hosted, wants_authorization

    taken = _paths(live)
    if live.app is not None and any(p == options.docs_at or p.startswith(options.docs_at + "/") for p in taken):
        raise UsageError(f"the app has {options.docs_at} itself", hint="--docs-at names another path for the docs")
    why_not = "" if options.mcp else "--no-mcp"
    if options.mcp and missing():
        why_not = missing()
    elif options.mcp and not live.callable:
        why_not = "the document says no address to call, give --server URL"
    elif options.mcp and "/mcp" in taken:
        why_not = "the app has /mcp itself"
    listening = machine.handed_over() or listen(host, port)
    url = address(listening)
    server = (
        url + own_path(live.api)
        if live.app is not None
        else next((s for s in config.servers if isinstance(s, str)), "")
    )
    more = ["--hide-mcp"] if why_not else ["--mcp-url", f"{url}/mcp"]
    more += words("tools")
    more += ["--python", config.python] if config.python else []
    more += ["--timeout", f"{config.timeout:g}"]
    more += ["--site-url", f"{url}{options.docs_at}/"] if options.docs_at else []
    with _site(docs, target, server, *more, alone=live.app is not None) as (folder, turn):
        if not quiet:
            parts = [f"docs at {url}{options.docs_at}/" if docs else f"openapi.json at {url}{options.docs_at}/"]
            if live.app is not None:
                parts.insert(0, f"the {live.api.source} app at {url}")
            parts.append(f"no MCP tools ({why_not})" if why_not else f"MCP at {url}/mcp")
            if options.token and live.app is not None and wants_authorization(live.api):
                parts.append("the token guards /mcp alone, since the app asks for credentials of its own")
            if live.app is None and live.callable:
                from apispec.requests import base_url

                parts.append(f"calls go to {live.base or base_url(live.api)}")
            click.echo(f"{one_line(live.api.title)}: {', '.join(parts)}", err=True)
        options = replace(options, docs=folder, turn=turn)
        tools = None if why_not else partial(live.tools, options.limits)
        served = live.api
        if live.app is not None:
            served = overlay(live.api, replace(config, servers=(server,)))
        serve_hosted(Hosted(served, live.app, tools, options), options, listening, verbose=verbose)


def _paths(live: Live) -> set[str]:
    """The paths that an app is known to have: those of its document and, in Starlette, of its routes."""
    from apispec.sources import routes

    documented = {e.call.path for e in live.api.endpoints if isinstance(e.call, HttpCall)}
    known = routes(live.app.app) if live.app is not None else ()
    return documented | {str(getattr(route, "path", "") or "").rstrip("/") for route in known} - {""}


def _check_options(context: click.Context, live: Live) -> None:
    """Refuse what has no meaning for an app of another library, or for a document.

    Raises:
        UsageError: One is given.
    """
    what = f"a {live.api.source} app" if live.app is not None else "a document"
    for name, why in (
        ("workers_threads", "it has its own"),
        ("longest_call", "it decides itself how long a call may take"),
    ):
        if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            raise UsageError(f"--{name.replace('_', '-')} is for functions, not for {what}: {why}")
    if live.app is None and context.get_parameter_source("docs_at") is click.core.ParameterSource.COMMANDLINE:
        raise UsageError("--docs-at is for apps that have pages of their own; the docs of a document are at /")


def _again(arguments: tuple[str, ...]) -> int:
    """Run the command that this process runs, in a fork of it; its exit code."""
    from apispec.cli import run

    return run([*arguments])


@contextlib.contextmanager
def _site(
    wanted: bool, target: str, server: str, *options: str, alone: bool = False
) -> Iterator[tuple[Path | None, Turn | None]]:
    """The folder in which the site is being built, None where none is wanted; and this server's turn, where whoever
    watches the files builds it. Waits for the turn.

    Args:
        wanted: Whether there is a site.
        target: What is served.
        server: Where it is called.
        options: More for `apispec build`.
        alone: Whether what is served cannot run twice at a time.
    """
    from apispec.server import Site, Turn, site_arguments

    turn = Turn.given()
    if turn is not None:
        turn.begin(site_arguments(target, server, options) if wanted else None, alone=alone)
        yield (turn.site if wanted else None), turn
        return
    if not wanted:
        yield None, None
        return
    site = Site.start(target, server, options)
    try:
        yield site.folder, None
    finally:
        site.close()
