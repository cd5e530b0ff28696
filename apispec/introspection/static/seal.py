"""The process that reads a stranger's source shuts itself off: a second line, should the first one have a hole.

An audit hook can't be taken off again. It refuses to start programs, to reach the network, to write other files than
the answer, to load other code than that of the libraries, and to evaluate what could call anything.
"""

from __future__ import annotations

import dis
import os
import sys
import tempfile
from collections.abc import Iterable
from types import CodeType
from typing import Any

from apispec.introspection import scopes
from apispec.introspection.static.interpreting import interpret

_REFUSED = (
    *("os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "os.fork", "os.forkpty", "os.kill"),
    *("os.killpg", "os.putenv", "os.unsetenv", "os.chmod", "os.chown", "os.link", "os.symlink", "os.mkdir"),
    *("os.remove", "os.rmdir", "os.truncate", "os.utime", "subprocess.", "pty.", "socket.", "ctypes.", "shutil."),
    *("webbrowser.", "urllib.", "http.", "ftplib.", "smtplib.", "tempfile.", "cpython.run_", "pdb."),
    *("signal.", "syslog.", "sqlite3.", "winreg.", "msvcrt.", "mmap.", "sys.remote_exec"),
)
"""Names of audit events, or what they begin with."""

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

_INERT = frozenset(
    {
        *("BINARY_OP", "BINARY_SUBSCR", "BUILD_LIST", "BUILD_TUPLE", "CACHE", "EXTENDED_ARG", "LIST_EXTEND"),
        *("LOAD_ATTR", "LOAD_CONST", "LOAD_CONST_IMMORTAL", "LOAD_GLOBAL", "LOAD_NAME", "LOAD_SMALL_INT"),
        *("NOP", "NOT_TAKEN", "PUSH_NULL", "RESUME", "RETURN_CONST", "RETURN_VALUE"),
    }
)
"""Instructions of a hint's text that names types and calls nothing."""


class SealedError(RuntimeError):
    """What was read tried to do something. Nothing of it was done."""


def seal(files: Iterable[str] = ()) -> None:
    """Shut this process off, for good.

    Args:
        files: Paths that it may still write: those of its answer.
    """
    scopes.seal(interpret)
    sys.dont_write_bytecode = True
    tempfile.gettempdir()  # which tries the folder out once, by a file
    allowed = frozenset(files)
    own = sys.modules["apispec"].__path__  # which need not be on the path
    folders = tuple(os.path.join(os.path.realpath(path), "") for path in (*sys.path, *own) if path)  # noqa: PTH118
    makers = frozenset(
        id(vars(module)) for name in ("dataclasses", "collections") if (module := sys.modules.get(name)) is not None
    )

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            _refuse_writing(arguments, allowed)
        elif event == "os.rename":
            if arguments[0] not in allowed:
                raise SealedError("it would rename a file")
        elif event == "exec":
            _refuse_code(arguments[0], folders, makers)
        elif event.startswith(_REFUSED):
            raise SealedError(f"it would do {event}")

    sys.addaudithook(watch)


def _refuse_writing(arguments: tuple[Any, ...], allowed: frozenset[str]) -> None:
    path, mode, flags = arguments
    writes = bool(flags & _WRITES) if isinstance(flags, int) else bool(set(str(mode)) & set("wax+"))
    if writes and path not in allowed and not isinstance(path, int):
        raise SealedError(f"it would write {path!r}")


def _refuse_code(code: Any, folders: tuple[str, ...], makers: frozenset[int]) -> None:
    """Code may be a library's module, what `dataclasses` makes of names, or a hint that calls nothing.

    Raises:
        SealedError: It is another.
    """
    if isinstance(code, CodeType):
        name = code.co_filename
        if name.startswith("<frozen "):
            return
        if code.co_name == "<module>" and os.path.isabs(name):  # noqa: PTH117
            if os.path.realpath(name).startswith(folders):
                return
        elif name.startswith("<") and (id(sys._getframe(2).f_globals) in makers or _is_inert(code)):
            return
    raise SealedError("it would run code")


def _is_inert(code: CodeType) -> bool:
    return all(instruction.opname in _INERT for instruction in dis.get_instructions(code)) and not any(
        name.startswith("__") for name in code.co_names
    )
