"""Where findings about apps stand: at the function, in its own file, once each."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from apispec.cli import run

APP = """
from fastapi import FastAPI
from routes.users import router

app = FastAPI()
app.include_router(router)


@app.get("/a", operation_id="a")
def a() -> str:
    return ""
"""
USERS = """
from fastapi import APIRouter

router = APIRouter()


@router.get("/u", operation_id="a", openapi_extra={"bogus": 1})
def users(x: int) -> str:
    return ""
"""


def test_findings_about_an_app_are_at_its_functions(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
    folder = Path("service/routes")
    folder.mkdir(parents=True)
    subprocess.run(["git", "init", "-q"], check=True)
    Path("service/app.py").write_text(APP, encoding="utf-8")
    (folder / "users.py").write_text(USERS, encoding="utf-8")
    (folder / "__init__.py").touch()
    monkeypatch.chdir("service")
    assert run(["validate", "app.py", "--no-config", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    told = {(f["rule"], f["file"], f["line"]) for f in found if f["severity"] == "error"}
    assert ("invalid-document", "routes/users.py", 7) in told
    assert {rule for rule, _, _ in told} == {"invalid-document", "duplicate-operation-id"}
    places = [(f["rule"], f.get("pointer", "")) for f in found]
    assert len(places) == len(set(places)), "one flaw is one finding"
    assert {f["line"] for f in found if f.get("pointer", "").startswith("/paths/")} == {7, 9}
    assert run(["validate", "app.py", "--no-config", "--format", "github"]) == 1
    assert "::error file=service/routes/users.py,line=7,col=1," in capsys.readouterr().out
