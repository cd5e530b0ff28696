"""What published apps do besides: what is said of it, and what is said of apps that cannot be imported or found."""

from __future__ import annotations

import functools
import inspect
from pathlib import Path
from typing import Any

import pytest

from apispec.errors import TargetError
from apispec.introspection import Options, introspect
from apispec.model import Endpoint, GradioCall, Introspection
from apispec.sources.gradio_code import none_among
from apispec.tools import tools
from tests.sources.gradio.test_gradio_apps import APPS, GENERATIONS, python

UPDATE = {"$ref": "#/components/schemas/Update"}

CALCULATOR = """
import gradio as gr


def calculate(first: float, operation: str, second: float) -> float:
    return first + second


demo = gr.Interface(
    calculate, ["number", gr.Radio(["add", "subtract"]), "number"], "number",
    description="Adds or subtracts two numbers.", api_name="calculate",
)
demo.launch()
"""

INSIDE = """
import gradio as gr


def build():
    with gr.Blocks() as page:
        gr.Interface(lambda x: x, "text", "text")
    return page


if __name__ == "__main__":
    build().launch()
"""


@functools.cache
def read(generation: str) -> Introspection:
    return introspect(str(APPS / "published.py"), Options(python=python(generation), timeout_s=60))


def endpoint(name: str, generation: str) -> Endpoint:
    found = read(generation).api.endpoint(name)
    assert found is not None
    return found


MOUNTED = """
import fastapi
import gradio as gr

page = gr.Interface(lambda x: x, "text", "text", api_name="same")
app = gr.mount_gradio_app(fastapi.FastAPI(), page, path="/page")
"""


def written(folder: Path, source: str) -> str:
    path = folder / "page.py"
    path.write_text(source, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("generation", GENERATIONS)
def test_updates_and_none_are_among_the_results(generation: str) -> None:
    def fields(name: str) -> Any:
        result = endpoint(name, generation).result
        assert result is not None
        return [field.schema for field in result.fields]

    text = {"type": "string"}
    assert fields("clear") == [{"anyOf": [text, {"type": "null"}]}, text]
    assert fields("reveal") == [{"anyOf": [text, UPDATE]}, {"anyOf": [text, UPDATE]}]
    assert fields("two words, ünïcode?") == [text]
    schemas = read(generation).api.schemas
    assert schemas["Update"]["properties"]["__type__"] == {"const": "update"}  # type: ignore[index]


@pytest.mark.parametrize("generation", GENERATIONS)
def test_what_only_a_page_brings_is_no_call(generation: str) -> None:
    found = read(generation)
    assert {f.subject.partition(" ")[2]: f.message for f in found.findings if f.rule == "needs-event"} == {
        "maybe_selected": "maybe_selected: it needs the event (SelectData), which no call brings along",
        "pressed": "pressed: it needs the value of a Button, which no call brings along",
        "by_name": "by_name: it needs ending by its name, which no call brings along",
        "recorded": "recorded: it needs what its page records (a stream event), which no call brings along",
    }
    assert {e.name for e in found.api.endpoints if not e.callable} == {
        "maybe_selected",
        "pressed",
        "by_name",
        "recorded",
    }
    call = endpoint("clear", generation).call
    assert isinstance(call, GradioCall) and call.heartbeat  # a page that streams keeps its connection


def test_labels_and_steps_are_told() -> None:
    sketch = endpoint("drawn", "6").parameter("sketch")
    assert sketch is not None and sketch.description == "What you drew"
    count = endpoint("two words, ünïcode?", "6").parameter("count")
    assert count is not None and count.description == "Between 2 and 20. In steps of 2."


def test_an_interface_describes_its_one_function(tmp_path: Path) -> None:
    found = introspect(written(tmp_path, CALCULATOR), Options(python=python("6"), timeout_s=60))
    tool = tools(found.api)[0]
    assert tool.description == "Adds or subtracts two numbers."
    assert tool.input_schema["properties"]["operation"] == {"type": "string", "enum": ["add", "subtract"]}


def test_an_app_is_not_taken_for_functions_where_its_library_is_missing(tmp_path: Path) -> None:
    path = written(tmp_path, CALCULATOR)
    with pytest.raises(TargetError, match="No module named 'gradio'; it makes a gradio app") as missing:
        introspect(path, Options())
    assert "--python" in missing.value.hint
    with pytest.raises(TargetError, match="it makes a gradio app, which can't be read without importing it"):
        introspect(path, Options(static=True))


def test_an_app_that_only_a_call_makes_is_missed(tmp_path: Path) -> None:
    found = introspect(written(tmp_path, INSIDE), Options(python=python("6"), timeout_s=60)).findings
    assert next(f.rule for f in found if f.rule != "missing-hint") == "app-out-of-reach"


def test_an_app_that_is_mounted_is_named(tmp_path: Path) -> None:
    around = introspect(written(tmp_path, MOUNTED), Options(python=python("6"), timeout_s=60))
    assert [(f.rule, f.subject) for f in around.findings] == [("mounted-app", "path /page")]
    assert around.findings[0].hint == "describe it on its own: page.py:page --server URL/page"


def test_none_is_found_in_the_code_of_functions() -> None:
    def early(value: Any) -> Any:
        if not value:
            return None
        return value, 1

    def second(value: Any) -> Any:
        return value, None

    def lists(value: Any) -> Any:
        return None, [value], value

    def yields(value: Any) -> Any:
        yield None
        yield value

    class Callable:
        def __call__(self, value: Any) -> Any:
            return None, value

    assert none_among(lambda: None, 1) == {0}
    assert none_among(lambda value: value, 1) == set()
    assert none_among(lambda: (None, "", None), 3) == {0, 2}
    assert none_among(early, 2) == set()
    assert none_among(early, 1) == {0}
    assert none_among(second, 2) == none_among(functools.partial(second, 1), 2) == {1}
    assert none_among(lists, 3) == set()  # only what is plain to see
    assert none_among(yields, 1) == {0}
    assert none_among(Callable(), 2) == {0}
    assert none_among(len, 1) == none_among(inspect.isclass.__class__, 1) == set()
