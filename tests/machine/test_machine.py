"""What operating systems do differently: groups, limits, folders, sockets, and what is done where a system lacks it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from apispec import machine
from tests.serving import until

LACKING = """
import os, signal, subprocess, sys, sysconfig
sysconfig.get_config_vars()  # which Python itself keeps by the name of the system
subprocess.Popen.kill = lambda self: self.poll() is None and os.kill(self.pid, 9)  # by SIGKILL, which goes, too
for module, names in (
    (os, ("killpg", "setsid", "fork", "getppid", "sched_getaffinity", "chown", "geteuid", "getegid", "setpgid")),
    (signal, ("SIGKILL", "SIGXCPU", "SIGALRM", "SIGUSR1")),
):
    for name in names:
        if hasattr(module, name):
            delattr(module, name)
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None
import faulthandler
del faulthandler.register
sys.platform = "other"
"""
"""Makes a system that has as little as Windows, for this process and those that it starts."""

APP = '''"""Größen."""


def add(a: int, b: int = 1) -> int:
    """Add two numbers: Σ."""
    return a + b
'''


@pytest.fixture
def lacking(tmp_path: Path) -> dict[str, str]:
    """The environment of a process on such a system."""
    folder = tmp_path / "lacking"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(LACKING, encoding="utf-8")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(Path(machine.__file__).parents[2])])}


def ran(environment: dict[str, str], *arguments: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "apispec", *arguments]
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, timeout=120, check=False)


def test_a_system_that_lacks_all_of_it_makes_the_same_document(lacking: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(APP, encoding="utf-8")
    here = ran(dict(os.environ), "spec", "app.py", folder=tmp_path)
    there = ran(lacking, "spec", "app.py", "-o", "there.json", folder=tmp_path)
    assert (there.returncode, there.stdout) == (0, b""), there.stderr.decode()
    assert (tmp_path / "there.json").read_bytes() == here.stdout
    checked = ran(lacking, "spec", "app.py", "-o", "there.json", "--check", folder=tmp_path)
    assert checked.returncode == 0, checked.stderr.decode()


def test_what_never_ends_is_ended_on_such_a_system(lacking: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("import time\ntime.sleep(600)\n", encoding="utf-8")
    found = ran(lacking, "spec", "app.py", "--timeout", "2", "--strict", folder=tmp_path)
    assert found.returncode == 2 and b"longer than 2 s" in found.stderr, found.stderr.decode()


def test_folders_are_replaced_on_such_a_system(lacking: dict[str, str], tmp_path: Path) -> None:
    code = (
        "import pathlib; from apispec.output import write\n"
        "for n in (1, 2): write({'a.txt': str(n), f'{n}.txt': 'x'}, pathlib.Path('out'))"
    )
    found = subprocess.run([sys.executable, "-c", code], env=lacking, cwd=tmp_path, capture_output=True, check=False)
    assert found.returncode == 0, found.stderr.decode()
    assert (tmp_path / "out" / "a.txt").read_text(encoding="utf-8") == "2"
    assert not (tmp_path / "out" / "1.txt").exists() and (tmp_path / "out" / "2.txt").exists()


def test_what_a_system_does_not_limit_is_said(lacking: dict[str, str]) -> None:
    code = "from apispec import machine; print(*machine.unlimited(), sep='; ')"
    found = subprocess.run([sys.executable, "-c", code], env=lacking, capture_output=True, text=True, check=True)
    assert found.stdout == "CPU time; memory; processes that leave their session\n"
    assert machine.unlimited() == () or sys.platform != "linux"


def test_text_in_a_console_without_utf_8(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(APP, encoding="utf-8")
    poor = {**os.environ, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    found = ran(poor, "spec", "app.py", folder=tmp_path)
    assert found.returncode == 0, found.stderr.decode()
    assert "Größen" in found.stdout.decode("utf-8") and "Σ" in found.stdout.decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="there is /bin/sh")
def test_a_group_ends_with_what_it_has_started(tmp_path: Path) -> None:
    file = tmp_path / "pid"
    group = machine.Group(["/bin/sh", "-c", f"sleep 600 & echo $! > {file}; wait"])
    assert until(lambda: file.exists() and bool(file.read_text()))
    group.end()
    group.process.wait()
    pid = int(file.read_text())
    assert until(lambda: not _runs(pid))
    group.end()  # once more is no error


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_folders_change_places(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / f"was-{name}").touch()
    if machine.exchange(tmp_path / "a", tmp_path / "b"):
        assert (tmp_path / "a" / "was-b").exists() and (tmp_path / "b" / "was-a").exists()
    else:
        assert sys.platform not in ("linux", "darwin")
        assert (tmp_path / "a" / "was-a").exists()
    assert not machine.exchange(tmp_path / "a", tmp_path / "none")


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    said: list[str] = []

    def second() -> None:
        with machine.locked(tmp_path):
            said.append("second")

    thread = threading.Thread(target=second)
    with machine.locked(tmp_path):
        thread.start()
        thread.join(0.2)
        said.append("first")
    thread.join(10)
    assert said == ["first", "second"] and list(tmp_path.iterdir()) == []


def test_a_socket_is_handed_over(tmp_path: Path) -> None:
    code = "from apispec import machine\ns = machine.handed_over()\nc, _ = s.accept()\nc.sendall(b'heard')\nc.close()\n"
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        options = machine.to_hand_over(listening, os.environ)
        with subprocess.Popen([sys.executable, "-c", code], **options) as child:
            with socket.create_connection(listening.getsockname(), 20) as caller:
                caller.settimeout(20)
                assert caller.recv(10) == b"heard"
            assert child.wait(20) == 0
    assert not machine.takes_over() and machine.handed_over() is None


def test_a_process_is_asked_to_end() -> None:
    code = (
        "import sys, time\nfrom apispec import machine\nmachine.at_stop(lambda *_: sys.exit(7), interrupts=True)\n"
        "print('ready', flush=True)\ntime.sleep(600)\n"
    )
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdout=subprocess.PIPE, **machine.askable()) as child:
        assert child.stdout is not None and child.stdout.readline().strip() == b"ready"
        machine.ask_to_end(child)
        assert child.wait(20) == 7
    machine.ask_to_end(child)  # it has ended: nothing happens


def test_names_of_signals() -> None:
    assert machine.name_of(0) == machine.name_of(3) == ""
    assert machine.name_of(-signal.SIGTERM) == "SIGTERM" and machine.name_of(-99) == "signal 99"


WORDS = (
    "killpg",
    "SIGKILL",
    "SIGXCPU",
    "pass_fds",
    "renameat2",
    "start_new_session",
    "import fcntl",
    "import resource",
)


def test_what_systems_do_differently_has_one_home() -> None:
    package = Path(machine.__file__).parents[1]
    found = [
        f"{path.relative_to(package)}: {word}"
        for path in package.rglob("*.py")
        if path.parent.name != "machine" and path.name != "seal.py"
        for word in WORDS
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == ["introspection/isolated.py: SIGKILL", "introspection/isolated.py: SIGXCPU"]  # names, in messages
