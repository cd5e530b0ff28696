"""For test reports: JUnit XML, one suite per file, one case per finding."""

from __future__ import annotations

from collections import defaultdict
from xml.etree import ElementTree

from apispec.findings import Finding
from apispec.reports.report import Report, clean


def render(report: Report) -> str:
    """What fails the run is a failure, the rest passed cases; a file without findings is one passed case."""
    by_file: dict[str, list[Finding]] = defaultdict(list)
    for file in report.files:
        by_file[file] = []
    for finding in report.findings:
        by_file[finding.location.file].append(finding)
    root = ElementTree.Element("testsuites", name=report.title)
    for file, findings in by_file.items():
        failures = sum(_fails(finding, report) for finding in findings)
        suite = ElementTree.SubElement(
            root, "testsuite", name=clean(file), tests=str(len(findings) or 1), failures=str(failures), errors="0"
        )
        for finding in findings:
            _case(suite, finding, report)
        if not findings:
            ElementTree.SubElement(suite, "testcase", name=report.title, classname=clean(file))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode")


def _fails(finding: Finding, report: Report) -> bool:
    return report.failing is not None and finding.severity.at_least(report.failing)


def _case(suite: ElementTree.Element, finding: Finding, report: Report) -> None:
    case = ElementTree.SubElement(
        suite, "testcase", name=clean(f"{finding.rule} {finding.location}"), classname=finding.rule
    )
    text = clean(f"{finding.location}: {finding.message}\n{finding.hint}".strip())
    if _fails(finding, report):
        failure = ElementTree.SubElement(
            case, "failure", message=clean(finding.message), type=report.words[finding.severity]
        )
        failure.text = text
    else:
        ElementTree.SubElement(case, "system-out").text = text
