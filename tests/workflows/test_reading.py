"""Arazzo documents that are none, each flaw with its place; and what is read of good ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from apispec.findings import Finding, Severity
from apispec.workflows.expressions import Exchange
from apispec.workflows.flow import Flow, Sent, StepRun
from apispec.workflows.parts import Description, Step
from apispec.workflows.reading import read

HEAD = """\
arazzo: 1.0.1
info: {title: Pets, version: '1'}
sourceDescriptions:
  - {name: pets, url: pets.yaml, type: openapi}
"""


def found(text: str, name: str = "flow.yaml") -> tuple[Description | None, list[Finding]]:
    Path(name).write_text(text, encoding="utf-8")
    findings: list[Finding] = []
    return read(name, findings), findings


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("openapi: 3.1.0\n", "flow.yaml:1:1", "an OpenAPI document and no Arazzo document"),
        ("[1]\n", "flow.yaml:1:1", "no Arazzo document"),
        ("arazzo: 2.0.0\n", "flow.yaml:1:1#/arazzo", "2.0.0 is not known"),
        ("arazzo: 1.0.1\ninfo: {title: x\n", "flow.yaml:3:1", ""),
        (HEAD, "flow.yaml:1:1", "has no 'workflows'"),
        (HEAD + "workflows: []\n", "flow.yaml:5:1#/workflows", "is empty"),
        (HEAD + "workflows: [{workflowId: a, steps: [{stepId: 1}]}]\n", "flow.yaml:5:38#/workflows/0/steps/0/stepId",
         "stepId is a text, not 1"),
        (HEAD + "workflows:\n  - {workflowId: a, step: []}\n", "flow.yaml:6:21#/workflows/0/step", "no key 'step'"),
        (HEAD + "workflows:\n  - workflowId: a\n    steps:\n      - {stepId: s, operationId: x, timeout: -1}\n",
         "flow.yaml:8:37#/workflows/0/steps/0/timeout", "not negative"),
    ],
)  # fmt: skip
def test_what_is_of_another_shape(text: str, place: str, said: str) -> None:
    description, findings = found(text)
    assert description is None
    errors = [one for one in findings if one.severity is Severity.ERROR]
    assert any(str(one.location) == place and said in one.message for one in errors), [
        (str(one.location), one.message) for one in errors
    ]


STEP = "workflows:\n  - workflowId: a\n    inputs: {properties: {q: {}}}\n    steps:\n      - stepId: s\n        "


@pytest.mark.parametrize(
    ("rest", "place", "said"),
    [
        ("description: x", "9:9", "calls one thing, not nothing"),
        ("operationId: x\n        workflowId: a", "9:9", "not operationId and workflowId"),
        ("channelPath: x", "10:9", "AsyncAPI"),
        ("operationId: $sourceDescriptions.cats.x", "10:9", "no source description 'cats'"),
        ("operationPath: /pets", "10:9", "leads to no operation"),
        ("operationPath: '{$sourceDescriptions.pets.url}#/paths/pets/x/get'", "10:9", "leads to no operation"),
        ("workflowId: b", "10:9", "no workflow 'b'"),
        ("operationId: x\n        parameters: [{name: a, value: 1}]", "11:22", "does not say where"),
        ("operationId: x\n        parameters: [{name: a, in: query, value: 1}, {name: a, in: query, value: 2}]", "11:54",
         "given twice"),
        ("operationId: x\n        parameters: [{reference: $components.parameters.p}]", "11:23", "there is no"),
        ("operationId: x\n        parameters: [{name: a, in: query, value: $steps.t.outputs.x}]", "11:43", "no step 't'"),
        ("operationId: x\n        parameters: [{name: a, in: query, value: 'id-{$workflows.z.outputs.x}'}]", "11:43",
         "no workflow 'z'"),
        ("operationId: x\n        requestBody: {payload: {a: [$response.boody]}}", "11:37", "no 'boody'"),
        ("operationId: x\n        successCriteria: [{condition: $statusCode = 200}]", "11:28", "equal is =="),
        ("operationId: x\n        successCriteria: [{condition: '(', type: regex, context: $url}]", "11:28",
         "no regular expression"),
        ("operationId: x\n        successCriteria: [{condition: '$[', type: jsonpath, context: $response.body}]", "11:28",
         "no JSONPath"),
        ("operationId: x\n        successCriteria: [{condition: '$.a', type: jsonpath}]", "11:27", "has a context"),
        ("operationId: x\n        successCriteria: [{condition: a, context: $url, type: {type: xpath, version: '9'}}]",
         "11:77", "no version of xpath"),
        ("operationId: x\n        onSuccess: [{name: n, type: goto}]", "11:21", "where to"),
        ("operationId: x\n        onSuccess: [{name: n, type: goto, stepId: t}]", "11:43", "no step 't'"),
        ("operationId: x\n        onFailure: [{name: n, type: goto, stepId: s, workflowId: a}]", "11:21", "not to both"),
        ("operationId: x\n        outputs: {a: id}", "11:19", "no runtime expression"),
        ("operationId: x\n        outputs: {a: $response.body}\n      - {stepId: s, operationId: y}", "12:10", "'s'"),
    ],
)  # fmt: skip
def test_what_leads_nowhere(rest: str, place: str, said: str) -> None:
    description, findings = found(HEAD + STEP + rest + "\n")
    assert description is None
    errors = [(str(one.location), one.message) for one in findings if one.severity is Severity.ERROR]
    assert any(where.startswith(f"flow.yaml:{place}") and said in message for where, message in errors), errors


def test_what_a_workflow_needs_goes_round_in_no_circle() -> None:
    one = "  - {{workflowId: {0}, dependsOn: [{1}], steps: [{{stepId: s, operationId: x}}]}}\n"
    _, findings = found(HEAD + "workflows:\n" + one.format("a", "b") + one.format("b", "a"))
    assert [f.message for f in findings] == ["a needs b needs a: a circle", "b needs a needs b: a circle"]


def test_workflows_of_other_documents_are_read_with_theirs() -> None:
    found(HEAD + "workflows: [{workflowId: login, steps: [{stepId: s, operationId: x}]}]\n", "other.yaml")
    head = HEAD + "  - {name: other, url: other.yaml, type: arazzo}\n"
    call = "workflows: [{workflowId: a, steps: [{stepId: s, workflowId: $sourceDescriptions.other.%s}]}]\n"
    description, findings = found(head + call % "login")
    assert description is not None and not findings
    assert description.workflow("$sourceDescriptions.other.login") is not None
    _, findings = found(head + call % "logon")
    assert "has no workflow 'logon'" in findings[0].message
    Path("other.yaml").write_text("arazzo: 1.0.1\n", encoding="utf-8")
    _, findings = found(head + call % "login")
    assert {str(f.location).split(":")[0] for f in findings} == {"other.yaml", "flow.yaml"}


def test_json_is_read_as_yaml_is() -> None:
    raw: dict[str, Any] = {
        "arazzo": "1.1.0", "$self": "https://example.com/flow", "info": {"title": "T", "version": "1"},
        "sourceDescriptions": [{"name": "p", "url": "p.json"}],
        "workflows": [{"workflowId": "a", "steps": [{"stepId": "s", "operationId": "x", "timeout": 1500}]}],
    }  # fmt: skip
    description, findings = found(json.dumps(raw), "flow.json")
    assert description is not None and not findings
    assert description.workflows["a"].steps[0].timeout_s == 1.5


RETRIES = """\
workflows:
  - workflowId: main
    inputs: {properties: {n: {default: 3}}}
    failureActions:
      - {name: stop, type: end, criteria: [{condition: $statusCode == 500}]}
    steps:
      - stepId: first
        operationId: x
        successCriteria: [{condition: $response.body#/n >= $inputs.n}]
        onFailure:
          - {name: again, type: retry, retryAfter: 2, retryLimit: 5, criteria: [{condition: $statusCode == 200}]}
          - {name: skip, type: goto, stepId: last}
        outputs: {n: $response.body#/n}
      - stepId: never
        operationId: x
        onSuccess: [{name: sub, type: goto, workflowId: called, parameters: [{name: m, value: $statusCode}]}]
      - {stepId: last, operationId: x}
  - workflowId: called
    inputs: {properties: {m: {}}}
    steps:
      - stepId: only
        operationId: x
        parameters: [{name: m, in: query, value: $inputs.m}]
        outputs: {sent: $request.query.m}
    outputs: {sent: $steps.only.outputs.sent}
"""


@pytest.mark.parametrize(
    ("answers", "went", "waited"),
    [
        ([(200, 1), (200, 3), (200, 0), (200, 0)], ["main/first", "main/never", "main/called/only"], [2.0]),
        ([(200, 1)] * 6 + [(200, 0)], ["main/first~", "main/last"], [2.0] * 5),
        ([(404, 1), (200, 0)], ["main/first~", "main/last"], []),
        ([(500, 9), (200, 1), (200, 0)], ["main/first", "main/never", "main/called/only"], []),
        ([(200, 3), (500, 1)], ["main/first", "main/never!"], []),
    ],
)
def test_the_order_of_steps(answers: list[tuple[int, int]], went: list[str], waited: list[float]) -> None:
    description, findings = found(HEAD + RETRIES)
    assert description is not None, findings
    left, told, waits = list(answers), list[str](), list[float]()

    def perform(_: Description, trail: str, step: Step, sent: Sent) -> tuple[Exchange, str, Any]:
        status, n = left.pop(0)
        query = {one.name: value for one, value in sent.parameters}
        return Exchange(status=status, sent={"query": query}, body={"n": n}), "", None

    def tell(one: StepRun) -> None:
        told.append(f"{one.workflow}/{one.step.id}" + ("!" if one.problem else "~" if one.foreseen else ""))

    Flow(description, perform, tell, lambda *_: {"n": 3}, waits.append).run()
    assert told == went
    assert waits == waited
    assert not left


def test_a_circle_of_steps_ends() -> None:
    text = "workflows:\n  - workflowId: a\n    steps:\n      - {stepId: s, operationId: x, onSuccess: [{name: n, type: goto, stepId: s}]}\n"
    description, _ = found(HEAD + text)
    assert description is not None
    told: list[StepRun] = []
    Flow(description, lambda *_: (Exchange(status=200), "", None), told.append, lambda *_: {}).run()
    assert "round in a circle" in told[-1].problem
