"""What an app shows of its own comes before what is invented; names that are taken twice; what is too long to be shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from apispec.examples import arguments
from apispec.model import Api, Endpoint, Introspection
from apispec.rendering.openapi import code_samples, document
from apispec.rendering.pages import Pages
from apispec.snippets import snippets
from apispec.sources.gradio.size import excerpt
from apispec.validation import check
from tests.sources.gradio.reading import read_app

APP = """
from typing import Optional

import gradio as gr

def same(value): return value
def listed(value) -> list[str]: return [value]
def collected(value): return [value, value]
def person(age, table, file, text="x"): return "a"
def shifted(age, choice, text): return choice
def sketched(value): return value
def located(value): return {"path": "over there"}
def asked(text: str, request: Optional[gr.Request] = None, token: Optional[gr.OAuthToken] = None) -> str: return text

with gr.Blocks() as inner:
    number, text = gr.Number(label="number"), gr.Textbox(label="text")
    go = gr.Button()
    go.click(lambda number: number, number, text)
    go.click(lambda number, text: text, [number, text], text)

with gr.Blocks(title="Shown") as demo:
    many, one = gr.File(file_count="multiple"), gr.File(label="one")
    age, table = gr.Number(label="Age"), gr.Dataframe(headers=["a", "b"])
    text, choice, alone = gr.Textbox("v" * 6000), gr.Dropdown(["x", "y"]), gr.Number(label="Alone", minimum=10)
    count = gr.State(1)
    go = gr.Button()
    go.click(lambda: "first", None, text)
    go.click(same, many, many, api_name="many")
    go.click(same, one, one, api_name="one")
    go.click(listed, one, one, api_name="listed")
    go.click(collected, one, one, api_name="collected")
    go.click(person, [age, table, one, text], text, api_name="person")
    go.click(shifted, [age, choice, text], text, api_name="shifted")
    go.click(same, alone, alone, api_name="alone")
    go.click(sketched, gr.ImageEditor(), gr.ImageEditor(), api_name="sketched")
    go.click(located, text, gr.JSON(), api_name="located")
    go.click(same, gr.Image(), gr.Image(), api_name="pictured")
    go.click(same, table, table, api_name="tabled")
    gr.api(asked, api_name="asked")
    rows = gr.Dataframe([[str(i) * 40, i] for i in range(200)], headers=["T", "n"], label="rows")
    go.click(same, [rows], rows, api_name="cut")
    go.click(lambda s: s["files"], gr.MultimodalTextbox(), gr.File(), api_name="passed_on")
    go.click(same, gr.Dropdown([]), text, api_name="unset")
    go.click(lambda: [None, None, "x"], None, [text, age, alone], api_name="nulls")
    gr.Examples([[7, [["p", "q"]], None]], [age, table, one])
    gr.Examples([[8, "y"], [9, "x"]], [age, choice])
    inner.render()

    @gr.render(inputs=count)
    def drawn(count):
        gr.Textbox(str(count))
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Introspection:
    path = tmp_path_factory.mktemp("shown") / "shown.py"
    path.write_text(APP, encoding="utf-8")
    Path(path.parent, "table.csv").write_text("a\n1\n", encoding="utf-8")
    return read_app(path, "6")[0]


@pytest.fixture(scope="module")
def api(found: Introspection) -> Api:
    return found.api


def of(api: Api, name: str) -> Endpoint:
    endpoint = api.endpoint(name)
    assert endpoint is not None
    return endpoint


def test_examples_of_some_of_the_inputs_count(api: Api) -> None:
    assert arguments(of(api, "shifted"), api) == {"age": 8, "choice": "y", "text": "Hello"}
    given = arguments(of(api, "person"), api)
    assert given["age"] == 7 and given["table"]["data"] == [["p", "q"]] and given["file"].file.filename == "sample.txt"


def test_a_number_is_a_whole_one_that_fits(api: Api) -> None:
    assert arguments(of(api, "alone"), api) == {"value": 10}
    assert arguments(of(api, "lambda_1"), api)["number"] == 5


def test_files_are_lists_where_the_app_gives_lists(api: Api) -> None:
    file = {"$ref": "#/components/schemas/FileData"}
    several = {"type": "array", "items": file}
    shown = {name: of(api, name).result for name in ("many", "one", "listed", "collected")}
    schemas = {name: result.schema for name, result in shown.items() if result is not None}
    assert schemas.pop("many") == {**several, "title": "ListFiles"}
    assert schemas == {"one": file, "listed": several, "collected": {"anyOf": [file, several]}}


def test_a_long_value_is_left_out_and_told(found: Introspection, api: Api) -> None:
    told = [f.subject for f in found.findings if f.rule == "long-default"]
    assert sorted(told) == [
        "endpoint cut, parameter value",
        "endpoint located, parameter value",
        "endpoint person, parameter text",
        "endpoint shifted, parameter text",
    ]
    default = of(api, "person").parameters[3].default
    assert default is not None and (default.is_json, default.text) == (False, "a value of 6,002 characters")
    texts = [s.text for e in api.public_endpoints if e.callable for s in snippets(api, e)]
    assert not any("vvvv" in text for text in (*texts, str(document(api))))


def test_the_beginning_of_a_long_table_is_shown(api: Api) -> None:
    shown = arguments(of(api, "cut"), api)["value"]
    assert shown["headers"] == ["T", "n"] and [row[1] for row in shown["data"]] == [0, 1, 2]
    rows = [{"role": "user", "content": "x" * 900}] * 9
    assert excerpt(rows) == rows[:3] and excerpt([{"text": "x" * 3000}] * 9) == [{"text": "x" * 3000}]
    assert excerpt("x" * 5000) is None and excerpt({"a": ["x" * 5000]}) is None


def test_what_is_passed_on_may_be_several_files_and_what_has_no_choices_is_null(api: Api) -> None:
    file = {"$ref": "#/components/schemas/FileData"}
    result = of(api, "passed_on").result
    assert result is not None and result.schema == {"anyOf": [file, {"type": "array", "items": file}]}
    assert arguments(of(api, "unset"), api) == {"value": None}
    nulls = of(api, "nulls").result
    assert nulls is not None and [{"type": "null"} in f.schema.get("anyOf", ()) for f in nulls.fields] == [
        True,
        True,
        False,
    ]


def test_names_that_are_taken_twice_are_told_and_cost_nothing_else(found: Introspection, api: Api) -> None:
    assert [e.name for e in api.endpoints].count("lambda_1") == 1
    assert not of(api, "lambda_1").callable and [p.name for p in of(api, "lambda_1").parameters] == ["number", "text"]
    (told,) = [f for f in found.findings if f.rule == "duplicate-api-name"]
    assert told.subject == "endpoint lambda_1" and told.message.startswith("lambda_1: 2 listeners have this name")
    assert check(document(api)) == []


def test_what_no_call_brings_is_no_parameter(api: Api) -> None:
    assert [p.name for p in of(api, "asked").parameters] == ["text"]
    assert not of(api, "apply").callable  # what gr.render is called


def test_python_fetches_files_alone(api: Api) -> None:
    """gradio_client takes everything that has a path for a file, and fails where it can't be fetched."""
    code = {e.name: snippets(api, e, languages=["python"])[0].text for e in api.public_endpoints if e.callable}
    kept = {name for name, text in code.items() if "download_files=False" in text}
    assert kept == {"sketched", "located"}


def test_pages_say_what_clients_take_and_give(api: Api) -> None:
    copy = "\n".join(Pages(api).copies().values())
    assert "(file, in file, required, a filepath in Python (handle_file), a file in JavaScript (File or Blob))" in copy
    assert "filepaths in Python (handle_file each)" in copy
    assert "a filepath in Python, a FileData with its url in JavaScript" in copy
    assert "Python (needs `pip install gradio_client`):" in copy
    assert "JavaScript (needs `npm i @gradio/client`):" in copy


def test_only_what_can_be_called_has_code_samples(api: Api) -> None:
    paths = document(api, samples=lambda e: code_samples(snippets(api, e)))["paths"]
    assert "x-codeSamples" in paths["/gradio_api/call/person"]["post"]
    assert "x-codeSamples" not in paths["/gradio_api/call/lambda_1"]["post"]
