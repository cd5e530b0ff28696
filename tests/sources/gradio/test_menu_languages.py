"""The languages of the menu call a real Gradio app by its HTTP API: login, uploads, state, streams and errors."""

from __future__ import annotations

import ast
import base64
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from apispec import App, File, Session
from apispec.examples import arguments
from apispec.hosting.processes import launched
from apispec.introspection import Options, describe
from apispec.literals import LocalFile
from apispec.model import Api
from apispec.prove.cases import Case
from apispec.prove.proving import Host, prove
from apispec.prove.running import run
from apispec.rendering.protocols import over_gradio
from apispec.requests.http_request import FilePart
from apispec.snippets import languages, snippets
from tests.conftest import Golden
from tests.serving import served
from tests.snippets.cases import GRADIO, NASTY
from tests.snippets.cases import Case as SnippetCase
from tests.sources.gradio.reading import python, read_app

APP = Path(__file__).parent / "apps" / "login.py"
LOGIN = {"GRADIO_USER": "ada", "GRADIO_PASSWORD": "p&s 'w'"}
RUNNERS = {
    "go": ("go", "run"),
    "httpx": (sys.executable, "-I", "-X", "utf8"),
    "java": ("java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8"),
    "perl": ("perl",),
    "php": ("php",),
    "ruby": ("ruby",),
}

pytestmark = [pytest.mark.node, pytest.mark.slow]


@dataclass(frozen=True)
class Running:
    """The app, as it was read and as it runs."""

    api: Api
    host: Host


@pytest.fixture(scope="module", params=["5", "6"])
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    read, _ = read_app(APP, request.param)
    heard = tmp_path_factory.mktemp("menu") / "calls"
    options = Options(python=python(request.param), timeout_s=60)
    with pytest.MonkeyPatch.context() as patched:
        for name, value in LOGIN.items():
            patched.setenv(name, value)
        with launched(str(APP), options, heard=heard) as url:
            assert requests.get(f"{url}/gradio_api/info", timeout=30).status_code == 401
            yield Running(read.api, Host(url, heard=heard))


def cases(api: Api, language: str) -> list[Case]:
    found = []
    for endpoint in api.public_endpoints:
        given = arguments(endpoint, api)
        first = endpoint.parameters[0]
        if first.location != "file":
            given[first.name] = NASTY
        found.append(Case(api, endpoint, "gradio", language, given, RUNNERS[language], True, LOGIN))
    return found


@pytest.mark.parametrize("language", RUNNERS)
def test_what_was_meant_arrives(app: Running, language: str) -> None:
    outcomes = prove(app.api, cases(app.api, language), app.host, jobs=2)
    assert len(outcomes) == 4
    assert [(o.case.name, o.problem, o.details) for o in outcomes if not o.passed] == []


@pytest.mark.parametrize("app", ["6"], indirect=True)
@pytest.mark.parametrize("language", RUNNERS)
def test_what_is_printed_is_the_answer(app: Running, language: str) -> None:
    [shout] = [case for case in cases(app.api, language) if case.endpoint.name == "shout"]
    done = run(shout, app.host.base_url(90), timeout=120, node_modules=None)
    assert (done.code, done.errors) == (0, "")
    printed = ast.literal_eval(done.output) if language == "httpx" else json.loads(done.output)
    assert printed == [NASTY.upper()]


@pytest.mark.parametrize("app", ["6"], indirect=True)
@pytest.mark.parametrize("language", RUNNERS)
def test_a_call_that_fails_fails_the_program(app: Running, language: str) -> None:
    [shout] = [case for case in cases(app.api, language) if case.endpoint.name == "shout"]
    failing = Case(
        app.api, shout.endpoint, "gradio", language, dict.fromkeys(shout.arguments), RUNNERS[language], True, LOGIN
    )
    done = run(failing, app.host.base_url(91), timeout=120, node_modules=None)
    assert done.code and done.errors and not done.output


@pytest.fixture(scope="module")
def open_to_all() -> Iterator[tuple[Api, str]]:
    """An app without a login, that keeps sessions and takes files."""
    app = App("Open")

    @app.endpoint
    def weigh(session: Session, file: File, others: list[File]) -> str:
        session["n"] = session.get("n", 0) + 1
        return f"{session['n']} {file.path.read_bytes().hex()} {[f.path.read_text() for f in others]}"

    with served(app) as running:
        yield over_gradio(describe(app).api), running.url


@pytest.mark.parametrize("language", RUNNERS)
def test_a_session_and_files_without_a_login(open_to_all: tuple[Api, str], language: str) -> None:
    api, url = open_to_all
    binary = LocalFile('a "b".bin', base64.b64encode(bytes(range(256))).decode(), "image/png", True)
    text = LocalFile("it's.txt", "é $HOME \\n", "text/plain")
    given = {"file": FilePart("file", binary), "others": [FilePart("others", text), FilePart("others", text)]}
    [endpoint] = api.endpoints
    case = Case(api, endpoint, "gradio", language, given, RUNNERS[language], True, {"SESSION_HASH": f"of-{language}"})
    for count in (1, 2):
        done = run(case, url, timeout=120, node_modules=None)
        assert (done.code, done.errors) == (0, "")
        answer = ast.literal_eval(done.output) if language == "httpx" else json.loads(done.output)
        assert answer == [f"{count} {bytes(range(256)).hex()} {['é $HOME ' + chr(92) + 'n'] * 2}"]


@pytest.mark.parametrize("language", RUNNERS)
@pytest.mark.parametrize("case", GRADIO, ids=lambda case: case.name)
def test_as_they_were_read(case: SnippetCase, language: str, golden: Golden) -> None:
    base = "https://api.example.com/v1/"
    [made] = snippets(case.api, case.endpoint, arguments=case.arguments, languages=[language], base_url=base)
    golden(f"snippets/{case.name}/{language}.{made.language.extension}", made.text)
    assert made.text.replace("\n", "").replace("\t", "").isprintable()
    assert "\n\n\n" not in made.text and not made.text.startswith("\n")


def test_every_language_of_the_menu_is_run() -> None:
    assert {language.id for language in languages("gradio") if language.menu} == RUNNERS.keys()
