"""Scripts of several calls: the page's script makes the same ones as Python, and they run as they stand."""

from __future__ import annotations

import base64
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from apispec import App, File, Session
from apispec.errors import UsageError
from apispec.introspection import describe
from apispec.literals import LocalFile
from apispec.model import Api, Endpoint, GradioCall, Parameter, Result
from apispec.rendering.pages import PagesOptions
from apispec.rendering.protocols import over_gradio
from apispec.requests.http_request import FilePart
from apispec.snippets import script, snippets
from apispec.snippets.assemble import assemble
from tests.serving import Served, served
from tests.snippets.cases import ENVIRONMENT, GRADIO, HTTP, Case
from tests.snippets.page import Task, in_node

pytestmark = pytest.mark.node

LANGUAGES = ("python", "javascript", "curl")
COMMANDS = {"python": [sys.executable, "-I", "-X", "utf8"], "javascript": ["node"], "curl": ["sh"]}
OTHERS = {
    "axios": ["node"], "httpie": ["sh"], "httpx": COMMANDS["python"], "perl": ["perl"], "php": ["php"], "r": ["Rscript", "--vanilla"], "ruby": ["ruby"], "wget": ["sh"],
}  # fmt: skip
"""Languages of the menu that have scripts, TypeScript apart, which is JavaScript's."""
NODE_MODULES = Path(__file__).parents[1] / "node" / "node_modules"


# ── How they look ──


def together(cases: Sequence[Case]) -> tuple[Api, list[tuple[Endpoint, dict[str, Any]]]]:
    """One Api that has the endpoints of all cases, each called as its case says."""
    endpoints = tuple({case.name: case.endpoint for case in cases}.values())
    return replace(cases[0].api, endpoints=endpoints), [(case.endpoint, case.arguments) for case in cases]


def assert_same(cases: Sequence[Case], tmp_path: Path) -> None:
    api, calls = together(cases)
    [answer] = in_node([Task(api, calls, languages=LANGUAGES)], tmp_path)
    assert answer["languages"] == list(LANGUAGES)
    for language, text in zip(LANGUAGES, answer["scripts"], strict=True):
        assert text == script(api, calls, language, base_url="http://127.0.0.1:8000"), language


@pytest.mark.parametrize("cases", [HTTP, GRADIO, [*HTTP, *GRADIO], [GRADIO[0], HTTP[0], GRADIO[3], GRADIO[2]]])
def test_the_page_makes_the_same_scripts(cases: list[Case], tmp_path: Path) -> None:
    assert_same(cases, tmp_path)


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(cases=st.lists(st.sampled_from([*HTTP, *GRADIO]), min_size=1, max_size=6))
def test_the_page_makes_the_same_scripts_of_any_calls(cases: list[Case], tmp_path: Path) -> None:
    # Cases know no source but `functions` here, since one Api has one.
    assert_same([replace(case, source="functions") for case in cases], tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", [*HTTP[:3], *GRADIO], ids=lambda case: case.name)
def test_the_script_of_one_call_is_its_snippet(case: Case, language: str) -> None:
    [snippet] = snippets(case.api, case.endpoint, arguments=case.arguments, languages=[language])
    assert script(case.api, [(case.endpoint, case.arguments)], language) == snippet.text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("protocol", ["http", "gradio"])
def test_golden_scripts(golden: Any, language: str, protocol: str) -> None:
    names = {"http": ("key-in-header", "stream", "multipart", "download", "binary", "download"), "gradio": None}[
        protocol
    ]
    cases = GRADIO if names is None else [next(c for c in HTTP if c.name == name) for name in names]
    api, calls = together(cases)
    golden(f"scripts/{protocol}/{language}.txt", script(api, calls, language))


def test_files_of_one_name_are_told_apart() -> None:
    endpoint = Endpoint(name="f", parameters=(Parameter(name="x", location="file"),), call=GradioCall(api_name="f"))
    calls = [(endpoint, {"x": FilePart("x", LocalFile("a.txt", text, "text/plain"))}) for text in ("1", "2", "1")]
    text = script(Api(title="t", endpoints=(endpoint,)), calls, "python")
    assert text.count('handle_file("a.txt")') == 2 and text.count('handle_file("a-2.txt")') == 1
    assert text.count("write_bytes") == 2 and text.count("Client(") == 1


def test_a_language_that_does_not_say_where_a_call_begins_has_no_scripts(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "snippets" / "http"
    folder.mkdir(parents=True)
    (folder / "words.txt.jinja").write_text('Call {{ slot("url", "shell") }}', encoding="utf-8")
    dirs = (str(tmp_path / "templates"),)
    api, calls = together(HTTP[:2])
    with pytest.raises(UsageError, match="no scripts in 'words'"):
        script(api, calls, "words", user_dirs=dirs)
    [answer] = in_node([Task(api, calls, languages=["python"], options=PagesOptions(template_dirs=dirs))], tmp_path)
    assert answer["languages"] == list(LANGUAGES)
    assert [language for language, _ in answer["snippets"][0]] == [*LANGUAGES, "words"]


# ── How they run ──

app = App("Notebook")
kept: list[str] = []


@app.endpoint
def write(text: str, times: int = 1) -> int:
    """Write a text down."""
    kept.extend([text] * times)
    return len(kept)


@app.endpoint(method="GET", path="/notes/{number}")
def read(number: int) -> str:
    """Read a note."""
    return kept[number]


@app.endpoint
def count(to: int) -> Iterator[int]:
    """Count."""
    yield from range(to)


@app.endpoint
def size(file: File) -> str:
    """Say what a file holds."""
    return f"{file.name} {file.read().hex()[:8]}"


@app.endpoint
def picture(dots: int) -> File:
    """Draw."""
    return File.from_bytes(b"." * dots, name="picture.png")


@app.endpoint
def visits(session: Session) -> int:
    """Count the visits of a session."""
    session["n"] = session.get("n", 0) + 1
    return int(session["n"])


@pytest.fixture(scope="module")
def notebook() -> Iterator[Served]:
    with served(app) as running:
        yield running


def text_file(content: str) -> FilePart:
    return FilePart("file", LocalFile("note.txt", content, "text/plain"))


PIXEL = FilePart("file", LocalFile("p.bin", base64.b64encode(bytes(range(256))).decode(), "image/png", True))
Named = list[tuple[str, dict[str, Any]]]
"""Endpoints' names and arguments."""
CALLS: Named = [
    ("write", {"text": 'it\'s "so" $HOME\n2nd'}),
    ("count", {"to": 3}),
    ("write", {"text": "again", "times": 2}),
    ("size", {"file": text_file("one")}),
    ("size", {"file": PIXEL}),
    ("picture", {"dots": 5}),
    ("read", {"number": 2}),
    ("picture", {"dots": 7}),
]


def run(text: str, language: str, folder: Path) -> subprocess.CompletedProcess[str]:
    folder.mkdir()
    (folder / "node_modules").symlink_to(NODE_MODULES)
    name = {"python": "script.py", "javascript": "script.mjs", "axios": "script.mjs"}.get(language, "script")
    (folder / name).write_text(text, encoding="utf-8")
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), "LANG": "C.UTF-8", "no_proxy": "*", **ENVIRONMENT}
    return subprocess.run(
        [*(COMMANDS | OTHERS)[language], name], cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=120,
        stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip


def both(api: Api, calls: Named, base: str, language: str, tmp_path: Path) -> str:
    """The script that the page makes, which is Python's; of a language of the menu where that is chosen for the page."""
    pairs = [(endpoint, arguments) for name, arguments in calls if (endpoint := api.endpoint(name)) is not None]
    assert len(pairs) == len(calls)
    options = PagesOptions(languages=(language,))
    [answer] = in_node([Task(api, pairs, base, languages=[language], options=options)], tmp_path)
    assert answer["scripts"] == [script(api, pairs, language, base_url=base)]
    return str(answer["scripts"][0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_http_scripts_run(language: str, notebook: Served, tmp_path: Path) -> None:
    kept.clear()
    text = both(describe(app).api, CALLS, notebook.url, language, tmp_path)
    done = run(text, language, tmp_path / "run")
    assert (done.returncode, done.stderr) == (0, ""), text
    assert kept == ['it\'s "so" $HOME\n2nd', "again", "again"]
    said = done.stdout
    places = [said.index(part) for part in ("note.txt 6f6e65", "p.bin 00010203", "again")]
    assert places == sorted(places)
    if language != "javascript":
        assert (tmp_path / "run" / "result.bin").read_bytes() == b"....."
        assert (tmp_path / "run" / "result-2.bin").read_bytes() == b"......."


@pytest.mark.parametrize("language", OTHERS)
def test_scripts_of_the_menus_languages_run(language: str, notebook: Served, tmp_path: Path) -> None:
    kept.clear()
    own = {"wget": ("size",), "r": ("count",)}.get(language, ())  # what their clients cannot call
    calls = [(name, given) for name, given in CALLS if name not in own]
    text = both(describe(app).api, calls, notebook.url, language, tmp_path)
    done = run(text, language, tmp_path / "run")
    assert (done.returncode, done.stderr) == (0, ""), text
    assert kept == ['it\'s "so" $HOME\n2nd', "again", "again"]
    if language != "wget":
        places = [done.stdout.index(part) for part in ("note.txt 6f6e65", "p.bin 00010203", "again")]
        assert places == sorted(places)
    kept.clear()
    failing: Named = [("write", {"text": "first"}), ("read", {"number": 99}), ("write", {"text": "never"})]
    text = both(describe(app).api, failing, notebook.url, language, tmp_path)
    assert run(text, language, tmp_path / "failing").returncode
    assert kept == ["first"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_scripts_end_with_the_call_that_fails(language: str, notebook: Served, tmp_path: Path) -> None:
    kept.clear()
    calls: Named = [("write", {"text": "first"}), ("read", {"number": 99}), ("write", {"text": "never"})]
    text = both(describe(app).api, calls, notebook.url, language, tmp_path)
    assert run(text, language, tmp_path / "run").returncode
    assert kept == ["first"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_gradio_scripts_run(language: str, notebook: Served, tmp_path: Path) -> None:
    if language == "javascript" and not NODE_MODULES.is_dir():
        pytest.skip("run `make test` first: it installs the node packages")
    kept.clear()
    calls: Named = [
        ("visits", {}), ("write", {"text": "it's"}), ("count", {"to": 3}), ("size", {"file": text_file("one")}),
        ("size", {"file": text_file("two")}), ("visits", {}), ("size", {"file": PIXEL}), ("visits", {}),
    ]  # fmt: skip
    text = both(over_gradio(describe(app).api), calls, notebook.url, language, tmp_path)
    done = run(text, language, tmp_path / "run")
    assert done.returncode == 0, (done.stderr, text)
    assert kept == ["it's"]
    said = done.stdout
    second = "note.txt" if language == "javascript" else "note-2.txt"  # there is none on disk
    places = [said.index(part) for part in ("note.txt 6f6e65", f"{second} 74776f", "p.bin 00010203")]
    assert places == sorted(places)
    visited = re.findall(r"^(?:data: )?\[? ?([0-9]) ?\]?$", said, re.MULTILINE)
    assert visited[:5] + visited[-2:] == ["1", "1", "0", "1", "2", "2", "3"], (
        said
    )  # visits, write, count, visits, visits
    assert (tmp_path / "run" / "note.txt").exists() == (language != "javascript")


def test_calls_at_two_addresses_connect_twice(tmp_path: Path) -> None:
    endpoint = Endpoint(name="n", call=GradioCall(api_name="n"))
    stream = Endpoint(name="s", call=GradioCall(api_name="s"), result=Result(streaming=True))
    made = [
        snippets(Api(title="t"), e, arguments={}, languages=["javascript"], base_url=base)[0]
        for e, base in ((endpoint, "http://a"), (stream, "http://a"), (endpoint, "http://b"))
    ]
    text = assemble([(s.parts, s.values) for s in made], ("{", "}"))
    assert text.count("Client.connect(") == 2 and text.count("import ") == 1
    assert text.count('Client.connect("http://a/", { events: ["data", "status"] })') == 1
