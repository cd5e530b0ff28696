"""Python scripts, each in a process of its own, by an interpreter that has imported what they need already.

Importing gradio_client takes more than a second, a snippet's own work a few milliseconds. `warm()` starts a process that
imports it once and forks for each script; `runner(place)` is what takes the place of the interpreter in a command.
What runs is the script as it stands, as `__main__`, in the folder and with the environment and output it was started with.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STARTS = "warm"
_CLIENT = """
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as s:
    s.connect(sys.argv[1])
    told = json.dumps({"cwd": os.getcwd(), "env": dict(os.environ), "script": sys.argv[2]}).encode()
    socket.send_fds(s, [len(told).to_bytes(8, "big")], [1, 2])
    s.sendall(told)
    sys.exit(int(s.makefile().readline() or "1"))
"""


def runner(place: str) -> tuple[str, ...]:
    """The command that runs a script there."""
    return (sys.executable, "-ISE", "-c", _CLIENT, place)


@contextmanager
def warm() -> Iterator[str]:
    """The address of a process that runs scripts."""
    with tempfile.TemporaryDirectory() as folder:
        place = str(Path(folder, "socket"))
        environment = {**os.environ, "GRADIO_ANALYTICS_ENABLED": "False"}
        command = [sys.executable, "-m", "tests.warm", place]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, start_new_session=True)
        assert process.stdout is not None
        try:
            assert process.stdout.readline().strip() == STARTS.encode()
            yield place
        finally:
            process.kill()
            process.communicate()


def main(place: str) -> None:
    """Wait for scripts and run them until this process is ended."""
    import gradio_client  # noqa: F401

    with socket.socket(socket.AF_UNIX) as server:
        server.bind(place)
        server.listen()
        print(STARTS, flush=True)
        while True:
            connection, _ = server.accept()
            if not os.fork():
                server.close()
                if not os.fork():  # nobody waits for it
                    _answer(connection)
                os._exit(0)
            connection.close()
            os.wait()


def _answer(connection: socket.socket) -> None:
    """Run one script in a child and tell its exit status."""
    head, descriptors, _, _ = socket.recv_fds(connection, 8, 2)
    told = json.loads(connection.makefile("rb").read(int.from_bytes(head, "big")))
    child = os.fork()
    if not child:
        _run(told, descriptors)
    connection.sendall(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n".encode())


def _run(told: dict[str, object], descriptors: list[int]) -> None:
    import runpy
    import traceback

    code: object = 1
    try:
        os.chdir(str(told["cwd"]))
        os.environ.clear()
        os.environ.update(told["env"])  # type: ignore[arg-type, call-overload]
        tempfile.tempdir = None
        for number, descriptor in enumerate(descriptors, 1):
            os.dup2(descriptor, number)
        sys.argv = [str(told["script"])]
        sys.path[0] = str(told["cwd"])
        runpy.run_path(str(told["script"]), run_name="__main__")
        code = 0
    except SystemExit as end:
        code = end.code or 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code if isinstance(code, int) else 1)


if __name__ == "__main__":
    main(sys.argv[1])
