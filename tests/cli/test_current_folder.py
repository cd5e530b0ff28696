"""Modules in the current folder are the target's: no command imports them for a document."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

DOCUMENT = """
openapi: 3.1.0
info: {title: T, version: "1"}
servers: [{url: "http://127.0.0.1:9"}]
paths:
  /x:
    get: {operationId: x, summary: X, responses: {"200": {description: OK}}}
"""
NAMES = (
    "click", "yaml", "json", "jinja2", "pydantic", "uvicorn", "starlette", "anyio", "mkdocs", "material", "pymdownx",
    "griffe", "jsonschema_rs", "regex", "mcp", "httpx", "requests", "typing", "asyncio", "sitecustomize", "usercustomize",
    "_x", "gzip", "ssl", "zensical",
)  # fmt: skip
SCRIPT = str(Path(sys.executable).with_name("apispec"))


@pytest.fixture(autouse=True)
def _traps() -> None:
    Path("doc.yaml").write_text(DOCUMENT, encoding="utf-8")
    for name in NAMES:
        Path(f"{name}.py").write_text("open('PWNED', 'a').write(__name__ + ' ')\n", encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ["spec", "doc.yaml"],
        ["build", "doc.yaml", "--quiet"],
        ["validate", "doc.yaml"],
        ["diff", "doc.yaml", "doc.yaml"],
        ["tools", "doc.yaml"],
        ["prove", "doc.yaml", "--server", "http://127.0.0.1:9", "--language", "python"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_commands_that_end(arguments: list[str]) -> None:
    for command in ([SCRIPT], [sys.executable, "-m", "apispec"]):
        done = subprocess.run([*command, *arguments], capture_output=True, text=True, timeout=120)
        Path("typing.py").unlink(missing_ok=True)  # of `python -m` it is Python that imports this, before us
    assert not Path("PWNED").exists(), Path("PWNED").read_text(encoding="utf-8")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("options", [[], ["--reload"]], ids=["once", "reloading"])
def test_serve(options: list[str]) -> None:
    with Path("log").open("w") as log:
        command = [SCRIPT, "serve", "doc.yaml", "--port", "0", *options]
        process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        try:
            for _ in range(300):
                said = Path("log").read_text(encoding="utf-8")
                if "http://127.0.0.1:" in said or process.poll() is not None:
                    break
                time.sleep(0.1)
            address = "http://127.0.0.1:" + said.partition("http://127.0.0.1:")[2].split("/")[0].split()[0]
            with urllib.request.urlopen(f"{address}/openapi.json", timeout=30) as answer:
                assert answer.status == 200
            time.sleep(2)  # the site's builder has started
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)
    assert not Path("PWNED").exists(), Path("PWNED").read_text(encoding="utf-8")
