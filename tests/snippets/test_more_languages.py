"""The languages of the menu: every snippet is compiled, run against the echo server, and what arrives is compared.

Fast interpreters run every case, compilers the sample that has one of each kind; `make prove-languages` runs all.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from apispec.snippets import languages, snippets
from tests.conftest import Golden
from tests.snippets.cases import ENVIRONMENT, HTTP, LOGIN, Case
from tests.snippets.echo import Arrival, decoded, running
from tests.snippets.runners import EVERYTHING, RUNNERS, execute
from tests.snippets.test_execution import same

SAMPLE = (
    "json", "query-styles", "headers", "form", "multipart", "multipart-typed-parts", "binary", "text", "text-quotes", "two-keys", "basic",
    "delete", "digest-with-a-body", "stream", "stream-error", "lines", "download", "text-result", "not-found",
)  # fmt: skip
"""One of each kind."""


RUN = [language for language, runner in RUNNERS.items() if EVERYTHING or not runner.large]

pytestmark = [pytest.mark.node, pytest.mark.slow]


def chosen(language: str) -> list[Case]:
    return [case for case in HTTP if EVERYTHING or RUNNERS[language].fast or case.name in SAMPLE]


Ran = tuple[subprocess.CompletedProcess[bytes], Arrival | None, Path]


@pytest.fixture(scope="module", params=RUN)
def ran(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, Ran | None]]:
    """All cases of a language, compiled at once; None where it cannot make the call."""
    language: str = request.param
    texts = {}
    with running(LOGIN) as server:
        for case in chosen(language):
            base = server.base(case.answer, f"{language}-{case.name}")
            options: Any = {"arguments": case.arguments, "languages": [language], "base_url": base}
            texts.update({case.name: made.text for made in snippets(case.api, case.endpoint, **options)})
        done = execute(language, tmp_path_factory.mktemp(language), texts, ENVIRONMENT)
    found: dict[str, Ran | None] = dict.fromkeys(case.name for case in chosen(language))
    found |= {name: (end, server.arrivals.get(f"{language}-{name}"), folder) for name, (end, folder) in done.items()}
    return language, found


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
        in_order = sorted if RUNNERS[language].sorts else list
        meant = (case.method, case.path, in_order(case.query), case.cookies, case.headers, True)
        if (arrival.method, path, in_order(arrival.query), arrival.cookies, headers, body) != meant:
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
        runner = RUNNERS[language]
        fails = case.fails is True or (isinstance(case.fails, str) and not runner.lenient)
        told = bool(done.stderr.strip())
        if (
            (done.returncode != 0) != fails
            or (told != fails and not (fails and runner.silent))
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
