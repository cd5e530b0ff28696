"""Several versions of an API on one site: `versions`."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from apispec.cli import run

ONE = '"""Shop."""\ndef buy(item: str) -> float:\n    """Buy."""\n    return 1.0\ndef leave() -> None:\n    """Go."""\n'
TWO = ONE.replace("item: str", "item: str, gift: bool = False").replace("def leave", "def depart")
THREE = TWO.replace("gift: bool = False", "gift: bool") + 'def ask(q: str) -> str:\n    """Ask."""\n    return q\n'


def git(*words: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *words], check=True, capture_output=True)


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setenv("APISPEC_CACHE", str(tmp_path / "cache"))
    git("init", "-q")
    Path("README").write_text("", encoding="utf-8")
    git("add", "-A")
    git("commit", "-qm", "0")
    git("tag", "v0.1")
    for tag, source in (("v1.9", ONE), ("v1.10", TWO), ("v2.0", THREE)):
        Path("app.py").write_text(source, encoding="utf-8")
        git("add", "-A")
        git("commit", "-qm", tag)
        git("tag", tag)
    Path("app.py").write_text("not python at all", encoding="utf-8")  # the tags are built, not this
    yield


def text(path: str) -> str:
    return Path(path).read_text(encoding="utf-8")


def test_versions_of_git_tags(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["build", "app.py", "--versions", "v*", "--site-url", "https://docs.example/shop"]
    command += ["--layout", "operations"]
    assert run(command) == 0
    told = capsys.readouterr().err
    assert "v0.1 has no app.py; it is left out" in told and "3 versions, 3 endpoints in v2.0" in told
    assert [one["version"] for one in json.loads(text("site/versions.json"))] == ["v2.0", "v1.10", "v1.9"]
    assert 'content="0; url=latest/"' in text("site/index.html")
    assert text("site/latest/reference/buy/index.html") == text("site/v2.0/reference/buy/index.html")

    newest, middle, oldest = (text(f"site/{name}/reference/buy/index.html") for name in ("v2.0", "v1.10", "v1.9"))
    canonical = '<link rel="canonical" href="https://docs.example/shop/latest/reference/buy/">'
    assert canonical in newest and canonical in middle and canonical in oldest
    assert "api-outdated" not in newest and "You are reading v1.9, an old version." in oldest
    assert '<a href="../../../latest/reference/buy/">This page in v2.0</a>' in oldest
    gone = text("site/v1.9/reference/leave/index.html")
    assert '<a href="../../../latest/">The newest version, v2.0</a>' in gone and ">removed in v1.10<" in gone
    assert ">new in v2.0<" in text("site/v2.0/reference/ask/index.html")
    assert ">new in v1.10<" in text("site/v2.0/reference/depart/index.html") and ">changed in v2.0<" in newest
    assert ">changed in v1.10<" in middle and "new in" not in middle and "changed in" not in oldest
    assert "gift" in newest.partition("What changed in v2.0")[2][:400]
    assert "Breaking changes" in text("site/v2.0/changelog/v2.0/index.html")
    assert not Path("site/v1.9/changelog").exists() and not Path("site/v1.9/sitemap.xml").exists()
    assert Path("site/latest/sitemap.xml").exists()
    assert not subprocess.run(["git", "worktree", "list"], capture_output=True, text=True).stdout.strip().count("\n")

    assert list((tmp_path / "cache").iterdir())
    assert run([*command, "--check"]) == 0, "from what was kept, the same bytes"
    for kept in (tmp_path / "cache").iterdir():
        kept.unlink()
    assert run([*command, "--check"]) == 0, "and made anew"
    for kept in (tmp_path / "cache").iterdir():
        kept.write_bytes(b"cut off")
    assert run([*command, "--check"]) == 0


def test_tables_of_documents_and_revisions() -> None:
    operation = {"responses": {"200": {"description": "ok"}}}
    paths = {"/a": {"get": {"operationId": "a", **operation}}}
    document = {"openapi": "3.1.0", "info": {"title": "Shop", "version": "1"}, "paths": paths}
    for name in ("one", "two"):
        Path(f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
        paths["/x"] = {"get": {"operationId": "x", **operation}}
    Path("apispec.toml").write_text(
        '[[versions]]\nname = "1"\ntarget = "one.json"\n[[versions]]\nname = "2"\ntarget = "two.json"\n',
        encoding="utf-8",
    )
    assert run(["build", "-q", "--layout", "operations"]) == 0
    assert ">new in 2<" in text("site/2/reference/x/index.html")
    assert Path("site/1/index.html").is_file()


@pytest.mark.parametrize(
    "given, words",
    [
        (["app.py", "--versions", "w*"], "no git tag matches 'w*'"),
        (["--versions", "v*"], "versions of what?"),
        (["app.py", "--versions", "{revision = 'nope', name = 'x'}"], "there is no revision 'nope'"),
        (["app.py", "--versions", "{target = 'app.py'}"], "a version needs a name"),
        (["app.py", "--versions", "{name = '../x'}"], "can be no folder of the site"),
        (["app.py", "--versions", "{name = 'latest'}"], "is a folder of the site's own"),
        (["app.py", "--versions", "--output=x"], "no git tag matches"),
    ],
)
def test_what_is_wrong_is_said(given: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", *given]) == 2
    assert words in capsys.readouterr().err
    assert not Path("site").exists()
