"""For code scanning: SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html)."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from apispec.findings import Finding, Location, Severity
from apispec.reports.report import Report, RuleInfo, clean, fingerprints, from_root
from apispec.version import __version__

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(report: Report) -> str:
    """One run with the rules that found something and their results."""
    used = sorted({finding.rule for finding in report.findings})
    positions = {rule: position for position, rule in enumerate(used)}
    driver = {
        "name": "apispec",
        "semanticVersion": __version__,
        "rules": [_rule(name, report.rules.get(name, RuleInfo(name))) for name in used],
    }
    results = [_result(finding, mark, positions[finding.rule]) for finding, mark in fingerprints(report.findings)]
    whole = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
    return json.dumps(whole, indent=2, ensure_ascii=True)


def _rule(name: str, info: RuleInfo) -> dict[str, Any]:
    rule: dict[str, Any] = {"id": name, "shortDescription": {"text": info.title}}
    if info.help:
        rule["help"] = {"text": info.help, "markdown": info.help}
    return rule


def _result(finding: Finding, mark: str, position: int) -> dict[str, Any]:
    message = clean(finding.message + (f" {finding.hint}" if finding.hint else ""))
    location = _location(finding.location)
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": position,
        "level": _LEVELS[finding.severity],
        "message": {"text": message},
        "partialFingerprints": {"apispec/v1": mark},
    }
    if location:
        result["locations"] = [location]
    if finding.related:
        result["relatedLocations"] = [{**_location(finding.related), "message": {"text": "Before the change."}}]
    return result


def _location(place: Location) -> dict[str, Any]:
    location: dict[str, Any] = {}
    if place.file:
        uri = quote(from_root(place.file).replace("\\", "/"), safe="/:")
        location["physicalLocation"] = {"artifactLocation": {"uri": uri}}
        if place.line:
            location["physicalLocation"]["region"] = {"startLine": place.line, "startColumn": max(place.column, 1)}
    if place.pointer:
        location["logicalLocations"] = [{"fullyQualifiedName": place.pointer}]
    return location
