"""Apps of other libraries as they run: served with docs and tools beside them, called as tools, proven."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

import pytest
import requests
from mcp import Client, StdioServerParameters
from mcp.client.stdio import stdio_client

from apispec.cli import run
from tests.conftest import REPOSITORY
from tests.server.test_serve_command import serving
from tests.serving import until

APPS = Path(__file__).parent / "apps"
EVERYTHING = str(APPS / "everything.py")
CREDENTIALS = {"KEY": "k", "QUERY_KEY": "q-1", "SID": "s", "TOKEN": "t", "DOOR_USER": "u", "DOOR_PASSWORD": "p w:'"}


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in CREDENTIALS.items():
        monkeypatch.setenv(name, value)


@pytest.mark.node
@pytest.mark.usefixtures("credentials")
@pytest.mark.parametrize("name", ["everything", "books_litestar", "clock_starlette", "ninja_api"])
def test_every_snippet_and_tool_is_right(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    status = run(["prove", str(APPS / f"{name}.py"), "--format", "json"])
    results = json.loads(capsys.readouterr().out)["results"]
    assert [(r["endpoint"], r["language"], r["problem"], r["details"]) for r in results if not r["passed"]] == []
    endpoints = {r["endpoint"] for r in results}
    assert status == 0 and len(results) == 4 * len(endpoints) and len(endpoints) >= 1
    assert name != "everything" or len(endpoints) == 24  # one of them in an app that is mounted


def test_proving_asks_for_credentials_and_for_what_can_be(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in CREDENTIALS:
        monkeypatch.delenv(name, raising=False)
    assert run(["prove", EVERYTHING, "--endpoint", "by_password_more_secured_by_password_get"]) == 2
    said = capsys.readouterr().err
    assert "DOOR_USER, DOOR_PASSWORD is not set" in said and "TOKEN" not in said
    assert run(["prove", EVERYTHING, "--over", "gradio"]) == 2
    assert "not for fastapi" in capsys.readouterr().err


LIAR = """
from fastapi import FastAPI, Response
from fastapi.responses import PlainTextResponse
app = FastAPI()

@app.get("/text", response_model=dict)
def text() -> PlainTextResponse:
    return PlainTextResponse("a text")

@app.get("/number", responses={200: {"content": {"application/json": {"schema": {"type": "string"}}}}})
def number():
    return 1

@app.get("/status")
def status(response: Response) -> None:
    response.status_code = 202

@app.get("/refuses")
def refuses() -> None:
    response = 1 / 0
"""


def test_what_an_app_does_otherwise_than_its_document_says_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "liar.py"
    file.write_text(LIAR, encoding="utf-8")
    assert run(["prove", str(file), "--in", "curl", "--over", "http", "--format", "json"]) == 1
    found = {r["endpoint"]: r["problem"] for r in json.loads(capsys.readouterr().out)["results"]}
    assert found["text_text_get"] == "was answered with text/plain instead of application/json"
    assert "does not fit" in found["number_number_get"]
    assert found["status_status_get"] == "was answered with 202, which is not documented"
    assert found["refuses_refuses_get"].startswith("ended with 22")


def call(target: Any, name: str, arguments: dict[str, Any]) -> Any:
    async def session() -> Any:
        async with Client(target) as client:
            return await client.call_tool(name, arguments)

    return asyncio.run(asyncio.wait_for(session(), 60))


def test_app_docs_and_tools_on_one_address(credentials: None) -> None:
    with serving(EVERYTHING, "--port", "0", "--cors", "https://docs.example", "--max-body", "1") as process:
        url = process.url()
        assert until(lambda: "MCP at" in process.said, 60)
        assert f"the fastapi app at {url}, docs at {url}/api-docs/, MCP at {url}/mcp" in process.said
        assert until(lambda: requests.get(f"{url}/inner/inside", timeout=60).status_code == 200, 60)
        assert "document of its own" in requests.get(f"{url}/inner/inside", timeout=60).json()
        assert requests.get(f"{url}/state", timeout=60).json() == "from the lifespan"
        assert requests.get(f"{url}/hidden", timeout=60).json() == "not in the document"
        assert requests.get(f"{url}/docs", timeout=60).text.count("swagger") > 0
        assert requests.get(f"{url}/openapi.json", timeout=60).json()["info"]["x-team"] == "tests"
        ours = requests.get(f"{url}/api-docs/openapi.json", timeout=60).json()
        assert ours["info"]["title"] == "Everything" and "/query" in ours["paths"]
        assert requests.get(f"{url}/nowhere", timeout=60).json() == {"detail": "Not Found"}
        large = requests.post(f"{url}/raw", data=b"x" * 2_000_000, timeout=60)
        assert large.status_code == 413 and large.headers["content-type"] == "application/problem+json"
        origin = {"Origin": "https://docs.example"}
        assert requests.get(f"{url}/state", headers=origin, timeout=60).headers["access-control-allow-origin"]
        assert requests.get(f"{url}/state", headers={"Host": "evil.example"}, timeout=60).status_code == 421
        result = call(f"{url}/mcp", "in_query", {"q": "a b", "many": [3], "key": CASE})
        assert result.structured_content["many"] == [3]
        assert call(f"{url}/mcp", "state", {}).structured_content == {"result": "from the lifespan"}
        assert call(f"{url}/mcp", "by_header", {}).structured_content == {"result": True}
        assert until(lambda: requests.get(f"{url}/api-docs/", timeout=60).status_code == 200, 60)
        assert "Everything" in requests.get(f"{url}/api-docs", timeout=60).text
        assert f"served at `{url}/api/v1`" in requests.get(f"{url}/api-docs/llms.txt", timeout=60).text
        assert f"{url}/mcp" in requests.get(f"{url}/api-docs/mcp/", timeout=60).text
    assert process.process.returncode == 0, process.said


CASE = "7f0c1f0e-58a5-4d0b-9c5e-0f3f2b1c6a11"


def test_beside_an_app_that_asks_for_credentials_the_token_guards_the_tools_alone() -> None:
    with serving(EVERYTHING, "--port", "0", "--no-docs", "--token-env", "THE_TOKEN") as process:
        url = process.url()
        assert until(lambda: "the token guards /mcp alone" in process.said, 60), process.said
        assert until(lambda: requests.get(f"{url}/page", timeout=60).status_code == 200, 60)
        assert requests.post(f"{url}/mcp", timeout=60).status_code == 401
        bearer = {"Authorization": "Bearer secret"}
        assert requests.get(f"{url}/more/secured/by-token", headers=bearer, timeout=60).json() == {
            "detail": "wrong credential"
        }


def test_the_own_pages_of_an_app_stay_and_ours_can_be_elsewhere() -> None:
    with serving(EVERYTHING, "--port", "0", "--no-docs", "--docs-at", "help/api/", "--no-mcp") as process:
        url = process.url()
        assert until(lambda: "no MCP tools (--no-mcp)" in process.said, 60), process.said
        assert f"openapi.json at {url}/help/api/" in process.said
        assert until(lambda: requests.get(f"{url}/page", timeout=60).status_code == 200, 60)
        assert requests.get(f"{url}/help/api/openapi.json", timeout=60).json()["info"]["title"] == "Everything"
        assert requests.get(f"{url}/help/api/", timeout=60).json() == {"detail": "Not Found"}
        assert requests.post(f"{url}/mcp", timeout=60).json() == {"detail": "Not Found"}


GUARDED = """
from fastapi import FastAPI
app = FastAPI()
@app.get("/mcp")
def own() -> str:
    return "the app's own"
"""


def test_a_token_guards_the_app_and_an_apps_own_path_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "guarded.py"
    file.write_text(GUARDED, encoding="utf-8")
    with serving(str(file), "--port", "0", "--no-docs", "--token-env", "THE_TOKEN") as process:
        url = process.url()
        assert until(lambda: "no MCP tools (the app has /mcp itself)" in process.said, 60), process.said
        assert until(lambda: requests.get(f"{url}/mcp", timeout=60).status_code == 401, 60)
        assert (
            requests.get(f"{url}/mcp", headers={"Authorization": "Bearer secret"}, timeout=60).json() == "the app's own"
        )
        assert requests.get(f"{url}/api-docs/openapi.json", timeout=60).status_code == 200


FAILING = """
from contextlib import asynccontextmanager
from fastapi import FastAPI
@asynccontextmanager
async def lifespan(app):
    raise RuntimeError("no database today")
    yield
app = FastAPI(lifespan=lifespan)
@app.get("/api-docs/x")
def x() -> int: ...
"""


def test_what_cannot_be_is_refused_with_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "failing.py"
    file.write_text(FAILING, encoding="utf-8")
    document = tmp_path / "openapi.json"
    document.write_text('{"openapi": "3.1.0", "info": {"title": "D", "version": "1"}, "paths": {}}', encoding="utf-8")
    nowhere = tmp_path / "nowhere.json"
    paths = '{"/a": {"get": {"operationId": "a", "responses": {"200": {"description": "OK"}}}}}'
    nowhere.write_text(
        document.read_text(encoding="utf-8").replace('"paths": {}', f'"paths": {paths}'), encoding="utf-8"
    )
    functions = tmp_path / "functions.py"
    functions.write_text("def f() -> int:\n    return 1\n", encoding="utf-8")
    for arguments, words in (
        (["serve", EVERYTHING, "--workers-threads", "3"], "--workers-threads is for functions, not for a fastapi app"),
        (["serve", EVERYTHING, "--longest-call", "3"], "--longest-call is for functions"),
        (["serve", str(file)], "the app has /api-docs itself"),
        (["serve", str(file), "--docs-at", "/d", "--no-docs", "--port", "0"], "no database today"),
        (["serve", str(document), "--docs-at", "/d"], "the docs of a document are at /"),
        (["serve", str(functions), "--docs-at", "/d"], "the docs of functions are at /"),
        (
            ["serve", str(functions), "--python", sys.executable],
            "functions are called by the interpreter that apispec runs in",
        ),
        (["mcp", str(functions), "--http", "--url", "http://127.0.0.1:1"], "--url is for apps of other libraries"),
        (["mcp", str(document), "--http"], "no operation to call"),
        (["mcp", str(nowhere), "--http"], "give --server URL"),
        (["prove", str(document), "--in", "curl"], "nothing to prove"),
    ):
        assert run(arguments) == 2, arguments
        assert words in capsys.readouterr().err


@pytest.mark.parametrize("name, arguments, expected", [
    ("everything", ("state", {}), {"result": "from the lifespan"}),
    ("ninja_api", ("ninja_api_norm", {"x": 3, "y": 4}), {"result": 5.0}),
    ("books_litestar", ("BooksAddBook", {"title": "Emma", "pages": 3}), {"title": "Emma", "pages": 3}),
])  # fmt: skip
def test_tools_over_stdio_call_the_app_in_its_process(name: str, arguments: Any, expected: Any) -> None:
    server = StdioServerParameters(
        command=sys.executable, args=["-m", "apispec", "mcp", str(APPS / f"{name}.py"), "-q"]
    )
    assert call(stdio_client(server), *arguments).structured_content == expected


def test_an_app_that_runs_elsewhere_or_by_another_interpreter_is_called_there() -> None:
    with serving(EVERYTHING, "--port", "0", "--no-docs", "--python", sys.executable) as process:
        url = process.url()
        assert until(lambda: requests.get(f"{url}/state", timeout=60).json() == "from the lifespan", 30)
        assert requests.get(f"{url}/lines", timeout=60).text.count("\n") == 3
        files = {"file": b"abc", "more": b"d", "note": (None, "n")}
        assert requests.post(f"{url}/upload", files=files, timeout=60).json() == {"bytes": 3, "more": 1}
        arguments = ["-m", "apispec", "mcp", EVERYTHING, "-q", "--url", url]
        server = StdioServerParameters(command=sys.executable, args=arguments)
        assert call(stdio_client(server), "state", {}).structured_content == {"result": "from the lifespan"}


PETS = str(APPS.parent / "apps_apiflask" / "pets.py")
APIFLASK = REPOSITORY / ".venv-apiflask" / "bin" / "python"


def test_an_apiflask_app_is_read_by_an_interpreter_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert APIFLASK.exists(), "make app-envs makes it"
    assert run(["spec", PETS, "--python", str(APIFLASK)]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["info"]["title"], sorted(document["paths"])) == ("Pets", ["/pets", "/pets/{pet_id}"])
    assert document["components"]["schemas"]["PetIn"]["required"] == ["name"]
    assert run(["spec", PETS]) == 2
    said = capsys.readouterr().err
    assert "it makes an apiflask app" in said and "--python names another interpreter" in said
    broken = tmp_path / "broken.py"
    broken.write_text("import apiflask\nraise RuntimeError('not today')\n", encoding="utf-8")
    two = tmp_path / "two.py"
    two.write_text("from apiflask import APIFlask\na = APIFlask('a')\nb = APIFlask('b')\n", encoding="utf-8")
    for file, words in ((broken, "RuntimeError: not today"), (two, "it holds several apps: a, b")):
        assert run(["spec", str(file), "--python", str(APIFLASK)]) == 2
        assert words in capsys.readouterr().err
    assert run(["spec", f"{two}:b", "--python", str(APIFLASK)]) == 1, "it is read, but empty"


@pytest.mark.node
def test_an_apiflask_app_is_proven(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["prove", PETS, "--python", str(APIFLASK)]) == 0
    assert "8 of 8 passed" in capsys.readouterr().out
