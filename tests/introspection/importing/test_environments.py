"""The interpreter of a project's own environment, wherever the project's tool keeps it."""

from __future__ import annotations

import base64
import hashlib
import sys
from pathlib import Path

import pytest

from apispec.introspection import Options, introspect
from apispec.introspection.environments import interpreter_with, missing_in


def environment(place: Path, package: str = "onlythere") -> str:
    """A folder that is laid out as an environment, its interpreter a link to ours."""
    (place / "bin").mkdir(parents=True)
    (place / "bin" / "python").symlink_to(sys.executable)
    packages = place / "lib" / f"python3.{sys.version_info.minor}" / "site-packages"
    packages.mkdir(parents=True)
    (packages / f"{package}.py").write_text("VALUE = 1\n", encoding="utf-8")
    return str(place / "bin" / "python")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (
        "VIRTUAL_ENV",
        "CONDA_PREFIX",
        "CONDA_ROOT",
        "UV_PROJECT_ENVIRONMENT",
        "WORKON_HOME",
        "XDG_CACHE_HOME",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    (tmp_path / "project" / "src").mkdir(parents=True)
    (tmp_path / "project" / ".git").mkdir()
    return tmp_path / "home"


@pytest.mark.parametrize("name", [".venv", "venv", "env"])
def test_an_environment_of_the_project(name: str, home: Path, tmp_path: Path) -> None:
    python = environment(tmp_path / "project" / name)
    assert interpreter_with("onlythere", str(tmp_path / "project" / "src")) == python
    assert interpreter_with("something_else", str(tmp_path / "project" / "src")) == ""
    assert interpreter_with("", str(tmp_path / "project")) == interpreter_with("onlythere", "") == ""


def test_environments_above_the_projects_root_are_somebody_elses(home: Path, tmp_path: Path) -> None:
    environment(tmp_path / ".venv")
    assert interpreter_with("onlythere", str(tmp_path / "project" / "src")) == ""


def test_poetry_pipenv_pdm_conda_and_the_active_one(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = tmp_path / "project"
    folder = str(project / "src")

    active = environment(tmp_path / "active")
    monkeypatch.setenv("VIRTUAL_ENV", str(tmp_path / "active"))
    assert interpreter_with("onlythere", folder) == active

    (project / "environment.yml").write_text("name: science\ndependencies: [numpy]\n", encoding="utf-8")
    conda = environment(home / "miniforge3" / "envs" / "science")
    assert interpreter_with("onlythere", folder) == conda

    (project / "Pipfile").touch()
    pipenv = environment(home / ".local" / "share" / "virtualenvs" / "project-AbCdEf12")
    assert interpreter_with("onlythere", folder) == pipenv

    (project / "pyproject.toml").write_text('[tool.poetry]\nname = "My-App"\n', encoding="utf-8")
    digest = base64.urlsafe_b64encode(hashlib.sha256(str(project).encode()).digest()).decode()[:8]
    poetry = environment(home / ".cache" / "pypoetry" / "virtualenvs" / f"my-app-{digest}-py3.11")
    assert interpreter_with("onlythere", folder) == poetry

    pdm = environment(tmp_path / "pdm-made")
    (project / ".pdm-python").write_text(pdm + "\n", encoding="utf-8")
    assert interpreter_with("onlythere", folder) == pdm


def test_what_is_missing() -> None:
    assert missing_in("ModuleNotFoundError: No module named 'flask.views'") == "flask"
    assert missing_in("RuntimeError: no") == ""


@pytest.mark.skipif(sys.platform == "win32", reason="an environment is laid out otherwise")
def test_a_target_is_read_by_it_and_that_is_said(tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    (project / "app.py").write_text("import onlythere\ndef add(a: int) -> int:\n    return a\n", encoding="utf-8")
    python = environment(project / ".venv")
    Path(python).unlink()
    Path(python).write_text(
        f'#!/bin/sh\nPYTHONPATH={Path(python).parents[1]}/lib/python3.{sys.version_info.minor}/site-packages exec {sys.executable} "$@"\n'
    )
    Path(python).chmod(0o755)
    found = introspect(str(project / "app.py"), Options(pythonpath=True))
    assert [e.name for e in found.api.endpoints] == ["add"]
    assert (
        found.findings[0].rule == "environment-used" and "onlythere is not installed here" in found.findings[0].message
    )
    assert found.api.endpoints[0].extensions.get("x-apispec-source") != "static"
