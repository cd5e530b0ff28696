"""What users put into their repositories: the action, hooks and workflows are linted, and their shell parts are run."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from apispec.cli import group, run
from apispec.cli.reported import FORMATS as OFFERED
from apispec.documents import load
from apispec.reports import FORMATS

REPOSITORY = Path(__file__).parent.parent.parent
INIT = REPOSITORY / "templates" / "init"
SCHEMAS = {
    REPOSITORY / "action.yml": "github-actions",
    INIT / "api.yml": "github-workflows",
    INIT / "gitlab-ci.yml": "gitlab-ci",
    **dict.fromkeys(sorted((REPOSITORY / ".github" / "workflows").glob("*.yml")), "github-workflows"),
}
OWN = [path for path in SCHEMAS if path.parent.name == "workflows"]
APP = '"""Sums."""\n\n\ndef add(a: int, b: int = 1) -> int:\n    """Add two numbers."""\n    return a + b\n'


def parsed(path: Path) -> Any:
    return load(path, text=path.read_bytes()).required()


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_workflows_follow_their_schema(path: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{SCHEMAS[path]}", str(path)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr


@pytest.mark.parametrize("path", [REPOSITORY / "action.yml", INIT / "api.yml"], ids=lambda path: path.name)
def test_nothing_of_a_pull_request_is_pasted_into_a_shell(path: Path) -> None:
    for step in steps(parsed(path)):
        assert "${{" not in step.get("run", "")


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_our_own_workflows_ask_for_no_more_than_they_need(path: Path) -> None:
    workflow = parsed(path)
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 90
        assert set(job.get("permissions", {})) <= {"contents", "pages", "id-token", "attestations"}
    assert all("${{" not in step.get("run", "") for step in steps(workflow))
    for step in steps(workflow):
        for target in re.findall(r"^make (\w+)", step.get("run", "")):
            assert f"\n{target}:" in (REPOSITORY / "Makefile").read_text(encoding="utf-8")


def test_our_workflows_cover_what_they_promise() -> None:
    assert [path.name for path in OWN] == ["handbook.yml", "release.yml", "tests.yml"]
    matrix = parsed(OWN[-1])["jobs"]["everywhere"]["strategy"]["matrix"]
    assert {name.partition("-")[0] for name in matrix["os"]} == {"ubuntu", "macos", "windows"}
    assert matrix["python"] == ["3.11", "3.12", "3.13", "3.14"]


def test_every_input_and_output_is_used() -> None:
    action = parsed(REPOSITORY / "action.yml")
    text = (REPOSITORY / "action.yml").read_text(encoding="utf-8")
    for name in action["inputs"]:
        assert f"inputs.{name}" in text
    ids = {step.get("id") for step in steps(action)}
    assert set(re.findall(r"steps\.(\w+)\.", text)) <= ids


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    if "runs" in workflow:
        return list(workflow["runs"]["steps"])
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


class Runner:
    """Runs shell steps as the runner does: `bash -eo pipefail`, outputs and summary in files."""

    def __init__(self, folder: Path) -> None:
        self.output, self.summary = folder / "output", folder / "summary"
        self.env = {
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "RUNNER_TEMP": str(folder),
            "GITHUB_OUTPUT": str(self.output),
            "GITHUB_STEP_SUMMARY": str(self.summary),
        }

    def run(self, step: dict[str, Any], **env: str) -> subprocess.CompletedProcess[str]:
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        return subprocess.run(command, env={**self.env, **env}, capture_output=True, text=True, check=False)

    def outputs(self) -> dict[str, str]:
        return dict(line.split("=", 1) for line in self.output.read_text(encoding="utf-8").splitlines())


@pytest.fixture
def runner(tmp_path_factory: pytest.TempPathFactory) -> Runner:
    """A runner in a clone of a repository: `main` has two functions, the pull request renames an argument."""
    git("init", "-q", "-b", "main", "origin")
    Path("origin/app.py").write_text(APP, encoding="utf-8")
    git("-C", "origin", "add", ".")
    git("-C", "origin", "commit", "-qm", "one")
    git("clone", "-q", f"file://{Path.cwd()}/origin", "clone")
    os.chdir("clone")
    Path("app.py").write_text(APP.replace("b: int = 1", "c: int").replace("+ b", "+ c"), encoding="utf-8")
    return Runner(tmp_path_factory.mktemp("runner"))


def git(*arguments: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=T", "-c", "user.email=t@example.com", *arguments], check=True, capture_output=True
    )


def named(path: Path) -> dict[str, dict[str, Any]]:
    return {step["name"]: step for step in steps(parsed(path)) if "run" in step}


def test_the_action_builds_judges_compares_and_comments(runner: Runner) -> None:
    action = named(REPOSITORY / "action.yml")
    assert runner.run(action["Install apispec"], PACKAGES="--no-index pip").returncode == 0
    built = runner.run(action["Build the site"], TARGET="app.py", OUT="public")
    assert built.returncode == 0, built.stderr
    assert Path("public/openapi.json").is_file()
    judged = runner.run(action["Judge the document"], TARGET="app.py", FAIL_ON="error")
    assert judged.returncode == 0, judged.stderr
    assert "apispec validate: " in judged.stdout
    compared = runner.run(
        action["Find what breaks callers"], TARGET="app.py", BASE="", BASE_REF="main", FAIL_ON="breaking", WAIVERS=""
    )
    assert compared.returncode == 0, compared.stderr
    assert "::error file=app.py," in compared.stdout
    outputs = runner.outputs()
    assert (outputs["error_count"], outputs["breaking"], outputs["suggested_version"]) == ("0", "2", "0.2.0")
    assert runner.run(action["Write the comment's text"]).returncode == 0
    comment = Path(runner.outputs()["comment_file"]).read_text(encoding="utf-8")
    assert comment.startswith("<!-- apispec -->\n## API changes from `origin/main:app.py` to `app.py`\n")
    assert "## apispec validate" in comment
    assert "POST /add" in runner.summary.read_text(encoding="utf-8")
    last = action["Fail where something was found"]
    assert runner.run(last, VALIDATE_CODE="0", DIFF_CODE="1").returncode == 1
    assert runner.run(last, VALIDATE_CODE="0", DIFF_CODE="").returncode == 0


def test_the_action_finds_where_a_branch_left_in_a_shallow_clone(runner: Runner) -> None:
    origin = str(Path("../origin").resolve())
    git("-C", origin, "switch", "-qc", "feature")
    Path(origin, "more.py").write_text("", encoding="utf-8")
    git("-C", origin, "add", ".")
    git("-C", origin, "commit", "-qm", "two")
    git("-C", origin, "switch", "-q", "main")
    Path(origin, "app.py").write_text(APP + "\n\ndef late() -> int:\n    return 1\n", encoding="utf-8")
    git("-C", origin, "commit", "-qam", "three")
    git("clone", "-q", "--depth=1", "--branch=feature", f"file://{origin}", "shallow")
    os.chdir("shallow")
    step = named(REPOSITORY / "action.yml")["Find what breaks callers"]
    found = runner.run(step, TARGET="app.py", BASE="", BASE_REF="main", FAIL_ON="breaking", WAIVERS="")
    assert found.returncode == 0, found.stderr
    assert runner.outputs()["breaking"] == "0"


EVIL = "open('PWNED', 'a').write(__file__)\n"


def test_the_action_runs_nothing_of_a_strangers_checkout(runner: Runner) -> None:
    action = named(REPOSITORY / "action.yml")
    Path("app.py").write_text(EVIL + APP, encoding="utf-8")
    for name in ("pip", "json", "click", "sitecustomize", "usercustomize", "setup", "apispec", "pydantic", "typing"):
        Path(f"{name}.py").write_text(EVIL, encoding="utf-8")
    Path("requirements.txt").write_text("./evil\n", encoding="utf-8")
    Path("t/theme").mkdir(parents=True)
    Path("t/theme/main.html").write_text("{{ cycler.__init__.__globals__.os.system('touch PWNED') }}", encoding="utf-8")
    Path("apispec.toml").write_text('templates = ["t"]\npython = "./evil"\npages-before = ["/etc/hostname"]\n')
    asked = "--no-index . -r requirements.txt ./evil pip"
    installed = runner.run(action["Install apispec"], PACKAGES=asked, UNTRUSTED="true")
    assert installed.returncode == 0, installed.stderr
    assert installed.stdout.count("::notice") == 4
    built = runner.run(action["Build the site"], TARGET="app.py", OUT="public", UNTRUSTED="true")
    assert built.returncode == 0, built.stderr
    judged = runner.run(action["Judge the document"], TARGET="app.py", FAIL_ON="error", UNTRUSTED="true")
    assert judged.returncode == 0, judged.stderr
    compared = runner.run(
        action["Find what breaks callers"],
        TARGET="app.py", BASE="", BASE_REF="main", FAIL_ON="breaking", WAIVERS="", UNTRUSTED="true",
    )  # fmt: skip
    assert compared.returncode == 0, compared.stderr
    assert not Path("PWNED").exists(), Path("PWNED").read_text(encoding="utf-8")


def test_forks_are_strangers() -> None:
    for step in steps(parsed(REPOSITORY / "action.yml")):
        if "apispec " in step.get("run", "") or "pip" in step.get("run", ""):
            if step["name"] in ("Write the comment's text", "Fail where something was found"):
                continue
            condition = step["env"]["UNTRUSTED"]
            assert "head.repo.full_name != github.repository" in condition, step["name"]
            assert "workflow_run.head_repository.full_name != github.repository" in condition, step["name"]
            assert "github.event.issue.pull_request" in condition, "a comment can ask for anybody's pull request"


def test_no_file_of_the_checkout_chooses_what_is_installed(runner: Runner, tmp_path: Path) -> None:
    (tmp_path / "python").write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    (tmp_path / "python").chmod(0o755)
    Path("apispec-docse").write_text("", encoding="utf-8")
    step = named(REPOSITORY / "action.yml")["Install apispec"]
    for untrusted in ("true", "false"):
        path = f"{tmp_path}{os.pathsep}{runner.env['PATH']}"
        done = runner.run(step, PACKAGES="apispec-docs[serve]", UNTRUSTED=untrusted, PATH=path)
        assert done.stdout.splitlines()[-1] == "apispec-docs[serve]", done.stderr


def test_the_action_stops_where_apispec_cannot_run(runner: Runner) -> None:
    action = named(REPOSITORY / "action.yml")
    assert runner.run(action["Judge the document"], TARGET="none.yaml", FAIL_ON="error").returncode == 2
    found = runner.run(
        action["Find what breaks callers"], TARGET="app.py", BASE="nowhere", BASE_REF="", FAIL_ON="breaking", WAIVERS=""
    )
    assert found.returncode == 2


def test_the_starter_workflow_runs(runner: Runner) -> None:
    Path("app.py").unlink()
    assert run(["init"]) == 0
    workflow = named(Path(".github/workflows/api.yml"))
    built = runner.run(workflow["Build the site"])
    assert built.returncode == 0, built.stderr
    judged = runner.run(workflow["Judge the document"])
    assert judged.returncode == 0, judged.stdout + judged.stderr
    compared = runner.run(workflow["Find what breaks callers"], BASE_REF="main")
    assert compared.returncode == 1, compared.stderr
    assert "The path /add is gone" in compared.stdout
    assert "API changes from" in runner.summary.read_text(encoding="utf-8")


def test_init_never_changes_what_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    Path("apispec.toml").write_text("# mine\n", encoding="utf-8")
    assert run(["init", "--ci", "gitlab"]) == 0
    assert "kept apispec.toml, it is there already" in capsys.readouterr().err
    assert Path("apispec.toml").read_text(encoding="utf-8") == "# mine\n"
    before = {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()}
    assert {path.name for path in before} == {"apispec.toml", "app.py", ".gitlab-ci.yml"}
    assert run(["init", "--ci", "gitlab"]) == 0
    assert {path: path.read_bytes() for path in Path().rglob("*") if path.is_file()} == before
    assert run(["init", "new/place"]) == 0
    assert Path("new/place/.github/workflows/api.yml").is_file()
    Path("file").write_text("", encoding="utf-8")
    assert run(["init", "file"]) == 2


def test_the_starter_app_is_good() -> None:
    assert run(["init"]) == 0
    assert run(["spec", "-o", "openapi.json"]) == 0
    assert run(["validate", "openapi.json", "--fail-on", "warning", "--min-coverage", "75"]) == 0
    assert list(json.loads(Path("openapi.json").read_text(encoding="utf-8"))["paths"]) == ["/length", "/temperature"]


def test_hooks_name_commands_that_exist_and_files_that_are_meant() -> None:
    hooks = {hook["id"]: hook for hook in parsed(REPOSITORY / ".pre-commit-hooks.yaml")}
    assert set(hooks) == {"apispec-validate", "apispec-spec-check"}
    for hook in hooks.values():
        assert {"id", "name", "description", "entry", "language"} <= hook.keys()
        program, command, *_ = hook["entry"].split()
        assert program == "apispec"
        assert command in group.list_commands(None)  # type: ignore[arg-type]
    pattern = re.compile(hooks["apispec-validate"]["files"])
    assert all(pattern.search(name) for name in ("openapi.json", "api/openapi.v2.yaml", "docs/Swagger.yml"))
    assert not any(pattern.search(name) for name in ("package.json", "openapi/readme.md", "openapi/notes.yaml"))
    Path("app.py").write_text(APP, encoding="utf-8")
    Path("apispec.toml").write_text('target = "app.py"\n', encoding="utf-8")
    arguments = hooks["apispec-spec-check"]["entry"].split()[1:]
    assert run(arguments) == 1
    assert run(["spec", "-o", "openapi.json"]) == 0
    assert run(arguments) == 0
    assert run([*hooks["apispec-validate"]["entry"].split()[1:], "openapi.json", "openapi.json"]) == 0


def test_the_handbook_shows_the_same_hooks() -> None:
    """As local hooks, which need no address of a repository."""
    page = (REPOSITORY / "docs" / "how-to" / "guard-pull-requests.md").read_text(encoding="utf-8")
    block = page[page.index("repos:") :].partition("```")[0]
    config = load("config.yaml", text=block).required()
    shown = {hook["id"]: hook for hook in config["repos"][0]["hooks"]}
    for hook in parsed(REPOSITORY / ".pre-commit-hooks.yaml"):
        expected = {key: value for key, value in hook.items() if key != "description"}
        assert shown[hook["id"]] == {**expected, "additional_dependencies": ["apispec-docs"]}


def test_the_offered_formats_are_those_that_exist() -> None:
    assert OFFERED == FORMATS
