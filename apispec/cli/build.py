"""`apispec build`: the site."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import click

from apispec.cli import shrinking
from apispec.cli.options import SectionedCommand, configured, output_options, target_argument
from apispec.cli.reading import counted, judge, summary, tell
from apispec.cli.stages import Stages
from apispec.cli.writing import without_check
from apispec.config import Config
from apispec.errors import FindingsError


@click.command("build", cls=SectionedCommand)
@target_argument
@click.option("--check", is_flag=True, help="Exit with 1 and a diff where the site is stale; write nothing.")
@configured("api", "reading", "document", "site", "tools")
@output_options
def command(target: str | None, check: bool, config: Config, quiet: bool, verbose: bool) -> None:
    """Write the site: pages, openapi.json, mcp.json.

    TARGET is a file, a package.module, either with :attribute, or an OpenAPI document. Without one, the configuration
    says what to build: its target, or its `apis`.
    """
    from apispec import output
    from apispec.cli.sites import render

    # MkDocs takes a while to import and the target's process a while to answer: both at once.
    preloading = threading.Thread(target=_preload, daemon=True)
    preloading.start()
    with Stages(quiet=quiet) as stages:
        made = render(target, config, stages.begin, preloading.join)  # pages are shared out where nothing else runs
        files = made.files
        stages.pause()
        tell(made.findings, quiet=quiet, verbose=verbose)
        judge(made.findings, config)
        stages.begin("compare" if check else "write")
        if not check:
            for path, document in made.files.items():
                if path == shrinking.DOCUMENT or path.endswith(f"/{shrinking.DOCUMENT}"):
                    shrinking.check(Path(config.out, path).parent, document, config)
        difference = output.stale(files, Path(config.out)) if check else ""
        if not check:
            output.write(files, Path(config.out))
    if check:
        if difference:
            sys.stdout.write(difference)
            hint = f"bring it up to date: {without_check()}"
            raise FindingsError("the site is out of date", where=config.out, hint=hint)
    elif not quiet:
        click.echo(f"{made.title}: {made.holds}, {summary(made.findings)}", err=True)
        click.echo(f"{Path(config.out) / 'index.html'}: {counted(len(files), 'file')}; {stages}", err=True)


def _preload() -> None:
    from apispec import site
    from apispec.rendering import pages

    site.preload()
    pages.preload()
