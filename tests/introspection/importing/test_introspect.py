"""Targets read in the guarded child: what is found, what goes wrong, and how it is told."""

from __future__ import annotations

import os
import sys
import sysconfig
from pathlib import Path

import pytest

from apispec.errors import ApispecError, EndpointError, TargetError
from apispec.introspection import Options, introspect
from apispec.model import Introspection


@pytest.fixture
def write(tmp_path: Path) -> object:
    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def names(result: Introspection) -> list[str]:
    return [endpoint.name for endpoint in result.api.endpoints]


def reason(target: str, **options: object) -> ApispecError:
    with pytest.raises(ApispecError) as caught:
        introspect(target, Options(**options))  # type: ignore[arg-type]
    return caught.value


ADD = "def add(a: int) -> int:\n    return a\n"


def test_a_module_with_helpers_beside_it(write) -> None:
    write("api/helper.py", "KIND = int\n")
    write("api/app.py", '"""Sums."""\n__version__ = "1.2"\nfrom helper import KIND\ndef add(a: KIND): ...\n')
    result = introspect("api/app.py")
    assert names(result) == ["add"]
    assert (result.api.version, result.api.description) == ("1.2", "Sums.")
    assert str(result.api.endpoints[0].location) == "api/app.py:4"
    assert result.api.endpoints[0].parameters[0].schema == {"type": "integer"}
    assert not result.api.endpoints[0].static


def test_a_module_of_a_package(write) -> None:
    write("pkg/__init__.py", "from .part import KIND\n")
    write("pkg/part.py", "KIND = str\n")
    write("pkg/api.py", "from . import KIND\ndef add(a: KIND): ...\n")
    for target in ("pkg/api.py", "pkg.api", "pkg/api.py:add", "pkg.api:add"):
        result = introspect(target)
        assert names(result) == ["add"]
        assert result.api.endpoints[0].location.file == "pkg/api.py"


def test_names_that_are_no_identifiers_or_are_taken(write) -> None:
    for name in ("my-api.py", "2024.py", "json.py", "apispec.py", "class.py"):
        write(f"x/{name}", ADD)
        assert names(introspect(f"x/{name}")) == ["add"]


def test_attributes(write) -> None:
    write("app.py", "import apispec\nclass Box:\n    app = apispec.App(title='Boxed')\napp2 = apispec.App()\n")
    assert introspect("app.py:Box.app").api.title == "Boxed"
    error = reason("app.py:app3")
    assert isinstance(error, TargetError)
    assert (error.message, error.where, error.hint) == ("app has no attribute app3", "app.py", "did you mean app2?")


def test_our_own_errors_keep_their_kind(write) -> None:
    write("app.py", "import apispec\napp = apispec.App()\napp.add(len)\napp.add(len)\n")
    error = reason("app.py")
    assert isinstance(error, EndpointError)
    assert "two endpoints are named 'len'" in error.message


def test_a_missing_module_is_named_with_a_hint(write) -> None:
    write("app.py", f"import nothing.of_this_name\n{ADD}")
    result = introspect("app.py")
    assert "ModuleNotFoundError: No module named 'nothing'" in result.findings[0].message
    assert result.findings[0].hint.startswith("is nothing installed in the environment that runs apispec?")


def test_relative_imports_without_a_package(write) -> None:
    write("app.py", f"from . import helper\n{ADD}")
    finding = introspect("app.py").findings[0]
    assert "relative import" in finding.message
    assert finding.hint.startswith("name the module by its package")


@pytest.mark.parametrize("code", ["3", "'stop'", "None", "", "{'a': 1}"])
def test_sys_exit_in_every_way(write, code: str) -> None:
    write("app.py", f"import sys\n{ADD}sys.exit({code})\n")
    finding = introspect("app.py").findings[0]
    assert "it exits while being imported: sys.exit(" in finding.message
    assert finding.location.line == 4


def test_the_place_is_the_users_own_frame(write) -> None:
    write("app.py", f"{ADD}import helper\n")
    write("helper.py", "import json\ndef go():\n    json.loads('{')\ngo()\n")
    finding = introspect("app.py").findings[0]
    assert str(finding.location) == "helper.py:3"
    assert "JSONDecodeError" in finding.message


def test_no_private_path_is_told(write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    write(
        "deep/app.py",
        "import os, sys, pathlib\nprint('from', __file__, sys.prefix)\n"
        "raise RuntimeError(f'{__file__} {sys.executable} {os.getcwd()}/x {pathlib.Path.home()}/y')\ndef f(: ...\n",
    )
    error = reason("deep/app.py")
    write(
        "deep/app.py",
        "import os, sys, pathlib\nprint(__file__)\nraise RuntimeError(f'{__file__} {sys.executable} {os.getcwd()}/x {pathlib.Path.home()}/y')\n"
        "def f(): ...\n",
    )
    finding = introspect("deep/app.py").findings[0]
    for text in (str(error), finding.message):
        assert str(tmp_path) not in text
        assert sys.prefix not in text
    assert "RuntimeError: deep/app.py <python>/bin/" in finding.message


def test_the_output_is_shown_where_it_helps(write) -> None:
    write("app.py", "import sys\nprint('loading')\nprint('careful', file=sys.stderr)\nraise SystemExit(3)\n")
    write("empty.pyc", "")
    error = reason("app.py:missing", static=False, strict=True)
    assert error.details == "its output:\nloading\ncareful"


def test_the_environment_says_that_it_is_read(write) -> None:
    write("app.py", "import os\nif os.environ.get('APISPEC_INTROSPECTION'):\n    def add(): ...\n")
    assert names(introspect("app.py")) == ["add"]


def test_pythonpath_and_other_folders(write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write("lib/helped.py", "KIND = int\n")
    write("app.py", "import helped\ndef add(a: helped.KIND): ...\n")
    assert introspect("app.py").findings[0].rule == "import-failed"
    assert not introspect("app.py", Options(search_path=(str(tmp_path / "lib"),))).api.endpoints[0].static
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "lib"))
    assert not introspect("app.py").api.endpoints[0].static
    assert introspect("app.py", Options(pythonpath=False)).api.endpoints[0].static


def test_the_current_folder_does_not_shadow_what_the_child_needs(write) -> None:
    for name in ("json", "pydantic", "apispec", "types", "typing"):
        write(f"{name}.py", "raise RuntimeError('shadowed')\n")
    write("x/app.py", ADD)
    assert names(introspect("x/app.py")) == ["add"]


def test_another_interpreter(write, tmp_path: Path) -> None:
    """The app's own environment: its packages first, ours for what it lacks."""
    site = Path(
        sysconfig.get_path("purelib", vars={"base": str(tmp_path / "there"), "platbase": str(tmp_path / "there")})
    )
    python = tmp_path / "there" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(os.path.realpath(sys.executable))
    (tmp_path / "there" / "pyvenv.cfg").write_text(
        f"home = {Path(os.path.realpath(sys.executable)).parent}\n", encoding="utf-8"
    )
    site.mkdir(parents=True)
    (site / "only_there.py").write_text("KIND = int\n", encoding="utf-8")
    write("app.py", "import only_there\ndef add(a: only_there.KIND): ...\n")
    assert introspect("app.py").api.endpoints[0].static
    assert not introspect("app.py", Options(python=str(python))).api.endpoints[0].static
    error = reason("app.py", python="/no/such/python")
    assert error.message == "cannot start /no/such/python: No such file or directory"


def test_syntax_errors_show_the_line(write) -> None:
    write("app.py", "def f(:\n    ...\n")
    error = reason("app.py")
    assert error.where == "app.py:1"
    assert error.message.startswith("SyntaxError: ")
    assert error.details.splitlines()[0] == "def f(:"
    assert error.details.splitlines()[1].endswith("^")
    assert reason("app.py", static=True).where == "app.py:1"


def test_a_bad_encoding_and_null_bytes(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_bytes(b"# -*- coding: nonsense -*-\n")
    assert "encoding" in reason("app.py").message
    (tmp_path / "app.py").write_bytes(b"x = 1\x00\n")
    assert "null" in reason("app.py").message


def test_an_empty_module_and_an_unreadable_one(write, tmp_path: Path) -> None:
    write("app.py", "")
    assert names(introspect("app.py")) == []
    assert "is a folder" in reason(str(tmp_path)).message


def test_the_answer_is_checked(write) -> None:
    """A module that writes into the place of our answer is told apart from an answer."""
    write(
        "app.py",
        "import os, sys, json\njob = json.load(open(next(a for a in sys.orig_argv if a.endswith('job'))))\n"
        "open(job['files']['answer'], 'w').write('{\"api\": 3}')\nos._exit(0)\ndef f(): ...\n",
    )
    assert "the answer of the process that read it is damaged" in introspect("app.py").findings[0].message


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands for the interpreter")
def test_an_interpreter_without_what_apispec_needs(write, tmp_path: Path) -> None:
    write("app.py", ADD)
    script = f"""#!/bin/sh
while [ "$1" != -c ]; do shift; done
code=$2; shift 2
exec {sys.executable} -c "import sys; sys.modules['pydantic'] = None; $code" "$@"
"""
    python = write("bin/python", script)
    python.chmod(0o755)
    finding = introspect("app.py", Options(python=str(python))).findings[0]
    assert f"{python} lacks what apispec needs there: " in finding.message and "pydantic" in finding.message
    assert finding.hint == "with pydantic 2 in its environment it is imported"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no /bin/false")
def test_what_is_no_python(write) -> None:
    write("app.py", ADD)
    error = reason("app.py", python="/bin/false")
    assert error.message == "/bin/false does not run apispec (exit status 1)" and error.hint.startswith(
        "--python names"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit memory alike")
def test_too_little_memory_to_begin_with(write) -> None:
    write("app.py", ADD)
    error = reason("app.py", memory_mib=10)
    assert (error.message, error.hint) == ("it needs more memory to import than it is given", "--memory gives it more")


def test_a_file_whose_package_fails_is_a_script(tmp_path: Path) -> None:
    folder = tmp_path / "counting"
    folder.mkdir()
    (folder / "__init__.py").write_text('raise RuntimeError("python run.py never sees this")\n', encoding="utf-8")
    (folder / "neighbour.py").write_text("TEN = 10\n", encoding="utf-8")
    run = folder / "run.py"
    run.write_text("from neighbour import TEN\n\ndef count(to: int = TEN) -> int:\n    return to\n", encoding="utf-8")
    found = introspect(str(run), Options())
    assert [e.name for e in found.api.endpoints] == ["count"] and not found.findings
    inside = folder / "inside.py"
    inside.write_text("from .neighbour import TEN\n\ndef count(to: int = TEN) -> int: ...\n", encoding="utf-8")
    told = introspect(str(inside), Options()).findings[0]
    assert told.rule == "import-failed" and "python run.py never sees this" in told.message
