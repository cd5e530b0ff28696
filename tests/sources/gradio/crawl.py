"""Read a folder of real Gradio apps and hold what was read against Gradio's own word: `make crawl-gradio DEMOS=FOLDER`.

The folder that is meant is `demo` of Gradio's repository: a folder for each app, with `run.py` in it. For each one that
imports offline: the document is made and judged, and every endpoint of Gradio's `get_api_info` is there, with the same
parameters and as many results, each with a schema. With `--prove N`, `apispec prove` calls N of them, chosen by
`--seed`. Prints what failed, and exits with 1 if anything did. None of it is part of CI.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import apispec
from apispec.introspection import Options, leaves
from apispec.introspection.target import resolve
from apispec.model import Api, GradioCall, Introspection, load_json
from apispec.rendering.openapi import document
from apispec.snippets import snippets
from apispec.validation import check
from tests.conftest import REPOSITORY
from tests.sources.gradio import crawl_child

LONGEST_LINE = 100_000
"""Bytes of a snippet, of which a shell takes 128 KiB in one argument."""
LARGEST = 2_000_000
"""Bytes of a document."""


class Reader:
    """A process with Gradio in it, which reads one app after the other."""

    def __init__(self, python: str, limit: float) -> None:
        self.python, self.limit = python, limit
        where = str(Path(apispec.__file__).parents[1])
        environment = {**os.environ, "GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1", "MPLBACKEND": "agg",
                       "PYTHONHASHSEED": "0", "PYDANTIC_DISABLE_PLUGINS": "__all__"}  # fmt: skip
        self.process = subprocess.Popen(
            [python, "-P", "-c", crawl_child.PREFACE, where, str(Path(crawl_child.__file__)), *leaves.folders()],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip

    def read(self, file: Path, folder: Path) -> tuple[Introspection | str, dict[str, Any]]:
        """What was read, or why nothing was; and what Gradio says."""
        assert self.process.stdin and self.process.stdout
        files = {name: str(folder / name) for name in ("answer", "failure", "trace")}
        target = resolve(str(file), search_path=())
        options = Options(timeout_s=self.limit, python=self.python)
        task = {"target": asdict(target), "options": asdict(options), "deadline": time.time() + 9e5, "files": files}
        (folder / "job").write_text(json.dumps(task), encoding="utf-8")
        own = folder / "own"
        job = {"job": str(folder / "job"), "own": str(own), "said": str(folder / "said"), "limit": self.limit}
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        said = self.process.stdout.readline().strip()
        answer, failure = Path(files["answer"]), Path(files["failure"])
        if answer.exists():
            found = load_json(Introspection, answer.read_bytes())
            return found, json.loads(own.read_text()) if own.exists() else {"error": said}
        if failure.exists():
            return json.loads(failure.read_text())["message"], {}
        tail = (folder / "said").read_text(errors="replace").strip().splitlines()[-1:] if said == "done" else []
        return " ".join([said, *tail]), {}


def judged(found: Introspection, own: dict[str, Any]) -> Iterator[str]:
    """What is wrong with one app's document."""
    api = found.api
    if "error" not in own:
        ours = {e.name: e for e in api.endpoints if isinstance(e.call, GradioCall)}
        for name, said in own.items():
            endpoint = ours.pop(name, None)
            if endpoint is None:
                yield f"{name} is not described"
                continue
            if said["parameters"] != [[p.name, p.required] for p in endpoint.parameters]:
                yield f"{name} has other parameters: {said['parameters']}"
            if said["returns"] != (len(endpoint.result.fields) if endpoint.result else 0):
                yield f"{name} has other results than {said['returns']}"
        yield from (f"{name} is described, which Gradio does not know" for name in ours)
    whole = document(api, version="3.1", samples=None)
    yield from (f"invalid: {finding.message}" for finding in check(whole))
    size = len(json.dumps(whole))
    if size > LARGEST:
        yield f"the document has {size:,} bytes"
    for endpoint in api.public_endpoints:
        if isinstance(endpoint.call, GradioCall) and endpoint.call.routed:
            yield from _results(whole, endpoint.name, endpoint.call)
        if endpoint.callable:
            for snippet in snippets(api, endpoint):
                longest = max(map(len, snippet.text.splitlines()), default=0)
                if longest > LONGEST_LINE:
                    yield f"{endpoint.name}: a line of {longest:,} characters in {snippet.language.id}"


def _results(whole: dict[str, Any], name: str, call: GradioCall) -> Iterator[str]:
    paths = [p for p in whole["paths"] if p == f"{call.prefix}/call/{name}/{{event_id}}"]
    for path in paths:
        content = whole["paths"][path]["get"]["responses"]["200"]["content"]["text/event-stream"]
        text = json.dumps(content)
        if '"complete"' not in text or "schema" not in text.lower():
            yield f"{name} has no result schema"


def crawl(files: list[Path], python: str, limit: float) -> tuple[Counter[str], dict[Path, Api], list[str]]:
    """All of them."""
    counts: Counter[str] = Counter()
    failures: list[str] = []
    read: dict[Path, Api] = {}
    reader = Reader(python, limit)
    for file in files:
        with tempfile.TemporaryDirectory() as folder:
            found, own = reader.read(file, Path(folder))
        counts["demos"] += 1
        if isinstance(found, str):
            counts["do not import"] += 1
            print(f"- {file.parent.name}: {found[:200]}", flush=True)
            continue
        counts["read"] += 1
        if "error" in own:
            counts["unknown to Gradio"] += 1
            print(f"- {file.parent.name}: Gradio says: {own['error'][:200]}", flush=True)
        counts["endpoints of Gradio"] += len(own) if "error" not in own else 0
        counts["endpoints"] += len(found.api.endpoints)
        counts["callable"] += sum(e.callable for e in found.api.public_endpoints)
        read[file] = found.api
        try:
            problems = list(judged(found, own))
        except Exception as error:  # what the crawl is for
            problems = [f"{type(error).__name__}: {error}"]
        for problem in problems:
            failures.append(f"{file.parent.name}: {problem}")
            print("FAILED", failures[-1], flush=True)
    return counts, read, failures


def prove(file: Path, python: str) -> dict[str, Any]:
    """What `apispec prove` says of one app, in its own folder."""
    modules = str(REPOSITORY / "tests" / "node" / "node_modules")
    command = [str(REPOSITORY / ".venv" / "bin" / "apispec"), "prove", file.name, "--python", python,
               "--format", "json", "--timeout", "240", "--node-modules", modules, "--limit", "120"]  # fmt: skip
    try:
        done = subprocess.run(command, cwd=file.parent, capture_output=True, text=True, timeout=1200, check=False)
        return {**json.loads(done.stdout), "status": done.returncode}
    except subprocess.TimeoutExpired:
        return {"results": [], "status": None, "said": "took longer than 20 minutes"}
    except ValueError:
        return {"results": [], "status": done.returncode, "said": done.stderr.strip()}


def main() -> int:
    """Run the crawl; 1 if anything failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--generation", default="6", choices=["5", "6"])
    parser.add_argument("--python", default="", help="another interpreter with Gradio, where more is installed")
    parser.add_argument("--limit", type=float, default=60, help="seconds for one app")
    parser.add_argument("--only", default="", help="demos by name, with commas")
    parser.add_argument("--prove", type=int, default=0, metavar="N", help="call what so many of them offer")
    parser.add_argument("--seed", type=int, default=18)
    options = parser.parse_args()
    python = options.python or str(REPOSITORY / f".venv-gradio{options.generation}" / "bin" / "python")
    files = sorted(options.folder.glob("*/run.py"))
    if options.only:
        files = [file for file in files if file.parent.name in options.only.split(",")]
    counts, read, failures = crawl(files, python, options.limit)
    if options.prove:
        possible = [file for file, api in read.items() if any(e.callable for e in api.public_endpoints)]
        chosen = sorted(random.Random(options.seed).sample(possible, min(options.prove, len(possible))))
        for file in chosen:
            said = prove(file, python)
            passed = [r for r in said["results"] if r["passed"]]
            counts["proven"] += len(said["results"])
            counts["passed"] += len(passed)
            print(
                f"{file.parent.name}: {len(passed)} of {len(said['results'])} {said.get('said', '')[-300:]}", flush=True
            )
            for result in said["results"]:
                if not result["passed"]:
                    failures.append(f"{file.parent.name}: {result}")
                    print("FAILED", failures[-1][:600], flush=True)
    print(", ".join(f"{n} {what}" for what, n in counts.items()))
    print(f"{len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
