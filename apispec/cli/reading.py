"""From a command's TARGET and configuration to the Api, and its findings to the terminal."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from apispec.config import Config
from apispec.errors import FindingsError, UsageError
from apispec.findings import Finding, Severity, sort_key
from apispec.model import Introspection

if TYPE_CHECKING:
    from apispec.introspection import Options

DOCUMENT_SUFFIXES = (".json", ".yaml", ".yml")


def read(target: str | None, config: Config) -> Introspection:
    """Read the target, with what the configuration says on top.

    Raises:
        UsageError: No target is given.
        ApispecError: The target cannot be read.
    """
    target = target or config.target
    if not target:
        raise UsageError(
            "what should be read?",
            hint='give a target (apispec build app.py), or put target = "app.py" into apispec.toml',
        )
    # Pydantic looks for plugins among all installed packages; they change no schema. The child inherits this.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from apispec.introspection import introspect
    from apispec.overlay import overlay

    source = None
    if not target.partition(":")[0].endswith(".py"):  # looking for installed sources takes a while
        from apispec.sources import SourceOptions, find_source

        source = find_source(target)
    if source is not None:
        found = source.read(target, SourceOptions(allow_remote=config.allow_remote))
    else:
        found = introspect(target, reading_options(config))
    return replace(found, api=overlay(found.api, config))


def reading_options(config: Config) -> Options:
    """The configuration as introspection takes it."""
    from apispec.introspection import Options

    return Options(
        timeout_s=config.timeout,
        memory_mib=config.memory,
        static=config.static,
        strict=config.strict,
        mock_imports=config.mock_imports,
        python=config.python,
        search_path=config.search_path,
        protocol="gradio" if config.protocol == "gradio" else "http",
    )


def is_document(target: str) -> bool:
    """Whether a target names an OpenAPI document, by its suffix."""
    return target.lower().endswith(DOCUMENT_SUFFIXES) and not Path(target).is_dir()


def tell(findings: Iterable[Finding], *, quiet: bool, verbose: bool) -> None:
    """Print findings to stderr: errors and warnings, the others where `verbose`, in the order of their places."""
    shown = [f for f in sorted(findings, key=sort_key) if verbose or f.severity is not Severity.INFO]
    if quiet:
        shown = [f for f in shown if f.severity is Severity.ERROR]
    limit = len(shown) if verbose else 20
    for finding in shown[:limit]:
        place = f"{finding.location}: " if str(finding.location) else ""
        color = {"error": "red", "warning": "yellow"}.get(finding.severity.value)
        kind = click.style(finding.severity.value, fg=color)
        click.echo(f"{place}{kind}: {finding.message} [{finding.rule}]", err=True)
        if finding.hint and (verbose or finding.severity is Severity.ERROR):
            click.echo(f"    hint: {finding.hint}", err=True)
    if len(shown) > limit:
        click.echo(f"… and {len(shown) - limit} more; --verbose shows them all", err=True)


def judge(findings: Iterable[Finding], config: Config) -> None:
    """End with 1 where a finding is as bad as `fail-on` says (`strict`: a warning is enough).

    Raises:
        FindingsError: One is.
    """
    level = config.fail_on
    if level == "never" and config.strict:
        level = "warning"
    if level == "never":
        return
    bad = [f for f in findings if f.severity.at_least(Severity(level))]
    if bad:
        raise FindingsError(f"{len(bad)} {'finding is' if len(bad) == 1 else 'findings are'} {level} or worse")


def counted(number: int, what: str) -> str:
    """`1 endpoint`, `3 endpoints`."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def summary(findings: Iterable[Finding]) -> str:
    """Findings by severity: `2 warnings, 1 info`; `no findings`."""
    by = dict.fromkeys(Severity, 0)
    for finding in findings:
        by[finding.severity] += 1
    parts = [f"{n} {s.value}" if s is Severity.INFO else counted(n, s.value) for s, n in by.items() if n]
    return ", ".join(parts) or "no findings"
