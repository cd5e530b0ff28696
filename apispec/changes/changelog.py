"""Changes as Markdown: a comment for a pull request, and a page for the site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from apispec.changes.change import Change
from apispec.changes.impact import WORDS
from apispec.changes.kind import Level
from apispec.reports import code, escape, fitted

_SHOWN = 200
"""Changes per level in a comment; comments of more than 65,536 characters are refused."""

_HEADINGS = {Level.BREAKING: "Breaking changes", Level.RISKY: "Risky changes", Level.SAFE: "Other changes"}


def changelog_comment(changes: Sequence[Change], *, base: str, revision: str, notes: Iterable[str] = ()) -> str:
    """Markdown for a pull request: what breaks first and open, the rest folded."""
    lines = [f"## API changes from {code(base)} to {code(revision)}", ""]
    if not changes:
        lines.append("No changes that callers could notice.")
    else:
        counts = [f"{sum(c.level is level for c in changes)} {level.value}" for level in Level]
        lines.append(f"**{', '.join(counts)}**")
    for level in Level:
        chosen = [change for change in changes if change.level is level]
        if chosen:
            opened = " open" if level is Level.BREAKING else ""
            lines += ["", f"<details{opened}>", f"<summary>{_HEADINGS[level]}: {len(chosen)}</summary>", ""]
            lines += _by_subject(chosen[:_SHOWN], "####")
            if len(chosen) > _SHOWN:
                lines.append(f"- … and {len(chosen) - _SHOWN} more")
            lines += ["", "</details>"]
    noted = [f"> {escape(note)}" for note in notes]
    return fitted("\n".join([*lines[:2], *([*noted, ""] if noted else []), *lines[2:]]) + "\n")


def changelog_page(changes: Sequence[Change], *, base: str, revision: str, heading: str = "Changelog") -> str:
    """Markdown of the site's changelog page: everything by level and operation, with links that stay."""
    lines = [f"# {escape(heading)}", "", f"From {code(base)} to {code(revision)}.", ""]
    if not changes:
        lines.append("No changes that callers could notice.")
    for level in Level:
        chosen = [change for change in changes if change.level is level]
        if chosen:
            lines += [f"## {_HEADINGS[level]}", "", *_by_subject(chosen, "###"), ""]
    return "\n".join(lines).rstrip() + "\n"


def _by_subject(changes: Sequence[Change], marks: str) -> list[str]:
    groups: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        groups[_title(change)].append(change)
    lines: list[str] = []
    for title, inner in groups.items():
        lines += [f"{marks} {title}", ""]
        for change in inner:
            lines += _entry(change)
        lines.append("")
    return lines[:-1]


def _title(change: Change) -> str:
    if not change.subjects:
        return "The whole API"
    listed = ", ".join(code(subject) for subject in change.subjects[:3])
    more = len(change.subjects) - 3
    return f"{listed} and {more} more" if more > 0 else listed


def _entry(change: Change) -> list[str]:
    where = f"{_rich(change.where)}: " if change.where else ""
    lines = [f"- {where}{escape(change.message)} ({code(change.kind)})"]
    lines += [f"    - {WORDS[impact.who]}: {_rich(impact.how)}" for impact in change.breaks]
    return lines


def _rich(text: str) -> str:
    """Our own sentence with names of the document in backticks; what a name contains stays text."""
    head, mark, rest = text.partition("`")
    name, _, tail = rest.rpartition("`")
    if not mark:
        return escape(text)
    before, after = " " if head.endswith(" ") else "", " " if tail.startswith(" ") else ""
    return f"{escape(head)}{before}{code(name)}{after}{escape(tail)}"
