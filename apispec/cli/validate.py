"""`apispec validate`: judge documents, and apps by the document that is made of them."""

from __future__ import annotations

import glob
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from apispec.cli import ruling
from apispec.cli.collector import kept, without_collector
from apispec.cli.options import SectionedCommand, configured
from apispec.cli.reading import counted, is_document
from apispec.cli.reported import agreed, further, report_options, write
from apispec.config import Config
from apispec.errors import ConfigError, FindingsError, UsageError

if TYPE_CHECKING:
    from apispec.documents import Document
    from apispec.validation import Baseline, Validation


@click.command("validate", cls=SectionedCommand)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@report_options
@click.option(
    "--fail-on",
    "threshold",
    type=click.Choice(["error", "warning", "info", "never"]),
    help="Exit with 1 where a finding is at least so bad; error by default.",
)
@click.option("--baseline", metavar="FILE", help="Known findings, which are left out.")
@click.option("--update-baseline", is_flag=True, help="Write all findings of now to the baseline file.")
@click.option(
    "--base",
    metavar="REVISION|FILE",
    help="Only findings on lines that changed since this git revision (or file), and new ones.",
)
@click.option(
    "--min-coverage", type=click.FloatRange(0, 100), metavar="PERCENT", help="Exit with 1 where less is described."
)
@click.option("--badge", metavar="FILE", help="Write the coverage as an SVG badge.")
@click.option(
    "--allow-remote/--no-allow-remote", "remote", default=None, help="Fetch what a document refers to by URL."
)
@click.option("--list-rules", is_flag=True, help="Print every rule with its group and level, and stop.")
@click.option("--test-rules", is_flag=True, help="Judge the examples of your own rules, and stop.")
@click.option(
    "--import-config",
    metavar="FILE",
    help="Print what a .redocly.yaml or .spectral.yaml means here, as configuration, and stop.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print no report where nothing fails.")
@configured("rules", "judging", keys=("static", "untrusted", "overlays", "python", "timeout"))
def command(
    paths: tuple[str, ...],
    notation: str,
    output: str | None,
    more: tuple[str, ...],
    threshold: str | None,
    baseline: str | None,
    update_baseline: bool,
    base: str | None,
    min_coverage: float | None,
    badge: str | None,
    remote: bool | None,
    list_rules: bool,
    test_rules: bool,
    import_config: str | None,
    quiet: bool,
    config: Config,
) -> None:
    """Judge documents: valid, well described, safe?

    PATH is an OpenAPI document (JSON or YAML; 2.0, 3.0, 3.1, 3.2), a pattern such as "specs/**/*.yaml", - for standard
    input, or an app whose document is made first.
    """
    if list_rules:
        ruling.list_rules(config)
        return
    if test_rules:
        ruling.test_rules(config)
        return
    if import_config:
        _import(import_config)
        return
    from apispec.validation import Options, validate

    if update_baseline and not baseline:
        raise UsageError("--update-baseline needs a file", hint="name it with --baseline")
    reports = further(more)
    allow_remote = config.allow_remote if remote is None else remote
    own = ruling.own_rules(config)
    options = Options(
        levels=ruling.rule_settings(config, own),
        presets=config.preset,
        own=own,
        baseline=_baseline(baseline) if baseline and not update_baseline else None,
        allow_remote=allow_remote,
    )
    with without_collector():
        listed = _listed(paths, config)
        found = validate([_source(path, own_config, allow_remote) for path, own_config in listed], options)
        if base:
            from apispec.cli.changed import Base

            found = Base(base, dict(listed), allow_remote).only_new(found, [path for path, _ in listed], options)
    if badge:
        from apispec.validation import badge as picture

        write(picture(found.coverage.percent), badge)
    if update_baseline and baseline:
        made = found.baseline(baseline)
        write(made.text(), baseline)
        click.echo(f"{baseline}: {counted(made.counts.total(), 'finding')} written", err=True)
        return
    failure = _failure(found, threshold or config.fail_on, min_coverage)
    if failure or not quiet:
        _deliver(found, [(notation, output), *reports], threshold or config.fail_on)
    elif reports:
        _deliver(found, reports, threshold or config.fail_on)
    if failure:
        raise FindingsError(failure)


def _listed(paths: tuple[str, ...], config: Config) -> list[tuple[str, Config]]:
    """What to judge, each with how to read it: as the command line names it, else what the configuration builds.

    Raises:
        UsageError: Nothing is named, or a pattern matches nothing.
    """
    if paths or config.target:
        return [(path, config) for path in _expanded(paths or (config.target,))]
    if config.apis:
        from apispec.cli.several import members

        return [(member.target, member.config) for member in members(config)]
    raise UsageError("what should be judged?", hint="give a document, for example openapi.json")


def _source(path: str, config: Config, allow_remote: bool) -> str | Document:
    """What to judge: a document, standard input, or the document of an app."""
    from apispec.documents import load, overlaid

    if path == "-":
        document = load("<stdin>", text=sys.stdin.buffer.read(), allow_remote=allow_remote)
        return overlaid(document, config.overlays, allow_remote=allow_remote)
    if is_document(path) or path.startswith(("http://", "https://")) or _is_plain_file(path):
        return kept(overlaid(load(path, allow_remote=allow_remote), config.overlays, allow_remote=allow_remote))
    from apispec.cli.judged import app_document

    return app_document(path, config)


def _is_plain_file(path: str) -> bool:
    return Path(path).is_file() and Path(path).suffix not in (".py", ".pyi")


def _expanded(paths: tuple[str, ...]) -> list[str]:
    """Paths with patterns replaced by the files they match, for shells that do not do it; each file once.

    Raises:
        UsageError: A pattern matches nothing.
    """
    files: list[str] = []
    for path in paths:
        if path != "-" and any(mark in path for mark in "*?[") and not Path(path).exists():
            matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 (absolute patterns)
            if not matches:
                raise UsageError(f"no file matches {path!r}")
            files += matches
        else:
            files.append(path)
    once: dict[str, str] = {}
    for path in files:
        once.setdefault(str(Path(path).resolve()) if path != "-" and Path(path).is_file() else path, path)
    return list(once.values())


def _baseline(path: str) -> Baseline:
    from apispec.validation import Baseline

    try:
        return Baseline.read(agreed(path), path)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ConfigError(
            f"the baseline cannot be read: {reason}", where=path, hint="write it with --update-baseline"
        ) from None


def _failure(found: Validation, threshold: str, min_coverage: float | None) -> str:
    """Why the run fails; empty where it does not."""
    from apispec.findings import Severity

    if threshold != "never":
        bad = sum(finding.severity.at_least(Severity(threshold)) for finding in found.findings)
        if bad:
            worse = "" if threshold == "error" else " or worse"
            return f"{counted(bad, 'finding')} at level {threshold}{worse}"
    if min_coverage is not None and found.coverage.percent < min_coverage:
        return f"{found.coverage.percent:.1f} % is described, {min_coverage:g} % is wanted"
    return ""


def _deliver(found: Validation, reports: Sequence[tuple[str, str | None]], threshold: str) -> None:
    from apispec.findings import Severity
    from apispec.reports import render

    report = replace(found.report(), failing=None if threshold == "never" else Severity(threshold))
    for notation, file in reports:
        write(render(report, notation), file)


def _import(file: str) -> None:
    from apispec.rules import as_toml, imported

    click.echo(as_toml(imported(file)), nl=False)
