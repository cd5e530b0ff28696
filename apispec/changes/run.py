"""One run of `diff`: two documents, waivers and version in, findings with places out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from apispec.changes import bump
from apispec.changes.bump import Bump
from apispec.changes.change import Change
from apispec.changes.comparing import compare
from apispec.changes.kind import Level, kinds
from apispec.changes.lifecycle import Promises
from apispec.changes.policy import Policy
from apispec.changes.readable import readable
from apispec.changes.waivers import Waiver, apply
from apispec.documents import Document, escape
from apispec.errors import DocumentError
from apispec.findings import Finding, Location, Severity
from apispec.reports import Report, RuleInfo
from apispec.schemas import BUDGET, SpentError


@dataclass(frozen=True)
class Outcome:
    """What a run found."""

    base: Document
    revision: Document
    changes: tuple[Change, ...]
    """Changes that count, worst first."""
    waived: tuple[Change, ...]
    """Changes that were agreed on."""
    problems: tuple[Finding, ...]
    """What is wrong besides: expired waivers, a version that was not moved."""
    bump: Bump
    suggestion: str
    """The next version; empty where the base has none that is understood."""
    remarks: tuple[str, ...] = ()
    """What a reader should know about the sides."""

    def report(self) -> Report:
        """As `apispec.reports` takes it; places are those of the revision."""
        infos = {kind.id: RuleInfo(kind.title, kind.why) for kind in kinds().values()}
        words = {level.severity: level.value for level in Level}
        notes = [*self.notes()]
        facts = {
            "breaking": sum(change.level is Level.BREAKING for change in self.changes),
            "waived": len(self.waived),
            "bump": self.bump.name.lower(),
            "suggested": self.suggestion,
            **({"remarks": list(self.remarks)} if self.remarks else {}),
        }
        findings = [self._finding(change) for change in self.changes]
        return Report(
            [*findings, *self.problems],
            "apispec diff",
            infos,
            [self.revision.file],
            notes,
            words,
            facts,
            "nothing that breaks callers",
        )

    def notes(self) -> list[str]:
        """Lines for the end of a report."""
        notes = [*self.remarks]
        if self.suggestion and self.bump is not Bump.NONE:
            old = _info(self.base, "version")
            notes.append(f"Next version by semantic versioning: {self.suggestion} (after {old}).")
        if self.waived:
            notes.append(f"{len(self.waived)} waived.")
        return notes

    def _finding(self, change: Change) -> Finding:
        gone = change.kind.endswith("-removed") or change.kind.endswith("property-widened")
        place = _located(self.revision, change.new, change)
        before = _located(self.base, change.old, change)
        subjects = ", ".join(change.subjects[:3]) + (
            f" and {len(change.subjects) - 3} more" if len(change.subjects) > 3 else ""
        )
        head = ": ".join(part for part in (subjects, change.where.replace("`", "")) if part)
        message = (
            f"{head}: {change.message}" if head and not change.message.startswith(subjects or "\0") else change.message
        )
        lines = [str(impact) for impact in change.breaks]
        shows = {"witness": change.witness} if change.witness else {}
        if change.witness and change.level is not Level.SAFE:
            said = "was accepted" if change.kind.startswith("request-") else "may be answered now"
            lines.insert(0, f"`{change.witness}` {said}.")
        lines.append(f"{'It was' if gone else 'Before'}: {_short(before)}")
        return Finding(
            change.kind,
            change.level.severity,
            message,
            place,
            "\n".join(lines),
            subjects or change.where,
            related=before,
            facts={
                **shows,
                "breaks": [{"who": impact.who, "how": impact.how} for impact in change.breaks],
            },
        )


def _located(document: Document, pointer: str, change: Change) -> Location:
    """Where something stands; in an app, which has no lines for all of its document, the function it belongs to."""
    place = document.locate(pointer)
    for subject in change.subjects if not place.line else ():
        method, _, path = subject.partition(" ")
        home = document.locate(f"/paths/{escape(path)}/{method.lower()}")
        if home.line:
            return replace(home, pointer=place.pointer)
    return place


def _short(place: Location) -> str:
    return (
        f"{place.file}:{place.line}" if place.line else f"{place.file}#{place.pointer}" if place.file else place.pointer
    )


def diff(
    base: Document,
    revision: Document,
    *,
    waivers: Sequence[Waiver] = (),
    require_bump: bool = False,
    levels: Mapping[str, str] | None = None,
    remarks: Sequence[str] = (),
    promises: Promises | None = None,
    today: date | None = None,
) -> Outcome:
    """Compare two documents.

    Args:
        base: What callers know.
        revision: What is to replace it.
        waivers: Changes that were agreed on.
        require_bump: Whether a version that has not moved far enough is an error.
        levels: Levels by kind of change (or pattern of kinds), where they are not the usual ones.
        remarks: What a reader should know about the sides.
        promises: What may break, and how long deprecated operations stay.
        today: For sunset dates and waivers; the real today by default.

    Raises:
        ConfigError: A level is none, or a name is no kind of change.
        DocumentError: A side cannot be read in full, or is no OpenAPI document.
    """
    today = today or date.today()
    sides = (readable(base), readable(revision))
    cut: list[str] = []
    try:
        found = compare(*sides, today=today, policy=Policy.of(levels or {}), promises=promises, cut=cut)
    except SpentError as error:
        document = base if error.holder is sides[0] else revision
        place = document.locate(error.pointer)
        raise DocumentError(
            f"comparing the schemas takes more than {BUDGET.compared:,} steps, here at the latest",
            where=f"{place.file}:{place.line}" if place.line else f"{place.file}#{error.pointer}",
            hint="schemas that lead to each other by anyOf, oneOf or allOf have more alternatives than can be compared",
        ) from None
    if cut:
        deep = _short(revision.locate(cut[0]))
        remarks = [*remarks, f"Schemas that lie deeper than 150 in others count as equal, the first at {deep}."]
    counted, waived, problems = apply(found, waivers, today)
    need = bump.needed(found, same=base.data == revision.data)
    old, new = _info(base, "version"), _info(revision, "version")
    suggestion = bump.suggested(old, need)
    if require_bump and need is not Bump.NONE and bump.is_enough(old, new, need) is not True:
        least = suggestion or "a higher one"
        text = f"The version {new!r} does not say what changed: {least} or later is needed after {old!r}."
        hint = "" if suggestion else "Versions look like 1.2.3."
        problems.append(Finding("version-not-bumped", Severity.ERROR, text, revision.locate("/info/version"), hint))
    return Outcome(base, revision, tuple(counted), tuple(waived), tuple(problems), need, suggestion, tuple(remarks))


def _info(document: Document, key: str) -> object:
    info = document.data.get("info")
    return info.get(key) if isinstance(info, dict) else None
