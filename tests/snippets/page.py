"""The page's script, run by node on page data and calls."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from apispec.model import Api, Endpoint
from apispec.rendering.pages import PagesOptions
from apispec.rendering.pages.assets import CORE, tables
from apispec.rendering.pages.data import page_data
from apispec.snippets.wire import value_json
from apispec.templating import templates_dir

RUNNER = Path(__file__).with_name("page.mjs")


@dataclass(frozen=True)
class Task:
    """Calls that one page is asked for."""

    api: Api
    calls: Sequence[tuple[Endpoint, Mapping[str, Any]]]
    base: str = "http://127.0.0.1:8000"
    languages: Sequence[str] = ()
    """Those to write a script of the calls in."""
    send: Mapping[str, str] | None = None
    """Credentials to make the calls with."""
    options: PagesOptions = PagesOptions()


def in_node(tasks: Sequence[Task], tmp_path: Path) -> list[dict[str, Any]]:
    """What the script makes of each task: `snippets`, `scripts`, `languages`, `unsent`."""
    script = tmp_path / "core.js"
    parts = [
        tables(tasks[0].options),
        *(
            (templates_dir() / f"assets/script/{name}.js").read_text(encoding="utf-8")
            for name in ("words", "start", *CORE)
        ),
    ]
    script.write_text("\n".join(parts), encoding="utf-8")
    done = subprocess.run(
        ["node", str(RUNNER), str(script)],
        input="\n".join(map(_line, tasks)),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert not done.returncode, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(tasks)
    return answers


def _line(task: Task) -> str:
    shown = {endpoint.name: dict(arguments) for endpoint, arguments in task.calls}
    calls = [[e.name, json.dumps(value_json(arguments)), task.base] for e, arguments in task.calls]
    data = page_data(task.api, task.options, "../", shown)
    return json.dumps({"data": data, "calls": calls, "languages": list(task.languages), "send": task.send})
