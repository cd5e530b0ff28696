"""Whatever a process leaves behind is ended with it, or when who has started it dies; how it ended is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from apispec import machine
from apispec.introspection import guard
from tests.serving import until

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what the supervisor needs is Linux's")

DAEMON = """
import os, sys, time
def daemon(depth):
    if os.fork() == 0:
        os.setsid()
        if depth:
            daemon(depth - 1)
            os._exit(0)
        with open(sys.argv[1], "a") as file:
            file.write(f"{os.getpid()}\\n")
        os.execve("/bin/sleep", ["sleep", "600"], {})
"""
WAIT = "while len(open(sys.argv[1]).read().split()) < %d: time.sleep(0.01)\n"
"""Until so many daemons have written their numbers."""


def started(file: Path, ending: str, count: int = 3) -> list[str]:
    file.touch()
    code = DAEMON + "".join(f"daemon({depth})\n" for depth in range(count)) + WAIT % count + ending
    return [sys.executable, "-c", code, str(file)]


def gone(file: Path) -> bool:
    return not any(Path(f"/proc/{pid}").exists() for pid in file.read_text().split())


@pytest.mark.parametrize(
    ("ending", "status"),
    [
        ("", 0),
        ("sys.exit(3)", 3),
        ("os.kill(os.getpid(), 11)", -signal.SIGSEGV),
        ("os.kill(os.getpid(), 9)", -signal.SIGKILL),
        ("os.killpg(0, 15)", -signal.SIGTERM),
        ("time.sleep(600)", None),
        ("import signal; signal.signal(15, signal.SIG_IGN); time.sleep(600)", None),
    ],
)
def test_daemons_end_with_what_has_started_them(tmp_path: Path, ending: str, status: int | None) -> None:
    file = tmp_path / "pids"
    begun = time.monotonic()
    outcome = guard.run(started(file, ending), timeout_s=3 if status is None else 20)
    assert outcome.timed_out == (status is None), outcome
    assert status is None or outcome.status == status, outcome
    assert len(file.read_text().split()) == 3 and until(lambda: gone(file), 1)
    assert time.monotonic() - begun < 15


def test_everything_ends_when_who_has_started_it_is_killed(tmp_path: Path) -> None:
    file = tmp_path / "pids"
    command = started(file, "time.sleep(600)")
    code = f"from apispec.introspection import guard\nguard.run({command!r}, timeout_s=600)"
    with subprocess.Popen([sys.executable, "-c", code]) as starter:
        assert until(lambda: len(file.read_text().split()) == 3, 20)
        starter.kill()
    assert until(lambda: gone(file))


SERVERS = {
    "an app": """
import sys
from apispec.hosting import processes
code = "import os, sys; exec(open(sys.argv[1]).read())"
with processes.serving([sys.executable, "-c", code, FILE], "app", 60):
    pass
""",
    "the site of a server": """
from apispec.server import Site
Site.start(FILE, "http://localhost:1")
import time
time.sleep(60)
""",
    "a server that is started again": """
import socket, sys
from apispec.cli import run
from apispec.server import watch
watch(FILE, socket.socket(), lambda: run(["spec", FILE, "--timeout", "600"]))
""",
}


@pytest.mark.parametrize("name", SERVERS)
def test_servers_and_builders_end_when_who_has_started_them_is_killed(tmp_path: Path, name: str) -> None:
    pids, file = tmp_path / "pids", tmp_path / "app.py"
    file.write_text(
        f"import os, time\nwith open({str(pids)!r}, 'a') as f: f.write(f'{{os.getpid()}} ')\ntime.sleep(600)"
    )
    code = SERVERS[name].replace("FILE", repr(str(file)))
    with subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL) as starter:
        try:
            assert until(lambda: pids.exists() and bool(pids.read_text()), 60)
        finally:
            starter.kill()
    assert until(lambda: gone(pids), 20)


@pytest.mark.parametrize(("reacts", "status"), [(True, 3), (False, -signal.SIGKILL)])
def test_a_server_has_time_to_end(reacts: bool, status: int) -> None:
    reaction = "lambda *_: sys.exit(3)" if reacts else "signal.SIG_IGN"
    code = f"import signal, sys, time; signal.signal(15, {reaction}); print(flush=True); time.sleep(60)"
    command = machine.supervised([sys.executable, "-c", code], 1)
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stdout.readline()
        process.terminate()
        assert process.wait(20) == status


def test_processes_that_start_others_again_and_again_are_ended(tmp_path: Path) -> None:
    file = tmp_path / "pids"
    code = """
import os, sys, time
out = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND)
for _ in range(3):
    if os.fork() == 0:
        os.setsid()
        until = time.monotonic() + 30
        while time.monotonic() < until:  # a new process every few milliseconds, the old one ends
            if os.fork():
                os._exit(0)
            os.write(out, b"x")
            time.sleep(0.003)
        os._exit(0)
time.sleep(0.3)
"""
    file.touch()
    guard.run([sys.executable, "-c", code, str(file)], timeout_s=20)
    before = file.read_text()
    time.sleep(0.3)
    assert before and file.read_text() == before


def test_what_ends_its_supervisor_ends_with_it(tmp_path: Path) -> None:
    outcome = guard.run(
        [sys.executable, "-c", "import os, time; os.kill(os.getppid(), 9); time.sleep(600)"], timeout_s=20
    )
    assert not outcome.timed_out and outcome.status == -signal.SIGKILL


def test_a_program_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "none").write_text("#!/no/such/program\n")
    (tmp_path / "none").chmod(0o755)
    with pytest.raises(OSError, match="No such file"):
        guard.run([str(tmp_path / "nothing")], timeout_s=5)
    assert guard.run([str(tmp_path / "none")], timeout_s=5).status == 126


def test_the_environment_and_the_output_are_the_programs_own() -> None:
    code = "import os, sys; print(os.environ['A'], sys.flags.isolated, sys.stdin.read()); print('e', file=sys.stderr)"
    outcome = guard.run([sys.executable, "-c", code], timeout_s=20, environment={**os.environ, "A": "b"})
    assert sorted(outcome.output.split()) == ["0", "b", "e"]
