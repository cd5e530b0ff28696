"""The handbook is true: generated pages are fresh, code blocks run, and every page is in the navigation."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from apispec import config
from apispec.rules import flaws_of_examples, registry
from tests.docs import generate

REPOSITORY = Path(__file__).parent.parent.parent
PAGES = [*sorted((REPOSITORY / "docs").rglob("*.md")), REPOSITORY / "README.md"]
_FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_TITLE = re.compile(r'title="([^"]+)"')


def blocks(*languages: str) -> Iterator[Any]:
    """The code blocks of all pages in some languages, each with the page, its title and its text."""
    for page in PAGES:
        if "reference/rules" in page.as_posix() or "reference/changes" in page.as_posix():
            continue  # generated from docstrings, examples of documents
        for number, match in enumerate(_FENCE.finditer(page.read_text(encoding="utf-8"))):
            language, info, text = match.groups()
            if language in languages:
                title = _TITLE.search(info)
                name = f"{page.relative_to(REPOSITORY)}#{number}"
                yield pytest.param(title.group(1) if title else "", text, id=name)


@pytest.mark.parametrize("name", sorted(generate.PAGES))
def test_generated_pages_are_fresh(name: str) -> None:
    path = generate.REFERENCE / name
    assert path.read_text(encoding="utf-8") == generate.PAGES[name](), "run python -m tests.docs.generate"


_RULES = [block for block in blocks("python") if "@rule(" in block.values[1]]


@pytest.mark.parametrize(("title", "code"), _RULES)
def test_rules_in_python_are_as_their_examples_say(title: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = dict(registry.rules())
    monkeypatch.setattr(registry, "_RULES", dict(registry._RULES))
    exec(code, {"__name__": title})
    (mine,) = [one for name, one in registry._RULES.items() if name not in before]
    assert flaws_of_examples(mine) == []


@pytest.mark.parametrize(("title", "code"), [block for block in blocks("python") if block not in _RULES])
def test_python_blocks_can_be_read_as_apps(title: str, code: str) -> None:
    Path("app.py").write_text(code, encoding="utf-8")
    done = apispec("inspect", "app.py", "--strict")
    assert done.returncode == 0, done.stderr
    assert "endpoint" in done.stdout


@pytest.mark.parametrize(("title", "text"), list(blocks("toml")))
def test_toml_blocks_are_configuration(title: str, text: str) -> None:
    tomllib.loads(text)
    if title in ("apispec.toml", "pyproject.toml"):
        Path(title).write_text(text, encoding="utf-8")
        config.load(Path(title), {})


@pytest.mark.parametrize(("title", "text"), list(blocks("yaml")))
def test_yaml_blocks_are_yaml(title: str, text: str) -> None:
    assert yaml.safe_load(text)


@pytest.mark.parametrize(("title", "text"), list(blocks("sh")))
def test_commands_in_shell_blocks_exist(title: str, text: str) -> None:
    for line in text.splitlines():
        words = line.partition("#")[0].split()
        if words[:1] == ["apispec"]:
            options = [word.partition("=")[0] for word in words[2:] if word.startswith("-")]
            command = words[1:3] if words[1:3] in (["mcp", "install"], ["mcp", "serve"]) else words[1:2]
            command = ["mcp", "serve"] if command == ["mcp"] else command  # which it is short for
            shown = apispec(*command, "--help")
            assert shown.returncode == 0, shown.stderr
            assert not [option for option in options if option not in shown.stdout], line


def test_the_tutorial_commands_run_on_the_tutorial_app() -> None:
    text = (REPOSITORY / "docs" / "tutorial.md").read_text(encoding="utf-8")
    first = next(m.group(3) for m in _FENCE.finditer(text) if m.group(1) == "python")
    Path("app.py").write_text(first, encoding="utf-8")
    assert "add_and_slice  POST /add_and_slice" in apispec("inspect", "app.py").stdout
    built = apispec("build", "app.py")
    assert built.returncode == 0, built.stderr
    for name in ("index.html", "openapi.json", "openapi.yaml", "mcp.json", "llms.txt"):
        assert Path("site", name).is_file(), name
    assert apispec("spec", "app.py", "-o", "openapi.json").returncode == 0
    assert apispec("spec", "app.py", "-o", "openapi.json", "--check").returncode == 0


@pytest.mark.slow
def test_the_handbook_builds_strictly() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(Path.cwd() / "handbook")],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        env={"NO_MKDOCS_2_WARNING": "1", "PATH": "/usr/bin:/bin"},
    )
    assert done.returncode == 0, done.stderr
    assert Path("handbook/tutorial/index.html").is_file()


def apispec(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "apispec", *args], capture_output=True, text=True)
