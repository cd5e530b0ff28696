"""`apispec build` and `apispec pages`: what is written, what is compared, and what is left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from apispec.cli import run

APP = '''"""Sums."""

__version__ = "2.0"


def add(a: int, b: int = 2) -> int:
    """Add two numbers.

    Args:
        a: The first.
        b: The second.
    """
    return a + b
'''


@pytest.fixture(autouse=True)
def app() -> Path:
    path = Path("app.py")
    path.write_text(APP, encoding="utf-8")
    return path


def contents(folder: str) -> dict[str, bytes]:
    root = Path(folder)
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def test_a_site_has_its_pages_and_files_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "app.py"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "1 endpoint, no findings" in err and "site/index.html" in err and "read " in err
    names = set(contents("site"))
    assert {"index.html", "openapi.json", "openapi.yaml", "mcp.json", "llms.txt", "SKILL.md", "mcp/index.html"} <= names
    assert json.loads(Path("site/mcp.json").read_text(encoding="utf-8"))["tools"][0]["name"] == "add"
    assert "requests.post(" in Path("site/openapi.json").read_text(encoding="utf-8")


def test_quiet_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "app.py", "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_check_compares_and_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "app.py", "--check"]) == 1
    assert not Path("site").exists()
    assert run(["build", "app.py"]) == 0
    assert run(["build", "app.py", "--check"]) == 0
    before = contents("site")
    Path("app.py").write_text(APP.replace("Add two", "Sum two"), encoding="utf-8")
    capsys.readouterr()
    assert run(["build", "app.py", "--check"]) == 1
    out, err = capsys.readouterr()
    assert "+++ b/openapi.json" in out and "Sum two numbers." in out
    assert "bring it up to date: apispec build app.py\n" in err
    assert contents("site") == before


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda: Path("app.py").write_text("def f(:\n", encoding="utf-8"), 2),
        (lambda: Path("app.py").write_text("def f(x):\n    return x\n", encoding="utf-8"), 1),
    ],
)
def test_a_build_that_fails_leaves_the_site_as_it_was(change: object, code: int) -> None:
    assert run(["build", "app.py", "--strict"]) == 0
    before = contents("site")
    change()  # type: ignore[operator]
    assert run(["build", "app.py", "--strict"]) == code
    assert contents("site") == before


def test_a_folder_that_is_not_ours_is_not_touched(capsys: pytest.CaptureFixture[str]) -> None:
    Path("mine").mkdir()
    Path("mine/thesis.txt").write_text("years of work", encoding="utf-8")
    assert run(["build", "app.py", "--out", "mine"]) == 2
    assert contents("mine") == {"thesis.txt": b"years of work"}
    assert "was not written by apispec" in capsys.readouterr().err


def test_hide_mcp_leaves_no_trace_of_it() -> None:
    assert run(["build", "app.py", "--hide-mcp", "-q"]) == 0
    names = contents("site")
    assert "mcp.json" not in names and "mcp/index.html" not in names
    assert b"mcp.json" not in names["llms.txt"] + names["index.html"]


def test_a_changelog_page_says_what_changed() -> None:
    assert run(["spec", "app.py", "-o", "before.json"]) == 0
    Path("app.py").write_text(APP.replace("b: int = 2", "b: int"), encoding="utf-8")
    assert run(["build", "app.py", "--changelog-from", "before.json", "-q"]) == 0
    page = Path("site/changelog/index.html").read_text(encoding="utf-8")
    assert "breaking" in page.lower() and "add" in page


def test_own_pages_logo_colours_and_links_are_taken_in() -> None:
    Path("start.md").write_text("# Getting started\n\nHello.\n", encoding="utf-8")
    Path("logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    Path("apispec.toml").write_text(
        'target = "app.py"\npages-before = ["start.md"]\nlogo = "logo.svg"\nprimary = "teal"\nfooter = "Ours <b>"\n'
        '[links]\nSource = "https://example.com/source"\n',
        encoding="utf-8",
    )
    assert run(["build", "-q"]) == 0
    home = Path("site/index.html").read_text(encoding="utf-8")
    assert "Getting started" in home and "https://example.com/source" in home
    assert 'data-md-color-primary="teal"' in home and "Ours &lt;b&gt;" in home
    assert Path("site/start/index.html").is_file()


def test_wrong_choices_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "app.py", "--primary", "mauve"]) == 2
    assert "no such colour: mauve" in capsys.readouterr().err
    assert run(["build", "app.py", "--pages-before", "missing.md"]) == 2
    assert "no such page" in capsys.readouterr().err
    assert run(["build", "app.py", "--language", "cobol"]) == 2
    assert "no snippets in 'cobol'" in capsys.readouterr().err
    assert run(["build", "app.py", "--templates", "missing"]) == 2
    assert "no such template folder" in capsys.readouterr().err


def test_a_language_of_the_users_is_everywhere() -> None:
    folder = Path("templates/snippets/http")
    folder.mkdir(parents=True)
    text = '{# language: Ruby; lexer: ruby #}\nputs {{ slot("url", "python") }}\n'
    (folder / "ruby.rb.jinja").write_text(text, encoding="utf-8")
    assert run(["build", "app.py", "--templates", "templates", "-q"]) == 0
    assert '"lang": "Ruby"' in Path("site/openapi.json").read_text(encoding="utf-8")
    assert "Ruby" in Path("site/reference/index.html").read_text(encoding="utf-8")


def test_pages_are_markdown_for_a_site_of_ones_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["pages", "app.py", "--out", "docs/api"]) == 0
    names = set(contents("docs/api"))
    assert {"index.md", "openapi.json", "assets/apispec.css", "assets/apispec.js"} <= names
    assert "docs/api: " in capsys.readouterr().err
    assert run(["pages", "app.py", "--out", "docs/api", "--check"]) == 0
    Path("app.py").write_text(APP.replace("Add two", "Sum two"), encoding="utf-8")
    assert run(["pages", "app.py", "--out", "docs/api", "--check"]) == 1
    assert "apispec pages app.py --out docs/api" in capsys.readouterr().err
