"""A language is one template file: ours, the reader's own, and what is said about wrong ones."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from apispec.errors import TemplateError, UsageError
from apispec.model import Api, Endpoint, GradioCall, HttpCall, Parameter, Result
from apispec.snippets import languages, snippets
from tests.snippets.cases import HTTP, KEYS

ADD = Endpoint(
    name="add",
    call=HttpCall(path="/add"),
    parameters=(Parameter(name="a", schema={"type": "integer"}), Parameter(name="b", schema={"type": "integer"})),
    result=Result(schema={"type": "integer"}),
)
API = Api(title="t", endpoints=(ADD,))


def template(folder: Path, name: str, text: str) -> Path:
    path = folder / "snippets" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def test_our_languages() -> None:
    for protocol in ("http", "gradio"):
        known = [language for language in languages(protocol) if not language.menu]
        assert [(la.id, la.name, la.lexer, la.extension) for la in known] == [
            ("python", "Python", "python", "py"),
            ("javascript", "JavaScript", "javascript", "mjs"),
            ("curl", "cURL", "sh", "sh"),
        ]


SCHEMES: dict[str, dict[str, Any]] = {
    **KEYS,
    "header-cookie": {"type": "apiKey", "in": "header", "name": "Cookie"},
    "other": {"type": "http", "scheme": "negotiate"},
    "oidc": {"type": "openIdConnect", "openIdConnectUrl": "https://x.example/y"},
    "certificate": {"type": "mutualTLS"},
    "unknown": {"type": "of tomorrow"},
}


@pytest.mark.parametrize("language", [language.id for language in languages("http")])
def test_no_call_is_left_empty(language: str) -> None:
    """Every kind of call with every security scheme is a program, or is refused in words."""
    sse, lines = (Result(streaming=True, media_type=kind) for kind in ("text/event-stream", "application/x-ndjson"))
    results = (sse, lines, Result(is_file=True, media_type="image/png"), Result(media_type="text/plain"), None)
    for case in HTTP:
        kinds = [*((scheme, case.result) for scheme in SCHEMES), *(("token", result) for result in results)]
        for scheme, result in kinds:
            endpoint = replace(case.endpoint, security=({scheme: []},), result=result)
            api = replace(case.api, endpoints=(endpoint,), security_schemes=SCHEMES)
            why: dict[str, str] = {}
            made = snippets(api, endpoint, arguments=case.arguments, languages=[language], refused=why)
            assert made or len(why[language].split()) > 3, (case.name, scheme)
            assert not made or "/call" in made[0].text or not case.path.startswith("/call"), (case.name, scheme)


def test_why_a_gradio_endpoint_has_no_code_is_said() -> None:
    call = GradioCall(api_name="a/b")
    endpoint, why = replace(ADD, call=call), dict[str, str]()
    known = [language.id for language in languages("gradio")]
    made = snippets(API, endpoint, languages=known, refused=why)
    assert [snippet.language.id for snippet in made] == ["python", "javascript"]
    assert {*why} == {*known[2:]} and set(why.values()) == {
        "no path leads to it, and only Gradio's own clients reach it"
    }


def test_languages_are_chosen_in_order() -> None:
    assert [s.language.id for s in snippets(API, ADD, languages=["curl", "python"])] == ["curl", "python"]


def test_an_unknown_language_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match="'cobol'") as caught:
        snippets(API, ADD, languages=["cobol"])
    assert str(caught.value.hint).startswith("choose from python, javascript, curl, ")


def test_a_template_of_the_readers_adds_a_language(tmp_path: Path) -> None:
    ruby = '{# language: Ruby; lexer: rb #}\nrequire "net/http"\nputs Net::HTTP.post(URI({{ slot("full_url", "javascript") }}), {{ slot("json_text", "javascript") }}{{ slot("json", "shell-json", "", "") }})\n'
    user = template(tmp_path, "http/ruby.rb.jinja", ruby)
    made = snippets(API, ADD, user_dirs=[user])
    assert [s.language.name for s in made] == ["Python", "JavaScript", "cURL", "Ruby"]
    assert made[3].language.lexer == "rb"
    assert (
        made[3].text
        == 'require "net/http"\nputs Net::HTTP.post(URI("http://127.0.0.1:8000/add"), \'{"a": 1, "b": 1}\')\n'
    )
    assert [s.language.id for s in snippets(API, ADD)] == ["python", "javascript", "curl"]


def test_the_language_that_the_handbook_adds(tmp_path: Path) -> None:
    handbook = (Path(__file__).parents[2] / "docs/how-to/snippets.md").read_text(encoding="utf-8")
    source = handbook.partition('```jinja title="templates/snippets/http/ruby.rb.jinja"\n')[2].partition("```")[0]
    user = template(tmp_path, "http/ruby.rb.jinja", source)
    [made] = snippets(API, ADD, languages=["ruby"], user_dirs=[user], arguments={"a": '"#{exit}" $HOME é', "b": 2})
    assert made.text.splitlines()[:5] == [
        'require "net/http"',
        "",
        'uri = URI("http://127.0.0.1:8000/add")',
        'request = Net::HTTP::GenericRequest.new("POST", true, true, uri)',
        'request.body = "{\\"a\\": \\"\\\\\\"\\u0023{exit}\\\\\\" \\u0024HOME é\\", \\"b\\": 2}"',
    ]


def test_without_a_header_the_file_name_says_it_all(tmp_path: Path) -> None:
    user = template(tmp_path, "gradio/c-sharp.cs.jinja", "call({{ slot('api_name', 'javascript') }})")
    endpoint = Endpoint(name="add", call=GradioCall(api_name="add"))
    [snippet] = snippets(Api(title="t"), endpoint, languages=["c-sharp"], user_dirs=[str(user)])
    assert (snippet.language.name, snippet.language.lexer, snippet.text) == ("C Sharp", "cs", 'call("/add")\n')


def test_a_template_of_the_readers_replaces_ours_and_can_extend_it(tmp_path: Path) -> None:
    user = template(tmp_path, "http/python.py.jinja", "# Ours\n{% include 'apispec/snippets/http/python.py.jinja' %}\n")
    [snippet] = snippets(API, ADD, languages=["python"], user_dirs=[user])
    assert snippet.text.startswith("# Ours\nimport requests\n")
    assert snippet.text.endswith("print(response.json())\n")


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("fine\n{% if %}\n", 2, "Expected an expression"),
        ("fine\n\n{{ call.nothing }}\n", 3, "no attribute 'nothing'"),
        ("fine\n{{ nothing }}\n", 2, "'nothing' is undefined"),
        ("{{ slot('json', 'cobol') }}\n", 1, "no encoder 'cobol'"),
        ("a\nb\n{{ slot() }}\n", 3, "missing"),
        ("{% include 'nowhere.jinja' %}\n", 1, "nowhere.jinja"),
        ("\n{{ 1 / 0 }}\n", 2, "division by zero"),
    ],
)  # fmt: skip
def test_a_wrong_template_is_named_with_its_line(text: str, line: int, message: str, tmp_path: Path) -> None:
    user = template(tmp_path, "http/wrong.txt.jinja", text)
    with pytest.raises(TemplateError) as caught:
        snippets(API, ADD, languages=["wrong"], user_dirs=[user])
    assert caught.value.where == f"{user / 'snippets/http/wrong.txt.jinja'}:{line}"
    assert message in caught.value.message


def test_an_encoder_that_does_not_fit_its_value_is_a_template_error(tmp_path: Path) -> None:
    user = template(tmp_path, "http/wrong.txt.jinja", "{{ slot('json', 'shell-file') }}\n")
    with pytest.raises(TemplateError, match="shell-file") as caught:
        snippets(API, ADD, languages=["wrong"], user_dirs=[user])
    assert caught.value.where == "snippets/http/wrong.txt.jinja"


def test_a_template_that_is_not_text_is_named(tmp_path: Path) -> None:
    user = template(tmp_path, "http/wrong.txt.jinja", "")
    (user / "snippets/http/wrong.txt.jinja").write_bytes(b"\xff\xfe")
    with pytest.raises(TemplateError, match=r"wrong\.txt\.jinja"):
        snippets(API, ADD, user_dirs=[user])


def test_a_missing_template_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="no such template folder"):
        snippets(API, ADD, user_dirs=[tmp_path / "nowhere"])


def test_importing_snippets_is_light() -> None:
    heavy = (
        "starlette",
        "mcp",
        "gradio",
        "gradio_client",
        "fastapi",
        "mkdocs",
        "requests",
        "httpx",
        "openapi_spec_validator",
        "jsonschema",
    )
    code = f"import sys, apispec.snippets; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
