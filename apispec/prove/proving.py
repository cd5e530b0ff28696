"""All cases against one server, several at a time."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from apispec.hosting import PATIENCE, serving
from apispec.model import Api
from apispec.prove.cases import Case
from apispec.prove.checking import check_answer, check_arrival, check_output, check_process
from apispec.prove.requests import check_request
from apispec.prove.running import end_all, run
from apispec.snippets import Snippet


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
    path: str = ""
    """Below the address: where the app says that it is served."""
    record: Path | None = None
    """What arrived, where the server writes it down."""
    tools: Any = None
    """The MCP server, or its address; `/mcp` of the server where it is None."""
    against: str = ""
    """What answered where it was not the API itself: the description."""

    def base_url(self, number: int) -> str:
        """The address that case `number` calls."""
        return (f"{self.url}/proof-{number}" if self.record is not None else self.url) + self.path

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
def hosted(target: str, *, timeout: float = PATIENCE) -> Iterator[Host]:
    """Functions, or an app that runs in this interpreter, in a process of its own that writes down what arrives.

    Raises:
        TargetError: It does not start.
    """
    with tempfile.TemporaryDirectory(prefix="apispec-prove-") as folder:
        record = Path(folder, "record")
        record.touch()
        command = [sys.executable, "-P", "-m", "apispec.prove.host", target, str(record)]
        with serving(command, target, timeout) as port:
            yield Host(f"http://127.0.0.1:{port}", record=record)


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
        try:
            for (number, _), outcome in zip(scripts, pool.map(one, scripts), strict=True):
                outcomes[number] = outcome
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            end_all()
            raise
    if called:
        from apispec.prove.tools import call_tools

        server = host.url + "/mcp" if host.tools is None else host.tools
        for case, problem, seconds in asyncio.run(call_tools(server, api, called, timeout)):
            number = next(i for i, c in enumerate(cases) if c is case)
            outcomes[number] = Outcome(case, problem, seconds)
            tell(outcomes[number])
    if host.record is not None:
        recorded = host.recorded()
        for number, outcome in list(outcomes.items()):
            if outcome.passed:
                problem = _check_arrived(outcome.case, api, host, number, recorded)
                if problem:
                    outcomes[number] = Outcome(outcome.case, problem, outcome.seconds, outcome.snippet)
    return [outcomes[number] for number in range(len(cases))]


def _check_arrived(
    case: Case, api: Api, host: Host, number: int, recorded: Mapping[str, Sequence[Mapping[str, Any]]]
) -> str:
    """What arrived and what was answered: calls of functions, or requests to an app."""
    lines = recorded.get("mcp" if case.protocol == "mcp" else f"proof-{number}", ())
    if api.source != "functions":
        return check_request(case, lines, host.path)
    if case.protocol == "mcp":
        lines = _of_endpoint(lines, case.endpoint.name)
    return check_arrival(case, lines) or _check_answers(case, api, lines)


def _of_endpoint(lines: Sequence[Mapping[str, Any]], name: str) -> list[Mapping[str, Any]]:
    calls = {line["call"] for line in lines if line.get("endpoint") == name}
    return [line for line in lines if line["call"] in calls]


def _check_answers(case: Case, api: Api, lines: Sequence[Mapping[str, Any]]) -> str:
    endpoint = api.endpoint(case.endpoint.name)
    if endpoint is None or endpoint.result is None or endpoint.result.is_file:
        return ""
    problems = (check_answer(endpoint, api, line["answer"]) for line in lines if "answer" in line)
    return next((problem for problem in problems if problem), "")
