"""`apispec diff`: what changed between two versions of an API, and whom it breaks."""

from __future__ import annotations

import dataclasses
import sys
from contextlib import ExitStack, chdir
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from apispec.cli.judged import app_document, without_collector
from apispec.cli.options import SectionedCommand, configured
from apispec.cli.reading import counted
from apispec.cli.reported import further, report_options, write
from apispec.config import Config
from apispec.errors import ConfigError, FindingsError, UsageError

if TYPE_CHECKING:
    from apispec.changes import Outcome, Waiver
    from apispec.documents import Document


@click.command("diff", cls=SectionedCommand)
@click.argument("sides", nargs=-1, metavar="[BASE] REVISION")
@click.option(
    "--base", "base_revision", metavar="GIT-REVISION", help="Compare REVISION with itself in this git revision."
)
@report_options
@click.option(
    "--fail-on",
    "threshold",
    type=click.Choice(["breaking", "risky", "never"]),
    default="breaking",
    show_default=True,
    help="Exit with 1 where a change is at least so bad.",
)
@click.option("--waivers", metavar="FILE", help="Changes that were agreed on (TOML: kind, subject, reason, expires).")
@click.option("--require-bump", is_flag=True, help="Exit with 1 where info.version does not say what changed.")
@click.option("--changelog", metavar="FILE", help="Write a changelog page (Markdown) for the site.")
@click.option("--all/--no-all", "everything", default=None, help="Show safe changes, too; text leaves them out.")
@click.option(
    "--allow-remote/--no-allow-remote", "remote", default=None, help="Fetch what a document refers to by URL."
)
@click.option("--list-kinds", is_flag=True, help="Print every kind of change with its level, and stop.")
@configured("rules", keys=["overlays"])
def command(
    sides: tuple[str, ...],
    base_revision: str | None,
    notation: str,
    output: str | None,
    more: tuple[str, ...],
    threshold: str,
    waivers: str | None,
    require_bump: bool,
    changelog: str | None,
    everything: bool | None,
    remote: bool | None,
    list_kinds: bool,
    config: Config,
) -> None:
    """Find what breaks callers between two versions.

    BASE and REVISION are documents (also - for standard input), git revisions of one (origin/main:openapi.json), or
    apps. With --base, REVISION alone: `apispec diff --base origin/main app.py` makes both documents in clean folders.
    """
    from apispec.changes import diff

    if list_kinds:
        _list()
        return
    allow_remote = config.allow_remote if remote is None else remote
    reports = further(more)
    agreed = _waivers(waivers) if waivers else []
    with without_collector():
        base, revision = _both(sides, base_revision, config, allow_remote)
        outcome = diff(base, revision, waivers=agreed, require_bump=require_bump)
    for name, file in [(notation, output), *reports]:
        write(_rendered(outcome, name, everything if everything is not None else name != "text"), file)
    if changelog:
        from apispec.changes import changelog_page

        write(changelog_page(outcome.changes, base=base.file, revision=revision.file), changelog)
    failure = _failure(outcome, threshold)
    if failure:
        raise FindingsError(failure)


def changelog_from(base: str, document: dict[str, Any], target: str, config: Config) -> str:
    """The changelog page of a site, as Markdown, for `apispec build --changelog-from BASE`.

    Args:
        base: A document, a git revision of one (`v1:openapi.json`), or a git revision (`v1`) of the target itself.
        document: The OpenAPI document of now.
        target: What is built.
        config: How to read an app.

    Raises:
        ApispecError: The base cannot be read.
    """
    from apispec.changes import changelog_page, diff, is_document, revision_of
    from apispec.documents import from_data

    if is_document(base) or revision_of(base) is not None or Path(base).exists():
        before = _side(base, config, config.allow_remote)
    else:
        before = _at_revision(target, base, config, config.allow_remote)
    outcome = diff(before, from_data(document, target))
    return changelog_page(outcome.changes, base=before.file, revision=target)


def _both(
    sides: tuple[str, ...], base_revision: str | None, config: Config, allow_remote: bool
) -> tuple[Document, Document]:
    if base_revision is None:
        if len(sides) != 2:
            raise UsageError("two sides are compared", hint="apispec diff BASE REVISION, or --base GIT-REVISION FILE")
        if sides[0] == sides[1] == "-":
            raise UsageError("standard input can be one side only")
        return _side(sides[0], config, allow_remote), _side(sides[1], config, allow_remote)
    chosen = sides or ((config.target,) if config.target else ())
    if len(chosen) != 1:
        raise UsageError("with --base, one file or app is compared with itself", hint="apispec diff --base main app.py")
    from apispec.changes import is_document

    now = _side(chosen[0], config, allow_remote) if is_document(chosen[0]) else _app_at(chosen[0], "", config)
    return _at_revision(chosen[0], base_revision, config, allow_remote), now


def _at_revision(target: str, revision: str, config: Config, allow_remote: bool) -> Document:
    """What a git revision has of a document or app; an API without operations where it has not got the file."""
    from apispec.changes import is_document, is_new, read_revision
    from apispec.documents import from_data, overlaid

    file = target if is_document(target) else target.partition(":")[0]
    if is_new(revision, file):
        click.echo(f"{revision} has no {file}: everything is new", err=True)
        return from_data({"openapi": "3.1.0", "info": {"title": "", "version": "0"}, "paths": {}}, f"{revision}:{file}")
    if is_document(target):
        document = read_revision(revision, target, allow_remote=allow_remote)
        return overlaid(document, config.overlays, allow_remote=allow_remote)
    return _app_at(target, revision, config)


def _side(name: str, config: Config, allow_remote: bool) -> Document:
    from apispec.changes import is_document, read_revision, revision_of
    from apispec.documents import load, overlaid

    def changed(document: Document) -> Document:
        return overlaid(document, config.overlays, allow_remote=allow_remote)

    if name == "-":
        return changed(load("<stdin>", text=sys.stdin.buffer.read(), allow_remote=allow_remote))
    revision = revision_of(name)
    if revision is not None:
        if revision[1].endswith(".py"):
            return _app_at(revision[1], revision[0], config)
        return changed(read_revision(*revision, allow_remote=allow_remote))
    if is_document(name):
        return changed(load(name, allow_remote=allow_remote))
    return _app(name, name, config)


def _app_at(target: str, revision: str, config: Config) -> Document:
    """An app's document, made in a clean folder with the files of a revision (or of now)."""
    from apispec.changes import checked_out

    overlays = tuple(name if "://" in name else str(Path(name).absolute()) for name in config.overlays)
    config = dataclasses.replace(config, overlays=overlays)
    with ExitStack() as stack:
        stack.enter_context(chdir(stack.enter_context(checked_out(revision))))
        return _app(target, f"{revision}:{target}" if revision else target, config)


def _app(target: str, name: str, config: Config) -> Document:
    return app_document(target, config, name)


def _waivers(path: str) -> list[Waiver]:
    from apispec.changes import read_waivers

    try:
        return read_waivers(Path(path).read_text(encoding="utf-8"), path)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ConfigError(f"the waivers cannot be read: {reason}", where=path) from None


def _rendered(outcome: Outcome, notation: str, everything: bool) -> str:
    from dataclasses import replace

    from apispec.changes import changelog_comment
    from apispec.findings import Severity
    from apispec.reports import render

    if notation == "markdown":
        notes = [*(finding.message for finding in outcome.problems), *outcome.notes()]
        return changelog_comment(outcome.changes, base=outcome.base.file, revision=outcome.revision.file, notes=notes)
    report = outcome.report()
    if not everything:
        shown = [finding for finding in report.findings if finding.severity is not Severity.INFO]
        hidden = len(report.findings) - len(shown)
        notes = [*report.notes, *([f"{counted(hidden, 'safe change')} not shown; --all shows them."] if hidden else [])]
        report = replace(report, findings=shown, notes=notes)
    return render(report, notation)


def _failure(outcome: Outcome, threshold: str) -> str:
    from apispec.changes import Level

    wanted = {"breaking": (Level.BREAKING,), "risky": (Level.BREAKING, Level.RISKY), "never": ()}[threshold]
    bad = [change for change in outcome.changes if change.level in wanted]
    if bad:
        verb = "is" if len(bad) == 1 else "are"
        return f"{counted(len(bad), 'change')} {verb} {'breaking' if threshold == 'breaking' else 'risky or breaking'}"
    if any(finding.rule == "version-not-bumped" for finding in outcome.problems):
        return "info.version does not say what changed"
    return ""


def _list() -> None:
    from apispec.changes import kinds

    for kind in kinds().values():
        click.echo(f"{kind.id:44} {kind.level.value:9} {kind.title}")
