"""`apispec diff`: files, git revisions and apps; waivers, version bumps, reports; the work tree stays as it is."""

from __future__ import annotations

import json
import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest

from apispec.changes import kinds
from apispec.cli import run
from apispec.cli.diff import changelog_from
from apispec.config import Config
from apispec.documents import load
from apispec.rules.examples import document

BASE = """\
openapi: 3.1.0
info: {title: Pets, version: 1.2.0}
paths:
  /pets/{id}:
    get:
      operationId: get_pet
      parameters:
        - {name: id, in: path, required: true, schema: {type: integer}}
      responses:
        "200": {description: OK, content: {application/json: {schema: {$ref: "parts.yaml#/Pet"}}}}
    delete:
      operationId: delete_pet
      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
      responses: {"204": {description: Gone}}
"""
PARTS = "Pet:\n  type: object\n  properties:\n    name: {type: string}\n    kind: {type: string}\n"
REVISION = BASE[: BASE.index("    delete:")]
APP = 'def add(a: int, b: int = 1) -> int:\n    """Add."""\n    return a + b\n'


def git(*arguments: str) -> str:
    command = ["git", "-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture(autouse=True)
def repository() -> None:
    """A repository whose `main` has the base and whose work tree has the revision."""
    git("init", "-q", "-b", "main", ".")
    for name, text in (("openapi.yaml", BASE), ("parts.yaml", PARTS), ("app.py", APP)):
        Path(name).write_text(text, encoding="utf-8")
    git("add", ".")
    git("commit", "-qm", "base")
    Path("openapi.yaml").write_text(REVISION, encoding="utf-8")
    Path("parts.yaml").write_text(PARTS.replace("    kind: {type: string}\n", ""), encoding="utf-8")
    Path("app.py").write_text(APP.replace("b: int = 1", "b: int"), encoding="utf-8")


@pytest.mark.parametrize("arguments", [["main:openapi.yaml", "openapi.yaml"], ["--base", "main", "openapi.yaml"]])
def test_a_revision_is_compared_with_all_its_files(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    before = git("status", "--porcelain")
    assert run(["diff", *arguments]) == 1
    out, err = capsys.readouterr()
    assert "openapi.yaml:4:3#/paths/~1pets~1{id}: breaking[operation-removed] DELETE /pets/{id} is gone." in out
    assert "MCP clients: the tool delete_pet is gone." in out
    assert "It was: main:openapi.yaml:11" in out
    assert (
        "parts.yaml:1:1#/Pet: risky[response-property-widened] GET /pets/{id}: response 200, kind: It is gone." in out
    )
    assert "Next version by semantic versioning: 2.0.0 (after 1.2.0)." in out
    assert "1 change is breaking" in err
    assert git("status", "--porcelain") == before
    assert len(git("worktree", "list").splitlines()) == 1


def test_an_app_is_compared_with_itself_in_a_revision(capsys: pytest.CaptureFixture[str]) -> None:
    before = git("status", "--porcelain", "--ignored")
    assert run(["diff", "--base", "main", "app.py"]) == 1
    out = capsys.readouterr().out
    assert "app.py:1:1" in out
    assert "breaking[request-required-narrowed] POST /add: request body, b: It is required now." in out
    assert git("status", "--porcelain", "--ignored") == before


def test_both_places_and_who_breaks_are_there_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    Path("base.yaml").write_text(BASE, encoding="utf-8")
    Path("new.yaml").write_text(BASE.replace("operationId: get", "operationId: find"), encoding="utf-8")
    run(["diff", "base.yaml", "new.yaml", "--format", "json"])
    [found] = json.loads(capsys.readouterr().out)["findings"]
    assert (found["file"], found["related"]["file"]) == ("new.yaml", "base.yaml")
    assert found["line"] == found["related"]["line"] > 1
    assert {entry["who"] for entry in found["breaks"]} == {"snippet", "mcp"}
    run(["diff", "base.yaml", "new.yaml", "--format", "sarif"])
    [result] = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    [place] = result["relatedLocations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "base.yaml"
    run(["diff", "--base", "main", "app.py", "--format", "json"])
    found = json.loads(capsys.readouterr().out)["findings"]
    assert all(entry["line"] and entry["related"]["line"] for entry in found)


def test_two_files(capsys: pytest.CaptureFixture[str]) -> None:
    Path("base.yaml").write_text(BASE, encoding="utf-8")
    assert run(["diff", "base.yaml", "base.yaml"]) == 0
    assert capsys.readouterr().out == "Nothing that breaks callers in base.yaml.\n"
    assert run(["diff", "base.yaml", "openapi.yaml", "--fail-on", "never"]) == 0
    assert run(["diff", "openapi.yaml", "base.yaml", "--fail-on", "risky"]) == 0
    assert "1 safe change not shown" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["openapi.yaml"],
        ["nowhere:openapi.yaml", "openapi.yaml"],
        ["main:none.yaml", "openapi.yaml"],
        ["none.yaml", "openapi.yaml"],
        ["-", "-"],
        ["--base", "nowhere", "app.py"],
        ["--base=-x", "openapi.yaml"],
        ["--base", "main", "a.yaml", "b.yaml"],
        ["parts.yaml", "openapi.yaml"],
    ],
)
def test_what_cannot_be_compared_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", *arguments]) == 2
    err = capsys.readouterr().err
    assert err.startswith("apispec: ")
    assert "internal error" not in err


def test_a_shallow_clone_says_that_it_lacks_the_base(capsys: pytest.CaptureFixture[str]) -> None:
    git("commit", "-qam", "revision")
    git("clone", "-q", "--depth", "1", f"file://{Path.cwd()}", "shallow")
    import contextlib

    with contextlib.chdir("shallow"):
        assert run(["diff", "HEAD~1:openapi.yaml", "openapi.yaml"]) == 2
    assert "fetch-depth: 0" in capsys.readouterr().err


def waiver(kind: str, *, days: int = 1, subject: str = "*", reason: str = "Agreed.") -> str:
    expires = date.today() + timedelta(days=days)
    return f'[[waiver]]\nkind = "{kind}"\nsubject = "{subject}"\nreason = "{reason}"\nexpires = {expires}\n'


def test_waivers_count_until_they_expire(capsys: pytest.CaptureFixture[str]) -> None:
    file = Path("waivers.toml")
    arguments = ["diff", "main:openapi.yaml", "openapi.yaml", "--waivers", "waivers.toml"]
    file.write_text(waiver("operation-removed", subject="DELETE *", days=0), encoding="utf-8")
    assert run(arguments) == 0
    assert "1 waived." in capsys.readouterr().out
    file.write_text(waiver("operation-removed", days=-1), encoding="utf-8")
    assert run(arguments) == 1
    assert "waiver-expired" in capsys.readouterr().out
    file.write_text(waiver("operation-removed", subject="GET *"), encoding="utf-8")
    assert run([*arguments, "--all"]) == 1
    assert "waiver-unused" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "[waiver]\n",
        "other = 1\n",
        '[[waiver]]\nkind = "operation-removed"\nexpires = 2030-01-01\n',
        '[[waiver]]\nkind = "operation-removed"\nreason = "r"\n',
        '[[waiver]]\nkind = "operation-removed"\nreason = "r"\nexpires = "soon"\n',
        '[[waiver]]\nkind = "no-such-kind"\nreason = "r"\nexpires = 2030-01-01\n',
        '[[waiver]]\nkind = "*"\nreason = "r"\nexpires = 2030-01-01\nuntil = 1\n',
    ],
)
def test_waivers_that_say_too_little_are_errors(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("waivers.toml").write_text(text, encoding="utf-8")
    assert run(["diff", "openapi.yaml", "openapi.yaml", "--waivers", "waivers.toml"]) == 2
    assert "waivers.toml" in capsys.readouterr().err


@pytest.mark.parametrize(("version", "code"), [("1.2.0", 1), ("1.3.0", 1), ("2.0.0", 0), ("v3", 0), ("next", 1)])
def test_the_version_must_say_what_changed(version: str, code: int) -> None:
    Path("openapi.yaml").write_text(REVISION.replace("1.2.0", version), encoding="utf-8")
    assert run(["diff", "main:openapi.yaml", "openapi.yaml", "--fail-on", "never", "--require-bump"]) == code


def test_reports_and_changelog(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["diff", "main:openapi.yaml", "openapi.yaml", "--fail-on", "never"]
    assert run([*arguments, "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["summary"]["breaking"], data["summary"]["bump"], data["summary"]["suggested"]) == (1, "major", "2.0.0")
    assert run([*arguments, "--format", "github"]) == 0
    assert "::error file=openapi.yaml,line=4,col=3,title=apispec operation-removed::" in capsys.readouterr().out
    assert run([*arguments, "--format", "markdown", "-o", "c.md", "--changelog", "page.md"]) == 0
    comment, page = (Path(name).read_text(encoding="utf-8") for name in ("c.md", "page.md"))
    assert "<summary>Breaking changes: 1</summary>" in comment
    assert "> Next version by semantic versioning: 2.0.0" in comment.replace("\\", "")
    assert page.startswith("# Changelog\n")
    assert "## Breaking changes\n\n### `DELETE /pets/{id}`\n" in page
    for name in ("sarif", "junit", "gitlab", "text"):
        assert run([*arguments, "--format", name, "--all"]) == 0


def test_kinds_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "--list-kinds"]) == 0
    out = capsys.readouterr().out
    assert all(f"{name} " in out for name in kinds())


@pytest.mark.parametrize("base", ["main", "main:openapi.yaml", "base.yaml"])
def test_a_site_gets_its_changelog_page(base: str) -> None:
    Path("base.yaml").write_text(BASE, encoding="utf-8")
    now = load("openapi.yaml").required()
    text = changelog_from(base, now, "openapi.yaml", Config())
    assert "## Breaking changes\n\n### `DELETE /pets/{id}`\n" in text


def test_the_changelog_of_an_app_starts_at_a_revision() -> None:
    text = changelog_from("main", document("post: {}"), "app.py", Config())
    assert "From `main:app.py` to `app.py`." in text
    assert "`POST /add`" in text


@pytest.mark.parametrize("name", ["added.py", "added.py:add", "added.yaml"])
def test_what_the_base_has_not_got_is_all_new(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("added.py").write_text(APP, encoding="utf-8")
    Path("added.yaml").write_text(BASE, encoding="utf-8")
    assert run(["diff", "--base", "main", name, "--format", "json"]) == 0
    captured = capsys.readouterr()
    assert f"main has no {name.partition(':')[0]}: everything is new" in captured.err.replace(
        ", by no other name either", ""
    )
    assert {found["severity"] for found in json.loads(captured.out)["findings"]} == {"safe"}
    assert run(["diff", "--base", "main", "missing.py"]) == 2
