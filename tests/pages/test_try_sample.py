"""Sample answers of Try it: what the description says, where no server is asked or none answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from apispec.model import Api, Endpoint, Example, GradioCall, Result, ResultField
from apispec.sources import read_document
from tests.pages.conftest import Open, Watched, build, served
from tests.pages.test_accessibility import grave
from tests.pages.trying import Trying, trying

pytestmark = pytest.mark.browser

DOCUMENT = """
openapi: 3.1.0
info: {title: Pets, version: "1"}
servers: [{url: "http://127.0.0.1:9"}]
paths:
  /pets:
    post:
      operationId: addPet
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [name]
              properties:
                name: {type: string, minLength: 2, example: Rex}
                age: {type: integer, minimum: 0, example: 3}
      responses:
        "404": {description: Gone, content: {application/json: {schema: {type: object}, example: {title: no such owner}}}}
        "201":
          description: Added
          content:
            application/json:
              schema: {type: object}
              examples:
                dog: {value: {id: 12345678901234567890, note: "<b>x</b>"}}
                cat: {value: {id: 7, purrs: true}}
        "422": {description: Wrong, content: {application/problem+json: {schema: {type: object}, example: {title: does not fit}}}}
  /log:
    get:
      operationId: readLog
      responses:
        "200":
          description: Lines
          content:
            text/event-stream:
              schema: {type: string}
              example: "data: {\\"line\\": 1}\\n\\nevent: end\\ndata: {\\"line\\": 2}\\n\\n"
  /rows:
    get:
      operationId: readRows
      responses:
        "200":
          description: Rows
          content: {application/x-ndjson: {schema: {type: object}, example: "{\\"n\\": 1}\\n{\\"n\\": 2}\\n"}}
        "503": {description: Busy, content: {application/json: {schema: {type: object}, example: {wait: 3}}}}
  /log/old:
    delete:
      operationId: clearLog
      parameters: [{name: before, in: query, required: true, schema: {type: integer, example: 5}}]
      responses: {"204": {description: Cleared}}
"""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("samples")
    (folder / "pets.yaml").write_text(DOCUMENT, encoding="utf-8")
    with served(build(read_document(str(folder / "pets.yaml")).api, folder / "site")) as shown:
        yield shown


def sample(form: Trying, button: str = "Sample answer") -> None:
    form.button(button).press("Enter")


def says(form: Trying, words: str) -> None:
    expect(form.form.locator(".api-result-words")).to_have_text(words)
    expect(form.form.locator(".api-result-facts")).to_have_text("Made from the description; nothing was sent.")


def calls(watched: Watched) -> list[str]:
    return [line for line in watched.complaints if "127.0.0.1:9/" in line]


def test_the_answer_to_what_fits_and_every_other_by_keyboard(url: str, open_page: Open) -> None:
    watched = open_page(url)
    form = trying(watched, "reference/", "addPet")
    form.page.get_by_role("button", name="Record", exact=True).click()
    recorder = form.page.locator(".api-recorder")
    before = recorder.inner_text()
    sample(form)
    says(form, "Sample 201 Created")
    answer = form.form.locator(".api-answer code")
    expect(answer).to_contain_text("12345678901234567890")
    expect(answer).to_contain_text("<b>x</b>")
    form.focused(form.button("Sample answer"))
    picker = form.field("Another answer")
    expect(picker.locator("option")).to_have_text(
        ["201 Created", "201 Created · Example: cat", "404 Not Found", "422 Unprocessable Entity"]
    )
    picker.select_option(label="201 Created · Example: cat")
    expect(answer).to_contain_text('"purrs": true')
    picker.select_option(label="404 Not Found")
    says(form, "Sample 404 Not Found")
    expect(answer).to_contain_text("no such owner")
    expect(answer).to_have_count(1)
    assert [found for found in grave(form.page) if "api-" in found] == []
    expect(form.form.get_by_text("Calls so far")).to_have_count(0)
    assert recorder.inner_text() == before
    assert calls(watched) == []


def test_what_would_be_refused(url: str, open_page: Open) -> None:
    watched = open_page(url)
    form = trying(watched, "reference/", "addPet")
    form.field("body.name").fill("R")
    sample(form)
    says(form, "Sample 422 Unprocessable Entity")
    assert form.failure() == "A server would refuse this body.name This must have at least 2 characters."
    expect(form.form.locator(".api-answer")).to_contain_text("does not fit")
    expect(form.field("body.name")).to_have_attribute("aria-invalid", "true")
    form.field("Another answer").select_option(label="201 Created")
    says(form, "Sample 201 Created")
    expect(form.form.locator(".api-failure")).to_have_count(0)
    form.field("body.name").fill("Rex")
    sample(form)
    says(form, "Sample 201 Created")
    alone = Trying(form.page, "clearLog").open()
    sample(alone)
    says(alone, "Sample 204")
    expect(alone.form.locator(".api-answer")).to_contain_text("The answer has no body.")
    alone.field("before").fill("")
    sample(alone)
    says(alone, "Sample Refused")
    said = "A server would refuse this The description does not say what is answered then. before Type a number."
    assert alone.failure() == said
    assert calls(watched) == []


def test_where_no_server_answers_and_for_streams(url: str, open_page: Open) -> None:
    form = trying(open_page(url), "reference/", "readLog")
    form.send()
    assert form.failure().startswith("No answer from the server")
    sample(form, "Show a sample answer")
    says(form, "Sample 200 OK")
    expect(form.form.locator(".api-events li")).to_have_text(['{ "line": 1 }', 'end { "line": 2 }'])
    form.focused(form.button("Sample answer"))
    expect(form.form.locator(".api-failure")).to_have_count(0)
    form.send()
    form.done()
    expect(form.form.locator(".api-result[data-sample]")).to_have_count(0)


def test_lines_that_come_one_by_one(url: str, open_page: Open) -> None:
    form = trying(open_page(url), "reference/", "readRows")
    sample(form)
    says(form, "Sample 200 OK")
    expect(form.form.locator(".api-answer")).to_contain_text('{"n": 1}\n{"n": 2}')


def test_events_of_functions_files_and_the_overview(inputs_url: str, open_page: Open) -> None:
    watched = open_page(inputs_url)
    form = trying(watched, "reference/", "waits")
    sample(form)
    says(form, "Sample 200 OK")
    expect(form.form.locator(".api-events li")).to_have_count(1)
    file = Trying(form.page, "picture").open()
    sample(file)
    says(file, "Sample 200")
    expect(file.form.locator(".api-answer")).to_contain_text("The description has no example of this answer.")
    page = watched.go()
    first = str(page.locator(".api-overview [data-snippets]").get_attribute("data-snippets"))
    page.get_by_role("button", name=f"Try it: {first}", exact=True).click()
    on_overview = Trying(page, first)
    sample(on_overview)
    expect(on_overview.form.locator(".api-result[data-sample='200'] .api-answer code").first).to_be_visible()


def test_outputs_of_a_gradio_app(tmp_path: Path, open_page: Open) -> None:
    file = {
        "type": "object",
        "properties": {"path": {"type": "string"}, "meta": {"const": {"_type": "gradio.FileData"}}},
    }
    fields = (ResultField(name="picture", schema=file), ResultField(name="score", schema={"const": 0.5}))
    example = [{"path": "/tmp/cat.png", "meta": {"_type": "gradio.FileData"}}, 0.5]
    result = Result(media_type="text/event-stream", fields=fields, streaming=True, examples=(Example(value=example),))
    endpoint = Endpoint(name="draw", call=GradioCall(api_name="draw"), result=result)
    with served(
        build(Api(title="Draw", version="1", source="gradio", endpoints=(endpoint,)), tmp_path / "site")
    ) as base:
        watched = open_page(base)
        form = trying(watched, "reference/", "draw")
        sample(form)
        says(form, "Sample 200 OK")
        expect(form.form.locator(".api-outputs dt")).to_have_text(["picture", "score"])
        expect(form.form.locator(".api-outputs dd").first).to_contain_text('"path": "/tmp/cat.png"')
        assert watched.complaints == []
