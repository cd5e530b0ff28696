"""The command: help without imports, exit codes, output to stdout and words to stderr."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from apispec.cli import COMMANDS, group, run
from apispec.cli.reading import tell
from apispec.cli.stages import Stages
from apispec.findings import Finding, Location, Severity
from tests.serving import until

APP = '''"""Sums."""

__version__ = "2.0"


def add(a: int, b: int = 2) -> int:
    """Add two numbers."""
    return a + b
'''


@pytest.fixture(autouse=True)
def app() -> Path:
    path = Path("app.py")
    path.write_text(APP, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", COMMANDS)
def test_the_table_of_commands_says_what_the_commands_say(name: str) -> None:
    command = group.get_command(click.Context(group), name)
    assert command is not None and command.name == name
    assert (command.help or "").splitlines()[0].rstrip(".") == COMMANDS[name].rstrip(".")
    for param in command.params:
        if isinstance(param, click.Option):
            assert param.help, f"{name} {param.opts[0]}"


def test_without_arguments_it_shows_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert run([]) == 2
    assert "build" in "".join(capsys.readouterr())


def test_a_mistyped_command_gets_a_suggestion(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["biuld"]) == 2
    assert "Did you mean build?" in capsys.readouterr().err
    assert run(["app.py"]) == 2
    assert "Did you mean `apispec build app.py`?" in capsys.readouterr().err


def test_spec_goes_to_stdout_and_words_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["spec", "app.py"]) == 0
    out, err = capsys.readouterr()
    document = json.loads(out)
    assert (
        document["info"] == {"title": "App", "version": "2.0", "description": "Sums."}
        or document["info"]["version"] == "2.0"
    )
    assert list(document["paths"]) == ["/add"]
    assert err == ""


def test_spec_check_says_what_is_stale_and_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["spec", "app.py", "-o", "openapi.json", "--check"]) == 1
    assert not Path("openapi.json").exists()
    assert run(["spec", "app.py", "-o", "openapi.json"]) == 0
    assert run(["spec", "app.py", "-o", "openapi.json", "--check"]) == 0
    before = Path("openapi.json").read_text(encoding="utf-8")
    Path("app.py").write_text(APP.replace("b: int = 2", "b: int = 3"), encoding="utf-8")
    capsys.readouterr()
    assert run(["spec", "app.py", "-o", "openapi.json", "--check"]) == 1
    out, err = capsys.readouterr()
    assert '"default": 3' in out and "apispec spec app.py -o openapi.json" in err
    assert Path("openapi.json").read_text(encoding="utf-8") == before


def test_yaml_by_suffix_and_by_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["spec", "app.py", "-o", "openapi.yaml"]) == 0
    assert Path("openapi.yaml").read_text(encoding="utf-8").startswith("openapi:")
    capsys.readouterr()
    assert run(["spec", "app.py", "--format", "yaml"]) == 0
    assert capsys.readouterr().out.startswith("openapi:")


def test_options_and_configuration_reach_the_document(capsys: pytest.CaptureFixture[str]) -> None:
    Path("apispec.toml").write_text(
        'target = "app.py"\ntitle = "From the file"\nsecurity = ["key"]\n'
        '[security-schemes.key]\ntype = "http"\nscheme = "bearer"\n',
        encoding="utf-8",
    )
    assert run(["spec", "--title", "Calc", "--server", "https://x.test", "--contact", '{name = "Us"}']) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["info"]["title"] == "Calc" and document["info"]["contact"] == {"name": "Us"}
    assert document["servers"] == [{"url": "https://x.test"}]
    assert document["security"] == [{"key": []}]
    assert "https://x.test/add" in document["paths"]["/add"]["post"]["x-codeSamples"][0]["source"]


def test_what_is_wrong_with_a_table_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["spec", "app.py", "--contact", '{nam = "Us"}']) == 2
    err = capsys.readouterr().err
    assert err.startswith("apispec: contact.nam: ") and "Traceback" not in err
    assert run(["spec", "app.py", "--security", "nothing"]) == 2
    assert "there is no security scheme 'nothing'" in capsys.readouterr().err


def test_no_target_is_an_error_with_a_hint(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["spec"]) == 2
    assert 'target = "app.py"' in capsys.readouterr().err


def test_tools_are_a_listing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["tools", "app.py"]) == 0
    tools = json.loads(capsys.readouterr().out)["tools"]
    assert [t["name"] for t in tools] == ["add"]
    assert run(["tools", "app.py", "-o", "mcp.json"]) == 0
    assert run(["tools", "app.py", "-o", "mcp.json", "--check"]) == 0


def test_inspect_shows_endpoints_and_findings(capsys: pytest.CaptureFixture[str]) -> None:
    Path("app.py").write_text("def odd(x, *, y: 'Missing' = 1):\n    return x\n", encoding="utf-8")
    assert run(["inspect", "app.py"]) == 0
    out, err = capsys.readouterr()
    assert "odd  POST /odd" in out and "y: " in out
    assert "app.py:1" in err and "warning" in err
    assert run(["inspect", "app.py", "--fail-on", "warning"]) == 1
    assert run(["inspect", "app.py", "--strict"]) == 1
    capsys.readouterr()
    assert run(["inspect", "app.py", "--format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["api"]["endpoints"][0]["name"] == "odd"
    assert {f["line"] for f in shown["findings"]} == {1}


def test_a_terminal_is_not_acted_upon(capsys: pytest.CaptureFixture[str]) -> None:
    Path("app.py").write_text('def f(x: str = "\\x1b[31m"):\n    """F."""\n', encoding="utf-8")
    assert run(["inspect", "app.py"]) == 0
    assert "\x1b" not in "".join(capsys.readouterr())


@pytest.mark.parametrize(
    ("source", "where"),
    [
        ("import nothing_of_that_name\ndef f(): ...\n", "app.py:1"),
        ("\nraise RuntimeError('no')\ndef f(): ...\n", "app.py:2"),
    ],
)
def test_a_target_that_cannot_be_imported_is_named_with_its_line(
    source: str, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("app.py").write_text(source, encoding="utf-8")
    assert run(["spec", "app.py", "--strict", "-o", "openapi.json"]) == 1
    err = capsys.readouterr().err
    assert where in err and "Traceback" not in err
    assert not Path("openapi.json").exists()
    assert run(["spec", "app.py", "-o", "openapi.json"]) == 0, "without --strict it is read statically"
    assert Path("openapi.json").exists()


def test_a_syntax_error_is_named_with_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    Path("app.py").write_text("x = 1\ndef f(:\n", encoding="utf-8")
    assert run(["spec", "app.py"]) == 2
    err = capsys.readouterr().err
    assert "app.py:2" in err and "Traceback" not in err


def test_a_missing_target_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["spec", "missing.py"]) == 2
    assert "missing.py" in capsys.readouterr().err


LONG = "".join(f"def f{n}(x: int) -> int:\n    'Text.'\n" for n in range(300))


@pytest.mark.parametrize(
    ("command", "status"),
    [
        ("spec long.py | head -c 1", 0),
        ("inspect long.py | head -c 1", 0),
        ("spec long.py -o app.py --check | head -c 1", 1),  # what is stale stays so when nobody reads the difference
        ("inspect long.py --verbose 2>&1 | head -c 1", 0),
    ],
)
def test_a_reader_that_leaves_changes_no_exit_code(command: str, status: int) -> None:
    Path("long.py").write_text(LONG, encoding="utf-8")
    command = f"{sys.executable} -m apispec {command}"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", command], capture_output=True, text=True)
    assert done.returncode == status and "Traceback" not in done.stderr and "Broken" not in done.stderr


def test_of_many_findings_the_worst_are_shown_and_each_advice_once(capsys: pytest.CaptureFixture[str]) -> None:
    at = [Location(file="app.py", line=line) for line in range(1, 40)]
    mild = [Finding("mild", Severity.WARNING, f"mild {place.line}", place, "be bold") for place in at]
    bad = Finding("bad", Severity.ERROR, "bad\x1b[2J", Location(file="zoo.py"), "be good")
    tell([*mild, bad], quiet=False, verbose=False)
    err = capsys.readouterr().err
    assert "zoo.py: error: bad\\x1b[2J [bad]\n    hint: be good\n… and 20 more" in err
    assert err.count("be bold") == 1 and err.index("mild 1 ") < err.index("mild 19 ") and "mild 20 " not in err
    tell([*mild, bad], quiet=False, verbose=True)
    assert capsys.readouterr().err.count("be bold") == 39


def test_what_brings_a_stale_file_up_to_date_is_the_same_command(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["spec", "app.py", "--title", "My API", "-o", "openapi.json"]
    assert run([*words, "--check"]) == 1
    assert (
        "hint: bring it up to date: apispec spec app.py --title 'My API' -o openapi.json\n" in capsys.readouterr().err
    )
    assert run(words) == 0 and run([*words, "--check"]) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is Linux's")
def test_a_full_disk_is_no_fault_of_ours() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "apispec", "spec", "app.py"], stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert (done.returncode, done.stderr) == (2, "apispec: the output can't be written: No space left on device\n")


@pytest.mark.parametrize(("no_color", "colored"), [("1", False), ("", True)])
def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch, no_color: str, colored: bool) -> None:
    pty = pytest.importorskip("pty")
    Path("bare.py").write_text("def f(x): ...\n", encoding="utf-8")
    monkeypatch.setenv("NO_COLOR", no_color)
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "apispec", "inspect", "bare.py"]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=theirs)
    os.close(theirs)
    shown = os.read(ours, 10_000).decode("utf-8")
    os.close(ours)
    assert done.returncode == 0 and "missing-hint" in shown
    assert ("\x1b[33m" in shown) == colored


def test_an_internal_error_says_that_it_is_ours(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*args: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("apispec.cli.inspect.read", broken)
    assert run(["inspect", "app.py"]) == 2
    assert "internal error, please report it: ZeroDivisionError: oops" in capsys.readouterr().err
    with pytest.raises(ZeroDivisionError):
        run(["inspect", "app.py", "--verbose"])


def test_an_interrupted_command_says_so_and_ends_as_a_shell_expects(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("apispec.cli.inspect.read", interrupted)
    assert run(["inspect", "app.py"]) == 130
    assert capsys.readouterr().err == "\napispec: interrupted\n"  # below the ^C of the terminal


def test_a_command_that_is_ended_leaves_nothing_behind(tmp_path: Path) -> None:
    Path("app.py").write_text("from pathlib import Path\nPath('begun').touch()\nimport time\ntime.sleep(60)\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "apispec", "inspect", "app.py"], stderr=subprocess.PIPE, text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert until(Path("begun").exists, 60) and list(tmp_path.glob("apispec-*"))
    process.terminate()
    assert "interrupted" in process.communicate(timeout=60)[1]
    assert process.returncode == 143 and not list(tmp_path.glob("apispec-*"))


def test_a_terminal_is_shown_the_stage_that_is_on_and_a_pipe_is_not(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CI", raising=False)
    for terminal, shown in ((True, "\r\x1b[Kread …\r\x1b[Kwrite …\r\x1b[K"), (False, "")):
        monkeypatch.setattr(sys.stderr, "isatty", lambda terminal=terminal: terminal, raising=False)
        with Stages(quiet=False) as stages:
            stages.begin("read")
            stages.begin("write")
        assert capsys.readouterr().err == shown
        assert re.fullmatch(r"read 0\.\d\d s, write 0\.\d\d s", str(stages))


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--report", "sarif"], "--report 'sarif' is not FORMAT=FILE"),
        (["--report", "pdf=x.pdf"], "--report 'pdf=x.pdf' is not FORMAT=FILE"),
        (["-o", "none/report.txt"], "none/report.txt: it cannot be written: No such file or directory"),
    ],
)
def test_reports_that_cannot_be_made_are_said(
    options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["spec", "app.py", "-o", "openapi.json"]) == 0
    assert run(["validate", "openapi.json", *options]) == 2
    assert said in capsys.readouterr().err
