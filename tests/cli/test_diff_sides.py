"""`apispec diff`: which two things are compared, and that nothing passes that was not read."""

from __future__ import annotations

import contextlib
import json
import subprocess
from pathlib import Path

import pytest

from apispec.changes import checked_out
from apispec.cli import run

APP = 'def add(a: int, b: int = 1) -> int:\n    """Add."""\n    return a + b\n' + "".join(
    f'\n\ndef more{n}(value: int) -> int:\n    """Do thing number {n}."""\n    return value + {n}\n' for n in range(4)
)
HEAD = 'openapi: 3.1.0\ninfo: {title: T, version: "1"}\n'
ANSWER = '{"200": {description: OK}}'


def git(*arguments: str) -> str:
    command = ["git", "-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def paths(*names: str) -> str:
    return HEAD + "paths:\n" + "".join(f"  /{name}: {{get: {{responses: {ANSWER}}}}}\n" for name in names)


@pytest.fixture
def repository() -> None:
    git("init", "-q", "-b", "main", ".")
    Path("app.py").write_text(APP, encoding="utf-8")
    Path("openapi.yaml").write_text(paths("a", "b"), encoding="utf-8")
    git("add", ".")
    git("commit", "-qm", "base")
    git("switch", "-qc", "feature")


# --- renamed files


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("how", ["git mv", "mv", "committed", "in steps"])
@pytest.mark.parametrize("target", ["service.py", "service.py:add"])
def test_a_renamed_file_is_compared_with_what_it_was(how: str, target: str, capsys: pytest.CaptureFixture[str]) -> None:
    if how == "mv":
        Path("app.py").rename("service.py")
    else:
        git("mv", "app.py", "service.py")
    if how == "in steps":
        git("commit", "-qm", "rename")
        edited = APP + "\n".join(f"# a line that was never there before, {n}" for n in range(60))
        Path("service.py").write_text(edited, encoding="utf-8")
        git("commit", "-qam", "grow")
    Path("service.py").write_text(
        Path("service.py").read_text(encoding="utf-8").replace("b: int = 1", "b: int"), encoding="utf-8"
    )
    if how == "committed":
        git("commit", "-qam", "rename")
    before = git("status", "--porcelain")
    assert run(["diff", "--base", "main", target, "--require-base"]) == 1
    out = capsys.readouterr().out
    assert "`b`" in out
    assert "service.py was called app.py in main." in out
    assert git("status", "--porcelain") == before


@pytest.mark.usefixtures("repository")
def test_a_renamed_document_is_found_from_any_folder(capsys: pytest.CaptureFixture[str]) -> None:
    Path("specs").mkdir()
    git("mv", "openapi.yaml", "specs/api.yaml")
    Path("specs/api.yaml").write_text(paths("a"), encoding="utf-8")
    with contextlib.chdir("specs"):
        for arguments in (["--base", "main", "api.yaml"], ["main:api.yaml", "api.yaml"]):
            assert run(["diff", *arguments]) == 1
            assert "path-removed" in capsys.readouterr().out


@pytest.mark.usefixtures("repository")
def test_nothing_to_compare_with_can_fail(capsys: pytest.CaptureFixture[str]) -> None:
    Path("new.yaml").write_text(paths("z"), encoding="utf-8")
    assert run(["diff", "--base", "main", "new.yaml", "--require-bump"]) == 0, "any version will do for the first"
    out = capsys.readouterr().out
    assert "main has no new.yaml" in out
    assert "Next version" not in out
    assert run(["diff", "--base", "main", "new.yaml", "--require-base"]) == 1
    assert "main has no new.yaml" in capsys.readouterr().err


@pytest.mark.usefixtures("repository")
def test_a_revision_has_the_files_that_releases_leave_out(capsys: pytest.CaptureFixture[str]) -> None:
    """Attributes of `git archive` are for releases: what they leave out or rewrite is in a checkout as it is."""
    git("mv", "app.py", "service.py")
    Path("tools").mkdir()
    Path("tools/service.py").write_text(APP + "MARK = '$Format:%H$'\n", encoding="utf-8")
    Path(".gitattributes").write_text("tools export-ignore\n*.py export-subst\n", encoding="utf-8")
    git("add", ".")
    git("commit", "-qm", "tools")
    assert run(["diff", "--base", "HEAD", "tools/service.py"]) == 0
    assert "everything is new" not in capsys.readouterr().out
    with checked_out("HEAD") as folder:
        assert "$Format:%H$" in (folder / "tools/service.py").read_text(encoding="utf-8")
        assert not (folder / ".git").exists()
    Path("tools/service.py").write_text(APP.replace("b: int = 1", "b: int"), encoding="utf-8")
    assert run(["diff", "--base", "HEAD", "tools/service.py"]) == 1


# --- where the branch left


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("arguments", [["--base", "main", "openapi.yaml"], ["main:openapi.yaml", "openapi.yaml"]])
def test_what_the_base_gained_meanwhile_is_not_removed(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    git("switch", "-q", "main")
    Path("openapi.yaml").write_text(paths("a", "b", "c"), encoding="utf-8")
    git("commit", "-qam", "main goes on")
    git("switch", "-q", "feature")
    assert run(["diff", *arguments]) == 0
    assert "where this branch left main" in capsys.readouterr().out
    assert run(["diff", *arguments, "--base-tip"]) == 1
    Path("openapi.yaml").write_text(paths("a"), encoding="utf-8")
    assert run(["diff", *arguments]) == 1


@pytest.mark.usefixtures("repository")
def test_two_revisions_are_taken_as_they_are() -> None:
    git("switch", "-q", "main")
    Path("openapi.yaml").write_text(paths("a", "b", "c"), encoding="utf-8")
    git("commit", "-qam", "main goes on")
    git("switch", "-q", "feature")
    assert run(["diff", "main:openapi.yaml", "feature:openapi.yaml"]) == 1


@pytest.mark.usefixtures("repository")
def test_a_shallow_clone_says_how_to_fetch_more(capsys: pytest.CaptureFixture[str]) -> None:
    Path("openapi.yaml").write_text(paths("a"), encoding="utf-8")
    git("commit", "-qam", "feature")
    git("clone", "-q", "--depth", "1", "--no-single-branch", f"file://{Path.cwd()}", "shallow")
    with contextlib.chdir("shallow"):
        assert run(["diff", "--base", "origin/main", "openapi.yaml"]) == 2
        assert "git fetch --unshallow" in capsys.readouterr().err
        assert run(["diff", "--base", "origin/main", "openapi.yaml", "--base-tip"]) == 1


# --- what cannot be read never passes

BROKEN = {
    "missing file": ('get: {parameters: [{$ref: "none.yaml#/P"}], responses: {"200": {description: OK}}}', "none.yaml"),
    "remote": (
        'get: {parameters: [{$ref: "https://example.com/p.yaml#/P"}], responses: {"200": {description: OK}}}',
        "--allow-remote",
    ),
    "operation": ("get: {$ref: none/a.yaml}", "none/a.yaml"),
    "dangling": ('get: {responses: {"200": {$ref: "#/components/responses/None"}}}', "leads nowhere"),
    "wrong syntax": ('get: {responses: {"200": {$ref: bad.yaml}}}', "bad.yaml:2"),
    "anchor": (
        'get: {responses: {"200": {description: OK, content: {a/b: {schema: {$ref: "#none"}}}}}}',
        "leads nowhere",
    ),
    "in a file": ("$ref: item.yaml", "item.yaml:1"),
}


@pytest.mark.parametrize("name", BROKEN)
@pytest.mark.parametrize("side", [0, 1])
def test_a_reference_that_cannot_be_followed_ends_with_2(
    name: str, side: int, capsys: pytest.CaptureFixture[str]
) -> None:
    item, said = BROKEN[name]
    Path("bad.yaml").write_text("a: [", encoding="utf-8")
    Path("item.yaml").write_text("get: {$ref: deeper/none.yaml}\n", encoding="utf-8")
    Path("a.yaml").write_text(paths("a"), encoding="utf-8")
    Path("b.yaml").write_text(f"{HEAD}paths:\n  /a:\n    {item}\n", encoding="utf-8")
    sides = ["a.yaml", "b.yaml"]
    assert run(["diff", sides[side - 1], sides[side], "--fail-on", "never"]) == 2
    err = capsys.readouterr().err
    assert "cannot be followed, so nothing was compared" in err
    assert said in err
    assert "b.yaml:5:" in err or "item.yaml:1:" in err or "bad.yaml:2:" in err


def test_what_openapi_lets_be_a_reference_is_followed(capsys: pytest.CaptureFixture[str]) -> None:
    template = """openapi: 3.2.0
info: {title: T, version: "1"}
paths:
  /a: {$ref: "#/components/pathItems/A"}
components:
  pathItems:
    A:
      get:
        parameters: [{$ref: "#/components/parameters/Q"}]
        requestBody: {$ref: "#/components/requestBodies/B"}
        responses: {"200": {$ref: "#/components/responses/R"}}
        callbacks: {done: {$ref: "#/components/callbacks/C"}}
  parameters: {Q: {name: q, in: query, content: {application/json: {$ref: "#/components/mediaTypes/Q"}}}}
  requestBodies: {B: {content: {application/json: {$ref: "#/components/mediaTypes/M"}}}}
  responses: {R: {description: OK, headers: {X-A: {$ref: "#/components/headers/H"}}, content: {application/json: {$ref: "#/components/mediaTypes/N"}}}}
  headers: {H: {schema: {$ref: "#Size"}}}
  callbacks: {C: {"{$request.body#/url}": {$ref: "#/components/pathItems/D"}}}
  mediaTypes:
    M: {schema: {type: integer, maximum: 1}}
    N: {schema: {type: integer, maximum: 2}}
    Q: {schema: {type: integer, maximum: 3}}
  schemas: {Size: {$anchor: Size, type: integer, maximum: 4}}
"""
    template = template.replace(
        "\n  parameters:",
        "\n    D: {post: {requestBody: {content: {application/json: {schema: {type: integer, maximum: 5}}}},"
        " responses: {'200': {description: OK}}}}\n  parameters:",
        1,
    )
    Path("a.yaml").write_text(template, encoding="utf-8")
    for maximum in range(1, 6):
        Path("b.yaml").write_text(template.replace(f"maximum: {maximum}}}", "maximum: 99}"), encoding="utf-8")
        assert run(["diff", "a.yaml", "b.yaml", "--all", "--format", "json"]) in (0, 1)
        found = json.loads(capsys.readouterr().out)["findings"]
        assert [("maximum" in f["message"] or "at most" in f["message"]) for f in found] == [True], maximum


def test_references_where_openapi_knows_none_are_followed(capsys: pytest.CaptureFixture[str]) -> None:
    for folder, kind in (("a", "integer"), ("b", "string")):
        Path(folder).mkdir()
        files = {
            "openapi.yaml": HEAD + "paths: {$ref: paths.yaml}\ncomponents: {schemas: {$ref: schemas.yaml}}\n",
            "paths.yaml": "/a: {get: {$ref: get.yaml}}\n",
            "get.yaml": "responses: {$ref: answers.yaml}\n",
            "answers.yaml": '"200": {description: OK, content: {$ref: content.yaml}}\n',
            "content.yaml": "application/json: {schema: {properties: {$ref: properties.yaml}}}\n",
            "properties.yaml": "id: {$ref: 'openapi.yaml#/components/schemas/Id'}\n",
            "schemas.yaml": f"Id: {{type: {kind}}}\n",
        }
        for name, text in files.items():
            Path(folder, name).write_text(text, encoding="utf-8")
    assert run(["diff", "a/openapi.yaml", "b/openapi.yaml"]) == 1
    assert "b/schemas.yaml:1:1#/Id: breaking[response-type" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["spec", "build"])
def test_nothing_is_published_with_a_file_missing(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.yaml").write_text(
        f'{HEAD}paths:\n  /a: {{get: {{parameters: [{{$ref: "p.yaml#/P"}}], responses: {ANSWER}}}}}\n', encoding="utf-8"
    )
    Path("p.yaml").write_text('P: {$ref: "q.yaml#/P"}\n', encoding="utf-8")
    assert (
        run([command, "a.yaml", "-o" if command == "spec" else "--out", "out.d" if command == "build" else "out.json"])
        == 1
    )
    err = capsys.readouterr().err
    assert "p.yaml:1:5#/P/$ref: error: 'q.yaml#/P': there is no such file" in err
    assert "leads back here" not in err
    assert not Path("out.d").exists()
    assert not Path("out.json").exists()


# --- a policy of one's own


def test_levels_of_kinds_are_set_by_option_and_configuration(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.yaml").write_text(paths("a", "b"), encoding="utf-8")
    Path("b.yaml").write_text(paths("a"), encoding="utf-8")
    assert run(["diff", "a.yaml", "b.yaml"]) == 1
    assert run(["diff", "a.yaml", "b.yaml", "--rules", '{path-removed = "risky"}']) == 0
    assert run(["diff", "a.yaml", "b.yaml", "--rules", '{"path-*" = "off"}', "--all", "--format", "json"]) == 0
    Path("apispec.toml").write_text('[rules]\n"path-*" = "safe"\nstyle = "off"\n', encoding="utf-8")
    assert run(["diff", "a.yaml", "b.yaml"]) == 0
    assert run(["diff", "b.yaml", "a.yaml", "--fail-on", "risky"]) == 0
    Path("apispec.toml").write_text('[rules]\npath-added = "breaking"\n', encoding="utf-8")
    capsys.readouterr()
    assert run(["diff", "b.yaml", "a.yaml"]) == 1
    assert "breaking[path-added]" in capsys.readouterr().out
    assert run(["validate", "a.yaml"]) == 0


@pytest.mark.parametrize("setting", ['{path-remove = "off"}', '{path-removed = "bad"}', '{"x-*" = "off"}'])
def test_unknown_kinds_and_levels_are_refused(setting: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.yaml").write_text(paths("a"), encoding="utf-8")
    for command in (["diff", "a.yaml", "a.yaml"], ["validate", "a.yaml"]):
        assert run([*command, "--rules", setting]) == 2
        assert capsys.readouterr().err.startswith("apispec: ")


# --- however a file is named


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("how", ["absolute", "revision", "new link", "through a linked folder", "app"])
def test_no_way_to_write_a_path_makes_everything_new(how: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("openapi.yaml").write_text(paths("a"), encoding="utf-8")
    Path("app.py").write_text(APP.replace("b: int = 1", "b: int"), encoding="utf-8")
    Path("link.yaml").symlink_to("openapi.yaml")
    Path("folder").symlink_to(".")
    here = Path.cwd()
    arguments = {
        "absolute": ["--base", "main", f"{here}/openapi.yaml"],
        "revision": [f"main:{here}/openapi.yaml", "openapi.yaml"],
        "new link": ["--base", "main", "link.yaml"],
        "through a linked folder": ["--base", "main", "folder/openapi.yaml"],
        "app": ["--base", "main", f"{here}/app.py:add"],
    }[how]
    assert run(["diff", *arguments]) == 1
    assert "everything is new" not in capsys.readouterr().out


@pytest.mark.usefixtures("repository")
def test_a_link_is_followed_in_the_revision_too(capsys: pytest.CaptureFixture[str]) -> None:
    Path("link.yaml").symlink_to("openapi.yaml")
    git("add", "link.yaml")
    git("commit", "-qm", "link")
    Path("openapi.yaml").write_text(paths("a"), encoding="utf-8")
    assert run(["diff", "--base", "HEAD", "link.yaml"]) == 1
    assert "GET /b" in capsys.readouterr().out


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("command", ["diff", "validate"])
@pytest.mark.parametrize("where", ["inner/openapi.yaml", "../outside.yaml"])
def test_files_of_other_repositories_are_refused(command: str, where: str, capsys: pytest.CaptureFixture[str]) -> None:
    git("init", "-q", "inner")
    Path("inner/openapi.yaml").write_text(paths("a"), encoding="utf-8")
    Path("../outside.yaml").write_text(paths("a"), encoding="utf-8")
    assert run([command, "--base", "main", where]) == 2
    assert where in capsys.readouterr().err


@pytest.mark.usefixtures("repository")
def test_standard_input_is_in_no_revision(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", "--base", "main", "-"]) == 2
    assert "standard input is in no revision" in capsys.readouterr().err


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("notation", ["github", "gitlab", "sarif"])
def test_reports_name_files_and_not_revisions(notation: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("openapi.yaml").write_text(paths("a"), encoding="utf-8")
    git("commit", "-qam", "less")
    assert run(["diff", "main:openapi.yaml", "HEAD:openapi.yaml", "--format", notation]) == 1
    report = capsys.readouterr().out
    if notation == "github":
        assert "file=openapi.yaml," in report
    elif notation == "gitlab":
        assert {one["location"]["path"] for one in json.loads(report)} == {"openapi.yaml"}
    else:
        (result,) = json.loads(report)["runs"][0]["results"]
        places = [*result["locations"], *result["relatedLocations"]]
        assert {one["physicalLocation"]["artifactLocation"]["uri"] for one in places} == {"openapi.yaml"}


@pytest.mark.usefixtures("repository")
def test_levels_are_written_as_in_a_file_and_waivers_by_any_editor(capsys: pytest.CaptureFixture[str]) -> None:
    Path("new.yaml").write_text(paths("a"), encoding="utf-8")
    assert run(["diff", "openapi.yaml", "new.yaml", "--rules", 'path-removed = "risky"']) == 0
    assert "risky[path-removed]" in capsys.readouterr().out
    waiver = '\ufeff[[waiver]]\r\nkind = "*"\r\nreason = "Agreed."\r\nexpires = 2999-01-01\r\n'
    Path("waivers.toml").write_bytes(waiver.encode())
    assert run(["diff", "openapi.yaml", "new.yaml", "--waivers", "waivers.toml"]) == 0
