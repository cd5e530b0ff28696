"""A run over documents: settings, silencing, baselines, coverage, other files."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from apispec.documents import Document, from_data, load
from apispec.errors import ConfigError
from apispec.findings import Severity
from apispec.rules.examples import document
from apispec.validation import Options, validate
from apispec.validation.baseline import Baseline
from apispec.validation.coverage import badge

BAD = "get: {operationId: a, parameters: [{name: id, in: path, required: true, schema: {type: string}}]}"


def rules_of(*sources: Document | str | Path, **options: Any) -> list[str]:
    return [finding.rule for finding in validate(sources, Options(**options)).findings]


def whole(part: str = BAD) -> Document:
    data = document(part)
    data["info"]["description"] = "D"
    data["servers"] = [{"url": "https://example.com"}]
    return from_data(data, "x.json")


def test_levels_are_set_by_rule_and_by_group() -> None:
    assert set(rules_of(whole())) == {
        "operation-without-text",
        "path-parameter-unused",
        "parameter-description-missing",
    }
    assert set(rules_of(whole(), levels={"documentation": "off"})) == {"path-parameter-unused"}
    kept = {"documentation": "off", "operation-without-text": "error"}
    found = validate([whole()], Options(levels=kept)).findings  # type: ignore[arg-type]
    assert {(f.rule, f.severity) for f in found} == {
        ("path-parameter-unused", Severity.ERROR), ("operation-without-text", Severity.ERROR),
    }  # fmt: skip
    assert "operation-without-tag" in rules_of(whole(), levels={"operation-without-tag": "info"})
    assert "operation-without-tag" not in rules_of(whole(), levels={"style": "error"})


@pytest.mark.parametrize("levels", [{"no-such-rule": "off"}, {"unused-tag": "loud"}])
def test_settings_that_name_nothing_are_errors(levels: Any) -> None:
    with pytest.raises(ConfigError):
        validate([whole()], Options(levels=levels))


@pytest.mark.parametrize("setting", [True, "path-parameter-unused", ["path-parameter-unused"], ["correctness"]])
@pytest.mark.parametrize(
    "place", ["", "/paths", "/paths/~1example", "/paths/~1example/get", "/paths/~1example/get/parameters/0"]
)
def test_a_rule_is_silenced_where_the_document_says_so(setting: Any, place: str) -> None:
    source = whole()
    target: Any = source.data
    for token in place.split("/")[1:]:
        target = target[int(token)] if isinstance(target, list) else target[token.replace("~1", "/")]
    target["x-apispec-ignore"] = setting
    found = validate([source])
    assert "path-parameter-unused" not in [f.rule for f in found.findings]
    assert found.ignored >= 1
    assert "unknown-rule" not in [f.rule for f in found.findings]


def test_silencing_what_is_no_rule_is_reported() -> None:
    source = whole()
    source.data["info"]["x-apispec-ignore"] = ["no-such-rule"]
    assert "unknown-rule" in rules_of(source)


def test_a_baseline_hides_what_is_known_and_nothing_else() -> None:
    first = validate([whole()])
    baseline = Baseline.read(first.baseline("b.json").text(), "b.json")
    again = validate([whole()], Options(baseline=baseline))
    assert again.findings == ()
    assert again.known == len(first.findings)
    grown = whole()
    grown.data["paths"]["/new"] = {"get": {"responses": {"200": {"description": ""}}}}
    grown.data["paths"] = dict(reversed(grown.data["paths"].items()))
    grown.data["paths"]["/example"]["get"]["parameters"].insert(
        0, {"name": "q", "in": "query", "description": "D", "schema": {"type": "string"}}
    )
    fresh = validate([grown], Options(baseline=baseline)).findings
    assert fresh
    assert {f.location.pointer for f in fresh} == {"/paths/~1new/get", "/paths/~1new/get/responses/200/description"}


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"findings": []}', '{"findings": {"a": 1}}', "[" * 100_000])
def test_what_is_no_baseline_is_an_error(text: str) -> None:
    with pytest.raises(ConfigError):
        Baseline.read(text, "b.json")


def test_coverage_counts_what_readers_meet() -> None:
    part = "get: {summary: S, parameters: [{name: q, in: query, schema: {type: string}}]}\ncomponents: {schemas: {P: {properties: {a: {description: D}}}}}"
    found = validate([from_data(document(part))]).coverage
    assert dict(found.total) == {"operation": 1, "parameter": 1, "schema": 1, "property": 1}
    assert found.percent == 50.0
    picture = ElementTree.fromstring(badge(found.percent))
    assert picture.attrib["aria-label"] == "docs: 50 %"


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        ([], ""),
        (None, ""),
        ("x", ""),
        ({}, ""),
        ({"openapi": 3.1}, "/openapi"),
        ({"openapi": "9.9.9"}, "/openapi"),
        ({"swagger": "1.2"}, "/swagger"),
    ],
)
def test_what_is_no_openapi_document_is_a_finding(data: Any, pointer: str) -> None:
    [finding] = validate([from_data(data)]).findings
    assert (finding.rule, finding.location.pointer) == ("invalid-document", pointer)
    assert finding.hint


def test_other_files_are_judged_with_their_own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("root.yaml").write_text(
        "openapi: 3.1.0\ninfo: {title: T, version: '1', description: D}\nservers: [{url: https://e.com}]\npaths:\n"
        "  /a: {get: {operationId: a, summary: S, responses: {'200': {$ref: 'parts.yaml#/Good'}, '404': {$ref: 'parts.yaml#/Bad'}}}}\n",
        encoding="utf-8",
    )
    Path("parts.yaml").write_text(
        "Good: {description: D, content: {application/json: {schema: {type: integer, default: x}}}}\nBad:\n  headers: {}\n  descripton: D\n",
        encoding="utf-8",
    )
    found = [(f.rule, str(f.location)) for f in validate(["root.yaml"]).findings]
    assert ("default-mismatch", "parts.yaml:1:77#/Good/content/application~1json/schema/default") in found
    assert ("invalid-document", "parts.yaml:4:3#/Bad/descripton") in found
    assert {rule for rule, _ in found} == {"default-mismatch", "invalid-document"}


def test_findings_of_the_reader_are_findings_of_the_run() -> None:
    found = validate([load("x.yaml", text="a: 1\na: [")]).findings
    assert [f.rule for f in found] == ["not-yaml"]
    assert validate([load("x.json", text="[]"), load("y.json", text="{")]).files == ("x.json", "y.json")


def test_swagger_documents_are_judged_too() -> None:
    data = {
        "swagger": "2.0",
        "info": {"title": "T", "version": "1", "description": "D"},
        "paths": {
            "/a/{id}": {
                "get": {
                    "summary": "S",
                    "operationId": "a",
                    "responses": {"200": {"description": "OK", "schema": {"$ref": "#/definitions/Q"}}},
                }
            }
        },
        "definitions": {"P": {"type": "object", "properties": {"n": {"type": "integer", "example": "x"}}}},
    }
    assert set(rules_of(from_data(data))) == {"path-parameter-undeclared", "dangling-reference", "example-mismatch"}
