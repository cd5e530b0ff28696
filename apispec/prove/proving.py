"""All cases against one server, several at a time."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from apispec.errors import TargetError
from apispec.introspection.isolated import command
from apispec.introspection.options import Options
from apispec.model import Api
from apispec.prove.cases import Case
from apispec.prove.checking import check_answer, check_arrival, check_output, check_process
from apispec.prove.running import run
from apispec.snippets import Snippet

LAUNCHING = "apispec.prove.launching"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one case went."""

    case: Case
    problem: str
    """Empty where it passed."""
    seconds: float
    snippet: Snippet | None = None
    details: str = ""
    """What it printed, where it failed."""

    @property
    def passed(self) -> bool:
        """Whether nothing was wrong."""
        return not self.problem


@dataclass(slots=True)
class Host:
    """A running server to prove against."""

    url: str
    record: Path | None = None
    """What arrived, where the server writes it down."""

    def base_url(self, number: int) -> str:
        """The address that case `number` calls."""
        return f"{self.url}/proof-{number}" if self.record is not None else self.url

    def recorded(self) -> dict[str, list[Mapping[str, Any]]]:
        """Calls and answers by the case's name in the address; those of tools under `mcp`."""
        found: dict[str, list[Mapping[str, Any]]] = {}
        of: dict[int, str] = {}
        for line in self.record.read_text(encoding="utf-8").splitlines() if self.record is not None else ():
            entry = json.loads(line)
            if "proof" in entry:
                of[entry["call"]] = entry["proof"]
            found.setdefault(of.get(entry["call"], ""), []).append(entry)
        return found


@contextmanager
def hosted(target: str, *, timeout: float = 60.0) -> Iterator[Host]:
    """The app in a process of its own, ended afterwards.

    Raises:
        TargetError: It does not start.
    """
    with tempfile.TemporaryDirectory(prefix="apispec-prove-") as folder:
        record = Path(folder, "record")
        record.touch()
        command = [sys.executable, "-m", "apispec.prove.host", target, str(record)]
        with _serving(command, target, Path(folder, "errors"), timeout) as port:
            yield Host(f"http://127.0.0.1:{port}", record)


@contextmanager
def launched(target: str, options: Options, *, timeout: float = 60.0) -> Iterator[Host]:
    """A Gradio app, launched by its own interpreter in a process of its own; what arrives there is unseen.

    Args:
        target: As given to `introspect`.
        options: Which interpreter, and what it finds.
        timeout: Seconds until it must be there.

    Raises:
        TargetError: It does not start.
    """
    start = command(options, LAUNCHING, target)
    with (
        tempfile.TemporaryDirectory(prefix="apispec-prove-") as folder,
        _serving(start, target, Path(folder, "errors"), timeout) as url,
    ):
        yield Host(url.rstrip("/"))


@contextmanager
def _serving(command: Sequence[str], target: str, errors: Path, timeout: float) -> Iterator[str]:
    """A server's process, and what it prints once it listens."""
    with errors.open("wb") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log)
    assert process.stdout is not None
    timer = threading.Timer(timeout, process.kill)
    timer.start()
    try:
        place = process.stdout.readline().decode().strip()
        timer.cancel()
        if not place:
            details = errors.read_text(encoding="utf-8", errors="replace")[-4000:]
            raise TargetError("the app could not be served", where=target, details=details)
        yield place
    finally:
        timer.cancel()
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


def prove(
    api: Api,
    cases: Sequence[Case],
    host: Host,
    *,
    jobs: int = 2,
    timeout: float = 60.0,
    node_modules: Path | None = None,
    tell: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Run every case.

    Args:
        api: As it was read.
        cases: What to prove.
        host: The server.
        jobs: Snippets that run at once.
        timeout: Seconds for each.
        node_modules: Where JavaScript packages are.
        tell: Told of each outcome as it comes; arrivals are only known at the end.

    Returns:
        The outcomes in the order of the cases.
    """

    def one(numbered: tuple[int, Case]) -> Outcome:
        number, case = numbered
        base_url = host.base_url(number)
        ran = run(case, base_url, timeout=timeout, node_modules=node_modules)
        problem = check_process(ran, timeout) or check_output(case, ran)
        details = f"{ran.output}\n{ran.errors}".strip() if problem else ""
        outcome = Outcome(case, problem, ran.seconds, case.snippet(base_url), details)
        tell(outcome)
        return outcome

    scripts = [(i, case) for i, case in enumerate(cases) if case.protocol != "mcp"]
    called = [case for case in cases if case.protocol == "mcp"]
    outcomes: dict[int, Outcome] = {}
    with ThreadPoolExecutor(jobs) as pool:
        for (number, _), outcome in zip(scripts, pool.map(one, scripts), strict=True):
            outcomes[number] = outcome
    if called:
        from apispec.prove.tools import call_tools

        for case, problem, seconds in asyncio.run(call_tools(host.url + "/mcp", api, called, timeout)):
            number = next(i for i, c in enumerate(cases) if c is case)
            outcomes[number] = Outcome(case, problem, seconds)
            tell(outcomes[number])
    if host.record is not None:
        recorded = host.recorded()
        for number, outcome in list(outcomes.items()):
            if outcome.passed:
                lines = recorded.get(f"proof-{number}", ())
                if outcome.case.protocol == "mcp":
                    lines = _of_endpoint(recorded.get("mcp", ()), outcome.case.endpoint.name)
                problem = check_arrival(outcome.case, lines) or _check_answers(outcome.case, api, lines)
                if problem:
                    outcomes[number] = Outcome(outcome.case, problem, outcome.seconds, outcome.snippet)
    return [outcomes[number] for number in range(len(cases))]


def _of_endpoint(lines: Sequence[Mapping[str, Any]], name: str) -> list[Mapping[str, Any]]:
    calls = {line["call"] for line in lines if line.get("endpoint") == name}
    return [line for line in lines if line["call"] in calls]


def _check_answers(case: Case, api: Api, lines: Sequence[Mapping[str, Any]]) -> str:
    endpoint = api.endpoint(case.endpoint.name)
    if endpoint is None or endpoint.result is None or endpoint.result.is_file:
        return ""
    problems = (check_answer(endpoint, api, line["answer"]) for line in lines if "answer" in line)
    return next((problem for problem in problems if problem), "")
