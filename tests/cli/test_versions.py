"""Several versions of an API on one site: `versions`."""

from __future__ import annotations

import json
import re
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
    assert ">changed in v1.10<" in middle and 'since-new" href' not in middle and "changed in" not in oldest
    assert ">new in v1.10</span>" in middle.partition('id="buy.gift"')[2][:400]
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


def test_marks_at_fields() -> None:
    """Where a field came, changed and goes; not again at what came with it, nor where only words or examples differ."""
    shapes = [
        {"id": {"type": "integer"}, "old": {"type": "string", "description": "a"}},
        {"id": {"type": "integer", "maximum": 9}, "old": {"type": "string", "description": "b", "example": "c"}},
        {
            "id": {"type": "integer", "maximum": 9},
            "owner": {"type": "object", "properties": {"name": {"type": "string"}}},
        },
    ]
    tables = []
    for number, properties in enumerate(shapes, start=1):
        body = {"content": {"application/json": {"schema": {"type": "object", "properties": properties}}}}
        answer = {
            "200": {
                "description": "ok",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}},
            }
        }
        size = {"name": "size", "in": "query", "schema": {"type": "integer", "default": number // 2}}
        operations = {
            "/a": {"post": {"operationId": "a", "parameters": [size], "requestBody": body, "responses": answer}}
        }
        if number == 3:
            operations["/b"] = operations["/a"] | {"post": operations["/a"]["post"] | {"operationId": "b"}}
        pet = {"type": "object", "properties": {"x": {"type": "string" if number == 1 else "integer"}}}
        document = {
            "openapi": "3.1.0",
            "info": {"title": "Shop", "version": "1"},
            "paths": operations,
            "components": {"schemas": {"Pet": pet}},
        }
        Path(f"{number}.json").write_text(json.dumps(document), encoding="utf-8")
        tables.append(f'[[versions]]\nname = "{number}"\ntarget = "{number}.json"\n')
    Path("apispec.toml").write_text("".join(tables), encoding="utf-8")
    assert run(["build", "-q"]) == 0

    def marks(version: str, field: str, page: str = "reference") -> list[str]:
        found = re.search(
            rf'id="{re.escape(field)}".*?<p class="?api-field-head"?>(.*?)</p>',
            text(f"site/{version}/{page}/index.html"),
            re.DOTALL,
        )
        assert found, (version, field)
        return re.findall(r'class="api-badge api-since-\w+">([^<]*)<', found[1])

    assert marks("1", "a.size") == marks("1", "a:body:id") == marks("1", "a:body:old") == []
    assert marks("2", "a.size") == ["changed in 2"] and marks("3", "a.size") == ["changed in 2"]
    assert marks("2", "a:body:id") == marks("3", "a:body:id") == ["changed in 2"]
    assert marks("2", "a:body:old") == ["removed in 3"]
    assert marks("3", "a:body:owner") == ["new in 3"] and marks("3", "a:body:owner:name") == []
    assert marks("3", "a:200:x") == marks("3", "Pet:x", "schemas") == ["changed in 2"]
    assert marks("3", "b.size") == marks("3", "b:body:id") == [], "all of it is new"
    assert text("site/latest/reference/index.html") == text("site/3/reference/index.html")


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
