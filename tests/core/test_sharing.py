"""Work that is shared out among processes: the same results, errors of theirs, and none left behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from apispec.rendering.sharing import shared_out

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere work is not shared out")

ASK = """
import json, os, sys
from apispec.rendering import sharing
from apispec.errors import TemplateError

sharing.cpus = lambda: 3  # however many this machine has
here = os.getpid()

def square(number):
    if number == 7 and "fail" in sys.argv:
        raise TemplateError("seven", where="page:7", hint="leave it out")
    if number == 7 and "die" in sys.argv and os.getpid() != here:
        os._exit(9)
    return number * number, os.getpid() != here

try:
    print(json.dumps(sharing.shared_out(square, range(20))))
except TemplateError as error:
    print(json.dumps([str(error), error.where, error.hint]))
"""


def ask(*how: str) -> list[object]:
    """In a process of its own: those of the tests have threads, and are not forked."""
    ran = subprocess.run([sys.executable, "-c", ASK, *how], capture_output=True, text=True, timeout=120, check=True)
    assert ran.stderr == ""
    found: list[object] = json.loads(ran.stdout)
    return found


def test_results_come_in_order_from_other_processes() -> None:
    assert ask() == [[number * number, True] for number in range(20)]


def test_errors_come_back_whole() -> None:
    assert ask("fail") == ["page:7: seven\n  hint: leave it out", "page:7", "leave it out"]


def test_a_process_that_is_ended_is_done_without() -> None:
    assert ask("die") == [[number * number, False] for number in range(20)]


def test_none_is_left_when_the_first_process_is_killed() -> None:
    # in one piece, which `print` does not do
    told = "square(number):\n    import time; os.write(1, f'{os.getpid()}{chr(10)}'.encode()); time.sleep(60)"
    work = ASK.replace("square(number):", told)
    with subprocess.Popen([sys.executable, "-c", work], stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        others = [int(first.stdout.readline()) for _ in range(3)]
        assert first.pid not in others
        first.kill()
    for _ in range(100):
        left = [pid for pid in others if is_running(pid)]
        if not left:
            break
        time.sleep(0.1)
    assert not left


def is_running(pid: int) -> bool:
    """Whether a process is there and has not ended."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_work_stays_here_where_threads_run() -> None:
    import threading

    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    try:
        assert set(shared_out(lambda _: os.getpid(), range(5))) == {os.getpid()}
    finally:
        stop.set()
        thread.join()
