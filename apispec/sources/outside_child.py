"""A web app read or served by the interpreter of its own environment, with nothing of this package on its path.

Run as a file, never imported: `python outside_child.py JOB`, by any Python from 3.9 on.
JOB is JSON: `mode` (`describe` or `serve`), `module`,
`file` (empty for a module on the path), `script` (whether an app is made where it is run as one), `folder`,
`folders` (further ones to import from), `attribute`, `called`,
`parts` (where this package's stand-alone parts lie) and for `describe` `out`, where the answer is written: `library`
and `document`, or `problem` with `kind`, `where` and `hint`. `serve` writes the
address of the running app where the variable `APISPEC_READY` says. `outside` starts it.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import re
import socket
import sys
import traceback
from typing import Any


def main(job: dict[str, Any]) -> None:
    """Do one job."""
    own = os.path.dirname(os.path.realpath(__file__))  # noqa: PTH120
    sys.path[:] = [place for place in sys.path if os.path.realpath(place or ".") != own]
    ready = os.environ.pop("APISPEC_READY", "")  # before the app runs, which might write there
    servers = part("servers", job["parts"]["servers"])
    scripts = part("scripts", job["parts"]["scripts"])
    harvest = package("_stand_alone_frameworks", job["parts"]["frameworks"], "harvest")
    sys.path[:0] = [*job["folders"], job["folder"]]
    sys.argv = [job["file"] or job["module"]]  # what the app parses are not our arguments
    servers.catch()
    managing = part("managing", job["parts"]["managing"])
    try:
        managing.prepare(job["folder"])
        source = load(job)
    except BaseException as error:
        answer(job, ready, problem("import", error, job))
    try:
        if job["called"]:
            source = made(source, servers.caught, harvest)
        servers.named()
        app = harvest.find(source, servers.caught) or project_of(source) or by_factory(source, job, harvest)
        if app is None:
            carry_out(source, job, scripts, servers)
            app = harvest.find(source, servers.caught)
        if app is None:
            raise harvest.NoAppError("no app in it")
    except harvest.NoAppError as error:
        kind = "read" if error.certain else "none"
        answer(job, ready, {"problem": str(error), "kind": kind, "where": "", "hint": error.hint})
    except BaseException as error:
        answer(job, ready, problem("import", error, job))
    if job["mode"] == "serve":
        servers.release()
        serve(app, harvest.kind_of(app), ready)
        return
    try:
        library, document = harvest.describe(app, job["module"])
        found = {"library": library, "document": document, "others": harvest.others(source, app)}
        text = json.dumps(found, ensure_ascii=False, default=str)
    except harvest.NoAppError as error:
        answer(job, ready, {"problem": str(error), "kind": "read", "where": "", "hint": error.hint})
    except BaseException as error:
        why = problem("read", error, job)
        answer(job, ready, {**why, "problem": f"the app fails to describe itself: {why['problem']}"})
    put(job["out"], text)
    os._exit(0)


def part(name: str, file: str) -> Any:
    """A module of this package that stands alone, by its file."""
    spec = importlib.util.spec_from_file_location(f"_stand_alone_{name}", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def package(name: str, folder: str, module: str) -> Any:
    """A module of a package that stands alone, by its folder."""
    file = os.path.join(folder, "__init__.py")  # noqa: PTH118 - pathlib would be imported for this alone
    spec = importlib.util.spec_from_file_location(name, file, submodule_search_locations=[folder])
    assert spec is not None and spec.loader is not None
    sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])
    return importlib.import_module(f"{name}.{module}")


def load(job: dict[str, Any]) -> Any:
    """The target's object."""
    project = sys.modules["_stand_alone_managing"].whole(job["file"], job["attribute"])
    if project is not None:
        return project
    if not job["file"] or "." in job["module"]:
        if job["file"]:
            sys.path.append(os.path.dirname(job["file"]))  # noqa: PTH120
        found: Any = importlib.import_module(job["module"])
    else:
        spec = importlib.util.spec_from_file_location(job["module"], job["file"])
        assert spec is not None and spec.loader is not None
        found = importlib.util.module_from_spec(spec)
        sys.modules.setdefault(job["module"], found)
        spec.loader.exec_module(found)
    for name in job["attribute"].split(".") if job["attribute"] else ():
        if not hasattr(found, name):
            raise AttributeError(f"{job['module']} has no attribute {job['attribute']}")
        found = getattr(found, name)
    return found


def project_of(source: Any) -> Any:
    """The application of a Django project that is one file: its settings are configured, and it has the URLs."""
    conf = sys.modules.get("django.conf")
    if conf is None or not conf.settings.configured or not hasattr(source, "urlpatterns"):
        return None
    return importlib.import_module("django.core.wsgi").get_wsgi_application()


def made(factory: Any, served: list[Any], harvest: Any) -> Any:
    """What a factory gives or, where it serves an app itself, that one."""
    given = harvest.awaited(factory())
    return next((app for app in (given, *served) if harvest.kind_of(app)), given)


def by_factory(source: Any, job: dict[str, Any], harvest: Any) -> Any:
    """What a module's factory makes; None where it has none, and the app may be made where it is run as a script.

    Then only what is called as factories are counts: another function may be the one that serves.
    """
    try:
        return harvest.made_by_factory(source, () if job["script"] else job["factories"])
    except harvest.NoAppError:
        if not job["script"]:
            raise
        return None


def carry_out(source: Any, job: dict[str, Any], scripts: Any, servers: Any) -> None:
    """Run the module as a script; how it ends does not matter where it has served an app."""
    servers.script()
    try:
        scripts.carry_out(vars(source), vars(source)["__file__"])
    except (SystemExit, Exception):
        if not servers.caught:
            raise
    finally:
        servers.named()


def problem(kind: str, error: BaseException, job: dict[str, Any]) -> dict[str, str]:
    """Why it could not be read: one line, and the innermost line of the app's own code."""
    managing = sys.modules["_stand_alone_managing"]
    refused = managing.refused_settings(error)
    text = refused or str(error).strip().partition("\n")[0]
    where = ""
    for frame in traceback.extract_tb(error.__traceback__):
        inside = os.path.relpath(frame.filename, job["folder"]) if os.path.isabs(frame.filename) else ".."  # noqa: PTH117
        if not inside.startswith("..") and "site-packages" not in inside:
            where = f"{inside}:{frame.lineno}"
    hint = ""
    name = type(error).__name__
    if isinstance(error, ModuleNotFoundError) and error.name:
        hint = f"is {error.name.partition('.')[0]} installed in the environment of {sys.executable}?"
    elif name in ("ImproperlyConfigured", "AppRegistryNotReady"):
        hint = "set DJANGO_SETTINGS_MODULE, or give the project's manage.py"
    elif re.search(r"connect|refused|could not translate host|no such host", text, re.IGNORECASE):
        hint = "it needs a database or another server while it is imported; make the connection when the app starts"
    elif refused:
        hint = managing.SETTINGS_HINT
    elif isinstance(error, KeyError) and any(
        "environ" in str(f.line) for f in traceback.extract_tb(error.__traceback__)
    ):
        hint = f"it needs the environment variable {text}"
    return {"problem": f"{name}: {text}" if text else name, "kind": kind, "where": where, "hint": hint}


def answer(job: dict[str, Any], ready: str, found: dict[str, str]) -> None:
    """End with what went wrong."""
    if job["mode"] == "describe":
        put(job["out"], json.dumps(found))
    else:
        said = {"message": found["problem"], "where": found["where"], "hint": found["hint"], "details": ""}
        put(f"{ready}.failed", json.dumps(said))
    os._exit(1)


def put(path: str, text: str) -> None:
    """Write a file at once or not at all."""
    with open(path + ".part", "w", encoding="utf-8", errors="backslashreplace") as file:  # noqa: PTH123
        file.write(text)
    os.replace(path + ".part", path)  # noqa: PTH105


def serve(app: Any, kind: str, ready: str) -> None:
    """Serve on a free port of this computer until the process is ended."""

    def tell(port: int) -> None:
        put(ready, f"http://127.0.0.1:{port}")

    library = kind.partition(".")[0]
    if library == "aiohttp":
        serve_aiohttp(app, tell)
    elif library == "sanic":
        serve_sanic(app, tell)
    elif library in ("flask", "apiflask", "bottle", "django") or (kind == "falcon.app.App" and not is_asgi(app)):
        serve_wsgi(app, tell)
    elif library in ("chalice", "robyn", "aws_lambda_powertools"):
        raise SystemExit(f"a {library} app runs elsewhere: --url says where")
    else:
        serve_asgi(app, tell)


def is_asgi(app: Any) -> bool:
    """Whether a Falcon app is an asynchronous one."""
    return any(cls.__module__ == "falcon.asgi.app" for cls in type(app).__mro__)


def serve_wsgi(app: Any, tell: Any) -> None:
    """By the standard library's server, a thread for each request."""
    from socketserver import ThreadingMixIn
    from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

    class Server(ThreadingMixIn, WSGIServer):
        daemon_threads = True

    class Quiet(WSGIRequestHandler):
        def log_message(self, *arguments: Any) -> None:
            pass

    server = Server(("127.0.0.1", 0), Quiet)
    server.set_app(app)
    tell(server.server_port)
    server.serve_forever()


def listen() -> socket.socket:
    """A listening socket on a free port."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()
    return listening


def serve_asgi(app: Any, tell: Any) -> None:
    """By uvicorn, which the environment needs."""
    try:
        import uvicorn
    except ImportError:
        raise SystemExit("an ASGI app is served by uvicorn, which its environment lacks: pip install uvicorn") from None
    listening = listen()

    class Server(uvicorn.Server):
        async def startup(self, sockets: Any = None) -> None:
            await super().startup(sockets)
            if self.started:
                tell(listening.getsockname()[1])

    Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listening])


def serve_aiohttp(app: Any, tell: Any) -> None:
    """By its own runner."""
    import asyncio

    from aiohttp import web

    async def run() -> None:
        runner = web.AppRunner(app)
        await runner.setup()
        listening = listen()
        await web.SockSite(runner, listening).start()
        tell(listening.getsockname()[1])
        await asyncio.Event().wait()

    asyncio.run(run())


def serve_sanic(app: Any, tell: Any) -> None:
    """In this process."""
    listening = listen()
    app.after_server_start(lambda *_: tell(listening.getsockname()[1]))
    app.run(sock=listening, single_process=True, access_log=False, motd=False)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
