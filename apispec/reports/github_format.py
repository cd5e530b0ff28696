"""For GitHub Actions: workflow commands, which show up as annotations in the pull request."""

from __future__ import annotations

from apispec.findings import Severity
from apispec.reports.report import Report, clean, from_root

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report) -> str:
    """One `::error file=…,line=…,col=…,title=…::message` per finding, then a line with the summary."""
    lines = []
    for finding in report.findings:
        place = finding.location
        file = from_root(place.file)
        fields = {"file": file, "line": place.line, "col": place.column, "title": f"apispec {finding.rule}"}
        listed = ",".join(f"{key}={_property(str(value))}" for key, value in fields.items() if value)
        text = finding.message + (f"\n{finding.hint}" if finding.hint else "")
        pointer = f" ({place.pointer})" if place.pointer else ""
        lines.append(f"::{_COMMANDS[finding.severity]} {listed}::{_data(text + pointer)}")
    lines.append(f"{report.title}: {report.summary}")
    return "\n".join(lines)


def _data(text: str) -> str:
    """Escapes of a command's message."""
    return clean(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escapes of a command's properties."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
