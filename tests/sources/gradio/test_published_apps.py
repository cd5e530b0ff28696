"""What published apps do besides: what is said of it, and what is said of apps that cannot be imported or found."""

from __future__ import annotations

import functools
import inspect
import shutil
from pathlib import Path
from typing import Any

import pytest

from apispec.errors import TargetError
from apispec.hosting.processes import launched
from apispec.introspection import Options, introspect
from apispec.model import Endpoint, GradioCall, Introspection
from apispec.rendering.openapi import document
from apispec.sources.gradio.code import none_among
from apispec.tools import tools
from tests.sources.gradio.reading import python, read_app
from tests.sources.gradio.test_gradio_apps import APPS, GENERATIONS

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


SEVERAL = """
import gradio as gr

with gr.Blocks() as first:
    pass


def who(profile: gr.OAuthProfile | None):
    return profile.name if profile else "nobody"


with gr.Blocks() as demo:
    gr.LoginButton()
    gr.Button().click(who, None, gr.Textbox())
    gr.Button().click(lambda path: path, gr.Audio(type="filepath"), gr.Audio(streaming=True), api_name="sung")
"""

UNFIT = """
import enum
from typing import Optional

import gradio as gr


class Color(enum.Enum):
    RED = "red"


def fine(number: int = 1) -> int:
    return number


def optional(number: Optional[int] = None) -> int:
    return number or 0


def painted(color: Color = Color.RED) -> str:
    return str(color)


with gr.Blocks() as demo:
    gr.api(fine), gr.api(optional), gr.api(painted)
"""

NOTHING = """
import gradio as gr

with gr.Blocks() as demo:
    gr.Markdown("# Hello")
"""


@functools.cache
def read(generation: str) -> Introspection:
    return read_app(APPS / "published.py", generation)[0]


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
    number, other = fields("doubled")
    assert number["anyOf"][1] == UPDATE and other == {"anyOf": [text, UPDATE]}
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
    assert [f.subject for f in found.findings if f.rule == "needs-gradio-client"] == ["endpoint kept/in/browser"]
    assert not any("kept" in path for path in document(found.api)["paths"])
    assert "kept" not in " ".join(tool.name for tool in tools(found.api))
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
    found = read_app(Path(written(tmp_path, CALCULATOR)), "6")[0]
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


def test_an_app_that_only_a_call_makes_is_found_by_that_call_alone(tmp_path: Path) -> None:
    options = Options(python=python("6"), timeout_s=60)
    path = written(tmp_path, INSIDE.partition("if __name__")[0])
    with pytest.raises(TargetError, match="build is a function that makes a gradio app") as missed:
        introspect(path, options)
    assert ":build()" in missed.value.hint
    for target, source in [(path + ":build()", None), (path, INSIDE)]:  # by its name, or as the script calls it
        if source:
            path = written(tmp_path, source)
        made = introspect(target, options).api
        assert (made.source, made.title, [e.name for e in made.public_endpoints]) == ("gradio", "Page", ["lambda"])
    with pytest.raises(TargetError, match="a factory can't be called without importing it"):
        introspect(path + ":build()", Options(static=True))


@pytest.mark.parametrize("generation", GENERATIONS)
def test_which_of_several_apps_is_described_is_said_and_logins_need_no_hub(generation: str, tmp_path: Path) -> None:
    found = read_app(Path(written(tmp_path, SEVERAL)), generation)[0]
    assert "who" in [e.name for e in found.api.public_endpoints]
    told = next(f for f in found.findings if f.rule == "other-apps")
    assert told.message.endswith(": first") and told.hint == "describe one on its own: page.py:first"
    lacking = [f.subject for f in found.findings if f.rule == "needs-ffmpeg"]
    assert lacking == ([] if shutil.which("ffmpeg") else ["endpoint sung"])


@pytest.mark.parametrize(("generation", "why"), [("5", "Cannot parse schema"), ("6", "Color is not JSON serializable")])
def test_what_gradio_itself_cannot_launch_is_said(generation: str, why: str, tmp_path: Path) -> None:
    found = read_app(Path(written(tmp_path, UNFIT)), generation)[0]
    told = {f.subject: f.message for f in found.findings if f.rule == "app-cannot-launch"}
    assert list(told) == ["endpoint optional" if generation == "5" else "endpoint painted"]
    assert why in next(iter(told.values()))
    assert [e.name for e in found.api.endpoints] == ["fine", "optional", "painted"]
    name = next(iter(told)).split()[1]
    starting = launched(str(tmp_path / "page.py"), Options(python=python(generation), timeout_s=60))
    with pytest.raises(TargetError, match=f"Gradio cannot describe {name}") as failed, starting:
        pass
    assert why in failed.value.message and failed.value.details == ""


def test_an_app_without_endpoints_says_so(tmp_path: Path) -> None:
    found = read_app(Path(written(tmp_path, NOTHING)), "6")[0]
    assert [(f.rule, str(f.location)) for f in found.findings] == [("no-endpoints", "page.py:1")]


def test_an_app_that_is_mounted_is_named(tmp_path: Path) -> None:
    around = read_app(Path(written(tmp_path, MOUNTED)), "6")[0]
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
    assert none_among(lambda: [None, None, None], 3) == {0, 1, 2}
    assert none_among(lambda value: [None, value], 2) == {0}
    assert none_among(early, 2) == set()
    assert none_among(early, 1) == {0}
    assert none_among(second, 2) == none_among(functools.partial(second, 1), 2) == {1}
    assert none_among(lists, 3) == set()  # only what is plain to see
    assert none_among(yields, 1) == {0}
    assert none_among(Callable(), 2) == {0}
    assert none_among(len, 1) == none_among(inspect.isclass.__class__, 1) == set()
