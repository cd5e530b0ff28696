"""For job summaries and comments: Markdown tables, folded where they get long."""

from __future__ import annotations

import re
from collections.abc import Sequence

from apispec.findings import Finding, Severity
from apispec.reports.report import Report, one_line

_SHOWN = 50
"""Rows per table."""

_MOST_BYTES = 65_536
"""Comments of as many bytes are refused."""


def render(report: Report) -> str:
    """A heading, a summary, a table per severity."""
    lines = [f"## {report.title}", "", f"**{report.summary[:1].upper() + report.summary[1:]}**", ""]
    for severity in Severity:
        findings = [finding for finding in report.findings if finding.severity is severity]
        if findings:
            lines += _table(report.words[severity].capitalize(), findings)
    lines += [f"{escape(note)}  " for note in report.notes]
    return fitted("\n".join(lines).rstrip() + "\n")


def fitted(text: str) -> str:
    """A comment that code hosts take: what is too much is left out, from the end, and a line says so.

    Args:
        text: Markdown, the gravest first, whose foldable parts start and end in lines of their own.
    """
    if len(text.encode("utf-8", "replace")) < _MOST_BYTES:
        return text
    kept, size = [], 0
    for line in text.splitlines():
        size += len(line.encode("utf-8", "replace")) + 1
        if size > _MOST_BYTES - 500:
            break
        kept.append(line)
    left = len(text.splitlines()) - len(kept)
    opened = sum(line.startswith("<details") for line in kept) - kept.count("</details>")
    kept += [
        "",
        *["</details>"] * opened,
        "",
        f"> {left} more lines were left out, since comments must not be longer; "
        "the job's log and its other reports have the whole.",
    ]
    return "\n".join(kept) + "\n"


def _table(word: str, findings: Sequence[Finding]) -> list[str]:
    lines = [
        "<details open>" if len(findings) <= _SHOWN else "<details>",
        f"<summary>{word}: {len(findings)}</summary>",
        "",
    ]
    lines += ["| Place | Rule | Finding |", "|---|---|---|"]
    for finding in findings[:_SHOWN]:
        text = escape(f"{finding.message} {finding.hint}")
        lines.append(f"| {code(_place(finding))} | {code(finding.rule)} | {text} |")
    if len(findings) > _SHOWN:
        lines.append(f"| … | | {len(findings) - _SHOWN} more |")
    return [*lines, "", "</details>", ""]


def _place(finding: Finding) -> str:
    place = finding.location
    return f"{place.file}:{place.line}" if place.line else place.file or place.pointer or "-"


def escape(text: str) -> str:
    """Text of a document as it stands, in one line of Markdown or a table's cell.

    GitHub looks for names, numbers and addresses after Markdown is done, whatever was escaped there; a zero-width
    joiner keeps it from telling people, and from linking other issues to this one.
    """
    escaped = re.sub(r"([\\`*_{}\[\]<>#|~!@&$])", r"\\\1", one_line(text))
    return re.sub(r"[@#](?=[\w-])|:(?=//)|\b(?i:GH)(?=-\d)", lambda match: match[0] + _JOINER, escaped)


_JOINER = "\u200d"


def code(text: str) -> str:
    """Text of a document as code, in one line of Markdown or a table's cell."""
    text = one_line(text).replace("|", "\\|")
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if fence != "`" or text.startswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}" if text else ""
