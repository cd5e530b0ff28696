"""The text of a snippet of every shape in every language, as it is shown, and that it is code of that language."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from apispec.snippets import Snippet, snippets
from apispec.snippets.parts import fill
from tests.conftest import Golden
from tests.snippets.cases import GRADIO, HTTP, Case

CASES = [*HTTP, *GRADIO]


def made(case: Case) -> tuple[Snippet, ...]:
    return snippets(case.api, case.endpoint, arguments=case.arguments, base_url="https://api.example.com/v1/")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_snippets_are_as_they_were_read(case: Case, golden: Golden) -> None:
    for snippet in made(case):
        golden(f"snippets/{case.name}/{snippet.language.id}.{snippet.language.extension}", snippet.text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_filling_the_parts_gives_the_text(case: Case) -> None:
    for snippet in made(case):
        assert fill(snippet.parts, snippet.values) == snippet.text
        assert snippet.text.endswith("\n")
        assert not snippet.text.endswith("\n\n")
        assert "\n\n\n" not in snippet.text
        assert not any(line != line.rstrip() and "'" not in line for line in snippet.text.splitlines())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nothing_unprintable_is_shown(case: Case) -> None:
    for snippet in made(case):
        assert snippet.text.replace("\n", "").isprintable()


def test_python_compiles() -> None:
    for case in CASES:
        compile(made(case)[0].text, f"{case.name}.py", "exec", dont_inherit=True)


@pytest.mark.node
def test_javascript_parses(tmp_path: Path) -> None:
    """One node for all: `--check` takes one file, so the modules are compiled by `vm.SourceTextModule` instead."""
    sources = {case.name: made(case)[1].text for case in CASES}
    script = (
        "import vm from 'node:vm'; let text = ''; for await (const part of process.stdin) text += part;"
        "for (const [name, source] of Object.entries(JSON.parse(text))) new vm.SourceTextModule(source, { identifier: name });"
    )
    command = ["node", "--no-warnings", "--experimental-vm-modules", "--input-type=module", "--eval", script]
    done = subprocess.run(command, input=json.dumps(sources), capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("shell", [["sh"], ["bash"], ["zsh", "-f"]], ids=lambda shell: shell[0])
def test_shell_parses(shell: list[str], tmp_path: Path) -> None:
    for case in CASES:
        path = tmp_path / f"{case.name}.sh"
        path.write_text(made(case)[2].text, encoding="utf-8")
    script = 'for f in *.sh; do "$@" -n "$f" || exit 1; done'
    done = subprocess.run(
        ["sh", "-c", script, "sh", *shell], capture_output=True, text=True, cwd=tmp_path, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr
