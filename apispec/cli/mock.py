"""`apispec mock`: the described API on this computer, answered from its description."""

from __future__ import annotations

import click

from apispec.cli.options import configured, output_options
from apispec.cli.reading import read
from apispec.config import Config
from apispec.errors import MissingExtraError, UsageError
from apispec.model import HttpCall
from apispec.reports import one_line


@click.command("mock")
@click.argument("target", required=False)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=4010, show_default=True, help="0 takes a free one.")
@click.option("--dynamic", is_flag=True, help="Make values up from the schemas instead of answering with examples.")
@click.option("--seed", type=int, default=0, show_default=True, help="Of values made up and of failures.")
@click.option(
    "--delay", type=click.FloatRange(0, 3600), default=0.0, metavar="SECONDS", help="Wait before each answer."
)
@click.option(
    "--errors", type=click.FloatRange(0, 1), default=0.0, metavar="RATE", help="Which share of the calls fails: 0.1."
)
@click.option("--stateful", is_flag=True, help="Remember what is created, changed and deleted, until it ends.")
@click.option(
    "--cors", multiple=True, metavar="ORIGIN",
    help="Let pages of this origin call, besides those of this computer; null = files, * = any. Repeatable.",
)  # fmt: skip
@click.option("--allowed-host", multiple=True, metavar="NAME", help="Answer on a local address under this name, too.")
@configured("api", "reading")
@output_options
def command(
    target: str | None,
    host: str,
    port: int,
    dynamic: bool,
    seed: int,
    delay: float,
    errors: float,
    stateful: bool,
    cors: tuple[str, ...],
    allowed_host: tuple[str, ...],
    config: Config,
    quiet: bool,
    verbose: bool,
) -> None:
    """Serve the described API from its examples, and judge every request.

    What does not fit the description is answered with 422 and one entry per flaw. `Prefer: code=404`, `Prefer:
    example=NAME` and `Prefer: dynamic=true` choose the answer.

    TARGET is a file or a package.module, either with :attribute, or an OpenAPI document.
    """
    try:
        import uvicorn

        from apispec.mock import MockApplication, MockOptions
        from apispec.server import protocol
    except ImportError as error:
        raise MissingExtraError(f"the mock needs {error.name}", hint='pip install "apispec-docs[serve]"') from error
    from apispec.cli.live import address, listen

    api = read(target or config.target, config).api
    http = [e for e in api.endpoints if isinstance(e.call, HttpCall)]
    if not http:
        raise UsageError(
            f"there is no HTTP endpoint to answer for in this {api.source} source",
            hint="apispec serve runs Gradio apps and functions themselves",
        )
    options = MockOptions(
        dynamic=dynamic, seed=seed, delay=delay, errors=errors, stateful=stateful, cors=cors,
        allowed_hosts=allowed_host,
    )  # fmt: skip
    application = MockApplication(api, options)
    listening = listen(host, port)
    if not quiet:
        click.echo(f"{one_line(api.title)}: {len(http)} endpoints, mocked at {address(listening)}", err=True)
    server = uvicorn.Server(
        uvicorn.Config(
            application, http=protocol(options.limits), log_level="info" if verbose else "warning",
            access_log=verbose, server_header=False, timeout_graceful_shutdown=1,
        )
    )  # fmt: skip
    try:
        with listening:
            server.run(sockets=[listening])
    except KeyboardInterrupt:
        pass
