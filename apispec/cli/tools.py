"""`apispec tools`: the MCP tool listing alone."""

from __future__ import annotations

import click

from apispec.cli.options import SectionedCommand, configured, output_options, target_argument
from apispec.cli.reading import judge, read, tell
from apispec.cli.writing import deliver
from apispec.config import Config
from apispec.literals import json_text


@click.command("tools", cls=SectionedCommand)
@target_argument
@click.option("-o", "--output", metavar="FILE", help="Write here; stdout by default.")
@click.option("--check", is_flag=True, help="Exit with 1 and a diff where FILE is stale; write nothing.")
@configured("api", "reading", "tools")
@output_options
def command(target: str | None, output: str | None, check: bool, config: Config, quiet: bool, verbose: bool) -> None:
    """Write the MCP tool listing alone.

    It is the result of tools/list as a file.
    """
    from apispec.rendering import tools

    found = read(target, config)
    findings = [*found.findings]
    text = json_text(tools.listing(found.api, findings=findings), indent=2) + "\n"
    tell(findings, quiet=quiet, verbose=verbose)
    judge(findings, config)
    deliver(text, output, check=check, quiet=quiet)
