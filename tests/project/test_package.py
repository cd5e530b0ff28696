"""The wheel holds all it needs, and the public API is what is written down."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

import apispec


def test_nothing_that_others_wrote_is_committed(repository: Path) -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=repository, check=False, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("no checkout that git reads")
    files = [name for name in listed.stdout.split("\0") if name]
    assert "pyproject.toml" in files
    assert [name for name in files if {"node_modules", "site-packages"} & set(Path(name).parts)] == []
    assert [name for name in files if (repository / name).stat().st_size > 500_000] == []


@pytest.mark.slow
def test_the_wheel_works_from_an_empty_folder(repository: Path) -> None:
    here = Path.cwd()
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(here), str(repository)],
        check=True,
        capture_output=True,
    )
    (wheel,) = here.glob("apispec_docs-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "apispec/templates/snippets/http/python.py.jinja" in names
    assert "apispec/py.typed" in names
    assert "apispec/templates/minified/script/site.js" in names
    assert not [n for n in names if n.startswith(("tests", "docs", "templates", "examples"))]
    unpacked = here / "unpacked"
    zipfile.ZipFile(wheel).extractall(unpacked)
    (here / "app.py").write_text(
        'def add(a: int, b: int) -> int:\n    """Add."""\n    return a + b\n', encoding="utf-8"
    )
    env = {**os.environ, "PYTHONPATH": str(unpacked)}
    where = "import apispec, apispec.templating as t; print(apispec.__file__); print(t.templates_dir())"
    shown = subprocess.run([sys.executable, "-c", where], env=env, capture_output=True, text=True, check=True).stdout
    assert shown.splitlines() == [str(unpacked / "apispec/__init__.py"), str(unpacked / "apispec/templates")]
    subprocess.run([sys.executable, "-m", "apispec", "build", "app.py", "--quiet"], env=env, check=True)
    assert (here / "site/openapi.json").is_file()
    assert "/**" not in (here / "site/assets/calls.js").read_text(encoding="utf-8")
    venv.create(here / "bare", with_pip=False)  # an environment in which there is nothing of ours, nor pydantic
    bare = here / "bare" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    command = [sys.executable, "-m", "apispec", "spec", "app.py", "--python", str(bare)]
    read = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert read.returncode == 0 and "without importing" in read.stderr, read.stderr
    assert '"/add"' in read.stdout


def test_the_public_names_are_sorted_documented_and_there() -> None:
    assert apispec.__all__ == sorted(apispec.__all__)
    for name in apispec.__all__:
        thing = getattr(apispec, name)
        assert isinstance(thing, str) or (thing.__doc__ or "").strip(), f"{name} has no docstring"


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        apispec.Nothing
