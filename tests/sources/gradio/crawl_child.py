"""Reads apps in Gradio's own interpreter, a process each that has Gradio imported already: the crawl's other half.

Started with the folder of apispec's package and the leaves that are lent. Each line of its input is a JSON object
(`job`, `own`: files; `limit`: seconds); it answers each by a line: `done` or why not. `own` becomes what Gradio's
`get_api_info` says of the very app that was read.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

PREFACE = (
    "import sys; from importlib import import_module, util; own = sys.argv[1] + '/apispec'; "
    "spec = util.spec_from_file_location('apispec', own + '/__init__.py', submodule_search_locations=[own]); "
    "sys.modules['apispec'] = util.module_from_spec(spec); spec.loader.exec_module(sys.modules['apispec']); "
    "import_module('apispec.introspection.leaves').lend(sys.argv[3:]); exec(open(sys.argv[2]).read())"
)
"""How it is started, as `apispec.introspection.isolated` starts a child."""


def read(job: dict[str, Any]) -> None:
    """Read one app as the guarded child does, and ask Gradio about it."""
    from apispec.introspection import child
    from apispec.sources import gradio

    seen: list[Any] = []
    plain = gradio.describe

    def describe(app: Any, context: Any) -> Any:
        seen.append(app)
        return plain(app, context)

    gradio.describe = describe
    task = json.loads(Path(job["job"]).read_text())
    os.chdir(task["target"]["folder"])
    sys.path[:] = [p for p in sys.path if p]
    child._exit = lambda code: None  # type: ignore[assignment]
    child.main(job["job"])
    if not seen:
        return
    try:
        own = seen[0].get_api_info(all_endpoints=True)["named_endpoints"]
    except Exception as error:
        Path(job["own"]).write_text(json.dumps({"error": f"{type(error).__name__}: {error}"}))
        return
    shown = {
        name[1:]: {
            "parameters": [[p["parameter_name"], not p["parameter_has_default"]] for p in e["parameters"]],
            "returns": len(e["returns"]),
            "public": e.get("api_visibility", "public" if e.get("show_api") else "undocumented") == "public",
        }
        for name, e in own.items()
    }
    Path(job["own"]).write_text(json.dumps(shown))


def main() -> None:
    """Answer line by line."""
    from apispec.introspection import servers

    servers.catch()  # before Gradio's modules take from each other what it replaces
    import_module("gradio.routes")  # this is what takes its time
    import_module("apispec.introspection.endpoints")
    import_module("apispec.sources.gradio")

    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in iter(sys.stdin.readline, ""):
        job = json.loads(line)
        pid = os.fork()
        if not pid:
            code = 1
            try:
                os.setpgid(0, 0)
                os.close(0)
                silent = os.open(job["said"], os.O_WRONLY | os.O_CREAT)
                os.dup2(silent, 1)
                os.dup2(silent, 2)
                read(job)
                code = 0
            finally:
                os._exit(code)
        deadline, said = time.monotonic() + job["limit"], "took too long"
        while time.monotonic() < deadline:
            if os.waitpid(pid, os.WNOHANG)[0]:
                pid, said = 0, "done"
                break
            time.sleep(0.02)
        if pid:
            os.killpg(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        out.write(said + "\n")
        out.flush()


if __name__ == "__main__":
    main()
