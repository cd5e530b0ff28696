"""All cases against one server, several at a time."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from apispec.hosting import PATIENCE, serving
from apispec.model import Api
from apispec.prove.cases import Case
from apispec.prove.checking import check_answer, check_arrival, check_output, check_process, printed_answer
from apispec.prove.gradio import check_calls, heard
from apispec.prove.refusals import Refusal
from apispec.prove.requests import check_request, needed_variables
from apispec.prove.running import end_all, run
from apispec.prove.state import Learned, answer_of, exchange_of, in_order
from apispec.snippets import Snippet
from apispec.workflows import Exchange

_MOMENT_S = 2.0


class Flows(Protocol):
    """Workflows, as `workflows.Several` has them."""

    @property
    def alone(self) -> bool:
        """Whether nothing else is called."""

    def run(
        self,
        api: Api,
        like: Case,
        host: Host,
        learned: Learned,
        timeout: float,
        node_modules: Path | None,
        tell: Callable[[Outcome], None],
    ) -> list[Outcome]:
        """Run them all in the language of a case; tell `learned` what came of it."""


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
    base_url: str = ""
    """The address that the snippet called."""
    skipped: str = ""
    """Why it was not run; empty where it was."""
    refusal: Refusal | None = None
    """What the function said where it did not give a result, as far as that is known."""
    unsure: str = ""
    """Why its failure may be none: the function refused a value that nobody but we chose."""
    refused: bool = False
    """For a step of a workflow: whether the operation refused the call, as the step may have wanted it to."""

    @property
    def passed(self) -> bool:
        """Whether it was run, and nothing was wrong."""
        return not self.problem and not self.skipped

    @property
    def failed(self) -> bool:
        """Whether something was wrong for certain."""
        return bool(self.problem) and not self.unsure


@dataclass(slots=True)
class Host:
    """A running server to prove against."""

    url: str
    path: str = ""
    """Below the address: where the app says that it is served."""
    record: Path | None = None
    """What arrived, where the server writes it down."""
    heard: Path | None = None
    """The calls that reached a Gradio app, where it writes them down."""
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


Hosting = Callable[[], AbstractContextManager[Host]]
"""Starts a server of its own for each run."""


def prove(
    api: Api,
    cases: Sequence[Case],
    host: Host | Hosting,
    *,
    jobs: int = 2,
    timeout: float = 60.0,
    node_modules: Path | None = None,
    tell: Callable[[Outcome], None] = lambda outcome: None,
    seed: Callable[[Host], None] = lambda host: None,
    flows: Flows | None = None,
) -> list[Outcome]:
    """Run every case: a run for each language, shell and protocol, one call after the other in each.

    Args:
        api: As it was read.
        cases: What to prove.
        host: The server; or what starts one for each run, so that what one run makes and deletes is not met by another.
        jobs: Runs at once.
        timeout: Seconds for each snippet.
        node_modules: Where JavaScript packages are.
        tell: Told of each outcome as it comes; arrivals are only known at the end.
        seed: What else to do before a run, once the server is up.
        flows: Workflows that each run over plain HTTP begins with. What they find feeds the cases, and what they have
            called well is not called again.

    Returns:
        The outcomes of the workflows' steps, then those of the cases in their order.
    """
    runs: dict[Any, list[tuple[int, Case]]] = {}
    for number, case in enumerate(cases):
        runs.setdefault(case.column, []).append((number, case))

    def run_all(numbered: list[tuple[int, Case]]) -> tuple[list[Outcome], dict[int, Outcome]]:
        with contextlib.nullcontext(host) if isinstance(host, Host) else host() as server:
            seed(server)
            learned = Learned()
            first = numbered[0][1]
            stepped: list[Outcome] = []
            before: list[Outcome] = []
            if flows is not None and first.protocol == "http":
                stepped = flows.run(api, first, server, learned, timeout, node_modules, tell)
            elif flows is not None and first.protocol == "mcp":  # whose tools need what the workflows find
                like = min((c for c in cases if c.protocol == "http"), key=lambda c: c.language != "curl")
                before = flows.run(api, like, server, learned, timeout, node_modules, lambda outcome: None)
            if flows is not None and flows.alone:
                return stepped, {}
            called = {
                one.case.endpoint.name: one.case.step for one in (*stepped, *before) if one.passed and not one.refused
            }
            again = [(n, case) for n, case in numbered if case.endpoint.name not in called or learned.is_gone(case)]
            done = {n: case for n, case in numbered if (n, case) not in again}
            lacking = {n: one for n, case in again if flows is not None and (one := _lacking(case, learned))}
            again = [(n, case) for n, case in again if n not in lacking]
            found = _run(api, in_order(again), server, timeout, node_modules, tell, learned) if again else {}
            found |= {n: Outcome(c, "", 0.0, skipped=f"{called[c.endpoint.name]} called it") for n, c in done.items()}
            found |= lacking
            return stepped, found

    outcomes: dict[int, Outcome] = {}
    of_steps: list[Outcome] = []
    with ThreadPoolExecutor(jobs) as pool:
        try:
            for stepped, found in pool.map(run_all, runs.values()):
                of_steps += stepped
                outcomes.update(found)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            end_all()
            raise
    return [*of_steps, *(outcomes[number] for number in sorted(outcomes))]


def _lacking(case: Case, learned: Learned) -> Outcome | None:
    """What is said of a case whose credential the workflows did not find after all."""
    names = [n for n in needed_variables([case]) if not os.environ.get(n) and n not in learned.credentials]
    return Outcome(case, "", 0.0, skipped=f"no workflow has found its {names[0]}") if names else None


def _run(
    api: Api,
    cases: Sequence[tuple[int, Case]],
    host: Host,
    timeout: float,
    node_modules: Path | None,
    tell: Callable[[Outcome], None],
    learned: Learned,
) -> dict[int, Outcome]:
    """The cases of one run."""
    outcomes: dict[int, Outcome] = {}
    if cases[0][1].protocol == "mcp":
        from apispec.prove.tools import call_tools

        server = host.url + "/mcp" if host.tools is None else host.tools
        called = asyncio.run(call_tools(server, api, [case for _, case in cases], timeout, learned))
        for (number, _), (case, problem, seconds) in zip(cases, called, strict=True):
            outcomes[number] = Outcome(case, problem, seconds)
            tell(outcomes[number])
    else:
        for number, meant in cases:
            case = meant if host.against else learned.fed(meant)  # a mock remembers nothing
            base_url = host.base_url(number)
            ran = run(case, base_url, timeout=timeout, node_modules=node_modules)
            problem = check_process(ran, timeout) or check_output(case, ran)
            if not problem and learned.wants(case):
                learned.learn(case, _exchange(case, host, number, ran.output))
            details = f"{ran.output}\n{ran.errors}".strip() if problem else ""
            outcomes[number] = Outcome(case, problem, ran.seconds, case.snippet(base_url), details, base_url)
            tell(outcomes[number])
    if host.heard is not None:
        calls = heard(host.heard)
        for number, outcome in outcomes.items():
            if outcome.passed:
                outcomes[number] = replace(outcome, problem=check_calls(outcome.case, calls))
    if host.record is not None and api.source == "functions":
        _explain(outcomes, host)
    if host.record is not None:
        recorded = _written(host, [n for n, o in outcomes.items() if o.passed and o.case.protocol != "mcp"])
        passed = {number: outcome for number, outcome in outcomes.items() if outcome.passed}
        until = time.monotonic() + _MOMENT_S
        while True:
            problems = {n: _check_arrived(o.case, api, host, n, recorded) for n, o in passed.items()}
            late = any(problem and passed[n].case.protocol == "mcp" for n, problem in problems.items())
            if not late or time.monotonic() > until:
                break
            time.sleep(0.02)  # requests of tools have no number to be waited for
            recorded = host.recorded()
        outcomes |= {n: replace(o, problem=problems[n]) for n, o in passed.items()}
    return outcomes


def _explain(outcomes: dict[int, Outcome], host: Host) -> None:
    """Say of calls that functions did not answer why, in place."""
    failed = [number for number, outcome in outcomes.items() if outcome.problem]
    recorded = host.recorded() if failed else {}
    for number in failed:
        outcome = outcomes[number]
        if outcome.case.protocol == "mcp":
            lines: Sequence[Mapping[str, Any]] = _of_endpoint(recorded.get("mcp", ()), outcome.case.endpoint.name)
        else:
            lines = recorded.get(f"proof-{number}", ())
        refusal = next((Refusal.read(line) for line in lines if "problem" in line), None)
        if refusal is not None:
            outcomes[number] = replace(outcome, problem=refusal.text, refusal=refusal, details="")


def _written(host: Host, numbers: Sequence[int]) -> dict[str, list[Mapping[str, Any]]]:
    """What arrived; a client may end a moment before the server has written down what it answered."""
    until = time.monotonic() + _MOMENT_S
    while True:
        recorded = host.recorded()
        if all(f"proof-{number}" in recorded for number in numbers) or time.monotonic() > until:
            return recorded
        time.sleep(0.02)


def _exchange(case: Case, host: Host, number: int, output: str) -> Exchange:
    """A call that went well, as far as it is known."""
    if host.record is None:
        return exchange_of(case, printed_answer(case, output))
    for line in reversed(host.recorded().get(f"proof-{number}", [])):
        if "answer" in line and case.api.source == "functions":
            return exchange_of(case, line["answer"])
        if isinstance(line.get("answer"), str):
            return exchange_of(case, answer_of(line), line)
    return exchange_of(case, None)


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
