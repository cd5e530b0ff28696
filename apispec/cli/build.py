"""`apispec build`: the site."""

from __future__ import annotations

import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import click

from apispec import machine
from apispec.cli import shrinking
from apispec.cli.options import SectionedCommand, configured, output_options, target_argument
from apispec.cli.reading import counted, judge, summary, tell
from apispec.cli.stages import Stages
from apispec.cli.writing import without_check
from apispec.config import Config
from apispec.errors import FindingsError
from apispec.reports import clean, one_line


@click.command("build", cls=SectionedCommand)
@target_argument
@click.option(
    "--check-links",
    multiple=True,
    metavar="FILE|URL",
    help="Exit with 1, and write nothing, where an address of this list (a sitemap, or one a line) would be lost.",
)
@click.option("--check", is_flag=True, help="Exit with 1 and a diff where the site is stale; write nothing.")
@configured("api", "reading", "document", "site", "tools")
@output_options
def command(
    target: str | None, check: bool, check_links: tuple[str, ...], config: Config, quiet: bool, verbose: bool
) -> None:
    """Write the site: pages, openapi.json, mcp.json.

    TARGET is a file, a package.module, either with :attribute, or an OpenAPI document. Without one, the configuration
    says what to build: its target, or its `apis`.
    """
    from apispec import output
    from apispec.cli.sites import render

    # MkDocs takes a while to import and the target's process a while to answer: both at once.
    preloading = threading.Thread(target=preload, daemon=True)
    if not machine.can_begin():  # all of it is there already
        preloading.start()
    with Stages(quiet=quiet) as stages:
        ready = preloading.join if preloading.ident else _nothing  # pages are shared out where nothing else runs
        made = render(target, config, stages.begin, ready)
        files = made.files
        stages.pause()
        tell(made.findings, quiet=quiet, verbose=verbose)
        judge(made.findings, config)
        _check_links(check_links, files, config)
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
            sys.stdout.write(clean(difference))
            hint = f"bring it up to date: {without_check()}"
            raise FindingsError("the site is out of date", where=config.out, hint=hint)
    elif not quiet:
        click.echo(f"{one_line(made.title)}: {made.holds}, {summary(made.findings)}", err=True)
        for reason in ("renamed", "removed", "moved"):
            if count_of := sum(move.reason == reason for move in made.moves):
                click.echo(f"{counted(count_of, 'address')} {reason}: see redirects.json", err=True)
        click.echo(f"{Path(config.out) / 'index.html'}: {counted(len(files), 'file')}; {stages}", err=True)


def _check_links(lists: tuple[str, ...], files: Mapping[str, str | bytes], config: Config) -> None:
    """Print the addresses that would be lost.

    Raises:
        FindingsError: There are some.
    """
    if not lists:
        return
    from apispec.cli.previous import addresses_in, lost

    missing = list(dict.fromkeys(one for place in lists for one in lost(addresses_in(place), files, config.site_url)))
    if missing:
        sys.stdout.write("".join(f"{clean(address)}\n" for address in missing))
        hint = "--previous SITE leaves pages that lead on; it cannot know of places on pages"
        raise FindingsError(f"{counted(len(missing), 'address')} would be lost", where=config.out, hint=hint)


def _nothing() -> None:
    """What there is to wait for where nothing runs beside."""


def preload() -> None:
    """Import what making pages takes."""
    from apispec import site
    from apispec.rendering import pages

    site.preload()
    pages.preload()
