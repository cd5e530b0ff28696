"""Real Gradio apps of both generations: what is read agrees with what Gradio says, and every snippet runs against them."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sysconfig
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import requests

from apispec.cli import run
from apispec.examples import arguments
from apispec.hosting.processes import launched
from apispec.introspection import Options, introspect
from apispec.mcp_server.gradio import GradioServer
from apispec.model import Endpoint, GradioCall, Introspection, Visibility, dump_json, load_json
from apispec.prove.cases import cases
from apispec.prove.proving import Host, prove
from apispec.rendering.openapi import document
from apispec.sources.gradio.launch import serves_mcp
from apispec.tools import tools
from apispec.validation import check
from tests.conftest import REPOSITORY
from tests.server.test_serve_command import serving
from tests.serving import until
from tests.sources.gradio.reading import python, read_app
from tests.warm import runner, warm

APPS = Path(__file__).parent / "apps"
NAMES = sorted(path.stem for path in APPS.glob("*.py"))
GENERATIONS = ("5", "6")
MOST_BY_NODE = 4
"""Endpoints of one app of Gradio 5 that JavaScript calls."""
NODE_MODULES = REPOSITORY / "tests" / "node" / "node_modules"

LOGIN = {"GRADIO_USER": "ada", "GRADIO_PASSWORD": "p&s 'w'"}


def options(generation: str) -> Options:
    return Options(python=python(generation), timeout_s=60)


@pytest.fixture(scope="session", autouse=True)
def _shared(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where the workers of one run share what they read: importing Gradio takes seconds."""
    base = tmp_path_factory.getbasetemp()
    SHARED.append((base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "gradio-apps")
    SHARED[0].mkdir(exist_ok=True)


SHARED: list[Path] = []


@cache
def read(name: str, generation: str) -> Introspection:
    kept = SHARED[0] / f"{name}-{generation}.json"
    if not kept.exists():
        part = kept.with_suffix(f".{os.getpid()}")
        read, own = read_app(APPS / f"{name}.py", generation)
        if name == "simple_interface":  # as a command reads it
            assert introspect(str(APPS / f"{name}.py"), options(generation)) == read
        kept.with_suffix(".own").write_text(json.dumps(own))
        part.write_bytes(dump_json(read))
        part.rename(kept)
    found: Introspection = load_json(Introspection, kept.read_bytes())
    return found


def endpoint(app: str, name: str, generation: str = "6") -> Endpoint:
    found = read(app, generation).api.endpoint(name)
    assert found is not None
    return found


@pytest.mark.parametrize("generation", GENERATIONS)
def test_what_is_read_agrees_with_gradios_own_info(generation: str) -> None:
    for name in NAMES:
        found = {
            e.name: {
                "parameters": [[p.name, p.required] for p in e.parameters],
                "returns": len(e.result.fields) if e.result else 0,
                "public": e.visibility is Visibility.PUBLIC,
            }
            for e in read(name, generation).api.endpoints
        }
        assert found == json.loads((SHARED[0] / f"{name}-{generation}.own").read_text()), name


@pytest.fixture(scope="module")
def fast() -> Iterator[tuple[str, ...]]:
    """What runs Python snippets without importing gradio_client for each of them."""
    with warm() as place:
        yield runner(place)


@pytest.mark.node
@pytest.mark.parametrize("generation", GENERATIONS)
@pytest.mark.parametrize("name", NAMES)
def test_documents_are_valid_and_snippets_and_tools_run(
    name: str, generation: str, fast: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for variable, value in LOGIN.items():
        monkeypatch.setenv(variable, value)
    api = read(name, generation).api
    for version in ("3.0", "3.1", "3.2"):
        assert check(document(api, version=version)) == []  # type: ignore[arg-type]
    found = cases(api, protocols=["gradio", "mcp"])
    callable_ones = [e.call for e in api.public_endpoints if e.callable]
    unrouted = [call for call in callable_ones if isinstance(call, GradioCall) and not call.routed]
    assert len(found) == 4 * len(callable_ones) - 2 * len(unrouted)  # no cURL, no tool
    if name != "simple_interface":  # which is called as readers call it
        found = [replace(case, runner=fast) if case.language == "python" else case for case in found]
    if generation == "5":  # @gradio/client is the same one, and so is what it asks for
        by_node = [case.name for case in found if case.language == "javascript"]
        found = [case for case in found if case.name not in by_node[MOST_BY_NODE:]]
    calls = tmp_path / "calls"
    with launched(str(APPS / f"{name}.py"), options(generation), heard=calls) as url:
        host = Host(url, tools=GradioServer(api, url).server, heard=calls)
        outcomes = prove(api, found, host, jobs=2, node_modules=NODE_MODULES)
    assert [(o.case.name, o.problem, o.details) for o in outcomes if not o.passed] == []


def test_the_command_proves_a_gradio_app(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--python", python("6"), "--in", "curl", "--format", "json"]
    assert run(["prove", str(APPS / "simple_interface.py"), *arguments]) == 0
    results = json.loads(capsys.readouterr().out)["results"]
    assert [(r["protocol"], r["language"], r["passed"]) for r in results] == [
        ("gradio", "curl", True),
        ("mcp", "tool", True),
    ]


@pytest.mark.parametrize("generation", GENERATIONS)
def test_bounds_choices_and_defaults_of_components(generation: str) -> None:
    def parameter(name: str) -> Any:
        return endpoint("many_components", name, generation).parameters[0]

    assert parameter("number").schema == {"title": "Number", "type": "number", "minimum": -5, "maximum": 5}
    assert parameter("slider").schema == {"title": "Slider", "type": "number", "minimum": 0.5, "maximum": 2.5}
    assert parameter("long_text").schema == {"title": "Long", "type": "string", "maxLength": 40}
    assert parameter("radio").schema == {"title": "Radio", "enum": [1, 2]}
    assert parameter("dropdown").schema["enum"] == ["red", "it's", 'say "x"']
    assert parameter("free_dropdown").schema == {"title": "Free", "type": "string", "examples": ["x"]}
    assert parameter("dropdowns").schema["items"] == {"type": "string", "enum": ["p", "q"]}
    assert parameter("infinite_number").default.text == "inf"
    assert parameter("textbox").default.value.startswith('it\'s "quoted"\nnew line')
    assert parameter("number").description == "Anything that fits."


@pytest.mark.parametrize("generation", GENERATIONS)
def test_functions_added_with_api_keep_their_types(generation: str) -> None:
    distance = endpoint("typed_functions", "distance", generation)
    assert [p.schema for p in distance.parameters] == [
        {"$ref": "#/components/schemas/Point"},
        {"$ref": "#/components/schemas/Point"},
        {"$ref": "#/components/schemas/Unit"},
    ]
    assert distance.parameter("unit").default.value == "m"  # type: ignore[union-attr]
    assert distance.parameter("end").description == "Where it ends."  # type: ignore[union-attr]
    schemas = read("typed_functions", generation).api.schemas
    assert schemas["Unit"]["enum"] == ["m", "ft"] and schemas["Point"]["required"] == ["x"]  # type: ignore[index]
    count = endpoint("typed_functions", "count", generation)
    assert count.result is not None
    assert [f.schema for f in count.result.fields] == [
        {"additionalProperties": {"type": "integer"}, "type": "object"},
        {"type": "integer"},
    ]
    assert endpoint("typed_functions", "up_to", generation).parameters[0].default.text == "inf"  # type: ignore[union-attr]
    if generation == "6":
        sizes = endpoint("typed_functions", "file_sizes", generation)
        assert [(p.name, p.location, p.multiple, p.required) for p in sizes.parameters] == [
            ("one", "file", False, True),
            ("others", "file", True, False),
        ]
    nothing = endpoint("typed_functions", "nothing", generation).result
    assert nothing is not None and nothing.fields == ()


@pytest.mark.parametrize("generation", GENERATIONS)
def test_visibility_events_requests_and_lambdas(generation: str) -> None:
    found = read("hidden", generation)
    assert {e.name: (e.visibility.value, e.callable) for e in found.api.endpoints} == {
        "visible": ("public", True),
        "concealed": ("undocumented", True),
        "picked": ("public", False),
        "liked": ("public", False),
        "who": ("public", True),  # Gradio fills in the request of any call
        "lambda": ("public", True),
        "lambda_1": ("public", True),
        "fails": ("public", True),
    }
    assert [(f.rule, f.subject) for f in found.findings] == [
        ("needs-event", "endpoint picked"),
        ("needs-event", "endpoint liked"),
        ("endpoint-named-after-lambda", "endpoint lambda"),
        ("endpoint-named-after-lambda", "endpoint lambda_1"),
    ]
    assert "picked" not in [tool.name for tool in tools(found.api)]


@pytest.mark.parametrize("generation", GENERATIONS)
def test_state_takes_its_place_and_no_parameter(generation: str) -> None:
    append = endpoint("state", "append", generation)
    call = append.call
    assert isinstance(call, GradioCall)
    assert (call.state, call.heartbeat, call.silent_inputs, call.silent_outputs) == (True, True, (1,), (0,))
    assert call.revision == ("v2" if generation == "6" else "v1")
    assert [p.name for p in append.parameters] == ["text", "times"]
    paths = document(read("state", generation).api)["paths"]
    body = paths["/gradio_api/call/append"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert [item.get("type") for item in body["properties"]["data"]["prefixItems"]][1] == "null"
    assert ("/gradio_api/call/v2/append" in paths) == (generation == "6")


def test_files_alone_and_inside_values() -> None:
    upper = endpoint("files", "upper").parameters[0]
    assert (upper.location, upper.media_type, upper.required) == ("file", "text/plain", True)
    assert endpoint("files", "sizes").parameters[0].multiple
    maybe = endpoint("files", "maybe").parameters[0]
    assert not maybe.required and maybe.default is not None and maybe.default.value is None
    api = read("files", "6").api
    message = arguments(endpoint("files", "sketch"), api)["value"]
    assert message["background"].file.filename == "sample.png"
    grey = endpoint("files", "grey").result
    assert grey is not None and grey.schema == {"$ref": "#/components/schemas/FileData"}


def test_the_app_that_launch_would_have_served_is_found() -> None:
    found = read("simple_interface", "6")
    assert (found.api.title, found.api.description, found.api.source) == ("Greeter", "Says *hello*.", "gradio")
    assert found.api.servers[0].url == "http://127.0.0.1:7860"
    greet = endpoint("simple_interface", "greet")
    assert greet.examples[0].value == {"name": "Ada", "intensity": 3, "loud": True}
    assert greet.parameter("intensity").description == "How many exclamation marks. In steps of 1."  # type: ignore[union-attr]
    assert str(greet.location).endswith("simple_interface.py:6")


def test_of_tabs_the_outermost_is_the_app() -> None:
    assert read("tabs", "6").api.title == "Two tools"
    only = introspect(str(APPS / "tabs.py") + ":second", options("6")).api
    assert [e.name for e in only.public_endpoints] == ["shout"]


def test_streams_say_so() -> None:
    assert [(e.name, e.result.streaming) for e in read("streams", "5").api.endpoints if e.result] == [
        ("count", True),
        ("letters", True),
        ("slow", False),
    ]


def test_a_served_app_answers_gradios_own_client_and_mcp_clients_on_one_address() -> None:
    from gradio_client import Client, handle_file

    sample = Path("sample.txt")
    sample.write_text("hello", encoding="utf-8")
    with serving(str(APPS / "files.py"), "--port", "0", "--no-docs", "--python", python("6")) as process:
        assert until(lambda: "MCP at" in process.said, 60), process.said
        url = process.url()
        assert f"the gradio app at {url}, openapi.json at {url}/api-docs/, MCP at {url}/mcp" in process.said
        assert requests.get(f"{url}/api-docs/openapi.json", timeout=60).json()["paths"]["/gradio_api/call/upper"]
        client = Client(url, verbose=False)
        made = client.predict(handle_file(str(sample)), api_name="/upper")
        assert Path(made).read_text(encoding="utf-8") == "HELLO"
        client.close()
        result = asyncio.run(call(f"{url}/mcp", "upper", {"file": "data:text/plain,hello"}))
        assert result.structured_content["meta"] == {"_type": "gradio.FileData"}
        assert result.content[1].resource.text == "HELLO"
        refused = asyncio.run(call(f"{url}/mcp", "upper", {"file": "file:///etc/passwd"}))
        assert refused.is_error and "must be an http(s) URL" in refused.content[0].text
    assert process.process.returncode == 0, process.said


@pytest.mark.parametrize("generation", GENERATIONS)
def test_an_app_is_served_by_the_interpreter_that_has_gradio(generation: str) -> None:
    start = "import sys; sys.path[:0] = [sys.argv.pop(1)]; sys.path.append(sys.argv.pop(1)); "
    start += "from apispec.cli import main; main(sys.argv[1:])"
    ours = [str(REPOSITORY), sysconfig.get_path("purelib")]
    command = ["serve", str(APPS / "simple_interface.py"), "--port", "0", "--no-docs", "--no-mcp"]
    process = subprocess.Popen([python(generation), "-c", start, *ours, *command], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        said = iter(process.stderr.readline, "")
        url = next(found[1] for line in said if (found := re.search(r"the gradio app at (http://[^,]+)", line)))
        data = {"data": ["Ada", 2, True]}
        started = requests.post(f"{url}/gradio_api/call/greet", json=data, timeout=60).json()
        answer = requests.get(f"{url}/gradio_api/call/greet/{started['event_id']}", timeout=60).text
        assert 'data: ["HELLO, ADA!!"]' in answer
    finally:
        process.terminate()
        process.communicate(timeout=60)
    assert process.returncode == 0


async def call(target: Any, name: str, arguments: dict[str, Any]) -> Any:
    from mcp import Client

    async with Client(target) as client:
        return await client.call_tool(name, arguments)


LOGIN_AT_IMPORT = """
import gradio as gr

def double(x: float) -> float:
    if x < 0:
        raise gr.Error("nothing negative")
    return 2 * x

gr.Interface(double, gr.Number(), gr.Number(), api_name="double").launch(auth=("ada", "p&s 'w'"))
"""


def test_tools_log_in_and_say_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "locked.py"
    file.write_text(LOGIN_AT_IMPORT, encoding="utf-8")
    api = introspect(str(file), options("5")).api
    assert api.security == ({"login": []},) and "/login" in document(api)["paths"]
    with launched(str(file), options("5")) as url:
        server = GradioServer(api, url).server
        for user, password, said in (
            ("", "", "set GRADIO_USER and GRADIO_PASSWORD"),
            ("ada", "wrong", "does not accept GRADIO_USER and GRADIO_PASSWORD"),
        ):
            monkeypatch.setenv("GRADIO_USER", user)
            monkeypatch.setenv("GRADIO_PASSWORD", password)
            refused = asyncio.run(call(server, "double", {"x": 2}))
            assert refused.is_error and said in refused.content[0].text
        monkeypatch.setenv("GRADIO_PASSWORD", LOGIN["GRADIO_PASSWORD"])
        assert asyncio.run(call(server, "double", {"x": 2})).structured_content == {"result": 4}
        failed = asyncio.run(call(server, "double", {"x": -1}))
        assert (
            failed.is_error and "nothing negative" in failed.content[0].text
        )  # of which /call of Gradio 5 says nothing
    gone = asyncio.run(call(server, "double", {"x": 2}))
    assert gone.is_error and "could not be called: nothing answers there" in gone.content[0].text


OWN_MCP = '''
import gradio as gr

def count(word: str) -> int:
    """Count letters."""
    return len(word)

def about(name: str) -> str:
    """Tell."""
    return name

def ask(topic: str) -> str:
    """Ask."""
    return topic

# as gr.mcp.resource and gr.mcp.prompt mark them, which need gradio[mcp]
about._mcp_type, about._mcp_uri_template, about._mcp_mime_type = "resource", "about://{name}", "text/plain"
ask._mcp_type, ask._mcp_name = "prompt", "ask"
with gr.Blocks(title="Own") as demo:
    for function in (count, about, ask):
        gr.api(function)

if __name__ == "__main__":
    demo.launch(mcp_server=True)
'''


@pytest.mark.parametrize(("generation", "path"), [("5", "/gradio_api/mcp/http/"), ("6", "/gradio_api/mcp/")])
def test_what_an_app_has_for_its_own_mcp_server_is_told(tmp_path: Path, generation: str, path: str) -> None:
    file = tmp_path / "own.py"
    file.write_text(OWN_MCP, encoding="utf-8")
    api = introspect(str(file), options(generation)).api
    assert api.description == f"The app has an MCP server of its own: <http://127.0.0.1:7860{path}>."
    told = {e.name: e.extensions.get("x-gradio-mcp") for e in api.endpoints}
    assert told == {
        "count": None, "about": {"type": "resource", "uriTemplate": "about://{name}", "mimeType": "text/plain"},
        "ask": {"type": "prompt", "name": "ask"},
    }  # fmt: skip
    words = {e.name: e.description for e in api.endpoints}
    assert words["about"].endswith("offers it as the resource `about://{name}`.") and words["count"] == ""
    for given, is_served in (("False", False), ("None", False), ("True", True), ("flag", True)):
        file.write_text(OWN_MCP.replace("mcp_server=True", f"mcp_server={given}"), encoding="utf-8")
        assert serves_mcp({}, str(file)) is is_served
    assert serves_mcp({"mcp_server": True}, None) and not serves_mcp({"auth": None}, str(file))
