"""Report formats: well-formed for their readers, and safe whatever a document contains."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from apispec.errors import UsageError
from apispec.findings import Finding, Location, Severity
from apispec.reports import FORMATS, Report, RuleInfo, fingerprint, render

NASTY = "</script> | `x` ::error:: %0A <b>*bold*</b> \x1b[31m \u202e \ud800 & \"quoted\" 'single'\nnext line"
FINDINGS = (
    Finding("some-rule", Severity.ERROR, NASTY, Location("a b,c:d.yaml", 3, 7, "/paths/~1a|b/get"), NASTY, "GET /a"),
    Finding("other-rule", Severity.WARNING, "Second.", Location("x.json", 0, 0, "")),
    Finding("other-rule", Severity.INFO, "Third.", Location("x.json", 0, 0, "")),
)
REPORT = Report(
    FINDINGS, rules={"some-rule": RuleInfo("Some rule.", "Why.")}, files=["a b,c:d.yaml", "x.json"], notes=["A note."]
)


@pytest.mark.parametrize("name", FORMATS)
def test_whatever_a_document_contains_is_text(name: str) -> None:
    text = render(REPORT, name)
    text.encode("utf-8")
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert text.endswith("\n")
    assert "Second." in text


@pytest.mark.parametrize("name", FORMATS)
def test_no_findings_are_a_report_too(name: str) -> None:
    text = render(Report([], files=["x.json"]), name)
    assert text.endswith("\n")


def test_text_has_one_line_per_finding_with_its_place() -> None:
    lines = render(REPORT, "text").splitlines()
    assert lines[0].startswith("a b,c:d.yaml:3:7#/paths/~1a|b/get: error[some-rule] </script>")
    assert "x.json: warning[other-rule] Second." in lines
    assert lines[-2:] == ["1 error, 1 warning, 1 info in 2 files.", "A note."]


def test_json_has_every_field() -> None:
    data = json.loads(render(REPORT, "json"))
    assert data["summary"] | {"error": 1, "warning": 1, "info": 1} == data["summary"]
    first = data["findings"][0]
    assert (first["file"], first["line"], first["column"], first["pointer"]) == (
        "a b,c:d.yaml",
        3,
        7,
        "/paths/~1a|b/get",
    )
    assert len({finding["fingerprint"] for finding in data["findings"]}) == 3


def test_sarif_names_rules_places_and_levels() -> None:
    run = json.loads(render(REPORT, "sarif"))["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["other-rule", "some-rule"]
    first, second, third = run["results"]
    assert (first["level"], second["level"], third["level"]) == ("error", "warning", "note")
    assert run["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == first["ruleId"]
    place = first["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "a%20b%2Cc:d.yaml"}, "region": {"startLine": 3, "startColumn": 7}}
    assert "region" not in second["locations"][0]["physicalLocation"]


def test_github_commands_are_one_line_each_and_escaped() -> None:
    lines = render(REPORT, "github").splitlines()
    assert lines[0].startswith("::error file=a b%2Cc%3Ad.yaml,line=3,col=7,title=apispec some-rule::")
    assert "%250A" in lines[0]
    assert len(lines) == len(FINDINGS) + 1


def test_junit_is_xml_with_failures() -> None:
    root = ElementTree.fromstring(render(REPORT, "junit"))
    suites = {suite.attrib["name"]: suite for suite in root}
    assert suites["a b,c:d.yaml"].attrib["failures"] == "1"
    assert suites["x.json"].attrib["tests"] == "2"
    assert suites["x.json"].attrib["failures"] == "0"  # a warning, which does not fail the run


def test_gitlab_has_what_it_needs() -> None:
    issues = json.loads(render(REPORT, "gitlab"))
    assert [issue["severity"] for issue in issues] == ["critical", "major", "info"]
    assert issues[1]["location"] == {"path": "x.json", "lines": {"begin": 1}}
    assert len({issue["fingerprint"] for issue in issues}) == 3


def test_markdown_tables_keep_their_cells() -> None:
    lines = render(REPORT, "markdown").splitlines()
    [row] = [line for line in lines if "some-rule" in line]
    assert row.replace("\\|", "").count("|") == 4
    assert "\\<b\\>" in row


def test_long_markdown_is_cut() -> None:
    many = [Finding("r", Severity.ERROR, f"No. {n}", Location("x.json", n)) for n in range(1, 500)]
    assert "449 more" in render(Report(many), "markdown")


def test_fingerprints_do_not_move_with_lines_or_list_positions() -> None:
    one = Finding("r", Severity.ERROR, "m", Location("f", 1, 1, "/paths/~1a/get/parameters/0/schema"))
    two = Finding("r", Severity.ERROR, "other words", Location("f", 9, 9, "/paths/~1a/get/parameters/3/schema"))
    status = Finding("r", Severity.ERROR, "m", Location("f", 9, 9, "/paths/~1a/get/responses/404"))
    other = Finding("r", Severity.ERROR, "m", Location("f", 9, 9, "/paths/~1a/get/responses/200"))
    assert fingerprint(one) == fingerprint(two)
    assert fingerprint(status) != fingerprint(other)


def test_unknown_formats_are_an_error() -> None:
    with pytest.raises(UsageError):
        render(REPORT, "pdf")


def test_paths_are_those_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "api" / "specs").mkdir(parents=True)
    (tmp_path / "api" / "specs" / "a.yaml").write_text("a: 1\n", encoding="utf-8")
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path / "api")
    files = [
        "specs/a.yaml",
        str(tmp_path / "api/specs/a.yaml"),
        "./specs/a.yaml",
        "main:specs/a.yaml",
        "v1:specs/gone.yaml",
        "<stdin>",
    ]
    report = Report([Finding("r", Severity.ERROR, "M.", Location(file, 1, 1, "/a")) for file in files])
    wanted = ["api/specs/a.yaml"] * 4 + ["api/specs/gone.yaml", "<stdin>"]
    assert [issue["location"]["path"] for issue in json.loads(render(report, "gitlab"))] == wanted
    found = json.loads(render(report, "sarif"))["runs"][0]["results"]
    assert [unquote(r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]) for r in found] == wanted
    assert render(report, "github").count("file=api/specs/a.yaml,") == 4
    monkeypatch.setenv("CI_PROJECT_DIR", str(tmp_path / "api"))
    assert json.loads(render(report, "gitlab"))[0]["location"]["path"] == "specs/a.yaml"


@pytest.mark.parametrize(
    ("failing", "failures"), [(None, 0), (Severity.ERROR, 1), (Severity.WARNING, 2), (Severity.INFO, 3)]
)
def test_junit_fails_what_fails_the_run(failing: Severity | None, failures: int) -> None:
    report = Report([Finding("r", level, "M.", Location("a", 1)) for level in Severity], failing=failing)
    root = ElementTree.fromstring(render(report, "junit"))
    assert root[0].attrib["failures"] == str(failures)
    assert len(root.findall(".//failure")) == failures
    assert all("line" not in case.attrib for case in root.iter("testcase"))


def test_a_comment_is_never_too_long() -> None:
    findings = [Finding(f"r{n}", level, "é" * 2_000, Location("a", 1)) for level in Severity for n in range(60)]
    text = render(Report(findings), "markdown")
    assert len(text.encode()) < 65_536
    assert text.count("<details") == text.count("</details>")
    assert "lines were left out" in text
    assert "Error: 60" in text


@pytest.mark.parametrize("is_repository", [True, False])
def test_a_fingerprint_does_not_depend_on_how_the_path_is_written(
    is_repository: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if is_repository:
        (tmp_path / ".git").mkdir()
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "a.yaml").write_text("a: 1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    files = ["a.yaml", "./a.yaml", str(tmp_path / "a.yaml")]
    assert len({fingerprint(Finding("r", Severity.ERROR, "M.", Location(file, 1, 1, "/a"))) for file in files}) == 1


def test_another_one_in_a_list_is_another_finding() -> None:
    def mark(index: int, name: str) -> str:
        place = Location("a.yaml", 1, 1, f"/paths/~1a/get/parameters/{index}")
        return fingerprint(Finding("r", Severity.INFO, f"The parameter {name!r} has no description.", place))

    assert mark(0, "q") == mark(3, "q"), "what stands before it in the list does not matter"
    assert mark(0, "q") != mark(0, "z")
