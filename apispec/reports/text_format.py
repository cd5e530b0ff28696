"""For terminals: `file:line:column: severity[rule] message`, a form that editors understand."""

from __future__ import annotations

from apispec.reports.report import Report, one_line


def render(report: Report) -> str:
    """The findings by place, then a summary."""
    lines = []
    for finding in report.findings:
        place = one_line(str(finding.location))
        lines.append(f"{place}: {report.words[finding.severity]}[{finding.rule}] {one_line(finding.message)}")
        lines += [f"    {one_line(line)}" for line in finding.hint.splitlines() if line.strip()]
    if lines:
        lines.append("")
    lines.append(report.summary[:1].upper() + report.summary[1:] + _in_files(report))
    lines += [one_line(note) for note in report.notes]
    return "\n".join(lines)


def _in_files(report: Report) -> str:
    count = len(report.files)
    return f" in {count} files." if count > 1 else f" in {one_line(report.files[0])}." if count else "."
