"""No document is empty with exit 0, and no app that could not be imported becomes one of functions: a table of ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from apispec.cli import run

FASTAPI = "from fastapi import FastAPI\n"
NOT_HERE = "import nothing_of_this_name\n"
HANDLER = "def handler(number: int) -> int:\n    return number\n"
EMPTY = '{"openapi": "3.1.0", "info": {"title": "Empty", "version": "1"}, "paths": {}}'

NOTHING = {
    "no functions.py": "VALUE = 1\n",
    "private functions.py": "def _hidden() -> None: ...\n",
    "an App without endpoints.py": "import apispec\napp = apispec.App()\n",
    "an app without routes.py": FASTAPI + "app = FastAPI()\n",
    "hidden routes.py": FASTAPI + 'app = FastAPI()\n@app.get("/", include_in_schema=False)\n' + HANDLER,
    "no paths.json": EMPTY,
    "no operations.json": EMPTY.replace("{}}", '{"/users": {}}}'),
}
UNREADABLE = {
    "nothing but an import.py": NOT_HERE,
    "an object of something missing.py": NOT_HERE + "thing = nothing_of_this_name.Thing()\n",
    "an app of something missing.py": NOT_HERE + "app = nothing_of_this_name.App2()\n" + HANDLER,
    "a factory of another module.py": "from inner import create_app\napp = create_app()\n" + HANDLER,
    "a subclass.py": FASTAPI + NOT_HERE + "class Mine(FastAPI): ...\napi = Mine()\n" + HANDLER,
    "a router.py": "from fastapi import APIRouter\n" + NOT_HERE + "things = APIRouter()\n" + HANDLER,
    "routes of whatever.py": NOT_HERE + '@nothing_of_this_name.web.get("/things/<id>")\n' + HANDLER,
    "an app inside of a function.py": "import fastapi\n" + NOT_HERE + "def make():\n    return fastapi.FastAPI()\n",
    "a variable that is missing.py": FASTAPI + 'import os\napp = FastAPI(title=os.environ["NOT_SET"])\n' + HANDLER,
    "served at once.py": "import uvicorn\n" + NOT_HERE + "uvicorn.run(nothing_of_this_name)\n" + HANDLER,
    "a loaded model.py": "import gradio as gr\ndemo = gr.load('models/some/model')\n" + HANDLER,
    "a newer class.py": "import gradio\nwith gradio.Workflow() as page: ...\n" + HANDLER,
}


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in (NOTHING | UNREADABLE).items():
        Path(name.replace(" ", "_")).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", NOTHING)
def test_what_describes_nothing_is_an_error(name: str, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = name.replace(" ", "_")
    assert run(["spec", target, "--output", "made.json"]) == 1
    assert "[no-endpoints]" in capsys.readouterr().err
    assert run(["spec", target, "--output", "made.json", "--fail-on", "never"]) == 1
    assert not Path("made.json").exists()


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_could_not_be_read_is_no_success(name: str, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["spec", name.replace(" ", "_"), "--output", "made.json", "--fail-on", "never"]) == 2
    told = capsys.readouterr().err
    assert ("Error: " in told or "is not set" in told) and "Traceback" not in told and not Path("made.json").exists()


def test_an_empty_document_replaces_no_site_and_webhooks_are_something(table: Path) -> None:
    Path("app.py").write_text(HANDLER, encoding="utf-8")
    assert run(["build", "app.py", "--out", "site", "--quiet"]) == 0
    before = {path: path.read_bytes() for path in Path("site").rglob("*") if path.is_file()}
    Path("app.py").write_text("VALUE = 1\n", encoding="utf-8")
    assert run(["build", "app.py", "--out", "site"]) == 1
    assert {path: path.read_bytes() for path in Path("site").rglob("*") if path.is_file()} == before
    hook = '"webhooks": {"sent": {"post": {"responses": {"200": {"description": "Fine."}}}}}'
    Path("hooks.json").write_text(EMPTY.replace('"paths": {}', hook), encoding="utf-8")
    assert run(["spec", "hooks.json", "--output", "made.json"]) == 0
