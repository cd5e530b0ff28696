"""What a document calls itself reaches neither the terminal nor a CI's runner as anything but text."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from apispec.cli import run
from apispec.reports import clean, one_line
from apispec.reports.markdown_format import escape

EVIL = "::add-mask::x\x1b]0;owned\x07\x1b[2J\n::error file=a::b\r\n  ::stop-commands::t\n##[group]y\u202e\u009b31m"


@pytest.fixture(autouse=True)
def _document() -> None:
    get = {"operationId": EVIL, "summary": EVIL, "tags": [EVIL], "responses": {"200": {"description": EVIL}}}
    data: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": EVIL, "version": EVIL, "description": EVIL},
        "tags": [{"name": EVIL}],
        "paths": {"/x": {"get": get}, f"/{EVIL}": {"get": {"operationId": f"{EVIL}2", "responses": {}}}},
        "components": {"schemas": {EVIL: {"type": EVIL}}},
    }
    Path("doc.json").write_text(json.dumps(data), encoding="utf-8")
    Path("old.json").write_text(json.dumps(data).replace('"/x"', '"/y"'), encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ["spec", "doc.json"],
        ["inspect", "doc.json"],
        ["build", "doc.json", "--fail-on", "never"],
        ["pages", "doc.json", "--out", "p", "--fail-on", "never"],
        ["validate", "doc.json", "--fail-on", "never"],
        ["diff", "old.json", "doc.json", "--fail-on", "never", "--all"],
        ["diff", "old.json", "doc.json", "--fail-on", "never", "--format", "github"],
        ["prove", "doc.json", "--server", "http://127.0.0.1:9", "--in", "curl", "-v"],
        ["validate", f"{EVIL}.json"],
        ["build", EVIL],
    ],
    ids=lambda arguments: f"{arguments[0]}{len(arguments)}",
)
def test_nothing_is_printed_raw(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    run(arguments)
    said = capfd.readouterr()
    printed = said.out + said.err
    assert printed
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", printed)
    ours = r"::(error|warning|notice) (file=|title=apispec )"
    assert not [line for line in printed.splitlines() if line.lstrip().startswith("::") and not re.match(ours, line)]
    assert arguments[0] == "spec" or "##[" not in printed


@pytest.mark.parametrize("text", [EVIL, "::error::x", " \t::x", "a\n::x", "##[error]x", "a ##[x"])
def test_commands_become_text(text: str) -> None:
    for made in (clean(text), one_line(text)):
        assert not re.search(r"(?m)^\s*::", made)
        assert "##[" not in made


def test_what_is_no_command_stays() -> None:
    assert clean("a::b http://x ## [y] # z") == "a::b http://x ## [y] # z"


@pytest.mark.parametrize(
    "text",
    [
        "@octocat",
        "hi @org/team",
        "#12",
        "o/r#12",
        "GH-12",
        "https://github.com/o/r/issues/1",
        "![x](http://x.test/y.png)",
    ],
)
def test_comments_name_nobody(text: str) -> None:
    made = escape(text)
    plain = re.sub(r"\\([^\w\s])", r"\1", made)  # what Markdown leaves for GitHub to look through
    assert not re.search(r"@\w|#\d|GH-\d|://", plain)
    assert "![" not in made


def test_snippets_in_a_log_are_no_commands_to_its_runner() -> None:
    body = "a\n::add-mask::secret\n  ::error::x\n##[error]y"
    content = {"text/plain": {"schema": {"type": "string"}, "example": body}}
    post = {"operationId": "x", "requestBody": {"content": content}, "responses": {"200": {"description": "OK"}}}
    data = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "servers": [{"url": "http://x"}]}
    Path("doc.json").write_text(json.dumps({**data, "paths": {"/x": {"post": post}}}))
    for language in ("curl", "wget", "httpie"):
        done = subprocess.run(
            [sys.executable, "-m", "apispec", "snippet", "doc.json", "x", "-l", language],
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0 and "add-mask" in done.stdout
        assert not re.search(r"^\s*::|##\[", done.stdout, re.MULTILINE), done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")
def test_a_terminal_gets_no_controls_and_a_pipe_the_bytes_of_the_document() -> None:
    import pty

    title = "a\u009b31m\u202e"
    Path("doc.json").write_text(json.dumps({"openapi": "3.1.0", "info": {"title": title, "version": "1"}, "paths": {}}))
    command = [sys.executable, "-m", "apispec", "bundle", "doc.json"]
    assert title.encode() in subprocess.run(command, capture_output=True).stdout
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stdout=theirs):
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 4096):
                shown += part
        except OSError:  # how Linux says that nobody is at the other end
            pass
    os.close(ours)
    assert b"a\\u009b31m\\u202e" in shown and title.encode() not in shown
