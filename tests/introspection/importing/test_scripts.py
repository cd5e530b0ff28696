"""Apps that are made where a module is run as a script, and modules that parse the arguments of one."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from apispec.errors import TargetError
from apispec.introspection import Options, introspect
from apispec.runtime import load

TOP = "import argparse, asyncio\nfrom fastapi import FastAPI\nimport uvicorn\n"
HAT = "    @app.get('/hat')\n    def hat() -> int: return 1\n"
MADE = "def %s:\n    app = FastAPI(title='Made')\n" + HAT
PARSED = "p = argparse.ArgumentParser(); p.add_argument('--port', type=int, default=1); a = p.parse_args()\n"
GUARD = "if __name__ == '__main__':\n    "


def written(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(TOP + text, encoding="utf-8")
    return str(path)


SCRIPTS = {
    "arguments": MADE % "main(port)" + f"    uvicorn.run(app)\n{GUARD}{PARSED}    main(a.port)\n",
    "through_another": MADE % "run(more)" + f"    return app\ndef main():\n    uvicorn.run(run(1))\n{GUARD}main()\n",
    "class": "class Ours:\n    def __init__(self):\n        self.app = FastAPI(title='Made')\n"
    "        self.app.get('/hat')(lambda: 1)\n    def go(self): uvicorn.run(self.app)\n" + GUARD + "Ours().go()\n",
    "awaited": (MADE % "main()").replace("def main", "async def main")
    + f"    await uvicorn.Server(uvicorn.Config(app)).serve()\n{GUARD}asyncio.run(main())\n",
    "variable": f"{GUARD}app = FastAPI(title='Made')\n{HAT}",
    "ends_later": MADE % "main()" + f"    uvicorn.run(app)\n    raise SystemExit(3)\n{GUARD}main()\n",
    "waits": MADE % "main()" + f"    uvicorn.run(app)\n    while True: pass\n{GUARD}main()\n",
    "by_name": f"{GUARD}uvicorn.run('module_inner:make', factory=True)\n",
}


@pytest.mark.parametrize("kind", SCRIPTS)
def test_an_app_that_a_script_makes_is_read(tmp_path: Path, kind: str) -> None:
    written(tmp_path, "module_inner.py", MADE % "make()" + "    return app\n")
    helper = "def helper(a: int) -> int:\n    return a\n"
    found = introspect(written(tmp_path, f"module_{kind}.py", helper + SCRIPTS[kind])).api
    assert (found.title, [e.call.path for e in found.endpoints if hasattr(e.call, "path")]) == ("Made", ["/hat"])


def test_a_script_that_needs_more_is_told(tmp_path: Path) -> None:
    needs = PARSED.replace("default=1", "required=True")
    target = written(
        tmp_path, "module_more.py", f"{MADE % 'make(port)'}    return app\n{GUARD}{needs}    make(a.port)\n"
    )
    with pytest.raises(TargetError) as caught:
        introspect(target)
    assert "run as a script, which ends with SystemExit: 2" in caught.value.message
    assert caught.value.where.endswith("module_more.py:10") and "in a module of its own" in caught.value.hint
    assert "--port" in caught.value.details


def test_what_says_itself_what_it_is_is_not_run(tmp_path: Path) -> None:
    script = f"{GUARD}raise ValueError\n"
    add = "def add(a: int) -> int:\n    return a\n"
    for name, text in {
        "listed": f"__all__ = ['add']\n{add}{MADE % 'main()'}    uvicorn.run(app)\n{script}    main()\n",
        "plain": f"{add}{script}    print(add(1))\n",
        "ours": f"import apispec\nours = apispec.App()\n@ours.endpoint\n{add}{script}    FastAPI()\n",
    }.items():
        found = introspect(written(tmp_path, f"module_{name}.py", text)).api
        assert [e.name for e in found.endpoints] == ["add"], name


def test_a_module_that_parses_arguments_gets_none_of_ours(tmp_path: Path, monkeypatch) -> None:
    text = (
        f"{PARSED}import sys\napp = FastAPI(title=sys.argv[0].rpartition('/')[2])\n@app.get('/hat')\ndef hat(): ...\n"
    )
    target = written(tmp_path, "module_parses.py", text)
    assert introspect(target).api.title == "module_parses.py"
    monkeypatch.setattr(sys, "argv", before := ["apispec", "serve", "--no-such"])
    load(target)
    assert sys.argv is before
    outside = introspect(target, Options(python=sys.executable))
    assert outside.api.title == "module_parses.py"
