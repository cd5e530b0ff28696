"""`apispec pages`: the Markdown pages for a site that is built elsewhere."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from apispec.cli import shrinking
from apispec.cli.generating import generate
from apispec.cli.options import SectionedCommand, configured, output_options, target_argument
from apispec.cli.reading import counted, judge, read, tell
from apispec.cli.writing import without_check
from apispec.config import Config
from apispec.errors import FindingsError
from apispec.reports import clean


@click.command("pages", cls=SectionedCommand)
@target_argument
@click.option("--check", is_flag=True, help="Exit with 1 and a diff where the pages are stale; write nothing.")
@configured("api", "reading", "document", "site", "tools")
@output_options
def command(target: str | None, check: bool, config: Config, quiet: bool, verbose: bool) -> None:
    """Write the Markdown pages for your own site.

    Put them into the docs folder of a site with Material for MkDocs; the handbook says which extensions they need.
    """
    from apispec import output

    found = read(target, config)
    generated = generate(found.api, target or config.target, config, markdown_copies=False, skill=False)
    files = {**generated.files, **{path: _plain(content) for path, content in generated.pages.items()}}
    findings = [*found.findings, *generated.findings]
    tell(findings, quiet=quiet, verbose=verbose)
    judge(findings, config)
    if check:
        difference = output.stale(files, Path(config.out))
        if difference:
            sys.stdout.write(clean(difference))
            hint = f"bring them up to date: {without_check()}"
            raise FindingsError("the pages are out of date", where=config.out, hint=hint)
    else:
        shrinking.check(Path(config.out), generated.files[shrinking.DOCUMENT], config)
        output.write(files, Path(config.out))
        if not quiet:
            click.echo(f"{config.out}: {counted(len(files), 'file')}", err=True)


_ANCHOR = re.compile(r"^(#{1,6} .*) \{#(?=[^\n]*\}$)", re.MULTILINE)


def _plain(content: str | bytes) -> str | bytes:
    """A page whose anchors no macro takes for the beginning of a comment (`{#`)."""
    return _ANCHOR.sub(r"\1 { #", content) if isinstance(content, str) else content
