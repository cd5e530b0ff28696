"""An APIFlask app read or served by its own interpreter, without this package: APIFlask needs another one of its name.

Run as a file, never imported: `python -P apiflask_child.py MODE JOB`. JOB is JSON: `module`, `file` (empty for a module
on the path), `folder`, `attribute`, and for MODE `export` `out`, where the app's own document is written. MODE `serve`
prints the address of the running app. `apiflask` starts it.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import sys
import threading
from typing import Any


def main(mode: str, job: dict[str, str]) -> None:
    """Do what the mode says."""
    ready = os.environ.pop("APISPEC_READY", "")
    flask: Any = importlib.import_module("flask")

    run, flask.Flask.run = flask.Flask.run, lambda *args, **options: None
    sys.path.insert(0, job["folder"])
    app = find(load(job), job["attribute"])
    flask.Flask.run = run
    if mode == "serve":
        serve(app, ready)
        return
    with app.app_context():
        made = app.spec
    text = made if isinstance(made, str) else json.dumps(made, ensure_ascii=False)
    with open(job["out"] + ".part", "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(text)
    os.replace(job["out"] + ".part", job["out"])  # noqa: PTH105


def load(job: dict[str, str]) -> Any:
    """The target's module."""
    if not job["file"]:
        return importlib.import_module(job["module"])
    spec = importlib.util.spec_from_file_location(job["module"], job["file"])
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[job["module"]] = module
    spec.loader.exec_module(module)
    return module


def find(module: Any, attribute: str) -> Any:
    """The app: what was named, else the only one that the module holds, or the one called `app`."""
    if attribute:
        for name in attribute.split("."):
            module = getattr(module, name)
        return module
    found = {name: value for name, value in vars(module).items() if is_app(value)}
    apps = list({id(value): value for value in found.values()}.values())
    if len(apps) != 1 and "app" not in found:
        names = ", ".join(found) or "none"
        raise SystemExit(f"APIFlask apps in {module.__name__}: {names}; name one of them: module:attribute")
    return found.get("app", apps[0])


def is_app(value: Any) -> bool:
    """Whether it is an APIFlask app."""
    return any(f"{c.__module__}.{c.__qualname__}" == "apiflask.app.APIFlask" for c in type(value).__mro__)


def serve(app: Any, ready: str) -> None:
    """Serve on a free port of this computer until the process is ended."""
    from werkzeug.serving import make_server

    server = make_server("127.0.0.1", 0, app, threaded=True)
    with open(ready + ".part", "w", encoding="utf-8") as file:  # noqa: PTH123
        file.write(f"http://127.0.0.1:{server.server_port}")
    os.replace(ready + ".part", ready)  # noqa: PTH105
    threading.Thread(target=server.serve_forever).start()


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
