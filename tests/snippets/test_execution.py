"""Every http snippet is run as a process of its own, in every language and shell; what arrives is compared with what was meant."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from apispec.snippets import snippets
from tests.snippets.cases import ENVIRONMENT, HTTP, LOGIN, Case
from tests.snippets.echo import Arrival, Echo, decoded, running

RUNNERS = {
    "python": ("python", [sys.executable, "-I", "-X", "utf8"]),
    "javascript": ("javascript", ["node"]),
    "sh": ("curl", ["sh"]),
    "bash": ("curl", ["bash"]),
    "zsh": ("curl", ["zsh", "-f"]),
}
"""Runner → the language whose snippets it runs, and its command."""

pytestmark = pytest.mark.node


class Ran:
    """What became of one snippet."""

    def __init__(self, process: subprocess.CompletedProcess[bytes], arrival: Arrival | None, folder: Path) -> None:
        self.status = process.returncode
        self.output = process.stdout.decode("utf-8", "replace")
        self.errors = process.stderr.decode("utf-8", "replace")
        self.arrival = arrival
        self.folder = folder


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Ran]:
    """All snippets, run at once: the processes wait for each other's start-up most of the time."""
    missing = [command[0] for _, command in RUNNERS.values() if shutil.which(command[0]) is None]
    assert not missing, f"install {missing} to run these tests"
    root = tmp_path_factory.mktemp("snippets")
    with running(LOGIN) as server, ThreadPoolExecutor(4) as pool:
        jobs = {
            (case.name, runner): pool.submit(_run, case, runner, server, root / f"{case.name}-{runner}")
            for case in HTTP
            for runner in RUNNERS
        }
        return {key: job.result() for key, job in jobs.items()}


def _run(case: Case, runner: str, server: Echo, folder: Path) -> Ran:
    language, command = RUNNERS[runner]
    key = folder.name
    [snippet] = snippets(
        case.api, case.endpoint, arguments=case.arguments, languages=[language], base_url=server.base(case.answer, key)
    )
    folder.mkdir()
    path = folder / f"snippet.{snippet.language.extension}"
    path.write_bytes(snippet.text.encode("utf-8"))
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", "no_proxy": "*", **ENVIRONMENT}
    process = subprocess.run(
        [*command, path.name], cwd=folder, env=environment, capture_output=True, timeout=60, stdin=subprocess.DEVNULL
    )
    return Ran(process, server.arrivals.get(key), folder)


@pytest.mark.parametrize("runner", RUNNERS)
@pytest.mark.parametrize("case", HTTP, ids=lambda case: case.name)
def test_what_was_meant_arrives(case: Case, runner: str, ran: dict[tuple[str, str], Ran]) -> None:
    result = ran[case.name, runner]
    arrival = result.arrival
    assert arrival is not None, result.errors
    assert arrival.method == case.method
    assert case.path == (arrival.path if case.name == "path-styles" else decoded(arrival.path))
    assert arrival.query == case.query
    if case.raw_query is not None:
        assert arrival.raw_query == case.raw_query
    assert arrival.cookies == case.cookies
    for name, value in case.headers.items():
        assert arrival.headers.get(name) == value, name
    assert same(arrival.body, case.body), (arrival.body, case.body)
    assert case.raw_body in (None, arrival.raw_body)


@pytest.mark.parametrize("runner", RUNNERS)
@pytest.mark.parametrize("case", HTTP, ids=lambda case: case.name)
def test_the_snippet_ends_as_the_call_does(case: Case, runner: str, ran: dict[tuple[str, str], Ran]) -> None:
    result = ran[case.name, runner]
    language = RUNNERS[runner][0]
    fails = case.fails is True or (isinstance(case.fails, str) and case.fails != language)
    assert (result.status != 0) == fails, result.errors
    assert bool(result.errors.strip()) == fails, result.errors
    assert case.prints in result.output


@pytest.mark.parametrize("runner", ["python", "sh", "bash", "zsh"])
def test_downloads_are_saved(runner: str, ran: dict[tuple[str, str], Ran]) -> None:
    assert (ran["download", runner].folder / "result.png").read_bytes() == bytes(range(256))


@pytest.mark.parametrize("runner", ["sh", "bash", "zsh"])
def test_a_file_of_the_readers_is_kept(runner: str, ran: dict[tuple[str, str], Ran]) -> None:
    folder = ran["binary", runner].folder
    assert (folder / "sample.png").read_bytes().startswith(b"\x89PNG")


def same(arrived: Any, meant: Any) -> bool:
    """Equality of what is JSON, in which true is not 1; `...` stands for anything."""
    if meant is ...:
        return True
    if isinstance(meant, (list, tuple)):
        return isinstance(arrived, (list, tuple)) and len(arrived) == len(meant) and all(map(same, arrived, meant))
    if isinstance(meant, dict):
        return (
            isinstance(arrived, dict)
            and arrived.keys() == meant.keys()
            and all(same(arrived[k], v) for k, v in meant.items())
        )
    if isinstance(meant, float) and isinstance(arrived, (int, float)):
        return not isinstance(arrived, bool) and repr(float(arrived)) == repr(meant)
    return type(arrived) is type(meant) and bool(arrived == meant)
