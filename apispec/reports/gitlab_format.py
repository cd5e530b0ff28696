"""For GitLab: a Code Quality report (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format)."""

from __future__ import annotations

import json

from apispec.findings import Severity
from apispec.reports.report import Report, fingerprints, from_root, one_line

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}


def render(report: Report) -> str:
    """A JSON array; findings without a line stand at line 1, since GitLab needs one."""
    issues = [
        {
            "description": one_line(f"{finding.message} {finding.hint}"),
            "check_name": finding.rule,
            "fingerprint": mark,
            "severity": _SEVERITIES[finding.severity],
            "location": {"path": from_root(finding.location.file), "lines": {"begin": max(finding.location.line, 1)}},
        }
        for finding, mark in fingerprints(report.findings)
    ]
    return json.dumps(issues, indent=2, ensure_ascii=True)
