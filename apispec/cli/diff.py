"""`apispec diff`: what changed between two versions of an API, and whom it breaks."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack, chdir
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from apispec.cli.collector import kept, without_collector
from apispec.cli.options import SectionedCommand, configured
from apispec.cli.reading import counted
from apispec.cli.reported import agreed, further, report_options, write
from apispec.cli.ruling import change_levels
from apispec.config import Config
from apispec.errors import ConfigError, FindingsError, UsageError
from apispec.reports import clean

if TYPE_CHECKING:
    from apispec.changes import Outcome, Waiver
    from apispec.documents import Document
    from apispec.reports import Report


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
@click.option("--require-base", is_flag=True, help="Exit with 1 where the base has nothing to compare with.")
@click.option(
    "--base-tip", "tip", is_flag=True, help="Compare with the git revision as it is, not where this branch left it."
)
@click.option("--changelog", metavar="FILE", help="Write a changelog page (Markdown) for the site.")
@click.option("--all/--no-all", "everything", default=None, help="Show safe changes, too; text leaves them out.")
@click.option(
    "--allow-remote/--no-allow-remote", "remote", default=None, help="Fetch what a document refers to by URL."
)
@click.option("--list-kinds", is_flag=True, help="Print every kind of change with its level, and stop.")
@configured("rules", "changes", keys=("static", "untrusted", "overlays", "assertions"))
def command(
    sides: tuple[str, ...],
    base_revision: str | None,
    notation: str,
    output: str | None,
    more: tuple[str, ...],
    threshold: str,
    waivers: str | None,
    require_bump: bool,
    require_base: bool,
    tip: bool,
    changelog: str | None,
    everything: bool | None,
    remote: bool | None,
    list_kinds: bool,
    config: Config,
) -> None:
    """Find what breaks callers between two versions.

    BASE and REVISION are documents (also - for standard input), git revisions of one (origin/main:openapi.json), or
    apps. With --base, REVISION alone: `apispec diff --base origin/main app.py` makes both documents in clean folders.
    A revision that is compared with files of now is taken where this branch left it, and a renamed file is found.
    """
    from apispec.changes import Promises, diff

    if list_kinds:
        _list()
        return
    allow_remote = config.allow_remote if remote is None else remote
    reports = further(more)
    agreed = _waivers(waivers) if waivers else []
    outcomes: list[Outcome] = []
    notes: list[str] = []
    missing = ""
    pairs = _pairs(sides, base_revision, config)
    if changelog and len(pairs) > 1:
        raise UsageError("a changelog is about one API", hint="name its target: apispec diff --base main shop.py")
    with without_collector():
        for own, named in pairs:
            reader = SidesReader(own, allow_remote, tip)
            base, revision = reader.both(named, base_revision)
            outcomes.append(
                diff(
                    base,
                    revision,
                    waivers=agreed,
                    require_bump=require_bump and not reader.missing,
                    levels=change_levels(config),
                    remarks=reader.notes,
                    promises=Promises.of(config.may_break, config.deprecation_days, config.deprecation_days_beta),
                )
            )
            notes += reader.notes
            missing = missing or reader.missing
    for note in notes if output or notation not in ("text", "markdown") else ():
        click.echo(clean(note), err=True)
    for name, file in [(notation, output), *reports]:
        write(_rendered(outcomes, name, everything if everything is not None else name != "text", threshold), file)
    if changelog:
        from apispec.changes import changelog_page

        write(changelog_page(outcomes[0].changes, base=base.file, revision=revision.file), changelog)
    failure = missing if require_base else ""
    failure = failure or _failure(outcomes, threshold)
    if failure:
        raise FindingsError(failure)


def _pairs(sides: tuple[str, ...], base_revision: str | None, config: Config) -> list[tuple[Config, tuple[str, ...]]]:
    """What to compare, each with how to read it: the two sides, or every API of the configuration with itself."""
    if sides or base_revision is None or config.target or not config.apis:
        return [(config, sides)]
    from apispec.cli.several import members

    return [(member.config, (member.target,)) for member in members(config)]


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

    sides = SidesReader(config, config.allow_remote, tip=True)
    if is_document(base) or revision_of(base) is not None or Path(base).exists():
        before = sides.side(base)
    else:
        before = sides.at(target, base, of_now=True)
    outcome = diff(before, from_data(document, target))
    return changelog_page(outcome.changes, base=before.file, revision=target)


@dataclass
class SidesReader:
    """Reads the two sides; remembers what a reader should know about them."""

    config: Config
    allow_remote: bool
    tip: bool = False
    notes: list[str] = field(default_factory=list)
    missing: str = ""
    """What the base has not got; empty where there is something to compare with."""

    def both(self, sides: tuple[str, ...], base_revision: str | None) -> tuple[Document, Document]:
        """Base and revision, as the command line names them."""
        if base_revision is None:
            if len(sides) != 2:
                hint = "apispec diff BASE REVISION, or --base GIT-REVISION FILE"
                raise UsageError("two sides are compared", hint=hint)
            if sides[0] == sides[1] == "-":
                raise UsageError("standard input can be one side only")
            return self.side(sides[0], against=sides[1]), self.side(sides[1])
        chosen = sides or ((self.config.target,) if self.config.target else ())
        if len(chosen) != 1:
            hint = "apispec diff --base main app.py"
            raise UsageError("with --base, one file or app is compared with itself", hint=hint)
        if chosen[0] == "-":
            raise UsageError("standard input is in no revision", hint=f"apispec diff {base_revision}:openapi.yaml -")
        from apispec.changes import is_document

        now = self.side(chosen[0]) if is_document(chosen[0]) else _app_at(chosen[0], "", chosen[0], self.config)
        return self.at(chosen[0], base_revision, of_now=True), now

    def at(self, target: str, revision: str, *, of_now: bool) -> Document:
        """What a git revision has of a document or app; an API without operations where it has nothing of the kind."""
        from apispec.changes import edition, is_document, read_edition
        from apispec.documents import from_data

        file, colon, inner = (target, "", "") if is_document(target) else target.partition(":")
        found = edition(revision, file, of_now=of_now, tip=self.tip)
        self.notes += [found.note] if found.note else []
        if not found.path and of_now and Path(file).exists():
            self.missing = f"{revision} has no {file}, by no other name either"
            self.notes.append(f"{self.missing}: everything is new, and nothing was compared.")
            return from_data({"openapi": "3.1.0", "info": {"title": "", "version": ""}, "paths": {}}, found.name)
        if is_document(target):
            found = found if found.path else replace(found, path=file)
            return self._changed(read_edition(found, allow_remote=self.allow_remote))
        name = (found.path or file) + colon + inner
        return _app_at(name, found.commit, f"{revision}:{name}", self.config)

    def side(self, name: str, against: str = "") -> Document:
        """A side by its name: a file, standard input, an address, an app, or a git revision of one.

        Args:
            name: As on the command line.
            against: The other side; a revision is taken where the two parted if that one is a file of now.
        """
        from apispec.changes import is_document, revision_of
        from apispec.documents import load

        if name == "-":
            return self._changed(load("<stdin>", text=sys.stdin.buffer.read(), allow_remote=self.allow_remote))
        revision = revision_of(name)
        if revision is not None:
            of_now = bool(against) and revision_of(against) is None and Path(against.partition(":")[0]).exists()
            return self.at(revision[1], revision[0], of_now=of_now)
        if is_document(name):
            return kept(self._changed(load(name, allow_remote=self.allow_remote)))
        from apispec.cli.judged import app_document

        return app_document(name, self.config, name)

    def _changed(self, document: Document) -> Document:
        from apispec.documents import overlaid

        return overlaid(document, self.config.overlays, allow_remote=self.allow_remote)


def _app_at(target: str, commit: str, name: str, config: Config) -> Document:
    """An app's document, made in a clean folder with the files of a commit (or of now)."""
    from apispec.changes import checked_out
    from apispec.cli.judged import app_document

    overlays = tuple(name if "://" in name else str(Path(name).absolute()) for name in config.overlays)
    config = replace(config, overlays=overlays)
    with ExitStack() as stack:
        stack.enter_context(chdir(stack.enter_context(checked_out(commit))))
        return app_document(target, config, name)


def _waivers(path: str) -> list[Waiver]:
    from apispec.changes import read_waivers

    try:
        return read_waivers(agreed(path), path)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ConfigError(f"the waivers cannot be read: {reason}", where=path) from None


def _rendered(outcomes: Sequence[Outcome], notation: str, everything: bool, threshold: str) -> str:
    from apispec.findings import Severity
    from apispec.reports import render

    if notation == "markdown":
        return "\n".join(map(_comment, outcomes))
    levels = {"breaking": Severity.ERROR, "risky": Severity.WARNING}
    report = replace(_joined([outcome.report() for outcome in outcomes]), failing=levels.get(threshold))
    if not everything:
        shown = [finding for finding in report.findings if finding.severity is not Severity.INFO]
        hidden = len(report.findings) - len(shown)
        notes = [*report.notes, *([f"{counted(hidden, 'safe change')} not shown; --all shows them."] if hidden else [])]
        report = replace(report, findings=shown, notes=notes)
    return render(report, notation)


def _comment(outcome: Outcome) -> str:
    from apispec.changes import changelog_comment

    notes = [*(finding.message for finding in outcome.problems), *outcome.notes()]
    return changelog_comment(outcome.changes, base=outcome.base.file, revision=outcome.revision.file, notes=notes)


def _joined(reports: Sequence[Report]) -> Report:
    """The reports of several APIs as one, the worst first; what is said of one names its file."""
    if len(reports) == 1:
        return reports[0]
    findings = sorted((one for report in reports for one in report.findings), key=lambda one: one.severity.rank)
    return replace(
        reports[0],
        findings=findings,
        rules={name: info for report in reports for name, info in report.rules.items()},
        files=[file for report in reports for file in report.files],
        notes=[f"{report.files[0]}: {note}" for report in reports for note in report.notes],
        facts={
            "breaking": sum(int(str(report.facts["breaking"])) for report in reports),
            "apis": {report.files[0]: report.facts for report in reports},
        },
    )


def _failure(outcomes: Sequence[Outcome], threshold: str) -> str:
    from apispec.changes import Level

    wanted = {"breaking": (Level.BREAKING,), "risky": (Level.BREAKING, Level.RISKY), "never": ()}[threshold]
    bad = [change for outcome in outcomes for change in outcome.changes if change.level in wanted]
    if bad:
        verb = "is" if len(bad) == 1 else "are"
        return f"{counted(len(bad), 'change')} {verb} {'breaking' if threshold == 'breaking' else 'risky or breaking'}"
    for outcome in outcomes:
        if any(finding.rule == "version-not-bumped" for finding in outcome.problems):
            where = f"{outcome.revision.file}: " if len(outcomes) > 1 else ""
            return f"{where}info.version does not say what changed"
    return ""


def _list() -> None:
    from apispec.changes import kinds

    for kind in kinds().values():
        click.echo(f"{kind.id:44} {kind.level.value:9} {kind.title}")
