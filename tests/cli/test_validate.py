"""`apispec validate`: exit codes, formats, baseline, and documents that mean harm."""

from __future__ import annotations

import contextlib
import io
import json
import random
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apispec.cli import run
from apispec.rules import rules
from apispec.rules.examples import document

GOOD = """\
openapi: 3.1.0
info: {title: Pets, version: "1", description: Find a pet.}
servers: [{url: "https://api.example.com"}]
paths:
  /pets:
    get: {operationId: list_pets, summary: List all pets, responses: {"200": {description: All pets}}}
"""
BAD = GOOD.replace("description: All pets", 'description: ""').replace("https:", "http:")


@pytest.fixture(autouse=True)
def files() -> None:
    Path("good.yaml").write_text(GOOD, encoding="utf-8")
    Path("bad.yaml").write_text(BAD, encoding="utf-8")


def test_a_good_document_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "good.yaml"]) == 0
    out, err = capsys.readouterr()
    assert out == "No findings in good.yaml.\nDocumentation coverage: 100.0 %.\n"
    assert err == ""


def test_findings_fail_by_level(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "bad.yaml"]) == 0
    assert run(["validate", "bad.yaml", "--fail-on", "warning"]) == 1
    assert run(["validate", "bad.yaml", "--fail-on", "never"]) == 0
    Path("apispec.toml").write_text(
        'fail-on = "warning"\n[rules]\nempty-response-description = "off"\n', encoding="utf-8"
    )
    capsys.readouterr()
    assert run(["validate", "bad.yaml"]) == 1
    out, err = capsys.readouterr()
    assert "bad.yaml:3:12#/servers/0/url: warning[plain-http-server]" in out
    assert "empty-response-description" not in out
    assert "1 finding at level warning or worse" in err


def test_what_cannot_be_read_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "none.yaml"]) == 2
    assert run(["validate", "*.nothing"]) == 2
    assert run(["validate"]) == 2
    assert run(["validate", "https://example.com/openapi.json"]) == 2
    assert run(["validate", "good.yaml", "--update-baseline"]) == 2
    assert run(["validate", "good.yaml", "--baseline", "none.json"]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_wrong_syntax_is_a_finding(capsys: pytest.CaptureFixture[str]) -> None:
    Path("tab.yaml").write_text("a:\n\tb: 1\n", encoding="utf-8")
    assert run(["validate", "tab.yaml"]) == 1
    assert "tab.yaml:2:1: error[yaml-tab]" in capsys.readouterr().out


def test_patterns_and_several_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "*.yaml", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["summary"]["files"] == ["bad.yaml", "good.yaml"]


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    class Stdin:
        buffer = io.BytesIO(b'{"openapi": "3.1.0", "info": {}}')

    monkeypatch.setattr("sys.stdin", Stdin())
    assert run(["validate", "-"]) == 1
    assert "<stdin>:1:22#/info: error[invalid-document] `title` is missing." in capsys.readouterr().out


def test_an_app_is_judged_by_its_document(capsys: pytest.CaptureFixture[str]) -> None:
    Path("app.py").write_text('def a(x: int = 1) -> int:\n    """A."""\n    return x\n', encoding="utf-8")
    assert run(["validate", "app.py", "--fail-on", "error", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["findings"]
    assert {finding["file"] for finding in found} == {"app.py"}


def test_a_baseline_lets_old_findings_pass(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "bad.yaml", "--baseline", "b.json", "--update-baseline"]) == 0
    assert run(["validate", "bad.yaml", "--baseline", "b.json", "--fail-on", "info"]) == 0
    assert "2 known from the baseline." in capsys.readouterr().out
    Path("bad.yaml").write_text(BAD.replace("summary: List all pets, ", ""), encoding="utf-8")
    assert run(["validate", "bad.yaml", "--baseline", "b.json", "--fail-on", "info"]) == 1


@pytest.mark.parametrize("in_git", [False, True])
def test_a_baseline_holds_from_any_folder(in_git: bool, capsys: pytest.CaptureFixture[str]) -> None:
    if in_git:
        subprocess.run(["git", "init", "-q", "."], check=True)
    here = Path.cwd()
    Path("specs").mkdir()
    Path("bad.yaml").rename("specs/bad.yaml")
    assert run(["validate", "specs/bad.yaml", "--baseline", "b.json", "--update-baseline"]) == 0
    for folder, file, baseline in [
        (here / "specs", "bad.yaml", "../b.json"),
        (here.parent, f"{here.name}/specs/bad.yaml", f"{here.name}/b.json"),
        (here / "specs", str(here / "specs/bad.yaml"), str(here / "b.json")),
    ]:
        with contextlib.chdir(folder):
            assert run(["validate", file, "--baseline", baseline, "--fail-on", "info"]) == 0
            assert "2 known from the baseline." in capsys.readouterr().out


def test_coverage_and_badge() -> None:
    Path("bad.yaml").write_text(GOOD.replace("summary: List all pets, ", ""), encoding="utf-8")
    assert (
        run(["validate", "bad.yaml", "--fail-on", "never", "--min-coverage", "50", "--badge", "b.svg", "-o", "r.txt"])
        == 1
    )
    assert Path("b.svg").read_text(encoding="utf-8").startswith("<svg ")
    assert "coverage: 0.0 %" in Path("r.txt").read_text(encoding="utf-8")
    assert run(["validate", "good.yaml", "--min-coverage", "100"]) == 0


def test_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["validate", "--list-rules"]) == 0
    out = capsys.readouterr().out
    assert all(f"  {name} " in out for name in rules())


SEEDS = [document(rule.wrong) for rule in rules().values()][::6] + [document(rule.right) for rule in rules().values()][
    ::9
]
ODD = [
    "null",
    "true",
    "-1",
    "1.5",
    '""',
    '"x"',
    "[]",
    "[null]",
    "{}",
    '{"$ref": "#"}',
    '{"$ref": 1}',
    '["a"]',
    '{"a": []}',
    '"#/x/~2"',
]
"""Values in odd places, as JSON."""


def mutated(value: Any, order: random.Random, times: int) -> Any:
    """A document with random edits: values replaced, keys renamed, parts moved."""
    whole = json.loads(json.dumps(value))
    for _ in range(times):
        holder: Any = whole
        while True:
            keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            if not keys:
                break
            key = order.choice(keys)
            if isinstance(holder[key], (dict, list)) and order.random() < 0.8:
                holder = holder[key]
                continue
            action = order.random()
            if action < 0.6:
                holder[key] = json.loads(order.choice(ODD))
            elif action < 0.8 and isinstance(holder, dict):
                holder[
                    order.choice(["$ref", "type", "get", "x-y", "schema", "allOf", "items", "properties", "name"])
                ] = holder.pop(key)
            else:
                holder[key] = json.loads(json.dumps(whole))
            break
    return whole


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seed=st.sampled_from(SEEDS),
    order=st.randoms(use_true_random=False),
    times=st.integers(1, 6),
    version=st.sampled_from(["3.1.0", "3.0.3", "3.2.0", "2.0"]),
)
def test_mutated_documents_end_with_a_finding_or_none(
    seed: Any, order: random.Random, times: int, version: str, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = mutated(seed, order, times)
    if isinstance(whole, dict):
        whole.pop("openapi", None)
        whole["swagger" if version == "2.0" else "openapi"] = version
    Path("m.json").write_text(json.dumps(whole), encoding="utf-8")
    started = time.thread_time()
    assert run(["validate", "m.json", "-o", "out.txt"]) in (0, 1)
    assert run(["diff", "m.json", "m.json", "-o", "out.txt", "--all"]) in (0, 2)
    Path("seed.json").write_text(json.dumps({**seed, "openapi": "3.1.0"}), encoding="utf-8")
    assert run(["diff", "seed.json", "m.json", "-o", "out.txt", "--all"]) in (0, 1, 2)
    assert time.thread_time() - started < 20
    assert "internal error" not in capsys.readouterr().err


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=80), st.sampled_from(["x.json", "x.yaml"]))
def test_random_bytes_end_with_a_finding(data: bytes, name: str) -> None:
    Path(name).write_bytes(data)
    assert run(["validate", name, "-o", "out.txt"]) == 1
    assert run(["diff", name, "good.yaml", "-o", "out.txt"]) == 2


def test_rules_of_ones_own_presets_and_the_configuration_of_other_tools(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(*words: str, status: int = 0) -> str:
        assert run([*words]) == status
        return capsys.readouterr().out

    monkeypatch.chdir(tmp_path)
    (tmp_path / "openapi.json").write_text(json.dumps(document("get: {summary: List all pets}")), encoding="utf-8")
    (tmp_path / "apispec.toml").write_text(
        '[rules]\ndocumentation = "off"\nshort = "error"\n[assertions.short]\nsubject = "operation"\n'
        'property = "summary"\nmax-length = 4\nwrong = "get: {summary: A long one}"\nright = "get: {summary: A}"\n',
        encoding="utf-8",
    )
    found = json.loads(said("validate", "openapi.json", "--format", "json", status=1))["findings"]
    assert [(f["severity"], f["pointer"]) for f in found if f["rule"] == "short"] == [
        ("error", "/paths/~1example/get/summary")
    ]
    assert '"id": "short"' in said("validate", "openapi.json", "--format", "sarif", status=1)
    assert said("validate", "--test-rules") == "short: as its examples say\n"
    assert "own:\n  short " in said("validate", "--list-rules")
    assert "Nothing" in said("diff", "openapi.json", "openapi.json")
    assert "[read-restricted]" in said("validate", "openapi.json", "--preset", "security", status=1)
    (tmp_path / ".redocly.yaml").write_text("extends: [recommended]\n", encoding="utf-8")
    toml = said("validate", "--import-config", ".redocly.yaml")
    (tmp_path / "apispec.toml").write_text(toml.replace("tool.apispec.", ""), encoding="utf-8")
    said("validate", "openapi.json", "--fail-on", "never")


_OPERATION = "  /{0}:\n    get:\n      operationId: get_{0}\n      responses: {{'200': {{description: OK}}}}\n"
_HEAD = "openapi: 3.1.0\ninfo: {title: T, version: '1', description: D}\nservers: [{url: 'https://a.io'}]\npaths:\n"


@pytest.mark.parametrize("base", ["main", "main:openapi.yaml", "old.yaml"])
def test_with_a_base_only_what_a_change_brings_counts(
    base: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def found(*words: str) -> list[tuple[str, str]]:
        run(["validate", "openapi.yaml", "--format", "json", *words])
        return [(f["rule"], f["pointer"]) for f in json.loads(capsys.readouterr().out)["findings"]]

    monkeypatch.chdir(tmp_path)
    before = _HEAD + _OPERATION.format("pets") + _OPERATION.format("owners")
    for name in ("openapi.yaml", "old.yaml"):
        (tmp_path / name).write_text(before, encoding="utf-8")
    repository(tmp_path)
    assert len(found()) == 2
    assert found("--base", base) == []
    for text, places in [
        (before.replace("paths:\n", "paths:\n" + _OPERATION.format("homes")), ["homes"]),  # everything moves down
        (before.replace("/pets:\n    get:", "/pets:\n    get: # touched"), ["pets"]),
        (before.replace("get_owners", "owners"), []),  # a line beside the finding
    ]:
        (tmp_path / "openapi.yaml").write_text(text, encoding="utf-8")
        assert found("--base", base) == [("operation-without-text", f"/paths/~1{name}/get") for name in places]
    run(["validate", "openapi.yaml", "--base", base])
    assert "2 as before, on lines that did not change." in capsys.readouterr().out


def test_with_a_base_a_file_that_is_new_counts_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    repository(tmp_path)
    (tmp_path / "openapi.yaml").write_text(_HEAD + _OPERATION.format("pets"), encoding="utf-8")
    run(["validate", "openapi.yaml", "--base", "main"])
    assert "operation-without-text" in capsys.readouterr().out
    assert run(["validate", "openapi.yaml", "openapi.yaml", "other.yaml", "--base", "openapi.yaml"]) == 2


def repository(folder: Path) -> None:
    """Make a folder a repository with one commit on main."""
    for words in (["init", "-qb", "main"], ["add", "-A"], ["commit", "-qm", "a", "--allow-empty"]):
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b.c", *words], cwd=folder, check=True)


def test_each_file_is_judged_once_however_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("openapi.yaml").write_text("openapi: 3.1.0\ninfo: {title: T}\npaths: {}\n", encoding="utf-8")
    run(["validate", "openapi.yaml", "./openapi.yaml", f"{tmp_path}/openapi.yaml", "open*.yaml", "--format", "json"])
    data = json.loads(capsys.readouterr().out)
    assert data["summary"]["files"] == ["openapi.yaml"]


def test_what_stands_on_standard_input_is_compared_with_a_base(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    before = b"openapi: 3.1.0\ninfo: {title: T}\npaths: {}\n"
    Path("old.yaml").write_bytes(before)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(before), encoding="utf-8"))
    assert run(["validate", "-", "--base", "old.yaml", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []
