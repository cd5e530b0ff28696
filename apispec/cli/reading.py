"""From a command's TARGET and configuration to the Api, and its findings to the terminal."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from apispec import machine
from apispec.config import Config
from apispec.errors import FindingsError, UsageError
from apispec.findings import Finding, Location, Severity, sort_key
from apispec.reports import one_line

if TYPE_CHECKING:
    from apispec.introspection import Options
    from apispec.model import Api, Introspection

_MOST_SHOWN = 20
_ALWAYS = frozenset({"environment-used"})
"""Rules that are told whatever their severity: what a user wants to know of a run."""
NOTHING = "no-endpoints"
"""The rule that no level lets pass: an empty document is never a success."""
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
    from apispec.introspection import introspect, overlay

    source = None
    if not target.partition(":")[0].endswith(".py"):  # looking for installed sources takes a while
        from apispec.sources import SourceOptions, find_source

        source = find_source(target)
    if source is not None:
        options = SourceOptions(
            allow_remote=config.allow_remote,
            overlays=config.overlays,
            hide_internal=config.hide_internal,
            strict=config.strict,
        )
        found = source.read(target, options)
    else:
        found = changed(introspect(target, reading_options(config)), config)
    found = replace(found, api=overlay(found.api, config))
    return replace(found, findings=(*_emptiness(found, target), *_assumed(found.api), *_unlimited(found.api, config)))


def _emptiness(found: Introspection, target: str) -> Iterator[Finding]:
    """The findings, where there is nothing to describe with an error that says so, whatever was read.

    Webhooks are something; so are a document's schemas, for those who share nothing else.
    """
    api = found.api
    empty = not api.public_endpoints and not api.webhooks and not (api.source == "openapi" and api.schemas)
    for finding in found.findings:
        yield replace(finding, severity=Severity.ERROR) if finding.rule == NOTHING and empty else finding
    if empty and all(finding.rule != NOTHING for finding in found.findings):
        message = f"{target} describes no endpoint at all"
        hint = "is it the right file, or the right module:attribute? apispec inspect shows what was found"
        place = Location(pointer="/paths") if api.source == "openapi" else Location()
        yield Finding(NOTHING, Severity.ERROR, message, place, hint, f"source {target}")


def changed(found: Introspection, config: Config) -> Introspection:
    """What was read of an app or of functions, after the overlays of the configuration."""
    if not config.overlays:
        return found
    from apispec.rendering import overlaid

    return overlaid(found, config.overlays, allow_remote=config.allow_remote)


def _assumed(api: Api) -> Iterator[Finding]:
    """What is said of a document that leaves open on which host its API is."""
    from apispec.requests import base_url, is_relative, server_url

    if api.source != "openapi" or (api.servers and not is_relative(server_url(api.servers[0]))):
        return
    said = f"The server {api.servers[0].url} is relative" if api.servers else "The document names no server"
    message = f"{said}; snippets assume {base_url(api)}."
    hint = "--server https://... says where the API is; a host alone keeps the path of a relative server."
    yield Finding("assumed-server", Severity.INFO, message, Location(pointer="/servers"), hint)


def _unlimited(api: Api, config: Config) -> Iterator[Finding]:
    """What a target could take as much of as it likes while it was imported, since the system has no limits for it."""
    lacking = machine.unlimited() if api.source != "openapi" and not config.static else ()
    if lacking:
        yield Finding("not-limited", Severity.INFO, f"This system does not limit {', '.join(lacking)} of the target.")


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
        allow_secrets=config.allow_secrets,
        protocol="gradio" if config.protocol == "gradio" else "http",
    )


def is_document(target: str) -> bool:
    """Whether a target names an OpenAPI document, by its suffix."""
    return target.lower().endswith(DOCUMENT_SUFFIXES) and not Path(target).is_dir()


def tell(findings: Iterable[Finding], *, quiet: bool, verbose: bool) -> None:
    """Print findings to stderr, in the order of their places, each rule's hint once.

    Args:
        findings: All of them.
        quiet: Errors alone.
        verbose: All of them, each with its hint; else errors and warnings, and of very many the worst.
    """
    wanted = {Severity.ERROR} if quiet else set(Severity) if verbose else {Severity.ERROR, Severity.WARNING}
    told = _ALWAYS if not quiet else frozenset()
    chosen = sorted(
        (f for f in findings if f.severity in wanted or f.rule in told), key=lambda f: (f.severity.rank, sort_key(f))
    )
    shown = sorted(chosen if verbose else chosen[:_MOST_SHOWN], key=sort_key)
    advised: set[str] = set()
    for finding in shown:
        place = f"{one_line(str(finding.location))}: " if str(finding.location) else ""
        color = {"error": "red", "warning": "yellow"}.get(finding.severity.value)
        kind = click.style(finding.severity.value, fg=color)
        click.echo(f"{place}{kind}: {one_line(finding.message)} [{finding.rule}]", err=True)
        if finding.hint and (verbose or finding.rule not in advised):
            click.echo(f"    hint: {one_line(finding.hint)}", err=True)
        advised.add(finding.rule)
    if len(chosen) > len(shown):
        click.echo(f"… and {len(chosen) - len(shown)} more; --verbose shows them all", err=True)


def judge(findings: Iterable[Finding], config: Config) -> None:
    """End with 1 where a finding is as bad as `fail-on` says (`strict`: a warning is enough).

    Raises:
        FindingsError: One is.
    """
    level = "warning" if config.strict and config.fail_on != "info" else config.fail_on
    if level == "never":
        bad = [f for f in findings if f.rule == NOTHING and f.severity is Severity.ERROR]
        if bad:
            raise FindingsError("there is nothing to describe", hint="an empty document is never written")
        return
    bad = [f for f in findings if f.severity.at_least(Severity(level))]
    if bad:
        count = "1 finding is" if len(bad) == 1 else f"{len(bad)} findings are"
        raise FindingsError(f"{count} {level} or worse", hint="" if config.strict else "--fail-on says what may pass")


def counted(number: int, what: str) -> str:
    """`1 endpoint`, `3 endpoints`, `2 addresses`."""
    return f"{number} {what}" if number == 1 else f"{number} {what}{'es' if what.endswith('s') else 's'}"


def summary(findings: Iterable[Finding]) -> str:
    """Findings by severity: `2 warnings, 1 info`; `no findings`."""
    by = dict.fromkeys(Severity, 0)
    for finding in findings:
        by[finding.severity] += 1
    parts = [f"{n} {s.value}" if s is Severity.INFO else counted(n, s.value) for s, n in by.items() if n]
    return ", ".join(parts) or "no findings"
