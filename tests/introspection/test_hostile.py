"""Modules that do what modules should not: each ends in bounded time with the API or a reason, and leaves nothing behind."""

from __future__ import annotations

import time
import uuid
from pathlib import Path

import pytest

from apispec.errors import TargetError
from apispec.findings import Severity
from apispec.introspection import Options, introspect

HOSTILE = Path(__file__).parent / "hostile"
PATIENT = 20.0
HASTY = 4.0

IMPORTED = [
    "busy_thread", "changes_folder", "closes_streams", "endless_thread", "exits_later", "forks", "leaves_children",
    "patched_builtins", "patched_json", "prints_a_lot", "replaces_itself", "starts_server", "starts_uvicorn",
]  # fmt: skip
"""Imported and described, whatever they left running."""

READ = {
    "deep_recursion": (7, "RecursionError: maximum recursion depth exceeded"),
    "endless_loop": (6, f"it takes longer than {HASTY:g} s to import"),
    "endless_sleep": (9, f"it takes longer than {HASTY:g} s to import"),
    "floods_output": (10, f"it takes longer than {HASTY:g} s to import"),
    "hard_exit": (0, "it ends the process while being imported (exit status 0)"),
    "ignores_signals": (12, f"it takes longer than {HASTY:g} s to import"),
    "kills_itself": (0, "its process was killed while importing it (SIGKILL)"),
    "missing_module": (1, "ModuleNotFoundError: No module named 'a_module_that_nobody_has'"),
    "much_memory": (6, "MemoryError: it needs more memory than it is given"),
    "quiet_exit": (11, "it exits while being imported: sys.exit(3)"),
    "raises": (7, "ConnectionError: no database at db.example.com"),
    "raises_unprintable": (13, "_Strange"),
    "reads_input": (6, "EOFError: EOF when reading a line"),
    "reads_private_file": (9, "FileNotFoundError: [Errno 2] No such file or directory: 'hostile/not_there.txt'"),
    "segfault": (9, "it crashes the interpreter while being imported (SIGSEGV)"),
    "spawns_many": (12, "RuntimeError: and then it fails"),
}
"""Read without importing: line and reason of the finding (0 = the file as a whole)."""

FAILED = {
    "bad_syntax_inside": ("hostile/broken_helper.py:1", "SyntaxError: '(' was never closed"),
    "broken_helper": ("hostile/broken_helper.py:1", "SyntaxError: '(' was never closed"),
    "not_text": ("hostile/not_text.py:2", "SyntaxError: (unicode error) 'utf-8' codec can't decode byte 0xff"),
    "syntax_error": ("hostile/syntax_error.py:3", "SyntaxError: invalid syntax"),
}
"""Neither: place and reason of the error."""

FAILED.pop("bad_syntax_inside")
READ["bad_syntax_inside"] = (1, "SyntaxError: '(' was never closed")


@pytest.fixture(autouse=True)
def _nothing_left(monkeypatch: pytest.MonkeyPatch) -> object:
    """Beside the modules, where a user would stand; afterwards no process that this test started may be alive."""
    monkeypatch.chdir(HOSTILE.parent)
    mark = uuid.uuid4().hex
    monkeypatch.setenv("APISPEC_TEST_MARK", mark)
    yield
    alive = left_over(mark)
    for _ in range(50):
        if not alive:
            break
        time.sleep(0.02)  # ended, not yet gone
        alive = left_over(mark)
    assert alive == []


def left_over(mark: str) -> list[str]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if mark.encode() in (entry / "environ").read_bytes():
                    found.append((entry / "cmdline").read_bytes().decode())
            except OSError:
                continue
    return found


def options(name: str, **more: object) -> Options:
    hasty = name in READ and "longer than" in READ[name][1]
    return Options(timeout_s=HASTY if hasty else PATIENT, memory_mib=1024, **more)  # type: ignore[arg-type]


def test_every_module_has_an_expected_outcome() -> None:
    assert sorted([*IMPORTED, *READ, *FAILED]) == sorted(file.stem for file in HOSTILE.glob("*.py"))


@pytest.mark.parametrize("name", IMPORTED)
def test_imported_all_the_same(name: str) -> None:
    result = introspect(f"hostile/{name}.py", options(name))
    assert [e.name for e in result.api.endpoints] == ["add"]
    endpoint = result.api.endpoints[0]
    assert [p.name for p in endpoint.parameters] == ["a", "b"]
    assert not endpoint.static
    assert endpoint.location.file == f"hostile/{name}.py"
    assert not [f for f in result.findings if f.rule == "import-failed"]


@pytest.mark.parametrize("name", sorted(READ))
def test_read_where_importing_fails(name: str) -> None:
    line, reason = READ[name]
    start = time.monotonic()
    result = introspect(f"hostile/{name}.py", options(name))
    assert time.monotonic() - start < (15 if "longer than" in reason else 40)
    assert [e.name for e in result.api.endpoints] == ["add"]
    endpoint = result.api.endpoints[0]
    assert endpoint.static
    assert [p.name for p in endpoint.parameters][:2] == ["a", "b"]
    assert endpoint.parameters[1].required is False
    assert endpoint.summary == "Add."
    finding = result.findings[0]
    assert finding.rule == "import-failed"
    assert finding.severity is Severity.WARNING
    assert reason in finding.message
    file = "broken_helper" if name == "bad_syntax_inside" else name
    assert str(finding.location) == f"hostile/{file}.py" + (f":{line}" if line else "")


@pytest.mark.parametrize("name", sorted(FAILED))
def test_neither_imported_nor_read(name: str) -> None:
    where, reason = FAILED[name]
    with pytest.raises(TargetError) as caught:
        introspect(f"hostile/{name}.py", options(name))
    assert caught.value.where == where
    assert caught.value.message.startswith(reason)
    text = str(caught.value)
    assert "Traceback" not in text
    assert str(HOSTILE) not in text


def test_strict_makes_the_finding_an_error() -> None:
    result = introspect("hostile/raises.py", options("raises", strict=True))
    assert result.findings[0].severity is Severity.ERROR


def test_a_missing_package_may_be_mocked() -> None:
    result = introspect(
        "hostile/missing_module.py", options("missing_module", mock_imports=("a_module_that_nobody_has",))
    )
    assert result.api.endpoints[0].static is False
    assert not [f for f in result.findings if f.rule == "import-failed"]


def test_where_it_was_when_its_time_was_over_is_told_once() -> None:
    result = introspect("hostile/endless_loop.py", Options(timeout_s=60, cpu_s=1))
    assert "more CPU time" in result.findings[0].message
    assert str(result.findings[0].location) == "hostile/endless_loop.py:6"
