"""`apispec spec`: the OpenAPI document alone."""

from __future__ import annotations

import click

from apispec.cli.options import SectionedCommand, configured, output_options, target_argument
from apispec.cli.reading import judge, read, tell
from apispec.cli.writing import deliver, document_text
from apispec.config import Config


@click.command("spec", cls=SectionedCommand)
@target_argument
@click.option("-o", "--output", metavar="FILE", help="Write here (.json, .yaml); stdout by default.")
@click.option("--format", "notation", type=click.Choice(["json", "yaml"]), help="By the file's suffix, else json.")
@click.option("--check", is_flag=True, help="Exit with 1 and a diff where FILE is stale; write nothing.")
@configured("api", "reading", "document")
@output_options
def command(
    target: str | None,
    output: str | None,
    notation: str | None,
    check: bool,
    config: Config,
    quiet: bool,
    verbose: bool,
) -> None:
    """Write the OpenAPI document alone.

    TARGET is a file, a package.module, either with :attribute, or an OpenAPI document.
    """
    found = read(target, config)
    findings = list(found.findings)
    # Importing openapi-spec-validator costs as much as all the rest of a small module; `build` and `validate` use it,
    # and the tests hold the official schemas and rules that judge here equal to it.
    text = document_text(found.api, config, findings, thorough=config.strict)
    if notation == "yaml" or (notation is None and output and output.lower().endswith((".yaml", ".yml"))):
        from apispec.rendering import render_yaml

        text = render_yaml(text)
    tell(findings, quiet=quiet, verbose=verbose)
    judge(findings, config)
    deliver(text, output, check=check, quiet=quiet)
