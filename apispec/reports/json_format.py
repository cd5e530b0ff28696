"""For programs: every field of every finding."""

from __future__ import annotations

import json
from typing import Any

from apispec.findings import Finding, Location
from apispec.reports.report import Report, clean, fingerprints, in_utf8


def render(report: Report) -> str:
    """`{"summary": {...}, "findings": [...]}`; the counts are those of `report.words`."""
    counts = {report.words[severity]: count for severity, count in report.counts.items()}
    whole = {
        "summary": {**counts, "files": list(map(in_utf8, report.files)), **report.facts},
        "findings": [entry(finding, mark, report) for finding, mark in fingerprints(report.findings)],
    }
    return json.dumps(whole, indent=2, ensure_ascii=True)


def entry(finding: Finding, mark: str, report: Report) -> dict[str, Any]:
    """One finding as JSON; empty fields are left out."""
    place = finding.location
    fields: dict[str, Any] = {
        "rule": finding.rule,
        "severity": report.words[finding.severity],
        "message": clean(finding.message),
        "hint": clean(finding.hint),
        "subject": clean(finding.subject),
        **_place(place),
        "related": _place(finding.related) if finding.related else "",
        "fingerprint": mark,
        **finding.facts,
    }
    return {key: value for key, value in fields.items() if value not in ("", 0)}


def _place(place: Location) -> dict[str, Any]:
    fields = {"file": in_utf8(place.file), "line": place.line, "column": place.column, "pointer": place.pointer}
    return {key: value for key, value in fields.items() if value not in ("", 0)}
