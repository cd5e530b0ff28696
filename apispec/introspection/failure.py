"""Why a target could not be read, as plain data that crosses from the child to us, with nothing private in it."""

from __future__ import annotations

import ast
import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, Literal

from apispec.errors import ApispecError, EndpointError
from apispec.introspection import credentials, managing
from apispec.introspection.target import Target, shorten

Kind = Literal["apispec", "syntax", "missing", "lacking", "import", "read"]
"""`apispec`: an error of ours; `missing`: the target is not there;
`lacking`: an interpreter has not what reading needs; `import`: importing fails; `read`: reading does."""

LONGEST = 400
"""Characters of a message that are shown."""


@dataclass(frozen=True, kw_only=True)
class Failure:
    """One reason."""

    kind: Kind
    message: str
    where: str = ""
    """`file:line` of the user's own code."""
    hint: str = ""
    details: str = ""
    error: str = "TargetError"
    """The name of the class in `apispec.errors`."""
    through: tuple[str, ...] = ()
    """The top-level packages that were running, from the outermost to where it was raised."""


def of_exception(error: BaseException, target: Target, *, while_reading: bool = False) -> Failure:
    """The reason that an exception gives, with the place in the target's own code that led to it."""
    if isinstance(error, ApispecError):
        place = target.place if isinstance(error, EndpointError) else ""  # a TargetError says it in its words
        return Failure(
            kind="apispec",
            message=error.message,
            where=error.where or _place(error.__traceback__, target) or place,
            hint=error.hint,
            details=error.details,
            error=type(error).__name__,
        )
    where = _place(error.__traceback__, target) or target.place
    if isinstance(error, SyntaxError):
        return _syntax(error, target, where)
    if isinstance(error, SystemExit):
        code = error.code if error.code is None or isinstance(error.code, (int, str)) else _text(error)
        return Failure(
            kind="import",
            message=f"it exits while being imported: sys.exit({'' if code is None else tidy(repr(code), target)})",
            where=where,
            hint='move what a script does below `if __name__ == "__main__":`',
        )
    message, details = _message(error, target)
    hint = ""
    if other := other_version(error, target.file):
        hint = other
    elif isinstance(error, ModuleNotFoundError) and error.name:
        hint = _missing_hint(error.name)
    elif isinstance(error, ImportError) and "relative import" in message:
        hint = "name the module by its package, as in package.module, from the folder that holds the package"
    elif isinstance(error, EOFError):
        hint = 'it reads input while being imported; move that below `if __name__ == "__main__":`'
    elif isinstance(error, KeyError) and _asked_environment(error.__traceback__):
        message = f"the environment variable {tidy(_text(error), target)} is not set"
        hint = "set it, any value will do where it is only read: VARIABLE=x apispec ..."
    elif refused := managing.refused_settings(error):
        message, details, hint = f"{type(error).__name__}: {tidy(refused, target)}", "", managing.SETTINGS_HINT
    elif isinstance(error, (MemoryError, RecursionError)) and _in_parser(error.__traceback__):
        message, details = "its expressions nest too deeply for Python's parser", ""
        hint = "give long expressions names, or build the value in a loop"
    elif isinstance(error, MemoryError):
        message = "MemoryError: it needs more memory than it is given"
        hint = "raise the limit with --memory"
    return Failure(
        kind="read" if while_reading else "import",
        message=message,
        where=where,
        hint=hint,
        details=details,
        through=_through(error.__traceback__),
    )


def _in_parser(trace: TracebackType | None) -> bool:
    """Whether it was raised by compiling source code: Python says of nesting that its parser has no more memory."""
    innermost = None
    for frame, _ in traceback.walk_tb(trace):
        innermost = frame.f_code
    if innermost is None:
        return False
    file = innermost.co_filename
    return (innermost.co_name == "parse" and file == ast.__file__) or (
        innermost.co_name in ("source_to_code", "_call_with_frames_removed") and file.startswith("<frozen importlib")
    )


def _syntax(error: SyntaxError, target: Target, where: str) -> Failure:
    file = error.filename or ""
    own = os.path.abspath(file) == target.file if file else False  # noqa: PTH100 - no links to be followed
    if file and error.lineno:
        where = f"{shorten(file, target)}:{error.lineno}"
    details = ""
    if error.text and error.lineno:
        line = error.text.rstrip("\n")
        details = line.strip()
        if error.offset:
            details += "\n" + " " * max(0, error.offset - 1 - (len(line) - len(line.lstrip()))) + "^"
    return Failure(
        kind="syntax" if own else "import", message=f"{type(error).__name__}: {error.msg}", where=where, details=details
    )


def other_version(error: BaseException, file: str) -> str:
    """What to look at where a library lacks what is asked of it, or does not take what it is given: its version.

    Args:
        error: That importing a module raised.
        file: The source of that module.
    """
    name = ""
    if isinstance(error, AttributeError) and isinstance(error.obj, ModuleType):
        name = error.obj.__name__
    elif isinstance(error, ImportError):
        name = error.name or ""
    elif isinstance(error, TypeError) and "unexpected keyword argument" in _text(error):
        from apispec.introspection.written import written

        library = written(file).app(any_call=True)
        name = library.packages[0] if library is not None else ""
    top = name.partition(".")[0]
    if top not in sys.modules:  # it is missing altogether
        return ""
    from importlib import metadata

    try:
        found = metadata.version(top)
    except metadata.PackageNotFoundError:
        return ""
    return f"{top} {found} is what it gets: does it need another version?"


def _missing_hint(name: str) -> str:
    top = name.partition(".")[0]
    return (
        f"is {top} installed in the environment that runs apispec? "
        "--python names another interpreter, --mock-import a package to do without"
    )


def _message(error: BaseException, target: Target) -> tuple[str, str]:
    """One line, and the further ones."""
    text = tidy(_text(error), target)
    first, _, more = text.strip().partition("\n")
    name = type(error).__name__
    return (f"{name}: {first}" if first else name)[:LONGEST], more[:LONGEST].strip("\n")


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:
        return ""


def _place(trace: TracebackType | None, target: Target) -> str:
    """`file:line` of the innermost frame in the target's own folder."""
    place = ""
    try:
        for frame, line in traceback.walk_tb(trace):
            file = frame.f_code.co_filename
            if is_own(file, target):
                place = f"{shorten(file, target)}:{line}"
    except Exception:  # a traceback that was tampered with
        return place
    return place


def _asked_environment(trace: TracebackType | None) -> bool:
    """Whether it was raised by `os.environ[...]`."""
    last = None
    for frame, _ in traceback.walk_tb(trace):
        last = frame
    return last is not None and last.f_globals.get("__name__") == "os" and last.f_code.co_name == "__getitem__"


def _through(trace: TracebackType | None) -> tuple[str, ...]:
    try:
        names = [frame.f_globals.get("__name__") for frame, _ in traceback.walk_tb(trace)]
        return tuple(dict.fromkeys(name.partition(".")[0] for name in names if isinstance(name, str)))
    except Exception:
        return ()


def is_own(file: str, target: Target) -> bool:
    """Whether a file is the target's or lies in its folder, environments and installed packages left out."""
    if file == target.file:
        return True
    if not target.folder or not file.startswith(target.folder + os.sep):
        return False
    inside = Path(file).relative_to(target.folder).parts
    return not {"site-packages", "dist-packages", ".venv", "venv"} & set(inside)


def tidy(text: str, target: Target) -> str:
    """A text without paths that the user did not type: the target's folder, the interpreter's, the home folder."""
    folders: list[tuple[str, str]] = [
        (target.folder, target.shown or "."),
        (str(Path.cwd()), "."),
        *((prefix, "<python>") for prefix in {sys.prefix, sys.base_prefix, sys.exec_prefix}),
        (str(Path(__file__).parents[2]), "<apispec>"),
        (os.path.expanduser("~"), "~"),  # noqa: PTH111 - it must not raise
    ]
    for folder, name in sorted(folders, key=lambda f: -len(f[0])):
        if len(folder) > 1:
            text = text.replace(folder + os.sep, "" if name == "." else name + "/").replace(folder, name)
    return credentials.hide(text)


def guarded(call: Callable[[], Any], target: Target, *, while_reading: bool = False) -> Any | Failure:
    """The result of a call, or the reason why it has none; catches whatever it raises."""
    try:
        return call()
    except BaseException as error:
        return of_exception(error, target, while_reading=while_reading)
