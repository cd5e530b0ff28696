"""The languages of the menu: every snippet is compiled, run against the echo server, and what arrives is compared.

Fast interpreters run every case, compilers the sample that has one of each kind; `make prove-languages` runs all.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from apispec.snippets import languages, snippets
from tests.conftest import Golden
from tests.snippets.cases import ENVIRONMENT, HTTP, Case
from tests.snippets.echo import Arrival, decoded, running
from tests.snippets.test_execution import same

NODE = Path(__file__).parent.parent / "node" / "node_modules"
SAMPLE = (
    "json", "query-styles", "headers", "form", "multipart", "multipart-typed-parts", "binary", "text", "two-keys", "basic",
    "delete", "stream", "stream-error", "lines", "download", "text-result", "not-found",
)  # fmt: skip
"""One of each kind."""


@dataclass(frozen=True)
class Runner:
    """How snippets of a language are run."""

    file: str
    commands: Sequence[Sequence[str]]
    fast: bool = False
    refuses: Sequence[str] = ()
    """Cases that the language's client cannot send, which is said instead."""


RUNNERS = {
    "axios": Runner("s.mjs", [["node", "s.mjs"]]),
    "csharp": Runner(
        "s.cs",
        [["mcs", "-nologo", "-r:System.Net.Http.dll", "-out:s.exe", "s.cs"], ["mono", "s.exe"]],
        refuses=("headers", "query-styles", "path-nasty"),
    ),
    "go": Runner("s.go", [["go", "build", "-o", "s", "s.go"], ["./s"]]),
    "httpx": Runner("s.py", [[sys.executable, "-I", "-X", "utf8", "s.py"]]),
    "java": Runner(
        "Snippet.java", [["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "Snippet.java"]], refuses=("headers",)
    ),
    "perl": Runner("s.pl", [["perl", "s.pl"]], fast=True),
    "php": Runner("s.php", [["php", "s.php"]], fast=True),
    "ruby": Runner("s.rb", [["ruby", "s.rb"]], fast=True),
    "typescript": Runner(
        "s.mts",
        [
            [
                "node", str(NODE / "typescript/bin/tsc"), "--target", "es2022", "--module", "nodenext", "--strict", "--skipLibCheck",
                "--types", "node", "--typeRoots", str(NODE / "@types"), "--outDir", "out", "s.mts",
            ],
            ["node", "out/s.mjs"],
        ],
    ),
}  # fmt: skip

pytestmark = [pytest.mark.node, pytest.mark.slow]


def chosen(language: str) -> list[Case]:
    everything = RUNNERS[language].fast or os.environ.get("APISPEC_ALL_LANGUAGES")
    return [case for case in HTTP if everything or case.name in SAMPLE]


Ran = tuple[subprocess.CompletedProcess[bytes], Arrival | None, Path]


@pytest.fixture(scope="module", params=RUNNERS)
def ran(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Ran | None]]:
    """All cases of a language; None where it cannot make the call."""
    language: str = request.param
    runner = RUNNERS[language]
    assert shutil.which(runner.commands[0][0]), f"install {runner.commands[0][0]} to run these tests"
    root = tmp_path_factory.mktemp(language)
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(root), "GOCACHE": str(root / "cache"), "GO111MODULE": "off", "LANG": "C.UTF-8",
        "no_proxy": "*", **ENVIRONMENT,
    }  # fmt: skip

    def run(case: Case) -> Ran | None:
        base = server.base(case.answer, f"{language}-{case.name}")
        made = snippets(case.api, case.endpoint, arguments=case.arguments, languages=[language], base_url=base)
        if not made:
            return None
        folder = root / case.name
        folder.mkdir()
        if language == "axios":
            (folder / "node_modules").symlink_to(NODE)
        (folder / runner.file).write_bytes(made[0].text.encode())
        for command in runner.commands:
            done = subprocess.run(
                command, cwd=folder, env=environment, capture_output=True, timeout=300, stdin=subprocess.DEVNULL
            )
            if done.returncode:
                break
        return done, server.arrivals.get(f"{language}-{case.name}"), folder

    with running() as server, ThreadPoolExecutor(2) as pool:
        cases = chosen(language)
        return language, dict(zip([case.name for case in cases], pool.map(run, cases), strict=True))


def test_what_was_meant_arrives(ran: tuple[str, dict[str, Ran | None]]) -> None:
    language, results = ran
    wrong = []
    for case in chosen(language):
        result = results[case.name]
        if result is None:
            assert case.name in RUNNERS[language].refuses, case.name
            continue
        done, arrival, _ = result
        if arrival is None:
            wrong.append((case.name, done.stdout[-500:], done.stderr[-500:]))
            continue
        path = arrival.path if case.name == "path-styles" else decoded(arrival.path)
        body = same(arrival.body, case.body)
        headers = {name: arrival.headers.get(name) for name in case.headers}
        meant = (case.method, case.path, case.query, case.cookies, case.headers, True)
        if (arrival.method, path, arrival.query, arrival.cookies, headers, body) != meant:
            wrong.append((case.name, arrival, meant))
        elif case.raw_query is not None and arrival.raw_query != case.raw_query:
            wrong.append((case.name, arrival.raw_query, case.raw_query))
    assert not wrong


def test_the_program_ends_as_the_call_does(ran: tuple[str, dict[str, Ran | None]]) -> None:
    language, results = ran
    wrong = []
    for case in chosen(language):
        result = results[case.name]
        if result is None:
            continue
        done = result[0]
        fails = case.fails is True or isinstance(case.fails, str)
        told = bool(done.stderr.strip())
        if (
            (done.returncode != 0) != fails
            or told != fails
            or case.prints not in done.stdout.decode("utf-8", "replace")
        ):
            wrong.append((case.name, done.returncode, done.stdout[-300:], done.stderr[-500:]))
    assert not wrong


def test_every_language_of_the_menu_is_run() -> None:
    assert {language.id for language in languages("http") if language.menu} == RUNNERS.keys()


@pytest.mark.parametrize("language", RUNNERS)
@pytest.mark.parametrize("case", [c for c in HTTP if c.name in SAMPLE], ids=lambda case: case.name)
def test_as_they_were_read(case: Case, language: str, golden: Golden) -> None:
    made = snippets(
        case.api, case.endpoint, arguments=case.arguments, languages=[language], base_url="https://api.example.com/v1/"
    )
    for snippet in made:
        golden(f"snippets/{case.name}/{snippet.language.id}.{snippet.language.extension}", snippet.text)
        assert snippet.text.replace("\n", "").replace("\t", "").isprintable()
        assert "\n\n\n" not in snippet.text and not snippet.text.startswith("\n")
