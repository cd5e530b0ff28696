"""Apps of many web frameworks in an environment of their own: what is read is what their own URL maps have."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from apispec.cli import run
from apispec.errors import TargetError
from apispec.introspection import Options, introspect
from apispec.sources.frameworks import harvest
from apispec.sources.outside import LIBRARIES
from apispec.wiring import APP_READERS
from tests.conftest import REPOSITORY

APPS = Path(__file__).parent / "apps"
PYTHON = str(REPOSITORY / ".venv-web" / "bin" / "python")

EXPECTED = {
    "aio_app.py": ("aiohttp", "GET /users/{uid}, GET /items/{name}, DELETE /items/{name}, GET /sub/ping"),
    "apiflask_app.py": ("apiflask", "GET /p/{x}"),
    "black_app.py": ("blacksheep", "GET /cats/{cat_id}, POST /cats"),
    "chalice_app.py": ("chalice", "GET /cities/{city}, PUT /cities/{city}"),
    "conn_app.py": ("connexion", "GET /hello/{name}"),
    "dj/manage.py": ("django", "GET /hello/{n}/, POST /hello/{n}/, GET /cls/{s}"),
    "dj/proj/wsgi.py": ("django", "GET /hello/{n}/, POST /hello/{n}/, GET /cls/{s}"),
    "dj/proj/urls.py": ("django", "GET /hello/{n}/, POST /hello/{n}/, GET /cls/{s}"),
    "rest/manage.py": ("django", "GET /books/, POST /books/, GET /books/{id}/"),
    "falcon_app.py": ("falcon", "GET /things/{tid}, DELETE /things/{tid}"),
    "flask_app.py": (
        "flask",
        "GET /, GET /any/{color}/{key}/{rest}, GET /shelves/{shelf}, POST /shelves/{shelf}, GET /books/{book_id}, "
        "PUT /books/{book_id}, DELETE /books/{book_id}",
    ),
    "lam_app.py": ("powertools", "GET /todos/{todo_id}"),
    "quart_app.py": ("quart", "GET /x/{a}"),
    "restx_app.py": ("flask", "GET /todo/{id}"),
    "robyn_app.py": ("robyn", "GET /hello/{name}"),
    "sanic_app.py": ("sanic", "GET /items/{item_id}, POST /make"),
    "smorest_app.py": ("flask", "GET /pets/{pid}"),
    "star_app.py": ("starlette", "GET /, GET /v1/one/{id}, POST /v1/one/{id}"),
}


def options(python: str = PYTHON) -> Options:
    return Options(python=python, timeout_s=100)


@pytest.mark.parametrize("name", EXPECTED)
def test_endpoints_are_those_of_the_url_map(name: str) -> None:
    library, expected = EXPECTED[name]
    found = introspect(str(APPS / name), options())
    assert found.api.source == library
    assert sorted(f"{e.call.method} {e.call.path}" for e in found.api.endpoints) == sorted(expected.split(", "))
    assert all(e.location.file.endswith(".py") for e in found.api.endpoints)


def test_what_rules_hints_and_docstrings_say() -> None:
    api = introspect(str(APPS / "flask_app.py"), options()).api
    book = api.endpoint("books_get_book")
    assert book is not None and book.result is not None
    assert (book.summary, book.description, book.tags) == ("Give one book.", "More about it.", ("books",))
    (number,) = book.parameters
    assert number.schema == {"type": "integer", "minimum": 0} and number.description == "Which one."
    assert book.result.schema == {"type": "object", "additionalProperties": {"type": "integer"}}
    assert book.result.description == "The book."
    color, key, _ = api.endpoint("picked").parameters  # type: ignore[union-attr]
    assert color.schema["enum"] == ["green", "red"] and key.schema["format"] == "uuid"
    cats = introspect(str(APPS / "black_app.py"), options()).api
    body = cats.endpoint("add").request_body  # type: ignore[union-attr]
    assert body is not None and body.content[0].schema == {"$ref": "#/components/schemas/Cat"}


@pytest.mark.parametrize("name", ["flask_app.py", "aio_app.py", "sanic_app.py", "falcon_app.py", "dj/manage.py"])
def test_apps_are_proven_against_themselves(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    status = run(["prove", str(APPS / name), "--python", PYTHON, "--timeout", "100", "--in", "curl"])
    assert status == 0, capsys.readouterr()


def test_an_app_of_this_environment_is_read_and_judged(tmp_path: Path) -> None:
    (tmp_path / "plain.py").write_text((APPS / "star_app.py").read_text(encoding="utf-8"), encoding="utf-8")
    assert run(["validate", str(tmp_path / "plain.py")]) == 0
    assert run(["tools", str(tmp_path / "plain.py"), "--output", str(tmp_path / "tools.json")]) == 0
    tools = json.loads((tmp_path / "tools.json").read_text(encoding="utf-8"))["tools"]
    assert [tool["name"] for tool in tools] == ["home", "get_one", "post_one"]


FLASK = "from flask import Flask\n"


@pytest.mark.parametrize(
    "source, said, hint",
    [
        (FLASK + "import absent_package\napp = Flask(__name__)\n", "No module named 'absent_package'", "installed in"),
        (FLASK + "import os\nsecret = os.environ['NOT_SET_HERE']\napp = Flask('a')\n", "NOT_SET_HERE", "environment"),
        (FLASK + "app = Flask('a')\nraise ConnectionRefusedError('connection refused')\n", "refused", "database"),
        (
            FLASK + "from pydantic import BaseModel\nclass Settings(BaseModel):\n    url: str\n    n: int\n"
            "kept = Settings(n='s3cret')\n",
            "Settings: url (Field required), n (Input should be",
            "a .env file",
        ),
        (FLASK + "def create_app(config):\n    return Flask('a')\n", "create_app needs arguments: config", ""),
        (FLASK + "one = Flask('a')\ntwo = Flask('b')\n", "several apps: one, two", ""),
        (FLASK + "app = Flask('a')\nimport os\nos._exit(3)\n", "ends its process", ""),
    ],
)
def test_why_an_app_cannot_be_read(source: str, said: str, hint: str, tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text(source, encoding="utf-8")
    with pytest.raises(TargetError) as failed:
        introspect(str(tmp_path / "broken.py"), options())
    assert said in str(failed.value) and hint in (failed.value.hint or "")
    assert str(tmp_path) not in failed.value.message and "s3cret" not in failed.value.message


def test_nothing_of_ours_is_mixed_into_the_apps_environment(tmp_path: Path) -> None:
    (tmp_path / "seen.py").write_text(
        "import sys, json\nfrom flask import Flask\nimport pydantic, apispec\n"
        "app = Flask('seen')\n"
        "@app.get('/' + pydantic.VERSION)\ndef here():\n    return ''\n"
        "assert not hasattr(apispec, 'App'), apispec.__file__\n"
        f"assert not [p for p in sys.path if {str(REPOSITORY / '.venv')!r} + '/' in p], sys.path\n",
        encoding="utf-8",
    )
    api = introspect(str(tmp_path / "seen.py"), options()).api
    own = subprocess.run(
        [PYTHON, "-c", "import pydantic; print(pydantic.VERSION)"], capture_output=True, text=True, check=True
    )
    assert [e.call.path for e in api.endpoints] == ["/" + own.stdout.strip()]


def test_a_module_that_is_only_installed_there_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "onlythere.py").write_text(
        FLASK + "app = Flask('a')\n@app.get('/a')\ndef a():\n    return ''\n", encoding="utf-8"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "elsewhere"))
    api = introspect("onlythere:app", options()).api
    assert [e.name for e in api.endpoints] == ["a"]


def test_every_framework_is_known_everywhere() -> None:
    names = {name for name, _ in harvest.KINDS.values()}
    assert names == LIBRARIES
    assert set(harvest.KINDS) <= set(APP_READERS)
    assert sys.executable != PYTHON and Path(PYTHON).exists()


def test_a_django_project_is_set_up_as_its_manager_does_it(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(APPS / "dj", project)
    (project / "core" / "api.py").write_text(
        "from ninja import ModelSchema, NinjaAPI\nfrom core.models import Book\napi = NinjaAPI(title='Books')\n"
        "class Shown(ModelSchema):\n    class Meta:\n        model = Book\n        fields = ['id', 'title']\n"
        "@api.get('/books', response=list[Shown])\ndef books(request):\n    'List them.'\n    return []\n",
        encoding="utf-8",
    )
    settings = project / "proj" / "settings.py"
    settings.write_text(settings.read_text(encoding="utf-8").replace(', "rest_framework"', ""), encoding="utf-8")
    (project / "proj" / "urls.py").write_text(
        "from django.urls import path\nfrom core.api import api\nurlpatterns = [path('v1/', api.urls)]\n",
        encoding="utf-8",
    )
    for target in ("core/api.py", "manage.py"):
        for python in ("", sys.executable):
            api = introspect(str(project / target), Options(python=python, timeout_s=60)).api
            assert [e.call.path for e in api.endpoints] == ["/v1/books"], (target, python)


def test_functions_of_an_environment_without_pydantic_are_read_without_importing(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "bare")], check=True)
    (tmp_path / "plain.py").write_text(
        "def add(a: int, b: int = 2) -> int:\n    '''Add.'''\n    return a + b\n", encoding="utf-8"
    )
    found = introspect(str(tmp_path / "plain.py"), options(str(tmp_path / "bare" / "bin" / "python")))
    assert [p.schema for p in found.api.endpoints[0].parameters] == [{"type": "integer"}] * 2
    assert "No module named 'pydantic'" in found.findings[0].message and "pydantic 2" in found.findings[0].hint


MOUNTED = """
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
async def ping(request): return PlainTextResponse("")
inner = Starlette(routes=[Route("/ping", ping)])
whole = Starlette(routes=[Mount("/inner", inner)])
"""
ASYNC = """
from aiohttp import web
async def init_app(argv=None):
    app = web.Application()
    async def ping(request): return web.Response(text="")
    app.router.add_get("/inner/ping", ping)
    return app
"""
DJANGO = """
from django.conf import settings
settings.configure(SECRET_KEY="a", ROOT_URLCONF=__name__)
from django.http import JsonResponse
from django.urls import path
def ping(request): return JsonResponse({"name": request.GET["name"]})
urlpatterns = [path("inner/ping", ping)]
"""
CHALICE = """
import os
from chalice import Chalice
app = Chalice(app_name=os.environ["APP_NAME_OF_TEST"])
@app.route("/inner/ping")
def ping(): return {}
"""


RUNNER = """
import asyncio
from aiohttp import web
async def main():
    app = web.Application()
    async def ping(request): return web.Response(text="")
    app.router.add_get("/inner/ping", ping)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "localhost", 8080).start()
    while True:
        await asyncio.sleep(3600)
if __name__ == "__main__":
    asyncio.run(main())
"""
PARSED = """
import argparse
from flask import Flask
from werkzeug.serving import run_simple
def main():
    port = argparse.ArgumentParser()
    port.add_argument("--port", type=int, default=5000)
    app = Flask("x")
    @app.get("/inner/ping")
    def ping(): return {}
    run_simple("localhost", port.parse_args().port, app)
if __name__ == "__main__":
    main()
"""


@pytest.mark.parametrize("source", [MOUNTED, ASYNC, DJANGO, CHALICE, RUNNER, PARSED])
def test_what_projects_do_by_themselves(source: str, tmp_path: Path) -> None:
    (tmp_path / "some.py").write_text(source, encoding="utf-8")
    (tmp_path / ".chalice").mkdir()
    variables = {"stages": {"dev": {"environment_variables": {"APP_NAME_OF_TEST": "a"}}}}
    (tmp_path / ".chalice" / "config.json").write_text(json.dumps(variables), encoding="utf-8")
    found = introspect(str(tmp_path / "some.py"), options())
    assert [e.call.path for e in found.api.endpoints] == ["/inner/ping"]
    assert not found.findings


def test_what_an_own_document_does_not_have_is_told(tmp_path: Path) -> None:
    text = (APPS / "smorest_app.py").read_text(encoding="utf-8")
    (tmp_path / "some.py").write_text(
        text + "\n@app.get('/beside/<int:n>')\ndef beside(n):\n    return ''\n", encoding="utf-8"
    )
    told = [f for f in introspect(str(tmp_path / "some.py"), options()).findings if f.rule == "undocumented-routes"]
    assert len(told) == 1 and told[0].message.endswith("does not have: GET /beside/{n}")
    assert not introspect(str(APPS / "smorest_app.py"), options()).findings
