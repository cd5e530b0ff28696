"""Which of a module's objects are its functions, and which version the API has."""

from __future__ import annotations

from pathlib import Path

import pytest

from apispec.introspection import Options, introspect

MODULE = '''
from functools import partial
from math import sqrt
def add(a: int, b: int) -> int: return a + b
add_one = partial(add, 1)
joined = partial("".join)
space = {}
exec("def made(x: int) -> int: return x", space)
made = space["made"]
exec("def made_here(x: int) -> int: return x")
class Model:
    def __init__(self, k): self.k = k
    def __call__(self, x: float) -> float:
        """Predict."""
        return x * self.k
predict = Model(2)
double = lambda x: 2 * x
class Broken(Exception):
    def __call__(self): ...
broken = Broken()
'''


def names(target: str, **options: object) -> list[str]:
    return [e.name for e in introspect(target, Options(**options)).api.endpoints]  # type: ignore[arg-type]


def test_what_can_be_called_and_was_made_here_is_found(tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text(MODULE)
    found = introspect(str(tmp_path / "module.py"))
    made = [e.name for e in found.api.endpoints]
    assert sorted(made) == ["add", "add_one", "double", "joined", "made", "made_here", "predict"]
    predict = next(e for e in found.api.endpoints if e.name == "predict")
    assert predict.summary == "Predict." and [p.name for p in predict.parameters] == ["x"]


@pytest.mark.parametrize("static", [False, True])
def test_what_a_package_takes_from_its_modules_is_its_own(tmp_path: Path, static: bool) -> None:
    package = tmp_path / "pack"
    package.mkdir()
    (package / "__init__.py").write_text("from math import sqrt\nfrom .a import one, two as other, _hidden\n")
    (package / "a.py").write_text("def one(x: int) -> int: ...\ndef two(x: int) -> int: ...\ndef _hidden(): ...\n")
    assert names(str(package), static=static) == ["one", "other"]


def test_a_package_below_src_is_found_and_has_the_projects_version(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    package = tmp_path / "code" / "svc"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "main.py").write_text("def add(a: int) -> int: ...\n")
    project = '[project]\nname = "svc"\nversion = "3.4.5"\n[tool.setuptools.packages.find]\nwhere = ["code"]\n'
    (tmp_path / "pyproject.toml").write_text(project)
    found = introspect("svc.main")
    assert (found.api.version, str(found.api.endpoints[0].location)) == ("3.4.5", "code/svc/main.py:1")
    (package / "__init__.py").write_text("__version__ = '4'\n")
    assert introspect("svc.main").api.version == "4"
    assert introspect("textwrap:dedent").api.version == "0.1.0"


def test_what_was_looked_for_is_said(tmp_path: Path) -> None:
    (tmp_path / "module.py").write_text("from json import dumps\n")
    [finding] = introspect(str(tmp_path / "module.py")).findings
    assert finding.hint == "it imports dumps; name their module, or list them in __all__"
