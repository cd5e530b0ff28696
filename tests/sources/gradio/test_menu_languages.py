"""The languages of the menu call real Gradio apps by their HTTP API: login, uploads, state, streams and errors.

Each language's snippets are compiled at once. Gradio 6 gets all of them, Gradio 5 from the slow languages the one whose
events it gives by another address; `make prove-languages` runs all, and Kotlin and Rust at all.
"""

from __future__ import annotations

import ast
import base64
import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from apispec import App, File, Session
from apispec.examples import arguments
from apispec.hosting.processes import launched
from apispec.introspection import Options, describe
from apispec.literals import LocalFile
from apispec.model import Api
from apispec.prove.cases import Case
from apispec.prove.gradio import check_calls, heard
from apispec.rendering.protocols import over_gradio
from apispec.requests.http_request import FilePart
from apispec.snippets import languages, snippets
from tests.conftest import Golden
from tests.serving import served
from tests.snippets.cases import GRADIO, NASTY
from tests.snippets.cases import Case as SnippetCase
from tests.snippets.runners import EVERYTHING, RUNNERS, Ran, execute
from tests.sources.gradio.reading import python, read_app

APP = Path(__file__).parent / "apps" / "login.py"
LOGIN = {"GRADIO_USER": "ada", "GRADIO_PASSWORD": "p&s 'w'"}
QUICK = ("go", "perl", "php", "ruby", "csharp")
RUN = [language for language, runner in RUNNERS.items() if EVERYTHING or not (runner.large or language == "kotlin")]
BINARY = bytes(range(256))

pytestmark = [pytest.mark.node, pytest.mark.slow]


@dataclass(frozen=True)
class Running:
    """An app, as it was read and as it runs."""

    api: Api
    url: str
    heard: Path | None = None


@pytest.fixture(scope="module")
def apps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Running]]:
    """Both generations of Gradio, with a login, and an app without one that keeps sessions and takes files."""
    own = App("Open")

    @own.endpoint
    def weigh(session: Session, file: File, others: list[File]) -> str:
        session["n"] = session.get("n", 0) + 1
        return f"{session['n']} {file.path.read_bytes().hex()} {[f.path.read_text() for f in others]}"

    @own.endpoint
    def count(session: Session, text: str) -> Iterator[str]:
        session["m"] = session.get("m", 0) + 1
        yield f"{session['m']} {text}"

    found = {}
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patched:
        for name, value in LOGIN.items():
            patched.setenv(name, value)
        for generation in ("5", "6"):
            file = tmp_path_factory.mktemp("menu") / "calls"
            options = Options(python=python(generation), timeout_s=60)
            url = stack.enter_context(launched(str(APP), options, heard=file))
            assert requests.get(f"{url}/gradio_api/info", timeout=30).status_code == 401
            found[generation] = Running(read_app(APP, generation)[0].api, url, file)
        running = stack.enter_context(served(own))
        yield {**found, "open": Running(over_gradio(describe(own).api), running.url)}


def calls(app: Running, language: str, generation: str) -> dict[str, Case]:
    """The calls of an app by name; those of a language are told from those of others by what they send."""
    found = {}
    for endpoint in app.api.public_endpoints:
        given = arguments(endpoint, app.api)
        first = endpoint.parameters[0]
        if generation == "open":
            text = LocalFile("it's.txt", f"of-{language} é $HOME \\n", "text/plain")
            binary = LocalFile('a "b".bin', base64.b64encode(BINARY).decode(), "image/png", True)
            files = {"file": FilePart("file", binary), "others": [FilePart("others", text), FilePart("others", text)]}
            given = files if endpoint.name == "weigh" else {"text": f"{NASTY} of-{language}"}
        elif first.location == "file":
            given[first.name] = FilePart(first.name, LocalFile("s.txt", f"of-{language}", "text/plain"))
        else:
            given[first.name] = f"{NASTY} of-{language}"
        found[f"{endpoint.name}-{generation}"] = Case(app.api, endpoint, "gradio", language, given)
        if generation == "open":
            found[f"{endpoint.name}-again"] = found[f"{endpoint.name}-{generation}"]
    if generation == "6":
        shout = found["shout-6"]
        found["failing"] = Case(app.api, shout.endpoint, "gradio", language, dict.fromkeys(shout.arguments))
    return found


@dataclass(frozen=True)
class Results:
    """What became of a language's snippets."""

    language: str
    cases: dict[str, Case]
    ran: dict[str, Ran]
    refused: dict[str, str]
    apps: dict[str, Running]

    def printed(self, name: str) -> Any:
        """The last value that a snippet printed."""
        done = self.ran[name][0]
        output = done.stdout.decode()
        assert done.returncode == 0, (self.language, name, output, done.stderr)
        if RUNNERS[self.language].lenient:
            return json.loads(re.findall("^data: (.+)$", output, re.MULTILINE)[-1 if "count" not in name else -2])
        last = output.strip().splitlines()[-1] if "count" in name else output
        return ast.literal_eval(last) if self.language == "httpx" else json.loads(last)


@pytest.fixture(scope="module", params=RUN)
def results(
    request: pytest.FixtureRequest, apps: dict[str, Running], tmp_path_factory: pytest.TempPathFactory
) -> Results:
    language: str = request.param
    cases: dict[str, Case] = {}
    texts: dict[str, str] = {}
    refused: dict[str, str] = {}
    for generation, app in apps.items():
        for name, case in calls(app, language, generation).items():
            if generation == "5" and language not in QUICK and not EVERYTHING and name != "remember-5":
                continue
            why: dict[str, str] = {}
            options: Any = {"arguments": case.arguments, "languages": [language], "base_url": app.url, "refused": why}
            made = snippets(case.api, case.endpoint, **options)
            cases[name] = case
            texts |= {name: snippet.text for snippet in made}
            refused |= {name: reason for reason in why.values()}
    environment = {**LOGIN, "SESSION_HASH": f"of-{language}"}
    ran = execute(language, tmp_path_factory.mktemp(language), texts, environment)
    return Results(language, cases, ran, refused, apps)


def test_what_was_meant_arrives(results: Results) -> None:
    for name, case in results.cases.items():
        app = results.apps.get(name[-1])
        if name not in results.ran or name == "failing" or app is None or app.heard is None:
            continue
        done = results.ran[name][0]
        assert (done.returncode, done.stderr) == (0, b""), (name, done.stderr.decode())
        problems = [check_calls(case, [call]) for call in heard(app.heard) if call["name"] == case.endpoint.name]
        assert "" in problems, (name, problems[-1:])
    assert len(results.ran) > (4 if results.language != "wget" else 1)


def test_what_is_printed_is_the_answer(results: Results) -> None:
    if results.language in ("axios", "typescript"):  # printed as node shows values
        for name in ("shout-6", "weigh-open", "count-open"):
            assert f"of-{results.language}" in results.ran[name][0].stdout.decode().lower(), name
        return
    if "shout-6" not in results.refused:
        assert results.printed("shout-6") == [f"{NASTY} of-{results.language}".upper()]
        weighed = sorted(results.printed(name)[0] for name in ("weigh-open", "weigh-again"))
        text = f"of-{results.language} é $HOME \\n"
        assert weighed == [f"{count} {BINARY.hex()} {[text, text]}" for count in (1, 2)]
    counted = sorted(results.printed(name)[0] for name in ("count-open", "count-again"))
    assert counted == [f"{count} {NASTY} of-{results.language}" for count in (1, 2)]


def test_a_call_that_fails_fails_the_program(results: Results) -> None:
    if "failing" in results.refused:
        return
    done = results.ran["failing"][0]
    assert done.returncode
    assert RUNNERS[results.language].lenient or (done.stderr and not done.stdout)


def test_what_cannot_be_called_is_said(results: Results) -> None:
    meant = {name for name in results.cases if "count" not in name} if results.language == "wget" else set()
    assert results.refused.keys() == meant
    assert set(results.refused.values()) <= {
        "Wget sends no body of several parts",
        "Wget encodes no form for the login",
    }


@pytest.mark.parametrize("language", RUNNERS)
@pytest.mark.parametrize("case", GRADIO, ids=lambda case: case.name)
def test_as_they_were_read(case: SnippetCase, language: str, golden: Golden) -> None:
    base = "https://api.example.com/v1/"
    options: Any = {"arguments": case.arguments, "languages": [language], "base_url": base}
    for made in snippets(case.api, case.endpoint, **options):
        golden(f"snippets/{case.name}/{language}.{made.language.extension}", made.text)
        assert made.text.replace("\n", "").replace("\t", "").isprintable()
        assert "\n\n\n" not in made.text and not made.text.startswith("\n")


def test_every_language_of_the_menu_is_run() -> None:
    assert {language.id for language in languages("gradio") if language.menu} == RUNNERS.keys()
