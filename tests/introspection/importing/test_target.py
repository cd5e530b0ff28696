"""What targets mean."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from apispec.errors import TargetError
from apispec.introspection.target import resolve, shorten


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in [
        "app.py",
        "my-app.py",
        "2024.py",
        "pkg/__init__.py",
        "pkg/api.py",
        "pkg/sub/__init__.py",
        "pkg/sub/deep.py",
        "plain/x.py",
    ]:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("text", "module", "attribute", "file", "place"),
    [
        ("app.py", "app", "", "app.py", "app.py"),
        ("./app.py:app", "app", "app", "app.py", "app.py"),
        ("app.py:a.b", "app", "a.b", "app.py", "app.py"),
        ("app", "app", "", "app.py", "app.py"),
        ("app:app", "app", "app", "app.py", "app.py"),
        ("my-app.py", "my_app", "", "my-app.py", "my-app.py"),
        ("2024.py", "_2024", "", "2024.py", "2024.py"),
        ("pkg", "pkg", "", "pkg/__init__.py", "pkg/__init__.py"),
        ("pkg/", "pkg", "", "pkg/__init__.py", "pkg/__init__.py"),
        ("pkg/api.py", "pkg.api", "", "pkg/api.py", "pkg/api.py"),
        ("pkg.api:app", "pkg.api", "app", "pkg/api.py", "pkg/api.py"),
        ("pkg.sub", "pkg.sub", "", "pkg/sub/__init__.py", "pkg/sub/__init__.py"),
        ("pkg.sub.deep", "pkg.sub.deep", "", "pkg/sub/deep.py", "pkg/sub/deep.py"),
        ("pkg/sub/deep.py", "pkg.sub.deep", "", "pkg/sub/deep.py", "pkg/sub/deep.py"),
        ("plain/x.py", "x", "", "plain/x.py", "plain/x.py"),
    ],
)
def test_files_and_modules(folder: Path, text: str, module: str, attribute: str, file: str, place: str) -> None:
    target = resolve(text, cwd=folder)
    assert (target.module, target.attribute, target.file) == (module, attribute, str(folder / file))
    assert target.place == place


def test_a_factory_is_called(folder: Path) -> None:
    assert not resolve("app.py:make", cwd=folder).is_called
    assert resolve("app.py:make()", cwd=folder).is_called
    assert resolve("app.py:make()", cwd=folder).attribute == "make"


def test_absolute_paths_are_shown_as_they_were_typed(folder: Path, tmp_path: Path) -> None:
    target = resolve(f"{folder}/app.py", cwd=folder / "pkg")
    assert target.place == f"{folder}/app.py"
    assert shorten("/usr/lib/python3/json.py", target) == "json.py"


def test_modules_of_the_library_and_of_other_folders(folder: Path) -> None:
    assert resolve("json.decoder").module == "json.decoder"
    assert resolve("json.decoder").file.endswith("json/decoder.py")
    assert resolve("math").file == ""
    assert resolve("x", cwd=folder, search_path=[str(folder / "plain")]).file == str(folder / "plain/x.py")


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("ap.py", "there is no file ap.py", "did you mean app.py?"),
        ("nowhere/app.py", "there is no file nowhere/app.py", ""),
        ("plain", "plain is a folder, not a Python package", "name one of its files: x.py"),
        ("nothing", "there is no module nothing", "for a file write nothing.py"),
        ("pkg.nothing", "there is no module pkg.nothing", "for a file write pkg/nothing.py"),
        ("app.app", "app is a module, not a package, so it has no module app", "for an attribute write app:app"),
        ("app.py:", "'' in 'app.py:' is no attribute's name", "write module:attribute"),
        (":app", "':app' names no module", "write module:attribute"),
        (
            "app.py:make(1)",
            "'make(1)' in 'app.py:make(1)' is no attribute's name",
            "write module:attribute, as in app.py:app, or module:factory()",
        ),
        ("app.py:1+1", "'1+1' in 'app.py:1+1' is no attribute's name", "write module:attribute"),
        ("what is this", "'what is this' is neither a file nor a module's name", "targets look like app.py"),
        ("", "'' is neither a file nor a module's name", "targets look like"),
    ],
)
def test_what_is_no_target(folder: Path, text: str, message: str, hint: str) -> None:
    with pytest.raises(TargetError) as caught:
        resolve(text, cwd=folder)
    assert caught.value.message == message
    assert caught.value.hint.startswith(hint)
    assert str(folder) not in str(caught.value)


def test_nothing_is_imported(folder: Path) -> None:
    (folder / "pkg/__init__.py").write_text("raise SystemExit('imported')", encoding="utf-8")
    assert resolve("pkg.sub.deep", cwd=folder).file == str(folder / "pkg/sub/deep.py")


def test_the_standard_librarys_path_module_by_its_well_known_name() -> None:
    assert resolve("os.path:join").module == os.path.__name__
    assert resolve("os.path").file == os.path.__file__
