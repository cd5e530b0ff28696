"""Apps of other libraries: their own document is taken as it is, and everything else is made of it."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from apispec.cli import run
from apispec.errors import EndpointError, TargetError
from apispec.introspection import describe, introspect
from apispec.model import Api, Visibility

APPS = Path(__file__).parent / "apps"


def write(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return name


def api_of(name: str) -> Api:
    return introspect(str(APPS / name)).api


def own_document(name: str, attribute: str, call: str) -> Any:
    """The document as the library makes it, in this process."""
    spec = importlib.util.spec_from_file_location(f"own_{name}", APPS / f"{name}.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return json.loads(json.dumps(eval(call, {"app": getattr(module, attribute)})))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(
    ("name", "attribute", "call"),
    [("shop", "app", "app.openapi()"), ("books_litestar", "books", "app.openapi_schema.to_schema()")],
)
def test_the_document_is_kept_to_the_letter(name: str, attribute: str, call: str) -> None:
    assert api_of(f"{name}.py").document == own_document(name, attribute, call)


def test_the_written_document_differs_by_nothing_but_the_snippets(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["spec", str(APPS / "shop.py")]) == 0
    written = json.loads(capsys.readouterr().out)
    for item in written["paths"].values():
        for operation in item.values():
            assert [sample["lang"] for sample in operation.pop("x-codeSamples")] == ["Python", "JavaScript", "Shell"]
    assert written == own_document("shop", "app", "app.openapi()")


def test_endpoints_of_a_fastapi_app() -> None:
    api = api_of("shop.py")
    assert (api.title, api.version, api.source) == ("Shop", "3.2.1", "fastapi")
    assert [(e.call.method, e.call.path) for e in api.endpoints] == [  # type: ignore[union-attr]
        ("POST", "/items"),
        ("GET", "/items/{item_id}"),
        ("DELETE", "/items/{item_id}"),
        ("POST", "/photo"),
        ("GET", "/orders/mine"),
    ]
    create, read, delete, photo, mine = api.endpoints
    assert create.description == "Add an item.\n\nIt is kept until the process ends."
    assert read.parameter("item_id").schema["minimum"] == 1  # type: ignore[union-attr, index]
    assert delete.deprecated and delete.security == ({"APIKeyHeader": []},)
    assert photo.request_body is not None and photo.request_body.content[0].type == "multipart/form-data"
    assert mine.tags == ("orders",)
    assert str(create.location).endswith("apps/shop.py:40")


@pytest.mark.parametrize(
    ("name", "library", "title", "paths"),
    [
        ("books_litestar.py", "litestar", "Books", ["/books/{book_id}", "/books"]),
        ("clock_starlette.py", "starlette", "Clock", ["/tick"]),
        ("ninja_api.py", "ninja", "Geometry", ["/norm", "/scale/{factor}"]),
    ],
)
def test_other_libraries(name: str, library: str, title: str, paths: list[str]) -> None:
    api = api_of(name)
    assert (api.source, api.title) == (library, title)
    assert [e.call.path for e in api.endpoints] == paths  # type: ignore[union-attr]
    assert all(e.visibility is Visibility.PUBLIC for e in api.endpoints)


@pytest.mark.parametrize("name", [path.name for path in sorted(APPS.glob("*.py"))])
def test_every_command_reads_every_app(name: str, tmp_path: Path) -> None:
    for command, *more in (["tools"], ["inspect"], ["build", "--out", str(tmp_path / "site")]):
        assert run([command, str(APPS / name), *more]) == 0
    assert (tmp_path / "site" / "index.html").exists()


def test_an_app_that_is_only_served_is_found(tmp_path: Path) -> None:
    text = """
import uvicorn
from fastapi import FastAPI

def make():
    app = FastAPI(title="Hidden")
    app.get("/x")(lambda: 1)
    return app

uvicorn.run(make(), port=1)
"""
    assert introspect(write(tmp_path, "served.py", text)).api.title == "Hidden"


TWO = "from fastapi import FastAPI\nfirst = FastAPI(title='First')\nsecond = FastAPI(title='Second')\n"


def test_of_several_apps_one_must_be_named(tmp_path: Path) -> None:
    target = write(tmp_path, "two.py", TWO)
    with pytest.raises(EndpointError, match="two holds several apps: first, second"):
        introspect(target)
    assert introspect(f"{target}:second").api.title == "Second"
    assert introspect(write(tmp_path, "three.py", TWO + "app = second\n")).api.title == "Second"


def test_an_app_of_ours_comes_first(tmp_path: Path) -> None:
    text = TWO + "import apispec\nours = apispec.App(title='Ours')\n@ours.endpoint\ndef f() -> int: ...\n"
    assert introspect(write(tmp_path, "ours.py", text)).api.title == "Ours"


def test_a_document_that_cannot_be_made_is_one_clear_error(tmp_path: Path) -> None:
    text = """
from fastapi import FastAPI
app = FastAPI()
def broken():
    raise RuntimeError("no schema today")
app.openapi = broken
"""
    with pytest.raises(TargetError, match="fails to make its own OpenAPI document: RuntimeError: no schema today"):
        introspect(write(tmp_path, "broken.py", text))


def test_a_starlette_app_without_a_schema_says_what_to_do() -> None:
    from starlette.applications import Starlette

    assert describe(Starlette()).api.endpoints == (), "it is read from its routes, of which it has none"


def test_plain_functions_beside_classes_stay_functions(tmp_path: Path) -> None:
    text = "from fastapi import FastAPI\ndef double(x: int) -> int:\n    return 2 * x\n"
    api = introspect(write(tmp_path, "plain.py", text)).api
    assert (api.source, [e.name for e in api.endpoints]) == ("functions", ["double"])


SECURED = """
from typing import Annotated
from fastapi import APIRouter, Depends, FastAPI, Security
from fastapi.security import APIKeyCookie, APIKeyHeader, APIKeyQuery, HTTPBearer, OAuth2PasswordBearer

key, token = APIKeyHeader(name="X-Key"), HTTPBearer()
query, cookie = APIKeyQuery(name="k", auto_error=False), APIKeyCookie(name="sid", auto_error=False)
oauth = OAuth2PasswordBearer(tokenUrl="token", scopes={"read": ""})
app, router = FastAPI(), APIRouter(prefix="/r", dependencies=[Depends(key)])
def user(given: Annotated[str, Security(oauth)]): return given
@app.get("/both", dependencies=[Depends(key), Depends(token)])
def both(): ...
@app.get("/either", dependencies=[Depends(query), Depends(cookie)])
def either(): ...
@app.get("/one", dependencies=[Depends(query), Depends(key)])
def one(): ...
@router.get("/deeper")
def deeper(given: Annotated[str, Security(user, scopes=["read"])]): ...
app.include_router(router)
"""


def test_what_fastapi_needs_together_is_one_requirement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    api = introspect(write(tmp_path, "secured.py", SECURED)).api
    found = {e.call.path: e.security for e in api.endpoints}  # type: ignore[union-attr]
    assert found["/both"] == ({"APIKeyHeader": [], "HTTPBearer": []},)
    assert found["/either"] == ({"APIKeyQuery": []}, {"APIKeyCookie": []})
    assert found["/one"] == ({"APIKeyHeader": []},)
    assert found["/r/deeper"] == ({"APIKeyHeader": [], "OAuth2PasswordBearer": ["read"]},)
    assert api.document is not None
    assert api.document["paths"]["/both"]["get"]["security"] == [{"APIKeyHeader": []}, {"HTTPBearer": []}]


def test_findings_are_at_the_functions_that_they_are_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = "from fastapi import FastAPI\napp = FastAPI()\n@app.api_route('/a', methods=['GET', 'POST'], operation_id='x')\ndef a(): ...\n"
    found = introspect(write(tmp_path, "twice.py", text))
    (finding,) = [f for f in found.findings if f.rule == "duplicate-operation-id"]
    assert str(finding.location).startswith("twice.py:3#/paths/~1a/")
