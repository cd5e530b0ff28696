"""Links in a stranger's repository that lead out of it: nothing is read there, nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest

from apispec.cli import run

APP = 'from inner import TOKEN\n\n\ndef f(a: str = TOKEN) -> str:\n    """F."""\n    return a\n'
SECRET = 'TOKEN = "the secret"\n'


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository, which is the current folder, beside a folder `home`."""
    (tmp_path / "home").mkdir()
    top = tmp_path / "repository"
    (top / ".git").mkdir(parents=True)
    (top / "app.py").write_text(APP)
    monkeypatch.chdir(top)
    return top


@pytest.mark.parametrize("name", ["inner.py", "inner/__init__.py", "inner.pyi", "inner/__init__.pyi", "hidden"])
def test_modules_that_are_links_are_not_read(repository: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    secret = repository / ".secret.py" if name == "hidden" else repository.parent / "home/secret.py"
    secret.write_text(SECRET)
    link = repository / ("inner.py" if name == "hidden" else name)
    link.parent.mkdir(exist_ok=True)
    if name == "inner.pyi":
        (repository / "inner.py").write_text("")
    link.symlink_to(secret)
    run(["spec", "app.py", "--static", "--no-config"])
    assert "the secret" not in "".join(capsys.readouterr())


def test_modules_beside_the_target_are_read_through_links_inside(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (repository / "lib").mkdir()
    (repository / "lib/inner.py").write_text('TOKEN = "a plain word"\n')
    (repository / "inner.py").symlink_to("lib/inner.py")
    assert run(["spec", "app.py", "--static", "--no-config"]) == 0
    assert "a plain word" in capsys.readouterr().out


@pytest.mark.parametrize("flag", ["--static", "--untrusted"])
@pytest.mark.parametrize(
    "command",
    [
        ["spec", "outside.py"], ["validate", "outside.py"], ["diff", "outside.py", "app.py"], ["inspect", "outside.py:f"],
        ["spec", "app.py", "-o", "out.json"], ["build", "app.py", "--out", "site"], ["build", "app.py", "--out", "site/in"],
        ["tools", "app.py", "-o", "out.json"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_files_and_folders_that_are_links_are_refused(
    repository: Path, command: list[str], flag: str, capsys: pytest.CaptureFixture[str]
) -> None:
    home = repository.parent / "home"
    (home / "secret.py").write_text(SECRET)
    (home / "out.json").write_text("mine")
    (home / "site").mkdir()
    (repository / "outside.py").symlink_to(home / "secret.py")
    (repository / "out.json").symlink_to(home / "out.json")
    (repository / "site").symlink_to(home / "site")
    assert run([*command, flag, "--no-config"]) == 2
    told = capsys.readouterr()
    assert "a link that leads out of the repository" in told.err and "the secret" not in told.out + told.err
    assert (home / "out.json").read_text() == "mine" and list((home / "site").iterdir()) == []


def test_whoever_trusts_the_repository_writes_through_links(repository: Path) -> None:
    (repository / "inner.py").write_text('TOKEN = "word"\n')
    (repository / "out.json").symlink_to(repository.parent / "home/out.json")
    assert run(["spec", "app.py", "-o", "out.json", "--no-config"]) == 0
    assert (repository.parent / "home/out.json").is_file()
