"""Guarded processes: bounded, quiet, and gone afterwards."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import psutil
import pytest

from apispec.introspection import guard


def run(code: str, *arguments: str, timeout_s: float = 20) -> guard.Outcome:
    return guard.run([sys.executable, "-c", code, *arguments], timeout_s=timeout_s)


def gone(pid: int) -> bool:
    for _ in range(100):
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.02)
    return False


def test_output_and_status() -> None:
    outcome = run("import sys; print('out', flush=True); print('err', file=sys.stderr); sys.exit(3)")
    assert outcome == guard.Outcome(status=3, timed_out=False, output="out\nerr\n")
    assert outcome.signal == ""


def test_only_the_end_of_much_output_is_kept() -> None:
    outcome = run("print('x' * 3_000_000 + 'end')")
    assert len(outcome.output) == guard.KEPT_OUTPUT
    assert outcome.output.endswith("xend\n")


def test_there_is_no_input() -> None:
    assert run("import sys; print(repr(sys.stdin.read()))").output == "''\n"


def test_time_is_bounded() -> None:
    start = time.monotonic()
    outcome = run("import time; time.sleep(60)", timeout_s=0.5)
    assert outcome.timed_out
    assert outcome.signal == "SIGKILL"
    assert time.monotonic() - start < 10


def test_signals_have_names() -> None:
    assert run("import os, signal; os.kill(os.getpid(), signal.SIGTERM)").signal == "SIGTERM"


@pytest.mark.parametrize("new_session", [False, True], ids=["in its group", "in a session of its own"])
def test_children_are_ended(tmp_path: Path, new_session: bool) -> None:
    code = (
        "import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], "
        "start_new_session=sys.argv[2] == 'True'); open(sys.argv[1], 'w').write(str(p.pid))"
    )
    file = tmp_path / "pid"
    start = time.monotonic()
    assert run(code, str(file), str(new_session)).status == 0
    assert time.monotonic() - start < 10  # the child holds the pipe open: nobody waits for it
    assert gone(int(file.read_text(encoding="utf-8")))


def test_a_daemon_is_ended(tmp_path: Path) -> None:
    code = (
        "import os, sys, time\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork() == 0:\n"
        "        open(sys.argv[1], 'w').write(str(os.getpid()))\n"
        "        time.sleep(600)\n"
        "    os._exit(0)\n"
        "while not os.path.exists(sys.argv[1]): time.sleep(0.01)\n"
        "time.sleep(0.05)\n"
    )
    file = tmp_path / "pid"
    assert run(code, str(file)).status == 0
    assert gone(int(file.read_text(encoding="utf-8")))


def test_the_environment_is_ours_to_choose() -> None:
    outcome = guard.run(
        [sys.executable, "-c", f"import os; print(sorted(os.environ.keys() & {{'A', 'HOME', '{guard.MARK}'}}))"],
        timeout_s=20,
        environment={"A": "1"},
    )
    assert outcome.output == f"['A', '{guard.MARK}']\n"


def test_a_command_that_is_not_there() -> None:
    with pytest.raises(OSError, match="nothing-of-this-name"):
        guard.run(["/nothing-of-this-name"], timeout_s=1)
