"""`introspect`: a target read in a guarded child process, statically where importing it fails."""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from importlib import import_module
from pathlib import Path
from typing import NoReturn

import apispec
from apispec import errors, machine
from apispec.errors import TargetError
from apispec.findings import Finding, Location, Severity
from apispec.introspection import guard, leaves
from apispec.introspection.environments import interpreter_with, missing_in
from apispec.introspection.failure import Failure, is_own, tidy
from apispec.introspection.libraries import advice, is_supported
from apispec.introspection.options import Options
from apispec.introspection.refusals import could_be_app, is_empty, with_article
from apispec.introspection.target import Target, resolve, shorten
from apispec.introspection.written import written
from apispec.model import Introspection, load_json
from apispec.wiring import provided

DJANGO_FILES = ("manage.py", "urls.py", "wsgi.py", "asgi.py")
"""Files of a Django project by which the whole of it is meant."""

_CLASH = re.compile(r"from 'apispec'|No module named 'apispec[.']")
_FRAME = re.compile(r'^  File "(?P<file>.+)", line (?P<line>\d+) in ', re.MULTILINE)
_TRACEBACK = re.compile(r"^Traceback \(most recent call last\):\n(?:[ \t].*\n)*", re.MULTILINE)
_OUT_OF_MEMORY = re.compile(r"^(?:MemoryError\b|OSError: \[Errno 12\])", re.MULTILINE)
"""As a traceback ends; what else runs at exit may lack memory, too, and say so after it."""
_LOG_LINES = 15
_CHILD = "apispec.introspection.child"

_START = (
    "import sys; from importlib import import_module, util; own = sys.argv[3] + '/apispec'; "
    "spec = util.spec_from_file_location('apispec', own + '/__init__.py', submodule_search_locations=[own]); "
    "sys.modules['apispec'] = util.module_from_spec(spec); spec.loader.exec_module(sys.modules['apispec']); "
    "import_module('apispec.introspection.leaves').lend(sys.argv[4:]); import_module(sys.argv[2]).main(sys.argv[1])"
)
"""Our own package is found by its folder, which is on nobody's path: it may be that of all our packages."""


def introspect(text: str, options: Options) -> Introspection:
    """Read a target.

    Args:
        text: The target as the user typed it.
        options: Limits and ways of reading.

    Raises:
        TargetError: The target cannot be found or read. So for other errors of `apispec.errors` that reading it raised.
    """
    target = _resolved(text, options)
    if options.static:
        _refuse_unimported(target)
    if options.static and target.is_called:
        raise TargetError(
            "a factory can't be called without importing it", where=target.text, hint="leave out --static"
        )
    result = _outside(target, options) or _attempt(target, options)
    if isinstance(result, Introspection):
        return result
    if options.static or result.kind in ("apispec", "syntax", "missing"):
        _raise(result)
    if not options.python and (own := interpreter_with(missing_in(result.message), target.folder)):
        elsewhere = introspect(text, replace(options, python=own))
        return replace(elsewhere, findings=(_by(own, result, target), *elsewhere.findings), python=own)
    if options.python and _CLASH.search(result.message):
        result = provided("read outside")(target, options) or result
        if isinstance(result, Introspection):
            return result
    elif _CLASH.search(result.message):
        result = replace(
            result,
            message="it needs another package called apispec (of APIFlask, flask-smorest and others), which can't be "
            f"installed beside this one: {result.message}",
            hint="--python names the interpreter of its environment",
        )
    # What can't be imported is read; that attempt's own failure would say less than the first one's.
    reason = could_be_app(target.file)
    if reason:
        _raise(replace(result, message=f"{result.message}; {reason}"))
    static = _attempt(target, replace(options, static=True))
    if not isinstance(static, Introspection) or is_empty(static):
        _raise(result)
    return replace(static, findings=(_finding(result, target, options), *static.findings))


def _refuse_unimported(target: Target) -> None:
    """Refuse an app under `--static`, which only importing makes."""
    source = written(target.file)
    library = source.app()
    if library is None:
        if source.routes() and not target.attribute:
            name, path = next(iter(source.routes().items()))
            raise TargetError(f"{name} answers {path} of a web app", where=target.place, hint="leave out --static")
        return
    supported = is_supported(library)
    raise TargetError(
        f"it makes {with_article(library.packages[0] if supported else library.name)} app, "
        "which can't be read without importing it",
        where=target.place,
        hint="leave out --static"
        if supported
        else advice(library, module=target.module, name=source.suspect(), file=target.place),
    )


def _resolved(text: str, options: Options) -> Target:
    """The target; a module that is only installed where the interpreter is that the options name counts, too."""
    try:
        return resolve(text, search_path=options.search_path)
    except TargetError:
        module, _, attribute = text.partition(":")
        if not options.python or options.static or not all(part.isidentifier() for part in module.split(".")):
            raise
        named = attribute.removesuffix("()")
        folder = str(Path.cwd())
        return Target(text, module, named, "", folder, "", is_path=False, is_called=named != attribute)


def _outside(target: Target, options: Options) -> Introspection | Failure | None:
    """What the app's own interpreter says of it with nothing of ours; None where it is no web app, or none is named."""
    if not options.python or options.static:
        return None
    source = written(target.file)
    library = source.app(any_call=True) or next(iter(source.factories().values()), None)
    if library is None and not target.file.endswith(DJANGO_FILES):
        if target.file and not (
            source.routes() or source.suspect() or source.serves() or source.script() or source.assigns("urlpatterns")
        ):
            return None
    if library is not None and library.packages[0] == "gradio":
        return None
    found: Introspection | Failure | None = provided("read outside")(target, options)
    return found


def _by(python: str, failure: Failure, target: Target) -> Finding:
    """That the project's own interpreter was used."""
    shown = os.path.relpath(python) if len(os.path.relpath(python)) < len(python) else python
    return Finding(
        rule="environment-used",
        severity=Severity.INFO,
        message=f"{missing_in(failure.message)} is not installed here, so it is read by {shown}",
        location=Location(target.place),
        hint="--python names another interpreter",
        subject=f"module {target.module}",
    )


def _finding(failure: Failure, target: Target, options: Options) -> Finding:
    file, _, line = failure.where.rpartition(":")
    place = Location(file=file, line=int(line)) if line.isdigit() else Location(file=failure.where)
    what = "importing" if failure.kind == "import" else "describing what was imported of"
    return Finding(
        rule="import-failed",
        severity=Severity.ERROR if options.strict else Severity.WARNING,
        message=f"{what} {target.text} failed, so it was read without importing: {failure.message}",
        location=place,
        hint=failure.hint,
        subject=f"module {target.module}",
    )


def _raise(failure: Failure) -> NoReturn:
    error = getattr(errors, failure.error, TargetError)
    raise error(failure.message, where=failure.where, hint=failure.hint, details=failure.details)


def _attempt(target: Target, options: Options) -> Introspection | Failure:
    """One child process."""
    with tempfile.TemporaryDirectory(prefix="apispec-", ignore_cleanup_errors=True) as folder:
        files = {name: str(Path(folder, name)) for name in ("answer", "failure", "trace")}
        job = Path(folder, "job")
        deadline = time.time() + options.timeout_s
        task = {"target": asdict(target), "options": asdict(options), "deadline": deadline, "files": files}
        job.write_text(json.dumps(task), encoding="utf-8")
        try:
            outcome = guard.run(
                _forked(target, options, str(job)) or command(options, _CHILD, str(job)),
                timeout_s=options.timeout_s,
                environment=_environment(options),
                limits=options.limits,
            )
        except OSError as error:
            raise TargetError(
                f"cannot start {options.python or 'Python'}: {error.strerror}", hint="--python names an interpreter"
            ) from None
        answer = Path(files["answer"])
        if answer.exists():
            return _answer(answer.read_bytes(), target)
        failure = Path(files["failure"])
        if failure.exists():
            found = Failure(**json.loads(failure.read_text(encoding="utf-8")))
        else:
            trace = Path(files["trace"])
            if trace.exists():
                found = _ended(outcome, trace.read_text(encoding="utf-8", errors="replace"), target, options)
            elif outcome.timed_out or outcome.signal:
                found = _ended(outcome, "", target, options)
            else:
                found = Failure(
                    kind="missing",
                    message=f"{options.python or sys.executable} does not run apispec (exit status {outcome.status})",
                    hint="--python names a Python interpreter of version 3.11 or newer",
                )
    return found if found.details else replace(found, details=_log(outcome.output, target))


def _forked(target: Target, options: Options, job: str) -> Callable[[], int] | None:
    """What a fork of this process does to read a target; None where it takes a process that begins anew."""
    if options.static or options.python or options.mock_imports or not options.pythonpath or not machine.can_begin():
        return None

    def run() -> int:
        _forget_namesakes(target)
        import_module(_CHILD).main(job)  # ends this process itself
        return 1

    return run


def _forget_namesakes(target: Target) -> None:
    """Forget modules from elsewhere that have the name of one beside the target: its imports mean that one."""
    if not target.folder:
        return
    beside = {entry.name.removesuffix(".py") for entry in os.scandir(target.folder)} - {"apispec"}
    for name in [name for name in sys.modules if name.partition(".")[0] in beside]:
        if name.partition(".")[0] not in sys.stdlib_module_names:
            del sys.modules[name]


def command(options: Options, module: str, argument: str) -> list[str]:
    """What runs `main(argument)` of a module of ours in the interpreter that imports the target.

    -P keeps the current folder from shadowing what the module itself imports. Neither does `PYTHONPATH` when reading
    statically, since it may lead to the target's own folder.
    """
    flags = ["-P"] if options.pythonpath and not options.static else ["-P", "-E"]
    start = [*flags, "-c", _START, argument, module, str(Path(apispec.__file__).parents[1])]
    if options.static or not options.python:
        return [sys.executable, *start]
    return [options.python, *start, *leaves.folders()]


def _environment(options: Options) -> dict[str, str]:
    environment = dict(os.environ)
    environment.pop("PYTHONINSPECT", None)
    environment.setdefault("PYTHONHASHSEED", "0")  # what the target makes of sets is the same at every run
    if options.static or not options.pythonpath:
        environment.pop("PYTHONPATH", None)
    return environment


def _answer(data: bytes, target: Target) -> Introspection | Failure:
    from pydantic import ValidationError

    try:
        result = load_json(Introspection, data)
    except ValidationError:
        return Failure(kind="read", message="the answer of the process that read it is damaged", where=target.place)
    assert isinstance(result, Introspection)
    return result


def _ended(outcome: guard.Outcome, trace: str, target: Target, options: Options) -> Failure:
    """Why a child ended without an answer."""
    where = next(
        (
            f"{shorten(frame['file'], target)}:{frame['line']}"
            for frame in _FRAME.finditer(trace)  # innermost first
            if is_own(frame["file"], target)
        ),
        target.place,
    )
    if outcome.timed_out:
        message = f"it takes longer than {options.timeout_s:g} s to import"
        hint = "does it start a server or wait for something? --timeout gives it more time"
    elif outcome.signal == "SIGXCPU":
        message, hint = "it takes more CPU time to import than it is given", "--timeout gives it more"
    elif outcome.signal:
        message, hint = f"it crashes the interpreter while being imported ({outcome.signal})", ""
        if outcome.signal == "SIGKILL":
            message, hint = "its process was killed while importing it (SIGKILL)", "was there enough memory?"
    elif _OUT_OF_MEMORY.search(outcome.output):
        message, hint = "it needs more memory to import than it is given", "--memory gives it more"
    else:
        message = f"it ends the process while being imported (exit status {outcome.status})"
        hint = 'move what a script does below `if __name__ == "__main__":`'
    return Failure(kind="import", message=message, where=where, hint=hint)


def _log(output: str, target: Target) -> str:
    lines = [line.rstrip() for line in _TRACEBACK.sub("", tidy(output, target)).splitlines()]
    kept = [line for line in lines if line.strip()][-_LOG_LINES:]
    return "\n".join(["its output:", *kept]) if kept else ""
