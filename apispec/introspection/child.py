"""The guarded child process: sets its own limits, imports the target, describes it, and writes the answer to a file.

`isolated` starts it with the path of its job, a JSON file: the target, the options, the deadline and the paths of
the files to write: `answer` (the Introspection), `failure` (a Failure) and `trace` (where it was when it was ended).
Everything that is needed after the import is taken hold of before it: the target may patch what it likes.
"""

from __future__ import annotations

import builtins
import contextlib
import faulthandler
import gc
import importlib
import importlib.util
import json
import os
import sys
import tempfile
import time
from dataclasses import asdict
from types import ModuleType
from typing import IO, Any, NoReturn

from apispec import machine
from apispec.introspection import managing, mocks, scripts, servers
from apispec.introspection.failure import Failure, guarded
from apispec.introspection.options import Options
from apispec.introspection.target import Target, shorten

_exit, _open, _write, _close, _rename = os._exit, os.open, os.write, os.close, os.rename
_umask, _dumps = os.umask, json.dumps
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC


def main(job_file: str) -> NoReturn:
    """Do one job and end this process, whatever the target left running in it."""
    tempfile.gettempdir()  # looked up now: a target may put something else in the place of what it takes
    gc.set_threshold(100_000, 50, 1000)  # a short life: what it makes it keeps
    with open(job_file, encoding="utf-8") as file:  # noqa: PTH123 - pathlib would be imported for this alone
        job = json.load(file)
    target, options, files = Target(**job["target"]), _options(job["options"]), job["files"]
    _limit(options, job["deadline"], open(files["trace"], "wb"))  # noqa: PTH123, SIM115 - open until the end
    result = _read(target, options, [files[name] + part for name in ("answer", "failure") for part in ("", ".part")])
    if isinstance(result, Failure):
        _put(files["failure"], _dumps(asdict(result)).encode())
    else:
        _put(files["answer"], result)
    _exit(0)


def _options(fields: dict[str, Any]) -> Options:
    read: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
    return Options(**read)


def _limit(options: Options, deadline: float, trace: IO[bytes]) -> None:
    """Limits of CPU time and memory, and a note of where the target is shortly before it is ended.

    The deadline (Unix time in seconds) counts from before this process started, which takes long on a busy machine.
    """
    faulthandler.enable(file=trace)
    faulthandler.dump_traceback_later(max(0.05, deadline - time.time() - 0.5), file=trace)
    number = machine.cpu_signal()
    if number is not None and hasattr(faulthandler, "register"):
        faulthandler.register(number, file=trace, chain=True)
    machine.limit_this_process(options.limits)


def _read(target: Target, options: Options, writes: list[str]) -> bytes | Failure:
    """The Introspection as JSON.

    Args:
        target: What to read.
        options: How.
        writes: The files that this process writes.
    """
    try:
        from apispec.introspection.endpoints import describe
        from apispec.model import Introspection
    except ImportError as error:  # another interpreter, for which our own libraries are not made
        return Failure(
            kind="lacking",
            message=f"{options.python or sys.executable} lacks what apispec needs there: {error}",
            hint="with pydantic 2 in its environment it is imported",
        )

    if options.static:
        from apispec.introspection.static import read
        from apispec.introspection.static.seal import seal

        seal(writes)
        found = guarded(lambda: read(target, options), target, while_reading=True)
    else:
        source = guarded(lambda: load(target, options), target)
        if isinstance(source, Failure):
            return source

        def name(file: str) -> str:
            return shorten(file, target)

        module = sys.modules.get(target.module)
        found = guarded(lambda: describe(source, options, shorten=name, module=module), target, while_reading=True)
    if isinstance(found, Introspection):
        described = found
        from apispec.introspection.reading import without_secrets

        found = guarded(lambda: without_secrets(described, options)[0], target, while_reading=True)
    assert isinstance(found, (bytes, Failure))
    return found


def load(target: Target, options: Options) -> Any:
    """The target's object.

    Raises:
        BaseException: Whatever the target raises.
        TargetError: It has no such attribute.
    """
    servers.catch()
    mocks.install(options.mock_imports)
    sys.path[:0] = [*options.search_path, *([target.folder] if target.folder else [])]
    sys.path += beside(target)
    prepared(target)
    names = dict(vars(builtins))
    with scripts.arguments(target.file):
        try:
            found: Any = managing.whole(target.file, target.attribute) or module_of(target)
        finally:
            vars(builtins).update(names)  # whatever the target replaced there
        return member(found, target)


def prepared(target: Target) -> None:
    """A Django project set up as `manage.py` does it; what its settings raise counts where the target needs them."""
    if target.folder:
        with contextlib.suppress(Exception):
            managing.prepare(target.folder)


def beside(target: Target) -> list[str]:
    """The folder of a file that lies in a package: its neighbours are found as they are by `python run.py`."""
    return [os.path.dirname(target.file)] if target.is_path and "." in target.module else []  # noqa: PTH120


def member(module: Any, target: Target) -> Any:
    """What a target's attribute is, or makes when it is called; the module where it names none.

    Raises:
        BaseException: Whatever the call raises.
        TargetError: There is no such attribute, or its call makes no app.
    """
    found = module
    for name in target.attribute.split(".") if target.attribute else ():
        try:
            found = getattr(found, name)
        except AttributeError:
            from apispec.errors import TargetError

            raise TargetError(
                f"{target.module} has no attribute {target.attribute}", where=target.place, hint=_similar(found, name)
            ) from None
    if target.is_called:
        return _made(found, target)
    if isinstance(found, ModuleType) and not target.attribute:
        return _made_by(found, target) or found
    return found


def _made_by(module: ModuleType, target: Target) -> Any:
    """The app that a module does not hold, but makes: by a factory, or where it is run as a script."""
    servers.named()
    if servers.caught:
        return None
    from apispec.introspection.factories import is_script, usual_factory

    name = usual_factory(module)
    app = _app_of(getattr(module, name)()) if name else None
    if app is None and is_script(module):
        app = _as_script(module, target)
    return app


def _as_script(module: ModuleType, target: Target) -> Any:
    """The app that a module serves where it is run as a script; None where it is held by the module afterwards.

    Raises:
        TargetError: It ends before there is one.
    """
    servers.script()
    try:
        scripts.carry_out(vars(module), vars(module)["__file__"])
    except (SystemExit, Exception) as error:
        servers.named()
        if not servers.caught:
            from apispec.errors import TargetError

            said = " ".join(str(error).split())[:200]
            raise TargetError(
                f"its app is made where it is run as a script, which ends with {type(error).__name__}: {said}",
                hint="call what makes the app in a module of its own, app = ..., and give that module; "
                "__all__ says which functions are meant instead",
            ).with_traceback(error.__traceback__) from None
    servers.named()
    return _app_of(None)


def _made(factory: Any, target: Target) -> Any:
    """What a factory gives."""
    given = factory()
    app = _app_of(given)
    if app is not None:
        return app
    from apispec.errors import TargetError

    raise TargetError(f"{target.attribute}() makes no app but a {type(given).__name__}", where=target.place)


def _app_of(given: Any) -> Any:
    """The app that a factory gave or, where it serves one itself, that one; None where there is none."""
    from apispec.introspection import apps

    return next((app for app in (given, *servers.caught) if apps.kind_of(app)), None)


def module_of(target: Target) -> ModuleType:
    """The module, from the very file that was named: another one of its name may come first on the path.

    A file whose package cannot be imported is run as a script, as `python run.py` runs it without its `__init__.py`.
    """
    if not target.is_path:
        return importlib.import_module(target.module)
    if "." not in target.module:
        return _of_file(target)
    try:
        return importlib.import_module(target.module)
    except Exception:
        if target.module.rpartition(".")[0] in sys.modules:  # the file's own failure
            raise
        try:
            return _of_file(target)
        except ImportError:  # it needs its package
            sys.modules.pop(target.module, None)
        raise


def _of_file(target: Target) -> ModuleType:
    spec = importlib.util.spec_from_file_location(
        target.module,
        target.file,
        submodule_search_locations=[os.path.dirname(target.file)]  # noqa: PTH120
        if target.file.endswith("__init__.py")
        else None,
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    known = target.module in sys.modules  # an app called json.py must not replace the library's
    if not known:
        sys.modules[target.module] = module
    spec.loader.exec_module(module)
    return module if known else sys.modules.get(target.module, module)


def _similar(owner: Any, name: str) -> str:
    import difflib

    near = difflib.get_close_matches(name, [n for n in dir(owner) if not n.startswith("_")], n=1)
    return f"did you mean {near[0]}?" if near else ""


def _put(path: str, data: bytes) -> None:
    """Write a file at once or not at all."""
    _umask(0o077)  # the target may have set one under which we could not read the answer
    descriptor = _open(path + ".part", _FLAGS, 0o600)
    view = memoryview(data)
    while view:
        view = view[_write(descriptor, view) :]
    _close(descriptor)  # Windows renames no open file
    _rename(path + ".part", path)
