"""A repository whose own settings name programs: none of them runs, whatever is asked of git."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from apispec.cli import run

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the programs are shell scripts")
APP = 'def add(a: int, b: int = 1) -> int:\n    """Add."""\n    return a + b\n'
NAMED = {
    "core.fsmonitor": "fsmonitor",
    "core.pager": "pager",
    "core.sshCommand": "ssh",
    "filter.evil.clean": "clean",
    "filter.evil.smudge": "smudge",
    "filter.evil=x.process": "process",
    "diff.external": "external",
    "diff.evil.textconv": "textconv",
    "diff.evil.command": "command",
    "gpg.program": "gpg",
    "log.showSignature": "true",
}
HOOKS = ("post-index-change", "post-checkout", "reference-transaction", "pre-commit")


def git(*arguments: str) -> None:
    command = ["git", "-c", "user.name=T", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false", *arguments]
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture
def ran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository in the current folder; the answer is the file that its programs write to."""
    home = tmp_path / "hostile"
    (home / "inner").mkdir(parents=True)
    monkeypatch.chdir(home)
    marks = tmp_path / "ran"
    program = tmp_path / "program"
    program.write_text(f'#!/bin/sh\necho "$1" >> {marks}\ncat\n')
    program.chmod(0o755)
    git("init", "-q", "-b", "main", ".")
    Path(".gitattributes").write_text("* filter=evil diff=evil\n*.txt filter=evil=x\n")
    Path("app.py").write_text(APP)
    Path("notes.txt").write_text("notes\n")
    git("add", ".")
    git("commit", "-qm", "one")
    git("mv", "app.py", "service.py")
    git("commit", "-qm", "two")
    git("mv", "service.py", "api.py")
    with Path(".git", "config").open("a") as settings:  # one is included, as the others may be
        settings.write("[include]\n\tpath = more\n")
    for key, word in NAMED.items():
        value = word if word == "true" else f"{program} {word}"
        subprocess.run(["git", "config", "--file", ".git/more", key, value], check=True)
    for hook in HOOKS:
        file = Path(".git", "hooks", hook)
        file.write_text(f'#!/bin/sh\necho "{hook}" >> {marks}\n')
        file.chmod(0o755)
    return marks


@pytest.mark.parametrize(
    "command",
    [("diff", "--base", "HEAD~1", "api.py", "--static"), ("validate", "--base", "HEAD~1", "api.py", "--static")],
)
def test_no_program_of_the_repository_runs(
    command: tuple[str, ...], ran: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*command, "--fail-on", "never"]) == 0, capsys.readouterr().err
    assert "was called app.py" in "".join(capsys.readouterr()) or command[0] == "validate"
    assert not ran.exists(), ran.read_text()


def test_links_that_lead_out_of_the_repository_are_left_out(ran: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("absolute").symlink_to("/etc")
    Path("up").symlink_to("../../..")
    Path("near").symlink_to("notes.txt")
    git("add", "absolute", "up", "near")
    git("commit", "-qm", "links")
    ran.unlink(missing_ok=True)
    assert run(["diff", "--base", "HEAD", "api.py", "--static"]) == 0, capsys.readouterr().err
    assert not ran.exists(), ran.read_text()


def test_the_programs_would_run(ran: Path) -> None:
    subprocess.run(["git", "add", "--all"], check=True, capture_output=True)
    subprocess.run(["git", "archive", "HEAD"], check=True, capture_output=True)
    words = ran.read_text().split()
    assert {"fsmonitor", "clean", "smudge", "post-index-change"} <= set(words)
