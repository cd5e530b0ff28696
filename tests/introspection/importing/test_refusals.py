"""What is no set of functions is refused: nothing that does not exist is published, and nothing empty."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from apispec.cli import run
from apispec.errors import TargetError
from apispec.introspection import Options, introspect
from apispec.introspection.libraries import LIBRARIES, is_supported

PROJECT = "from __future__ import annotations\nimport os\n"
ADD = "def add(a: int) -> int:\n    return a\n"


def written(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


def refused(target: str, **options: object) -> TargetError:
    with pytest.raises(TargetError) as caught:
        introspect(target, Options(**options))  # type: ignore[arg-type]
    return caught.value


UNSUPPORTED = [library for library in LIBRARIES if not is_supported(library)]


@pytest.mark.parametrize("library", UNSUPPORTED, ids=lambda library: library.packages[0])
def test_an_app_of_a_library_that_is_not_read_is_refused_with_a_way_out(tmp_path: Path, library) -> None:
    """The class is known by name, so a package of that name will do; the real ones can't all be installed together."""
    maker = library.makers[0]
    module, _, cls = (library.classes or (f"{library.packages[0]}.core.{maker}",))[0].rpartition(".")
    path = tmp_path.joinpath(*module.split(".")).with_suffix(".py")
    path.parent.mkdir(parents=True, exist_ok=True)
    for parent in [path.parent, *path.parents]:
        if parent == tmp_path:
            break
        (parent / "__init__.py").touch()
    path.write_text(f"class {cls}: ...\n")
    app = f"import {module}\n{ADD}service = {module}.{cls}()\n"
    error = refused(written(tmp_path, "app.py", app))
    assert (
        f"service is a{'n' if library.name[0] in 'AaBCFE' and library.name[0] in 'Aa' else ''} {library.name} app"
        in error.message
    )
    assert error.hint and "{" not in error.hint.replace("{module}", "{")
    assert "service is a" in refused(str(tmp_path / "app.py:service")).message
    # with an App of ours beside it, that one is meant
    found = introspect(written(tmp_path, "both.py", app + "import apispec\nours = apispec.App()\nours.add(add)\n"))
    assert [e.name for e in found.api.endpoints] == ["add"]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("from fastapi import APIRouter\nusers = APIRouter()\n@users.get('/hat')\ndef get_hat() -> int: ...\n",
         "users is a part of a FastAPI app"),
        ("def create_app(settings):\n    from fastapi import FastAPI\n    return FastAPI()\n" + ADD,
         "create_app is a function that makes a fastapi app"),
        ("from fastapi import FastAPI\ndef run(debug=True) -> FastAPI: return make(debug)\n",
         "run is a function that makes a fastapi app"),
        ("from fastapi import FastAPI\ndef create_app(debug=True) -> FastAPI: return make(debug)\n",
         "name 'make' is not defined"),
        ("class Some:\n    def get(self, path): return lambda f: f\nweb = Some()\n@web.get('/hat')\ndef hat(): ...\n",
         "hat answers /hat of a web app"),
        ("def route(path): return lambda f: f\n@route('/hat')\ndef hat(): ...\n", "hat answers /hat of a web app"),
        ("def application(environ, start_response): ...\n" + ADD, "application is a WSGI application"),
        ("async def app(scope, receive, send): ...\n", "app is an ASGI application"),
        ("class A:\n    async def __call__(self, scope, receive, send): ...\napp = A()\n" + ADD, "app is an ASGI application"),
        ("from django.http import HttpResponse\ndef index(request): return HttpResponse('')\n",
         "index takes a request of Django"),
        ("from django.core.wsgi import get_wsgi_application\nimport os\ndef main():\n"
         "    from django.core.management import execute_from_command_line\n    execute_from_command_line([])\n"
         "if __name__ == '__main__':\n    main()\n", "main is a function that makes a Django app"),
        ("def main(): print(1)\nif __name__ == '__main__':\n    main()\n", "its only function is main()"),
        ("import this_is_wired\nx = 1\n", "No module named 'this_is_wired'"),
    ],
)  # fmt: skip
def test_what_is_no_function_is_refused(tmp_path: Path, source: str, said: str) -> None:
    assert said.lower() in refused(written(tmp_path, "module.py", source)).message.lower()


@pytest.mark.parametrize(
    "source",
    [
        "from inner import create_app\napp = create_app()\n" + ADD,
        "from inner import create_app\nservice = create_app()\n" + ADD,
        "import inner\napplication = inner.build(1)\n" + ADD,
        "from inner import web\n@web.get('/hat')\ndef hat(): ...\n",
        "import inner, gradio as gr\ngr.load('models/x').launch()\n" + ADD,
        "import inner\nfrom flask import Flask\nwith inner.x:\n    it = Flask(__name__)\n" + ADD,
    ],
)
@pytest.mark.parametrize("inner", ["import os\nos.environ['NOT_SET_ANYWHERE']\n", "import time\ntime.sleep(60)\n"])
def test_an_app_that_could_not_be_made_is_no_set_of_functions(tmp_path: Path, source: str, inner: str) -> None:
    written(tmp_path, "inner.py", inner)
    error = refused(written(tmp_path, "module.py", source), timeout_s=2.0 if "sleep" in inner else 30.0)
    assert "NOT_SET_ANYWHERE" in error.message or "longer than 2 s" in error.message


def test_functions_whose_import_fails_are_read_still(tmp_path: Path) -> None:
    source = "import no_such_package\nimport logging\nlog = logging.getLogger()\nimport typer\napp = typer.Typer()\n"
    found = introspect(written(tmp_path, "module.py", source + "@app.command()\n" + ADD))
    assert [e.name for e in found.api.endpoints] == ["add"]
    assert [f.rule for f in found.findings][:1] == ["import-failed"]


def test_what_a_module_lists_itself_is_meant(tmp_path: Path) -> None:
    source = "__all__ = ['add']\ndef web():\n    from fastapi import FastAPI\n    return FastAPI()\n" + ADD
    assert [e.name for e in introspect(written(tmp_path, "module.py", source)).api.endpoints] == ["add"]


def test_an_unsupported_app_is_refused_without_importing_it(tmp_path: Path) -> None:
    target = written(tmp_path, "module.py", "import tornado.web\nit = tornado.web.Application([])\n" + ADD)
    assert "it makes a Tornado app" in refused(target, static=True).message


def test_another_package_of_our_name_is_not_always_apiflask(tmp_path: Path) -> None:
    written(tmp_path, "flask_smorest/__init__.py", "from apispec.ext.marshmallow import MarshmallowPlugin\n")
    error = refused(written(tmp_path, "module.py", "import flask_smorest\napi = flask_smorest.Api()\n" + ADD))
    assert "another package called apispec" in error.message and "APIFlask app" not in error.message


@pytest.mark.parametrize(
    "source",
    ["from pydantic import this_is_newer\n", "import pydantic.newer\n", "import fastapi\nit = fastapi.Newer()\n",
     "from fastapi import FastAPI\nit = FastAPI()\ndef f(): ...\nit.get('/', newer=1)(f)\n"],
)  # fmt: skip
def test_a_library_of_another_version_is_named_with_its_own(tmp_path: Path, source: str) -> None:
    hint = refused(
        written(tmp_path, "module_of_newer.py", f"{source}from fastapi import FastAPI\napp = FastAPI()\n")
    ).hint
    assert re.fullmatch(r"(pydantic|fastapi) [\d.a-z]+ is what it gets: does it need another version\?", hint)


FOUR = "".join(f"def f{i}(a: int) -> int:\n    return a\n" for i in range(4))


def test_a_site_is_not_replaced_by_one_that_lacks_most_of_it(tmp_path: Path, capsys, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    app = Path("app.py")
    app.write_text(FOUR)
    assert run(["build", "app.py", "-q"]) == 0
    before = Path("site/openapi.json").read_bytes()
    app.write_text("x = 1\n")
    assert run(["build", "app.py", "-q"]) == 1
    app.write_text(ADD)
    capsys.readouterr()
    assert run(["build", "app.py", "-q"]) == 2
    said = capsys.readouterr().err
    assert "lack 4 of the 4 endpoints" in said and "POST /f0, POST /f1" in said and "--allow-shrink" in said
    assert Path("site/openapi.json").read_bytes() == before
    assert run(["build", "app.py", "-q", "--max-shrink", "100"]) == 0
    app.write_text(FOUR)
    assert run(["build", "app.py", "-q"]) == 0
    app.write_text(FOUR.replace("def f1", "def g1").replace("def f2", "def g2"))  # half of them, which may go
    assert run(["build", "app.py", "-q"]) == 0
    app.write_text(ADD)
    assert run(["pages", "app.py", "-q", "--out", "site"]) == 2
    assert run(["build", "app.py", "-q", "--allow-shrink"]) == 0


FACTORY = """
from fastapi import APIRouter, FastAPI
users = APIRouter()
@users.get("/hat")
def get_hat() -> int: return 1
def %s(%s):
    app = FastAPI(title="Made")
    app.include_router(users)
    return app
"""


@pytest.mark.parametrize(("name", "parameters"), [("create_app", ""), ("build_service", "debug=True, **more")])
def test_a_factory_that_needs_nothing_is_called(tmp_path: Path, name: str, parameters: str) -> None:
    found = introspect(written(tmp_path, f"module_{name}.py", FACTORY % (name, parameters)))
    assert (found.api.title, [e.name for e in found.api.endpoints]) == ("Made", ["get_hat_hat_get"])


def test_a_factory_that_needs_something_is_told_with_what(tmp_path: Path) -> None:
    error = refused(written(tmp_path, "module_needs.py", FACTORY % ("create_app", "settings, *, mode")))
    assert "it needs settings, mode" in error.hint
    listed = refused(written(tmp_path, "module_listed.py", FACTORY % ("create_app", "") + "__all__ = ['users']\n"))
    assert "users is a part" in listed.message or "create_app" in listed.message
