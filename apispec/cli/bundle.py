"""`apispec bundle`: a document of many files as one."""

from __future__ import annotations

import json
import sys

import click

from apispec.cli.options import SectionedCommand, configured, output_options, target_argument
from apispec.cli.reading import counted, tell
from apispec.cli.writing import deliver
from apispec.config import Config
from apispec.errors import DocumentError, UsageError

_SHOWN = 20


@click.command("bundle", cls=SectionedCommand)
@target_argument
@click.option("-o", "--output", metavar="FILE", help="Write here (.json, .yaml); stdout by default.")
@click.option("--format", "notation", type=click.Choice(["json", "yaml"]), help="By the file's suffix, else json.")
@click.option("--check", is_flag=True, help="Exit with 1 and a diff where FILE is stale; write nothing.")
@configured(keys=("allow_remote", "overlays", "untrusted"))
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
    """Make one document of many files.

    TARGET is an OpenAPI document (2.0, 3.0, 3.1, 3.2), or - for standard input. What it refers to in other files
    becomes components, under names that other tools can use; nothing else is changed.
    """
    text = _bundled(target or config.target, config, quiet=quiet, verbose=verbose)
    if notation == "yaml" or (notation is None and output and output.lower().endswith((".yaml", ".yml"))):
        from apispec.documents import yaml_writer

        text = yaml_writer.dump(json.loads(text))
    deliver(text, output, check=check, quiet=quiet)


def _bundled(target: str, config: Config, *, quiet: bool, verbose: bool) -> str:
    """The document as JSON text.

    Raises:
        UsageError: There is no target, or it is no document.
        DocumentError: The document cannot be read, or something that it refers to.
    """
    from apispec.documents import bundled, load, overlaid
    from apispec.validation import version_of

    if not target:
        raise UsageError("what should be bundled?", hint="give a document: apispec bundle openapi.yaml -o one.yaml")
    if target.partition(":")[0].endswith(".py"):
        raise UsageError("this is no document", where=target, hint="apispec spec makes the document of an app")
    name, text = ("<stdin>", sys.stdin.buffer.read()) if target == "-" else (target, None)
    document = load(name, text=text, allow_remote=config.allow_remote)
    document = overlaid(document, config.overlays, allow_remote=config.allow_remote)
    data = document.required()
    if version_of(data) is None:
        said = (
            next((str(data[key]) for key in ("openapi", "swagger") if key in data), "")
            if isinstance(data, dict)
            else ""
        )
        message = f"OpenAPI {said} is no version that is known" if said else "this is no OpenAPI document"
        raise DocumentError(message, where=document.file, hint="`apispec validate` says more")
    whole, dangling = bundled(document)
    broken = [*document.unread, *dangling]
    tell([f for f in document.findings if f not in broken], quiet=quiet, verbose=verbose)
    if broken:
        lines = [f"{finding.location}: {finding.message}" for finding in broken[:_SHOWN]]
        lines += [f"and {len(broken) - _SHOWN} more"] if len(broken) > _SHOWN else []
        raise DocumentError(
            f"{counted(len(broken), 'reference')} cannot be followed, so nothing was bundled",
            where=document.file,
            hint=next((finding.hint for finding in broken if finding.hint), ""),
            details="\n".join(lines),
        )
    return json.dumps(whole.data, indent=2, ensure_ascii=False) + "\n"
